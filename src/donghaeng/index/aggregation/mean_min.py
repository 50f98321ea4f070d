"""The mean-min function: an arithmetic mean that pays for its distance from the lowest child."""

from __future__ import annotations

import numpy

from donghaeng.rules.faults import BadInput

from ..arrays import FloatArray
from .availability import checked_weights, weighted_mean


def mean_min(
    values: FloatArray, weights: FloatArray, *, alpha: float = 0.5, beta: float = 1.0
) -> FloatArray:
    """The weighted mean less a penalty for unbalance (Casadio Tarabusi and Guarini 2013).

    M - alpha (sqrt((M - min)^2 + beta^2) - beta), where M is the weighted mean and min the lowest child
    that is there. A child of weight zero is not in the index, so it is not the lowest either.

    Args:
        values: (..., rows, children), normalised to one scale.
        weights: (..., children).
        alpha: how strongly unbalance is penalised, 0 (not: the mean) to 1 (with ``beta`` 0: the minimum).
        beta: how complementary the children are, 0 or more; the greater, the smoother the penalty.

    >>> mean_min(numpy.array([[4.0, 12.0]]), numpy.ones(2), alpha=0.5, beta=3.0).tolist()
    [7.0]
    """
    if not 0.0 <= alpha <= 1.0:
        raise BadInput(f"alpha is {alpha:g}", field="alpha", remedy="a number from 0 to 1")
    if not (beta >= 0.0 and numpy.isfinite(beta)):
        raise BadInput(f"beta is {beta:g}", field="beta", remedy="a number of 0 or more")
    weights = checked_weights(weights)
    mean = weighted_mean(values, weights)
    counted = ~numpy.isnan(values) & (weights > 0.0)[..., None, :]
    values, counted = numpy.broadcast_arrays(values, counted)
    lowest = numpy.min(values, axis=-1, initial=numpy.inf, where=counted)
    # Where no child counts the mean is missing already, and so is the score.
    with numpy.errstate(invalid="ignore"):
        score: FloatArray = mean - alpha * (numpy.hypot(mean - lowest, beta) - beta)
    return score
