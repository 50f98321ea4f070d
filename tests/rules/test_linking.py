"""The law of one day holds together, or the first thing that does not is named."""

from __future__ import annotations

import pytest
from tests.rules.laws import (
    FACTS,
    LAW,
    MONTHLY,
    NUMBERS,
    STATE,
    answer,
    book,
    law_of,
    line_of,
    parameter,
    refused,
)

PERSONS = """\
pay = fact(PERSON, Money, period=MONTH, label=("월급", "Pay"))
bonus = fact(PERSON, Money, period=YEAR, label=("상여", "Bonus"))
adult = fact(PERSON, bool, label=("성인", "Adult"))
house = fact(HOUSEHOLD, bool, label=("집", "House"))
"""


def rule(name: str, arguments: str, value: str, returns: str = "Count", more: str = "") -> str:
    head = MONTHLY if returns == "Money" else STATE
    return f"{head[:-1]}{more})\ndef {name}({arguments}) -> {returns}:\n    return {value}\n"


def test_an_unknown_name_is_named_with_the_nearest() -> None:
    law = FACTS + rule("answer", "romos: Count", "romos")
    fault = refused(law)
    assert fault.message == "'answer' uses 'romos', which nothing declares"
    assert fault.remedy == "did you mean 'rooms'?"
    assert (fault.file, fault.line) == (LAW, line_of(law, "def answer"))


def test_an_aggregation_of_an_unknown_name_is_named_with_the_nearest() -> None:
    law = PERSONS + 'total = sum_over(HOUSEHOLD, "pya", label=("합", "Total"))\n'
    fault = refused(law)
    assert fault.message == "'total' uses 'pya', which nothing declares"
    assert fault.remedy == "did you mean 'pay'?"
    assert (fault.file, fault.line) == (LAW, line_of(law, "total"))


def test_a_cycle_is_named_with_its_whole_path() -> None:
    law = (
        rule("start", "one: Count", "one")
        + rule("one", "two: Count", "two")
        + rule("two", "three: Count", "three + 1")
        + rule("three", "one: Count", "one")
    )
    fault = refused(law)
    assert fault.message == "a variable depends on itself: one → two → three → one"
    assert (fault.file, fault.line) == (LAW, line_of(law, "def one"))
    assert "a fact with a date" in fault.remedy


def test_a_cycle_through_an_aggregation_is_a_cycle() -> None:
    law = 'total = sum_over(HOUSEHOLD, "share", label=("합", "Total"))\n' + rule(
        "share", "total: Money", "total", "Money"
    ).replace("entity=HOUSEHOLD", "entity=PERSON")
    assert refused(law).message == "a variable depends on itself: total → share → total"


def test_a_rule_that_depends_on_itself_is_a_cycle() -> None:
    fault = refused(rule("answer", "answer: Count", "answer"))
    assert fault.message == "a variable depends on itself: answer → answer"


LATER = parameter("number", "count", 3).replace("2020-01-01", "2023-01-01")


def test_a_parameter_without_a_value_on_the_day_says_how_to_declare_the_gap() -> None:
    law = rule("answer", "number: Count", "number")
    fault = refused(law, f"# numbers\n{LATER}", "2022-12-31")
    assert fault.message == "'answer' uses 'number', a parameter without a value on 2022-12-31"
    assert (fault.file, fault.line) == (LAW, line_of(law, "def answer"))
    assert f"{NUMBERS}:2" in fault.remedy
    assert "2022-01-01: {value: gap, status: gap}" in fault.remedy
    assert answer(book(law, LATER).on("2023-01-01")) == 3


def test_a_yearly_parameter_has_no_value_in_the_next_year() -> None:
    law = rule("answer", "number: Count", "number")
    yearly = parameter("number", "count", 3, extra="yearly: true, ")
    assert answer(book(law, yearly).on("2020-12-31")) == 3
    assert "without a value on 2021-01-01" in refused(law, yearly, "2021-01-01").message


def test_a_parameter_that_no_rule_uses_may_be_without_a_value() -> None:
    assert answer(book(rule("answer", "", "1"), LATER).on("2022-12-31")) == 1


PARAMETERS = (
    parameter("amount", "money", 5)
    + parameter("share", "rate", "1/3")
    + parameter("table", "count", "{1: 1}", extra="keys: {size: [1, 1]}, ")
    + parameter("scale", "rate", "{0: 1%}", extra="brackets: true, ")
    + parameter("first", "day", "2020-02-02")
    + parameter("open", "flag", "true")
)


@pytest.mark.parametrize(
    ("name", "wrong", "right"),
    [
        ("income", "Count", "Money"),
        ("rooms", "Money", "Count"),
        ("farm", "Count", "bool"),
        ("since", "Count", "Day"),
        ("colour", "Count", "Colour"),
        ("amount", "Count", "Money"),
        ("share", "Money", "Rate"),
        ("table", "Count", "Table"),
        ("table", "Schedule", "Table"),
        ("scale", "Rate", "Schedule"),
        ("first", "Count", "Day"),
        ("open", "Count", "bool"),
        ("assessment_day", "Count", "Day"),
    ],
)
def test_a_wrong_type_is_named_with_the_right_one(name: str, wrong: str, right: str) -> None:
    law = FACTS + rule("answer", f"{name}: {wrong}", "1")
    fault = refused(law, PARAMETERS)
    assert f"'answer' takes {name}" in fault.message.replace(repr(name), name)
    assert fault.message.endswith(f"as {wrong}")
    assert fault.remedy == f"{name}: {right}"
    assert (fault.file, fault.line) == (LAW, line_of(law, "def answer"))


def test_a_choice_needs_an_enumeration_with_its_words() -> None:
    numbers = parameter("tone", "choice", "red")
    law = law_of(FACTS + rule("answer", "tone: Colour", "tone", "Colour"), numbers)
    assert answer(law).word == "red"
    fault = refused(
        FACTS + rule("answer", "tone: Colour", "tone", "Colour"), numbers.replace("red", "pink")
    )
    assert fault.message == "'answer' takes 'tone' as Colour"
    assert fault.remedy == "an Enumeration with the words pink"


def test_a_rule_of_a_household_does_not_use_what_is_a_persons() -> None:
    law = PERSONS + rule("answer", "pay: Money", "pay", "Money")
    fault = refused(law)
    assert fault.message == "'answer' of a household uses 'pay' of a person"
    assert fault.remedy == 'declare sum_over(HOUSEHOLD, "pay", ...) and use that'
    assert (fault.file, fault.line) == (LAW, line_of(law, "def answer"))


AGGREGATIONS = [
    (
        'sum_over(HOUSEHOLD, "bonus", label=("합", "T"))',
        "about a month, 'bonus' about a year",
        "period=YEAR",
    ),
    (
        'max_over(HOUSEHOLD, "pay", label=("합", "T"))',
        "about a point, 'pay' about a month",
        "period=MONTH",
    ),
    ('sum_over(HOUSEHOLD, "adult", label=("합", "T"))', "gathers 'adult', a flag", "value_type="),
    (
        'any_over(HOUSEHOLD, "pay", label=("합", "T"))',
        "gathers 'pay', money a month",
        "value_type=",
    ),
    (
        'count_over(HOUSEHOLD, "pay", label=("합", "T"))',
        "gathers 'pay', money a month",
        "value_type=",
    ),
    (
        'any_over(HOUSEHOLD, "house", label=("합", "T"))',
        "gathers 'house', which is no person's",
        "",
    ),
    (
        'sum_over(unit(member="house"), "pay", label=("합", "T"))',
        "gathers 'house', which is no",
        "",
    ),
    (
        'sum_over(children_by("pey"), "pay", label=("합", "T"))',
        "uses 'pey', which nothing",
        "'pay'",
    ),
]


@pytest.mark.parametrize(
    ("declared", "message", "remedy"), AGGREGATIONS, ids=[each[0] for each in AGGREGATIONS]
)
def test_an_aggregation_gathers_what_it_says(declared: str, message: str, remedy: str) -> None:
    fault = refused(f"{PERSONS}total = {declared}\n")
    assert fault.message.startswith("'total' ")
    assert message in fault.message
    assert (fault.file, fault.line) == (LAW, 6)
    assert remedy in fault.remedy


def test_a_rule_that_is_not_in_force_on_the_day_cannot_be_used() -> None:
    law = rule("new", "", "7", more=', valid_from="2023-01-01"') + rule(
        "answer", "new: Count", "new"
    )
    fault = refused(law, day="2022-12-31")
    assert fault.message == "'answer' uses 'new', of which no version is in force on 2022-12-31"
    assert "valid_from=" in fault.remedy
    assert (fault.file, fault.line) == (LAW, line_of(law, "def answer"))
    assert answer(book(law).on("2023-01-01")) == 7


def test_everything_comes_after_what_it_needs() -> None:
    law = law_of(
        rule("one", "two: Count, three: Count", "two + three")
        + rule("two", "three: Count", "three")
        + rule("three", "rooms: Count", "rooms")
        + 'rooms = fact(HOUSEHOLD, Count, label=("방", "Rooms"))\n'
    )
    assert law.order(["one"]) == ["rooms", "three", "two", "one"]
    assert law.order(["three"]) == ["rooms", "three"]
    assert law.links.order.index("two") < law.links.order.index("one")
