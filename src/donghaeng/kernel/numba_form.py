"""The compiled form: Python source for Numba, generated from the rules of a law."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from donghaeng.rules.declarations import Aggregation, Children, Operation, Relation, Rule, Unit
from donghaeng.rules.law import Law
from donghaeng.rules.linking import number
from donghaeng.rules.ranges import EXACT_IN_FLOAT
from donghaeng.rules.terms import Entity, Kind

from .dialects import Dialect, FloatDialect
from .emission import Code, Emitter
from .packing import Slots
from .program import (
    Compute,
    Gather,
    Layout,
    Load,
    Spread,
    Store,
    Value,
    lay_out,
    plain,
    reads,
    schedule,
    spread,
)

# Elements of the whole buffer: it stays in the second cache. A row is as long as that allows, so that
# the fixed cost of a tile is spread over many households.
BUFFER, LONGEST_ROW, SHORTEST_ROW = 90_000, 8_200, 520
# Below this bound a floor by the inverse of the divisor is exact (see `dialects`).
EXACT_BY_INVERSE = 2**50

HEAD = '''"""Generated from the rules of a law. Not edited by hand: it is written anew when a rule changes."""

import numpy as np
from numba import njit
from numpy import int64

from donghaeng.kernel.tiles import (
    count_members,
    fill,
    floor,
    fold,
    gather,
    load_household,
    load_household_flags,
    load_person,
    load_person_flags,
    point,
    select,
    spread,
    store_household,
    store_household_flags,
    store_person,
    store_person_flags,
    sum_all,
    sum_members,
)

part = njit(
    "void(float64[::1], float64[::1], int64[::1], boolean[::1], int64)",
    nogil=True, cache=True, error_model="numpy",
    no_cpython_wrapper=True, no_cfunc_wrapper=True,
)
'''

TILE_HEAD = '''

@njit(
    "void(float64[::1], float64[::1], int64[::1], boolean[::1], int64[:, ::1], int64[:, :, ::1],"
    " boolean[:, ::1], boolean[:, :, ::1], int64[::1], int64[:, ::1], int64[:, :, ::1],"
    " boolean[:, ::1], boolean[:, :, ::1], int64, int64, int64)",
    nogil=True, cache=True, error_model="numpy",
)
def run(
    b, p, q, k, household, person, household_known, person_known, columns,
    household_out, person_out, household_out_known, person_out_known, size, first, last,
):
    """Every tile of one bucket: households of one size, from the first to before the last."""
    step = ROW // size
    for start in range(first, last, step):
        count = min(step, last - start)
        persons = size * count
'''


@dataclass(frozen=True)
class Generated:
    """Source of a kernel, with the columns it reads and writes in order.

    ``buffer`` is the number of elements that the tile buffer has.
    """

    source: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    buffer: int
    integer_rules: tuple[str, ...]
    slots: Slots


def generate(law: Law, wanted: Sequence[str], uncertain: Collection[str]) -> Generated:
    """The Numba form of ``wanted`` and of all that they need.

    Args:
        uncertain: variables of which it is also computed whether they are known. What others need
            must be certain.
    """
    return _Writer(law, wanted, uncertain).write()


class _Writer:
    def __init__(self, law: Law, wanted: Sequence[str], uncertain: Collection[str]) -> None:
        self.law = law
        self.wanted = tuple(wanted)
        self.uncertain = uncertain
        self.operations = schedule(law, wanted)
        self.layout: Layout = lay_out(law, self.operations)
        self.rules = [
            rule for op in self.operations if isinstance(op, Compute) for rule in op.rules
        ]
        self.slots = Slots(law, self.rules)
        self.rows = self.layout.count * (2 if uncertain else 1)
        self.length = _row_length(self.rows)
        self.integer_rules: list[str] = []
        self.inputs: list[str] = []

    def write(self) -> Generated:
        functions: list[str] = []
        calls: list[str] = []
        for operation in self.operations:
            if isinstance(operation, Compute):
                name = f"rules_{len(functions) + 1}"
                functions.append(self.function(name, operation))
                count = "persons" if operation.entity is Entity.PERSON else "count"
                calls.append(f"{name}(b, p, q, k, {count})")
            else:
                calls += self.call(operation)
        body = "".join(f"        {call}\n" for call in calls)
        source = HEAD + f"ROW = {self.length}\n" + "".join(functions) + TILE_HEAD + body
        return Generated(
            source,
            tuple(self.inputs),
            self.wanted,
            self.rows * self.length,
            tuple(self.integer_rules),
            self.slots,
        )

    # Places in the buffer

    def row(self, value: Value) -> int:
        return self.layout.rows[value] * self.length

    def known_row(self, value: Value) -> int:
        return (self.layout.count + self.layout.rows[value]) * self.length

    # Calls of a tile

    def call(self, operation: Load | Spread | Gather | Store) -> list[str]:
        if isinstance(operation, Load):
            return self.load(operation.name)
        if isinstance(operation, Store):
            return self.store(operation.name)
        if isinstance(operation, Spread):
            name = operation.name
            calls = [f"spread(b, {self.row(spread(name))}, {self.row(plain(name))}, size, count)"]
            if name in self.uncertain:
                rows = self.known_row(spread(name)), self.known_row(plain(name))
                calls.append(f"spread(b, {rows[0]}, {rows[1]}, size, count)")
            return calls
        return self.gather(operation.aggregation)

    def load(self, name: str) -> list[str]:
        position = len(self.inputs)
        self.inputs.append(name)
        entity = self.law.variables[name].entity
        word = entity.value
        size = "size, " if entity is Entity.PERSON else ""
        rest = f"[columns[{position}]], {size}start, count)"
        calls = [f"load_{word}(b, {self.row(plain(name))}, {word}{rest}"]
        if name in self.uncertain:
            row = self.known_row(plain(name))
            calls.append(f"load_{word}_flags(b, {row}, {word}_known{rest}")
        return calls

    def store(self, name: str) -> list[str]:
        entity = self.law.variables[name].entity
        same = [other for other in self.wanted if self.law.variables[other].entity is entity]
        position = same.index(name)
        word = entity.value
        size = "size, " if entity is Entity.PERSON else ""
        rest = f"[{position}], {size}start, count)"
        calls = [f"store_{word}(b, {self.row(plain(name))}, {word}_out{rest}"]
        if name in self.uncertain:
            row = self.known_row(plain(name))
            calls.append(f"store_{word}_flags(b, {row}, {word}_out_known{rest}")
        return calls

    def gather(self, aggregation: Aggregation) -> list[str]:
        over, group = group_of(aggregation)
        target = plain(aggregation.name)
        if target not in self.layout.rows:
            return []
        source = self.row(plain(aggregation.source)) if aggregation.source else -1
        operation = aggregation.operation
        row = self.row(target)
        members = self.row(plain(group)) if group else -1
        adds = operation in (Operation.SUM, Operation.COUNT)
        otherwise = float(number(aggregation.otherwise or 0))
        place = list(Operation).index(operation)
        if aggregation.name not in self.uncertain:
            if adds and over == 0:
                if source < 0:
                    return [f"fill(b, {row}, size, count)"]
                return [f"sum_all(b, {row}, {source}, size, count)"]
            if adds and over == 1:
                if source < 0:
                    return [f"count_members(b, {row}, {members}, size, count)"]
                return [f"sum_members(b, {row}, {source}, {members}, size, count)"]
            if operation is Operation.POINTED:
                return [f"point(b, {row}, {source}, {members}, {otherwise}, size, count)"]
            if operation is not Operation.OLDEST:
                return [f"fold(b, {row}, {source}, {over}, {members}, {place}, size, count)"]
        pairs = ", ".join(
            self.pair(name)
            for name in (aggregation.name, aggregation.source, group, aggregation.born)
        )
        return [f"gather(b, {place}, {over}, {pairs}, {otherwise}, size, count)"]

    def pair(self, name: str) -> str:
        if not name:
            return "(-1, -1)"
        known = self.known_row(plain(name)) if name in self.uncertain else -1
        return f"({self.row(plain(name))}, {known})"

    # Rules

    def function(self, name: str, operation: Compute) -> str:
        kept = [rule for rule in operation.rules if plain(rule.name) in self.layout.kept]
        lines: list[str] = []
        codes: dict[str, tuple[str, str]] = {}
        for value in reads(self.law, operation):
            variable = value[0]
            local = f"v_{variable}"
            lines.append(f"{local} = b[{self.row(value)} + i]")
            known = ""
            if variable in self.uncertain:
                known = f"known_{variable}"
                lines.append(f"{known} = b[{self.known_row(value)} + i] != 0.0")
            codes[variable] = (local, known)
        for position, rule in enumerate(operation.rules):
            lines += self.rule(rule, position, codes)
        for rule in kept:
            text, known = codes[rule.name]
            lines.append(f"b[{self.row(plain(rule.name))} + i] = {text}")
            if rule.name in self.uncertain:
                lines.append(
                    f"b[{self.known_row(plain(rule.name))} + i] = select({known}, 1.0, 0.0)"
                )
        used = self.parameter_lines(lines)
        body = "".join(f"        {line}\n" for line in lines)
        return f"\n\n@part\ndef {name}(b, p, q, k, n):\n{used}    for i in range(n):\n{body}"

    def rule(self, rule: Rule, position: int, codes: dict[str, tuple[str, str]]) -> list[str]:
        largest = self.law.links.analyses[rule.name].largest
        integers = largest >= EXACT_IN_FLOAT
        dialect = Dialect() if integers else FloatDialect(largest < EXACT_BY_INVERSE)
        if integers:
            self.integer_rules.append(rule.name)

        lane = rule.name in self.uncertain

        def read(name: str) -> Code:
            text, known = codes[name]
            if lane and not known:
                known = dialect.true
            if self.law.variables[name].kind is Kind.FLAG:
                return Code(f"({text} != 0.0)", (), known)
            return Code(f"int64({text})" if integers else text, (), known)

        emitted = Emitter(rule, dialect, self.slots, read, f"t{position}_", lane).emit()
        result = emitted.result
        if rule.kind is Kind.FLAG:
            result = f"select({result}, 1.0, 0.0)"
        elif integers:
            result = f"float({result})"
        place = f"{rule.place.file}:{rule.place.line}"
        local = f"v_{rule.name}"
        codes[rule.name] = (local, emitted.known)
        return [f"# {rule.name} — {place}", *emitted.lines, f"{local} = {result}"]

    def parameter_lines(self, lines: list[str]) -> str:
        """Parameters are read once, before the loop."""
        import re

        words = set(re.findall(r"\b[pqk]\d+\b", "\n".join(lines)))
        ordered = sorted(words, key=lambda word: (word[0], int(word[1:])))
        return "".join(f"    {word} = {word[0]}[{word[1:]}]\n" for word in ordered)


def _row_length(rows: int) -> int:
    """Persons of one tile.

    A multiple of the vector width, and no power of two, which would make all rows compete for the
    same places in the cache.
    """
    fitting = BUFFER // max(rows, 1) // 16 * 16 + 8
    return min(max(fitting, SHORTEST_ROW), LONGEST_ROW)


def group_of(aggregation: Aggregation) -> tuple[int, str]:
    """How the persons are told (see ``tiles``), and the variable that tells them."""
    over = aggregation.over
    if isinstance(over, Unit):
        return (1, over.member) if over.member else (4, over.number)
    if isinstance(over, Relation):
        return 2, over.name
    if isinstance(over, Children):
        return 3, over.relation
    return 0, ""
