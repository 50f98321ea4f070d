"""What a rule may say computes what Python computes; whatever else it says is refused."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.laws import (
    FACTS,
    LAW,
    MONTHLY,
    ROUNDED,
    STATE,
    answer,
    body_law,
    law_of,
    line_of,
    parameter,
    refused,
)

ALLOWED = [
    ("return income + rent", 130),
    ("return income - rent", 70),
    ("return income * rooms", 300),
    ("return -income", -100),
    ("return round_down(income * 2 / 3)", 66),
    ("return round_down(income / 49 * 49)", 100),
    ("if income / 49 * 49 == income:\n    return rent\nreturn 0", 30),
    ("return round_up(income * third)", 34),
    ("return round_nearest(income * third * 2)", 67),
    ("return round_up(income * third, to=10)", 40),
    ("return round_down(income * third, 10)", 30),
    ("return min(income, rent, income + rent)", 30),
    ("return max(income, rent)", 100),
    ("return income if farm else rent", 100),
    ("return rent if not farm else income", 100),
    ("total = income\ntotal += rent\ntotal -= 0\ntotal *= 2\nreturn total", 260),
    ("total: Money = income + rent\nreturn total", 130),
    ("if farm:\n    part = income\nelse:\n    part = rent\nreturn part", 100),
    ("part = rent\nif farm:\n    part = part + income\nreturn part", 130),
    ("if not farm:\n    return 0\nelif rent < income:\n    return rent\nreturn income", 30),
    ("if not farm:\n    return 0\nelse:\n    return rent", 30),
    ("if rent <= income <= income + rent:\n    return 0\nreturn rent", 0),
    ("if income in (rent, income + rent):\n    return 0\nreturn rent", 30),
    ("if rooms not in {1, 2}:\n    return rent\nreturn 0", 30),
    ("if colour in (Colour.RED, Colour.GREEN):\n    return income\nreturn rent", 30),
    ("if colour == Colour.BLUE and farm or city:\n    return income\nreturn rent", 100),
    ("if colour != Colour.BLUE:\n    return income\nreturn rent", 30),
    (
        "if since < assessment_day:\n    return rent * months_between(since, assessment_day)\nreturn 0",
        750,
    ),
    ("return rent * age_in_years(since, assessment_day)", 60),
    ("return rent * age_in_months(since, assessment_day)", 720),
    ("'''What it is for.'''\nreturn rent", 30),
    ("income = income + rent\nreturn income", 130),
    ("if farm:\n    if city:\n        return 0\n    return rent\nreturn income", 30),
]
ARGUMENTS = (
    "income: Money, rent: Money, rooms: Count, farm: bool, city: bool, colour: Colour, since: Day, "
    "third: Rate, assessment_day: Day"
)
THIRD = parameter("third", "rate", "1/3")


@pytest.mark.parametrize(("body", "expected"), ALLOWED, ids=[body for body, _ in ALLOWED])
def test_what_is_allowed_computes_what_python_computes(body: str, expected: int) -> None:
    law = body_law(ARGUMENTS, body, numbers=THIRD)
    facts: dict[str, Any] = {
        "income": 100,
        "rent": 30,
        "rooms": 3,
        "farm": True,
        "city": False,
        "colour": "blue",
    }
    assert answer(law, since=datetime.date(2022, 6, 15), **facts) == expected


@given(st.integers(-(10**9), 10**9), st.integers(0, 10**9), st.integers(1, 9), st.booleans())
def test_a_rule_computes_what_its_function_computes(
    income: int, rent: int, rooms: int, farm: bool
) -> None:
    third = Fraction(1, 3)
    half = max(income - rent, 0) * third * 2
    if farm and rooms > 4:
        half = half + rent * third
    expected = (income if rooms == 9 else half).__floor__()
    assert answer(PYTHON, income=income, rent=rent, rooms=rooms, farm=farm) == expected


PYTHON = body_law(
    "income: Money, rent: Money, rooms: Count, farm: bool, third: Rate",
    """
    half = max(income - rent, 0) * third * 2
    if farm and rooms > 4:
        half = half + rent * third
    if rooms == 9:
        return income
    return half
    """,
    head=ROUNDED,
    numbers=THIRD,
)

REFUSED = [
    ("for person in rent:\n    pass\nreturn rent", "For", 1, "sum_over"),
    ("while farm:\n    rent = 0\nreturn rent", "While", 1, "no loops"),
    ("each = lambda amount: amount\nreturn rent", "Lambda", 1, "write the formula"),
    ("return sum([rent for _ in farm])", "'sum([rent for _ in farm])'", 1, "may be called"),
    ("total = [rent for _ in farm]\nreturn rent", "ListComp", 1, "sum_over"),
    ("total = max(rent for _ in farm)\nreturn rent", "max(", 1, "may be called"),
    ("try:\n    return rent\nexcept ValueError:\n    return 0", "Try", 1, "with if"),
    ("raise ValueError", "Raise", 1, "undetermined by itself"),
    ("share = rent\nreturn share * 0.5", "decimal number 0.5", 2, "parameter file"),
    ("return rent.numerator", "'rent.numerator'", 1, "members of an Enumeration"),
    ("return rent.__class__", "'rent.__class__'", 1, "members of an Enumeration"),
    ("return Colour.__members__", "no member '__members__'", 1, "RED, BLUE, GREEN"),
    ("if farm:\n    return rent\nreturn Colour.PINK", "no member 'PINK'", 3, "RED, BLUE, GREEN"),
    ("return print(rent)", "'print(rent)'", 1, "round_down"),
    ("return other_rule(rent)", "'other_rule(rent)'", 1, "naming its variable as an argument"),
    ("if farm:\n    return rent", "ends without returning", 1, "on every path"),
    ("share = rent", "without returning", 0, "on every path"),
    ("'''Nothing.'''", "without returning", 0, "on every path"),
    ("return", "return without a value", 1, ""),
    ("return rent\nrent = 0", "never reached", 2, ""),
    ("if farm:\n    return rent\nelse:\n    return 0\nreturn 0", "never reached", 5, ""),
    ("if farm:\n    share = rent\nreturn share", "'share' has no value here", 3, "every path"),
    ("return unheard_of", "'unheard_of' has no value here", 1, "as an argument"),
    ("return rent // 2", "FloorDiv", 1, "round_down(a / b)"),
    ("return rent % 2", "Mod", 1, "round_down"),
    ("return rent ** 2", "Pow", 1, "write the product out"),
    ("return +rent", "UAdd", 1, ""),
    ("if farm is True:\n    return rent\nreturn 0", "Is ", 1, "=="),
    ("return f'{rent}'", "JoinedStr", 1, "no text"),
    ("return 'rent'", "'rent'", 1, ""),
    ("return None", "None", 1, ""),
    ("return (half := rent)", "NamedExpr", 1, "a line of its own"),
    ("return {1: rent}[1]", "[ ]", 1, ""),
    ("return [rent][0]", "[ ]", 1, ""),
    ("if rent in farm:\n    return rent\nreturn 0", "choices written out", 1, "x in ("),
    ("rent, farm = farm, rent\nreturn rent", "Tuple", 1, ""),
    ("rent.real = 0\nreturn rent", "plain name", 1, ""),
    ("first = second = rent\nreturn first", "Assign", 1, ""),
    ("import os\nreturn rent", "Import", 1, ""),
    ("global other\nreturn rent", "Global", 1, ""),
    ("def inner() -> Money:\n    return rent\nreturn inner()", "FunctionDef", 1, ""),
    ("rent + 1\nreturn rent", "Expr", 1, ""),
    ("pass\nreturn rent", "Pass", 1, ""),
    ("assert farm\nreturn rent", "Assert", 1, ""),
    ("return round_down(rent, to=farm)", "multiple to round to", 1, ""),
    ("return round_down(rent, to=0)", "multiple to round to", 1, ""),
    ("return round_down(rent, to=-10)", "multiple to round to", 1, ""),
    ("return min(rent)", "'min(rent)'", 1, "may be called"),
    ("return max(rent, 0, key=rent)", "key=rent", 1, "may be called"),
]


@pytest.mark.parametrize(
    ("body", "message", "line", "remedy"), REFUSED, ids=[each[0] for each in REFUSED]
)
def test_what_is_not_allowed_is_refused_with_line_and_remedy(
    body: str, message: str, line: int, remedy: str
) -> None:
    lines = body.replace("\n", "\n    ")
    law = f"{FACTS}\n{MONTHLY}\ndef answer(rent: Money, farm: bool) -> Money:\n    {lines}\n"
    head = line_of(law, "def answer")
    fault = refused(law)
    assert message in fault.message
    assert (fault.file, fault.line) == (LAW, head + line)
    assert remedy in fault.remedy


HEADS = [
    ("def answer(rent: Money = 0) -> Money:", "plain names", "def rule(income: Money"),
    ("def answer(*rent: Money) -> Money:", "plain names", "def rule(income: Money"),
    ("def answer(**rent: Money) -> Money:", "plain names", "def rule(income: Money"),
    ("def answer(*, rent: Money) -> Money:", "plain names", "def rule(income: Money"),
    ("def answer(rent: Money, /) -> Money:", "plain names", "def rule(income: Money"),
    ("def answer(rent) -> Money:", "'rent' has no type", "rent: Money"),
    ("def answer(rent: 'Money') -> Money:", "'rent' has no type", "rent: Money"),
    ("def answer(rent: Money | None) -> Money:", "'rent' has no type", "rent: Money"),
    ("def answer(rent: Money):", "no type of result", "-> Money"),
    ("def answer(rent: Money) -> Rate:", "cannot return 'Rate'", "a rate stays inside"),
]


@pytest.mark.parametrize(("head", "message", "remedy"), HEADS, ids=[each[0] for each in HEADS])
def test_the_head_of_a_rule_names_every_type_and_nothing_else(
    head: str, message: str, remedy: str
) -> None:
    law = f"{FACTS}\n{MONTHLY}\n{head}\n    return rent\n"
    fault = refused(law)
    assert message in fault.message
    assert fault.file == LAW
    assert fault.line == line_of(law, "def answer")
    assert remedy in fault.remedy


def test_a_name_set_on_one_path_only_may_be_read_where_it_is_set() -> None:
    body = """
    if farm:
        share = rent
        return share
    return 0
    """
    law = body_law("rent: Money, farm: bool", body)
    assert answer(law, rent=7, farm=True) == 7
    assert answer(law, rent=7, farm=False) == 0


def test_a_rule_may_return_a_count_a_flag_a_day_and_a_choice() -> None:
    rules: dict[str, tuple[str, Any]] = {
        "Count": ("return rooms + 1", 4),
        "bool": ("return farm or rooms > 5", True),
        "Day": ("return since", datetime.date(2020, 2, 2)),
    }
    facts: dict[str, Any] = {
        "rooms": 3,
        "farm": True,
        "since": datetime.date(2020, 2, 2),
        "colour": "red",
    }
    arguments = "rooms: Count, farm: bool, since: Day, colour: Colour"
    for returns, (body, expected) in rules.items():
        found = answer(body_law(arguments, body, returns), **facts)
        assert found == expected
        assert type(found) is type(expected)
    law = body_law(arguments, "return Colour.BLUE if farm else colour", "Colour")
    assert answer(law, **facts).word == "blue"
    assert answer(law, **{**facts, "farm": False}).word == "red"


def test_two_rules_of_one_file_may_build_on_each_other_in_any_order() -> None:
    law = law_of(
        f"""
rooms = fact(HOUSEHOLD, Count, label=("방", "Rooms"))
{STATE}
def answer(double: Count) -> Count:
    return double + 1
{STATE}
def double(rooms: Count) -> Count:
    return rooms * 2
"""
    )
    assert answer(law, rooms=20) == 41
