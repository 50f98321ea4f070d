"""Distance to a target and the years that a straight line takes to it."""

from __future__ import annotations

import numpy

from donghaeng.index.results.distance import distance_to_target, share_of_way, years_to_target

NAN = numpy.nan


def test_what_is_still_to_go_is_positive_in_either_direction() -> None:
    assert distance_to_target(numpy.array([60.0, 80.0]), 75.0).tolist() == [15.0, -5.0]
    assert distance_to_target(numpy.array([6.0, 4.0]), 5.0, -1).tolist() == [1.0, -1.0]


def test_the_share_of_the_way_does_not_depend_on_direction() -> None:
    numpy.testing.assert_allclose(
        share_of_way(numpy.array([20.0, 5.0]), 10.0, 50.0), [0.25, -0.125]
    )
    numpy.testing.assert_allclose(share_of_way(numpy.array([8.0]), 10.0, 2.0), [0.25])
    assert numpy.isnan(share_of_way(3.0, 5.0, 5.0))


def test_years_are_the_gap_over_the_pace_and_undefined_when_the_trend_leads_away() -> None:
    values = numpy.array([60.0, 60.0, 60.0, 80.0, NAN])
    slopes = numpy.array([3.0, -3.0, 0.0, -3.0, 3.0])
    found = years_to_target(values, slopes, 75.0)
    numpy.testing.assert_array_equal(found, [5.0, NAN, NAN, 0.0, NAN])
