"""Households for the tests of basic livelihood: no property, income that counts in full."""

from __future__ import annotations

import datetime
from typing import Any

from donghaeng.laws import law_on
from donghaeng.rules import HouseholdFacts, Law

YEARS = range(2015, 2028)
SIZES = (1, 2, 4, 8)
ADULT = datetime.date(1984, 3, 2)
NO_SUPPORTERS = {"supporters_exist": False}


def supporters(finding: str, **facts: Any) -> dict[str, Any]:
    """There are persons obliged to support, and this was found of them."""
    return {"supporters_exist": True, "support_finding": finding, **facts}


def members(size: int) -> list[dict[str, Any]]:
    return [{} for _ in range(size)]


def found(
    date: str,
    *names: str,
    income: int = 0,
    persons: list[dict[str, Any]] | None = None,
    **facts: Any,
) -> dict[str, Any]:
    """What the law of ``date`` says of a household with ``income``, a public transfer of the first."""
    law = law_on(date)
    people = [
        {"birth_date": ADULT, "earnings": 0, **spelled(law, person)} for person in persons or [{}]
    ]
    people[0]["public_transfers"] = income
    everything = {"general_property": 0, "financial_property": 0, **spelled(law, facts)}
    return law.evaluate(HouseholdFacts("h", everything, people), list(names))


def spelled(law: Law, facts: dict[str, Any]) -> dict[str, Any]:
    """Words of an enumeration as its members."""
    spelled_out = {}
    for name, value in facts.items():
        choices = law.facts[name].choices
        spelled_out[name] = choices.from_word(value) if choices is not None else value
    return spelled_out
