"""One indicator before and after treatment."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from donghaeng.charts.distribution import (
    Bins,
    TreatedValue,
    bins_of,
    distribution_chart,
    distribution_message,
)
from tests.charts.reading import EN, KO, sheet, texts

VALUES = (
    TreatedValue("A", 1, 1),
    TreatedValue("B", 2, 2),
    TreatedValue("C", 3, 3),
    TreatedValue("D", 40, 3),
    TreatedValue("E", None, None),
)


def test_the_message_names_what_was_changed() -> None:
    assert distribution_message(VALUES, EN) == (
        "Before treatment from 1.0 to 40.0, after it from 1.0 to 3.0. Changed: 1 of 5 (D)."
    )
    assert distribution_message(VALUES, KO) == (
        "처리 전 1.0부터 40.0까지, 처리 후 1.0부터 3.0까지입니다. 바뀐 값: 전체 5개 중 1개(D)."
    )
    assert distribution_message(VALUES[:3], EN).endswith("No figure was changed.")
    assert distribution_message(VALUES[4:], EN) == "There is no figure."


def test_a_figure_that_was_imputed_was_changed() -> None:
    values = (*VALUES[:3], TreatedValue("E", None, 2.0))
    assert distribution_message(values, EN).endswith("Changed: 1 of 4 (E).")


def test_many_changed_units_are_counted() -> None:
    values = [TreatedValue(letter, 8.0 + place, 3.0) for place, letter in enumerate("ABCDEFG")]
    assert distribution_message(values, EN).endswith("Changed: 7 of 7 (A, B, C, D, E and 2 more).")


def test_the_data_hold_both_figures() -> None:
    chart = distribution_chart(VALUES, sheet())
    assert chart.columns == ("Unit", "Before treatment", "After treatment")
    assert chart.rows[3:] == (("D", 40.0, 3.0), ("E", None, None))


def test_how_many_units_and_how_many_changed_ones_is_printed() -> None:
    # (40 − 1) / 8 = 4.9, so intervals of 5 from 0: A, B, C in the first, D in the last, then all in the first.
    said = texts(distribution_chart(VALUES, sheet()))
    before = said.index("Before treatment (no figure: 1)")
    after = said.index("After treatment (no figure: 1)")
    assert said[before + 1 : before + 3] == ["3", "1 (1)"]
    assert said[after + 1] == "4 (1)"
    assert said[after + 2 : after + 4] == ["0", "5"]  # the axis of both


def test_another_scale_has_an_axis_of_its_own() -> None:
    values = [TreatedValue(str(n), float(n), math.log(n) + 7) for n in range(1, 30)]
    said = texts(distribution_chart(values, sheet()))
    before, after = said.index("Before treatment"), said.index("After treatment")
    assert "7" in said[after:]
    assert said[before:after] != said[after : after + (after - before)]


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=80))
def test_every_figure_falls_into_an_interval_that_holds_it(values: list[float]) -> None:
    bins = bins_of(values)
    for value in values:
        low = bins.start + bins.place(value) * bins.width
        slack = bins.width * 1e-6
        assert low - slack <= value <= low + bins.width + slack
    assert 1 <= bins.count <= 26


def test_one_value_has_one_interval() -> None:
    assert bins_of([5.0, 5.0]) == Bins(4.5, 1.0, 1)
