"""기초연금 agrees with an oracle that was written from the act, its decree and its rule alone, to the won.

Both keep what no article says in so many words: parts below one won of the income are dropped, and the steps
of 20,000 and 40,000 won hold to the end of 2018 (대통령령 29124 부칙 §2).
"""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donghaeng.laws import law_on
from donghaeng.rules import HouseholdFacts, is_missing
from tests.oracle.basic_pension import (
    EARNINGS_DEDUCTION,
    LINE,
    Result,
    basic_pension,
    low_income_line,
    standard_amount,
)
from tests.oracle.basic_pension import line as line_of

MONTHS = [(year, month) for year in range(2015, 2027) for month in range(1, 13)][6:]
# 고시 §8: where a place of each size lies.
PLACES = {
    "large": {"region": "seoul"},
    "medium": {"region": "gyeonggi"},
    "rural": {"region": "jeonnam", "rural_county": True},
}
NAMES = ["basic_pension_recognised_income", "entitled_to_basic_pension", "basic_pension"]
Person = dict[str, Any]


def by_law(
    *, year: int, month: int, region_size: str, persons: list[Person], **owned: int
) -> dict[str, Any]:
    """What the law says of the same household, its facts in the words of the law."""
    law = law_on(f"{year}-{month:02}-01")
    place = PLACES[region_size]
    household = {
        **place,
        "region": law.enumerations["Region"].from_word(place["region"]),
        "tenure": law.enumerations["Tenure"].from_word("jeonse"),
        "general_property": owned.get("general", 0),
        "financial_property": owned.get("financial", 0),
        "debts": owned.get("debts", 0),
        "club_memberships": owned.get("full_value", 0),
        "child_home_value": owned.get("child_house", 0),
        "basic_livelihood_recipient": any(person.get("basic_livelihood") for person in persons),
    }
    people = []
    for number, person in enumerate(persons):
        facts: Person = {
            "birth_date": datetime.date(year - person["age"], month, 1),
            "earnings": person.get("earnings", 0),
            "business_income": person.get("business_income", 0),
            "property_income": person.get("interest", 0) + person.get("private_pension", 0),
            "interest_income": person.get("interest", 0),
            "public_transfers": person.get("public_transfers", 0),
            "national_pension_received": person.get("national_pension", 0)
            + person.get("dependants_addition", 0),
            "national_pension_family_part": person.get("dependants_addition", 0),
            "full_basic_pension_anyway": person.get("standard_ground", False),
            "severe_disability": person.get("disability_pension", False),
            "entitled_to_disability_pension": person.get("disability_pension", False),
            "occupational_pension": person.get("occupational_pension", False),
        }
        if person.get("redistribution") is not None:
            linked = person.get("linked_retirement", 0)
            facts["redistribution_benefit"] = person["redistribution"] + linked // 2
        if len(persons) == 2:
            facts["spouse"] = 1 - number
        people.append(facts)
    return law.evaluate(HouseholdFacts("h", household, people), NAMES)


def known(values: list[Any]) -> tuple[Any, ...]:
    return tuple(None if is_missing(value) else value for value in values)


def compared(**facts: Any) -> Result:
    """The oracle's answer, after the law has given the same."""
    expected = basic_pension(**facts)
    found = by_law(**facts)
    old = [place for place, person in enumerate(facts["persons"]) if person["age"] >= 65]
    recognised = known(found["basic_pension_recognised_income"])
    assert all(recognised[place] == expected.recognised for place in old)
    assert known(found["entitled_to_basic_pension"]) == expected.entitled
    assert known(found["basic_pension"]) == expected.amounts
    return expected


# Households at the amounts where something changes, a won below and above.

AMOUNTS = st.sampled_from([0, 0, 0, 1, 39_999, 40_000, 40_001, 123_457, 500_000])
OWNED = st.fixed_dictionaries(
    {
        "general": st.sampled_from([0, 0, 72_500_001, 85_000_000, 135_000_000, 300_000_001])
        | st.integers(0, 700_000_000),
        "financial": st.sampled_from([0, 0, 20_000_000, 20_000_001]) | st.integers(0, 200_000_000),
        "debts": st.sampled_from([0, 0, 1, 50_000_000]) | st.integers(0, 500_000_000),
        "full_value": st.sampled_from([0, 0, 0, 1, 300_000]),
        "child_house": st.sampled_from([0, 0, 599_999_999, 600_000_000, 1_234_567_890]),
    }
)


def of_the_line(year: int) -> st.SearchStrategy[int]:
    """Incomes around both lines of a year."""
    line = LINE[year]
    near = st.integers(-400_000, 2)
    return st.one_of(
        st.just(0), near.map(lambda by: line + by), near.map(lambda by: line * 8 // 5 + by)
    )


@st.composite
def a_person(draw: st.DrawFn, year: int, month: int) -> Person:
    base = standard_amount(year=year, month=month) or 300_000
    edges = [0, 0, 0, base * 3 // 2, base * 3 // 2 + 1, base * 2, base * 2 + 1, 1, 600_000]
    person: Person = {
        "age": draw(st.sampled_from([64, 65, 66, 70, 85])),
        "earnings": draw(st.sampled_from([0, 0, 0, EARNINGS_DEDUCTION[year] or 1]))
        + draw(st.sampled_from([0, 0, 1, 333_333])),
        "business_income": draw(AMOUNTS),
        "interest": draw(AMOUNTS),
        "private_pension": draw(AMOUNTS),
        "public_transfers": draw(AMOUNTS),
        "national_pension": draw(st.sampled_from(edges) | st.integers(0, 1_000_000)),
        "disability_pension": draw(st.sampled_from([False, False, False, True])),
        "standard_ground": draw(st.sampled_from([False, False, False, True])),
        "occupational_pension": draw(st.sampled_from([*[False] * 7, True])),
    }
    if person["national_pension"] > 0:
        person["dependants_addition"] = draw(st.sampled_from([0, 0, 23_456]))
        person["redistribution"] = draw(st.none() | st.integers(0, 400_000))
        if person["redistribution"] is not None:
            person["linked_retirement"] = draw(st.sampled_from([0, 0, 100_000]))
    return person


@st.composite
def households(draw: st.DrawFn) -> dict[str, Any]:
    year, month = draw(st.sampled_from(MONTHS))
    persons = draw(st.lists(a_person(year, month), min_size=1, max_size=2))
    persons[0]["business_income"] = draw(of_the_line(year))
    livelihood = draw(st.sampled_from([False, False, False, True]))
    owned = draw(OWNED) if draw(st.booleans()) else {}
    return {
        "year": year,
        "month": month,
        "region_size": draw(st.sampled_from(sorted(PLACES))),
        "persons": [person | {"basic_livelihood": livelihood} for person in persons],
        **owned,
    }


@given(facts=households())
@settings(max_examples=600)
def test_income_entitlement_and_amounts(facts: dict[str, Any]) -> None:
    compared(**facts)


@st.composite
def pensioners(draw: st.DrawFn) -> dict[str, Any]:
    """One or two old persons whose income lies near a line, and whose pensions decide the amount."""
    year, month = draw(st.sampled_from(MONTHS))
    base = standard_amount(year=year, month=month) or 300_000
    number = draw(st.sampled_from([1, 2]))
    persons: list[Person] = []
    for _ in range(number):
        person: Person = {"age": 70}
        if draw(st.booleans()):
            pension = draw(st.integers(base * 3 // 2, base * 5 // 2))
            person |= {"national_pension": pension, "redistribution": draw(st.integers(0, base))}
        persons.append(person)
    low = low_income_line(year=year, month=month, couple=number == 2)
    line = line_of(year=year, couple=number == 2)
    middle = draw(st.sampled_from([line, line, low or line]))
    income = middle - draw(st.integers(-2, 2 * base))
    pensions = sum(person.get("national_pension", 0) for person in persons)
    persons[0]["business_income"] = max(income - pensions, 0)
    return {"year": year, "month": month, "region_size": "large", "persons": persons}


@given(facts=pensioners())
@settings(max_examples=600)
def test_reductions_near_the_lines(facts: dict[str, Any]) -> None:
    compared(**facts)


# Named examples, with the amount worked out by hand.


def alone(year: int, month: int, income: int = 0, **person: Any) -> tuple[Any, ...]:
    one = {"age": 70, "business_income": income, **person}
    return compared(year=year, month=month, region_size="large", persons=[one]).amounts


def couple(year: int, month: int, income: int = 0, **second: Any) -> tuple[Any, ...]:
    pair = [{"age": 70, "business_income": income}, {"age": 70, **second}]
    return compared(year=year, month=month, region_size="large", persons=pair).amounts


@pytest.mark.parametrize(("year", "month"), MONTHS)
def test_the_standard_amount_is_paid_in_full_and_with_a_fifth_less_to_each_of_a_couple(
    year: int, month: int
) -> None:
    amount = standard_amount(year=year, month=month)
    assert amount is not None
    # 법 §5의2: 300,000 won for the lowest incomes from 2019-04 to 2020-12.
    amount = 300_000 if (2019, 4) <= (year, month) <= (2020, 12) else amount
    each = amount * 4 // 5 // 10 * 10
    assert alone(year, month) == (amount,)
    assert couple(year, month) == (each, each)


@pytest.mark.parametrize(
    ("year", "month", "gap", "paid"),
    [
        (2018, 8, 1, 20_000),  # at least one step
        (2018, 8, 20_001, 40_000),
        (2018, 9, 20_000, 25_000),  # 대통령령 29124 부칙 §2①1: 10 % of 250,000
        (2018, 12, 20_001, 40_000),  # 부칙 §2①2: steps to the end of the year
        (2019, 1, 25_000, 25_000),  # 영 §11①1: 10 % of 250,000
        (2019, 1, 25_010, 25_010),  # 영 §11①2: what is left
        (2026, 7, 34_969, 34_970),  # 10 % of 349,700
        (2026, 7, 100_009, 100_000),  # 법 §24
    ],
)
def test_near_the_line_one_person_is_paid(year: int, month: int, gap: int, paid: int) -> None:
    assert alone(year, month, LINE[year] - gap) == (paid,)


def test_near_the_line_a_couple_shares_what_is_left() -> None:
    # 3,952,000 − 3,852,000 = 100,000, halves; with 20,000 left 20 % of 349,700, halves.
    assert couple(2026, 7, 3_852_000) == (50_000, 50_000)
    assert couple(2026, 7, 3_932_000) == (34_970, 34_970)
    # 대통령령 29124 부칙 §2②2: 50,000 is up to 80,000.
    assert couple(2018, 12, 2_096_000 - 50_000) == (40_000, 40_000)


def test_a_part_below_ten_won_is_dropped_in_each_amount() -> None:
    # 법 §24: 250 % of 349,700 − 551,032 = 323,218 is 323,210; 80 % of it 258,568 is 258,560.
    person = {"age": 65, "national_pension": 551_032, "redistribution": 364_679}
    found = compared(year=2026, month=10, region_size="rural", persons=[person, dict(person)])
    assert found.amounts == (258_560, 258_560)


def test_the_earnings_of_a_couple_are_reckoned_apart() -> None:
    # 고시 제2026-156호 §6②: 70 % of 1 won above 1,160,000 is nothing, twice.
    pair = [{"age": 70, "earnings": 1_160_001}, {"age": 70, "earnings": 1_160_001}]
    found = compared(year=2026, month=7, region_size="large", persons=pair)
    assert found.recognised == 0


def test_the_redistribution_is_asked_only_above_150_percent() -> None:
    assert alone(2026, 7, national_pension=524_550) == (349_700,)
    assert alone(2026, 7, national_pension=524_551) == (None,)
    assert alone(2026, 7, national_pension=524_551, standard_ground=True) == (349_700,)
    # 349,700 − 2/3 × 300,000 + 174,850
    assert alone(2026, 7, national_pension=700_000, redistribution=300_000) == (324_550,)


def test_an_occupational_pension_shuts_out_both() -> None:
    assert couple(2026, 7, occupational_pension=True) == (0, 0)


def test_the_earnings_deduction_of_2018_and_2019_is_not_known() -> None:
    assert alone(2018, 5, earnings=1_000_000) == (None,)
    assert alone(2019, 5, earnings=1_000_000) == (None,)
    assert alone(2020, 5, earnings=960_000) == (300_000,)


def test_property_is_converted_at_5_percent_until_september_2015() -> None:
    # 규칙 §4② (보건복지부령 238, 358): 120,000,000 above 135,000,000, by twelve.
    owned = {"region_size": "large", "persons": [{"age": 70}], "general": 255_000_000}
    assert compared(year=2015, month=9, **owned).recognised == 500_000
    assert compared(year=2015, month=10, **owned).recognised == 400_000


def test_a_spouse_below_65_counts_for_the_line_and_not_for_the_reduction() -> None:
    pair = [{"age": 65, "business_income": 3_000_000}, {"age": 64}]
    found = compared(year=2026, month=7, region_size="large", persons=pair)
    assert found.amounts == (349_700, 0)
