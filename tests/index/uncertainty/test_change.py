"""One city over years, against the normal distribution where the answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from donghaeng.index.uncertainty.change import change_between, period_intervals
from donghaeng.rules.faults import BadInput

DRAWS = 200_000


@pytest.fixture(scope="module")
def normal_draws() -> np.ndarray:
    """Two periods of one index: means 100 and 102, deviations 3 and 2, correlation 0.5."""
    covariance = [[9.0, 3.0], [3.0, 4.0]]
    drawn = np.random.default_rng(1).multivariate_normal([100.0, 102.0], covariance, size=DRAWS)
    return drawn[:, :, None]


def test_the_chance_of_a_rise_is_that_of_the_normal_distribution(normal_draws: np.ndarray) -> None:
    # The change has mean 2 and variance 9 + 4 - 2 · 3 = 7: P(rise) = Φ(2/√7) = 0.7752.
    found = change_between(normal_draws, 0, 1)
    truth = stats.norm.cdf(2 / np.sqrt(7))
    assert_allclose(truth, 0.7752, atol=5e-5)
    assert found.rose.low[0] <= truth <= found.rose.high[0]
    assert found.rose.high[0] - found.rose.low[0] < 0.004
    assert_allclose(found.rose.estimate + found.fell.estimate + found.same, 1)


def test_the_interval_of_the_change_allows_for_what_the_years_share(
    normal_draws: np.ndarray,
) -> None:
    found = change_between(normal_draws, 0, 1, level=0.9)
    low, high = stats.norm.interval(0.9, 2, np.sqrt(7))
    assert_allclose([found.size.low[0], found.size.high[0]], [low, high], atol=0.05)
    assert_allclose(found.size.estimate[0], 2, atol=0.02)


def test_the_interval_of_each_year_is_its_own(normal_draws: np.ndarray) -> None:
    found = period_intervals(normal_draws, level=0.8)
    for period, (mean, deviation) in enumerate([(100, 3), (102, 2)]):
        low, high = stats.norm.interval(0.8, mean, deviation)
        assert_allclose(found.low[period, 0], low, atol=0.03)
        assert_allclose(found.high[period, 0], high, atol=0.03)


def test_backwards_a_rise_is_a_fall(normal_draws: np.ndarray) -> None:
    ahead, back = change_between(normal_draws, 0, 1), change_between(normal_draws, -1, 0)
    assert_allclose(ahead.rose.estimate, back.fell.estimate)
    assert_allclose(ahead.size.estimate, -back.size.estimate)


def test_no_draw_that_fell_does_not_mean_that_it_cannot_fall() -> None:
    # Wilson's interval for 0 of 100 draws: up to 3.8415/103.8415 = 0.036993.
    draws = np.stack([np.zeros(100), np.ones(100)], axis=1)[:, :, None]
    found = change_between(draws, 0, 1)
    assert found.rose.estimate[0] == 1
    assert_allclose(found.fell.high[0], 0.036993, atol=1e-6)
    expected = proportion_confint(100, 100, method="wilson")
    assert_allclose([found.rose.low[0], found.rose.high[0]], expected)


def test_an_index_that_stays_neither_rose_nor_fell() -> None:
    draws = np.array([[[100.0], [100.0]], [[100.0], [101.0]]])
    found = change_between(draws, 0, 1)
    assert (found.rose.estimate[0], found.fell.estimate[0], found.same[0]) == (0.5, 0.0, 0.5)


def test_an_area_without_a_value_has_no_change() -> None:
    draws = np.array([[[100.0, np.nan], [104.0, 90.0]], [[100.0, np.nan], [99.0, 91.0]]])
    found = change_between(draws, 0, 1)
    assert_allclose(found.rose.estimate, [0.5, np.nan])
    assert_allclose(found.same, [0, np.nan])
    assert_allclose(found.size.estimate, [1.5, np.nan])


def test_what_cannot_be_is_refused() -> None:
    some = np.zeros((3, 2, 1))
    some[1, 0, 0] = np.nan
    with pytest.raises(BadInput, match="in some of the draws"):
        change_between(some, 0, 1)
    with pytest.raises(BadInput, match="periods 0 and 2 of 2"):
        change_between(np.zeros((3, 2, 1)), 0, 2)
    with pytest.raises(BadInput, match=r"draws of shape \(3, 2\)"):
        period_intervals(np.zeros((3, 2)))
    with pytest.raises(BadInput, match="level 90"):
        period_intervals(np.zeros((3, 2, 1)), level=90)
