"""What happens as one person earns more: benefits, disposable income, and what earning takes away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from donghaeng.rules import BadInput, HouseholdFacts, Law, age_in_years

from .earnings import DISPOSABLE, EARNINGS, Earner, Level
from .notches import Notch, find_notches
from .reading import ADULT
from .regimes import matters

MOST_POINTS = 2_000


@dataclass(frozen=True)
class Bounds:
    """Lowest and highest over the readings of the law; equal where the law is known."""

    lowest: int | float
    highest: int | float


@dataclass(frozen=True)
class Point:
    """One level of earnings, amounts in won a month.

    Marginal rate: share of the next step of earnings that is lost. Participation rate: share of all
    earnings that is lost against not working. Both as fractions of 1; ``None`` where undefined, and for
    the pilot where the law of the day has none.
    """

    earnings: int
    benefits: dict[str, Bounds]
    contributions: int
    present: int
    with_safety_income: Bounds | None
    present_marginal: float | None
    safety_marginal: Bounds | None
    present_participation: float | None
    safety_participation: Bounds | None


@dataclass(frozen=True)
class Curve:
    """Points in rising order of earnings, for one person of one household, and the notches between."""

    household: str
    person: str
    step: int
    points: tuple[Point, ...]
    labels: dict[str, tuple[str, str]]
    regimes: dict[str, tuple[str, ...]]
    notches: tuple[Notch, ...]


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

    Disposable income is all income of the household plus the monthly cash benefits that this law
    computes or was told of, less social insurance contributions. What is yearly (tax, tax credits) is
    not part of it.

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
    if DISPOSABLE not in law.rules:
        raise BadInput(
            f"this law adds up no {DISPOSABLE}",
            field="law",
            remedy=f"a rule {DISPOSABLE} with role=Role.TOTAL",
        )
    if not person:
        person = _first_of_age(law, household)
    if person not in household.person_ids:
        raise BadInput(
            f"{person!r} is nobody in {household.id!r}",
            field="person",
            remedy=f"one of {', '.join(household.person_ids)}",
        )
    earner = Earner(law.under_regimes(regimes), household, person)
    levels = [earner.at(earned) for earned in sorted({0, *range(start, stop + 1, step)})]
    points = [_point(levels, place) for place, each in enumerate(levels) if each.earnings >= start]
    return Curve(
        household.id,
        person,
        step,
        tuple(points),
        {name: law.rules[name].label for name in earner.benefits},
        _open(earner, levels),
        find_notches(earner, [point.earnings for point in points]),
    )


def _first_of_age(law: Law, household: HouseholdFacts) -> str:
    """The first person who is known to be of age; the first person where nobody's age is known."""
    for person, facts in zip(household.person_ids, household.persons, strict=True):
        if "birth_date" in facts and age_in_years(facts["birth_date"], law.day) >= ADULT:
            return person
    return household.person_ids[0]


def _open(earner: Earner, levels: Sequence[Level]) -> dict[str, tuple[str, ...]]:
    """Choices between readings that make a difference somewhere on the curve."""
    return {
        name: earner.law.in_force[name].regimes
        for name in earner.readings[0].words
        if any(matters(name, earner.readings, level.with_pilot) for level in levels)
    }


def _point(levels: Sequence[Level], place: int) -> Point:
    here, nothing = levels[place], levels[0]
    following = levels[place + 1] if place + 1 < len(levels) else None
    present_marginal = safety_marginal = present_participation = safety_participation = None
    if following is not None:
        more = following.earnings - here.earnings
        present_marginal = 1 - (following.present - here.present) / more
        safety_marginal = _bounds(
            [
                1 - (after - now) / more
                for now, after in zip(here.with_pilot, following.with_pilot, strict=True)
            ]
        )
    if here.earnings > 0:
        present_participation = 1 - (here.present - nothing.present) / here.earnings
        safety_participation = _bounds(
            [
                1 - (now - idle) / here.earnings
                for idle, now in zip(nothing.with_pilot, here.with_pilot, strict=True)
            ]
        )
    return Point(
        here.earnings,
        {name: Bounds(min(values), max(values)) for name, values in here.benefits.items()},
        sum(here.contributions.values()),
        here.present,
        _bounds(here.with_pilot),
        present_marginal,
        safety_marginal,
        present_participation,
        safety_participation,
    )


def _bounds(values: Sequence[Any]) -> Bounds | None:
    return Bounds(min(values), max(values)) if values else None
