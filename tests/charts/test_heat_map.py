"""Correlations with their figures printed and their flags as signs."""

from __future__ import annotations

import pytest

from donghaeng.charts.heat_map import Correlation, heat_map_chart, heat_map_message
from donghaeng.rules.faults import BadInput
from tests.charts.reading import EN, KO, sheet, texts

NAMES = ("주거", "안전", "교육")
FLAGS = ("too alike", "negative")
PAIRS = (
    Correlation("주거", "주거", 1.0),
    Correlation("안전", "주거", -0.623, "negative"),
    Correlation("안전", "안전", 1.0),
    Correlation("교육", "주거", 0.957, "too alike"),
    Correlation("교육", "안전", None),
)


def test_the_message_leaves_out_what_is_compared_with_itself() -> None:
    assert heat_map_message(PAIRS, FLAGS, EN) == (
        "2 correlations: lowest −0.62 (안전, 주거), highest 0.96 (교육, 주거). "
        "Flagged: too alike 1, negative 1."
    )
    assert heat_map_message(PAIRS, ("비슷함", "음"), KO).startswith(
        "상관계수 2개: 가장 낮은 것 −0.62(안전, 주거), 가장 높은 것 0.96(교육, 주거)."
    )
    assert heat_map_message(PAIRS[:1], FLAGS, EN) == "There is no figure."
    plain = [Correlation("안전", "주거", 0.2)]
    assert heat_map_message(plain, FLAGS, EN).endswith("None is flagged.")


def test_every_coefficient_is_printed_and_flagged_ones_bear_a_sign() -> None:
    chart = heat_map_chart(PAIRS, NAMES, NAMES, FLAGS, sheet())
    assert chart.columns == ("Row", "Column", "Correlation", "Flag")
    assert chart.rows[1] == ("안전", "주거", -0.623, "negative")
    assert chart.rows[4] == ("교육", "안전", None, "")
    said = texts(chart)
    assert {"▲ too alike", "▼ negative", "1 주거", "2 안전", "3 교육"} <= set(said)
    assert said[-8:] == ["1.00", "−0.62 ▼", "1.00", "0.96 ▲", "–", "1", "2", "3"]


def test_columns_that_are_no_rows_are_named_where_there_is_room() -> None:
    pairs = [Correlation(name, "종합", 0.5) for name in NAMES]
    assert texts(heat_map_chart(pairs, NAMES, ("종합",), (), sheet()))[-1] == "종합"
    long = "지역사회정신건강등록관리율"
    pairs = [Correlation(name, long, 0.5) for name in NAMES]
    said = texts(heat_map_chart(pairs, NAMES, (long,), (), sheet()))
    assert said[-1] == "1"
    assert f"1 {long}" in said


@pytest.mark.parametrize(
    ("pair", "fault"),
    [
        (Correlation("주거", "안전", 1.5), "주거, 안전: a correlation of 1.5"),
        (Correlation("주거", "안젼", 0.5), "unknown: '안젼'"),
        (Correlation("주거", "안전", 0.5, "negativ"), "did you mean 'negative'"),
    ],
)
def test_what_cannot_be_drawn_is_refused(pair: Correlation, fault: str) -> None:
    with pytest.raises(BadInput, match=fault):
        heat_map_chart([pair], NAMES, NAMES, FLAGS, sheet())


def test_nothing_stands_there_twice() -> None:
    with pytest.raises(BadInput, match="rows: '주거' stands there twice"):
        heat_map_chart([], ("주거", "주거"), NAMES, FLAGS, sheet())
    with pytest.raises(BadInput, match="correlations: '안전, 주거' stands there twice"):
        heat_map_chart([PAIRS[1], PAIRS[1]], NAMES, NAMES, FLAGS, sheet())
