"""Weights that are simply given: equal, as named, or as named with noise."""

from __future__ import annotations

import numpy

from donghaeng.rules.faults import BadInput

from ..aggregation.availability import checked_weights
from ..arrays import FloatArray


def equal_weights(children: int) -> FloatArray:
    """The same weight for each child, summing to one.

    >>> equal_weights(4).tolist()
    [0.25, 0.25, 0.25, 0.25]
    """
    if children < 1:
        raise BadInput("no children to weigh")
    return numpy.full(children, 1.0 / children)


def scaled_to_one(weights: FloatArray) -> FloatArray:
    """Given weights (..., children), scaled so that each set sums to one.

    Raises:
        BadInput: a weight that is negative or not a number, or a set that sums to zero.

    >>> scaled_to_one(numpy.array([1.0, 3.0])).tolist()
    [0.25, 0.75]
    """
    weights = checked_weights(weights)
    total = weights.sum(axis=-1, keepdims=True)
    if not (total > 0.0).all():
        raise BadInput("the weights sum to zero", remedy="one weight at least above 0")
    scaled: FloatArray = weights / total
    return scaled


def noisy_weights(
    weights: FloatArray, uniform: FloatArray, *, factor: float | FloatArray
) -> FloatArray:
    """Each weight moved by up to ``factor`` of itself: w + w factor (2 u - 1), as COINr does.

    Not scaled again: the rules of aggregation scale the weights of each group.

    Args:
        weights: (children,).
        uniform: (..., children), drawn evenly from 0 to 1 (random, or a sequence such as Sobol's).
        factor: from 0 to 1; one number, or one for each child (so each level can have its own).

    >>> noisy_weights(numpy.array([1.0, 2.0]), numpy.array([[0.0, 0.5], [1.0, 1.0]]), factor=0.25).tolist()
    [[0.75, 2.0], [1.25, 2.5]]
    """
    factors = numpy.asarray(factor, dtype=numpy.float64)
    if not ((factors >= 0.0) & (factors <= 1.0)).all():
        raise BadInput("a noise factor lies outside 0..1", field="factor")
    noisy: FloatArray = checked_weights(weights) * (1.0 + factors * (2.0 * uniform - 1.0))
    return noisy
