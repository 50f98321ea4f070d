"""How often each unit had each rank: exact counts of any number of draws, in constant memory.

Everything that is said about ranks follows from the counts without error: medians, 90 % intervals,
the probability of a rank or better. Counts are whole numbers, so parts add up the same in any order.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from donghaeng.index.arrays import FloatArray, WholeArray
from donghaeng.rules.faults import BadInput

from .order_statistics import places_of, quantile_places, share
from .ranking import count_pairs, count_ranks


class RankCounts:
    """Counts of ranks over draws (see `ranking.ranks`: 1 is highest, 0 is no rank).

    ``counts`` has shape (units, units + 1); column k is the number of draws with rank k. ``pairs`` asks
    also for ``above`` and ``level`` of shape (units, units): draws in which one unit scored higher than,
    or exactly as high as, another.

    >>> counted = RankCounts(2)
    >>> counted.add(np.array([[0.7, 0.2], [0.6, 0.1], [0.1, 0.9]]), np.array([[1, 2], [1, 2], [2, 1]]))
    >>> counted.probability()[0]
    array([0.66666667, 0.33333333])
    """

    def __init__(self, units: int, pairs: bool = False) -> None:
        if units < 1:
            raise BadInput("ranks of no units", remedy="rank one or more")
        self.draws = 0
        self.counts: WholeArray = np.zeros((units, units + 1), dtype=np.int64)
        shape = (units, units) if pairs else (0, 0)
        self.above: WholeArray = np.zeros(shape, dtype=np.int64)
        self.level: WholeArray = np.zeros(shape, dtype=np.int64)

    def add(self, scores: FloatArray, ranks: WholeArray) -> None:
        """Take in a block of draws: scores and their ranks, both of shape (draws, units)."""
        self.draws += len(scores)
        count_ranks(np.ascontiguousarray(ranks), self.counts)
        if self.above.size:
            count_pairs(np.ascontiguousarray(scores), self.above, self.level)

    def merge(self, other: RankCounts) -> None:
        """Take in the counts of other draws of the same units."""
        self.draws += other.draws
        self.counts += other.counts
        self.above += other.above
        self.level += other.level

    def state(self) -> dict[str, NDArray[Any]]:
        return {
            "draws": np.array(self.draws),
            "counts": self.counts,
            "above": self.above,
            "level": self.level,
        }

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        self.draws = int(state["draws"])
        self.counts, self.above, self.level = state["counts"], state["above"], state["level"]

    @property
    def ranked(self) -> WholeArray:
        """In how many draws each unit had a rank, shape (units,)."""
        return self.draws - self.counts[:, 0]

    def probability(self) -> FloatArray:
        """P(rank = k) of each unit among the draws that rank it: (units, units); NaN if none does."""
        return share(self.counts[:, 1:], self.ranked[:, None])

    def probability_within(self) -> FloatArray:
        """P(rank ≤ k) of each unit, from k = 1 on: shape (units, units)."""
        return share(np.cumsum(self.counts[:, 1:], axis=1), self.ranked[:, None])

    def probability_above(self) -> FloatArray:
        """P(the unit of the row scores higher than that of the column), where both have a score.

        What is missing to 1 with its mirror image is the probability of a tie.
        """
        if not self.above.size:
            raise BadInput("pairs were not counted", remedy="RankCounts(units, pairs=True)")
        return share(self.above, self.above + self.above.T + self.level)

    def mean(self) -> FloatArray:
        """The mean rank of each unit, shape (units,)."""
        total = self.counts[:, 1:] @ np.arange(1, len(self.counts) + 1)
        return share(total, self.ranked)

    def quantile(self, probability: float) -> FloatArray:
        """The quantile of each unit's ranks (type 7, as R and NumPy), shape (units,)."""
        counts = self.counts[:, 1:]
        low, high, between = quantile_places(self.ranked, probability)
        lower, upper = places_of(counts, low) + 1, places_of(counts, high) + 1
        return np.where(self.ranked > 0, lower + (upper - lower) * between, np.nan)

    def median(self) -> FloatArray:
        """The median rank of each unit."""
        return self.quantile(0.5)

    def probability_near(self, nominal: FloatArray, places: int) -> FloatArray:
        """P(a unit's rank is at most so many places from its nominal rank), shape (units,)."""
        rank = np.arange(1, len(self.counts) + 1)
        near = np.abs(rank - np.asarray(nominal)[:, None]) <= places
        return share((self.counts[:, 1:] * near).sum(axis=1), self.ranked)

    def mean_shift(self, nominal: FloatArray) -> FloatArray:
        """The mean distance of each unit's rank from its nominal rank, in places, shape (units,)."""
        rank = np.arange(1, len(self.counts) + 1)
        shift = np.abs(rank - np.asarray(nominal, dtype=float)[:, None])
        return share((self.counts[:, 1:] * shift).sum(axis=1), self.ranked)
