"""At every point the sweep gives the figures that a simulation of that reform gives."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

from donghaeng.laws import book, law_on
from donghaeng.policy.design_keys import Sampling
from donghaeng.policy.question import Question
from donghaeng.policy.reform_files import Reform, read_reform
from donghaeng.policy.runs import this_process
from donghaeng.policy.scenario import Scenario, baseline
from donghaeng.policy.simulate import simulate
from donghaeng.policy.sweep import DISTRIBUTION, TOTALS, Family, Figure, Figures, Point, Sweep
from donghaeng.policy.take_up import TakeUp
from donghaeng.population.schema import schema_of
from donghaeng.population.store import Population, write_tables
from donghaeng.rules.faults import BadInput
from donghaeng.rules.terms import Kind
from tests.policy import people

EXAMPLES = Path(__file__).parents[3] / "examples" / "policy"
SAFETY_INCOME = EXAMPLES / "safety_income_85.yaml"
LINE, SHARE = "safety_income_line_ratio", "safety_income_share"
POINTS: tuple[Point, ...] = (
    {LINE: Fraction(1, 2), SHARE: Fraction(1, 4)},
    {LINE: Fraction(17, 20), SHARE: Fraction(1, 2)},
    {LINE: Fraction(91, 100), SHARE: Fraction(33, 100)},  # hundredths twice over
    {LINE: Fraction(3, 2), SHARE: Fraction(1)},
)


@pytest.fixture(scope="module")
def before() -> Scenario:
    return baseline(law_on("2024-07"))


def compare(
    population: Population, family: Family, point: Point, found: Figures, folder: Path
) -> None:
    """Hold the figures against those of a whole simulation."""
    question = Question(population, family.before, family.at(point), form="numpy")
    whole = simulate(question, folder, executors=this_process)
    for figure in TOTALS:
        expected = getattr(whole.budget, figure.value)
        assert found.value(figure) == pytest.approx(expected.value, rel=1e-12), figure
        assert found.of[figure].standard_error == pytest.approx(expected.standard_error, rel=1e-9)
    measures = {each.name: each.compared.after.value for each in reversed(whole.measures)}
    for figure in DISTRIBUTION:
        assert found.value(figure) == pytest.approx(measures[figure.value], abs=1e-12), figure
    amounts = {each.name: each.recipients.after for each in whole.amounts}
    for name, counted in found.recipients.items():
        assert counted.value == pytest.approx(amounts[name].value, rel=1e-12)
    assert found.undetermined == pytest.approx(whole.weight_undetermined)
    rate = next(each for each in whole.rates if each.name == "participation_rate")
    # A simulation stores rates in 32 bits.
    assert found.value(Figure.PARTICIPATION_TAX_RATE) == pytest.approx(
        rate.mean.after.value, abs=1e-6
    )


def test_every_point_is_what_a_simulation_gives(
    hundreds: Population, before: Scenario, tmp_path: Path
) -> None:
    family = Family(before, read_reform(SAFETY_INCOME), SAFETY_INCOME)
    sweep = Sweep(hundreds, family, POINTS[0], form="numpy")
    assert sweep.stages.kernel is not None
    for number, point in enumerate(POINTS):
        compare(hundreds, family, point, sweep.figures(point), tmp_path / str(number))


def test_households_whose_income_is_not_known_are_left_out(
    lacking: Population, before: Scenario
) -> None:
    family = Family(before, read_reform(SAFETY_INCOME), SAFETY_INCOME)
    found = Sweep(lacking, family, POINTS[0], form="numpy").figures(POINTS[1])
    assert found.undetermined > 0
    assert found.value(Figure.GAINING) + found.undetermined <= sum(
        partition.household("weight").sum() for partition in lacking.partitions
    )


def test_claims_of_what_is_swept_are_drawn_at_every_point(
    hundreds: Population, tmp_path: Path
) -> None:
    claiming = {"who": "share", "share": {"value": 0.5, "source": "made up", "status": "assumed"}}
    settings = TakeUp.model_validate(
        {
            "title": {"ko": "절반", "en": "a half"},
            "seed": 1,
            "benefits": {"safety_income": claiming},
        }
    )
    before = baseline(law_on("2024-07"), take_up=settings)
    family = Family(before, read_reform(SAFETY_INCOME), SAFETY_INCOME)
    sweep = Sweep(hundreds, family, POINTS[0], form="numpy")
    assert sweep.stages.kernel is None
    compare(hundreds, family, POINTS[1], sweep.figures(POINTS[1]), tmp_path / "run")


def test_rules_of_a_reform_with_people_counted_by_itself(
    hundreds: Population, before: Scenario, tmp_path: Path
) -> None:
    """50,000 won for every person cost 50,000 won times the persons there are."""
    rules = (EXAMPLES / "basic_income.py").read_text(encoding="utf-8")
    rules = rules.replace("listed_persons", "persons_paid").replace(
        "rule\n\n", "count_over, rule\n\n", 1
    )
    counted = 'persons_paid = count_over(HOUSEHOLD, label=("사람 수", "Persons"))\n'
    (tmp_path / "paid.py").write_text(rules.replace("\n\n\n@rule", f"\n\n{counted}\n\n@rule", 1))
    content = read_reform(EXAMPLES / "basic_income_of_equal_cost.yaml")
    reform = content.model_copy(update={"rules": "paid.py", "solve": None})
    family = Family(before, reform, tmp_path / "reform.yaml")
    point = {"basic_income_amount": 50_000}
    found = Sweep(hundreds, family, point, form="numpy").figures(point)
    assert found.value(Figure.COST) > 50_000
    compare(hundreds, family, point, found, tmp_path / "run")


def test_points_come_back_with_their_number_from_several_threads(
    hundreds: Population, before: Scenario
) -> None:
    family = Family(before, read_reform(SAFETY_INCOME), SAFETY_INCOME)
    sweep = Sweep(hundreds, family, POINTS[0], form="numpy", wanted=TOTALS)
    alone = [sweep.figures(point).value(Figure.COST) for point in POINTS]
    together = dict(sweep.over(POINTS * 4, threads=4))
    assert [together[n].value(Figure.COST) for n in range(16)] == alone * 4


def test_a_replicate_is_measured_by_itself(before: Scenario, tmp_path: Path) -> None:
    households, persons = people.tables(80, seed=3)
    households = households.with_columns(replicate=pl.col("household_id") % 4)
    said = people.manifest(kind="synthetic", replicates=4)
    write_tables(tmp_path / "town", schema_of(book()), households, persons, said)
    population = Population.open(tmp_path / "town")
    family = Family(before, read_reform(SAFETY_INCOME), SAFETY_INCOME)
    sweep = Sweep(population, family, POINTS[1], form="numpy")
    assert sweep.sampling is Sampling.REPLICATES
    compare(population, family, POINTS[1], sweep.figures(POINTS[1]), tmp_path / "run")


def test_a_parameter_that_decides_nothing_of_income_is_refused(
    hundreds: Population, before: Scenario
) -> None:
    family = Family(
        before, Reform.model_validate({"reform": {"ko": "안", "en": "Plan"}}), SAFETY_INCOME
    )
    aside = next(
        name
        for name, parameter in before.law.parameters.items()
        if name in before.law.in_force
        and parameter.kind in (Kind.MONEY, Kind.RATE)
        and not (parameter.axes or parameter.brackets)
        and name not in before.law.links.parameters_behind(["total_disposable_with_safety_income"])
    )
    with pytest.raises(BadInput, match="decides nothing of total_disposable_with_safety_income"):
        Sweep(hundreds, family, {aside: 0}, form="numpy")
