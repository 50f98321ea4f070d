"""Ranks with their intervals, sorted by median."""

from __future__ import annotations

import re

import pytest

from donghaeng.charts.rank_intervals import (
    RankInterval,
    rank_intervals_chart,
    rank_intervals_message,
)
from donghaeng.rules.faults import BadInput
from tests.charts.reading import EN, KO, sheet, texts

UNITS = (
    RankInterval("C", 3, 1, 4),
    RankInterval("없음", None, None, None),
    RankInterval("A", 1, 1, 2),
    RankInterval("B", 2.5, 2, 4),
)


def test_the_message_names_first_last_and_widest() -> None:
    assert rank_intervals_message(UNITS, EN) == (
        "First by median rank: A (1, 1–2); last: C (3, 1–4). Widest interval: C (3, 1–4)."
    )
    assert rank_intervals_message(UNITS, KO) == (
        "중앙값 순위가 가장 앞선 곳: A(1, 1–2), 가장 뒤: C(3, 1–4). 구간이 가장 넓은 곳: C(3, 1–4)."
    )


def test_one_unit_and_none() -> None:
    assert rank_intervals_message(UNITS[2:3], EN) == (
        "First by median rank: A (1, 1–2). There is no other unit to compare it with."
    )
    assert rank_intervals_message(UNITS[1:2], EN) == "There is no figure."


def test_units_stand_by_median_and_missing_ones_last() -> None:
    chart = rank_intervals_chart(UNITS, "90 % of all draws", sheet())
    assert chart.columns == ("Unit", "Median rank", "Lower bound", "Upper bound")
    assert chart.rows == (
        ("A", 1.0, 1.0, 2.0),
        ("B", 2.5, 2.0, 4.0),
        ("C", 3.0, 1.0, 4.0),
        ("없음", None, None, None),
    )
    assert texts(chart)[-4:] == ["1 (1–2)", "2.5 (2–4)", "3 (1–4)", "no figure"]


def test_bounds_that_do_not_hold_their_median_are_refused() -> None:
    with pytest.raises(BadInput, match="A: the ranks 2 and 3 do not hold the median 1"):
        rank_intervals_chart([RankInterval("A", 1, 2, 3)], "", sheet())


def test_a_line_is_as_long_as_its_interval() -> None:
    svg = rank_intervals_chart(UNITS, "", sheet()).svg
    layer = svg[svg.index("layer_0_marks") : svg.index("layer_1_marks")]
    lengths = [float(each) for each in re.findall(r' x2="([-.\d]+)"', layer)]
    # A from 1 to 2, B from 2 to 4, C from 1 to 4.
    assert [abs(each) / abs(lengths[0]) for each in lengths] == pytest.approx([1, 2, 3])
