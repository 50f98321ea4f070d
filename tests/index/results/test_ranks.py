"""Ranks and the distance between two rankings."""

from __future__ import annotations

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from donghaeng.index.results.ranks import (
    Ties,
    added_value,
    group_rank,
    rank,
    rank_correlation,
    share_within,
)

NAN = numpy.nan
TABLES = arrays(
    float, st.tuples(st.integers(1, 3), st.integers(1, 8), st.integers(1, 3)),
    elements=st.sampled_from([-1.5, 0.0, 1.0, 2.0, 7.0, NAN]),
)  # fmt: skip


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        (Ties.MIN, [4.0, 2.0, 2.0, 1.0, NAN]),
        (Ties.MEAN, [4.0, 2.5, 2.5, 1.0, NAN]),
        (Ties.MAX, [4.0, 3.0, 3.0, 1.0, NAN]),
        (Ties.DENSE, [3.0, 2.0, 2.0, 1.0, NAN]),
    ],
)
def test_the_highest_is_first_ties_share_and_a_missing_score_has_no_rank(
    ties: Ties, expected: list[float]
) -> None:
    scores = numpy.array([[10.0], [20.0], [20.0], [30.0], [NAN]])
    numpy.testing.assert_array_equal(rank(scores, ties=ties).ravel(), expected)


@pytest.mark.parametrize("ties", ["min", "mean", "max", "dense"])
@given(TABLES)
def test_ranks_are_those_of_scipy_in_every_column_of_every_draw(
    ties: str, values: numpy.ndarray
) -> None:
    ranks = rank(values, ties=Ties(ties), highest_first=False)
    method = "average" if ties == "mean" else ties
    for draw, column in numpy.ndindex(values.shape[0], values.shape[2]):
        own = values[draw, :, column]
        known = ~numpy.isnan(own)
        expected = stats.rankdata(own[known], method=method)
        numpy.testing.assert_array_equal(ranks[draw, known, column], expected)
        assert numpy.isnan(ranks[draw, ~known, column]).all()


def test_a_group_is_ranked_by_itself_and_no_group_is_no_rank() -> None:
    scores = numpy.array([[70.0], [90.0], [80.0], [60.0], [95.0]])
    ranks = group_rank(scores, ["Europe", "Asia", "Europe", None, "Asia"])
    numpy.testing.assert_array_equal(ranks.ravel(), [2, 2, 1, NAN, 1])


def test_the_share_of_units_within_some_places_leaves_out_units_without_both_ranks() -> None:
    # Shifts: 0, 1, 3, 6 places and one unknown: within 1: 2 of 4; within 2: 2; within 5: 3.
    first = numpy.array([[1.0], [2.0], [3.0], [10.0], [5.0]])
    second = numpy.array([[1.0], [3.0], [6.0], [4.0], [NAN]])
    assert share_within(first, second).tolist() == [[0.5, 0.5, 0.75]]


def test_nothing_in_common_has_no_share() -> None:
    nothing = numpy.full((3, 1), NAN)
    assert numpy.isnan(share_within(nothing, nothing)).all()


def test_added_value_counts_units_ten_places_or_more_from_their_rank_in_an_area() -> None:
    overall = numpy.array([[1.0], [5.0], [20.0]])
    areas = numpy.array([[11.0, 1.0], [14.0, 5.0], [30.0, NAN]])
    # First area: 10, 9 and 10 places, two of three; second: 0 and 0 of the two known.
    numpy.testing.assert_array_equal(added_value(overall, areas), [2 / 3, 0.0])


def test_rank_correlation_ranks_again_what_both_have() -> None:
    random = numpy.random.default_rng(3)
    own, other = random.normal(size=(2, 2, 12, 3)).round(1)
    own[0, 4, 1] = other[1, 2, 0] = NAN
    found = rank_correlation(own, other)
    for draw, column in numpy.ndindex(2, 3):
        both = ~numpy.isnan(own[draw, :, column] + other[draw, :, column])
        expected = stats.spearmanr(own[draw, both, column], other[draw, both, column]).statistic
        assert found[draw, column] == pytest.approx(expected, abs=1e-12)


def test_a_constant_has_no_rank_correlation() -> None:
    values = numpy.array([[1.0], [2.0], [3.0]])
    assert numpy.isnan(rank_correlation(values, numpy.ones((3, 1)))).all()


def test_equal_means_of_different_figures_share_a_rank() -> None:
    # (0 + 0 + 7)/50 and (0 + 1 + 6)/50 are equal, but their sums of floats are not.
    scores = numpy.array(
        [[(0 / 50 + 0 / 50 + 7 / 50) / 3], [(0 / 50 + 1 / 50 + 6 / 50) / 3], [0.0]]
    )
    assert scores[0, 0] != scores[1, 0]
    assert rank(scores)[:, 0].tolist() == [1, 2, 3]
    assert rank(scores, tolerance=1e-12)[:, 0].tolist() == [1, 1, 3]
    assert rank(scores, tolerance=1e-12, ties=Ties.MAX)[:, 0].tolist() == [2, 2, 3]
    # What is missing stays missing, and a difference that is one is kept.
    column = numpy.array([[NAN], [1.0], [1.0 + 1e-9], [-100.0], [NAN]])
    assert rank(column, tolerance=1e-12)[1:4, 0].tolist() == [2, 1, 3]
