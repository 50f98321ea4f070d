"""The rules with their settings, as values that a node of an index carries.

Each is called with ``(values, weights)``; two that are equal do the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy

from ..arrays import FloatArray
from . import means, ordered, outranking
from .benefit_of_the_doubt import benefit_of_the_doubt
from .faults import NonPositive
from .mazziotta_pareto import Penalty, adjusted_mazziotta_pareto, mazziotta_pareto
from .mean_min import mean_min
from .user_function import Rule, apply_function


class Aggregator(Protocol):
    """What every rule is: children in, one score a row out."""

    def __call__(self, values: FloatArray, weights: FloatArray) -> FloatArray: ...


@dataclass(frozen=True)
class Arithmetic:
    """The arithmetic mean."""

    def __call__(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        return means.arithmetic(values, weights)


@dataclass(frozen=True)
class Geometric:
    """The geometric mean."""

    def __call__(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        return means.geometric(values, weights)


@dataclass(frozen=True)
class Harmonic:
    """The harmonic mean."""

    def __call__(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        return means.harmonic(values, weights)


@dataclass(frozen=True)
class Generalised:
    """The power mean of a given power."""

    power: float

    def __call__(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        return means.generalised(values, weights, power=self.power)


@dataclass(frozen=True)
class OrderedWeighted:
    """The ordered weighted average; order weights from the best child to the worst."""

    order_weights: tuple[float, ...]

    def __call__(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        return ordered.ordered_weighted(
            values, weights, order_weights=numpy.array(self.order_weights, dtype=numpy.float64)
        )


@dataclass(frozen=True)
class Median:
    """The weighted median."""

    def __call__(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        return ordered.median(values, weights)


@dataclass(frozen=True)
class MeanMin:
    """The mean-min function."""

    alpha: float = 0.5
    beta: float = 1.0

    def __call__(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        return mean_min(values, weights, alpha=self.alpha, beta=self.beta)


@dataclass(frozen=True)
class MazziottaPareto:
    """The static Mazziotta-Pareto index."""

    penalty: Penalty = Penalty.DOWN
    standardise: bool = False

    def __call__(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        return mazziotta_pareto(values, weights, penalty=self.penalty, standardise=self.standardise)


@dataclass(frozen=True)
class AdjustedMazziottaPareto:
    """The adjusted Mazziotta-Pareto index; goalposts or a reference, one number for each child."""

    reference: tuple[float, ...] | None = None
    lower: tuple[float, ...] | None = None
    upper: tuple[float, ...] | None = None
    penalty: Penalty = Penalty.DOWN

    def __call__(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        reference, lower, upper = (
            None if given is None else numpy.array(given, dtype=numpy.float64)
            for given in (self.reference, self.lower, self.upper)
        )
        return adjusted_mazziotta_pareto(
            values, weights, reference=reference, lower=lower, upper=upper, penalty=self.penalty
        )


@dataclass(frozen=True)
class Copeland:
    """Copeland's score from the outranking of each pair of rows."""

    def __call__(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        return outranking.copeland(values, weights)


@dataclass(frozen=True)
class BenefitOfTheDoubt:
    """Each row with its best weights; within ``share_spread`` of the nominal ones where given."""

    share_spread: float | None = None

    def __call__(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        return benefit_of_the_doubt(values, weights, share_spread=self.share_spread)


@dataclass(frozen=True)
class WithinPeriods:
    """A rule that compares rows, for the rows of each period by itself; they come period by period."""

    rule: Aggregator
    periods: int

    def __call__(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        size = values.shape[-2] // self.periods
        parts = []
        for period in range(self.periods):
            try:
                parts.append(
                    self.rule(values[..., period * size : (period + 1) * size, :], weights)
                )
            except NonPositive as fault:
                raise fault.below(period * size) from None
        return numpy.concatenate(parts, axis=-1)


@dataclass(frozen=True)
class UserFunction:
    """A Python function of the user's own; given from Python only, never by a file."""

    function: Rule

    def __call__(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        return apply_function(self.function, values, weights)


METHODS: dict[str, type[Aggregator]] = {
    "arithmetic": Arithmetic,
    "geometric": Geometric,
    "harmonic": Harmonic,
    "generalised": Generalised,
    "ordered-weighted": OrderedWeighted,
    "median": Median,
    "mean-min": MeanMin,
    "mazziotta-pareto": MazziottaPareto,
    "adjusted-mazziotta-pareto": AdjustedMazziottaPareto,
    "copeland": Copeland,
    "benefit-of-the-doubt": BenefitOfTheDoubt,
}
"""The rules that a file can name. A user's own function is not among them."""
