"""Between the tables that people read and the whole numbers that the kernel reads.

A choice is its place in the enumeration, a day 20240701, a flag 0 or 1; a relation is the slot of the other
person (person 1 stands in slot 0) or -1 for nobody. What is not known is 0 with a flag of its own.
"""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import polars as pl

from donghaeng.rules.faults import BadInput
from donghaeng.rules.terms import Kind

from .schema import Column, Meaning

Array = np.ndarray
ABOVE_0 = "a number greater than 0"


def coded(column: Column, series: pl.Series) -> tuple[Array, Array]:
    """The numbers of a column and which of them are known.

    Returns:
        Two arrays of the length of ``series``: int64 (float64 for a weight), and flags.

    Raises:
        BadInput: for the first value that the column does not hold, with its row.
    """
    known = series.is_not_null().to_numpy()
    if column.kind is None:
        weights = _cast(column, series, pl.Float64)
        _refuse(column, series, _within(weights, weights.is_finite() & (weights > 0)), ABOVE_0)
        return weights.fill_null(0.0).to_numpy().astype(np.float64), known
    if column.kind is Kind.CHOICE and not series.dtype.is_integer():
        numbers = _words(column, series)
    elif column.kind is Kind.DAY:
        numbers = _days(column, series)
    else:
        numbers = _cast(column, series, pl.Int64)
    low, high = column.range
    _refuse(column, series, _within(numbers, numbers.is_between(low, high)), _limits(column))
    array = numbers.fill_null(0).to_numpy().astype(np.int64)
    if column.meaning is Meaning.RELATION:
        return np.where(known, array - 1, -1), np.ones(len(array), bool)
    return array, known


def coded_value(column: Column, value: Any) -> int:
    """The number that stands for one value.

    Raises:
        BadInput: where the column does not hold it.
    """
    if isinstance(value, bool) and column.kind is not Kind.FLAG:
        raise BadInput(f"{value!r} is true or false", field=column.name, remedy=column.unit)
    text = value.isoformat() if isinstance(value, datetime.date) else str(value)
    return int(coded(column, pl.Series([text]))[0][0])


def decoded(column: Column, numbers: Array, known: Array | None = None) -> pl.Series:
    """The column as people read it: words, dates, flags, person numbers; null where it is not known."""
    if column.meaning is Meaning.RELATION:
        known = numbers >= 0 if known is None else known & (numbers >= 0)
        numbers = numbers + 1
    series = pl.Series(column.name, numbers)
    if column.kind is Kind.CHOICE:
        assert column.choices is not None
        words = [member.word for member in column.choices]
        series = series.replace_strict(dict(enumerate(words)), default=None, return_dtype=pl.String)
    elif column.kind is Kind.DAY:
        series = series.cast(pl.String).str.to_date("%Y%m%d", strict=False)
    elif column.kind is Kind.FLAG:
        series = series.cast(pl.Boolean)
    if known is not None and not known.all():
        series = pl.select(pl.when(pl.Series(known)).then(series).alias(column.name)).to_series()
    return series.alias(column.name)


def _within(numbers: pl.Series, right: pl.Series) -> pl.Series:
    """The numbers that are right; the others are null."""
    return pl.select(pl.when(right).then(numbers)).to_series()


def _limits(column: Column) -> str:
    if column.choices is not None:
        return "one of " + ", ".join(member.word for member in column.choices)
    if column.kind is Kind.FLAG:
        return "true or false"
    low, high = column.range
    if column.kind is Kind.DAY:
        return "a day such as 1984-05-17"
    return f"{low:,} to {high:,}" + (f" {column.unit}" if column.kind is Kind.MONEY else "")


def _words(column: Column, series: pl.Series) -> pl.Series:
    assert column.choices is not None
    places = {
        spelling: member.position
        for member in reversed(list(column.choices))
        for spelling in (member.word, member.korean, member.english, *member.aliases)
    }
    text = series.cast(pl.String).str.strip_chars()
    numbers = text.replace_strict(places, default=None, return_dtype=pl.Int64)
    _refuse(column, series, numbers, _limits(column))
    return numbers


def _days(column: Column, series: pl.Series) -> pl.Series:
    days = series
    if series.dtype == pl.String:
        days = series.str.strip_chars().str.to_date("%Y-%m-%d", strict=False)
    elif series.dtype.is_integer():
        days = series.cast(pl.String).str.to_date("%Y%m%d", strict=False)
    elif series.dtype not in (pl.Date, pl.Datetime):
        days = pl.Series([None] * len(series), dtype=pl.Date)
    _refuse(column, series, days, _limits(column))
    return (
        days.dt.year().cast(pl.Int64) * 10_000
        + days.dt.month().cast(pl.Int64) * 100
        + days.dt.day().cast(pl.Int64)
    )


def _cast(column: Column, series: pl.Series, kind: Any) -> pl.Series:
    if series.dtype == pl.Boolean and column.kind is not Kind.FLAG:
        numbers = pl.Series([None] * len(series), dtype=kind)
    elif series.dtype.is_float() and kind == pl.Int64:
        whole = series.is_null() | (series == series.floor())
        numbers = pl.select(pl.when(whole).then(series)).to_series().cast(kind, strict=False)
    elif series.dtype == pl.String and column.kind is Kind.FLAG:
        flags = {"true": 1, "false": 0, "1": 1, "0": 0}
        numbers = series.str.to_lowercase().replace_strict(
            flags, default=None, return_dtype=pl.Int64
        )
    else:
        numbers = series.cast(kind, strict=False)
    _refuse(column, series, numbers, ABOVE_0 if column.kind is None else _limits(column))
    return numbers


def _refuse(column: Column, given: pl.Series, read: pl.Series, right: str) -> None:
    wrong = np.flatnonzero((given.is_not_null() & read.is_null()).to_numpy())
    if len(wrong):
        place = int(wrong[0])
        raise BadInput(
            f"row {place + 1} holds {given[place]!r}",
            field=f"{column.table.value}.{column.name}",
            remedy=right,
        )
