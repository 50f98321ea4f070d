"""One household at any level of one person's earnings."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from donghaeng.rules import BadInput, HouseholdFacts, Law, is_missing
from donghaeng.rules.evaluation import Run, Variant
from donghaeng.rules.graph import ordered
from donghaeng.rules.terms import Entity, Kind, Period, Role

from .regimes import Reading, is_published, readings

EARNINGS = "earnings"
DISPOSABLE, WITH_PILOT = "total_disposable", "total_disposable_with_safety_income"


@dataclass(frozen=True)
class Level:
    """Amounts of a month at one level of earnings.

    ``benefits`` holds a value for each reading of the law, ``with_pilot`` too (nothing where the law has
    no pilot); ``standings`` says which entitlements other than money hold, such as medical aid.
    """

    earnings: int
    benefits: dict[str, tuple[int, ...]]
    contributions: dict[str, int]
    standings: dict[str, bool]
    present: int
    with_pilot: tuple[int, ...]


class Earner:
    """Answers, again and again, what the household has when ``person`` earns so much a month."""

    def __init__(self, law: Law, household: HouseholdFacts, person: str) -> None:
        self.household = household
        self.position = household.person_ids.index(person)
        rules = [rule for rule in law.rules.values() if rule.period is not Period.YEAR]
        money = [rule for rule in rules if rule.kind is Kind.MONEY]
        self.benefits = [rule.name for rule in money if rule.role is Role.BENEFIT]
        self.contributions = [rule.name for rule in money if rule.role is Role.CONTRIBUTION]
        self.standings = [r.name for r in rules if r.role is Role.BENEFIT and r.kind is Kind.FLAG]
        self.totals = [name for name in (DISPOSABLE, WITH_PILOT) if name in law.rules]
        self.readings: list[Reading] = readings(law, self.totals, is_published(law))
        self.law = self.readings[0].law
        self.plan = self.law.plan(
            (*self.benefits, *self.contributions, *self.standings, *self.totals)
        )
        self.variants = [
            Variant(self.plan, reading.law, list(reading.words)) for reading in self.readings[1:]
        ]
        self.parts = {
            name: frozenset(ordered(law.variables, [name])) & {*self.benefits, *self.contributions}
            for name in self.totals
        }
        self.known: dict[int, Level] = {}

    def at(self, earned: int) -> Level:
        """The household when the person earns ``earned`` won a month.

        Raises:
            BadInput: where a total cannot be determined, with what blocks it.
        """
        if earned not in self.known:
            self.known[earned] = self.level(earned)
        return self.known[earned]

    def level(self, earned: int) -> Level:
        persons = list(self.household.persons)
        persons[self.position] = {**persons[self.position], EARNINGS: earned}
        first = self.plan.run(dataclasses.replace(self.household, persons=persons))
        runs = [first, *(variant.run(first) for variant in self.variants)]
        for run in runs:
            for name in self.totals:
                if is_missing(run.household[name]):
                    raise BadInput(
                        f"{name} cannot be determined for {self.household.id!r}",
                        remedy=f"what is missing: {', '.join(sorted(run.household[name].blockers))}",
                    )
        return Level(
            earned,
            {name: tuple(self.added(name, run) for run in runs) for name in self.benefits},
            {name: self.added(name, first) for name in self.contributions},
            {name: self.holds(name, first) for name in self.standings},
            first.household[DISPOSABLE],
            tuple(run.household[WITH_PILOT] for run in runs) if WITH_PILOT in self.totals else (),
        )

    def values(self, name: str, run: Run) -> Sequence[Any]:
        if self.law.rules[name].entity is Entity.HOUSEHOLD:
            return [run.household[name]]
        return [values[name] for values in run.persons]

    def added(self, name: str, run: Run) -> int:
        """An amount of the household; what is undetermined is in no total, and counts nothing here."""
        return sum(0 if is_missing(value) else value for value in self.values(name, run))

    def holds(self, name: str, run: Run) -> bool:
        """Whether an entitlement is known to hold for the household or for somebody in it."""
        return any(value is True for value in self.values(name, run))
