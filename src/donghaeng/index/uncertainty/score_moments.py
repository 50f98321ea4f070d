"""Mean and variance of scores over any number of draws, in constant memory.

Blocks are put together by the formula of Chan, Golub and LeVeque (1983), which keeps the digits that
a sum of squares loses. Always in the order of the blocks, so that the last digit is the same too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from donghaeng.index.arrays import FloatArray, WholeArray

from .order_statistics import share
from .ranking import compiled


class Moments:
    """Number, mean and sum of squared deviations of each unit's scores, leaving out NaN.

    >>> moments = Moments(1)
    >>> moments.add(np.array([[1.0], [2.0]]))
    >>> moments.add(np.array([[6.0], [np.nan]]))
    >>> moments.mean(), moments.variance()
    (array([3.]), array([7.]))
    """

    def __init__(self, units: int) -> None:
        self.count: WholeArray = np.zeros(units, dtype=np.int64)
        self.centre: FloatArray = np.zeros(units)
        self.squares: FloatArray = np.zeros(units)

    def add(self, scores: FloatArray) -> None:
        """Take in a block of draws, shape (draws, units)."""
        units = scores.shape[1]
        count, centre, squares = np.zeros(units, dtype=np.int64), np.zeros(units), np.zeros(units)
        sum_block(np.ascontiguousarray(scores), count, centre, squares)
        self.join(count, centre, squares)

    def merge(self, other: Moments) -> None:
        """Take in the moments of other draws of the same units."""
        self.join(other.count, other.centre, other.squares)

    def join(self, count: WholeArray, centre: FloatArray, squares: FloatArray) -> None:
        """Put the moments of further scores to those gathered so far."""
        both = np.maximum(self.count + count, 1)
        apart = centre - self.centre
        self.squares = self.squares + squares + apart**2 * (self.count * (count / both))
        self.centre = self.centre + apart * (count / both)
        self.count = self.count + count

    def state(self) -> dict[str, NDArray[Any]]:
        return {"count": self.count, "centre": self.centre, "squares": self.squares}

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        self.count, self.centre, self.squares = state["count"], state["centre"], state["squares"]

    def mean(self) -> FloatArray:
        """The mean of each unit; NaN where it never had a score."""
        return np.where(self.count > 0, self.centre, np.nan)

    def variance(self) -> FloatArray:
        """The variance (n - 1) of each unit; NaN below two scores."""
        return share(self.squares, self.count - 1)


@compiled("void(float64[:, ::1], int64[::1], float64[::1], float64[::1])")
def sum_block(scores, count, centre, squares):  # type: ignore[no-untyped-def]
    """Number, mean and sum of squared deviations of each unit over one block, in two passes."""
    draws, units = scores.shape
    for draw in range(draws):
        for unit in range(units):
            value = scores[draw, unit]
            present = value == value
            count[unit] += present
            centre[unit] += value if present else 0.0
    for unit in range(units):
        centre[unit] /= max(count[unit], 1)
    for draw in range(draws):
        for unit in range(units):
            apart = scores[draw, unit] - centre[unit]
            squares[unit] += apart * apart if apart == apart else 0.0
