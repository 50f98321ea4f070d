"""Figures in at most four classes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from donghaeng.charts.palette import CLASSES
from donghaeng.charts.value_classes import class_of, value_classes


def test_four_classes_of_equal_size() -> None:
    classes = value_classes([8, 1, None, 2, 7, 3, 6, 4, 5])
    assert [(each.letter, each.low, each.high) for each in classes] == [
        ("A", 1, 2),
        ("B", 3, 4),
        ("C", 5, 6),
        ("D", 7, 8),
    ]
    assert tuple(each.colour for each in classes) == CLASSES


def test_equal_figures_share_a_class() -> None:
    classes = value_classes([1, 1, 1, 1, 1, 2])
    assert [(each.low, each.high) for each in classes] == [(1, 1), (2, 2)]
    # Two classes take the two ends of the scale.
    assert [each.colour for each in classes] == [CLASSES[0], CLASSES[-1]]


def test_no_figure_is_in_no_class() -> None:
    assert value_classes([None, None]) == ()
    assert class_of(None, value_classes([1, 2])) is None


@given(st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), max_size=60))
def test_every_figure_is_in_exactly_one_class(values: list[float | None]) -> None:
    classes = value_classes(values)
    assert len(classes) <= 4
    for value in values:
        if value is not None:
            assert sum(each.low <= value <= each.high for each in classes) == 1
