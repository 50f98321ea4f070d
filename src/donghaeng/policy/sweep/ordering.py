"""Distributions of many reforms of the same households: only who moved is sorted again.

Most households keep their income, and with it their order among themselves. Those that moved are sorted and
merged into the others. The result is the distribution that sorting everybody would give.
"""

from __future__ import annotations

import numpy as np

from donghaeng.inequality import Distribution, NonPositive
from donghaeng.inequality.nonpositive import Treatment

Array = np.ndarray
# Where more than this share moved, sorting everybody is as fast.
WORTH_MERGING = 0.6


class KnownOrder:
    """The order of incomes (n,) that stand still, for people (n,) that they count for."""

    def __init__(self, income: Array, people: Array) -> None:
        self.people = people
        self.order = np.argsort(income, kind="stable")
        self._income = income[self.order]
        self._weight = people[self.order]

    def distribution(self, income: Array) -> Distribution:
        """The distribution of other incomes (n,) of the same people."""
        now = income[self.order]
        moved = np.flatnonzero(now != self._income)
        if len(moved) > WORTH_MERGING * len(now):
            return self._of(np.argsort(now), now)
        if not len(moved):
            place = np.arange(len(now))
            return self._of(place, now)
        among = moved[np.argsort(now[moved])]
        stayed = np.ones(len(now), bool)
        stayed[moved] = False
        still = np.flatnonzero(stayed)
        behind = np.searchsorted(now[still], now[among], side="right")
        target = behind + np.arange(len(among))
        place = np.empty(len(now), np.int64)
        place[target] = among
        stayed[:] = True
        stayed[target] = False
        place[stayed] = still
        return self._of(place, now)

    def _of(self, place: Array, now: Array) -> Distribution:
        return Distribution(
            self.order[place],
            now[place],
            self._weight[place],
            self.people,
            Treatment(NonPositive.AS_IS),
        )
