"""Reading the shared tables again, to hold every number of the examples against the table it was taken from."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "index"
COLUMNS = ["unit", "period", "indicator", "value", "lower", "upper", "status", "source_cell"]


@dataclass(frozen=True)
class Figure:
    """One row of a table of figures."""

    unit: str
    period: str
    indicator: str
    value: Decimal
    status: str
    table: str
    items: tuple[tuple[int, str], ...]
    source_period: str


def figures(path: Path) -> list[Figure]:
    """The rows of a table of figures, with their source cells taken apart.

    A source cell is `table | item + item - item | period`.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert reader.fieldnames == COLUMNS
        return [_figure(row) for row in reader]


def _figure(row: dict[str, str]) -> Figure:
    table, items, period = row["source_cell"].split(" | ")
    return Figure(
        unit=row["unit"],
        period=row["period"],
        indicator=row["indicator"],
        value=Decimal(row["value"]),
        status=row["status"],
        table=table,
        items=tuple(_signed(items.split())),
        source_period=period,
    )


def _signed(words: list[str]) -> Iterable[tuple[int, str]]:
    sign = 1
    for word in words:
        if word in ("+", "-"):
            sign = 1 if word == "+" else -1
        else:
            yield sign, word


def shared_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a packed table of the shared data."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
