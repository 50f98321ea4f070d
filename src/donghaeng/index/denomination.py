"""Denomination: counts and sums are divided by the size of what they belong to (people, area, output)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from donghaeng.index.arrays import FlagArray, FloatArray


@dataclass(frozen=True)
class Denominated:
    """Values after division, and the cells (..., rows, columns) that lost theirs.

    ``without_denominator`` marks a value whose denominator is missing, ``zero_denominator`` one
    whose denominator is 0; both are NaN now.
    """

    values: FloatArray
    without_denominator: FlagArray
    zero_denominator: FlagArray


def denominate(
    values: FloatArray,
    *,
    denominators: FloatArray,
    denominated: FlagArray,
    scale: float | FloatArray = 1.0,
) -> Denominated:
    """Divide the columns that have a denominator, x / (denominator / scale); the others stay as they are.

    Args:
        values: (..., rows, columns), NaN is missing.
        denominators: the denominator of each cell, anything that fits ``values``; what stands in a
            column without a denominator is not read.
        denominated: (columns,) whether the column has a denominator.
        scale: one for all or (columns,): 1,000 with a denominator in persons gives a figure per
            thousand persons.

    >>> denominate(
    ...     numpy.array([[30.0, 7.0]]), denominators=numpy.array([[60_000.0, numpy.nan]]),
    ...     denominated=numpy.array([True, False]), scale=1_000.0,
    ... ).values
    array([[0.5, 7. ]])
    """
    present = denominated & ~numpy.isnan(values)
    without = present & numpy.isnan(denominators)
    zero = present & (denominators == 0)
    with numpy.errstate(divide="ignore", invalid="ignore", over="ignore"):
        divided = values / (denominators / numpy.asarray(scale))
    result = numpy.where(denominated, divided, values)
    result[without | zero] = numpy.nan
    return Denominated(values=result, without_denominator=without, zero_denominator=zero)
