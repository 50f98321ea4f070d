"""The income tax on wages: against a computation of its own in fractions, and what must hold of any tax."""

from __future__ import annotations

import datetime
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donghaeng.laws import law_on
from donghaeng.rules import HouseholdFacts, is_missing

YEARS = range(2015, 2028)
MAN = 10_000

# 소득세법 §55①, 만원: the part above each threshold at its rate.
BRACKETS = {
    2015: {0: 6, 1_200: 15, 4_600: 24, 8_800: 35, 15_000: 38},
    2017: {0: 6, 1_200: 15, 4_600: 24, 8_800: 35, 15_000: 38, 50_000: 40},
    2018: {0: 6, 1_200: 15, 4_600: 24, 8_800: 35, 15_000: 38, 30_000: 40, 50_000: 42},
    2021: {0: 6, 1_200: 15, 4_600: 24, 8_800: 35, 15_000: 38, 30_000: 40, 50_000: 42, 100_000: 45},
    2023: {0: 6, 1_400: 15, 5_000: 24, 8_800: 35, 15_000: 38, 30_000: 40, 50_000: 42, 100_000: 45},
}
# 소득세법 §55①, the sums as the act prints them since 2023: 과세표준 → 세액, 만원.
PRINTED = {
    1_400: 84,
    5_000: 624,
    8_800: 1_536,
    15_000: 3_706,
    30_000: 9_406,
    50_000: 17_406,
    100_000: 38_406,
}
# 소득세법 §59의2①, 만원, 2025 on.
CREDIT = [0, 25, 55, 95, 135]

WAGES = st.one_of(
    st.sampled_from([0, 1, 4_999_999, 5_000_000, 5_000_001, 15_000_000, 33_000_000, 33_000_001]),
    st.sampled_from([43_000_000, 45_000_000, 45_000_001, 70_000_000, 70_000_001, 100_000_000]),
    st.sampled_from([120_000_000, 120_000_001]),
    st.integers(0, 200_000_000),
)


def rate_table(year: int) -> dict[int, int]:
    return BRACKETS[max(start for start in BRACKETS if start <= year)]


def parts(amount: Fraction, table: dict[int, int], unit: int = MAN) -> Fraction:
    """Each part of the amount at its own rate, in percent."""
    total = Fraction(0)
    steps = [*table.items(), (None, 0)]
    for (low, rate), (high, _) in pairwise(steps):
        top = amount if high is None else min(amount, Fraction(high * unit))
        total += max(top - low * unit, Fraction(0)) * rate / 100
    return total


def deduction(wages: int) -> int:
    """근로소득공제, 소득세법 §47①, in the words of the table."""
    if wages <= 500 * MAN:
        amount = Fraction(wages * 70, 100)
    elif wages <= 1_500 * MAN:
        amount = 350 * MAN + Fraction((wages - 500 * MAN) * 40, 100)
    elif wages <= 4_500 * MAN:
        amount = 750 * MAN + Fraction((wages - 1_500 * MAN) * 15, 100)
    elif wages <= 10_000 * MAN:
        amount = 1_200 * MAN + Fraction((wages - 4_500 * MAN) * 5, 100)
    else:
        amount = 1_475 * MAN + Fraction((wages - 10_000 * MAN) * 2, 100)
    return int(min(amount, Fraction(2_000 * MAN)))


def credit_limit(wages: int) -> int:
    """근로소득세액공제의 한도, 소득세법 §59②."""
    if wages <= 3_300 * MAN:
        limit = Fraction(74 * MAN)
    elif wages <= 7_000 * MAN:
        limit = max(74 * MAN - Fraction((wages - 3_300 * MAN) * 8, 1000), Fraction(66 * MAN))
    elif wages <= 12_000 * MAN:
        limit = max(66 * MAN - Fraction(wages - 7_000 * MAN, 2), Fraction(50 * MAN))
    else:
        limit = max(50 * MAN - Fraction(wages - 12_000 * MAN, 2), Fraction(20 * MAN))
    return limit.numerator // limit.denominator


def tax(
    year: int, wages: int, deductions: int, pension: int = 0, insurance: int = 0, credit: int = 0
) -> int:
    """소득세 with 인적공제 and 자녀세액공제 given."""
    income = wages - deduction(wages)
    base = max(income - min(deductions, income) - pension, 0)

    def after_credit(base: int) -> Fraction:
        before = parts(Fraction(base), rate_table(year))
        wages_credit = parts(before, {0: 55, 130: 30})
        return before - min(wages_credit, Fraction(credit_limit(wages)))

    choices = [after_credit(base) - 13 * MAN]
    if insurance:
        choices.append(after_credit(max(base - insurance, 0)))
    due = max(min(choices), Fraction(0))
    due = max(due - credit, Fraction(0))
    return due.numerator // due.denominator // 10 * 10


def dated(person: dict[str, Any]) -> dict[str, Any]:
    return person | {"birth_date": datetime.date.fromisoformat(person["birth_date"])}


def found(year: int, persons: list[dict[str, Any]], name: str = "income_tax_year") -> list[Any]:
    """What the law of the year finds for each person."""
    law = law_on(f"{year}-08-01")
    return law.evaluate(HouseholdFacts("h", {}, [dated(person) for person in persons]), [name])[
        name
    ]


def grown(wages: int, **facts: Any) -> dict[str, Any]:
    return {"birth_date": "1985-05-01", "wages_year": wages} | facts


# The articles.


def test_the_brackets_give_the_sums_that_the_act_prints() -> None:
    for base, amount in PRINTED.items():
        assert parts(Fraction(base * MAN), rate_table(2023)) == amount * MAN


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("wages", [0, 8_000_000, 30_000_000, 55_000_000, 119_999_999])
def test_somebody_alone_in_every_year(year: int, wages: int) -> None:
    assert found(year, [grown(wages)]) == [tax(year, wages, 150 * MAN)]


@settings(max_examples=60, deadline=None)
@given(wages=WAGES, pension=st.integers(0, 4_000_000), insurance=st.integers(0, 6_000_000))
def test_contributions_that_are_told_are_taken_off(
    wages: int, pension: int, insurance: int
) -> None:
    person = grown(
        wages, pension_contributions_year=pension, insurance_contributions_year=insurance
    )
    assert found(2026, [person]) == [tax(2026, wages, 150 * MAN, pension, insurance)]


@settings(max_examples=60, deadline=None)
@given(first=WAGES, second=WAGES, born=st.lists(st.integers(2003, 2026), max_size=4))
def test_a_couple_with_children_in_2026(first: int, second: int, born: list[int]) -> None:
    couple = [grown(first, spouse=1), grown(second, spouse=0)]
    children = [
        {"birth_date": f"{year}-06-15", "wages_year": 0, "first_parent": 0, "second_parent": 1}
        for year in born
    ]
    result = found(2026, couple + children)
    # §50①3나: 20 this year at most; §59의2① with 부칙 §2②③: 9 this year, and not born in 2017.
    dependent = [year for year in born if 2026 - year <= 20]
    counted = [year for year in dependent if 2026 - year >= 9 and year != 2017]
    newborn = [year for year in dependent if year == 2026]
    orders = range(len(born) - len(newborn) + 1, len(born) + 1)
    credit = CREDIT[len(counted)] + sum({1: 30, 2: 50}.get(order, 70) for order in orders)
    for mine, other, own, place in ((first, second, True, 0), (second, first, False, 1)):
        persons = 1 + (other <= 500 * MAN)
        income = mine - deduction(mine)
        others = other - deduction(other)
        claims = income > others or (own and income == others)
        persons += len(dependent) if claims else 0
        wanted = tax(2026, mine, persons * 150 * MAN, credit=credit * MAN if claims else 0)
        assert result[place] == wanted


def test_a_child_is_never_claimed_twice() -> None:
    # Equal wages: the first listed parent claims (시행령 §106②2 knows only "the most").
    couple = [grown(40_000_000, spouse=1), grown(40_000_000, spouse=0)]
    child = {"birth_date": "2014-01-01", "first_parent": 0, "second_parent": 1}
    alone = tax(2026, 40_000_000, 150 * MAN)
    assert found(2026, [*couple, child])[:2] == [
        tax(2026, 40_000_000, 300 * MAN, credit=25 * MAN),
        alone,
    ]


def test_a_parent_is_claimed_by_the_child_with_the_larger_income() -> None:
    mother = {"birth_date": "1950-01-01", "wages_year": 0}
    sons = [grown(30_000_000, first_parent=0), grown(50_000_000, first_parent=0)]
    # 70 and more: 1.5 + 1 million (§50①3가, §51①1).
    assert found(2026, [mother, *sons]) == [
        0,
        tax(2026, 30_000_000, 150 * MAN),
        tax(2026, 50_000_000, 400 * MAN),
    ]


def test_a_parent_whose_spouse_earns_is_claimed_by_the_spouse() -> None:
    # 시행령 §106②1: 공제대상배우자 goes before 공제대상부양가족.
    father = {"birth_date": "1960-01-01", "wages_year": 30_000_000, "spouse": 1}
    mother = {"birth_date": "1961-01-01", "wages_year": 0, "spouse": 0}
    son = grown(50_000_000, first_parent=0, second_parent=1)
    assert found(2026, [father, mother, son]) == [
        tax(2026, 30_000_000, 300 * MAN),
        0,
        tax(2026, 50_000_000, 150 * MAN),
    ]


def test_other_income_of_a_dependant_counts() -> None:
    # §50①2: 소득금액 of 1 million at most, wages of 5 million only where they are all.
    husband = grown(50_000_000, spouse=1)
    for other, persons in ((0, 2), (1_000_000, 2), (1_000_001, 1)):
        wife = grown(0, spouse=0, other_income_year=other)
        assert found(2026, [husband, wife])[0] == tax(2026, 50_000_000, persons * 150 * MAN)
    wife = grown(5_000_000, spouse=0, other_income_year=1)
    assert found(2026, [husband, wife])[0] == tax(2026, 50_000_000, 150 * MAN)


def test_the_child_credit_of_2024_and_2017() -> None:
    pair = [
        {"birth_date": "2010-01-01", "wages_year": 0, "first_parent": 0},
        {"birth_date": "2012-01-01", "wages_year": 0, "first_parent": 0},
    ]
    # 2024: 350,000 for two (withholding table of 2024-03: 29,160 a month); a single parent.
    assert found(2024, [grown(60_000_000), *pair])[0] == tax(
        2024, 60_000_000, 550 * MAN, credit=35 * MAN
    )
    # 2017: 300,000 for two, and 150,000 for the second of 6 or younger (form of the settlement for 2017).
    assert found(2017, [grown(60_000_000), *pair])[0] == tax(
        2017, 60_000_000, 550 * MAN, credit=30 * MAN
    )
    young = [child | {"birth_date": "2012-06-01"} for child in pair]
    assert found(2017, [grown(60_000_000), *young])[0] == tax(
        2017, 60_000_000, 550 * MAN, credit=45 * MAN
    )


# What is not known.


def test_below_fifteen_nothing_is_asked() -> None:
    assert found(2026, [{"birth_date": "2012-01-01"}]) == [0]


def test_wages_that_are_not_told_leave_the_tax_open() -> None:
    (result,) = found(2026, [{"birth_date": "1985-05-01"}])
    assert is_missing(result)


def test_small_wages_need_no_facts_of_the_family() -> None:
    # 1,500,000 of income is taken by the basic deduction, whoever else there is.
    assert (
        found(2026, [grown(5_000_000, spouse=1), {"birth_date": "1985-05-01", "spouse": 0}])[0] == 0
    )


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2022])
def test_the_age_of_the_child_credit_is_a_gap_from_2019_to_2022(year: int) -> None:
    child = {"birth_date": "2012-01-01", "first_parent": 0}
    assert is_missing(found(year, [grown(40_000_000), child])[0])
    assert found(year, [grown(9_000_000), child])[0] == 0  # no tax, so that no credit is needed


def test_a_birth_before_2017_is_a_gap() -> None:
    child = {"birth_date": "2016-03-01", "first_parent": 0}
    assert is_missing(found(2016, [grown(40_000_000), child])[0])


def test_the_highest_wages_before_2023_are_a_gap() -> None:
    assert is_missing(found(2022, [grown(120_000_001)])[0])
    assert is_missing(found(2019, [grown(362_500_001)])[0])


# What holds of any year.


@settings(max_examples=40, deadline=None)
@given(
    wages=st.integers(0, 119_000_000), more=st.integers(0, 1_000_000), year=st.sampled_from(YEARS)
)
def test_the_tax_lies_between_zero_and_the_wages_and_rises(
    wages: int, more: int, year: int
) -> None:
    # §59② 3호 takes a half of each won above 70 million from the limit: still less than the won.
    low, high = found(year, [grown(wages), grown(wages + more)])
    assert 0 <= low <= high <= wages + more
    assert high - low <= more + 10


@settings(max_examples=30, deadline=None)
@given(wages=WAGES)
def test_the_local_tax_is_a_tenth(wages: int) -> None:
    (national,) = found(2026, [grown(wages)])
    assert found(2026, [grown(wages)], "local_income_tax_year") == [national // 10]


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("size", [1, 2, 4, 8])
def test_households_of_every_size(year: int, size: int) -> None:
    result = found(year, [grown(30_000_000) for _ in range(size)])
    assert result == [tax(year, 30_000_000, 150 * MAN)] * size
