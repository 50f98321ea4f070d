"""Errors that were seen in open calculators: what is right, and that it is not the wrong number.

Amounts of 2026 by hand: medians of 고시 제2025-135호 (2,564,238 for one person, 6,494,738 for four).
"""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from donghaeng.laws import law_on
from donghaeng.rules import HouseholdFacts, is_missing
from donghaeng.rules.terms import Status
from tests.laws.korea.basic_households import spelled
from tests.laws.korea.credit_households import credit, family, person
from tests.laws.parameter_files import NATIONAL, cell, status

JULY_2026 = "2026-07"


def found(date: str, name: str, size: int = 1, income: int = 0, **facts: Any) -> Any:
    """What the law of ``date`` says of adults in Seoul; the first has ``income`` as a transfer."""
    law = law_on(date)
    adult = {"birth_date": datetime.date(1984, 3, 2), "earnings": 0}
    persons: list[dict[str, Any]] = [dict(adult) for _ in range(size)]
    persons[0]["public_transfers"] = income
    plain = {"region": "seoul", "tenure": "jeonse", "general_property": 0, "financial_property": 0}
    household = spelled(law, {**plain, **facts})
    return law.evaluate(HouseholdFacts("h", household, persons), [name])[name]


@pytest.mark.parametrize(
    ("size", "in_2025", "in_2026"),
    [
        (1, 2_392_013, 2_564_238),
        (2, 3_932_658, 4_199_292),
        (3, 5_025_353, 5_359_036),
        (4, 6_097_773, 6_494_738),
        (5, 7_108_192, 7_556_719),
        (6, 8_064_805, 8_555_952),
        (7, 8_988_428, 9_515_150),
    ],
)
def test_the_median_of_2026_is_not_the_one_of_2025(size: int, in_2025: int, in_2026: int) -> None:
    assert found("2025-12-31", "median_income", size) == in_2025
    assert found("2026-01-01", "median_income", size) == in_2026


def test_the_livelihood_line_of_2026_is_32_percent_and_not_30() -> None:
    assert cell("livelihood_ratio", 2026) * 100 == 32
    assert found(JULY_2026, "livelihood_line", 4) == 2_078_316  # 30 %: 1,948,421


def test_the_education_line_of_2026_is_50_percent_and_not_72() -> None:
    assert cell("education_ratio", 2026) * 100 == 50
    assert found(JULY_2026, "education_line", 4) == 3_247_369  # 72 %: 4,676,211


def test_the_own_share_of_the_rent_is_taken_of_the_income_above_the_livelihood_line() -> None:
    # 820,556 + 100,000: 30 % of 100,000 off 369,000. Of the whole income it would be 276,166.8.
    rented = {"tenure": "monthly_rent", "monthly_rent": 500_000}
    assert found(JULY_2026, "housing_benefit", 1, 920_556, **rented) == 339_000
    assert found(JULY_2026, "housing_benefit", 1, 820_556, **rented) == 369_000


def test_a_rent_deposit_is_converted_at_1_04_percent_and_not_at_4_17() -> None:
    # (150,000,000 − 99,000,000) × 1.04 %; at 4.17 % it would be 2,126,700.
    assert found(JULY_2026, "converted_property", deposit=150_000_000) == 530_400
    assert found(JULY_2026, "converted_property", general_property=150_000_000) == 2_126_700


def test_five_million_won_of_savings_are_a_living_reserve() -> None:
    # What is left of the basic amount is used up by 99,000,000 won of other property.
    used_up = {"general_property": 99_000_000}
    assert found(JULY_2026, "converted_property", **used_up, financial_property=5_000_000) == 0
    # 3,000,000 × 6.26 %; without the reserve 500,800.
    assert (
        found(JULY_2026, "converted_property", **used_up, financial_property=8_000_000) == 187_800
    )


def test_the_livelihood_line_of_seven_persons() -> None:
    assert found(JULY_2026, "livelihood_line", 7) == 3_044_848  # 32 % of 9,515,150


@pytest.mark.parametrize(
    ("size", "line"),
    [(5, 3_627_225), (6, 4_106_857)],  # 48 % of 7,556,719 and of 8,555,952
)
def test_the_housing_lines_of_five_and_six_persons(size: int, line: int) -> None:
    assert found(JULY_2026, "housing_line", size) == line


@pytest.mark.parametrize(
    ("kind", "wages", "amount"),
    [  # 조세특례제한법 §100의5①: the maximum less the excess over the plateau × its slope
        ("single", 15_500_000, 825_000),  # 165 − 650 × 165/1,300 (만원)
        ("single_earner", 23_000_000, 1_425_000),  # 285 − 900 × 285/1,800
        ("dual_earner", 30_500_000, 1_650_000),  # 330 − 1,350 × 330/2,700
    ],
)
def test_the_earned_income_credit_phases_out_by_the_slope_of_the_act(
    kind: str, wages: int, amount: int
) -> None:
    assert credit("earned_income_credit_year", 2026, family(kind, 2026, wages)) == amount


def test_the_earned_income_credit_is_level_before_it_falls() -> None:
    for wages in (4_000_000, 9_000_000):
        assert credit("earned_income_credit_year", 2026, [person(1970, wages)]) == 1_650_000


CAR = {"car_value": 4_000_000, "car_engine_cc": 1_998, "car_age_from": datetime.date(2012, 3, 2)}


@pytest.mark.parametrize(
    ("changes", "income"),
    [
        ({}, 0),  # 일반재산으로 보는 자동차: within the basic amount
        ({"car_age_from": datetime.date(2024, 3, 2)}, 0),  # new, of a low value
        ({"car_value": 6_000_000}, 0),  # ten years old
        ({"car_value": 6_000_000, "car_age_from": datetime.date(2024, 3, 2)}, 6_000_000),
        ({"car_engine_cc": 2_000}, 4_000_000),
    ],
)
def test_a_car_counts_as_income_in_full_with_exceptions_only(
    changes: dict[str, Any], income: int
) -> None:
    assert found(JULY_2026, "converted_property", **{**CAR, **changes}) == income


def test_a_car_that_is_exempt_does_not_count_at_all() -> None:
    exempt = {"exempt_vehicles": 30_000_000}  # such as the car of a severely disabled person
    assert found(JULY_2026, "converted_property", **exempt) == 0
    full = {"vehicles_at_full_value": 30_000_000}
    assert found(JULY_2026, "converted_property", **full) == 30_000_000


@pytest.mark.parametrize(
    ("size", "rent"),
    [(1, 369_000), (2, 414_000), (3, 493_000), (4, 571_000), (5, 590_000), (6, 700_000)],
)
def test_base_rents_of_seoul_in_2026_are_those_of_the_notice(size: int, rent: int) -> None:
    # A copy of 고시 제2025-506호.
    dear = {"tenure": "monthly_rent", "monthly_rent": 1_500_000}
    assert found(JULY_2026, "housing_benefit", size, **dear) == rent


@pytest.mark.parametrize("year", [2018, 2023, 2027])
def test_a_base_rent_that_was_not_found_is_not_invented(year: int) -> None:
    rented = {"tenure": "monthly_rent", "monthly_rent": 500_000}
    amount = found(f"{year}-07", "housing_benefit", **rented)
    assert is_missing(amount)
    assert "base_rent_table" in str(amount)


def test_the_basic_pension_is_the_amount_of_the_notice_and_not_one_before_it() -> None:
    # 고시 제2026-156호 §3; 342,510 was the amount of 2025.
    assert cell("basic_pension_reference_amount", 2026) == 349_700
    assert status("basic_pension_reference_amount", 2026) is Status.OFFICIAL
    assert cell("basic_pension_reference_amount", 2025) == 342_510
    # 1,300,000 of the draft of 2017-12-18 never came into force.
    assert cell("basic_pension_single_line", 2018) == 1_310_000


def test_an_amount_that_is_not_announced_is_not_carried_over_from_the_year_before() -> None:
    for name in ("basic_pension_reference_amount", "basic_pension_single_line"):
        announced = NATIONAL[name].on(datetime.date(2027, 1, 1))
        assert announced is not None
        assert announced.status is Status.GAP
