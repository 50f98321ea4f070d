"""Entitlement that the law gives against receipt that a survey recorded, row by row.

Works for any population with ``received_`` columns and any day of the law. Nothing is imputed: a row for which
the entitlement cannot be determined is counted as undetermined, with what it received.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from donghaeng.policy.evaluation import Evaluated, Evaluation
from donghaeng.policy.households import Households
from donghaeng.policy.row_weights import row_weights
from donghaeng.policy.scenario import Scenario
from donghaeng.population.schema import RECEIVED, Table
from donghaeng.population.store import Population
from donghaeng.rules.declarations import Label
from donghaeng.rules.faults import BadInput
from donghaeng.rules.terms import Entity, Kind, Role

from .recorded import receipt, table_of, with_flags

Array = np.ndarray


class Unit(StrEnum):
    """What is counted: households, or persons."""

    HOUSEHOLDS = "households"
    PERSONS = "persons"


class Group(StrEnum):
    """How entitlement and receipt stand to each other."""

    BOTH = "both"
    ENTITLED_ONLY = "entitled_only"
    RECEIVING_ONLY = "receiving_only"
    NEITHER = "neither"
    UNDETERMINED_RECEIVING = "undetermined_receiving"
    UNDETERMINED_NOT_RECEIVING = "undetermined_not_receiving"


DETERMINED = (Group.BOTH, Group.ENTITLED_ONLY, Group.RECEIVING_ONLY, Group.NEITHER)


@dataclass(frozen=True)
class Tally:
    """Rows of the population, and how many they stand for."""

    rows: int
    weight: float


@dataclass(frozen=True)
class BenefitComparison:
    """One benefit: entitled against receiving.

    ``computed_mean`` is the weighted mean of the amount due to who is entitled, ``received_mean`` of the amount
    received by who receives (both in won per period of the benefit; ``None`` where there is nobody, or where
    the benefit is no amount). ``mean_of_both`` are the two means among those who are entitled and receive.
    """

    benefit: str
    label: Label
    unit: Unit
    period: str
    groups: dict[Group, Tally]
    computed_mean: float | None
    received_mean: float | None
    mean_of_both: tuple[float, float] | None

    def total(self, groups: Iterable[Group], *, weighted: bool) -> float:
        """Rows, or what they stand for, in some groups together."""
        tallies = [self.groups[group] for group in groups]
        return float(sum(each.weight if weighted else each.rows for each in tallies))

    def agreement(self, *, weighted: bool) -> float | None:
        """Share of the determined rows that are entitled and receive, or neither; ``None`` where none is."""
        determined = self.total(DETERMINED, weighted=weighted)
        if determined == 0:
            return None
        return self.total((Group.BOTH, Group.NEITHER), weighted=weighted) / determined


def compare(
    population: Population,
    scenario: Scenario,
    benefits: Sequence[str] | None = None,
    form: str = "numpy",
) -> list[BenefitComparison]:
    """Compare every benefit of which the population recorded the receipt (or those named).

    A benefit of persons is compared twice: person by person, and by household, where amounts are added up.

    Args:
        scenario: the law of a day with what is assumed (``policy.scenario.baseline``).
        form: of the kernel; ``numpy`` needs no compiler and suits a survey.

    Raises:
        BadInput: where a benefit is none of the law on its day, or its receipt is not recorded.
    """
    law = scenario.law
    wanted = tuple(benefits) if benefits is not None else recorded_benefits(population, scenario)
    for name in law.require(wanted):
        if law.variables[name].kind not in (Kind.MONEY, Kind.FLAG):
            raise BadInput(f"{name!r} is no benefit", field="benefits")
    evaluation = Evaluation(scenario, wanted, form)
    parts: dict[tuple[str, Unit], list[_Rows]] = {}
    for partition in population.partitions:
        households = Households(partition, scenario.assumed)
        evaluated = evaluation.run(households)
        for name in wanted:
            for unit in _units(law.variables[name].entity):
                parts.setdefault((name, unit), []).append(_rows(households, evaluated, name, unit))
    return [
        _comparison(scenario, name, unit, _Rows.joined(rows))
        for (name, unit), rows in parts.items()
    ]


def recorded_benefits(population: Population, scenario: Scenario) -> tuple[str, ...]:
    """Benefits in force on the day, in the order of the law, whose receipt the population recorded.

    Raises:
        BadInput: where there is none.
    """
    found = []
    for name, rule in scenario.law.rules.items():
        table = Table.PERSONS if rule.entity is Entity.PERSON else Table.HOUSEHOLDS
        if rule.role is Role.BENEFIT and population.holds(table, RECEIVED + name):
            found.append(name)
    if not found:
        raise BadInput(
            "records the receipt of no benefit of the law",
            file=str(population.folder),
            remedy=f"columns such as {RECEIVED}livelihood_benefit",
        )
    return tuple(found)


@dataclass(frozen=True)
class _Rows:
    """Arrays of (rows,): what is due and whether that is known, what was received and whether, weights."""

    due: Array
    determined: Array
    received: Array
    recorded: Array
    weight: Array

    @staticmethod
    def joined(parts: Sequence[_Rows]) -> _Rows:
        return _Rows(
            np.concatenate([each.due for each in parts]),
            np.concatenate([each.determined for each in parts]),
            np.concatenate([each.received for each in parts]),
            np.concatenate([each.recorded for each in parts]),
            np.concatenate([each.weight for each in parts]),
        )


def _units(entity: Entity) -> tuple[Unit, ...]:
    return (Unit.PERSONS, Unit.HOUSEHOLDS) if entity is Entity.PERSON else (Unit.HOUSEHOLDS,)


def _rows(households: Households, evaluated: Evaluated, name: str, unit: Unit) -> _Rows:
    due, determined = with_flags(evaluated.entitlement(name))
    table = table_of(due)
    received, recorded = receipt(households, name, table)
    weight = row_weights(households.partition, table)
    if table is Table.PERSONS and unit is Unit.HOUSEHOLDS:
        due, received = due.sum(axis=0), received.sum(axis=0)
        determined = np.logical_and.reduce(determined, axis=0)
        recorded = np.logical_and.reduce(recorded, axis=0)
        weight = row_weights(households.partition, Table.HOUSEHOLDS)
    return _Rows(
        due.ravel(), determined.ravel(), received.ravel(), recorded.ravel(), weight.ravel()
    )


def _comparison(scenario: Scenario, name: str, unit: Unit, rows: _Rows) -> BenefitComparison:
    """The rows whose receipt is recorded, in groups."""
    declaration = scenario.law.variables[name]
    entitled, receives = rows.determined & (rows.due > 0), rows.received > 0
    masks = {
        Group.BOTH: entitled & receives,
        Group.ENTITLED_ONLY: entitled & ~receives,
        Group.RECEIVING_ONLY: rows.determined & ~entitled & receives,
        Group.NEITHER: rows.determined & ~entitled & ~receives,
        Group.UNDETERMINED_RECEIVING: ~rows.determined & receives,
        Group.UNDETERMINED_NOT_RECEIVING: ~rows.determined & ~receives,
    }
    masks = {group: mask & rows.recorded for group, mask in masks.items()}
    both = masks[Group.BOTH]
    amount = declaration.kind is Kind.MONEY
    means = _mean(rows.due, rows.weight, both), _mean(rows.received, rows.weight, both)
    return BenefitComparison(
        benefit=name,
        label=declaration.label,
        unit=unit,
        period=declaration.period.value,
        groups={
            group: Tally(int(mask.sum()), float(rows.weight[mask].sum()))
            for group, mask in masks.items()
        },
        computed_mean=_mean(rows.due, rows.weight, entitled & rows.recorded) if amount else None,
        received_mean=_mean(rows.received, rows.weight, receives & rows.recorded)
        if amount
        else None,
        mean_of_both=(means[0], means[1])
        if amount and means[0] is not None and means[1] is not None
        else None,
    )


def _mean(amounts: Array, weight: Array, mask: Array) -> float | None:
    if not mask.any():
        return None
    return float(np.average(amounts[mask], weights=weight[mask]))
