"""Whether a column map and the columns of a population agree, before a survey is read."""

from __future__ import annotations

from collections.abc import Iterator

from donghaeng.rules.faults import BadInput, nearest
from donghaeng.rules.terms import Kind, Period

from ..check.values import spellings
from ..schema import HOUSEHOLD_ID, PERSON, WEIGHT, Column, Meaning, Schema, Table
from .column_map import ColumnMap, ColumnSource, Value

# What the import itself gives every row.
GIVEN = (HOUSEHOLD_ID, PERSON)


def check_agreement(found: ColumnMap, schema: Schema, file: str) -> None:
    """Check a map against the schema.

    Raises:
        BadInput: with the field, for the first column that a population does not have, word that a column
            does not know, or amount whose time or rounding is not said.
    """
    for table, columns in (
        (Table.HOUSEHOLDS, found.households.columns),
        (Table.PERSONS, found.persons.columns),
    ):
        known = [name for name in schema.of(table) if name not in GIVEN]
        for name, source in columns.items():
            field = f"{table.value}.columns.{name}"
            if name in GIVEN:
                raise BadInput("is given by the import itself", file=file, field=field)
            if name not in known:
                remedy = nearest(name, known) or "donghaeng population schema lists the columns"
                raise BadInput(f"unknown column {name!r}", file=file, field=field, remedy=remedy)
            _check_source(schema.of(table)[name], source, file, field)
    if WEIGHT not in found.households.columns:
        raise BadInput("is missing", file=file, field=f"households.columns.{WEIGHT}")
    taken = [
        name for name in found.persons.columns if schema.persons[name].meaning is Meaning.RELATION
    ]
    if taken and found.persons.relationship is not None:
        raise BadInput(
            "follows from `relationship`", file=file, field=f"persons.columns.{taken[0]}"
        )


def _check_source(column: Column, source: ColumnSource, file: str, field: str) -> None:
    for place, value in _values(source):
        remedy = _right(column, value)
        if remedy is not None:
            raise BadInput(
                f"{value!r} is not what {column.name} holds",
                file=file,
                field=f"{field}.{place}",
                remedy=remedy,
            )
    if source.day is not None and column.kind is not Kind.DAY:
        raise BadInput("is no day", file=file, field=field, remedy=column.unit)
    amount = bool(source.columns) and not source.codes
    if not amount:
        return
    if column.kind in (Kind.CHOICE, Kind.FLAG, Kind.DAY) and len(source.columns) > 1:
        raise BadInput("comes from one column", file=file, field=f"{field}.from")
    if column.kind is Kind.MONEY and column.period is not Period.POINT and source.per is None:
        raise BadInput(
            f"is an amount in {column.unit}; for how long the survey's stands is not said",
            file=file,
            field=field,
            remedy="per: month or per: year",
        )
    if source.per is not None and column.period is Period.POINT:
        raise BadInput("is no amount of a month or year", file=file, field=f"{field}.per")
    yearly = source.per is not None and source.per.value == "year"
    if yearly and column.period is Period.MONTH and source.rounding is None:
        raise BadInput(
            "a twelfth of a year's amount is no whole won",
            file=file,
            field=field,
            remedy="rounding: down, nearest or up",
        )


def _values(source: ColumnSource) -> Iterator[tuple[str, Value]]:
    for code, value in source.codes.items():
        yield f"codes.{code}", value
    if source.constant is not None:
        yield "constant", source.constant
    if source.otherwise is not None:
        yield "otherwise", source.otherwise


def _right(column: Column, value: Value) -> str | None:
    """What would be right where ``value`` is not; ``None`` where it is."""
    if column.kind is Kind.CHOICE:
        known = spellings(column)
        if str(value) in known:
            return None
        words = list(dict.fromkeys(known.values()))
        return nearest(str(value), words) or f"one of {', '.join(words)}"
    if column.kind is Kind.FLAG:
        return None if isinstance(value, bool) else "true or false"
    if column.kind is Kind.DAY:
        return None if isinstance(value, str) else "a day in quotes, such as '1984-05-17'"
    low, high = column.range
    if isinstance(value, bool) or not isinstance(value, int):
        return f"a whole number ({column.unit})"
    return None if low <= value <= high else f"{low:,} to {high:,}"
