"""Checks that the law of one day holds together, and what its parts can be.

Every argument of every active rule must be a fact, a variable in force, a parameter with a value (or
a declared gap) on the day, or the day itself; units and periods must match; ranges must stay exact.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from .arithmetic import Schedule
from .declarations import (
    Aggregation,
    Children,
    Declaration,
    Fact,
    Operation,
    Relation,
    Rule,
    Unit,
)
from .faults import LawFault, nearest
from .graph import needs, ordered
from .missing import Missing
from .parameters import Dated, Parameter, Table
from .quantities import PLAIN, Quantity, check_rule, money
from .ranges import EXACT_IN_FLOAT, Analysis, Known, analyse, kind_range
from .terms import LARGEST_HOUSEHOLD, Entity, Enumeration, Kind, Period

if TYPE_CHECKING:
    from .law import Law

# The day that the law is asked about: an argument that every rule may have.
ASSESSMENT_DAY = "assessment_day"


@dataclass
class Links:
    """What linking found: order, quantities, ranges, and the parameters that rules read."""

    order: list[str] = field(default_factory=list)
    quantities: dict[str, Quantity] = field(default_factory=dict)
    known: dict[str, Known] = field(default_factory=dict)
    analyses: dict[str, Analysis] = field(default_factory=dict)
    parameters: dict[str, type[Enumeration] | None] = field(default_factory=dict)
    reads: dict[str, tuple[str, ...]] = field(default_factory=dict)

    # Parameters behind each name, filled in as they are asked for.
    behind: dict[str, frozenset[str]] = field(default_factory=dict)

    def parameters_behind(self, wanted: Iterable[str]) -> set[str]:
        """Every parameter that ``wanted`` rest on, directly or through other variables."""
        found: set[str] = set()
        for name in wanted:
            found |= self.behind_one(name)
        return found

    def behind_one(self, name: str) -> frozenset[str]:
        """Every parameter that ``name`` rests on; from below, so that no chain is too long to climb."""
        if name in self.behind:
            return self.behind[name]
        todo = [name]
        while todo:
            top = todo[-1]
            unknown = [read for read in self.reads.get(top, ()) if read not in self.behind]
            if top in self.behind or not unknown:
                below = [self.behind[read] for read in self.reads.get(top, ())]
                own = {top} if top in self.parameters else set()
                self.behind.setdefault(top, frozenset(own).union(*below))
                todo.pop()
            else:
                todo += unknown
        return self.behind[name]


def link(law: Law) -> Links:
    """Check ``law`` and gather what evaluation and compilation need.

    Raises:
        LawFault: for the first thing that does not hold together.
    """
    return _Linker(law).link()


class _Linker:
    def __init__(self, law: Law) -> None:
        self.law = law
        self.links = Links()

    def link(self) -> Links:
        law, links = self.law, self.links
        for name, declaration in law.variables.items():
            links.reads[name] = needs(declaration)
            for need in needs(declaration):
                self.check_name(declaration, need)
        links.order = ordered(law.variables, law.variables)
        day = law.day.year * 10_000 + law.day.month * 100 + law.day.day
        links.quantities[ASSESSMENT_DAY] = Quantity(Kind.DAY)
        links.known[ASSESSMENT_DAY] = Known(day, day)
        for name in links.order:
            declaration = law.variables[name]
            if isinstance(declaration, Rule):
                self.rule(declaration)
            else:
                self.other(declaration)
        return links

    def fault(self, declaration: Declaration, message: str, remedy: str = "") -> LawFault:
        place = declaration.place
        return LawFault(message, file=place.file, line=place.line, remedy=remedy)

    def check_name(self, declaration: Declaration, name: str) -> None:
        law = self.law
        if name == ASSESSMENT_DAY or name in law.variables:
            return
        if isinstance(declaration, Rule) and name in law.in_force:
            return
        who = f"{declaration.name!r} uses {name!r}"
        if name in law.book.declared.rules:
            raise self.fault(
                declaration,
                f"{who}, of which no version is in force on {law.day}",
                "date the rule that uses it as well: valid_from=, valid_until=",
            )
        if name in law.parameters:
            parameter = law.parameters[name]
            raise self.fault(
                declaration,
                f"{who}, a parameter without a value on {law.day}",
                f"add an entry in {parameter.file}:{parameter.line}, or declare the gap: "
                f"{law.day.year}-01-01: {{value: gap, status: gap}}",
            )
        known = [*law.variables, *law.parameters, ASSESSMENT_DAY]
        raise self.fault(declaration, f"{who}, which nothing declares", nearest(name, known))

    # Facts, relations and aggregations

    def other(self, declaration: Declaration) -> None:
        links = self.links
        links.quantities[declaration.name] = _quantity(declaration)
        if isinstance(declaration, Fact):
            links.known[declaration.name] = Known(*declaration.range)
            self.check_exact(declaration)
        elif isinstance(declaration, Relation):
            links.known[declaration.name] = Known(-1, LARGEST_HOUSEHOLD - 1)
        else:
            assert isinstance(declaration, Aggregation)
            self.check_aggregation(declaration)
            links.known[declaration.name] = self.aggregated(declaration)
            self.check_exact(declaration)

    def check_exact(self, declaration: Declaration) -> None:
        known = self.links.known[declaration.name]
        if not -EXACT_IN_FLOAT < known.low <= known.high < EXACT_IN_FLOAT:
            raise self.fault(
                declaration,
                f"{declaration.name!r} can pass 2^53 ({known.low:,} to {known.high:,})",
                "narrow the declared range of the facts that it rests on",
            )

    def check_aggregation(self, declaration: Aggregation) -> None:
        for name in needs(declaration):
            if self.law.variables[name].entity is not Entity.PERSON:
                raise self.fault(
                    declaration, f"{declaration.name!r} gathers {name!r}, which is no person's"
                )
        self.check_group(declaration)
        if not declaration.source:
            return
        adds = declaration.operation in (Operation.SUM, Operation.MAX, Operation.MIN)
        if adds and declaration.kind not in (Kind.MONEY, Kind.COUNT):
            raise self.fault(
                declaration,
                f"{declaration.name!r}: {declaration.operation.value} of {_quantity(declaration).describe()}",
                "of amounts or counts; any_over asks a flag, of_oldest takes any value",
            )
        source = self.law.variables[declaration.source]
        wanted = (declaration.kind, declaration.choices)
        if declaration.operation is Operation.COUNT:
            wanted = (Kind.FLAG, None)
        if (source.kind, source.choices) != wanted:
            raise self.fault(
                declaration,
                f"{declaration.name!r} gathers {source.name!r}, {_quantity(source).describe()}",
                "name its type: value_type=...",
            )
        if source.kind is Kind.MONEY and source.period is not declaration.period:
            raise self.fault(
                declaration,
                f"{declaration.name!r} is about a {declaration.period.value}, "
                f"{source.name!r} about a {source.period.value}",
                f"period={source.period.name}",
            )

    def check_group(self, declaration: Aggregation) -> None:
        """What tells the persons apart, and what stands for nobody, is of the right kind."""
        over = declaration.over
        wanted: list[tuple[str, Kind | None]] = []
        if isinstance(over, Unit):
            wanted.append((over.member, Kind.FLAG) if over.member else (over.number, Kind.COUNT))
        if isinstance(over, (Children, Relation)):
            wanted.append((over.relation if isinstance(over, Children) else over.name, None))
        if declaration.born:
            wanted.append((declaration.born, Kind.DAY))
        for name, kind in wanted:
            found = self.law.variables[name]
            if isinstance(found, Relation) != (kind is None) or (kind and found.kind is not kind):
                what = f"a {kind.value}" if kind else "a relation"
                raise self.fault(declaration, f"{declaration.name!r} needs {name!r} to be {what}")
        if declaration.operation in (Operation.POINTED, Operation.OLDEST):
            self.check_otherwise(declaration)

    def check_otherwise(self, declaration: Aggregation) -> None:
        types: dict[Kind, Any] = {
            Kind.MONEY: int,
            Kind.COUNT: int,
            Kind.FLAG: bool,
            Kind.DAY: datetime.date,
            Kind.CHOICE: declaration.choices,
        }
        if type(declaration.otherwise) is not types[declaration.kind]:
            raise self.fault(
                declaration,
                f"{declaration.name!r}: otherwise={declaration.otherwise!r} is no "
                f"{type_name(declaration.kind, declaration.choices)}",
            )

    def aggregated(self, declaration: Aggregation) -> Known:
        operation = declaration.operation
        if operation is Operation.COUNT:
            # A household has one person at least; a unit or a set of children may be empty.
            least = 1 if declaration.over is Entity.HOUSEHOLD and not declaration.source else 0
            return Known(least, LARGEST_HOUSEHOLD)
        if operation is Operation.ANY:
            return Known(0, 1)
        source = self.links.known[declaration.source]
        if operation is Operation.SUM:
            return Known(
                min(0, source.low * LARGEST_HOUSEHOLD), max(0, source.high * LARGEST_HOUSEHOLD)
            )
        bounds = [source.low, source.high]
        if operation in (Operation.MAX, Operation.MIN):
            bounds.append(0)
        else:
            bounds.append(number(declaration.otherwise))
        return Known(min(bounds), max(bounds))

    # Rules

    def rule(self, rule: Rule) -> None:
        links = self.links
        for name, annotation in rule.annotations.items():
            if name in self.law.variables:
                self.check_variable(rule, name, annotation)
            elif name != ASSESSMENT_DAY:
                self.parameter(rule, name, annotation)
            elif annotation != "Day":
                raise self.fault(
                    rule, f"{rule.name!r} takes {name} as {annotation}", f"{name}: Day"
                )
        if rule.entity is Entity.HOUSEHOLD:
            for name in rule.arguments:
                needed = self.law.variables.get(name)
                if needed is not None and needed.entity is Entity.PERSON:
                    raise self.fault(
                        rule,
                        f"{rule.name!r} of a household uses {name!r} of a person",
                        f'declare sum_over(HOUSEHOLD, "{name}", ...) and use that',
                    )
        check_rule(rule, links.quantities)
        links.quantities[rule.name] = _quantity(rule)
        analysis = analyse(rule, links.known)
        links.analyses[rule.name] = analysis
        links.known[rule.name] = Known(analysis.result.low, analysis.result.high)

    def check_variable(self, rule: Rule, name: str, annotation: str) -> None:
        declaration = self.law.variables[name]
        right = type_name(declaration.kind, declaration.choices)
        if annotation != right:
            raise self.fault(
                rule, f"{rule.name!r} takes {name!r} as {annotation}", f"{name}: {right}"
            )

    def parameter(self, rule: Rule, name: str, annotation: str) -> None:
        links, parameter = self.links, self.law.parameters[name]
        choices = None
        if parameter.kind is Kind.CHOICE and parameter.axes:
            raise self.fault(rule, f"{name!r} is a table of choices", "unit: count or flag")
        if parameter.kind is Kind.CHOICE:
            choices = self.law.enumerations.get(annotation)
            words = {member.word for member in choices or ()}
            dated = self.law.in_force[name]
            unknown = {*dated.regimes, *_words(dated)} - words
            if choices is None or unknown:
                raise self.fault(
                    rule,
                    f"{rule.name!r} takes {name!r} as {annotation}",
                    f"an Enumeration with the words {', '.join(sorted(unknown)) or 'of its regimes'}",
                )
        right = (
            "Table"
            if parameter.axes
            else "Schedule"
            if parameter.brackets
            else type_name(parameter.kind, choices)
        )
        if annotation != right:
            raise self.fault(
                rule, f"{rule.name!r} takes {name!r} as {annotation}", f"{name}: {right}"
            )
        if name not in links.parameters:
            links.parameters[name] = choices
            links.quantities[name] = parameter_quantity(parameter, choices)
            links.known[name] = parameter_known(parameter, self.law.in_force[name], choices)


def _words(dated: Dated) -> set[str]:
    return {cell for cell in dated.cells.values() if isinstance(cell, str)}


def type_name(kind: Kind, choices: type[Enumeration] | None) -> str:
    """The annotation of a value of this kind."""
    return choices.__name__ if choices else kind.value


def _quantity(declaration: Declaration) -> Quantity:
    dimension = money(declaration.period) if declaration.kind is Kind.MONEY else PLAIN
    return Quantity(declaration.kind, dimension, choices=declaration.choices)


def parameter_quantity(parameter: Parameter, choices: type[Enumeration] | None) -> Quantity:
    """What sort of thing a parameter is."""
    period = Period(parameter.period)
    if parameter.kind is Kind.MONEY and not parameter.brackets:
        dimension = money(period)
    elif parameter.kind is Kind.RATE:
        _, month, year = money(period)
        dimension = (0, month, year)
    else:
        dimension = PLAIN
    axes = None
    if parameter.axes:
        axes = tuple(
            None if axis.numeric else tuple(str(key) for key in axis.keys)
            for axis in parameter.axes
        )
    return Quantity(
        parameter.kind,
        dimension,
        whole=parameter.kind is not Kind.RATE,
        choices=choices,
        axes=axes,
        schedule=parameter.brackets,
    )


def parameter_known(parameter: Parameter, dated: Dated, choices: type[Enumeration] | None) -> Known:
    """Bounds of a parameter over its cells."""
    cells = [cell for cell in dated.cells.values() if not isinstance(cell, Missing)]
    axes = tuple(
        (int(axis.keys[0]), int(axis.keys[-1])) if axis.numeric else None for axis in parameter.axes
    )
    if parameter.brackets:
        schedule = cells[0] if cells else None
        assert schedule is None or isinstance(schedule, Schedule)
        rates = schedule.rates if schedule else ()
        return Known(0, 0, math.lcm(*(rate.denominator for rate in rates), 1), schedule=schedule)
    if parameter.kind in (Kind.FLAG, Kind.CHOICE):
        return Known(*kind_range(parameter.kind, choices), axes=axes)
    numbers = [number(cell) for cell in cells]
    if not numbers:
        return Known(0, 0, axes=axes, rate=parameter.kind is Kind.RATE)
    denominator = math.lcm(*(Fraction(value).denominator for value in numbers))
    return Known(min(numbers), max(numbers), denominator, axes, rate=parameter.kind is Kind.RATE)


def number(value: Any) -> int | Fraction:
    """The number that stands for a value in tables: a day as 20240701, a choice as its place."""
    if isinstance(value, (int, Fraction)):
        return int(value) if isinstance(value, bool) else value
    if isinstance(value, Enumeration):
        return value.position
    return int(value.year * 10_000 + value.month * 100 + value.day)


def seen_by_rules(law: Law, name: str) -> Any:
    """A parameter as the functions receive it."""
    parameter, dated = law.parameters[name], law.in_force[name]
    if parameter.axes:
        return Table(name, parameter.axes, dated.cells)
    cell = dated.cells[()]
    choices = law.links.parameters[name]
    return choices.from_word(cell) if choices and isinstance(cell, str) else cell
