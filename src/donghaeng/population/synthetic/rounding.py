"""From shares to whole households: nothing lost, nothing left over."""

from __future__ import annotations

import numpy as np

Array = np.ndarray


def whole_shares(weights: Array, total: int) -> Array:
    """``total`` divided in proportion to ``weights``, in whole numbers (largest remainder, Hare quota).

    A tie goes to the first. The result sums to ``total`` exactly and is within one of the exact share.

    Args:
        weights: not negative, (n,); at least one above zero unless ``total`` is 0.

    >>> whole_shares(np.array([1.0, 1.0, 1.0]), 10).tolist()
    [4, 3, 3]
    """
    if total == 0:
        return np.zeros(len(weights), np.int64)
    exact = weights * (total / weights.sum())
    whole: Array = np.floor(exact).astype(np.int64)
    missing = total - int(whole.sum())
    first = np.argsort(-(exact - whole), kind="stable")[:missing]
    whole[first] += 1
    return whole
