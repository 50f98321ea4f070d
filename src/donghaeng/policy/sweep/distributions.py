"""Measures of the distribution for one reform after another, on the same people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from donghaeng.inequality import (
    Distribution,
    gini,
    poverty_gap,
    poverty_rate,
    relative_line,
    wolfson,
)

from ..design_keys import Sampling
from ..sample import POVERTY_SHARE, Sample
from ..tally import Estimate, between_replicates
from .figure_names import Figure
from .ordering import KnownOrder

Array = np.ndarray


def measured(distribution: Distribution, wanted: Iterable[Figure]) -> dict[Figure, float]:
    """The figures among ``wanted`` that tell of a distribution; the poverty line is half its own median."""
    found: dict[Figure, float] = {}
    line = relative_line(distribution, POVERTY_SHARE)
    for figure in wanted:
        if figure is Figure.POVERTY_RATE:
            found[figure] = poverty_rate(distribution, line).value
        elif figure is Figure.POVERTY_GAP:
            found[figure] = poverty_gap(distribution, line).value
        elif figure is Figure.GINI:
            found[figure] = gini(distribution).value
        elif figure is Figure.WOLFSON:
            found[figure] = wolfson(distribution).value
    return found


@dataclass(frozen=True)
class _Part:
    rows: Array | slice
    order: KnownOrder


class Distributions:
    """The people of a sample, in the order of their income before any reform.

    Of synthetic people each replicate is measured by itself, and the error is that between them.
    """

    def __init__(self, sample: Sample, income: Array, wanted: Iterable[Figure]) -> None:
        self.sample, self.wanted = sample, tuple(wanted)
        self.replicated = sample.sampling is Sampling.REPLICATES and "replicate" in sample.columns
        rows: list[Array | slice] = [slice(None)]
        if self.replicated:
            count, place = sample.replicate
            rows = [np.flatnonzero(place == number) for number in range(count)]
        equivalised = income / sample.scale
        self._parts = [
            _Part(part, KnownOrder(equivalised[part], sample.people[part])) for part in rows
        ]

    def measured(self, income: Array) -> dict[Figure, Estimate]:
        """The figures for other incomes (n,) of the same households."""
        equivalised = income / self.sample.scale
        found = [
            measured(part.order.distribution(equivalised[part.rows]), self.wanted)
            for part in self._parts
        ]
        if self.replicated:
            return {
                figure: between_replicates(np.array([each[figure] for each in found]))
                for figure in found[0]
            }
        return {figure: Estimate(value) for figure, value in found[0].items()}
