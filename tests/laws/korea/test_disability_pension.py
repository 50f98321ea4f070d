"""장애인연금 (장애인연금법): published amounts, the steps near the line, and what is not known."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donghaeng.household.reading import read_household
from donghaeng.laws import law_on
from donghaeng.rules import Law
from donghaeng.rules.missing import is_missing

SEVERE = {"disabled": True, "severe_disability": True, "meets_pension_severity": True}
YEARS = range(2015, 2028)
WITHOUT_LINE = (2021, 2022, 2023, 2027)  # law.md §6, §10.7: not found, not yet issued


@cache
def law(date: str) -> Law:
    return law_on(date)


def person(identity: str = "p1", born: str = "1980-01-01", **facts: Any) -> dict[str, Any]:
    return {"id": identity, "birth_date": born, "earnings": 0, **facts}


def household(*persons: dict[str, Any], **facts: Any) -> dict[str, Any]:
    plain = {
        "id": "h",
        "region": "seoul",
        "housing": {"tenure": "jeonse"},
        "assets": {"general": 0, "financial": 0},
        "persons": list(persons),
    }
    return plain | facts


def found(date: str, name: str, *persons: dict[str, Any], **facts: Any) -> list[Any]:
    """The values of all persons; ``None`` where one cannot be said."""
    current = law(date)
    values = current.evaluate(
        read_household(current, household(*persons, **facts), "test", "household"), [name]
    )[name]
    return [None if is_missing(value) else value for value in values]


# 장애인연금법 §6①1–4; 고시 2023-284 §3, 2025-227 §3, 2026-156 §3, 2022-289 §3; the press of the years.
BASIC_AMOUNTS = [
    ("2015-10", 202_600),
    ("2016-03", 202_600),
    ("2016-04", 204_010),
    ("2017-03", 204_010),
    ("2017-04", 206_050),
    ("2018-03", 206_050),
    ("2018-04", 209_960),
    ("2018-08", 209_960),
    ("2018-09", 250_000),
    ("2019-03", 250_000),
    ("2019-04", 300_000),  # without income: recipient of livelihood benefit
    ("2019-12", 300_000),
    ("2020-01", 300_000),
    ("2020-12", 300_000),
    ("2024-01", 334_810),
    ("2025-01", 342_510),
    ("2026-12", 349_700),
]


@pytest.mark.parametrize(("date", "amount"), BASIC_AMOUNTS)
def test_the_basic_amount_of_one_person_without_income(date: str, amount: int) -> None:
    assert found(date, "disability_basic_amount", person(**SEVERE)) == [amount]


@pytest.mark.parametrize(("date", "amount"), [("2021-01", 300_000), ("2022-01", 307_500)])
def test_the_standard_amount_is_known_where_the_line_is_not(date: str, amount: int) -> None:
    assert found(date, "disability_standard_amount", person(**SEVERE)) == [amount]
    assert found(date, "disability_basic_amount", person(**SEVERE)) == [None]


# 시행령 §4②: × 160 %. The couple lines are printed beside the single ones, so they check the ratio.
COUPLE_LINES = {
    2017: 1_904_000,
    2018: 1_936_000,
    2019: 1_952_000,
    2020: 1_952_000,
    2024: 2_080_000,
    2025: 2_208_000,
    2026: 2_240_000,
}


@pytest.mark.parametrize(("year", "line"), COUPLE_LINES.items())
def test_the_line_of_a_couple_as_published(year: int, line: int) -> None:
    couple = (person("p1", spouse="p2", **SEVERE), person("p2"))
    assert found(f"{year}-05", "disability_pension_line", *couple) == [line, 0]


@pytest.mark.parametrize(("date", "published"), [("2024-01", 424_810), ("2025-01", 432_510)])
@pytest.mark.parametrize("born", ["1980-01-01", "1950-01-01"])
def test_the_largest_pension_as_published(date: str, published: int, born: str) -> None:
    # 2024 https://paju.go.kr (65+), 2025 newdaily: 기초급여액 + 90,000, before and from 65.
    assert found(date, "disability_pension", person(born=born, **SEVERE)) == [published]


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("size", [1, 2, 4, 8])
def test_every_year_computes_for_every_size_and_without_disability_it_is_0(
    year: int, size: int
) -> None:
    others = [person(f"p{n}") for n in range(2, size + 1)]
    values = found(f"{year}-12", "disability_pension", person(**SEVERE), *others)
    assert values[1:] == [0] * (size - 1)
    # The supplement was not found before 2024; the line not in the other years.
    known = year in (2024, 2025, 2026)
    assert (values[0] is not None) is known
    basic = found(f"{year}-12", "disability_basic_amount", person(**SEVERE), *others)
    assert (basic[0] is None) is (year in WITHOUT_LINE)


@pytest.mark.parametrize("year", YEARS)
def test_who_has_no_disability_is_asked_nothing(year: int) -> None:
    current = law(f"{year}-12")
    nothing = read_household(
        current, {"id": "h", "persons": [{"id": "p1", "birth_date": "1980-01-01"}]}, "test", "h"
    )
    names = ["disability_pension", "disability_pension_line"]
    assert current.evaluate(nothing, names) == {name: [0] for name in names}


def test_a_gap_is_named() -> None:
    current = law("2022-07")
    value = current.evaluate(
        read_household(current, household(person(**SEVERE)), "test", "h"), ["disability_pension"]
    )["disability_pension"][0]
    assert is_missing(value)
    assert "disability_single_line" in str(value)


LINE, BASIC = 1_400_000, 349_700  # 고시 2025-227 §2, 고시 2026-156 §3


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1_600_000))
def test_income_and_basic_amount_reach_the_line_by_less_than_a_step(income: int) -> None:
    (amount,) = found(
        "2026-07", "disability_basic_amount", person(property_income=income, **SEVERE)
    )
    if income > LINE:
        assert amount == 0
    elif income + BASIC < LINE:
        assert amount == BASIC
    else:
        assert amount == BASIC or amount % 20_000 == 0
        assert 20_000 <= amount <= BASIC
        assert amount == BASIC or LINE - income <= amount
        assert amount < LINE - income + 20_000 or amount == 20_000


@settings(max_examples=60, deadline=None)
@given(st.integers(1_600_000, 2_300_000), st.integers(0, 60_000))
def test_more_income_never_raises_the_basic_amount_of_a_couple(income: int, more: int) -> None:
    def both(amount: int) -> list[Any]:
        couple = (
            person("p1", spouse="p2", property_income=amount, **SEVERE),
            person("p2", **SEVERE),
        )
        return found("2026-07", "disability_basic_amount", *couple)

    before, after = both(income), both(income + more)
    assert before[0] == before[1]
    assert after[0] <= before[0] <= 279_760  # 349,700 × 80 %


@settings(max_examples=60, deadline=None)
@given(
    general=st.integers(0, 900_000_000),
    financial=st.integers(0, 200_000_000),
    debts=st.integers(0, 900_000_000),
)
def test_what_is_decided_without_the_deductions_is_what_they_give(
    general: int, financial: int, debts: int
) -> None:
    def value(name: str) -> Any:
        assets = {"general": general, "financial": financial, "debts": debts}
        return found("2026-07", name, person(**SEVERE), assets=assets)[0]

    # 시행규칙 §4②, by hand: 135,000,000 and 20,000,000, 4 % a year.
    net = max(max(general - 135_000_000, 0) + max(financial - 20_000_000, 0) - debts, 0)
    income = net * 4 // 1_200
    assert value("disability_income") == income
    assert income <= value("disability_income_at_most")
    if income > LINE:
        assert value("disability_basic_amount") == 0
    elif income + BASIC < LINE:
        assert value("disability_basic_amount") == BASIC


def test_a_county_has_less_basic_property_than_a_city() -> None:
    def basic(general: int, **facts: Any) -> Any:
        return found(
            "2026-07",
            "disability_basic_amount",
            person(**SEVERE),
            region="jeonnam",
            assets={"general": general, "financial": 0},
            **facts,
        )[0]

    # 315,000,000 × 4 % ÷ 12 = 1,050,000, and with 349,700 still below 1,400,000.
    assert basic(315_000_000) == BASIC
    # In a city 85,000,000 come off (1,400,000 is left: 20,000 won), in a county 72,500,000.
    assert basic(505_000_000) == 20_000  # where nothing is said of a county
    assert basic(505_000_000, housing={"tenure": "jeonse", "rural_county": False}) == 20_000
    assert basic(505_000_000, housing={"tenure": "jeonse", "rural_county": True}) == 0


def test_how_sejong_and_special_cities_count_is_not_known() -> None:
    for facts in (
        {"region": "sejong"},
        {"region": "gyeongnam", "housing": {"tenure": "jeonse", "special_city": True}},
    ):
        assets = {"general": 505_000_000, "financial": 0}
        assert found(
            "2026-07", "disability_basic_amount", person(**SEVERE), assets=assets, **facts
        ) == [None]


def test_a_couple_with_a_young_child_is_not_asked_whose_the_property_is() -> None:
    child = person("p3", born="2015-01-01", parents=["p1", "p2"])
    couple = (person("p1", spouse="p2", **SEVERE), person("p2"))
    assets = {"general": 807_000_000, "financial": 0}
    # (807,000,000 − 135,000,000) × 4 % ÷ 12 = 2,240,000: the line, so 20,000 won.
    assert found("2026-07", "disability_basic_amount", *couple, child, assets=assets) == [
        20_000,
        0,
        0,
    ]
    grown = person("p3", born="2000-01-01", parents=["p1", "p2"])
    assert found("2026-07", "disability_basic_amount", *couple, grown, assets=assets)[0] is None


def test_versions_change_on_their_day() -> None:
    # Above the lines of medical aid, 682,803 and in 2020 702,878; up to half of the median.
    income = person(property_income=703_000, **SEVERE)
    assert found("2019-03-31", "disability_basic_amount", income) == [250_000]
    assert found("2019-04-01", "disability_basic_amount", income) == [253_750]
    assert found("2020-01-01", "disability_basic_amount", income) == [300_000]
    assert law("2020-12-31").day == datetime.date(2020, 12, 31)
