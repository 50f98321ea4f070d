"""Slopes: exact where there is a formula, equal to differences of the build, one-sided at a kink."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from donghaeng.index.chain import Build, build
from donghaeng.index.panel import panel_of
from donghaeng.index.whatif.gradients import gradients
from donghaeng.index.whatif.recomputing import Basis

from .. import small
from .seoul import seoul


def test_the_slopes_of_seoul_are_its_weights() -> None:
    found = gradients(seoul(), 2, "composite")
    exact = dict(zip(found.codes, found.per_unit.tolist(), strict=True))
    assert exact == pytest.approx(
        {
            "livelihood": 12 / 50,
            "housing": 6 / 50,
            "health": 10 / 50,
            "education": 8 / 50,
            "safety": 9 / 50,
            "cohesion": 5 / 50,
        },
        rel=1e-15,
    )
    assert found.exact.all()
    # 1 % of 111.3 times 0.16
    assert found.per_percent[3] == pytest.approx(0.17808, rel=1e-12)


def ratio(folder: Path, reversal: str, **rule: Any) -> Build:
    """Three districts in 2023 and 2024, as ratios to 2023."""
    later = {"a": 12.0, "b": 20.0, "c": 45.0}
    figures = small.table(period="2023").vstack(
        small.table({**small.FIGURES, "income": later, "rent": {"a": 4.0, "b": 12.0, "c": 15.0}})
    )
    step = {"method": "base_year_ratio", "reversal": reversal, **rule}
    return small.built(
        folder,
        figures,
        periods={"base": "2023"},
        steps=[{"normalise": step}, {"aggregate": {"method": "arithmetic"}}],
    )


def test_the_slope_of_a_ratio_and_of_its_inverse(tmp_path: Path) -> None:
    built = ratio(tmp_path, "inverse")
    found = gradients(built, built.panel.row("a", "2024"), "all")
    # income: a quarter of 100 / 10; rent: a quarter of -100 x 5 / 4^2; doctors: half of 100 / 8
    assert found.per_unit == pytest.approx([2.5, -7.8125, 6.25], rel=1e-15)
    assert found.exact.all()


def test_the_slope_of_a_reflection(tmp_path: Path) -> None:
    built = ratio(tmp_path, "reflection")
    found = gradients(built, built.panel.row("a", "2024"), "all")
    assert found.per_unit[1] == pytest.approx(-100 / 5 / 4, rel=1e-15)


def test_above_a_cap_nothing_moves_and_on_it_the_slope_is_one_sided(tmp_path: Path) -> None:
    built = ratio(tmp_path, "inverse", cap=120.0)
    row = built.panel.row("a", "2024")  # income 12 / 10: 120, on the cap
    found = gradients(built, row, "all")
    assert found.kinked.tolist() == [True, False, False]
    assert found.below[0] == pytest.approx(2.5, rel=1e-6)
    assert found.above[0] == 0.0
    assert numpy.isnan(found.per_unit[0])
    beyond = gradients(built, built.panel.row("c", "2024"), "all")  # 45 / 30: 150, held at 120
    assert beyond.per_unit[0] == 0.0
    assert not beyond.kinked[0]


def test_the_end_of_a_range_is_a_kink_where_scales_are_found_again(tmp_path: Path) -> None:
    built = small.built(tmp_path)
    row = built.panel.row("c", "2024")  # the highest income: more of it only widens the range
    held = gradients(built, row, "living")
    assert held.per_unit[0] == pytest.approx(100 / 20 / 2)
    again = gradients(built, row, "living", Basis.RE_ESTIMATED)
    assert again.per_unit[0] == pytest.approx(0.0, abs=1e-9)  # it is 100 either way
    b = gradients(built, built.panel.row("b", "2024"), "living", Basis.RE_ESTIMATED)
    assert b.per_unit[0] == pytest.approx(2.5, rel=1e-6)


def test_a_missing_sibling_gives_its_share_to_the_others(tmp_path: Path) -> None:
    figures = {**small.FIGURES, "rent": {**small.FIGURES["rent"], "b": None}}
    built = small.built(tmp_path, small.table(figures))
    found = gradients(built, built.panel.row("b", "2024"), "all")
    assert found.per_unit[0] == pytest.approx(100 / 20 / 2)  # living is income alone
    assert numpy.isnan(found.per_unit[1])


def test_a_denominator_divides_the_slope(tmp_path: Path) -> None:
    indicators = small.document()["indicators"]
    indicators["doctors"] |= {"denominator": "people", "scale": 1000}
    figures = {**small.FIGURES, "people": {"a": 2000.0, "b": 1000.0, "c": 4000.0}}
    steps = [
        "denominate",
        {"normalise": {"method": "scaled"}},
        {"aggregate": {"method": "arithmetic"}},
    ]
    built = small.built(
        tmp_path,
        small.table(figures),
        indicators=indicators,
        denominators={"people": {"label": small.label("People")}},
        steps=steps,
    )
    found = gradients(built, 0, "all")
    assert found.per_unit[2] == pytest.approx(1000 / 2000 / 2, rel=1e-14)  # half of the index
    assert found.exact[2]


@pytest.mark.parametrize("basis", Basis)
@pytest.mark.parametrize("mean", ["arithmetic", "geometric", "harmonic"])
@settings(max_examples=10)
@given(shift=some.floats(0.3, 6.0))
def test_slopes_agree_with_differences_of_the_build(
    tmp_path_factory: pytest.TempPathFactory, basis: Basis, mean: str, shift: float
) -> None:
    # Held: scales that no figure moves. Found again: those of the range; b is never at its end.
    method: dict[str, Any] = {"method": "goalposts", "low": 1}
    if basis is Basis.RE_ESTIMATED:
        method["method"] = "min_max"
    indicators = small.document()["indicators"]
    for indicator in indicators.values():
        indicator["goalposts"] = {"lower": 0, "upper": 100}
    figures = {**small.FIGURES, "income": {"a": 10.0, "b": 20.0 + shift, "c": 30.0}}
    built = small.built(
        tmp_path_factory.mktemp("index"),
        small.table(figures),
        indicators=indicators,
        steps=[{"normalise": method}, {"aggregate": {"method": mean}}],
    )
    found = gradients(built, 1, "all", basis)
    assert not found.kinked.any()
    for place, code in enumerate(found.codes):
        ends = []
        for sign in (1, -1):
            value = figures[code]["b"] + sign * 1e-4
            other = {**figures, code: {**figures[code], "b": value}}
            panel = panel_of(built.index, small.table(other), "figures.csv")
            ends.append(build(built.index, panel).score("b", "2024", "all"))
        assert found.per_unit[place] == pytest.approx((ends[0] - ends[1]) / 2e-4, rel=1e-4)
