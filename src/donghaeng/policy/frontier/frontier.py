"""Every reform of a grid on one population, and which of them are not dominated."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np

from donghaeng.population.store import Population
from donghaeng.rules.declarations import Label
from donghaeng.rules.terms import Kind
from donghaeng.version import __version__

from ..design_keys import sampling_of
from ..scenario import Scenario
from ..sweep import EVERY_FIGURE, Figure, Figures, Point, Sweep, written
from ..tally import Estimate
from .pareto import not_dominated
from .records import Records, key_of
from .sweep_file import Grid, Plan

FORMAT = "donghaeng-frontier-1"
DEFINITION = (
    "A reform is not dominated if no other reform of the grid costs as little or less and does as well or "
    "better, with one of the two strictly better."
)
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class SweptParameter:
    """A parameter that takes one value after another."""

    name: str
    label: Label
    rate: bool


@dataclass(frozen=True)
class Reformed:
    """One reform of the grid.

    Attributes:
        point: the values of the swept parameters.
        efficient: for each measure, whether no other reform costs less and does better.
        efficient_in_all: the same for the cost and all measures together.
        within_budget: whether it costs no more than the budget; ``None`` where there is none.
    """

    point: Point
    figures: Figures
    efficient: Mapping[Figure, bool]
    efficient_in_all: bool
    within_budget: bool | None

    def value(self, figure: Figure) -> float:
        return self.figures.value(figure)


@dataclass(frozen=True)
class Frontier:
    """Every reform of a grid, in its order."""

    title: Label
    reform: Label
    day: datetime.date
    law_hash: str
    population: str
    population_title: str
    synthetic: bool
    sampling: str
    parameters: tuple[SweptParameter, ...]
    measures: tuple[Figure, ...]
    budget: int | None
    reforms: tuple[Reformed, ...]
    benefits: Mapping[str, Label]
    resumed: int
    seconds: Mapping[str, float] = field(default_factory=dict)
    engine: str = __version__

    @property
    def label(self) -> str:
        """What every figure is, in the words of the catalogue."""
        return "simulation (synthetic)" if self.synthetic else "simulation"

    def efficient(self, measure: Figure) -> tuple[Reformed, ...]:
        """The reforms that are not dominated in cost and ``measure``, the cheapest first."""
        found = [each for each in self.reforms if each.efficient[measure]]
        return tuple(sorted(found, key=lambda each: each.value(Figure.COST)))

    def as_json(self) -> dict[str, Any]:
        """Every figure, for programs."""
        return {
            "format": FORMAT,
            "kind": self.label,
            "title": dict(zip(("ko", "en"), self.title, strict=True)),
            "reform": dict(zip(("ko", "en"), self.reform, strict=True)),
            "date": self.day.isoformat(),
            "law": self.law_hash,
            "population": self.population,
            "population_title": self.population_title,
            "sampling": self.sampling,
            "parameters": [each.name for each in self.parameters],
            "measures": [each.value for each in self.measures],
            "budget": self.budget,
            "definition": DEFINITION,
            "reforms": [_json(each) for each in self.reforms],
            "engine": self.engine,
        }


def _json(reform: Reformed) -> dict[str, Any]:
    figures = reform.figures
    return {
        "values": {name: written(value) for name, value in reform.point.items()},
        "figures": {name.value: _figure(found) for name, found in figures.of.items()},
        "recipients": {name: _figure(found) for name, found in figures.recipients.items()},
        "undetermined": figures.undetermined,
        "not_dominated": {name.value: flag for name, flag in reform.efficient.items()},
        "not_dominated_in_all": reform.efficient_in_all,
        "within_budget": reform.within_budget,
    }


def _figure(found: Estimate) -> dict[str, float | None]:
    value = None if found.value != found.value else found.value
    if found.standard_error is None:
        return {"value": value}
    return {"value": value, "standard_error": found.standard_error}


@dataclass(frozen=True)
class Asked:
    """A sweep file, its baseline and whom it is asked of.

    Attributes:
        budget: won a month, in place of that of the file.
    """

    plan: Plan
    population: Population
    before: Scenario
    budget: int | None = None

    def grid(self) -> Grid:
        """The values of every swept parameter.

        Raises:
            BadInput: for an unknown parameter, or a value that it cannot take.
        """
        base = self.plan.family(self.before).at({})
        return self.plan.grid(base.law)


def trace(
    asked: Asked,
    folder: Path,
    *,
    threads: int | None = None,
    form: str = "auto",
    progress: Progress | None = None,
) -> Frontier:
    """Compute every reform of the grid and say which are not dominated.

    Args:
        folder: where the points that are done are kept; a run that was stopped goes on there.
        progress: told how many points of how many are done.

    Raises:
        BadInput: for a parameter, a value or a population that does not fit.
    """
    started, started_cpu = perf_counter(), process_time()
    points = asked.grid().points
    family = asked.plan.family(asked.before)
    scenario = family.at(points[0])
    records = Records(folder, key_of(asked.population, family))
    resumed = sum(records.of(point) is not None for point in points)
    tell = progress or (lambda done, total: None)
    tell(resumed, len(points))
    prepared = perf_counter()
    missing = [point for point in points if records.of(point) is None]
    if missing:
        sweep = Sweep(asked.population, family, missing[0], wanted=EVERY_FIGURE, form=form)
        for point in missing:  # a value that no law can take is refused before anything is computed
            sweep.stages.variant(point)
        prepared = perf_counter()
        for done, (number, one) in enumerate(sweep.over(missing, threads), 1):
            records.keep(missing[number], one)
            tell(resumed + done, len(points))
    figures = [found for point in points if (found := records.of(point)) is not None]
    seconds = {
        "preparing": prepared - started,
        "points": perf_counter() - prepared,
        "wall": perf_counter() - started,
        "cpu": process_time() - started_cpu,
    }
    return _told(asked, scenario, points, figures, resumed, seconds)


def _told(
    asked: Asked,
    scenario: Scenario,
    points: tuple[Point, ...],
    figures: list[Figures],
    resumed: int,
    seconds: Mapping[str, float],
) -> Frontier:
    content, law = asked.plan.content, scenario.law
    budget = asked.budget if asked.budget is not None else content.budget
    cost = np.array([each.value(Figure.COST) for each in figures])
    values = {m: np.array([each.value(m) for each in figures]) for m in content.measures}
    flags = {m: not_dominated(np.column_stack([cost, values[m]])) for m in content.measures}
    together = not_dominated(np.column_stack([cost, *values.values()]))
    reforms = tuple(
        Reformed(
            point,
            figures[place],
            {measure: bool(flags[measure][place]) for measure in content.measures},
            bool(together[place]),
            None if budget is None else bool(cost[place] <= budget),
        )
        for place, point in enumerate(points)
    )
    manifest = asked.population.manifest
    parameters = tuple(
        SweptParameter(name, law.parameters[name].label, law.parameters[name].kind is Kind.RATE)
        for name in content.parameters
    )
    return Frontier(
        title=content.frontier.pair,
        reform=asked.plan.reform.reform.pair,
        day=law.day,
        law_hash=asked.before.law.hash,
        population=asked.population.folder.name,
        population_title=manifest.title,
        synthetic=manifest.synthetic,
        sampling=sampling_of(asked.population).label,
        parameters=parameters,
        measures=content.measures,
        budget=budget,
        reforms=reforms,
        benefits={name: law.rules[name].label for name in figures[0].recipients},
        resumed=resumed,
        seconds=seconds,
    )
