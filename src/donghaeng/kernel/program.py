"""In which order a tile of households is computed, and where each value stands meanwhile.

Rules of one entity are computed together, about twenty to a generated function, so that values pass
between them in registers. What a later function needs stands in a row of the tile buffer; a row is
used again as soon as nobody needs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from donghaeng.rules.declarations import Aggregation, Declaration, Rule
from donghaeng.rules.graph import needs
from donghaeng.rules.law import Law
from donghaeng.rules.terms import Entity

RULES_IN_A_FUNCTION = 20


@dataclass(frozen=True)
class Load:
    """Copy a column of the input into the buffer."""

    name: str


@dataclass(frozen=True)
class Spread:
    """Give each person the value of the household."""

    name: str


@dataclass(frozen=True)
class Gather:
    """Make one value of several persons'."""

    aggregation: Aggregation


@dataclass(frozen=True)
class Compute:
    """Compute some rules of one entity, one after the other, for every element of the tile."""

    entity: Entity
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Store:
    """Copy a result from the buffer into the output."""

    name: str


Operation = Load | Spread | Gather | Compute | Store
# A value in the buffer: its variable, and whether it is a household's value spread over persons.
Value = tuple[str, bool]


def spread(name: str) -> Value:
    """A household's value, one copy a person."""
    return (name, True)


def plain(name: str) -> Value:
    """A value of its own entity."""
    return (name, False)


def schedule(law: Law, wanted: Sequence[str]) -> list[Operation]:
    """The operations that compute ``wanted``, each value stored as soon as it is there."""
    return _Scheduler(law, wanted).schedule()


class _Scheduler:
    def __init__(self, law: Law, wanted: Sequence[str]) -> None:
        self.law = law
        self.wanted = wanted
        self.pending: list[Declaration] = [
            law.variables[name]
            for name in law.order(wanted)
            if isinstance(law.variables[name], (Rule, Aggregation))
        ]
        self.there: set[Value] = set()
        self.done: list[Operation] = []

    def schedule(self) -> list[Operation]:
        while self.pending:
            before = len(self.pending)
            self.compute(Entity.PERSON)
            self.compute(Entity.HOUSEHOLD)
            self.gather()
            assert len(self.pending) < before, "the order of the law has no cycle"
        for name in self.wanted:  # a fact may be asked for too
            if plain(name) not in self.there:
                self.bring(name)
                self.done.append(Store(name))
        return self.done

    def computed(self, name: str) -> bool:
        return isinstance(self.law.variables.get(name), (Rule, Aggregation))

    def compute(self, entity: Entity) -> None:
        """As many rules of ``entity`` as what is there allows."""
        ready: set[str] = {name for name, _ in self.there}
        group: list[Rule] = []
        left: list[Declaration] = []
        for declaration in self.pending:
            if (
                isinstance(declaration, Rule)
                and declaration.entity is entity
                and all(n in ready for n in needs(declaration) if self.computed(n))
            ):
                group.append(declaration)
                ready.add(declaration.name)
            else:
                left.append(declaration)
        self.pending = left
        for start in range(0, len(group), RULES_IN_A_FUNCTION):
            part = tuple(group[start : start + RULES_IN_A_FUNCTION])
            for rule in part:
                for name in rule.arguments:
                    self.bring(name, over_persons=entity is Entity.PERSON)
            self.done.append(Compute(entity, part))
            for rule in part:
                self.finished(rule.name)

    def gather(self) -> None:
        left: list[Declaration] = []
        for declaration in self.pending:
            ready = all(
                plain(name) in self.there for name in needs(declaration) if self.computed(name)
            )
            if isinstance(declaration, Aggregation) and ready:
                for name in needs(declaration):
                    self.bring(name)
                self.done.append(Gather(declaration))
                self.finished(declaration.name)
            else:
                left.append(declaration)
        self.pending = left

    def bring(self, name: str, over_persons: bool = False) -> None:
        """Have a fact, or a household's value for persons, in the buffer."""
        declaration = self.law.variables.get(name)
        if declaration is None:
            return  # a parameter
        if plain(name) not in self.there and not self.computed(name):
            self.done.append(Load(name))
            self.there.add(plain(name))
        if (
            over_persons
            and declaration.entity is Entity.HOUSEHOLD
            and spread(name) not in self.there
        ):
            self.done.append(Spread(name))
            self.there.add(spread(name))

    def finished(self, name: str) -> None:
        self.there.add(plain(name))
        if name in self.wanted:
            self.done.append(Store(name))


def reads(law: Law, operation: Operation) -> list[Value]:
    """Values that must stand in the buffer before ``operation``."""
    if isinstance(operation, (Spread, Store)):
        return [plain(operation.name)]
    if isinstance(operation, Gather):
        return [plain(name) for name in needs(operation.aggregation)]
    if isinstance(operation, Load):
        return []
    own = {rule.name for rule in operation.rules}
    values = []
    for rule in operation.rules:
        for name in rule.arguments:
            declaration = law.variables.get(name)
            if declaration is not None and name not in own:
                crosses = operation.entity is not declaration.entity
                values.append(spread(name) if crosses else plain(name))
    return list(dict.fromkeys(values))


def writes(operation: Operation) -> list[Value]:
    """Values that stand in the buffer after ``operation``."""
    if isinstance(operation, Load):
        return [plain(operation.name)]
    if isinstance(operation, Spread):
        return [spread(operation.name)]
    if isinstance(operation, Gather):
        return [plain(operation.aggregation.name)]
    if isinstance(operation, Compute):
        return [plain(rule.name) for rule in operation.rules]
    return []


@dataclass(frozen=True)
class Layout:
    """The buffer: which row holds a value while it is needed, and how many rows there are."""

    rows: dict[Value, int]
    kept: frozenset[Value]
    count: int


def lay_out(law: Law, operations: Sequence[Operation]) -> Layout:
    """Give every value that outlives its operation a row; rows are reused."""
    last: dict[Value, int] = {}
    for place, operation in enumerate(operations):
        for value in reads(law, operation):
            last[value] = place
    rows: dict[Value, int] = {}
    free: list[int] = []
    count = 0
    expiring: dict[int, list[Value]] = {}
    for value, place in last.items():
        expiring.setdefault(place, []).append(value)
    for place, operation in enumerate(operations):
        for value in writes(operation):
            if value not in last:
                continue  # stays in a register
            if not free:
                free.append(count)
                count += 1
            rows[value] = free.pop()
        free.extend(rows[value] for value in expiring.get(place, ()))
    return Layout(rows, frozenset(last), count)
