"""A stored population gets new weights; everything else stays as it was."""

import json

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from donghaeng.population.calibration import Method, read_margins
from donghaeng.population.calibration.storing import calibrate_stored, store_calibrated
from donghaeng.population.schema import HOUSEHOLD_ID, PERSON
from donghaeng.population.store import Population, write_tables
from donghaeng.population.store.manifest import Origin
from donghaeng.rules.faults import BadInput

from ..store.people import MANIFEST, SCHEMA, tables

MARGINS = """
title: {ko: 작은 고을, en: A small town}
reference_day: 2024-07-01
margins:
  size:
    of: households
    by: [{column: size, bands: [1, 2]}]
    total: {1: 300, 2+: 700}
    source: made up
    status: assumed
  head:
    of: households
    by: [{column: head_sex}]
    total: {male: 450, female: 550}
    source: made up
    status: assumed
"""


@pytest.fixture
def asked(tmp_path):
    file = tmp_path / "margins.yaml"
    file.write_text(MARGINS, encoding="utf-8")
    return file


@pytest.fixture
def population(tmp_path):
    households, persons = tables([1, 2, 3] * 20, 3, 0.0)
    households = households.with_columns(weight=pl.lit(2.0))
    write_tables(tmp_path / "people", SCHEMA, households, persons, MANIFEST)
    return Population.open(tmp_path / "people")


def calibrated(population, asked, folder):
    margins = read_margins(asked)
    found = calibrate_stored(population, margins, SCHEMA, method=Method.EXPONENTIAL)
    store_calibrated(population, found, margins, asked, SCHEMA, folder)
    return Population.open(folder)


def test_the_new_weights_meet_the_margins_and_nothing_else_changes(tmp_path, population, asked):
    new = calibrated(population, asked, tmp_path / "new")
    households, persons = new.tables(SCHEMA)
    sizes = persons.group_by(HOUSEHOLD_ID).len()
    heads = persons.filter(pl.col(PERSON) == 1).select(HOUSEHOLD_ID, "sex")
    joined = households.join(sizes, HOUSEHOLD_ID).join(heads, HOUSEHOLD_ID)
    assert joined.filter(pl.col("len") == 1)["weight"].sum() == pytest.approx(300)
    assert joined.filter(pl.col("sex") == "female")["weight"].sum() == pytest.approx(550)
    assert joined["weight"].sum() == pytest.approx(1_000)
    old_households, old_persons = population.tables(SCHEMA)
    assert_frame_equal(households.drop("weight"), old_households.drop("weight"))
    assert "weight" not in persons.columns  # a person has the weight of the household
    assert_frame_equal(persons, old_persons.drop("weight"))


def test_the_manifest_lists_what_was_asked_before_and_met(tmp_path, population, asked):
    new = calibrated(population, asked, tmp_path / "new").manifest
    said = new.details["calibration"]
    first = said["margins"][0]
    # 20 of 60 households of 2.0 each are of one person.
    assert (first["margin"], first["category"]) == ("size", "1")
    assert (first["asked"], first["before"]) == (300, 40)
    assert first["met"] == pytest.approx(300)
    assert said["sources"] == {"size": "made up (assumed)", "head": "made up (assumed)"}
    assert said["method"] == "exponential"
    assert new.title == "a test, calibrated to A small town"
    assert new.details["title_ko"] == "a test, 작은 고을에 맞춤"
    assert len(new.approximations) == len(new.details["approximations_ko"]) == 3
    assert new.approximations[1] == (
        "The people are those of 2024-06-30, the totals those of 2024-07-01."
    )
    (weight,) = new.columns
    assert (weight.name, weight.origin) == ("weight", Origin.DERIVED)
    assert list(new.sources) == ["margins.yaml"]
    json.loads(new.text())


def test_only_the_columns_of_the_margins_are_read_into_tables(population):
    households, persons = population.tables(SCHEMA, {"weight", "sex"})
    assert households.columns == [HOUSEHOLD_ID, "weight"]
    assert persons.columns == [HOUSEHOLD_ID, PERSON, "weight", "sex"]


def test_a_sum_and_an_age_are_reached_by_their_columns(tmp_path, population):
    file = tmp_path / "margins.yaml"
    file.write_text(
        MARGINS.replace("column: head_sex", "column: head_age, bands: [0]").replace(
            "total: {male: 450, female: 550}", "total: {0+: 1000}\n    others: free"
        ),
        encoding="utf-8",
    )
    margins = read_margins(file)
    found = calibrate_stored(population, margins, SCHEMA, method=Method.EXPONENTIAL)
    assert found.report.lines[0].met == pytest.approx(300)


def test_a_margin_of_a_column_that_is_not_there_is_refused(tmp_path, population):
    file = tmp_path / "margins.yaml"
    file.write_text(MARGINS.replace("head_sex", "head_colour"), encoding="utf-8")
    with pytest.raises(BadInput, match=r"there is no column 'head_colour' of households"):
        calibrate_stored(population, read_margins(file), SCHEMA, method=Method.EXPONENTIAL)
