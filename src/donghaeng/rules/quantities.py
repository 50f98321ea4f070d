"""Checks that a rule compares and adds only what belongs together, and ends in whole amounts of money.

A month's amount is never added to a year's, money never to a count, a tenure never compared with a
region. A result that may be a fraction of a unit of money needs a declared rounding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .declarations import Rule
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
    walk,
)
from .faults import LawFault
from .terms import Enumeration, Kind, Period

# Powers of money, of "per month" and of "per year".
Dimension = tuple[int, int, int]
PLAIN: Dimension = (0, 0, 0)
NUMBERS = (Kind.MONEY, Kind.COUNT, Kind.RATE)
PERIOD_POWERS = {Period.POINT: (0, 0), Period.MONTH: (1, 0), Period.YEAR: (0, 1)}


@dataclass(frozen=True)
class Quantity:
    """What sort of thing a value is.

    ``whole`` says that it is a whole number whatever the facts are; ``zero`` that it is the literal
    0, which belongs to every dimension; ``axes`` are the kinds of key of a table.
    """

    kind: Kind
    dimension: Dimension = PLAIN
    whole: bool = True
    zero: bool = False
    choices: type[Enumeration] | None = None
    axes: tuple[tuple[str, ...] | None, ...] | None = None
    schedule: bool = False

    def describe(self) -> str:
        if self.axes is not None:
            return "a table"
        if self.schedule:
            return "a schedule"
        if self.kind is Kind.CHOICE:
            return f"a choice of {self.choices.__name__}" if self.choices else "a choice"
        if self.kind in (Kind.FLAG, Kind.DAY):
            return {Kind.FLAG: "a flag", Kind.DAY: "a day"}[self.kind]
        names = {
            (0, 0, 0): "a plain number",
            (1, 0, 0): "money",
            (1, 1, 0): "money a month",
            (1, 0, 1): "money a year",
            (0, 1, 0): "a rate a month",
            (0, 0, 1): "a rate a year",
        }
        return names.get(self.dimension, f"a quantity of dimension {self.dimension}")


def money(period: Period) -> Dimension:
    """The dimension of an amount of money about ``period``."""
    return (1, *PERIOD_POWERS[period])


def check_rule(rule: Rule, known: Mapping[str, Quantity]) -> None:
    """Check the body of ``rule`` against what its arguments are.

    Raises:
        LawFault: naming the line, what meets what, and what would be right.
    """
    result = _Checker(rule, known).check()
    if rule.rounding is not None and rule.kind not in (Kind.MONEY, Kind.COUNT):
        raise LawFault(
            f"rule {rule.name!r} rounds {Quantity(rule.kind, choices=rule.choices).describe()}",
            file=rule.place.file,
            line=rule.place.line,
            remedy="only an amount or a count is rounded",
        )
    wanted = money(rule.period) if rule.kind is Kind.MONEY else PLAIN

    def fault(message: str, remedy: str) -> LawFault:
        return LawFault(
            f"rule {rule.name!r} {message}",
            file=rule.place.file,
            line=rule.place.line,
            remedy=remedy,
        )

    if rule.kind in (Kind.MONEY, Kind.COUNT):
        if result.kind not in NUMBERS:
            raise fault(f"returns {result.describe()}", f"it is declared as {rule.returns}")
        if result.dimension != wanted and not result.zero:
            raise fault(
                f"returns {result.describe()}",
                f"it is declared as {Quantity(rule.kind, wanted).describe()}: "
                "unit or period do not match",
            )
        if not result.whole and rule.rounding is None:
            raise fault(
                "may return a fraction and names no rounding",
                "rounding=Rounding.DOWN, NEAREST, UP, DOWN_10, ...",
            )
        if rule.kind is Kind.COUNT and not result.whole:
            raise fault("returns a fraction as a count", "round_down(...) inside the rule")
    elif (result.kind, result.choices) != (rule.kind, rule.choices):
        raise fault(f"returns {result.describe()}", f"it is declared as {rule.returns}")


class _Checker:
    def __init__(self, rule: Rule, known: Mapping[str, Quantity]) -> None:
        self.rule = rule
        self.known = known
        self.of: dict[int, Quantity] = {}

    def check(self) -> Quantity:
        for node in walk(self.rule.body):
            self.of[id(node)] = self.quantity(node)
        return self.of[id(self.rule.body)]

    def fault(self, node: Expression, message: str, remedy: str = "") -> LawFault:
        return LawFault(
            f"rule {self.rule.name!r}: {message}",
            file=self.rule.place.file,
            line=node.line,
            remedy=remedy,
        )

    def quantity(self, node: Expression) -> Quantity:
        of = self.of
        if isinstance(node, Constant):
            return _constant(node)
        if isinstance(node, Name):
            found = self.known[node.name]
            if found.axes is not None or found.schedule:
                raise self.fault(
                    node,
                    f"{found.describe()} stands where a value is needed",
                    f"{node.name}[...] looks a table up, by_brackets(...) applies a schedule",
                )
            return found
        if isinstance(node, Arithmetic):
            return self.arithmetic(node, of[id(node.left)], of[id(node.right)])
        if isinstance(node, Compare):
            return self.comparison(node, of[id(node.left)], of[id(node.right)])
        if isinstance(node, (Logic, Not)):
            for part in node.parts():
                self.want(part, Kind.FLAG, "and, or and not")
            return Quantity(Kind.FLAG)
        if isinstance(node, Select):
            self.want(node.condition, Kind.FLAG, "a condition")
            return self.together(
                node, (of[id(node.then)], of[id(node.otherwise)]), "one branch", "the other"
            )
        if isinstance(node, Extreme):
            # `max(x, 1)` keeps a divisor above 0, whatever x measures.
            for part in node.operands:
                if of[id(part)].kind is not Kind.DAY:
                    self.number(part, node)
            operands = tuple(
                of[id(part)]
                for part in node.operands
                if not (isinstance(part, Constant) and part.value == 1)
            )
            return self.together(
                node, operands or (Quantity(Kind.COUNT),), node.operator, "it also"
            )
        if isinstance(node, Round):
            operand = self.number(node.operand, node)
            kind = Kind.COUNT if operand.dimension == PLAIN else operand.kind
            return Quantity(kind, operand.dimension)
        if isinstance(node, PerMonth):
            operand = self.number(node.operand, node)
            powers, month, year = operand.dimension
            if year != 1 or month:
                raise self.fault(
                    node, f"per_month of {operand.describe()}", "it takes an amount of a year"
                )
            return Quantity(operand.kind, (powers, 1, 0), whole=False)
        if isinstance(node, Lookup):
            return self.lookup(node)
        if isinstance(node, Brackets):
            amount = self.number(node.amount, node)
            schedule = self.known[node.schedule]
            if not schedule.schedule:
                raise self.fault(node, f"{node.schedule!r} is {schedule.describe()}, no schedule")
            return Quantity(amount.kind, amount.dimension, whole=False)
        if isinstance(node, Dates):
            self.want(node.start, Kind.DAY, node.function)
            self.want(node.end, Kind.DAY, node.function)
            return Quantity(Kind.COUNT)
        assert isinstance(node, Given)
        return of[id(node.result)]

    def want(self, node: Expression, kind: Kind, what: str) -> None:
        found = self.of[id(node)]
        if found.kind is not kind:
            raise self.fault(
                node, f"{what} is given {found.describe()}", f"it takes {Quantity(kind).describe()}"
            )

    def number(self, node: Expression, at: Expression | None = None) -> Quantity:
        found = self.of[id(node)]
        if found.kind not in NUMBERS:
            raise self.fault(at or node, f"{found.describe()} stands where a number is needed")
        return found

    def arithmetic(self, node: Arithmetic, left: Quantity, right: Quantity) -> Quantity:
        self.number(node.left, node)
        self.number(node.right, node)
        kind = Kind.MONEY if Kind.MONEY in (left.kind, right.kind) else Kind.RATE
        if left.kind is right.kind is Kind.COUNT:
            kind = Kind.COUNT
        whole = left.whole and right.whole and node.operator != "/"
        if node.operator in "+-":
            if left.dimension != right.dimension and not left.zero and not right.zero:
                raise self.fault(
                    node,
                    f"{left.describe()} {node.operator} {right.describe()}",
                    "only amounts of one unit and period are added; per_month(...) makes a "
                    "month's amount of a year's",
                )
            return Quantity(kind, right.dimension if left.zero else left.dimension, whole)
        sign = 1 if node.operator == "*" else -1
        dimension = tuple(
            a + sign * b for a, b in zip(left.dimension, right.dimension, strict=True)
        )
        assert len(dimension) == 3
        return Quantity(kind if dimension[0] else _plain(kind, whole), dimension, whole)

    def comparison(self, node: Compare, left: Quantity, right: Quantity) -> Quantity:
        if left.kind in NUMBERS and right.kind in NUMBERS:
            self.number(node.left, node)
            self.number(node.right, node)
            if left.dimension != right.dimension and not left.zero and not right.zero:
                raise self.fault(
                    node,
                    f"{left.describe()} {node.operator} {right.describe()}",
                    "only amounts of one unit and period are compared",
                )
        elif (left.kind, left.choices) != (right.kind, right.choices):
            raise self.fault(node, f"{left.describe()} {node.operator} {right.describe()}")
        elif left.kind is Kind.CHOICE and node.operator not in ("==", "!="):
            raise self.fault(node, f"choices have no order for {node.operator}", "== or !=")
        return Quantity(Kind.FLAG)

    def together(
        self, node: Expression, quantities: tuple[Quantity, ...], first: str, second: str
    ) -> Quantity:
        """The quantity that all of ``quantities`` are; faults where they differ."""
        result = quantities[0]
        for other in quantities[1:]:
            numbers = result.kind in NUMBERS and other.kind in NUMBERS
            same = numbers and (result.zero or other.zero or result.dimension == other.dimension)
            same = same or (
                not numbers and (result.kind, result.choices) == (other.kind, other.choices)
            )
            if not same:
                raise self.fault(
                    node, f"{first} is {result.describe()}, {second} is {other.describe()}"
                )
            if numbers:
                base = other if result.zero else result
                result = Quantity(
                    Kind.MONEY if Kind.MONEY in (result.kind, other.kind) else base.kind,
                    base.dimension,
                    result.whole and other.whole,
                    result.zero and other.zero,
                )
        return result

    def lookup(self, node: Lookup) -> Quantity:
        table = self.known[node.table]
        if table.axes is None:
            raise self.fault(node, f"{node.table!r} is {table.describe()}, no table")
        if len(table.axes) != len(node.keys):
            raise self.fault(
                node, f"{node.table!r} has {len(table.axes)} keys, {len(node.keys)} are given"
            )
        for key, words in zip(node.keys, table.axes, strict=True):
            found = self.of[id(key)]
            if words is None:
                if found.kind is not Kind.COUNT or not found.whole:
                    raise self.fault(
                        node,
                        f"{node.table!r} is looked up by {found.describe()}",
                        "by a whole number",
                    )
            elif found.choices is None or {m.word for m in found.choices} != set(words):
                raise self.fault(
                    node,
                    f"{node.table!r} is looked up by {found.describe()}",
                    f"its keys are {', '.join(words)}",
                )
        return Quantity(table.kind, table.dimension, table.whole)


def _constant(node: Constant) -> Quantity:
    if type(node.value) is bool:
        return Quantity(Kind.FLAG)
    if isinstance(node.value, Enumeration):
        return Quantity(Kind.CHOICE, choices=type(node.value))
    return Quantity(Kind.COUNT, zero=node.value == 0)


def _plain(kind: Kind, whole: bool) -> Kind:
    return Kind.RATE if kind is Kind.MONEY or not whole else kind
