"""What can be wrong with a row of a population, and the list of everything that was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import polars as pl

from ..reading import SurveyTable
from ..schema import Table

COLUMNS: dict[str, type[pl.DataType]] = {
    "file": pl.String,
    "table": pl.String,
    "row": pl.Int64,
    "column": pl.String,
    "value": pl.String,
    "fault": pl.String,
    "other": pl.Int64,
}


class Fault(StrEnum):
    """What is wrong. ``other`` of a violation is the row or person that a fault is also about."""

    UNKNOWN_COLUMN = "unknown_column"
    OTHER_TABLE = "other_table"
    MISSING_COLUMN = "missing_column"
    NOT_A_NUMBER = "not_a_number"
    FRACTION = "fraction"
    OUT_OF_RANGE = "out_of_range"
    UNKNOWN_WORD = "unknown_word"
    UNKNOWN_CODE = "unknown_code"
    NOT_A_FLAG = "not_a_flag"
    NOT_A_DAY = "not_a_day"
    MISSING_VALUE = "missing_value"
    NOT_POSITIVE = "not_positive"
    DUPLICATE_HOUSEHOLD = "duplicate_household"
    DUPLICATE_PERSON = "duplicate_person"
    NO_HOUSEHOLD = "no_household"
    NO_PERSONS = "no_persons"
    TOO_MANY_PERSONS = "too_many_persons"
    NO_HEAD = "no_head"
    SEVERAL_HEADS = "several_heads"
    GAP_IN_NUMBERS = "gap_in_numbers"
    POINTS_NOWHERE = "points_nowhere"
    POINTS_AT_ONESELF = "points_at_oneself"
    NOT_RETURNED = "not_returned"
    SAME_PARENTS = "same_parents"


@dataclass
class Findings:
    """What was found in one table so far, and which of its rows it concerns."""

    table: Table
    source: SurveyTable
    found: list[pl.DataFrame] = field(default_factory=list)
    at: list[pl.Series] = field(default_factory=list)

    def add(
        self, fault: Fault, column: str, places: pl.Series, other: pl.Series | None = None
    ) -> None:
        """A fault of the rows at ``places`` (positions in the table)."""
        if not len(places):
            return
        cells = self.source.frame
        value = (
            cells[column].gather(places).cast(pl.String, strict=False)
            if column in cells.columns
            else pl.Series([None] * len(places), dtype=pl.String)
        )
        rows = self.source.rows.gather(places)
        self.at.append(places.cast(pl.Int64))
        self.found.append(self._frame(fault, column, rows, value, other))

    def add_column(self, fault: Fault, column: str) -> None:
        """A fault of a column as such, in no row."""
        nowhere = pl.Series([None], dtype=pl.Int64)
        self.found.append(self._frame(fault, column, nowhere, pl.Series([None], dtype=pl.String)))

    def _frame(
        self,
        fault: Fault,
        column: str,
        rows: pl.Series,
        value: pl.Series,
        other: pl.Series | None = None,
    ) -> pl.DataFrame:
        return pl.DataFrame({"row": rows, "value": value}).select(
            pl.lit(self.source.name).alias("file"),
            pl.lit(self.table.value).alias("table"),
            pl.col("row").cast(pl.Int64),
            pl.lit(column).alias("column"),
            pl.col("value"),
            pl.lit(fault.value).alias("fault"),
            pl.lit(None, pl.Int64).alias("other")
            if other is None
            else other.cast(pl.Int64).alias("other"),
        )

    def rows(self) -> pl.Series:
        """Positions of the rows in which something is wrong, each once."""
        nothing = pl.Series([], dtype=pl.Int64)
        return pl.concat([nothing, *self.at]).unique()

    def frame(self) -> pl.DataFrame:
        """Everything that was found, by row and column; what concerns a whole column first."""
        found = pl.concat([pl.DataFrame(schema=COLUMNS), *self.found])
        return found.sort("row", "column", nulls_last=False, maintain_order=True)


@dataclass(frozen=True)
class Tally:
    """Rows of one table: those that came in are those that are right and those that are refused.

    A row is refused with its household: where one person cannot be read, the household would be another.
    """

    rows: int
    refused: int

    @property
    def right(self) -> int:
        return self.rows - self.refused


@dataclass(frozen=True)
class Checked:
    """A population that was looked through.

    ``households`` and ``persons`` are the rows that are right, with the types of the schema; ``violations``
    holds a row for each thing that is wrong: file, table, row, column, value, fault, other.
    """

    households: pl.DataFrame
    persons: pl.DataFrame
    violations: pl.DataFrame
    tallies: dict[Table, Tally]

    @property
    def sound(self) -> bool:
        return self.violations.is_empty()
