"""Which children are there, and how the weights of the others are scaled up to stand for them."""

from __future__ import annotations

import numpy

from donghaeng.rules.faults import BadInput

from ..arrays import FloatArray


def available_share(values: FloatArray) -> FloatArray:
    """The share of children (last axis) that are not missing, each counted alike: (..., rows).

    >>> float(available_share(numpy.array([[1.0, numpy.nan, 3.0, 4.0]]))[0])
    0.75
    """
    share: FloatArray = (~numpy.isnan(values)).mean(axis=-1)
    return share


def where_enough_available(
    scores: FloatArray, values: FloatArray, *, least_available: float
) -> FloatArray:
    """``scores`` (..., rows), missing where the share of children available is below the threshold.

    Strictly below, and children are counted, not weighed: as COINr's ``dat_thresh``.
    """
    if not 0.0 <= least_available <= 1.0:
        raise BadInput(f"least_available is {least_available:g}", remedy="a share between 0 and 1")
    if least_available == 0.0:
        return scores
    return numpy.where(available_share(values) < least_available, numpy.nan, scores)


def checked_weights(weights: FloatArray) -> FloatArray:
    """``weights`` as float64, refused where one is negative, missing or infinite."""
    array = numpy.asarray(weights, dtype=numpy.float64)
    if not (numpy.isfinite(array).all() and (array >= 0.0).all()):
        bad = numpy.argwhere(~(numpy.isfinite(array) & (array >= 0.0)))[0]
        raise BadInput(
            f"the weight of child {int(bad[-1])} is {array[tuple(bad)]:g}",
            field="weights",
            remedy="a number of zero or more",
        )
    return array


def weighted_sum(values: FloatArray, weights: FloatArray) -> FloatArray:
    """The sum over the last axis of values (..., rows, children) times weights (..., children): (..., rows).

    Not a matrix product: that of a linear algebra library adds up in an order that depends on the number
    of threads, and draws must be the same for any number. Here it takes as long.
    """
    if values.ndim == 2 and weights.ndim > 1:
        sums: FloatArray = numpy.einsum("...c,rc->...r", weights, values)
    else:
        sums = numpy.einsum("...rc,...c->...r", values, weights)
    return sums


def weighted_mean(values: FloatArray, weights: FloatArray) -> FloatArray:
    """The mean over the children that are there, their weights scaled to one; missing where none is.

    A row whose available children all weigh nothing is missing too.
    """
    missing = numpy.isnan(values)
    if not missing.any():
        total = weights.sum(axis=-1)[..., None]
        sums = weighted_sum(values, weights)
    else:
        total = weighted_sum((~missing).astype(numpy.float64), weights)
        sums = weighted_sum(numpy.where(missing, 0.0, values), weights)
    with numpy.errstate(invalid="ignore", divide="ignore"):
        return numpy.where(total > 0.0, sums / total, numpy.nan)


def scaled_weights(values: FloatArray, weights: FloatArray) -> FloatArray:
    """Weights of each row (..., rows, children): zero where missing, the others scaled to sum to one.

    Missing where the available children weigh nothing.
    """
    present = numpy.where(numpy.isnan(values), 0.0, weights[..., None, :])
    total = present.sum(axis=-1, keepdims=True)
    with numpy.errstate(invalid="ignore", divide="ignore"):
        return numpy.where(total > 0.0, present / total, numpy.nan)
