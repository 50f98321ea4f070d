"""The figures that are told of every point of a sweep, and which of two values is the better one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ..tally import Estimate


class Figure(StrEnum):
    """A figure of a reform. ``label`` is its name in the catalogue."""

    COST = "cost"
    GAINING = "gaining"
    LOSING = "losing"
    POVERTY_RATE = "poverty_rate"
    POVERTY_GAP = "poverty_gap"
    GINI = "gini"
    WOLFSON = "wolfson"
    PARTICIPATION_TAX_RATE = "participation_tax_rate"

    @property
    def label(self) -> str:
        return FIGURE_LABELS[self]


FIGURE_LABELS = {
    Figure.COST: "net cost a month, won",
    Figure.GAINING: "households that gain",
    Figure.LOSING: "households that lose",
    Figure.POVERTY_RATE: "poverty rate",
    Figure.POVERTY_GAP: "poverty gap index",
    Figure.GINI: "Gini coefficient",
    Figure.WOLFSON: "Wolfson bipolarisation",
    Figure.PARTICIPATION_TAX_RATE: "mean participation tax rate",
}
TOTALS = frozenset({Figure.COST, Figure.GAINING, Figure.LOSING})
# Of these, less is better for whoever asks for the frontier; nothing says so of who gains or loses.
DISTRIBUTION = (Figure.POVERTY_RATE, Figure.POVERTY_GAP, Figure.GINI, Figure.WOLFSON)
OBJECTIVES = (*DISTRIBUTION, Figure.PARTICIPATION_TAX_RATE)
EVERY_FIGURE = frozenset(Figure)


@dataclass(frozen=True)
class Figures:
    """What one reform gives.

    Attributes:
        of: the figures that were asked for; standard errors where the design gives them cheaply.
        recipients: households (or persons, for a person's benefit) that receive each benefit which the swept
            parameters decide.
        undetermined: households, weighted, whose income is not known; no figure counts them.
    """

    of: Mapping[Figure, Estimate]
    recipients: Mapping[str, Estimate]
    undetermined: float

    def value(self, figure: Figure) -> float:
        return self.of[figure].value
