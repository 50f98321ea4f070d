"""The density of income at one point, which the influence of a quantile needs.

Gaussian kernel with Silverman's bandwidth, 0.9 min(deviation, interquartile range / 1.34) d^(-1/5) (1986, p. 48),
where d is the number of different incomes, so that it does not matter whether a household is one row or
one row for each of its persons. Osier (2009) takes the deviation and the people instead of d: a few rich people, or
weights that sum to millions, then decide on the smoothness.
"""

from __future__ import annotations

import math

import numpy

from donghaeng.rules.faults import BadInput

from .distribution import Distribution
from .sums import total

# Beyond so many bandwidths the Gaussian kernel is nothing in 64-bit floats.
REACH = 8.0


def bandwidth(distribution: Distribution) -> float:
    """Silverman's bandwidth. Raises BadInput if all incomes are equal."""
    quarter, three_quarters = (
        float(distribution.income[distribution.people_up_to.searchsorted(p * distribution.people)])
        for p in (0.25, 0.75)
    )
    spread = distribution.deviation
    if three_quarters > quarter:
        spread = min(spread, (three_quarters - quarter) / 1.34)
    if spread <= 0:
        raise BadInput(
            "all incomes are equal: there is no density, and no standard error of a quantile",
            field="income",
        )
    return 0.9 * spread * len(distribution.starts) ** -0.2


def density(distribution: Distribution, amount: float) -> float:
    """The density of people at ``amount``, per unit of income."""
    width = bandwidth(distribution)
    near = slice(
        distribution.below(amount - REACH * width), distribution.up_to(amount + REACH * width)
    )
    steps = (distribution.income[near] - amount) / width
    kernel = total(distribution.weight[near] * numpy.exp(-0.5 * steps * steps))
    return kernel / (distribution.people * width * math.sqrt(2 * math.pi))
