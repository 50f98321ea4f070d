"""Random numbers that belong to a household and a purpose, not to a place in a table.

The generator is Philox 4x32 with ten rounds (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers:
as easy as 1, 2, 3"): a counter goes in, four words of 32 bits come out, and nothing is carried from one
row to the next. The counter is the household and the person, the key comes from the seed and the purpose.
The same household thus draws the same number in any order, partition, thread or machine.
"""

from __future__ import annotations

import hashlib

import numpy
from numpy.typing import NDArray

from donghaeng.rules.faults import BadInput

WholeArray = NDArray[numpy.int64]
FloatArray = NDArray[numpy.float64]
WordArray = NDArray[numpy.uint64]

ROUNDS = 10
MULTIPLIERS = (numpy.uint64(0xD2511F53), numpy.uint64(0xCD9E8D57))
KEY_STEPS = (0x9E3779B9, 0xBB67AE85)
WORD = 0xFFFFFFFF
LOW = numpy.uint64(WORD)
HALF = numpy.uint64(32)
ROWS_AT_ONCE = 32_768  # ten arrays of this length stay in the second-level cache


def uniform_pairs(
    household_id: WholeArray, *, seed: int, purpose: str, person: WholeArray | None = None
) -> tuple[FloatArray, FloatArray]:
    """Two independent uniform numbers in (0, 1) for each row.

    Args:
        household_id: shape (n,), the household of the row.
        seed: of the run; another seed gives other numbers.
        purpose: what the numbers decide, e.g. the name of a benefit; purposes are independent.
        person: shape (n,), the person's number within the household, where rows are persons.

    Raises:
        BadInput: where ids are not whole numbers of one length, or negative.

    >>> first, second = uniform_pairs(numpy.array([7, 8]), seed=1, purpose="livelihood_benefit")
    >>> again, _ = uniform_pairs(numpy.array([8, 7]), seed=1, purpose="livelihood_benefit")
    >>> bool(first[0] == again[1]), bool(first[1] == again[0])
    (True, True)
    """
    households = _ids(household_id, "household_id")
    persons = numpy.zeros_like(households) if person is None else _ids(person, "person")
    if households.shape != persons.shape:
        raise BadInput(
            f"{len(persons)} persons for {len(households)} households", remedy="one of each a row"
        )
    key = _key(seed, purpose)
    first, second = numpy.empty(len(households)), numpy.empty(len(households))
    for start in range(0, len(households), ROWS_AT_ONCE):
        rows = slice(start, start + ROWS_AT_ONCE)
        low, high = households[rows] & LOW, households[rows] >> HALF
        words = philox((low, high, persons[rows] & LOW, persons[rows] >> HALF), key)
        first[rows], second[rows] = _uniform(*words[:2]), _uniform(*words[2:])
    return first, second


def philox(
    counter: tuple[WordArray, WordArray, WordArray, WordArray], key: tuple[int, int]
) -> tuple[WordArray, WordArray, WordArray, WordArray]:
    """Philox 4x32-10 of each counter: four words of 32 bits, held in ``uint64``."""
    c0, c1, c2, c3 = counter
    for step in range(ROUNDS):
        k0, k1 = (
            numpy.uint64((part + step * weyl) & WORD)
            for part, weyl in zip(key, KEY_STEPS, strict=True)
        )
        left, right = c0 * MULTIPLIERS[0], c2 * MULTIPLIERS[1]
        c0, c1, c2, c3 = (
            (right >> HALF) ^ c1 ^ k0,
            right & LOW,
            (left >> HALF) ^ c3 ^ k1,
            left & LOW,
        )
    return c0, c1, c2, c3


def _uniform(high: WordArray, low: WordArray) -> FloatArray:
    """52 of the 64 bits as the middle of one of 2^52 equal intervals: never 0, never 1."""
    bits = ((high << HALF) | low) >> numpy.uint64(12)
    middle: FloatArray = (bits.astype(numpy.float64) + 0.5) * 2.0**-52
    return middle


def _key(seed: int, purpose: str) -> tuple[int, int]:
    digest = hashlib.sha256(f"{seed}\n{purpose}".encode()).digest()
    return int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:8], "little")


def _ids(ids: WholeArray, what: str) -> WordArray:
    given = numpy.asarray(ids)
    if given.ndim != 1 or (given.dtype.kind not in "iu" and len(given)):
        raise BadInput("is not one whole number a row", field=what)
    if len(given) and given.min() < 0:
        raise BadInput(f"row {int(given.argmin())} is negative", field=what, remedy="from 0 up")
    return given.astype(numpy.uint64)
