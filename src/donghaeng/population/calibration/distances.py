"""How far new weights are from the old: the distances of Deville and Särndal (1992).

The calibrated weight is w = d·F(x'λ), with d the old weight. F is the inverse of the derivative of the
distance and belongs to it: the linear one gives the generalised regression estimator (GREG), the
exponential one raking. The last two hold the ratio w/d between two bounds: the logit distance strictly
inside them, the truncated linear one up to them.

Source: Deville and Särndal (1992), "Calibration estimators in survey sampling", Journal of the American
Statistical Association 87(418), 376–382, cases 1, 2, 6 and 7.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy
from numpy.typing import NDArray

from donghaeng.rules.faults import BadInput

FloatArray = NDArray[numpy.float64]


class Distance(StrEnum):
    """The distance between old and new weights."""

    LINEAR = "linear"
    EXPONENTIAL = "exponential"
    LOGIT = "logit"
    TRUNCATED_LINEAR = "truncated_linear"

    @property
    def is_bounded(self) -> bool:
        """Whether it holds the ratio of weights between bounds."""
        return self in (Distance.LOGIT, Distance.TRUNCATED_LINEAR)


@dataclass(frozen=True)
class Bounds:
    """The least and the greatest ratio of new to old weight."""

    lower: float
    upper: float

    def __post_init__(self) -> None:
        if not 0 <= self.lower < 1 < self.upper < numpy.inf:
            raise BadInput(
                f"ratios of weights from {self.lower} to {self.upper}",
                field="bounds",
                remedy="a lower one from 0 to below 1, an upper one above 1",
            )


@dataclass(frozen=True)
class Ratio:
    """At each x'λ: the ratio F of new to old weight, its derivative and its integral, shape (n,)."""

    value: FloatArray
    slope: FloatArray
    integral: FloatArray


def ratio(distance: Distance, bounds: Bounds | None, u: FloatArray) -> Ratio:
    """F, F' and ∫F at ``u``; the integral is what Newton's method brings down.

    Raises:
        BadInput: for bounds that the distance does not take, or none where it needs them.
    """
    limits = checked_bounds(distance, bounds)
    with numpy.errstate(over="ignore"):
        if limits is None:
            return _linear(u) if distance is Distance.LINEAR else _exponential(u)
        return _logit(limits, u) if distance is Distance.LOGIT else _truncated(limits, u)


def checked_bounds(distance: Distance, bounds: Bounds | None) -> Bounds | None:
    """``bounds``, which are there exactly where the distance takes them."""
    if distance.is_bounded and bounds is None:
        raise BadInput(f"the {distance} distance needs bounds", field="bounds", remedy="0.3 and 3")
    if not distance.is_bounded and bounds is not None:
        raise BadInput(
            f"the {distance} distance has no bounds",
            field="bounds",
            remedy=f"{Distance.LOGIT} or {Distance.TRUNCATED_LINEAR}",
        )
    return bounds


def _linear(u: FloatArray) -> Ratio:
    return Ratio(1 + u, numpy.ones_like(u), u + u**2 / 2)


def _exponential(u: FloatArray) -> Ratio:
    grown = numpy.exp(u)
    return Ratio(grown, grown, grown - 1)


def _logit(bounds: Bounds, u: FloatArray) -> Ratio:
    """F = L + (U − L) / (1 + (U − 1)/(1 − L)·exp(−A·u)), A = (U − L)/((1 − L)(U − 1))."""
    low, high = bounds.lower, bounds.upper
    width = high - low
    steep = width / ((1 - low) * (high - 1))
    odds = numpy.log((1 - low) / (high - 1)) + steep * u
    share = numpy.exp(-numpy.logaddexp(0, -odds))
    other = numpy.exp(-numpy.logaddexp(0, odds))
    at_zero = numpy.log(width / (high - 1))
    integral = low * u + width / steep * (numpy.logaddexp(0, odds) - at_zero)
    return Ratio(low + width * share, width * steep * share * other, integral)


def _truncated(bounds: Bounds, u: FloatArray) -> Ratio:
    """F = 1 + u, held between L and U."""
    value = numpy.clip(1 + u, bounds.lower, bounds.upper)
    inside = (1 + u > bounds.lower) & (1 + u < bounds.upper)
    start = value - 1  # the u at which F leaves the line, or u itself
    integral = start + start**2 / 2 + value * (u - start)
    return Ratio(value, inside.astype(numpy.float64), integral)
