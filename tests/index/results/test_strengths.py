"""The best and worst indicators of one unit."""

from __future__ import annotations

import numpy
import pytest

from donghaeng.index.results.strengths import Measure, strengths_and_weaknesses
from donghaeng.rules.faults import BadInput

NAN = numpy.nan
NAMES = ["jobs", "waiting", "rooms", "buses"]
# The first unit: jobs second of three, waiting (less is better) first, rooms last, buses unknown.
TABLE = numpy.array([[5.0, 1.0, 2.0, NAN], [7.0, 3.0, 4.0, 1.0], [1.0, 3.0, 3.0, 2.0]])
DIRECTION = numpy.array([1.0, -1.0, 1.0, 1.0])


def test_strengths_come_best_first_and_weaknesses_worst_first() -> None:
    found = strengths_and_weaknesses(TABLE, 0, NAMES, direction=DIRECTION, count=1)
    (best,), (worst,) = found.strengths, found.weaknesses
    assert (best.indicator, best.value, best.rank, best.of) == ("waiting", 1.0, 1, 3)
    assert (worst.indicator, worst.value, worst.rank, worst.of) == ("rooms", 2.0, 3, 3)
    assert (best.distance, worst.distance) == (2.0, -1.0)  # better than the median by 2; worse by 1


def test_asking_for_more_than_there_are_gives_what_there_is() -> None:
    found = strengths_and_weaknesses(TABLE, 0, NAMES, direction=DIRECTION, count=10)
    assert [each.indicator for each in found.strengths] == ["waiting", "jobs", "rooms"]
    assert [each.indicator for each in found.weaknesses] == ["rooms", "jobs", "waiting"]
    assert found.listed_twice == ("waiting", "jobs", "rooms")


def test_a_tie_is_stated_with_the_units_and_with_the_indicators_left_out() -> None:
    table = numpy.array([[3.0, 3.0, 1.0], [3.0, 2.0, 5.0], [1.0, 1.0, 4.0]])
    found = strengths_and_weaknesses(table, 0, ["a", "b", "c"], count=1)
    assert found.strengths[0].indicator == "a"
    assert found.strengths[0].shared_with == 1
    assert found.level_with_strengths == ("b",)
    assert found.level_with_weaknesses == ()


def test_distance_to_the_median_may_order_otherwise_than_ranks() -> None:
    # In a the unit is first but by 1 only; in b second, but 40 above the median.
    table = numpy.array([[6.0, 90.0], [5.0, 95.0], [5.0, 50.0], [4.0, 10.0], [3.0, 0.0]])
    by_rank = strengths_and_weaknesses(table, 0, ["a", "b"], count=1)
    by_median = strengths_and_weaknesses(table, 0, ["a", "b"], count=1, measure=Measure.MEDIAN)
    assert by_rank.strengths[0].indicator == "a"
    assert by_median.strengths[0].indicator == "b"
    assert by_median.strengths[0].distance == 40.0


def test_an_indicator_in_which_all_units_are_alike_can_be_left_out() -> None:
    table = numpy.array([[1.0, 3.0], [1.0, 2.0], [1.0, 1.0]])
    found = strengths_and_weaknesses(table, 0, ["a", "b"], least_distinct=0.5)
    assert [each.indicator for each in found.strengths] == ["b"]


def test_a_unit_of_which_nothing_is_known_has_neither() -> None:
    found = strengths_and_weaknesses(numpy.array([[NAN], [1.0]]), 0, ["a"])
    assert found.strengths == found.weaknesses == ()


def test_an_unknown_row_is_refused() -> None:
    with pytest.raises(BadInput, match=r"no row 3.*one of 0 to 2"):
        strengths_and_weaknesses(TABLE, 3, NAMES)
