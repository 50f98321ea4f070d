"""Indices of poverty that ask how unequal the poor are: Sen, and Sen–Shorrocks–Thon."""

from __future__ import annotations

import numpy

from .definitions import MeasureName
from .densities import density
from .distribution import Distribution
from .measure import Measure
from .poverty import Line, below_line, line_amount
from .sums import FloatArray, total


def sen(distribution: Distribution, line: Line) -> Measure:
    """H (I + (1 - I) G): the share of poor H, their mean gap I, and the Gini coefficient among them G.

    The form for a large population (Sen 1976, equation 17), which does not change when everyone is counted
    twice. 0 where nobody is poor.

    >>> sen(Distribution.of([2, 4, 10, 10]), 8.0).value  # 1/2 (5/8 + 3/8 · 1/6)
    0.34375
    """
    name = MeasureName.SEN
    amount = line_amount(line, name)
    poor = distribution.below(amount)
    if not poor:
        return _nobody(distribution, line, name)
    people = distribution.people
    weight, income = distribution.weight[:poor], distribution.income[:poor]
    count = float(distribution.people_up_to[poor - 1])
    together = float(distribution.income_up_to[poor - 1])
    ranks = 2 * distribution.people_up_to[:poor] - weight - count
    pairs = 2 * total(weight * ranks * income)  # distances of all pairs of the poor, both ways
    gap = (count - together / amount) / people
    unequal = pairs / (2 * count * people * amount)
    value = gap + unequal

    def influence() -> FloatArray:
        found = numpy.full(len(distribution.income), -value / people)
        to_others = (2 * distribution.people_up_to[:poor] - count) * income
        to_others += together - 2 * distribution.income_up_to[:poor]
        found[:poor] += (1 - income / amount) / people
        found[:poor] += to_others / (count * people * amount) - unequal / count
        return found

    def slope() -> float:
        entering = density(distribution, amount) * people
        to_others = count * amount - together
        return (
            together / (people * amount**2)
            + entering * (to_others / (count * people * amount) - unequal / count)
            - unequal / amount
        )

    return below_line(distribution, line, name, value, influence, slope)


def sen_shorrocks_thon(distribution: Distribution, line: Line) -> Measure:
    """The mean gap of all people, times one plus the Gini coefficient of their gaps; 0 where nobody is poor.

    >>> sen_shorrocks_thon(Distribution.of([2, 4, 10, 10]), 8.0).value  # 5/16 (1 + 11/20)
    0.484375
    """
    name = MeasureName.SEN_SHORROCKS_THON
    amount = line_amount(line, name)
    poor = distribution.below(amount)
    if not poor:
        return _nobody(distribution, line, name)
    people = distribution.people
    weight, income = distribution.weight[:poor], distribution.income[:poor]
    gap = 1 - income / amount
    # Of each poor person: the share of people with a smaller gap less that with a larger one.
    rank = (people - 2 * distribution.people_up_to[:poor] + weight) / people
    value = total(weight * gap * (1 + rank)) / people

    def influence() -> FloatArray:
        count = float(distribution.people_up_to[poor - 1])
        all_gaps = count - float(distribution.income_up_to[poor - 1]) / amount
        gaps_up_to = distribution.people_up_to[:poor] - distribution.income_up_to[:poor] / amount
        to_others = gap * (people - 2 * distribution.people_up_to[:poor]) + 2 * gaps_up_to
        found = numpy.full(len(distribution.income), all_gaps / people**2)
        found[:poor] = gap / people + (to_others - all_gaps) / people**2
        half_pairs = total(weight * gap * rank) / people
        return found - (value + half_pairs) / people

    def slope() -> float:
        return total(weight * income * (1 + rank)) / (people * amount**2)

    return below_line(distribution, line, name, value, influence, slope)


def _nobody(distribution: Distribution, line: Line, name: MeasureName) -> Measure:
    """Zero, and no row moves it."""
    return below_line(
        distribution,
        line,
        name,
        0.0,
        lambda: numpy.zeros(len(distribution.income)),
        lambda: 0.0,
    )
