"""Why a value is what it is: a tree from the result through rules and parameters to the facts."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .declarations import Aggregation, Children, Declaration, Fact, Relation, Rule, Unit
from .faults import BadInput
from .graph import needs
from .interpretation import Path, follow
from .linking import ASSESSMENT_DAY
from .missing import is_missing
from .parameters import Dated
from .terms import Entity, Status

if TYPE_CHECKING:
    from .evaluation import Run


# From this number of variables on they are explained from the facts upwards.
LONG_CHAIN = 150


@dataclass(frozen=True)
class ParameterUse:
    """A parameter, or one cell of it, that a value rests on."""

    name: str
    key: tuple[Any, ...]
    label: tuple[str, str]
    value: Any
    start: datetime.date
    status: Status
    source: str
    citation: str
    regimes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """One value with its reason.

    Attributes:
        declaration: the fact, aggregation or rule.
        person: id of the person, empty for the household.
        value: a whole amount, a count, a flag, a day, a choice, or ``Missing``.
        path: how the rule came to it; ``None`` for a fact or an aggregation.
        inputs: what was really used, each with its own reason.
        parameters: what the rule itself took from the parameter files.
        assumed: whether the fact was absent and took its declared default.
    """

    declaration: Declaration
    person: str
    value: Any
    path: Path | None = None
    inputs: tuple[Explanation, ...] = ()
    parameters: tuple[ParameterUse, ...] = ()
    assumed: bool = False
    scope: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        return self.declaration.name

    @property
    def citation(self) -> str:
        return self.declaration.citation

    def walk(self, seen: set[tuple[str, str]] | None = None) -> Iterator[Explanation]:
        """This node and everything below it, each (variable, person) once.

        Args:
            seen: pairs that were walked before, passed over and added to.
        """
        seen = set() if seen is None else seen
        stack = [self]
        while stack:
            node = stack.pop()
            key = (node.declaration.name, node.person)
            if key not in seen:
                seen.add(key)
                yield node
                stack.extend(reversed(node.inputs))

    def blockers(self) -> tuple[str, ...]:
        """What blocks an undetermined value now: facts, gaps and open choices."""
        return tuple(sorted(self.value.blockers)) if is_missing(self.value) else ()

    def may_ask(self) -> tuple[str, ...]:
        """Other absent facts below an undetermined value that may matter once it is unblocked."""
        absent = {
            blocker
            for node in self.walk()
            if isinstance(node.declaration, Fact) and is_missing(node.value)
            for blocker in node.value.blockers
        }
        return tuple(sorted(absent - set(self.blockers())))

    def not_official(self) -> tuple[ParameterUse, ...]:
        """Every parameter below this value whose status is not official, each once."""
        found = {
            (use.name, use.key): use
            for node in self.walk()
            for use in node.parameters
            if use.status is not Status.OFFICIAL
        }
        return tuple(found[key] for key in sorted(found, key=str))


def explain(run: Run, name: str, person: str = "") -> Explanation:
    """The explanation of ``name`` in ``run``.

    Raises:
        BadInput: where a person is needed and none, or an unknown one, is named.
    """
    declaration = run.plan.law.variables[name]
    position = None
    if declaration.entity is Entity.PERSON:
        if person not in run.facts.person_ids:
            raise BadInput(
                f"{name!r} is a person's, and {person!r} is nobody in {run.facts.id!r}",
                remedy=f"one of {', '.join(run.facts.person_ids)}",
            )
        position = run.facts.person_ids.index(person)
    explainer = Explainer(run)
    if len(run.plan.order) > LONG_CHAIN:  # from below, so that no chain is too long to climb
        for below in run.plan.order:
            of_person = run.plan.law.variables[below].entity is Entity.PERSON
            for place in range(len(run.persons)) if of_person else [None]:
                explainer.node(below, place)
    return explainer.node(name, position)


class Explainer:
    """Builds explanations of one run; what two of them share is built once."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.law = run.plan.law
        self.done: dict[tuple[str, int | None], Explanation] = {}
        # Everything that a rule of the household (the first) or of a person can be given.
        self.scopes = [run.household, *({**run.household, **values} for values in run.persons)]

    def node(self, name: str, position: int | None) -> Explanation:
        """The explanation of a variable, of the person at ``position`` or of the household."""
        declaration = self.law.variables[name]
        place = position if declaration.entity is Entity.PERSON else None
        key = (name, place)
        if key not in self.done:
            self.done[key] = self.build(declaration, place)
        return self.done[key]

    def build(self, declaration: Declaration, position: int | None) -> Explanation:
        run = self.run
        scope = self.scopes[0 if position is None else position + 1]
        person = "" if position is None else run.facts.person_ids[position]
        value = scope[declaration.name]
        if isinstance(declaration, Rule):
            path = follow(declaration.body, scope)
            used = [name for name in path.used if name in self.law.variables]
            if is_missing(value):  # what was not reached may be asked for next
                used += [
                    name
                    for name in declaration.arguments
                    if name in self.law.variables and name not in path.used
                ]
            return Explanation(
                declaration,
                person,
                value,
                path,
                tuple(self.node(name, position) for name in used),
                tuple(
                    self.use(name, key, scope)
                    for name, keys in path.used.items()
                    for key in keys
                    if name not in self.law.variables and name != ASSESSMENT_DAY
                ),
                scope=scope,
            )
        if isinstance(declaration, Aggregation):
            inputs = tuple(
                self.node(name, other) for name, other in self.read_by(declaration, position)
            )
            return Explanation(declaration, person, value, None, inputs)
        assumed = (declaration.name, person) in run.assumed
        return Explanation(declaration, person, value, assumed=assumed)

    def read_by(self, aggregation: Aggregation, position: int | None) -> Iterator[tuple[str, int]]:
        """What an aggregation read, and of whom; of a person outside the group only that."""
        people, over, names = self.run.persons, aggregation.over, needs(aggregation)
        for other, values in enumerate(people):
            if isinstance(over, Relation):
                assert position is not None
                if other == position:
                    yield over.name, other
                if other == people[position][over.name]:
                    yield aggregation.source, other
            elif isinstance(over, Children):
                if values[over.relation] == position:
                    yield from ((name, other) for name in names)
            elif isinstance(over, Unit) and over.member and values[over.member] is False:
                yield over.member, other
            else:
                yield from ((name, other) for name in names)

    def use(self, name: str, key: tuple[Any, ...], scope: dict[str, Any]) -> ParameterUse:
        parameter, dated = self.law.parameters[name], self.law.in_force[name]
        cell = tuple(part if isinstance(part, int) else part.word for part in key)
        value = scope[name]
        if parameter.axes and key:
            value = value[key if len(key) > 1 else key[0]]
        return ParameterUse(
            name=name,
            key=cell,
            label=parameter.label,
            value=value,
            start=dated.start,
            status=_status(dated, cell),
            source=dated.source,
            citation=parameter.citation,
            regimes=dated.regimes,
        )


def _status(dated: Dated, cell: tuple[Any, ...]) -> Status:
    return dated.status if dated.regimes else dated.status_at(cell)
