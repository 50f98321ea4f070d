"""What each indicator looks like: how much is known, where it lies, how it is shaped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy

from donghaeng.index import column_statistics
from donghaeng.index.arrays import ROWS, FloatArray, WholeArray

QUARTILES = (0.25, 0.5, 0.75)


@dataclass(frozen=True, slots=True)
class Description:
    """Statistics of the known values of each column; each array is (..., columns).

    ``quantiles`` is (..., len(probabilities), columns), of type 7. ``deviation`` is the standard deviation
    with n − 1. Skewness and kurtosis are corrected for bias (type 2 of e1071, SKEW and KURT of a
    spreadsheet; kurtosis is the excess); NaN below three and four values, and of a constant. The shares
    are of the known values. Where nothing is known everything but the counts is NaN.
    """

    known: WholeArray
    missing: WholeArray
    minimum: FloatArray
    maximum: FloatArray
    mean: FloatArray
    median: FloatArray
    deviation: FloatArray
    skewness: FloatArray
    kurtosis: FloatArray
    probabilities: tuple[float, ...]
    quantiles: FloatArray
    distinct: WholeArray
    zero_share: FloatArray
    commonest_share: FloatArray


def describe(values: FloatArray, probabilities: Sequence[float] = QUARTILES) -> Description:
    """Describe each column of ``values``, (..., rows, columns).

    >>> d = describe(numpy.array([[1.0], [2.0], [4.0], [numpy.nan]]))
    >>> d.known.tolist(), d.mean.round(4).tolist(), d.median.tolist(), d.quantiles[0].tolist()
    ([3], [2.3333], [2.0], [1.5])
    """
    ordered = numpy.sort(values, axis=ROWS)  # NaN last
    known = (~numpy.isnan(values)).sum(axis=ROWS)
    shape = column_statistics.shape(values)
    asked = quantiles(ordered, known, (*probabilities, 0.5, 0.0, 1.0))
    runs = _run_lengths(ordered)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        return Description(
            known=known,
            missing=values.shape[ROWS] - known,
            minimum=asked[..., -2, :],
            maximum=asked[..., -1, :],
            mean=column_statistics.mean(values),
            median=asked[..., -3, :],
            deviation=column_statistics.deviation(values),
            skewness=shape.skewness,
            kurtosis=shape.kurtosis,
            probabilities=tuple(probabilities),
            quantiles=asked[..., :-3, :],
            distinct=(runs == 1).sum(axis=ROWS),
            zero_share=(values == 0).sum(axis=ROWS) / known,
            commonest_share=runs.max(axis=ROWS, initial=0) / known,
        )


def quantiles(ordered: FloatArray, known: WholeArray, probabilities: Sequence[float]) -> FloatArray:
    """Quantiles of type 7 (R's default) of sorted columns whose NaN stand last.

    Between the values at h = 1 + (n − 1)p linearly (R. J. Hyndman, Y. Fan, "Sample quantiles in statistical
    packages", The American Statistician 50(4), 1996).

    Returns:
        (..., len(probabilities), columns).
    """
    place = (known[..., None, :] - 1) * numpy.asarray(probabilities)[:, None]
    below = numpy.maximum(numpy.floor(place), 0).astype(int)
    above = numpy.minimum(below + 1, numpy.maximum(known[..., None, :] - 1, 0))
    low, high = (numpy.take_along_axis(ordered, at, axis=ROWS) for at in (below, above))
    return numpy.asarray(low + (place - below) * (high - low))


def _run_lengths(ordered: FloatArray) -> WholeArray:
    """At each row of sorted columns: how many equal values there are up to this one; 0 for NaN."""
    rows = ordered.shape[ROWS]
    position = numpy.arange(rows)[:, None]
    starts = numpy.ones(ordered.shape, bool)
    starts[..., 1:, :] = ordered[..., 1:, :] != ordered[..., :-1, :]
    first = numpy.maximum.accumulate(numpy.where(starts, position, 0), axis=ROWS)
    return numpy.where(numpy.isnan(ordered), 0, position - first + 1)
