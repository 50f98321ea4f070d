"""A law computed in two steps gives what it gives in one."""

from __future__ import annotations

import pytest

import donghaeng as dh
from donghaeng.laws import law_on
from donghaeng.rules import BadInput, HouseholdFacts, LawFault

WANTED = ("safety_income", "total_with_safety_income")


@pytest.fixture
def household() -> HouseholdFacts:
    """One person of 40 with 1,000,000 won of earnings and no property: the line of 2024 decides."""
    import datetime

    law = law_on("2024-07")
    words = {name: fact.choices for name, fact in law.facts.items() if fact.choices}
    facts = {
        "region": words["region"].from_word("서울"),  # type: ignore[union-attr]
        "tenure": words["tenure"].from_word("owned"),  # type: ignore[union-attr]
        "general_property": 0,
        "financial_property": 0,
        "supporters_exist": False,
        "stage": words["stage"].from_word("hypothesis"),  # type: ignore[union-attr]
    }
    person = {
        "birth_date": datetime.date(1984, 1, 1),
        "earnings": 1_000_000,
        "work_obstacle": words["work_obstacle"].from_word("none"),  # type: ignore[union-attr]
        "never_married": True,
        "insured_as_employee": True,
    }
    return HouseholdFacts("one", facts, [person])


def test_what_is_handed_in_is_taken_as_it_is(household: HouseholdFacts) -> None:
    """Half of (85 % of 2,228,445 - 1,000,000), up to ten won: 447,090; with 1,500,000 instead 197,090."""
    law = law_on("2024-07").under(
        safety_income_earnings="no_deduction",
        safety_income_other_benefits="not_counted",
        safety_income_asset_rise="stops_payment",
        safety_income_rounding="up_to_10_won",
    )
    assert law.evaluate(household, ["safety_income"])["safety_income"] == 447_090
    tail = law.given(["unit_work_income"], ["safety_income"])
    household.household["unit_work_income"] = 1_500_000
    assert tail.evaluate(household, ["safety_income"])["safety_income"] == 197_090


def test_only_what_is_needed_is_kept() -> None:
    law = law_on("2024-07")
    tail = law.given(["safety_income", "former_benefits"], ["safety_income_make_up"])
    assert set(tail.rules) < set(law.rules)
    assert "safety_income" not in tail.rules
    assert tail.facts["safety_income"].period.value == "month"
    assert "livelihood_benefit" not in tail.variables


def test_a_part_of_a_law_is_reformed_like_the_whole() -> None:
    law = law_on("2024-07")
    text = "parameters: {safety_income_line_ratio: 65%}"
    tail = law.given(["median_income"], ["safety_income_line"])
    household = HouseholdFacts("one", {"median_income": 1_000_000}, [{}])
    changed = tail.with_parameters(text)
    assert tail.evaluate(household, ["safety_income_line"]) == {"safety_income_line": 850_000}
    assert changed.evaluate(household, ["safety_income_line"]) == {"safety_income_line": 650_000}
    assert law.with_parameters(text).hash == changed.hash != law.hash


def test_a_reform_of_yaml_reads_no_rule_again_and_keeps_the_law_before() -> None:
    law = dh.law_on("2024-07")
    changed = law.with_parameters("parameters: {safety_income_line_ratio: 65%}")
    assert changed.rules["safety_income"].function is law.rules["safety_income"].function
    assert str(law.in_force["safety_income_line_ratio"].cells[()]) == "17/20"
    assert str(changed.in_force["safety_income_line_ratio"].cells[()]) == "13/20"


def test_reforms_hold_in_the_order_in_which_they_were_added() -> None:
    law = law_on("2024-07")
    for ratio in (65, 75, 55):
        law = law.with_parameters(f"parameters: {{safety_income_line_ratio: {ratio}%}}")
    assert str(law.in_force["safety_income_line_ratio"].cells[()]) == "11/20"


def test_an_unknown_result_cannot_be_handed_in() -> None:
    with pytest.raises(BadInput, match="safety_incom"):
        law_on("2024-07").given(["safety_incom"], ["safety_income_make_up"])


def test_an_unknown_parameter_is_refused_in_a_part_too() -> None:
    tail = law_on("2024-07").given(["median_income"], ["safety_income_line"])
    with pytest.raises(LawFault, match="safety_income_line_rato"):
        tail.with_parameters("parameters: {safety_income_line_rato: 65%}")
