"""Reforms by cost and by what they bring."""

from __future__ import annotations

import pytest

from donghaeng.charts.frontier import FrontierPoint, Measured, frontier_chart, frontier_message
from donghaeng.rules.faults import BadInput
from tests.charts.reading import EN, sheet, texts

POINTS = (
    FrontierPoint("A", 10, 5.0, True),
    FrontierPoint("B", 30, 2.0, True),
    FrontierPoint("C", 40, 3.0, False),
)


def test_the_message_tells_the_lowest_figure_that_the_budget_reaches() -> None:
    measured = Measured("cost", "gap", budget=20)
    assert frontier_message(POINTS, measured, EN) == (
        "3 reforms, of which 2 are not dominated in cost and gap. "
        "Within the budget of 20, the lowest gap is 5.0 (A, cost 10)."
    )
    assert frontier_message(POINTS, Measured("cost", "gap", budget=5), EN).endswith(
        "None is within the budget."
    )
    assert frontier_message(POINTS, Measured("cost", "gap"), EN).endswith(
        "Lowest gap: 2.0 (B, cost 30)."
    )


def test_every_point_is_in_the_data_the_cheapest_first() -> None:
    chart = frontier_chart(POINTS[::-1], Measured("cost", "gap", 20), sheet())
    assert chart.rows == (("A", 10, 5.0, "yes"), ("B", 30, 2.0, "yes"), ("C", 40, 3.0, "no"))
    assert "Budget: 20" in texts(chart)


def test_an_infinite_cost_is_refused() -> None:
    with pytest.raises(BadInput, match="infinite"):
        frontier_chart([FrontierPoint("A", float("inf"), 1.0, True)], Measured("c", "g"), sheet())
