"""Units by composite, with their areas and their intervals."""

from __future__ import annotations

import re

import pytest

from donghaeng.charts.palette import PAPER, STACK, contrast
from donghaeng.charts.ranked_bars import RankedBar, ranked_bars_chart, ranked_bars_message
from donghaeng.rules.faults import BadInput
from tests.charts.reading import EN, KO, fills, sheet, texts

AREAS = ("생계", "주거", "안전")
BARS = (
    RankedBar("종로구", (10, 20, 5), 35, 33, 38),
    RankedBar("중구", (None, None, None), None),
    RankedBar("용산구", (20, 25, 15), 60, 55, 64),
    RankedBar("성동구", (15, -4, None), 11, 9, 34),
)


def test_the_message_says_whether_first_and_last_can_be_told_apart() -> None:
    # 용산구 from 55, 성동구 to 34: apart.
    assert ranked_bars_message(BARS, "90 % interval", EN) == (
        "Highest: 용산구 (60.0); lowest: 성동구 (11.0). "
        "90 % interval: those of 용산구 and 성동구 do not overlap."
    )
    assert ranked_bars_message(BARS, "90 % 구간", KO) == (
        "가장 높은 것: 용산구(60.0), 가장 낮은 것: 성동구(11.0). "
        "90 % 구간: 용산구, 성동구 두 곳이 겹치지 않습니다."
    )
    # 종로구 from 33, 성동구 to 34: not.
    assert ranked_bars_message((BARS[0], BARS[3]), "90 % interval", EN).endswith(
        "90 % interval: those of 종로구 and 성동구 overlap."
    )


def test_units_stand_from_the_highest_to_the_lowest_and_missing_ones_last() -> None:
    chart = ranked_bars_chart(BARS, AREAS, "90 % interval", sheet())
    assert chart.columns == ("Unit", *AREAS, "Composite", "Lower bound", "Upper bound")
    assert chart.rows == (
        ("용산구", 20.0, 25.0, 15.0, 60.0, 55.0, 64.0),
        ("종로구", 10.0, 20.0, 5.0, 35.0, 33.0, 38.0),
        ("성동구", 15.0, -4.0, None, 11.0, 9.0, 34.0),
        ("중구", None, None, None, None, None, None),
    )
    assert [text for text in texts(chart) if text.endswith("구")] == [
        "용산구",
        "종로구",
        "성동구",
        "중구",
    ]


def test_units_that_shall_not_be_ranked_keep_their_order_and_are_not_named() -> None:
    chart = ranked_bars_chart(BARS, AREAS, "90 % interval", sheet(), ranked=False)
    assert [row[0] for row in chart.rows] == ["종로구", "중구", "용산구", "성동구"]
    assert chart.alternative == (
        "Figures for 3 of 4: from 11.0 to 60.0, median 35.0. "
        "The units stand in the order given, not by rank."
    )
    korean = ranked_bars_message(BARS, "", KO, ranked=False)
    assert korean == (
        "4개 중 3개의 값: 11.0부터 60.0까지, 중앙값 35.0. 순위가 아니라 주어진 순서로 놓았습니다."
    )


def test_each_part_bears_the_number_of_its_area() -> None:
    said = texts(ranked_bars_chart(BARS, AREAS, "90 % interval", sheet()))
    assert {"1 생계", "2 주거", "3 안전"} <= set(said)
    # 3 + 3 + 2 parts, 종로구's 5 points too.
    assert [said.count(number) for number in "123"] == [3, 3, 2]


def test_neighbours_in_a_stack_differ_and_are_parted_by_paper() -> None:
    chart = ranked_bars_chart(BARS, AREAS, "90 % interval", sheet())
    # Eight parts in turn, then the legend's three.
    tones = [fill for fill in fills(chart) if fill in STACK]
    assert tones[:6] == [STACK[0], STACK[1], STACK[0]] * 2
    assert all(contrast(one, PAPER) >= 3 for one in STACK)
    assert f'stroke="{PAPER}"' in chart.svg


def test_a_bar_of_another_number_of_parts_is_refused() -> None:
    with pytest.raises(BadInput, match="종로구: 3 parts for 2 areas"):
        ranked_bars_chart(BARS, AREAS[:2], "", sheet())


def test_units_without_intervals_are_not_compared() -> None:
    bars = [RankedBar("A", (1,), 1.0), RankedBar("B", (2,), 2.0)]
    assert ranked_bars_message(bars, "", EN).endswith("There are no intervals to compare.")


def test_a_whisker_reaches_from_bound_to_bound() -> None:
    svg = ranked_bars_chart(BARS, AREAS, "", sheet()).svg
    layer = svg[svg.index("layer_1_marks") : svg.index("layer_2_marks")]
    lengths = [float(each) for each in re.findall(r' x2="([-.\d]+)"', layer)]
    # 용산구 55 to 64, 종로구 33 to 38, 성동구 9 to 34.
    assert [abs(each) / abs(lengths[0]) for each in lengths] == pytest.approx([1, 5 / 9, 25 / 9])
