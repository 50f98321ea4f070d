"""Imputation by an average: of the column, of the row's group in the column, or of the row.

``kept`` (..., rows) says which rows take part; after screening it is ``Screened.kept``, so that a
row that was left out is neither filled nor counted.
"""

from __future__ import annotations

from enum import StrEnum

import numpy

from donghaeng.index import column_statistics
from donghaeng.index.arrays import ROWS, FlagArray, FloatArray, WholeArray
from donghaeng.index.imputation.result import Imputed, fill, taking_part


class Average(StrEnum):
    """The arithmetic mean, or the middle value."""

    MEAN = "mean"
    MEDIAN = "median"


def impute_column(
    values: FloatArray, *, average: Average = Average.MEAN, kept: FlagArray | None = None
) -> Imputed:
    """Each missing value becomes the average of its column. An empty column is left.

    >>> impute_column(numpy.array([[1.0], [numpy.nan], [4.0]])).values[:, 0]
    array([1. , 2.5, 4. ])
    """
    return fill(values, _average(taking_part(values, kept), average)[..., None, :], kept)


def impute_group(
    values: FloatArray,
    *,
    groups: WholeArray,
    average: Average = Average.MEAN,
    kept: FlagArray | None = None,
) -> Imputed:
    """Each missing value becomes the average of its group of rows within its column.

    A group without any value in the column is left, and so are rows in no group.

    Args:
        values: (..., rows, columns).
        groups: (rows,) any whole numbers, negative for a row in no group.

    >>> impute_group(
    ...     numpy.array([[1.0], [numpy.nan], [3.0], [9.0]]), groups=numpy.array([0, 0, 0, 1])
    ... ).values[1, 0]
    np.float64(2.0)
    """
    known = taking_part(values, kept)
    proposed = numpy.full(known.shape, numpy.nan)
    for group in numpy.unique(groups[groups >= 0]):
        rows = groups == group
        proposed[..., rows, :] = _average(known[..., rows, :], average)[..., None, :]
    return fill(values, proposed, kept)


def impute_row(
    values: FloatArray,
    *,
    direction: FloatArray | WholeArray,
    average: Average = Average.MEAN,
    scale_first: bool = True,
    kept: FlagArray | None = None,
) -> Imputed:
    """Each missing value becomes the average of the same row's other indicators.

    Columns are first multiplied by their direction and laid on 0 … 1, and the average is laid back on
    the column's own scale: a row that stands at 0.7 of the range on average gets 0.7 of the range.
    A column with zero range takes no part and is left. Without ``scale_first`` the average is
    taken of the values as they are, which makes sense when they are on one scale already.
    """
    if not scale_first:
        return fill(values, _average_of_rows(values, average), kept)
    faced = taking_part(values, kept) * direction
    low = column_statistics.lowest(faced)[..., None, :]
    spread = column_statistics.highest(faced)[..., None, :] - low
    spread = numpy.where(spread > 0, spread, numpy.nan)
    proposed = _average_of_rows((faced - low) / spread, average) * spread + low
    return fill(values, proposed * direction, kept)


def _average(values: FloatArray, average: Average) -> FloatArray:
    if average is Average.MEDIAN:
        return column_statistics.median(values)
    return column_statistics.mean(values)


def _average_of_rows(values: FloatArray, average: Average) -> FloatArray:
    """(..., rows, 1)"""
    return _average(numpy.swapaxes(values, ROWS, -1), average)[..., None]
