"""Ranks, shares of variance, alternatives and significance, against what can be counted by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import numpy
import polars
import pytest
from scipy import stats

from donghaeng.index.audit import Draws, audit
from donghaeng.index.audit.draw_ledger import write_draw_ledger
from donghaeng.index.chain import build
from donghaeng.index.framework import read_index
from donghaeng.index.panel import panel_of
from donghaeng.index.results.ranks import rank
from donghaeng.index.uncertainty.study import study_of
from donghaeng.rules.faults import BadInput

from ..small import FIGURES, built, document, table, write
from .indices import ASEM_CHOICES, asem, audited, town

SCALE = {"normalise": {"method": "min_max", "low": 1, "high": 100}}
ARITHMETIC, GEOMETRIC = ({"aggregate": {"method": each}} for each in ("arithmetic", "geometric"))
STEPS = [SCALE, ARITHMETIC]
TWO: dict[str, Any] = {
    "mean": {"kind": "step", "among": [ARITHMETIC, GEOMETRIC]},
    "without": {"kind": "leave_out", "among": ["rent", "doctors"]},
}
# a and b change places with the choices.
CLOSE = {
    "income": {"a": 10.0, "b": 20.0, "c": 30.0},
    "rent": {"a": 5.0, "b": 6.0, "c": 15.0},
    "doctors": {"a": 6.0, "b": 5.0, "c": 4.0},
}


def six(folder: Path) -> Any:
    """The index of a, b and c in the six cases of TWO: (2, 3, units)."""
    found = numpy.empty((2, 3, 3))
    for (i, mean), (j, left) in product(
        enumerate((ARITHMETIC, GEOMETRIC)), enumerate(("rent", "doctors", None))
    ):
        indicators = document()["indicators"]
        if left is not None:
            indicators[left] = {**indicators[left], "weight": 0.0}
        if left == "doctors":  # the only indicator of its area, which goes with it
            nodes = document()["nodes"]
            nodes["health"] = {**nodes["health"], "weight": 0.0}
            indicators[left]["weight"] = 1.0
            changes = {"nodes": nodes}
        else:
            changes = {}
        made = built(folder, table(CLOSE), steps=[SCALE, mean], indicators=indicators, **changes)
        found[i, j] = made.scores[:, -1]
    return found


def test_ranks_over_the_draws_are_those_of_the_cases(tmp_path: Path) -> None:
    cases = six(tmp_path).reshape(6, 3)
    found = audited(town(tmp_path, TWO, CLOSE, steps=STEPS), 60_000).uncertainty
    assert found is not None
    ranks = rank(cases[..., None])[..., 0]
    for unit, told in enumerate(found.units):
        # Six cases, each as likely: the share of first places within four standard errors of 60,000 draws.
        assert told.first == pytest.approx((ranks[:, unit] == 1).mean(), abs=0.0085)
        assert told.mean_shift == pytest.approx(
            numpy.abs(ranks[:, unit] - told.rank).mean(), abs=0.02
        )
        assert told.score_low >= cases[:, unit].min() - 1e-9
        assert told.score_high <= cases[:, unit].max() + 1e-9


def test_sobol_indices_are_those_of_the_six_cases(tmp_path: Path) -> None:
    cases = six(tmp_path)
    found = audited(town(tmp_path, TWO, CLOSE, steps=STEPS), 8192).sensitivity
    assert found is not None
    for unit, name in enumerate("abc"):
        y = cases[..., unit]
        variance = y.var()
        first = [y.mean(axis=1).var() / variance, y.mean(axis=0).var() / variance]
        output = next(each for each in found.outputs if each.about == name)
        assert output.variance == pytest.approx(variance, rel=0.02)
        for choice, alone, other in zip(output.indices, first, reversed(first), strict=True):
            assert choice.first.value == pytest.approx(alone, abs=0.02)
            # With two choices the total is what the other does not make alone.
            assert choice.total.value == pytest.approx(1 - other, abs=0.02)
            assert choice.first.low <= alone <= choice.first.high


def test_shapley_shares_add_up_to_one(tmp_path: Path) -> None:
    found = audited(town(tmp_path, TWO, CLOSE, steps=STEPS), 1024, shapley=True).sensitivity
    assert found is not None
    output = next(each for each in found.outputs if each.about == "b")
    shares = [each.shapley.value for each in output.indices if each.shapley is not None]
    assert sum(shares) == pytest.approx(1, abs=0.05)
    # With two independent choices the share lies half-way between the first and the total index.
    for each in output.indices:
        assert each.shapley is not None
        middle = (each.first.value + each.total.value) / 2
        assert each.shapley.value == pytest.approx(middle, abs=0.06)


def test_each_alternative_is_a_build_with_that_form(tmp_path: Path) -> None:
    cases = six(tmp_path)
    found = audited(town(tmp_path, TWO, CLOSE, steps=STEPS), 64).sensitivity
    assert found is not None
    nominal = cases[0, 2]
    by_hand = {
        ("mean", "geometric"): cases[1, 2],
        ("without", "rent"): cases[0, 0],
        ("without", "doctors"): cases[0, 1],
        ("mean", "arithmetic"): nominal,
        ("without", "none"): nominal,
    }
    assert {(each.choice, each.form) for each in found.alternatives} == set(by_hand)
    for each in found.alternatives:
        scores = by_hand[each.choice, each.form]
        places = numpy.abs(rank(scores[:, None]) - rank(nominal[:, None]))
        assert each.moved.mean_places == pytest.approx(places.mean())
        assert each.moved.most_places == places.max()
        assert each.moved.mean_score == pytest.approx(numpy.abs(scores - nominal).mean())


def test_what_is_left_out_has_no_weight(shared_data: Callable[[str], Path]) -> None:
    index, panel = asem(shared_data("asem"))
    found = {each.node: each.moved for each in audited((index, panel)).left_out}
    nominal = rank(build(index, panel).scores)[:, -1]
    for code in ("Flights", "Physical", "Conn"):
        group = "indicators" if code in index.indicators else "nodes"
        changed = dict(getattr(index, group))
        changed[code] = changed[code].model_copy(update={"weight": 0.0})
        without = build(index.model_copy(update={group: changed}), panel)
        places = numpy.abs(rank(without.scores)[:, -1] - nominal)
        assert found[code].mean_places == pytest.approx(places.mean())
        assert found[code].most_places == places.max()
    assert len(found) == 49 + 10


def test_added_value_counts_units_far_from_their_rank_in_an_area(
    shared_data: Callable[[str], Path],
) -> None:
    both = asem(shared_data("asem"))
    ranks = rank(build(*both).scores)
    found = audited(both).added_value
    assert len(found) == 10
    codes = build(*both).tree.codes
    for each in found:
        apart = numpy.abs(ranks[:, codes.index(each.node)] - ranks[:, -1])
        assert each.share == pytest.approx((apart >= 10).mean())
        assert each.fifth_places == 0  # 51 units are not few


def test_with_few_units_a_fifth_of_them_is_far(tmp_path: Path) -> None:
    living = next(each for each in audited(town(tmp_path)).added_value if each.node == "living")
    assert (living.compared, living.places, living.share) == (3, 10, 0.0)
    assert living.fifth_places == 1


def test_a_difference_of_units_is_tested_with_their_errors(tmp_path: Path) -> None:
    # Given as they are, one indicator: 10, 13 and 30 with a standard error of 1 each. The difference of the
    # first two is 3 with an error of sqrt(2): z = 2.1213, p = 0.0339; of three pairs it is the last of Holm.
    indicators = {
        "income": {
            "label": {"ko": "소득", "en": "Income"},
            "parent": "all",
            "measurement_error": {"standard_error": 1.0},
        }
    }
    both = town(
        tmp_path,
        {"errors": {"kind": "data_error"}},
        {"income": {"a": 10.0, "b": 13.0, "c": 30.0}},
        indicators=indicators,
        nodes={"all": {"label": {"ko": "전체", "en": "All"}}},
        steps=[ARITHMETIC],
    )
    found = audited(both, 40_000).significance
    assert found is not None
    assert found.measured
    last = found.neighbours[-1]
    assert (last.first, last.second, last.difference) == ("b", "a", -3.0)
    assert last.p == pytest.approx(2 * stats.norm.sf(3 / numpy.sqrt(2)), rel=0.12)
    assert last.adjusted == last.p
    assert found.significant == 3
    # P(b above a) of two normals.
    assert last.above == pytest.approx(stats.norm.cdf(3 / numpy.sqrt(2)), abs=0.003)
    assert (found.pairs, found.unsettled) == (3, 0)


def test_without_errors_nothing_is_said_of_significance(tmp_path: Path) -> None:
    found = audited(town(tmp_path, TWO, CLOSE, steps=STEPS), 64).significance
    assert found is not None
    assert not found.measured
    assert all(numpy.isnan(each.p) for each in found.neighbours)


def test_an_index_that_declares_nothing_is_audited_without_draws(tmp_path: Path) -> None:
    found = audited(town(tmp_path))
    assert found.uncertainty is None
    assert found.sensitivity is None
    assert found.significance is None
    assert len(found.left_out) == 5


# ---- the same each time ---------------------------------------------------------------------------------


@pytest.mark.parametrize("threads", [2, 3])
def test_any_number_of_threads_gives_the_same_audit(
    shared_data: Callable[[str], Path], threads: int
) -> None:
    both = asem(shared_data("asem"), ASEM_CHOICES)
    one = audited(both, 9_000, seed=4).as_json()
    assert audited(both, 9_000, seed=4, threads=threads).as_json() == one


def test_the_result_is_json_without_anything_that_is_no_number(
    shared_data: Callable[[str], Path],
) -> None:
    told = audited(asem(shared_data("asem"), ASEM_CHOICES), 256).as_json()
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert told["uncertainty"]["failures"] == 0


def test_forms_of_asem_are_counted_exactly(shared_data: Callable[[str], Path]) -> None:
    found = audited(asem(shared_data("asem"), ASEM_CHOICES), 5_000).uncertainty
    assert found is not None
    for choice in found.choices:
        assert sum(count for _, count in choice.forms) == 5_000
        assert not choice.silent


def test_a_run_that_was_broken_off_ends_like_one_that_was_not(tmp_path: Path) -> None:
    both = town(tmp_path, TWO, CLOSE, steps=STEPS)
    whole = audited(both, 12_000).as_json()
    saved = tmp_path / "run.npz"

    def stop(stage: str, done: int, total: int) -> None:
        if stage == "uncertainty" and done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        audit(*both, Draws(12_000, resume=saved, progress=stop))
    assert saved.is_file()
    assert audited(both, 12_000, resume=saved).as_json() == whole
    with pytest.raises(BadInput, match="saved by a run with another seed"):
        audited(both, 12_000, resume=saved, seed=9)


@pytest.mark.parametrize("name", ["draws.csv", "draws.parquet"])
def test_every_line_of_the_ledger_gives_its_draw_again(tmp_path: Path, name: str) -> None:
    index, panel = town(tmp_path, TWO, CLOSE, steps=STEPS)
    study, draws = study_of(index, panel), Draws(5_000, seed=3)
    file = tmp_path / name
    write_draw_ledger(study, draws, file)
    ledger = polars.read_csv(file) if name.endswith("csv") else polars.read_parquet(file)
    assert ledger.columns == ["draw", "mean", "without"]
    assert ledger["draw"].to_list() == list(range(5_000))
    cases = six(tmp_path)
    forms = ["arithmetic", "geometric"], ["rent", "doctors", "none"]
    scores = study.top_scores(draws.sample(study, 1))[:9]
    for line, drawn in zip(ledger.rows(named=True)[4096:], scores, strict=False):
        case = cases[forms[0].index(line["mean"]), forms[1].index(line["without"])]
        assert drawn == pytest.approx(case)


def test_a_ledger_of_numbers_has_a_column_for_each(tmp_path: Path) -> None:
    noise = {"weights": {"kind": "weight_noise", "factor": 0.5, "children_of": ["all"]}}
    index, panel = town(tmp_path, noise, FIGURES, steps=STEPS)
    file = tmp_path / "draws.parquet"
    write_draw_ledger(study_of(index, panel), Draws(16), file)
    ledger = polars.read_parquet(file)
    assert ledger.columns == ["draw", "weights[living]", "weights[health]"]
    assert ledger["weights[living]"].is_between(0.5, 1.5).all()


def test_a_ledger_of_another_kind_is_refused(tmp_path: Path) -> None:
    index, panel = town(tmp_path, TWO, CLOSE, steps=STEPS)
    with pytest.raises(BadInput, match="neither"):
        write_draw_ledger(study_of(index, panel), Draws(16), tmp_path / "draws.xlsx")
    assert not list(tmp_path.glob("*draws*"))


def test_years_of_several_units_are_compared_in_every_draw(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        steps=[{"normalise": {"method": "none"}}, ARITHMETIC],
        uncertainty={"choices": {"without": {"kind": "leave_out", "among": ["living"]}}},
    )
    read = read_index(file)
    later = {**FIGURES, "income": {"a": 20.0, "b": 20.0, "c": 10.0}}
    frame = polars.concat([table(FIGURES, "2023"), table(later, "2024")])
    found = audit(read, panel_of(read, frame, "f"), Draws(4096))
    assert found.period == "2024"
    assert found.significance is not None
    change = {each.unit: each for each in found.significance.changes}
    # The index is (living + health) / 2, or health alone in half of the draws, which does not change.
    assert change["a"].difference == pytest.approx(2.5)
    assert change["a"].rose == pytest.approx(0.5, abs=0.04)
    assert change["a"].fell == 0.0
    assert change["b"].rose == change["b"].fell == 0.0
    assert change["c"].fell == pytest.approx(0.5, abs=0.04)
