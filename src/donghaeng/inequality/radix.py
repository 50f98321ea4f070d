"""Sorting millions of floats by the digits of their bits, least significant first; ties keep their order."""

from __future__ import annotations

import numpy
from numba import njit

DIGIT = 11
DIGITS = 6  # of 64 bits
VALUES = 1 << DIGIT
SIGN = numpy.uint64(1 << 63)
LOW = numpy.uint64(VALUES - 1)


@njit("void(float64[::1], int64[::1])", nogil=True, cache=True)
def order_by_digits(values, order):  # type: ignore[no-untyped-def]
    """Write the places of ``values`` (n,), from the lowest to the highest, into ``order``; n is below 2^32."""
    rows = len(values)
    key, other_key = numpy.empty(rows, numpy.uint64), numpy.empty(rows, numpy.uint64)
    place, other_place = numpy.empty(rows, numpy.uint32), numpy.empty(rows, numpy.uint32)
    first = numpy.zeros((DIGITS, VALUES), numpy.int64)
    bits = values.view(numpy.uint64)
    for row in range(rows):
        # As whole numbers these bits stand in the order of the floats, negative ones too.
        mapped = ~bits[row] if bits[row] & SIGN else bits[row] | SIGN
        key[row] = mapped
        place[row] = row
        for digit in range(DIGITS):
            first[digit, (mapped >> numpy.uint64(DIGIT * digit)) & LOW] += 1
    for digit in range(DIGITS):
        before, constant = 0, False
        for value in range(VALUES):
            count = first[digit, value]
            constant = constant or count == rows
            first[digit, value] = before
            before += count
        if constant:
            continue
        shift = numpy.uint64(DIGIT * digit)
        for row in range(rows):
            value = (key[row] >> shift) & LOW
            at = first[digit, value]
            first[digit, value] = at + 1
            other_key[at] = key[row]
            other_place[at] = place[row]
        key, other_key = other_key, key
        place, other_place = other_place, place
    for row in range(rows):
        order[row] = place[row]
