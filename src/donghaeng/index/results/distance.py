"""How far it is to a target, and how long it takes at the present trend: arithmetic, not a forecast."""

from __future__ import annotations

import numpy

from donghaeng.index.arrays import FloatArray

Numbers = FloatArray | float


def distance_to_target(values: Numbers, target: Numbers, direction: Numbers = 1) -> FloatArray:
    """What is still to go, in the unit of the indicator: positive before the target, else zero or less.

    Args:
        values, target, direction: arrays that broadcast; direction +1 where more is better, −1 where less is.

    >>> distance_to_target(numpy.array([8.0, 5.0]), target=5.0, direction=-1).tolist()
    [3.0, 0.0]
    """
    gap = numpy.asarray(target, dtype=float) - values
    return numpy.where(numpy.asarray(direction) < 0, 0.0 - gap, gap)


def share_of_way(values: Numbers, start: Numbers, target: Numbers) -> FloatArray:
    """The share of the way from ``start`` to ``target`` that is done: 1 at the target, below 0 if away.

    NaN where start and target are the same, because then there is no way to go.

    >>> share_of_way(numpy.array([6.0, 11.0]), start=10.0, target=5.0).tolist()
    [0.8, -0.2]
    """
    way = numpy.asarray(target, dtype=float) - start
    with numpy.errstate(divide="ignore", invalid="ignore"):
        return numpy.where(way != 0, (numpy.asarray(values) - start) / way, numpy.nan)


def years_to_target(
    values: Numbers, slope: Numbers, target: Numbers, direction: Numbers = 1
) -> FloatArray:
    """Years until the target if the trend goes on as it is: 0 once reached.

    NaN — never — where the trend stands still or leads away. A number here assumes a straight line.

    Args:
        slope: change a year, in the unit of the indicator.

    >>> years_to_target(numpy.array([8.0, 8.0, 4.0]), numpy.array([-0.5, 0.5, 0.5]), 5.0, -1).tolist()
    [6.0, nan, 0.0]
    """
    gap = distance_to_target(values, target, direction)
    pace = numpy.asarray(direction * numpy.asarray(slope), dtype=float)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        years = numpy.where(pace > 0, gap / pace, numpy.nan)
    return numpy.where((gap <= 0) & ~numpy.isnan(pace), 0.0, years)
