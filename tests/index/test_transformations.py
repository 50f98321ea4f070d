"""Transformations of long tails, by hand and against SciPy."""

from __future__ import annotations

import math
from functools import partial

import numpy
import pytest
from hypothesis import given
from scipy import stats

from donghaeng.index.arrays import FloatArray
from donghaeng.index.transformations import (
    Transformation,
    box_cox,
    log_gii,
    log_original,
    log_shift,
    log_shift_plus,
)
from tests.index.tables import NAN, assert_batch_is_a_loop, batches, column

EVERY: list[Transformation] = [
    log_shift,
    log_shift_plus,
    log_original,
    log_gii,
    partial(log_gii, factor=10.0),
    partial(box_cox, power=0.0),
    partial(box_cox, power=0.5),
    partial(box_cox, power=2.0, shifted=False),
]


def test_the_shifted_log_by_hand() -> None:
    # min 0, max 100, so 1 is added: ln 1, ln 51, ln 101.
    result = log_shift(column(0, 50, NAN, 100))[:, 0]
    numpy.testing.assert_allclose(result, [0, math.log(51), NAN, math.log(101)])


def test_the_log_of_a_tail_to_the_left_is_its_mirror_image() -> None:
    # Skewness is negative: -ln(100 + 1 - x).
    result = log_shift_plus(column(0, 99, 100))[:, 0]
    numpy.testing.assert_allclose(result, [-math.log(101), -math.log(2), 0])
    # Positive: as log_shift. One column does not change the other.
    both = log_shift_plus(numpy.array([[0.0, 0.0], [99.0, 1.0], [100.0, 100.0]]))
    numpy.testing.assert_allclose(both[:, 0], result)
    numpy.testing.assert_allclose(both[:, 1], [0, math.log(2), math.log(101)])


def test_the_first_log_of_the_coin_tool_by_hand() -> None:
    result = log_original(column(7, 8, 16))[:, 0]
    numpy.testing.assert_allclose(result, [0, math.log(2), math.log(10)])


def test_the_log_of_the_global_innovation_index_by_hand() -> None:
    # max 21: (21 - 1)(x - 1)/(21 - 1) + 1 = x, so ln x. With f = 2: (42 - 1)(x - 1)/20 + 1.
    numpy.testing.assert_allclose(log_gii(column(1, 6, 21))[:, 0], numpy.log([1, 6, 21]))
    doubled = log_gii(column(1, 6, 21), factor=2.0)[:, 0]
    numpy.testing.assert_allclose(doubled, numpy.log([1, 11.25, 42]))


def test_the_log_of_the_global_innovation_index_is_refused_where_it_would_turn_the_order() -> None:
    # The maximum 0.5 is below 1: ln((0.5 - 1)(x - 0)/0.5 + 1) = ln(1 - x) falls.
    shares = column(0, 0.1, 0.5)
    assert numpy.isnan(log_gii(shares)).all()
    # 100 · 0.5 = 50 is not: (50 - 1)(x - 0)/0.5 + 1 = 98 x + 1.
    numpy.testing.assert_allclose(
        log_gii(shares, factor=100.0)[:, 0], numpy.log([1, 10.8, 50]), rtol=1e-14
    )


def test_box_cox_is_that_of_scipy() -> None:
    values = column(3, 4, 7, 19)
    for power in (-1.0, 0.0, 0.5, 2.0):
        numpy.testing.assert_allclose(
            box_cox(values, power=power)[:, 0], stats.boxcox(values[:, 0] - 2, power)
        )
        numpy.testing.assert_allclose(
            box_cox(values, power=power, shifted=False)[:, 0], stats.boxcox(values[:, 0], power)
        )


def test_each_column_may_have_its_own_power() -> None:
    values = numpy.array([[1.0, 1.0], [3.0, 3.0]])
    # Shifted values 1 and 3: ln 3 for power 0, (9 - 1)/2 = 4 for power 2.
    powered = box_cox(values, power=numpy.array([0.0, 2.0]))
    numpy.testing.assert_allclose(powered[1], [math.log(3), 4.0])


@pytest.mark.parametrize("transformation", [log_shift, log_shift_plus, log_gii])
def test_a_zero_range_has_no_such_log(transformation: Transformation) -> None:
    assert numpy.isnan(transformation(column(5, 5, NAN, 5))).all()


def test_box_cox_without_a_shift_needs_positive_values() -> None:
    assert numpy.isnan(box_cox(column(0, 1, 2), power=2.0, shifted=False)).all()


@pytest.mark.parametrize("transformation", EVERY)
def test_the_order_of_values_is_kept(transformation: Transformation) -> None:
    values = column(3, 4, 4.5, NAN, 19, 1000)
    result = transformation(values)[:, 0]
    assert (numpy.diff(result[~numpy.isnan(result)]) > 0).all()
    assert numpy.isnan(result).tolist() == numpy.isnan(values[:, 0]).tolist()


@given(batches())
def test_a_batch_is_a_loop(batch: FloatArray) -> None:
    for transformation in EVERY:
        assert_batch_is_a_loop(transformation, batch)
