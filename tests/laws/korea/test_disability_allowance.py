"""장애수당, 장애아동수당 (장애인복지법 §49, §50; 시행령 §30): who gets which, and what is not known."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from donghaeng.household.reading import read_household
from donghaeng.laws import law_on
from donghaeng.rules import Law
from donghaeng.rules.missing import is_missing

YEARS = range(2015, 2028)
SEVERE = {"disabled": True, "severe_disability": True, "meets_pension_severity": True}
MILD = {"disabled": True}


@cache
def law(date: str) -> Law:
    return law_on(date)


def allowance(date: str, *persons: dict[str, Any], name: str = "disability_allowance") -> list[Any]:
    current = law(date)
    facts = {
        "id": "h",
        "region": "seoul",
        "housing": {"tenure": "jeonse"},
        "assets": {"general": 0, "financial": 0},
        "persons": list(persons),
    }
    values = current.evaluate(read_household(current, facts, "test", "household"), [name])[name]
    return [None if is_missing(value) else value for value in values]


def person(identity: str = "p1", born: str = "1980-01-01", **facts: Any) -> dict[str, Any]:
    return {"id": identity, "birth_date": born, "earnings": 0, **facts}


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("size", [1, 2, 4, 8])
def test_every_year_computes_for_every_size_and_without_disability_it_is_0(
    year: int, size: int
) -> None:
    others = [person(f"p{n}") for n in range(2, size + 1)]
    values = allowance(f"{year}-12", person(**MILD), *others)
    assert values[1:] == [0] * (size - 1)
    # 60,000 won: newdaily for 2025, an open page for 2026; the other years were not found.
    assert values[0] == (60_000 if year in (2025, 2026) else None)


@pytest.mark.parametrize("year", YEARS)
def test_who_has_no_disability_is_asked_nothing(year: int) -> None:
    current = law(f"{year}-12")
    facts = {"id": "h", "persons": [{"id": "p1", "birth_date": "1980-01-01"}]}
    nothing = read_household(current, facts, "test", "h")
    assert current.evaluate(nothing, ["disability_allowance"]) == {"disability_allowance": [0]}


@pytest.mark.parametrize("born", ["1950-01-01", "1980-01-01", "2006-01-01", "2015-01-01"])
@pytest.mark.parametrize("disability", [MILD, SEVERE, {**SEVERE, "meets_pension_severity": False}])
@pytest.mark.parametrize("school", ["none", "high"])
def test_the_pension_and_the_two_allowances_never_come_together(
    born: str, disability: dict[str, Any], school: str
) -> None:
    """장애인복지법 §49②; 시행령 §30① 단서, §30②1."""
    persons = (
        person(born=born, parents=["p2"], school=school, **disability),
        person("p2", born="1928-01-01"),
    )
    got = [
        allowance("2026-07", *persons, name=name)[0]
        for name in (
            "disability_pension",
            "disability_adult_allowance",
            "disability_child_allowance",
        )
    ]
    assert sum(1 for amount in got if amount != 0) == 1


def test_nobody_is_asked_about_the_pension_where_income_is_above_the_line() -> None:
    rich = person(property_income=5_000_000, disabled=True, severe_disability=True)
    assert allowance("2026-07", rich) == [0]


def test_who_lives_apart_is_not_paid_with_this_household() -> None:
    apart = person("p2", absence="separate", **MILD)
    assert allowance("2026-07", person(), apart) == [0, 0]
