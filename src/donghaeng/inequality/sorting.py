"""The order of incomes from the lowest to the highest."""

from __future__ import annotations

import numpy

from .sums import FloatArray, IndexArray

# From here on counting digits takes half of the time of comparing, and is worth loading a compiled function.
MANY = 500_000


def ascending(values: FloatArray) -> IndexArray:
    """The places of ``values`` (n,), all finite, from the lowest to the highest.

    >>> ascending(numpy.array([3.0, 1.0, 2.0])).tolist()
    [1, 2, 0]
    """
    if not MANY <= len(values) < 2**32:
        return numpy.argsort(values)
    from .radix import order_by_digits

    order = numpy.empty(len(values), dtype=numpy.int64)
    order_by_digits(numpy.ascontiguousarray(values), order)
    return order
