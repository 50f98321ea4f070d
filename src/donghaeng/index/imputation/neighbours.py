"""Imputation from the most similar rows (k nearest neighbours)."""

from __future__ import annotations

import numpy

from donghaeng.index import column_statistics
from donghaeng.index.arrays import ROWS, FlagArray, FloatArray, WholeArray
from donghaeng.index.imputation.result import Imputed, fill, taking_part
from donghaeng.rules.faults import BadInput


def impute_neighbours(
    values: FloatArray,
    *,
    neighbours: int = 5,
    by_distance: bool = False,
    standardise: bool = True,
    kept: FlagArray | None = None,
) -> Imputed:
    """Each missing value becomes the mean of the nearest rows that have one in its column.

    The distance of two rows is that of the columns which both have, scaled up to all of them:
    sqrt(columns / both · Σ (x - y)²) (Dixon 1979; the ``nan_euclidean`` of scikit-learn's
    ``KNNImputer``, with which the result agrees). Of equally distant rows the first count. Where fewer
    rows have a value all of them count; where no row shares a column, the mean of the column.

    Args:
        values: (..., rows, columns), NaN is missing.
        neighbours: how many rows are averaged.
        by_distance: weigh them by 1 / distance; rows at distance 0 then count alone.
        standardise: measure distance in standard deviations of each column, so that no unit weighs
            more than another; without it in the units as they are.
        kept: (..., rows) which rows take part.

    Raises:
        BadInput: fewer than one neighbour.
    """
    if neighbours < 1:
        raise BadInput(f"{neighbours} neighbours", remedy="ask for at least 1")
    known = taking_part(values, kept)
    measured = known
    if standardise:
        spread = column_statistics.deviation(known)
        usable = numpy.where(spread > 0, spread, 1.0)[..., None, :]
        measured = (known - column_statistics.mean(known)[..., None, :]) / usable
    proposed = numpy.full(known.shape, numpy.nan)
    for case in numpy.ndindex(known.shape[:ROWS]):
        proposed[case] = _from_neighbours(known[case], measured[case], neighbours, by_distance)
    return fill(values, proposed, kept)


def _from_neighbours(
    values: FloatArray, measured: FloatArray, neighbours: int, by_distance: bool
) -> FloatArray:
    """The mean of the nearest rows for each missing cell of one table (rows, columns)."""
    missing = numpy.isnan(values)
    receivers = numpy.flatnonzero(missing.any(axis=1))
    position = numpy.zeros(values.shape[0], dtype=numpy.int64)
    position[receivers] = numpy.arange(receivers.size)
    apart = _distances(measured, receivers)
    proposed = numpy.full(values.shape, numpy.nan)
    average = column_statistics.mean(values)
    for column in numpy.flatnonzero(missing.any(axis=0)):
        givers = numpy.flatnonzero(~missing[:, column])
        rows = numpy.flatnonzero(missing[:, column])
        if not givers.size:
            continue
        weight = _weights(apart[position[rows]][:, givers], neighbours, by_distance)
        total = weight.sum(axis=1)
        with numpy.errstate(invalid="ignore"):
            found = weight @ values[givers, column] / total
        proposed[rows, column] = numpy.where(total > 0, found, average[column])
    return proposed


def _weights(distance: FloatArray, neighbours: int, by_distance: bool) -> FloatArray:
    """The weight of each giver for each receiver (receivers, givers): 0 but for the nearest."""
    size = min(neighbours, distance.shape[1])
    limit = numpy.partition(distance, size - 1, axis=1)[:, size - 1 : size]
    nearer, level = distance < limit, distance == limit
    places = size - nearer.sum(axis=1, keepdims=True)
    nearest = nearer | (level & (numpy.cumsum(level, axis=1) <= places))
    weight = (nearest & numpy.isfinite(distance)).astype(numpy.float64)
    if by_distance:
        touching = nearest & (distance == 0)
        with numpy.errstate(divide="ignore", invalid="ignore"):
            weight = numpy.where(touching.any(axis=1)[:, None], touching, weight / distance)
    return numpy.asarray(weight)


def _distances(measured: FloatArray, receivers: WholeArray) -> FloatArray:
    """The distance of each receiving row from every row; infinite where they share no column."""
    present = (~numpy.isnan(measured)).astype(numpy.float64)
    # Seen from the mean, so that little is lost when squares are subtracted.
    filled = measured - column_statistics.mean(measured)
    filled[present == 0] = 0.0
    squares = filled * filled
    here, there = receivers, slice(None)
    both = present[here] @ present[there].T
    apart = squares[here] @ present[there].T + present[here] @ squares[there].T
    apart -= 2 * filled[here] @ filled[there].T
    tiny = 1e-14 * (squares.sum(axis=1)[here, None] + squares.sum(axis=1)[None, :])
    apart[apart <= tiny] = 0.0
    with numpy.errstate(divide="ignore", invalid="ignore"):
        scaled = numpy.sqrt(apart * (measured.shape[1] / both))
    return numpy.where(both > 0, scaled, numpy.inf)
