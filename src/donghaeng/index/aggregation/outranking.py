"""Outranking: rows are compared pair by pair, child by child; Copeland's score counts wins and defeats.

Only the order of the values matters, never their distance, so nothing is compensated and no scale is needed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from ..arrays import FlagArray, FloatArray, WholeArray
from .availability import checked_weights, weighted_sum

# Weights for and against that differ by less than this share of all the weight are equal: floating sums of
# the same weights in another order differ in the last places, and would turn a tie into a defeat.
TIE_TOLERANCE = 1e-12

# So many comparisons are held at once: a few tens of megabytes, whatever the number of rows.
CELLS_AT_ONCE = 4_000_000


def copeland(values: FloatArray, weights: FloatArray) -> FloatArray:
    """Copeland's score: the number of rows that a row outranks less the number that outrank it.

    A row outranks another where the children in which it is higher weigh more than those in which it is
    lower. Children that either row lacks are left out of that comparison for both, so that what one wins
    the other loses. (COINr counts such a child for the row that stands later in the table.) An exact tie
    of weights counts for neither; a row without any child that weighs is missing and no opponent.

    Args:
        values: (..., rows, children).
        weights: (..., children).

    >>> copeland(numpy.array([[3.0, 3.0], [2.0, 1.0], [1.0, 2.0]]), numpy.ones(2)).tolist()
    [2.0, -1.0, -1.0]
    """
    weights = checked_weights(weights)
    lead = numpy.broadcast_shapes(values.shape[:-2], weights.shape[:-1])
    rows = values.shape[-2]
    scores = numpy.zeros((*lead, rows))
    tolerance = TIE_TOLERANCE * weights.sum(axis=-1)[..., None, None]
    draws = max(1, int(numpy.prod(lead, dtype=numpy.int64)))
    step = max(1, CELLS_AT_ONCE // max(1, rows * draws))
    for first in range(0, rows, step):
        some = slice(first, min(first + step, rows))
        net = _net_weight(values, weights, some)
        wins = (net > tolerance).sum(axis=-1) - (net < -tolerance).sum(axis=-1)
        scores[..., some] = wins
    present = (~numpy.isnan(values)).astype(numpy.float64)
    return numpy.where(weighted_sum(present, weights) > 0.0, scores, numpy.nan)


def outranking_matrix(values: FloatArray, weights: FloatArray) -> FloatArray:
    """The share of the weight by which row a is at least as high as row b: (..., rows, rows).

    A tied child counts half for each side, so that shares of a over b and b over a add up to one. Missing
    where two rows have no child in common; zero on the diagonal.

    >>> outranking_matrix(numpy.array([[3.0, 1.0], [2.0, 1.0]]), numpy.array([3.0, 1.0])).tolist()
    [[0.0, 0.875], [0.125, 0.0]]
    """
    weights = checked_weights(weights)
    rows = values.shape[-2]
    net = _net_weight(values, weights, slice(0, rows))
    present = (~numpy.isnan(values)).astype(numpy.float64)
    compared = (present * weights[..., None, :]) @ numpy.swapaxes(present, -1, -2)
    with numpy.errstate(invalid="ignore", divide="ignore"):
        share = numpy.where(compared > 0.0, 0.5 + 0.5 * net / compared, numpy.nan)
    share[..., numpy.arange(rows), numpy.arange(rows)] = 0.0
    return share


@dataclass(frozen=True)
class Dominance:
    """Pairs of rows of which one is at least as high in every child, whatever the weights."""

    pairs: WholeArray
    """(number, 2): the row that dominates, the row that is dominated."""

    share: float
    """Their number as a share of all pairs; missing where there is no pair."""


def dominance(values: FloatArray, *, strict: bool = False) -> Dominance:
    """The pairs of rows (of one table: rows, children) whose order no set of weights can turn.

    A row dominates another where it is lower in no child and higher in one at least; with ``strict``,
    higher in every child. A row that lacks a child neither dominates nor is dominated: what is missing
    could have turned the order.
    """
    rows, children = values.shape
    complete: FlagArray = numpy.logical_not(numpy.isnan(values).any(axis=-1))
    found = []
    step = max(1, CELLS_AT_ONCE // max(1, rows))
    for first in range(0, rows, step):
        some = slice(first, min(first + step, rows))
        higher = _count(values, some, numpy.greater)
        lower = _count(values, some, numpy.less)
        order = numpy.asarray(
            numpy.equal(higher, children) if strict else (lower == 0) & (higher > 0)
        )
        wins = numpy.argwhere(order & complete[some, None] & complete)
        found.append(wins + numpy.array([first, 0]))
    pairs = numpy.concatenate(found) if found else numpy.empty((0, 2), dtype=numpy.int64)
    all_pairs = rows * (rows - 1) // 2
    return Dominance(pairs, len(pairs) / all_pairs if all_pairs else float("nan"))


def _count(values: FloatArray, some: slice, compare: numpy.ufunc) -> WholeArray:
    """In how many children each row of ``some`` compares so with each row: (some, rows)."""
    total = numpy.zeros((values[some].shape[0], values.shape[0]), dtype=numpy.int64)
    for child in range(values.shape[1]):
        total += compare(values[some, child, None], values[None, :, child])
    return total


def _net_weight(values: FloatArray, weights: FloatArray, some: slice) -> FloatArray:
    """Weight for less weight against, of each row of ``some`` against each row: (..., some, rows)."""
    if values.ndim == 2 and weights.ndim > 1:
        # One set of comparisons meets many sets of weights in one matrix product.
        signs = _sign(values[some, None, :], values[None, :, :])
        table = signs.reshape(-1, values.shape[1]).astype(numpy.float64)
        return (weights @ table.T).reshape(*weights.shape[:-1], *signs.shape[:2])
    net: FloatArray = numpy.zeros(())
    for child in range(values.shape[-1]):
        column = values[..., child]
        signs = _sign(column[..., some, None], column[..., None, :])
        net = net + weights[..., child, None, None] * signs
    return net


def _sign(a: FloatArray, b: FloatArray) -> numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.int8]]:
    """1 where a is higher, -1 where it is lower, 0 where they are tied or one is missing."""
    higher: FlagArray = a > b
    lower: FlagArray = a < b
    return higher.view(numpy.int8) - lower.view(numpy.int8)
