"""Rows that break: refused with file, row and column, and reconciled with what came in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from donghaeng.laws import book
from donghaeng.population.koweps import (
    Imported,
    import_survey,
    read_survey,
    shipped_map,
    store,
)
from donghaeng.population.schema import schema_of
from donghaeng.population.store import Population
from donghaeng.rules.faults import BadInput

from .conftest import Import, Row

GOOD = {"hid": 7, "h1201_1": 1}
GOOD_PERSON = {"hid": 7}


def reasons(done: Imported) -> list[tuple[str, int, str, str]]:
    return [(each.file, each.row, each.column, each.reason) for each in done.refused]


@pytest.mark.parametrize(
    ("household", "person", "file", "column", "reason"),
    [
        ({}, {"p12_wgc": 0}, "persons", "p12_wgc", "the weight is missing or not above zero"),
        ({}, {"p12_wgc": ""}, "persons", "p12_wgc", "the weight is missing or not above zero"),
        ({}, {"p12_wgc": "heavy"}, "persons", "p12_wgc", "'heavy' is no number"),
        ({}, {"p12_wgc": "inf"}, "persons", "p12_wgc", "'inf' is no number"),
        ({}, {"h12_g3": 5}, "persons", "h12_g3", "a code that is not in the column map"),
        ({}, {"h12_g3": 1.5}, "persons", "h12_g3", "a code that is not in the column map"),
        ({}, {"h12_g4": 19}, "persons", "h12_g4", "no year"),
        ({}, {"h12_inc2": -3}, "persons", "h12_inc2, h12_inc3, h12_inc7", "an amount below zero"),
        ({}, {"h12_g2": 11}, "households", "h12_g2", "not one head among its persons"),
        ({"h1201_1": 2}, {}, "households", "h1201_1", "not the number of its persons"),
        ({"h1206_3": 8}, {}, "households", "h1206_3", "a code that is not in the column map"),
        (
            {"h12_reg7": 6, "h12_reg5": 5},
            {},
            "households",
            "h12_reg7, h12_reg5",
            "a code that is not in the column map",
        ),
        ({"h1209_aq1": -1}, {}, "households", "h1209_aq1, h1209_aq4", "an amount below zero"),
        ({"h1207_3aq3": "30만"}, {}, "households", "h1207_3aq3", "'30만' is no number"),
    ],
)
def test_a_broken_row_is_refused_with_its_household(
    imported: Import, household: Row, person: Row, file: str, column: str, reason: str
) -> None:
    done = imported(
        [GOOD, {"hid": 8, "h1201_1": 1, **household}], [GOOD_PERSON, {"hid": 8, **person}]
    )
    assert (file, 2, column, reason) in reasons(done)
    assert done.households["household_id"].to_list() == [7]
    assert done.persons["household_id"].to_list() == [7]
    assert (done.households_in, len(done.households), done.households_refused) == (2, 1, 1)
    assert (done.persons_in, len(done.persons), done.persons_refused) == (2, 1, 1)


def test_one_broken_member_refuses_the_whole_household(imported: Import) -> None:
    done = imported(
        [GOOD, {"hid": 8, "h1201_1": 2}],
        [
            GOOD_PERSON,
            {"hid": 8, "h12_g1": 1},
            {"hid": 8, "h12_g1": 2, "h12_g2": 20, "h12_g12": 50},
        ],
    )
    assert reasons(done) == [("persons", 3, "h12_g12", "a code that is not in the column map")]
    assert (done.persons_in, len(done.persons), done.persons_refused) == (3, 1, 2)


def test_a_household_that_stands_there_twice_is_refused_both_times(imported: Import) -> None:
    twice = {"hid": 8, "h1201_1": 1}
    done = imported([GOOD, twice, twice], [GOOD_PERSON, {"hid": 8}])
    assert [row for _, row, _, _ in reasons(done)] == [2, 3]
    assert (done.households_in, len(done.households), done.households_refused) == (3, 1, 2)


def test_a_person_without_household_and_a_household_without_persons(imported: Import) -> None:
    done = imported([GOOD, {"hid": 8, "h1201_1": 1}], [GOOD_PERSON, {"hid": 9}])
    assert reasons(done) == [
        ("persons", 2, "hid", "the household is not among the households"),
        ("households", 2, "h1201_1", "not the number of its persons"),
    ]
    assert len(done.persons) == 1


def test_two_persons_with_one_number(imported: Import) -> None:
    person = {"hid": 8, "h12_g1": 1}
    done = imported(
        [GOOD, {"hid": 8, "h1201_1": 2}], [GOOD_PERSON, person, {**person, "h12_g2": 20}]
    )
    assert [(row, column) for _, row, column, _ in reasons(done)] == [(2, "h12_g1"), (3, "h12_g1")]


def test_a_file_that_lacks_a_column_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "households.csv"
    file.write_text("hid,h1201_2\n1,1\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"has no column 'h1201_1'.*did you mean 'h1201_2'"):
        read_survey(file, file, shipped_map())


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00\x01\x02", b"\x1f\x8b\x08broken"])
def test_a_file_that_is_no_table_is_bad_input(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "households.csv"
    file.write_bytes(content)
    with pytest.raises(BadInput, match="households"):
        read_survey(file, file, shipped_map())


def test_a_file_that_is_not_there_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"nowhere\.csv"):
        read_survey(tmp_path / "nowhere.csv", tmp_path / "nowhere.csv", shipped_map())


def test_a_wave_without_a_map_is_bad_input() -> None:
    with pytest.raises(BadInput, match="no column map for wave '13'"):
        shipped_map("13")


def test_where_nothing_is_left_nothing_is_written(imported: Import, tmp_path: Path) -> None:
    done = imported([GOOD], [{"hid": 7, "p12_wgc": -1}])
    folder = tmp_path / "population"
    with pytest.raises(BadInput, match=r"no household is left: 1 were refused.*p12_wgc"):
        store(done, shipped_map(), schema_of(book()), folder)
    assert not folder.exists()


def test_the_manifest_reconciles_rows_and_keeps_what_was_said(
    survey_files: Callable[[list[Row], list[Row]], tuple[Path, Path]], tmp_path: Path
) -> None:
    files = survey_files([GOOD, {"hid": 8, "h1201_1": 5}], [GOOD_PERSON, {"hid": 8}])
    columns, schema = shipped_map(), schema_of(book())
    done = import_survey(read_survey(*files, columns), columns, schema)
    store(done, columns, schema, tmp_path / "population", files=files)
    manifest = Population.open(tmp_path / "population").manifest
    assert (manifest.rows_in, manifest.households, manifest.rows_refused) == (2, 1, 1)
    assert manifest.details["refused"][0]["column"] == "h1201_1"
    assert any("person weight of the head" in each for each in manifest.approximations)
    assert set(manifest.sources) == {"households.csv", "persons.csv"}
