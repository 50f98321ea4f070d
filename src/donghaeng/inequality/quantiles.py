"""Quantiles of weighted incomes, and their ratios."""

from __future__ import annotations

import numpy

from donghaeng.rules.faults import BadInput

from .conventions import Quantile
from .definitions import MeasureName
from .densities import density
from .distribution import Distribution
from .measure import Measure, ratio, taken_from
from .sums import FloatArray

# A share is met exactly if it is within so much of it: 0.1 + 0.2 of the people are 0.3 of them.
EXACT = 1e-12


def quantile(
    distribution: Distribution,
    share: float,
    convention: Quantile = Quantile.AVERAGED,
    name: MeasureName = MeasureName.QUANTILE,
) -> Measure:
    """The income up to which ``share`` of the people have it.

    The influence is (share - [income ≤ quantile]) / (density × people) (Osier 2009).

    >>> four = Distribution.of([1, 2, 3, 4])
    >>> [quantile(four, 0.5, convention).value for convention in Quantile]
    [2.0, 2.5, 2.0]
    """
    if not 0 < share < 1:
        raise BadInput(f"a share lies between 0 and 1, not at {share:g}", field=name)
    value = quantile_value(distribution, share, convention)

    def linearised() -> FloatArray:
        scale = density(distribution, value) * distribution.people
        if scale <= 0:
            raise BadInput("nobody has an income near it: it has no standard error", field=name)
        place = distribution.up_to(value)
        reached = float(distribution.people_up_to[place - 1]) / distribution.people
        influence = numpy.full(len(distribution.income), reached / scale)
        influence[:place] -= 1 / scale
        return distribution.to_rows(influence)

    return taken_from(distribution, name, value, linearised, convention, share)


def median(distribution: Distribution, convention: Quantile = Quantile.AVERAGED) -> Measure:
    """The income that half of the people do not exceed."""
    return quantile(distribution, 0.5, convention, MeasureName.MEDIAN)


def percentile_ratio(
    distribution: Distribution,
    upper: float,
    lower: float,
    convention: Quantile = Quantile.AVERAGED,
    name: MeasureName = MeasureName.PERCENTILE_RATIO,
) -> Measure:
    """The ``upper`` quantile divided by the ``lower`` one: 0.9 and 0.1 for D9/D1.

    Raises BadInput if the lower one is not above zero.

    >>> percentile_ratio(Distribution.of([1, 2, 3, 4, 5]), 0.9, 0.1).value
    5.0
    """
    low = quantile(distribution, lower, convention)
    if low.value <= 0:
        raise BadInput(f"the quantile at {lower:g} is {low.value:g}, not above zero", field=name)
    both = ratio(quantile(distribution, upper, convention), low)
    return taken_from(distribution, name, both.value, both.linearised, convention)


def quantile_value(distribution: Distribution, share: float, convention: Quantile) -> float:
    """The quantile alone."""
    target = share * distribution.people
    slack = EXACT * distribution.people
    income, reached = distribution.income, distribution.people_up_to
    place = min(int(reached.searchsorted(target - slack)), len(income) - 1)
    if convention is Quantile.INTERPOLATED:
        return _interpolated(distribution, place, target)
    if (
        convention is Quantile.AVERAGED
        and reached[place] <= target + slack
        and place + 1 < len(income)
    ):
        return float((income[place] + income[place + 1]) / 2)
    return float(income[place])


def _interpolated(distribution: Distribution, place: int, target: float) -> float:
    """Linear between the people up to the income before and up to the income at ``place``."""
    income, reached = distribution.income, distribution.people_up_to
    first, behind = distribution.below(income[place]), distribution.up_to(income[place])
    if first == 0:
        return float(income[0])
    before, at = reached[first - 1], reached[behind - 1]
    part = min((target - before) / (at - before), 1.0)
    return float(income[first - 1] + (income[place] - income[first - 1]) * part)
