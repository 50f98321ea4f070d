"""A whole simulation: totals that add up, regimes, labels, and what is not known."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from donghaeng.laws import book, law_on
from donghaeng.policy.question import Question, plan_of, readings_of
from donghaeng.policy.reform_files import Assumptions, Reform, read_reform
from donghaeng.policy.results import Simulation
from donghaeng.policy.runs import this_process
from donghaeng.policy.scenario import baseline, reformed
from donghaeng.policy.simulate import simulate
from donghaeng.population.schema import schema_of
from donghaeng.population.store import Population, write_tables
from donghaeng.rules import BadInput, LawFault, is_missing

from . import people
from .conftest import EXAMPLES

INCOME = "total_disposable_with_safety_income"


@pytest.fixture(scope="module")
def found(question: Question, tmp_path_factory: pytest.TempPathFactory) -> Simulation:
    return simulate(question, tmp_path_factory.mktemp("run"), executors=this_process)


def by_hand(question: Question, name: str) -> dict[str, float]:
    """Weighted totals of a household amount before and after, by explained evaluation of each household."""
    plan = plan_of(question)
    schema = schema_of(book())
    households, persons = question.population.tables(schema)
    weights = dict(zip(households["household_id"], households["weight"], strict=True))
    totals = {"before": 0.0, "after": 0.0, "gaining": 0.0, "undetermined": 0.0}
    before, after = plan.before.law, plan.after.law
    stage = after.facts["stage"].choices
    assert stage is not None
    for household in people.facts_of(before, households, persons):
        weight = weights[int(household.id)]
        one = before.evaluate(household, [name])[name]
        household.household["stage"] = stage.from_word("hypothesis")
        other = after.evaluate(household, [name])[name]
        if is_missing(one) or is_missing(other):
            totals["undetermined"] += weight
            continue
        totals["before"] += weight * one
        totals["after"] += weight * other
        totals["gaining"] += weight * (other > one)
    return totals


def test_the_budget_is_the_sum_of_what_every_household_would_have(
    question: Question, found: Simulation
) -> None:
    totals = by_hand(question, INCOME)
    assert found.budget.cost.value == pytest.approx(totals["after"] - totals["before"], rel=1e-12)
    assert found.budget.gaining.value == pytest.approx(totals["gaining"], rel=1e-12)
    assert found.weight_undetermined == pytest.approx(totals["undetermined"], rel=1e-12)


def test_the_lines_of_a_month_lead_to_the_cost(found: Simulation) -> None:
    """Monthly benefits less contributions, and what another benefit replaces, are the cost."""
    budget = found.budget
    assert budget.listed.value + budget.unlisted.value == pytest.approx(budget.cost.value, rel=1e-9)
    months = [each for each in found.amounts if each.period == "month"]
    lines = sum(
        each.total.change.value * (-1 if each.role == "contribution" else 1) for each in months
    )
    assert budget.listed.value == pytest.approx(
        lines, rel=0.02
    )  # lines hold who is undetermined too
    # What Safety Income replaces is not paid beside it.
    assert budget.unlisted.value < 0


def test_a_benefits_total_is_the_sum_of_what_every_household_is_paid(
    question: Question, found: Simulation
) -> None:
    totals = by_hand(question, "safety_income")
    amount = next(each for each in found.amounts if each.name == "safety_income")
    assert amount.total.before.value == 0.0
    assert amount.total.after.value == pytest.approx(totals["after"], rel=1e-12)
    assert amount.period == "month"


def test_rows_in_are_rows_used_and_rows_undetermined(found: Simulation) -> None:
    assert found.households_in == 300
    assert found.households_in == found.households_used + found.households_undetermined


def test_every_grouping_adds_up_to_the_whole(found: Simulation) -> None:
    for grouping in ("decile", "family_type", "age", "district"):
        groups = [each for each in found.groups if each.grouping == grouping]
        assert sum(each.rows for each in groups) == found.households_used, grouping
        cost = sum(each.households * each.mean_change.value for each in groups)
        assert cost == pytest.approx(found.budget.cost.value, rel=1e-9), grouping


def test_what_nothing_published_settles_is_told_reading_by_reading(found: Simulation) -> None:
    """Whether earnings are deducted, other benefits count, and how ten won are rounded: 2 x 2 x 2 at most."""
    assert 1 < len(found.readings) <= 8
    assert [each.main for each in found.readings].count(True) == 1
    told = {frozenset((each.name, each.word) for each in one.regimes) for one in found.readings}
    assert len(told) == len(found.readings)
    main = found.readings[0]
    assert main.cost.value == pytest.approx(found.budget.cost.value, rel=1e-12)


def test_the_first_reading_is_that_of_the_defaults() -> None:
    law = law_on("2024-07")
    first = readings_of(law, [INCOME])[0]
    assert (
        first["safety_income_interaction_later"]
        in law.in_force["safety_income_interaction_later"].regimes
    )
    for name, word in first.items():
        default = law.in_force[name].default
        assert not default or word == default


def test_each_reading_is_the_law_under_it(question: Question, found: Simulation) -> None:
    """One reading other than the main one, computed by itself with its regimes chosen."""
    other = found.readings[-1]
    reading = next(
        each
        for each in plan_of(question).readings
        if all(each[regime.name] == regime.word for regime in other.regimes)
    )
    law = law_on("2024-07").under(**reading)
    file = EXAMPLES / "safety_income_85.yaml"
    before = baseline(law)
    alone = Question(
        question.population, before, reformed(before, read_reform(file), file), form="numpy"
    )
    totals = by_hand(alone, INCOME)
    assert other.cost.value == pytest.approx(totals["after"] - totals["before"], rel=1e-12)


def test_the_label_says_simulation_and_that_people_were_made(
    found: Simulation, tmp_path: Path
) -> None:
    assert found.label == "simulation"
    assert found.as_json()["kind"] == "simulation"
    households, persons = people.tables(120, seed=4)
    households = households.with_columns(replicate=people.pl.Series(np.arange(120) % 20))
    folder = tmp_path / "made"
    said = people.manifest(kind="synthetic", replicates=20)
    people.write_tables(folder, schema_of(book()), households, persons, said)
    before = baseline(law_on("2024-07"))
    file = EXAMPLES / "safety_income_85.yaml"
    question = Question(Population.open(folder), before, reformed(before, read_reform(file), file))
    synthetic = simulate(question, tmp_path / "run", executors=this_process)
    assert synthetic.label == "simulation (synthetic)"
    # Six households a replicate are too few for fifths: no figure, and the reason.
    fifths = next(each for each in synthetic.measures if each.name == "s80_s20").compared
    assert np.isnan(fifths.before.value)
    assert "quantile at 0.8" in fifths.note
    assert synthetic.budget.cost.freedom == 19


def test_the_same_question_gives_the_same_bytes(
    question: Question, found: Simulation, tmp_path: Path
) -> None:
    import json

    again = simulate(question, tmp_path / "run", executors=this_process)
    assert json.dumps(again.as_json()) == json.dumps(found.as_json())


def test_a_reform_that_changes_nothing_costs_nothing(question: Question, tmp_path: Path) -> None:
    nothing = Reform.model_validate({"reform": {"ko": "없음", "en": "nothing"}})
    after = reformed(question.before, nothing, Path("reform.yaml"))
    found = simulate(
        Question(question.population, question.before, after, form="numpy"),
        tmp_path,
        executors=this_process,
    )
    assert found.budget.cost.value == 0.0
    assert found.budget.gaining.value == found.budget.losing.value == 0.0
    assert all(each.compared.change.value == 0.0 for each in found.measures)
    assert all(each.compared.change.standard_error == 0.0 for each in found.measures)


def test_assumptions_hold_before_and_after_and_are_listed(
    lacking: Population, tmp_path: Path
) -> None:
    facts: dict[str, Any] = {
        "tenure": "owned",
        "earnings": 0,
        "general_property": 0,
        "region": "seoul",
    }
    overlay = Assumptions.model_validate(
        {"assumptions": {"ko": "가정", "en": "assumed"}, "facts": facts}
    )
    law = law_on("2024-07")
    file = EXAMPLES / "safety_income_85.yaml"
    results = []
    for each in (None, overlay):
        before = baseline(law, each)
        after = reformed(before, read_reform(file), file)
        question = Question(lacking, before, after, form="numpy")
        results.append(simulate(question, tmp_path / str(each is None), executors=this_process))
    without, assuming = results
    assert assuming.households_undetermined < without.households_undetermined
    assert [(each.name, each.status) for each in assuming.assumed] == [
        (name, "assumed") for name in facts
    ]


def test_poverty_is_told_with_its_own_line_and_with_that_before_the_reform(
    found: Simulation,
) -> None:
    by_name = {each.name: each.compared for each in found.measures}
    own, anchored = by_name["poverty_rate"], by_name["anchored_poverty_rate"]
    assert own.before == anchored.before
    assert anchored.after.value <= own.after.value


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            {"parameters": {"safety_income_line_rato": "65%"}},
            r"unknown parameter.*safety_income_line_ratio",
        ),
        ({"facts": {"stag": "hypothesis"}}, r"unknown fact 'stag'.*stage"),
        ({"facts": {"stage": "hypothesi"}}, r"stage cannot be 'hypothesi'.*hypothesis"),
        ({"income": "safety_incom"}, r"no disposable income"),
        ({"take_up": "nowhere.yaml"}, r"nowhere.yaml"),
        ({"rules": "nowhere.py"}, r"nowhere.py"),
    ],
)
def test_a_reform_that_does_not_fit_is_one_line(
    hundreds: Population, content: dict[str, Any], message: str
) -> None:
    reform = Reform.model_validate({"reform": {"ko": "변경", "en": "change"}, **content})
    before = baseline(law_on("2024-07"))
    with pytest.raises((BadInput, LawFault), match=message) as refused:
        plan_of(
            Question(
                hundreds,
                before,
                reformed(before, reform, Path("reform.yaml")),
                income=reform.income,
            )
        )
    assert "\n" not in str(refused.value)


def test_before_the_pilot_the_present_system_is_what_counts(hundreds: Population) -> None:
    law = law_on("2016-07")
    before = baseline(law)
    reform = Reform.model_validate(
        {"reform": {"ko": "변경", "en": "change"}, "parameters": {"living_reserve": 5_000_000}}
    )
    after = reformed(before, reform, Path("reform.yaml"))
    assert plan_of(Question(hundreds, before, after)).income == "total_disposable"


def test_new_rules_hold_and_a_basic_income_costs_its_amount_for_each_person(
    question: Question, tmp_path: Path
) -> None:
    """100,000 won for every person whose household's income is known, and nothing else changes."""
    file = EXAMPLES / "basic_income_of_equal_cost.yaml"
    reform = read_reform(file).model_copy(
        update={"solve": None, "parameters": {"basic_income_amount": 100_000}}
    )
    asked = Question(
        question.population, question.before, reformed(question.before, reform, file), form="numpy"
    )
    found = simulate(asked, tmp_path, executors=this_process)
    plan = plan_of(asked)
    tables = question.population.tables(schema_of(book()))
    weights = dict(zip(tables[0]["household_id"], tables[0]["weight"], strict=True))
    cost = 0.0
    for household in people.facts_of(plan.before.law, *tables):
        income = plan.before.law.evaluate(household, [INCOME])[INCOME]
        if not is_missing(income):
            cost += weights[int(household.id)] * 100_000 * len(household.persons)
    assert found.budget.cost.value == pytest.approx(cost, rel=1e-12)
    assert found.budget.losing.value == 0.0


def test_a_population_of_which_no_income_is_known_is_refused_in_one_line(
    question: Question, tmp_path: Path
) -> None:
    """Nobody's earnings are told."""
    households, persons = people.tables(5, seed=4)
    write_tables(
        tmp_path / "people",
        schema_of(book()),
        households,
        persons.with_columns(earnings=pl.lit(None, pl.Int64)),
        people.manifest(),
    )
    asked = dataclasses.replace(question, population=Population.open(tmp_path / "people"))
    with pytest.raises(BadInput, match="no household's income is known"):
        simulate(asked, tmp_path / "run", executors=this_process)
