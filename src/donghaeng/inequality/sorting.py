"""The order of incomes from the lowest to the highest."""

from __future__ import annotations

import numpy

from .sums import FloatArray, IndexArray


def ascending(values: FloatArray) -> IndexArray:
    """The places of ``values`` (n,) from the lowest to the highest.

    >>> ascending(numpy.array([3.0, 1.0, 2.0])).tolist()
    [1, 2, 0]
    """
    return numpy.argsort(values)
