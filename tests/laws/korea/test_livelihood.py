"""생계급여: what is missing to the line, and when a person obliged to support matters."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donghaeng.rules import is_missing

from .basic_households import SIZES, YEARS, found, members, supporters

# 생계급여 선정기준 of one person, ratio of facts §3.1 on the median of §2: 28 % of 1,562,337;
# 29 % of 1,624,831; 30 % of 1,827,831; 32 % of 2,228,445, 2,392,013 and 2,736,042.
ONE_PERSON = {
    2015: 437_454,
    2016: 471_201,
    2021: 548_349,
    2024: 713_102,
    2025: 765_444,
    2027: 875_533,
}


def livelihood(date: str, income: int = 0, **facts: Any) -> Any:
    return found(date, "livelihood_benefit", income=income, **facts)["livelihood_benefit"]


@pytest.mark.parametrize(("year", "line"), ONE_PERSON.items())
def test_without_income_the_whole_line_is_paid(year: int, line: int) -> None:
    assert livelihood(f"{year}-08") == line


@pytest.mark.parametrize(("year", "line"), ONE_PERSON.items())
def test_one_won_below_the_line_one_won_is_paid_and_none_at_it_or_above(
    year: int, line: int
) -> None:
    assert livelihood(f"{year}-08", line - 1) == 1
    assert livelihood(f"{year}-08", line) == 0
    assert livelihood(f"{year}-08", line + 1) == 0


@given(year=st.sampled_from(YEARS), income=st.integers(0, 4_000_000), size=st.sampled_from(SIZES))
@settings(max_examples=60, deadline=None)
def test_benefit_and_income_together_reach_the_line_and_never_pass_it(
    year: int, income: int, size: int
) -> None:
    # 국민기초생활 보장법 §8③
    names = ("livelihood_benefit", "livelihood_line")
    values = found(f"{year}-08", *names, income=income, persons=members(size))
    benefit, line = values["livelihood_benefit"], values["livelihood_line"]
    assert benefit == max(line - income, 0)
    assert max(benefit + income, line) == max(income, line)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("size", SIZES)
def test_it_computes_without_a_word_about_supporters(year: int, size: int) -> None:
    assert livelihood(f"{year}-08", persons=members(size)) > 0


@pytest.mark.parametrize("date", ["2015-07", "2021-09", "2021-10", "2024-07", "2027-12"])
def test_whom_the_office_excluded_because_of_a_supporter_gets_nothing(date: str) -> None:
    assert livelihood(date, supporter_excludes=True) == 0


# Facts §3.1 (secondary): above 100 m a year or 900 m; from 2025 above 130 m or 1,200 m.
LIMITS = [
    ("2021-10", 100_000_000, 900_000_000),
    ("2024-12", 100_000_000, 900_000_000),
    ("2025-01", 130_000_000, 1_200_000_000),
    ("2027-07", 130_000_000, 1_200_000_000),
]


@pytest.mark.parametrize(("date", "income", "property_"), LIMITS)
def test_only_a_supporter_above_a_limit_matters(date: str, income: int, property_: int) -> None:
    line = livelihood(date)
    at = {"supporters_income_year": income, "supporters_property": property_}
    assert livelihood(date, **supporters("able", **at)) == line
    assert (
        livelihood(date, **supporters("able", **at | {"supporters_income_year": income + 1})) == 0
    )
    assert (
        livelihood(date, **supporters("able", **at | {"supporters_property": property_ + 1})) == 0
    )


@pytest.mark.parametrize("finding", ["unable", "weak", "unavailable"])
def test_a_wealthy_supporter_whose_support_cannot_be_had_does_not_matter(finding: str) -> None:
    # 국민기초생활 보장법 §8② with §8의2
    rich = supporters(finding, supporters_income_year=200_000_000)
    assert livelihood("2025-07", **rich) == 765_444


def test_what_was_found_of_a_wealthy_supporter_is_asked_and_not_guessed() -> None:
    value = livelihood("2025-07", supporters_property=2_000_000_000)
    assert is_missing(value)
    assert value.blockers == {"support_finding"}


def test_above_the_line_a_wealthy_supporter_is_not_looked_at() -> None:
    assert livelihood("2025-07", 765_445, supporters_property=2_000_000_000) == 0


# 시행령 §7①: 18–64, 중증장애인 and those found unable excepted.


def able(born: datetime.date = datetime.date(1984, 3, 2), income: int = 0, **facts: Any) -> Any:
    person = {"birth_date": born, **facts}
    values = found("2024-07", "able_to_work_recipient", income=income, persons=[person])
    return values["able_to_work_recipient"][0]


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (datetime.date(2006, 7, 2), False),  # 17 on 1 July 2024
        (datetime.date(2006, 7, 1), True),  # 18
        (datetime.date(1959, 7, 2), True),  # 64
        (datetime.date(1959, 7, 1), False),  # 65
    ],
)
def test_recipients_of_18_to_64_are_able_to_work(born: datetime.date, expected: bool) -> None:
    assert able(born, work_obstacle="none") is expected


@pytest.mark.parametrize("obstacle", ["found_unable", "hindered"])
def test_whom_the_decree_excepts_is_not(obstacle: str) -> None:
    assert able(work_obstacle=obstacle) is False


def test_neither_is_a_person_with_a_severe_disability_nor_somebody_without_the_benefit() -> None:
    assert able(severe_disability=True) is False
    assert able(income=713_102) is False


@pytest.mark.parametrize("obstacle", ["carer", "pregnant", "service"])
def test_carers_are_able_to_work_and_the_condition_may_be_put_off(obstacle: str) -> None:
    # 시행령 §8②: the office may put the condition off; §7 does not except them.
    assert able(work_obstacle=obstacle) is True


def test_the_obstacle_is_asked_where_it_decides() -> None:
    assert is_missing(able())
