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

from donghaeng.policy.evaluation import Evaluated, Evaluation
from donghaeng.policy.households import Households
from donghaeng.policy.row_weights import row_weights
from donghaeng.policy.scenario import Scenario
from donghaeng.population.schema import Table
from donghaeng.population.store import Population
from donghaeng.rules.declarations import Fact, Label, Relation
from donghaeng.rules.evaluation import HouseholdFacts
from donghaeng.rules.law import Law
from donghaeng.rules.missing import is_missing
from donghaeng.rules.terms import Entity, Kind

from .recorded import with_flags

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


@dataclass(frozen=True)
class OpenInput:
    """A number of the law or a fact behind a benefit that is not known, in so many cells or rows of so many."""

    benefit: str
    kind: BlockerKind
    name: str
    label: Label
    not_known: int
    of: int


def find_blockers(
    population: Population, scenario: Scenario, benefits: Sequence[str], form: str = "numpy"
) -> list[Blocker]:
    """What keeps each benefit from being determined, most households first.

    Args:
        form: of the kernel that finds the undetermined households.

    Raises:
        BadInput: where a benefit is none of the law on its day.
    """
    law = scenario.law
    names = [name for name in law.order(law.require(benefits)) if _is_input(law, name)]
    evaluation = Evaluation(scenario, tuple(benefits), form)
    found: dict[tuple[str, str], list[float]] = {}
    for partition in population.partitions:
        households = Households(partition, scenario.assumed, scenario.facts)
        rows = _undetermined(evaluation.run(households), benefits)
        weight = row_weights(households.partition, Table.HOUSEHOLDS)[rows]
        for facts, each in zip(_facts(households, law, names, rows), weight, strict=True):
            for benefit, value in law.evaluate(facts, benefits).items():
                for name in _lacking(value):
                    found.setdefault((benefit, name), []).append(float(each))
    blockers = [
        Blocker(benefit, *_what(law, name), households=len(weights), weight=sum(weights))
        for (benefit, name), weights in found.items()
    ]
    place = {name: number for number, name in enumerate(benefits)}
    return sorted(blockers, key=lambda each: (place[each.benefit], -each.households, each.name))


def find_open_inputs(
    population: Population, scenario: Scenario, benefits: Sequence[str]
) -> list[OpenInput]:
    """Everything behind each benefit that is not known for all: gaps of the law, and facts without a default.

    What of it keeps a household from being determined, :func:`find_blockers` counts.

    Raises:
        BadInput: where a benefit is none of the law on its day.
    """
    law = scenario.law
    found = []
    for benefit in law.require(benefits):
        for name in sorted(law.links.parameters_behind([benefit])):
            cells = law.in_force[name].cells.values()
            gaps = sum(is_missing(cell) for cell in cells)
            if gaps:
                label = law.parameters[name].label
                found.append(
                    OpenInput(benefit, BlockerKind.PARAMETER, name, label, gaps, len(cells))
                )
        for name in law.order([benefit]):
            fact = law.facts.get(name)
            if fact is None or fact.default is not None:
                continue
            rows, of = _unknown_rows(population, scenario, name)
            if rows:
                found.append(OpenInput(benefit, BlockerKind.FACT, name, fact.label, rows, of))
    return found


def _unknown_rows(population: Population, scenario: Scenario, name: str) -> tuple[int, int]:
    rows = of = 0
    for partition in population.partitions:
        values, known = Households(partition, scenario.assumed).fact(scenario.law, name)
        of += values.size
        rows += 0 if known is None else int((~known).sum())
    return rows, of


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


def _undetermined(evaluated: Evaluated, benefits: Sequence[str]) -> Array:
    """Places of the households of which a benefit (of one of their persons) is not determined."""
    lacking = np.zeros(evaluated.households.count, bool)
    for benefit in benefits:
        _, determined = with_flags(evaluated.entitlement(benefit))
        lacking |= ~np.logical_and.reduce(np.atleast_2d(determined), axis=0)
    return np.flatnonzero(lacking)


def _facts(
    households: Households, law: Law, names: Sequence[str], rows: Array
) -> list[HouseholdFacts]:
    """Some households of a partition as explained evaluation takes them."""
    of_households: list[dict[str, Any]] = [{} for _ in rows]
    of_persons: list[list[dict[str, Any]]] = [[{} for _ in range(households.size)] for _ in rows]
    for name in names:
        declaration = law.variables[name]
        values, sure = with_flags(households.fact(law, name))
        values, sure = values[..., rows], sure[..., rows]
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
        HouseholdFacts(str(row), of_household, of_person)
        for row, of_household, of_person in zip(rows, of_households, of_persons, strict=True)
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
