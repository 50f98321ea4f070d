"""The columns of a population, for a reader and for a program."""

from __future__ import annotations

from typing import Any

from donghaeng.rules.schemas import DIALECT
from donghaeng.rules.terms import Kind

from .schema import LARGEST_NUMBER, Column, Schema, Table


def json_schema(schema: Schema) -> dict[str, Any]:
    """JSON Schema (2020-12) of a row of each table, as it stands in a CSV or Parquet file."""
    return {
        "$schema": DIALECT,
        "title": "Donghaeng population",
        "type": "object",
        "properties": {
            table.value: {"type": "array", "items": _row(schema, table)} for table in Table
        },
        "required": [table.value for table in Table],
        "additionalProperties": False,
    }


def bounds(column: Column) -> tuple[str, str]:
    """The least and the largest value of a number or day as they are written; nothing where there is no bound."""
    if column.kind is Kind.DAY:
        low, high = (str(each) for each in column.range)
        return f"{low[:4]}-{low[4:6]}-{low[6:]}", f"{high[:4]}-{high[4:6]}-{high[6:]}"
    least, largest = column.range
    return f"{least:,}", "" if largest == LARGEST_NUMBER else f"{largest:,}"


def default_text(column: Column) -> str:
    """What the law takes where a cell is empty, as it would be written; nothing where there is no default."""
    return "" if column.default is None else str(_plain(column.default)).lower()


def _row(schema: Schema, table: Table) -> dict[str, Any]:
    columns = schema.of(table).values()
    return {
        "type": "object",
        "properties": {column.name: _cell(column) for column in columns},
        "required": [column.name for column in columns if column.required],
        "additionalProperties": False,
    }


def _cell(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {"title": column.label[1], "description": column.label[0]}
    if column.citation:
        described["$comment"] = column.citation
    if column.default is not None:
        described["default"] = _plain(column.default)
    empty = [] if column.required else ["null"]
    low, high = column.range
    if column.kind is None:
        return {**described, "type": ["number", *empty], "exclusiveMinimum": 0}
    if column.choices is not None:
        words: list[Any] = [member.word for member in column.choices]
        return {**described, "enum": words + [None] * len(empty)}
    if column.kind is Kind.FLAG:
        return {**described, "type": ["boolean", *empty]}
    if column.kind is Kind.DAY:
        return {**described, "type": ["string", *empty], "format": "date"}
    return {**described, "type": ["integer", *empty], "minimum": low, "maximum": high}


def _plain(value: Any) -> Any:
    if isinstance(value, bool | int):
        return value
    return value.word if hasattr(value, "word") else value.isoformat()
