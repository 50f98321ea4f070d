"""Made-up files in the layout of wave 12: nobody in them is a respondent."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from donghaeng.laws import book
from donghaeng.population.koweps import Imported, import_survey, read_survey, shipped_map
from donghaeng.population.schema import schema_of

Row = Mapping[str, object]
Import = Callable[[list[Row], list[Row]], Imported]

# What a quiet household answers: lives in Seoul, owns nothing, receives nothing.
HOUSEHOLD = {"h12_reg7": 1, "h12_reg5": 1, "h1206_3": 4, "h1206_6": "", "h1205_3aq1": 1}
# A man of 46 who heads it, in good health, without work.
PERSON = {
    "p12_wgc": 1000.5,
    "h12_g1": 1,
    "h12_g2": 10,
    "h12_g3": 1,
    "h12_g4": 1970,
    "h12_g6": 5,
    "h12_g7": 5,
    "h12_g10": 5,
    "h12_g12": 1,
    "h12_eco2": 1,
    "h12_inc2": "",
    "h12_inc3": "",
    "h12_inc4": "",
    "h12_pers_income5": "",
}


def write(file: Path, columns: list[str], usual: Row, rows: list[Row]) -> None:
    """A CSV file; a column that neither the row nor the usual answer names is 0."""
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(columns)
        for row in rows:
            writer.writerow([row.get(name, usual.get(name, 0)) for name in columns])


@pytest.fixture
def survey_files(tmp_path: Path) -> Callable[[list[Row], list[Row]], tuple[Path, Path]]:
    """Write the two files of a made-up survey."""

    def make(households: list[Row], persons: list[Row]) -> tuple[Path, Path]:
        columns = shipped_map()
        files = tmp_path / "households.csv", tmp_path / "persons.csv"
        write(files[0], columns.household_columns(), HOUSEHOLD, households)
        write(files[1], columns.person_columns(), PERSON, persons)
        return files

    return make


@pytest.fixture
def imported(survey_files: Callable[[list[Row], list[Row]], tuple[Path, Path]]) -> Import:
    """Import a made-up survey."""

    def make(households: list[Row], persons: list[Row]) -> Imported:
        columns = shipped_map()
        files = survey_files(households, persons)
        return import_survey(read_survey(*files, columns), columns, schema_of(book()))

    return make
