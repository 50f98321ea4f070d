"""The Mazziotta-Pareto index, static and adjusted: the mean, less (or plus) a penalty for unbalance.

Sources: De Muro, Mazziotta and Pareto (2011), Social Indicators Research 104, 1-18 (static); Mazziotta and
Pareto (2016), Social Indicators Research 127, 983-1003 (adjusted); weighted forms: Mazziotta and Pareto
(2022), Rivista Italiana di Economia Demografia e Statistica. Standard deviations divide by the number of
values, as there, not by one less.
"""

from __future__ import annotations

from enum import StrEnum

import numpy

from donghaeng.rules.faults import BadInput

from ..arrays import ROWS, FloatArray
from .availability import checked_weights, scaled_weights, weighted_mean
from .faults import NonPositive


class Penalty(StrEnum):
    """Which way unbalance moves the score: a good thing is marked down, a bad one (poverty) up."""

    DOWN = "down"
    UP = "up"


def mazziotta_pareto(
    values: FloatArray,
    weights: FloatArray,
    *,
    penalty: Penalty = Penalty.DOWN,
    standardise: bool = False,
) -> FloatArray:
    """M - S cv of each row (or + for :attr:`Penalty.UP`): M, S and cv of its children.

    Args:
        values: (..., rows, children), standardised to mean 100 and standard deviation 10.
        weights: (..., children).
        penalty: down where more is better, up where more is worse.
        standardise: standardise the children here, over the rows (they must all point the right way).

    Raises:
        NonPositive: the mean of a row is zero or less, so that it has no coefficient of variation.

    >>> mazziotta_pareto(numpy.array([[90.0, 110.0]]), numpy.ones(2)).tolist()  # 100 - 10 * 10/100
    [99.0]
    """
    if standardise:
        values = standardised(values)
    weights = checked_weights(weights)
    mean = weighted_mean(values, weights)
    if (mean <= 0.0).any():
        place = tuple(numpy.argwhere(mean <= 0.0)[0])
        raise NonPositive(
            "a Mazziotta-Pareto index",
            value=float(mean[place]),
            row=int(place[-1]),
            column=None,
            limit="with a mean above 0",
        )
    share = scaled_weights(values, weights)
    away = numpy.where(numpy.isnan(values), 0.0, values - mean[..., None])
    variance = (share * away**2).sum(axis=-1)
    sign = -1.0 if Penalty(penalty) is Penalty.DOWN else 1.0
    score: FloatArray = mean + sign * variance / mean  # S cv = S (S / M)
    return score


def adjusted_mazziotta_pareto(
    values: FloatArray,
    weights: FloatArray,
    *,
    reference: FloatArray | None = None,
    lower: FloatArray | None = None,
    upper: FloatArray | None = None,
    penalty: Penalty = Penalty.DOWN,
) -> FloatArray:
    """The same index over children rescaled to 70-130, comparable over years.

    All periods stand together in the rows. The goalposts are ``lower`` and ``upper`` where given;
    otherwise half the range of each child on either side of ``reference`` (which so becomes 100), or,
    without a reference, its lowest and highest value.

    Args:
        values: (..., rows, children); children must all point the right way.
        reference: (children,), for example the value of the whole country in the base year.

    >>> rows = numpy.array([[0.0, 10.0], [10.0, 0.0], [10.0, 10.0]])
    >>> adjusted_mazziotta_pareto(rows, numpy.ones(2)).tolist()  # 100 - 900/100, twice; then 130
    [91.0, 91.0, 130.0]
    """
    if (lower is None) != (upper is None):
        raise BadInput("one goalpost is given and the other is not", remedy="both, or neither")
    if lower is None or upper is None:
        lower, upper = reference_goalposts(values, reference)
    return mazziotta_pareto(rescaled(values, lower, upper), weights, penalty=penalty)


def standardised(values: FloatArray, *, direction: FloatArray | None = None) -> FloatArray:
    """Each column (over the rows) with mean 100 and standard deviation 10, turned by its direction.

    A column without range becomes missing.
    """
    known = ~numpy.isnan(values)
    count = numpy.maximum(known.sum(axis=ROWS, keepdims=True), 1)
    mean = numpy.where(known, values, 0.0).sum(axis=ROWS, keepdims=True) / count
    away = values - mean
    spread = numpy.sqrt(numpy.where(known, away**2, 0.0).sum(axis=ROWS, keepdims=True) / count)
    # A constant such as 0.1 may leave a rest of rounding in place of a spread of zero.
    usable = spread > 1e-14 * numpy.abs(mean)
    sign = 1.0 if direction is None else numpy.asarray(direction, dtype=numpy.float64)
    with numpy.errstate(invalid="ignore", divide="ignore"):
        return numpy.where(usable, 100.0 + sign * 10.0 * away / spread, numpy.nan)


def reference_goalposts(
    values: FloatArray, reference: FloatArray | None = None
) -> tuple[FloatArray, FloatArray]:
    """The goalposts of each column: half its range below and above ``reference``, or its lowest and highest.

    Returns two arrays (..., children).
    """
    known = ~numpy.isnan(values)
    lowest = numpy.min(values, axis=ROWS, initial=numpy.inf, where=known)
    highest = numpy.max(values, axis=ROWS, initial=-numpy.inf, where=known)
    if reference is None:
        return lowest, highest
    half = (highest - lowest) / 2.0
    return reference - half, reference + half


def rescaled(
    values: FloatArray,
    lower: FloatArray,
    upper: FloatArray,
    *,
    direction: FloatArray | None = None,
) -> FloatArray:
    """Each column on 70-130 between its goalposts (..., children); values beyond them go beyond.

    A column whose goalposts coincide, or that holds nothing, becomes missing.
    """
    span = (upper - lower)[..., None, :]
    away = values - lower[..., None, :]
    if direction is not None:
        away = numpy.where(numpy.asarray(direction) < 0, upper[..., None, :] - values, away)
    with numpy.errstate(invalid="ignore", divide="ignore"):
        return numpy.where(span > 0.0, 70.0 + 60.0 * away / span, numpy.nan)
