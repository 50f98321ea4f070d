"""Correlations of the columns of many tables at once, on the rows that both columns have."""

from __future__ import annotations

import numpy

from ..arrays import ROWS, FlagArray, FloatArray


def pairwise_correlation(values: FloatArray) -> FloatArray:
    """Pearson's r of each pair of columns, (..., columns, columns), pairwise complete.

    Missing where a column does not vary over the rows of the pair, or fewer than two rows have both.

    >>> pairwise_correlation(numpy.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]])).round(12).tolist()
    [[1.0, 1.0], [1.0, 1.0]]
    """
    known = ~numpy.isnan(values)
    flags = known.astype(numpy.float64)
    count = numpy.maximum(flags.sum(axis=ROWS, keepdims=True), 1.0)
    mean = numpy.where(known, values, 0.0).sum(axis=ROWS, keepdims=True) / count
    away = numpy.where(known, values - mean, 0.0)  # small numbers lose less when squared
    both = _products(flags, flags)
    sums, squares = _products(away, flags), _products(away**2, flags)
    with numpy.errstate(invalid="ignore", divide="ignore"):
        variance = squares - sums**2 / both
        mirrored = numpy.swapaxes(variance, -1, -2)
        covariance = _products(away, away) - sums * numpy.swapaxes(sums, -1, -2) / both
        varies = (variance > 1e-14 * squares) & (mirrored > 1e-14 * numpy.swapaxes(squares, -1, -2))
        r = covariance / numpy.sqrt(variance * mirrored)
    return numpy.where(
        varies & _spread(away, mean) & (both > 1.0), numpy.clip(r, -1.0, 1.0), numpy.nan
    )


def _products(a: FloatArray, b: FloatArray) -> FloatArray:
    product: FloatArray = numpy.swapaxes(a, -1, -2) @ b
    return product


def _spread(away: FloatArray, mean: FloatArray) -> FlagArray:
    """Which pairs of columns both vary by more than the rounding of their mean: (..., columns, columns)."""
    largest = numpy.abs(away).max(axis=ROWS, initial=0.0)
    varies = largest > 1e-14 * numpy.abs(mean[..., 0, :])
    pairs: FlagArray = varies[..., :, None] & varies[..., None, :]
    return pairs
