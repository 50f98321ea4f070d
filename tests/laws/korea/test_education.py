"""교육급여: 교육활동지원비 of pupils, once a year, whatever supporters have."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donghaeng.rules import is_missing

from .basic_households import SIZES, found, members, supporters

# Facts §3.4 (press): 초, 중, 고.
PUBLISHED = {
    2022: (331_000, 466_000, 554_000),
    2023: (415_000, 589_000, 654_000),
    2024: (461_000, 654_000, 727_000),
    2025: (487_000, 679_000, 768_000),
}
NOT_READ = [*range(2015, 2022), 2026, 2027]
LEVELS = ("elementary", "middle", "high")


def education(date: str, income: int, *schools: str, **facts: Any) -> list[Any]:
    """For an adult and a pupil of each of the schools."""
    persons = [{}, *({"school": school} for school in schools)]
    values = found(date, "education_benefit_year", income=income, persons=persons, **facts)
    return list(values["education_benefit_year"])


@pytest.mark.parametrize(("year", "amounts"), PUBLISHED.items())
@pytest.mark.parametrize("month", ["01", "12"])
def test_the_amounts_that_were_published(year: int, amounts: tuple[int, ...], month: str) -> None:
    assert education(f"{year}-{month}", 0, *LEVELS) == [0, *amounts]


@pytest.mark.parametrize("year", NOT_READ)
def test_amounts_that_were_not_read_are_open_for_pupils_only(year: int) -> None:
    adult, pupil = education(f"{year}-08", 0, "middle")
    assert adult == 0
    assert is_missing(pupil)
    assert any("education_activity_support" in each for each in pupil.blockers)
    assert education(f"{year}-08", 9_000_000, "middle") == [0, 0]


@pytest.mark.parametrize(
    ("date", "line"),
    [("2024-07", 1_841_305), ("2025-07", 1_966_329)],  # half of 3,682,609 half up; of 3,932,658
)
def test_up_to_the_line_and_not_above(date: str, line: int) -> None:
    assert education(date, line - 1, "high")[1] > 0
    assert education(date, line, "high")[1] > 0
    assert education(date, line + 1, "high") == [0, 0]


@pytest.mark.parametrize("school", ["none", "higher"])
def test_only_pupils_up_to_high_school(school: str) -> None:
    assert education("2024-07", 0, school) == [0, 0]


def test_a_pupil_outside_the_household_unit_gets_nothing_here() -> None:
    away = {"school": "middle", "absence": "separate"}
    values = found("2024-07", "education_benefit_year", persons=[{}, away])
    assert values["education_benefit_year"] == [0, 0]


@pytest.mark.parametrize("finding", ["able", "weak", "unable", "unavailable"])
def test_supporters_are_not_looked_at(finding: str) -> None:
    # 국민기초생활 보장법 §12의2
    rich = supporters(finding, supporters_income_year=900_000_000)
    assert education("2024-07", 0, "elementary", **rich) == [0, 461_000]


@given(year=st.sampled_from(sorted(PUBLISHED)), income=st.integers(0, 4_000_000))
@settings(max_examples=40, deadline=None)
def test_the_whole_amount_or_nothing(year: int, income: int) -> None:
    values = found(
        f"{year}-08",
        "education_benefit_year",
        "education_line",
        income=income,
        persons=[{}, {"school": "high"}],
    )
    whole = PUBLISHED[year][2] if income <= values["education_line"] else 0
    assert values["education_benefit_year"] == [0, whole]


@pytest.mark.parametrize("year", PUBLISHED)
@pytest.mark.parametrize("size", SIZES)
def test_it_computes_for_households_of_each_size(year: int, size: int) -> None:
    persons = [{**each, "school": "elementary"} for each in members(size)]
    values = found(f"{year}-08", "education_benefit_year", persons=persons)
    assert values["education_benefit_year"] == [PUBLISHED[year][0]] * size
