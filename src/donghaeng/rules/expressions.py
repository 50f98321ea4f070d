"""The meaning of a rule's body as an expression: what is checked, compiled and explained.

A node may be used in several places (a local name that is read twice); such nodes are one object.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .terms import Way


@dataclass(frozen=True, eq=False)
class Expression:
    """A part of a rule, with the line that it was written on."""

    line: int

    def parts(self) -> tuple[Expression, ...]:
        """The expressions this one is made of, in the order in which they are evaluated."""
        return ()


@dataclass(frozen=True, eq=False)
class Constant(Expression):
    """A whole number, a flag or a member of an enumeration."""

    value: Any


@dataclass(frozen=True, eq=False)
class Name(Expression):
    """An argument of the rule: a fact, a parameter or another variable."""

    name: str


@dataclass(frozen=True, eq=False)
class Arithmetic(Expression):
    """``left operator right`` with one of ``+ - * /``; division is exact."""

    operator: str
    left: Expression
    right: Expression

    def parts(self) -> tuple[Expression, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, eq=False)
class Compare(Expression):
    """``left operator right`` with one of ``< <= > >= == !=``."""

    operator: str
    left: Expression
    right: Expression

    def parts(self) -> tuple[Expression, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, eq=False)
class Logic(Expression):
    """``left and right`` or ``left or right``; the right side counts only where the left leaves it open."""

    operator: str
    left: Expression
    right: Expression

    def parts(self) -> tuple[Expression, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, eq=False)
class Not(Expression):
    """``not operand``."""

    operand: Expression

    def parts(self) -> tuple[Expression, ...]:
        return (self.operand,)


@dataclass(frozen=True, eq=False)
class Select(Expression):
    """``then`` where ``condition`` holds, else ``otherwise``; the other side does not matter."""

    condition: Expression
    then: Expression
    otherwise: Expression

    def parts(self) -> tuple[Expression, ...]:
        return (self.condition, self.then, self.otherwise)


@dataclass(frozen=True, eq=False)
class Extreme(Expression):
    """The least (``min``) or largest (``max``) of the operands."""

    operator: str
    operands: tuple[Expression, ...]

    def parts(self) -> tuple[Expression, ...]:
        return self.operands


@dataclass(frozen=True, eq=False)
class Round(Expression):
    """``operand`` rounded ``way`` to a multiple of ``to``."""

    way: Way
    to: int
    operand: Expression

    def parts(self) -> tuple[Expression, ...]:
        return (self.operand,)


@dataclass(frozen=True, eq=False)
class Lookup(Expression):
    """One cell of a parameter table."""

    table: str
    keys: tuple[Expression, ...]

    def parts(self) -> tuple[Expression, ...]:
        return self.keys


@dataclass(frozen=True, eq=False)
class Brackets(Expression):
    """``by_brackets(amount, schedule)``."""

    amount: Expression
    schedule: str

    def parts(self) -> tuple[Expression, ...]:
        return (self.amount,)


@dataclass(frozen=True, eq=False)
class Dates(Expression):
    """``age_in_years``, ``age_in_months`` or ``months_between`` of two days."""

    function: str
    start: Expression
    end: Expression

    def parts(self) -> tuple[Expression, ...]:
        return (self.start, self.end)


@dataclass(frozen=True, eq=False)
class PerMonth(Expression):
    """A twelfth of a year's amount, as an amount of a month."""

    operand: Expression

    def parts(self) -> tuple[Expression, ...]:
        return (self.operand,)


@dataclass(frozen=True, eq=False)
class Given(Expression):
    """``result``, known only where ``demanded`` is: a local name computed before the rule branched."""

    demanded: Expression
    result: Expression

    def parts(self) -> tuple[Expression, ...]:
        return (self.demanded, self.result)


def always_evaluated(expression: Expression) -> frozenset[int]:
    """Identities of the nodes that are evaluated whatever the values are."""
    memo: dict[int, frozenset[int]] = {}
    for node in walk(expression):
        parts = [memo[id(part)] for part in node.parts()]
        if isinstance(node, Select):
            inside = parts[0] | (parts[1] & parts[2])
        elif isinstance(node, Logic):
            inside = parts[0]
        else:
            inside = frozenset().union(*parts)
        memo[id(node)] = inside | {id(node)}
    return memo[id(expression)]


def walk(expression: Expression) -> Iterator[Expression]:
    """Every node once, parts before the whole."""
    seen: set[int] = set()
    stack: list[tuple[Expression, bool]] = [(expression, False)]
    while stack:
        node, done = stack.pop()
        if id(node) in seen:
            continue
        if done:
            seen.add(id(node))
            yield node
            continue
        stack.append((node, True))
        stack.extend((part, False) for part in reversed(node.parts()))


def names_used(expression: Expression) -> set[str]:
    """Names of facts, parameters and variables that ``expression`` reads."""
    used: set[str] = set()
    for node in walk(expression):
        if isinstance(node, Name):
            used.add(node.name)
        elif isinstance(node, Lookup):
            used.add(node.table)
        elif isinstance(node, Brackets):
            used.add(node.schedule)
    return used
