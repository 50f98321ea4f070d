"""Margins files and what they count: categories by hand, and what is not right refused with its place."""

import datetime

import numpy
import polars as pl
import pytest

from donghaeng.population.calibration import constraints_of, read_margins
from donghaeng.rules.faults import BadInput

from .people import margins, population

HOUSEHOLDS = pl.DataFrame(
    {"household_id": [7, 5, 9], "weight": [1.0, 2.0, 3.0], "district": [11110, 11200, 11110]}
)
PERSONS = pl.DataFrame(
    {
        "household_id": [5, 5, 7, 9, 9, 9],
        "person": [1, 2, 1, 1, 2, 3],
        "sex": ["male", "female", "female", "male", "male", "female"],
        # Full years on 2024-07-01: 19 (a day short of 20), 20, 64, 65, 5, none known to be over 30.
        "birth_date": [
            datetime.date(2004, 7, 2),
            datetime.date(2004, 7, 1),
            datetime.date(1959, 7, 2),
            datetime.date(1959, 7, 1),
            datetime.date(2019, 1, 1),
            datetime.date(1990, 1, 1),
        ],
        "wages_year": [10, 0, 5, 7, 0, 1],
    }
)
AGE = {"column": "age", "bands": [0, 20, 65]}


def parts(**tables):
    found = constraints_of(HOUSEHOLDS, PERSONS, margins(**tables))
    names = [target.name for target in found.targets]
    return dict(zip(names, found.parts.toarray().T.tolist(), strict=True))


def test_a_margin_of_persons_counts_those_of_each_household():
    total = {"male": {"0-19": 9, "20-64": 0, "65+": 9}, "female": {"0-19": 0, "20-64": 9, "65+": 0}}
    counted = parts(people={"of": "persons", "by": [{"column": "sex"}, AGE], "total": total})
    # Rows are the households 7, 5, 9 in the order of their table.
    assert counted["people (male, 0-19)"] == [0, 1, 1]
    assert counted["people (female, 20-64)"] == [1, 1, 1]
    assert counted["people (male, 65+)"] == [0, 0, 1]
    assert counted["people (male, 20-64)"] == [0, 0, 0]


def test_size_head_district_and_sums_are_derived():
    counted = parts(
        size={
            "of": "households",
            "by": [{"column": "size", "bands": [1, 2, 3]}],
            "total": {1: 9, 2: 9, "3+": 9},
        },
        heads={
            "of": "households",
            "by": [{"column": "head_sex"}],
            "total": {"male": 18, "female": 9},
        },
        people={
            "of": "persons",
            "by": [{"column": "district"}],
            "total": {11110: 36, 11200: 18},
        },
        wages={"of": "persons", "sum_of": "wages_year", "total": 100},
        all={"of": "households", "total": 27},
    )
    assert [counted[f"size ({band})"] for band in ("1", "2", "3+")] == [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
    ]
    assert counted["heads (male)"] == [0, 1, 1]
    assert counted["people (11110)"] == [1, 0, 3]
    assert counted["wages"] == [5, 10, 8]
    assert counted["all"] == [1, 1, 1]


def test_a_scaled_margin_brings_its_shares_to_the_other_total():
    found = margins(
        size={"of": "households", "total": 1000},
        district={
            "of": "households",
            "by": [{"column": "district"}],
            "total": {11110: 1, 11200: 3},
            "scaled_to": "size",
        },
    )
    assert found.totals("district") == {("11110",): 250.0, ("11200",): 750.0}


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (
            {"by": [{"column": "sizes"}], "total": {1: 1}},
            r"there is no column 'sizes' of households \(did you mean 'size'",
        ),
        (
            {"by": [{"column": "size"}], "total": {1: 1, 2: 1}},
            r"1 households are in no category, the first is row 2 \(size 3\).*others: free",
        ),
        (
            {"by": [{"column": "size"}], "total": {1: 1, 2: 1, 3: 1, 4: 1}},
            r"margins\.m \(4\): asks for 1 but no row is there; the nearest reachable figure is 0",
        ),
        (
            {"by": [{"column": "size"}], "total": {1: 1, 2: 1, 3: 0}},
            r"margins\.m \(3\): asks for 0 but 1 households are there",
        ),
        ({"sum_of": "wage", "total": 1}, "there is no column 'wage'"),
    ],
)
def test_rows_and_totals_that_do_not_fit_are_refused(table, message):
    with pytest.raises(BadInput, match=message):
        parts(m={"of": "households", **table})


def test_rows_in_no_category_may_be_left_free():
    total = {1: 5}
    counted = parts(
        m={"of": "households", "by": [{"column": "size"}], "total": total, "others": "free"}
    )
    assert counted == {"m (1)": [1, 0, 0]}


def test_a_missing_value_is_in_no_category_and_is_said():
    unknown = PERSONS.with_columns(
        birth_date=pl.when(pl.col("person") == 3).then(None).otherwise(pl.col("birth_date"))
    )
    asked = margins(m={"of": "persons", "by": [AGE], "total": {"0-19": 3, "20-64": 2, "65+": 1}})
    with pytest.raises(BadInput, match=r"1 persons are in no category.*row 5 \(age missing\)"):
        constraints_of(HOUSEHOLDS, unknown, asked)


def test_margins_that_count_the_same_households_differently_are_refused():
    with pytest.raises(BadInput, match=r"district adds up to 10 households, size to 9.*scaled_to"):
        parts(
            size={"of": "households", "total": 9},
            district={
                "of": "households",
                "by": [{"column": "district"}],
                "total": {11110: 4, 11200: 6},
            },
        )


def test_a_person_without_household_is_refused_with_the_row():
    lost = PERSONS.with_columns(household_id=pl.Series([5, 5, 7, 9, 9, 8]))
    asked = margins(m={"of": "persons", "total": 9})
    with pytest.raises(BadInput, match="persons: household_id: row 5: there is no household 8"):
        constraints_of(HOUSEHOLDS, lost, asked)


FILE = """
title: {ko: 가, en: a}
reference_day: 2024-07-01
margins:
  age:
    of: persons
    by: [{column: age, bands: [0, 20, 65]}]
    total: {0-19: 1, 20-64: 2, 65+: 3}
    source: s
    status: official
"""


def test_a_file_is_read(tmp_path):
    file = tmp_path / "margins.yaml"
    file.write_text(FILE, encoding="utf-8")
    assert read_margins(file).totals("age") == {("0-19",): 1, ("20-64",): 2, ("65+",): 3}


@pytest.mark.parametrize(
    ("written", "instead", "message"),
    [
        ("65+: 3", "66+: 3", r"age: age has no band '66\+'"),
        ("65+: 3", "65+: -3", r"65\+: a number of persons is not below 0"),
        ("65+: 3", "65+: many", "'many' is no number"),
        ("65+: 3", "65+: .nan", "nan is no number"),
        ("[0, 20, 65]", "[0, 65, 20]", "in rising order"),
        ("total: {0-19: 1, 20-64: 2, 65+: 3}", "total: 3", "one level for each column"),
        ("source: s", "", r"margins\.age\.source: is missing"),
        ("status: official", "status: offical", "did you mean 'official'"),
        ("reference_day: 2024-07-01", "reference_day: soon", "reference_day"),
        ("source: s", "source: s\n    scaled_to: sex", "'sex', which is no other margin"),
    ],
)
def test_a_file_that_is_not_right_is_refused_with_its_field(tmp_path, written, instead, message):
    file = tmp_path / "margins.yaml"
    file.write_text(FILE.replace(written, instead), encoding="utf-8")
    with pytest.raises(BadInput, match=message):
        read_margins(file)


def test_a_large_table_is_counted_as_polars_counts_it():
    households, persons = population(500)
    found = constraints_of(
        households,
        persons,
        margins(
            sex={"of": "persons", "by": [{"column": "sex"}], "total": {"male": 1, "female": 1}}
        ),
    )
    by_sex = persons.group_by("sex").len().sort("sex")["len"].to_list()
    assert numpy.asarray(found.parts.sum(axis=0)).ravel().tolist() == by_sex[::-1]
