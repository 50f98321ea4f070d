"""The density at every income at once: a Gaussian kernel on a fine grid."""

from __future__ import annotations

import math

import numpy

from .sums import FloatArray, running_sum, total

# Points of the grid in one bandwidth, and how many bandwidths the kernel reaches: exp(-32) is 1e-14.
FINENESS = 16
REACH = 8


def smoothed(income: FloatArray, weight: FloatArray, bandwidth: float) -> FloatArray:
    """The density of people at each of the sorted ``income`` (m,), which counts itself too.

    Each row is shared between the two points of the grid beside it, the grid is smoothed, and read between its
    points. Sharing and reading widen the kernel by a third of a squared step, which is taken off again; what
    is left is below one in a thousand. A gap that no kernel bridges is shortened, so that one very rich person
    costs no grid.

    >>> round(float(smoothed(numpy.array([0.0]), numpy.array([1.0]), 1.0)[0]), 3)  # 1/√(2π)
    0.399
    """
    from scipy.fft import irfft, next_fast_len, rfft

    people = total(weight)
    step = bandwidth / FINENESS
    between = numpy.minimum(numpy.diff(income, prepend=income[0]), 2 * REACH * bandwidth)
    place = running_sum(between) / step + REACH * FINENESS
    point = place.astype(numpy.int64)
    part = place - point
    points = int(point[-1]) + REACH * FINENESS + 2
    grid = numpy.bincount(point, weights=weight * (1 - part), minlength=points)
    grid += numpy.bincount(point + 1, weights=weight * part, minlength=points)
    width = math.sqrt(FINENESS**2 - 1 / 3)
    steps = numpy.arange(-REACH * FINENESS, REACH * FINENESS + 1) / width
    kernel = numpy.exp(-0.5 * steps * steps) / (width * math.sqrt(2 * math.pi))
    length = next_fast_len(points + len(kernel) - 1, real=True)
    density = irfft(rfft(grid, length) * rfft(kernel, length), length)[REACH * FINENESS :]
    density /= people * step
    found = density[point] * (1 - part) + density[point + 1] * part
    # What a row adds to its own density is the least that it can be; a sum in rounded figures may fall below.
    alone = weight / (people * bandwidth * math.sqrt(2 * math.pi))
    return numpy.asarray(numpy.maximum(found, alone))
