"""서울형 기초보장: published amounts, who is left out, and what is not known."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donghaeng.rules import is_missing

from .households import SIZES, adults, found

# Savings at the limit: (155 m − 99 m − 5 m) × 6.26 % = 3,192,600 won, above the housing line of four.
SAVINGS = 155_000_000


def amount(date: str, income: int = 0, size: int = 1, **facts: Any) -> Any:
    given_facts = {"financial_property": SAVINGS, **facts}
    values = found(date, "seoul_basic_security", income=income, persons=adults(size), **given_facts)
    return values["seoul_basic_security"]


@pytest.mark.parametrize(
    ("date", "size", "published"),
    [
        ("2024-07", 1, 356_551),  # Asia Economy 2024-01-18
        ("2024-07", 2, 589_218),
        ("2025-07", 1, 382_730),  # Asia Economy 2025-01-21 and 2026-01-29
        ("2025-07", 4, 975_650),
        ("2026-07", 1, 410_280),  # Asia Economy 2026-01-29
        ("2026-07", 4, 1_039_160),
    ],
)
def test_the_greatest_amounts_are_those_that_were_published(
    date: str, size: int, published: int
) -> None:
    assert amount(date, size=size) == published


@pytest.mark.parametrize(
    ("size", "line"), [(1, 1_148_166), (4, 2_926_931)]
)  # Asia Economy 2025-01-21
def test_the_line_of_2025_as_published(size: int, line: int) -> None:
    values = found("2025-07", "seoul_basic_security_line", persons=adults(size))
    assert values["seoul_basic_security_line"] == line
    assert is_missing(amount("2025-07", line, size))
    assert amount("2025-07", line + 1, size) == 0


def test_how_it_falls_with_income_is_not_known_and_said() -> None:
    value = amount("2026-07", 1)
    assert is_missing(value)
    assert value.blockers == {"parameter:seoul_basic_security_with_income"}


@given(year=st.integers(2021, 2027), income=st.integers(0, 6_000_000), size=st.sampled_from(SIZES))
@settings(max_examples=60, deadline=None)
def test_nobody_gets_it_beside_the_national_benefits(year: int, income: int, size: int) -> None:
    names = ("seoul_basic_security", "livelihood_benefit", "housing_entitled")
    values = found(f"{year}-07", *names, income=income, persons=adults(size))
    if values["livelihood_benefit"] > 0 or values["housing_entitled"]:
        assert values["seoul_basic_security"] == 0


def test_a_recipient_of_livelihood_is_asked_nothing_more() -> None:
    assert found("2025-07", "seoul_basic_security")["seoul_basic_security"] == 0


def test_only_in_seoul() -> None:
    assert amount("2025-07", region="busan") == 0


def test_property_above_the_limit() -> None:
    assert amount("2025-07", financial_property=SAVINGS + 1) == 0
    in_doubt = {"financial_property": 0, "general_property": 200_000_000}
    assert is_missing(amount("2025-07", debts=45_000_000, **in_doubt))
    assert amount("2025-07", debts=44_999_999, **in_doubt) == 0


def test_a_supporter_of_high_income() -> None:
    able = {"supporters_exist": True, "support_finding": "able"}
    assert amount("2025-07", supporters_income_year=130_000_001, **able) == 0
    assert amount("2025-07", supporters_income_year=130_000_000, **able) == 382_730


@pytest.mark.parametrize("date", ["2021-07", "2022-07", "2023-12", "2027-07"])
def test_years_whose_amounts_were_not_read_are_open_below_the_line_and_known_above(
    date: str,
) -> None:
    # 134 m is within both limits; converted it is above the housing line of every one of these years.
    assert is_missing(amount(date, financial_property=134_000_000))
    assert amount(date, 1_400_000, financial_property=134_000_000) == 0


def test_what_is_received_is_taken_before_what_is_computed() -> None:
    name = "counted_seoul_basic_security"
    known = {"financial_property": SAVINGS}
    assert found("2025-07", name, **known)[name] == 382_730
    received = {"seoul_basic_security_received": 200_000}
    assert found("2025-07", name, income=1, **known, **received)[name] == 200_000


@pytest.mark.parametrize("year", range(2021, 2028))
@pytest.mark.parametrize("size", SIZES)
def test_plain_households_have_an_amount_every_year(year: int, size: int) -> None:
    for income in (0, 9_000_000):
        values = found(f"{year}-07", "seoul_basic_security", income=income, persons=adults(size))
        assert values["seoul_basic_security"] == 0
