"""부모급여: by month of age, for births from 2022, less the childcare voucher."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donghaeng.laws import law_on
from donghaeng.rules import HouseholdFacts, Law, is_missing

BENEFIT = "parental_benefit"


@cache
def law_of(month: str) -> Law:
    return law_on(month)


def amounts(month: str, *births: str, **facts: Any) -> list[Any]:
    persons = [{"birth_date": datetime.date.fromisoformat(day)} | facts for day in births]
    return law_of(month).evaluate(HouseholdFacts("h", {}, persons), [BENEFIT])[BENEFIT]


def test_there_is_none_before_2022() -> None:
    assert BENEFIT not in law_of("2021-12").rules  # 법률 제18579호 부칙 §1 단서


def test_a_child_born_in_2024_gets_eighteen_million_won_in_all() -> None:
    # 시행령 §2①: 12 × 1,000,000 + 12 × 500,000
    months = [f"{year}-{month:02d}" for year in range(2024, 2028) for month in range(1, 13)]
    born = "2024-03-31"
    paid = [amounts(month, born)[0] for month in months if month >= "2024-03"]
    assert sum(paid) == 18_000_000
    assert paid[:12] == [1_000_000] * 12
    assert paid[12:24] == [500_000] * 12
    assert set(paid[24:]) == {0}


@given(birth=st.dates(datetime.date(2020, 1, 1), datetime.date(2026, 6, 30)))
@settings(max_examples=60, deadline=None)
def test_the_month_of_birth_decides_not_the_day(birth: datetime.date) -> None:
    months = 12 * (2026 - birth.year) + 7 - birth.month
    expected = 1_000_000 if months < 12 else 500_000 if months < 24 else 0
    assert amounts("2026-07", birth.isoformat()) == [expected]


def test_births_of_2021_get_nothing_in_any_month() -> None:
    for month in ("2022-01", "2022-12", "2023-06", "2023-11"):
        assert amounts(month, "2021-12-31") == [0]


def test_daycare_leaves_the_rest_in_cash() -> None:
    # 2026: an open page prints 416,000 at age 0 and nothing at age 1.
    assert amounts("2026-07", "2026-01-10", daycare=True) == [416_000]
    assert amounts("2026-07", "2025-01-10", daycare=True) == [0]
    assert is_missing(amounts("2024-07", "2024-01-10", daycare=True)[0])
    assert amounts("2024-07", "2000-01-10", daycare=True) == [0]


@pytest.mark.parametrize("size", [1, 2, 4, 8])
@pytest.mark.parametrize("year", range(2022, 2028))
def test_it_is_computed_for_every_size_in_every_year(year: int, size: int) -> None:
    births = ["1990-05-01", *[f"{year}-06-15"] * (size - 1)]
    each = {2022: 300_000, 2023: 700_000}.get(year, 1_000_000)
    assert amounts(f"{year}-07", *births) == [0, *[each] * (size - 1)]


def test_it_is_called_infant_allowance_in_2022() -> None:
    assert law_of("2022-07").rules[BENEFIT].label[0] == "영아수당"
    assert law_of("2023-07").rules[BENEFIT].label[0] == "부모급여"
