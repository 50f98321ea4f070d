"""Sums over the rows in which both indicators of a pair are known: the ground of all correlations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from donghaeng.index.arrays import ROWS, FloatArray

# Below this share of a column's spread, the spread in a pair's own rows is summed again row by row.
SUSPECT = 1e-6


@dataclass(frozen=True, slots=True)
class PairSums:
    """Of each pair of columns, over the rows in which both are known; each (..., columns, columns).

    ``spread[i, j]`` is the sum of squares of column i about its mean in the rows shared with column j,
    ``product[i, j]`` the sum of products about both means, ``rows[i, j]`` the number of rows shared.
    """

    rows: FloatArray
    product: FloatArray
    spread: FloatArray


def pair_sums(values: FloatArray) -> PairSums:
    """Rows, products and spreads of each pair of columns of ``values``, (..., rows, columns).

    Four matrix products instead of a loop over pairs. The columns are centred first, so that nothing is lost
    when their mean is large; a pair in whose rows a column hardly varies is summed again directly.
    """
    known = ~numpy.isnan(values)
    count = known.sum(axis=ROWS, keepdims=True)
    filled = numpy.where(known, values, 0.0)
    mean = filled.sum(axis=ROWS, keepdims=True) / numpy.maximum(count, 1)
    centred = numpy.where(known, values - mean, 0.0)
    centred = numpy.where(_constant(values), 0.0, centred)
    mask = known.astype(float)
    across = numpy.swapaxes(centred, -1, ROWS)
    rows = numpy.swapaxes(mask, -1, ROWS) @ mask
    totals = across @ mask
    squares = numpy.swapaxes(centred * centred, -1, ROWS) @ mask
    shared = numpy.maximum(rows, 1)
    product = across @ centred - totals * numpy.swapaxes(totals, -1, ROWS) / shared
    spread = squares - totals**2 / shared
    if not known.all():
        own = numpy.diagonal(squares, axis1=ROWS, axis2=-1)[..., None]
        _sum_again(centred, known, (spread < SUSPECT * own) & (own > 0), product, spread)
    return PairSums(rows, product, numpy.maximum(spread, 0.0))


def pairwise_covariance(values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Covariances with n − 1 over the rows that each pair shares, and the number of those rows.

    The convention of R's ``cov(use = "pairwise.complete.obs")``; NaN below two shared rows.
    """
    sums = pair_sums(values)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        covariance = numpy.where(sums.rows > 1, sums.product / (sums.rows - 1), numpy.nan)
    return covariance, sums.rows


def complete_rows(values: FloatArray) -> FloatArray:
    """``values`` with every row that misses anything made missing as a whole (listwise deletion)."""
    missing = numpy.isnan(values).any(axis=-1, keepdims=True)
    return numpy.where(missing, numpy.nan, values)


def _constant(values: FloatArray) -> FloatArray:
    """Whether a column holds one value only: its mean may differ from it by rounding."""
    lowest = numpy.fmin.reduce(values, axis=ROWS, keepdims=True)
    return numpy.asarray(lowest == numpy.fmax.reduce(values, axis=ROWS, keepdims=True))


def _sum_again(
    centred: FloatArray,
    known: FloatArray,
    suspect: FloatArray,
    product: FloatArray,
    spread: FloatArray,
) -> None:
    """Sum the suspect pairs about the means of their own rows, in place in ``product`` and ``spread``."""
    for *lead, i, j in numpy.argwhere(suspect):
        at = (*lead, slice(None))
        both = known[(*at, i)] & known[(*at, j)]
        if not both.any():
            continue
        own, other = (_about_mean(centred[(*at, column)][both]) for column in (i, j))
        spread[(*lead, i, j)] = own @ own
        product[(*lead, i, j)] = product[(*lead, j, i)] = own @ other


def _about_mean(column: FloatArray) -> FloatArray:
    if (column == column[0]).all():
        return numpy.zeros(column.shape)
    return numpy.asarray(column - column.mean())
