"""The density at every income at once: a Gaussian kernel on a fine grid."""

from __future__ import annotations

import math

import numpy

from .sums import FloatArray, running_sum, total

# Points of the grid in one bandwidth, and how many bandwidths the kernel reaches: exp(-32) is 1e-14.
FINENESS = 16
REACH = 8
# The kernel in steps of the grid. Sharing and reading widen it by a third of a squared step, taken off before.
WIDTH = math.sqrt(FINENESS**2 - 1 / 3)


def smoothed(income: FloatArray, weight: FloatArray, bandwidth: float) -> FloatArray:
    """The density of people at each of the sorted ``income`` (m,), which counts itself too.

    Each income is shared between the two points of the grid beside it, the grid is smoothed, and read between
    its points; what an income adds to itself is put in exactly. What is left is below one in a thousand. A gap
    that no kernel bridges is shortened, so that one very rich person costs no grid.

    >>> round(float(smoothed(numpy.array([0.0]), numpy.array([1.0]), 1.0)[0]), 6)  # 1/√(2π)
    0.398942
    """
    starts = numpy.flatnonzero(numpy.diff(income, prepend=-numpy.inf))
    if len(starts) == len(income):
        return _of_different(income, weight, bandwidth)
    together = numpy.add.reduceat(weight, starts)
    found = _of_different(income[starts], together, bandwidth)
    return numpy.repeat(found, numpy.diff(starts, append=len(income)))


def _of_different(income: FloatArray, weight: FloatArray, bandwidth: float) -> FloatArray:
    """The same for incomes of which no two are equal."""
    between = numpy.minimum(numpy.diff(income, prepend=income[0]), 2 * REACH * bandwidth)
    place = running_sum(between) / (bandwidth / FINENESS) + REACH * FINENESS
    point = place.astype(numpy.int64)
    part = place - point
    points = int(point[-1]) + REACH * FINENESS + 2
    grid: FloatArray = numpy.bincount(point, weights=weight * (1 - part), minlength=points).astype(
        float
    )
    grid += numpy.bincount(point + 1, weights=weight * part, minlength=points)
    sums = _convolved(grid)
    found = sums[point] * (1 - part) + sums[point + 1] * part
    both = 2 * part * (1 - part)
    found -= weight * ((1 - both) * _kernel(0.0) + both * _kernel(1.0))
    # Of those who have no one near, rounding leaves a little more or less than nothing.
    numpy.maximum(found, 0.0, out=found)
    found += weight / (FINENESS * math.sqrt(2 * math.pi))
    return found * (FINENESS / (bandwidth * total(weight)))


def _kernel(steps: float) -> float:
    return math.exp(-0.5 * (steps / WIDTH) ** 2) / (WIDTH * math.sqrt(2 * math.pi))


def _convolved(grid: FloatArray) -> FloatArray:
    """The sum of the grid's points around each, weighted with the kernel."""
    from scipy.fft import irfft, next_fast_len, rfft

    reach = REACH * FINENESS
    kernel = numpy.array([_kernel(step) for step in range(-reach, reach + 1)])
    length = next_fast_len(len(grid) + len(kernel) - 1, real=True)
    found = irfft(rfft(grid, length) * rfft(kernel, length), length)
    return numpy.asarray(found[reach : reach + len(grid)])
