"""Places in their own boundaries."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from donghaeng.charts.boundaries import read_boundaries
from donghaeng.charts.palette import INK, PAPER
from donghaeng.charts.true_map import roomiest, true_map_chart
from donghaeng.rules.faults import BadInput
from tests.charts.reading import KO, sheet, texts
from tests.charts.samples import square

PLACES = (square("a", 0, 0), square("b", 1, 0), square("c", 0, 1), square("d", 1, 1))


def test_the_data_and_the_message() -> None:
    chart = true_map_chart(PLACES, {"a": 1.0, "b": 3.0, "c": 2.0}, sheet(), labels={"a": "Alpha"})
    assert chart.rows == (("Alpha", 1.0), ("b", 3.0), ("c", 2.0), ("d", None))
    assert chart.alternative == (
        "Figures for 3 of 4: from 1.0 to 3.0, median 2.0. Highest: b (3.0); lowest: Alpha (1.0)."
    )
    assert true_map_chart(PLACES, {"a": 1.0}, sheet(KO), ranked=False).alternative == (
        "4개 중 1개의 값: 1.0부터 1.0까지, 중앙값 1.0. 순위가 아니라 지리적 위치에 따라 놓았습니다."
    )


def test_every_figure_is_printed_in_its_place() -> None:
    said = texts(true_map_chart(PLACES, {"a": 1.0, "b": 3.0}, sheet()))
    assert said[-4:] == ["a 1.0", "b 3.0", "c –", "d –"]


def test_where_figures_do_not_fit_the_letters_of_their_classes_stand() -> None:
    # Twenty places of 0.1 in a row: 332 / 20 = 16.6 pixels each, too few for 1,000,000.0.
    places = [square(str(number), 0.1 * number, 0, 0.1) for number in range(20)]
    figures = {str(number): 1e6 + number for number in range(20)}
    said = texts(true_map_chart(places, figures, sheet(width=360)))
    assert said[-20:] == [letter for letter in "ABCD" for _ in range(5)]
    assert "A: 1,000,000.0 to 1,000,004.0 (5)" in said


def test_a_class_of_one_figure_is_said_once() -> None:
    said = texts(true_map_chart(PLACES, {"a": -1.0, "b": -1.0, "c": 2.0}, sheet(KO)))
    assert said[1:4] == ["−1.0 (2곳)", "2.0 (1곳)", "– 수치 없음 (1곳)"]


def test_places_are_parted_by_ink_on_a_rim_of_paper() -> None:
    svg = true_map_chart(PLACES, {"a": 1.0}, sheet()).svg
    rim, ink = svg.find(f'stroke="{PAPER}"'), svg.find(f'stroke="{INK}"')
    assert 0 < rim < ink


def test_a_figure_without_a_boundary_is_refused() -> None:
    with pytest.raises(BadInput, match="no boundary for '종로'"):
        true_map_chart(PLACES, {"종로": 1.0}, sheet())


def test_a_text_stands_in_the_widest_part_of_its_place() -> None:
    # An L: a foot of 100 by 20 under a leg of 20 by 80; a box of 10 fits best in the foot.
    ring = ((0, 0), (20, 0), (20, 80), (100, 80), (100, 100), (0, 100), (0, 0))
    x, y, room = roomiest((ring,), 5)
    assert (x, room) == (50, 100)
    assert 85 <= y <= 95


def test_a_hole_is_no_place_for_a_text() -> None:
    outside = ((0, 0), (100, 0), (100, 20), (0, 20), (0, 0))
    hole = ((10, 2), (10, 18), (50, 18), (50, 2), (10, 2))
    x, _, room = roomiest((outside, hole), 5)
    assert (x, room) == (75, 50)


def test_seoul_on_a_phone_shows_every_figure(shared_data: Callable[[str], Path]) -> None:
    file = shared_data("seoul_districts") / "boundaries_2013_topo_simple.json"
    places = read_boundaries(file, "name")
    figures: dict[str, float | None] = {
        place.key: 80 + 1.5 * index for index, place in enumerate(places)
    }
    said = texts(true_map_chart(places, figures, sheet(width=360)))
    assert {f"{value:.1f}" for value in figures.values() if value} <= set(said)
