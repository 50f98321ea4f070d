"""Sums that stay exact to the last digits however many rows there are."""

from __future__ import annotations

import numpy
from numpy.typing import NDArray

FloatArray = NDArray[numpy.float64]
IndexArray = NDArray[numpy.int64]

# Rows that are added one after the other before their sum is added to the others.
BLOCK = 4_096


def total(values: FloatArray) -> float:
    """The sum, added pair by pair (as NumPy does for contiguous arrays)."""
    return float(numpy.ascontiguousarray(values).sum())


def running_sum(values: FloatArray) -> FloatArray:
    """The sum up to and with each row, block by block; never falls where no value is negative.

    The error grows with ``BLOCK + rows / BLOCK`` roundings and not with the number of rows.

    >>> running_sum(numpy.array([1.0, 2.0, 3.0])).tolist()
    [1.0, 3.0, 6.0]
    """
    rows = len(values)
    if rows <= BLOCK:
        return numpy.cumsum(values)
    blocks = -(-rows // BLOCK)
    found = numpy.zeros((blocks, BLOCK))
    found.reshape(-1)[:rows] = values
    numpy.cumsum(found, axis=1, out=found)
    found[1:] += numpy.cumsum(found[:-1, -1])[:, None]
    return found.reshape(-1)[:rows]
