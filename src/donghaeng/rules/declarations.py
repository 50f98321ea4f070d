"""What a law module declares: facts, relations, units, aggregations and rules.

Each function here returns a plain record. Nothing is registered anywhere: a law is what its files
say, and two laws live side by side in one process.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from .terms import (
    LARGEST_AMOUNT,
    MONTH,
    POINT,
    Count,
    Day,
    Entity,
    Enumeration,
    Kind,
    Money,
    Period,
    Role,
    Rounding,
)

Label = tuple[str, str]

# Widest values of a kind where a declaration names no range of its own.
WIDEST: dict[Kind, tuple[int, int]] = {
    Kind.MONEY: (0, LARGEST_AMOUNT),
    Kind.COUNT: (0, 1_000),
    Kind.FLAG: (0, 1),
    Kind.DAY: (1_850_01_01, 2_200_12_31),
}


@dataclass(frozen=True)
class Place:
    """A line of a law file."""

    file: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """What every named thing of a law has in common."""

    name: str = ""
    entity: Entity
    kind: Kind
    period: Period
    label: Label
    citation: str = ""
    choices: type[Enumeration] | None = None
    place: Place = Place("", 0)


@dataclass(frozen=True, kw_only=True)
class Fact(Declaration):
    """Something that is known of a person or household, not computed.

    ``default`` is used, and listed in the answer, where the fact is absent; ``None`` declares that
    there is none, and what needs the fact is then undetermined. ``field`` is where a household file
    holds it; ``items`` says that the field is a list of which one entry is summed.
    """

    default: Any = None
    field: str = ""
    question: Label | None = None
    range: tuple[int, int]
    items: tuple[str, Mapping[str, str]] | None = None


@dataclass(frozen=True, kw_only=True)
class Relation(Declaration):
    """A pointer from one person to another of the same household, such as the spouse."""

    field: str = ""
    symmetric: bool = False


@dataclass(frozen=True)
class Unit:
    """A group of persons inside a household.

    With ``member`` (a flag of persons) there is one such unit in a household and its sums belong to
    the household; with ``number`` (a count of persons; equal numbers are together) there may be
    several, and each member sees the sums of the own unit.
    """

    member: str = ""
    number: str = ""


@dataclass(frozen=True)
class Children:
    """Those persons whose ``relation`` points at the person asked about."""

    relation: str


class Operation(Enum):
    """How an aggregation makes one value of many."""

    SUM = "sum"
    COUNT = "count"
    ANY = "any"
    MAX = "max"
    MIN = "min"
    OLDEST = "oldest"
    POINTED = "pointed"


@dataclass(frozen=True, kw_only=True)
class Aggregation(Declaration):
    """One value made of several persons': the only way in which a rule learns of other persons."""

    operation: Operation
    over: Unit | Children | Relation | Entity
    source: str = ""
    born: str = ""
    otherwise: Any = None


@dataclass(frozen=True, kw_only=True)
class Rule(Declaration):
    """One variable = one typed function; its argument names are what it depends on."""

    function: Callable[..., Any]
    arguments: tuple[str, ...] = ()
    rounding: Rounding | None = None
    valid_from: datetime.date | None = None
    valid_until: datetime.date | None = None
    role: Role = Role.INTERMEDIATE
    history: str = ""
    renamed: Mapping[str, Label] = field(default_factory=dict)
    # Filled in when the law is loaded: the annotations as written, and the meaning of the body.
    annotations: Mapping[str, str] = field(default_factory=dict)
    returns: str = ""
    body: Any = None


def _kind_of(value_type: Any) -> tuple[Kind, type[Enumeration] | None]:
    if isinstance(value_type, type) and issubclass(value_type, Enumeration):
        return Kind.CHOICE, value_type
    kinds = {Money: Kind.MONEY, Count: Kind.COUNT, bool: Kind.FLAG, Day: Kind.DAY}
    kind = kinds.get(value_type)
    if kind is None:
        raise TypeError(
            "a fact is Money, Count, bool, Day or an Enumeration; a rate belongs to the parameters"
        )
    return kind, None


def fact(
    entity: Entity,
    value_type: Any,
    *,
    label: Label,
    field: str = "",
    period: Period = POINT,
    default: Any = None,
    question: Label | None = None,
    range: tuple[int, int] | None = None,  # noqa: A002 - the word of the data dictionary
    citation: str = "",
    items: tuple[str, Mapping[str, str]] | None = None,
) -> Fact:
    """Declare a fact.

    Args:
        entity: whom it describes.
        value_type: ``Money``, ``Count``, ``bool``, ``Day`` or an ``Enumeration``.
        label: Korean and English name.
        field: dotted place in a household file; the fact's own name where empty.
        period: ``MONTH`` for what is received or earned in a month, ``POINT`` for a state.
        default: value where absent, listed in the answer; ``None`` where there is no default. A day
            is written ``"2022-07-01"``.
        question: how to ask for it, in Korean and English.
        range: least and largest value, in the unit of the fact.
        citation: article that makes the fact matter.
        items: ``(entry, {other entry: word})`` where the field is a list: the sum of ``entry`` over
            the items whose other entries match.
    """
    kind, choices = _kind_of(value_type)
    _check_label(label)
    widest = (0, len(choices) - 1) if choices else WIDEST[kind]
    if kind is Kind.DAY and isinstance(default, str):
        default = datetime.date.fromisoformat(default)
    low, high = range or widest
    if low > high:
        raise ValueError(f"the range {low} to {high} is reversed")
    if default is not None:
        _check_default(default, kind, choices, (low, high))
    return Fact(
        entity=entity,
        kind=kind,
        period=period,
        label=label,
        citation=citation,
        choices=choices,
        default=default,
        field=field,
        question=question,
        range=range or widest,
        items=items,
    )


def _check_label(label: Any) -> None:
    if not (
        isinstance(label, tuple) and len(label) == 2 and all(isinstance(p, str) for p in label)
    ):
        raise TypeError(f'label={label!r} is not a pair: label=("근로소득", "Earnings")')


def _check_default(
    default: Any, kind: Kind, choices: type[Enumeration] | None, bounds: tuple[int, int]
) -> None:
    types: dict[Kind, Any] = {
        Kind.MONEY: int,
        Kind.COUNT: int,
        Kind.FLAG: bool,
        Kind.DAY: datetime.date,
        Kind.CHOICE: choices,
    }
    right = type(default) is types[kind]
    if right and kind in (Kind.MONEY, Kind.COUNT):
        right = bounds[0] <= default <= bounds[1]
    if not right:
        raise ValueError(f"default={default!r} is not {kind.value} from {bounds[0]} to {bounds[1]}")


def relation(*, label: Label, field: str = "", symmetric: bool = False) -> Relation:
    """Declare a pointer from a person to another person of the household (spouse, parent)."""
    return Relation(
        entity=Entity.PERSON,
        kind=Kind.COUNT,
        period=POINT,
        label=label,
        field=field,
        symmetric=symmetric,
    )


def unit(*, member: str = "", number: str = "") -> Unit:
    """Declare a group of persons by a flag (one group) or by a number (several)."""
    if bool(member) == bool(number):
        raise TypeError("a unit is named by member= (a flag) or by number= (a count), one of them")
    return Unit(member, number)


def children_by(relation_name: str) -> Children:
    """The persons who name the person asked about in ``relation_name``."""
    return Children(relation_name)


def _aggregate(
    operation: Operation,
    over: Any,
    source: str,
    value_type: Any,
    label: Label,
    period: Period,
    citation: str,
    born: str = "",
    otherwise: Any = None,
) -> Aggregation:
    _check_label(label)
    kind, choices = _kind_of(value_type)
    if kind is Kind.DAY and isinstance(otherwise, str):
        otherwise = datetime.date.fromisoformat(otherwise)
    own_group = isinstance(over, (Children, Relation)) or (
        isinstance(over, Unit) and bool(over.number)
    )
    return Aggregation(
        entity=Entity.PERSON if own_group else Entity.HOUSEHOLD,
        kind=kind,
        period=period,
        label=label,
        citation=citation,
        choices=choices,
        operation=operation,
        over=over,
        source=source,
        born=born,
        otherwise=otherwise,
    )


def sum_over(
    over: Any,
    source: str,
    *,
    label: Label,
    period: Period = MONTH,
    value_type: Any = Money,
    citation: str = "",
) -> Aggregation:
    """The sum of ``source`` over the persons of ``over`` (a unit, ``HOUSEHOLD`` or ``children_by``)."""
    return _aggregate(Operation.SUM, over, source, value_type, label, period, citation)


def count_over(over: Any, source: str = "", *, label: Label, citation: str = "") -> Aggregation:
    """How many persons of ``over`` there are; with ``source``, how many of whom the flag holds."""
    return _aggregate(Operation.COUNT, over, source, Count, label, POINT, citation)


def any_over(over: Any, source: str, *, label: Label, citation: str = "") -> Aggregation:
    """Whether the flag ``source`` holds of one person of ``over`` at least."""
    return _aggregate(Operation.ANY, over, source, bool, label, POINT, citation)


def max_over(
    over: Any,
    source: str,
    *,
    label: Label,
    period: Period = POINT,
    value_type: Any = Money,
    citation: str = "",
) -> Aggregation:
    """The largest ``source`` among the persons of ``over``; 0 where there is nobody."""
    return _aggregate(Operation.MAX, over, source, value_type, label, period, citation)


def min_over(
    over: Any,
    source: str,
    *,
    label: Label,
    period: Period = POINT,
    value_type: Any = Money,
    citation: str = "",
) -> Aggregation:
    """The smallest ``source`` among the persons of ``over``; 0 where there is nobody."""
    return _aggregate(Operation.MIN, over, source, value_type, label, period, citation)


def of_oldest(
    over: Any,
    source: str,
    *,
    born: str,
    otherwise: Any,
    label: Label,
    period: Period = POINT,
    value_type: Any = Money,
    citation: str = "",
) -> Aggregation:
    """``source`` of the person of ``over`` with the earliest ``born``; the first listed of equals."""
    return _aggregate(
        Operation.OLDEST, over, source, value_type, label, period, citation, born, otherwise
    )


def of(
    pointer: Relation,
    source: str,
    *,
    otherwise: Any,
    label: Label,
    period: Period = POINT,
    value_type: Any = Money,
    citation: str = "",
) -> Aggregation:
    """``source`` of the person that ``pointer`` names; ``otherwise`` where it names nobody."""
    return _aggregate(
        Operation.POINTED,
        pointer,
        source,
        value_type,
        label,
        period,
        citation,
        otherwise=otherwise,
    )


def rule(
    *,
    entity: Entity,
    citation: str,
    label: Label,
    period: Period = POINT,
    name: str = "",
    rounding: Rounding | None = None,
    valid_from: str = "",
    valid_until: str = "",
    role: Role = Role.INTERMEDIATE,
    history: str = "",
    renamed: Mapping[str, Label] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare that the decorated function is a rule of law.

    Args:
        entity: whom the result describes.
        citation: statute and article.
        label: Korean and English name of the result.
        period: what stretch of time an amount is about.
        name: name of the variable, where two versions of it stand in one file.
        rounding: how an exact amount becomes whole; needed wherever the result may be a fraction.
        valid_from, valid_until: first and last day (``2015-07-01``); open where empty.
        role: where the result stands in an answer.
        history: what changed when, with the number of the amending act.
        renamed: another label from a day on: ``{"2024-09-05": ("서울디딤돌소득", "...")}``.

    The function stays an ordinary function that can be called and stepped through.
    """

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        _check_label(label)
        code = function.__code__
        record = Rule(
            name=name or function.__name__,
            entity=entity,
            kind=Kind.MONEY,
            period=period,
            label=label,
            citation=citation,
            function=function,
            arguments=code.co_varnames[: code.co_argcount],
            rounding=rounding,
            valid_from=_day(valid_from),
            valid_until=_day(valid_until),
            role=role,
            history=history,
            renamed=renamed or {},
        )
        function.__dict__["__rule__"] = record
        return function

    return declare


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
