"""Counts are divided by the size of what they belong to."""

from __future__ import annotations

import numpy
from hypothesis import given

from donghaeng.index.arrays import FloatArray
from donghaeng.index.denomination import denominate
from tests.index.tables import NAN, assert_batch_is_a_loop, batches


def test_a_count_becomes_a_figure_per_scale_of_its_denominator() -> None:
    # 30 of 60,000 persons are 30 / (60000 / 1000) = 0.5 per thousand; the second column has none.
    done = denominate(
        numpy.array([[30.0, 7.0], [12.0, NAN]]),
        denominators=numpy.array([[60_000.0, NAN], [3_000.0, 5.0]]),
        denominated=numpy.array([True, False]),
        scale=numpy.array([1_000.0, 1.0]),
    )
    numpy.testing.assert_array_equal(done.values, [[0.5, 7.0], [4.0, NAN]])
    assert not done.without_denominator.any()
    assert not done.zero_denominator.any()


def test_a_zero_or_missing_denominator_is_recorded_and_gives_no_value() -> None:
    done = denominate(
        numpy.array([[30.0], [30.0], [NAN]]),
        denominators=numpy.array([[0.0], [NAN], [0.0]]),
        denominated=numpy.array([True]),
    )
    assert numpy.isnan(done.values).all()
    assert done.zero_denominator[:, 0].tolist() == [True, False, False]
    assert done.without_denominator[:, 0].tolist() == [False, True, False]


@given(batches())
def test_a_batch_is_a_loop(batch: FloatArray) -> None:
    denominated = numpy.arange(batch.shape[-1]) % 2 == 0
    denominators = numpy.resize([4.0, 0.0, NAN], batch.shape[1:])

    def divided(table: FloatArray) -> FloatArray:
        return denominate(table, denominators=denominators, denominated=denominated).values

    assert_batch_is_a_loop(divided, batch)
