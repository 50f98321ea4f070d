"""Incomes at the earnings of a response, and at those of its many draws."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ..labour import Response
from .earners import Earners
from .earnings_runs import EarningsRuns

Array = np.ndarray
LEVEL = 0.95
# Earnings at which the law is run for each household, between the least and the most of all draws.
POINTS = 5


@dataclass(frozen=True)
class Incomes:
    """Disposable income under the reform at evenly spaced earnings of each household, straight in between.

    So the law is run a few times and not for every draw: benefits and contributions are straight lines in
    earnings but at their thresholds.

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

    @property
    def lacking(self) -> Array:
        """Households of which an income is not known."""
        lacking: Array = np.logical_or.reduce(np.isnan(self.incomes), axis=0)
        return lacking


def present_earnings(earners: Earners) -> Array:
    """Earnings of main earners, 0 where nobody earns."""
    return np.where(earners.workers.works, earners.workers.earnings, 0.0)


def incomes_at(earners: Earners, runs: EarningsRuns, response: Response) -> Array:
    """Income if the main earner works as the response says: the law run again where earnings change."""
    stated = np.where(earners.workers.works, np.rint(response.earnings_at_work), 0.0)
    changed = stated != present_earnings(earners)
    if not changed.any():
        return earners.after
    return np.where(changed, runs.incomes(stated[None, :].astype(np.int64))[0], earners.after)


def incomes_under_draws(
    earners: Earners, runs: EarningsRuns, responses: Iterable[Response]
) -> Incomes:
    """Income between the least and the most that each main earner earns under the responses."""
    least = most = present_earnings(earners)
    for response in responses:
        earnings = np.nan_to_num(response.earnings_at_work)
        least, most = np.minimum(least, earnings), np.maximum(most, earnings)
    points = np.rint(np.linspace(least, most, POINTS))
    incomes = runs.incomes(points.astype(np.int64)) if (least < most).any() else points
    # Who earns the same in every draw has what the simulation says.
    return Incomes(least, most, np.where(least == most, earners.after, incomes))


def reach(stated: float, under: Array) -> tuple[float, float]:
    """From a figure to both ends of its interval: 2.5th and 97.5th percentile of the draws."""
    low, high = np.quantile(under, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]).tolist()
    return min(low - stated, 0.0), max(high - stated, 0.0)
