"""Figures, their table and their CSV: as they are read, and in full."""

from __future__ import annotations

import math

import pytest

from donghaeng.charts.description import (
    Chart,
    change,
    csv_text,
    described,
    extremes,
    figure,
    known,
    named,
    spread,
)
from donghaeng.language import Words
from donghaeng.rules.faults import BadInput

EN, KO = Words("en"), Words("ko")


def test_figures_are_grouped_rounded_and_have_a_true_minus_sign() -> None:
    assert figure(1234567.891, EN, 2) == "1,234,567.89"
    assert figure(-0.5, EN, 0) == "0"  # not −0
    assert figure(-12.34, EN) == "−12.3"


def test_a_missing_figure_is_said_in_words() -> None:
    assert (figure(None, EN), figure(None, KO)) == ("no figure", "수치 없음")


def test_a_change_always_has_its_sign_unless_it_is_none() -> None:
    assert [change(value, EN) for value in (1.25, -1.25, 0.0, 0.01, -0.01)] == [
        "+1.2",
        "−1.2",
        "0.0",
        "0.0",
        "0.0",
    ]


def test_not_a_number_is_missing_and_infinity_is_refused() -> None:
    assert known(math.nan, "A") is None
    assert known(2, "A") == 2.0
    with pytest.raises(BadInput, match="infinite value cannot be drawn: A"):
        known(-math.inf, "A")


@pytest.mark.parametrize(
    ("figures", "english", "korean"),
    [
        ([], "There is no figure.", "수치가 없습니다."),
        ([("A", None)], "There is no figure.", "수치가 없습니다."),
        ([("A", 1.0)], "The only figure: A (1.0).", "수치가 있는 곳: A(1.0) 하나."),
        (
            [("A", 2.0), ("B", 2.0)],
            "All figures are equal: 2.0.",
            "모든 값이 같습니다: 2.0.",
        ),
        (
            [("A", 2.0), ("B", -1.0), ("C", 2.0)],
            "Highest: A, C (2.0); lowest: B (−1.0).",
            "가장 높은 것: A, C(2.0), 가장 낮은 것: B(−1.0).",
        ),
    ],
)
def test_extremes(figures: list[tuple[str, float | None]], english: str, korean: str) -> None:
    assert extremes(figures, EN) == english
    assert extremes(figures, KO) == korean


def test_a_spread_names_nobody() -> None:
    # Median of 1, 3, 8, 10: (3 + 8) / 2.
    assert spread([1, None, 10, 3, 8], EN) == "Figures for 4 of 5: from 1.0 to 10.0, median 5.5."
    assert spread([1, None, 10, 3, 8], KO) == "5개 중 4개의 값: 1.0부터 10.0까지, 중앙값 5.5."


def test_of_many_names_only_the_first_are_said() -> None:
    assert named(list("ABCDEFG"), EN) == "A, B, C, D, E and 2 more"
    assert named(list("ABCDEFG"), KO) == "A, B, C, D, E 외 2개"


def test_csv_holds_every_digit_and_leaves_missing_empty() -> None:
    text = csv_text(["a", "b"], [("x", 0.1 + 0.2), ("y", None), ("z", 100.0), ("w", -3)])
    assert text == '"a","b"\n"x",0.30000000000000004\n"y",\n"z",100\n"w",-3'


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1"])
def test_no_label_acts_as_a_formula_of_a_spreadsheet(text: str) -> None:
    assert csv_text([text], []) == f'"\'{text}"'


def test_the_table_of_a_reader_is_rounded() -> None:
    rows = (("A", 1.25, None, 2012),)
    chart = Chart("", "t", "d", ("unit", "value", "low", "year"), rows)
    assert chart.cells(EN) == (("A", "1.2", "no figure", "2,012"),)
    assert chart.cells(EN, 2) == (("A", "1.25", "no figure", "2,012"),)


def test_markup_in_a_title_stays_text() -> None:
    svg = described("<svg></svg>", "a < b & c", "</desc><script>", ["x"], [["</metadata>"]])
    assert "<script>" not in svg
    assert "a &lt; b &amp; c" in svg
    assert svg.count("</metadata>") == 1
