"""What happens as one person earns more: benefits, disposable income, and what earning takes away."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from donghaeng.rules import BadInput, HouseholdFacts, Law, age_in_years, is_missing
from donghaeng.rules.terms import Entity, Kind, Period, Role

from .assess import PRESENT, WITH_SAFETY_INCOME
from .reading import ADULT
from .regimes import Reading, is_published, matters, readings

EARNINGS = "earnings"
MOST_POINTS = 2_000
# Earnings, benefits, disposable income today, and with the pilot under each reading.
Row = tuple[int, dict[str, list[int]], int, list[int]]


@dataclass(frozen=True)
class Bounds:
    """Lowest and highest over the readings of the law; equal where the law is known."""

    lowest: int | float
    highest: int | float


@dataclass(frozen=True)
class Point:
    """One level of earnings, amounts in won a month.

    Marginal rate: share of the next step of earnings that is lost. Participation rate: share of all
    earnings that is lost against not working. Both as fractions of 1; ``None`` where undefined.
    """

    earnings: int
    benefits: dict[str, Bounds]
    present: int
    with_safety_income: Bounds
    present_marginal: float | None
    safety_marginal: Bounds | None
    present_participation: float | None
    safety_participation: Bounds | None


@dataclass(frozen=True)
class Curve:
    """Points in rising order of earnings, for one person of one household."""

    household: str
    person: str
    step: int
    points: tuple[Point, ...]
    labels: dict[str, tuple[str, str]]
    regimes: dict[str, tuple[str, ...]]


def curve(
    law: Law,
    household: HouseholdFacts,
    *,
    person: str = "",
    start: int = 0,
    stop: int = 6_000_000,
    step: int = 100_000,
    regimes: Sequence[str] = (),
) -> Curve:
    """Disposable income of ``household`` for each level of one person's earnings.

    Disposable income is all income of the household plus the cash benefits that this law computes or
    was told of; taxes and contributions are not part of it.

    Args:
        person: id of the person whose earnings change; the first who is of age where empty.
        start, stop, step: levels of earnings, won a month.
        regimes: readings to take where the law is not known.

    Raises:
        BadInput: for a person who is not there, a range that makes no sense, or an amount that
            cannot be determined (with what blocks it).
    """
    most = law.facts[EARNINGS].range[1]
    wide = step <= 0 or (stop - start) // step > MOST_POINTS
    if wide or not 0 <= start < stop <= most:
        raise BadInput(
            f"earnings from {start} to {stop} by {step}",
            field="range",
            remedy=f"rising, up to {most:,} won, with at most {MOST_POINTS:,} steps",
        )
    if WITH_SAFETY_INCOME not in law.rules:
        raise BadInput(
            f"the pilot is not in this law on {law.day}", field="date", remedy="2022-07 or later"
        )
    if not person:
        person = _first_of_age(law, household)
    if person not in household.person_ids:
        raise BadInput(
            f"{person!r} is nobody in {household.id!r}",
            field="person",
            remedy=f"one of {', '.join(household.person_ids)}",
        )
    position = household.person_ids.index(person)
    law = law.under_regimes(regimes)
    benefits = [
        name
        for name, rule in law.rules.items()
        if rule.role is Role.BENEFIT
        and rule.entity is Entity.HOUSEHOLD
        and rule.kind is Kind.MONEY
        and rule.period is Period.MONTH
    ]
    open_readings = readings(law, [WITH_SAFETY_INCOME], is_published(law))
    plans = [
        reading.law.plan((*benefits, PRESENT, WITH_SAFETY_INCOME)) for reading in open_readings
    ]
    levels = sorted({0, *range(start, stop + 1, step)})
    rows = []
    for earned in levels:
        changed = _with_earnings(household, position, earned)
        income = _income(changed)
        runs = [plan.run(changed).household for plan in plans]
        for run in runs:
            for name in (*benefits, PRESENT, WITH_SAFETY_INCOME):
                if is_missing(run[name]):
                    raise BadInput(
                        f"{name} cannot be determined for {household.id!r}",
                        remedy=f"what is missing: {', '.join(sorted(run[name].blockers))}",
                    )
        rows.append(
            (
                earned,
                {name: [int(run[name]) for run in runs] for name in benefits},
                income + int(runs[0][PRESENT]),
                [income + int(run[WITH_SAFETY_INCOME]) for run in runs],
            )
        )
    points = [_point(rows, place) for place, row in enumerate(rows) if row[0] >= start]
    return Curve(
        household.id,
        person,
        step,
        tuple(points),
        {name: law.rules[name].label for name in benefits},
        _open(law, open_readings, rows),
    )


def _first_of_age(law: Law, household: HouseholdFacts) -> str:
    """The first person who is known to be of age; the first person where nobody's age is known."""
    for person, facts in zip(household.person_ids, household.persons, strict=True):
        if "birth_date" in facts and age_in_years(facts["birth_date"], law.day) >= ADULT:
            return person
    return household.person_ids[0]


def _open(law: Law, made: Sequence[Reading], rows: Sequence[Row]) -> dict[str, tuple[str, ...]]:
    """Choices between readings that make a difference somewhere on the curve."""
    return {
        name: law.in_force[name].regimes
        for name in made[0].words
        if any(matters(name, made, row[3]) for row in rows)
    }


def _with_earnings(household: HouseholdFacts, position: int, earned: int) -> HouseholdFacts:
    persons = list(household.persons)
    persons[position] = {**persons[position], EARNINGS: earned}
    return dataclasses.replace(household, persons=persons)


def _income(household: HouseholdFacts) -> int:
    """Income of the household that is no benefit of this law; the pension told of is a benefit."""
    kinds = (
        EARNINGS,
        "business_income",
        "property_income",
        "public_transfers",
        "private_transfers",
    )
    return sum(person.get(kind, 0) for person in household.persons for kind in kinds)


def _point(rows: Sequence[Row], place: int) -> Point:
    earned, benefits, present, with_pilot = rows[place]
    following = rows[place + 1] if place + 1 < len(rows) else None
    nothing = rows[0]
    present_marginal = safety_marginal = present_participation = safety_participation = None
    if following is not None:
        more = following[0] - earned
        present_marginal = 1 - (following[2] - present) / more
        safety_marginal = _bounds(
            [1 - (after - now) / more for now, after in zip(with_pilot, following[3], strict=True)]
        )
    if earned > 0:
        present_participation = 1 - (present - nothing[2]) / earned
        safety_participation = _bounds(
            [1 - (now - idle) / earned for idle, now in zip(nothing[3], with_pilot, strict=True)]
        )
    return Point(
        earned,
        {name: _bounds(values) for name, values in benefits.items()},
        present,
        _bounds(with_pilot),
        present_marginal,
        safety_marginal,
        present_participation,
        safety_participation,
    )


def _bounds(values: Sequence[Any]) -> Bounds:
    return Bounds(min(values), max(values))
