"""Households for any law, made from what the law itself declares.

``households(law)`` is a hypothesis strategy; ``crowd(law, seed, count)`` makes many at once for
neighbours and bulk. Both take the same values: ends of ranges, 0 and 1, every amount and count that
stands in a parameter with one more and one less, birthdays around the day.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from hypothesis import strategies as st

from donghaeng.rules import HouseholdFacts, Law, Schedule, is_missing
from donghaeng.rules.declarations import Fact
from donghaeng.rules.terms import Entity, Kind

# Gives one of the values that stand to choice; hypothesis or a seeded generator decides.
Pick = Callable[[Sequence[Any]], Any]
LARGEST = 12
DAY_AGES = (0, 1, 5, 13, 16, 17, 18, 19, 24, 25, 29, 30, 34, 45, 60, 65, 66, 75, 99)


@lru_cache(maxsize=256)
def thresholds(law: Law, kind: Kind) -> tuple[int, ...]:
    """Every number of ``kind`` in the parameters in force, with its neighbours."""
    found: set[int] = set()
    for name, dated in law.in_force.items():
        for cell in dated.cells.values():
            if isinstance(cell, Schedule):
                found.update(cell.thresholds if kind is Kind.MONEY else ())
            elif law.parameters[name].kind is kind and isinstance(cell, int):
                found.add(int(cell))
    return tuple(sorted({value + step for value in found for step in (-1, 0, 1)}))


@lru_cache(maxsize=4096)
def values_of(law: Law, name: str) -> tuple[Any, ...]:
    """Values at which something may change for the fact ``name``."""
    fact = law.facts[name]
    low, high = fact.range
    if fact.kind is Kind.FLAG:
        return (False, True)
    if fact.kind is Kind.CHOICE:
        assert fact.choices is not None
        return tuple(fact.choices)
    if fact.kind is Kind.DAY:
        return tuple(day for day in _days(law) if low <= int(f"{day:%Y%m%d}") <= high)
    numbers = {low, low + 1, 0, 1, 2, 3, high - 1, high}
    numbers.update(thresholds(law, fact.kind))
    if fact.kind is Kind.MONEY:
        numbers.update((999, 10_001, 123_457, 999_999, 1_234_567, 87_654_321, 9_999_999_999))
    return tuple(sorted(number for number in numbers if low <= number <= high))


def _days(law: Law) -> Iterator[datetime.date]:
    today = law.day
    for age in DAY_AGES:
        birthday = datetime.date(today.year - age, today.month, min(today.day, 28))
        for days in (-32, -1, 0, 1):
            yield birthday + datetime.timedelta(days)
    yield from (datetime.date(2000, 2, 29), datetime.date(2024, 2, 29), datetime.date(1999, 12, 31))
    yield from (datetime.date(1850, 1, 1), datetime.date(2200, 12, 31), today)
    yield from (today + datetime.timedelta(1), today.replace(day=1))
    for dated in law.in_force.values():
        yield from (cell for cell in dated.cells.values() if isinstance(cell, datetime.date))


def household(
    law: Law, number: str, pick: Pick, sizes: Sequence[int], lacking: Sequence[bool]
) -> HouseholdFacts:
    """One household; ``pick`` decides everything that is open."""
    size = pick(sizes)
    incomplete = pick(lacking)

    def facts(entity: Entity) -> dict[str, Any]:
        given: dict[str, Any] = {}
        for fact in law.facts.values():
            if fact.entity is not entity or _left_out(fact, incomplete, pick):
                continue
            given[fact.name] = pick(values_of(law, fact.name))
        return given

    persons = [facts(Entity.PERSON) for _ in range(size)]
    for relation in law.relations.values():
        if relation.symmetric:
            _couples(persons, relation.name, pick)
        else:
            for own, person in enumerate(persons):
                other = pick(range(-1, size))
                if other != own:
                    person[relation.name] = other
    return HouseholdFacts(number, facts(Entity.HOUSEHOLD), persons)


def _left_out(fact: Fact, incomplete: bool, pick: Pick) -> bool:
    """A fact without a default is absent only where the household is to be incomplete."""
    if fact.default is None:
        return bool(incomplete and pick(range(6)) == 0)
    return bool(pick(range(3)) == 0)


def _couples(persons: list[dict[str, Any]], name: str, pick: Pick) -> None:
    single = list(range(len(persons)))
    while len(single) > 1 and pick((True, False)):
        first = single.pop(pick(range(len(single))))
        second = single.pop(pick(range(len(single))))
        persons[first][name], persons[second][name] = second, first


@st.composite
def households(draw: st.DrawFn, law: Law, largest: int = LARGEST) -> HouseholdFacts:
    """One household of 1 to ``largest`` persons, complete or not."""

    def pick(options: Sequence[Any]) -> Any:
        return options[draw(st.integers(0, len(options) - 1))]

    return household(law, "made", pick, range(1, largest + 1), (False, True))


def some_households(law: Law, most: int = 8) -> st.SearchStrategy[list[HouseholdFacts]]:
    """Some households, small ones more often than large ones."""
    either = st.one_of(households(law, 3), households(law))
    return st.lists(either, min_size=1, max_size=most)


def crowd(
    law: Law, seed: int, count: int, *, incomplete: bool = True, largest: int = LARGEST
) -> list[HouseholdFacts]:
    """``count`` households of one seed, of all sizes."""
    chance = random.Random(seed)
    lacking = (False, True) if incomplete else (False,)
    return [
        household(law, f"h{number}", chance.choice, range(1, largest + 1), lacking)
        for number in range(count)
    ]


def retold(law: Law, made: Iterable[HouseholdFacts]) -> list[HouseholdFacts]:
    """The same households in the words of ``law``: another book has enumerations of its own."""

    def words(given: dict[str, Any]) -> dict[str, Any]:
        facts = law.facts
        return {
            name: facts[name].choices[value.name]  # type: ignore[index]
            if name in facts and facts[name].kind is Kind.CHOICE
            else value
            for name, value in given.items()
        }

    return [
        HouseholdFacts(each.id, words(each.household), [words(one) for one in each.persons])
        for each in made
    ]


def is_complete(law: Law, made: HouseholdFacts) -> bool:
    """Whether every fact without a default is there."""
    for fact in law.facts.values():
        rows = made.persons if fact.entity is Entity.PERSON else [made.household]
        if fact.default is None and any(is_missing(row.get(fact.name)) for row in rows):
            return False
        if fact.default is None and any(fact.name not in row for row in rows):
            return False
    return True
