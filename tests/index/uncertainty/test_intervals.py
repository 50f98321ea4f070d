"""Intervals against the textbook, and how often they hold the truth."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import stats

from donghaeng.index.arrays import FloatArray
from donghaeng.index.uncertainty.convergence import Stop
from donghaeng.index.uncertainty.intervals import Bounded, Interval, interval
from donghaeng.index.uncertainty.samples import SaltelliDesign
from donghaeng.index.uncertainty.sobol import Estimator, sobol_indices
from donghaeng.rules.faults import BadInput

from .functions import Known, g_function, g_known, ishigami, ishigami_known


def mean(sums: FloatArray, draws: float) -> FloatArray:
    return sums / draws


def test_the_jackknife_of_a_mean_is_students_interval() -> None:
    values = np.random.default_rng(1).normal(size=(30, 2))
    low, high = interval(mean, values, 30, method=Interval.JACKKNIFE, level=0.9)
    expected = stats.t.interval(0.9, 29, values.mean(axis=0), stats.sem(values))
    assert_allclose([low, high], expected, rtol=1e-12)


def test_the_bootstrap_of_a_mean_is_that_of_scipy() -> None:
    values = np.random.default_rng(1).exponential(size=(200, 1))
    low, high = interval(mean, values, 200, resamples=20_000, seed=3)
    theirs = stats.bootstrap(
        (values[:, 0],), np.mean, n_resamples=20_000, method="percentile", rng=1
    ).confidence_interval
    assert_allclose([low[0], high[0]], [theirs.low, theirs.high], atol=0.005)


def test_the_bootstrap_is_the_same_for_the_same_seed() -> None:
    values = np.random.default_rng(1).normal(size=(50, 3))
    first, again, other = (interval(mean, values, 50, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_one_batch_has_no_interval() -> None:
    with pytest.raises(BadInput, match="one batch"):
        interval(mean, np.ones((1, 1)), 1)


def test_the_widest_interval_leaves_out_what_has_none() -> None:
    nothing = np.array([np.nan])
    assert Bounded(nothing, nothing, nothing).half_width == 0
    bounds = Bounded(np.zeros(2), np.array([np.nan, -1.0]), np.array([np.nan, 2.0]))
    assert bounds.half_width == 1.5


@pytest.mark.soak
@pytest.mark.parametrize("method", Interval)
@pytest.mark.parametrize("independent", [True, False])
@pytest.mark.parametrize(
    ("function", "known", "choices"),
    [
        pytest.param(ishigami, ishigami_known(), 3, id="ishigami"),
        pytest.param(g_function, g_known(), 4, id="g-function"),
    ],
)
def test_intervals_hold_the_truth_as_often_as_they_say(
    function: Callable[[FloatArray], FloatArray],
    known: Known,
    choices: int,
    independent: bool,
    method: Interval,
) -> None:
    # 400 seeds: the standard error of a coverage of 0.95 is 0.011. Independent draws must come near 0.95;
    # the Sobol sequence may only be safer, as its rows are spread more evenly than the interval assumes.
    groups, seeds, held = tuple((place,) for place in range(choices)), 400, np.zeros((2, choices))
    for seed in range(seeds):
        design = SaltelliDesign(groups, seed, independent)
        found = sobol_indices(function, design, Stop.at(1024), Estimator(interval=method))
        for kind, (bounds, truth) in enumerate(
            ((found.first, known.first), (found.total, known.total))
        ):
            held[kind] += (bounds.low[:, 0] <= truth) & (truth <= bounds.high[:, 0])
    coverage = held / seeds
    assert (coverage > 0.91).all()
    if independent:
        assert (coverage < 0.985).all()
