"""Totals and means of anything: what a benefit costs, how many receive it, the mean income."""

from __future__ import annotations

from .definitions import MeasureName
from .distribution import Distribution, Figures, checked_weights, figures
from .measure import Measure, taken_from
from .sums import FloatArray, total


def weighted_total(values: Figures, weights: Figures) -> Measure:
    """The weighted total of ``values`` (n,); of 0 and 1 it is a number of people.

    >>> weighted_total([1, 0, 1], [10, 20, 30]).value
    40.0
    """
    amounts = figures(values, "values")
    given = checked_weights(weights, len(amounts))
    return Measure(MeasureName.TOTAL, total(amounts * given), given, lambda: amounts * (given > 0))


def weighted_mean(values: Figures, weights: Figures) -> Measure:
    """The weighted mean of ``values`` (n,); of 0 and 1 it is a share.

    >>> weighted_mean([1, 0, 1], [10, 20, 30]).value
    0.6666666666666666
    """
    amounts = figures(values, "values")
    given = checked_weights(weights, len(amounts))
    people = total(given)
    value = total(amounts * given) / people

    def linearised() -> FloatArray:
        return (amounts - value) * (given > 0) / people

    return Measure(MeasureName.MEAN, value, given, linearised)


def mean(distribution: Distribution) -> Measure:
    """The mean income."""

    def linearised() -> FloatArray:
        return distribution.to_rows((distribution.income - distribution.mean) / distribution.people)

    return taken_from(distribution, MeasureName.MEAN, distribution.mean, linearised)
