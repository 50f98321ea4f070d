"""Weights from a panel of experts, who may disagree: the mean, and each expert's own set beside it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from donghaeng.rules.faults import BadInput

from ..arrays import FloatArray
from .nominal import scaled_to_one


@dataclass(frozen=True)
class PanelWeights:
    """What a panel says. The disagreement is kept, so that an uncertainty analysis can draw from it."""

    weights: FloatArray
    """(children,): the panel's answer, summing to one."""

    experts: FloatArray
    """(experts, children): each expert's own set, summing to one."""

    @property
    def spread(self) -> FloatArray:
        """(children,): standard deviation between experts (n - 1); missing for a single expert."""
        if len(self.experts) < 2:
            return numpy.full(self.weights.shape, numpy.nan)
        spread: FloatArray = self.experts.std(axis=0, ddof=1)
        return spread

    def drawn(self, uniform: FloatArray) -> FloatArray:
        """One expert's whole set for each number (...) drawn evenly from 0 to 1: (..., children).

        Whole sets are drawn, not child by child: what one expert gave to one child was taken from another.
        """
        count = len(self.experts)
        number = numpy.minimum((numpy.asarray(uniform) * count).astype(numpy.int64), count - 1)
        return self.experts[number]


def budget_allocation(points: FloatArray, *, budget: float | None = 100.0) -> PanelWeights:
    """Weights from points that each expert spread over the children (budget allocation process).

    Args:
        points: (experts, children), zero or more.
        budget: what each expert had to give; None where experts need not have given the same.

    Raises:
        BadInput: an expert whose points do not add up to the budget, are negative or all zero.

    >>> panel = budget_allocation(numpy.array([[50.0, 50.0], [70.0, 30.0]]))
    >>> panel.weights.tolist()
    [0.6, 0.4]
    """
    points = numpy.asarray(points, dtype=numpy.float64)
    if points.ndim != 2 or not points.size:
        raise BadInput("no table of points", remedy="one row for each expert")
    if budget is not None:
        totals = points.sum(axis=1)
        wrong = numpy.flatnonzero(~(numpy.abs(totals - budget) <= 1e-9 * budget))
        if wrong.size:
            raise BadInput(
                f"expert {wrong[0]} gave {totals[wrong[0]]:g} points", remedy=f"exactly {budget:g}"
            )
    experts = scaled_to_one(points)
    return PanelWeights(experts.mean(axis=0), experts)
