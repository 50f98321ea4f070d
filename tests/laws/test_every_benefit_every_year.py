"""Each benefit, line and contribution in each year: an amount, or the numbers that were not found.

All facts are given, so nothing but a number of the law can be missing.
"""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any

import pytest

from donghaeng.laws import law_on
from donghaeng.rules import HouseholdFacts, Law, is_missing
from donghaeng.rules.terms import Role

YEARS = range(2015, 2028)
SIZES = (1, 2, 4, 8)
LINES = ("livelihood", "medical", "housing", "education")
Facts = dict[str, Any]

# Whom a benefit is about. The others of the household are adults without income.
WORKER: Facts = {"age": 40, "earnings": 1_000_000}
EMPLOYEE: Facts = {"age": 40, "earnings": 3_000_000}
ADULT: Facts = {"age": 40}
PENSIONER: Facts = {"age": 70}
SEVERE: Facts = {
    "age": 40,
    "disabled": True,
    "severe_disability": True,
    "meets_pension_severity": True,
}
MILD: Facts = {"age": 40, "disabled": True}
PUPIL: Facts = {"age": 12, "school": "elementary"}
CHILD: Facts = {"age": 5}
INFANT: Facts = {"age": 1}
NEWBORN: Facts = {"age": 0}
# The child that makes a family; with one person there is none.
PARENT: Facts = {"age": 40, "with_child": True}
WORKING_PARENT: Facts = PARENT | {"earnings": 1_000_000}
EARNING_PARENT: Facts = PARENT | {"earnings": 3_000_000}

# Every fact that the law asks for where it is not given.
OF_A_PERSON: Facts = {
    "earnings": 0,
    "wages_year": 0,
    "last_year_wages": 0,
    "last_year_income_amount": 0,
    "basic_pension_suspended": False,
    "entitled_to_disability_pension": False,
    "redistribution_benefit": 0,
    "own_general_property": 0,
    "own_financial_property": 0,
    "meets_pension_severity": False,
    "work_obstacle": "none",
    "never_married": False,
    "lasting_loss_of_work_capacity": False,
    "family_property_income": 0,
    "single_parent_assessed_income": 0,
    "first_employed_after_65": False,
    "separate_region": "seoul",
    "separate_rent": 0,
    "separate_deposit": 0,
    "school_of_pupil": "none",
}
OF_A_HOUSEHOLD: Facts = {
    "region": "seoul",
    "tenure": "monthly_rent",
    "monthly_rent": 300_000,
    "deposit": 0,
    "general_property": 0,
    "financial_property": 0,
    "basic_livelihood_recipient": False,
    "luxury_vehicle_value": 0,
    "depopulation_area": "none",
    "paid_in_local_vouchers": False,
    "assets_on_june_1": 0,
    "livelihood_excludes_child_credit": False,
    "supporters_exist": False,
    "support_finding": "unable",
    "support_due": 0,
    "car_engine_cc": 0,
    "car_age_from": "2015-01-01",
}


@cache
def law_of(year: int) -> Law:
    return law_on(f"{year}-08-01")


def spelled(law: Law, facts: Facts) -> Facts:
    """Words as the law spells them."""
    found = {}
    for name, value in facts.items():
        choices = law.facts[name].choices if name in law.facts else None
        is_word = choices is not None and isinstance(value, str)
        found[name] = choices.from_word(value) if is_word else value
    return found


def household(law: Law, size: int, first: Facts, **changes: Any) -> HouseholdFacts:
    """``first``, adults without income, and the child of ``first`` where one is said to be there."""
    year = law.day.year
    child_last = first.get("with_child") and size > 1
    members = [first, *[ADULT] * (size - 1)]
    if child_last:
        members[-1] = CHILD
    persons = []
    for member in members:
        facts = {name: value for name, value in member.items() if name not in ("age", "with_child")}
        facts.setdefault("school_of_pupil", facts.get("school", "none"))
        yearly = 12 * facts.get("earnings", 0)
        persons.append(
            OF_A_PERSON
            | {"last_year_wages": yearly, "wages_year": yearly}
            | facts
            | {"birth_date": datetime.date(year - member["age"], 3, 2)}
        )
    if child_last:
        persons[-1]["first_parent"] = 0
    elif first["age"] < 19 and size > 1:
        persons[0]["first_parent"] = 1
    day = datetime.date.fromisoformat(OF_A_HOUSEHOLD["car_age_from"])
    given = OF_A_HOUSEHOLD | {"car_age_from": day} | changes
    return HouseholdFacts("h", spelled(law, given), [spelled(law, person) for person in persons])


@pytest.mark.parametrize("year", YEARS)
def test_all_facts_are_given(year: int) -> None:
    asked = {name for name, fact in law_of(year).facts.items() if fact.default is None}
    relations = {"spouse", "first_parent", "second_parent"}
    assert asked - relations - {"birth_date"} <= {*OF_A_PERSON, *OF_A_HOUSEHOLD}


PROPERTY = {"general_property": 100_000_000, "financial_property": 8_000_000}
PILOT = {"stage": "hypothesis"}
READINGS = {
    "safety_income_rounding": "up_to_10_won",
    "safety_income_earnings": "no_deduction",
    "safety_income_other_benefits": "not_counted",
}
# The base rent of one, two and six persons is known of fewer years than that of four.
RENT = "2015-2020, 2023, 2027"
RENTS = {1: RENT, 2: RENT, 4: "2018, 2023, 2027", 8: RENT}
DEDUCTION = "2015-2019"  # 시행령 §5의2 11호: what the minister set was not read

# Variable, whom it is about, what else the household has, and the years without the numbers.
EXPECTED: list[tuple[str, Facts, Facts, str | dict[int, str]]] = [
    *((f"{benefit}_line", ADULT, {}, "") for benefit in LINES),
    ("basic_pension_line", PENSIONER, {}, "2027"),
    ("livelihood_benefit", ADULT, {}, ""),
    ("livelihood_benefit", WORKER, {}, DEDUCTION),
    ("livelihood_benefit", ADULT, PROPERTY, "2015-2022"),
    ("medical_aid", ADULT, {}, ""),
    ("medical_aid", WORKER, {}, DEDUCTION),
    ("housing_benefit", ADULT, {}, RENTS),
    ("education_benefit_year", PUPIL, {}, "2015-2021, 2026-2027"),
    ("near_poor", ADULT, {}, ""),
    ("near_poor", WORKER, {}, DEDUCTION),
    ("safety_income", WORKER, PILOT, ""),
    ("basic_pension", PENSIONER, {}, "2027"),
    ("basic_pension", PENSIONER | {"earnings": 1_500_000}, {}, "2018-2019, 2027"),
    ("earned_income_credit_year", WORKER, {}, ""),
    ("child_credit_year", WORKING_PARENT, {}, ""),
    ("child_allowance", CHILD, {}, ""),
    ("parental_benefit", INFANT, {}, ""),
    ("parental_benefit", NEWBORN, {}, ""),
    ("disability_pension", SEVERE, {}, "2015-2023, 2027"),
    ("disability_allowance", MILD, {}, "2015-2024, 2027"),
    ("single_parent_allowance", PARENT, {}, {1: "", **dict.fromkeys((2, 4, 8), "2015-2022, 2027")}),
    ("income_tax_year", EMPLOYEE, {}, ""),
    ("income_tax_year", EARNING_PARENT, {}, {1: "", **dict.fromkeys((2, 4, 8), "2019-2022")}),
    ("national_pension", EMPLOYEE, {}, ""),
    ("health_insurance", EMPLOYEE, {}, "2027"),
    ("long_term_care", EMPLOYEE, {}, "2027"),
    ("employment_insurance", EMPLOYEE, {}, "2027"),
]

# The first year on whose 1 August the law has it.
BEGAN = {"safety_income": 2022, "child_allowance": 2019, "parental_benefit": 2022}
# Who is asked about here is above the line of the poor, or has no child.
NOTHING = {("near_poor", size) for size in SIZES} | {
    ("single_parent_allowance", 1),
    ("child_credit_year", 1),
}


def span(words: str) -> list[int]:
    """2015-2017, 2019"""
    parts = [part.split("-") for part in words.split(",") if part]
    return [year for part in parts for year in range(int(part[0]), int(part[-1]) + 1)]


def value(name: str, year: int, size: int, first: Facts, also: Facts) -> list[Any]:
    law = law_of(year)
    if name == "safety_income":
        law = law.under(**READINGS)
    found = law.evaluate(household(law, size, first, **spelled(law, also)), [name])[name]
    return found if isinstance(found, list) else [found]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("name", "first", "also", "gaps"),
    EXPECTED,
    ids=lambda part: part if isinstance(part, str) and "_" in part else "",
)
def test_it_is_known_but_for_the_numbers_that_were_not_found(
    name: str, first: Facts, also: Facts, gaps: str | dict[int, str], size: int
) -> None:
    open_years, amounts = [], []
    for year in range(BEGAN.get(name, YEARS[0]), YEARS[-1] + 1):
        found = value(name, year, size, first, also)
        blockers = set().union(*(each.blockers for each in found if is_missing(each)))
        if not blockers:
            amounts += found
            continue
        open_years.append(year)
        for blocker in blockers:
            kind, _, parameter = blocker.partition(":")
            assert kind == "parameter", blocker
            dated = law_of(year).in_force[parameter.partition("[")[0]]
            assert any(is_missing(cell) for cell in dated.cells.values()), blocker
    assert open_years == span(gaps[size] if isinstance(gaps, dict) else gaps)
    assert any(amounts) is ((name, size) not in NOTHING)


def test_no_benefit_is_left_out() -> None:
    law = law_of(2026)
    roles = {Role.BENEFIT, Role.CONTRIBUTION}
    national = {name for name, rule in law.rules.items() if rule.role in roles}
    tested = {name for name, *_ in EXPECTED}
    # With tests of their own: parts of the above, and what the city adds.
    assert national - tested == {
        "child_allowance_addition",
        "local_income_tax_year",
        "repair_benefit",
        "safety_income_make_up",
        "seoul_basic_security",
        "seoul_learn_eligible",
        "single_parent_addition",
        "youth_housing_benefit",
    }


@pytest.mark.parametrize("name", sorted(BEGAN))
def test_before_it_began_the_law_has_no_such_benefit(name: str) -> None:
    assert name not in law_of(BEGAN[name] - 1).rules
