"""A household through months: what changes when, by which article, and what made it change."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from donghaeng.rules import HouseholdFacts, Law, age_in_years
from donghaeng.rules.explanation import Explainer
from donghaeng.rules.terms import Role

from .answer import Answer
from .assess import Assessor
from .compare import AmountPair, different_amounts
from .life_files import Event, Life, happens
from .reading import read_household


@dataclass(frozen=True)
class Cause:
    """Why a result changed: ``event`` (its words), ``birthday`` (person and age), ``parameter``
    (its label, with the value before and after), ``rule`` (another version is in force) or ``time``.
    """

    kind: str
    label: tuple[str, str]
    person: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Change:
    """One result that is different from a month on."""

    month: datetime.date
    amount: AmountPair
    causes: tuple[Cause, ...]


@dataclass(frozen=True)
class Month:
    """The answer for one month, under the law of its first day."""

    day: datetime.date
    law: Law
    household: HouseholdFacts
    answer: Answer


def follow(
    life: Life, law_on: Callable[[datetime.date], Law], regimes: Sequence[str] = ()
) -> Iterator[tuple[Month, list[Change]]]:
    """Each month of a life with what changed since the month before.

    Raises:
        BadInput: where the household of a month cannot be read, or a month is outside the law.
    """
    raw: dict[str, Any] = copy.deepcopy(dict(life.household))
    before: Month | None = None
    for day in _months(life.first, life.last):
        events = [event for event in life.events if event.month == day]
        for event in events:
            raw = happens(event, raw, life.file)
        law = law_on(day)
        household = read_household(law, copy.deepcopy(raw), life.file, f"life ({day:%Y-%m})")
        month = Month(day, law, household, Assessor(law, regimes).answer(household))
        yield month, _changes(before, month, events, regimes) if before else []
        before = month


def _changes(
    before: Month, now: Month, events: Sequence[Event], regimes: Sequence[str]
) -> list[Change]:
    pairs = list(different_amounts(now.law, before.answer, now.answer))
    if not pairs:
        return []
    # The household as it was, under the law and on the day of this month: what time alone did.
    unchanged = before.answer
    if events:
        unchanged = Assessor(now.law, regimes).answer(before.household)
    by_time = {pair.name for pair in different_amounts(now.law, before.answer, unchanged)}
    by_event = (
        {pair.name for pair in different_amounts(now.law, unchanged, now.answer)}
        if events
        else set()
    )
    if not events:
        by_time = {pair.name for pair in pairs}
    changes = []
    for pair in pairs:
        causes = []
        if pair.name in by_event:
            causes += [Cause("event", (event.what, event.what)) for event in events]
        if pair.name in by_time:
            told = now.law.rules[pair.name].role is Role.TOTAL  # its parts say why
            causes += (
                []
                if told
                else _of_time(before, now, pair.name)
                or [Cause("time", ("시간이 지남", "time passes"))]
            )
        changes.append(Change(now.day, pair, tuple(causes)))
    return changes


def _of_time(before: Month, now: Month, name: str) -> list[Cause]:
    """Another version of a rule, other values of parameters that were used, birthdays."""
    causes = []
    old, new = _used(before, name), _used(now, name)
    for (parameter, key), (value, label) in new.items():
        if (parameter, key) in old and old[parameter, key][0] != value:
            causes.append(Cause("parameter", label, before=old[parameter, key][0], after=value))
    for variable in sorted(_behind(now.law, name)):
        mine, yours = before.law.rules.get(variable), now.law.rules.get(variable)
        if mine and yours and mine.valid_from != yours.valid_from:
            causes.append(Cause("rule", yours.label, after=yours.citation))
    if "birth_date" in _behind(now.law, name):
        for person, facts in zip(now.household.person_ids, now.household.persons, strict=True):
            born = facts.get("birth_date")
            if born is None or person not in before.household.person_ids:
                continue
            age = age_in_years(born, now.day)
            if age != age_in_years(born, before.day):
                causes.append(Cause("birthday", ("생일", "birthday"), person, after=str(age)))
    return causes


def _used(month: Month, name: str) -> dict[tuple[str, tuple[Any, ...]], tuple[str, Any]]:
    """Parameters that the result really used, with their values."""
    from donghaeng.rules.difference import spell_value

    first = {choice: words[0] for choice, words in month.law.open_choices([name]).items()}
    explainer = Explainer(month.law.under(**first).plan((name,)).run(month.household))
    personal = month.law.variables[name].entity.value == "person"
    places: Iterable[int | None] = range(len(month.household.persons)) if personal else [None]
    found: dict[tuple[str, tuple[Any, ...]], tuple[str, Any]] = {}
    for place in places:
        for node in explainer.node(name, place).walk():
            for use in node.parameters:
                found[use.name, use.key] = (str(spell_value(use.value)), use.label)
    return found


def _behind(law: Law, name: str) -> set[str]:
    return set(law.order([name]))


def _months(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    day = first
    while day <= last:
        yield day
        day = (day.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
