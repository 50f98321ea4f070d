"""Words, days and flags become whole numbers and come back; what a column does not hold is refused."""

import datetime

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghaeng.laws import book
from donghaeng.population.coding import coded, coded_value, decoded
from donghaeng.population.schema import schema_of
from donghaeng.rules.faults import BadInput

SCHEMA = schema_of(book())
HOUSEHOLDS, PERSONS = SCHEMA.households, SCHEMA.persons


def numbers(column, cells, **options):
    values, known = coded(column, pl.Series(cells, **options))
    return [int(each) if sure else None for each, sure in zip(values, known, strict=True)]


def test_a_choice_is_its_place_however_it_is_spelt():
    tenure = HOUSEHOLDS["tenure"]
    members = list(tenure.choices)
    for spelling in ("word", "korean", "english"):
        cells = [getattr(each, spelling) for each in members]
        assert numbers(tenure, [*cells, None]) == [*range(len(members)), None]
    assert numbers(tenure, [f" {members[1].word} "]) == [1]
    assert numbers(tenure, [1, 0]) == [1, 0]


def test_a_day_is_its_digits_however_it_is_typed():
    born = PERSONS["birth_date"]
    assert numbers(born, ["1984-02-29", None]) == [19840229, None]
    assert numbers(born, [datetime.date(1984, 2, 29)]) == [19840229]
    assert numbers(born, [datetime.datetime(1984, 2, 29, 12)]) == [19840229]
    assert numbers(born, [19840229]) == [19840229]


def test_a_flag_is_zero_or_one_however_it_is_spelt():
    disabled = PERSONS["disabled"]
    assert numbers(disabled, [True, False, None]) == [1, 0, None]
    assert numbers(disabled, ["true", "FALSE", "1", "0"]) == [1, 0, 1, 0]
    assert numbers(disabled, [1, 0]) == [1, 0]


def test_a_relation_is_the_slot_of_the_other_or_nobody():
    values, known = coded(PERSONS["spouse"], pl.Series([2, None, 1]))
    assert values.tolist() == [1, -1, 0]
    assert known.all()  # nobody is known to be nobody
    assert decoded(PERSONS["spouse"], values).to_list() == [2, None, 1]


def test_money_may_be_written_as_text_or_as_a_whole_float():
    assert numbers(PERSONS["earnings"], ["1000", None]) == [1000, None]
    assert numbers(PERSONS["earnings"], [1000.0, None]) == [1000, None]


@pytest.mark.parametrize(
    ("name", "cells", "said"),
    [
        ("earnings", [0, -1], r"row 2 holds -1 \(0 to 100,000,000,000 won a month\)"),
        ("earnings", [10**11 + 1], "row 1 holds"),
        ("earnings", [0.5], r"row 1 holds 0\.5"),
        ("earnings", [float("nan")], "row 1 holds nan"),
        ("earnings", [float("inf")], "row 1 holds inf"),
        ("earnings", ["much"], "row 1 holds 'much'"),
        ("earnings", [True], "row 1 holds True"),
        ("disabled", [None, 2], r"row 2 holds 2 \(true or false\)"),
        ("disabled", ["yes"], "row 1 holds 'yes'"),
        ("sex", ["male", "man"], r"row 2 holds 'man' \(one of male, female\)"),
        ("sex", [2], "row 1 holds 2"),
        ("sex", [True], "row 1 holds True"),
        ("birth_date", ["2023-02-29"], "row 1 holds '2023-02-29'"),
        ("birth_date", [20230229], r"row 1 holds 20230229 \(a day such as"),
        ("birth_date", [True], "row 1 holds True"),
        ("birth_date", [datetime.time(12)], "row 1 holds"),
        ("birth_date", ["1849-12-31"], "row 1 holds '1849-12-31'"),
        ("spouse", [0], r"row 1 holds 0 \(1 to 60\)"),
        ("weight", [1.0, 0.0], r"row 2 holds 0\.0 \(a number greater than 0\)"),
        ("weight", [float("nan")], "row 1 holds nan"),
        ("weight", ["heavy"], "row 1 holds 'heavy'"),
    ],
)
def test_what_a_column_does_not_hold_is_refused_with_its_row(name, cells, said):
    with pytest.raises(BadInput, match=rf"persons\.{name}: {said}"):
        coded(PERSONS[name], pl.Series(cells))


def test_one_value_is_coded_like_a_column_of_it():
    assert coded_value(HOUSEHOLDS["since"], datetime.date(2024, 7, 1)) == 20240701
    assert coded_value(PERSONS["disabled"], True) == 1
    assert coded_value(PERSONS["earnings"], 1_000) == 1_000
    with pytest.raises(BadInput, match="is true or false"):
        coded_value(PERSONS["earnings"], True)
    with pytest.raises(BadInput, match="holds '-1'"):
        coded_value(PERSONS["earnings"], -1)


@given(
    st.lists(st.one_of(st.none(), st.dates(datetime.date(1850, 1, 1), datetime.date(2200, 12, 31))))
)
def test_days_come_back(days):
    column = PERSONS["birth_date"]
    series = pl.Series("birth_date", days, dtype=pl.Date)
    assert decoded(column, *coded(column, series)).to_list() == days


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**11))))
def test_amounts_come_back(amounts):
    column = PERSONS["earnings"]
    series = pl.Series("earnings", amounts, dtype=pl.Int64)
    assert decoded(column, *coded(column, series)).to_list() == amounts


def test_a_number_that_is_no_place_of_a_choice_is_read_as_not_known():
    assert decoded(PERSONS["sex"], np.array([0, 1, 9])).to_list() == ["male", "female", None]
