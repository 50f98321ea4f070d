"""소득평가액: what the decree takes off the income, item by item (시행령 §5의2)."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donghaeng.laws import law_on
from donghaeng.rules import HouseholdFacts, is_missing

YEARS = range(2015, 2028)


def born(age: int, year: int) -> datetime.date:
    """Who has been of that age since March, seen in July."""
    return datetime.date(year - age, 3, 1)


def value(year: int, name: str, *persons: dict[str, Any], month: int = 8) -> Any:
    # The basic pension, which counts as income, is not claimed: it has tests of its own.
    law = law_on(f"{year}-{month:02}-01")
    people = [
        {"earnings": 0, "claims_basic_pension": False}
        | {key: each[key] for key in each if key != "age"}
        | {"birth_date": born(each.get("age", 40), year)}
        for each in persons
    ]
    if "school" in persons[0]:
        people[0]["school"] = law.enumerations["School"].from_word(persons[0]["school"])
    return law.evaluate(HouseholdFacts("h", {}, people), [name])[name]


def assessed(year: int, **person: Any) -> Any:
    return value(year, "assessed_income", person)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("size", [1, 2, 4, 8])
def test_without_income_the_assessed_income_is_zero_in_every_year(year: int, size: int) -> None:
    assert value(year, "assessed_income", *[{} for _ in range(size)]) == 0


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("size", [1, 2, 4, 8])
def test_transfers_count_in_full_in_every_year(year: int, size: int) -> None:
    persons = [{"national_pension_received": 100_000} for _ in range(size)]
    assert value(year, "assessed_income", *persons) == 100_000 * size


@pytest.mark.parametrize("year", range(2020, 2028))
@pytest.mark.parametrize("size", [1, 2, 4, 8])
def test_since_2020_earnings_of_the_middle_aged_count_for_70_percent(year: int, size: int) -> None:
    # 시행령 §5의2 11호 (대통령령 30258), the minister's 30 %.
    persons = [{"earnings": 1_000_000} for _ in range(size)]
    assert value(year, "assessed_income", *persons) == 700_000 * size


def test_what_the_minister_set_before_2020_is_not_known() -> None:
    assert is_missing(assessed(2019, earnings=1_000_000))
    # 10호 alone, a pupil: 30 % by the decree.
    assert assessed(2016, age=17, student=True, earnings=300_000) == 210_000


@pytest.mark.parametrize("school", ["elementary", "middle", "high", "higher"])
def test_who_goes_to_school_is_in_education_without_saying_so_twice(school: str) -> None:
    assert value(2024, "in_education", {"school": school}) == [True]
    assert value(2024, "in_education", {"school": "none"}) == [False]
    assert value(2024, "in_education", {"school": "none", "student": True}) == [True]


def test_press_of_2018_a_person_of_75_who_earns_400_000_won_counts_140_000() -> None:
    # kr.pairsonnalites.org 2018-08-14: 280,000 won before, up to 140,000 won less now.
    assert assessed(2020, age=75, earnings=400_000) == 140_000
    assert assessed(2020, age=74, earnings=400_000) == 280_000
    assert assessed(2024, disabled=True, earnings=400_000) == 140_000


def test_half_of_vocational_rehabilitation_income_is_taken_off() -> None:
    # 8호; the flat amount of 200,000 and the 30 % touch the rest only.
    worker = {"earnings": 1_000_000, "rehabilitation_earnings": 400_000}
    assert assessed(2024, disabled=True, **worker) == 200_000 + 280_000
    assert assessed(2024, **worker) == 700_000  # 8호 is for persons with a disability
    assert (
        assessed(2024, disabled=True, earnings=300_000, rehabilitation_earnings=400_000) == 150_000
    )


def test_income_from_self_support_work_is_treated_as_other_income_since_2020() -> None:
    # 9호 and 11호 both take off 30 %.
    assert assessed(2024, earnings=1_000_000, self_support_earnings=600_000) == 700_000


def test_self_support_keeps_its_30_percent_where_a_reform_lowers_the_general_share(
    tmp_path: Path,
) -> None:
    # 600,000 at 70 % and 400,000 at 80 %
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        "reform: {ko: 안, en: Plan}\nparameters: {general_earnings_deduction: 20%}\n",
        encoding="utf-8",
    )
    worker = {
        "birth_date": born(40, 2024),
        "earnings": 1_000_000,
        "self_support_earnings": 600_000,
    }
    law = law_on("2024-08-01").with_reform(plan)
    found = law.evaluate(HouseholdFacts("h", {}, [worker]), ["assessed_income"])
    assert found["assessed_income"] == 420_000 + 320_000


@pytest.mark.parametrize(
    ("allowance", "counted"),
    [(0, 600_000), (420_000, 180_000), (445_688, 154_312), (445_689, 154_311), (445_690, 154_311)],
)
def test_war_veterans_allowance_up_to_20_percent_of_the_median_of_one_person(
    allowance: int, counted: int
) -> None:
    # 6호: 20 % of 2,228,445 is 445,689.
    person = {"age": 78, "public_transfers": 600_000, "war_veterans_allowance": allowance}
    assert assessed(2024, **person) == counted


def test_excluded_allowances_are_taken_off_public_transfers_only() -> None:
    # 1호 to 5호
    assert assessed(2024, public_transfers=360_000, excluded_transfers=60_000) == 300_000
    assert assessed(2024, property_income=50_000, excluded_transfers=60_000) == 50_000


def test_medical_expenses_are_taken_off_the_whole_income() -> None:
    # 7호
    assert assessed(2024, national_pension_received=400_000, medical_expenses=150_000) == 250_000
    assert assessed(2024, national_pension_received=100_000, medical_expenses=150_000) == 0


PERSON = st.fixed_dictionaries(
    {
        "age": st.integers(0, 90),
        "earnings": st.integers(0, 5_000_000),
        "business_income": st.integers(0, 1_000_000),
        "public_transfers": st.integers(0, 1_000_000),
        "excluded_transfers": st.integers(0, 1_000_000),
        "war_veterans_allowance": st.integers(0, 1_000_000),
        "rehabilitation_earnings": st.integers(0, 5_000_000),
        "disabled": st.booleans(),
        "student": st.booleans(),
    }
)


@given(person=PERSON, year=st.integers(2020, 2027))
@settings(max_examples=100, deadline=None)
def test_the_assessed_income_is_between_zero_and_the_income(
    person: dict[str, Any], year: int
) -> None:
    income = person["earnings"] + person["business_income"] + person["public_transfers"]
    assert 0 <= value(year, "assessed_income", person) <= income


@given(person=PERSON, year=st.integers(2020, 2027), more=st.integers(1, 1_000_000))
@settings(max_examples=100, deadline=None)
def test_who_earns_more_is_never_assessed_lower(
    person: dict[str, Any], year: int, more: int
) -> None:
    person["rehabilitation_earnings"] = 0
    richer = person | {"earnings": person["earnings"] + more}
    assert value(year, "assessed_income", richer) >= value(year, "assessed_income", person)
