"""What a change does to the areas and the index, with scales held and found again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy
import pytest

from donghaeng.index.chain import Build, build
from donghaeng.index.panel import panel_of
from donghaeng.index.whatif.changes import Change, Changes, parse_change
from donghaeng.index.whatif.effect import Effect, RankMove, effect_of
from donghaeng.index.whatif.moves import moves_of
from donghaeng.index.whatif.recomputing import Basis, Cells, Recomputation

from .. import small
from .seoul import FOLDER, seoul


def effect(built: Build, *changes: Change) -> Effect:
    return effect_of(
        built, moves_of(Changes(changes=changes), built.index, built.panel, None, FOLDER)
    )


def score(found: Effect, basis: Basis, unit: str, node: str) -> float:
    tree, panel = found.build.tree, found.build.panel
    return float(found.after[basis][panel.row(unit, panel.periods[-1]), tree.place(node)])


@pytest.mark.parametrize("basis", Basis)
def test_ten_more_in_education_raise_the_composite_of_seoul_by_its_weight(basis: Basis) -> None:
    found = effect(seoul(), parse_change("education=+10"))
    # 8 of 50 indicators: 8 x 10 / 50 = 1.6
    assert score(found, basis, "seoul", "composite") == pytest.approx(130.578 + 1.6, abs=1e-12)
    assert score(found, basis, "seoul", "education") == 121.3
    assert score(found, basis, "seoul", "housing") == 120.3


def test_held_and_new_scales_of_a_range_part_where_the_range_moves(tmp_path: Path) -> None:
    # income 10, 20, 30 over 0-100; c goes to 40. Held: (40-10)/20 = 150. Again: a 0, b 33.3, c 100.
    found = effect(small.built(tmp_path), Change(indicator="income", to=40.0, unit="c"))
    assert score(found, Basis.HELD, "c", "income") == 150.0
    assert score(found, Basis.HELD, "b", "income") == 50.0
    assert score(found, Basis.RE_ESTIMATED, "c", "income") == 100.0
    assert score(found, Basis.RE_ESTIMATED, "b", "income") == pytest.approx(100 / 3)
    # living is the mean with rent (c: 0); all is the mean with doctors (c: 0): 150 / 4.
    assert score(found, Basis.HELD, "c", "all") == 37.5
    assert found.others(Basis.HELD) == 0
    assert found.others(Basis.RE_ESTIMATED) == 1


def test_re_estimated_is_the_build_of_the_changed_table(tmp_path: Path) -> None:
    built = small.built(tmp_path)
    found = effect(built, Change(indicator="rent", to=1.0, unit="b"))
    figures = {**small.FIGURES, "rent": {**small.FIGURES["rent"], "b": 1.0}}
    again = build(built.index, panel_of(built.index, small.table(figures), "figures.csv"))
    assert numpy.array_equal(found.after[Basis.RE_ESTIMATED], again.scores)


STEPS: list[list[dict[str, Any]]] = [
    [{"normalise": {"method": "min_max", "low": 1}}, {"aggregate": {"method": "geometric"}}],
    [{"normalise": {"method": "z_score"}}, {"aggregate": {"method": "arithmetic"}}],
    [{"normalise": {"method": "rank"}}, {"aggregate": {"method": "median"}}],
    [
        {"treat": {"skewness": 0.1, "kurtosis": 0.1, "most_points": 1}},
        {"normalise": {"method": "min_max"}},
        {"aggregate": {"method": "mazziotta_pareto"}},
    ],
    [
        {"impute": {"method": "mean"}},
        {"normalise": {"method": "min_max"}},
        {"weigh": {"method": "critic"}},
        {"aggregate": {"method": "arithmetic"}},
    ],
    [
        {"impute": {"method": "multiple", "tables": 3}},
        {"normalise": {"method": "z_score"}},
        {"aggregate": {"method": "arithmetic"}},
    ],
    [
        {"impute": {"method": "bounds"}},
        {"normalise": {"method": "min_max"}},
        {"aggregate": {"method": "arithmetic"}},
    ],
]


@pytest.mark.parametrize("steps", STEPS, ids=lambda steps: "-".join(next(iter(s)) for s in steps))
def test_no_change_gives_the_scores_back_on_either_basis(
    tmp_path: Path, steps: list[dict[str, Any]]
) -> None:
    built = _five_units(tmp_path, steps)
    cells = Cells(numpy.array([1]), numpy.array([0]))
    same = built.panel.values[[[1]], [0]]
    for basis in Basis:
        scores = Recomputation(built, basis).scores(cells, same)
        numpy.testing.assert_allclose(scores[0], built.scores, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("steps", STEPS, ids=lambda steps: "-".join(next(iter(s)) for s in steps))
def test_many_changes_at_once_are_each_the_build_of_its_table(
    tmp_path: Path, steps: list[dict[str, Any]]
) -> None:
    built = _five_units(tmp_path, steps)
    values = numpy.array([[11.0], [14.0], [50.0]])
    cells = Cells(numpy.array([1]), numpy.array([0]))
    found = Recomputation(built, Basis.RE_ESTIMATED).scores(cells, values)
    for one, value in zip(found, values[:, 0], strict=True):
        figures = {**FIVE, "income": {**FIVE["income"], "b": value}}
        panel = panel_of(built.index, small.table(figures), "figures.csv")
        numpy.testing.assert_allclose(one, build(built.index, panel).scores, rtol=1e-12, atol=1e-12)


FIVE: dict[str, dict[str, float | None]] = {
    "income": {"a": 10.0, "b": 12.0, "c": 30.0, "d": 13.0, "e": 90.0},
    "rent": {"a": 5.0, "b": 10.0, "c": 15.0, "d": 7.0, "e": 8.0},
    "doctors": {"a": 8.0, "b": 6.0, "c": 4.0, "d": None, "e": 3.0},
}


def _five_units(folder: Path, steps: list[dict[str, Any]]) -> Build:
    units = {"kind": "district", "members": {n: {"label": small.label(n)} for n in "abcde"}}
    return small.built(folder, small.table(FIVE), units=units, steps=steps)


def test_a_held_limit_of_outliers_holds_the_changed_figure(tmp_path: Path) -> None:
    steps = [
        {"treat": {"skewness": 0.5, "kurtosis": 0.5, "most_points": 1, "then": "none"}},
        {"normalise": {"method": "none"}},
        {"aggregate": {"method": "arithmetic"}},
    ]
    built = _five_units(tmp_path, steps)
    drawn = built.data_set("treated").values[:, 0]
    assert drawn[4] == 30.0  # 90 was drawn in to the next
    cells = Cells(numpy.array([1]), numpy.array([0]))
    scores = Recomputation(built, Basis.HELD).scores(cells, numpy.array([[29.0], [31.0]]))
    assert scores[:, 1, built.tree.place("income")].tolist() == [29.0, 30.0]


def test_a_held_curve_is_that_of_the_first_figures(tmp_path: Path) -> None:
    steps = [
        {"treat": {"skewness": 0.1, "kurtosis": 0.1, "most_points": 0, "then": "log_shift"}},
        {"normalise": {"method": "none"}},
        {"aggregate": {"method": "arithmetic"}},
    ]
    built = _five_units(tmp_path, steps)
    cells = Cells(numpy.array([1]), numpy.array([0]))
    scores = Recomputation(built, Basis.HELD).scores(cells, numpy.array([[12.0], [170.0]]))
    income = scores[:, 1, built.tree.place("income")]
    # ln(x - min + 0.01 (max - min)) with min 10 and max 90 of the first figures
    assert income == pytest.approx([numpy.log(2 + 0.8), numpy.log(160 + 0.8)], rel=1e-14)


def test_ranks_of_others_that_move_are_named(tmp_path: Path) -> None:
    # Scores of all: a (0+100)/2=50 with doctors 100: 75; b 50; c (100+0)/2=50 with 0: 25.
    found = effect(small.built(tmp_path), Change(indicator="doctors", to=20.0, unit="c"))
    # Held: c doctors (20-4)/4 x 100 = 400, all = (50 + 400) / 2 = 225: first.
    assert RankMove(Basis.HELD, "c", "2024", "all", 3, 1) in found.rank_moves()
    assert RankMove(Basis.HELD, "a", "2024", "all", 1, 2) in found.rank_moves()
    assert RankMove(Basis.HELD, "b", "2024", "all", 2, 3) in found.rank_moves()


def test_areas_on_health_are_not_ranked(tmp_path: Path) -> None:
    indicators = small.document()["indicators"]
    indicators["doctors"]["sensitive"] = "health"
    built = small.built(tmp_path, indicators=indicators)
    found = effect(built, Change(indicator="doctors", to=20.0, unit="c"))
    assert {each.node for each in found.rank_moves()} == {"all"}


def test_the_ends_of_a_simulation_are_carried_to_the_index() -> None:
    built = seoul()
    (move,) = moves_of(
        Changes(changes=(parse_change("education=121.3"),)), built.index, built.panel, None, FOLDER
    )
    from dataclasses import replace

    found = effect_of(built, [replace(move, lower=111.3, upper=131.3, why="simulation")])
    top = next(each for each in found.nodes() if each.node == "composite")
    assert top.between == pytest.approx((130.578, 133.778), abs=1e-12)
