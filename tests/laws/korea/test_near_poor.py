"""차상위계층: not entitled to a benefit, and up to half of the median."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donghaeng.rules import is_missing

from .basic_households import NO_SUPPORTERS, SIZES, YEARS, found, members, supporters

SINCE_HOUSING_LOOKS_AT_NO_SUPPORTERS = range(2019, 2028)  # from 2018-10-01, 법률 15358


def near_poor(date: str, income: int, **facts: Any) -> Any:
    return found(date, "near_poor", income=income, **facts)["near_poor"]


@pytest.mark.parametrize(
    ("date", "housing_line", "last"),
    [
        ("2024-07", 1_069_654, 1_114_222),  # 48 % of 2,228,445; half of it is 1,114,222.5
        ("2026-07", 1_230_834, 1_282_119),  # 48 % of 2,564,238; half of it
        ("2022-07", 894_614, 972_406),  # 46 % of 1,944,812; half of it
    ],
)
def test_above_the_housing_line_and_up_to_half_of_the_median(
    date: str, housing_line: int, last: int
) -> None:
    assert near_poor(date, housing_line) is False
    assert near_poor(date, housing_line + 1) is True
    assert near_poor(date, last) is True
    assert near_poor(date, last + 1) is False


@given(
    year=st.sampled_from(SINCE_HOUSING_LOOKS_AT_NO_SUPPORTERS),
    income=st.integers(0, 5_000_000),
    size=st.sampled_from(SIZES),
)
@settings(max_examples=60, deadline=None)
def test_nobody_is_both_near_poor_and_entitled(year: int, income: int, size: int) -> None:
    names = ("near_poor", "livelihood_benefit", "medical_aid", "median_income", "housing_line")
    values = found(f"{year}-08", *names, income=income, persons=members(size), **NO_SUPPORTERS)
    if values["near_poor"]:
        assert values["livelihood_benefit"] == 0
        assert values["medical_aid"] is False
        assert income > values["housing_line"]
    entitled = income <= values["housing_line"]
    assert values["near_poor"] is (not entitled and 2 * income <= values["median_income"])


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("size", SIZES)
def test_it_computes_for_households_without_and_with_much_income(year: int, size: int) -> None:
    for income in (0, 9_000_000):
        assert near_poor(f"{year}-08", income, persons=members(size)) is False


# Until 2018-09-30 a supporter could bar 주거급여 too. One person of 2018: lines 501,632 and 719,005.


@pytest.mark.parametrize("income", [501_632, 600_000, 719_005])
def test_until_2018_09_a_household_barred_by_a_supporter_is_near_poor(income: int) -> None:
    assert near_poor("2018-09", income, **supporters("able")) is True
    assert near_poor("2018-09", income, **supporters("unable")) is False
    assert near_poor("2018-09", income, **NO_SUPPORTERS) is False
    assert is_missing(near_poor("2018-09", income))
    assert near_poor("2018-10", income, **supporters("able")) is False


def test_until_2018_09_above_the_housing_line_supporters_are_not_asked() -> None:
    assert near_poor("2018-09", 719_006) is True
    assert near_poor("2018-09", 836_052) is True  # half of 1,672,105 is 836,052.5
    assert near_poor("2018-09", 836_053) is False


def test_until_2018_09_imputed_support_can_lift_a_household_above_the_line() -> None:
    weak = supporters("weak", support_due=100_000)
    assert near_poor("2018-09", 619_005, **weak) is False
    assert near_poor("2018-09", 619_006, **weak) is True


def test_who_gets_the_livelihood_benefit_is_not_near_poor() -> None:
    assert near_poor("2018-09", 501_631) is False


def test_a_pupil_with_the_education_benefit_is_entitled_the_parent_is_near_poor() -> None:
    # Two persons of 2024: 주거 1,767,652 (48 % of 3,682,609), half of the median 1,841,304.5.
    values = found(
        "2024-07",
        "near_poor_person",
        income=1_800_000,
        persons=[{}, {"school": "elementary"}, {"absence": "abroad"}],
    )
    assert values["near_poor_person"] == [True, False, False]
