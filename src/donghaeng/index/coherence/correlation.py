"""Correlations of indicators with p-values: Pearson, Spearman and Kendall's tau-b, complete by pair.

Conventions of R (``cor(use = "pairwise.complete.obs")``, ``cor.test``) and so of COINr 1.1.14: Spearman
ranks the rows of each pair again; Kendall is tau-b; the p-values are described in ``null_distributions``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy

from donghaeng.index.arrays import ROWS, FlagArray, FloatArray
from donghaeng.index.results.ranks import Ties, rank

from .covariance import PairSums, pair_sums
from .null_distributions import kendall_p, kendall_variance, spearman_p, student_p


class Method(StrEnum):
    """Which correlation."""

    PEARSON = "pearson"
    SPEARMAN = "spearman"
    KENDALL = "kendall"


@dataclass(frozen=True, slots=True)
class Correlations:
    """Of each pair of columns: the coefficient, its p-value and the rows it rests on.

    Each is (..., columns, columns), symmetric. NaN where fewer than two rows are shared or a column is
    constant in them; the p-value of Pearson needs three rows.
    """

    method: Method
    coefficients: FloatArray
    p_values: FloatArray
    rows: FloatArray

    def significant(self, level: float = 0.05) -> FloatArray:
        """The coefficients, NaN where p > ``level``: what COINr's ``get_corr`` prints by default."""
        return numpy.where(self.p_values <= level, self.coefficients, numpy.nan)


def correlate(values: FloatArray, method: Method = Method.PEARSON) -> Correlations:
    """Correlations of every column of ``values``, (..., rows, columns), with every other.

    >>> table = correlate(numpy.array([[1.0, 2.0], [2.0, 1.0], [3.0, 4.0], [4.0, numpy.nan]]))
    >>> round(float(table.coefficients[0, 1]), 4), int(table.rows[0, 1])
    (0.6547, 3)
    """
    if method is Method.SPEARMAN:
        return _spearman(values)
    if method is Method.KENDALL:
        return _kendall(values)
    sums = pair_sums(values)
    coefficients = _normed(sums.product, sums.spread)
    return Correlations(method, coefficients, student_p(coefficients, sums.rows), sums.rows)


def _normed(product: FloatArray, spread: FloatArray) -> FloatArray:
    """Products divided by the root of both spreads; NaN where one is zero."""
    with numpy.errstate(divide="ignore", invalid="ignore"):
        scale = numpy.sqrt(spread * numpy.swapaxes(spread, -1, ROWS))
        ratio = numpy.where(scale > 0, product / scale, numpy.nan)
    return numpy.asarray(numpy.clip(ratio, -1, 1))


def _spearman(values: FloatArray) -> Correlations:
    complete = not numpy.isnan(values).any()
    sums = pair_sums(rank(values, ties=Ties.MEAN)) if complete else _ranked_by_pair(values)
    coefficients = _normed(sums.product, sums.spread)
    # Ranks without ties have a spread of (n³ − n)/12; the smallest tie takes a half from it.
    untied = sums.spread > (sums.rows**3 - sums.rows) / 12 - 0.25
    tied = ~(untied & numpy.swapaxes(untied, -1, ROWS))
    p = spearman_p(coefficients, sums.rows, tied)
    return Correlations(Method.SPEARMAN, coefficients, p, sums.rows)


def _ranked_by_pair(values: FloatArray) -> PairSums:
    """Sums of ranks where rows are missing: each pair of columns ranked in the rows that it shares.

    Columns that miss the same rows are done together: they give every other column the same ranks.
    """
    known = (~numpy.isnan(values)).astype(float)
    rows = numpy.swapaxes(known, -1, ROWS) @ known
    product, spread = numpy.empty_like(rows), numpy.empty_like(rows)
    patterns = _patterns(values)
    for members, inside in patterns:
        middle = (rows[..., members[0], :][..., None, :] + 1) / 2
        others = _centred_ranks(values, inside, middle)
        spread[..., members] = (others**2).sum(axis=ROWS)[..., None]
        for theirs, elsewhere in patterns:
            own = _centred_ranks(values[..., members], elsewhere, middle[..., theirs[:1]])
            at, to = numpy.ix_(members, theirs)
            product[..., at, to] = numpy.swapaxes(own, -1, ROWS) @ others[..., theirs]
    return PairSums(rows, product, spread)


def _centred_ranks(values: FloatArray, inside: FlagArray, middle: FloatArray) -> FloatArray:
    """Mean ranks among the rows ``inside``, less the middle rank; zero for the other rows."""
    restricted = numpy.where(inside[..., None], values, numpy.nan)
    return numpy.nan_to_num(rank(restricted, ties=Ties.MEAN) - middle)


def _patterns(values: FloatArray) -> list[tuple[list[int], FlagArray]]:
    """Columns that are known in the same rows: their numbers, and those rows (..., rows)."""
    known = ~numpy.isnan(values)
    groups: dict[bytes, list[int]] = {}
    for column in range(values.shape[-1]):
        groups.setdefault(known[..., column].tobytes(), []).append(column)
    return [(members, known[..., members[0]]) for members in groups.values()]


def _pair_ties(values: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Of each pair (i, j): rows shared, and Σ t(t − 1), Σ t(t − 1)(t − 2) over the ties of i in them."""
    columns = values.shape[-1]
    shape = (*values.shape[:ROWS], columns, columns)
    rows, pairs, triples = (numpy.empty(shape) for _ in range(3))
    for members, inside in _patterns(values):
        restricted = numpy.where(inside[..., None], values, numpy.nan)
        first = rank(restricted, ties=Ties.MIN)
        others = rank(restricted, ties=Ties.MAX) - first  # rows that share one's value, t − 1
        rows[..., members] = (~numpy.isnan(restricted)).sum(axis=ROWS)[..., None]
        pairs[..., members] = numpy.nansum(others, axis=ROWS)[..., None]
        triples[..., members] = numpy.nansum(others * (others - 1), axis=ROWS)[..., None]
    return rows, pairs, triples


def _kendall(values: FloatArray) -> Correlations:
    rows, pairs, triples = _pair_ties(values)
    pairs_other, triples_other = (numpy.swapaxes(table, -1, ROWS) for table in (pairs, triples))
    score = _concordance(values)
    all_pairs = rows * (rows - 1)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        scale = numpy.sqrt((all_pairs - pairs) * (all_pairs - pairs_other)) / 2
        tau = numpy.where(scale > 0, score / scale, numpy.nan)
    variance = kendall_variance(rows, (pairs, pairs_other), (triples, triples_other))
    p = kendall_p(score, rows, (pairs + pairs_other) > 0, variance)
    p = numpy.where(numpy.isnan(tau), numpy.nan, p)
    return Correlations(Method.KENDALL, tau, p, rows)


def _concordance(values: FloatArray) -> FloatArray:
    """Kendall's S of each pair of columns: concordant less discordant pairs of rows.

    Rows are compared with those one, two, … places below them, all columns at once. Sums of signs are whole
    numbers far below 2^24, so single precision is exact.
    """
    columns = values.shape[-1]
    score = numpy.zeros((*values.shape[:ROWS], columns, columns))
    for lag in range(1, values.shape[ROWS]):
        steps = values[..., lag:, :] - values[..., :-lag, :]
        signs = numpy.nan_to_num(numpy.sign(steps)).astype(numpy.float32)
        score += numpy.swapaxes(signs, -1, ROWS) @ signs
    return score
