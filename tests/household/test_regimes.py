"""Readings of the law: each variable sees those that matter to it, and no more."""

from __future__ import annotations

import pytest

from donghaeng.household import assess
from donghaeng.household.regimes import (
    Reading,
    Spread,
    has_default,
    is_published,
    matters,
    readings,
    readings_of_each,
    spread,
)
from donghaeng.rules import Book, Law
from donghaeng.rules.missing import Missing

from .town import FILES, NUMBERS, alone, answered, read, town_on

LAW = town_on()
BOTH = """\
from donghaeng.rules import HOUSEHOLD, MONTH, Money, Role, rule, per_month, Rounding

@rule(entity=HOUSEHOLD, period=MONTH, role=Role.BENEFIT, rounding=Rounding.DOWN,
      label=("둘", "Both"), citation="조례 §12")
def both(rent_help: Money, winter_grant_year: Money) -> Money:
    return rent_help + per_month(winter_grant_year)
"""


def open_(name: str) -> bool:
    """Nothing is settled."""
    return False


def with_default(status: str) -> Law:
    """The town where the narrow reading of the rent is usual, known with ``status``."""
    settled = f"regimes: [narrow, wide], default: narrow, status: {status}"
    numbers = NUMBERS.replace("regimes: [narrow, wide], status: unverified", settled)
    assert numbers != NUMBERS
    return Book({**FILES, "town/numbers.yaml": numbers}).on("2024-07-01")


def test_choices_that_never_meet_are_not_multiplied() -> None:
    found = readings_of_each(LAW, ["rent_help", "winter_grant_year"], open_)
    assert [reading.words for reading in found["rent_help"]] == [
        {"rent_reading": "narrow"},
        {"rent_reading": "wide"},
    ]
    assert [reading.words for reading in found["winter_grant_year"]] == [
        {"winter_rest": "dropped"},
        {"winter_rest": "kept"},
    ]


def test_readings_of_everything_at_once_are_multiplied() -> None:
    found = readings(LAW, ["rent_help", "winter_grant_year"], open_)
    assert len({tuple(reading.words.items()) for reading in found}) == 2 * 2


def test_variables_that_rest_on_the_same_choice_share_its_readings() -> None:
    found = readings_of_each(LAW, ["rent_help", "total_present"], open_)
    assert found["rent_help"] is found["total_present"]


def test_what_rests_on_a_part_of_the_choices_shares_the_wider_readings() -> None:
    law = Book({**FILES, "town/both.py": BOTH}).on("2024-07-01")
    found = readings_of_each(law, ["rent_help", "winter_grant_year", "both"], open_)
    assert found["rent_help"] is found["winter_grant_year"] is found["both"]
    assert len(found["both"]) == 4
    (answer,) = assess(law, [read(alone(), law)])
    spreads = {item.name: item.spread for item in answer.undetermined}
    # 100,000 or 200,000, and a twelfth of 150,000 or 150,500: 12,500 or 12,541.67.
    assert spreads["rent_help"].by_regime == {"narrow": 100_000, "wide": 200_000}
    assert spreads["both"].by_regime == {
        "narrow + dropped": 112_500,
        "narrow + kept": 112_541,
        "wide + dropped": 212_500,
        "wide + kept": 212_541,
    }


def test_without_an_open_choice_there_is_one_reading() -> None:
    (only,) = readings_of_each(LAW, ["support"], open_)["support"]
    assert only.words == {}
    named = LAW.under(rent_reading="wide")
    (only,) = readings_of_each(named, ["rent_help"], open_)["rent_help"]
    assert named.values["rent_reading"] == only.law.values["rent_reading"]


def test_asked_about_nothing_there_is_nothing() -> None:
    assert readings_of_each(LAW, [], open_) == {}


def test_each_reading_is_the_law_with_its_choice_made() -> None:
    amounts = {
        reading.words["rent_reading"]: reading.law.evaluate(read(alone()), ["rent_help"])[
            "rent_help"
        ]
        for reading in readings_of_each(LAW, ["rent_help"], open_)["rent_help"]
    }
    assert amounts == {"narrow": 100_000, "wide": 200_000}


def test_a_default_settles_an_amount_and_only_a_published_one_settles_a_total() -> None:
    for status, single in (("unverified", False), ("secondary", False), ("press", True)):
        law = with_default(status)
        assert has_default(law)("rent_reading")
        assert is_published(law)("rent_reading") is single
        (answer,) = assess(law, [read(alone(), law)])
        assert answer.amounts["rent_help"] == 100_000
        total = answer.total("present")
        assert (total.lowest, total.highest) == (300_000, 300_000 if single else 400_000)


def test_a_default_that_was_taken_is_listed_with_its_status() -> None:
    law = with_default("unverified")
    (answer,) = assess(law, [read(alone(), law)])
    (taken,) = [each for each in answer.assumptions if each.kind == "regime"]
    assert (taken.name, taken.value, taken.status) == ("rent_reading", "narrow", "unverified")


def test_readings_that_are_all_compared_are_no_assumption() -> None:
    assert [each for each in answered(alone()).assumptions if each.kind == "regime"] == []
    named = {each.name: each.value for each in answered(alone(), "wide", "kept").assumptions}
    assert (named["rent_reading"], named["winter_rest"]) == ("wide", "kept")


def two_by_two() -> list[Reading]:
    return [
        Reading(LAW, {"a": first, "b": second}) for first in ("x", "y") for second in ("u", "v")
    ]


@pytest.mark.parametrize(
    ("values", "mattering", "by_regime"),
    [
        ((5, 5, 5, 5), [], {"all": 5}),
        ((5, 5, 7, 7), ["a"], {"x": 5, "y": 7}),
        ((5, 7, 5, 7), ["b"], {"u": 5, "v": 7}),
        ((5, 7, 7, 7), ["a", "b"], {"x + u": 5, "x + v": 7, "y + u": 7, "y + v": 7}),
        ((5, 7, 7, 5), ["a", "b"], {"x + u": 5, "x + v": 7, "y + u": 7, "y + v": 5}),
    ],
)
def test_only_choices_that_make_a_difference_are_named(
    values: tuple[int, ...], mattering: list[str], by_regime: dict[str, int]
) -> None:
    made = two_by_two()
    assert [name for name in ("a", "b") if matters(name, made, values)] == mattering
    assert spread(made, values) == Spread(min(values), max(values), by_regime)


def test_one_reading_that_is_undetermined_leaves_the_bounds_open() -> None:
    made = two_by_two()
    assert spread(made, [1, 2, 3, Missing("rent")]) == Spread(None, None)
    assert Spread(3, 3).single == 3
    assert Spread(3, 4).single is None
