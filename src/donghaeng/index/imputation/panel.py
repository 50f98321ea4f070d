"""Imputation within the series of one unit: from its own earlier and later periods."""

from __future__ import annotations

from enum import StrEnum

import numpy

from donghaeng.index.arrays import ROWS, FlagArray, FloatArray, WholeArray
from donghaeng.index.imputation.result import Imputed, fill, taking_part
from donghaeng.rules.faults import BadInput


class Filling(StrEnum):
    """From which periods of the series a missing value is taken."""

    LATEST = "latest"  # the last one before
    CONSTANT = "constant"  # the last one before; at the start the first one after
    LINEAR = "linear"  # the straight line between the two neighbours; beyond the ends the nearest
    NEAREST = "nearest"  # the nearer neighbour, of two equally near the earlier


def impute_panel(
    values: FloatArray,
    *,
    units: WholeArray,
    periods: WholeArray,
    filling: Filling = Filling.LATEST,
    longest_gap: int | None = None,
    kept: FlagArray | None = None,
) -> Imputed:
    """Fill the gaps of each series (one unit, one column) from its own values.

    A straight line is drawn over the numbers of the periods, so that uneven periods count as
    they are. A series without any value is left; one with a single value is filled with it
    (``LATEST`` only from that period on).

    Args:
        values: (..., rows, columns), rows in any order.
        units, periods: (rows,) the unit and the period of each row, as numbers.
        longest_gap: a value may be taken from at most so many periods away (a difference of period
            numbers; for a straight line from both sides); ``None`` for any distance.
        kept: (..., rows) which rows take part.

    Raises:
        BadInput: two rows of the same unit and period.

    >>> impute_panel(
    ...     numpy.array([[1.0], [numpy.nan], [numpy.nan], [7.0]]), units=numpy.array([0, 0, 0, 0]),
    ...     periods=numpy.array([2020, 2021, 2022, 2023]), filling=Filling.LINEAR,
    ... ).values[:, 0]
    array([1., 3., 5., 7.])
    """
    row_of, years = _grid(units, periods)
    # (..., units, periods, columns); a unit without a row of a period has NaN there.
    known = taking_part(values, kept)
    series = numpy.where((row_of >= 0)[..., None], known[..., row_of, :], numpy.nan)
    proposed = _proposed(series, years, filling, longest_gap)
    result = numpy.full(known.shape, numpy.nan)
    unit, period = numpy.nonzero(row_of >= 0)
    result[..., row_of[unit, period], :] = proposed[..., unit, period, :]
    return fill(values, result, kept)


def _grid(units: WholeArray, periods: WholeArray) -> tuple[WholeArray, FloatArray]:
    """The row of each unit and period, -1 for none, and the period numbers in order."""
    names, unit = numpy.unique(units, return_inverse=True)
    years, period = numpy.unique(periods, return_inverse=True)
    row_of = numpy.full((names.size, years.size), -1, dtype=numpy.int64)
    row_of[unit, period] = numpy.arange(units.size)
    if (row_of >= 0).sum() < units.size:
        raise BadInput(
            "two rows of the same unit and period", remedy="keep one row for each unit and period"
        )
    return row_of, years.astype(numpy.float64)


def _proposed(
    series: FloatArray, years: FloatArray, filling: Filling, longest_gap: int | None
) -> FloatArray:
    """A value for every cell of (..., units, periods, columns), NaN where there is none to take."""
    count = years.size
    here = numpy.arange(count)[:, None]
    present = ~numpy.isnan(series)
    before = numpy.maximum.accumulate(numpy.where(present, here, -1), axis=ROWS)
    after = numpy.where(present, here, count)
    after = numpy.flip(numpy.minimum.accumulate(numpy.flip(after, ROWS), axis=ROWS), ROWS)
    past = numpy.where(before >= 0, years[here] - years[before], numpy.inf)
    ahead = numpy.where(
        after < count, years[numpy.minimum(after, count - 1)] - years[here], numpy.inf
    )
    limit = numpy.inf if longest_gap is None else longest_gap
    earlier = _taken(series, numpy.maximum(before, 0), past <= limit)
    later = _taken(series, numpy.minimum(after, count - 1), ahead <= limit)
    if filling is Filling.LATEST:
        return earlier
    first = numpy.isinf(past)
    last = numpy.isinf(ahead)
    if filling is Filling.CONSTANT:
        return numpy.where(first, later, earlier)
    if filling is Filling.NEAREST:
        return numpy.where(past <= ahead, earlier, later)
    with numpy.errstate(invalid="ignore"):
        between = earlier + (later - earlier) * (past / (past + ahead))
    return numpy.where(first, later, numpy.where(last, earlier, between))


def _taken(series: FloatArray, period: WholeArray, allowed: FlagArray) -> FloatArray:
    """The values of the series at other periods; NaN where there is none or it is too far away."""
    return numpy.where(allowed, numpy.take_along_axis(series, period, axis=ROWS), numpy.nan)
