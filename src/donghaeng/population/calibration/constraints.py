"""Margins as constraints on household weights: each household's part in each total.

A margin of persons counts the persons that a household has in a category, so that one weight serves the
household and everybody in it (integrated weights: Lemaître and Dufour 1987).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from donghaeng.population.schema import Table
from donghaeng.rules.faults import BadInput, nearest

from .margins import Cell, Column, Margin, Margins, Others, word

FloatArray = NDArray[numpy.float64]
WholeArray = NDArray[numpy.int64]
SAME = 1e-9


@dataclass(frozen=True)
class Target:
    """One total: the margin, its category, and what is asked."""

    margin: str
    cell: Cell
    total: float

    @property
    def name(self) -> str:
        """``age_and_sex (male, 65+)``."""
        return f"{self.margin} ({', '.join(self.cell)})" if self.cell else self.margin


@dataclass(frozen=True)
class Constraints:
    """``parts.T @ weights`` is to be the totals.

    ``parts`` is sparse (CSR) of shape (households, targets).
    """

    parts: Any
    targets: tuple[Target, ...]

    @property
    def totals(self) -> FloatArray:
        """What is asked, shape (targets,)."""
        return numpy.array([target.total for target in self.targets])

    def met(self, weights: FloatArray) -> FloatArray:
        """What ``weights`` give, shape (targets,)."""
        return numpy.asarray(self.parts.T @ weights)


def constraints_of(
    households: pl.DataFrame, persons: pl.DataFrame, margins: Margins
) -> Constraints:
    """The constraints that the margins put on the weights of ``households``.

    Raises:
        BadInput: for a column that is not there, a row in no category, a person without household, margins
            whose totals contradict each other, a total without any row, or a total of 0 with rows.
    """
    _check_grand_totals(margins)
    place = _places(households, persons)
    blocks, targets = [], []
    for name, margin in margins.margins.items():
        totals = margins.totals(name)
        rows, table = _table(margin, households, persons, place, margins, name)
        code = _codes(table, margin, list(totals), name, len(rows))
        value = _values(table, margin, name, len(rows))
        inside = code >= 0
        block = sparse.csr_matrix(
            (value[inside], (rows[inside], code[inside])), shape=(households.height, len(totals))
        )
        own = [Target(name, cell, total) for cell, total in totals.items()]
        _check_reach(block, own, margin)
        blocks.append(block)
        targets += own
    return Constraints(sparse.hstack(blocks, format="csr"), tuple(targets))


def _check_grand_totals(margins: Margins) -> None:
    """Margins that count every household, or every person, count the same number."""
    for table in Table:
        first: tuple[str, float] | None = None
        for name, margin in margins.margins.items():
            if margin.of is not table or not margin.covers_all:
                continue
            total = sum(margins.totals(name).values())
            if first is None:
                first = name, total
            elif abs(total - first[1]) > SAME * max(total, first[1]):
                raise BadInput(
                    f"{name} adds up to {total:,.10g} {table}, {first[0]} to {first[1]:,.10g}",
                    field=f"margins.{name}",
                    remedy=f"scaled_to: {first[0]} takes the shares only",
                )


def _places(households: pl.DataFrame, persons: pl.DataFrame) -> WholeArray:
    """The row of each person's household."""
    order = households.select("household_id").with_row_index("place")
    if order["household_id"].n_unique() < order.height:
        raise BadInput("stands there twice", file="households", field="household_id")
    joined = persons.select("household_id").join(
        order, on="household_id", how="left", maintain_order="left"
    )
    if joined["place"].null_count():
        row = int(joined["place"].is_null().arg_max() or 0)
        raise BadInput(
            f"row {row}: there is no household {persons['household_id'][row]}",
            file="persons",
            field="household_id",
        )
    return joined["place"].cast(pl.Int64).to_numpy()


def _table(
    margin: Margin,
    households: pl.DataFrame,
    persons: pl.DataFrame,
    place: WholeArray,
    margins: Margins,
    name: str,
) -> tuple[WholeArray, pl.DataFrame]:
    """The columns that the margin needs, one row a unit counted, and the household of each row."""
    wanted = [column.column for column in margin.by] + ([margin.sum_of] if margin.sum_of else [])
    of_persons = margin.of is Table.PERSONS
    rows = place if of_persons else numpy.arange(households.height)
    found: list[pl.Series] = []
    for column in dict.fromkeys(wanted):
        series = _person_column(column, persons, margins) if of_persons else None
        if series is None:
            series = _household_column(column, households, persons, place, margins)
            if series is not None and of_persons:
                series = series.gather(place)
        if series is None:
            known = {*households.columns, *(persons.columns if of_persons else ()), "size", "age"}
            raise BadInput(
                f"there is no column {column!r} of {margin.of}",
                field=f"margins.{name}",
                remedy=nearest(column, known),
            )
        found.append(series.alias(column))
    return rows, pl.DataFrame(found)


def _person_column(column: str, persons: pl.DataFrame, margins: Margins) -> pl.Series | None:
    if column in persons.columns:
        return persons[column]
    if column != "age" or "birth_date" not in persons.columns:
        return None
    day, born = margins.reference_day, pl.col("birth_date").dt
    month, date = born.month().cast(pl.Int32), born.day().cast(pl.Int32)
    still_before = month * 100 + date > day.month * 100 + day.day
    return persons.select(day.year - born.year() - still_before.cast(pl.Int32)).to_series()


def _household_column(
    column: str,
    households: pl.DataFrame,
    persons: pl.DataFrame,
    place: WholeArray,
    margins: Margins,
) -> pl.Series | None:
    if column in households.columns:
        return households[column]
    if column == "size":
        return pl.Series(numpy.bincount(place, minlength=households.height))
    if not column.startswith("head_"):
        return None
    of_persons = _person_column(column.removeprefix("head_"), persons, margins)
    if of_persons is None:
        return None
    heads = pl.DataFrame([persons["household_id"], of_persons.alias(column)]).filter(
        persons["person"] == 1
    )
    return households.select("household_id").join(
        heads, on="household_id", how="left", maintain_order="left"
    )[column]


def _codes(
    table: pl.DataFrame, margin: Margin, cells: list[Cell], name: str, rows: int
) -> WholeArray:
    """The place of each row's category among ``cells``; −1 where it has none and may."""
    if not margin.by:
        return numpy.zeros(rows, dtype=numpy.int64)
    labels = [list(dict.fromkeys(cell[axis] for cell in cells)) for axis in range(len(margin.by))]
    lookup = numpy.full([len(axis) + 1 for axis in labels], -1, dtype=numpy.int64)
    for number, cell in enumerate(cells):
        lookup[tuple(axis.index(part) for axis, part in zip(labels, cell, strict=True))] = number
    parts = [
        _label_codes(table[column.column], column, axis)
        for column, axis in zip(margin.by, labels, strict=True)
    ]
    code = lookup[tuple(parts)]
    outside = numpy.flatnonzero(code < 0)
    if len(outside) and margin.others is Others.REFUSE:
        where = {column.column: table[column.column][int(outside[0])] for column in margin.by}
        spelt = ", ".join(
            f"{column} {'missing' if value is None else word(value)}"
            for column, value in where.items()
        )
        raise BadInput(
            f"{len(outside):,} {margin.of} are in no category, the first is row {outside[0]} ({spelt})",
            field=f"margins.{name}",
            remedy="a category for them, or others: free",
        )
    return code


def _label_codes(series: pl.Series, column: Column, labels: list[str]) -> WholeArray:
    """The place of each value among ``labels``; the place after the last for any other and for none."""
    if column.bands:
        if not series.dtype.is_numeric():
            raise BadInput("has bands but no numbers", field=column.column)
        numbers = series.cast(pl.Float64).fill_null(numpy.nan).to_numpy()
        band = numpy.searchsorted(column.bands, numbers, side="right") - 1
        band[numpy.isnan(numbers)] = -1
        places = [labels.index(each) if each in labels else len(labels) for each in column.labels]
        return numpy.array([*places, len(labels)], dtype=numpy.int64)[band]
    mapping = {label: number for number, label in enumerate(labels)}
    spelt = series.cast(pl.String)
    codes = spelt.replace_strict(mapping, default=len(labels), return_dtype=pl.Int64)
    return codes.fill_null(len(labels)).to_numpy()


def _values(table: pl.DataFrame, margin: Margin, name: str, rows: int) -> FloatArray:
    if margin.sum_of is None:
        return numpy.ones(rows)
    column = table[margin.sum_of]
    if not column.dtype.is_numeric():
        raise BadInput("is no column of numbers", field=f"margins.{name}.sum_of")
    values = column.cast(pl.Float64).fill_null(numpy.nan).to_numpy()
    missing = numpy.flatnonzero(~numpy.isfinite(values))
    if len(missing):
        raise BadInput(
            f"{len(missing):,} rows have no {margin.sum_of}, the first is row {missing[0]}",
            field=f"margins.{name}.sum_of",
            remedy="missing is not zero: fill in or leave out before",
        )
    return values


def _check_reach(block: Any, targets: list[Target], margin: Margin) -> None:
    """A total needs rows to carry it, and rows with weights above 0 cannot count for nothing."""
    if margin.sum_of is not None:
        return
    rows = numpy.asarray(block.sum(axis=0)).ravel()
    for count, target in zip(rows, targets, strict=True):
        if target.total > 0 and count == 0:
            raise BadInput(
                f"asks for {target.total:,.10g} but no row is there; the nearest reachable figure is 0",
                field=f"margins.{target.name}",
                remedy="join it with another category",
            )
        if target.total == 0 and count > 0:
            raise BadInput(
                f"asks for 0 but {int(count):,} {margin.of} are there, whose weights stay above 0",
                field=f"margins.{target.name}",
                remedy="leave them out before",
            )
