"""A search for the best use of a sum where the score is no straight line in the money.

From several first uses (each programme first, and by steps of the highest gain) money is passed between
programmes, in amounts that are halved down to one won, as long as the recomputed score rises. For a score
that is concave in the money this ends at the best use; for others at one that no passing on improves.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import numpy

from donghaeng.index.arrays import FloatArray, WholeArray

Score = Callable[[FloatArray], FloatArray]
STEPS = 40  # parts into which the sum is first divided
MOST_ORDERS = 24


def search(score: Score, most: WholeArray, budget: int) -> WholeArray:
    """The best use found, (programmes,) whole won.

    Args:
        score: from (uses, programmes) won to (uses,).
        most: (programmes,) what each can use.
    """
    firsts = [_by_steps(score, most, budget), *_by_orders(most, budget)]
    ends = [_improved(score, first, most, budget) for first in firsts]
    scores = numpy.nan_to_num(score(numpy.array(ends, dtype=numpy.float64)), nan=-numpy.inf)
    return _thrifty(score, ends[int(numpy.argmax(scores))])


def _by_steps(score: Score, most: WholeArray, budget: int) -> WholeArray:
    """Part by part to the programme that it raises the score most with."""
    won = numpy.zeros(len(most), dtype=numpy.int64)
    step = max(1, budget // STEPS)
    while True:
        room = numpy.minimum(most - won, min(step, budget - int(won.sum())))
        able = numpy.flatnonzero(room > 0)
        if not able.size:
            return won
        tried = numpy.tile(won, (len(able), 1))
        tried[numpy.arange(len(able)), able] += room[able]
        scores = numpy.nan_to_num(score(tried.astype(numpy.float64)), nan=-numpy.inf)
        won = tried[int(numpy.argmax(scores))]


def _by_orders(most: WholeArray, budget: int) -> list[WholeArray]:
    """Programme after programme in full, in several orders."""
    count = len(most)
    orders = list(permutations(range(count))) if count <= 4 else _turns(count)
    found = []
    for order in orders[:MOST_ORDERS]:
        won, left = numpy.zeros(count, dtype=numpy.int64), budget
        for programme in order:
            won[programme] = min(int(most[programme]), left)
            left -= int(won[programme])
        found.append(won)
    return found


def _turns(count: int) -> list[tuple[int, ...]]:
    """Each programme first once, the others after it in turn."""
    line = tuple(range(count))
    return [line[place:] + line[:place] for place in range(count)]


def _improved(score: Score, won: WholeArray, most: WholeArray, budget: int) -> WholeArray:
    """Pass money on, between programmes and what is left, while the score rises."""
    now = float(score(won[None].astype(numpy.float64))[0])
    amount = budget
    while amount >= 1:
        tried = _passed_on(won, most, budget, amount)
        if len(tried):
            scores = numpy.nan_to_num(score(tried.astype(numpy.float64)), nan=-numpy.inf)
            best = int(numpy.argmax(scores))
            if scores[best] > now + 1e-15 * max(1.0, abs(now)):
                won, now = tried[best], float(scores[best])
                continue
        amount //= 2
    return won


def _passed_on(won: WholeArray, most: WholeArray, budget: int, amount: int) -> WholeArray:
    """Every use that differs by passing on ``amount`` (or what there is of it) once; -1 is what is left."""
    left = budget - int(won.sum())
    tried = []
    for giver in range(-1, len(won)):
        has = left if giver < 0 else int(won[giver])
        for taker in range(-1, len(won)):
            room = has if taker < 0 else int(most[taker] - won[taker])
            passed = min(amount, has, room)
            if taker == giver or passed <= 0:
                continue
            other = won.copy()
            if taker >= 0:
                other[taker] += passed
            if giver >= 0:
                other[giver] -= passed
            tried.append(other)
    return numpy.array(tried, dtype=numpy.int64).reshape(-1, len(won))


def _thrifty(score: Score, won: WholeArray) -> WholeArray:
    """The same without money that moves nothing: each programme gets the least that keeps the score."""
    for programme in range(len(won)):
        now = float(score(won[None].astype(numpy.float64))[0])
        low, high = 0, int(won[programme])
        while low < high:
            middle = (low + high) // 2
            less = won.copy()
            less[programme] = middle
            if float(score(less[None].astype(numpy.float64))[0]) >= now:
                high = middle
            else:
                low = middle + 1
        won = won.copy()
        won[programme] = high
    return won
