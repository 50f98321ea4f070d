"""Honest bounds: what the data would be if every missing value were as low, or as high, as it can be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from donghaeng.index import column_statistics
from donghaeng.index.arrays import FlagArray, FloatArray
from donghaeng.index.imputation.result import fill, taking_part


@dataclass(frozen=True)
class Bounds:
    """The same values twice, with the missing ones at their lowest and at their highest possible value.

    ``bounded`` marks the cells that differ between the two, ``left`` those without any bound.
    """

    lowest: FloatArray
    highest: FloatArray
    bounded: FlagArray
    left: FlagArray


def bounds(
    values: FloatArray,
    *,
    low: float | FloatArray | None = None,
    high: float | FloatArray | None = None,
    kept: FlagArray | None = None,
) -> Bounds:
    """Every missing value at the lowest and at the highest value that it may have.

    The limits are the declared ones; where none is declared (``None`` or NaN), the lowest and highest
    value observed in the column, which is an assumption and no limit. No value is estimated, so
    between the two lies everything that the missing data could change.

    Args:
        values: (..., rows, columns), NaN is missing.
        low, high: one for all, or anything that fits (..., columns).
        kept: (..., rows) which rows take part.

    >>> pair = bounds(numpy.array([[20.0], [numpy.nan]]), low=0, high=100)
    >>> pair.lowest[1, 0], pair.highest[1, 0]
    (np.float64(0.0), np.float64(100.0))
    """
    known = taking_part(values, kept)
    least = fill(values, _limit(low, column_statistics.lowest(known)), kept)
    most = fill(values, _limit(high, column_statistics.highest(known)), kept)
    return Bounds(
        lowest=least.values,
        highest=most.values,
        bounded=least.filled & most.filled,
        left=least.left | most.left,
    )


def _limit(declared: float | FloatArray | None, observed: FloatArray) -> FloatArray:
    if declared is None:
        return observed[..., None, :]
    given = numpy.asarray(declared, dtype=numpy.float64)
    return numpy.where(numpy.isnan(given), observed, given)[..., None, :]
