"""Multiple imputations carry the uncertainty of what is missing."""

from __future__ import annotations

import numpy
import pytest

from donghaeng.index.arrays import FloatArray
from donghaeng.index.imputation import impute_multiple, rubin
from donghaeng.rules.faults import BadInput
from tests.index.tables import NAN


def regression(seed: int, rows: int = 200) -> FloatArray:
    """A line, y = 3 + 2 x + noise of sd 1, and y missing more often where x is high."""
    random = numpy.random.default_rng(seed)
    x = random.normal(size=rows)
    y = 3 + 2 * x + random.normal(size=rows)
    y[random.random(rows) < 0.5 * (x > 0)] = NAN
    return numpy.column_stack([x, y])


def test_the_same_seed_gives_the_same_draws_and_more_draws_begin_with_the_fewer() -> None:
    table = regression(1)
    five = impute_multiple(table, imputations=5, seed=11).values
    eight = impute_multiple(table, imputations=8, seed=11).values
    numpy.testing.assert_array_equal(eight[:5], five)
    assert not numpy.array_equal(impute_multiple(table, imputations=5, seed=12).values, five)


def test_known_values_stay_and_every_gap_is_filled() -> None:
    table = regression(2)
    done = impute_multiple(table, imputations=3, seed=0)
    known = ~numpy.isnan(table)
    assert done.values.shape == (3, *table.shape)
    for imputed in done.values:
        numpy.testing.assert_array_equal(imputed[known], table[known])
    assert not numpy.isnan(done.values).any()
    numpy.testing.assert_array_equal(done.filled, numpy.broadcast_to(~known, done.filled.shape))


def test_draws_scatter_around_the_regression_as_the_noise_does() -> None:
    table = regression(3, rows=400)
    values = impute_multiple(table, imputations=200, seed=5).values
    missing = numpy.isnan(table[:, 1])
    residuals = values[:, missing, 1] - (3 + 2 * table[missing, 0])
    # The noise has sd 1; estimated from some 300 rows, it and the line are known to a few per cent.
    assert residuals.std() == pytest.approx(1, abs=0.1)
    assert residuals.mean() == pytest.approx(0, abs=0.25)


def test_a_draw_far_from_the_data_varies_as_the_line_is_unsure_there() -> None:
    # The spread of a prediction at x0 from n rows and 2 coefficients is that of Student's t with
    # n - 2 degrees of freedom: variance RSS / (n - 4) · (1 + 1/n + (x0 - mean)² / Sxx).
    x = numpy.arange(12.0)
    y = 3 + 2 * x + numpy.resize([1.0, -2.0, 1.5, 0.0, -0.5], 12)
    slope, constant = numpy.polyfit(x, y, 1)
    rss = ((y - constant - slope * x) ** 2).sum()
    # x0 = 20: (20 - 5.5)² / 143 = 1.470
    variance = rss / 8 * (1 + 1 / 12 + 14.5**2 / 143)
    table = numpy.column_stack([numpy.append(x, 20.0), numpy.append(y, NAN)])
    draws = impute_multiple(table, imputations=4_000, seed=9, rounds=1).values[:, 12, 1]
    assert draws.mean() == pytest.approx(constant + slope * 20, abs=0.15)
    assert draws.var() == pytest.approx(variance, rel=0.1)


def test_intervals_pooled_by_rubin_cover_the_truth_as_often_as_they_say() -> None:
    # The mean of y is 3. The mean of what is there is too low: y is missing where x is high.
    covered, biased = 0, 0
    for seed in range(120):
        table = regression(seed, rows=100)
        values = impute_multiple(table, imputations=10, seed=seed, rounds=2).values[..., 1]
        pooled = rubin(
            values.mean(axis=1), values.var(axis=1, ddof=1) / 100, complete_degrees_of_freedom=99
        )
        low, high = pooled.interval(0.95)
        covered += bool(low <= 3 <= high)
        biased += bool(numpy.nanmean(table[:, 1]) < 3)
    # 95 % of 120 is 114; below 107 or above 119.5 is beyond three standard deviations.
    assert 107 <= covered <= 119
    assert biased > 110


def test_rows_and_columns_that_cannot_be_imputed_are_left() -> None:
    table = numpy.hstack([regression(4, rows=30), numpy.full((30, 1), NAN)])
    table[7] = NAN
    done = impute_multiple(table, imputations=2, seed=0, kept=numpy.arange(30) != 7)
    assert numpy.isnan(done.values[:, 7]).all()
    assert not done.left[:, 7].any()
    assert done.left[:, numpy.arange(30) != 7, 2].all()
    assert not numpy.isnan(numpy.delete(done.values, 7, axis=1)[..., :2]).any()


def test_more_columns_than_rows_and_columns_that_repeat_each_other_are_no_hindrance() -> None:
    random = numpy.random.default_rng(0)
    table = random.normal(size=(15, 1)) * random.normal(size=(1, 40))
    table[random.random(table.shape) < 0.1] = NAN
    done = impute_multiple(table, imputations=3, seed=1)
    assert numpy.isfinite(done.values).all()


def test_draws_are_held_within_limits() -> None:
    table = regression(6)
    done = impute_multiple(table, imputations=20, seed=1, low=numpy.array([-numpy.inf, 2.5]))
    assert done.values[done.filled].min() == pytest.approx(2.5)


def test_each_table_of_a_batch_is_imputed() -> None:
    batch = numpy.stack([regression(1), regression(2)])
    done = impute_multiple(batch, imputations=3, seed=1)
    assert done.values.shape == (3, 2, 200, 2)
    assert not numpy.isnan(done.values).any()


def test_no_imputation_at_all_is_refused() -> None:
    with pytest.raises(BadInput, match="0 imputations"):
        impute_multiple(regression(1), imputations=0, seed=1)
