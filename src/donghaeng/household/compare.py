"""Two households side by side: what is different about them, and what that makes of every amount."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from donghaeng.rules import HouseholdFacts, Law
from donghaeng.rules.declarations import Fact, Relation, Rule
from donghaeng.rules.terms import Role

from .answer import Answer
from .assess import Assessor, plain
from .regimes import Spread

COMPARED = (Role.BENEFIT, Role.CONTRIBUTION, Role.INCOME, Role.LINE, Role.TOTAL)


@dataclass(frozen=True)
class FactPair:
    """A fact or relation that was given differently, or only for one of the two; ``None`` where it was not.

    A relation holds the id of the person whom it names.
    """

    name: str
    label: tuple[str, str]
    person: str
    first: Any
    second: Any


@dataclass(frozen=True)
class AmountPair:
    """A result that differs. Money in won; a tuple holds lowest and highest over open readings."""

    name: str
    label: tuple[str, str]
    citation: str
    first: Any
    second: Any

    @property
    def difference(self) -> int | None:
        """Second less first; ``None`` where one of them is not a single amount."""
        single = type(self.first) is int and type(self.second) is int
        return self.second - self.first if single else None


@dataclass(frozen=True)
class Comparison:
    """What differs between two households under one law."""

    first: Answer
    second: Answer
    facts: tuple[FactPair, ...]
    amounts: tuple[AmountPair, ...]


def compare(
    law: Law, first: HouseholdFacts, second: HouseholdFacts, regimes: Iterable[str] = ()
) -> Comparison:
    """What differs between ``first`` and ``second``: the facts that were given, and the results.

    Raises:
        BadInput: where a regime is unknown.
    """
    assessor = Assessor(law, regimes)
    answers = assessor.answer(first), assessor.answer(second)
    return Comparison(
        *answers,
        tuple(_facts(law, first, second)),
        tuple(different_amounts(law, *answers)),
    )


def different_amounts(law: Law, first: Answer, second: Answer) -> Iterator[AmountPair]:
    """Every result of the household that is not the same in both answers, in the order of the law."""
    for rule in law.rules.values():
        if rule.role not in COMPARED:
            continue
        before, after = result(first, rule), result(second, rule)
        if before != after:
            yield AmountPair(rule.name, rule.label, rule.citation, before, after)


def result(answer: Answer, rule: Rule) -> Any:
    """A household's result: a value, (lowest, highest) over open readings, or ``None``."""
    if rule.role is Role.TOTAL:
        total = answer.total(rule.name.removeprefix("total_"))
        return _bounds(total) if total else None
    for shelf in (answer.amounts, answer.yearly, answer.lines, answer.flags):
        if shelf.get(rule.name) is not None:
            return shelf[rule.name]
    open_spread = next(
        (u.spread for u in answer.undetermined if (u.name, u.person) == (rule.name, "")), None
    )
    return _bounds(open_spread) if open_spread else None


def _bounds(spread: Spread) -> Any:
    single = spread.lowest == spread.highest
    return spread.lowest if single else (spread.lowest, spread.highest)


def _facts(law: Law, first: HouseholdFacts, second: HouseholdFacts) -> Iterator[FactPair]:
    for fact in law.facts.values():
        yield from _pair(fact, "", first.household, second.household)
    ids = dict.fromkeys([*first.person_ids, *second.person_ids])
    for person in ids:
        mine, yours = _person(first, person), _person(second, person)
        for fact in law.facts.values():
            yield from _pair(fact, person, mine, yours)
        for relation in law.relations.values():
            named = _named(first, mine, relation), _named(second, yours, relation)
            if named[0] != named[1]:
                yield FactPair(relation.name, relation.label, person, *named)


def _pair(
    fact: Fact, person: str, mine: dict[str, Any], yours: dict[str, Any]
) -> Iterator[FactPair]:
    before, after = mine.get(fact.name), yours.get(fact.name)
    if before != after:
        yield FactPair(
            fact.name,
            fact.label,
            person,
            None if before is None else plain(before),
            None if after is None else plain(after),
        )


def _named(household: HouseholdFacts, person: dict[str, Any], relation: Relation) -> str | None:
    place = person.get(relation.name)
    return None if place is None else household.person_ids[place]


def _person(household: HouseholdFacts, person: str) -> dict[str, Any]:
    if person not in household.person_ids:
        return {}
    return household.persons[household.person_ids.index(person)]
