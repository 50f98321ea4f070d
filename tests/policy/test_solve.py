"""A parameter is found where there is one answer; where there is none, or several, that is said."""

from __future__ import annotations

import itertools
from fractions import Fraction
from pathlib import Path

import pytest

from donghaeng.laws import law_on
from donghaeng.policy.question import Question
from donghaeng.policy.reform_files import Reform, SolveFor, read_reform
from donghaeng.policy.runs import this_process
from donghaeng.policy.scenario import Scenario, baseline
from donghaeng.policy.simulate import simulate
from donghaeng.policy.solve import Search, Target, cost_of, resolved, solve
from donghaeng.policy.sweep import Family, Figure, Sweep
from donghaeng.population.store import Population
from donghaeng.rules.faults import BadInput

EXAMPLES = Path(__file__).parents[2] / "examples" / "policy"
SAFETY_INCOME = EXAMPLES / "safety_income_85.yaml"
BASIC_INCOME = EXAMPLES / "basic_income_of_equal_cost.yaml"
LINE = "safety_income_line_ratio"


@pytest.fixture(scope="module")
def before() -> Scenario:
    return baseline(law_on("2024-07"))


@pytest.fixture(scope="module")
def family(before: Scenario) -> Family:
    return Family(before, read_reform(SAFETY_INCOME), SAFETY_INCOME)


def test_a_basic_income_costs_what_safety_income_costs(
    hundreds: Population, before: Scenario, tmp_path: Path
) -> None:
    reform, found = resolved(
        read_reform(BASIC_INCOME), BASIC_INCOME, hundreds, before, form="numpy"
    )
    assert found is not None
    assert found.outside is not None
    assert reform.solve is None
    amount = reform.parameters["basic_income_amount"]
    # The cost of one won more is the number of persons; by it the amount is the largest within the target.
    persons = found.outside.figure.value - found.inside.figure.value
    assert amount == int(found.target.value / persons)
    assert found.outside.value == amount + 1
    assert found.inside.figure.value <= found.target.value < found.outside.figure.value
    whole = Question(hundreds, before, Family(before, reform, BASIC_INCOME).at({}), form="numpy")
    cost = simulate(whole, tmp_path, executors=this_process).budget.cost.value
    assert cost == pytest.approx(found.inside.figure.value, rel=1e-12)


def test_a_line_within_a_budget_is_the_highest_of_its_digits(
    hundreds: Population, family: Family
) -> None:
    budget = Target(Figure.COST, 60_000_000.0)
    found = solve(hundreds, family, Search(LINE, "30%", "150%", 1), budget, form="numpy")
    assert found.outside is not None
    assert found.outside.value - found.inside.value == Fraction(1, 1000)
    assert found.inside.figure.value <= 60_000_000 < found.outside.figure.value
    assert found.difference <= 0
    written = found.as_json()
    assert written["value"] == f"{float(found.inside.value * 100):g}%"


def test_poverty_is_brought_down_by_the_lowest_line_that_does_it(
    hundreds: Population, family: Family
) -> None:
    target = Target(Figure.POVERTY_GAP, 0.005)
    found = solve(hundreds, family, Search(LINE, "40%", "80%", 0), target, form="numpy")
    assert found.outside is not None
    assert found.outside.value == found.inside.value - Fraction(1, 100)
    assert found.inside.figure.value <= 0.005 < found.outside.figure.value


def test_a_target_met_just_at_an_end_is_an_answer(hundreds: Population, before: Scenario) -> None:
    reform = read_reform(SAFETY_INCOME)
    asked = SolveFor(parameter=LINE, between=("50%", "85%"), cost_of=SAFETY_INCOME.name)
    _, found = resolved(
        reform.model_copy(update={"solve": asked}), SAFETY_INCOME, hundreds, before, form="numpy"
    )
    assert found is not None
    assert (found.inside.value, found.outside, found.difference) == (Fraction(17, 20), None, 0.0)


@pytest.mark.parametrize("budget", [1.0, 1e15])
def test_a_budget_that_nothing_meets_is_refused_with_the_range_that_is_met(
    hundreds: Population, family: Family, budget: float
) -> None:
    with pytest.raises(BadInput, match=r"no value of .* brings cost to .*: it goes from [\d,]+ to"):
        solve(
            hundreds,
            family,
            Search(LINE, "50%", "100%", 0),
            Target(Figure.COST, budget),
            form="numpy",
        )


def test_a_target_that_is_passed_twice_is_refused_with_both_places(
    hundreds: Population, before: Scenario
) -> None:
    """A basic income moves the median, and half of it, past some before the amount lifts them over it."""
    reform = read_reform(BASIC_INCOME).model_copy(update={"solve": None})
    family, name = Family(before, reform, BASIC_INCOME), "basic_income_amount"
    wanted = frozenset({Figure.POVERTY_RATE})
    sweep = Sweep(hundreds, family, {name: 0}, wanted=wanted, form="numpy")
    rates = [sweep.figures({name: n * 25_000}).value(Figure.POVERTY_RATE) for n in range(33)]
    passed = [
        level
        for level in sorted(set(rates))
        if sum((a <= level) != (b <= level) for a, b in itertools.pairwise(rates)) > 1
    ]
    assert passed, "the poverty rate of these households only falls"
    target = Target(Figure.POVERTY_RATE, passed[0])
    with pytest.raises(BadInput, match=r"at \d values of basic_income_amount: .*narrow"):
        solve(hundreds, family, Search(name, 0, 800_000), target, form="numpy")


@pytest.mark.parametrize(
    ("block", "fault"),
    [
        ({}, "0 targets are stated"),
        ({"budget": 1, "poverty_rate": "10%"}, "2 targets are stated"),
        ({"poverty_rate": "few"}, "'few' is no share"),
        ({"cost_of": "nowhere.yaml"}, "No such file"),
        ({"cost_of": BASIC_INCOME.name}, "has a parameter to solve for itself"),
        ({"budget": 1, "between": (1, 2)}, "there is no value between 1 and 2|it goes from"),
        ({"budget": 1, "between": ("90%", "50%")}, "no value between 90% and 50%"),
        ({"budget": 1, "parameter": "safety_income_lin"}, "unknown parameter"),
    ],
)
def test_a_question_that_is_not_right_is_refused(
    hundreds: Population, before: Scenario, block: dict[str, object], fault: str
) -> None:
    content = {"parameter": LINE, "between": ("50%", "100%"), **block}
    reform = read_reform(SAFETY_INCOME)
    asked = reform.model_copy(update={"solve": SolveFor.model_validate(content)})
    with pytest.raises(BadInput, match=fault):
        resolved(asked, SAFETY_INCOME, hundreds, before, form="numpy")


def test_a_reform_without_a_question_stays_as_it_is(hundreds: Population, before: Scenario) -> None:
    reform = Reform.model_validate({"reform": {"ko": "안", "en": "Plan"}})
    assert resolved(reform, Path("plan.yaml"), hundreds, before) == (reform, None)


def test_a_reform_of_what_is_settled_once_a_year_is_no_target_of_cost(
    hundreds: Population, before: Scenario, tmp_path: Path
) -> None:
    file = tmp_path / "tax.yaml"
    file.write_text(
        "reform: {ko: 지방소득세, en: Local income tax}\nparameters: {local_income_tax_rate: 20%}\n"
    )
    said = r"tax.yaml.*bears on what is settled once a year \(local_income_tax_year\)"
    with pytest.raises(BadInput, match=said):
        cost_of(hundreds, before, file, form="numpy")
    family = Family(before, read_reform(file), file)
    search, budget = Search("local_income_tax_rate", "5%", "30%"), Target(Figure.COST, 1e6)
    with pytest.raises(BadInput, match=said):
        solve(hundreds, family, search, budget, form="numpy")
