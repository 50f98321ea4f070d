"""The action plan of a year (Ordinance §6③): plan, action, indicator, target, budget; gaps stay gaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy

from donghaeng.index.framework.index_file import Index
from donghaeng.index.framework.vocabulary import Naming
from donghaeng.index.panel import Panel

from .register import Amount, Content, Register


class Missing(StrEnum):
    """What a line of the plan does not have."""

    PROGRAMME = "programme"
    INDICATOR = "indicator"
    AREA = "area"
    DEPARTMENT = "department"
    TARGET = "target"
    TARGET_DATE = "target_date"
    BUDGET = "budget"


@dataclass(frozen=True)
class Line:
    """One action and one indicator that it is to move; either may be missing.

    ``first`` is the first line of its programme: money stands there and nowhere else.
    """

    area: str | None
    programme: str | None
    indicator: str | None
    latest: float | None
    latest_period: str | None
    target: float | None
    target_period: str | None
    budget: Amount | None
    spent: Amount | None
    first: bool
    missing: tuple[Missing, ...]


@dataclass(frozen=True)
class Sum:
    """Money of programmes as far as it is known: ``known`` won of ``of`` programmes, not of the others."""

    area: str | None
    known: int
    of: int
    not_known: int


@dataclass(frozen=True)
class ActionPlan:
    """The plan of one year. ``placeholders`` counts the indicators of each area whose names are not known."""

    index: Index
    register: Register
    year: str
    lines: tuple[Line, ...]
    sums: tuple[Sum, ...]
    placeholders: dict[str, int]

    @property
    def total(self) -> Sum:
        """All programmes of the register together."""
        return _sum(None, self.register.programmes, self.register, self.year)

    @property
    def in_basic_plan(self) -> bool:
        """Whether the year lies in the basic plan of the register."""
        plan = self.register.basic_plan
        return plan is not None and int(self.year) in plan.years

    def missing_contents(self) -> list[Content]:
        """Items of §6② of which the register says nothing."""
        plan = self.register.basic_plan
        return [item for item in Content if plan is None or plan.contents.get(item) is None]

    def count(self, what: Missing) -> int:
        """How many lines lack something."""
        return sum(what in line.missing for line in self.lines)


def action_plan(
    index: Index, register: Register, year: str, panel: Panel | None = None
) -> ActionPlan:
    """The plan of ``year``; with ``panel`` each indicator has its latest figure (of the first unit, alone)."""
    lines: list[Line] = []
    for area in [*_areas(index), None]:
        for code, programme in register.programmes.items():
            if programme.area == area:
                lines += _of_programme(code, index, register, year, panel)
        if area is not None:
            lines += _without_programme(area, index, register, panel)
    areas: list[str | None] = [*_areas(index)]
    if any(each.area is None for each in register.programmes.values()):
        areas.append(None)
    sums = [
        _sum(area, [c for c, p in register.programmes.items() if p.area == area], register, year)
        for area in areas
    ]
    unnamed = [each for each in index.indicators.values() if each.naming is Naming.PLACEHOLDER]
    counts = {area: sum(each.parent == area for each in unnamed) for area in _areas(index)}
    return ActionPlan(index, register, year, tuple(lines), tuple(sums), counts)


def _areas(index: Index) -> list[str]:
    """Nodes right above indicators, in the order of the file."""
    parents = {each.parent for each in index.indicators.values()}
    return [code for code in index.nodes if code in parents]


def _of_programme(
    code: str, index: Index, register: Register, year: str, panel: Panel | None
) -> list[Line]:
    indicators: list[str | None] = [*register.indicators_of(code, index)] or [None]
    return [
        _line(code, indicator, place == 0, index, register, year, panel)
        for place, indicator in enumerate(indicators)
    ]


def _without_programme(
    area: str, index: Index, register: Register, panel: Panel | None
) -> list[Line]:
    """Indicators of an area that no programme is to move; those without a name are only counted."""
    alone = [
        code
        for code, each in index.indicators.items()
        if each.parent == area and each.naming is Naming.NAMED and not register.moving(code, index)
    ]
    return [_line(None, code, False, index, register, "", panel) for code in alone]


def _line(
    programme: str | None,
    indicator: str | None,
    first: bool,
    index: Index,
    register: Register,
    year: str,
    panel: Panel | None,
) -> Line:
    known = None if programme is None else register.programmes[programme]
    counted = None if indicator is None else index.indicators[indicator]
    latest, latest_period = _latest(indicator, panel)
    target = None if counted is None else counted.target
    budget = known.budget.get(year) if known is not None and first else None
    missing = {
        Missing.PROGRAMME: programme is None,
        Missing.INDICATOR: indicator is None,
        Missing.AREA: known is not None and known.area is None and first,
        Missing.DEPARTMENT: known is not None and known.department is None and first,
        Missing.TARGET: counted is not None and target is None,
        Missing.TARGET_DATE: counted is not None
        and target is not None
        and counted.target_period is None,
        Missing.BUDGET: known is not None and first and budget is None,
    }
    return Line(
        area=(known.area if known is not None else counted.parent if counted is not None else None),
        programme=programme,
        indicator=indicator,
        latest=latest,
        latest_period=latest_period,
        target=target,
        target_period=None if counted is None else counted.target_period,
        budget=budget,
        spent=known.spent.get(year) if known is not None and first else None,
        first=first,
        missing=tuple(what for what, holds in missing.items() if holds),
    )


def _latest(indicator: str | None, panel: Panel | None) -> tuple[float | None, str | None]:
    """The latest figure of an indicator, where the index is about one unit."""
    if indicator is None or panel is None or len(panel.units) > 1:
        return None, None
    if indicator not in panel.columns:
        return None, None
    column = panel.values[:, panel.columns.index(indicator)]
    there = numpy.flatnonzero(~numpy.isnan(column))
    if not there.size:
        return None, None
    return float(column[there[-1]]), panel.rows[there[-1]][1]


def _sum(area: str | None, codes: Iterable[str], register: Register, year: str) -> Sum:
    budgets = [register.programmes[code].budget.get(year) for code in codes]
    known = [each.won for each in budgets if each is not None]
    return Sum(area, sum(known), len(known), len(budgets) - len(known))
