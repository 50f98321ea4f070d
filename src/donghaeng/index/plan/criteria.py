"""How urgent a programme is by each criterion, from 0 to 1; what is not known is the whole range."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy

from donghaeng.index.chain import Build
from donghaeng.index.framework import options, steps

from .register import EvidenceKind, Programme, Register


class Criterion(StrEnum):
    """By what programmes are ordered."""

    NEED = "need"  # how low the index of the area is, and how it moved
    REACH = "reach"  # how many people it concerns
    COST = "cost"  # how little it costs
    EVIDENCE = "evidence"  # how well it is known what it does


# A scale of our own, stated with every order that rests on it.
STRENGTH = {
    EvidenceKind.EFFECT: 1.0,
    EvidenceKind.ASSOCIATION: 0.5,
    EvidenceKind.SIMULATION: 0.5,
    EvidenceKind.DESCRIPTION: 0.25,
    EvidenceKind.NONE: 0.0,
}


@dataclass(frozen=True)
class Range:
    """From the lowest to the highest that a criterion can be."""

    low: float
    high: float

    @property
    def known(self) -> bool:
        """Whether it is one figure."""
        return self.low == self.high


NOT_KNOWN = Range(0.0, 1.0)


@dataclass(frozen=True)
class AreaState:
    """The index of an area at the latest period, beside its reference and the period before.

    ``reference`` is the target of the area, or the base of the index (100 where figures are ratios to a
    base year). Without either there is none.
    """

    area: str
    period: str
    score: float
    reference: float | None
    is_target: bool
    earlier: float | None
    earlier_period: str | None

    @property
    def distance(self) -> float:
        """How far the score lies above its reference; the score itself where there is none."""
        return self.score - (self.reference or 0.0)

    @property
    def trend(self) -> float | None:
        """By how much the score moved since the period before."""
        return None if self.earlier is None else self.score - self.earlier


def area_states(build: Build, row: int) -> dict[str, AreaState]:
    """Every node with a score below the top, at ``row``."""
    index, panel, tree = build.index, build.panel, build.tree
    unit, period = panel.rows[row]
    place = panel.periods.index(period)
    earlier = panel.periods[place - 1] if place else None
    base = base_of(build)
    found = {}
    for node, code in enumerate(tree.codes):
        score = float(build.scores[row, node])
        if code not in index.nodes or code == index.top or numpy.isnan(score):
            continue
        target = index.nodes[code].target
        before = None if earlier is None else float(build.scores[panel.row(unit, earlier), node])
        if before is not None and numpy.isnan(before):
            before = None
        found[code] = AreaState(
            code,
            period,
            score,
            base if target is None else target,
            target is not None,
            before,
            None if before is None else earlier,
        )
    return found


def base_of(build: Build) -> float | None:
    """What an area has in the base year, where the index is made of ratios to it."""
    for step in build.index.steps:
        if isinstance(step, steps.Normalise) and isinstance(step.normalise, options.BaseYearRatio):
            return step.normalise.base
    return None


def need(programme: Programme, states: dict[str, AreaState]) -> Range:
    """Half how far the area lies below the others against its reference, half how far it fell behind them.

    Each half is 1 for the area that stands lowest among all areas of the index and 0 for the highest.
    """
    if programme.area is None or programme.area not in states:
        return NOT_KNOWN
    own = states[programme.area]
    level = _from_highest(own.distance, [each.distance for each in states.values()])
    trends = [each.trend for each in states.values() if each.trend is not None]
    if own.trend is None:
        return Range(level / 2, level / 2 + 0.5)
    exact = level / 2 + _from_highest(own.trend, trends) / 2
    return Range(exact, exact)


def reach(programme: Programme, register: Register, year: str) -> Range:
    """People concerned, as a share of the most that any programme concerns."""
    counts = [each.reach.get(year) for each in register.programmes.values()]
    most = max((each.people for each in counts if each is not None), default=0)
    own = programme.reach.get(year)
    if own is None or most == 0:
        return NOT_KNOWN
    return Range(own.people / most, own.people / most)


def cost(programme: Programme, register: Register, year: str) -> Range:
    """1 for no cost, 0 for the dearest programme of which the budget is known."""
    budgets = [each.budget.get(year) for each in register.programmes.values()]
    most = max((each.won for each in budgets if each is not None), default=0)
    own = programme.budget.get(year)
    if own is None or most == 0:
        return NOT_KNOWN
    return Range(1 - own.won / most, 1 - own.won / most)


def evidence(programme: Programme) -> Range:
    """The strength of the evidence that is declared."""
    if programme.evidence is None:
        return NOT_KNOWN
    strength = STRENGTH[programme.evidence.kind]
    return Range(strength, strength)


def _from_highest(value: float, values: list[float]) -> float:
    highest, lowest = max(values), min(values)
    return (highest - value) / (highest - lowest) if highest > lowest else 0.0
