"""The cells of one column as its type, and which of them it cannot hold."""

from __future__ import annotations

from typing import Any

import polars as pl

from donghaeng.rules.terms import Kind

from ..schema import Column
from .violations import Fault

Faults = dict[Fault, pl.Series]
LARGEST_EXACT = 2**53
FLAGS = {
    **dict.fromkeys(("true", "True", "TRUE", "1"), True),
    **dict.fromkeys(("false", "False", "FALSE", "0"), False),
}
LENGTH_OF_A_DAY = len("2000-02-09")
DAY = r"^\d{4}-\d{2}-\d{2}$"


def read_column(column: Column, given: pl.Series) -> tuple[pl.Series, Faults]:
    """The values of a column, and for each fault the flags of the cells that have it.

    The values are Int64, Float64 (a weight), Boolean, Date or the law's words; null where a cell is empty or
    not right.
    """
    if given.dtype == pl.String:
        given = given.str.strip_chars().replace("", None)
    if column.kind is None:
        values, faults = _weights(column, given)
    elif column.kind is Kind.CHOICE:
        values, faults = _words(column, given)
    elif column.kind is Kind.FLAG:
        values, faults = _flags(given)
    elif column.kind is Kind.DAY:
        values, faults = _days(column, given)
    else:
        values, faults = _whole_numbers(column, given)
    # A person without a weight of one's own is one who entered the household after the sample was drawn.
    if column.required:
        faults[Fault.MISSING_VALUE] = given.is_null()
    return values.alias(column.name), {fault: met for fault, met in faults.items() if met.any()}


def spellings(column: Column) -> dict[str, str]:
    """Every spelling of each word of a choice, and the word."""
    assert column.choices is not None
    return {
        spelling: member.word
        for member in reversed(list(column.choices))
        for spelling in (member.korean, member.english, *member.aliases, member.word)
    }


def _unread(given: pl.Series, values: pl.Series) -> pl.Series:
    return given.is_not_null() & values.is_null()


def _floats(given: pl.Series) -> pl.Series:
    if given.dtype == pl.String or given.dtype.is_numeric():
        return given.cast(pl.Float64, strict=False)
    return _nothing(given, pl.Float64)


def _weights(column: Column, given: pl.Series) -> tuple[pl.Series, Faults]:
    floats = _floats(given)
    finite = floats.is_finite().fill_null(False)
    positive = (finite & (floats > 0)).fill_null(False)
    faults = {
        Fault.NOT_A_NUMBER: given.is_not_null() & ~finite,
        Fault.NOT_POSITIVE: finite & ~positive,
    }
    return _only(floats, positive), faults


def _whole_numbers(column: Column, given: pl.Series) -> tuple[pl.Series, Faults]:
    faults: Faults = {}
    values = _integers(given)
    odd = _unread(given, values)  # "3.0", "2.5", "many", a number beyond 64 bits
    if odd.any():
        floats = _only(_floats(given), odd)
        finite = floats.is_finite().fill_null(False)
        whole = finite & (floats == floats.floor()).fill_null(False)
        exact = whole & (floats.abs() < LARGEST_EXACT).fill_null(False)
        values = values.fill_null(_only(floats, exact).cast(pl.Int64))
        faults[Fault.NOT_A_NUMBER] = odd & ~finite
        faults[Fault.FRACTION] = finite & ~whole
        faults[Fault.OUT_OF_RANGE] = whole & ~exact
    outside = ~values.is_between(*column.range).fill_null(True)
    faults[Fault.OUT_OF_RANGE] = outside | faults.get(Fault.OUT_OF_RANGE, outside)
    return _only(values, ~outside), faults


def _integers(given: pl.Series) -> pl.Series:
    if given.dtype.is_integer() or given.dtype == pl.String:
        return given.cast(pl.Int64, strict=False)
    return _nothing(given, pl.Int64)


def _flags(given: pl.Series) -> tuple[pl.Series, Faults]:
    if given.dtype == pl.Boolean:
        return given, {}
    text = given.cast(pl.String, strict=False)
    if given.dtype.is_float():
        text = text.str.strip_suffix(".0")
    values = text.replace_strict(FLAGS, default=None, return_dtype=pl.Boolean)
    return values, {Fault.NOT_A_FLAG: _unread(given, values)}


def _days(column: Column, given: pl.Series) -> tuple[pl.Series, Faults]:
    if given.dtype == pl.String:
        days = given.str.to_date("%Y-%m-%d", strict=False)
        if not (given.str.len_bytes() == LENGTH_OF_A_DAY).fill_null(True).all():  # 2000-2-9
            days = _only(days, given.str.contains(DAY).fill_null(False))
    elif given.dtype in (pl.Date, pl.Datetime):
        days = given.cast(pl.Date)
    else:
        days = _nothing(given, pl.Date)
    numbers = (
        days.dt.year().cast(pl.Int64) * 10_000
        + days.dt.month().cast(pl.Int64) * 100
        + days.dt.day().cast(pl.Int64)
    )
    outside = ~numbers.is_between(*column.range).fill_null(True)
    faults = {Fault.NOT_A_DAY: _unread(given, days), Fault.OUT_OF_RANGE: outside}
    return _only(days, ~outside), faults


def _words(column: Column, given: pl.Series) -> tuple[pl.Series, Faults]:
    text = given.cast(pl.String, strict=False)
    if given.dtype.is_float():
        text = text.str.strip_suffix(".0")
    known = spellings(column)
    values = text.replace_strict(known, default=None, return_dtype=pl.String)
    return values, {Fault.UNKNOWN_WORD: _unread(given, values)}


def _nothing(given: pl.Series, kind: Any) -> pl.Series:
    return pl.Series(given.name, [None], dtype=kind).new_from_index(0, len(given))


def _only(series: pl.Series, where: pl.Series) -> pl.Series:
    """The values of ``series`` where the flag holds, null elsewhere."""
    nothing = pl.Series(series.name, [None], dtype=series.dtype)
    return series.zip_with(where, nothing)
