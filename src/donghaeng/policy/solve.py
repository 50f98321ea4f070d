"""The value of a parameter at which a reform meets a budget or a target of poverty.

Existence and uniqueness are looked at first: the range is scanned, and where the target is not within what the
scan meets, or is passed several times, that is said and nothing is chosen.
"""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from donghaeng.population.store import Population
from donghaeng.rules.declarations import Label
from donghaeng.rules.faults import BadInput
from donghaeng.rules.parameters import Parameter, read_rate
from donghaeng.rules.terms import Kind, Period
from donghaeng.version import __version__

from .crossings import Crossing, Scan
from .reform_files import Reform, SolveFor, read_reform
from .scenario import Scenario, amounts_of
from .staging import touched
from .sweep import (
    TOTALS,
    Exact,
    Family,
    Figure,
    Sweep,
    at,
    exact,
    swept_parameter,
    written,
)
from .tally import Estimate

FORMAT = "donghaeng-solution-1"
# Decimal places of a rate in per cent.
DIGITS = 1


@dataclass(frozen=True)
class Target:
    """What is to be met: a figure that is to be at most ``value``; ``of`` says whose figure it is.

    Attributes:
        of: the reform whose cost it is; ``None`` where a number was stated.
    """

    figure: Figure
    value: float
    of: Label | None = None


@dataclass(frozen=True)
class Search:
    """One parameter of a reform, and where to look for it.

    Attributes:
        low, high: both ends, which may be the answer.
        digits: decimal places of a rate in per cent; money and counts go in steps of one.
    """

    parameter: str
    low: int | str
    high: int | str
    digits: int = DIGITS


@dataclass(frozen=True)
class Tried:
    """A value of the parameter with the figure that it gives."""

    value: Exact
    figure: Estimate


@dataclass(frozen=True)
class Solution:
    """The value that meets the target, and its neighbour that no longer does.

    Attributes:
        inside, outside: neighbours on the lattice of values; ``outside`` is ``None`` where the target is met
            exactly at an end of the range.
        tried: how many values were computed.
    """

    reform: Label
    day: datetime.date
    law_hash: str
    population: str
    synthetic: bool
    parameter: Parameter
    target: Target
    inside: Tried
    outside: Tried | None
    scanned: tuple[Tried, ...]

    @property
    def label(self) -> str:
        """What every figure is, in the words of the catalogue."""
        return "simulation (synthetic)" if self.synthetic else "simulation"

    @property
    def difference(self) -> float:
        """The figure at the solution less the target: zero or less."""
        return self.inside.figure.value - self.target.value

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "format": FORMAT,
            "kind": self.label,
            "reform": dict(zip(("ko", "en"), self.reform, strict=True)),
            "date": self.day.isoformat(),
            "law": self.law_hash,
            "population": self.population,
            "parameter": self.parameter.name,
            "value": written(self.inside.value),
            "figure": self.target.figure.value,
            "target": self.target.value,
            "difference": self.difference,
            "solution": _json(self.inside),
            "neighbour": None if self.outside is None else _json(self.outside),
            "computed": [_json(each) for each in self.scanned],
            "engine": __version__,
        }


def _json(tried: Tried) -> dict[str, Any]:
    figure: dict[str, Any] = {"value": written(tried.value), "figure": tried.figure.value}
    if tried.figure.standard_error is not None:
        figure["standard_error"] = tried.figure.standard_error
    return figure


class Lattice:
    """The values that a parameter may take: steps of one, or rates of so many digits.

    Raises:
        BadInput: where the ends are no values of the parameter, or no step lies between them.
    """

    def __init__(self, parameter: Parameter, search: Search, file: str) -> None:
        if not 0 <= search.digits <= 6:
            raise BadInput(f"{search.digits} decimal places", field="digits", remedy="from 0 to 6")
        rate = parameter.kind is Kind.RATE
        self.step = Fraction(1, 100 * 10**search.digits) if rate else Fraction(1)
        self.rate = rate
        low, high = (
            exact(parameter, value, file=file, field="between")
            for value in (search.low, search.high)
        )
        first, last = -(-Fraction(low) // self.step), Fraction(high) // self.step
        if last <= first:
            raise BadInput(
                f"there is no value between {search.low} and {search.high}",
                file=file,
                field="between",
                remedy="the lower end first",
            )
        self.first, self.last = int(first), int(last) - int(first)

    def value(self, place: int) -> Exact:
        number = (self.first + place) * self.step
        return number if self.rate else int(number)


def solve(
    population: Population,
    family: Family,
    search: Search,
    target: Target,
    *,
    form: str = "auto",
) -> Solution:
    """The value of ``search.parameter`` at which the reform meets ``target``.

    Of two neighbours, one meeting it and one not, it is the one that does: the largest value within a budget
    where the cost rises, the smallest one that brings poverty down to a target.

    Raises:
        BadInput: where the target is nowhere met or everywhere, or passed several times; where it is a cost
            and the reform bears on amounts of a year.
    """
    name, file = search.parameter, str(family.file)
    low = family.at({})
    parameter = swept_parameter(low.law, name, file=file)
    if target.figure is Figure.COST:
        swept = dataclasses.replace(low, changed=low.changed | {name})
        refuse_yearly(family.before, swept, family.file)
    lattice = Lattice(parameter, search, file)
    wanted = frozenset({target.figure})
    sweep = Sweep(population, family, {name: lattice.value(0)}, wanted=wanted, form=form)
    found: dict[int, Estimate] = {}

    def figure_at(place: int) -> float:
        found[place] = sweep.figures({name: lattice.value(place)}).of[target.figure]
        return found[place].value

    scan = Scan(figure_at, lattice.last, target.value)
    inside, outside = _chosen(scan, lattice, parameter, target, file)
    tried = {place: Tried(lattice.value(place), estimate) for place, estimate in found.items()}
    return Solution(
        reform=family.reform.reform.pair,
        day=low.law.day,
        law_hash=family.before.law.hash,
        population=population.folder.name,
        synthetic=population.manifest.synthetic,
        parameter=parameter,
        target=target,
        inside=tried[inside],
        outside=None if outside is None else tried[outside],
        scanned=tuple(tried[place] for place in sorted(tried)),
    )


def _chosen(
    scan: Scan, lattice: Lattice, parameter: Parameter, target: Target, file: str
) -> tuple[int, int | None]:
    """The place that meets the target and its neighbour that does not, if there is just one such pair."""
    crossings = scan.crossings()
    if len(crossings) == 1:
        return crossings[0].inside, crossings[0].outside
    if len(crossings) > 1:
        raise BadInput(
            f"{target.figure.value} passes {_number(target)} at {len(crossings)} values of "
            f"{parameter.name}: {_listed(crossings, lattice)}",
            file=file,
            field="between",
            remedy="narrow the range to one of them",
        )
    exactly = [end for end in (scan.last, 0) if scan.value(end) == target.value]
    if exactly:  # the whole range meets it, and an end of it just so
        return exactly[0], None
    low, high = scan.met
    spelled = target.figure.value
    raise BadInput(
        f"no value of {parameter.name} between {written(lattice.value(0))} and "
        f"{written(lattice.value(scan.last))} brings {spelled} to {_number(target)}: it goes from "
        f"{_spelled(target.figure, low)} to {_spelled(target.figure, high)}",
        file=file,
        field=spelled,
        remedy="another target, or a wider range",
    )


def _listed(crossings: tuple[Crossing, ...], lattice: Lattice) -> str:
    return ", ".join(
        f"{written(lattice.value(each.inside))} | {written(lattice.value(each.outside))}"
        for each in crossings
    )


def _number(target: Target) -> str:
    return _spelled(target.figure, target.value)


def _spelled(figure: Figure, value: float) -> str:
    return f"{value:,.0f}" if figure in TOTALS else f"{value:.6g}"


def refuse_yearly(before: Scenario, after: Scenario, file: Path) -> None:
    """Refuse a reform whose cost is not that of its months: one that bears on what is settled once a year.

    What it bears on is read from the law, whether or not an amount of anybody changes.

    Raises:
        BadInput: where a benefit or contribution of a year rests on what the reform changes, or whose take-up
            it changes.
    """
    laws = (before.law, after.law)
    changed = set(after.changed)
    if after.take_up is not before.take_up:
        for each in (before, after):
            changed |= set(each.take_up.benefits) if each.take_up else set()
    found: dict[str, None] = {}
    for law in laws:
        yearly = [name for name in amounts_of(law) if law.rules[name].period is Period.YEAR]
        again = touched(law, changed, yearly)
        found |= dict.fromkeys(name for name in yearly if name in again)
    if found:
        raise BadInput(
            f"bears on what is settled once a year ({', '.join(found)}), which a cost of a month does not hold",
            file=str(file),
            field="solve",
            remedy="a reform of monthly amounts alone, or a target of poverty",
        )


def cost_of(population: Population, before: Scenario, file: Path, *, form: str = "auto") -> Target:
    """What another reform costs, as a target.

    Raises:
        BadInput, LawFault: where it cannot be read, does not fit the law, or bears on amounts of a year.
    """
    reform = read_reform(file)
    if reform.solve is not None:
        raise BadInput("has a parameter to solve for itself", file=str(file), field="solve")
    family = Family(before, reform, file)
    refuse_yearly(before, family.at({}), file)
    sweep = Sweep(population, family, {}, wanted=frozenset({Figure.COST}), form=form)
    return Target(Figure.COST, sweep.figures({}).value(Figure.COST), reform.reform.pair)


def target_of(
    wanted: SolveFor, population: Population, before: Scenario, file: Path, *, form: str = "auto"
) -> Target:
    """The target that is stated: a budget, the cost of another reform, a poverty rate or a poverty gap.

    Raises:
        BadInput: where none is stated, or two.
    """
    stated = {
        name: getattr(wanted, name)
        for name in ("budget", "cost_of", "poverty_rate", "poverty_gap")
        if getattr(wanted, name) is not None
    }
    if len(stated) != 1:
        raise BadInput(
            f"{len(stated)} targets are stated",
            file=str(file),
            field="solve",
            remedy="one of budget, cost_of, poverty_rate, poverty_gap",
        )
    if wanted.budget is not None:
        return Target(Figure.COST, float(wanted.budget))
    if wanted.cost_of is not None:
        return cost_of(population, before, file.parent / wanted.cost_of, form=form)
    (name, text) = next(iter(stated.items()))
    share = read_rate(text)
    if share is None:
        raise BadInput(
            f"{text!r} is no share", file=str(file), field=name, remedy="such as 10% or 1/8"
        )
    return Target(Figure(name), float(share))


def resolved(
    reform: Reform, file: Path, population: Population, before: Scenario, *, form: str = "auto"
) -> tuple[Reform, Solution | None]:
    """The reform with the parameter that its ``solve`` block asks for; as it is where there is no such block.

    Raises:
        BadInput: where no value meets the target, or several do.
    """
    if reform.solve is None:
        return reform, None
    block = reform.solve
    target = target_of(block, population, before, file, form=form)
    search = Search(block.parameter, *block.between, block.digits)
    solution = solve(population, Family(before, reform, file), search, target, form=form)
    return at(reform, {block.parameter: solution.inside.value}), solution
