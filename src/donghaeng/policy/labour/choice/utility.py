"""The utility of a point of hours, as terms that its parameters multiply.

With income y (in the stated unit), leisure l (the share of the stated time that is not worked), and
b(x, a) = (x^a - 1) / a the Box-Cox transformation, which is ln x for a = 0 (and here x itself for a = 1),

    U = b1 Y + b2 Y^2 + b3 L + b4 L^2 + b5 Y L + sum_z c_z z L - (d0 + sum_z d_z z) [hours > 0] + e,

Y = b(y, income_exponent), L = b(l, leisure_exponent). Exponents of 1 give a quadratic utility, exponents of
0 that of van Soest (1995, Journal of Human Resources 30(1)). The utility is linear in its parameters at
stated exponents, so that the log-likelihood is concave. The fixed cost of working is a cost in utility.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy

from donghaeng.policy.labour.arrays import FloatArray
from donghaeng.policy.labour.settings import DiscreteChoice
from donghaeng.rules.faults import BadInput, nearest

INCOME_TERMS = ("income", "income_squared", "income_leisure")


def term_names(model: DiscreteChoice) -> tuple[str, ...]:
    """The names of the parameters, in the order of the terms.

    The fixed cost and its shifters carry the sign of a cost: above 0 means that working costs.
    """
    return (
        "income",
        "income_squared",
        "leisure",
        "leisure_squared",
        "income_leisure",
        *(f"leisure_{name}" for name in model.leisure_shifters),
        "fixed_cost",
        *(f"fixed_cost_{name}" for name in model.fixed_cost_shifters),
    )


def terms(
    model: DiscreteChoice, income: FloatArray, covariates: Mapping[str, FloatArray]
) -> FloatArray:
    """The terms of the utility, (n, m, k), for incomes (n, m) in won a month.

    Raises:
        BadInput: for incomes at or below 0 that have no logarithm, and for covariates that are missing.
    """
    hours = numpy.asarray(model.hours)
    scaled = income / model.income_unit
    if model.income_exponent != 1 and (scaled <= 0).any():
        raise BadInput(
            "is 0 or less at a point of hours, and only a utility with the exponent 1 is defined there",
            field="income",
            remedy="income_exponent: 1.0",
        )
    y = box_cox(scaled, model.income_exponent)
    leisure = box_cox(1 - hours / model.time, model.leisure_exponent)
    taste = numpy.broadcast_to(leisure, income.shape)
    works = numpy.broadcast_to(numpy.where(hours > 0, -1.0, 0.0), income.shape)
    shifted = [_covariate(covariates, name) * taste for name in model.leisure_shifters]
    costs = [_covariate(covariates, name) * works for name in model.fixed_cost_shifters]
    columns = [y, y**2, taste, taste**2, y * taste, *shifted, works, *costs]
    return numpy.stack(columns, axis=-1)


def box_cox(values: FloatArray, exponent: float) -> FloatArray:
    """(x^a - 1) / a, ln x for a = 0; for a = 1 the amount itself, to read a quadratic utility as written.

    >>> box_cox(numpy.array([4.0]), 0.5).tolist()
    [2.0]
    """
    if exponent == 1:
        return values
    logs: FloatArray = numpy.log(values)
    # expm1 keeps the digits that x^a - 1 loses near a = 0.
    return logs if exponent == 0 else numpy.expm1(exponent * logs) / exponent


def _covariate(covariates: Mapping[str, FloatArray], name: str) -> FloatArray:
    if name not in covariates:
        raise BadInput(
            f"there is no covariate {name!r}",
            field="covariates",
            remedy=nearest(name, covariates) or f"one of {', '.join(covariates) or 'none'}",
        )
    return covariates[name][:, None]
