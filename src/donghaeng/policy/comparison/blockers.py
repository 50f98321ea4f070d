"""Why an entitlement cannot be determined: the facts and the numbers of the law that are not known.

Each undetermined household is evaluated as an official would, rule by rule, and what a result lacks is listed.
A rule stops at the first thing that it lacks, so that a household may turn out to lack more once that is known.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from donghaeng.policy.households import Households
from donghaeng.policy.scenario import Scenario
from donghaeng.population.schema import WEIGHT, Table
from donghaeng.population.store import Population
from donghaeng.rules.declarations import Fact, Label, Relation
from donghaeng.rules.evaluation import HouseholdFacts
from donghaeng.rules.law import Law
from donghaeng.rules.missing import is_missing
from donghaeng.rules.terms import Entity, Kind

Array = np.ndarray


class BlockerKind(StrEnum):
    """What is not known: a fact of the household, a number of the law, or which reading of it holds."""

    FACT = "fact"
    PARAMETER = "parameter"
    REGIME = "regime"


@dataclass(frozen=True)
class Blocker:
    """One thing that is not known, and how many households lack it for a benefit."""

    benefit: str
    kind: BlockerKind
    name: str
    label: Label
    households: int
    weight: float


def find_blockers(
    population: Population, scenario: Scenario, benefits: Sequence[str]
) -> list[Blocker]:
    """What keeps each benefit from being determined, most households first.

    Raises:
        BadInput: where a benefit is none of the law on its day.
    """
    law = scenario.law
    names = [name for name in law.order(law.require(benefits)) if _is_input(law, name)]
    found: dict[tuple[str, str], list[float]] = {}
    for partition in population.partitions:
        households = Households(partition, scenario.assumed, scenario.facts)
        weight = households.stored(Table.HOUSEHOLDS, WEIGHT)
        assert weight is not None
        for facts, each in zip(_facts(households, law, names), weight[0], strict=True):
            for benefit, value in law.evaluate(facts, benefits).items():
                for name in _lacking(value):
                    found.setdefault((benefit, name), []).append(float(each))
    blockers = [
        Blocker(benefit, *_what(law, name), households=len(weights), weight=sum(weights))
        for (benefit, name), weights in found.items()
    ]
    place = {name: number for number, name in enumerate(benefits)}
    return sorted(blockers, key=lambda each: (place[each.benefit], -each.households, each.name))


def _is_input(law: Law, name: str) -> bool:
    return isinstance(law.variables[name], (Fact, Relation))


def _lacking(value: Any) -> set[str]:
    """Names behind a missing value (or a list of them, by person); of a person's fact, the fact."""
    values = value if isinstance(value, list) else [value]
    blockers = {name for each in values if is_missing(each) for name in each.blockers}
    return {name if ":" in name else name.rpartition(".")[2] for name in blockers}


def _what(law: Law, name: str) -> tuple[BlockerKind, str, Label]:
    """What a blocker is: ``earnings``, ``parameter:base_rent_table[1,2]`` or ``regime:...``."""
    kind, _, rest = name.rpartition(":")
    if not kind:
        return BlockerKind.FACT, name, law.facts[name].label
    label = law.parameters[rest.partition("[")[0]].label
    return BlockerKind(kind), rest, label


def _facts(households: Households, law: Law, names: Sequence[str]) -> list[HouseholdFacts]:
    """The households of a partition as explained evaluation takes them."""
    of_households: list[dict[str, Any]] = [{} for _ in range(households.count)]
    of_persons: list[list[dict[str, Any]]] = [
        [{} for _ in range(households.size)] for _ in range(households.count)
    ]
    for name in names:
        declaration = law.variables[name]
        values, known = households.fact(law, name)
        sure = np.ones(values.shape, bool) if known is None else known
        if declaration.entity is Entity.HOUSEHOLD:
            for row in np.flatnonzero(sure):
                of_households[row][name] = _value(declaration, int(values[row]))
            continue
        for slot, row in np.argwhere(sure):
            number = int(values[slot, row])
            if isinstance(declaration, Relation):
                if number >= 0:
                    of_persons[row][slot][name] = number
            else:
                of_persons[row][slot][name] = _value(declaration, number)
    return [
        HouseholdFacts(str(row), of_households[row], of_persons[row])
        for row in range(households.count)
    ]


def _value(declaration: Any, number: int) -> Any:
    """What a number of the tables stands for."""
    if declaration.kind is Kind.CHOICE:
        return list(declaration.choices)[number]
    if declaration.kind is Kind.FLAG:
        return bool(number)
    if declaration.kind is Kind.DAY:
        return datetime.date(number // 10_000, number // 100 % 100, number % 100)
    return number
