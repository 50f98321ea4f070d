"""``donghaeng population calibrate`` and ``uprate`` as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from donghaeng.laws import book
from donghaeng.population.schema import schema_of
from donghaeng.population.store import Population, write_tables
from donghaeng.population.store.manifest import Manifest

from .program import EXAMPLES, Run, one_line

FACTORS = EXAMPLES / "population" / "uprating_2016_2024.yaml"
MARGINS = """
title: {ko: 작은 고을, en: A small town}
reference_day: 2016-12-31
margins:
  size:
    of: households
    by: [{column: size, bands: [1, 2]}]
    total: {1: 30, 2+: 70}
    source: made up
    status: assumed
"""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Two households of one person and one of two; weights 10, 10, 20."""
    manifest = Manifest.model_validate(
        {
            "title": "a town",
            "kind": "survey",
            "reference_day": "2016-12-31",
            "households": 0,
            "persons": 0,
            "weight_note": "as given.",
            "design_note": "none",
            "columns": (),
        }
    )
    write_tables(
        tmp_path / "town",
        schema_of(book()),
        pl.DataFrame({"household_id": [1, 2, 3], "weight": [10.0, 10.0, 20.0]}),
        pl.DataFrame(
            {
                "household_id": [1, 2, 3, 3],
                "person": [1, 1, 1, 2],
                "weight": [1.0, 1.0, 1.0, 1.0],
                "earnings": [1_000_000, 0, 3_000_000, None],
                "birth_date": ["1960-02-29", "1980-01-01", "1990-05-05", None],
            }
        ),
        manifest,
    )
    return tmp_path / "town"


@pytest.fixture
def margins(tmp_path: Path) -> Path:
    file = tmp_path / "margins.yaml"
    file.write_text(MARGINS, encoding="utf-8")
    return file


def test_weights_are_brought_to_the_totals(run: Run, town: Path, margins: Path) -> None:
    new = town.with_name("new")
    done = run("population", "calibrate", town, margins, "-o", new, "--lang", "en")
    assert done.status == 0
    assert "Margin  Category  Asked  Before  Met  Deviation" in done.out
    assert "size    1            30      20   30    0.0000%" in done.out
    assert "brought to the 2 totals of “A small town” (exponential)" in done.out
    assert "Persons have the weight of their household" in done.out
    assert done.out.endswith(f"Written: {new}\n")
    # 10, 10 -> 15, 15 and 20 -> 70
    assert Population.open(new).household_column("weight") == pytest.approx([15, 15, 70])
    assert "calibrated to A small town" in run("population", "show", new, "--lang", "en").out


def test_a_trial_prints_the_same_and_writes_nothing(run: Run, town: Path, margins: Path) -> None:
    done = run("population", "calibrate", town, margins, "--dry-run", "--format", "json")
    said = done.json
    assert said["written"] is None
    assert [(each["asked"], each["before"]) for each in said["margins"]] == [(30, 20), (70, 20)]
    assert said["largest_deviation"] < 1e-6
    assert said["weights_before"] == {
        "rows": 3,
        "total": 40,
        "effective": pytest.approx(1600 / 600),
        "design_effect": pytest.approx(3 * 600 / 1600),
    }
    assert "가구 가중치를" in said["notes"][0]
    assert sorted(each.name for each in town.parent.iterdir()) == ["margins.yaml", "town"]


def test_totals_out_of_reach_are_refused_in_one_line(run: Run, town: Path, margins: Path) -> None:
    done = run(
        "population", "calibrate", town, margins, "-o", town.with_name("new"),
        "--method", "logit", "--bounds", "0.5", "2",
    )  # fmt: skip
    assert "cannot be" in one_line(done)
    assert not town.with_name("new").exists()


def test_what_is_missing_is_said_in_one_line(run: Run, town: Path, margins: Path) -> None:
    assert "--out: is not named" in one_line(run("population", "calibrate", town, margins))
    assert "holds no population" in one_line(
        run("population", "calibrate", town.parent, margins, "--dry-run")
    )
    assert "is there already" in one_line(run("population", "calibrate", town, margins, "-o", town))
    assert "--out: is not named" in one_line(run("population", "uprate", town, FACTORS))
    assert "nowhere.yaml" in one_line(
        run("population", "uprate", town, town / "nowhere.yaml", "--dry-run")
    )


def test_a_population_may_take_its_own_place(run: Run, town: Path, margins: Path) -> None:
    done = run("population", "calibrate", town, margins, "-o", town, "--replace")
    assert done.status == 0
    assert done.out.endswith(f"{town}\n")
    assert Population.open(town).household_column("weight").sum() == pytest.approx(100)
    assert sorted(each.name for each in town.parent.iterdir()) == ["margins.yaml", "town"]


def test_money_and_dates_are_moved(run: Run, town: Path) -> None:
    new = town.with_name("later")
    done = run("population", "uprate", town, FACTORS, "-o", new, "--lang", "en")
    assert done.status == 0
    # 4,000,000 x 5,729,913 / 4,391,434: 1,304,793 + 3,914,379 won
    line = next(each for each in done.out.splitlines() if "earnings" in each and "5729913" in each)
    assert "4,000,000" in line
    assert "5,219,172" in line
    population = Population.open(new)
    assert str(population.manifest.reference_day) == "2024-12-31"
    _, persons = population.tables(schema_of(book()))
    assert persons["birth_date"].dt.year().to_list() == [1968, 1988, 1998, None]
    assert persons["earnings"].to_list() == [1_304_793, 0, 3_914_379, None]
    assert persons["weight"].to_list() == [1.0] * 4


def test_what_would_be_moved_is_told_in_both_languages(run: Run, town: Path) -> None:
    korean = run("population", "uprate", town, FACTORS, "--dry-run")
    assert "나이가 그대로이도록 날짜를 8년 옮겼습니다." in korean.out
    said = run("population", "uprate", town, FACTORS, "--dry-run", "--format", "json").json
    assert (said["from_year"], said["to_year"], said["written"]) == (2016, 2024, None)
    assert {each["column"] for each in said["columns"]} == {"birth_date", "earnings"}
    assert not town.with_name("later").exists()


@pytest.mark.parametrize("name", ["margins", "uprating", "take-up"])
def test_the_schema_of_each_file_is_printed(run: Run, name: str) -> None:
    assert json.loads(run("schema", name).out)["type"] == "object"
