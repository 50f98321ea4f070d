"""안심소득 and other benefits, by stage; what a household has after contributions."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donghaeng.laws import law_on
from donghaeng.rules import is_missing

from .households import found

STAGES = ("1", "2", "3", "hypothesis")
READINGS = {
    "safety_income_earnings": "no_deduction",
    "safety_income_rounding": "up_to_10_won",
    "safety_income_asset_rise": "stops_payment",
    "safety_income_other_benefits": "not_counted",
}
COUNTED = {**READINGS, "safety_income_other_benefits": "counted_as_income"}
CHILD = {"birth_date": datetime.date(2020, 5, 1)}


def in_pilot(
    *names: str, stage: str = "1", readings: dict[str, str] = READINGS, **facts: Any
) -> dict[str, Any]:
    return found("2024-07", *names, readings=readings, stage=stage, **facts)


@pytest.mark.parametrize("stage", STAGES)
def test_the_six_kinds_of_benefit_are_those_of_the_citys_statement(stage: str) -> None:
    # 서울시 설명자료 2022-07-04; one kind after the other, beside the livelihood benefit of 713,102.
    for kind in (
        *("youth_allowance_received", "youth_rent_support_received"),
        *("housing_voucher_received", "seoul_basic_security_received"),
    ):
        values = in_pilot("former_benefits", "total_present", stage=stage, **{kind: 100_000})
        assert values == {"former_benefits": 813_102, "total_present": 813_102}


def test_how_sure_the_list_is_by_stage() -> None:
    dated = law_on("2024-07").in_force["safety_income_not_beside"]
    words = {stage: dated.status_at((stage, "housing")).value for stage in (1, 2, 3)}
    assert words == {1: "press", 2: "secondary", 3: "unverified"}


def test_an_allowance_for_a_child_is_paid_beside_it() -> None:
    # Two persons: 3,682,609 × 85 % × ½ = 1,565,108.825.
    names = ("total_present", "former_benefits", "safety_income", "total_with_safety_income")
    plain = in_pilot(*names, persons=[{}, CHILD])
    assert plain["former_benefits"] == 1_178_435
    assert plain["total_present"] == 1_278_435
    assert plain["safety_income"] == 1_565_110
    assert plain["total_with_safety_income"] == 1_665_110
    counted = in_pilot(*names, persons=[{}, CHILD], readings=COUNTED)
    assert counted["safety_income"] == 1_515_110  # half of 100,000 less
    assert counted["total_with_safety_income"] == 1_615_110


def test_the_reading_is_asked_only_where_there_is_such_a_benefit() -> None:
    unread = {name: word for name, word in READINGS.items() if "other" not in name}
    assert in_pilot("safety_income", readings=unread)["safety_income"] == 947_090
    with_child = in_pilot("safety_income", readings=unread, persons=[{}, CHILD])
    assert is_missing(with_child["safety_income"])


@given(
    income=st.integers(0, 4_000_000),
    allowance=st.integers(0, 1_500_000),
    stage=st.sampled_from(STAGES),
    children=st.integers(0, 2),
)
@settings(max_examples=60, deadline=None)
def test_nobody_has_less_with_the_pilot_than_before(
    income: int, allowance: int, stage: str, children: int
) -> None:
    names = ("total_present", "total_with_safety_income", "safety_income_payment")
    persons = [{}, *[CHILD for _ in range(children)]]
    facts = {"youth_allowance_received": allowance, "persons": persons, "income": income}
    values = in_pilot(*names, stage=stage, **facts)
    assert values["total_with_safety_income"] >= values["total_present"]
    # What the pilot pays out comes on top of what goes on beside it.
    going_on = allowance + 100_000 * children
    assert values["total_with_safety_income"] == values["safety_income_payment"] + going_on


def test_how_seoul_basic_security_stops_is_not_known_but_the_total_is() -> None:
    names = ("safety_income_payment", "total_with_safety_income")
    values = in_pilot(*names, financial_property=155_000_000)
    assert is_missing(values["safety_income_payment"])
    assert values["total_with_safety_income"] == 947_090


# What is left.


def test_contributions_are_taken_off_what_a_household_has() -> None:
    # 2024, own share of 2,000,000: 90,000 + 70,900 + 9,180 + 18,000 (rates of the four statutes).
    names = ("household_contributions", "total_present", "total_disposable")
    values = found("2024-07", *names, persons=[{"earnings": 2_000_000}])
    assert values == {
        "household_contributions": 188_080,
        "total_present": 0,
        "total_disposable": 1_811_920,
    }
    billed = found("2024-07", *names, income=3_000_000, regional_health_premium=50_000)
    assert billed["total_disposable"] == 2_950_000


@pytest.mark.parametrize(
    ("date", "paid"),
    [
        ("2018-07", 0),  # before 아동수당
        ("2019-07", 100_000),
        ("2022-07", 100_000),
        ("2024-07", 100_000),
        ("2026-07", 100_000),
    ],
)
def test_other_benefits_by_date(date: str, paid: int) -> None:
    year = int(date[:4])
    child = {"birth_date": datetime.date(year - 4, 1, 1)}
    assert found(date, "other_cash_benefits", persons=[{}, child])["other_cash_benefits"] == paid
    infant = {"birth_date": datetime.date(year, 2, 1)}
    values = found(date, "other_cash_benefits", persons=[{}, infant])
    # 영아수당 300,000 in 2022; 부모급여 1,000,000 since 2024.
    extra = {2022: 300_000, 2024: 1_000_000, 2026: 1_000_000}.get(year, 0)
    assert values["other_cash_benefits"] == paid + extra


@pytest.mark.parametrize("year", range(2020, 2028))
@pytest.mark.parametrize("size", [1, 2, 4, 8])
def test_the_totals_are_known_for_plain_households(year: int, size: int) -> None:
    names = ("total_present", "total_disposable")
    values = found(f"{year}-07", *names, persons=[{} for _ in range(size)])
    assert not any(is_missing(value) for value in values.values())
