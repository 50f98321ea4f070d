"""Why entitlement and receipt differ on the welfare panel: the figures that docs/koweps.md states."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from donghaeng.laws import book, law_on
from donghaeng.policy.evaluation import Evaluation
from donghaeng.policy.households import Households
from donghaeng.policy.reform_files import read_assumptions
from donghaeng.policy.scenario import Scenario, baseline
from donghaeng.population.koweps import import_survey, read_survey, shipped_map, store
from donghaeng.population.schema import HOUSEHOLD_ID, Table, schema_of
from donghaeng.population.store import Population

FILE = Path(__file__).parents[3] / "examples" / "policy" / "koweps_2016_assumptions.yaml"
RESULTS = (
    "livelihood_benefit",
    "livelihood_line",
    "assessed_income",
    "earned_income_credit_year",
    "couple_total_income_year",
)


@pytest.fixture(scope="module")
def survey(shared_data: Callable[[str], Path]) -> pl.DataFrame:
    """The households of the survey, with the age of the head in 2016."""
    folder = shared_data("koweps_2017_w12")
    households = pl.read_csv(folder / "households.csv.gz", infer_schema_length=None)
    persons = pl.read_csv(folder / "persons.csv.gz", infer_schema_length=None)
    heads = persons.filter(pl.col("h12_g2") == 10)
    return households.join(heads.select("hid", age=2016 - pl.col("h12_g4")), "hid")


@pytest.fixture(scope="module")
def panel(
    shared_data: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Population:
    folder = shared_data("koweps_2017_w12")
    columns, schema = shipped_map(), schema_of(book())
    files = folder / "households.csv.gz", folder / "persons.csv.gz"
    target = tmp_path_factory.mktemp("panel") / "koweps"
    store(import_survey(read_survey(*files, columns), columns, schema), columns, schema, target)
    return Population.open(target)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return baseline(law_on("2016-07"), read_assumptions(FILE))


def computed(panel: Population, scenario: Scenario, **otherwise: int) -> pl.DataFrame:
    """Results by household; where facts are named, as if they had these numbers for everybody."""
    evaluation = Evaluation(scenario, RESULTS, "numpy")
    frames = []
    for partition in panel.partitions:
        households = Households(partition, scenario.assumed, otherwise)
        ids = households.stored(Table.HOUSEHOLDS, HOUSEHOLD_ID)
        assert ids is not None
        results = evaluation.run(households)
        columns = {name: results.entitlement(name)[0] for name in RESULTS}
        columns["couple_total_income_year"] = columns["couple_total_income_year"].max(axis=0)
        frames.append(pl.DataFrame({"hid": ids[0].astype(np.int64), **columns}))
    return pl.concat(frames)


@pytest.fixture(scope="module")
def both(panel: Population, scenario: Scenario, survey: pl.DataFrame) -> pl.DataFrame:
    return survey.join(computed(panel, scenario), "hid")


due, received = pl.col("livelihood_benefit") > 0, pl.col("h1208_11aq3") > 0


def test_support_from_others_decides_who_is_entitled_only(
    both: pl.DataFrame, panel: Population, scenario: Scenario, survey: pl.DataFrame
) -> None:
    assert len(both.filter(due & ~received)) == 196
    assert len(both.filter(due & received)) == 486
    without = survey.join(computed(panel, scenario, private_transfers=0), "hid")
    assert len(without.filter(due & ~received)) == 697
    assert len(without.filter(due & received)) == 522


def test_who_is_entitled_and_does_not_receive_mostly_has_an_old_head(both: pl.DataFrame) -> None:
    entitled_only = both.filter(due & ~received)
    assert len(entitled_only.filter(pl.col("age") >= 65)) == 150
    from_parents_or_children = pl.col("h1208_3aq6") + pl.col("h1208_3aq7") > 0
    assert len(entitled_only.filter(from_parents_or_children)) == 161


def test_who_receives_and_is_not_entitled_mostly_lives_with_others_who_earn(
    both: pl.DataFrame,
) -> None:
    receiving_only = both.filter(~due & received)
    assert len(receiving_only) == 167
    # The office found only some of the members to be recipients.
    assert len(receiving_only.filter(pl.col("h1201_11aq3") == 2)) == 91
    assert len(receiving_only.filter(pl.col("h1208_11aq2") < 12)) == 24
    assert len(receiving_only.filter(pl.col("assessed_income") > pl.col("livelihood_line"))) == 128


def test_who_is_entitled_to_the_earned_income_credit_and_does_not_report_it_is_mostly_old(
    both: pl.DataFrame,
) -> None:
    entitled_only = both.filter(
        (pl.col("earned_income_credit_year") > 0) & (pl.col("h1208_5aq1") == 0)
    )
    assert len(entitled_only) == 820
    assert len(entitled_only.filter(pl.col("age") >= 65)) == 554


def test_who_reports_the_earned_income_credit_and_is_not_entitled_mostly_earned_too_much_in_2016(
    both: pl.DataFrame,
) -> None:
    receiving_only = both.filter(
        (pl.col("earned_income_credit_year") == 0) & (pl.col("h1208_5aq1") > 0)
    )
    assert len(receiving_only) == 173
    # 25 million won is the highest of the three limits of 2016, that of two earners.
    above = pl.col("couple_total_income_year") >= 25_000_000
    assert len(receiving_only.filter(above)) == 111
