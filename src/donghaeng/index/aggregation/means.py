"""The power means: arithmetic, geometric, harmonic and those between and beyond."""

from __future__ import annotations

import numpy

from donghaeng.rules.faults import BadInput

from ..arrays import FloatArray
from .availability import checked_weights, weighted_mean
from .faults import refuse


def arithmetic(values: FloatArray, weights: FloatArray) -> FloatArray:
    """The weighted arithmetic mean: full compensation between children.

    Args:
        values: (..., rows, children), missing as NaN.
        weights: (..., children), zero or more; scaled to one over the children that are there.

    Returns:
        (..., rows); missing where every child is missing.

    >>> arithmetic(numpy.array([[2.0, 8.0], [numpy.nan, 8.0]]), numpy.array([1.0, 2.0])).tolist()
    [6.0, 8.0]
    """
    return weighted_mean(values, checked_weights(weights))


def geometric(values: FloatArray, weights: FloatArray) -> FloatArray:
    """The weighted geometric mean, exp(sum w ln x): a low child is only partly made up for.

    Raises:
        NonPositive: a value is zero or less.

    >>> geometric(numpy.array([[2.0, 8.0]]), numpy.array([1.0, 1.0])).round(12).tolist()
    [4.0]
    """
    refuse(values <= 0.0, values, "a geometric mean", "above 0")
    return numpy.exp(weighted_mean(numpy.log(values), checked_weights(weights)))


def harmonic(values: FloatArray, weights: FloatArray) -> FloatArray:
    """The weighted harmonic mean, 1 / (sum w / x).

    Raises:
        NonPositive: a value is zero or less. (COINr stops at zero only; over values of both signs the
            result has no meaning, so negative ones are refused here.)

    >>> harmonic(numpy.array([[2.0, 8.0]]), numpy.array([1.0, 1.0])).round(12).tolist()
    [3.2]
    """
    refuse(values <= 0.0, values, "a harmonic mean", "above 0")
    return 1.0 / weighted_mean(1.0 / values, checked_weights(weights))


def generalised(values: FloatArray, weights: FloatArray, *, power: float) -> FloatArray:
    """The weighted power mean (sum w x^p)^(1/p); ``power`` 0 is the geometric mean, its limit.

    A missing child is left out. (COINr's ``a_genmean`` gives a missing score instead, against its help.)

    Raises:
        NonPositive: a value is zero or less and the power is not positive; or a value is below zero and
            the power is not 1.

    >>> generalised(numpy.array([[1.0, 7.0]]), numpy.array([1.0, 1.0]), power=2).tolist()
    [5.0]
    """
    if not numpy.isfinite(power):
        raise BadInput(f"the power of a generalised mean is {power:g}", remedy="a finite number")
    if power == 0.0:
        return geometric(values, weights)
    if power == 1.0:
        return arithmetic(values, weights)
    rule = f"a generalised mean of power {power:g}"
    if power < 0.0:
        refuse(values <= 0.0, values, rule, "above 0")
    else:
        refuse(values < 0.0, values, rule, "of 0 or more")
    # Dividing by the largest value of the row keeps x^p within what a float can hold.
    some = ~numpy.isnan(values).all(axis=-1, keepdims=True)
    largest = numpy.max(values, axis=-1, keepdims=True, initial=0.0, where=~numpy.isnan(values))
    scale = numpy.where(some & (largest > 0.0), largest, 1.0)
    with numpy.errstate(over="ignore"):
        mean = weighted_mean((values / scale) ** power, checked_weights(weights))
        return scale[..., 0] * mean ** (1.0 / power)
