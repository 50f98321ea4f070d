"""A household through months: what changes in which month, by how much, and why."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from donghaeng import BadInput, law_on
from donghaeng.household.life import Change, Month, follow
from donghaeng.household.life_files import read_life

from .files import EXAMPLES
from .town import alone, town_on

ANN: dict[str, Any] = {"id": "ann", "birth_date": "1980-03-10", "earnings": 500_000}
BABY: dict[str, Any] = {"id": "kid", "birth_date": "2024-10-20", "earnings": 0, "parents": ["ann"]}


@pytest.fixture
def lived(tmp_path: Path) -> Any:
    """The months of a life in the town and what changed, under one reading of the rent."""

    def live(
        first: str, last: str, *events: dict[str, Any], **changes: Any
    ) -> list[tuple[Month, list[Change]]]:
        file = tmp_path / "life.yaml"
        life = {"from": first, "to": last, "household": alone(**changes), "events": list(events)}
        file.write_text(yaml.safe_dump({"life": life}, allow_unicode=True), encoding="utf-8")
        return list(follow(read_life(file), town_on, ["wide", "kept"]))

    return live


def changes(course: list[tuple[Month, list[Change]]]) -> dict[tuple[str, str], tuple[Any, Any]]:
    """Before and after, by month and name."""
    return {
        (f"{change.month:%Y-%m}", change.amount.name): (change.amount.first, change.amount.second)
        for _, found in course
        for change in found
    }


def causes(course: list[tuple[Month, list[Change]]], name: str) -> list[tuple[str, ...]]:
    """Kind, English words, person, before and after of what changed ``name``, in order."""
    return [
        (cause.kind, cause.label[1], cause.person, cause.before, cause.after)
        for _, found in course
        for change in found
        if change.amount.name == name
        for cause in change.causes
    ]


def event(words: str) -> tuple[str, ...]:
    return ("event", words, "", "", "")


def test_a_month_is_answered_under_the_law_of_its_first_day(lived: Any) -> None:
    course = lived("2024-11", "2025-02")
    days = [datetime.date(2024, 11, 1), datetime.date(2024, 12, 1)]
    days += [datetime.date(2025, 1, 1), datetime.date(2025, 2, 1)]
    assert [month.day for month, _ in course] == [month.law.day for month, _ in course] == days
    assert [month.answer.amounts["support"] for month, _ in course] == [
        200_000,
        200_000,
        260_000,
        260_000,
    ]


def test_where_nothing_happens_nothing_changes(lived: Any) -> None:
    assert changes(lived("2024-02", "2024-12")) == {}


def test_a_child_is_born(lived: Any) -> None:
    course = lived("2024-10", "2024-12", {"month": "2024-11", "what": "a birth", "persons": [BABY]})
    assert changes(course) == {
        ("2024-11", "parent_grant"): (0, 100_000),
        ("2024-11", "total_present"): (400_000, 500_000),
        ("2024-11", "total_disposable"): (875_000, 975_000),
    }
    assert causes(course, "parent_grant") == [event("a birth")]
    assert causes(course, "total_disposable") == [event("a birth")]
    assert [month.household.person_ids for month, _ in course] == [
        ["ann"],
        ["ann", "kid"],
        ["ann", "kid"],
    ]


def test_a_job_is_lost_and_everything_else_stays_known(lived: Any) -> None:
    lost = {"month": "2024-06", "what": "job lost", "persons": [{"id": "ann", "earnings": 0}]}
    course = lived("2024-05", "2024-07", lost)
    assert changes(course) == {
        ("2024-06", "support"): (200_000, 700_000),
        ("2024-06", "contribution"): (25_000, 0),
        ("2024-06", "total_present"): (400_000, 900_000),
        ("2024-06", "total_disposable"): (875_000, 900_000),
    }
    for name in ("support", "contribution"):
        assert causes(course, name) == [event("job lost")]


def test_the_65th_birthday_counts_from_the_next_first_day(lived: Any) -> None:
    born = ANN | {"birth_date": "1959-08-02"}
    course = lived("2024-07", "2024-10", persons=[born])
    # On 1 August she is still 64.
    assert changes(course)["2024-09", "pension"] == (0, 300_000)
    assert causes(course, "pension") == [("birthday", "birthday", "ann", "", "65")]
    course = lived("2024-07", "2024-10", persons=[born | {"birth_date": "1959-08-01"}])
    assert changes(course)["2024-08", "pension"] == (0, 300_000)


def test_a_birthday_that_changes_nothing_is_no_change(lived: Any) -> None:
    assert changes(lived("2024-02", "2024-06")) == {}  # she is 44 in March


def test_a_child_grows_out_of_the_grant(lived: Any) -> None:
    grown = BABY | {"birth_date": "2016-05-01"}
    course = lived("2024-04", "2024-05", persons=[ANN, grown])
    assert changes(course)["2024-05", "parent_grant"] == (100_000, 0)
    assert causes(course, "parent_grant") == [("birthday", "birthday", "kid", "", "8")]


def test_a_move_to_where_the_law_is_not_known(lived: Any) -> None:
    move = {"month": "2024-06", "what": "moved", "household": {"place": "hill"}}
    course = lived("2024-05", "2024-06", move)
    assert changes(course)["2024-06", "rent_help"] == (200_000, None)
    assert causes(course, "rent_help") == [event("moved")]


def test_a_move_keeps_what_was_said_inside_a_mapping(lived: Any) -> None:
    saved = {"month": "2024-06", "what": "saved", "household": {"assets": {"savings": 5}}}
    course = lived("2024-05", "2024-07", saved, assets={"savings": 0})
    assert changes(course) == {("2024-06", "winter_grant_year"): (150_500, 0)}
    assert course[-1][0].household.household["rent"] == 200_000


def test_a_new_year_brings_a_new_line(lived: Any) -> None:
    course = lived("2024-12", "2025-01")
    raised = ("parameter", "Amount of the line", "", "700,000", "760,000")
    assert changes(course) == {
        ("2025-01", "line"): (700_000, 760_000),
        ("2025-01", "support"): (200_000, 260_000),
        ("2025-01", "total_present"): (400_000, 460_000),
        ("2025-01", "total_disposable"): (875_000, 935_000),
    }
    assert causes(course, "line") == causes(course, "support") == [raised]
    assert causes(course, "total_present") == []  # its parts say why


def test_a_raise_and_a_new_year_in_one_month_are_both_named(lived: Any) -> None:
    raised = {
        "month": "2025-01",
        "what": "a raise",
        "persons": [{"id": "ann", "earnings": 600_000}],
    }
    course = lived("2024-12", "2025-01", raised)
    assert changes(course)["2025-01", "support"] == (200_000, 160_000)
    assert causes(course, "support") == [
        event("a raise"),
        ("parameter", "Amount of the line", "", "700,000", "760,000"),
    ]
    assert causes(course, "line") == [("parameter", "Amount of the line", "", "700,000", "760,000")]
    assert causes(course, "contribution") == [event("a raise")]


def test_a_benefit_begins_and_another_ends(lived: Any) -> None:
    course = lived("2025-05", "2025-09")
    found = changes(course)
    assert found == {
        ("2025-06", "new_grant"): (0, 20_000),
        ("2025-08", "old_grant"): (20_000, 0),
    }
    assert causes(course, "new_grant") == [("begins", "New grant", "", "", "조례 §10")]
    assert causes(course, "old_grant") == [("ends", "Old grant", "", "", "조례 §11")]


def test_two_things_happen_in_one_month(lived: Any) -> None:
    course = lived(
        "2024-10",
        "2024-11",
        {"month": "2024-11", "what": "a birth", "persons": [BABY]},
        {"month": "2024-11", "what": "leave", "persons": [{"id": "ann", "earnings": 0}]},
    )
    found = changes(course)
    assert found["2024-11", "parent_grant"] == (0, 100_000)
    assert found["2024-11", "support"] == (200_000, 700_000)
    assert causes(course, "parent_grant") == [event("a birth"), event("leave")]


def test_who_leaves_also_leaves_the_relations(lived: Any) -> None:
    bob = {"id": "bob", "birth_date": "1979-01-01", "earnings": 0, "spouse": "ann"}
    kid = BABY | {"parents": ["ann", "bob"]}
    leaves = {"month": "2025-03", "what": "they part", "leave": ["ann"]}
    course = lived("2025-02", "2025-04", leaves, persons=[ANN, bob, kid])
    before, after = course[0][0].household, course[-1][0].household
    assert before.persons[2]["first_parent"] == 0
    assert after.person_ids == ["bob", "kid"]
    assert "spouse" not in after.persons[0]
    assert after.persons[1]["first_parent"] == 0  # bob, who is left, comes first
    assert "second_parent" not in after.persons[1]
    assert changes(course)["2025-03", "contribution"] == (25_000, 0)


def test_who_left_may_come_back(lived: Any) -> None:
    bob = {"id": "bob", "birth_date": "1950-01-01", "earnings": 0}
    course = lived(
        "2024-03",
        "2024-05",
        {"month": "2024-04", "what": "left", "leave": ["bob"]},
        {"month": "2024-05", "what": "back", "persons": [bob]},
        persons=[ANN, bob],
    )
    found = changes(course)
    assert found["2024-04", "pension"] == (300_000, 0)
    assert found["2024-05", "pension"] == (0, 300_000)


def test_a_person_without_an_id_is_known_by_the_place(lived: Any) -> None:
    nameless = {key: value for key, value in ANN.items() if key != "id"}
    lost = {"month": "2024-06", "what": "job lost", "persons": [{"id": "p1", "earnings": 0}]}
    course = lived("2024-05", "2024-06", lost, persons=[nameless])
    assert course[-1][0].household.person_ids == ["p1"]
    assert changes(course)["2024-06", "support"] == (200_000, 700_000)


def test_an_event_of_the_first_month_is_where_the_life_begins(lived: Any) -> None:
    course = lived("2024-11", "2024-11", {"month": "2024-11", "what": "a birth", "persons": [BABY]})
    ((month, found),) = course
    assert month.answer.amounts["parent_grant"] == 100_000
    assert found == []


def test_an_event_does_not_change_what_was_read(lived: Any) -> None:
    birth = {"month": "2024-11", "what": "a birth", "persons": [BABY]}
    first, second = (changes(lived("2024-10", "2024-12", birth)) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("happening", "where", "said"),
    [
        ({"leave": ["an"]}, "life.events.leave", "did you mean 'ann'?"),
        (
            {"persons": [{"id": "kid", "birth_date": "2025-01-01"}]},
            "persons[1].birth_date",
            "after",
        ),
        ({"persons": [{"id": "ann", "earning": 0}]}, "persons[0].earning", "'earnings'"),
        ({"household": {"plase": "hill"}}, "plase", "'place'"),
        ({"leave": ["ann"]}, "persons", "has nobody"),
    ],
    ids=str,
)
def test_a_month_that_cannot_be_read_is_named(
    lived: Any, happening: dict[str, Any], where: str, said: str
) -> None:
    with pytest.raises(BadInput) as caught:
        lived("2024-05", "2024-07", {"month": "2024-06", "what": "this"} | happening)
    assert caught.value.file.endswith("life.yaml")
    assert caught.value.field.endswith(where)
    assert said in str(caught.value)
    assert "2024-06" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_month_outside_the_law_is_refused(lived: Any) -> None:
    with pytest.raises(BadInput, match="2023-12-01 lies outside this law"):
        lived("2023-12", "2024-02")


def test_the_shipped_life_tells_the_birth_and_the_birthday() -> None:
    course = list(follow(read_life(EXAMPLES / "life.yaml"), law_on))
    assert len(course) == 27
    found = changes(course)
    # 아동수당법 §4: 100,000 won a month below 8; 영아수당·부모급여 of a child below one: 1,000,000 in 2024.
    assert found["2024-05", "child_allowance"] == (0, 100_000)
    assert found["2024-05", "parental_benefit"] == (0, 1_000_000)
    assert event("아기가 태어남") in causes(course, "child_allowance")
    # The grandmother, born 1959-11-03, is 65 in November 2024: on the first day of December.
    assert ("2024-12", "basic_pension") in found
    assert ("birthday", "birthday", "grandmother", "", "65") in causes(course, "basic_pension")
    assert found["2025-01", "median_income"] == (4_714_657, 5_025_353)  # three persons
