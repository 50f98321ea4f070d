"""Which indicators make a change of a score, for any rule of aggregation: values of Shapley and Owen.

The indicators switch from their value before to that after, one by one; each is given the change at its turn,
averaged over all orders (L. S. Shapley, 1953). With areas, the orders keep the indicators of an area together,
so an area's part does not depend on how many indicators it is cut into (G. Owen, 1977). In every single order
the parts add up to the change, so they add up exactly whether all orders are counted or some are drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import factorial

import numpy

from donghaeng.index.arrays import FlagArray, FloatArray
from donghaeng.rules.faults import BadInput

from .contributions import Contributions

Score = Callable[[FloatArray], FloatArray]

# Mixtures of before and after that are evaluated for an exact answer; beyond that orders are drawn.
MOST_MIXTURES = 1 << 16
# Numbers handed to the score at a time.
BLOCK = 1 << 21


def shapley_contributions(
    score: Score,
    before: FloatArray,
    after: FloatArray,
    *,
    areas: Sequence[str] | None = None,
    orders: int = 1_000,
    seed: int = 0,
    most_mixtures: int = MOST_MIXTURES,
) -> Contributions:
    """What each column adds to the change of ``score`` from ``before`` to ``after``.

    Args:
        score: from (..., columns) to (...), any leading axes; it deals with missing values as the index does.
        before, after: values of the same columns, (..., columns). A column missing at one time enters or leaves.
        areas: the area of each column, to keep columns of an area together.
        orders: how many orders are drawn where there are too many mixtures to count all (about 16 columns
            without areas); each is drawn together with its reverse, from ``seed``.
        most_mixtures: up to how many mixtures of before and after all are counted.

    Returns:
        Parts of NaN where some mixture of before and after has no score.

    >>> worst = lambda values: values.min(axis=-1)
    >>> shapley_contributions(worst, numpy.array([1.0, 2.0]), numpy.array([4.0, 3.0])).parts.tolist()
    [1.5, 0.5]
    """
    before, after = numpy.broadcast_arrays(before, after)
    columns = before.shape[-1]
    if areas is not None and len(areas) != columns:
        raise BadInput(f"{len(areas)} areas for {columns} columns", field="areas")
    if orders < 2:
        raise BadInput(f"{orders} orders", field="orders", remedy="at least 2")
    groups = _moving_groups(before, after, areas)
    others = max(len(groups) - 1, 0)
    error = None
    if sum(1 << others + len(group) for group in groups) <= most_mixtures:
        parts = _count_all(score, before, after, groups)
    else:
        parts, error = _draw(score, before, after, groups, (orders + 1) // 2, seed)
    return Contributions(
        before=score(before),
        after=score(after),
        parts=parts,
        counted_before=~numpy.isnan(before),
        counted_after=~numpy.isnan(after),
        standard_error=error,
    )


def _moving_groups(
    before: FloatArray, after: FloatArray, areas: Sequence[str] | None
) -> list[list[int]]:
    """The columns that change in some row, by area; the others add nothing."""
    same = (before == after) | (numpy.isnan(before) & numpy.isnan(after))
    groups: dict[str, list[int]] = {}
    for column in numpy.flatnonzero(~same.all(axis=tuple(range(same.ndim - 1)))).tolist():
        groups.setdefault("" if areas is None else areas[column], []).append(column)
    return list(groups.values())


def _count_all(
    score: Score, before: FloatArray, after: FloatArray, groups: list[list[int]]
) -> FloatArray:
    """Owen's values over all subsets: of the other areas, and of the columns of the own area."""
    parts = numpy.zeros(before.shape)
    for group in groups:
        rest = [other for other in groups if other is not group]
        subsets, elsewhere = _subsets(len(group)), _subsets(len(rest))
        switched = numpy.zeros((len(elsewhere), len(subsets), before.shape[-1]), bool)
        switched[:, :, group] = subsets
        for position, other in enumerate(rest):
            switched[:, :, other] = elsewhere[:, None, position, None]
        scores = _evaluate(score, before, after, switched.reshape(-1, before.shape[-1]))
        game = scores.reshape(*switched.shape[:2], *scores.shape[1:])
        # The value of a subset of the own area, over all states of the other areas.
        value = numpy.tensordot(_chances(elsewhere, len(rest) + 1), game, axes=1)
        for player, column in enumerate(group):
            without = numpy.flatnonzero(~subsets[:, player])
            gain = value[without | 1 << player] - value[without]
            parts[..., column] = numpy.tensordot(
                _chances(subsets[without], len(group)), gain, axes=1
            )
    return parts


def _subsets(players: int) -> FlagArray:
    """All subsets of ``players``, (2^players, players); row number and members are the same bits."""
    return (numpy.arange(1 << players)[:, None] >> numpy.arange(players) & 1).astype(bool)


def _chances(subsets: FlagArray, players: int) -> FloatArray:
    """The chance that exactly this subset of the others comes before a given one of ``players``."""
    by_size = [
        factorial(size) * factorial(players - 1 - size) / factorial(players)
        for size in range(players)
    ]
    return numpy.asarray(numpy.array(by_size)[subsets.sum(axis=-1)])


def _draw(
    score: Score,
    before: FloatArray,
    after: FloatArray,
    groups: list[list[int]],
    pairs: int,
    seed: int,
) -> tuple[FloatArray, FloatArray]:
    """The mean over drawn orders and their reverses, and its standard error."""
    random = numpy.random.Generator(numpy.random.Philox(key=seed))
    total, squares = numpy.zeros(before.shape), numpy.zeros(before.shape)
    for _ in range(pairs):
        drawn = [random.permutation(groups[at]) for at in random.permutation(len(groups))]
        order = numpy.concatenate(drawn)
        gain = numpy.zeros(before.shape)
        for turn in (order, order[::-1]):
            switched = numpy.zeros((len(turn) + 1, before.shape[-1]), bool)
            for place, column in enumerate(turn):
                switched[place + 1 :, column] = True
            steps = numpy.diff(_evaluate(score, before, after, switched), axis=0)
            gain[..., turn] += numpy.moveaxis(steps, 0, -1) / 2
        total += gain
        squares += gain**2
    mean = total / pairs
    spread = numpy.maximum(squares / pairs - mean**2, 0.0)
    return mean, numpy.sqrt(spread / max(pairs - 1, 1))


def _evaluate(
    score: Score, before: FloatArray, after: FloatArray, switched: FlagArray
) -> FloatArray:
    """The score of each mixture, (mixtures, ...), where ``switched`` columns have their value after."""
    shape = (-1, *(1,) * (before.ndim - 1), before.shape[-1])
    size = max(BLOCK // max(before.size, 1), 1)
    blocks = [
        score(numpy.where(switched[at : at + size].reshape(shape), after, before))
        for at in range(0, len(switched), size)
    ]
    return numpy.concatenate(blocks)
