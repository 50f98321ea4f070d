"""One column of a population from the numbers of the survey, by its entry in the column map."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import add, and_, or_

import polars as pl

from donghaeng.population.schema import Column
from donghaeng.rules.terms import Kind, Period, Way

from .column_map import Blank, ColumnSource, Condition, Negative, Per

MONTHS = 12


@dataclass(frozen=True)
class Values:
    """A column: its values, and the rows (flags) that cannot be read, with the reason."""

    series: pl.Series
    wrong: pl.Series
    reason: str
    set_to_zero: int = 0


def values(source: ColumnSource, column: Column, table: pl.DataFrame) -> Values:
    """The column for every row of ``table`` (numbers of the survey); null where it is not known."""
    if source.any_where:
        return _any(source, column, table)
    if source.codes:
        return _words(source, column, table)
    return _amounts(source, column, table)


def _any(source: ColumnSource, column: Column, table: pl.DataFrame) -> Values:
    """Whether one of the codes is there; not known where none is and a column is empty."""
    tests = [among(name, codes) for name, codes in source.any_where.items()]
    found = reduce(or_, [test.fill_null(False) for test in tests])
    unknown = reduce(or_, [pl.col(name).is_null() for name in source.any_where])
    series = table.select(pl.when(found).then(True).when(~unknown).then(False)).to_series()
    return Values(series.alias(column.name), _nowhere(table), "")


def _words(source: ColumnSource, column: Column, table: pl.DataFrame) -> Values:
    """The word for a code, or for the codes of several columns together."""
    codes = [_known(name, source) for name in source.columns]
    key = pl.concat_str([code.cast(pl.Int64).cast(pl.String) for code in codes], separator=",")
    words = {str(code): word for code, word in source.codes.items()}
    kind = pl.Boolean if column.kind is Kind.FLAG else pl.String
    word = key.replace_strict(words, default=source.otherwise, return_dtype=kind)
    fraction = reduce(or_, [pl.col(name) != pl.col(name).floor() for name in source.columns])
    strange = key.is_not_null() & ~key.is_in(list(words))
    wrong = fraction | strange if source.otherwise is None else fraction
    word = pl.when(key.is_not_null()).then(word)
    if source.blank is Blank.ZERO and source.otherwise is not None:
        word = word.fill_null(pl.lit(source.otherwise))
    got = table.select(word.alias(column.name), wrong.fill_null(False).alias("wrong"))
    return Values(got[column.name], got["wrong"], "a code that is not in the column map")


def _amounts(source: ColumnSource, column: Column, table: pl.DataFrame) -> Values:
    """Whole won (or a count), added up, and brought from a year to a month where the column is monthly."""
    parts = []
    for name in source.columns:
        part = (_known(name, source) * source.unit.factor).round(0).cast(pl.Int64)
        if source.blank is Blank.ZERO:
            part = pl.when(pl.col(name).is_not_null()).then(part).otherwise(0)
        parts.append(part)
    total = reduce(add, parts)
    if source.middle_of_year:
        year = pl.when(total.is_between(1850, 2200)).then(total)
        got = table.select(
            pl.date(year, 7, 1).alias(column.name),
            (total.is_not_null() & year.is_null()).alias("wrong"),
        )
        return Values(got[column.name], got["wrong"], "no year")
    negative = pl.col("total") < 0
    amount = pl.when(negative & (source.negative is Negative.ZERO)).then(0).otherwise("total")
    if source.per is Per.YEAR and column.period is Period.MONTH:
        half = {Way.DOWN: 0, Way.NEAREST: MONTHS // 2, Way.UP: MONTHS - 1}[source.rounding]
        amount = (amount + half).floordiv(MONTHS)
    result = amount > 0 if source.positive else amount
    if source.where:
        result = pl.when(holds(source.where)).then(result).otherwise(pl.lit(source.otherwise))
    frame = table.with_columns(total=total)
    got = frame.select(
        result.alias(column.name),
        negative.fill_null(False).alias("negative"),
        pl.lit(False).alias("no"),
    )
    refused = got["negative"] if source.negative is Negative.REFUSE else got["no"]
    zeroed = int(got["negative"].sum()) if source.negative is Negative.ZERO else 0
    return Values(got[column.name], refused, "an amount below zero", zeroed)


def _known(name: str, source: ColumnSource) -> pl.Expr:
    """The survey's number, null where it is a code for "not known"."""
    column = pl.col(name)
    return pl.when(~among(name, source.missing)).then(column) if source.missing else column


def among(name: str, codes: Iterable[int]) -> pl.Expr:
    """Whether the survey's number is one of the codes; null where the cell is empty."""
    return pl.col(name).is_in([float(code) for code in codes])


def holds(condition: Condition) -> pl.Expr:
    """Whether every column has one of the codes; an empty cell has none."""
    return reduce(
        and_,
        [among(name, codes).fill_null(False) for name, codes in condition.items()],
        pl.lit(True),
    )


def _nowhere(table: pl.DataFrame) -> pl.Series:
    return pl.Series("wrong", [False] * len(table), dtype=pl.Boolean)
