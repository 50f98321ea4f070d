"""What a reader gives: the cells of a survey's file, the row in which each stood, and what codes mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from donghaeng.rules.faults import BadInput, nearest

Code = float | str


@dataclass(frozen=True)
class ColumnNotes:
    """What a statistical package keeps beside a column.

    ``missing`` are the ranges (low, high) of values that the survey declared to be no answers; the values
    stand in the table all the same.
    """

    label: str = ""
    values: Mapping[Code, str] = field(default_factory=dict)
    missing: tuple[tuple[Code, Code], ...] = ()


@dataclass(frozen=True)
class SurveyTable:
    """A table, or a batch of one.

    ``frame`` holds texts where the file does (CSV, workbooks) and numbers where it does; ``rows`` the row of
    the file in which each row stood: as a spreadsheet counts where there is a line of names, from 1 elsewhere.
    """

    name: str
    frame: pl.DataFrame
    rows: pl.Series
    notes: Mapping[str, ColumnNotes] = field(default_factory=dict)

    def declared_missing(self, column: str) -> pl.Series:
        """Flags of the cells whose value the survey declared to be no answer."""
        given = self.frame[column]
        met = pl.Series([False], dtype=pl.Boolean).new_from_index(0, len(given))
        for low, high in self.notes.get(column, ColumnNotes()).missing:
            if isinstance(low, str) == (given.dtype == pl.String):
                met = met | given.is_between(low, high).fill_null(False)
        return met

    def rows_where(self, keep: pl.Series) -> SurveyTable:
        """The rows whose flag holds."""
        return replace(self, frame=self.frame.filter(keep), rows=self.rows.filter(keep))


def joined(batches: Iterable[SurveyTable]) -> SurveyTable:
    """The batches of one file as one table; there is at least one."""
    parts = list(batches)
    if len(parts) == 1:
        return parts[0]
    return SurveyTable(
        parts[0].name,
        pl.concat([part.frame for part in parts], how="vertical_relaxed"),
        pl.concat([part.rows for part in parts]),
        parts[0].notes,
    )


def require(wanted: Sequence[str], known: Sequence[str], file: str) -> None:
    """Check that a file has the columns that are wanted.

    Raises:
        BadInput: for the first that it has not, with the nearest name that it has.
    """
    there = set(known)
    for column in wanted:
        if column not in there:
            shown = ", ".join(known[:12]) + (", ..." if len(known) > 12 else "")
            raise BadInput(
                f"no column {column!r}",
                file=file,
                remedy=nearest(column, known) or f"the columns are {shown}",
            )
