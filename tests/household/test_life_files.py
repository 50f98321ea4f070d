"""Life files: every fault is one line with file and field, and what happens is laid over what was known."""

from __future__ import annotations

import copy
import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from donghaeng import BadInput
from donghaeng.household.life_files import MOST_MONTHS, Event, Life, happens, read_life

from .files import EXAMPLES

LIFE: dict[str, Any] = {
    "from": "2024-01",
    "to": "2024-12",
    "household": {
        "id": "hh",
        "housing": {"rent": 200_000, "deposit": 5},
        "persons": [{"id": "ann", "earnings": 500_000}, {"id": "bob", "spouse": "ann"}],
    },
    "events": [{"month": "2024-05", "what": " 취업 ", "persons": [{"id": "ann", "earnings": 1}]}],
}
EVENT = LIFE["events"][0]


def saved(folder: Path, document: Any) -> Path:
    file = folder / "life.yaml"
    file.write_text(
        document if isinstance(document, str) else yaml.safe_dump(document, allow_unicode=True),
        encoding="utf-8",
    )
    return file


def lived(folder: Path, **changes: Any) -> Life:
    return read_life(saved(folder, {"life": copy.deepcopy(LIFE) | changes}))


def refused(file: Path) -> BadInput:
    with pytest.raises(BadInput) as caught:
        read_life(file)
    assert caught.value.file == str(file)
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_life_file_says_from_when_to_when_and_what_happens(tmp_path: Path) -> None:
    life = lived(tmp_path)
    assert (life.first, life.last, life.months) == (
        datetime.date(2024, 1, 1),
        datetime.date(2024, 12, 1),
        12,
    )
    assert life.events == (
        Event(datetime.date(2024, 5, 1), "취업", {}, ({"id": "ann", "earnings": 1},), ()),
    )


@pytest.mark.parametrize(
    "written", ["2024-05", "'2024-05'", "2024-05-01", "2024-05-31", "2024-05-31 10:00:00"]
)
def test_a_month_may_be_written_as_a_day_in_it(tmp_path: Path, written: str) -> None:
    text = yaml.safe_dump({"life": LIFE | {"from": "HERE", "events": []}})
    life = read_life(saved(tmp_path, text.replace("HERE", written)))
    assert life.first == datetime.date(2024, 5, 1)
    assert life.months == 8


@pytest.mark.parametrize("events", [None, []])
def test_a_life_without_events_is_a_life(tmp_path: Path, events: Any) -> None:
    assert lived(tmp_path, events=events).events == ()
    del (life := copy.deepcopy(LIFE))["events"]
    assert read_life(saved(tmp_path, {"life": life})).events == ()


def test_the_longest_life(tmp_path: Path) -> None:
    life = lived(tmp_path, **{"from": "2001-01", "to": "2020-12", "events": []})
    assert life.months == MOST_MONTHS
    error = refused(saved(tmp_path, {"life": LIFE | {"from": "2000-12", "to": "2020-12"}}))
    assert error.field == "life.to"


@pytest.mark.parametrize("document", ["", "- 1", "household: {}", "life:", "life: 5", "life: [1]"])
def test_a_file_without_a_life_is_refused(tmp_path: Path, document: str) -> None:
    assert "has no life" in str(refused(saved(tmp_path, document)))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "No such file" in str(refused(tmp_path / "nowhere.yaml"))


@pytest.mark.parametrize("key", ["from", "to", "household"])
def test_a_life_without_one_of_its_parts_is_refused(tmp_path: Path, key: str) -> None:
    life = {name: value for name, value in LIFE.items() if name != key}
    error = refused(saved(tmp_path, {"life": life}))
    assert (error.message, error.field) == (f"{key} is missing", "life")


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"form": "2024-01"}, "life", "'from'"),
        ({"from": "2024-13"}, "life.from", "'2024-13' is no month"),
        ({"from": 2024}, "life.from", "2024 is no month"),
        ({"to": None}, "life.to", "None is no month"),
        ({"to": "2023-12"}, "life.to", "1 to 240 months"),
        ({"household": 5}, "life.household", "is not a household"),
        ({"household": {"id": "hh"}}, "life.household.persons", "is not a list of persons"),
        ({"household": {"id": "hh", "persons": 5}}, "life.household.persons", "list of persons"),
        ({"household": {"persons": [5]}}, "life.household.persons", "is not a list of persons"),
        ({"events": 5}, "life.events", "is not a list"),
        ({"events": {"month": "2024-05"}}, "life.events", "is not a list"),
        ({"events": [5]}, "life.events[0]", "is not an event"),
    ],
    ids=str,
)
def test_a_life_that_makes_no_sense_is_refused(
    tmp_path: Path, changes: dict[str, Any], field: str, said: str
) -> None:
    error = refused(saved(tmp_path, {"life": copy.deepcopy(LIFE) | changes}))
    assert error.field == field
    assert said in str(error)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"wat": "x"}, "", "'what'"),
        ({"month": "May"}, ".month", "'May' is no month"),
        ({"month": "2023-12"}, ".month", "2024-01 to 2024-12"),
        ({"month": "2025-01"}, ".month", "2024-01 to 2024-12"),
        ({"what": ""}, ".what", "says nothing"),
        ({"what": None}, ".what", "says nothing"),
        ({"what": 5}, ".what", "says nothing"),
        ({"household": [1]}, ".household", "is not a mapping"),
        ({"household": {"persons": []}}, ".household", "is not a mapping"),
        ({"persons": {"id": "ann"}}, ".persons", "list of persons with id"),
        ({"persons": [{"earnings": 0}]}, ".persons", "list of persons with id"),
        ({"persons": ["ann"]}, ".persons", "list of persons with id"),
        ({"leave": "ann"}, ".leave", "list of ids"),
        ({"persons": []}, "", "changes nothing"),
    ],
    ids=str,
)
def test_an_event_that_makes_no_sense_is_refused_by_its_place(
    tmp_path: Path, changes: dict[str, Any], field: str, said: str
) -> None:
    events = [copy.deepcopy(EVENT), copy.deepcopy(EVENT) | changes]
    error = refused(saved(tmp_path, {"life": copy.deepcopy(LIFE) | {"events": events}}))
    assert error.field == f"life.events[1]{field}"
    assert said in str(error)


def test_an_event_without_a_month_is_refused(tmp_path: Path) -> None:
    event = {"what": "x", "leave": ["bob"]}
    error = refused(saved(tmp_path, {"life": LIFE | {"events": [event]}}))
    assert (error.message, error.field) == ("month is missing", "life.events[0]")


# What happens.


def after(**event: Any) -> dict[str, Any]:
    parts = {"household": {}, "persons": (), "leave": ()} | event
    return happens(
        Event(datetime.date(2024, 5, 1), "x", **parts),
        copy.deepcopy(LIFE["household"]),
        "life.yaml",
    )


def test_facts_of_the_household_are_laid_over_mapping_by_mapping() -> None:
    changed = after(household={"housing": {"rent": 1}, "place": "hill"})
    assert changed["housing"] == {"rent": 1, "deposit": 5}
    assert changed["place"] == "hill"


def test_a_null_makes_a_fact_unknown() -> None:
    assert after(household={"housing": {"rent": None}})["housing"] == {"rent": None, "deposit": 5}


def test_a_person_is_changed_or_comes_last() -> None:
    changed = after(persons=({"id": "ann", "earnings": 7}, {"id": "kid", "parents": ["ann"]}))
    assert changed["persons"] == [
        {"id": "ann", "earnings": 7},
        {"id": "bob", "spouse": "ann"},
        {"id": "kid", "parents": ["ann"]},
    ]


def test_what_was_known_stays_as_it_was_read() -> None:
    household = copy.deepcopy(LIFE["household"])
    event = Event(datetime.date(2024, 5, 1), "x", {"housing": {"rent": 1}}, (), ("ann",))
    happens(event, household, "life.yaml")
    assert household == LIFE["household"]


def test_who_leaves_is_named_by_nobody_any_more() -> None:
    assert after(leave=("ann",))["persons"] == [{"id": "bob"}]
    family = after(persons=({"id": "kid", "parents": ["ann", "bob"]},), leave=("bob",))
    assert family["persons"] == [
        {"id": "ann", "earnings": 500_000},
        {"id": "kid", "parents": ["ann"]},
    ]


def test_an_id_that_is_a_number_is_the_same_id_as_text() -> None:
    raw = {"id": "hh", "persons": [{"id": 1}, {"id": 2, "spouse": 1}]}
    event = Event(datetime.date(2024, 5, 1), "x", {}, ({"id": "2", "earnings": 5},), ("1",))
    assert happens(event, raw, "life.yaml")["persons"] == [{"id": "2", "earnings": 5}]


def test_who_is_not_there_cannot_leave() -> None:
    with pytest.raises(BadInput) as caught:
        after(leave=("bobb",))
    assert caught.value.file == "life.yaml"
    assert caught.value.field == "life.events.leave"
    assert "2024-05" in str(caught.value)
    assert "'bob'" in str(caught.value)


def test_the_shipped_life_is_read() -> None:
    life = read_life(EXAMPLES / "life.yaml")
    assert life.months == 27
    assert life.events[0].what == "아기가 태어남"
