"""Points of law at which it is easy to go wrong, each with what is right.

Not of this part, because no amount turns on them here: consent before an application by the office
(직권신청), decisions made by a machine (행정기본법 §20), appeals, recovery of what was paid (국민기초생활
보장법 §47), and from which source and which months an income is taken.
"""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghaeng.household import Answer, assess
from donghaeng.household.reading import read_household
from donghaeng.laws import law_on
from donghaeng.rules.terms import Period
from tests.laws.korea.credit_households import credit, household, law_of, person

NO_DEDUCTION, DEDUCTION = "no_deduction", "basic_livelihood_deduction"
UP, NEAREST = "up_to_10_won", "nearest_10_won"
NOT_COUNTED = "not_counted"
ONE: dict[str, Any] = {"id": "p1", "birth_date": "1984-03-02", "earnings": 0}


def answered(
    date: str,
    *persons: dict[str, Any],
    stage: int | None = None,
    readings: tuple[str, ...] = (UP, NO_DEDUCTION, NOT_COUNTED),
    show: tuple[str, ...] = (),
    **facts: Any,
) -> Answer:
    """The answer for a tenant in Seoul who pays 450,000 won a month and owns nothing."""
    people = [{**ONE, "id": f"p{n}", **each} for n, each in enumerate(persons or ({},), 1)]
    enrolled = {"name": "safety_income", "stage": stage, "since": "2022-07"}
    plain = {
        "id": "h",
        "region": "seoul",
        "programmes": [] if stage is None else [enrolled],
        "housing": {"tenure": "monthly_rent", "monthly_rent": 450_000},
        "assets": {"general": 0, "financial": 0},
        "persons": people,
    }
    law = law_on(date)
    facts_read = read_household(law, plain | facts, "test", "household")
    (answer,) = assess(law, [facts_read], regimes=readings, show=show)
    return answer


def total(answer: Answer, name: str) -> int | None:
    """The total where all readings that are left agree."""
    found = answer.total(name)
    assert found is not None
    return found.single


def blockers_of(answer: Answer, name: str) -> str:
    return " ".join(str(each) for each in answer.undetermined if each.name == name)


def test_whether_earnings_are_deducted_decides_how_the_pilot_is_withdrawn() -> None:
    # 2026, two persons: 4,199,292 × 85 % = 3,569,398.2; half of what 1,200,000 or 840,000 leave.
    two = ({"earnings": 1_200_000}, {})
    full = answered("2026-07", *two, stage=1)
    less = answered("2026-07", *two, stage=1, readings=(UP, DEDUCTION, NOT_COUNTED))
    assert full.amounts["safety_income"] == 1_184_700
    assert less.amounts["safety_income"] == 1_364_700
    both = answered("2026-07", *two, stage=1, readings=(UP, NOT_COUNTED))
    assert both.amounts["safety_income"] is None
    bounds = both.total("with_safety_income")
    assert bounds is not None
    assert bounds.lowest is not None
    assert bounds.highest == bounds.lowest + 180_000


# One person of 70 in July 2024 without other income: 기초연금 334,810, which counts as income;
# 생계급여 713,102 − 334,810 = 378,292, 임차급여 341,000; together 1,054,102. The pilot gives 947,090.
OLD = {"birth_date": "1954-03-02"}


def test_the_six_benefits_are_replaced_and_a_household_that_would_lose_is_made_up() -> None:
    answer = answered("2024-07", OLD, stage=1, show=("safety_income_payment",))
    assert total(answer, "present") == 378_292 + 341_000 + 334_810 == 1_054_102
    assert answer.amounts["safety_income"] == 947_090
    assert answer.amounts["safety_income_make_up"] == 107_012
    assert total(answer, "with_safety_income") == 1_054_102
    # 기초연금 goes on and is deducted in full: 947,090 + 107,012 − 334,810.
    assert answer.amounts["safety_income_payment"] == 719_292


def test_that_they_are_replaced_is_a_default_that_is_listed_and_can_be_changed() -> None:
    answer = answered("2024-07", OLD, stage=1)
    listed = {each.as_json()["name"] for each in answer.assumptions}
    assert "safety_income_interaction" in listed
    beside = answered("2024-07", OLD, stage=1, readings=(UP, NO_DEDUCTION, "pays_beside"))
    assert total(beside, "with_safety_income") == 1_054_102 + 947_090
    # Half of 1,894,178.25 − 1,054,102 is 420,038.1.
    income = answered("2024-07", OLD, stage=1, readings=(UP, NO_DEDUCTION, "counts_them_as_income"))
    assert total(income, "with_safety_income") == 1_054_102 + 420_040


def test_a_suspended_benefit_leaves_the_status_and_the_medical_aid() -> None:
    none = {"supporters": {"exist": False}}
    with_pilot = answered("2024-07", stage=1, **none)
    without = answered("2024-07", **none)
    for answer in (with_pilot, without):
        assert answer.flags["medical_aid"] is True
        assert answer.amounts["livelihood_benefit"] == 713_102
    assert total(with_pilot, "with_safety_income") == total(with_pilot, "present")


@pytest.mark.parametrize(
    ("stage", "last_day"), [(1, "2025-06-30"), (2, "2025-06-30"), (3, "2025-03-31")]
)
def test_after_its_end_a_stage_is_computed_as_a_scenario_only(stage: int, last_day: str) -> None:
    after = str(datetime.date.fromisoformat(last_day) + datetime.timedelta(days=1))
    assert answered(last_day, stage=stage).flags["programme_ended"] is False
    ended = answered(after, stage=stage)
    assert ended.flags["programme_ended"] is True
    assert ended.amounts["safety_income"] == 1_016_610  # 2,392,013 × 85 % ÷ 2
    assert any(each.as_json()["name"] == "programme_ended" for each in ended.assumptions)


@pytest.mark.parametrize(
    ("stage", "share"),
    [(1, 50), (2, 85), (3, 50)],
)
def test_the_entry_test_differs_by_stage(stage: int, share: int) -> None:
    line = 2_228_445 * share // 100  # median income of one person, 2024
    within = answered("2024-07", {"earnings": line}, stage=stage)
    above = answered("2024-07", {"earnings": line + 1}, stage=stage)
    assert within.flags["safety_income_entry_test"] is True
    assert above.flags["safety_income_entry_test"] is False


PILOT_2024 = law_on("2024-07")


def pilot(earnings: int, rounding: str) -> int:
    law = PILOT_2024.under_regimes([rounding, NO_DEDUCTION, NOT_COUNTED])
    words = {"region": "seoul", "programmes": ["safety_income"], "housing": {"tenure": "jeonse"}}
    facts = read_household(
        law,
        {"id": "h", "assets": {"general": 0, "financial": 0}, **words}
        | {"persons": [{**ONE, "earnings": earnings}]},
        "test",
        "household",
    )
    found: int = law.evaluate(facts, ["safety_income"])["safety_income"]
    return found


@given(
    earnings=st.integers(0, 2_100_000),
    step=st.integers(20, 500_000),
    rounding=st.sampled_from([UP, NEAREST]),
)
def test_with_the_pilot_alone_who_earns_20_won_more_never_has_less(
    earnings: int, step: int, rounding: str
) -> None:
    assert earnings + step + pilot(earnings + step, rounding) >= earnings + pilot(
        earnings, rounding
    )


@given(earnings=st.integers(0, 2_100_000), rounding=st.sampled_from([UP, NEAREST]))
def test_one_won_more_can_cost_nine_won_by_the_rounding(earnings: int, rounding: str) -> None:
    assert pilot(earnings, rounding) - pilot(earnings + 1, rounding) in (0, 10)


def test_in_the_whole_system_more_earnings_can_leave_less() -> None:
    # 조세특례제한법 §100의7③: 14,999.9 won of credit are none, 15,000.1 are 30,000.
    before, after = (
        credit("earned_income_credit_year", 2026, [person(1970, wages)])
        for wages in (21_881_818, 21_881_819)
    )
    assert (before, after) == (30_000, 0)
    # 주거급여법 §5①: 369,000 − 30 % × (1,230,834 − 820,556), and one won above the line nothing.
    paid = [
        answered("2026-07", {"public_transfers": income}).amounts["housing_benefit"]
        for income in (1_230_834, 1_230_835)
    ]
    assert paid == [245_920, 0]


YEARLY = (
    "earned_income_credit_year",
    "child_credit_year",
    "income_tax_year",
    "education_benefit_year",
)


@pytest.mark.parametrize("name", YEARLY)
def test_credits_taxes_and_school_money_are_of_a_year(name: str) -> None:
    law = law_on("2026-07")
    assert law.rules[name].period is Period.YEAR
    assert name in answered("2026-07").yearly
    assert name not in answered("2026-07").amounts


def test_the_earned_income_credit_rests_on_last_years_income_and_the_property_on_1_june() -> None:
    # 단독가구 2026: level between 4 and 9 million won; half from 170 million won of property.
    alone = person(1970, 5_000_000)
    assert credit("earned_income_credit_year", 2026, [alone]) == 1_650_000
    rich_now = alone | {"earnings": 9_000_000}
    assert credit("earned_income_credit_year", 2026, [rich_now]) == 1_650_000
    assert credit("earned_income_credit_year", 2026, [alone], 170_000_000) == 825_000
    facts = household([alone], None, general_property=0, financial_property=0)
    found = law_of(2026).evaluate(facts, ["earned_income_credit_year"])
    assert "assets_on_june_1" in str(found["earned_income_credit_year"])


def test_medical_aid_needs_facts_on_supporters() -> None:
    answer = answered("2026-07", readings=())
    assert answer.flags["medical_aid"] is None
    assert "supporters_exist" in blockers_of(answer, "medical_aid")
    above = answered("2026-07", {"public_transfers": 1_025_696}, readings=())
    assert above.flags["medical_aid"] is False


def test_the_exception_of_the_livelihood_benefit_needs_facts_on_supporters() -> None:
    # Above 130,000,000 won a year it turns on whether support can be had.
    wealthy = {"exist": True, "income_year": 130_000_001}
    answer = answered("2026-07", readings=(), supporters=wealthy)
    assert answer.amounts["livelihood_benefit"] is None
    assert "support_finding" in blockers_of(answer, "livelihood_benefit")
    able = answered("2026-07", readings=(), supporters=wealthy | {"finding": "able"})
    assert able.amounts["livelihood_benefit"] == 0
    at_the_limit = answered("2026-07", readings=(), supporters={"income_year": 130_000_000})
    assert at_the_limit.amounts["livelihood_benefit"] == 820_556
    # Without a word nobody is taken to have such a supporter, and the answer says so.
    silent = answered("2026-07", readings=())
    assert silent.amounts["livelihood_benefit"] == 820_556
    assert "supporters_income_year" in {each.as_json()["name"] for each in silent.assumptions}


def test_a_month_above_the_line_pays_nothing_and_ends_nothing() -> None:
    month = answered("2024-07", {"earnings": 1_894_179}, stage=1)  # 85 % is 1,894,178.25
    assert month.amounts["safety_income"] == 0
    assert month.flags["safety_income_zero_month"] is True
    assert month.flags["programme_ended"] is False
    next_month = answered("2024-08", {"earnings": 0}, stage=1)
    assert next_month.amounts["safety_income"] == 947_090
