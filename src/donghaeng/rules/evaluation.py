"""Explained evaluation: the rules' own functions, called for one household in order.

This is the law executed as it is written, with exact fractions inside a rule. The compiled kernel is
tested against it to the last unit.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .arithmetic import rounded
from .declarations import Aggregation, Children, Fact, Operation, Relation, Rule, Unit
from .linking import ASSESSMENT_DAY
from .missing import Missing, MissingValue, is_missing
from .terms import Entity

if TYPE_CHECKING:
    from .law import Law


@dataclass
class HouseholdFacts:
    """What is known of one household.

    Values are ``int``, ``bool``, ``datetime.date`` or members of an ``Enumeration``; a name that is
    absent is not known. A relation holds the position of the other person, or is absent. ``receipts`` is
    what the household says it receives of computed variables; it is compared, never computed with.
    """

    id: str
    household: dict[str, Any]
    persons: list[dict[str, Any]]
    person_ids: list[str] = field(default_factory=list)
    receipts: Mapping[str, int | bool] | None = None

    def __post_init__(self) -> None:
        if not self.person_ids:
            self.person_ids = [f"p{number}" for number in range(1, len(self.persons) + 1)]


class Plan:
    """The steps that compute some variables, in order, for any household."""

    def __init__(self, law: Law, wanted: Sequence[str]) -> None:
        self.law = law
        self.wanted = tuple(wanted)
        self.order = law.order(self.wanted)
        self.base = {**law.values, ASSESSMENT_DAY: law.day}
        self.steps = [self._step(name) for name in self.order]

    def _step(self, name: str) -> Callable[[Run], None]:
        declaration = self.law.variables[name]
        if isinstance(declaration, Fact):
            return _fact_step(declaration)
        if isinstance(declaration, Relation):
            return _relation_step(declaration)
        if isinstance(declaration, Aggregation):
            return _aggregation_step(declaration)
        assert isinstance(declaration, Rule)
        return _rule_step(self.law, declaration)

    def run(self, household: HouseholdFacts) -> Run:
        """Compute every step for ``household``."""
        run = Run(self, household)
        for step in self.steps:
            step(run)
        return run


class Variant:
    """The same plan under another reading of the law: only what the reading touches is computed anew.

    Args:
        plan: the plan under the first reading.
        law: the law under the other reading.
        choices: parameters in which the two readings may differ.
    """

    def __init__(self, plan: Plan, law: Law, choices: Sequence[str]) -> None:
        self.values = {name: law.values[name] for name in choices if name in law.values}
        self.steps = [
            step
            for name, step in zip(plan.order, plan.steps, strict=True)
            if not law.links.behind_one(name).isdisjoint(choices)
        ]

    def run(self, first: Run) -> Run:
        """The values under the other reading, given those under the first."""
        other = Run(first.plan, first.facts)
        other.household = {**first.household, **self.values}
        other.persons = [dict(values) for values in first.persons]
        for step in self.steps:
            step(other)
        return other


class Run:
    """Values of one household: ``household`` by name, ``persons`` by person and name."""

    __slots__ = ("assumed", "facts", "household", "persons", "plan")

    def __init__(self, plan: Plan, facts: HouseholdFacts) -> None:
        self.plan = plan
        self.facts = facts
        self.household: dict[str, Any] = dict(plan.base)
        self.persons: list[dict[str, Any]] = [{} for _ in facts.persons]
        # Names of facts that were absent and took their declared default, with the person's id.
        self.assumed: list[tuple[str, str]] = []

    def results(self) -> dict[str, Any]:
        """The wanted values; a list by person for what is a person's."""
        variables = self.plan.law.variables
        return {
            name: [values[name] for values in self.persons]
            if variables[name].entity is Entity.PERSON
            else self.household[name]
            for name in self.plan.wanted
        }


def _fact_step(fact: Fact) -> Callable[[Run], None]:
    name, default = fact.name, fact.default

    def household_fact(run: Run) -> None:
        if name in run.facts.household:
            run.household[name] = run.facts.household[name]
        elif default is None:
            run.household[name] = Missing(name)
        else:
            run.household[name] = default
            run.assumed.append((name, ""))

    def person_fact(run: Run) -> None:
        for position, given in enumerate(run.facts.persons):
            if name in given:
                run.persons[position][name] = given[name]
            elif default is None:
                run.persons[position][name] = Missing(f"{run.facts.person_ids[position]}.{name}")
            else:
                run.persons[position][name] = default
                run.assumed.append((name, run.facts.person_ids[position]))

    return person_fact if fact.entity is Entity.PERSON else household_fact


def _relation_step(relation: Relation) -> Callable[[Run], None]:
    name = relation.name

    def step(run: Run) -> None:
        for values, given in zip(run.persons, run.facts.persons, strict=True):
            values[name] = given.get(name, -1)

    return step


def _rule_step(law: Law, rule: Rule) -> Callable[[Run], None]:
    name, function, rounding = rule.name, rule.function, rule.rounding
    way, to = (rounding.way, rounding.multiple) if rounding else (None, 1)
    call = _caller(law, rule)

    def value(household: Mapping[str, Any], person: Mapping[str, Any]) -> Any:
        try:
            result = call(function, household, person)
        except MissingValue as missing:
            return Missing(*missing.blockers)
        if way is None or is_missing(result):
            return result
        return rounded(result, way, to)

    def household_rule(run: Run) -> None:
        run.household[name] = value(run.household, run.household)

    def person_rule(run: Run) -> None:
        for values in run.persons:
            values[name] = value(run.household, values)

    return household_rule if rule.entity is Entity.HOUSEHOLD else person_rule


def _caller(law: Law, rule: Rule) -> Callable[..., Any]:
    """A function that calls ``rule`` with its arguments out of the household's and a person's values.

    It is written out once for each rule, because looking the arguments up in a loop takes longer than
    most rules do. The names are those of the law, which are checked to be identifiers.
    """
    variables = law.variables
    places = {
        name: "person"
        if name in variables and variables[name].entity is Entity.PERSON
        else "household"
        for name in rule.arguments
    }
    given = ", ".join(f"{place}[{name!r}]" for name, place in places.items())
    call: Callable[..., Any] = eval(f"lambda function, household, person: function({given})")
    return call


def _aggregation_step(aggregation: Aggregation) -> Callable[[Run], None]:
    name, over = aggregation.name, aggregation.over

    def household_value(run: Run) -> None:
        flag = over.member if isinstance(over, Unit) else ""
        members = [(values[flag] if flag else True, values) for values in run.persons]
        run.household[name] = gather(aggregation, members)

    def person_value(run: Run) -> None:
        for position, values in enumerate(run.persons):
            values[name] = gather(aggregation, _group(over, run, position))

    if aggregation.entity is Entity.HOUSEHOLD:
        return household_value
    if isinstance(over, Relation):
        return _pointed_step(aggregation, over.name)
    return person_value


def _pointed_step(aggregation: Aggregation, relation: str) -> Callable[[Run], None]:
    name, source, otherwise = aggregation.name, aggregation.source, aggregation.otherwise

    def step(run: Run) -> None:
        people = run.persons
        for values in people:
            pointed = values[relation]
            values[name] = people[pointed][source] if pointed >= 0 else otherwise

    return step


def _group(over: Any, run: Run, position: int) -> list[tuple[Any, Mapping[str, Any]]]:
    """For each person, whether the person belongs to the group of the person at ``position``."""
    people = run.persons
    if isinstance(over, Children):
        return [(values[over.relation] == position, values) for values in people]
    own = people[position][over.number]
    return [(_together(own, values[over.number]), values) for values in people]


def _together(own: Any, other: Any) -> Any:
    unknown = [number for number in (own, other) if is_missing(number)]
    if unknown:
        return Missing(*unknown[0].blockers)
    return own == other and own >= 0


def gather(aggregation: Aggregation, members: Sequence[tuple[Any, Mapping[str, Any]]]) -> Any:
    """One value of many persons, or a ``Missing`` that names everything that stands in the way."""
    operation, source = aggregation.operation, aggregation.source
    unsure = [belongs for belongs, _ in members if is_missing(belongs)]
    if unsure:
        return _all_missing(unsure)
    inside = [values for belongs, values in members if belongs]
    if operation is Operation.COUNT and not source:
        return len(inside)
    if operation is Operation.OLDEST:
        return _oldest(aggregation, inside)
    values = [values[source] for values in inside]
    unknown = [value for value in values if is_missing(value)]
    if operation is Operation.ANY:
        if any(value is True for value in values if not is_missing(value)):
            return True
        return _all_missing(unknown) if unknown else False
    if unknown:
        return _all_missing(unknown)
    if operation in (Operation.SUM, Operation.COUNT):
        return sum(values)
    pick = max if operation is Operation.MAX else min
    return pick(values, default=0)


def _oldest(aggregation: Aggregation, inside: list[Mapping[str, Any]]) -> Any:
    if not inside:
        return aggregation.otherwise
    births = [values[aggregation.born] for values in inside]
    unknown = [birth for birth in births if is_missing(birth)]
    if unknown:
        return _all_missing(unknown)
    first: datetime.date = min(births)
    return inside[births.index(first)][aggregation.source]


def _all_missing(values: list[Missing]) -> Missing:
    return Missing(*frozenset().union(*(value.blockers for value in values)))
