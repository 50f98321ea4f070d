"""Quantiles of scores over any number of draws, in constant memory and with a proven bound.

Scores are counted in bins whose edges are whole multiples of a power of two. When a score falls outside,
the bins are made twice as wide, two neighbours becoming one, until all fit. So the bins at the end
depend on the scores alone, not on their order or on how they were split into blocks; and their width is
less than 2 · (greatest - least)/(bins - 1), because bins half as wide did not hold them. An order
statistic lies in its bin, hence a quantile is known to within that width: by default 0.1 % of the range
of the draws.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from donghaeng.index.arrays import FloatArray, WholeArray
from donghaeng.rules.faults import BadInput

from .order_statistics import places_of, quantile_places
from .ranking import compiled

BINS = 2_048
# Bins are never finer than the last digit of the greatest score, nor than floats can be scaled.
DIGITS, LEAST_EXPONENT = 52, -1_000


@dataclass(frozen=True)
class Quantile:
    """A quantile of each unit, and the bounds between which the exact one lies: each (units,)."""

    estimate: FloatArray
    low: FloatArray
    high: FloatArray


class Histogram:
    """Counts of each unit's scores in bins, leaving out NaN.

    >>> histogram = Histogram(1)
    >>> histogram.add(np.linspace(0, 100, 1001)[:, None])
    >>> found = histogram.quantile(0.9)
    >>> bool(found.low[0] <= 90.0 <= found.high[0]), float(histogram.width[0])
    (True, 0.0625)
    """

    def __init__(self, units: int, bins: int = BINS) -> None:
        if bins < 2:
            raise BadInput(f"{bins} bins", remedy="2 or more")
        self.counts: WholeArray = np.zeros((units, bins), dtype=np.int64)
        self.least: FloatArray = np.full(units, np.nan)
        self.greatest: FloatArray = np.full(units, np.nan)
        self.exponent: WholeArray = np.full(units, LEAST_EXPONENT, dtype=np.int64)
        self.first: WholeArray = np.zeros(units, dtype=np.int64)  # the number of the first bin

    def add(self, scores: FloatArray) -> None:
        """Take in a block of draws, shape (draws, units).

        Raises:
            BadInput: where a score is infinite.
        """
        if not len(scores):
            return
        least, greatest = np.fmin.reduce(scores, axis=0), np.fmax.reduce(scores, axis=0)
        if np.isinf(least).any() or np.isinf(greatest).any():
            raise BadInput("an infinite score", remedy="scores are numbers, or missing")
        self.cover(least, greatest)
        scale = np.ldexp(1.0, -self.exponent)
        count_bins(np.ascontiguousarray(scores), scale, self.first, self.counts)

    def merge(self, other: Histogram) -> None:
        """Take in the counts of other draws of the same units, in as many bins."""
        self.cover(other.least, other.greatest)
        same = Histogram(*other.counts.shape)
        same.restore(other.state())
        same.cover(self.least, self.greatest)
        self.counts += same.counts

    def cover(self, least: FloatArray, greatest: FloatArray) -> None:
        """Widen and move the bins so that they hold everything from ``least`` to ``greatest``."""
        self.least, self.greatest = np.fmin(self.least, least), np.fmax(self.greatest, greatest)
        low = np.where(np.isnan(self.least), 0, self.least)
        high = np.where(np.isnan(self.greatest), 0, self.greatest)
        largest = np.maximum(np.abs(low), np.abs(high))
        finest = np.where(largest > 0, np.frexp(largest)[1] - DIGITS, LEAST_EXPONENT)
        exponent = np.maximum(self.exponent, finest)
        while (narrow := bin_of(high, exponent) - bin_of(low, exponent) >= self.bins).any():
            exponent = exponent + narrow
        first = bin_of(low, exponent)
        moved = np.flatnonzero((exponent != self.exponent) | (first != self.first))
        unit, place = np.nonzero(self.counts[moved])
        unit = moved[unit]
        doublings = np.minimum(exponent - self.exponent, 63)[unit]
        target = ((self.first[unit] + place) >> doublings) - first[unit]
        held = self.counts[unit, place]
        self.counts[moved] = 0
        np.add.at(self.counts, (unit, target), held)
        self.exponent, self.first = exponent, first

    def state(self) -> dict[str, NDArray[Any]]:
        return {
            "counts": self.counts.copy(),
            "least": self.least,
            "greatest": self.greatest,
            "exponent": self.exponent,
            "first": self.first,
        }

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        self.counts = state["counts"]
        self.least, self.greatest = state["least"], state["greatest"]
        self.exponent, self.first = state["exponent"], state["first"]

    @property
    def bins(self) -> int:
        return len(self.counts.T)

    @property
    def width(self) -> FloatArray:
        """The width of each unit's bins: no quantile is further from the exact one."""
        return np.ldexp(1.0, self.exponent)

    def quantile(self, probability: float) -> Quantile:
        """The quantile (type 7) of each unit's scores, with its bounds; NaN where it has no score."""
        count = self.counts.sum(axis=1)
        low, high, between = quantile_places(count, probability)
        lower, upper = self.order_statistic(low), self.order_statistic(high)
        mixed = lower + (upper - lower) * between
        bounds = np.where(count > 0, np.clip(mixed, self.least, self.greatest), np.nan)
        return Quantile(*bounds)

    def order_statistic(self, order: WholeArray) -> FloatArray:
        """Each unit's order statistic, and its lower and upper bounds: shape (3, units)."""
        unit, place = np.arange(len(self.counts)), places_of(self.counts, order)
        held = self.counts[unit, place]
        before = np.cumsum(self.counts, axis=1)[unit, place] - held
        edge = (self.first + place) * self.width
        inside = (order - before + 0.5) / np.maximum(held, 1)
        return np.stack([edge + self.width * inside, edge, edge + self.width])


def bin_of(value: FloatArray, exponent: WholeArray) -> WholeArray:
    """The number of the bin of width 2^exponent that holds each value, counted from 0 at 0."""
    bin_: WholeArray = np.floor(np.ldexp(value, -exponent)).astype(np.int64)
    return bin_


@compiled("void(float64[:, ::1], float64[::1], int64[::1], int64[:, ::1])")
def count_bins(scores, scale, first, counts):  # type: ignore[no-untyped-def]
    """Count every score that is not NaN in the bin of its unit; scaling by a power of two is exact."""
    draws, units = scores.shape
    for draw in range(draws):
        for unit in range(units):
            value = scores[draw, unit]
            if value == value:
                counts[unit, int(np.floor(value * scale[unit])) - first[unit]] += 1
