"""Ranks over periods with their bands."""

from __future__ import annotations

import pytest

from donghaeng.charts.bump import Rank, RankLine, bump_chart, bump_message
from donghaeng.rules.faults import BadInput
from tests.charts.reading import EN, KO, sheet, texts

PERIODS = ("2023", "2024")
LINES = (
    RankLine("A", (Rank(1, 1, 2), Rank(4, 3, 5))),  # 1–2 and 3–5: apart
    RankLine("B", (Rank(2, 1, 3), Rank(1, 1, 2))),
    RankLine("C", (Rank(3, 2, 4), Rank(2, 1, 3))),
    RankLine("D", (Rank(4, 4, 5), Rank(3, 2, 4))),  # 4–5 and 2–4 touch in 4
    RankLine("E", (Rank(5, 4, 5), None)),
)


def test_the_message_says_for_how_many_a_move_is_not_sure() -> None:
    assert bump_message(LINES, PERIODS, EN) == (
        "Moved most from 2023 to 2024: A, from rank 1 to rank 4. "
        "For 3 of 4 the bands of both periods overlap, so that they need not have moved."
    )
    assert bump_message(LINES, PERIODS, KO) == (
        "2023부터 2024까지 가장 크게 움직인 곳: A, 1위에서 4위로. "
        "전체 4개 중 3개는 두 시기의 구간이 겹쳐, 순위가 바뀌지 않았을 수도 있습니다."
    )
    assert bump_message(LINES[4:], PERIODS, EN) == (
        "No unit has a rank in both the first and the last period."
    )


def test_the_data_hold_every_rank_and_band() -> None:
    chart = bump_chart(LINES, PERIODS, "90 % band", sheet())
    assert chart.columns[:4] == (
        "Unit",
        "2023: median rank",
        "2023: lower bound",
        "2023: upper bound",
    )
    assert chart.rows[0] == ("A", 1, 1, 2, 4, 3, 5)
    assert chart.rows[4] == ("E", 5, 4, 5, None, None, None)


def test_units_are_written_at_their_last_rank_and_missing_ones_at_the_end() -> None:
    said = texts(bump_chart(LINES, PERIODS, "90 % band", sheet()))
    assert said[-5:] == ["B", "C", "D", "A", "E no figure"]


def test_at_most_four_units_stand_out() -> None:
    with pytest.raises(BadInput, match="5 units to highlight"):
        bump_chart(LINES, PERIODS, "", sheet(), highlighted=list("ABCDE"))
    said = texts(bump_chart(LINES, PERIODS, "90 % band", sheet(), highlighted=["C"]))
    assert said[1:3] == ["C", "90 % band"]  # the legend


def test_an_unknown_unit_cannot_stand_out() -> None:
    with pytest.raises(BadInput, match="no unit 'Z' to highlight"):
        bump_chart(LINES, PERIODS, "", sheet(), highlighted=["Z"])


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ([RankLine("A", (Rank(1, 1, 1),))], "A: 1 ranks for 2 periods"),
        ([RankLine("A", (Rank(1, 2, 3), None))], "A: the ranks 2 and 3 do not hold the median 1"),
        ([LINES[0], LINES[0]], "A: two units have the same label"),
    ],
)
def test_what_cannot_be_drawn_is_refused(lines: list[RankLine], fault: str) -> None:
    with pytest.raises(BadInput, match=fault):
        bump_chart(lines, PERIODS, "", sheet())
