"""A rule's body followed for one household: which conditions decided, and which formula was left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .arithmetic import (
    age_in_months,
    age_in_years,
    by_brackets,
    months_between,
    per_month,
    quotient,
    rounded,
)
from .expressions import (
    Arithmetic,
    Brackets,
    Compare,
    Constant,
    Dates,
    Expression,
    Extreme,
    Given,
    Logic,
    Lookup,
    Name,
    Not,
    PerMonth,
    Round,
    Select,
)
from .missing import MissingValue, is_missing

DATE_FUNCTIONS = {
    "age_in_years": age_in_years,
    "age_in_months": age_in_months,
    "months_between": months_between,
}


@dataclass(frozen=True)
class Decision:
    """A condition that was met or not, and so decided which part of the rule applied."""

    condition: Expression
    held: bool


@dataclass
class Path:
    """How a rule came to its value.

    ``formula`` is the body with every decided branch taken; ``values`` holds the exact value of each
    of its nodes by identity; ``used`` the names, each with the table cells read, in that order.
    """

    values: dict[int, Any] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    used: dict[str, dict[tuple[Any, ...], None]] = field(default_factory=dict)
    formula: Expression | None = None
    blockers: frozenset[str] = frozenset()


def follow(body: Expression, scope: Mapping[str, Any]) -> Path:
    """The way through ``body`` with the values of ``scope``; stops where a missing value is used."""
    follower = _Follower(scope)
    try:
        follower.path.formula = follower.visit(body)
        value = follower.path.values[id(follower.path.formula)]
        if is_missing(value):
            follower.path.blockers = value.blockers
    except MissingValue as missing:
        follower.path.blockers = missing.blockers
    return follower.path


class _Follower:
    def __init__(self, scope: Mapping[str, Any]) -> None:
        self.scope = scope
        self.path = Path()
        self.done: dict[int, Expression] = {}

    def visit(self, node: Expression) -> Expression:
        """The node with its decided branches taken; its value is recorded."""
        if id(node) in self.done:
            return self.done[id(node)]
        taken, value = self.step(node)
        self.path.values[id(taken)] = value
        self.done[id(node)] = taken
        return taken

    def use(self, name: str, key: tuple[Any, ...] = ()) -> None:
        self.path.used.setdefault(name, {})[key] = None

    def value(self, node: Expression) -> Any:
        return self.path.values[id(node)]

    def step(self, node: Expression) -> tuple[Expression, Any]:
        if isinstance(node, Constant):
            return node, node.value
        if isinstance(node, Name):
            self.use(node.name)
            return node, self.scope[node.name]
        if isinstance(node, Select):
            condition = self.visit(node.condition)
            held = bool(self.value(condition))
            self.path.decisions.append(Decision(self.decisive(condition, held), held))
            taken = self.visit(node.then if held else node.otherwise)
            return taken, self.value(taken)
        if isinstance(node, Given):
            self.visit(node.demanded)
            taken = self.visit(node.result)
            return taken, self.value(taken)
        if isinstance(node, Logic):
            left = self.visit(node.left)
            if bool(self.value(left)) == (node.operator == "or"):
                return left, self.value(left)
            right = self.visit(node.right)
            taken = Logic(node.line, node.operator, left, right)
            return taken, self.value(right)
        return self.compute(node)

    def decisive(self, condition: Expression, held: bool) -> Expression:
        """The part of an ``and`` that failed, or of an ``or`` that held."""
        if isinstance(condition, Logic) and held == (condition.operator == "or"):
            return self.decisive(condition.right, held)
        return condition

    def compute(self, node: Expression) -> tuple[Expression, Any]:
        if isinstance(node, Arithmetic):
            left, right = self.visit(node.left), self.visit(node.right)
            taken: Expression = Arithmetic(node.line, node.operator, left, right)
            return taken, _arithmetic(node.operator, self.value(left), self.value(right))
        if isinstance(node, Compare):
            left, right = self.visit(node.left), self.visit(node.right)
            taken = Compare(node.line, node.operator, left, right)
            return taken, _compare(node.operator, self.value(left), self.value(right))
        if isinstance(node, Not):
            operand = self.visit(node.operand)
            return Not(node.line, operand), not self.value(operand)
        if isinstance(node, Extreme):
            operands = tuple(self.visit(operand) for operand in node.operands)
            pick = min if node.operator == "min" else max
            values = [self.value(operand) for operand in operands]
            return Extreme(node.line, node.operator, operands), pick(values)
        if isinstance(node, Round):
            operand = self.visit(node.operand)
            return replace(node, operand=operand), rounded(self.value(operand), node.way, node.to)
        if isinstance(node, PerMonth):
            operand = self.visit(node.operand)
            return PerMonth(node.line, operand), per_month(self.value(operand))
        if isinstance(node, Lookup):
            keys = tuple(self.visit(key) for key in node.keys)
            place = tuple(self.value(key) for key in keys)
            if any(is_missing(value) for value in place):
                raise MissingValue(next(v.blockers for v in place if is_missing(v)))
            self.use(node.table, place)
            cell = self.scope[node.table][place if len(place) > 1 else place[0]]
            return Lookup(node.line, node.table, keys), cell
        if isinstance(node, Brackets):
            amount = self.visit(node.amount)
            self.use(node.schedule)
            taxed = by_brackets(self.value(amount), self.scope[node.schedule])
            return Brackets(node.line, amount, node.schedule), taxed
        assert isinstance(node, Dates)
        start, end = self.visit(node.start), self.visit(node.end)
        value = DATE_FUNCTIONS[node.function](self.value(start), self.value(end))
        return Dates(node.line, node.function, start, end), value


def _arithmetic(operator: str, left: Any, right: Any) -> Any:
    if operator == "+":
        return left + right
    if operator == "-":
        return left - right
    if operator == "*":
        return left * right
    return quotient(left, right)


def _compare(operator: str, left: Any, right: Any) -> bool:
    if operator == "==":
        return bool(left == right)
    if operator == "!=":
        return bool(left != right)
    if operator == "<":
        return bool(left < right)
    if operator == "<=":
        return bool(left <= right)
    return bool(left > right if operator == ">" else left >= right)
