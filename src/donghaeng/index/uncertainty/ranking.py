"""Ranks of many draws of scores at once: 1 is the highest score, ties share the least rank.

Scores are equal where they lie no farther apart than ``EQUAL_SCORES`` of the largest, as in a build.
A unit without a score (NaN) has no rank (0) and takes none from the others.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from donghaeng.index.arrays import FloatArray, WholeArray
from donghaeng.index.results.ranks import EQUAL_SCORES

# Up to here counting the better ones is faster than sorting, as it needs no branch.
FEW_UNITS = 400


def compiled(signature: str) -> Any:
    """Compile for one signature when this file is first imported; from the cache afterwards."""
    return njit(signature, nogil=True, cache=True, error_model="numpy", fastmath=False)


def ranks(scores: FloatArray) -> WholeArray:
    """The rank of each unit in each draw, both of shape (draws, units).

    >>> ranks(np.array([[3.0, 5.0, 3.0, np.nan]]))
    array([[2, 1, 2, 0]])
    """
    found = np.empty(scores.shape, dtype=np.int64)
    rank_draws(np.ascontiguousarray(scores), found)
    return found


@compiled("void(float64[:, ::1], int64[:, ::1])")
def rank_draws(scores, found):  # type: ignore[no-untyped-def]
    """Rank every draw into ``found``."""
    draws, units = scores.shape
    for draw in range(draws):
        row, rank = scores[draw], found[draw]
        largest = 0.0
        for unit in range(units):
            if abs(row[unit]) > largest:
                largest = abs(row[unit])
        equal = EQUAL_SCORES * largest
        if units <= FEW_UNITS:
            for unit in range(units):
                value, better = row[unit], 0
                for other in range(units):
                    better += row[other] > value + equal
                rank[unit] = better + 1 if value == value else 0
            continue
        order = np.argsort(-row)  # NaN comes last
        for place in range(units):
            unit = order[place]
            if row[unit] != row[unit]:
                rank[unit] = 0
            elif place > 0 and row[order[place - 1]] <= row[unit] + equal:
                rank[unit] = rank[order[place - 1]]
            else:
                rank[unit] = place + 1


@compiled("void(int64[:, ::1], int64[:, ::1])")
def count_ranks(ranks, counts):  # type: ignore[no-untyped-def]
    """Add each unit's ranks to its row of ``counts``, of shape (units, units + 1); column 0: no rank."""
    draws, units = ranks.shape
    for draw in range(draws):
        for unit in range(units):
            counts[unit, ranks[draw, unit]] += 1


@compiled("void(float64[:, ::1], int64[:, ::1], int64[:, ::1])")
def count_pairs(scores, above, level):  # type: ignore[no-untyped-def]
    """Count the draws in which unit a scores higher than unit b (``above[a, b]``), and as high."""
    draws, units = scores.shape
    for draw in range(draws):
        row = scores[draw]
        largest = 0.0
        for unit in range(units):
            if abs(row[unit]) > largest:
                largest = abs(row[unit])
        share = EQUAL_SCORES * largest
        for unit in range(units):
            value, higher, equal = row[unit], above[unit], level[unit]
            for other in range(units):
                higher[other] += value > row[other] + share
                equal[other] += abs(value - row[other]) <= share
