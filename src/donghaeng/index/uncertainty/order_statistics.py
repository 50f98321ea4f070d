"""Shares of counts, and where quantiles stand among counted values."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from donghaeng.index.arrays import FloatArray, WholeArray
from donghaeng.rules.faults import BadInput


def share(part: NDArray[Any], whole: NDArray[Any]) -> FloatArray:
    """``part`` of ``whole``; NaN where there is nothing to be part of."""
    none = np.full(np.broadcast_shapes(part.shape, whole.shape), np.nan)
    shared: FloatArray = np.divide(part, whole, out=none, where=whole > 0)
    return shared


def quantile_places(
    count: WholeArray, probability: float
) -> tuple[WholeArray, WholeArray, FloatArray]:
    """The two order statistics (from 0) of a quantile, and how far it lies between them (type 7)."""
    if not 0 <= probability <= 1:
        raise BadInput(f"a quantile at {probability}", remedy="a probability from 0 to 1")
    place = np.maximum(count - 1, 0) * probability
    low = np.floor(place).astype(np.int64)
    high = np.minimum(low + 1, np.maximum(count - 1, 0))
    return low, high, place - low


def places_of(counts: WholeArray, order: WholeArray) -> WholeArray:
    """The column of ``counts`` (rows, columns) in which each row's order statistic lies."""
    reached = np.cumsum(counts, axis=1) > order[:, None]
    column: WholeArray = reached.argmax(axis=1)
    return column
