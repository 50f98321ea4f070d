"""What stands between who receives and an entitlement: one amount after the other is taken away.

A household that receives a benefit and is computed as not entitled differs from the office's file in something:
the survey asked about a year and the office looked at a month, values are market values, a car is of an
unknown kind. For each amount that the population recorded, this counts how many of these households the rules
would give the benefit if that amount alone were nothing. It is a count of what the rules hang on, no proof of
an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from donghaeng.policy.evaluation import Evaluated, Evaluation
from donghaeng.policy.households import Households
from donghaeng.policy.row_weights import row_weights
from donghaeng.policy.scenario import Scenario
from donghaeng.population.schema import Table
from donghaeng.population.store import Population
from donghaeng.rules.declarations import Fact, Label
from donghaeng.rules.terms import Entity, Kind

from .recorded import receipt, table_of, with_flags

Array = np.ndarray


@dataclass(frozen=True)
class Hindrance:
    """A recorded amount without which so many who receive and are not entitled would be entitled.

    ``of`` counts all who receive and are not entitled; ``rows`` and ``weight`` those whom the amount alone
    keeps out.
    """

    benefit: str
    fact: str
    label: Label
    rows: int
    weight: float
    of: int


def find_hindrances(
    population: Population, scenario: Scenario, benefits: Sequence[str], form: str = "numpy"
) -> list[Hindrance]:
    """For each benefit the amounts that keep out who receives it, most rows first.

    Raises:
        BadInput: where a benefit is none of the law on its day.
    """
    law = scenario.law
    evaluation = Evaluation(scenario, law.require(benefits), form)
    facts = [
        name for name in law.order(benefits) if _is_recorded_amount(population, scenario, name)
    ]
    kept_out: dict[str, int] = dict.fromkeys(benefits, 0)
    found: dict[tuple[str, str], tuple[int, float]] = {}
    for partition in population.partitions:
        households = Households(partition, scenario.assumed)
        computed = evaluation.run(households)
        masks = {name: _receiving_only(households, computed, name) for name in benefits}
        for name, mask in masks.items():
            kept_out[name] += int(mask.sum())
        for fact in facts:
            concerned = [name for name in benefits if masks[name].any()]
            if not concerned:
                break
            without = evaluation.run(households.where(fixed={fact: 0}))
            for name in concerned:
                now = masks[name] & _entitled(without, name)
                rows, weight = found.get((name, fact), (0, 0.0))
                stands_for = row_weights(households.partition, table_of(now))
                found[name, fact] = rows + int(now.sum()), weight + float(stands_for[now].sum())
    hindrances = [
        Hindrance(name, fact, law.variables[fact].label, rows, weight, kept_out[name])
        for (name, fact), (rows, weight) in found.items()
        if rows
    ]
    place = {name: number for number, name in enumerate(benefits)}
    return sorted(hindrances, key=lambda each: (place[each.benefit], -each.rows, each.fact))


def _is_recorded_amount(population: Population, scenario: Scenario, name: str) -> bool:
    declaration = scenario.law.variables[name]
    if not isinstance(declaration, Fact) or declaration.kind is not Kind.MONEY:
        return False
    table = Table.PERSONS if declaration.entity is Entity.PERSON else Table.HOUSEHOLDS
    return population.holds(table, name)


def _entitled(evaluated: Evaluated, name: str) -> Array:
    due, determined = with_flags(evaluated.entitlement(name))
    entitled: Array = determined & (due > 0)
    return entitled


def _receiving_only(households: Households, evaluated: Evaluated, name: str) -> Array:
    """Who receives, and for whom it is certain that nothing is due."""
    due, determined = with_flags(evaluated.entitlement(name))
    received, _ = receipt(households, name, table_of(due))
    kept_out: Array = determined & (due == 0) & (received > 0)
    return kept_out
