"""A book holds every date of the law: each day has one version of each rule."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from tests.rules.laws import IMPORTS, LAW, STATE, answer, book, parameter, refused

from donghaeng.rules import BadInput, Book, LawFault, read_day


def version(number: int, first: str = "", last: str = "", name: str = "", more: str = "") -> str:
    head = f'{STATE[:-1]}, valid_from="{first}", valid_until="{last}", name="answer"{more})'
    return f"{head}\ndef answer_{name or number}() -> Count:\n    return {number}\n"


def test_two_versions_answer_each_on_their_days() -> None:
    law = book(
        version(1, last="2021-06-30")
        + version(2, "2021-07-01", "2023-12-31")
        + version(3, "2024-01-01")
    )
    days = ["1990-01-01", "2021-06-30", "2021-07-01", "2023-12-31", "2024-01-01", "2099-12-31"]
    assert [answer(law.on(day)) for day in days] == [1, 1, 2, 2, 3, 3]


def test_the_order_of_versions_in_a_file_does_not_matter() -> None:
    law = book(version(2, "2021-07-01") + version(1, last="2021-06-30"))
    assert [answer(law.on(day)) for day in ("2021-06-30", "2021-07-01")] == [1, 2]


@pytest.mark.parametrize(
    ("first", "second", "day"),
    [
        (("", ""), ("", ""), "0001-01-01"),
        (("", "2021-07-01"), ("2021-07-01", ""), "2021-07-01"),
        (("2020-01-01", ""), ("2022-01-01", "2023-01-01"), "2022-01-01"),
    ],
)
def test_versions_that_overlap_are_refused(
    first: tuple[str, str], second: tuple[str, str], day: str
) -> None:
    fault = refused(version(1, *first) + version(2, *second))
    assert fault.message == f"two versions of 'answer' hold on {day}"
    assert (fault.file, fault.line) == (LAW, 6)
    assert fault.remedy == f"end the version in {LAW}:3 with valid_until"


def test_versions_describe_the_same_thing() -> None:
    second = version(2, "2021-07-01", more=", role=Role.LINE")
    fault = refused(version(1, last="2021-06-30") + second)
    assert fault.message == "two versions of 'answer' differ in entity, type, period or role"
    assert (fault.file, fault.line) == (LAW, 6)


def test_between_two_versions_there_is_none() -> None:
    law = book(version(1, last="2020-12-31") + version(2, "2022-01-01"))
    with pytest.raises(BadInput, match="'answer' is not in force on 2021-05-05"):
        answer(law.on("2021-05-05"))


CHAPTER = "label: {ko: 마을, en: Town}\nfirst_day: 2020-01-01\nlast_day: 2025-12-31\n"


def test_a_day_outside_the_law_is_refused_with_its_limits() -> None:
    law = book(version(1), files={"town/law.yaml": CHAPTER})
    assert (law.first_day, law.last_day) == (datetime.date(2020, 1, 1), datetime.date(2025, 12, 31))
    assert answer(law.on("2020-01-01")) == answer(law.on("2025-12-31")) == 1
    for day in ("2019-12-31", "2026-01-01"):
        with pytest.raises(BadInput) as caught:
            law.on(day)
        assert str(caught.value) == (
            f"date: {day} lies outside this law (from 2020-01-01 to 2025-12-31)"
        )


def test_two_chapters_hold_together_where_both_do() -> None:
    other = "first_day: 2022-01-01\nlast_day: 2030-12-31\n"
    law = book(version(1), files={"town/law.yaml": CHAPTER, "city/law.yaml": other})
    assert (law.first_day, law.last_day) == (datetime.date(2022, 1, 1), datetime.date(2025, 12, 31))


@pytest.mark.parametrize("key", ["first_day", "last_day"])
def test_a_limit_of_the_law_is_a_day(key: str) -> None:
    with pytest.raises(LawFault, match=f"{key} is not a day"):
        book(files={"town/law.yaml": f"{key}: 2020\n"})


def test_a_day_is_a_date_or_a_month() -> None:
    assert read_day("2024-07-15") == datetime.date(2024, 7, 15)
    assert read_day(" 2024-07 ") == datetime.date(2024, 7, 1)
    assert read_day(datetime.date(2024, 7, 2)) == datetime.date(2024, 7, 2)


@pytest.mark.parametrize(
    "day", ["", "2024", "2024-13", "2023-02-29", "July", "2024-7", "15.07.2024"]
)
def test_what_is_no_day_is_refused(day: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_day(day)
    assert str(caught.value) == f"date: {day!r} is not a date (2024-07 or 2024-07-15)"


def test_a_law_bears_its_name_of_the_day() -> None:
    renamed = ', renamed={"2022-01-01": ("새 이름", "New name")}'
    law = book(version(1, more=renamed))
    assert law.on("2021-12-31").variables["answer"].label == ("상태", "State")
    assert law.on("2022-01-01").variables["answer"].label == ("새 이름", "New name")


def test_a_book_is_opened_from_its_folders(tmp_path: Path) -> None:
    town = tmp_path / "town"
    (town / "parts").mkdir(parents=True)
    (town / "law.yaml").write_text(CHAPTER, encoding="utf-8")
    (town / "parts" / "answer.py").write_text(
        f"{IMPORTS}{STATE}\ndef answer(number: Count) -> Count:\n    return number\n",
        encoding="utf-8",
    )
    (town / "numbers.yaml").write_text(parameter("number", "count", 7), encoding="utf-8")
    (town / "notes.txt").write_text("not law", encoding="utf-8")
    law = Book.open(town)
    assert sorted(law.sources) == ["town/law.yaml", "town/numbers.yaml", "town/parts/answer.py"]
    assert answer(law.on("2024-07")) == 7


def test_a_folder_without_law_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no law files here"):
        Book.open(tmp_path)


def test_unknown_variables_are_named_with_the_nearest() -> None:
    with pytest.raises(BadInput) as caught:
        answer(book(version(1)).on("2024-07"), name="anwser")
    assert str(caught.value) == "unknown variable 'anwser' (did you mean 'answer'?)"
