"""What a household is entitled to: published amounts, bounds where the law is open, what it rests on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from donghaeng import BadInput, HouseholdFacts, assess, law_on, read_households
from donghaeng.household import Answer
from donghaeng.household.assess import spelled
from donghaeng.rules import Explanation, Law
from donghaeng.rules.terms import Entity, Role, Status

from .files import (
    GONE,
    HH1,
    JULY_2024,
    answered,
    assumed,
    hh1,
    in_stage,
    open_result,
    person,
    saved,
)

NO_DEDUCTION, DEDUCTION = "no_deduction", "basic_livelihood_deduction"
LIMIT = 326_000_000  # won of property, Korea Herald 2022-02-22
RECEIPTS = ["youth_allowance", "youth_rent_support", "housing_voucher", "seoul_basic_security"]


# The household of the issue.


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    file = tmp_path_factory.mktemp("issue") / "hh1.yaml"
    file.write_text(HH1, encoding="utf-8")
    law = law_on(JULY_2024)
    (answer,) = assess(law, read_households(law, file))
    return answer


def test_one_person_without_income_gets_947_090_won_in_2024(issue: Answer) -> None:
    # Korea Herald 2024-09-05: the largest amount for one person; (2,228,445 × 85 % − 0) × 50 %.
    assert issue.amounts["safety_income"] == 947_090


def test_the_present_system_gives_the_livelihood_line_and_the_base_rent(issue: Answer) -> None:
    assert issue.amounts["livelihood_benefit"] == 713_102  # 32 % of 2,228,445, line of 2024
    assert issue.amounts["housing_benefit"] == 341_000  # base rent, 고시 제2023-798호, 1급지
    assert issue.totals["present"] == 713_102 + 341_000


def test_the_lines_of_2024_are_those_that_were_published(issue: Answer) -> None:
    # 한국생활안내(다누리) 2024, one person; the line of the pilot is 85 % without the part of a won.
    published = {
        "median_income": 2_228_445,
        "livelihood_line": 713_102,
        "medical_line": 891_378,
        "housing_line": 1_069_654,
        "education_line": 1_114_223,
        "safety_income_line": 1_894_178,
    }
    assert {name: issue.lines[name] for name in published} == published


def test_a_household_that_would_lose_is_made_up(issue: Answer) -> None:
    # 서울시 설명자료 2022-07-04: nobody has less than before.
    assert issue.amounts["safety_income_make_up"] == 1_054_102 - 947_090
    assert issue.total("with_safety_income") is not None
    assert issue.total("with_safety_income").single == 1_054_102


def test_in_july_2024_the_pilot_runs(issue: Answer) -> None:
    assert issue.flags["programme_ended"] is False
    assert not assumed(issue, "scenario")


def test_in_july_2026_the_amount_is_a_scenario_and_says_so(tmp_path: Path) -> None:
    answer = answered(tmp_path, hh1(), "2026-07")
    assert answer.flags["programme_ended"] is True
    assert list(assumed(answer, "scenario")) == ["programme_ended"]
    # Median of one person in 2026: 2,564,238; (× 85 %) × 50 % = 1,089,801.15, up or nearest: 1,089,810
    # and 1,089,800.
    assert answer.amounts["safety_income"] is None
    spread = open_result(answer, "safety_income").spread
    assert spread is not None
    assert spread.by_regime == {"up_to_10_won": 1_089_810, "nearest_10_won": 1_089_800}


def test_the_answer_has_the_shape_of_the_issue(issue: Answer) -> None:
    plain = issue.as_json()
    assert list(plain) == [
        *("id", "amounts", "yearly", "lines", "flags", "persons", "total"),
        *("ask_next", "undetermined", "assumptions"),
    ]
    totals = [name for name, rule in law_on(JULY_2024).rules.items() if rule.role is Role.TOTAL]
    assert list(plain["total"]) == [name.removeprefix("total_") for name in totals]
    assert list(plain["total"]["with_safety_income"]) == ["lowest", "highest", "regimes"]
    assert json.loads(json.dumps(plain)) == plain
    assert type(plain["total"]["present"]) is int
    open_results = {item["name"] for item in plain["undetermined"]}
    for name, amount in (plain["amounts"] | plain["yearly"] | plain["lines"]).items():
        assert amount is None if name in open_results else type(amount) is int
    assert list(plain["persons"]) == ["p1"]


def under_one_reading(law: Law) -> Law:
    """``law`` with every open choice made: the first reading of each."""
    return law.under(**{name: words[0] for name, words in law.open_choices(law.rules).items()})


def nodes_behind(law: Law, facts: HouseholdFacts, answer: Answer) -> list[Explanation]:
    """Every node of the explanation of every result that the answer shows."""
    shown = [*answer.amounts, *answer.yearly, *answer.lines, *answer.flags]
    asked = [(name, "") for name in shown if law.variables[name].entity is Entity.HOUSEHOLD]
    asked += [(name, person) for person, values in answer.persons.items() for name in values]
    return [node for name, person in asked for node in law.explain(facts, name, person).walk()]


def test_every_absent_fact_that_was_used_is_listed_with_the_default_that_it_took(
    tmp_path: Path,
) -> None:
    law = under_one_reading(law_on(JULY_2024))
    (facts,) = read_households(law, saved(tmp_path, hh1()))
    (answer,) = assess(law, [facts])
    used = {
        f"{node.person}.{node.name}".removeprefix("."): spelled(node.value)
        for node in nodes_behind(law, facts, answer)
        if node.assumed
    }
    defaults = {name: each["value"] for name, each in assumed(answer, "default").items()}
    assert defaults == used
    some = {"p1.absence": "none", "p1.business_income": "0", "home_value": "0"}
    assert some.items() <= defaults.items()
    for name in defaults:
        fact = law.facts[name.rpartition(".")[2]]
        assert spelled(fact.default) == defaults[name]
        assert fact.name not in facts.household


def test_a_fact_that_was_given_is_not_listed(tmp_path: Path) -> None:
    given_all = hh1(receipts=dict.fromkeys(RECEIPTS, 0), persons=[person(business_income=0)])
    defaults = assumed(answered(tmp_path, given_all), "default")
    assert "p1.business_income" not in defaults
    assert not any(name.startswith("youth") for name in defaults)


def test_every_number_that_was_used_and_is_not_official_is_listed_with_status_and_source(
    tmp_path: Path,
) -> None:
    law = under_one_reading(law_on(JULY_2024))
    (facts,) = read_households(law, saved(tmp_path, hh1()))
    (answer,) = assess(law, [facts])
    used = {
        use.name + (f"[{', '.join(map(str, use.key))}]" if use.key else ""): use.status.value
        for node in nodes_behind(law, facts, answer)
        for use in node.parameters
        if use.status is not Status.OFFICIAL
    }
    listed = assumed(answer, "parameter") | assumed(answer, "regime")
    assert {name: each["status"] for name, each in listed.items()} == used
    some = {"median_income_table[1]": "press", "livelihood_line_table[1]": "derived"}
    assert some.items() <= used.items()
    assert all(each["source"] and each["since"] for each in listed.values())


def test_a_reading_that_was_taken_is_listed(issue: Answer, tmp_path: Path) -> None:
    assert assumed(issue, "regime")["safety_income_interaction"]["value"] == (
        "replaces_cash_benefits"
    )
    chosen = answered(tmp_path, hh1(), JULY_2024, NO_DEDUCTION)
    assert assumed(chosen, "regime")["safety_income_earnings"]["value"] == NO_DEDUCTION


# Where the law is not known to us.


def two_who_earn_1_2_million() -> dict[str, Any]:
    persons = [
        person("p1", birth_date="1980-01-01", earnings=1_200_000),
        person("p2", birth_date="1982-01-01"),
    ]
    return hh1(persons=persons, housing={"tenure": "jeonse"}, assets={"general": 0, "financial": 0})


def test_both_readings_of_the_deduction_are_told(tmp_path: Path) -> None:
    # Median of two in 2026: 4,199,292. (3,569,398.2 − 1,200,000) / 2 and (… − 840,000) / 2, by ten.
    answer = answered(tmp_path, two_who_earn_1_2_million(), "2026-07")
    assert answer.lines["median_income"] == 4_199_292
    assert answer.amounts["safety_income"] is None
    assert open_result(answer, "safety_income").as_json() == {
        "name": "safety_income",
        "reason": "regimes",
        "lowest": 1_184_700,
        "highest": 1_364_700,
        "regimes": {NO_DEDUCTION: 1_184_700, DEDUCTION: 1_364_700},
    }


@pytest.mark.parametrize(("regime", "amount"), [(NO_DEDUCTION, 1_184_700), (DEDUCTION, 1_364_700)])
def test_with_a_reading_there_is_one_number(tmp_path: Path, regime: str, amount: int) -> None:
    answer = answered(tmp_path, two_who_earn_1_2_million(), "2026-07", regime)
    assert answer.amounts["safety_income"] == amount
    assert [each.name for each in answer.undetermined if each.spread] == []


def test_an_unknown_reading_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no_deduction"):
        answered(tmp_path, hh1(), JULY_2024, "no_deductoin")


def test_the_total_follows_the_readings_of_how_benefits_go_together(tmp_path: Path) -> None:
    # What the city said holds for stage 1; for stage 2 nothing printed settles it.
    income = person(earnings=1_000_000)
    first = answered(tmp_path, in_stage(1, persons=[income]), JULY_2024, NO_DEDUCTION)
    second = answered(tmp_path, in_stage(2, "2023-07", persons=[income]), JULY_2024, NO_DEDUCTION)
    assert first.total("with_safety_income") is not None
    assert second.total("with_safety_income") is not None
    # Recognised 700,000: 13,102 + 341,000 today. Pilot: (1,894,178.25 − 1,000,000) / 2, and with
    # 354,102 counted as income (1,894,178.25 − 1,354,102) / 2 = 270,038.125.
    assert first.totals["present"] == second.totals["present"] == 354_102
    assert first.total("with_safety_income").by_regime == {"all": 447_090}
    assert second.total("with_safety_income").by_regime == {
        "replaces_cash_benefits": 447_090,
        "counts_them_as_income": 270_040 + 354_102,
        "pays_beside": 447_090 + 354_102,
    }


# What is not known.


def test_missing_earnings_leave_the_amounts_open_and_say_what_to_ask(tmp_path: Path) -> None:
    answer = answered(tmp_path, hh1(persons=[person("p1"), person("p2", earnings=None)]))
    for name in ("livelihood_benefit", "housing_benefit", "safety_income"):
        assert answer.amounts[name] is None
        assert open_result(answer, name).blocked_by == ("p2.earnings",)
    assert answer.totals["present"] is None
    assert answer.total("with_safety_income") is not None
    assert answer.total("with_safety_income").lowest is None
    assert answer.lines["median_income"] == 3_682_609  # two persons, 2024
    assert answer.persons["p2"]["assessed_work_income"] is None


def test_unknown_is_never_zero(tmp_path: Path) -> None:
    known = answered(tmp_path, hh1(assets__financial=0))
    unknown = answered(tmp_path, hh1(assets__financial=GONE))
    assert known.amounts["livelihood_benefit"] == 713_102
    assert unknown.amounts["livelihood_benefit"] is None
    assert open_result(unknown, "livelihood_benefit").blocked_by == ("financial_property",)


def test_what_is_asked_next_is_named_apart(tmp_path: Path) -> None:
    answer = answered(tmp_path, hh1(persons=[person(earnings=GONE)], assets__financial=GONE))
    found = open_result(answer, "recognised_income")
    assert set(found.blocked_by) | set(found.may_ask) == {"p1.earnings", "financial_property"}


def test_a_gap_in_the_law_is_named(tmp_path: Path) -> None:
    # The base rents of 2023 were not read.
    answer = answered(tmp_path, hh1(), "2023-07")
    assert answer.amounts["housing_benefit"] is None
    assert any("base_rent_table" in b for b in open_result(answer, "housing_benefit").blocked_by)
    assert answer.amounts["livelihood_benefit"] == 623_368  # 30 % of 2,077,892


# Who counts.


def test_a_soldier_does_not_count_in_the_household(tmp_path: Path) -> None:
    # 국민기초생활 보장법 시행령 §2②: 현역 군인 is left out, with what he earns.
    soldier = person("p2", birth_date="2003-01-01", absence="military", earnings=1_000_000)
    answer = answered(tmp_path, hh1(persons=[person("p1"), soldier]))
    assert answer.persons["p2"]["in_benefit_unit"] is False
    assert answer.lines["median_income"] == 2_228_445
    assert answer.amounts["livelihood_benefit"] == 713_102


def test_a_variable_that_is_asked_for_is_shown(tmp_path: Path) -> None:
    law = law_on(JULY_2024)
    households = read_households(law, saved(tmp_path, hh1()))
    (answer,) = assess(law, households, show=["rent_zone", "age", "tested_property"])
    assert answer.flags["rent_zone"] == 1
    assert answer.persons["p1"]["age"] == 34
    assert answer.amounts["tested_property"] == 15_000_000
    with pytest.raises(BadInput, match="rent_zone"):
        assess(law, households, show=["rent_zon"])


def test_several_households_are_answered_in_order(tmp_path: Path) -> None:
    law = law_on(JULY_2024)
    file = saved(tmp_path, hh1(id="b"), hh1(id="a"), hh1(id="c"))
    households: list[HouseholdFacts] = read_households(law, file)
    assert [answer.id for answer in assess(law, households)] == ["b", "a", "c"]
