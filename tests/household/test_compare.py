"""Two households side by side: the facts that differ, and every amount that differs."""

from __future__ import annotations

from typing import Any

import pytest

from donghaeng import BadInput
from donghaeng.household.compare import AmountPair, Comparison, compare

from .town import alone, read, town_on

LAW = town_on()
ANN: dict[str, Any] = {"id": "ann", "birth_date": "1980-03-10", "earnings": 500_000}
BOB: dict[str, Any] = {"id": "bob", "birth_date": "1950-01-01", "earnings": 0}


def compared(first: dict[str, Any], second: dict[str, Any], *regimes: str) -> Comparison:
    return compare(LAW, read(first), read(second), regimes)


def facts(found: Comparison) -> dict[str, tuple[Any, Any]]:
    """First and second by fact, after the person where it is a person's."""
    return {
        f"{pair.person}.{pair.name}".removeprefix("."): (pair.first, pair.second)
        for pair in found.facts
    }


def amounts(found: Comparison) -> dict[str, tuple[Any, Any, int | None]]:
    return {pair.name: (pair.first, pair.second, pair.difference) for pair in found.amounts}


def test_what_is_the_same_is_not_told() -> None:
    found = compared(alone(), alone())
    assert (found.facts, found.amounts) == ((), ())
    assert found.first == found.second


def test_another_wage_is_told_with_all_that_it_changes() -> None:
    found = compared(alone(), alone(persons=[ANN | {"earnings": 650_000}]), "wide")
    assert facts(found) == {"ann.earnings": (500_000, 650_000)}
    # 700,000 − income; 5 % of it is a contribution; 200,000 of rent and 150,000 more earned.
    assert amounts(found) == {
        "support": (200_000, 50_000, -150_000),
        "contribution": (25_000, 32_500, 7_500),
        "total_present": (400_000, 250_000, -150_000),
        "total_disposable": (875_000, 867_500, -7_500),
    }


def test_the_pairs_carry_what_a_reader_needs() -> None:
    found = compared(alone(), alone(persons=[ANN | {"earnings": 650_000}]))
    assert found.amounts[0] == AmountPair(
        "support", ("생계지원", "Support"), "조례 §4", 200_000, 50_000
    )
    assert found.facts[0].label == ("근로소득", "Earnings")


def test_bounds_are_compared_as_bounds_and_have_no_single_difference() -> None:
    found = compared(alone(), alone(housing={"rent": 100_000}))
    assert amounts(found) == {
        "rent_help": ((100_000, 200_000), (50_000, 100_000), None),
        "total_present": ((300_000, 400_000), (250_000, 300_000), None),
        "total_disposable": ((775_000, 875_000), (725_000, 775_000), None),
    }


def test_what_is_undetermined_for_one_has_no_difference() -> None:
    found = compared(alone(), alone(place="hill"), "wide")
    assert facts(found) == {"place": ("river", "hill")}
    assert amounts(found) == {
        "rent_help": (200_000, None, None),
        "total_present": (400_000, None, None),
        "total_disposable": (875_000, None, None),
    }


def test_a_fact_that_only_one_of_them_gives_is_told() -> None:
    found = compared(alone(), alone(assets={"savings": 0}))
    assert facts(found) == {"savings": (None, 0)}
    assert found.amounts == ()


def test_an_entitlement_other_than_money_is_told_without_a_difference() -> None:
    found = compared(alone(), alone(persons=[ANN | {"earnings": 900_001}]))
    assert amounts(found)["medical_card"] == (True, False, None)


def test_somebody_who_is_only_in_one_of_them_is_told_by_every_fact() -> None:
    found = compared(alone(), alone(persons=[ANN, BOB]), "wide")
    assert facts(found) == {"bob.birth_date": (None, "1950-01-01"), "bob.earnings": (None, 0)}
    assert amounts(found)["pension"] == (0, 300_000, 300_000)


def test_persons_are_matched_by_id_and_not_by_place() -> None:
    found = compared(alone(persons=[ANN, BOB]), alone(persons=[BOB, ANN]))
    assert (found.facts, found.amounts) == ((), ())


def test_who_belongs_to_whom_is_a_difference() -> None:
    child = {"id": "kid", "birth_date": "2020-05-05", "earnings": 0}
    found = compared(
        alone(persons=[ANN, BOB, child | {"parents": ["ann"]}]),
        alone(persons=[BOB, ANN, child | {"parents": ["ann", "bob"]}]),
    )
    assert facts(found) == {"kid.second_parent": (None, "bob")}
    found = compared(
        alone(persons=[ANN, child]), alone(persons=[ANN, child | {"parents": ["ann"]}])
    )
    assert facts(found) == {"kid.first_parent": (None, "ann")}
    assert amounts(found)["parent_grant"] == (0, 100_000, 100_000)


def test_a_reading_holds_for_both() -> None:
    found = compared(alone(), alone(housing={"rent": 100_000}), "narrow")
    assert amounts(found)["rent_help"] == (100_000, 50_000, -50_000)
    with pytest.raises(BadInput, match="narrow"):
        compared(alone(), alone(), "narow")
