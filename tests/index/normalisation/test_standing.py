"""Rank, Borda score and percentile rank keep the order and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import numpy
import pytest
from hypothesis import given
from scipy import stats

from donghaeng.index.arrays import FloatArray
from donghaeng.index.normalisation import Normalised, apply, borda, percentile_rank, rank
from tests.index.tables import NAN, assert_batch_is_a_loop, batches, column, signs

UP, DOWN = numpy.array([1]), numpy.array([-1])
VALUES = column(4, 2, NAN, 4, 10)


@pytest.mark.parametrize(
    ("method", "direction", "expected"),
    [
        (rank, UP, [2, 1, NAN, 2, 4]),
        (rank, DOWN, [2, 4, NAN, 2, 1]),
        (borda, UP, [1, 0, NAN, 1, 3]),
        (borda, DOWN, [1, 3, NAN, 1, 0]),
        # (rank - 1) / 3
        (percentile_rank, UP, [1 / 3, 0, NAN, 1 / 3, 1]),
        (percentile_rank, DOWN, [1 / 3, 1, NAN, 1 / 3, 0]),
    ],
)
def test_a_standing_by_hand(
    method: Callable[..., Normalised], direction: FloatArray, expected: list[float]
) -> None:
    done = method(VALUES, direction=direction)
    numpy.testing.assert_array_equal(done.values[:, 0], expected)
    assert not done.undefined.any()


def test_equal_values_all_stand_lowest() -> None:
    same = column(5, 5, 5)
    assert rank(same, direction=UP).values[:, 0].tolist() == [1, 1, 1]
    assert percentile_rank(same, direction=UP).values[:, 0].tolist() == [0, 0, 0]


def test_one_value_alone_has_a_rank_but_no_percentile() -> None:
    alone = column(NAN, 5)
    numpy.testing.assert_array_equal(rank(alone, direction=UP).values[:, 0], [NAN, 1])
    done = percentile_rank(alone, direction=UP)
    assert numpy.isnan(done.values).all()
    assert done.undefined.tolist() == [[True]]
    assert rank(column(NAN, NAN), direction=UP).undefined.tolist() == [[True]]


def test_within_each_period_of_a_panel() -> None:
    panel, periods = column(2, 4, 10, 20, 30, 7), numpy.array([0, 0, 1, 1, 1, -1])
    ranks = rank(panel, direction=DOWN, groups=periods)
    numpy.testing.assert_array_equal(ranks.values[:, 0], [2, 1, 3, 2, 1, NAN])
    shares = percentile_rank(panel, direction=UP, groups=periods)
    numpy.testing.assert_array_equal(shares.values[:, 0], [0, 1, 0, 0.5, 1, NAN])


def test_other_values_stand_among_the_reference() -> None:
    # Below 3 lies one of 2, 4, 4, 10; below 4 lies one; above all stands with the highest.
    changed = column(1, 3, 4, 99, NAN)
    ranks = apply(changed, rank(VALUES, direction=UP).parameters)
    numpy.testing.assert_array_equal(ranks.values[:, 0], [1, 2, 2, 4, NAN])
    shares = apply(changed, percentile_rank(VALUES, direction=UP).parameters)
    numpy.testing.assert_array_equal(shares.values[:, 0], [0, 1 / 3, 1 / 3, 1, NAN])


def test_a_what_if_stands_among_the_reference_of_its_period() -> None:
    panel, periods = column(2, 4, 10, 20, 30), numpy.array([0, 0, 1, 1, 1])
    scale = borda(panel, direction=UP, groups=periods).parameters
    changed = apply(column(25, 25), scale, groups=numpy.array([0, 1]))
    numpy.testing.assert_array_equal(changed.values[:, 0], [1, 2])


@given(batches())
def test_ranks_are_those_of_scipy(batch: FloatArray) -> None:
    direction = signs(batch)
    ranks = rank(batch, direction=direction).values
    expected = stats.rankdata(batch * direction, method="min", axis=1, nan_policy="omit")
    numpy.testing.assert_array_equal(ranks, expected)


@given(batches(least_rows=2))
def test_a_batch_is_a_loop_and_a_scale_applied_again_gives_the_same(batch: FloatArray) -> None:
    direction = signs(batch)
    groups = numpy.arange(batch.shape[1]) % 2
    for method in (rank, borda, percentile_rank):
        assert_batch_is_a_loop(lambda table: method(table, direction=direction).values, batch)  # noqa: B023
        done = method(batch, direction=direction, groups=groups)
        again = apply(batch, done.parameters, groups=groups)
        numpy.testing.assert_array_equal(again.values, done.values)
        numpy.testing.assert_array_equal(again.undefined, done.undefined)
