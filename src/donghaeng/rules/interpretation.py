"""A rule's body followed for one household: which conditions decided, and which formula was left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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


Taken = tuple[Expression, Any]  # a node with its decided branches taken, and its value


class _Follower:
    """Visits each node once; a node below which nothing was decided stays the object that it is."""

    def __init__(self, scope: Mapping[str, Any]) -> None:
        self.scope = scope
        self.path = Path()
        self.values = self.path.values
        self.done: dict[int, Expression] = {}

    def visit(self, node: Expression) -> Expression:
        """The node with its decided branches taken; its value is recorded."""
        identity = id(node)
        if identity in self.done:
            return self.done[identity]
        taken, value = STEPS[type(node)](self, node)
        self.values[id(taken)] = value
        self.done[identity] = taken
        return taken

    def use(self, name: str, key: tuple[Any, ...] = ()) -> None:
        used = self.path.used
        if name in used:
            used[name][key] = None
        else:
            used[name] = {key: None}

    def value(self, node: Expression) -> Any:
        return self.values[id(node)]

    def constant(self, node: Constant) -> Taken:
        return node, node.value

    def name(self, node: Name) -> Taken:
        self.use(node.name)
        return node, self.scope[node.name]

    def select(self, node: Select) -> Taken:
        condition = self.visit(node.condition)
        held = bool(self.value(condition))
        self.path.decisions.append(Decision(self.decisive(condition, held), held))
        taken = self.visit(node.then if held else node.otherwise)
        return taken, self.value(taken)

    def decisive(self, condition: Expression, held: bool) -> Expression:
        """The part of an ``and`` that failed, or of an ``or`` that held."""
        if isinstance(condition, Logic) and held == (condition.operator == "or"):
            return self.decisive(condition.right, held)
        return condition

    def given(self, node: Given) -> Taken:
        self.visit(node.demanded)
        taken = self.visit(node.result)
        return taken, self.value(taken)

    def logic(self, node: Logic) -> Taken:
        left = self.visit(node.left)
        if bool(self.value(left)) == (node.operator == "or"):
            return left, self.value(left)
        right = self.visit(node.right)
        same = left is node.left and right is node.right
        return node if same else Logic(node.line, node.operator, left, right), self.value(right)

    def arithmetic(self, node: Arithmetic) -> Taken:
        left, right = self.visit(node.left), self.visit(node.right)
        same = left is node.left and right is node.right
        taken = node if same else Arithmetic(node.line, node.operator, left, right)
        return taken, _arithmetic(node.operator, self.value(left), self.value(right))

    def compare(self, node: Compare) -> Taken:
        left, right = self.visit(node.left), self.visit(node.right)
        same = left is node.left and right is node.right
        taken = node if same else Compare(node.line, node.operator, left, right)
        return taken, _compare(node.operator, self.value(left), self.value(right))

    def negation(self, node: Not) -> Taken:
        operand = self.visit(node.operand)
        same = operand is node.operand
        return node if same else Not(node.line, operand), not self.value(operand)

    def extreme(self, node: Extreme) -> Taken:
        operands = tuple(self.visit(operand) for operand in node.operands)
        pick = min if node.operator == "min" else max
        same = all(new is old for new, old in zip(operands, node.operands, strict=True))
        taken = node if same else Extreme(node.line, node.operator, operands)
        return taken, pick([self.value(operand) for operand in operands])

    def round(self, node: Round) -> Taken:
        operand = self.visit(node.operand)
        taken = node if operand is node.operand else replace(node, operand=operand)
        return taken, rounded(self.value(operand), node.way, node.to)

    def per_month(self, node: PerMonth) -> Taken:
        operand = self.visit(node.operand)
        return PerMonth(node.line, operand), per_month(self.value(operand))

    def lookup(self, node: Lookup) -> Taken:
        keys = tuple(self.visit(key) for key in node.keys)
        place = tuple(self.value(key) for key in keys)
        if any(is_missing(value) for value in place):
            raise MissingValue(next(v.blockers for v in place if is_missing(v)))
        self.use(node.table, place)
        cell = self.scope[node.table][place if len(place) > 1 else place[0]]
        return Lookup(node.line, node.table, keys), cell

    def brackets(self, node: Brackets) -> Taken:
        amount = self.visit(node.amount)
        self.use(node.schedule)
        taxed = by_brackets(self.value(amount), self.scope[node.schedule])
        return Brackets(node.line, amount, node.schedule), taxed

    def dates(self, node: Dates) -> Taken:
        start, end = self.visit(node.start), self.visit(node.end)
        value = DATE_FUNCTIONS[node.function](self.value(start), self.value(end))
        return Dates(node.line, node.function, start, end), value


STEPS: dict[type[Expression], Callable[[_Follower, Any], Taken]] = {
    Constant: _Follower.constant,
    Name: _Follower.name,
    Select: _Follower.select,
    Given: _Follower.given,
    Logic: _Follower.logic,
    Arithmetic: _Follower.arithmetic,
    Compare: _Follower.compare,
    Not: _Follower.negation,
    Extreme: _Follower.extreme,
    Round: _Follower.round,
    PerMonth: _Follower.per_month,
    Lookup: _Follower.lookup,
    Brackets: _Follower.brackets,
    Dates: _Follower.dates,
}


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
