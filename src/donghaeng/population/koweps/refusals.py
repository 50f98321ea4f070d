"""Rows that cannot stand: which, in which column, and why."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from donghaeng.population.schema import HOUSEHOLD_ID

# The column that keeps a row's place in its file; rows count from 1, the heading left out.
ROW = "row in the file"
HOUSEHOLD_FILE, PERSON_FILE = "households", "persons"


@dataclass(frozen=True)
class Refused:
    """One row of a file (``households`` or ``persons``), the column, and what is wrong there."""

    file: str
    row: int
    household: int | None
    column: str
    reason: str


@dataclass
class Refusals:
    """What was refused so far."""

    rows: list[Refused] = field(default_factory=list)

    def add(
        self, file: str, table: pl.DataFrame, wrong: pl.Expr | pl.Series, column: str, reason: str
    ) -> None:
        """Refuse the rows of ``table`` that are ``wrong``."""
        for row, household in table.filter(wrong).select(ROW, HOUSEHOLD_ID).iter_rows():
            self.rows.append(Refused(file, row, household, column, reason))

    def households(self) -> list[int]:
        """Households of which a row was refused."""
        return sorted({each.household for each in self.rows if each.household is not None})
