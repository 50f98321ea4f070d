"""One city over years: whether it rose, by how much, and what could turn that round."""

from __future__ import annotations

from pathlib import Path

import pytest

from donghaeng.index.audit import Audit
from donghaeng.index.audit.over_years import Kind

from .indices import audited, one_city, seoul

WEIGHTS = {"kind": "weight_noise", "factor": 0.5}


@pytest.fixture(scope="module")
def of_seoul() -> Audit:
    return audited(seoul(), 8192, seed=2022)


def test_seoul_has_no_ranks_anywhere(of_seoul: Audit) -> None:
    assert of_seoul.uncertainty is not None
    assert of_seoul.uncertainty.units == ()
    assert of_seoul.added_value == ()
    assert of_seoul.significance is None
    assert of_seoul.coherence is None


def test_each_kind_of_uncertainty_has_its_own_intervals(of_seoul: Audit) -> None:
    assert of_seoul.over_years is not None
    kinds = [each.kind for each in of_seoul.over_years.intervals]
    assert kinds == [Kind.ALL, Kind.MODELLING, Kind.ROUNDING]


def test_rounding_leaves_the_composite_of_seoul_within_a_twentieth(of_seoul: Audit) -> None:
    assert of_seoul.over_years is not None
    rounding = of_seoul.over_years.intervals[2]
    level = {(each.node, each.period): each for each in rounding.levels}
    # (12·127.8 + 6·120.3 + 10·156.5 + 8·111.3 + 9·148.9 + 5·95.6) / 50 = 130.578, each within ±0.05.
    last = level["composite", "2024"]
    assert last.value == pytest.approx(130.578)
    assert 130.528 < last.low < last.median < last.high < 130.628
    # The area itself is even between its bounds: 90 % of it is 0.9 of their distance.
    housing = level["housing", "2024"]
    assert housing.low == pytest.approx(120.255, abs=0.002)
    assert housing.high == pytest.approx(120.345, abs=0.002)
    # 2022 is the base: nothing moves it.
    assert level["composite", "2022"].low == level["composite", "2022"].high == 100.0


def test_the_choices_of_method_are_four_cases(of_seoul: Audit) -> None:
    assert of_seoul.over_years is not None
    modelling = of_seoul.over_years.intervals[1]
    last = next(e for e in modelling.levels if (e.node, e.period) == ("composite", "2024"))
    # Areas weighed alike or by indicators, arithmetic or geometric; equal and arithmetic is 126.7333.
    areas = (127.8, 120.3, 156.5, 111.3, 148.9, 95.6)
    product = 1.0
    for area in areas:
        product *= area
    assert last.low == pytest.approx(product ** (1 / 6), abs=0.05)
    assert last.high == pytest.approx(130.578, abs=0.05)


def test_the_index_of_seoul_rose_in_every_draw(of_seoul: Audit) -> None:
    assert of_seoul.over_years is not None
    whole = of_seoul.over_years.intervals[0]
    rises = [each for each in whole.changes if each.node == "composite"]
    assert [(each.before, each.after) for each in rises] == [
        ("2022", "2023"),
        ("2023", "2024"),
        ("2022", "2024"),
    ]
    for each in rises:
        assert each.rose == 1.0
        assert 0.9995 < each.rose_low < 1.0
    cohesion = [each for each in whole.changes if each.node == "cohesion"]
    assert [each.rose for each in cohesion] == [0.0, 0.0, 0.0]


def test_no_area_of_seoul_turns_the_sign_within_its_rounding(of_seoul: Audit) -> None:
    assert of_seoul.over_years is not None
    first = of_seoul.over_years.signs[0]
    figures = {each.figure: each for each in first.turners if each.period == "2023"}
    assert not any(each.turns for each in first.turners)
    # The index rose by 11.24; livelihood weighs 12 of 50, so at 100.8 - 11.24 * 50/12 there is no change.
    assert figures["livelihood"].turning_point == pytest.approx(100.8 - 11.24 * 50 / 12)
    # Without it, (6·125.1 + 10·120.1 + 8·98.4 + 9·124.9 + 5·97.9) / 38 - 100.
    assert figures["livelihood"].without == pytest.approx(4352.4 / 38 - 100)


def test_a_rise_that_is_not_settled_has_its_probability(tmp_path: Path) -> None:
    figures = {"2023": {"x": 10.0, "y": 10.0}, "2024": {"x": 14.0, "y": 7.0}}
    both = one_city(tmp_path, figures, {"left": {"kind": "leave_out", "among": ["x", "y"]}})
    found = audited(both, 9_000).over_years
    assert found is not None
    (whole,) = found.intervals
    assert whole.kind is Kind.MODELLING
    change = next(each for each in whole.changes if each.node == "all")
    # +0.5 as built, -3 without x, +4 without y: it rises in two of three.
    assert change.difference == pytest.approx(0.5)
    assert change.rose == pytest.approx(2 / 3, abs=0.02)
    assert change.fell == pytest.approx(1 / 3, abs=0.02)
    assert change.rose_low < 2 / 3 < change.rose_high
    # The bounds are known to within a bin of the histogram, 0.1 % of what is drawn.
    assert (change.low, change.high) == pytest.approx((-3.0, 4.0), abs=0.01)


def test_a_figure_whose_error_reaches_far_enough_turns_the_sign(tmp_path: Path) -> None:
    figures = {"2023": {"x": 10.0, "y": 10.0}, "2024": {"x": 14.0, "y": 7.0}}
    errors = {"x": 1.5, "y": 0.5}
    both = one_city(tmp_path, figures, {"errors": {"kind": "data_error"}}, errors)
    found = audited(both, 4_000).over_years
    assert found is not None
    assert [each.kind for each in found.intervals] == [Kind.ROUNDING]
    turners = {(each.figure, each.period): each for each in found.signs[0].turners}
    # The sum rises by 1, so one figure has to lose (or gain, the year before) 1.
    assert {key for key, each in turners.items() if each.turns} == {("x", "2023"), ("x", "2024")}
    assert turners["x", "2024"].turning_point == pytest.approx(13.0)
    assert turners["y", "2024"].turning_point == pytest.approx(6.0)
    assert turners["x", "2024"].without == pytest.approx(-3.0)


def test_the_index_of_each_period_and_its_changes_are_shared_out(of_seoul: Audit) -> None:
    assert of_seoul.sensitivity is not None
    names = [(each.kind, each.about) for each in of_seoul.sensitivity.outputs]
    assert names[:3] == [("index", "2022"), ("index", "2023"), ("index", "2024")]
    assert names[-1] == ("change", "2022 → 2024")
    # Weights (alike or not) and mean in 2024: 130.578, 129.035; 126.733, about 125.0.
    last = {each.choice: each for each in of_seoul.sensitivity.outputs[2].indices}
    assert last["weights"].total.value > 5 * last["mean"].total.value
    assert last["rounding"].total.value < 0.001


def test_one_period_alone_has_levels_and_no_change(tmp_path: Path) -> None:
    both = one_city(tmp_path, {"2024": {"x": 14.0, "y": 7.0}}, {"weights": WEIGHTS})
    found = audited(both, 256)
    assert found.over_years is not None
    assert found.over_years.signs == ()
    assert found.over_years.intervals[0].changes == ()
