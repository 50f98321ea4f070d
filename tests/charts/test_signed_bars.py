"""Bars to both sides: more to the right, less to the left, and what the chart says in words."""

from __future__ import annotations

import pytest

from donghaeng.charts.measures import Sheet
from donghaeng.charts.signed_bars import SignedBar, of_change, signed_bars_chart
from donghaeng.language import Words
from donghaeng.rules import BadInput

ENGLISH = Sheet("Households", Words("en"), "of 100", digits=0)


def test_rows_stay_in_their_order_with_both_sides_in_the_data() -> None:
    bars = [SignedBar("first", 20, 5), SignedBar("second", 1, 3), SignedBar("third", None, None)]
    chart = signed_bars_chart(bars, "more", "less", ENGLISH)
    assert chart.rows == (
        ("first", 20, 5, 15, None, None),
        ("second", 1, 3, -2, None, None),
        ("third", None, None, None, None, None),
    )
    assert chart.alternative.startswith("“more” is larger in 1 of 3 rows, “less” in 1.")
    assert "Highest: first (15); lowest: second (−2)." in chart.alternative


def test_a_signed_figure_lies_on_the_side_of_its_sign() -> None:
    assert of_change("a", -4.0, (-6.0, -2.0)) == SignedBar("a", 0.0, 4.0, -6.0, -2.0)
    assert of_change("a", float("nan"), None) == SignedBar("a", None, None)


def test_amounts_are_written_out_on_the_axis() -> None:
    svg = signed_bars_chart([of_change("a", 512_345.0, None)], "more", "less", ENGLISH).svg
    assert "400,000" in svg
    assert "e+5" not in svg


def test_the_interval_is_in_the_legend_only_where_there_is_one() -> None:
    with_it = [of_change("a", 2.0, (1.0, 3.0))]
    assert (
        "95 % interval"
        in signed_bars_chart(with_it, "m", "l", ENGLISH, interval="95 % interval").svg
    )
    without = [of_change("a", 2.0, None)]
    svg = signed_bars_chart(without, "m", "l", ENGLISH, interval="95 % interval").svg
    assert "95 % interval" not in svg


@pytest.mark.parametrize(
    "bar", [SignedBar("a", -1, 0), SignedBar("a", 0, -1), SignedBar("a", 5, 0, 6, 7)]
)
def test_a_bar_below_zero_or_outside_its_interval_is_refused(bar: SignedBar) -> None:
    with pytest.raises(BadInput):
        signed_bars_chart([bar], "more", "less", ENGLISH)
