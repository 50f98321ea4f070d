"""Rubin's rules by hand, and against statsmodels."""

from __future__ import annotations

import warnings

import numpy
import pandas
import pytest
from scipy import stats
from statsmodels.imputation.mice import MICE, MICEData
from statsmodels.regression.linear_model import OLS

from donghaeng.index.imputation import rubin
from donghaeng.rules.faults import BadInput


def test_three_estimates_by_hand() -> None:
    # Q = 10, 12, 14; U = 3, 4, 5. Mean 12, within 4, between (4 + 0 + 4) / 2 = 4,
    # total 4 + 4/3 · 4 = 28/3, λ = (16/3) / (28/3) = 4/7, r = (16/3) / 4 = 4/3.
    pooled = rubin(numpy.array([10.0, 12, 14]), numpy.array([3.0, 4, 5]))
    assert pooled.estimate == 12
    assert pooled.within == 4
    assert pooled.between == 4
    assert pooled.total == pytest.approx(28 / 3)
    # ν = 2 / (4/7)² = 98/16 = 6.125; (r + 2/(ν + 3)) / (1 + r).
    assert pooled.degrees_of_freedom == pytest.approx(6.125)
    assert pooled.fraction_missing == pytest.approx((4 / 3 + 2 / 9.125) / (7 / 3))


def test_the_degrees_of_freedom_of_barnard_and_rubin_by_hand() -> None:
    # ν_com = 20: ν_obs = 21/23 · 20 · (1 - 4/7) = 180/23; with ν_m = 6.125 pooled as a b / (a + b).
    pooled = rubin(
        numpy.array([10.0, 12, 14]), numpy.array([3.0, 4, 5]), complete_degrees_of_freedom=20
    )
    a, b = 6.125, 180 / 23
    assert pooled.degrees_of_freedom == pytest.approx(a * b / (a + b))
    low, high = pooled.interval(0.9)
    half = stats.t.ppf(0.95, a * b / (a + b)) * (28 / 3) ** 0.5
    assert (low, high) == (pytest.approx(12 - half), pytest.approx(12 + half))


def test_equal_estimates_have_no_missing_information() -> None:
    pooled = rubin(numpy.full(3, 0.1), numpy.full(3, 4.0), complete_degrees_of_freedom=20)
    assert pooled.between == 0
    assert pooled.fraction_missing == 0
    assert pooled.degrees_of_freedom == pytest.approx(21 / 23 * 20)
    endless = rubin(numpy.full(3, 0.1), numpy.full(3, 4.0))
    assert endless.degrees_of_freedom == numpy.inf
    assert endless.interval(0.95)[1] == pytest.approx(0.1 + 2 * stats.norm.ppf(0.975))


def test_a_count_without_sampling_error_varies_only_with_what_is_missing() -> None:
    pooled = rubin(numpy.array([1.0, 3.0]), numpy.zeros(2))
    assert pooled.total == pytest.approx(1.5 * 2)
    assert pooled.degrees_of_freedom == pytest.approx(1)
    assert pooled.fraction_missing == pytest.approx(1)


def test_many_estimates_are_pooled_at_once_as_statsmodels_pools_them() -> None:
    random = numpy.random.default_rng(4)
    x, z = random.normal(size=(2, 80))
    table = pandas.DataFrame({"y": x + z + random.normal(size=80), "x": x, "z": z})
    table.loc[random.random(80) < 0.3, "x"] = numpy.nan
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        mice = MICE("y ~ x + z", OLS, MICEData(table))
        theirs = mice.fit(2, 6)
    fits = [result._results for result in mice.results_list]
    pooled = rubin(
        numpy.stack([fit.params for fit in fits]),
        numpy.stack([numpy.diag(fit.cov_params()) for fit in fits]),
    )
    numpy.testing.assert_allclose(pooled.estimate, theirs.params)
    numpy.testing.assert_allclose(pooled.total, theirs.bse**2)
    # What statsmodels calls the fraction is λ, its limit for many imputations.
    share = (1 + 1 / 6) * pooled.between / pooled.total
    numpy.testing.assert_allclose(share, theirs.frac_miss_info)


def test_one_imputation_cannot_be_pooled() -> None:
    with pytest.raises(BadInput, match="at least two"):
        rubin(numpy.array([1.0]), numpy.array([1.0]))
