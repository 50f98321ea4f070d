"""Contributions lead from one figure to the next, and add up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donghaeng.charts.palette import BRIGHT, DARK
from donghaeng.charts.waterfall import Contribution, Total, waterfall_chart, waterfall_message
from donghaeng.rules.faults import BadInput
from tests.charts.reading import EN, KO, fills, sheet, texts

START, END = Total("2023", 111.0), Total("2024", 113.5)
# 3 − 1.5 + 2 − 1 + 0 = 2.5
STEPS = (
    Contribution("주거", 2.0),
    Contribution("안전", -1.0),
    Contribution("돌봄", 3.0),
    Contribution("교육", None),
    Contribution("문화", 0.0),
    Contribution("건강", -1.5),
)


def test_the_message_adds_up_rises_and_falls() -> None:
    assert waterfall_message(START, STEPS, END, EN) == (
        "From 2023 (111.0) to 2024 (113.5): +2.5, rises +5.0 and falls −2.5. "
        "Largest rise: 돌봄 (+3.0); largest fall: 건강 (−1.5)."
    )
    assert waterfall_message(START, STEPS, END, KO) == (
        "2023(111.0)에서 2024(113.5)까지 +2.5, 그중 올린 것 +5.0, 내린 것 −2.5. "
        "가장 크게 올린 것: 돌봄(+3.0), 가장 크게 내린 것: 건강(−1.5)."
    )


@pytest.mark.parametrize(
    ("value", "second"),
    [
        (1.0, "Largest rise: A (+1.0); nothing fell."),
        (-1.0, "Largest fall: A (−1.0); nothing rose."),
        (0.0, "Nothing rose and nothing fell."),
        (None, "Nothing rose and nothing fell."),
    ],
)
def test_the_message_of_one_indicator(value: float | None, second: str) -> None:
    message = waterfall_message(
        Total("a", 5.0), [Contribution("A", value)], Total("b", 5.0 + (value or 0)), EN
    )
    assert message.endswith(second)


def test_rises_come_first_and_the_data_say_what_was_reached() -> None:
    chart = waterfall_chart(START, STEPS, END, sheet())
    assert chart.columns == ("Indicator", "Contribution", "Value reached")
    assert chart.rows == (
        ("2023", None, 111.0),
        ("돌봄", 3.0, 114.0),
        ("주거", 2.0, 116.0),
        ("건강", -1.5, 114.5),
        ("안전", -1.0, 113.5),
        ("문화", 0.0, 113.5),
        ("교육", None, None),
        ("2024", None, 113.5),
    )


def test_every_contribution_has_a_sign_and_an_arrow_beside_its_colour() -> None:
    chart = waterfall_chart(START, STEPS, END, sheet())
    assert texts(chart)[-8:] == [
        "111.0",
        "+3.0 ▲",
        "+2.0 ▲",
        "−1.5 ▼",
        "−1.0 ▼",
        "0.0",
        "no figure",
        "113.5",
    ]
    # Two bars of each, and one sign of each in the legend.
    assert (fills(chart).count(DARK), fills(chart).count(BRIGHT)) == (3, 3)


def test_the_smaller_ones_can_stand_together() -> None:
    chart = waterfall_chart(START, STEPS, END, sheet(), shown=2)
    # The largest are 돌봄 (3) and 주거 (2); the others add up to −2.5.
    assert {"돌봄", "주거", "4 others together", "−2.5 ▼"} <= set(texts(chart))
    assert "건강" not in texts(chart)
    assert len(chart.rows) == 8  # the data hold them all


def test_contributions_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(BadInput, match=r"2024: the contributions add up to 2.5, the change is 9"):
        waterfall_chart(START, STEPS, Total("2024", 120.0), sheet())


@settings(max_examples=20)
@given(st.lists(st.floats(-50, 50), max_size=12))
def test_the_last_value_reached_is_the_end(values: list[float]) -> None:
    steps = [Contribution(str(index), value) for index, value in enumerate(values)]
    end = Total("b", 100.0 + sum(values))
    rows = waterfall_chart(Total("a", 100.0), steps, end, sheet()).rows
    assert rows[-2][2] == pytest.approx(end.value)
