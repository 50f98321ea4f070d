"""JSON, Parquet, CSV and workbooks hold the same figures."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from donghaeng.policy.question import Question
from donghaeng.policy.report.data import TABLES, FlatTable, flat_tables
from donghaeng.policy.report.files import simulation_files, simulation_json
from donghaeng.policy.report.household_columns import household_files
from donghaeng.policy.report.workbook import SHEETS, simulation_workbook
from donghaeng.policy.results import Simulation
from donghaeng.policy.runs import this_process
from donghaeng.policy.simulate import simulate


@pytest.fixture(scope="module")
def files(synthetic: Simulation) -> dict[str, str | bytes]:
    return simulation_files(synthetic)


def at(entry: Any, path: str) -> Any:
    """What stands at ``path`` (``total.before.low``) of an entry of the JSON."""
    for part in path.split("."):
        if isinstance(entry, list) and part in ("ko", "en"):
            entry = entry[("ko", "en").index(part)]
        elif isinstance(entry, list):
            entry = next((each for each in entry if each["name"] == part), {})
        else:
            entry = entry.get(part)
    return entry["value"] if isinstance(entry, dict) and "value" in entry else entry


def test_the_json_is_the_simulation_and_holds_no_timing(
    survey: Simulation, question: Question, tmp_path: Path
) -> None:
    again = simulate(question, tmp_path / "run", executors=this_process)
    assert simulation_json(again) == simulation_json(survey)
    assert again.seconds != survey.seconds
    said = json.loads(simulation_json(survey))
    assert said == json.loads(json.dumps(survey.as_json()))
    assert said["kind"] == "simulation"
    assert said["budget"]["cost"]["value"] == survey.budget.cost.value


def test_parquet_holds_every_figure_of_the_json(
    synthetic: Simulation, files: dict[str, str | bytes]
) -> None:
    content = synthetic.as_json()
    for name in (*TABLES, "budget"):
        entries = [content[name]] if name == "budget" else content[name]
        if not entries:
            assert f"tables/{name}.parquet" not in files
            continue
        data = files[f"tables/{name}.parquet"]
        assert isinstance(data, bytes)
        rows = pl.read_parquet(io.BytesIO(data)).to_dicts()
        assert len(rows) == len(entries)
        for row, entry in zip(rows, entries, strict=True):
            assert row.pop("kind") == "simulation (synthetic)"
            for path, value in row.items():
                assert value == at(entry, path), (name, path)


def test_csv_holds_what_parquet_holds(files: dict[str, str | bytes]) -> None:
    text, data = files["tables/groups.csv"], files["tables/groups.parquet"]
    assert isinstance(text, str)
    assert isinstance(data, bytes)
    rows = list(csv.DictReader(io.StringIO(text)))
    frame = pl.read_parquet(io.BytesIO(data))
    assert len(rows) == len(frame)
    changes = [float(row["mean_change"]) for row in rows]
    assert changes == frame["mean_change"].to_list()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_workbook_holds_every_figure_as_a_number(synthetic: Simulation, language: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(simulation_workbook(synthetic, language)))
    tables = flat_tables(synthetic)
    assert len(book.sheetnames) == 1 + len(tables)
    for table, name in zip(tables, book.sheetnames[1:], strict=True):
        rows = list(book[name].iter_rows(values_only=True))
        assert rows[0] == table.columns
        assert len(rows) == 1 + len(table.rows)
        _same_numbers(table, rows[1:])


def _same_numbers(table: FlatTable, rows: list[tuple[Any, ...]]) -> None:
    for row, cells in zip(table.rows, rows, strict=True):
        for value, cell in zip(row, cells, strict=True):
            if isinstance(value, float) or (isinstance(value, int) and not isinstance(value, bool)):
                assert cell == pytest.approx(value, rel=1e-14)


def test_the_folder_holds_both_languages(files: dict[str, str | bytes]) -> None:
    for language in ("ko", "en"):
        html, pdf = files[f"report.{language}.html"], files[f"report.{language}.pdf"]
        assert isinstance(html, str)
        assert f'<html lang="{language}">' in html
        assert isinstance(pdf, bytes)
        assert pdf.startswith(b"%PDF-1.7")
    assert set(SHEETS) == {*TABLES, "budget"}


def test_household_columns_add_up_to_the_totals(question: Question, tmp_path: Path) -> None:
    found = simulate(question, tmp_path / "run", executors=this_process)
    frame = pl.concat(
        [pl.read_parquet(file) for file in household_files(tmp_path / "run", found.label).values()],
        how="diagonal_relaxed",
    )
    assert len(frame) == found.households_in
    assert set(frame["kind"]) == {"simulation"}
    assert frame.columns[0] == "kind"
    known = frame.filter(pl.col("known"))
    change = known["income_after"] - known["income_before"]
    assert (change * known["weight"]).sum() == pytest.approx(found.budget.cost.value)
    couples = known.filter(pl.col("family_type") == "couple")
    (told,) = [each for each in found.groups if each.key == "couple"]
    assert len(couples) == told.rows
    assert couples["weight"].sum() == pytest.approx(told.households)
