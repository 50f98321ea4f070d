"""Intervals of an estimate that is computed from sums over batches of draws.

Either by the bootstrap (batches drawn again with replacement, percentiles) or by the jackknife (each
batch left out in turn, Student's t). Both take the batches as independent. Those of a scrambled Sobol
sequence are spread more evenly than that, so that its intervals come out too wide rather than too narrow.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import stats

from donghaeng.index.arrays import FloatArray
from donghaeng.rules.faults import BadInput

from .samples import generator

# Sums are kept of so many batches at most: rows one by one up to 1,024 draws, then rows together.
BATCHES = 1_024
# Resamples computed at once: bounds memory, and decides nothing else.
AT_ONCE = 100
# Keeps the numbers of the bootstrap apart from those of the draws.
RESAMPLING = 1

Estimate = Callable[[FloatArray, float], FloatArray]


@dataclass(frozen=True)
class Bounded:
    """Estimates with their intervals; NaN where the output has no variance."""

    estimate: FloatArray
    low: FloatArray
    high: FloatArray

    @property
    def half_width(self) -> float:
        """The widest half of an interval; 0 where nothing has a value."""
        half = (self.high - self.low) / 2
        return float(np.max(half[~np.isnan(half)], initial=0))


class Interval(StrEnum):
    """How the interval of an estimate is made."""

    BOOTSTRAP = "bootstrap"
    JACKKNIFE = "jackknife"


def interval(
    estimate: Estimate,
    batches: FloatArray,
    draws: int,
    *,
    method: Interval = Interval.BOOTSTRAP,
    level: float = 0.95,
    resamples: int = 1_000,
    seed: int = 0,
) -> tuple[FloatArray, FloatArray]:
    """Lower and upper bounds of ``estimate(sums, draws)``.

    Args:
        estimate: from sums of shape (..., features) over so many draws, to an array (..., results).
        batches: sums of each batch, shape (batches, features); all batches have as many draws.

    >>> values = np.array([[1.0], [2.0], [3.0], [4.0]])  # a mean of 2.5, its standard error 0.6455
    >>> low, high = interval(lambda s, n: s / n, values, 4, method=Interval.JACKKNIFE)
    >>> round(float(low[0]), 3), round(float(high[0]), 3)  # 2.5 ± 3.1824 · 0.6455
    (0.446, 4.554)
    """
    if len(batches) < 2:
        raise BadInput("an interval from one batch of draws", remedy="two or more")
    if method is Interval.JACKKNIFE:
        return jackknife(estimate, batches, draws, level)
    return bootstrap(estimate, batches, draws, level, resamples, seed)


def jackknife(
    estimate: Estimate, batches: FloatArray, draws: int, level: float
) -> tuple[FloatArray, FloatArray]:
    """The estimate ± Student's t times its standard error from leaving out one batch at a time."""
    count, total = len(batches), batches.sum(axis=0)
    left_out = estimate(total - batches, draws * (count - 1) / count)
    spread = left_out - left_out.mean(axis=0)
    error = np.sqrt((count - 1) / count * (spread**2).sum(axis=0))
    reach = stats.t.ppf((1 + level) / 2, count - 1) * error
    centre = estimate(total, draws)
    return centre - reach, centre + reach


def bootstrap(
    estimate: Estimate, batches: FloatArray, draws: int, level: float, resamples: int, seed: int
) -> tuple[FloatArray, FloatArray]:
    """Percentiles of the estimate over batches drawn with replacement."""
    count = len(batches)
    numbers = generator(seed, 0, RESAMPLING)
    flat = batches.reshape(count, -1)
    found = []
    for start in range(0, resamples, AT_ONCE):
        size = min(AT_ONCE, resamples - start)
        drawn = numbers.integers(count, size=(size, count)) + count * np.arange(size)[:, None]
        times = np.bincount(drawn.ravel(), minlength=size * count).reshape(size, count)
        sums = (times.astype(np.float64) @ flat).reshape(size, *batches.shape[1:])
        found.append(estimate(sums, draws))
    tail = (1 - level) / 2
    low, high = np.quantile(np.concatenate(found), [tail, 1 - tail], axis=0)
    return low, high
