"""Streamed moments and quantiles against NumPy on all draws at once."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.testing import assert_allclose, assert_array_equal

from donghaeng.index.arrays import FloatArray
from donghaeng.index.uncertainty.score_histogram import Histogram
from donghaeng.index.uncertainty.score_moments import Moments
from donghaeng.rules.faults import BadInput

ANY_SCORE = st.one_of(
    st.floats(-1e9, 1e9, allow_subnormal=False), st.sampled_from([0.0, -0.0, np.nan, 1e-300, 100.0])
)
SCORES = arrays.arrays(np.float64, st.tuples(st.integers(1, 40), st.just(2)), elements=ANY_SCORE)


def histogram_of(*blocks: FloatArray, bins: int = 16) -> Histogram:
    histogram = Histogram(blocks[0].shape[1], bins)
    for block in blocks:
        histogram.add(block)
    return histogram


@given(SCORES, st.integers(0, 40))
def test_bins_depend_on_the_scores_alone(scores: FloatArray, cut: int) -> None:
    whole = histogram_of(scores).state()
    backwards = histogram_of(scores[cut:][::-1], scores[:cut][::-1]).state()
    merged = histogram_of(scores[:cut])
    merged.merge(histogram_of(scores[cut:]))
    for name, array in whole.items():
        assert_array_equal(backwards[name], array)
        assert_array_equal(merged.state()[name], array)


@given(SCORES, st.sampled_from([0, 0.05, 0.25, 0.5, 0.77, 0.95, 1]))
def test_the_exact_quantile_lies_between_the_bounds(scores: FloatArray, probability: float) -> None:
    found = histogram_of(scores).quantile(probability)
    for unit in range(2):
        own = scores[:, unit][~np.isnan(scores[:, unit])]
        if not len(own):
            assert np.isnan(found.estimate[unit])
            continue
        exact, digit = np.quantile(own, probability), 1e-15 * np.abs(own).max()
        assert found.low[unit] - digit <= exact <= found.high[unit] + digit
        assert found.low[unit] <= found.estimate[unit] + digit
        assert found.estimate[unit] <= found.high[unit] + digit


@given(SCORES, st.sampled_from([2, 3, 16, 1000]))
def test_bins_are_as_narrow_as_promised(scores: FloatArray, bins: int) -> None:
    histogram = histogram_of(scores, bins=bins)
    for unit in range(2):
        own = scores[:, unit][~np.isnan(scores[:, unit])]
        assume(len(own))
        reach = Fraction(own.max()) - Fraction(own.min())
        last_digit = Fraction(2) ** -51 * Fraction(max(abs(own).max(), 1e-280))
        assert Fraction(histogram.width[unit]) <= max(2 * reach / (bins - 1), last_digit)
        assert histogram.counts[unit].sum() == len(own)


def test_quantiles_of_a_million_draws_are_within_a_thousandth_of_their_range() -> None:
    numbers = np.random.default_rng(3)
    scores = numbers.normal(50, 8, size=(100_000, 3))
    histogram = histogram_of(*np.split(scores, 10), bins=2048)
    for probability in (0.05, 0.5, 0.95):
        exact = np.quantile(scores, probability, axis=0)
        found = histogram.quantile(probability)
        assert (np.abs(found.estimate - exact) <= histogram.width).all()
    assert (histogram.width <= 0.001 * np.ptp(scores, axis=0)).all()


def test_a_constant_score_is_its_own_quantile() -> None:
    found = histogram_of(np.full((10, 1), 73.25)).quantile(0.5)
    assert found.low[0] == found.estimate[0] == found.high[0] == 73.25


def test_a_score_far_outside_widens_the_bins_without_losing_counts() -> None:
    histogram = histogram_of(np.array([[1.0], [1.1], [1.2]]), np.array([[-1e6]]))
    assert histogram.counts.sum() == 4
    assert histogram.quantile(0).low[0] == -1e6


def test_an_infinite_score_is_refused() -> None:
    with pytest.raises(BadInput, match="an infinite score"):
        histogram_of(np.array([[1.0], [np.inf]]))
    with pytest.raises(BadInput, match="1 bins"):
        Histogram(1, bins=1)


@given(SCORES, st.integers(0, 40))
def test_moments_of_blocks_are_those_of_all_draws(scores: FloatArray, cut: int) -> None:
    moments, rest = Moments(2), Moments(2)
    moments.add(scores[:cut])
    rest.add(scores[cut:])
    moments.merge(rest)
    for unit in range(2):
        own = scores[:, unit][~np.isnan(scores[:, unit])]
        size = np.abs(own).max(initial=0)
        assert moments.count[unit] == len(own)
        if len(own):
            assert_allclose(moments.mean()[unit], own.mean(), atol=1e-14 * size)
        else:
            assert np.isnan(moments.mean()[unit])
        if len(own) > 1:
            assert_allclose(moments.variance()[unit], own.var(ddof=1), atol=1e-13 * size**2)
        else:
            assert np.isnan(moments.variance()[unit])


def test_the_variance_of_large_scores_keeps_its_digits() -> None:
    # 10⁹ + (4, 7, 13, 16): variance 30. A sum of squares would lose it all.
    moments = Moments(1)
    for value in (4.0, 7.0, 13.0, 16.0):
        moments.add(np.array([[1e9 + value]]))
    assert_allclose(moments.variance(), [30.0], rtol=1e-12)
