"""Wave 12 itself: the imported tables give the check values that were computed from the files apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from donghaeng.laws import book
from donghaeng.population.koweps import (
    Imported,
    SurveyTables,
    import_survey,
    read_survey,
    shipped_map,
    store,
)
from donghaeng.population.schema import schema_of
from donghaeng.population.store import Population


@pytest.fixture(scope="module")
def tables(shared_data: Callable[[str], Path]) -> SurveyTables:
    folder = shared_data("koweps_2017_w12")
    files = folder / "households.csv.gz", folder / "persons.csv.gz"
    return read_survey(*files, shipped_map())


@pytest.fixture(scope="module")
def imported(tables: SurveyTables) -> Imported:
    return import_survey(tables, shipped_map(), schema_of(book()))


@pytest.fixture(scope="module")
def people(imported: Imported) -> pl.DataFrame:
    """A row a person: weight, age in 2016, and equivalised income of the year in 10,000 won."""
    size = imported.persons.group_by("household_id").len("size")
    income = pl.col("recorded_income_year") / 10_000 / pl.col("size").sqrt()
    return (
        imported.persons.select("household_id", "weight", "birth_date")
        .join(imported.households.select("household_id", "recorded_income_year"), "household_id")
        .join(size, "household_id")
        .select("weight", age=2016 - pl.col("birth_date").dt.year(), income=income)
        .sort("income")
    )


def median(people: pl.DataFrame) -> float:
    """The least income that half of the people do not exceed."""
    weight = people["weight"].to_numpy()
    place = np.searchsorted(np.cumsum(weight), weight.sum() / 2)
    return float(people["income"][int(place)])


def share(weight: pl.Series, flag: pl.Series) -> float:
    """Share of the weight for which the flag holds."""
    return float(np.average(flag.to_numpy(), weights=weight.to_numpy()))


def test_no_row_is_lost(imported: Imported) -> None:
    assert (imported.households_in, len(imported.households)) == (6_581, 6_581)
    assert (imported.persons_in, len(imported.persons)) == (15_422, 15_422)
    assert imported.refused == ()


def test_sums_of_weights(imported: Imported) -> None:
    assert round(imported.persons["weight"].sum()) == 51_245_707
    assert round(imported.households["weight"].sum()) == 18_470_817
    seoul = imported.households.filter(pl.col("region") == "seoul")
    assert len(seoul) == 917
    in_seoul = imported.persons.join(seoul, "household_id", "semi")
    assert len(in_seoul) == 2_208
    assert round(in_seoul["weight"].sum()) == 9_852_081


def test_median_and_poverty(people: pl.DataFrame) -> None:
    assert median(people) == pytest.approx(2_856.7, abs=0.05)
    weight, poor = people["weight"], people["income"] < median(people) / 2
    assert share(weight, poor) == pytest.approx(0.1368, abs=5e-5)
    old = people["age"] >= 65
    assert share(weight.filter(old), poor.filter(old)) == pytest.approx(0.4502, abs=5e-5)


def test_gini_with_negative_incomes_at_zero(people: pl.DataFrame) -> None:
    weight = people["weight"].to_numpy()
    income = np.maximum(people["income"].to_numpy(), 0)
    share, total = np.cumsum(weight) / weight.sum(), np.cumsum(weight * income)
    lorenz = np.concatenate([[0.0], total / total[-1]])
    area = np.sum((lorenz[1:] + lorenz[:-1]) / 2 * np.diff(np.concatenate([[0.0], share])))
    assert 1 - 2 * area == pytest.approx(0.3068, abs=5e-5)


def test_amounts_of_the_household_are_given_out_whole(
    imported: Imported, tables: SurveyTables
) -> None:
    given = imported.persons.group_by("household_id").agg(pl.col("received_basic_pension").sum())
    recorded = tables.households.select(
        pl.col("hid").cast(pl.Int64).alias("household_id"),
        (pl.col("h1208_10aq1") * 10_000).cast(pl.Int64).floordiv(12).alias("recorded"),
    )
    both = given.join(recorded, "household_id")
    assert both["received_basic_pension"].to_list() == both["recorded"].to_list()


def test_relations_point_to_persons_of_the_household(imported: Imported) -> None:
    size = imported.persons.group_by("household_id").len("size")
    people = imported.persons.join(size, "household_id")
    for name in ("spouse", "first_parent", "second_parent"):
        known = people.filter(pl.col(name).is_not_null())
        assert known.filter(~pl.col(name).is_between(1, pl.col("size"))).is_empty()
        assert known.filter(pl.col(name) == pl.col("person")).is_empty()
    # As many couples as there are heads and spouses who say that they are married, and a few more.
    assert people["spouse"].is_not_null().sum() == 7_662


def test_the_stored_population_gives_the_same_tables(imported: Imported, tmp_path: Path) -> None:
    schema = schema_of(book())
    store(imported, shipped_map(), schema, tmp_path / "koweps")
    households, persons = Population.open(tmp_path / "koweps").tables(schema)
    households = households.sort("household_id").select(imported.households.columns)
    assert households.equals(imported.households.sort("household_id"))
    persons = persons.sort("household_id", "person").select(imported.persons.columns)
    assert persons.equals(imported.persons.sort("household_id", "person"))
