"""Copeland's score, the outranking matrix and dominance, against exact fractions and by hand."""

from fractions import Fraction

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghaeng.index.aggregation import copeland, dominance, outranking_matrix

NAN = numpy.nan


def exact_copeland(values: list[list[float]], weights: list[Fraction]) -> list[float]:
    """Copeland's score by the definition, in fractions: an oracle without any rounding."""
    scores = []
    for a in values:
        score = 0
        for b in values:
            pairs = [(x, y, w) for x, y, w in zip(a, b, weights, strict=True) if x == x and y == y]
            won = sum((w for x, y, w in pairs if x > y), Fraction(0))
            lost = sum((w for x, y, w in pairs if x < y), Fraction(0))
            score += (won > lost) - (won < lost)
        scores.append(float(score) if any(x == x for x in a) else NAN)
    return scores


def test_three_units_worked_by_hand() -> None:
    # weights 1, 2, 3.  a over b: 1 + 3 of 6; a over c: 3 of 6, a tie; b over c: 2 + 3 of 6
    values = numpy.array([[3.0, 1.0, 9.0], [2.0, 5.0, 8.0], [4.0, 2.0, 1.0]])
    weights = numpy.array([1.0, 2.0, 3.0])
    expected = [[0, 4 / 6, 3 / 6], [2 / 6, 0, 5 / 6], [3 / 6, 1 / 6, 0]]
    numpy.testing.assert_allclose(outranking_matrix(values, weights), expected, rtol=1e-15)
    assert copeland(values, weights).tolist() == [1.0, 0.0, -1.0]


def test_a_tied_child_counts_half_for_each() -> None:
    values = numpy.array([[1.0, 5.0], [1.0, 4.0]])
    shares = outranking_matrix(values, numpy.array([2.0, 1.0]))
    numpy.testing.assert_allclose(shares, [[0, 2 / 3], [1 / 3, 0]], rtol=1e-15)


def test_a_share_of_exactly_one_half_is_a_tie_although_floats_miss_it() -> None:
    # 0.1 + 0.2 and 0.3 are the same half of the weight; as floats the sum is larger by 5.6e-17
    weights = numpy.array([0.1, 0.2, 0.3])
    assert weights[0] + weights[1] > weights[2]
    values = numpy.array([[2.0, 2.0, 1.0], [1.0, 1.0, 2.0]])
    assert copeland(values, weights).tolist() == [0.0, 0.0]
    assert copeland(values, numpy.array([weights, [0.1, 0.2, 0.4]])).tolist() == [[0, 0], [-1, 1]]


def test_a_missing_child_is_left_out_for_both_sides_wherever_they_stand() -> None:
    # Only the second child is compared: it weighs all there is.
    values = numpy.array([[NAN, 2.0], [9.0, 1.0]])
    weights = numpy.array([5.0, 1.0])
    numpy.testing.assert_array_equal(outranking_matrix(values, weights), [[0.0, 1.0], [0.0, 0.0]])
    assert copeland(values, weights).tolist() == [1.0, -1.0]
    assert copeland(values[::-1], weights).tolist() == [-1.0, 1.0]


def test_units_without_a_child_in_common_are_not_compared() -> None:
    values = numpy.array([[NAN, 2.0], [9.0, NAN], [1.0, 1.0]])
    shares = outranking_matrix(values, numpy.ones(2))
    numpy.testing.assert_array_equal(shares[0], [0.0, NAN, 1.0])
    assert copeland(values, numpy.ones(2)).tolist() == [1.0, 1.0, -2.0]


def test_a_row_without_any_child_is_no_opponent() -> None:
    values = numpy.array([[3.0], [NAN], [1.0]])
    numpy.testing.assert_array_equal(copeland(values, numpy.ones(1)), [1.0, NAN, -1.0])


def test_a_row_whose_children_weigh_nothing_is_missing_too() -> None:
    values = numpy.array([[3.0, 1.0], [9.0, NAN], [1.0, 2.0]])
    weights = numpy.array([0.0, 1.0])
    numpy.testing.assert_array_equal(copeland(values, weights), [-1.0, NAN, 1.0])


tables = st.integers(1, 5).flatmap(
    lambda children: st.tuples(
        st.lists(
            st.lists(
                st.one_of(st.integers(0, 3).map(float), st.just(NAN)),
                min_size=children, max_size=children,
            ),
            min_size=1, max_size=8,
        ),
        st.lists(st.integers(1, 9), min_size=children, max_size=children),
    )
)  # fmt: skip


@given(tables)
def test_scores_are_those_of_exact_fractions(case: tuple[list[list[float]], list[int]]) -> None:
    values, tenths = case
    exact = exact_copeland(values, [Fraction(n, 10) for n in tenths])
    mine = copeland(numpy.array(values), numpy.array([n / 10 for n in tenths]))
    numpy.testing.assert_array_equal(mine, exact)


@given(tables)
def test_what_one_wins_the_other_loses(case: tuple[list[list[float]], list[int]]) -> None:
    values, weights = numpy.array(case[0]), numpy.array(case[1], dtype=float)
    assert numpy.nansum(copeland(values, weights)) == 0.0
    shares = outranking_matrix(values, weights)
    both = shares + shares.T
    off = ~numpy.eye(len(values), dtype=bool) & ~numpy.isnan(both)
    assert both[off] == pytest.approx(1.0)


def test_many_rows_are_compared_in_pieces() -> None:
    # One child: the score of the k-th lowest of n is k - (n - 1 - k), whatever the pieces.
    rows = 5_000
    values = numpy.random.default_rng(1).permutation(rows).astype(float)[:, None]
    expected = 2.0 * values[:, 0] - (rows - 1)
    numpy.testing.assert_array_equal(copeland(values, numpy.ones(1)), expected)


def test_dominance_needs_no_child_lower_and_one_higher() -> None:
    values = numpy.array([[3.0, 3.0], [3.0, 2.0], [1.0, 1.0], [9.0, 0.0]])
    found = dominance(values)
    assert found.pairs.tolist() == [[0, 1], [0, 2], [1, 2]]
    assert found.share == 3 / 6
    assert dominance(values, strict=True).pairs.tolist() == [[0, 2], [1, 2]]


def test_equal_rows_do_not_dominate_each_other() -> None:
    assert dominance(numpy.ones((3, 2))).pairs.shape == (0, 2)


def test_a_row_with_a_missing_child_takes_no_part_in_dominance() -> None:
    values = numpy.array([[9.0, NAN], [1.0, 1.0], [2.0, 2.0], [NAN, 0.0]])
    assert dominance(values).pairs.tolist() == [[2, 1]]


def test_a_single_row_has_no_pairs() -> None:
    assert numpy.isnan(dominance(numpy.ones((1, 2))).share)
    assert copeland(numpy.ones((1, 2)), numpy.ones(2)).tolist() == [0.0]
