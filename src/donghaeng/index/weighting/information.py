"""Weights from what a column tells: entropy, and CRITIC (contrast times conflict)."""

from __future__ import annotations

import numpy

from donghaeng.rules.faults import BadInput

from ..aggregation.faults import refuse
from ..arrays import ROWS, FloatArray
from .correlation import pairwise_correlation


def entropy_weights(values: FloatArray) -> FloatArray:
    """The more unevenly a column is spread over the rows, the more it weighs (Shannon 1948; Zeleny 1982).

    d = 1 + sum p ln p / ln n with p each value's share of its column and n the rows that have it; the
    weights are d, scaled to one. A column that does not vary weighs nothing.

    Args:
        values: (..., rows, children), zero or more.

    Raises:
        NonPositive: a value is below zero.
        BadInput: a column that sums to zero or has fewer than two values; or no column varies.

    >>> entropy_weights(numpy.array([[1.0, 1.0], [1.0, 3.0]])).tolist()
    [0.0, 1.0]
    """
    refuse(values < 0.0, values, "an entropy weight", "of 0 or more")
    known = ~numpy.isnan(values)
    filled = numpy.where(known, values, 0.0)
    total, count = filled.sum(axis=ROWS), known.sum(axis=ROWS)
    if (total <= 0.0).any() or (count < 2).any():
        column = int(numpy.argwhere((total <= 0.0) | (count < 2))[0][-1])
        raise BadInput(f"column {column} has no two values, or sums to zero")
    share = filled / total[..., None, :]
    logarithm = numpy.log(numpy.where(share > 0.0, share, 1.0))
    told = 1.0 + (share * logarithm).sum(axis=ROWS) / numpy.log(count)
    return _scaled(numpy.where(told > 1e-14, told, 0.0))


def critic_weights(values: FloatArray, *, direction: FloatArray | None = None) -> FloatArray:
    """Contrast times conflict: a column weighs by its spread and by how little it agrees with the others.

    Source: Diakoulaki, Mavrotas and Papayannakis (1995), Computers & Operations Research 22, 763-770. Columns
    are put on 0..1 between their lowest and highest value; the weight is their standard deviation times the
    sum of 1 - r over the columns (pairwise complete). A column that does not vary weighs nothing and is not
    an opponent of the others.

    Args:
        values: (..., rows, children).
        direction: (children,) of 1 and -1; all 1 where not given.

    >>> critic_weights(numpy.array([[0.0, 5, 1], [1, 6, 2], [4, 9, 0]])).round(3).tolist()
    [0.255, 0.255, 0.49]
    """
    if direction is not None:
        values = values * numpy.asarray(direction, dtype=numpy.float64)
    known = ~numpy.isnan(values)
    lowest = numpy.min(values, axis=ROWS, keepdims=True, initial=numpy.inf, where=known)
    highest = numpy.max(values, axis=ROWS, keepdims=True, initial=-numpy.inf, where=known)
    span = highest - lowest
    with numpy.errstate(invalid="ignore", divide="ignore"):
        unit = numpy.where(span > 0.0, (values - lowest) / span, numpy.nan)
    conflict = 1.0 - pairwise_correlation(unit)
    total = numpy.where(numpy.isnan(conflict), 0.0, conflict).sum(axis=-1)
    return _scaled(_spread(unit) * total)


def _spread(unit: FloatArray) -> FloatArray:
    """Standard deviation (n - 1) of each column over the values it has; zero where there is none."""
    known = ~numpy.isnan(unit)
    count = known.sum(axis=ROWS)
    filled = numpy.where(known, unit, 0.0)
    mean = filled.sum(axis=ROWS, keepdims=True) / numpy.maximum(count, 1)[..., None, :]
    squares = numpy.where(known, (filled - mean) ** 2, 0.0).sum(axis=ROWS)
    spread: FloatArray = numpy.sqrt(squares / numpy.maximum(count - 1, 1))
    return spread


def _scaled(raw: FloatArray) -> FloatArray:
    total = raw.sum(axis=-1, keepdims=True)
    if not (total > 0.0).all():
        raise BadInput("no column tells the rows apart, so none can be weighed by its data")
    scaled: FloatArray = raw / total
    return scaled
