"""Declared ranges prove that every amount stays exact, or the law is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.laws import (
    FACTS,
    LAW,
    ROUNDED,
    answer,
    body_law,
    law_of,
    line_of,
    parameter,
    refused,
)


def sized(high: int, body: str, head: str = ROUNDED) -> str:
    """A law of one rule about money from 0 to ``high``."""
    lines = body.replace("\n", "\n    ")
    return (
        f'amount = fact(HOUSEHOLD, Money, period=MONTH, label=("액", "Amount"), range=(0, {high}))\n'
        f'rooms = fact(HOUSEHOLD, Count, label=("방", "Rooms"), range=(0, 9))\n'
        f"{head}\ndef answer(amount: Money, rooms: Count) -> Money:\n    {lines}\n"
    )


def test_a_value_that_could_pass_2_to_the_63rd_names_rule_and_line() -> None:
    law = sized(2**40, "half = amount\nhigh = half * 16777216\nreturn round_down(high / 16777216)")
    fault = refused(law)
    assert fault.message.startswith("rule 'answer': a value here can pass 2^63")
    assert (fault.file, fault.line) == (LAW, line_of(law, "high ="))
    assert "narrow the declared range" in fault.remedy


def test_a_rule_between_2_to_the_53rd_and_2_to_the_63rd_loads_and_is_exact() -> None:
    law = law_of(sized(2**40, "return round_down((amount * 2097152 + amount) / (3 * 2097152))"))
    amount = 2**40 - 1
    assert answer(law, amount=amount, rooms=1) == (amount * 2097153) // (3 * 2097152)
    assert 2**53 < law.links.analyses["answer"].largest < 2**63


def test_a_result_that_could_pass_2_to_the_53rd_is_refused() -> None:
    law = sized(2**40, "return amount * 8192")
    fault = refused(law)
    assert fault.message == "rule 'answer': the result can pass 2^53"
    assert (fault.file, fault.line) == (LAW, line_of(law, "return"))
    assert (
        law_of(sized(2**40 - 1, "return amount * 8192")).links.analyses["answer"].result.high
        < 2**53
    )


def test_a_chain_of_rules_carries_its_ranges_on() -> None:
    law = sized(10**6, "return amount * 1000000") + (
        f"{ROUNDED}\ndef more(answer: Money) -> Money:\n    return answer * 10000\n"
    )
    fault = refused(law)
    assert fault.message == "rule 'more': the result can pass 2^53"


@pytest.mark.parametrize("divisor", ["rooms", "(rooms - 1)", "(rooms - 9)", "max(rooms, 0)", "0"])
def test_a_divisor_that_may_be_0_is_refused(divisor: str) -> None:
    law = sized(1000, f"part = amount\nreturn part / {divisor}")
    fault = refused(law)
    assert fault.message == "rule 'answer': the divisor can be 0 or less"
    assert (fault.file, fault.line) == (LAW, line_of(law, "return"))
    assert "max(1, ...)" in fault.remedy


def test_a_divisor_kept_above_0_is_exact() -> None:
    law = law_of(sized(1000, "return amount / max(1, rooms)"))
    assert [answer(law, amount=100, rooms=rooms) for rooms in (0, 1, 3)] == [100, 100, 33]


TABLE = parameter("table", "money/month", "{1: 10, 2: 20, 3: 30}", extra="keys: {size: [1, 3]}, ")


@pytest.mark.parametrize(
    ("key", "reach"),
    [
        ("rooms", "1 to 9"),
        ("min(rooms, 4)", "1 to 4"),
        ("min(rooms, 3) - 1", "0 to 2"),
        ("0", "0 to 0"),
    ],
)
def test_a_key_that_may_lie_outside_its_table_is_refused(key: str, reach: str) -> None:
    law = f"{FACTS}\n{ROUNDED}\ndef answer(rooms: Count, table: Table) -> Money:\n    return table[{key}]\n"
    fault = refused(law, TABLE)
    assert fault.message == f"rule 'answer': the key of 'table' can be {reach}, its keys are 1 to 3"
    assert (fault.file, fault.line) == (LAW, line_of(law, "return"))
    assert "min(max(key, 1), 3)" in fault.remedy


def test_a_key_kept_inside_its_table_finds_its_cell() -> None:
    law = body_law("rooms: Count, table: Table", "return table[min(rooms, 3)]", numbers=TABLE)
    assert [answer(law, rooms=rooms) for rooms in (1, 2, 3, 9)] == [10, 20, 30, 30]


MIXED = law_of(
    f"""
{FACTS}
{ROUNDED}
def answer(income: Money, rent: Money, rooms: Count, farm: bool, share: Rate, scale: Schedule) -> Money:
    part = by_brackets(rent, scale) - income * share
    if farm:
        part = min(part, rent) / rooms
    return round_up(part, to=10) + rent * (1 - share) * share
""",
    parameter("share", "rate", "2/7")
    + parameter("scale", "rate", "{0: 40%, 100: 10%, 5000: 1/3}", extra="brackets: true, "),
)


@given(st.integers(-(10**9), 10**9), st.integers(0, 10**11), st.integers(1, 9), st.booleans())
def test_no_value_leaves_the_proven_range(income: int, rent: int, rooms: int, farm: bool) -> None:
    bounds = MIXED.links.analyses["answer"].result
    value = answer(MIXED, income=income, rent=rent, rooms=rooms, farm=farm)
    assert bounds.low <= value <= bounds.high
    share = Fraction(2, 7)
    taxed = Fraction(4, 10) * min(rent, 100) + Fraction(1, 10) * max(min(rent, 5000) - 100, 0)
    part = taxed + Fraction(1, 3) * max(rent - 5000, 0) - income * share
    part = min(part, Fraction(rent)) / rooms if farm else part
    tens = -((-part / 10).__floor__()) * 10
    assert value == (tens + rent * (1 - share) * share).__floor__()
