"""The welfare panel under the rules of 2016: as the law stands, and with the shipped assumptions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from donghaeng.laws import book, law_on
from donghaeng.policy.comparison import (
    BenefitComparison,
    BlockerKind,
    Group,
    Unit,
    compare,
    find_blockers,
)
from donghaeng.policy.entitlements import entitlements
from donghaeng.policy.question import Question
from donghaeng.policy.reform_files import Assumptions, read_assumptions
from donghaeng.policy.runs import this_process
from donghaeng.policy.scenario import baseline
from donghaeng.policy.simulate import simulate
from donghaeng.population.koweps import import_survey, read_survey, shipped_map, store
from donghaeng.population.schema import schema_of
from donghaeng.population.store import Population

FILE = Path(__file__).parents[3] / "examples" / "policy" / "koweps_2016_assumptions.yaml"
BENEFITS = ("livelihood_benefit", "housing_benefit", "basic_pension", "earned_income_credit_year")
Key = tuple[str, Unit]


@pytest.fixture(scope="module")
def panel(
    shared_data: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Population:
    folder = shared_data("koweps_2017_w12")
    columns, schema = shipped_map(), schema_of(book())
    files = folder / "households.csv.gz", folder / "persons.csv.gz"
    target = tmp_path_factory.mktemp("panel") / "koweps"
    store(import_survey(read_survey(*files, columns), columns, schema), columns, schema, target)
    return Population.open(target)


@pytest.fixture(scope="module")
def overlay() -> Assumptions:
    return read_assumptions(FILE)


@pytest.fixture(scope="module")
def as_it_stands(panel: Population) -> dict[Key, BenefitComparison]:
    found = compare(panel, baseline(law_on("2016-07")), BENEFITS)
    return {(each.benefit, each.unit): each for each in found}


@pytest.fixture(scope="module")
def assumed(panel: Population, overlay: Assumptions) -> dict[Key, BenefitComparison]:
    found = compare(panel, baseline(law_on("2016-07"), overlay), BENEFITS)
    return {(each.benefit, each.unit): each for each in found}


def undetermined(found: BenefitComparison) -> float:
    groups = Group.UNDETERMINED_RECEIVING, Group.UNDETERMINED_NOT_RECEIVING
    return found.total(groups, weighted=False)


def test_the_gaps_of_2016_leave_nearly_every_livelihood_benefit_undetermined(
    as_it_stands: dict[Key, BenefitComparison],
) -> None:
    assert undetermined(as_it_stands["livelihood_benefit", Unit.HOUSEHOLDS]) > 0.99 * 6_581


def test_the_basic_pension_is_mostly_determined_without_any_assumption(
    as_it_stands: dict[Key, BenefitComparison],
) -> None:
    found = as_it_stands["basic_pension", Unit.PERSONS]
    assert undetermined(found) < 0.10 * 15_422
    agreement = found.agreement(weighted=True)
    assert agreement is not None
    assert agreement > 0.98


def test_the_assumptions_determine_all_but_a_few(
    assumed: dict[Key, BenefitComparison],
) -> None:
    assert all(undetermined(found) <= 3 for found in assumed.values())


def test_amounts_of_those_who_are_entitled_and_receive_are_near_to_what_they_report(
    assumed: dict[Key, BenefitComparison],
) -> None:
    for key, most in {
        ("basic_pension", Unit.PERSONS): 0.04,
        ("housing_benefit", Unit.HOUSEHOLDS): 0.10,
        ("livelihood_benefit", Unit.HOUSEHOLDS): 0.10,
        ("earned_income_credit_year", Unit.HOUSEHOLDS): 0.05,
    }.items():
        means = assumed[key].mean_of_both
        assert means is not None
        assert means[0] == pytest.approx(means[1], rel=most), key


def test_every_group_together_is_the_whole_survey(assumed: dict[Key, BenefitComparison]) -> None:
    for (_, unit), found in assumed.items():
        rows = found.total(Group, weighted=False)
        assert rows == (15_422 if unit is Unit.PERSONS else 6_581)


def test_a_simulation_counts_who_is_entitled_and_who_receives_as_the_comparison_does(
    panel: Population, overlay: Assumptions, assumed: dict[Key, BenefitComparison], tmp_path: Path
) -> None:
    """Persons by their own weights, which the survey gives apart from those of households."""
    before = baseline(law_on("2016-07"), overlay)
    asked = Question(panel, before, before, form="numpy", overlay=overlay)
    told = simulate(asked, tmp_path / "run", executors=this_process)
    for benefit, unit in (
        ("basic_pension", Unit.PERSONS),
        ("livelihood_benefit", Unit.HOUSEHOLDS),
    ):
        compared = assumed[benefit, unit].groups
        receipt = next(each for each in told.receipts if each.name == benefit)
        cells = {
            Group.BOTH: receipt.entitled_and_receiving,
            Group.ENTITLED_ONLY: receipt.entitled_and_not_receiving,
            Group.RECEIVING_ONLY: receipt.receiving_and_not_entitled,
            Group.NEITHER: receipt.neither,
        }
        for group, estimate in cells.items():
            assert estimate.value == pytest.approx(compared[group].weight, rel=1e-9), group
        assert receipt.weight == ("person" if unit is Unit.PERSONS else "household")
    due = entitlements(panel, before, "basic_pension")
    entitled = assumed["basic_pension", Unit.PERSONS].total(
        (Group.BOTH, Group.ENTITLED_ONLY), weighted=True
    )
    assert due.entitled == pytest.approx(entitled, rel=1e-9)


def test_what_is_left_undetermined_is_what_the_survey_does_not_know(
    panel: Population, overlay: Assumptions
) -> None:
    blockers = find_blockers(panel, baseline(law_on("2016-07"), overlay), BENEFITS)
    assert {(each.kind, each.name) for each in blockers} == {(BlockerKind.FACT, "general_property")}


def test_every_assumption_has_its_reason(overlay: Assumptions) -> None:
    assert set(overlay.reasons) == {*overlay.parameters, *overlay.facts}


def test_an_assumption_about_the_law_fills_a_gap_of_2016_and_replaces_nothing_known(
    overlay: Assumptions,
) -> None:
    law = law_on("2016-07")
    gaps = {name for name in overlay.parameters if "gap" in _statuses(law.in_force[name])}
    assert gaps == set(overlay.parameters)
    changed = baseline(law, overlay).law
    assert changed.values["base_rent_table"][1, 4] == 307_000  # the one cell that was known


def _statuses(dated: object) -> set[str]:
    cells = dated.cells.values()  # type: ignore[attr-defined]
    return {"gap" if type(cell).__name__ == "Missing" else "known" for cell in cells}
