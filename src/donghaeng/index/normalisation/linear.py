"""Normalisations that are a straight line for each column.

Common to all: ``values`` (..., rows, columns) with NaN for missing; ``direction`` (columns,) of +1 and
-1, by which a column is multiplied first; ``groups`` (rows,) of numbers from 0 where the scale is to be
found within each group of rows (each period of a panel) and not over all of them, -1 for rows in no
group. What is given for each column may be one number or anything that fits (..., columns). In the
formulas x is the value after its direction was applied. A column without a scale becomes NaN and is
marked ``undefined``.
"""

from __future__ import annotations

import numpy

from donghaeng.index import column_statistics
from donghaeng.index.arrays import FloatArray, WholeArray
from donghaeng.index.normalisation.scale import (
    Figure,
    Normalised,
    Scale,
    by_group,
    directed_ends,
    lay,
)
from donghaeng.rules.faults import BadInput


def min_max(
    values: FloatArray,
    *,
    direction: FloatArray | WholeArray,
    low: Figure = 0.0,
    high: Figure = 100.0,
    groups: WholeArray | None = None,
) -> Normalised:
    """The range of each column laid on low … high: low + (high - low) · (x - min) / (max - min).

    >>> min_max(numpy.array([[10.0], [15.0], [20.0]]), direction=numpy.array([-1])).values[:, 0]
    array([100.,  50.,   0.])
    """
    sign = numpy.asarray(direction, dtype=numpy.float64)
    bottom, top = directed_ends(values, sign, groups)
    scale = Scale(sign, bottom, top - bottom, start=low, factor=_difference(high, low))
    return lay(values, scale, groups=groups)


def z_score(
    values: FloatArray,
    *,
    direction: FloatArray | WholeArray,
    mean: Figure = 0.0,
    deviation: Figure = 1.0,
    groups: WholeArray | None = None,
) -> Normalised:
    """Standard scores: mean + deviation · (x - own mean) / own standard deviation, the latter with n - 1.

    >>> z_score(numpy.array([[1.0], [2.0], [3.0]]), direction=numpy.array([1])).values[:, 0]
    array([-1.,  0.,  1.])
    """
    sign = numpy.asarray(direction, dtype=numpy.float64)
    origin = sign * by_group(column_statistics.mean, values, groups)
    spread = by_group(column_statistics.deviation, values, groups)
    return lay(values, Scale(sign, origin, spread, start=mean, factor=deviation), groups=groups)


def scaled(
    values: FloatArray,
    *,
    direction: FloatArray | WholeArray,
    lower: Figure = 0.0,
    upper: Figure = 100.0,
    factor: Figure = 100.0,
) -> Normalised:
    """A scale with given ends, factor · (x - lower) / (upper - lower), as COINr's ``n_scaled``.

    Nothing is held within the ends (``goalposts`` does that). The ends are those of x, so a
    column of direction -1 needs them with the sign turned.
    """
    sign = numpy.asarray(direction, dtype=numpy.float64)
    origin = _line(lower, values)
    return lay(values, Scale(sign, origin, _line(upper, values) - origin, factor=factor))


def goalposts(
    values: FloatArray,
    *,
    direction: FloatArray | WholeArray,
    lower: Figure,
    upper: Figure,
    low: Figure = 0.0,
    high: Figure = 100.0,
    truncate: bool = True,
) -> Normalised:
    """A scale between given posts: low + (high - low) · (value - lower) / (upper - lower).

    For direction -1 upper - value stands above the line. The posts are given in the unit of the
    indicator, ``lower`` below ``upper`` for either direction; ``truncate`` holds the result within
    low and high. An output range such as 1 to 100 allows a geometric mean afterwards. A post that
    is NaN leaves its column undefined.

    Raises:
        BadInput: a lower post is not below its upper post.

    >>> goalposts(
    ...     numpy.array([[20.0], [40.0], [90.0]]), direction=numpy.array([-1]), lower=30, upper=80,
    ...     low=1, high=100,
    ... ).values[:, 0]
    array([100. ,  80.2,   1. ])
    """
    bottom, top = _line(lower, values), _line(upper, values)
    if (bottom >= top).any():
        raise BadInput(
            "the lower goalpost is not below the upper one",
            remedy="give both in the unit of the indicator; its direction turns the scale",
        )
    sign = numpy.asarray(direction, dtype=numpy.float64)
    scale = Scale(
        sign,
        numpy.where(sign > 0, bottom, -top),
        top - bottom,
        start=low,
        factor=_difference(high, low),
        least=numpy.minimum(low, high) if truncate else None,
        most=numpy.maximum(low, high) if truncate else None,
    )
    return lay(values, scale)


def distance_to_maximum(
    values: FloatArray,
    *,
    direction: FloatArray | WholeArray,
    groups: WholeArray | None = None,
) -> Normalised:
    """1 - (max - x) / (max - min): 1 for the best row, 0 for the worst."""
    sign = numpy.asarray(direction, dtype=numpy.float64)
    bottom, top = directed_ends(values, sign, groups)
    return lay(values, Scale(sign, top, top - bottom, start=1.0), groups=groups)


def distance_to_reference(
    values: FloatArray,
    *,
    direction: FloatArray | WholeArray,
    reference: int | WholeArray,
    capped: bool = False,
    groups: WholeArray | None = None,
) -> Normalised:
    """1 - (ref - x) / (ref - min) with the value of a reference row; ``capped`` holds it at 1.

    Undefined where the reference is missing or is itself the minimum.

    Args:
        reference: number of the reference row, or with ``groups`` one for each group.
    """
    sign = numpy.asarray(direction, dtype=numpy.float64)
    bottom, _ = directed_ends(values, sign, groups)
    origin = sign * values[..., numpy.atleast_1d(numpy.asarray(reference)), :]
    scale = Scale(sign, origin, origin - bottom, start=1.0, most=1.0 if capped else None)
    return lay(values, scale, groups=groups)


def distance_to_target(
    values: FloatArray,
    *,
    direction: FloatArray | WholeArray,
    target: Figure,
    capped: bool = False,
    groups: WholeArray | None = None,
) -> Normalised:
    """1 - (target - x) / (target - min); ``capped`` holds it at 1.

    The target is given in the unit of the indicator. Undefined where every row has reached it
    already (target <= min): the formula would then turn the order of the rows round, as COINr does
    with a warning.
    """
    sign = numpy.asarray(direction, dtype=numpy.float64)
    bottom, _ = directed_ends(values, sign, groups)
    origin = sign * _line(target, values)
    spread = origin - bottom
    scale = Scale(
        sign,
        numpy.broadcast_to(origin, spread.shape),
        numpy.where(spread > 0, spread, numpy.nan),
        start=1.0,
        most=1.0 if capped else None,
    )
    return lay(values, scale, groups=groups)


def fraction_of_maximum(
    values: FloatArray,
    *,
    direction: FloatArray | WholeArray,
    lowest_over_value: bool = False,
    groups: WholeArray | None = None,
) -> Normalised:
    """The share of the highest, x / max; undefined where the maximum is 0.

    For direction -1 this is (-value) / max(-value) = value / lowest value: 1 for the best row and
    *more* for worse ones. It is COINr's convention and of no use there. With
    ``lowest_over_value`` such columns become lowest value / value, for positive values: 1 for the best
    row and less for worse ones; values of 0 and below become NaN.
    """
    sign = numpy.asarray(direction, dtype=numpy.float64)
    turned = sign < 0
    if lowest_over_value and turned.any():
        with numpy.errstate(divide="ignore"):
            inverse = numpy.where(values > 0, 1 / values, numpy.nan)
        top = by_group(column_statistics.highest, numpy.where(turned, inverse, values), groups)
        scale = Scale(numpy.abs(sign), numpy.zeros_like(top), top, reciprocal=turned)
    else:
        _, top = directed_ends(values, sign, groups)
        scale = Scale(sign, numpy.zeros_like(top), top)
    return lay(values, scale, groups=groups)


def _line(figure: Figure, values: FloatArray) -> FloatArray:
    """What was given for each column as (..., 1, columns)."""
    given = numpy.asarray(figure, dtype=numpy.float64)
    line = given[..., None, :] if given.ndim else given
    shape = numpy.broadcast_shapes(line.shape, (1, values.shape[-1]))
    return numpy.broadcast_to(line, shape)


def _difference(high: Figure, low: Figure) -> Figure:
    return numpy.subtract(high, low, dtype=numpy.float64)
