"""A stored population in a later year: the same as its tables moved at once, whatever its partitions."""

import datetime
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from donghaeng.population.later_year import later_year, store_uprated, uprated_partitions
from donghaeng.population.schema import HOUSEHOLD_ID, Table
from donghaeng.population.store import Population, write_tables
from donghaeng.population.store.manifest import ColumnOrigin, Origin, PopulationKind
from donghaeng.population.uprating import read_factors, uprate
from donghaeng.rules.faults import BadInput
from donghaeng.rules.terms import Kind

from .store.people import MANIFEST, SCHEMA, tables

FILE = Path(__file__).parents[2] / "examples" / "population" / "uprating_2016_2024.yaml"
DAY = datetime.date(2016, 12, 31)
COLUMNS = (
    ColumnOrigin(table="persons", name="earnings", origin=Origin.RECORDED, note="as told"),
    ColumnOrigin(table="persons", name="sex", origin=Origin.RECORDED),
    ColumnOrigin(table="households", name="deposit", origin=Origin.MODELLED),
)


def modest(frame, table):
    """Amounts that stay in range when they grow, and days that stay in theirs."""
    money = [n for n in frame.columns if SCHEMA.column(table, n).kind is Kind.MONEY]
    days = [n for n in frame.columns if SCHEMA.column(table, n).kind is Kind.DAY]
    first = datetime.date(1950, 2, 28)
    spread = [pl.lit(first) + pl.duration(days=pl.col(n).dt.ordinal_day()) for n in days]
    return frame.with_columns(
        *[pl.col(n) % 1_000_000 for n in money],
        *[
            pl.when(pl.col(n).is_not_null()).then(each).alias(n)
            for n, each in zip(days, spread, strict=True)
        ],
    )


@pytest.fixture
def population(tmp_path):
    households, persons = tables([1, 2, 3, 2, 8], 8)
    said = MANIFEST.model_copy(update={"reference_day": DAY, "columns": COLUMNS})
    write_tables(
        tmp_path / "people",
        SCHEMA,
        modest(households, Table.HOUSEHOLDS),
        modest(persons, Table.PERSONS),
        said,
    )
    return Population.open(tmp_path / "people")


def test_every_partition_is_moved_as_the_tables_would_be(tmp_path, population):
    factors = read_factors(FILE)
    done = store_uprated(population, factors, FILE, SCHEMA, tmp_path / "later")
    households, persons = Population.open(tmp_path / "later").tables(SCHEMA)
    whole = uprate(*population.tables(SCHEMA), factors, schema=SCHEMA, reference_day=DAY)
    assert_frame_equal(households, whole.households)
    assert_frame_equal(persons, whole.persons)
    assert set(done.steps) == set(whole.steps)
    assert done.reference_day == whole.reference_day == datetime.date(2024, 12, 31)


def test_a_trial_says_the_same_and_writes_nothing(tmp_path, population):
    factors = read_factors(FILE)
    parts = uprated_partitions(population, factors, SCHEMA)
    tried = later_year(uprated for _, uprated in parts)
    assert [each.name for each in tmp_path.iterdir()] == ["people"]
    assert tried == store_uprated(population, factors, FILE, SCHEMA, tmp_path / "later")


def test_the_manifest_lists_factors_sources_and_what_stayed(tmp_path, population):
    store_uprated(population, read_factors(FILE), FILE, SCHEMA, tmp_path / "later")
    said = Population.open(tmp_path / "later").manifest
    assert said.reference_day == datetime.date(2024, 12, 31)
    assert said.title == "a test, From 2016 to 2024"
    earnings, sex, deposit = said.columns
    assert (earnings.origin, earnings.note) == (Origin.APPROXIMATED, "as told Moved to 2024.")
    assert sex == COLUMNS[1]
    assert deposit.origin is Origin.MODELLED  # a model stays a model
    assert any("5729913/4391434" in each for each in said.approximations)
    assert "Dates moved by 8 years, so that ages stay." in said.approximations
    assert len(said.details["approximations_ko"]) == len(said.approximations)
    steps = {each["column"]: each for each in said.details["uprating"]["columns"]}
    assert steps["earnings"]["factor"] == "5729913/4391434"
    assert steps["received_livelihood_benefit"]["status"] == "not uprated"
    assert list(said.sources) == [FILE.name]


def test_synthetic_people_are_moved_and_it_is_said(tmp_path, population):
    made = population.manifest.model_copy(update={"kind": PopulationKind.SYNTHETIC})
    made_up = Population(population.folder, made)
    store_uprated(made_up, read_factors(FILE), FILE, SCHEMA, tmp_path / "later")
    later = Population.open(tmp_path / "later").manifest
    assert later.synthetic
    assert "synthetic people moved to another year" in later.approximations[-1]


def test_factors_of_another_year_are_refused(tmp_path, population):
    other = population.manifest.model_copy(update={"reference_day": datetime.date(2017, 12, 31)})
    with pytest.raises(BadInput, match=r"from_year: the factors lead from 2016, .* \(2017\)"):
        store_uprated(
            Population(population.folder, other), read_factors(FILE), FILE, SCHEMA, tmp_path / "x"
        )
    assert [each.name for each in tmp_path.iterdir()] == ["people"]


def test_an_amount_that_leaves_its_range_stops_it_and_nothing_is_written(tmp_path, population):
    households, persons = population.tables(SCHEMA)
    households = households.with_columns(deposit=pl.lit(10**11))
    write_tables(tmp_path / "rich", SCHEMA, households, persons, population.manifest)
    with pytest.raises(BadInput, match=r"households.*deposit.*outside 0 to 100,000,000,000"):
        store_uprated(
            Population.open(tmp_path / "rich"), read_factors(FILE), FILE, SCHEMA, tmp_path / "x"
        )
    assert {each.name for each in tmp_path.iterdir()} == {"people", "rich"}
    assert households[HOUSEHOLD_ID].n_unique() == 5
