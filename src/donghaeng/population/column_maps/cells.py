"""The cells of one column of a population, from the columns of a survey, as a column map says."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from donghaeng.rules.terms import Kind, Period, Way

from ..check.violations import Fault, Findings
from ..schema import Column
from .column_map import Blank, Code, ColumnSource, Condition, DayFrom, Negative, Per

# Won are whole and below 10^11, twelfths of them far apart: what differs by less is the same number.
SLACK = 1e-6
# Beside wide columns: which member a row is. No survey's column is named so.
MEMBER_NUMBER = "number of the member"


@dataclass
class Cells:
    """Reads columns out of one survey table and notes the cells that the map does not cover.

    ``changed`` counts the amounts below zero that became zero or not known because the map says so,
    ``acting_heads`` the households in which somebody stands in for a head who is not there.
    """

    findings: Findings
    reference_day: datetime.date
    changed: dict[str, int] = field(default_factory=dict)
    acting_heads: int = 0

    @property
    def height(self) -> int:
        return self.findings.source.frame.height

    def column(self, column: Column, source: ColumnSource) -> pl.Series:
        """The values of ``column``; null where they are not known or not covered by the map."""
        if source.constant is not None:
            values = pl.Series([source.constant]).new_from_index(0, self.height)
        elif source.day is not None:
            values = self._day(source.day, source.missing)
        elif source.codes:
            values = self._coded(source)
        elif column.kind in (Kind.CHOICE, Kind.FLAG, Kind.DAY):
            values = self._plain(source.columns[0], source.missing)
        else:
            values = self._amount(column, source)
        if source.where:
            kept = self.meets(source.where)
            other = pl.Series([source.otherwise], dtype=values.dtype)
            values = values.zip_with(kept, other)
        return values.alias(column.name)

    def meets(self, condition: Condition) -> pl.Series:
        """Flags of the rows whose cells hold one of the codes, in every column of the condition."""
        met = _everywhere(True, self.height)
        for name, codes in condition.items():
            met = met & self.holds(name, codes)
        return met

    def holds(self, name: str, codes: Iterable[Code]) -> pl.Series:
        """Flags of the cells of a survey's column that hold one of ``codes``."""
        given = self.findings.source.frame[name]
        numbers = [float(code) for code in codes if not isinstance(code, str)]
        texts = [code for code in codes if isinstance(code, str)]
        met = _everywhere(False, self.height)
        if numbers:
            met = met | _as_numbers(given).is_in(numbers).fill_null(False)
        if texts and given.dtype == pl.String:
            met = met | given.str.strip_chars().is_in(texts).fill_null(False)
        return met

    def _known(self, name: str, missing: tuple[Code, ...]) -> pl.Series:
        """Flags of the cells that are not said to be no answer; an empty cell is not said to be one."""
        declared = self.findings.source.declared_missing(name)
        return ~(declared | self.holds(name, missing))

    def _plain(self, name: str, missing: tuple[Code, ...]) -> pl.Series:
        return _only(self.findings.source.frame[name], self._known(name, missing))

    def _numbers(self, name: str, missing: tuple[Code, ...]) -> pl.Series:
        given = self._plain(name, missing)
        numbers = _as_numbers(given)
        unread = given.is_not_null() & ~numbers.is_finite().fill_null(False)
        self.note(Fault.NOT_A_NUMBER, name, unread)
        return _only(numbers, ~unread)

    def _coded(self, source: ColumnSource) -> pl.Series:
        name = source.columns[0]
        given = self._plain(name, source.missing)
        values = pl.Series([None], dtype=_type_of(source)).new_from_index(0, self.height)
        covered = given.is_null()
        for code, value in source.codes.items():
            met = self.holds(name, [code])
            covered = covered | met
            values = _put(values, met, value)
        self.note(Fault.UNKNOWN_CODE, name, ~covered)
        return _only(values, given.is_not_null())

    def _amount(self, column: Column, source: ColumnSource) -> pl.Series:
        total = self._total(source)
        if column.kind is None:
            return total
        exact = total * source.unit.won if column.kind is Kind.MONEY else total
        if column.period is Period.YEAR and source.per is Per.MONTH:
            exact = exact * 12
        if column.period is Period.MONTH and source.per is Per.YEAR:
            exact = exact / 12
        whole = _rounded(exact, source.rounding)
        fraction = ((exact - whole).abs() > SLACK).fill_null(False)
        if source.rounding is None:
            self.note(Fault.FRACTION, source.columns[0], fraction)
            whole = _only(whole, ~fraction)
        amounts = whole.cast(pl.Int64, strict=False)
        if source.negative is not Negative.REFUSE:
            below = (amounts < 0).fill_null(False)
            self.changed[column.name] = int(below.sum())
            amounts = _put(amounts, below, 0 if source.negative is Negative.ZERO else None)
        return amounts

    def _total(self, source: ColumnSource) -> pl.Series:
        """The columns added up. A value said to be missing makes the sum unknown, whatever stands beside it."""
        total = pl.Series([0.0]).new_from_index(0, self.height)
        filled = _everywhere(False, self.height)
        for name in source.columns:
            numbers = self._numbers(name, source.missing)
            empty = self.findings.source.frame[name].is_null()
            filled = filled | ~empty
            if source.blank is not Blank.MISSING:
                numbers = _put(numbers, empty, 0.0)
            total = total + numbers
        return _only(total, filled) if source.blank is Blank.SKIP else total

    def _day(self, day: DayFrom, missing: tuple[Code, ...]) -> pl.Series:
        month, of_month = (
            self._numbers(each, missing).cast(pl.Int64, strict=False)
            if isinstance(each, str)
            else pl.Series([each], dtype=pl.Int64).new_from_index(0, self.height)
            for each in (day.month, day.day)
        )
        if day.year:
            year = self._numbers(day.year, missing).cast(pl.Int64, strict=False)
        else:
            today = self.reference_day
            still_to_come = (month * 100 + of_month > today.month * 100 + today.day).cast(pl.Int64)
            age = self._numbers(day.age, missing).cast(pl.Int64, strict=False)
            year = today.year - age - still_to_come
        name = day.year or day.age
        known = year.is_not_null() & month.is_not_null() & of_month.is_not_null()
        text = pl.select(
            pl.format(
                "{}-{}-{}",
                year.cast(pl.String).str.zfill(4),
                month.cast(pl.String).str.zfill(2),
                of_month.cast(pl.String).str.zfill(2),
            )
        ).to_series()
        days = text.str.to_date("%Y-%m-%d", strict=False)
        self.note(Fault.NOT_A_DAY, name, known & days.is_null())
        return days

    def note(self, fault: Fault, name: str, met: pl.Series) -> None:
        """Note a fault of the cells whose flag holds; of wide columns with the number of the member."""
        places = met.arg_true()
        frame = self.findings.source.frame
        member = frame[MEMBER_NUMBER].gather(places) if MEMBER_NUMBER in frame.columns else None
        self.findings.add(fault, name, places, member)


def _as_numbers(given: pl.Series) -> pl.Series:
    text = given.str.strip_chars() if given.dtype == pl.String else given
    return text.cast(pl.Float64, strict=False)


def _rounded(exact: pl.Series, way: Way | None) -> pl.Series:
    if way is Way.DOWN:
        return (exact + SLACK).floor()
    if way is Way.UP:
        return (exact - SLACK).ceil()
    return (exact + 0.5 + SLACK).floor()  # a half goes up


def _type_of(source: ColumnSource) -> Any:
    values = [*source.codes.values(), *(() if source.otherwise is None else (source.otherwise,))]
    if all(isinstance(value, bool) for value in values):
        return pl.Boolean
    return pl.Int64 if all(type(value) is int for value in values) else pl.String


def _everywhere(flag: bool, height: int) -> pl.Series:
    return pl.Series([flag]).new_from_index(0, height)


def _put(values: pl.Series, where: pl.Series, value: Any) -> pl.Series:
    """``values`` with ``value`` where the flag holds."""
    return values.zip_with(~where, pl.Series([value], dtype=values.dtype))


def _only(values: pl.Series, where: pl.Series) -> pl.Series:
    return _put(values, ~where, None)
