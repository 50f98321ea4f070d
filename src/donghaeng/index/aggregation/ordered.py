"""Means that look at the order of the children: the ordered weighted average and the median."""

from __future__ import annotations

import numpy

from donghaeng.rules.faults import BadInput

from ..arrays import FloatArray
from .availability import checked_weights, scaled_weights

# Two halves of the weight are equal halves although their floating sums differ in the last places.
HALF_TOLERANCE = 1e-12


def ordered_weighted(
    values: FloatArray, weights: FloatArray, *, order_weights: FloatArray
) -> FloatArray:
    """The ordered weighted average: the best child gets the first order weight, the worst the last.

    With equal ``weights`` and no child missing this is Yager's operator (1988). Otherwise the order
    weights are spread over the importance of the children that are there by linear interpolation of their
    running sum (Torra 1997; Yager 1996): with order weights (0, 0, 1) the score is the lowest child,
    whatever is missing. First k order weights simply scaled up would not keep that.

    Args:
        values: (..., rows, children).
        weights: importance of each child, (..., children).
        order_weights: (children,), from the highest value to the lowest; scaled to sum to one.

    >>> yager = numpy.array([[0.7, 1.0, 0.3, 0.6]])
    >>> ordered_weighted(yager, numpy.ones(4), order_weights=numpy.array([4, 3, 2, 1.0])).round(12).tolist()
    [0.76]
    """
    order = checked_weights(order_weights)
    children = values.shape[-1]
    if order.shape != (children,) or order.sum() <= 0.0:
        raise BadInput(
            f"{order.size} order weights with sum {order.sum():g} for {children} children",
            field="order_weights",
            remedy="one for each child, zero or more, not all zero",
        )
    importance = scaled_weights(values, checked_weights(weights))
    values, importance = numpy.broadcast_arrays(values, importance)
    ranking = numpy.argsort(-values, axis=-1, kind="stable")  # missing last
    descending = numpy.take_along_axis(values, ranking, axis=-1)
    reached = numpy.cumsum(numpy.take_along_axis(importance, ranking, axis=-1), axis=-1)
    running = numpy.concatenate(([0.0], numpy.cumsum(order / order.sum())))
    spread = _interpolated(numpy.minimum(reached, 1.0) * children, running)
    share = numpy.diff(spread, axis=-1, prepend=0.0)
    scores: FloatArray = (share * numpy.where(numpy.isnan(descending), 0.0, descending)).sum(
        axis=-1
    )
    return scores


def _interpolated(position: FloatArray, running: FloatArray) -> FloatArray:
    """``running`` (a sum after each whole position) between whole positions, on straight lines."""
    nearest = numpy.rint(position)
    position = numpy.where(numpy.abs(position - nearest) < 1e-9, nearest, position)
    some = ~numpy.isnan(position)
    below = numpy.where(some, numpy.floor(position), 0.0).astype(numpy.int64)
    below = numpy.clip(below, 0, running.size - 2)
    return running[below] + (position - below) * (running[below + 1] - running[below])


def median(values: FloatArray, weights: FloatArray) -> FloatArray:
    """The weighted median: half of the weight lies at or below it and half at or above.

    Where exactly half of the weight is reached between two children, their middle; with equal weights
    this is the usual median.

    >>> median(numpy.array([[1.0, 9.0, 3.0], [1.0, numpy.nan, 3.0]]), numpy.ones(3)).tolist()
    [3.0, 2.0]
    """
    share = scaled_weights(values, checked_weights(weights))
    values, share = numpy.broadcast_arrays(values, share)
    ranking = numpy.argsort(values, axis=-1, kind="stable")
    ascending = numpy.take_along_axis(values, ranking, axis=-1)
    reached = numpy.cumsum(numpy.take_along_axis(share, ranking, axis=-1), axis=-1)
    lower = (reached >= 0.5 - HALF_TOLERANCE).argmax(axis=-1)[..., None]
    upper = (reached > 0.5 + HALF_TOLERANCE).argmax(axis=-1)[..., None]
    low = numpy.take_along_axis(ascending, lower, axis=-1)[..., 0]
    high = numpy.take_along_axis(ascending, upper, axis=-1)[..., 0]
    known = ~numpy.isnan(reached[..., -1])
    return numpy.where(known, low + (high - low) / 2.0, numpy.nan)
