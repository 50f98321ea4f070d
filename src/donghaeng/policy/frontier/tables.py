"""A frontier as a table: one row a reform, values as numbers."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from ..sweep import written
from .frontier import Frontier, Reformed

if TYPE_CHECKING:
    import polars as pl

Cell = str | int | float | bool | None


def table(frontier: Frontier) -> pl.DataFrame:
    """Values, figures with their standard errors, recipients, and whether a reform is dominated."""
    import polars as pl

    return pl.DataFrame([_row(frontier, each) for each in frontier.reforms])


def _row(frontier: Frontier, reform: Reformed) -> dict[str, Cell]:
    row: dict[str, Cell] = {}
    for parameter in frontier.parameters:
        value = reform.point[parameter.name]
        row[parameter.name] = float(value) if parameter.rate else int(value)
        if parameter.rate:
            row[f"{parameter.name}_exact"] = str(written(value))
    figures = reform.figures
    named = {name.value: found for name, found in figures.of.items()}
    named |= {f"recipients_of_{name}": found for name, found in figures.recipients.items()}
    for name, found in named.items():
        row[name] = None if found.value != found.value else found.value
        if found.standard_error is not None:
            row[f"{name}_standard_error"] = found.standard_error
    row["undetermined"] = figures.undetermined
    for measure in frontier.measures:
        row[f"not_dominated_{measure.value}"] = reform.efficient[measure]
    row["not_dominated_in_all"] = reform.efficient_in_all
    if reform.within_budget is not None:
        row["within_budget"] = reform.within_budget
    row["kind"] = frontier.label
    return row


def csv_bytes(frontier: Frontier) -> bytes:
    """The table as CSV."""
    return table(frontier).write_csv().encode()


def parquet_bytes(frontier: Frontier) -> bytes:
    """The table as Parquet."""
    buffer = io.BytesIO()
    table(frontier).write_parquet(buffer)
    return buffer.getvalue()
