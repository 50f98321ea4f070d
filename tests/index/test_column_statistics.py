"""Figures of a column, against SciPy and NumPy and by hand."""

from __future__ import annotations

import warnings

import numpy
import pytest
from hypothesis import given
from scipy import stats

from donghaeng.index import column_statistics
from donghaeng.index.arrays import FloatArray
from tests.index.tables import NAN, assert_batch_is_a_loop, batches, column


def known(values: FloatArray) -> FloatArray:
    return values[~numpy.isnan(values)]


@given(batches())
def test_figures_of_a_column_are_those_of_numpy_on_what_is_not_missing(batch: FloatArray) -> None:
    table = batch[0]
    for j in range(table.shape[1]):
        values = known(table[:, j])
        figures = {
            column_statistics.count: float(values.size),
            column_statistics.lowest: values.min() if values.size else NAN,
            column_statistics.highest: values.max() if values.size else NAN,
            column_statistics.mean: values.mean() if values.size else NAN,
            column_statistics.median: numpy.median(values) if values.size else NAN,
            column_statistics.deviation: values.std(ddof=1) if values.size > 1 else NAN,
        }
        for function, expected in figures.items():
            numpy.testing.assert_allclose(function(table)[j], expected, rtol=1e-12, atol=1e-12)


@given(batches())
def test_skewness_and_kurtosis_are_those_of_scipy_without_bias(batch: FloatArray) -> None:
    table = batch[0]
    shape = column_statistics.shape(table)
    for j in range(table.shape[1]):
        values = known(table[:, j])
        constant = values.size < 1 or values.min() == values.max()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            skewness = NAN if constant or values.size < 3 else stats.skew(values, bias=False)
            kurtosis = NAN if constant or values.size < 4 else stats.kurtosis(values, bias=False)
        numpy.testing.assert_allclose(shape.skewness[j], skewness, rtol=1e-9, atol=1e-9)
        numpy.testing.assert_allclose(shape.kurtosis[j], kurtosis, rtol=1e-9, atol=1e-9)


def test_skewness_and_kurtosis_by_hand() -> None:
    # Mean 2; deviations -2 -1 0 3; S2 = 14, S3 = -8 - 1 + 27 = 18, S4 = 16 + 1 + 81 = 98.
    # skewness = sqrt(4) 18 / 14^1.5 · sqrt(12) / 2 = 1.1903401282789947
    # kurtosis = (5 (4·98/196 - 3) + 6) 3 / (2·1) = (5 (2 - 3) + 6) 1.5 = 1.5
    shape = column_statistics.shape(column(0, 1, 2, NAN, 5))
    assert shape.skewness[0] == pytest.approx(2 * 18 / 14**1.5 * 12**0.5 / 2)
    assert shape.kurtosis[0] == pytest.approx(1.5)


def test_a_column_of_equal_values_has_no_spread_whatever_the_rounding_of_its_mean() -> None:
    table = numpy.full((3, 1), 0.1)  # the mean of three times 0.1 is not 0.1 in binary
    assert column_statistics.deviation(table)[0] == 0.0
    assert numpy.isnan(column_statistics.shape(table).skewness[0])


def test_too_few_values_have_no_skewness_or_kurtosis() -> None:
    table = numpy.array([[1.0, 1.0], [2.0, 2.0], [NAN, 5.0]])
    shape = column_statistics.shape(table)
    assert numpy.isnan(shape.skewness[0])
    assert not numpy.isnan(shape.skewness[1])
    assert numpy.isnan(shape.kurtosis).all()


@given(batches())
def test_a_batch_is_a_loop(batch: FloatArray) -> None:
    for function in (
        column_statistics.mean,
        column_statistics.median,
        column_statistics.deviation,
        column_statistics.skewness,
        column_statistics.kurtosis,
    ):
        assert_batch_is_a_loop(function, batch)
