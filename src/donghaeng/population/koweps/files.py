"""Reading the two files of the survey: the columns that a map needs, as numbers, with what is no number."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from donghaeng.rules.faults import BadInput, nearest

from .column_map import ColumnMap
from .refusals import HOUSEHOLD_FILE, PERSON_FILE, ROW, Refused


@dataclass(frozen=True)
class SurveyTables:
    """The two tables of the survey as numbers (Float64, null where empty), with the row of the file."""

    households: pl.DataFrame
    persons: pl.DataFrame
    refused: tuple[Refused, ...] = ()


def read_survey(households: Path, persons: Path, columns: ColumnMap) -> SurveyTables:
    """Both files (.csv or .csv.gz) with the columns that the map needs.

    Raises:
        BadInput: where a file cannot be read or lacks a column.
    """
    refused: list[Refused] = []
    key = columns.keys.household
    of_households = _text(households, columns.household_columns())
    of_persons = _text(persons, columns.person_columns())
    return SurveyTables(
        _numbers(of_households, HOUSEHOLD_FILE, key, refused),
        _numbers(of_persons, PERSON_FILE, key, refused),
        tuple(refused),
    )


def _text(file: Path, needed: list[str]) -> pl.DataFrame:
    try:
        heading = pl.read_csv(file, n_rows=0, infer_schema=False).columns
        lacking = next((name for name in needed if name not in heading), None)
        if lacking is not None:
            raise BadInput(
                f"has no column {lacking!r}",
                file=str(file),
                remedy=nearest(lacking, heading) or "the layout is in docs/koweps.md",
            )
        text = pl.read_csv(file, columns=needed, infer_schema=False)
    except OSError as error:
        raise BadInput(str(error.strerror or "cannot be read"), file=str(file)) from None
    except pl.exceptions.PolarsError as error:
        reason = str(error).splitlines()[0]
        raise BadInput(reason, file=str(file), remedy="a CSV file in UTF-8") from None
    return text.select(needed)


def _numbers(text: pl.DataFrame, file: str, key: str, refused: list[Refused]) -> pl.DataFrame:
    """Every cell as a number; a cell that holds something else is refused with its row."""
    stripped = text.with_columns(pl.all().str.strip_chars().replace({"": None, ".": None}))
    numbers = stripped.with_columns(pl.all().cast(pl.Float64, strict=False))
    numbers = numbers.with_columns(
        pl.when(pl.all().is_finite()).then(pl.all()), pl.int_range(1, pl.len() + 1).alias(ROW)
    )
    for name in text.columns:
        wrong = stripped[name].is_not_null() & numbers[name].is_null()
        for row in wrong.arg_true().to_list():
            household = numbers[key][row]
            refused.append(
                Refused(
                    file,
                    row + 1,
                    None if household is None else int(household),
                    name,
                    f"{stripped[name][row]!r} is no number",
                )
            )
    return numbers
