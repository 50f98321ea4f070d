"""Rounding, dates and brackets against their definitions in exact fractions."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghaeng.rules import (
    Schedule,
    age_in_months,
    age_in_years,
    by_brackets,
    months_between,
    per_month,
    round_down,
    round_nearest,
    round_up,
)
from donghaeng.rules.arithmetic import quotient
from donghaeng.rules.missing import Missing, MissingValue

AMOUNTS = st.one_of(
    st.integers(-(10**15), 10**15),
    st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6),
)
MULTIPLES = st.sampled_from([1, 7, 10, 100, 1000])
DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))


@given(AMOUNTS, MULTIPLES)
def test_round_down_is_the_largest_multiple_not_above(amount: int | Fraction, to: int) -> None:
    result = round_down(amount, to)
    assert type(result) is int
    assert result % to == 0
    assert result <= amount < result + to


@given(AMOUNTS, MULTIPLES)
def test_round_up_is_the_smallest_multiple_not_below(amount: int | Fraction, to: int) -> None:
    result = round_up(amount, to)
    assert type(result) is int
    assert result % to == 0
    assert result - to < amount <= result


@given(AMOUNTS, MULTIPLES)
def test_round_nearest_is_at_most_half_a_multiple_away_and_a_half_goes_up(
    amount: int | Fraction, to: int
) -> None:
    result = round_nearest(amount, to)
    assert type(result) is int
    assert result % to == 0
    assert Fraction(-to, 2) <= amount - result < Fraction(to, 2)


def test_a_half_goes_up_below_zero_as_well() -> None:
    assert [round_nearest(Fraction(n, 2)) for n in (-3, -1, 1, 3)] == [-1, 0, 1, 2]
    assert [round_nearest(n, to=10) for n in (-15, -5, 5, 15)] == [-10, 0, 10, 20]
    assert (round_down(-1, to=10), round_up(-1, to=10)) == (-10, 0)


@given(AMOUNTS)
def test_a_twelfth_of_a_year_is_exact(amount: int | Fraction) -> None:
    assert per_month(amount) * 12 == amount


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    thresholds = sorted(draw(st.sets(st.integers(0, 10**9), min_size=1, max_size=6)))
    rates = st.fractions(min_value=0, max_value=1, max_denominator=1000)
    return Schedule(thresholds, [draw(rates) for _ in thresholds])


def by_parts(amount: int | Fraction, schedule: Schedule) -> Fraction:
    """Bracket by bracket, as a taxpayer would add it up."""
    total = Fraction(0)
    ends = [*schedule.thresholds[1:], None]
    for start, end, rate in zip(schedule.thresholds, ends, schedule.rates, strict=True):
        top = amount if end is None else min(amount, end)
        total += max(Fraction(top) - start, Fraction(0)) * rate
    return total


@given(AMOUNTS, schedules())
def test_brackets_add_up_the_parts(amount: int | Fraction, schedule: Schedule) -> None:
    assert by_brackets(amount, schedule) == by_parts(amount, schedule)


def test_an_amount_on_a_threshold_belongs_to_the_bracket_below() -> None:
    schedule = Schedule([0, 1_000, 5_000], [Fraction(6, 100), Fraction(15, 100), Fraction(1, 3)])
    assert [by_brackets(n, schedule) for n in (-5, 0, 1_000, 1_001, 5_000, 5_003)] == [
        0,
        0,
        60,
        Fraction(6015, 100),
        660,
        661,
    ]


@given(DAYS, DAYS)
def test_years_of_age_count_the_birthdays_that_have_come(
    birth: datetime.date, day: datetime.date
) -> None:
    birth, day = sorted((birth, day))
    reached = sum(
        (year, birth.month, birth.day) <= (day.year, day.month, day.day)
        for year in range(birth.year + 1, day.year + 1)
    )
    assert age_in_years(birth, day) == reached


@given(DAYS, DAYS)
def test_twelve_months_of_age_are_a_year(birth: datetime.date, day: datetime.date) -> None:
    assert age_in_months(birth, day) // 12 == age_in_years(birth, day)


@given(DAYS, DAYS, DAYS)
def test_calendar_months_add_up(
    first: datetime.date, second: datetime.date, third: datetime.date
) -> None:
    whole = months_between(first, second) + months_between(second, third)
    assert whole == months_between(first, third)
    assert months_between(first, second) == -months_between(second, first)


def test_the_days_of_a_month_do_not_count_between_months() -> None:
    assert months_between(datetime.date(2024, 1, 31), datetime.date(2024, 2, 1)) == 1
    assert months_between(datetime.date(2024, 1, 1), datetime.date(2024, 1, 31)) == 0


def test_who_was_born_on_29_february_completes_a_year_on_1_march() -> None:
    birth = datetime.date(2000, 2, 29)
    assert age_in_years(birth, datetime.date(2023, 2, 28)) == 22
    assert age_in_years(birth, datetime.date(2023, 3, 1)) == 23
    assert age_in_years(birth, datetime.date(2024, 2, 28)) == 23
    assert age_in_years(birth, datetime.date(2024, 2, 29)) == 24


def test_a_schedule_is_equal_to_its_like_only() -> None:
    one = Schedule([0, 10], [0, Fraction(1, 2)])
    assert one == Schedule([0, 10], [Fraction(0), Fraction(2, 4)])
    assert hash(one) == hash(Schedule([0, 10], [0, Fraction(1, 2)]))
    assert one != Schedule([0, 11], [0, Fraction(1, 2)])
    assert one != Schedule([0, 10], [0, Fraction(1, 3)])


@pytest.mark.parametrize(
    "use",
    [
        lambda missing: quotient(missing, 2),
        lambda missing: quotient(2, missing),
        lambda missing: quotient(Fraction(1, 3), missing),
        lambda missing: round_down(missing, to=10),
        lambda missing: round_up(missing),
        lambda missing: round_nearest(missing, to=100),
        lambda missing: per_month(missing),
    ],
)
def test_what_is_missing_is_named_wherever_it_is_used(use: Callable[[Any], Any]) -> None:
    with pytest.raises(MissingValue) as raised:
        use(Missing("p1.earnings"))
    assert raised.value.blockers == frozenset({"p1.earnings"})
