"""Areas by period around the base."""

from __future__ import annotations

import re

import pytest

from donghaeng.charts.dumbbell import DumbbellRow, dumbbell_chart, dumbbell_message
from donghaeng.charts.palette import BRIGHT, DARK, PAPER
from donghaeng.rules.faults import BadInput
from tests.charts.reading import EN, KO, sheet, texts

PERIODS = ("2022", "2023", "2024")
# Published areas of Seoul's index; the last is left out to be missing.
ROWS = (
    DumbbellRow("생계·돌봄", (100, 100.8, 127.8)),
    DumbbellRow("주거", (100, 125.1, 120.3)),
    DumbbellRow("사회통합", (100, 97.9, 95.6)),
    DumbbellRow("안전", (100, 124.9, None)),
)


def test_the_message_counts_above_and_below_the_base() -> None:
    assert dumbbell_message(ROWS, PERIODS, EN) == (
        "2024, above 100: 2 of 4; below: 1; no figure: 1. "
        "Highest: 생계·돌봄 (127.8); lowest: 사회통합 (95.6)."
    )
    assert dumbbell_message(ROWS, PERIODS, KO) == (
        "2024: 전체 4개 중 100보다 높은 것 2개, 낮은 것 1개, 수치 없는 것 1개. "
        "가장 높은 것: 생계·돌봄(127.8), 가장 낮은 것: 사회통합(95.6)."
    )


def test_a_figure_at_the_base_is_neither_above_nor_below() -> None:
    assert dumbbell_message([DumbbellRow("A", (100.0,))], ["2022"], EN) == (
        "2022, above 100: 0 of 1; below: 0; no figure: 0. The only figure: A (100.0)."
    )


def test_areas_keep_their_order_and_every_figure() -> None:
    chart = dumbbell_chart(ROWS, PERIODS, sheet())
    assert chart.columns == ("Area", *PERIODS)
    assert chart.rows == tuple((row.label, *row.values) for row in ROWS)


def test_the_last_figure_is_printed_beside_its_area() -> None:
    said = texts(dumbbell_chart(ROWS, PERIODS, sheet(KO)))
    assert said[-8:] == [
        "생계·돌봄",
        "주거",
        "사회통합",
        "안전",
        "127.8",
        "120.3",
        "95.6",
        "수치 없음",
    ]


def test_periods_differ_in_shape_not_only_in_colour() -> None:
    svg = dumbbell_chart(ROWS, PERIODS, sheet()).svg
    points = set(re.findall(r'd="(M[^"]*)" fill="(#[0-9a-f]{6})" stroke="#1e2124"', svg))
    shapes = [(shape.count("A") > 0, fill) for shape, fill in points]
    # A hollow circle, a diamond, a filled circle; the legend draws them once more, in outlines of its own.
    assert {(True, PAPER), (False, BRIGHT), (True, DARK)} <= set(shapes)


@pytest.mark.parametrize(
    ("rows", "periods", "fault"),
    [
        ([], (), "a dumbbell of 0 periods"),
        ([], "12345", "a dumbbell of 5 periods"),
        ([DumbbellRow("주거", (1, 2))], "123", "주거: 2 figures for 3 periods"),
    ],
)
def test_what_cannot_be_drawn_is_refused(rows: list[DumbbellRow], periods: str, fault: str) -> None:
    with pytest.raises(BadInput, match=fault):
        dumbbell_chart(rows, periods, sheet())
