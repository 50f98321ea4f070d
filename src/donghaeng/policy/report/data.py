"""The figures of a simulation as flat tables: the JSON row by row, for Parquet, CSV and workbooks alike."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..results import Simulation

if TYPE_CHECKING:
    import polars

# The lists of the JSON that are tables, and of what their money is.
TABLES = (
    "amounts",
    "groups",
    "measures",
    "rates",
    "receipts",
    "readings",
    "not_official",
    "assumed",
)
ESTIMATES = ("value", "standard_error", "low", "high")
Cell = str | int | float | bool | None


@dataclass(frozen=True)
class FlatTable:
    """One list of the JSON: a row each, a column for every figure, its error and both ends of its interval.

    Columns are the names of the JSON joined by dots; that of a figure itself ends without ``.value``. Every
    table has a first column ``kind``, which says what its figures are.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def frame(self) -> polars.DataFrame:
        """The table for other programs."""
        import polars

        columns = {
            name: polars.Series(name, [row[place] for row in self.rows], strict=False)
            for place, name in enumerate(self.columns)
        }
        return polars.DataFrame(columns)

    def parquet(self) -> bytes:
        """The table as a Parquet file."""
        file = io.BytesIO()
        self.frame().write_parquet(file)
        return file.getvalue()

    def csv(self) -> str:
        """The table as CSV in which no text acts as a formula."""
        from donghaeng.charts.description import csv_text

        rows = [
            [str(cell).lower() if isinstance(cell, bool) else cell for cell in row]
            for row in self.rows
        ]
        return csv_text(self.columns, rows) + "\n"


def flat_tables(simulation: Simulation) -> tuple[FlatTable, ...]:
    """Every table of the simulation that has a row, and ``budget`` with one row."""
    content = simulation.as_json()
    lists = {"budget": [content["budget"]], **{name: content[name] for name in TABLES}}
    return tuple(
        _table(name, entries, simulation.label) for name, entries in lists.items() if entries
    )


def _table(name: str, entries: list[dict[str, Any]], kind: str) -> FlatTable:
    flat = [{"kind": kind, **_flattened(entry)} for entry in entries]
    columns = tuple(dict.fromkeys(column for row in flat for column in row))
    return FlatTable(
        name, columns, tuple(tuple(row.get(column) for column in columns) for row in flat)
    )


def _flattened(entry: dict[str, Any], above: str = "") -> dict[str, Cell]:
    flat: dict[str, Cell] = {}
    for key, value in entry.items():
        name = f"{above}.{key}" if above else key
        if isinstance(value, dict):
            flat |= _flattened(value, name)
        elif key == "label" or key.endswith("_label"):
            flat |= _label(name, value)
        elif isinstance(value, list):
            for each in value:
                flat |= _flattened(_without_name(each), f"{name}.{each['name']}")
        elif key == "value" and above and not isinstance(value, str):
            flat[above] = value
        else:
            flat[name] = value
    return flat


def _label(name: str, value: Any) -> dict[str, Cell]:
    """A pair of labels is two columns; a message of the catalogue is one."""
    if isinstance(value, str):
        return {name: value}
    return {f"{name}.ko": value[0], f"{name}.en": value[1]}


def _without_name(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key != "name"}
