"""From the meaning of a rule to lines of array code.

Every number is a whole numerator over a denominator whose factors are known when the code is
written; a rule divides only where the law rounds. The factors' sizes are run-time values, so that a
changed rate changes no code.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from donghaeng.rules.declarations import Rule
from donghaeng.rules.expressions import (
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
from donghaeng.rules.ranges import RATES, Factors, times
from donghaeng.rules.terms import Enumeration, Kind, Way

from .dialects import Dialect
from .packing import Slots

Text = str


@dataclass(frozen=True)
class Code:
    """The code of a node: its numerator (or flag), the factors of its denominator, whether known."""

    text: Text
    factors: Factors = ()
    known: Text = ""


@dataclass
class Emitted:
    """Lines that compute one rule, and the names of the result and of its known flag."""

    lines: list[str] = field(default_factory=list)
    result: Text = ""
    known: Text = ""


class Emitter:
    """Writes the lines of one rule.

    Args:
        rule: the rule; its body is what is written.
        dialect: how an operation is spelt.
        slots: where parameters stand in the parameter array.
        read: code of a fact or variable by name.
        prefix: begins every local name.
        lane: whether the code also tells which results are known.
    """

    def __init__(
        self,
        rule: Rule,
        dialect: Dialect,
        slots: Slots,
        read: Callable[[str], Code],
        prefix: str,
        lane: bool,
    ) -> None:
        self.rule = rule
        self.dialect = dialect
        self.slots = slots
        self.read = read
        self.prefix = prefix
        self.lane = lane
        self.emitted = Emitted()
        self.codes: dict[int, Code] = {}
        self.atoms: dict[str, Text] = {"12": dialect.number(12)}
        self.count = 0

    def emit(self) -> Emitted:
        """The code of the rule, ending in a whole number or a flag."""
        for node in walk(self.rule.body):
            self.codes[id(node)] = self.code(node)
        result = self.codes[id(self.rule.body)]
        rounding = self.rule.rounding
        if rounding is not None:
            result = self.rounded(result, rounding.way, rounding.multiple)
        self.emitted.result = self.local(result.text)
        self.emitted.known = self.local(result.known) if result.known else ""
        return self.emitted

    # Small parts

    def local(self, text: Text) -> Text:
        """A local name for ``text``; what is a name or a number already stays."""
        if text.replace(".", "", 1).replace("_", "").isalnum():
            return text
        self.count += 1
        name = f"{self.prefix}{self.count}"
        self.emitted.lines.append(f"{name} = {text}")
        return name

    def factor(self, name: str) -> Text:
        if name == RATES:
            return self.dialect.parameter(self.slots.denominator(self.rule.name))
        return self.atoms[name]

    def scaled(self, code: Code, factors: Factors) -> Text:
        """The numerator of ``code`` over the larger denominator ``factors``."""
        have = dict(code.factors)
        parts = [code.text]
        for name, power in factors:
            parts += [self.factor(name)] * (power - have.get(name, 0))
        return " * ".join(parts) if len(parts) == 1 else f"({' * '.join(parts)})"

    def product(self, factors: Factors, multiple: int = 1) -> Text:
        parts = [self.factor(name) for name, power in factors for _ in range(power)]
        if multiple != 1 or not parts:
            parts.append(self.dialect.number(multiple))
        return parts[0] if len(parts) == 1 else self.local(" * ".join(parts))

    def all_known(self, *known: Text) -> Text:
        if not self.lane:
            return ""
        texts = [text for text in dict.fromkeys(known) if text and text != self.dialect.true]
        if not texts:
            return self.dialect.true
        result = texts[0]
        for text in texts[1:]:
            result = self.local(self.dialect.both(result, text))
        return result

    # Nodes

    def code(self, node: Expression) -> Code:
        parts = [self.codes[id(part)] for part in node.parts()]
        known = self.all_known(*(part.known for part in parts))
        dialect = self.dialect
        if isinstance(node, Constant):
            return self.constant(node)
        if isinstance(node, Name):
            return self.name(node.name)
        if isinstance(node, Arithmetic):
            return self.arithmetic(node, parts[0], parts[1], known)
        if isinstance(node, Compare):
            factors = _common(parts)
            left, right = (self.scaled(part, factors) for part in parts)
            return Code(self.local(f"{left} {node.operator} {right}"), (), known)
        if isinstance(node, Logic):
            return self.logic(node, parts[0], parts[1])
        if isinstance(node, Not):
            return Code(self.local(dialect.opposite(parts[0].text)), (), known)
        if isinstance(node, Select):
            return self.select(*parts)
        if isinstance(node, Extreme):
            factors = _common(parts)
            text = self.local(self.scaled(parts[0], factors))
            for part in parts[1:]:
                other = self.local(self.scaled(part, factors))
                text = self.local(dialect.extreme(node.operator, text, other))
            return Code(text, factors, known)
        if isinstance(node, Round):
            return self.rounded(parts[0], node.way, node.to)
        if isinstance(node, PerMonth):
            return Code(parts[0].text, times(parts[0].factors, (("12", 1),)), known)
        if isinstance(node, Lookup):
            return self.lookup(node, parts, known)
        if isinstance(node, Brackets):
            return self.brackets(node, parts[0], known)
        if isinstance(node, Dates):
            return Code(self.dates(node.function, parts[0].text, parts[1].text), (), known)
        assert isinstance(node, Given)
        return Code(parts[1].text, parts[1].factors, known)

    def constant(self, node: Constant) -> Code:
        value = node.value
        known = self.dialect.true if self.lane else ""
        if type(value) is bool:
            return Code(self.dialect.true if value else self.dialect.false, (), known)
        if isinstance(value, Enumeration):
            value = value.position
        return Code(self.dialect.number(value), (), known)

    def name(self, name: str) -> Code:
        if name not in self.slots.parameters:
            return self.read(name)
        slot, rate, flag = self.slots.scalar(self.rule.name, name)
        text = self.dialect.parameter(slot)
        known = self.dialect.parameter_known(slot) if self.lane else ""
        if flag:
            text = self.dialect.as_flag(text)
        return Code(text, ((RATES, 1),) if rate else (), known)

    def arithmetic(self, node: Arithmetic, left: Code, right: Code, known: Text) -> Code:
        if node.operator in "+-":
            factors = _common([left, right])
            sides = self.scaled(left, factors), self.scaled(right, factors)
            return Code(self.local(f"{sides[0]} {node.operator} {sides[1]}"), factors, known)
        if node.operator == "*":
            factors = times(left.factors, right.factors)
            return Code(self.local(f"{left.text} * {right.text}"), factors, known)
        atom = (
            str(node.right.value)
            if isinstance(node.right, Constant)
            else f"divisor {id(node.right)}"
        )
        self.atoms[atom] = right.text
        numerator = self.local(self.scaled(left, times(left.factors, right.factors)))
        return Code(numerator, times(left.factors, ((atom, 1),)), known)

    def logic(self, node: Logic, left: Code, right: Code) -> Code:
        dialect = self.dialect
        if node.operator == "and":
            text, open_side = dialect.both(left.text, right.text), left.text
        else:
            text, open_side = dialect.either(left.text, right.text), dialect.opposite(left.text)
        known = ""
        if self.lane:  # the right side counts only where the left leaves it open
            open_side = self.local(open_side)
            needed = self.local(dialect.either(dialect.opposite(open_side), right.known))
            known = self.all_known(left.known, needed)
        return Code(self.local(text), (), known)

    def select(self, condition: Code, then: Code, otherwise: Code) -> Code:
        dialect = self.dialect
        factors = _common([then, otherwise])
        text = self.local(
            dialect.select(
                condition.text, self.scaled(then, factors), self.scaled(otherwise, factors)
            )
        )
        known = ""
        if self.lane:
            chosen = then.known
            if then.known != otherwise.known:
                chosen = self.local(dialect.select(condition.text, then.known, otherwise.known))
            known = self.all_known(condition.known, chosen)
        return Code(text, factors, known)

    def rounded(self, code: Code, way: Way, to: int) -> Code:
        if not code.factors and to == 1:
            return code
        dialect = self.dialect
        divisor = self.product(code.factors, to)
        fixed = all(name in (RATES, "12") or name.isdecimal() for name, _ in code.factors)
        numerator = self.local(code.text)
        if way is Way.NEAREST:
            two = dialect.number(2)
            numerator = self.local(f"{two} * {numerator} + {divisor}")
            quotient = self.floor(numerator, self.local(f"{two} * {divisor}"), fixed)
        elif way is Way.DOWN:
            quotient = self.floor(numerator, divisor, fixed)
        else:
            numerator = self.local(f"{numerator} + {divisor} - {dialect.number(1)}")
            quotient = self.floor(numerator, divisor, fixed)
        if to != 1:
            quotient = f"{self.local(quotient)} * {dialect.number(to)}"
        return Code(self.local(quotient), (), code.known)

    def floor(self, numerator: Text, divisor: Text, fixed: bool) -> Text:
        """The floor of a quotient; where the divisor is the same for all, by its inverse."""
        if not (fixed and self.dialect.inverse):
            return self.dialect.floor(numerator, divisor)
        inverse = self.local(f"{self.dialect.number(1)} / {divisor}")
        return self.dialect.floor_by_inverse(numerator, inverse)

    def lookup(self, node: Lookup, keys: list[Code], known: Text) -> Code:
        base, sizes, firsts, rate = self.slots.table(self.rule.name, node.table)
        index = ""
        for key, size, first in zip(keys, sizes, firsts, strict=True):
            place = f"({key.text} - {self.dialect.number(first)})" if first else key.text
            index = f"({index}) * {self.dialect.number(size)} + {place}" if index else place
        cells = _product(sizes)
        if cells <= self.dialect.selected and not self.lane:
            # Without a memory access that the compiler could not order, the loop is vectorised.
            index = self.local(index)
            text = self.dialect.parameter(base + cells - 1)
            for cell in range(cells - 2, -1, -1):
                reached = f"({index} <= {self.dialect.number(cell)})"
                parameter = self.dialect.parameter(base + cell)
                text = self.local(self.dialect.select(reached, parameter, text))
            return self.cell(node.table, text, rate, known)
        index = self.local(self.dialect.index(index, base))
        if self.lane:  # where a key is not known it may be anything: keep inside the table
            last = base + _product(sizes) - 1
            index = self.local(self.dialect.inside(index, base, last))
            known = self.all_known(known, self.local(self.dialect.cell_known(index)))
        return self.cell(node.table, self.local(self.dialect.cell(index)), rate, known)

    def cell(self, table: str, text: Text, rate: bool, known: Text) -> Code:
        """A cell of a table: a rate over the rates' denominator, a flag, or a whole number."""
        if self.slots.law.parameters[table].kind is Kind.FLAG:
            text = self.local(self.dialect.as_flag(text))
        return Code(text, ((RATES, 1),) if rate else (), known)

    def brackets(self, node: Brackets, amount: Code, known: Text) -> Code:
        dialect = self.dialect
        thresholds, steps = self.slots.schedule(self.rule.name, node.schedule)
        scale = self.product(amount.factors) if amount.factors else ""
        total = ""
        for threshold, step in zip(thresholds, steps, strict=True):
            start = dialect.parameter(threshold) + (f" * {scale}" if scale else "")
            above = self.local(f"{amount.text} - {start}")
            above = self.local(dialect.extreme("max", above, dialect.number(0)))
            part = f"{dialect.parameter(step)} * {above}"
            total = self.local(f"{total} + {part}" if total else part)
        if self.lane and thresholds:
            known = self.all_known(known, dialect.parameter_known(thresholds[0]))
        elif self.lane:
            known = dialect.false
        total = total or dialect.number(0)
        return Code(total, times(amount.factors, ((RATES, 1),)), known)

    def dates(self, function: str, start: Text, end: Text) -> Text:
        """Days are numbers such as 20240701: their order is that of the days."""
        dialect = self.dialect
        if function == "age_in_years":
            return self.local(
                self.floor(self.local(f"{end} - {start}"), dialect.number(10_000), True)
            )
        (start_months, start_day), (end_months, end_day) = self.months(start), self.months(end)
        difference = self.local(f"{end_months} - {start_months}")
        if function == "months_between":
            return difference
        short = dialect.select(f"({end_day} < {start_day})", dialect.number(1), dialect.number(0))
        return self.local(f"{difference} - {self.local(short)}")

    def months(self, day: Text) -> tuple[Text, Text]:
        """Months since the year 0, and the day of the month."""
        dialect = self.dialect
        year = self.local(self.floor(day, dialect.number(10_000), True))
        rest = self.local(f"{day} - {year} * {dialect.number(10_000)}")
        month = self.local(self.floor(rest, dialect.number(100), True))
        of_month = self.local(f"{rest} - {month} * {dialect.number(100)}")
        return self.local(f"{year} * {dialect.number(12)} + {month}"), of_month


def _common(codes: list[Code]) -> Factors:
    powers: dict[str, int] = {}
    for code in codes:
        for name, power in code.factors:
            powers[name] = max(powers.get(name, 0), power)
    return tuple(sorted(powers.items()))


def _product(sizes: tuple[int, ...]) -> int:
    total = 1
    for size in sizes:
        total *= size
    return total
