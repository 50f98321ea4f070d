"""The least change to a target: reached exactly, or said that it cannot be, with how far it goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from donghaeng.index.chain import build
from donghaeng.index.panel import panel_of
from donghaeng.index.whatif.least_change import TOGETHER, Aim, LeastChange, least_changes
from donghaeng.index.whatif.recomputing import Basis, Cells, Recomputation

from .. import small
from .seoul import seoul
from .test_gradients import ratio


def by_code(aim: Aim) -> dict[str, LeastChange]:
    return {each.code: each for each in least_changes(aim)}


def test_seoul_needs_so_much_of_each_area_for_135() -> None:
    found = by_code(Aim(seoul(), 2, "composite", 135.0, Basis.HELD))
    # 135 - 130.578 = 4.422, over 8/50 of education = 27.6375 more than 111.3
    assert found["education"].figure == pytest.approx(138.9375, abs=1e-9)
    assert found["health"].figure == pytest.approx(156.5 + 4.422 * 50 / 10, abs=1e-9)
    assert found[TOGETHER].percent == pytest.approx(100 * 4.422 / 130.578, rel=1e-12)
    assert all(each.attainable == pytest.approx(135, abs=1e-10) for each in found.values())


def test_the_smallest_change_in_per_cent_stands_first() -> None:
    found = least_changes(Aim(seoul(), 2, "composite", 135.0, Basis.HELD))
    parts = [abs(each.percent) for each in found]
    assert parts == sorted(parts)
    assert found[1].code == "health"


def test_a_lower_target_is_reached_by_less() -> None:
    found = by_code(Aim(seoul(), 2, "composite", 130.0, Basis.HELD))
    assert found["education"].figure == pytest.approx(111.3 - 0.578 * 50 / 8, abs=1e-9)


def test_an_inverse_ratio_falls_as_far_as_it_must(tmp_path: Path) -> None:
    built = ratio(tmp_path, "inverse")
    row = built.panel.row("a", "2024")
    # living = (120 + 100 x 5 / rent) / 2; rent 4 gives 122.5. For 160: rent = 500 / 200 = 2.5.
    found = by_code(Aim(built, row, "living", 160.0, Basis.HELD))
    assert found["rent"].figure == pytest.approx(2.5, rel=1e-12)
    assert found["income"].figure == pytest.approx(10 * 1.95, rel=1e-12)  # 195 + 125 = 320
    assert set(found) == {"income", "rent", TOGETHER}


def test_a_reflection_cannot_pass_200_and_says_how_far_it_goes(tmp_path: Path) -> None:
    built = ratio(tmp_path, "reflection")
    row = built.panel.row("a", "2024")
    # 200 is the most of rent alone: (120 + 200) / 2
    found = by_code(Aim(built, row, "living", 165.0, Basis.HELD))
    assert not found["rent"].reached
    assert found["rent"].attainable == pytest.approx(160.0, abs=1e-6)
    assert found["income"].reached


def test_a_cap_is_the_highest_that_is_attainable(tmp_path: Path) -> None:
    built = ratio(tmp_path, "inverse", cap=130.0)
    found = by_code(Aim(built, built.panel.row("a", "2024"), "living", 130.5, Basis.HELD))
    # both capped: 130 at most; income alone (130 + 125) / 2
    assert not any(each.reached for each in found.values())
    assert found["income"].attainable == pytest.approx(127.5)
    assert found[TOGETHER].attainable == pytest.approx(130.0)


def test_declared_limits_end_the_search(tmp_path: Path) -> None:
    indicators = small.document()["indicators"]
    indicators["income"]["limits"] = [0, 25]
    built = small.built(tmp_path, indicators=indicators)
    found = by_code(Aim(built, 0, "living", 90.0, Basis.HELD))
    # a: income 10 -> at most 25: 75; rent 5, the best: 100. (75 + 100) / 2
    assert not found["income"].reached
    assert found["income"].attainable == pytest.approx(87.5)


def test_where_a_scale_is_found_again_the_best_cannot_be_better(tmp_path: Path) -> None:
    built = small.built(tmp_path)
    held = by_code(Aim(built, 2, "living", 60.0, Basis.HELD))
    again = by_code(Aim(built, 2, "living", 60.0, Basis.RE_ESTIMATED))
    assert held["income"].figure == pytest.approx(34.0)  # (120 + 0) / 2
    assert not again["income"].reached
    assert again["income"].attainable == pytest.approx(50.0)


def test_nothing_is_needed_where_the_target_is_met() -> None:
    now = float(seoul().scores[2, -1])
    found = least_changes(Aim(seoul(), 2, "composite", now, Basis.HELD))
    assert {each.percent for each in found} == {0.0}


STEPS: list[list[dict[str, Any]]] = [
    [{"normalise": {"method": "min_max", "low": 1}}, {"aggregate": {"method": "geometric"}}],
    [{"normalise": {"method": "z_score"}}, {"aggregate": {"method": "arithmetic"}}],
    [{"normalise": {"method": "min_max"}}, {"aggregate": {"method": "mean_minimum"}}],
]


@pytest.mark.parametrize("steps", STEPS)
@pytest.mark.parametrize("basis", Basis)
@settings(max_examples=8)
@given(share=some.floats(0.05, 0.95), unit=some.integers(0, 2))
def test_what_is_said_to_reach_the_target_does_when_the_index_is_computed_again(
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[dict[str, Any]],
    basis: Basis,
    share: float,
    unit: int,
) -> None:
    built = small.built(tmp_path_factory.mktemp("index"), steps=steps)
    top = built.tree.top
    now = float(built.scores[unit, top])
    target = now + share * (float(built.scores[:, top].max()) + 1 - now)
    for each in least_changes(Aim(built, unit, "all", target, basis)):
        if each.code == TOGETHER or not each.reached:
            continue
        column = built.panel.columns.index(each.code)
        cells = Cells(numpy.array([unit]), numpy.array([column]))
        again = Recomputation(built, basis).scores(cells, numpy.array([[each.figure]]))
        assert again[0, unit, top] == pytest.approx(target, rel=1e-9)
        if basis is Basis.RE_ESTIMATED:
            code, name = each.code, "abc"[unit]
            figures = {**small.FIGURES, code: {**small.FIGURES[code], name: each.figure}}
            panel = panel_of(built.index, small.table(figures), "figures.csv")
            assert build(built.index, panel).scores[unit, top] == pytest.approx(target, rel=1e-9)
