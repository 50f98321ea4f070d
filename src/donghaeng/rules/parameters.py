"""Dated parameters of a law, read from YAML: value, unit, label, citation, source and status.

A parameter file holds one mapping per parameter::

    livelihood_ratio:
      label: {ko: 생계급여 선정기준 비율, en: Livelihood benefit line, share of median income}
      unit: rate
      citation: 국민기초생활 보장법 §8②
      values:
        2017-01-01: {value: 30%, status: official, source: "..."}
        2024-01-01: {value: 32%, status: official, source: "..."}

``keys`` makes it a table (``household_size: [1, 7]`` or a list of words), ``gap`` as a value or as a
cell declares that the number is not known to us, ``regimes`` that the law itself is not known and
which readings are possible. ``yearly: true`` ends each value with its calendar year.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from .arithmetic import Schedule
from .declarations import Place
from .faults import LawFault, nearest
from .missing import Missing
from .terms import Kind, Status
from .yaml_files import read_yaml

GAP = "gap"
LONGEST_NUMBER = 30
UNITS = {
    "money": Kind.MONEY,
    "rate": Kind.RATE,
    "count": Kind.COUNT,
    "flag": Kind.FLAG,
    "day": Kind.DAY,
    "choice": Kind.CHOICE,
}
PERIODS = ("point", "month", "year")
FIELDS = (
    "label",
    "unit",
    "period",
    "citation",
    "keys",
    "brackets",
    "yearly",
    "note",
    "values",
    "until",
)
VALUE_FIELDS = ("value", "status", "status_of", "source", "note", "regimes", "default")

Cell = int | Fraction | bool | datetime.date | str | Schedule | Missing
Key = int | str


@dataclass(frozen=True)
class Axis:
    """One dimension of a table: consecutive whole numbers, or words of an enumeration."""

    name: str
    keys: tuple[Key, ...]

    @property
    def numeric(self) -> bool:
        return isinstance(self.keys[0], int)


@dataclass(frozen=True)
class Dated:
    """What a parameter is from a day on.

    ``cells`` maps keys to values (the empty key where it is no table); a cell that is a gap holds a
    ``Missing``. ``regimes`` are the possible readings where the law is not known; ``default`` is the
    one that is taken where a single figure is wanted.
    """

    start: datetime.date
    cells: Mapping[tuple[Key, ...], Cell]
    status: Status
    status_of: Mapping[str, Status]
    source: str
    note: str = ""
    regimes: tuple[str, ...] = ()
    default: str = ""

    def status_at(self, key: tuple[Key, ...]) -> Status:
        """Status of one cell."""
        if isinstance(self.cells.get(key), Missing):
            return Status.GAP
        for part in (_place(key), *(str(part) for part in key)):
            if part in self.status_of:
                return self.status_of[part]
        return self.status


@dataclass(frozen=True)
class Parameter:
    """A named, dated number, table, schedule or choice of the law."""

    name: str
    file: str
    line: int
    label: tuple[str, str]
    kind: Kind
    period: str
    citation: str
    axes: tuple[Axis, ...] = ()
    brackets: bool = False
    yearly: bool = False
    note: str = ""
    until: datetime.date | None = None
    values: tuple[Dated, ...] = field(default_factory=tuple)

    def on(self, day: datetime.date) -> Dated | None:
        """The entry in force on ``day``; ``None`` where none is."""
        current = None
        for dated in self.values:
            if dated.start <= day:
                current = dated
        if current is None or (self.yearly and current.start.year != day.year):
            return None
        return None if self.until and day > self.until else current


class Table:
    """A parameter table as a rule sees it: ``table[key]`` or ``table[key, key]``.

    A cell that is a declared gap comes back as a missing value.
    """

    __slots__ = ("axes", "cells", "name")

    def __init__(
        self, name: str, axes: tuple[Axis, ...], cells: Mapping[tuple[Key, ...], Cell]
    ) -> None:
        self.name = name
        self.axes = axes
        self.cells = {key if len(key) > 1 else key[0]: cell for key, cell in cells.items()}

    def __getitem__(self, key: Any) -> Any:
        if type(key) is int:
            return self.cells[key]
        if type(key) is tuple:
            return self.cells[tuple(_word(part) for part in key)]
        return self.cells[_word(key)]


def _word(key: Any) -> Any:
    return key if type(key) is int else key.word


def read_parameters(text: str, file: str) -> dict[str, Parameter]:
    """Every parameter of one file.

    Raises:
        LawFault: with file and line, for whatever is missing, misspelt or contradictory.
    """
    document, lines = read_yaml(text, file)
    if not isinstance(document, dict):
        raise LawFault("a parameter file is a mapping of names", file=file, line=1)
    return {
        name: _Reader(str(name), file, lines.get(name, 0)).parameter(entry)
        for name, entry in document.items()
    }


def new_parameter(name: str, entry: Any, place: Place) -> Parameter:
    """A parameter that stands in another document, checked as in its own file.

    Raises:
        LawFault: where it is not whole.
    """
    return _Reader(name, place.file, place.line).parameter(entry)


def parameter_cells(
    parameter: Parameter, value: Any, start: datetime.date, place: Place
) -> Mapping[tuple[Key, ...], Cell]:
    """The cells of a new value of ``parameter``, checked as in its own file.

    Raises:
        LawFault: where the value does not fit the parameter.
    """
    reader = _Reader(parameter.name, place.file, place.line)
    return reader.cells(start, value, parameter.kind, parameter.axes, parameter.brackets)


class _Reader:
    """Reads one parameter and knows where it stands."""

    def __init__(self, name: str, file: str, line: int) -> None:
        self.name, self.file, self.line = name, file, line

    def fault(self, message: str, remedy: str = "") -> LawFault:
        return LawFault(
            f"parameter {self.name!r}: {message}", file=self.file, line=self.line, remedy=remedy
        )

    def parameter(self, entry: Any) -> Parameter:
        if not isinstance(entry, dict):
            raise self.fault("is a mapping with label, unit, citation and values")
        for key in entry:
            if key not in FIELDS:
                raise self.fault(f"unknown field {key!r}", nearest(str(key), FIELDS))
        for key in ("label", "unit", "citation", "values"):
            if not entry.get(key):
                raise self.fault(f"{key} is missing")
        unit, _, per = str(entry["unit"]).partition("/")
        if unit not in UNITS:
            raise self.fault(f"unknown unit {unit!r}", f"one of {', '.join(UNITS)}")
        kind = UNITS[unit]
        period = str(entry.get("period", per or "point"))
        if period not in PERIODS:
            raise self.fault(f"unknown period {period!r}", f"one of {', '.join(PERIODS)}")
        label = entry["label"]
        if not isinstance(label, dict) or set(label) != {"ko", "en"}:
            raise self.fault("label holds ko and en")
        keys_given = entry.get("keys") or {}
        if not isinstance(keys_given, dict):
            raise self.fault("keys are a mapping", "keys: {household_size: [1, 7]}")
        axes = tuple(self.axis(name, keys) for name, keys in keys_given.items())
        if axes and entry.get("brackets"):
            raise self.fault("has keys and brackets", "one parameter a row of brackets")
        brackets = bool(entry.get("brackets", False))
        until = entry.get("until")
        if until is not None and type(until) is not datetime.date:
            raise self.fault(f"until {until!r} is not a day", "2025-06-30")
        return Parameter(
            name=self.name,
            file=self.file,
            line=self.line,
            label=(str(label["ko"]), str(label["en"])),
            kind=kind,
            period=period,
            citation=str(entry["citation"]),
            axes=axes,
            brackets=brackets,
            yearly=bool(entry.get("yearly", False)),
            note=str(entry.get("note", "")),
            until=until,
            values=self.values(entry["values"], kind, axes, brackets),
        )

    def axis(self, name: Any, keys: Any) -> Axis:
        if not isinstance(keys, list) or not keys:
            raise self.fault(f"keys of {name!r} are [first, last] or a list of words")
        if all(type(key) is int for key in keys):
            if len(keys) != 2 or keys[0] > keys[1]:
                raise self.fault(f"whole-number keys of {name!r} are [first, last]")
            return Axis(str(name), tuple(range(keys[0], keys[1] + 1)))
        return Axis(str(name), tuple(str(key) for key in keys))

    def values(
        self, entries: Any, kind: Kind, axes: tuple[Axis, ...], brackets: bool
    ) -> tuple[Dated, ...]:
        if not isinstance(entries, dict):
            raise self.fault("values is a mapping from days to entries")
        dated = []
        for start, entry in entries.items():
            if type(start) is not datetime.date:
                raise self.fault(f"{start!r} is not a day", "2024-01-01")
            if not isinstance(entry, dict):
                raise self.fault(f"{start}: an entry holds value, status and source")
            dated.append(self.dated(start, entry, kind, axes, brackets))
        if dated != sorted(dated, key=lambda each: each.start):
            raise self.fault("values stand in the order of their days")
        return tuple(dated)

    def dated(
        self,
        start: datetime.date,
        entry: dict[str, Any],
        kind: Kind,
        axes: tuple[Axis, ...],
        brackets: bool,
    ) -> Dated:
        for key in entry:
            if key not in VALUE_FIELDS:
                raise self.fault(f"{start}: unknown field {key!r}", nearest(str(key), VALUE_FIELDS))
        status = self.status(start, entry.get("status"))
        given = entry.get("status_of") or {}
        if not isinstance(given, dict):
            raise self.fault(f"{start}: status_of is a mapping from keys to statuses")
        status_of = {str(key): self.status(start, word) for key, word in given.items()}
        places = {part for axis in axes for part in map(str, axis.keys)}
        places |= {_place(key) for key in itertools.product(*(axis.keys for axis in axes))}
        for key in status_of:
            if key not in places:
                raise self.fault(f"{start}: status_of names {key!r}, which is no cell")
        if not entry.get("source") and status is not Status.GAP:
            raise self.fault(f"{start}: source is missing")
        listed = entry.get("regimes") or []
        if not isinstance(listed, list):
            raise self.fault(
                f"{start}: regimes are a list", "regimes: [first_reading, second_reading]"
            )
        regimes = tuple(str(name) for name in listed)
        if regimes:
            if kind is not Kind.CHOICE:
                raise self.fault(f"{start}: only a choice has regimes", "unit: choice")
            default = str(entry.get("default") or "")
            if default and default not in regimes:
                raise self.fault(f"{start}: the default {default!r} is not among the regimes")
            cells: dict[tuple[Key, ...], Cell] = {
                (): default if default else Missing(f"regime:{self.name}")
            }
        elif "value" not in entry:
            raise self.fault(
                f"{start}: value is missing", f"declare what is not known: value: {GAP}"
            )
        else:
            cells = self.cells(start, entry["value"], kind, axes, brackets)
        if (status is Status.GAP) != all(isinstance(c, Missing) for c in cells.values()) and (
            not regimes
        ):
            raise self.fault(f"{start}: status gap and value gap belong together")
        return Dated(
            start=start,
            cells=cells,
            status=status,
            status_of=status_of,
            source=str(entry.get("source", "")),
            note=str(entry.get("note", "")),
            regimes=regimes,
            default=str(entry.get("default") or ""),
        )

    def status(self, start: datetime.date, word: Any) -> Status:
        try:
            return Status(word)
        except ValueError:
            words = ", ".join(status.value for status in Status)
            what = "status is missing" if word is None else f"unknown status {word!r}"
            raise self.fault(f"{start}: {what}", f"one of {words}") from None

    def cells(
        self,
        start: datetime.date,
        value: Any,
        kind: Kind,
        axes: tuple[Axis, ...],
        brackets: bool,
    ) -> dict[tuple[Key, ...], Cell]:
        if brackets:
            return {(): self.schedule(start, value)}
        wanted = list(itertools.product(*(axis.keys for axis in axes)))
        if value == GAP:
            return {key: self.gap(key) for key in wanted}
        found = dict(self.flatten(value, len(axes)))
        for key in found:
            if key not in wanted:
                raise self.fault(f"{start}: the table has no place {_spell(key)!r}")
        for key in wanted:
            if key not in found:
                raise self.fault(
                    f"{start}: the cell {_spell(key)!r} is missing",
                    f"declare what is not known: {_spell(key)}: {GAP}",
                )
        return {
            key: self.gap(key) if found[key] == GAP else self.scalar(start, found[key], kind)
            for key in wanted
        }

    def gap(self, key: tuple[Key, ...]) -> Missing:
        return Missing(f"parameter:{self.name}" + (f"[{_spell(key)}]" if key else ""))

    def flatten(self, value: Any, depth: int) -> Iterator[tuple[tuple[Key, ...], Any]]:
        if depth == 0:
            yield (), value
        elif isinstance(value, dict):
            for key, inner in value.items():
                for rest, cell in self.flatten(inner, depth - 1):
                    yield (key, *rest), cell
        else:
            raise self.fault(f"{value!r} stands where a table is declared")

    def schedule(self, start: datetime.date, value: Any) -> Cell:
        if value == GAP:
            return self.gap(())
        if not isinstance(value, dict) or not value:
            raise self.fault(f"{start}: brackets are a mapping from thresholds to rates")
        thresholds = [self.scalar(start, threshold, Kind.MONEY) for threshold in value]
        rates = [self.scalar(start, rate, Kind.RATE) for rate in value.values()]
        if thresholds != sorted(thresholds):  # type: ignore[type-var]
            raise self.fault(f"{start}: thresholds stand in rising order")
        return Schedule(thresholds, rates)  # type: ignore[arg-type]

    def scalar(self, start: datetime.date, value: Any, kind: Kind) -> Cell:
        if kind in (Kind.MONEY, Kind.COUNT) and type(value) is int:
            return value
        if kind is Kind.FLAG and type(value) is bool:
            return value
        if kind is Kind.DAY and type(value) is datetime.date:
            return value
        if kind is Kind.CHOICE and isinstance(value, str):
            return value
        if kind is Kind.RATE and isinstance(value, Fraction):
            return value
        if kind is Kind.RATE and (rate := read_rate(value)) is not None:
            return rate
        wanted = {
            Kind.MONEY: "a whole amount of money",
            Kind.COUNT: "a whole number",
            Kind.FLAG: "true or false",
            Kind.DAY: "a day such as 2024-01-01",
            Kind.CHOICE: "a word",
            Kind.RATE: "a rate such as 4.17%, 2/3, 4%/12 or 0",
        }[kind]
        raise self.fault(f"{start}: {value!r} is not {wanted}")


def read_rate(value: Any) -> Fraction | None:
    """An exact rate: ``30%``, ``2/3``, ``4%/12`` or a whole number. ``None`` for anything else.

    >>> read_rate("4%/12"), read_rate("0.9182%")
    (Fraction(1, 300), Fraction(4591, 500000))
    """
    if type(value) is int:
        return Fraction(value)
    if not isinstance(value, str):
        return None
    result: Fraction | None = None
    for part in value.replace(" ", "").split("/"):
        number = part.removesuffix("%")
        if len(number) > LONGEST_NUMBER or not number.replace(".", "", 1).isdecimal():
            return None
        exact = Fraction(number) / (100 if part.endswith("%") else 1)
        if result is None:
            result = exact
        elif exact == 0:
            return None
        else:
            result /= exact
    return result


def _place(key: tuple[Key, ...]) -> str:
    return ",".join(str(part) for part in key)


def _spell(key: tuple[Key, ...]) -> str:
    return ", ".join(str(part) for part in key)
