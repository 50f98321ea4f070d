"""A town whose people choose hours by a utility that is known."""

from __future__ import annotations

from typing import Any

import numpy

from donghaeng.policy.labour import Labels
from donghaeng.policy.labour.arrays import FloatArray
from donghaeng.policy.labour.choice import Choices
from donghaeng.policy.labour.choice.utility import term_names, terms
from donghaeng.policy.labour.settings import DiscreteChoice

HOURS = [0, 10, 20, 30, 40, 50]
WEEKS = 52 / 12
# In the order of `term_names`: income, its square, leisure, its square, both, leisure x female, x children,
# fixed cost, fixed cost x children.
TRUTH = numpy.array([1.2, -0.08, 6.0, -3.0, 0.4, 0.8, 0.5, 0.9, 0.6])


def model(**changes: Any) -> DiscreteChoice:
    return DiscreteChoice.model_validate(
        {
            "hours": HOURS,
            "time": 80,
            "income_unit": 1_000_000,
            "income_exponent": 1.0,
            "leisure_exponent": 1.0,
            "leisure_shifters": ["female", "children"],
            "fixed_cost_shifters": ["children"],
            **changes,
        }
    )


def incomes(earnings: FloatArray, other: FloatArray, **law: float) -> FloatArray:
    """A tenth of earnings is taxed, and a guarantee falls by ``taper`` for each won earned."""
    guarantee, taper = law.get("guarantee", 0.7e6), law.get("taper", 1.0)
    benefit = numpy.maximum(guarantee - taper * earnings, 0)
    return other[:, None] + 0.9 * earnings + benefit


def town(
    rows: int, seed: int, truth: FloatArray = TRUTH, **changes: Any
) -> tuple[Choices, FloatArray]:
    """People who chose by ``truth``, and their income if the same benefit began higher."""
    random = numpy.random.default_rng(seed)
    wage = numpy.exp(random.normal(numpy.log(12_000), 0.4, rows))
    earnings = wage[:, None] * numpy.array(HOURS) * WEEKS
    other = random.uniform(0.3e6, 1.5e6, rows)
    covariates = {
        "female": random.integers(0, 2, rows).astype(float),
        "children": random.integers(0, 3, rows).astype(float),
    }
    income = incomes(earnings, other)
    asked = model(**changes)
    assert truth.size == len(term_names(asked))
    utility = terms(asked, income, covariates) @ truth
    chosen = (utility + random.gumbel(size=utility.shape)).argmax(axis=1)
    choices = Choices(
        income=income,
        earnings=earnings,
        chosen=chosen,
        weight=random.uniform(0.5, 2, rows),
        covariates=covariates,
        treated=earnings[:, 4] < 2.2e6,
        head=random.uniform(size=rows) < 0.7,
        groups={"sex": Labels(("male", "female"), covariates["female"].astype(int))},
    )
    return choices, incomes(earnings, other, guarantee=1.6e6)
