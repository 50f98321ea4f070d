"""자녀장려금: every version of the law from 2015 to 2027, at the won where something changes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .credit_households import (
    CHILD,
    MAN,
    YEARS,
    child_credit,
    credit,
    family,
    person,
    since,
)

NAME = "child_credit_year"
KINDS = ("single_earner", "dual_earner")


def paid(year: int, persons: list[dict[str, Any]], assets: int | None = 0, **more: Any) -> Any:
    if year < 2019:
        more = {"livelihood_excludes_child_credit": False} | more
    return credit(NAME, year, persons, assets, **more)


@pytest.mark.parametrize(
    ("year", "each"),
    [
        (2015, 500_000),  # https://m.tf.co.kr/amp/life/1521418.htm
        (2018, 500_000),
        (2019, 700_000),  # 법률 16009
        (2022, 700_000),
        (2023, 800_000),  # 법률 19199
        (2024, 1_000_000),  # 법률 19936
        (2027, 1_000_000),
    ],
)
@pytest.mark.parametrize("children", [1, 2, 6])
def test_the_largest_amount_for_each_child(year: int, each: int, children: int) -> None:
    assert paid(year, family("single_earner", year, 10_000_000, children)) == each * children


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_turn_of_the_formula(year: int, kind: str) -> None:
    level, end = (2500 if kind == "dual_earner" else 2100), since(CHILD, year)[2]
    for turn in (level, end):
        for wages in (turn * MAN - 1, turn * MAN, turn * MAN + 1):
            expected = child_credit(year, kind, wages, 2)
            assert paid(year, family(kind, year, wages, 2)) == expected, wages


def test_amounts_by_hand() -> None:
    # 2026, one earner, 4,550만: 100만 − 2,450만 × 50/4900 = 75만 for each child.
    assert paid(2026, family("single_earner", 2026, 45_500_000, 2)) == 1_500_000
    # 2026, two earners, 4,750만: 100만 − 2,250만 × 50/4500 = 75만.
    assert paid(2026, family("dual_earner", 2026, 47_500_000, 1)) == 750_000
    # 2023, one earner, 3,050만: 80만 − 950만 × 30/1900 = 65만.
    assert paid(2023, family("single_earner", 2023, 30_500_000, 1)) == 650_000
    # 2019, two earners, 3,250만: 70만 − 750만 × 20/1500 = 60만.
    assert paid(2019, family("dual_earner", 2019, 32_500_000, 1)) == 600_000
    # 2016, one earner, 3,999.9999만: 50만 − 18,999,999 × 20/1900 = 300,000.01, in whole won 300,000.
    assert paid(2016, family("single_earner", 2016, 39_999_999, 1)) == 300_000


@pytest.mark.parametrize("kind", KINDS)
@given(
    year=st.sampled_from([*YEARS]),
    wages=st.integers(min_value=6_000_000, max_value=71_000_000),
    children=st.integers(min_value=0, max_value=5),
    assets=st.sampled_from([0, 99_999_999, 100_000_000, 140_000_000, 170_000_000, 240_000_000]),
    late=st.booleans(),
    taken=st.sampled_from([0, 1, 150_000, 300_000, 470_001, 1_000_000]),
)
@settings(max_examples=80, deadline=None)
def test_the_law_agrees_with_fractions(
    kind: str, year: int, wages: int, children: int, assets: int, late: bool, taken: int
) -> None:
    if year in (2017, 2018):
        assets = min(assets, 99_999_999)  # the limit of these two years is a gap
    if year < 2017:
        taken = 0  # how it was taken off before the decree of 2017-02-07 is a gap
    found = paid(
        year,
        family(kind, year, wages, children),
        assets,
        late_application=late,
        child_tax_credit_taken=taken,
    )
    assert found == child_credit(year, kind, wages, children, assets=assets, late=late, taken=taken)


def test_the_child_tax_credit_is_taken_off_and_30_000_won_remain_at_least() -> None:
    persons = family("single_earner", 2026, 10_000_000, 1)
    for taken, expected in (
        (150_000, 850_000),
        (969_999, 30_001),
        (970_000, 30_000),
        (970_001, 30_000),
        (999_999, 30_000),
        (1_000_000, 0),
        (1_000_001, 0),
    ):
        assert paid(2026, persons, child_tax_credit_taken=taken) == expected, taken


def test_before_2017_how_the_tax_credit_is_taken_off_is_not_known() -> None:
    persons = family("single_earner", 2016, 10_000_000, 1)
    assert paid(2016, persons, child_tax_credit_taken=150_000) is None


@pytest.mark.parametrize("year", [2020, 2023, 2026])
def test_earnings_too_small_for_15_000_won_give_nothing(year: int) -> None:
    # §100의31② 단서 with §100의5①2가: 260/700 until 2022, 285/700 since.
    most = 285 if year >= 2023 else 260
    first = -(-15_000 * 700 // most)
    assert paid(year, family("single_earner", year, first - 1, 1)) == 0
    assert paid(year, family("single_earner", year, first, 1)) > 0
    assert paid(2019, family("single_earner", 2019, 1, 1)) == 700_000


def test_whoever_received_the_livelihood_benefit_until_2018() -> None:
    persons = family("single_earner", 2018, 10_000_000, 1)
    assert paid(2018, persons, livelihood_excludes_child_credit=True) == 0
    assert credit(NAME, 2018, persons) is None
    later = family("single_earner", 2019, 10_000_000, 1)
    assert credit(NAME, 2019, later, livelihood_excludes_child_credit=True) == 700_000


@pytest.mark.parametrize(
    ("assets", "expected"),
    [
        (169_999_999, 1_000_000),
        (170_000_000, 500_000),
        (239_999_999, 500_000),
        (240_000_000, 0),
    ],
)
def test_property_on_1_june(assets: int, expected: int) -> None:
    assert paid(2026, family("single_earner", 2026, 10_000_000, 1), assets) == expected


def test_property_is_asked_for_only_where_there_is_a_child_and_the_income_is_low() -> None:
    assert paid(2026, family("single_earner", 2026, 10_000_000), assets=None) == 0
    assert paid(2026, family("single_earner", 2026, 70_000_000, 1), assets=None) == 0
    assert paid(2026, family("single_earner", 2026, 69_999_999, 1), assets=None) is None


def test_a_child_of_the_spouse_alone_counts_once() -> None:
    couple = [person(1980, 10_000_000, spouse=1), person(1982, 0, spouse=0)]
    of_both = person(2015, None, first_parent=0, second_parent=1)
    of_her = person(2012, None, first_parent=1)
    of_him = person(2013, None, second_parent=0)
    assert paid(2026, [*couple, of_both, of_her, of_him]) == 3_000_000


def test_a_grown_child_is_not_counted() -> None:
    persons = family("single_earner", 2026, 10_000_000, 1)
    assert paid(2026, [*persons, person(1999, 0, first_parent=0, second_parent=1)]) == 1_000_000


def test_without_earnings_there_is_no_credit() -> None:
    assert paid(2026, family("single_earner", 2026, 0, 2)) == 0


def test_both_credits_may_be_had_together() -> None:
    persons = family("single_earner", 2026, 10_000_000, 2)
    assert paid(2026, persons) == 2_000_000
    assert credit("earned_income_credit_year", 2026, persons) == 2_850_000


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("size", [1, 2, 4, 8])
def test_it_computes_for_every_size_in_every_year(year: int, size: int) -> None:
    kind = "single" if size == 1 else "single_earner"
    children = max(size - 2, 0)
    persons = family(kind, year, 10_000_000, children)
    assert paid(year, persons) == child_credit(year, "single_earner", 10_000_000, children)
