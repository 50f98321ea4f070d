"""Standard errors after calibration: nothing left of what the margins state, and coverage in repeated samples."""

import numpy
import pytest
import statsmodels.api as sm

from donghaeng.population.calibration import (
    Bounds,
    Distance,
    calibrate_weights,
    error_of_total,
    residuals,
)
from donghaeng.rules.faults import BadInput

from .people import constraints


def sample(seed=1, rows=60):
    random = numpy.random.default_rng(seed)
    parts = numpy.column_stack([numpy.ones(rows), random.integers(1, 5, rows)])
    old = random.uniform(5, 15, rows)
    y = 3 * parts[:, 1] + random.normal(size=rows)
    return parts, old, y


def test_residuals_are_those_of_the_weighted_regression():
    parts, old, y = sample()
    oracle = sm.WLS(y, parts, weights=old).fit()
    built = constraints(parts, old @ parts)
    assert residuals(y, built, old) == pytest.approx(oracle.resid, abs=1e-10)


def test_a_total_that_the_margins_state_has_no_error_left():
    parts, old, _ = sample()
    built = constraints(parts, 1.1 * old @ parts)
    new = calibrate_weights(built, old, distance=Distance.LINEAR).weights
    stated = numpy.column_stack([parts[:, 1], 7 * parts[:, 0] - parts[:, 1]])
    assert error_of_total(stated, built, old=old, new=new) == pytest.approx([0, 0], abs=1e-8)


def test_margins_that_repeat_each_other_change_nothing():
    parts, old, y = sample()
    once = constraints(parts, old @ parts)
    twice = numpy.column_stack([parts, 1 - parts[:, 1], parts[:, 1]])
    again = constraints(twice, old @ twice)
    assert residuals(y, again, old) == pytest.approx(residuals(y, once, old), abs=1e-9)


def test_clusters_and_strata_by_hand():
    # One constraint, the number of rows; w = 1, y − ȳ = (−2, −1, 0, 3) with mean 5.
    # Clusters (0, 0, 1, 1): sums −3 and 3, V = 2/1·(9 + 9) = 36.
    built = constraints(numpy.ones((4, 1)), [4])
    y, one = numpy.array([3.0, 4.0, 5.0, 8.0]), numpy.ones(4)
    clusters = numpy.array([0, 0, 1, 1])
    assert error_of_total(y, built, old=one, new=one, cluster=clusters) == pytest.approx(6.0)
    # Strata (0, 0, 1, 1), each row its own cluster: 2·(1/4 + 1/4) + 2·(9/4 + 9/4) = 1 + 9 = 10.
    assert error_of_total(y, built, old=one, new=one, stratum=clusters) == pytest.approx(10**0.5)
    with pytest.raises(BadInput, match="stratum 1 has one cluster"):
        error_of_total(y, built, old=one, new=one, stratum=numpy.array([0, 0, 0, 1]))


@pytest.mark.parametrize(
    ("distance", "bounds"), [(Distance.LINEAR, None), (Distance.LOGIT, Bounds(0.3, 3))]
)
def test_the_error_is_the_spread_over_repeated_samples(distance, bounds):
    random = numpy.random.default_rng(8)
    size = random.integers(1, 6, 20_000).astype(float)
    y = 10 * size + random.normal(scale=5, size=20_000)
    totals = [20_000, size.sum()]
    estimates, errors = [], []
    for _ in range(400):
        drawn = random.integers(0, 20_000, 200)
        old = numpy.full(200, 100.0)
        built = constraints(numpy.column_stack([numpy.ones(200), size[drawn]]), totals)
        new = calibrate_weights(built, old, distance=distance, bounds=bounds).weights
        estimates.append(new @ y[drawn])
        errors.append(error_of_total(y[drawn], built, old=old, new=new))
    # The standard deviation of 400 estimates is known to 1/√800 = 3.5 %.
    assert numpy.mean(errors) == pytest.approx(numpy.std(estimates), rel=0.11)
    assert numpy.mean(estimates) == pytest.approx(y.sum(), rel=0.002)
