"""The difference of two laws: rules, parameters and facts, each with both states."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.rules.laws import FACTS, LAW, MONTHLY, STATE, book, parameter

from donghaeng.rules import Missing
from donghaeng.rules.difference import Change, spell_value

RULES = f"""
rooms = fact(HOUSEHOLD, Count, label=("방", "Rooms"), range=(1, 2))
{MONTHLY}
def answer(rooms: Count, table: Table, share: Rate) -> Money:
    return round_down(table[rooms] * share)
"""
NUMBERS = parameter("share", "rate", "30%") + parameter(
    "table", "money/month", "{1: 1000, 2: 2000}", extra="keys: {n: [1, 2]}, "
)
BASE = book(RULES, NUMBERS).on("2024-07-01")
LABEL = ("수", "Number")


def changes(rules: str = RULES, numbers: str = NUMBERS) -> list[Change]:
    return BASE.diff(book(rules, numbers).on("2024-07-01"))


def test_the_same_law_has_no_difference() -> None:
    assert changes() == []
    assert changes(f"\n# a comment\n\n{RULES}") == []
    assert changes(RULES.replace("    return", '    """Words."""\n    return')) == []


def test_choices_of_the_same_law_read_twice_are_no_difference() -> None:
    rules = (
        f"{FACTS}{STATE}\ndef answer(colour: Colour) -> bool:\n    return colour == Colour.RED\n"
    )
    before, after = book(rules).on("2024-07-01"), book(rules).on("2024-07-01")
    assert before.diff(after) == []
    after = book(rules.replace("== Colour.RED", "== Colour.BLUE")).on("2024-07-01")
    assert [change.name for change in before.diff(after)] == ["answer"]


def test_parameters_differ_cell_by_cell() -> None:
    found = changes(numbers=NUMBERS.replace("30%", "32%").replace("2: 2000", "2: 2500"))
    assert found == [
        Change("parameter", "share", LABEL, "30% (official)", "32% (official)"),
        Change("parameter", "table[2]", LABEL, "2,000 (official)", "2,500 (official)"),
    ]


def test_a_status_is_a_difference() -> None:
    found = changes(
        numbers=NUMBERS.replace("value: 30%, status: official", "value: 30%, status: press")
    )
    assert found == [Change("parameter", "share", LABEL, "30% (official)", "30% (press)")]


def test_a_gap_is_a_difference() -> None:
    found = changes(numbers=NUMBERS.replace("1: 1000", "1: gap"))
    (change,) = found
    assert (change.name, change.before) == ("table[1]", "1,000 (official)")
    assert "1,000" not in change.after
    assert "gap" in change.after


def test_what_is_new_has_nothing_before_and_what_is_gone_nothing_after() -> None:
    more = NUMBERS + parameter("extra", "count", 3)
    assert changes(numbers=more) == [Change("parameter", "extra", LABEL, "", "3 (official)")]
    before = book(RULES, more).on("2024-07-01")
    assert before.diff(BASE) == [Change("parameter", "extra", LABEL, "3 (official)", "")]
    rule = f"{MONTHLY}\ndef second(answer: Money) -> Money:\n    return answer\n"
    (change,) = changes(RULES + rule)
    assert (change.kind, change.name, change.before) == ("rule", "second", "")
    assert change.after == f"Act §1 ({LAW}:7)"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("* share", "* (share + share)"),
        ("round_down", "round_up"),
        ('"Benefit"', '"Aid"'),
        ('"Act §1"', '"Act §9"'),
    ],
)
def test_a_rule_that_says_something_else_is_a_difference(before: str, after: str) -> None:
    (change,) = changes(RULES.replace(before, after))
    assert (change.kind, change.name) == ("rule", "answer")
    assert change.before == f"Act §1 ({LAW}:4)"


def test_a_fact_that_says_something_else_is_a_difference() -> None:
    (change,) = changes(RULES.replace('"Rooms"), range', '"Rooms"), default=1, range'))
    assert (change.kind, change.name, change.label) == ("declaration", "rooms", ("방", "Rooms"))


def test_versions_of_one_law_differ_by_their_days() -> None:
    later = NUMBERS.replace("30%, status", "30%, status").replace(
        "source: gazette}}}\n",
        "source: gazette}, 2023-01-01: {value: 40%, status: official, source: gazette}}}\n",
        1,
    )
    law = book(RULES, later)
    assert law.on("2022-12-31").diff(law.on("2023-01-01")) == [
        Change("parameter", "share", LABEL, "30% (official)", "40% (official)")
    ]


@pytest.mark.parametrize(
    ("value", "spelt"),
    [
        (2_228_445, "2,228,445"),
        (Fraction(32, 100), "32%"),
        (Fraction(417, 10_000), "4.17%"),
        (Fraction(1, 300), "1/300"),
        (Fraction(2), "200%"),
        (True, "yes"),
        (False, "no"),
        ("up_to_10_won", "up_to_10_won"),
        (Missing("regime:x"), "open"),
    ],
    ids=repr,
)
def test_values_are_spelt_as_an_official_writes_them(value: object, spelt: str) -> None:
    assert spell_value(value) == spelt
