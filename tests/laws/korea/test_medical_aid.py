"""의료급여: the line, persons obliged to support, and the two classes."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donghaeng.rules import is_missing

from .basic_households import NO_SUPPORTERS, SIZES, YEARS, found, members, supporters

# 의료급여 선정기준 of one person: 40 % of the median of facts §2.
ONE_PERSON = {2015: 624_935, 2018: 668_842, 2024: 891_378, 2025: 956_805, 2026: 1_025_695}
OLD = datetime.date(1950, 1, 1)


def medical(date: str, income: int = 0, **facts: Any) -> Any:
    return found(date, "medical_aid", income=income, **facts)["medical_aid"]


@pytest.mark.parametrize(("year", "line"), ONE_PERSON.items())
def test_up_to_the_line_where_there_are_no_supporters(year: int, line: int) -> None:
    assert medical(f"{year}-08", line - 1, **NO_SUPPORTERS) is True
    assert medical(f"{year}-08", line, **NO_SUPPORTERS) is True
    assert medical(f"{year}-08", line + 1, **NO_SUPPORTERS) is False


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("size", SIZES)
def test_without_facts_on_supporters_it_is_open_up_to_the_line_and_settled_above(
    year: int, size: int
) -> None:
    date, persons = f"{year}-08", members(size)
    line = found(date, "medical_line", persons=persons)["medical_line"]
    value = medical(date, line, persons=persons)
    assert is_missing(value)
    assert value.blockers == {"supporters_exist"}
    assert medical(date, line + 1, persons=persons) is False
    assert medical(date, line, persons=persons, **NO_SUPPORTERS) is True


@pytest.mark.parametrize(
    ("finding", "expected"), [("unable", True), ("unavailable", True), ("able", False)]
)
@pytest.mark.parametrize("year", YEARS)
def test_supporters_matter_where_they_are_able_and_can_be_had(
    year: int, finding: str, expected: bool
) -> None:
    # 국민기초생활 보장법 §12의3②, §8의2①②; unlike 생계급여 also after 2021-10.
    assert medical(f"{year}-08", **supporters(finding)) is expected


def test_what_was_found_is_asked_where_there_are_supporters() -> None:
    value = medical("2024-07", supporters_exist=True)
    assert value.blockers == {"support_finding"}


@given(due=st.integers(0, 1_200_000), income=st.integers(0, 1_200_000))
@settings(max_examples=60, deadline=None)
def test_imputed_support_counts_until_2025_and_not_from_2026(due: int, income: int) -> None:
    weak = supporters("weak", support_due=due)
    # 40 % of 2,392,013 in 2025, of 2,564,238 in 2026; the end of 부양비 is secondary (facts §3.1).
    assert medical("2025-12", income, **weak) is (income + due <= 956_805)
    assert medical("2026-01", income, **weak) is (income <= 1_025_695)


def test_the_amount_of_imputed_support_is_asked_until_2025() -> None:
    assert medical("2025-12", **supporters("weak")).blockers == {"support_due"}
    assert medical("2026-01", **supporters("weak")) is True


# 의료급여법 시행령 §3②1가.


def class_of(*persons: dict[str, Any], **facts: Any) -> Any:
    values = found(
        "2024-07", "medical_aid_class", persons=list(persons), **(facts or NO_SUPPORTERS)
    )
    value = values["medical_aid_class"]
    return value if is_missing(value) else value.word


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (datetime.date(2006, 7, 2), "class_1"),  # 17 on 1 July 2024
        (datetime.date(2006, 7, 1), "class_2"),  # 18
        (datetime.date(1959, 7, 2), "class_2"),  # 64
        (datetime.date(1959, 7, 1), "class_1"),  # 65
    ],
)
def test_ages_of_the_first_class(born: datetime.date, expected: str) -> None:
    assert class_of({"birth_date": OLD}, {"birth_date": born, "work_obstacle": "none"}) == expected


@pytest.mark.parametrize("obstacle", ["found_unable", "hindered", "carer", "pregnant", "service"])
def test_each_reason_gives_the_first_class(obstacle: str) -> None:
    assert class_of({"work_obstacle": obstacle}) == "class_1"


def test_one_member_without_a_reason_makes_it_the_second_whatever_is_known_of_others() -> None:
    assert class_of({"birth_date": OLD}, {"work_obstacle": "none"}, {}) == "class_2"


def test_a_severe_disability_is_a_reason_and_the_obstacle_is_not_asked() -> None:
    assert class_of({"severe_disability": True}) == "class_1"


def test_the_obstacle_is_asked_of_those_of_18_to_64() -> None:
    value = class_of({"birth_date": OLD}, {})
    assert is_missing(value)
    assert value.blockers == {"p2.work_obstacle"}


def test_who_does_not_count_in_the_household_does_not_count_for_the_class() -> None:
    away = {"absence": "military", "work_obstacle": "none"}
    assert class_of({"birth_date": OLD}, away) == "class_1"


def test_no_class_without_medical_aid() -> None:
    assert class_of({"work_obstacle": "none"}, **supporters("able")) == "none"


def test_a_listed_illness_gives_the_first_class_to_the_person_alone() -> None:
    # 의료급여법 시행령 §3②1다
    ill = {"work_obstacle": "none", "listed_illness": True}
    values = found(
        "2024-07",
        "medical_aid_class_of_person",
        persons=[{"work_obstacle": "none"}, ill, {"absence": "military"}],
        **NO_SUPPORTERS,
    )
    words = [each.word for each in values["medical_aid_class_of_person"]]
    assert words == ["class_2", "class_1", "none"]
