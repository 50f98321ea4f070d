"""A missing value becomes an average of its column, its group or its row."""

from __future__ import annotations

import numpy
import pytest
from hypothesis import given

from donghaeng.index.arrays import FloatArray
from donghaeng.index.imputation import Average, impute_column, impute_group, impute_row
from donghaeng.index.screening import screen
from tests.index.tables import NAN, assert_batch_is_a_loop, batches, column, signs

VALUES = column(1, NAN, 2, 9)
GROUPS = numpy.array([0, 0, 0, 1])


def test_the_mean_and_the_median_of_the_column() -> None:
    done = impute_column(VALUES)
    assert done.values[:, 0].tolist() == [1, 4, 2, 9]
    assert done.filled[:, 0].tolist() == [False, True, False, False]
    assert not done.left.any()
    assert impute_column(VALUES, average=Average.MEDIAN).values[1, 0] == 2
    # An even number of values: the mean of the two in the middle.
    assert impute_column(column(1, 2, 5, 9, NAN), average=Average.MEDIAN).values[4, 0] == 3.5


def test_an_empty_column_is_left_and_reported() -> None:
    done = impute_column(column(NAN, NAN))
    assert numpy.isnan(done.values).all()
    assert done.left.all()
    assert not done.filled.any()


def test_the_mean_and_the_median_of_the_group() -> None:
    assert impute_group(VALUES, groups=GROUPS).values[1, 0] == 1.5
    five = column(1, 2, 9, NAN, 100)
    groups = numpy.array([7, 7, 7, 7, 3])
    assert impute_group(five, groups=groups, average=Average.MEDIAN).values[3, 0] == 2


def test_a_group_without_values_and_a_row_in_no_group_are_left_and_reported() -> None:
    done = impute_group(column(1, NAN, NAN, 5), groups=numpy.array([0, 1, -1, -1]))
    numpy.testing.assert_array_equal(done.values[:, 0], [1, NAN, NAN, 5])
    assert done.left[:, 0].tolist() == [False, True, True, False]


@pytest.mark.parametrize(
    ("direction", "expected"),
    [
        # Scaled: 0.5 of 0 … 10 and 1 of 0 … 4, mean 0.75 of 100 … 200.
        ([1, 1, 1], 175.0),
        # The third column turned: 0.75 from the other end.
        ([1, 1, -1], 125.0),
        # The second turned: 0.5 and 0, mean 0.25.
        ([1, -1, 1], 125.0),
    ],
)
def test_a_row_gets_its_own_average_place_in_the_range(
    direction: list[int], expected: float
) -> None:
    table = numpy.array([[0.0, 0.0, 100.0], [5.0, 4.0, NAN], [10.0, 2.0, 200.0]])
    done = impute_row(table, direction=numpy.array(direction))
    assert done.values[1, 2] == pytest.approx(expected)
    numpy.testing.assert_array_equal(done.values[[0, 2]], table[[0, 2]])


def test_a_row_s_median_and_a_row_as_it_is() -> None:
    table = numpy.array([[0.0, 0.0, 0.0, 0.0], [1.0, 2.0, 9.0, NAN], [10.0, 10.0, 10.0, 10.0]])
    up = numpy.ones(4)
    assert impute_row(table, direction=up).values[1, 3] == pytest.approx(4)
    assert impute_row(table, direction=up, average=Average.MEDIAN).values[1, 3] == pytest.approx(2)
    plain = impute_row(table, direction=up, scale_first=False)
    assert plain.values[1, 3] == 4


def test_a_column_of_equal_values_has_no_range_and_is_left() -> None:
    table = numpy.array([[5.0, 1.0], [NAN, 2.0], [5.0, 3.0]])
    done = impute_row(table, direction=numpy.ones(2))
    assert done.left[1, 0]
    assert numpy.isnan(done.values[1, 0])


def test_a_row_that_was_screened_out_is_not_filled() -> None:
    table = numpy.array([[1.0, 2.0], [NAN, NAN], [3.0, NAN]])
    screened = screen(table, least_available=0.5)
    done = impute_column(screened.values, kept=screened.kept)
    numpy.testing.assert_array_equal(done.values, [[1, 2], [NAN, NAN], [3, 2]])
    assert not done.left.any()
    grouped = impute_group(screened.values, groups=numpy.zeros(3, int), kept=screened.kept)
    numpy.testing.assert_array_equal(grouped.values, done.values)


@given(batches())
def test_a_batch_is_a_loop_and_known_values_stay(batch: FloatArray) -> None:
    groups = numpy.arange(batch.shape[1]) % 3 - 1
    for average in Average:
        assert_batch_is_a_loop(lambda t: impute_column(t, average=average).values, batch)  # noqa: B023
        assert_batch_is_a_loop(
            lambda t: impute_group(t, groups=groups, average=average).values,  # noqa: B023
            batch,
        )
        assert_batch_is_a_loop(
            lambda t: impute_row(t, direction=signs(t), average=average).values,  # noqa: B023
            batch,
        )
    done = impute_row(batch, direction=signs(batch))
    known = ~numpy.isnan(batch)
    numpy.testing.assert_array_equal(done.values[known], batch[known])
    numpy.testing.assert_array_equal(done.filled | done.left, ~known)
