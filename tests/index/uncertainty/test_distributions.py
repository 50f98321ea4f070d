"""Distributions against SciPy's own, and against what can be worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from donghaeng.index.uncertainty.distributions import (
    Choice,
    Choices,
    Dirichlet,
    Discrete,
    Distribution,
    NoisyWeights,
    Normal,
    Triangular,
    Uniform,
)
from donghaeng.rules.faults import BadInput

GRID = np.linspace(0.001, 0.999, 333)[:, None]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (Uniform(-2, 5), stats.uniform(-2, 7)),
        (Triangular(1, 2, 5), stats.triang(0.25, 1, 4)),
        (Triangular(1, 1, 5), stats.triang(0, 1, 4)),
        (Triangular(1, 5, 5), stats.triang(1, 1, 4)),
        (Normal(10, 2), stats.norm(10, 2)),
        (Normal(10, 2, low=9, high=13), stats.truncnorm(-0.5, 1.5, 10, 2)),
        (Normal(0, 1, low=6), stats.truncnorm(6, np.inf)),
        (Normal(0, 1, high=-6), stats.truncnorm(-np.inf, -6)),
    ],
)
def test_quantiles_agree_with_scipy(ours: Distribution, theirs: stats.rv_continuous) -> None:
    assert_allclose(ours.values(GRID), theirs.ppf(GRID), rtol=1e-9)


@given(
    mean=st.floats(-50, 50),
    error=st.floats(0.01, 10),
    low=st.floats(-100, 100),
    width=st.floats(0.01, 50),
    uniform=st.floats(0, 1, exclude_max=True),
)
def test_a_cut_normal_stays_within_its_bounds(
    mean: float, error: float, low: float, width: float, uniform: float
) -> None:
    value = Normal(mean, error, low, low + width).values(np.array([[uniform]]))[0, 0]
    assert low <= value <= low + width


def test_a_uniform_number_of_exactly_zero_gives_a_finite_value() -> None:
    edge = np.array([[0.0], [np.nextafter(1, 0)]])
    assert np.isfinite(Normal(0, 1).values(edge)).all()
    assert np.isfinite(Dirichlet((1, 1), 2).values(np.zeros((1, 2)))).all()


def test_alternatives_are_cut_over_the_unit_interval_whatever_the_sample() -> None:
    # floor(4u): a sample that covers only [0.3, 0.6] draws only the middle two of four.
    assert_array_equal(
        Discrete.of(4).values(np.array([[0.3], [0.45], [0.6]])).ravel(), [1.0, 1.0, 2.0]
    )


def test_alternatives_are_as_frequent_as_their_probabilities() -> None:
    uniform = (np.arange(1000)[:, None] + 0.5) / 1000
    drawn = Discrete((0.2, 0.0, 0.5, 0.3)).values(uniform).ravel().astype(int)
    assert_array_equal(np.bincount(drawn, minlength=4), [200, 0, 500, 300])


def test_an_impossible_alternative_is_not_drawn_at_the_end_of_the_interval() -> None:
    tenths = Discrete((0.1,) * 10 + (0.0,))
    assert tenths.values(np.array([[np.nextafter(1, 0)]]))[0, 0] == 9


def test_dirichlet_weights_have_the_mean_and_variance_of_the_textbook() -> None:
    shares, concentration = np.array([0.5, 0.3, 0.2]), 8.0
    uniform = np.random.default_rng(5).random((200_000, 3))
    weights = Dirichlet((5, 3, 2), concentration).values(uniform)
    assert_allclose(weights.sum(axis=1), 1)
    assert_allclose(weights.mean(axis=0), shares, atol=0.002)
    assert_allclose(weights.var(axis=0), shares * (1 - shares) / (concentration + 1), rtol=0.02)
    # Each weight is a beta variable: Kolmogorov-Smirnov on the first.
    assert stats.kstest(weights[:, 0], stats.beta(4, 4).cdf).pvalue > 0.001


def test_weights_close_to_all_or_nothing_still_sum_to_one() -> None:
    # Shapes of 0.001: nearly all gamma variables are below the smallest float.
    weights = Dirichlet((1, 1, 1), 0.003).values(np.random.default_rng(2).random((5000, 3)))
    assert_allclose(weights.sum(axis=1), 1)
    assert_allclose(weights.mean(axis=0), 1 / 3, atol=0.03)


def test_noise_moves_each_weight_by_its_own_share() -> None:
    drawn = NoisyWeights((0.2, 0.8), 0.25).values(np.array([[0.0, 0.0], [0.5, 0.5], [1.0, 1.0]]))
    # 0.2 ± 0.05 and 0.8 ± 0.2
    assert_allclose(drawn, [[0.15, 0.6], [0.2, 0.8], [0.25, 1.0]])


def test_each_choice_reads_its_own_columns() -> None:
    study = Choices(
        (
            Choice("method", Discrete.of(2)),
            Choice("weights", NoisyWeights((1.0, 1.0), 1.0)),
            Choice("threshold", Uniform(0, 10)),
        )
    )
    assert study.columns == 4
    assert study.groups == ((0,), (1, 2), (3,))
    method, weights, threshold = study.values(np.array([[0.9, 0.0, 1.0, 0.5]]))
    assert_array_equal(method, [[1.0]])
    assert_array_equal(weights, [[0.0, 2.0]])
    assert_array_equal(threshold, [[5.0]])


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Uniform(2, 1), "bounds from 2 to 1"),
        (lambda: Uniform(0, np.inf), "bounds from 0 to inf"),
        (lambda: Triangular(0, 3, 2), "its peak at 3"),
        (lambda: Normal(0, 0), "standard error 0"),
        (lambda: Normal(0, 1, 2, 2), "bounds from 2 to 2"),
        (lambda: Discrete((0.5, 0.4)), "sum to 1"),
        (lambda: Discrete.of(0), "no alternatives"),
        (lambda: Dirichlet((1.0,), 1), "two or more"),
        (lambda: Dirichlet((1.0, 0.0), 1), "all above 0"),
        (lambda: Dirichlet((1.0, 1.0), 0), "above 0"),
        (lambda: NoisyWeights((-1.0,), 0.1), "none negative"),
        (lambda: NoisyWeights((1.0,), 1.5), "from 0 to 1"),
        (lambda: Choices(()), "no uncertain choice"),
        (lambda: Choices((Choice("a", Uniform(0, 1)),) * 2), "'a' stands twice"),
        (lambda: Choices((Choice("a", Uniform(0, 1)),)).values(np.zeros((1, 2))), "2 columns"),
    ],
)
def test_an_impossible_distribution_is_refused(make: object, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        make()  # type: ignore[operator]
