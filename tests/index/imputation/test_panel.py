"""The gaps of a series are filled from the series itself."""

from __future__ import annotations

import numpy
import pytest
from hypothesis import given

from donghaeng.index.arrays import FloatArray
from donghaeng.index.imputation import Filling, impute_panel
from donghaeng.rules.faults import BadInput
from tests.index.tables import NAN, assert_batch_is_a_loop, batches, column

# One unit; 2021 is not observed at all, so the years are uneven.
YEARS = numpy.array([2018, 2019, 2020, 2022, 2023, 2024])
ONE = numpy.zeros(6, int)
SERIES = column(NAN, 4, NAN, NAN, 12, NAN)


@pytest.mark.parametrize(
    ("filling", "expected"),
    [
        (Filling.LATEST, [NAN, 4, 4, 4, 12, 12]),
        (Filling.CONSTANT, [4, 4, 4, 4, 12, 12]),
        # 8 in four years: 2 a year
        (Filling.LINEAR, [4, 4, 6, 10, 12, 12]),
        # 2020 is one year from 2019, 2022 one from 2023
        (Filling.NEAREST, [4, 4, 4, 12, 12, 12]),
    ],
)
def test_a_series_by_hand(filling: Filling, expected: list[float]) -> None:
    done = impute_panel(SERIES, units=ONE, periods=YEARS, filling=filling)
    numpy.testing.assert_allclose(done.values[:, 0], expected)
    assert done.left[:, 0].tolist() == numpy.isnan(expected).tolist()


def test_of_two_equally_near_years_the_earlier_counts() -> None:
    done = impute_panel(
        column(1, NAN, 3), units=ONE[:3], periods=YEARS[:3], filling=Filling.NEAREST
    )
    assert done.values[1, 0] == 1


@pytest.mark.parametrize(
    ("filling", "expected"),
    [
        (Filling.LATEST, [NAN, 4, 4, NAN, 12, 12]),
        (Filling.CONSTANT, [4, 4, 4, NAN, 12, 12]),
        (Filling.LINEAR, [4, 4, NAN, NAN, 12, 12]),
        (Filling.NEAREST, [4, 4, 4, 12, 12, 12]),
    ],
)
def test_nothing_is_taken_from_farther_than_the_longest_gap(
    filling: Filling, expected: list[float]
) -> None:
    done = impute_panel(SERIES, units=ONE, periods=YEARS, filling=filling, longest_gap=1)
    numpy.testing.assert_allclose(done.values[:, 0], expected)


@pytest.mark.parametrize("filling", Filling)
def test_a_series_with_a_single_value_is_filled_with_it(filling: Filling) -> None:
    done = impute_panel(column(NAN, 5, NAN), units=ONE[:3], periods=YEARS[:3], filling=filling)
    before = NAN if filling is Filling.LATEST else 5
    numpy.testing.assert_array_equal(done.values[:, 0], [before, 5, 5])


@pytest.mark.parametrize("filling", Filling)
def test_an_empty_series_is_left_and_reported(filling: Filling) -> None:
    done = impute_panel(column(NAN, NAN), units=ONE[:2], periods=YEARS[:2], filling=filling)
    assert done.left.all()


def test_units_and_rows_stand_in_any_order_and_do_not_mix() -> None:
    values = numpy.array([[NAN, 1.0], [7.0, NAN], [NAN, 2.0], [3.0, NAN]])
    units, years = numpy.array([5, 9, 9, 5]), numpy.array([2023, 2022, 2023, 2022])
    done = impute_panel(values, units=units, periods=years)
    numpy.testing.assert_array_equal(done.values, [[3, 1], [7, NAN], [7, 2], [3, NAN]])
    back = impute_panel(values, units=units, periods=years, filling=Filling.LINEAR)
    numpy.testing.assert_array_equal(back.values, [[3, 1], [7, 2], [7, 2], [3, 1]])


def test_a_unit_without_a_row_for_a_year_does_not_stop_the_others() -> None:
    values, units = column(1, NAN, NAN), numpy.array([0, 0, 1])
    done = impute_panel(values, units=units, periods=numpy.array([2020, 2023, 2023]))
    numpy.testing.assert_array_equal(done.values[:, 0], [1, 1, NAN])


def test_two_rows_of_one_unit_and_year_are_refused() -> None:
    with pytest.raises(BadInput, match="two rows of the same unit and period"):
        impute_panel(column(1, 2), units=ONE[:2], periods=numpy.array([2020, 2020]))


@given(batches(least_rows=2))
def test_straight_lines_are_those_of_numpy(batch: FloatArray) -> None:
    rows = batch.shape[1]
    years = numpy.cumsum(1 + numpy.arange(rows) % 3)
    done = impute_panel(batch, units=numpy.zeros(rows, int), periods=years, filling=Filling.LINEAR)
    for case in numpy.ndindex(batch.shape[0], batch.shape[2]):
        series = batch[case[0], :, case[1]]
        known = ~numpy.isnan(series)
        expected = numpy.interp(years, years[known], series[known]) if known.any() else series
        numpy.testing.assert_allclose(
            done.values[case[0], :, case[1]], expected, rtol=1e-12, atol=1e-9
        )


@given(batches(least_rows=2))
def test_a_batch_is_a_loop(batch: FloatArray) -> None:
    units = numpy.arange(batch.shape[1]) % 2
    years = numpy.arange(batch.shape[1]) // 2 * 2
    for filling in Filling:
        assert_batch_is_a_loop(
            lambda t: impute_panel(t, units=units, periods=years, filling=filling).values,  # noqa: B023
            batch,
        )
