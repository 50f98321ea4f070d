"""Correlations and their p-values, against R where its output is published and against scipy."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, permutations
from pathlib import Path

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from donghaeng.index.coherence.correlation import Method, correlate
from donghaeng.index.coherence.null_distributions import (
    kendall_p,
    spearman_distances,
    spearman_p,
)

from ..asem import read_asem

NAN = numpy.nan
SCIPY = {
    Method.PEARSON: stats.pearsonr,
    Method.SPEARMAN: stats.spearmanr,
    Method.KENDALL: stats.kendalltau,
}


def pair(x: list[float], y: list[float], method: Method) -> tuple[float, float]:
    """The coefficient and the p-value of two variables."""
    table = correlate(numpy.column_stack([x, y]), method)
    return float(table.coefficients[0, 1]), float(table.p_values[0, 1])


# Lightness of canned tuna and what a panel said of it: M. Hollander, D. A. Wolfe, Nonparametric Statistical
# Methods (1973), 185 ff., the example of R's help page of cor.test.
LIGHTNESS = [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1]
PANEL = [2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8]


@pytest.mark.parametrize(
    ("method", "coefficient", "p"),
    [
        # R prints t = 1.8411, df = 7, p-value = 0.1082, cor 0.5711816;
        (Method.PEARSON, 0.5711816, 0.1082),
        # T = 26, p-value = 0.1194, tau 0.4444444;
        (Method.KENDALL, 0.4444444, 0.1194),
        # S = 48, p-value = 0.0968, rho 0.6.
        (Method.SPEARMAN, 0.6, 0.0968),
    ],
)
def test_the_tuna_of_hollander_and_wolfe(method: Method, coefficient: float, p: float) -> None:
    found = pair(LIGHTNESS, PANEL, method)
    assert (round(found[0], 7), round(found[1], 4)) == (coefficient, p)


def test_spearman_of_five_pairs_is_exact() -> None:
    # R: S = 14, p-value = 0.6833 (statscodes.com, Spearman's rank correlation tests in R); 82/120 = 0.68333.
    found = pair([3.4, 2.5, 2.7, 2.0, 1.9], [6.8, 7.3, 8.1, 7.4, 6.7], Method.SPEARMAN)
    assert found == (pytest.approx(0.3), pytest.approx(82 / 120))


def test_spearman_with_ties_uses_students_t() -> None:
    # R: S = 6.0666, p-value = 0.0008915, rho 0.9277782 (M. Sullivan, Statistics, section 15.6 in R).
    x, y = [100, 102, 103, 101, 105, 100, 99, 105], [257, 264, 274, 266, 277, 263, 258, 275]
    rho, p = pair([float(value) for value in x], [float(value) for value in y], Method.SPEARMAN)
    assert (round(rho, 7), round(p, 7)) == (0.9277782, 0.0008915)


def test_spearman_of_ten_pairs_is_the_series_of_as_89() -> None:
    # R package pspearman: pspearman(36, 10, approximation = "AS89") is 0.005825634, one-sided.
    rho = 1 - 6 * 36 / (10**3 - 10)
    for sign in (1, -1):  # both tails
        found = spearman_p(numpy.array([sign * rho]), numpy.array([10.0]), numpy.array([False]))
        assert found[0] == pytest.approx(2 * 0.005825634, rel=1e-6)


def test_spearman_beyond_1290_pairs_is_students_t() -> None:
    random = numpy.random.default_rng(0)
    x, y = random.normal(size=(2, 1291))
    assert pair(x, y, Method.SPEARMAN)[1] == pytest.approx(stats.spearmanr(x, y).pvalue, rel=1e-9)


def test_the_counts_of_spearmans_distance_are_those_of_all_permutations() -> None:
    for rows in (2, 4, 6):
        sums = [
            sum((i - j) ** 2 for i, j in enumerate(order)) for order in permutations(range(rows))
        ]
        counts = numpy.bincount(sums, minlength=(rows**3 - rows) // 3 + 1)
        numpy.testing.assert_array_equal(spearman_distances(rows), counts)


@pytest.mark.parametrize("rows", [2, 3, 9, 30, 49])
def test_kendall_without_ties_is_exact_below_fifty(rows: int) -> None:
    random = numpy.random.default_rng(rows)
    for _ in range(5):
        x, y = random.normal(size=(2, rows))
        oracle = stats.kendalltau(x, y, method="exact")
        expected = (pytest.approx(oracle.statistic, abs=1e-12), pytest.approx(oracle.pvalue))
        assert pair(x, y, Method.KENDALL) == expected


def test_kendall_from_fifty_rows_is_normal() -> None:
    random = numpy.random.default_rng(1)
    x, y = random.normal(size=(2, 50))
    oracle = stats.kendalltau(x, y, method="asymptotic")
    assert pair(x, y, Method.KENDALL)[1] == pytest.approx(oracle.pvalue, rel=1e-12)


def test_the_strongest_concordance_keeps_a_small_p() -> None:
    # 1 of 49! orders in each tail: 2/49! = 3.29e-63, not zero.
    found = kendall_p(
        numpy.array([49 * 48 / 2]), numpy.array([49.0]), numpy.array([False]), numpy.array([1.0])
    )
    assert found[0] == pytest.approx(2 / 6.08281864034267560872e62, rel=1e-9)


CELL = st.sampled_from([NAN, 0.0, 1.0, 2.0, 2.5, 4.0, -1.0])


@pytest.mark.parametrize("method", list(Method))
@given(st.data())
def test_each_pair_is_correlated_in_the_rows_that_it_shares(
    method: Method, data: st.DataObject
) -> None:
    rows = data.draw(st.integers(4, 9))
    table = numpy.array(
        data.draw(st.lists(st.tuples(CELL, CELL, CELL), min_size=rows, max_size=rows))
    )
    found = correlate(table, method)
    for i, j in combinations(range(3), 2):
        x, y = table[~numpy.isnan(table[:, [i, j]]).any(axis=1)][:, [i, j]].T
        assert found.rows[i, j] == len(x)
        if len(x) < 2 or len(set(x)) < 2 or len(set(y)) < 2:
            assert numpy.isnan(found.coefficients[i, j])
            assert numpy.isnan(found.p_values[i, j])
        elif len(x) > 2:
            oracle = SCIPY[method](x, y)
            assert found.coefficients[i, j] == pytest.approx(oracle.statistic, abs=1e-9)
            if method is Method.PEARSON or len(set(x)) < len(x) or len(set(y)) < len(y):
                # A p of 0 (r = ±1) is very small here when r differs from ±1 by rounding.
                assert found.p_values[i, j] == pytest.approx(oracle.pvalue, abs=1e-6)


@pytest.mark.parametrize("method", list(Method))
def test_draws_are_correlated_at_once_as_one_by_one(method: Method) -> None:
    random = numpy.random.default_rng(2)
    draws = random.normal(size=(3, 2, 12, 4)).round(1)
    draws[random.random(draws.shape) < 0.15] = NAN
    together = correlate(draws, method)
    for at in numpy.ndindex(3, 2):
        alone = correlate(draws[at], method)
        numpy.testing.assert_allclose(together.coefficients[at], alone.coefficients, atol=1e-14)
        numpy.testing.assert_allclose(together.p_values[at], alone.p_values, atol=1e-12)
        numpy.testing.assert_array_equal(together.rows[at], alone.rows)


def test_a_large_mean_does_not_spoil_a_small_spread() -> None:
    random = numpy.random.default_rng(4)
    x, y = random.normal(size=(2, 20))
    shifted = pair(x + 1e9, y - 1e9, Method.PEARSON)[0]
    assert shifted == pytest.approx(stats.pearsonr(x, y).statistic, abs=1e-6)


def test_a_column_that_is_constant_in_the_shared_rows_only_has_no_correlation() -> None:
    table = numpy.array([[0.1, 1.0], [0.1, 2.0], [0.1, 4.0], [1e6, NAN], [-1e6, NAN]])
    assert numpy.isnan(correlate(table).coefficients[0, 1])


def test_what_is_not_significant_is_left_blank() -> None:
    table = correlate(numpy.column_stack([LIGHTNESS, PANEL, [value * 2 for value in PANEL]]))
    blank = table.significant(0.05)
    assert numpy.isnan(blank[0, 1])
    assert blank[1, 2] == pytest.approx(1.0)


def test_p_values_of_asem_differ_from_those_of_scipy_by_as_much_as_those_of_r_do(
    shared_data: Callable[[str], Path],
) -> None:
    # R's p-values for the raw data differ from scipy's defaults by up to 0.0013 (Spearman) and 0.0093 (Kendall).
    asem = read_asem(shared_data("asem"))
    for method, most in (
        (Method.PEARSON, 0.0),
        (Method.SPEARMAN, 0.0013),
        (Method.KENDALL, 0.0093),
    ):
        found = correlate(asem.values, method)
        furthest = 0.0
        for i, j in combinations(range(asem.values.shape[1]), 2):
            known = ~numpy.isnan(asem.values[:, [i, j]]).any(axis=1)
            oracle = SCIPY[method](asem.values[known, i], asem.values[known, j])
            assert found.coefficients[i, j] == pytest.approx(oracle.statistic, abs=1e-12)
            furthest = max(furthest, abs(found.p_values[i, j] - oracle.pvalue))
        assert round(furthest, 4) == most


def test_the_environment_of_asem_is_correlated_as_by_coinr(
    shared_data: Callable[[str], Path],
) -> None:
    # get_corr(coin, dset = "Raw", iCodes = list("Environ"), Levels = 1) in COINr's vignette "Analysis".
    asem = read_asem(shared_data("asem"))
    names = ["CO2", "Forest", "MatCon", "PrimEner", "Renew"]
    table = correlate(asem.values[:, [asem.names.index(name) for name in names]]).significant()
    numpy.testing.assert_allclose(table[0], [1.0, NAN, 0.7222051, 0.3268484, -0.5986338], atol=5e-8)
    assert (numpy.isnan(table) == numpy.isnan(table.T)).all()
    assert numpy.isnan(table[3, 4])
