"""Households for the tests of what the city adds: no property, income that counts in full."""

from __future__ import annotations

import datetime
from typing import Any

from donghaeng.laws import law_on
from donghaeng.rules import HouseholdFacts
from tests.laws.korea.basic_households import spelled

ADULT = datetime.date(1984, 3, 2)
SIZES = (1, 2, 4, 8)


def adults(size: int) -> list[dict[str, Any]]:
    return [{} for _ in range(size)]


def found(
    date: str,
    *names: str,
    income: int = 0,
    persons: list[dict[str, Any]] | None = None,
    readings: dict[str, str] | None = None,
    **facts: Any,
) -> dict[str, Any]:
    """What the law of ``date`` says of a household with ``income``, a public transfer of the first."""
    law = law_on(date).under(**(readings or {}))
    people = [
        {"birth_date": ADULT, "earnings": 0, **spelled(law, person)} for person in persons or [{}]
    ]
    people[0]["public_transfers"] = income
    plain = {"region": "seoul", "tenure": "jeonse", "general_property": 0, "financial_property": 0}
    return law.evaluate(HouseholdFacts("h", spelled(law, {**plain, **facts}), people), list(names))
