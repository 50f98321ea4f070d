"""The Box-Cox exponents that fit best: the outer of two maximisations, around the concave one of ``estimate``."""

from __future__ import annotations

from scipy.optimize import minimize

from donghaeng.policy.labour.arrays import FloatArray, WholeArray
from donghaeng.policy.labour.settings import DiscreteChoice
from donghaeng.rules.faults import BadInput

from .choices import Choices
from .estimation import Estimate, estimate

# Exponents are found to about this; a thousandth changes no likelihood that a survey could tell.
CLOSE_ENOUGH = 1e-3
MOST = 2.0


def estimate_with_exponents(
    model: DiscreteChoice, choices: Choices, *, clusters: WholeArray | None = None
) -> Estimate:
    """The estimate at the exponents of income and leisure, from 0 to 2, that fit best.

    The search begins at the model's own exponents. The standard errors take the exponents as given, and are
    too small by what is not known about them; compare log-likelihoods before preferring them to stated ones.

    Raises:
        BadInput: as ``estimate``, and where the search does not end.
    """
    if (choices.income <= 0).any():
        raise BadInput(
            "is 0 or less at a point of hours, where other exponents than 1 are not defined",
            field="income",
        )

    def with_exponents(exponents: FloatArray) -> DiscreteChoice:
        income, leisure = exponents.tolist()
        return model.model_copy(update={"income_exponent": income, "leisure_exponent": leisure})

    found = minimize(
        lambda exponents: -estimate(with_exponents(exponents), choices).log_likelihood,
        (model.income_exponent, model.leisure_exponent),
        method="Nelder-Mead",
        bounds=((0.0, MOST), (0.0, MOST)),
        options={"xatol": CLOSE_ENOUGH, "fatol": 1e-6, "maxfev": 500},
    )
    if not found.success:
        raise BadInput(f"no best exponents were found: {found.message}", field="discrete_choice")
    return estimate(with_exponents(found.x), choices, clusters=clusters)
