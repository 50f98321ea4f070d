"""How completely a law can be computed: each benefit in each year, and what is missing."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from donghaeng.rules import Book, HouseholdFacts, Law, is_missing
from donghaeng.rules.declarations import Fact
from donghaeng.rules.evaluation import Run
from donghaeng.rules.terms import Entity, Kind, Role, Status

SIZES = (1, 2, 4, 8)
CHECKED = (Role.BENEFIT, Role.CONTRIBUTION, Role.LINE)


class Coverage(Enum):
    """Whether a benefit can be computed in a year."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    GAP = "gap"


@dataclass(frozen=True)
class Cell:
    """One benefit in one year.

    ``missing`` names parameters (with the cell of a table) that are not known to us, ``open`` choices
    between readings, ``unverified`` parameters that must be checked before they are relied on.
    """

    benefit: str
    label: tuple[str, str]
    year: int
    coverage: Coverage
    missing: tuple[str, ...]
    open: tuple[str, ...]
    unverified: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The cell in its stable shape."""
        return {
            "benefit": self.benefit,
            "year": self.year,
            "coverage": self.coverage.value,
            "missing": list(self.missing),
            "open": list(self.open),
            "unverified": list(self.unverified),
        }


def check(book: Book) -> list[Cell]:
    """Every benefit and line in every year of the book.

    Raises:
        LawFault: where the law of one of the days does not hold together.
    """
    cells = []
    for year in range(book.first_day.year, book.last_day.year + 1):
        laws = [book.on(day) for day in _days(book, year)]
        names = dict.fromkeys(
            name for law in laws for name, rule in law.rules.items() if rule.role in CHECKED
        )
        cells += [_cell(name, year, [law for law in laws if name in law.rules]) for name in names]
    return sorted(cells, key=lambda cell: (cell.benefit, cell.year))


def _days(book: Book, year: int) -> Iterator[datetime.date]:
    """The first day of the law in a year, and every day on which something changes."""
    first = max(book.first_day, datetime.date(year, 1, 1))
    changes = {first}
    for parameter in book.declared.parameters.values():
        changes |= {dated.start for dated in parameter.values}
    for versions in book.declared.rules.values():
        for version in versions:
            changes |= {day for day in (version.valid_from,) if day}
    yield from sorted(
        day for day in changes if day.year == year and book.first_day <= day <= book.last_day
    )


def _cell(name: str, year: int, laws: list[Law]) -> Cell:
    missing: set[str] = set()
    opened: set[str] = set()
    unverified: set[str] = set()
    computed: list[bool] = []
    for law in laws:
        for parameter in law.links.parameters_behind([name]):
            dated = law.in_force[parameter]
            if dated.regimes:
                opened |= {parameter} if not dated.default else set()
                continue
            for key, cell in dated.cells.items():
                place = f"{parameter}[{', '.join(map(str, key))}]" if key else parameter
                if is_missing(cell):
                    missing.add(place)
                elif dated.status_at(key) is Status.UNVERIFIED:
                    unverified.add(place)
        settled = law.under(
            **{choice: words[0] for choice, words in law.open_choices([name]).items()}
        )
        plan = settled.plan((name,))
        computed += [_is_known(name, plan.run(example)) for example in _examples(settled)]
    coverage = Coverage.COMPLETE
    if missing:
        coverage = Coverage.PARTIAL if any(computed) else Coverage.GAP
    return Cell(
        name,
        laws[-1].rules[name].label,
        year,
        coverage,
        tuple(sorted(missing)),
        tuple(sorted(opened)),
        tuple(sorted(unverified)),
    )


def _is_known(name: str, run: Run) -> bool:
    """Whether the variable is known for the household, or for everybody in it."""
    if run.plan.law.rules[name].entity is Entity.HOUSEHOLD:
        return not is_missing(run.household[name])
    return not any(is_missing(values[name]) for values in run.persons)


def _examples(law: Law) -> Iterator[HouseholdFacts]:
    """Plain households of several sizes, one kind with nothing and one with some of everything."""
    for size in SIZES:
        for amount in (0, 500_000):
            household = {
                fact.name: _value(law, fact, amount)
                for fact in law.facts.values()
                if fact.entity is Entity.HOUSEHOLD
            }
            person = {
                fact.name: _value(law, fact, amount)
                for fact in law.facts.values()
                if fact.entity is Entity.PERSON
            }
            yield HouseholdFacts(f"{size}", household, [dict(person) for _ in range(size)])


def _value(law: Law, fact: Fact, amount: int) -> Any:
    if fact.kind is Kind.MONEY and fact.default is None:
        return amount
    if fact.default is not None:
        return fact.default
    if fact.kind is Kind.DAY:
        return datetime.date(law.day.year - 40, 1, 1)
    if fact.choices is not None:
        return next(iter(fact.choices))
    return False if fact.kind is Kind.FLAG else 0
