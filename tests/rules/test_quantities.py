"""A rule adds and compares only what belongs together, and ends in whole amounts."""

from __future__ import annotations

from typing import Any

import pytest
from tests.rules.laws import (
    FACTS,
    LAW,
    MONTHLY,
    ROUNDED,
    STATE,
    answer,
    body_law,
    line_of,
    parameter,
    refused,
)

NUMBERS = (
    parameter("share", "rate", "1/3")
    + parameter("converted", "rate/month", "4%/12")
    + parameter("income_scale", "rate", "{0: 6%}", extra="brackets: true, ")
    + parameter("table", "money/month", "{1: 10, 2: 20}", extra="keys: {size: [1, 2]}, ")
    + parameter(
        "shades",
        "money/month",
        "{red: 1, blue: 2, green: 3}",
        extra="keys: {colour: [red, blue, green]}, ",
    )
    + parameter("temper", "money/month", "{hot: 1, cold: 2}", extra="keys: {temper: [hot, cold]}, ")
)
ARGUMENTS = (
    "income: Money, rent: Money, bonus: Money, wealth: Money, rooms: Count, farm: bool, colour: Colour, "
    "since: Day, share: Rate, converted: Rate, income_scale: Schedule, table: Table, shades: Table, "
    "temper: Table, assessment_day: Day"
)
CLASHES = [
    ("return rent + bonus", "money a month + money a year", "per_month"),
    ("return rent - wealth", "money a month - money", "per_month"),
    ("return rent + rooms", "money a month + a plain number", "one unit and period"),
    ("return rent + 1", "money a month + a plain number", "one unit and period"),
    ("return rent + share", "money a month + a plain number", "one unit and period"),
    ("if rent > wealth:\n    return rent\nreturn 0", "money a month > money", "are compared"),
    ("if rent > 100:\n    return rent\nreturn 0", "money a month > a plain number", "are compared"),
    ("if rent == colour:\n    return rent\nreturn 0", "money a month == a choice of Colour", ""),
    ("if farm == colour:\n    return rent\nreturn 0", "a flag == a choice of Colour", ""),
    ("if since == colour:\n    return rent\nreturn 0", "a day == a choice of Colour", ""),
    (
        "if colour < Colour.RED:\n    return rent\nreturn 0",
        "choices have no order for <",
        "== or !=",
    ),
    ("return per_month(rent)", "per_month of money a month", "an amount of a year"),
    ("return per_month(wealth)", "per_month of money", "an amount of a year"),
    ("if rent:\n    return rent\nreturn 0", "a condition is given money a month", "a flag"),
    ("if farm and rooms:\n    return rent\nreturn 0", "and, or and not is given", "a flag"),
    ("if not rent:\n    return rent\nreturn 0", "and, or and not is given", "a flag"),
    ("return min(rent, rooms)", "min is money a month, it also is a plain number", ""),
    ("return rent if farm else wealth", "one branch is money a month, the other is money", ""),
    ("return rent * farm", "a flag stands where a number is needed", ""),
    ("return rent * colour", "a choice of Colour stands where a number is needed", ""),
    ("return round_down(since)", "a day stands where a number is needed", ""),
    ("return rent * table", "a table stands where a value is needed", ""),
    ("return rent * income_scale", "a schedule stands where a value is needed", ""),
    ("return rent * age_in_years(rent, since)", "age_in_years is given money a month", "a day"),
    ("return by_brackets(rent, table)", "'table' is a table, no schedule", ""),
    ("return by_brackets(farm, income_scale)", "a flag stands where a number is needed", ""),
    ("return rent[1]", "'rent' is money a month, no table", ""),
    ("return table[1, 2]", "'table' has 1 keys, 2 are given", ""),
    ("return table[rent]", "'table' is looked up by money a month", "by a whole number"),
    ("return table[rooms / 3]", "'table' is looked up by a plain number", "by a whole number"),
    ("return table[colour]", "'table' is looked up by a choice of Colour", "by a whole number"),
    ("return shades[1]", "'shades' is looked up by a plain number", "red, blue, green"),
    ("return temper[colour]", "'temper' is looked up by a choice of Colour", "hot, cold"),
]


@pytest.mark.parametrize(("body", "message", "remedy"), CLASHES, ids=[each[0] for each in CLASHES])
def test_what_does_not_belong_together_is_refused(body: str, message: str, remedy: str) -> None:
    lines = body.replace("\n", "\n    ")
    law = f"{FACTS}\n{ROUNDED}\ndef answer({ARGUMENTS}) -> Money:\n    {lines}\n"
    fault = refused(law, NUMBERS)
    assert message in fault.message
    assert fault.message.startswith("rule 'answer'")
    assert fault.file == LAW
    head = line_of(law, "def answer")
    assert fault.line in (head, head + 1)  # an argument that stands alone is where it is declared
    assert remedy in fault.remedy


RESULTS = [
    ("return wealth", "Money", "returns money", "money a month: unit or period"),
    ("return bonus", "Money", "returns money a year", "money a month: unit or period"),
    ("return rooms", "Money", "returns a plain number", "money a month: unit or period"),
    ("return farm", "Money", "returns a flag", "declared as Money"),
    ("return rent", "Count", "returns money a month", "a plain number: unit or period"),
    (
        "return rooms * share",
        "Count",
        "may return a fraction and names no rounding",
        "Rounding.DOWN",
    ),
    ("return rooms", "bool", "returns a plain number", "declared as bool"),
    ("return farm", "Day", "returns a flag", "declared as Day"),
    ("return farm", "Colour", "returns a flag", "declared as Colour"),
    (
        "return rent * share",
        "Money",
        "may return a fraction and names no rounding",
        "Rounding.DOWN",
    ),
    ("return rent / 2", "Money", "may return a fraction and names no rounding", "Rounding.DOWN"),
    ("return per_month(bonus)", "Money", "may return a fraction and names no rounding", "DOWN"),
    ("return by_brackets(rent, income_scale)", "Money", "may return a fraction", "Rounding.DOWN"),
    ("return wealth * share", "Money", "returns money", "money a month: unit or period"),
]


@pytest.mark.parametrize(
    ("body", "returns", "message", "remedy"), RESULTS, ids=[f"{e[0]} -> {e[1]}" for e in RESULTS]
)
def test_a_result_is_what_the_rule_declares(
    body: str, returns: str, message: str, remedy: str
) -> None:
    head = MONTHLY if returns == "Money" else STATE
    law = f"{FACTS}\n{head}\ndef answer({ARGUMENTS}) -> {returns}:\n    {body}\n"
    fault = refused(law, NUMBERS)
    assert message in fault.message
    assert fault.file == LAW
    assert fault.line in (line_of(law, head), line_of(law, "def answer"))
    assert remedy in fault.remedy


ALLOWED = [
    ("return rent + per_month(bonus)", 10 + 100),
    ("return rent + 0", 10),
    ("return max(0, income - rent)", 0),
    ("return wealth * converted", 3),
    ("return rent * share * rooms", 10),
    ("return rent + wealth * converted", 13),
    ("return rent * (1 - share)", 6),
    ("return by_brackets(wealth * converted, income_scale)", 0),
    ("return table[min(rooms, 2)]", 20),
    ("return shades[colour] + table[2]", 22),
    ("if rent > 0:\n    return 0\nreturn rent", 0),
]


@pytest.mark.parametrize(("body", "expected"), ALLOWED, ids=[each[0] for each in ALLOWED])
def test_what_belongs_together_is_computed(body: str, expected: int) -> None:
    facts: dict[str, Any] = {
        "income": 5,
        "rent": 10,
        "bonus": 1200,
        "wealth": 1000,
        "rooms": 3,
        "colour": "blue",
    }
    assert answer(body_law(ARGUMENTS, body, head=ROUNDED, numbers=NUMBERS), **facts) == expected


def test_a_rate_a_month_makes_a_months_amount_of_a_stock_and_of_nothing_else() -> None:
    law = body_law(
        "wealth: Money, converted: Rate", "return wealth * converted", head=ROUNDED, numbers=NUMBERS
    )
    assert answer(law, wealth=300) == 1
    fault = refused(
        f"{FACTS}\n{ROUNDED}\ndef answer(rent: Money, converted: Rate) -> Money:\n    return rent * converted\n",
        NUMBERS,
    )
    assert "unit or period do not match" in fault.remedy


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [
        ("DOWN", 41151),
        ("NEAREST", 41152),
        ("UP", 41152),
        ("DOWN_10", 41150),
        ("NEAREST_10", 41150),
        ("UP_10", 41160),
        ("DOWN_100", 41100),
        ("UP_100", 41200),
        ("DOWN_1000", 41000),
        ("UP_1000", 42000),
    ],
)
def test_a_declared_rounding_makes_the_exact_result_whole(rounding: str, expected: int) -> None:
    head = MONTHLY[:-1] + f", rounding=Rounding.{rounding})"
    law = body_law("rent: Money, share: Rate", "return rent * share", head=head, numbers=NUMBERS)
    assert answer(law, rent=123455) == expected


def test_a_rounding_to_tens_also_rounds_what_is_whole_already() -> None:
    head = MONTHLY[:-1] + ", rounding=Rounding.DOWN_10)"
    assert answer(body_law("rent: Money", "return rent", head=head), rent=1239) == 1230
