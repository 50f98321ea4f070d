"""Ranks of units, and how far two rankings of the same units lie apart.

Rank 1 is the highest score unless asked otherwise, ties share the smallest rank, and a unit without a
score has no rank: the conventions of COINr 1.1.14. All functions work along the axis of rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy
from numpy.typing import NDArray

from donghaeng.index.arrays import ROWS, FloatArray

# Two sums of the same figures in another order differ by less than this share of the largest.
EQUAL_SCORES = 1e-12


class Ties(StrEnum):
    """What equal scores share: 10, 20, 20, 30 from the lowest up has the ranks that stand behind each."""

    MIN = "min"  # 1, 2, 2, 4
    MEAN = "mean"  # 1, 2.5, 2.5, 4
    MAX = "max"  # 1, 3, 3, 4
    DENSE = "dense"  # 1, 2, 2, 3


def rank(
    values: FloatArray,
    *,
    ties: Ties = Ties.MIN,
    highest_first: bool = True,
    tolerance: float = 0.0,
) -> FloatArray:
    """The rank of each row within its column; NaN stays NaN.

    Args:
        values: scores, (..., rows, columns).
        highest_first: 1 is the highest score; ``False`` makes 1 the lowest.
        tolerance: scores that lie no farther apart than this share of the largest one are equal
            (:data:`EQUAL_SCORES` for computed scores, whose last digits depend on the order of sums).

    Returns:
        Ranks of the same shape, as floats because a missing score has none.

    >>> rank(numpy.array([[70.0], [90.0], [90.0], [numpy.nan]])).ravel().tolist()
    [3.0, 1.0, 1.0, nan]
    """
    keys = -values if highest_first else values
    order = numpy.argsort(keys, axis=ROWS, kind="stable")  # NaN sorts last
    ordered = numpy.take_along_axis(keys, order, axis=ROWS)
    starts = numpy.ones(ordered.shape, bool)
    if tolerance:
        largest = numpy.fmax.reduce(numpy.abs(keys), axis=ROWS, keepdims=True)
        with numpy.errstate(invalid="ignore"):
            apart = ordered[..., 1:, :] - ordered[..., :-1, :] > tolerance * largest
        starts[..., 1:, :] = apart | numpy.isnan(ordered[..., 1:, :])
    else:
        starts[..., 1:, :] = ordered[..., 1:, :] != ordered[..., :-1, :]
    places = _places(starts, ties)
    ranks = numpy.empty(values.shape)
    numpy.put_along_axis(ranks, order, places, axis=ROWS)
    ranks[numpy.isnan(values)] = numpy.nan
    return ranks


def _places(starts: NDArray[numpy.bool_], ties: Ties) -> FloatArray:
    """Ranks in sorted order, where ``starts`` says which rows begin a group of equal scores."""
    if ties is Ties.DENSE:
        return numpy.cumsum(starts, axis=ROWS).astype(float)
    rows = starts.shape[ROWS]
    position = numpy.arange(1, rows + 1)[:, None]
    first = numpy.maximum.accumulate(numpy.where(starts, position, 0), axis=ROWS)
    if ties is Ties.MIN:
        return first.astype(float)
    ends = numpy.ones(starts.shape, bool)
    ends[..., :-1, :] = starts[..., 1:, :]
    backwards = numpy.where(ends, position, rows)[..., ::-1, :]
    last = numpy.minimum.accumulate(backwards, axis=ROWS)[..., ::-1, :]
    return last.astype(float) if ties is Ties.MAX else (first + last) / 2


def group_rank(
    values: FloatArray,
    groups: Sequence[str | None],
    *,
    ties: Ties = Ties.MIN,
    highest_first: bool = True,
    tolerance: float = 0.0,
) -> FloatArray:
    """The rank of each row among the rows of its own group; a row without a group has none.

    >>> scores = numpy.array([[70.0], [90.0], [80.0], [60.0]])
    >>> group_rank(scores, ["Europe", "Asia", "Europe", None]).ravel().tolist()
    [2.0, 1.0, 1.0, nan]
    """
    ranks = numpy.full(values.shape, numpy.nan)
    for group in dict.fromkeys(group for group in groups if group is not None):
        inside = [row for row, own in enumerate(groups) if own == group]
        ranks[..., inside, :] = rank(
            values[..., inside, :], ties=ties, highest_first=highest_first, tolerance=tolerance
        )
    return ranks


def places_moved(ranks: FloatArray, reference: FloatArray) -> FloatArray:
    """How many places lie between two ranks of each unit; NaN where either is missing."""
    return numpy.abs(ranks - reference)


def share_within(
    ranks: FloatArray, reference: FloatArray, places: Sequence[int] = (1, 2, 5)
) -> FloatArray:
    """The share of units that shift by at most so many places, as audits of the JRC print it.

    Args:
        ranks: (..., rows, columns).
        reference: ranks that broadcast to the same shape.

    Returns:
        (..., columns, len(places)), of the units that have both ranks; NaN where no unit has.

    >>> first, second = numpy.array([[1.0], [2.0], [3.0]]), numpy.array([[2.0], [1.0], [3.0]])
    >>> share_within(first, second, places=(0, 1)).tolist()
    [[0.3333333333333333, 1.0]]
    """
    moved = places_moved(ranks, reference)
    within = [_share(moved <= limit, ~numpy.isnan(moved)) for limit in places]
    return numpy.stack(within, axis=-1)


def rank_correlation(values: FloatArray, reference: FloatArray) -> FloatArray:
    """Spearman's correlation, (..., columns), of two scores or two rankings of the same units.

    Both are ranked again among the units that have both, and ties share their mean rank, so it does
    not matter which convention of ties a ranking was made with. NaN where one of them is constant.
    """
    both = ~(numpy.isnan(values) | numpy.isnan(reference))
    own, other = (
        rank(numpy.where(both, side, numpy.nan), ties=Ties.MEAN) for side in (values, reference)
    )
    middle = (both.sum(axis=ROWS, keepdims=True) + 1) / 2  # the mean rank, whatever is tied
    own, other = (numpy.where(both, side - middle, 0.0) for side in (own, other))
    product, spread, other_spread = (
        (left * right).sum(axis=ROWS) for left, right in ((own, other), (own, own), (other, other))
    )
    with numpy.errstate(invalid="ignore"):
        return numpy.asarray(product / numpy.sqrt(spread * other_spread))


def added_value(index_ranks: FloatArray, area_ranks: FloatArray, *, places: int = 10) -> FloatArray:
    """The share of units whose overall rank differs from their rank in an area by ``places`` or more.

    An index that repeats one of its areas adds nothing to it. The audit of the Global Talent
    Competitiveness Index 2018 prints this share with ``places=10`` ("at least a third").

    Args:
        index_ranks: ranks of the whole index, (..., rows, 1).
        area_ranks: ranks in each area, (..., rows, areas).

    Returns:
        (..., areas), of the units that have both ranks.
    """
    moved = places_moved(area_ranks, index_ranks)
    return _share(moved >= places, ~numpy.isnan(moved))


def _share(chosen: NDArray[numpy.bool_], known: NDArray[numpy.bool_]) -> FloatArray:
    """The share of known rows that are chosen, NaN where none is known."""
    with numpy.errstate(invalid="ignore"):
        return numpy.asarray((chosen & known).sum(axis=ROWS) / known.sum(axis=ROWS))
