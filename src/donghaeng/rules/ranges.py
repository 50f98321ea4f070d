"""How large every part of a rule can become, from the declared ranges of the facts.

A rule is computed in whole numbers: one numerator over one common denominator. The analysis says
what that denominator is made of and proves that no numerator can leave the whole numbers that a
machine holds exactly: below 2**53 in a 64-bit float, below 2**63 in a 64-bit integer. A rule that
could pass the second bound is refused when the law is loaded.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .arithmetic import Schedule
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
from .terms import Enumeration, Kind, Way

EXACT_IN_FLOAT = 2**53
EXACT_IN_INTEGER = 2**63

Number = int | Fraction
# The common denominator of all rates that one rule uses.
RATES = "rates"
# Factors of a denominator: name of the factor (`RATES`, a literal such as "12", or the identity of
# the expression divided by) and how often it occurs.
Factors = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Range:
    """Bounds of a value, the factors of its denominator, and a bound on the numerator over them.

    ``largest`` bounds the numerator and everything that is computed on the way to it inside the node.
    """

    low: Number
    high: Number
    factors: Factors = ()
    largest: int = 0


@dataclass(frozen=True)
class Known:
    """Bounds of what an argument of a rule may be.

    ``denominator`` is the common denominator of a rate or of the rates of a table or schedule;
    ``axes`` are first and last key of each whole-number axis; ``schedule`` the brackets themselves.
    """

    low: Number
    high: Number
    denominator: int = 1
    axes: tuple[tuple[int, int] | None, ...] = ()
    schedule: Schedule | None = None
    rate: bool = False


@dataclass(frozen=True)
class Analysis:
    """What is known of one rule: the range of each node by identity, and of the result."""

    ranges: Mapping[int, Range]
    result: Range
    denominator: int
    divisors: Mapping[str, Expression]
    largest: int


def analyse(rule: Rule, known: Mapping[str, Known]) -> Analysis:
    """Bounds of every part of ``rule``.

    Raises:
        LawFault: where a part could pass 2**63, a divisor could be 0 or a key could lie outside its
            table.
    """
    return _Analyser(rule, known).analyse()


class _Analyser:
    def __init__(self, rule: Rule, known: Mapping[str, Known]) -> None:
        self.rule = rule
        self.known = known
        self.ranges: dict[int, Range] = {}
        self.divisors: dict[str, Expression] = {}
        self.sizes: dict[str, int] = {}
        self.denominator = math.lcm(*(known[name].denominator for name in rule.arguments), 1)
        self.sizes[RATES] = self.denominator

    def analyse(self) -> Analysis:
        largest = 0
        for node in walk(self.rule.body):
            found = self.range(node)
            if not isinstance(node, Round):
                size = max(self.numerator(found), self.aligned(node, found), found.largest)
                found = Range(found.low, found.high, found.factors, size)
            if found.largest >= EXACT_IN_INTEGER:
                raise self.fault(
                    node,
                    f"a value here can pass 2^63 (up to {found.largest:.3g})",
                    "narrow the declared range of a fact, or round in between",
                )
            self.ranges[id(node)] = found
            largest = max(largest, found.largest)
        result = self.ranges[id(self.rule.body)]
        if self.rule.rounding is not None:
            result = self.rounded(result, self.rule.rounding.way, self.rule.rounding.multiple)
            if result.largest >= EXACT_IN_INTEGER:
                raise self.fault(self.rule.body, "the rounded result can pass 2^63")
            largest = max(largest, result.largest)
        if _largest(result.low, result.high) >= EXACT_IN_FLOAT:
            raise self.fault(
                self.rule.body, "the result can pass 2^53", "narrow the declared ranges"
            )
        return Analysis(self.ranges, result, self.denominator, self.divisors, largest)

    def fault(self, node: Expression, message: str, remedy: str = "") -> LawFault:
        return LawFault(
            f"rule {self.rule.name!r}: {message}",
            file=self.rule.place.file,
            line=node.line,
            remedy=remedy,
        )

    def size(self, factors: Factors) -> int:
        return math.prod(self.sizes[name] ** power for name, power in factors)

    def numerator(self, found: Range) -> int:
        return math.ceil(_largest(found.low, found.high) * self.size(found.factors))

    def aligned(self, node: Expression, found: Range) -> int:
        """The largest operand once it is brought to the common denominator of the result."""
        if isinstance(node, Arithmetic) and node.operator in "*/":
            return 0
        if not isinstance(node, (Arithmetic, Select, Extreme)):
            return 0
        parts = node.parts()[1:] if isinstance(node, Select) else node.parts()
        ranges = [self.ranges[id(part)] for part in parts]
        return max(self.numerator(Range(r.low, r.high, found.factors)) for r in ranges)

    def range(self, node: Expression) -> Range:
        parts = [self.ranges[id(part)] for part in node.parts()]
        if isinstance(node, Constant):
            return _constant(node)
        if isinstance(node, Name):
            known = self.known[node.name]
            return Range(known.low, known.high, ((RATES, 1),) if known.rate else ())
        if isinstance(node, (Compare, Logic, Not)):
            common = _common(parts)
            largest = max(self.numerator(Range(p.low, p.high, common)) for p in parts)
            return Range(0, 1, (), largest)
        if isinstance(node, Arithmetic):
            return self.arithmetic(node, *parts)
        if isinstance(node, Select):
            return _hull(parts[1:])
        if isinstance(node, Extreme):
            pick = min if node.operator == "min" else max
            return Range(
                pick(part.low for part in parts), pick(part.high for part in parts), _common(parts)
            )
        if isinstance(node, Round):
            return self.rounded(parts[0], node.way, node.to)
        if isinstance(node, PerMonth):
            self.sizes["12"] = 12
            return Range(
                Fraction(parts[0].low, 12),
                Fraction(parts[0].high, 12),
                times(parts[0].factors, (("12", 1),)),
            )
        if isinstance(node, Lookup):
            return self.lookup(node, parts)
        if isinstance(node, Brackets):
            return self.brackets(node, parts[0])
        if isinstance(node, Dates):
            years = (parts[1].high - parts[0].low) // 10_000 + 1
            back = (parts[0].high - parts[1].low) // 10_000 + 1
            unit = 1 if node.function == "age_in_years" else 12
            return Range(-unit * back, unit * years, (), 400_000_000)
        assert isinstance(node, Given)
        return parts[1]

    def arithmetic(self, node: Arithmetic, left: Range, right: Range) -> Range:
        if node.operator == "+":
            return Range(left.low + right.low, left.high + right.high, _common([left, right]))
        if node.operator == "-":
            return Range(left.low - right.high, left.high - right.low, _common([left, right]))
        if node.operator == "*":
            corners = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
            return Range(min(corners), max(corners), times(left.factors, right.factors))
        if right.low <= 0:
            raise self.fault(node, "the divisor can be 0 or less", "divide by max(1, ...)")
        low, high = Fraction(right.low), Fraction(right.high)
        corners = [a / b for a in (left.low, left.high) for b in (low, high)]
        # (a / f) / (b / g) = (a × g) / (f × b): the numerator of the divisor becomes a factor.
        atom = self.divisor(node.right, right)
        factors = times(left.factors, ((atom, 1),))
        scaled = self.numerator(Range(left.low, left.high, times(left.factors, right.factors)))
        return Range(min(corners), max(corners), factors, scaled)

    def divisor(self, node: Expression, found: Range) -> str:
        literal = isinstance(node, Constant)
        atom = str(node.value) if isinstance(node, Constant) else f"divisor {id(node)}"
        self.sizes[atom] = self.numerator(found)
        if not literal:
            self.divisors[atom] = node
        return atom

    def rounded(self, found: Range, way: Way, to: int) -> Range:
        denominator = self.size(found.factors) * to
        largest = 2 * self.numerator(found) + 3 * denominator
        low, high = Fraction(found.low) / to, Fraction(found.high) / to
        if way is Way.UP:
            bounds = (math.ceil(low), math.ceil(high))
        elif way is Way.DOWN:
            bounds = (math.floor(low), math.floor(high))
        else:
            bounds = (math.floor(low + Fraction(1, 2)), math.floor(high + Fraction(1, 2)))
        return Range(bounds[0] * to, bounds[1] * to, (), max(largest, found.largest))

    def lookup(self, node: Lookup, keys: list[Range]) -> Range:
        known = self.known[node.table]
        for axis, key in zip(known.axes, keys, strict=True):
            if axis is not None and not (axis[0] <= key.low and key.high <= axis[1]):
                raise self.fault(
                    node,
                    f"the key of {node.table!r} can be {key.low} to {key.high}, its keys are "
                    f"{axis[0]} to {axis[1]}",
                    f"{node.table}[min(max(key, {axis[0]}), {axis[1]})], or narrow the range",
                )
        return Range(known.low, known.high, ((RATES, 1),) if known.rate else ())

    def brackets(self, node: Brackets, amount: Range) -> Range:
        known = self.known[node.schedule]
        schedule = known.schedule
        factors = times(amount.factors, ((RATES, 1),))
        if schedule is None:  # declared unknown: nothing is computed
            return Range(0, 0, factors)
        size = _largest(amount.low, amount.high) + _largest(*schedule.thresholds, 0)
        steps = zip(schedule.rates, (Fraction(0), *schedule.rates), strict=False)
        bound = size * sum(abs(rate - before) for rate, before in steps)
        return Range(-bound, bound, factors)


def _largest(*values: Number) -> Fraction:
    return max(abs(Fraction(value)) for value in values)


def _constant(node: Constant) -> Range:
    value = node.value
    if isinstance(value, Enumeration):
        value = value.position
    return Range(int(value), int(value))


def _hull(parts: list[Range]) -> Range:
    return Range(min(part.low for part in parts), max(part.high for part in parts), _common(parts))


def _common(parts: list[Range]) -> Factors:
    """The least common multiple of several denominators."""
    powers: dict[str, int] = {}
    for part in parts:
        for name, power in part.factors:
            powers[name] = max(powers.get(name, 0), power)
    return tuple(sorted(powers.items()))


def times(left: Factors, right: Factors) -> Factors:
    """The factors of the product of two denominators."""
    powers = dict(left)
    for name, power in right:
        powers[name] = powers.get(name, 0) + power
    return tuple(sorted(powers.items()))


def kind_range(kind: Kind, choices: type[Enumeration] | None) -> tuple[int, int]:
    """Bounds of a flag or a choice."""
    return (0, 1) if kind is Kind.FLAG else (0, len(choices or ()) - 1)
