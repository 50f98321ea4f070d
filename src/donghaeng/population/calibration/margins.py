"""Margins: how many households or persons there are of each kind, from a file with sources.

A margins file::

    title: {ko: 서울의 가구와 인구, en: Households and persons of Seoul}
    reference_day: 2024-07-01
    margins:
      size:
        of: households
        by: [{column: size, bands: [1, 2, 3, 4, 5]}]     # 1, 2, 3, 4, 5+
        total: {1: 1_600_000, 2: 1_100_000, 3: 800_000, 4: 500_000, 5+: 140_000}
        source: "…"
        status: official
      age_and_sex:
        of: persons
        by: [{column: sex}, {column: age, bands: [0, 20, 65]}]     # 0-19, 20-64, 65+
        total: {male: {0-19: …, 20-64: …, 65+: …}, female: {…}}
        source: "…"
        status: official
      wages: {of: persons, sum_of: wages_year, total: 250_000_000_000_000, source: "…", status: press}

Columns are those of the table, and three that are derived: ``size``, the household's number of persons;
``age``, a person's full years on the reference day; ``head_…``, a column of the household's person 1. A
margin of persons may also name a column of their household.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from donghaeng.evidence.input_files import Entry, Text, read_file
from donghaeng.evidence.standing import Standing
from donghaeng.population.schema import Table
from donghaeng.rules.faults import BadInput, LawFault, nearest

Cell = tuple[str, ...]
Whole = Annotated[int, Field(strict=True, ge=0, le=10**15)]


class Others(StrEnum):
    """What becomes of rows in no category of the margin: they are refused, or left free."""

    REFUSE = "refuse"
    FREE = "free"


class Column(Entry):
    """A column whose values are the categories; with ``bands``, the lower ends of its classes."""

    column: str = Field(min_length=1)
    bands: tuple[Whole, ...] = ()

    @model_validator(mode="after")
    def _rising(self) -> Self:
        if any(low >= high for low, high in itertools.pairwise(self.bands)):
            raise ValueError("bands are the lower ends of classes, in rising order")
        return self

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of the bands: ``0-19``, ``20``, ``65+``."""
        ends = itertools.pairwise(self.bands)
        closed = (str(a) if b == a + 1 else f"{a}-{b - 1}" for a, b in ends)
        return (*closed, f"{self.bands[-1]}+") if self.bands else ()


class Margin(Entry):
    """One table of totals. With ``sum_of`` a total is the sum of that column, otherwise a number of rows.

    ``scaled_to`` names the margin whose grand total this one is brought to: of this one only the shares count.
    """

    of: Table
    by: tuple[Column, ...] = ()
    total: Any
    sum_of: str | None = None
    others: Others = Others.REFUSE
    scaled_to: str | None = None
    source: str = Field(min_length=1)
    status: Standing
    note: str = ""

    @model_validator(mode="after")
    def _check_cells(self) -> Self:
        seen: set[Cell] = set()
        for cell, total in _cells(self.total, len(self.by)):
            place = ", ".join(cell) or "the total"
            if type(total) not in (int, float) or not abs(total) <= 10**18:
                raise ValueError(f"{place}: {total!r} is no number")
            if total < 0 and self.sum_of is None:
                raise ValueError(f"{place}: a number of {self.of} is not below 0")
            if cell in seen:
                raise ValueError(f"{place} stands there twice")
            for column, label in zip(self.by, cell, strict=True):
                if column.bands and label not in column.labels:
                    raise ValueError(
                        f"{column.column} has no band {label!r} "
                        f"({nearest(label, column.labels) or 'one of ' + ', '.join(column.labels)})"
                    )
            seen.add(cell)
        return self

    @property
    def cells(self) -> dict[Cell, float]:
        """The total of each category, as it stands in the file."""
        return {cell: float(total) for cell, total in _cells(self.total, len(self.by))}

    @property
    def covers_all(self) -> bool:
        """Whether every row is counted once, so that the totals add up to the number of rows."""
        return self.sum_of is None and self.others is Others.REFUSE


class Margins(Entry):
    """Margins of one population on one day."""

    title: Text
    reference_day: datetime.date
    margins: dict[str, Margin] = Field(min_length=1)

    @model_validator(mode="after")
    def _check_scaled_to(self) -> Self:
        for name, margin in self.margins.items():
            if margin.scaled_to is None:
                continue
            other = self.margins.get(margin.scaled_to)
            if other is None or other is margin or other.scaled_to is not None:
                raise ValueError(
                    f"{name} is scaled to {margin.scaled_to!r}, which is no other margin with "
                    f"totals of its own"
                )
            if sum(margin.cells.values()) == 0:
                raise ValueError(f"{name} adds up to 0 and cannot be scaled")
            if (other.of, other.sum_of) != (margin.of, margin.sum_of):
                raise ValueError(f"{name} and {margin.scaled_to} do not count the same")
        return self

    def totals(self, name: str) -> dict[Cell, float]:
        """The totals of a margin, scaled where it says so."""
        margin = self.margins[name]
        cells = margin.cells
        if margin.scaled_to is None:
            return cells
        wanted = sum(self.margins[margin.scaled_to].cells.values())
        factor = wanted / sum(cells.values())
        return {cell: total * factor for cell, total in cells.items()}


def read_margins(file: str | Path) -> Margins:
    """The margins in a YAML file.

    Raises:
        BadInput: with file and field, for the first thing that is not right.
    """
    try:
        return read_file(Path(file), Margins)
    except LawFault as fault:
        raise BadInput(f"line {fault.line}: {fault.message}", file=str(file)) from None


def word(value: object) -> str:
    """A category as files and tables spell it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _cells(total: Any, depth: int) -> Iterator[tuple[Cell, Any]]:
    if depth == 0:
        if isinstance(total, dict):
            raise ValueError("the total is a table, but `by` names fewer columns")
        yield (), total
        return
    if not isinstance(total, dict) or not total:
        raise ValueError("the total is a table with one level for each column of `by`")
    for key, inner in total.items():
        for rest, figure in _cells(inner, depth - 1):
            yield (word(key), *rest), figure
