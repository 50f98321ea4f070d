"""Ranks and their counts against what is plainly counted from all draws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from donghaeng.index.arrays import FloatArray, WholeArray
from donghaeng.index.results.ranks import EQUAL_SCORES, rank
from donghaeng.index.uncertainty.rank_counts import RankCounts
from donghaeng.index.uncertainty.ranking import FEW_UNITS, ranks
from donghaeng.rules.faults import BadInput

# Few different values, so that ties are common; and missing ones.
SCORES = arrays.arrays(
    np.float64,
    st.tuples(st.integers(1, 12), st.integers(1, 9)),
    elements=st.sampled_from([0.0, -0.0, 1.0, 1.5, -2.0, np.nan, 1e300, 5e-324]),
)


def counted_better(scores: FloatArray) -> WholeArray:
    """1 + the number of scores that are higher by more than the last digits: the definition."""
    equal = EQUAL_SCORES * np.nan_to_num(np.abs(scores)).max(axis=1)[:, None, None]
    found: WholeArray = 1 + (scores[:, None, :] > scores[:, :, None] + equal).sum(axis=-1)
    return np.where(np.isnan(scores), 0, found)


def counts_of(scores: FloatArray, pairs: bool = False) -> RankCounts:
    counted = RankCounts(scores.shape[1], pairs)
    counted.add(scores, ranks(scores))
    return counted


@given(SCORES)
def test_a_rank_is_one_more_than_the_number_of_higher_scores(scores: FloatArray) -> None:
    assert_array_equal(ranks(scores), counted_better(scores))


@given(st.integers(0, 2**32), st.integers(-3, 3))
def test_many_units_are_ranked_by_sorting_to_the_same_ranks(seed: int, digits: int) -> None:
    numbers = np.random.default_rng(seed)
    scores = numbers.normal(size=(3, FEW_UNITS + 1)).round(digits)
    scores[numbers.random(scores.shape) < 0.1] = np.nan
    assert_array_equal(ranks(scores), counted_better(scores))


def test_sums_in_another_order_are_a_tie() -> None:
    one, other = 0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1  # 0.6000000000000001 and 0.6
    assert one > other
    scores = np.array([[one, other, 0.5]])
    assert_array_equal(ranks(scores), [[1, 1, 3]])
    assert_array_equal(rank(scores.T, tolerance=EQUAL_SCORES).T, [[1, 1, 3]])
    assert_array_equal(rank(scores.T).T, [[1, 2, 3]])


def test_ranks_are_those_of_scipy() -> None:
    scores = np.random.default_rng(1).integers(0, 20, size=(200, 51)).astype(float)
    assert_array_equal(ranks(scores), stats.rankdata(-scores, method="min", axis=1))


def test_ties_share_the_least_rank_and_a_missing_score_takes_none() -> None:
    scores = np.array([[2.0, 9.0, 9.0, np.nan, 1.0]])
    assert_array_equal(ranks(scores), [[3, 1, 1, 0, 4]])


@given(SCORES)
def test_everything_said_of_ranks_is_what_the_draws_themselves_say(scores: FloatArray) -> None:
    counted, units = counts_of(scores), scores.shape[1]
    rank = counted_better(scores).astype(float)
    rank[rank == 0] = np.nan
    for unit in range(units):
        own = rank[:, unit][~np.isnan(rank[:, unit])]
        assert counted.ranked[unit] == len(own)
        if not len(own):
            for nothing in (counted.mean(), counted.median(), counted.probability()[:, 0]):
                assert np.isnan(nothing[unit])
            continue
        assert_allclose(counted.mean()[unit], own.mean())
        for probability in (0, 0.05, 0.3, 0.5, 0.95, 1):
            expected = np.quantile(own, probability)
            assert_allclose(counted.quantile(probability)[unit], expected, rtol=1e-12)
        for k in range(1, units + 1):
            assert_allclose(counted.probability()[unit, k - 1], np.mean(own == k))
            assert_allclose(counted.probability_within()[unit, k - 1], np.mean(own <= k))
        nominal = np.full(units, 2.0)
        assert_allclose(counted.probability_near(nominal, 1)[unit], np.mean(abs(own - 2) <= 1))
        assert_allclose(counted.mean_shift(nominal)[unit], np.mean(abs(own - 2)))


@given(SCORES)
def test_pairs_are_counted_where_both_units_have_a_score(scores: FloatArray) -> None:
    found = counts_of(scores, pairs=True).probability_above()
    for one in range(scores.shape[1]):
        for other in range(scores.shape[1]):
            both = ~np.isnan(scores[:, one]) & ~np.isnan(scores[:, other])
            equal = EQUAL_SCORES * np.nanmax(np.abs(scores[both]), axis=1) if both.any() else 0.0
            above = scores[both, one] > scores[both, other] + equal
            expected = above.mean() if both.any() else np.nan
            assert_allclose(found[one, other], expected)


@given(SCORES, st.integers(0, 12))
def test_parts_add_up_to_the_whole_in_any_order(scores: FloatArray, cut: int) -> None:
    whole, first, second = (
        counts_of(part, pairs=True) for part in (scores, scores[:cut], scores[cut:])
    )
    second.merge(first)
    for name, array in whole.state().items():
        assert_array_equal(second.state()[name], array)


def test_probabilities_by_hand() -> None:
    # Ranks of unit 0 in four draws: 1, 1, 2, none; of unit 1: 2, 2, 1, 1.
    scores = np.array([[3.0, 2.0], [3.0, 1.0], [0.0, 1.0], [np.nan, 5.0]])
    counted = counts_of(scores, pairs=True)
    assert_allclose(counted.probability(), [[2 / 3, 1 / 3], [1 / 2, 1 / 2]])
    assert_allclose(counted.mean(), [4 / 3, 3 / 2])
    assert_allclose(counted.median(), [1, 1.5])
    assert_allclose(counted.probability_above(), [[0, 2 / 3], [1 / 3, 0]])
    assert_array_equal(counted.ranked, [3, 4])


def test_a_nominal_rank_that_is_missing_gives_no_shift() -> None:
    counted = counts_of(np.array([[3.0, 2.0]]))
    assert_allclose(counted.mean_shift(np.array([1.0, np.nan])), [0, np.nan])


def test_what_was_not_counted_cannot_be_asked() -> None:
    with pytest.raises(BadInput, match="pairs were not counted"):
        counts_of(np.ones((2, 2))).probability_above()
    with pytest.raises(BadInput, match="a quantile at 5"):
        counts_of(np.ones((2, 2))).quantile(5)
    with pytest.raises(BadInput, match="no units"):
        RankCounts(0)
