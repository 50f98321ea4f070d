"""A population in a later year: exact won, ages that stay, and no column of money left without a word."""

import datetime
from fractions import Fraction
from pathlib import Path

import numpy
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghaeng.laws import book
from donghaeng.population.schema import Table, schema_of
from donghaeng.population.uprating import Factors, read_factors, times, uprate
from donghaeng.rules.arithmetic import age_in_years, rounded
from donghaeng.rules.faults import BadInput
from donghaeng.rules.terms import Kind, Rounding

EXAMPLE = Path(__file__).parents[2] / "examples" / "population" / "uprating_2016_2024.yaml"
SCHEMA = schema_of(book())
DAY = datetime.date(2016, 12, 31)
HOUSEHOLDS = pl.DataFrame(
    {
        "household_id": [1, 2],
        "weight": [1.5, 2.5],
        "deposit": [1_001, None],
        "recorded_income_year": [-999, 0],
        "received_livelihood_benefit": [400_000, None],
    }
)
PERSONS = pl.DataFrame(
    {
        "household_id": [1, 2, 2],
        "person": [1, 1, 2],
        "birth_date": [datetime.date(1960, 2, 29), datetime.date(1990, 5, 1), None],
        "earnings": [2_000_001, 0, None],
    }
)


def factors(**changes):
    said = {"source": "a test", "status": "assumed", "from_year": 2016, "to_year": 2023}
    document = {
        "title": {"ko": "가", "en": "a"},
        "from_year": 2016,
        "to_year": 2023,
        "dates": "move",
        "rounding": "nearest",
        "factors": {
            "incomes": {
                "columns": ["earnings", "recorded_*"],
                "factor": "3/2",
                **said,
            },
            "prices": {"columns": ["deposit"], "factor": "1.25", **said},
        },
        "not_uprated": {"receipts": {"columns": ["received_*"], "reason": "kept"}},
    }
    return Factors.model_validate({**document, **changes})


def moved(asked=None, households=HOUSEHOLDS, persons=PERSONS):
    return uprate(households, persons, asked or factors(), schema=SCHEMA, reference_day=DAY)


def test_money_is_multiplied_exactly_and_rounded_to_whole_won():
    found = moved()
    # 2,000,001 · 3/2 = 3,000,001.5: a half goes up. −999 · 3/2 = −1,498.5: up is −1,498.
    assert found.persons["earnings"].to_list() == [3_000_002, 0, None]
    assert found.households["recorded_income_year"].to_list() == [-1_498, 0]
    assert found.households["deposit"].to_list() == [1_251, None]  # 1,251.25
    assert found.households["received_livelihood_benefit"].to_list() == [400_000, None]
    assert found.households["weight"].to_list() == [1.5, 2.5]
    assert found.households["deposit"].dtype == pl.Int64


def test_birth_dates_move_so_that_ages_stay():
    found = moved()
    assert found.reference_day == datetime.date(2023, 12, 31)
    # 1960-02-29 seven years later is 1967, which has no such day: 1 March.
    born = found.persons["birth_date"].to_list()
    assert born == [datetime.date(1967, 3, 1), datetime.date(1997, 5, 1), None]


@given(
    st.dates(datetime.date(1900, 1, 1), datetime.date(2016, 12, 31)),
    # A reference day of 29 February has no counterpart in most years, so that ages may turn on it.
    st.dates(datetime.date(2016, 3, 1), datetime.date(2017, 2, 28)),
    st.integers(1, 40),
)
def test_everybody_is_as_old_as_before(born, day, years):
    persons = pl.DataFrame({"household_id": [1], "person": [1], "birth_date": [born]})
    households = HOUSEHOLDS.select("household_id", "weight").head(1)
    asked = factors(
        to_year=2016 + years,
        factors={
            "x": {
                "columns": ["earnings"],
                "factor": 1,
                "source": "s",
                "status": "assumed",
                "from_year": 2016,
                "to_year": 2016 + years,
            }
        },
        not_uprated={},
    )
    found = uprate(households, persons, asked, schema=SCHEMA, reference_day=day)
    later = found.persons["birth_date"][0]
    assert age_in_years(later, found.reference_day) == age_in_years(born, day)


def test_dates_may_stay_and_people_grow_older():
    found = moved(factors(dates="stay"))
    assert found.persons["birth_date"].to_list() == PERSONS["birth_date"].to_list()
    assert any("everybody is 7 years older" in note for note in found.notes)


def test_every_step_is_listed_with_factor_source_and_sums():
    found = moved()
    steps = {step.column: step for step in found.steps}
    deposit = steps["deposit"]
    assert (deposit.factor, deposit.from_year, deposit.to_year) == ("1.25", 2016, 2023)
    assert (deposit.before, deposit.after, deposit.status) == (1_001, 1_251, "assumed")
    assert steps["received_livelihood_benefit"].factor is None
    assert "received_livelihood_benefit: not uprated from 2016 to 2023 (kept)" in found.notes
    assert set(steps) == {
        "deposit",
        "recorded_income_year",
        "received_livelihood_benefit",
        "birth_date",
        "earnings",
    }


def test_sums_do_not_depend_on_how_narrow_the_column_is():
    # 3 · 10⁹ is more than 32 bits hold.
    many = pl.DataFrame({"household_id": range(300), "weight": [1.0] * 300}).with_columns(
        deposit=pl.lit(10_000_000, dtype=pl.Int32)
    )
    steps = {step.column: step for step in moved(households=many).steps}
    assert (steps["deposit"].before, steps["deposit"].after) == (3_000_000_000, 3_750_000_000)


@given(
    st.lists(st.integers(-(10**11), 10**11), max_size=20),
    st.fractions(min_value=Fraction(1, 100), max_value=100),
    st.sampled_from(list(Rounding)),
)
def test_the_rounding_is_that_of_the_law(amounts, factor, rounding):
    found = times(numpy.array(amounts, dtype=numpy.int64), factor, rounding)
    assert found == [rounded(a * factor, rounding.way, rounding.multiple) for a in amounts]


def test_columns_of_money_without_a_word_are_refused_all_at_once():
    silent = PERSONS.with_columns(wages_year=pl.Series([1, 2, 3]))
    with pytest.raises(
        BadInput, match=r"2 columns of money have no factor: debts, wages_year .*not_uprated"
    ):
        moved(households=HOUSEHOLDS.with_columns(debts=pl.Series([1, 2])), persons=silent)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (["deposits"], r"factors\.prices\.columns: 'deposits' is no column of money.*'deposit'"),
        (["deposit", "earnings"], "earnings stands in incomes and in prices"),
        (["birth_date"], "'birth_date' is no column of money"),
        (
            ["deposit", "received_basic_pension"],
            "received_basic_pension stands in prices and in receipts",
        ),
    ],
)
def test_an_entry_that_names_no_money_or_money_twice_is_refused(columns, message):
    asked = factors()
    prices = asked.factors["prices"].model_copy(update={"columns": tuple(columns)})
    with pytest.raises(BadInput, match=message):
        moved(asked.model_copy(update={"factors": {**asked.factors, "prices": prices}}))


def test_an_amount_that_leaves_its_range_is_refused():
    large = HOUSEHOLDS.with_columns(deposit=pl.Series([90_000_000_000, 0]))
    with pytest.raises(
        BadInput, match=r"households: deposit: 90,000,000,000 becomes 112,500,000,000, outside"
    ):
        moved(households=large)


def test_money_that_is_not_whole_is_refused():
    with pytest.raises(BadInput, match="deposit: is Float64, not whole won"):
        moved(households=HOUSEHOLDS.with_columns(pl.col("deposit").cast(pl.Float64)))


@pytest.mark.parametrize(
    ("written", "instead", "message"),
    [
        (
            "factor: 5729913/4391434",
            "factor: 1.3048",
            r"incomes\.factor: 1\.3048 is no factor \(in quotes",
        ),
        ("factor: 5729913/4391434", "factor: -1", "is no factor"),
        ("rounding: nearest", "rounding: neerest", "'neerest' is no rounding .*nearest"),
        ("dates: move", "dates: shift", r"dates: 'shift' is not known here"),
        ("to_year: 2024\ndates", "to_year: 2015\ndates", "to_year: 2015 is not after 2016"),
        ("to_year: 2024\n    source", "to_year: 2023\n    source", r"factors\.\w+: leads from"),
        ("dates: move", "", "dates: is missing"),
    ],
)
def test_a_file_that_is_not_right_is_refused_with_its_field(tmp_path, written, instead, message):
    text = EXAMPLE.read_text(encoding="utf-8")
    assert written in text
    file = tmp_path / "factors.yaml"
    file.write_text(text.replace(written, instead, 1), encoding="utf-8")
    with pytest.raises(BadInput, match=message):
        read_factors(file)


def test_the_example_covers_every_column_of_money_and_rests_on_the_law():
    asked = read_factors(EXAMPLE)
    table = book().on("2024-07").parameters["median_income_table"]
    lines = {dated.start.year: dated.cells[(4,)] for dated in table.values}
    assert asked.factors["incomes"].exact == Fraction(lines[2024], lines[2016])
    # 114.18 on 2020 = 100, and 105.41749 of 2020 on 2015 = 100, over 100.97 of 2016.
    linked = Fraction("114.18") * Fraction("105.41749") / 100 / Fraction("100.97")
    assert asked.factors["prices"].exact == linked
    empty = {
        of: pl.DataFrame(
            {
                name: pl.Series([], dtype=pl.Date if column.kind is Kind.DAY else pl.Int64)
                for name, column in SCHEMA.of(of).items()
            }
        )
        for of in Table
    }
    found = uprate(
        empty[Table.HOUSEHOLDS], empty[Table.PERSONS], asked, schema=SCHEMA, reference_day=DAY
    )
    assert len(found.steps) > 60
