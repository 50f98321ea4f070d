"""A household through months: what changes when, by which article, and what made it change."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from donghaeng.rules import HouseholdFacts, Law, age_in_years
from donghaeng.rules.declarations import Label, Rule
from donghaeng.rules.difference import spell_value
from donghaeng.rules.explanation import Explainer, Explanation
from donghaeng.rules.terms import Entity, Kind, Role

from .answer import Answer
from .assess import Assessor
from .compare import AmountPair, different_amounts, result
from .life_files import Event, Life, happens
from .reading import read_household

PAID = (Role.BENEFIT, Role.CONTRIBUTION)


@dataclass(frozen=True)
class Cause:
    """Why a result changed: ``event`` (its words), ``birthday`` (person and age), ``parameter``
    (its label, with the value before and after), ``rule`` (another version is in force), ``begins`` or
    ``ends`` (it was not in the law before, or is not any more) or ``time``.
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
    rule: Rule


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
        assessor = Assessor(law, _open_then(law, regimes))
        month = Month(day, law, household, assessor.answer(household))
        yield month, _changes(before, month, events, assessor) if before else []
        before = month


def _open_then(law: Law, regimes: Sequence[str]) -> list[str]:
    """Of ``regimes`` those that the law of a month knows: a question may be open in some months only.

    A word that the law knows in no month is left to be refused.
    """
    ever = {
        word
        for parameter in law.book.declared.parameters.values()
        for dated in parameter.values
        for word in dated.regimes
    }
    now = {word for dated in law.in_force.values() for word in dated.regimes}
    return [word for word in regimes if word in now or word not in ever]


def _changes(
    before: Month, now: Month, events: Sequence[Event], assessor: Assessor
) -> list[Change]:
    pairs = _pairs(before, now.law, now.answer)
    if not pairs:
        return []
    # The household as it was, under the law and on the day of this month: what time alone did.
    unchanged = before.answer
    if events:
        unchanged = assessor.answer(before.household)
    by_time = {pair.name for pair in _pairs(before, now.law, unchanged)}
    by_event = (
        {pair.name for pair in different_amounts(now.law, unchanged, now.answer)}
        if events
        else set()
    )
    if not events:
        by_time = {pair.name for pair in pairs}
    changes = []
    for pair in pairs:
        rule = now.law.rules.get(pair.name) or before.law.rules[pair.name]
        causes = []
        if pair.name in by_event:
            causes += [Cause("event", (event.what, event.what)) for event in events]
        if pair.name in by_time:
            told = rule.role is Role.TOTAL  # its parts say why
            causes += (
                []
                if told
                else _of_time(before, now, pair.name)
                or [Cause("time", ("시간이 지남", "time passes"))]
            )
        changes.append(Change(now.day, pair, tuple(causes), rule))
    return changes


def _pairs(before: Month, law: Law, answer: Answer) -> list[AmountPair]:
    """What is not as in the month before. A benefit that one of the two laws does not have is nothing there."""
    pairs = list(different_amounts(law, before.answer, answer))
    for place, pair in enumerate(pairs):
        rule = law.rules[pair.name]
        if rule.role in PAID and pair.name not in before.law.rules:
            pairs[place] = replace(pair, first=_nothing(rule))
    for rule in before.law.rules.values():
        if rule.role in PAID and rule.name not in law.rules:
            had = result(before.answer, rule)
            pairs.append(AmountPair(rule.name, rule.label, rule.citation, had, _nothing(rule)))
    return [pair for pair in pairs if pair.first != pair.second]


def _nothing(rule: Rule) -> int | bool:
    return False if rule.kind is Kind.FLAG else 0


def _of_time(before: Month, now: Month, name: str) -> list[Cause]:
    """Another version of a rule, other values of parameters that were used, birthdays."""
    if name not in before.law.rules or name not in now.law.rules:
        begins = name in now.law.rules
        rule = (now if begins else before).law.rules[name]
        return [Cause("begins" if begins else "ends", rule.label, after=rule.citation)]
    causes = []
    nodes = list(_nodes(now, name))
    old, new = _used(_nodes(before, name)), _used(nodes)
    for (parameter, key), (value, label) in new.items():
        if (parameter, key) in old and old[parameter, key][0] != value:
            causes.append(Cause("parameter", label, before=old[parameter, key][0], after=value))
    for variable in dict.fromkeys(node.name for node in nodes):
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
            elif born.month == now.day.month and born < now.day:
                turns = str(now.day.year - born.year)
                causes.append(
                    Cause("turning", ("생일 달", "month of the birthday"), person, after=turns)
                )
    return causes


def _nodes(month: Month, name: str) -> Iterator[Explanation]:
    """Everything that the result really rested on, under the first reading of what is open."""
    first = {choice: words[0] for choice, words in month.law.open_choices([name]).items()}
    explainer = Explainer(month.law.under(**first).plan((name,)).run(month.household))
    personal = month.law.variables[name].entity is Entity.PERSON
    places: Iterable[int | None] = range(len(month.household.persons)) if personal else [None]
    for place in places:
        yield from explainer.node(name, place).walk()


def _used(nodes: Iterable[Explanation]) -> dict[tuple[str, tuple[Any, ...]], tuple[str, Label]]:
    """Parameters that were read, with their values and labels."""
    return {
        (use.name, use.key): (str(spell_value(use.value)), use.label)
        for node in nodes
        for use in node.parameters
    }


def _behind(law: Law, name: str) -> set[str]:
    return set(law.order([name]))


def _months(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    day = first
    while day <= last:
        yield day
        day = (day.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
