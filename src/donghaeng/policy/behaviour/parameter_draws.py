"""What is known of the parameters carried through to every figure: the response under many draws of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from ..labour import Response, Settings, draws, respond
from .earners import Earners
from .earnings_runs import EarningsRuns
from .expectation import Expectation

Array = np.ndarray
LEVEL = 0.95
# Earnings at which the law is run for each household, between the least and the most of all draws.
POINTS = 5
Key = tuple[str, ...]


@dataclass(frozen=True)
class Incomes:
    """Disposable income at evenly spaced earnings of each household, straight in between.

    Attributes:
        least, most: (households,) won a month.
        incomes: (points, households).
    """

    least: Array
    most: Array
    incomes: Array

    def at(self, earnings: Array) -> Array:
        """Income at ``earnings``, which lie between least and most."""
        steps = len(self.incomes) - 1
        width = self.most - self.least
        place = np.where(width > 0, (earnings - self.least) / np.where(width > 0, width, 1), 0.0)
        place = np.clip(place, 0.0, 1.0) * steps
        left = np.minimum(place.astype(np.int64), steps - 1)
        rows = np.arange(len(earnings))
        low, high = self.incomes[left, rows], self.incomes[left + 1, rows]
        income: Array = low + (high - low) * (place - left)
        return income


def incomes_at(earners: Earners, runs: EarningsRuns, response: Response) -> Array:
    """Income if the main earner works as the response says: the law run again where earnings change."""
    now = present_earnings(earners)
    stated = np.where(earners.workers.works, np.rint(response.earnings_at_work), 0.0)
    changed = stated != now
    if not changed.any():
        return earners.after
    return np.where(changed, runs.incomes(stated[None, :].astype(np.int64))[0], earners.after)


def present_earnings(earners: Earners) -> Array:
    """Earnings of main earners, 0 where nobody earns."""
    return np.where(earners.workers.works, earners.workers.earnings, 0.0)


def figures_under_draws(
    settings: Settings,
    earners: Earners,
    runs: EarningsRuns,
    figures: Callable[[Expectation], Mapping[Key, float]],
    seed: int,
    count: int,
) -> dict[Key, Array]:
    """Each figure under ``count`` draws of the parameters; incomes at other earnings are interpolated.

    The law is run at five earnings of each household between the least and the most that a draw gives; its
    benefits and contributions are straight lines in earnings but at their thresholds.
    """

    def responses() -> Iterator[Response]:
        return (respond(each, earners.workers) for each in draws(settings, seed, count))

    path = _path(earners, runs, responses()) if settings.elasticities else None
    found: dict[Key, list[float]] = {}
    for response in responses():
        at_work = earners.after
        if path is not None:
            at_work = path.at(np.nan_to_num(response.earnings_at_work))
        for key, value in figures(Expectation(earners, response, at_work)).items():
            found.setdefault(key, []).append(value)
    return {key: np.array(values) for key, values in found.items()}


def _path(earners: Earners, runs: EarningsRuns, responses: Iterator[Response]) -> Incomes:
    least = most = present_earnings(earners)
    for response in responses:
        earnings = np.nan_to_num(response.earnings_at_work)
        least, most = np.minimum(least, earnings), np.maximum(most, earnings)
    points = np.rint(np.linspace(least, most, POINTS))
    incomes = runs.incomes(points.astype(np.int64))
    # Who earns the same in every draw has what the simulation says.
    return Incomes(least, most, np.where(least == most, earners.after, incomes))


def reach(stated: float, under: Array) -> tuple[float, float]:
    """From a figure to both ends of its interval: 2.5th and 97.5th percentile of the draws."""
    low, high = np.quantile(under, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]).tolist()
    return min(low - stated, 0.0), max(high - stated, 0.0)
