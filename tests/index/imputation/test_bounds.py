"""Nothing is estimated: a missing value lies between its limits."""

from __future__ import annotations

import numpy
from hypothesis import given

from donghaeng.index.arrays import FloatArray
from donghaeng.index.imputation import bounds
from tests.index.tables import NAN, assert_batch_is_a_loop, batches

TABLE = numpy.array([[20.0, 1.0, NAN], [NAN, NAN, NAN], [60.0, 5.0, NAN]])


def test_declared_limits_come_before_observed_ones() -> None:
    pair = bounds(TABLE, low=numpy.array([0.0, NAN, NAN]), high=numpy.array([100.0, NAN, NAN]))
    numpy.testing.assert_array_equal(pair.lowest[1], [0, 1, NAN])
    numpy.testing.assert_array_equal(pair.highest[1], [100, 5, NAN])
    assert pair.bounded.tolist() == [[False] * 3, [True, True, False], [False] * 3]
    assert pair.left[:, 2].all()
    assert not pair.left[:, :2].any()


def test_one_limit_for_all_and_a_row_that_is_out() -> None:
    pair = bounds(TABLE, low=0.0, high=9.0, kept=numpy.array([True, False, True]))
    assert numpy.isnan(pair.lowest[1]).all()
    numpy.testing.assert_array_equal(pair.highest[:, 2], [9, NAN, 9])


@given(batches())
def test_a_batch_is_a_loop_and_known_values_are_in_both(batch: FloatArray) -> None:
    pair = bounds(batch)
    known = ~numpy.isnan(batch)
    numpy.testing.assert_array_equal(pair.lowest[known], batch[known])
    numpy.testing.assert_array_equal(pair.highest[known], batch[known])
    assert (pair.lowest[pair.bounded] <= pair.highest[pair.bounded]).all()
    assert_batch_is_a_loop(lambda table: bounds(table).lowest, batch)
    assert_batch_is_a_loop(lambda table: bounds(table).highest, batch)
