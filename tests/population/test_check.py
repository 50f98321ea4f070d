"""The check of a population: everything that is wrong is found, and nothing else."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghaeng.language import Words
from donghaeng.laws import book
from donghaeng.population.check import Checked, Fault, check_population, check_tables
from donghaeng.population.check.sentences import sentence
from donghaeng.population.reading import SurveyTable, read_survey
from donghaeng.population.schema import Schema, Table, schema_of
from donghaeng.population.store import Population, write_tables
from donghaeng.population.store.manifest import Manifest, PopulationKind

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "population"


@cache
def schema() -> Schema:
    return schema_of(book())


def table(name: str, rows: list[dict[str, Any]]) -> SurveyTable:
    frame = pl.DataFrame(rows, infer_schema_length=None)
    return SurveyTable(name, frame, pl.int_range(2, frame.height + 2, eager=True))


def household(number: Any = 1, weight: Any = 1.5, **others: Any) -> dict[str, Any]:
    return {"household_id": number, "weight": weight, **others}


def person(number: Any = 1, household: Any = 1, **others: Any) -> dict[str, Any]:
    return {"household_id": household, "person": number, **others}


def check(households: list[dict[str, Any]], persons: list[dict[str, Any]]) -> Checked:
    return check_tables(schema(), table("h", households), table("p", persons))


def found(checked: Checked) -> list[tuple[str, Any, str, Any]]:
    columns = ("table", "row", "column", "fault")
    return [tuple(each[name] for name in columns) for each in checked.violations.to_dicts()]


def one_cell(column: str, values: list[Any], of: Table = Table.HOUSEHOLDS) -> list[str | None]:
    """The fault of each value of one column, in households of their own."""
    numbers = range(1, len(values) + 1)
    cells: list[dict[str, Any]] = [{} if column is None else {column: value} for value in values]
    of_household, of_person = (cells, [{}] * len(values))
    if of is Table.PERSONS:
        of_household, of_person = of_person, of_household
    checked = check(
        [household(n) | cell for n, cell in zip(numbers, of_household, strict=True)],
        [person(1, n) | cell for n, cell in zip(numbers, of_person, strict=True)],
    )
    faults = {each["row"] - 2: each["fault"] for each in checked.violations.to_dicts()}
    return [faults.get(place) for place in range(len(values))]


def test_the_example_population_is_sound() -> None:
    folder = EXAMPLES / "small"
    checked = check_tables(
        schema(), read_survey(folder / "households.csv"), read_survey(folder / "persons.csv")
    )
    assert checked.sound
    assert (checked.households.height, checked.persons.height) == (6, 13)
    assert checked.persons["birth_date"][0] == datetime.date(1951, 4, 12)
    assert checked.persons["disabled"].to_list()[2] is True
    assert checked.households["monthly_rent"].to_list() == [450000, None, None, 300000, None, None]


# ---- cells ------------------------------------------------------------------------------------------


def test_money_is_whole_won_within_its_range() -> None:
    # general_property: 0 to 10^11.
    texts = ["0", " 5 ", "7.0", "1e6", "7.5", "-1", "100000000001", "1" * 30, "lots", "nan", None]
    assert one_cell("general_property", texts) == [
        *(None, None, None, None, "fraction", "out_of_range", "out_of_range", "out_of_range"),
        *("not_a_number", "not_a_number", None),
    ]
    assert one_cell("general_property", [3.0, 3.5, float("inf"), None, -2.0]) == [
        *(None, "fraction", "not_a_number", None, "out_of_range"),
    ]


def test_a_word_is_one_of_the_laws() -> None:
    words = ["owned", "자가", "monthly_rent", "Owned by us", None]
    assert one_cell("tenure", words) == [None, None, None, "unknown_word", None]
    checked = check([household(tenure="자가")], [person()])
    assert checked.households["tenure"].to_list() == ["owned"]


def test_a_day_exists() -> None:
    days = ["2000-02-29", "1999-02-29", "1849-12-31", "19990228", "2000-2-9", None]
    assert one_cell("birth_date", days, Table.PERSONS) == [
        *(None, "not_a_day", "out_of_range", "not_a_day", "not_a_day", None),
    ]
    assert one_cell("birth_date", [datetime.date(2000, 2, 29)], Table.PERSONS) == [None]
    assert one_cell("birth_date", [20000229], Table.PERSONS) == ["not_a_day"]


def test_a_flag_is_true_or_false() -> None:
    assert one_cell("disabled", ["true", "False", "1", "0", "yes", None], Table.PERSONS) == [
        *(None, None, None, None, "not_a_flag", None),
    ]
    assert one_cell("disabled", [0, 1, 2], Table.PERSONS) == [None, None, "not_a_flag"]


def test_a_weight_is_finite_and_above_zero() -> None:
    weights = ["2.5", "0", "-1", "", "inf", "heavy"]
    checked = check(
        [household(n, weight) for n, weight in enumerate(weights, 1)],
        [person(1, n) for n in range(1, 7)],
    )
    assert found(checked) == [
        ("households", 3, "weight", "not_positive"),
        ("households", 4, "weight", "not_positive"),
        ("households", 5, "weight", "missing_value"),
        ("households", 6, "weight", "not_a_number"),
        ("households", 7, "weight", "not_a_number"),
    ]
    assert checked.households["household_id"].to_list() == [1]


def test_a_number_that_is_no_number_at_all_is_of_the_wrong_type() -> None:
    assert one_cell("deposit", [True, False]) == ["not_a_number", "not_a_number"]


# ---- columns ----------------------------------------------------------------------------------------


def test_a_column_that_is_not_known_is_named_and_refuses_no_row() -> None:
    checked = check([household(tenur="owned", earnings=3)], [person()])
    assert found(checked) == [
        ("households", None, "earnings", "other_table"),
        ("households", None, "tenur", "unknown_column"),
    ]
    assert checked.tallies[Table.HOUSEHOLDS].refused == 0
    assert checked.households.columns == ["household_id", "weight"]


def test_what_is_received_is_a_benefit_of_the_law() -> None:
    checked = check([household(received_livelihood=3, received_housing_benefit=3)], [person()])
    assert found(checked) == [("households", None, "received_livelihood", "unknown_column")]


def test_without_a_column_that_must_be_there_every_row_is_refused() -> None:
    checked = check([{"household_id": 1}], [person()])
    assert found(checked) == [("households", None, "weight", "missing_column")]
    assert [tally.right for tally in checked.tallies.values()] == [0, 0]
    checked = check([household()], [{"person": 1}])
    assert found(checked) == [("persons", None, "household_id", "missing_column")]


# ---- rows -------------------------------------------------------------------------------------------


def test_a_household_stands_once_and_all_of_its_rows_are_refused() -> None:
    checked = check([household(1), household(2), household(1)], [person(1, 1), person(1, 2)])
    (violation,) = checked.violations.to_dicts()
    assert (violation["row"], violation["fault"], violation["other"]) == (
        4,
        "duplicate_household",
        2,
    )
    assert checked.households["household_id"].to_list() == [2]
    assert checked.tallies[Table.HOUSEHOLDS].refused == 2
    assert checked.tallies[Table.PERSONS].refused == 1


def test_persons_and_households_belong_together() -> None:
    checked = check([household(1), household(2)], [person(1, 1), person(1, 3)])
    assert found(checked) == [
        ("households", 3, "household_id", "no_persons"),
        ("persons", 3, "household_id", "no_household"),
    ]


def test_persons_are_numbered_from_the_head_without_gaps() -> None:
    checked = check(
        [household(n) for n in (1, 2, 3, 4)],
        [
            *(person(1, 1), person(2, 1), person(2, 1)),
            *(person(2, 2), person(3, 2)),
            *(person(1, 3), person(3, 3)),
            *(person(2, 4), person(1, 4)),  # the order of rows does not matter
        ],
    )
    assert found(checked) == [
        ("households", 3, "household_id", "no_head"),
        ("persons", 4, "person", "duplicate_person"),
        ("persons", 8, "person", "gap_in_numbers"),
    ]
    assert checked.households["household_id"].to_list() == [4]


def test_at_most_sixty_persons_live_in_a_household() -> None:
    people = [person(n) for n in range(1, 61)]
    assert check([household()], people).sound
    checked = check([household()], [*people, person(61)])
    assert ("households", 2, "household_id", "too_many_persons") in found(checked)


def test_spouses_point_at_each_other() -> None:
    checked = check(
        [household(n) for n in (1, 2, 3, 4)],
        [
            *(person(1, 1, spouse=2), person(2, 1, spouse=1)),
            *(person(1, 2, spouse=2), person(2, 2, spouse=None)),
            *(person(1, 3, spouse=1), person(2, 3)),
            *(person(1, 4, spouse=9), person(2, 4)),
        ],
    )
    assert found(checked) == [
        ("persons", 4, "spouse", "not_returned"),
        ("persons", 6, "spouse", "points_at_oneself"),
        ("persons", 8, "spouse", "points_nowhere"),
    ]


def test_a_child_has_two_different_parents_in_the_household() -> None:
    parents = {"first_parent": 1, "second_parent": 2}
    checked = check(
        [household(1), household(2)],
        [
            *(person(1, 1), person(2, 1), person(3, 1, **parents)),
            *(person(1, 2), person(2, 2, first_parent=1, second_parent=1)),
        ],
    )
    assert found(checked) == [("persons", 6, "second_parent", "same_parents")]


# ---- the whole --------------------------------------------------------------------------------------

few = st.integers(1, 4) | st.none()
people = st.lists(
    st.fixed_dictionaries(
        {"household_id": few, "person": few, "spouse": few, "first_parent": few},
        optional={"second_parent": few},
    ),
    min_size=1,
    max_size=12,
)


def naive(ids: list[int], rows: list[dict[str, Any]]) -> Counter[tuple[str, int, str]]:
    """What is wrong, one row at a time: (table, place, fault)."""
    wrong: Counter[tuple[str, int, str]] = Counter()
    members: dict[int, list[Any]] = {}
    first: set[tuple[int, int]] = set()
    for place, row in enumerate(rows):
        if row["household_id"] is None:
            wrong["persons", place, "missing_value"] += 1
        else:
            members.setdefault(row["household_id"], []).append(row["person"])
            wrong["persons", place, "no_household"] += row["household_id"] not in ids
        if row["person"] is None:
            wrong["persons", place, "missing_value"] += 1
        if None in (row["household_id"], row["person"]):
            continue
        key = (row["household_id"], row["person"])
        wrong["persons", place, "duplicate_person"] += key in first
        there = [
            each for each in rows if each["household_id"] == key[0] and each["person"] is not None
        ]
        if key not in first and key[1] > min(each["person"] for each in there):
            before = key[1] - 1 in {each["person"] for each in there}
            wrong["persons", place, "gap_in_numbers"] += not before
        first.add(key)
        for relation in ("spouse", "first_parent", "second_parent"):
            other = row.get(relation)
            if other is None:
                continue
            if other == key[1]:
                wrong["persons", place, "points_at_oneself"] += 1
                continue
            targets = [each for each in there if each["person"] == other]
            if not targets:
                wrong["persons", place, "points_nowhere"] += 1
            elif relation == "spouse" and targets[0]["spouse"] != key[1]:
                wrong["persons", place, "not_returned"] += 1
        if row.get("second_parent") is not None and row["first_parent"] == row["second_parent"]:
            wrong["persons", place, "same_parents"] += 1
    for place, number in enumerate(ids):
        numbers = [each for each in members.get(number, []) if each is not None]
        wrong["households", place, "no_persons"] += number not in members
        wrong["households", place, "no_head"] += bool(numbers) and 1 not in numbers
    return +wrong


@given(people)
def test_the_columns_find_what_reading_row_by_row_finds(rows: list[dict[str, Any]]) -> None:
    ids = [1, 2, 3]
    of = pl.DataFrame([household(each) for each in ids])
    who = pl.DataFrame(
        rows,
        schema=dict.fromkeys(
            ("household_id", "person", "spouse", "first_parent", "second_parent"), pl.Int64
        ),
    )
    numbers = pl.int_range(len(rows), eager=True)
    checked = check_tables(
        schema(),
        SurveyTable("h", of, pl.int_range(len(ids), eager=True)),
        SurveyTable("p", who, numbers),
    )
    seen = Counter(
        (each["table"], each["row"], each["fault"]) for each in checked.violations.to_dicts()
    )
    assert seen == naive(ids, rows)
    wrong = {number for table, place, _ in seen if table == "households" for number in [ids[place]]}
    wrong |= {rows[place]["household_id"] for table, place, _ in seen if table == "persons"}
    assert checked.households["household_id"].to_list() == [
        each for each in ids if each not in wrong
    ]
    for tally, left in zip(
        checked.tallies.values(), (checked.households, checked.persons), strict=True
    ):
        assert tally.rows == tally.refused + left.height
    # What is left is sound.
    again = check_tables(
        schema(),
        SurveyTable("h", checked.households, numbers),
        SurveyTable("p", checked.persons, numbers),
    )
    assert again.sound


def test_every_fault_has_a_sentence_in_both_languages() -> None:
    for fault in Fault:
        violation = {
            "table": "persons",
            "row": 3,
            "column": "birth_date" if fault is Fault.NOT_A_DAY else "spouse",
            "value": "x",
            "fault": fault.value,
            "other": 4,
        }
        if fault is Fault.UNKNOWN_WORD:
            violation["column"] = "school"
        for language in ("en", "ko"):
            assert len(sentence(Words(language), schema(), violation)) > 4


def test_a_sentence_says_what_would_be_right() -> None:
    checked = check([household(tenure="ownd", deposit=-1)], [person()])
    says = [sentence(Words("en"), schema(), each) for each in checked.violations.to_dicts()]
    assert says == [
        "Outside the range from 0 to 100,000,000,000",
        "Not one of its words; owned is near",
    ]


# ---- a stored population ----------------------------------------------------------------------------


def manifest() -> Manifest:
    return Manifest(
        title="Small",
        kind=PopulationKind.SURVEY,
        reference_day=datetime.date(2024, 7, 1),
        households=0,
        persons=0,
        weight_note="",
        design_note="",
        columns=(),
    )


def test_a_stored_population_is_checked_across_its_partitions(tmp_path: Path) -> None:
    households = pl.DataFrame([household(1), household(2), household(3)])
    persons = pl.DataFrame(
        [
            *(person(1, 1, earnings=1), person(2, 1, earnings=1)),
            *(person(1, 2, earnings=5), person(1, 3, earnings=-5)),
        ]
    )
    # It was stored under a law that took losses as earnings; the law of today does not.
    losses = replace(schema().persons["earnings"], range=(-10, 10))
    wider = Schema(schema().households, {**schema().persons, "earnings": losses})
    write_tables(tmp_path / "stored", wider, households, persons, manifest())
    checked = check_population(schema(), Population.open(tmp_path / "stored"))
    (violation,) = checked.violations.to_dicts()
    assert violation["file"] == "partitions/size_01_00000.arrow"
    assert (violation["row"], violation["column"], violation["value"]) == (2, "earnings", "-5")
    assert checked.tallies[Table.HOUSEHOLDS].rows == 3
    assert checked.tallies[Table.HOUSEHOLDS].refused == 1


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_typed_and_written_tables_are_the_same_population(ending: str, tmp_path: Path) -> None:
    folder = EXAMPLES / "small"
    tables = [read_survey(folder / f"{name}.csv") for name in ("households", "persons")]
    first = check_tables(schema(), tables[0], tables[1])
    for name, frame in (("h", first.households), ("p", first.persons)):
        path = tmp_path / f"{name}.{ending}"
        frame.write_parquet(path) if ending == "parquet" else frame.write_csv(path)
    again = check_tables(
        schema(), read_survey(tmp_path / f"h.{ending}"), read_survey(tmp_path / f"p.{ending}")
    )
    assert again.households.equals(first.households)
    assert again.persons.equals(first.persons)
