"""A population moved to a later year by stated factors: money, and the dates by which people are as old.

A factors file::

    title: {ko: 2016년에서 2024년으로, en: From 2016 to 2024}
    from_year: 2016
    to_year: 2024
    dates: move          # birth dates move by the years, so that ages stay; `stay`: everybody grows older
    rounding: nearest    # to whole won; down_10, up_100 … as the law names them
    factors:
      incomes:
        columns: [earnings, wages_year, last_year_*]
        factor: 5729913/4391434
        from_year: 2016
        to_year: 2024
        source: "…"
        status: derived
    not_uprated:
      receipts: {columns: [received_*], reason: what was received is compared under the law of its own year}

A factor is exact: a whole number, or in quotes a decimal, per cent or quotient. Every column of money in the
population stands in one entry of ``factors`` or of ``not_uprated``; none is left without a word.
"""

from __future__ import annotations

import datetime
import fnmatch
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import numpy
import polars as pl
from pydantic import BeforeValidator, Field

from donghaeng.evidence.input_files import Entry, Text, read_file
from donghaeng.evidence.standing import Standing
from donghaeng.population.schema import Column, Schema, Table
from donghaeng.rules.faults import BadInput, LawFault, nearest
from donghaeng.rules.parameters import read_rate
from donghaeng.rules.terms import Kind, Rounding, Way

MOST_YEARS = 100
Year = Annotated[int, Field(strict=True, ge=1900, le=2200)]


def _exact_factor(value: Any) -> str:
    factor = read_rate(value)
    if factor is None or factor <= 0:
        raise ValueError(
            f"{value!r} is no factor (in quotes, exactly as stated: '1.305', '114%', '5729913/4391434')"
        )
    return str(value)


def _rounding(value: Any) -> str:
    if str(value).upper() not in Rounding.__members__:
        words = [each.lower() for each in Rounding.__members__]
        raise ValueError(f"{value!r} is no rounding ({nearest(str(value), words) or words})")
    return str(value).lower()


class Dates(StrEnum):
    """What becomes of dates: they move by the years and ages stay, or they stay and people grow older."""

    MOVE = "move"
    STAY = "stay"


class Factor(Entry):
    """One factor and the columns of money that it moves from the end of one year to the other."""

    columns: tuple[str, ...] = Field(min_length=1)
    factor: Annotated[str, BeforeValidator(_exact_factor)]
    from_year: Year
    to_year: Year
    source: str = Field(min_length=1)
    status: Standing
    note: str = ""

    @property
    def exact(self) -> Fraction:
        """The factor as a fraction."""
        found = read_rate(int(self.factor) if self.factor.isdecimal() else self.factor)
        assert found is not None  # checked when the file was read
        return found


class NotUprated(Entry):
    """Columns of money that stay as they are, and why."""

    columns: tuple[str, ...] = Field(min_length=1)
    reason: str = Field(min_length=1)


class Factors(Entry):
    """What moves a population from one year to another."""

    title: Text
    from_year: Year
    to_year: Year
    dates: Dates
    rounding: Annotated[str, BeforeValidator(_rounding)]
    factors: dict[str, Factor] = Field(min_length=1)
    not_uprated: dict[str, NotUprated] = Field(default_factory=dict)

    @property
    def years(self) -> int:
        """By how many years dates move."""
        return self.to_year - self.from_year


@dataclass(frozen=True)
class Step:
    """What was done to one column; without a factor, why it stays. Sums are of the rows, not weighted."""

    table: Table
    column: str
    entry: str
    factor: str | None
    from_year: int
    to_year: int
    source: str
    status: str
    rounding: str
    before: int
    after: int


@dataclass(frozen=True)
class Uprated:
    """The tables in the later year, their reference day, and what was done to each column."""

    households: pl.DataFrame
    persons: pl.DataFrame
    reference_day: datetime.date
    steps: tuple[Step, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """One line for each column, for the list of approximations in the manifest."""
        return tuple(_note(step) for step in self.steps)


def read_factors(file: str | Path) -> Factors:
    """The factors in a YAML file.

    Raises:
        BadInput: with file and field, for the first thing that is not right.
    """
    name = str(file)
    try:
        factors = read_file(Path(file), Factors)
    except LawFault as fault:
        raise BadInput(f"line {fault.line}: {fault.message}", file=name) from None
    if not 0 < factors.years <= MOST_YEARS:
        raise BadInput(
            f"{factors.to_year} is not after {factors.from_year}", file=name, field="to_year"
        )
    for entry, factor in factors.factors.items():
        if factor.to_year != factors.to_year or factor.from_year > factor.to_year:
            raise BadInput(
                f"leads from {factor.from_year} to {factor.to_year}",
                file=name,
                field=f"factors.{entry}",
                remedy=f"to_year: {factors.to_year}, from_year not after it",
            )
    return factors


def uprate(
    households: pl.DataFrame,
    persons: pl.DataFrame,
    factors: Factors,
    *,
    schema: Schema,
    reference_day: datetime.date,
) -> Uprated:
    """The tables moved by ``factors``; the tables given stay as they are.

    Args:
        households: one row a household, columns of ``schema``.
        persons: one row a person.
        factors: what moves what.
        schema: which columns are money and which are dates.
        reference_day: of the tables given; it moves by the years as the dates do.

    Raises:
        BadInput: for a column of money that no entry covers, or two do; an entry that names no column of
            money; an amount that leaves the range of its column.
    """
    tables = {Table.HOUSEHOLDS: households, Table.PERSONS: persons}
    covered = _covered(factors, schema)
    steps: list[Step] = []
    missing: list[str] = []
    for table, rows in tables.items():
        for name in rows.columns:
            column = schema.column(table, name)
            if column.kind is Kind.DAY:
                if factors.dates is Dates.MOVE:
                    rows = rows.with_columns(_moved(rows[name], factors.years))
                steps.append(_date_step(column, factors))
            if column.kind is not Kind.MONEY:
                continue
            if name not in covered:
                missing.append(name)
                continue
            before = rows[name]
            entry = factors.factors.get(covered[name])
            after = before if entry is None else _raised(column, before, entry, factors)
            rows = rows.with_columns(after)
            steps.append(_money_step(column, covered[name], factors, before, after))
        tables[table] = rows
    if missing:
        raise BadInput(
            f"{len(missing)} columns of money have no factor: {', '.join(missing)}",
            field="factors",
            remedy="a factor, or not_uprated with the reason",
        )
    later = _day_later(reference_day, factors.years)
    return Uprated(tables[Table.HOUSEHOLDS], tables[Table.PERSONS], later, tuple(steps))


def _covered(factors: Factors, schema: Schema) -> dict[str, str]:
    """The entry that speaks of each column of money."""
    money = [
        name
        for table in Table
        for name, column in schema.of(table).items()
        if column.kind is Kind.MONEY
    ]
    found: dict[str, str] = {}
    for field, entry, pattern in _patterns(factors):
        names = fnmatch.filter(money, pattern)
        if not names:
            raise BadInput(
                f"{pattern!r} is no column of money", field=field, remedy=nearest(pattern, money)
            )
        for name in names:
            if name in found:
                raise BadInput(
                    f"{name} stands in {found[name]} and in {entry}",
                    field=field,
                    remedy="one of the two",
                )
            found[name] = entry
    return found


def _patterns(factors: Factors) -> Iterator[tuple[str, str, str]]:
    for kind, entries in (("factors", factors.factors), ("not_uprated", factors.not_uprated)):
        for name, entry in entries.items():
            if kind == "not_uprated" and name in factors.factors:
                raise BadInput(
                    f"{name} is also a factor", field="not_uprated", remedy="another name"
                )
            for pattern in entry.columns:
                yield f"{kind}.{name}.columns", name, pattern


def _raised(column: Column, values: pl.Series, entry: Factor, factors: Factors) -> pl.Series:
    """Whole won times an exact factor, rounded as the file says; missing stays missing."""
    if not values.dtype.is_integer():
        raise BadInput(
            f"is {values.dtype}, not whole won", file=column.table.value, field=column.name
        )
    known = values.drop_nulls().unique()
    exact = times(known.to_numpy(), entry.exact, Rounding[factors.rounding.upper()])
    low, high = column.range
    outside = [place for place, amount in enumerate(exact) if not low <= amount <= high]
    if outside:
        raise BadInput(
            f"{known[outside[0]]:,} becomes {exact[outside[0]]:,}, outside {low:,} to {high:,}",
            file=column.table.value,
            field=column.name,
            remedy="a smaller factor",
        )
    new = pl.Series(column.name, exact, dtype=pl.Int64)
    return (
        values.cast(pl.Int64)
        .replace_strict(known.cast(pl.Int64), new, default=None, return_dtype=pl.Int64)
        .alias(column.name)
    )


def times(amounts: numpy.typing.NDArray[Any], factor: Fraction, rounding: Rounding) -> list[int]:
    """Each amount times the factor, exactly, as a multiple of the rounding.

    >>> times(numpy.array([1000, 1001]), Fraction(3, 2), Rounding.NEAREST_10)
    [1500, 1500]
    """
    whole = numpy.array([int(each) for each in amounts], dtype=object)
    multiple = rounding.multiple
    upper, lower = whole * factor.numerator, factor.denominator * multiple
    if rounding.way is Way.DOWN:
        rounded = upper // lower
    elif rounding.way is Way.UP:
        rounded = -(-upper // lower)
    else:
        rounded = (2 * upper + lower) // (2 * lower)
    return [int(each) * multiple for each in rounded]


def _moved(days: pl.Series, years: int) -> pl.Series:
    """Dates ``years`` later; 29 February becomes 1 March where there is none, so that ages stay.

    Who was born on 29 February completes a year on 1 March (민법 §160③).
    """
    if days.dtype != pl.Date:
        raise BadInput(f"is {days.dtype}, not a date", field=days.name)
    later = days.dt.offset_by(f"{years}y")
    leapt = (days.dt.day() == 29) & (days.dt.month() == 2) & (later.dt.day() == 28)
    frame = pl.DataFrame({"later": later, "leapt": leapt})
    return (
        frame.select(
            pl.when("leapt").then(pl.col("later") + pl.duration(days=1)).otherwise("later")
        )
        .to_series()
        .alias(days.name)
    )


def _day_later(day: datetime.date, years: int) -> datetime.date:
    moved: datetime.date = _moved(pl.Series("day", [day]), years)[0]
    return moved


def _money_step(
    column: Column, entry: str, factors: Factors, before: pl.Series, after: pl.Series
) -> Step:
    sums = _sum(before), _sum(after)
    if entry in factors.not_uprated:
        return _kept(column, entry, factors, factors.not_uprated[entry].reason, *sums)
    factor = factors.factors[entry]
    return Step(
        column.table,
        column.name,
        entry,
        factor.factor,
        factor.from_year,
        factor.to_year,
        factor.source,
        factor.status.value,
        factors.rounding,
        *sums,
    )


def _sum(amounts: pl.Series) -> int:
    return int(amounts.cast(pl.Int64).sum() or 0)


def _date_step(column: Column, factors: Factors) -> Step:
    if factors.dates is Dates.STAY:
        reason = f"everybody is {factors.years} years older"
        return _kept(column, "dates", factors, reason, 0, 0)
    reason = f"later by {factors.years} years, so that ages stay"
    return replace(_kept(column, "dates", factors, reason, 0, 0), status="moved")


def _kept(
    column: Column, entry: str, factors: Factors, reason: str, before: int, after: int
) -> Step:
    return Step(
        column.table,
        column.name,
        entry,
        None,
        factors.from_year,
        factors.to_year,
        reason,
        "not uprated",
        "",
        before,
        after,
    )


def _note(step: Step) -> str:
    if step.factor is None:
        return (
            f"{step.column}: {step.status} from {step.from_year} to {step.to_year} ({step.source})"
        )
    return (
        f"{step.column}: times {step.factor} from {step.from_year} to {step.to_year}, "
        f"rounded {step.rounding} ({step.status}: {step.source})"
    )
