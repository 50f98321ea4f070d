"""Which choice matters: first and total Sobol indices with intervals, and draws until they are narrow.

The first index of a choice is the share of an output's variance that goes away when that choice alone
is settled; the total index is what remains when everything else is settled. Estimators: first index of
Saltelli et al. (2010, table 2b) or of Jansen (1999); total index of Jansen. With a choice that takes
several columns (a set of weights), the indices are those of the group.

The choices must be independent of each other; for dependent ones see `shapley`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import numpy as np

from donghaeng.index.arrays import FloatArray
from donghaeng.rules.faults import BadInput

from .convergence import Round, Stop
from .intervals import BATCHES, Bounded, Interval, interval
from .outputs import Evaluate, outputs_at, require_everywhere
from .samples import BLOCK, SaltelliDesign
from .sobol_sums import FirstOrder, batch_sums, coalesced, indices, mean_and_variance
from .threads import Progress, in_order

# Draws from which the size of the outputs is guessed; their sums are then taken about that guess.
PILOT = 64


class Doubt(StrEnum):
    """What is wrong with the indices of an output."""

    NO_VARIANCE = "no-variance"  # the output never changes, or has no value in any draw
    NEGATIVE_FIRST = "negative-first"  # below 0 with its whole interval: too few draws
    FIRST_ABOVE_TOTAL = "first-above-total"  # with its whole interval above that of the total
    FIRSTS_ABOVE_ONE = "firsts-above-one"  # they sum to more than 1, with the whole interval
    TOTALS_BELOW_ONE = "totals-below-one"  # they sum to less than 1, with the whole interval


@dataclass(frozen=True)
class Doubtful:
    """One doubt: about which output, and about which choice where it is about one."""

    doubt: Doubt
    output: int
    choice: int | None = None


@dataclass(frozen=True)
class Estimator:
    """How indices and their intervals are estimated."""

    first_order: FirstOrder = FirstOrder.SALTELLI
    interval: Interval = Interval.BOOTSTRAP
    level: float = 0.95
    resamples: int = 1_000

    def __post_init__(self) -> None:
        if not 0 < self.level < 1:
            raise BadInput(f"an interval of level {self.level}", remedy="between 0 and 1")
        if self.resamples < 100:
            raise BadInput(f"{self.resamples} resamples", remedy="100 or more")


@dataclass(frozen=True)
class SobolIndices:
    """First and total indices of every choice for every output, and how they were come by.

    ``first`` and ``total`` have shape (choices, outputs); everything else of outputs has (outputs,).
    ``converged`` says whether every interval became as narrow as the stop asked for; ``evaluations``
    counts the rows that were evaluated.
    """

    first: Bounded
    total: Bounded
    sum_of_first: Bounded
    sum_of_total: Bounded
    mean: FloatArray
    variance: FloatArray
    draws: int
    evaluations: int
    converged: bool
    rounds: tuple[Round, ...]

    @property
    def interaction(self) -> FloatArray:
        """The share of each output's variance that no choice explains alone."""
        return 1 - self.sum_of_first.estimate

    @property
    def doubts(self) -> tuple[Doubtful, ...]:
        """Where an index breaks a rule that true indices keep, beyond its interval."""
        of_choices = {
            Doubt.NEGATIVE_FIRST: self.first.high < 0,
            Doubt.FIRST_ABOVE_TOTAL: self.first.low > self.total.high,
        }
        of_outputs = {
            Doubt.NO_VARIANCE: np.isnan(self.sum_of_first.estimate),
            Doubt.FIRSTS_ABOVE_ONE: self.sum_of_first.low > 1,
            Doubt.TOTALS_BELOW_ONE: self.sum_of_total.high < 1,
        }
        return tuple(
            Doubtful(doubt, int(output))
            for doubt, where in of_outputs.items()
            for output in np.flatnonzero(where)
        ) + tuple(
            Doubtful(doubt, int(output), int(choice))
            for doubt, where in of_choices.items()
            for choice, output in np.argwhere(where)
        )


def sobol_indices(
    evaluate: Evaluate,
    design: SaltelliDesign,
    stop: Stop | None = None,
    estimator: Estimator | None = None,
    *,
    threads: int = 1,
    progress: Progress | None = None,
) -> SobolIndices:
    """Sobol indices of ``evaluate``, doubling the draws until every interval is narrow enough.

    Only sums over at most 1,024 batches of draws are kept, so memory does not grow with the draws. The
    numbers are the same for any number of threads.

    Args:
        evaluate: gives outputs (n,) or (n, outputs) for points (n, columns) of the unit cube. It is
            called from several threads where ``threads`` is above 1.
        design: the choices and the seed.
        stop: when there are enough draws (by default every interval within ±0.05, or 65,536 draws).
        progress: called with the draws done and the most there can be.

    Raises:
        BadInput: where an output is infinite, or has no value in some of the draws but not in all.

    >>> linear = lambda points: 3 * points[:, 0] + 4 * points[:, 1]
    >>> found = sobol_indices(linear, SaltelliDesign(((0,), (1,)), seed=1), Stop.at(1024))
    >>> [round(float(share), 2) for share in found.first.estimate[:, 0]]  # 9/25 and 16/25
    [0.36, 0.64]
    """
    stop, estimator = stop or Stop(), estimator or Estimator()
    rows = min(BLOCK, stop.least_draws)
    origin = near_mean(evaluate, design, rows)
    sums, done, draws, rounds = None, 0, stop.least_draws, list[Round]()
    while True:
        size = max(1, draws // BATCHES)  # draws of a batch
        work = partial(block_sums, evaluate, design, origin, rows, max(1, rows // size))
        new = []
        for part in in_order(work, range(done // rows, draws // rows), threads):
            new.append(part)
            if progress:
                progress(done + len(new) * rows, stop.most_draws)
        added = coalesced(np.concatenate(new), (draws - done) // size)
        sums = added if sums is None else np.concatenate([coalesced(sums, done // size), added])
        done = draws
        found = summarised(sums, draws, origin, design.seed, estimator)
        rounds.append(Round(draws, found[0].half_width, found[1].half_width))
        reached = max(found[0].half_width, found[1].half_width) <= stop.tolerance
        if reached or draws == stop.most_draws:
            mean, variance = mean_and_variance(sums.sum(axis=0), draws, origin)
            evaluations = draws * (len(design.groups) + 2)
            return SobolIndices(*found, mean, variance, draws, evaluations, reached, tuple(rounds))
        draws *= 2


def near_mean(evaluate: Evaluate, design: SaltelliDesign, rows: int) -> FloatArray:
    """A first guess of each output's mean, from a few draws."""
    mean: FloatArray = outputs_at(evaluate, design.block(0, rows).a[:PILOT]).mean(axis=0)
    return mean


def block_sums(
    evaluate: Evaluate,
    design: SaltelliDesign,
    origin: FloatArray,
    rows: int,
    batches: int,
    block: int,
) -> FloatArray:
    """Evaluate one block of the design and sum it up by batch."""
    outputs = outputs_at(evaluate, design.block(block, rows).stacked())
    require_everywhere(np.isnan(outputs) != np.isnan(origin))
    outputs = outputs.reshape(len(design.groups) + 2, rows, -1)
    return batch_sums(outputs, origin, batches)


def summarised(
    sums: FloatArray, draws: int, origin: FloatArray, seed: int, estimator: Estimator
) -> tuple[Bounded, Bounded, Bounded, Bounded]:
    """First indices, total indices, and the sums of both, with their intervals."""

    def estimate(sums: FloatArray, draws: float) -> FloatArray:
        return indices(sums, draws, origin, estimator.first_order)

    low, high = interval(
        estimate,
        sums,
        draws,
        method=estimator.interval,
        level=estimator.level,
        resamples=estimator.resamples,
        seed=seed,
    )
    values = estimate(sums.sum(axis=0), draws)
    first, total, sum_of_first, sum_of_total = (
        Bounded(values[place], low[place], high[place])
        for place in ((0, slice(-1)), (1, slice(-1)), (0, -1), (1, -1))
    )
    return first, total, sum_of_first, sum_of_total
