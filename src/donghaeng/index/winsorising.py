"""Winsorising: the farthest points of a skewed column are drawn in to the next value, one step at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from donghaeng.index import column_statistics
from donghaeng.index.arrays import ROWS, FlagArray, FloatArray, WholeArray
from donghaeng.index.column_statistics import Shape


@dataclass(frozen=True)
class Winsorised:
    """Columns after winsorising.

    ``high`` and ``low`` (..., rows, columns) mark the points that were drawn in from either end and
    ``points`` (..., columns) counts them. In a ``collapsed`` column (..., columns) the next step
    would have left a single value: its values are those it came with. ``shape`` is that of ``values``.
    """

    values: FloatArray
    high: FlagArray
    low: FlagArray
    points: WholeArray
    collapsed: FlagArray
    shape: Shape


def passes(shape: Shape, skewness_limit: FloatArray, kurtosis_limit: FloatArray) -> FlagArray:
    """Whether a column has no outliers: \\|skewness\\| < limit or kurtosis < limit, both strict.

    The limits 2 and 3.5 are those of COINr. An undefined figure passes nothing.
    """
    return (numpy.abs(shape.skewness) < skewness_limit) | (shape.kurtosis < kurtosis_limit)


def winsorise(
    values: FloatArray,
    *,
    skewness_limit: float | FloatArray = 2.0,
    kurtosis_limit: float | FloatArray = 3.5,
    most_points: int | WholeArray = 5,
) -> Winsorised:
    """Draw in the farthest points of each column until it passes or ``most_points`` are drawn in.

    A step: where skewness is not negative, all points equal to the maximum take the next lower
    value; otherwise all points equal to the minimum take the next higher one. The points counted
    are those of the latest step at the high end and of the latest step at the low end, so that ties
    may pass ``most_points``. This is the rule of COINr 1.1.14. A column that fails because nearly
    all its values are equal is left as it came (``collapsed``); COINr stops there.

    Args:
        values: (..., rows, columns), NaN is missing.
        skewness_limit, kurtosis_limit, most_points: one for all or anything that fits (..., columns).

    >>> winsorise(numpy.array([[float(x)] for x in [*range(1, 11), 30, 100]])).values[-2:, 0]
    array([30., 30.])
    """
    aside = numpy.moveaxis(values, ROWS, 0)
    each = aside.shape[1:]
    cases = aside.reshape(aside.shape[0], -1)
    bottom, top, collapsed, shape = _final_ends(
        cases,
        numpy.broadcast_to(numpy.asarray(skewness_limit, dtype=numpy.float64), each).ravel(),
        numpy.broadcast_to(numpy.asarray(kurtosis_limit, dtype=numpy.float64), each).ravel(),
        numpy.broadcast_to(numpy.asarray(most_points, dtype=numpy.int64), each).ravel(),
    )
    low, high = cases < bottom, cases > top
    return Winsorised(
        values=numpy.moveaxis(numpy.clip(cases, bottom, top).reshape(aside.shape), 0, ROWS),
        high=numpy.moveaxis(high.reshape(aside.shape), 0, ROWS),
        low=numpy.moveaxis(low.reshape(aside.shape), 0, ROWS),
        points=(low.sum(axis=0) + high.sum(axis=0)).reshape(each),
        collapsed=collapsed.reshape(each),
        shape=Shape(shape.skewness.reshape(each), shape.kurtosis.reshape(each)),
    )


def _final_ends(
    cases: FloatArray,
    skewness_limit: FloatArray,
    kurtosis_limit: FloatArray,
    most_points: WholeArray,
) -> tuple[FloatArray, FloatArray, FlagArray, Shape]:
    """The lowest and highest value to which each column of (rows, cases) is drawn in.

    A winsorised column is the original held between two of its own values, so only these two move.
    Also whether the column collapsed, and skewness and kurtosis of the result. A step touches only
    the columns that still fail.
    """
    bottom, top = column_statistics.lowest(cases), column_statistics.highest(cases)
    ends = bottom.copy(), top.copy()
    collapsed = numpy.zeros(bottom.shape, dtype=bool)
    first = column_statistics.shape(cases)
    shape = Shape(first.skewness.copy(), first.kurtosis.copy())
    active = numpy.flatnonzero(_fails(shape, skewness_limit, kurtosis_limit) & (most_points > 0))
    moving = cases[:, active]
    while active.size:
        upward = shape.skewness[active] >= 0
        falling, rising = active[upward], active[~upward]
        top[falling] = _next_lower(moving if upward.all() else moving[:, upward], top[falling])
        bottom[rising] = -_next_lower(-moving[:, ~upward], -bottom[rising])
        collapsed[active] = bottom[active] == top[active]
        now = column_statistics.shape(numpy.clip(moving, bottom[active], top[active]))
        shape.skewness[active], shape.kurtosis[active] = now.skewness, now.kurtosis
        drawn = (moving > top[active]).sum(axis=0) + (moving < bottom[active]).sum(axis=0)
        goes_on = _fails(now, skewness_limit[active], kurtosis_limit[active])
        goes_on &= (drawn < most_points[active]) & ~collapsed[active]
        if not goes_on.all():
            active, moving = active[goes_on], moving[:, goes_on]
    for kept, restored in ((bottom, ends[0]), (top, ends[1])):
        kept[collapsed] = restored[collapsed]
    shape.skewness[collapsed] = first.skewness[collapsed]
    shape.kurtosis[collapsed] = first.kurtosis[collapsed]
    return bottom, top, collapsed, shape


def _next_lower(cases: FloatArray, top: FloatArray) -> FloatArray:
    """The highest value of each column below ``top``."""
    return column_statistics.highest(numpy.where(cases < top, cases, -numpy.inf))


def _fails(shape: Shape, skewness_limit: FloatArray, kurtosis_limit: FloatArray) -> FlagArray:
    """Whether a column is known to have outliers: both figures are defined and neither passes."""
    known = ~numpy.isnan(shape.skewness) & ~numpy.isnan(shape.kurtosis)
    return known & ~passes(shape, skewness_limit, kurtosis_limit)
