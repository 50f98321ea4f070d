"""Differences and their significance, against closed forms and statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats
from statsmodels.stats.multitest import multipletests

from donghaeng.index.arrays import FloatArray
from donghaeng.index.uncertainty.significance import compare, compare_draws, holm
from donghaeng.rules.faults import BadInput


def test_the_change_of_two_years_is_surer_where_they_share_errors() -> None:
    # 3 apart, standard errors 2 and 1.5. Independent: √(4 + 2.25) = 2.5, z = 1.2, p = 0.2301.
    # Correlation 0.8, covariance 0.8 · 2 · 1.5 = 2.4: √(6.25 - 4.8) = √1.45, z = 2.4914, p = 0.0127.
    estimates = np.array([100.0, 103.0])
    apart = compare(estimates, np.diag([4.0, 2.25]))
    shared = compare(estimates, np.array([[4.0, 2.4], [2.4, 2.25]]))
    assert_allclose([apart.z[0], apart.p[0]], [1.2, 0.2301], atol=5e-5)
    assert_allclose([shared.z[0], shared.p[0]], [2.4914, 0.0127], atol=5e-5)
    assert not apart.significant()[0]
    assert shared.significant()[0]


def test_every_pair_is_compared_and_allowed_for() -> None:
    # Standard error of each difference √2; differences 3, 1 and -2 … : z = 2.1213, 0.7071, -1.4142.
    found = compare(np.array([10.0, 13.0, 11.0]), np.eye(3))
    assert_array_equal(found.first, [0, 0, 1])
    assert_array_equal(found.second, [1, 2, 2])
    assert_allclose(found.difference, [3, 1, -2])
    assert_allclose(found.z, np.array([3, 1, -2]) / np.sqrt(2))
    p = 2 * stats.norm.sf(np.abs(found.z))
    assert_allclose(found.p, p)
    # Holm: 3 · 0.0339, then 2 · 0.1573, then 0.4795.
    assert_allclose(found.adjusted, [3 * p[0], p[1], 2 * p[2]])
    assert found.p[0] < 0.05
    assert not found.significant().any()


def test_only_the_pairs_asked_for_count() -> None:
    found = compare(np.array([10.0, 13.0, 11.0]), np.eye(3), np.array([[1, 0]]))
    assert_allclose(found.difference, [-3])
    assert_allclose(found.adjusted, found.p)
    assert found.significant()[0]


def test_full_counts_differ_or_they_do_not() -> None:
    found = compare(np.array([5.0, 5.0, 6.0]), np.zeros((3, 3)))
    assert_array_equal(found.z, [0, np.inf, np.inf])
    assert_array_equal(found.p, [1, 0, 0])


def test_a_unit_without_a_value_is_in_no_comparison() -> None:
    found = compare(np.array([10.0, np.nan, 14.0]), np.eye(3))
    assert_array_equal(np.isnan(found.p), [True, False, True])
    assert_allclose(found.adjusted[1], found.p[1])  # the only pair that can be compared
    assert_array_equal(found.significant(), [False, True, False])


@settings(max_examples=50)
@given(arrays.arrays(np.float64, st.integers(1, 20), elements=st.floats(0, 1)))
def test_holm_is_that_of_statsmodels(p: FloatArray) -> None:
    assert_allclose(holm(p), multipletests(p, method="holm")[1])


def test_draws_of_normal_errors_give_the_p_of_the_closed_form() -> None:
    covariance = np.array([[1.0, 0.5, 0.0], [0.5, 1.0, 0.0], [0.0, 0.0, 2.0]])
    estimates = np.array([50.0, 51.5, 48.0])
    drawn = np.random.default_rng(4).multivariate_normal(estimates, covariance, size=200_000)
    simulated, exact = compare_draws(drawn), compare(estimates, covariance)
    assert_allclose(simulated.difference, exact.difference, atol=0.02)
    assert_allclose(simulated.standard_error, exact.standard_error, rtol=0.01)
    assert_allclose(simulated.p, exact.p, atol=0.005)
    assert_allclose(simulated.adjusted, exact.adjusted, atol=0.015)


def test_few_draws_never_make_a_difference_certain() -> None:
    # 19 draws all above zero: 2 · (0 + 1)/(19 + 1) = 0.1.
    drawn = np.stack([np.zeros(19), np.linspace(5, 6, 19)], axis=1)
    assert_allclose(compare_draws(drawn).p, [0.1])
    same = compare_draws(np.zeros((19, 2)))
    assert_allclose([same.p[0], same.z[0]], [1, 0])


@pytest.mark.soak
def test_among_equal_districts_a_difference_is_found_as_rarely_as_promised() -> None:
    # 25 districts that do not differ, 300 pairs, 2,000 trials: any significant pair in at most 5 %.
    numbers, false = np.random.default_rng(8), 0
    for _ in range(2_000):
        false += compare(numbers.normal(size=25), np.eye(25)).significant().any()
    assert false / 2_000 < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 2_000)


def test_what_cannot_be_is_refused() -> None:
    two = np.array([1.0, 2.0])
    with pytest.raises(BadInput, match="one row and one column for each"):
        compare(two, np.eye(3))
    with pytest.raises(BadInput, match="not symmetric"):
        compare(two, np.array([[1.0, 0.5], [0.0, 1.0]]))
    with pytest.raises(BadInput, match="no negative eigenvalue"):
        compare(two, np.array([[1.0, 2.0], [2.0, 1.0]]))
    with pytest.raises(BadInput, match="two places from 0"):
        compare(two, np.eye(2), np.array([[0, 2]]))
    with pytest.raises(BadInput, match="two draws or more"):
        compare_draws(np.zeros((1, 2)))
    with pytest.raises(BadInput, match="in some of the draws"):
        compare_draws(np.array([[1.0, np.nan], [1.0, 2.0]]))
