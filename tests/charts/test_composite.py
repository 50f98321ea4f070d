"""The composite over time: figure, interval, change."""

from __future__ import annotations

import math

import pytest

from donghaeng.charts.composite import CompositePoint, composite_chart, composite_message
from donghaeng.rules.faults import BadInput
from tests.charts.reading import EN, KO, sheet, texts

# Published composites of Seoul (2022 to 2024); the intervals are made up.
POINTS = (
    CompositePoint("2022", 100),
    CompositePoint("2023", 111.0, 107.2, 114.9),
    CompositePoint("2024", 130.6, 124.9, 135.3),
)


def test_the_message_is_the_last_figure_and_its_change() -> None:
    assert composite_message(POINTS, "90 % interval", EN) == (
        "2024: 130.6 (90 % interval: 124.9 to 135.3), where the base is 100. "
        "Change since 2023 (111.0): +19.6."
    )
    assert composite_message(POINTS, "90 % 구간", KO) == (
        "2024: 130.6(90 % 구간: 124.9~135.3), 기준은 100입니다. 2023(111.0)보다 +19.6."
    )


def test_the_change_is_told_against_the_last_period_with_a_figure() -> None:
    points = (
        CompositePoint("2022", 100),
        CompositePoint("2023", None),
        CompositePoint("2024", 98.5),
    )
    assert composite_message(points, "", EN) == (
        "2024: 98.5, where the base is 100. Change since 2022 (100.0): −1.5."
    )


def test_one_period_has_nothing_to_be_compared_with() -> None:
    assert composite_message(POINTS[:1], "", EN) == (
        "2022: 100.0, where the base is 100. There is no earlier figure to compare it with."
    )
    assert composite_message([CompositePoint("2022", math.nan)], "", KO) == "수치가 없습니다."


def test_the_data_hold_the_ends_of_each_interval() -> None:
    chart = composite_chart(POINTS, "90 % interval", sheet())
    assert chart.columns == ("Period", "Value", "Lower bound", "Upper bound")
    assert chart.rows == (
        ("2022", 100.0, None, None),
        ("2023", 111.0, 107.2, 114.9),
        ("2024", 130.6, 124.9, 135.3),
    )


def test_a_few_figures_are_printed_and_a_gap_is_said() -> None:
    points = (*POINTS, CompositePoint("2025", None))
    said = texts(composite_chart(points, "90 % interval", sheet()))
    assert {"100.0", "111.0", "130.6", "no figure", "2025", "90 % interval", "Base 100"} <= set(
        said
    )


def test_the_line_is_broken_at_a_gap() -> None:
    def paths(*values: float | None) -> int:
        points = [CompositePoint(str(year), value) for year, value in enumerate(values)]
        return composite_chart(points, "", sheet()).svg.count('stroke-width="2.5"')

    assert paths(1, 2, 3, 4) - paths(1, 2, None, 4, 5) == -1


def test_bounds_that_do_not_hold_their_figure_are_refused() -> None:
    with pytest.raises(BadInput, match="2024: the bounds 1 and 2 do not hold the figure 3"):
        composite_chart([CompositePoint("2024", 3, 1, 2)], "", sheet())
