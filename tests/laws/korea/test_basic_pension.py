"""기초연금: published amounts, the boundaries of the articles, and what has to be asked."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donghaeng.laws import law_on
from donghaeng.rules import HouseholdFacts, Law, is_missing

MONTHS = [f"{year}-07" for year in range(2015, 2027)]
BORN = datetime.date(1940, 1, 1)  # 75 in 2015
JULY_2026 = "2026-07"
LINE, REFERENCE = 2_470_000, 349_700  # 보건복지부고시 제2026-156호 §2, §3


def household(
    law: Law, persons: list[dict[str, Any]], region: str = "seoul", **facts: Any
) -> HouseholdFacts:
    plain = {
        "region": law.enumerations["Region"].from_word(region),
        "tenure": law.enumerations["Tenure"].from_word("owned"),
        "general_property": 0,
        "financial_property": 0,
    }
    old = [{"birth_date": BORN, "earnings": 0, **person} for person in persons]
    return HouseholdFacts("h", plain | facts, old)


def pensions(day: str, *persons: dict[str, Any], **facts: Any) -> list[Any]:
    law = law_on(day)
    found: list[Any] = law.evaluate(household(law, list(persons), **facts), ["basic_pension"])[
        "basic_pension"
    ]
    return found


def pension(day: str, person: dict[str, Any], **facts: Any) -> Any:
    return pensions(day, person, **facts)[0]


def couple(day: str, first: dict[str, Any], second: dict[str, Any], **facts: Any) -> list[Any]:
    return pensions(day, first | {"spouse": 1}, second | {"spouse": 0}, **facts)


# The lines and amounts that were published.


@pytest.mark.parametrize(
    ("year", "single", "both"),
    [  # the press of each year, the notices of 2023 and 2026: sources in the parameter file
        (2015, 930_000, 1_488_000),
        (2016, 1_000_000, 1_600_000),
        (2017, 1_190_000, 1_904_000),
        (2018, 1_310_000, 2_096_000),
        (2019, 1_370_000, 2_192_000),
        (2020, 1_480_000, 2_368_000),
        (2021, 1_690_000, 2_704_000),
        (2022, 1_800_000, 2_880_000),
        (2023, 2_020_000, 3_232_000),
        (2024, 2_130_000, 3_408_000),
        (2025, 2_280_000, 3_648_000),
        (2026, 2_470_000, 3_952_000),
    ],
)
def test_the_line_of_a_couple_is_the_published_one(year: int, single: int, both: int) -> None:
    law = law_on(f"{year}-07")
    alone = household(law, [{}])
    two = household(law, [{"spouse": 1}, {"spouse": 0}])
    assert law.evaluate(alone, ["basic_pension_line"]) == {"basic_pension_line": single}
    assert law.evaluate(two, ["basic_pension_line"]) == {"basic_pension_line": both}


@pytest.mark.parametrize(
    ("day", "alone", "each_of_two"),
    [
        ("2015-07", 202_600, 162_080),
        ("2016-03", 202_600, 162_080),
        ("2016-04", 204_010, 163_200),
        ("2017-04", 206_050, 164_840),
        ("2018-04", 209_960, 167_960),
        ("2018-09", 250_000, 200_000),  # 기초연금법 §5③ (법률 제15536호)
        ("2019-03", 250_000, 200_000),
        ("2019-04", 300_000, 240_000),  # §5의2, no income
        ("2020-12", 300_000, 240_000),
        ("2021-01", 300_000, 240_000),  # §5③
        ("2022-01", 307_500, 246_000),
        ("2023-01", 323_180, 258_540),
        ("2024-01", 334_810, 267_840),
        ("2025-01", 342_510, 274_000),
        ("2026-01", 349_700, 279_760),
    ],
)
def test_the_amounts_without_income(day: str, alone: int, each_of_two: int) -> None:
    assert pension(day, {}) == alone
    assert couple(day, {}, {}) == [each_of_two, each_of_two]


@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize("size", [1, 2, 4, 8])
def test_plain_facts_are_enough_in_every_year(month: str, size: int) -> None:
    young: dict[str, Any] = {"birth_date": datetime.date(2012, 1, 1)}
    family: list[dict[str, Any]] = [{"spouse": 1}, {"spouse": 0}, *[young] * 6]
    persons = family[:size] if size > 1 else [{}]
    found = pensions(month, *persons, financial_property=30_000_000)
    assert all(amount > 0 for amount in found[:2])
    assert not any(found[2:])


@pytest.mark.parametrize("year", [2018, 2019])
def test_only_the_deduction_from_earnings_is_not_known_of_2018_and_2019(year: int) -> None:
    found = pension(f"{year}-07", {"earnings": 1})
    assert is_missing(found)
    assert found.blockers == {"parameter:basic_pension_earnings_deduction"}


def test_the_amounts_of_2027_are_not_known_but_nobody_below_65_is_concerned() -> None:
    young = {"birth_date": datetime.date(1990, 1, 1)}
    assert is_missing(pension("2027-01", {}))
    assert pension("2027-01", young) == 0
    law = law_on("2027-01")
    assert law.evaluate(household(law, [young]), ["basic_pension_line"]) == {
        "basic_pension_line": 0
    }


# What has to be asked.


def test_of_somebody_below_65_nothing_but_the_birth_date_is_asked() -> None:
    law = law_on(JULY_2026)
    only = HouseholdFacts("h", {}, [{"birth_date": datetime.date(1961, 7, 2)}])
    assert law.evaluate(only, ["basic_pension"]) == {"basic_pension": [0]}


def test_of_somebody_who_does_not_claim_nothing_else_is_asked() -> None:
    law = law_on(JULY_2026)
    only = HouseholdFacts("h", {}, [{"birth_date": BORN, "claims_basic_pension": False}])
    names = ["basic_pension", "counted_basic_pension"]
    assert law.evaluate(only, names) == {name: [0] for name in names}


def blockers(found: Any) -> list[str]:
    return sorted(each.split(".")[-1] for each in found.blockers)


def test_a_national_pension_above_150_percent_is_asked_about_step_by_step() -> None:
    above = {"national_pension_received": 524_560}  # 349,700 × 150 % = 524,550
    assert blockers(pension(JULY_2026, above)) == ["basic_livelihood_recipient"]
    known = {"basic_livelihood_recipient": False}
    assert blockers(pension(JULY_2026, above, **known)) == ["redistribution_benefit"]
    severe = above | {"severe_disability": True}
    assert blockers(pension(JULY_2026, severe, **known)) == ["entitled_to_disability_pension"]
    entitled = severe | {"entitled_to_disability_pension": True}
    assert pension(JULY_2026, entitled, **known) == REFERENCE


def test_a_pension_above_150_percent_only_through_the_dependants_part() -> None:
    # §6①: 부양가족연금액 is left out of 국민연금 급여액등.
    person = {"national_pension_received": 524_560, "national_pension_family_part": 10}
    assert pension(JULY_2026, person) == REFERENCE


def test_an_expensive_vehicle_is_asked_about() -> None:
    assert pension(JULY_2026, {}, vehicles_at_full_value=39_999_999) == REFERENCE
    dear = pension(JULY_2026, {}, vehicles_at_full_value=40_000_000)
    assert blockers(dear) == ["luxury_vehicle_value"]
    ten_years_old = {"vehicles_at_full_value": 40_000_000, "luxury_vehicle_value": 0}
    assert pension(JULY_2026, {}, **ten_years_old) == REFERENCE


def test_property_of_others_is_told_apart_only_where_others_live_there() -> None:
    facts = {"home_value": 900_000_000, "elderly_hold_household_property": False}
    assert pension(JULY_2026, {}, **facts) == 0  # nobody else: it is the person's
    child = {"birth_date": datetime.date(1985, 1, 1)}
    assert blockers(pensions(JULY_2026, {}, child, **facts)[0]) == ["own_general_property"]
    own = {"own_general_property": 0, "own_financial_property": 0}
    assert pensions(JULY_2026, own, child, **facts) == [REFERENCE, 0]


@pytest.mark.parametrize("absence", ["abroad", "detained", "missing_person"])
def test_suspension_is_asked_about_only_of_who_is_away(absence: str) -> None:
    away = {"absence": law_on(JULY_2026).enumerations["Absence"].from_word(absence)}
    assert blockers(pension(JULY_2026, away)) == ["basic_pension_suspended"]
    assert pension(JULY_2026, away | {"basic_pension_suspended": False}) == REFERENCE
    assert pension(JULY_2026, away | {"basic_pension_suspended": True}) == 0


# What counts as income elsewhere (국민기초생활 보장법 시행령 §5①4다).


def test_what_is_received_counts_before_what_is_due() -> None:
    law = law_on(JULY_2026)

    def counted(**person: Any) -> Any:
        found = law.evaluate(household(law, [person]), ["counted_basic_pension"])
        return found["counted_basic_pension"][0]

    assert counted() == REFERENCE
    assert counted(basic_pension_received=200_000) == 200_000
    assert counted(basic_pension_received=200_000, claims_basic_pension=False) == 0


# Properties.

INCOMES = st.one_of(
    st.integers(0, 4_000_000),
    st.integers(LINE - REFERENCE - 3, LINE + 3),
    st.sampled_from([0, LINE - 34_971, LINE - 34_970, LINE - 34_969, LINE - 1, LINE, LINE + 1]),
)
STARTS = ["2015-07", "2018-10", "2019-02", "2019-06", "2020-02", "2023-07", JULY_2026]


@settings(max_examples=60, deadline=None)
@given(INCOMES)
def test_one_person_in_2026_gets_what_is_left_up_to_the_line(income: int) -> None:
    # 시행령 §11①, 법 §24; the least amount is 34,970.
    expected = 0
    if income <= LINE:
        expected = min(REFERENCE, max(LINE - income, 34_970)) // 10 * 10
    assert pension(JULY_2026, {"business_income": income}) == expected


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(STARTS), st.integers(0, 4_000_000), st.integers(0, 500_000))
def test_more_income_never_brings_a_higher_pension(day: str, income: int, more: int) -> None:
    less_income = pension(day, {"business_income": income})
    assert pension(day, {"business_income": income + more}) <= less_income
    two = sum(couple(day, {"business_income": income}, {}))
    assert sum(couple(day, {"business_income": income + more}, {})) <= two


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(STARTS), st.integers(0, 4_000_000), st.integers(0, 500_000))
def test_it_does_not_matter_who_of_a_couple_has_the_income(day: str, mine: int, other: int) -> None:
    first, second = {"business_income": mine}, {"business_income": other}
    one, two = couple(day, first, second)
    assert couple(day, second, first) == [two, one]
    assert one == two  # no national pension: the amounts are alike


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 1_500_000),
    st.integers(0, 800_000),
    st.integers(0, 2_600_000),
)
def test_bounds_of_a_couple_with_one_national_pension(
    national_pension: int, redistribution: int, income: int
) -> None:
    first = {
        "national_pension_received": national_pension,
        "redistribution_benefit": min(redistribution, national_pension),
        "business_income": income,
    }
    amounts = couple(JULY_2026, first, {}, basic_livelihood_recipient=False)
    room = LINE * 16 // 10 - national_pension - income
    if room < 0:
        assert amounts == [0, 0]
        return
    # Each at least 10 % and at most 80 % of the reference amount, whole tens (§24).
    assert all(34_970 <= amount <= 279_760 and amount % 10 == 0 for amount in amounts)
    assert sum(amounts) <= max(room, 69_940) + 34_970
    assert amounts[0] <= amounts[1]
