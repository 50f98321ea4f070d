"""Families for the two credits, and both credits once more in fractions, written from the statute."""

from __future__ import annotations

import datetime
from fractions import Fraction
from functools import cache
from typing import Any

from donghaeng.laws import law_on
from donghaeng.rules import HouseholdFacts, Law, is_missing

YEARS = range(2015, 2028)
FAMILIES = ("single", "single_earner", "dual_earner")
MAN = 10_000  # 만원

# 조세특례제한법 §100의3①2, §100의5①, by first year of application:
# 점증구간의 끝, 평탄구간의 끝, 총소득기준금액, 최대 금액 (만원).
EARNED = {
    2015: ((600, 900, 1300, 70), (900, 1200, 2100, 170), (1000, 1300, 2500, 210)),  # 법률 12173
    2017: ((600, 900, 1300, 77), (900, 1200, 2100, 185), (1000, 1300, 2500, 230)),  # 법률 14390
    2018: ((600, 900, 1300, 85), (900, 1200, 2100, 200), (1000, 1300, 2500, 250)),  # 법률 15227
    2019: ((400, 900, 2000, 150), (700, 1400, 3000, 260), (800, 1700, 3600, 300)),  # 법률 16009
    2022: ((400, 900, 2200, 150), (700, 1400, 3200, 260), (800, 1700, 3800, 300)),  # 법률 18634
    2023: ((400, 900, 2200, 165), (700, 1400, 3200, 285), (800, 1700, 3800, 330)),  # 법률 19199
    2025: ((400, 900, 2200, 165), (700, 1400, 3200, 285), (800, 1700, 4400, 330)),  # 법률 20617
}
# §100의28①2, §100의29①: per child, what it falls by, end (만원).
CHILD = {
    2015: (50, 20, 4000),  # 법률 12173
    2019: (70, 20, 4000),  # 법률 16009
    2023: (80, 30, 4000),  # 법률 19199
    2024: (100, 50, 7000),  # 법률 19936
}
# §100의5④, §100의3①4 (만원). The limit of 2017 and 2018 is not known.
BANDS = {
    2015: (10_000, 14_000),
    2017: (10_000, None),
    2019: (14_000, 20_000),
    2023: (17_000, 24_000),
}


def since(table: dict[int, Any], year: int) -> Any:
    return table[max(first for first in table if first <= year)]


@cache
def law_of(year: int) -> Law:
    return law_on(f"{year}-08-01")


def person(born: int = 1970, wages: int | None = 0, **more: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {"birth_date": datetime.date(born, 7, 1), **more}
    if wages is not None:
        facts["last_year_wages"] = wages
    return facts


def family(kind: str, year: int, wages: int, children: int = 0) -> list[dict[str, Any]]:
    """A family of that kind that earns ``wages`` together; the children are four years old."""
    adults = [person(year - 65, wages)]
    if kind == "dual_earner":
        adults = [person(year - 65, wages - 3_000_000), person(year - 64, 3_000_000)]
    elif kind == "single_earner":
        adults.append(person(year - 64, 0))
    if len(adults) == 2:
        adults[0]["spouse"], adults[1]["spouse"] = 1, 0
    parents = {"first_parent": 0} | ({"second_parent": 1} if len(adults) == 2 else {})
    return adults + [person(year - 5, None, **parents) for _ in range(children)]


def household(persons: list[dict[str, Any]], assets: int | None = 0, **more: Any) -> HouseholdFacts:
    known = dict(more) if assets is None else {"assets_on_june_1": assets, **more}
    return HouseholdFacts("h", known, persons)


def credit(
    name: str, year: int, persons: list[dict[str, Any]], assets: int | None = 0, **more: Any
) -> Any:
    """The amount of the year; None where it is undetermined."""
    found = law_of(year).evaluate(household(persons, assets, **more), [name])[name]
    return None if is_missing(found) else found


def reduced(amount: int, year: int, assets: int, late: bool) -> int:
    """§100의5④, §100의7②."""
    half, limit = since(BANDS, year)
    if limit is not None and assets >= limit * MAN:
        return 0
    share = Fraction(1, 2) if assets >= half * MAN else Fraction(1)
    if late:
        share *= Fraction(95 if year >= 2024 else 90, 100)
    exact = amount * share
    return exact.numerator // exact.denominator


def earned_income_credit(
    year: int, kind: str, wages: int, assets: int = 0, other: int = 0, late: bool = False
) -> int:
    """§100의3①, §100의5, §100의7 of the text that applies to applications of ``year``."""
    rise, level, end, most = (MAN * part for part in since(EARNED, year)[FAMILIES.index(kind)])
    if wages == 0 or wages + other >= end:
        return 0
    if wages < rise:
        exact = Fraction(wages * most, rise)
    elif wages < level:
        exact = Fraction(most)
    else:
        exact = most - Fraction((wages - level) * most, end - level)
    whole = exact.numerator // exact.denominator
    paid = reduced(whole, year, assets, late)
    if year < 2017 or paid == 0:
        return paid
    if year < 2020:
        return max(paid, 30_000) if paid < whole else paid
    if paid < 15_000:
        return 0
    if wages < rise:
        return max(paid, 100_000)
    return paid if wages < level else max(paid, 30_000)


def child_credit(
    year: int,
    kind: str,
    wages: int,
    children: int,
    assets: int = 0,
    other: int = 0,
    late: bool = False,
    taken: int = 0,
) -> int:
    """§100의28–§100의31 of the text that applies to applications of ``year``."""
    each, fall, end = (MAN * part for part in since(CHILD, year))
    level = MAN * (2500 if kind == "dual_earner" else 2100)
    if children == 0 or wages == 0 or wages + other >= end:
        return 0
    exact = children * (each - Fraction(max(wages - level, 0) * fall, end - level))
    paid = reduced(exact.numerator // exact.denominator, year, assets, late) - taken
    if paid <= 0:
        return 0
    if year >= 2020:
        rise, _, _, most = since(EARNED, year)[1]
        if Fraction(wages * most, rise) < 15_000:
            return 0
    return max(paid, 30_000) if year >= 2017 else paid
