"""아동수당: who is paid in which month, and what is added by where the child lives."""

from __future__ import annotations

import datetime
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donghaeng.laws import law_on
from donghaeng.rules import HouseholdFacts, Law, is_missing

MONTHS = [f"{year}-{month:02d}" for year in range(2019, 2028) for month in range(1, 13)]
ALLOWANCE, ADDITION = "child_allowance", "child_allowance_addition"


@cache
def law_of(month: str) -> Law:
    return law_on(month)


def regions(law: Law, word: str = "seoul") -> object:
    return law.enumerations["Region"].from_word(word)


def household(law: Law, *births: str, **facts: object) -> HouseholdFacts:
    given_facts = {"region": regions(law)} | facts
    persons = [{"birth_date": datetime.date.fromisoformat(day)} for day in births]
    return HouseholdFacts("h", given_facts, persons)


def paid(month: str, birth: str) -> int:
    law = law_of(month)
    (amount,) = law.evaluate(household(law, birth), [ALLOWANCE])[ALLOWANCE]
    return amount


def test_there_is_no_child_allowance_before_september_2018() -> None:
    assert ALLOWANCE not in law_of("2018-08").rules  # 법률 제15539호 부칙 §1
    assert ALLOWANCE in law_of("2018-09").rules


@pytest.mark.parametrize(
    ("birth", "first", "last"),
    [
        # Under six until 2019-08, then under seven: paid again from September 2019.
        ("2013-01-10", "2019-09", "2019-12"),
        # Under eight since 2022-01; out in February 2022.
        ("2014-02-10", "2022-01", "2022-01"),
        # Under eight until 2024-12, and not again: born in 2016.
        ("2016-12-31", "2022-01", "2024-11"),
        # Born in 2018: under nine in 2026, under ten in 2027, never out.
        ("2018-01-01", "2022-01", "2027-12"),
    ],
)
def test_first_and_last_month_since(birth: str, first: str, last: str) -> None:
    since = max(first, "2019-09")
    paid_in = [month for month in MONTHS if month >= since and paid(month, birth)]
    assert (paid_in[0], paid_in[-1]) == (first, last)
    assert paid_in == [month for month in MONTHS if first <= month <= last]


def test_who_was_born_in_july_2017_has_a_pause_from_july_to_december_2025() -> None:
    # 8 years in July 2025; 법률 제21489호 부칙 §2②, §3: from January 2026 again, whatever the age.
    unpaid = [month for month in MONTHS if not paid(month, "2017-07-15")]
    assert unpaid == [f"2025-{month:02d}" for month in range(7, 13)]


@given(birth=st.dates(datetime.date(2010, 1, 1), datetime.date(2018, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_the_age_of_each_year_decides(birth: datetime.date) -> None:
    # §10①: to the month before that of the birthday; the ages of 부칙 2019, 2021 and 2026.
    for month, age in [("2019-02", 6), ("2020-06", 7), ("2022-05", 8), ("2025-12", 8)]:
        year, number = map(int, month.split("-"))
        months = 12 * (year - birth.year) + number - birth.month
        assert paid(month, birth.isoformat()) == (100_000 if months < 12 * age else 0)
    assert paid("2026-03", birth.isoformat()) == (100_000 if birth.year >= 2017 else 0)
    assert paid("2027-12", birth.isoformat()) == (100_000 if birth.year >= 2017 else 0)


@pytest.mark.parametrize("size", [1, 2, 4, 8])
@pytest.mark.parametrize("year", range(2019, 2028))
def test_it_is_computed_for_every_size_in_every_year(year: int, size: int) -> None:
    law = law_of(f"{year}-07")
    births = ["1990-05-01", *(f"{year - age}-06-15" for age in range(size - 1))]
    amounts = law.evaluate(household(law, *births), [ALLOWANCE])[ALLOWANCE]
    assert not any(is_missing(amount) for amount in amounts)
    # Of those aged 0 to 6 in July, the oldest of seven is out only in 2019 (under six).
    children = min(size - 1, 6 if year == 2019 else 7)
    assert amounts[0] == 0
    assert sum(amounts) == 100_000 * children


@pytest.mark.parametrize("month", ["2018-09", "2018-12"])
def test_in_2018_the_income_test_is_not_known(month: str) -> None:
    law = law_of(month)
    five, six = law.evaluate(household(law, "2013-06-01", "2012-06-01"), [ALLOWANCE])[ALLOWANCE]
    assert is_missing(five)
    assert "tested_child_allowance" in str(five)
    assert six == 0


# What is added by region since 2026.


def added(month: str, word: str, area: str | None = None, vouchers: bool | None = None) -> object:
    law = law_of(month)
    facts: dict[str, object] = {"region": regions(law, word)}
    if area is not None:
        kind = law.enumerations["DepopulationArea"].from_word(area)
        facts |= {"depopulation_area": kind, "capital_depopulation_area": kind}
    if vouchers is not None:
        facts["paid_in_local_vouchers"] = vouchers
    (amount,) = law.evaluate(household(law, "2022-01-01", **facts), [ADDITION])[ADDITION]
    return amount


@pytest.mark.parametrize("word", ["seoul", "incheon", "gyeonggi"])
def test_nothing_is_asked_or_added_in_the_capital_area(word: str) -> None:
    assert added("2026-07", word) == 0
    assert added("2026-01", word) == 0


@pytest.mark.parametrize(
    ("word", "area", "vouchers", "amount"),
    [
        ("busan", "none", None, 5_000),  # 시행령 §2②2
        ("jeju", "none", True, 5_000),  # §4⑦ is of depopulation areas only
        ("jeonnam", "listed", False, 10_000),  # 시행령 §2②1
        ("jeonnam", "listed", True, 20_000),
        ("gyeongbuk", "favoured", False, 20_000),  # 시행령 §2②1 단서
        ("gyeongbuk", "favoured", True, 30_000),
        ("gyeonggi", "listed", True, 20_000),
    ],
)
def test_the_additions_of_the_decree(
    word: str, area: str, vouchers: bool | None, amount: int
) -> None:
    assert added("2026-07", word, area, vouchers) == amount


def test_outside_the_capital_area_the_kind_of_area_is_asked() -> None:
    assert is_missing(added("2026-07", "gangwon"))
    assert is_missing(added("2026-07", "gangwon", "listed"))  # and how it is paid


def test_who_gets_no_allowance_is_asked_nothing() -> None:
    law = law_of("2026-07")
    people = household(law, "1990-01-01", region=regions(law, "gangwon"))
    assert law.evaluate(people, [ADDITION])[ADDITION] == [0]


def test_there_is_no_addition_before_2026() -> None:
    assert ADDITION not in law_of("2025-12").rules
