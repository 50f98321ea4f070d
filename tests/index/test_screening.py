"""Rows with too little data are out, unless they are forced in."""

from __future__ import annotations

import numpy
import pytest
from hypothesis import given

from donghaeng.index.arrays import FloatArray
from donghaeng.index.screening import Criterion, screen
from donghaeng.rules.faults import BadInput
from tests.index.tables import NAN, assert_batch_is_a_loop, batches

# Row 0 is full; row 1 lacks one of three; row 2 lacks two and its only value is 0; row 3 is empty.
TABLE = numpy.array([[1.0, 2.0, 3.0], [1.0, NAN, 0.0], [0.0, NAN, NAN], [NAN, NAN, NAN]])


def test_shares_of_what_is_there_and_of_what_is_not_zero() -> None:
    screened = screen(TABLE)
    numpy.testing.assert_array_equal(screened.availability, [1, 1 - 1 / 3, 1 - 2 / 3, 0])
    numpy.testing.assert_array_equal(screened.nonzero_share, [1, 0.5, 0, NAN])


def test_a_row_at_the_threshold_stays_and_a_row_below_is_out() -> None:
    # 1 - 1/3 in floating point is below 2/3 by nothing: it stays.
    assert screen(TABLE).kept.tolist() == [True, True, False, False]
    assert screen(TABLE, least_available=0.7).kept.tolist() == [True, False, False, False]


def test_zeros_are_counted_among_the_values_that_are_there() -> None:
    by_zeros = screen(TABLE, criterion=Criterion.ZEROS, least_nonzero=0.6)
    assert by_zeros.kept.tolist() == [True, False, False, True]
    both = screen(TABLE, criterion=Criterion.BOTH, least_available=0.5, least_nonzero=0.6)
    assert both.kept.tolist() == [True, False, False, False]


def test_a_row_that_is_out_is_a_row_of_nan_and_the_table_keeps_its_shape() -> None:
    before = TABLE.copy()
    screened = screen(TABLE, least_available=0.7)
    numpy.testing.assert_array_equal(screened.values[0], [1, 2, 3])
    assert numpy.isnan(screened.values[1:]).all()
    numpy.testing.assert_array_equal(TABLE, before)


def test_rows_are_forced_in_and_out() -> None:
    row = numpy.arange(4)
    screened = screen(TABLE, forced_in=row == 2, forced_out=row == 0)
    assert screened.kept.tolist() == [False, True, True, False]
    with pytest.raises(BadInput, match="forced both in and out"):
        screen(TABLE, forced_in=row == 2, forced_out=row == 2)


@given(batches())
def test_a_batch_is_a_loop(batch: FloatArray) -> None:
    assert_batch_is_a_loop(lambda table: screen(table).values, batch)
