"""Parts of a score and of its change: they add up, and each is what it says."""

from __future__ import annotations

from fractions import Fraction
from math import log

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghaeng.index.results.contributions import (
    Contributions,
    Mean,
    change_contributions,
    score_contributions,
    tree_score,
)
from donghaeng.rules.faults import BadInput

NAN = numpy.nan


def change(tree: Mean, before: list[float], after: list[float]) -> Contributions:
    return change_contributions(tree, numpy.array(before), numpy.array(after))


def test_a_score_is_the_sum_of_its_weighted_indicators() -> None:
    # Areas 1 : 1; first (1·10 + 3·20)/4 = 17.5, second 40: 28.75 = 10/8 + 3·20/8 + 40/2.
    tree = Mean((Mean((0, 1), (1.0, 3.0)), 2), (1.0, 1.0))
    found = score_contributions(tree, numpy.array([10.0, 20.0, 40.0]))
    assert found.parts.tolist() == [1.25, 7.5, 20.0]
    assert float(found.after) == 28.75


def test_a_missing_indicator_adds_nothing_and_lends_its_weight() -> None:
    tree = Mean((Mean((0, 1), (1.0, 3.0)), 2), (1.0, 1.0))
    found = score_contributions(tree, numpy.array([10.0, NAN, 40.0]))
    assert found.parts.tolist() == [5.0, 0.0, 20.0]


def test_a_geometric_score_is_not_a_sum_from_zero() -> None:
    with pytest.raises(BadInput, match="not a sum that starts at zero"):
        score_contributions(Mean((0, 1), (1.0, 1.0), power=0), numpy.array([1.0, 2.0]))


def test_a_geometric_change_is_split_by_logarithmic_means() -> None:
    # √(1·4) = 2 → √(4·9) = 6. L(6, 2) = 4/ln 3; parts ½·ln 4·L and ½·ln(9/4)·L; their sum is ln 3 · L = 4.
    found = change(Mean((0, 1), (1.0, 1.0), power=0), [1.0, 4.0], [4.0, 9.0])
    scale = 4 / log(3)
    numpy.testing.assert_allclose(
        found.parts, [log(4) / 2 * scale, log(9 / 4) / 2 * scale], rtol=1e-14
    )
    assert float(found.change) == pytest.approx(4.0)


def test_a_harmonic_change_is_split_by_reciprocals() -> None:
    # 2/(1/2 + 1/2) = 2 → 2/(1/6 + 1/3) = 4. Reciprocals fall by 1/4: ½(1/2 − 1/6) = 1/6 and ½(1/2 − 1/3) = 1/12;
    # the change of 2 is shared as 1/6 : 1/12, that is 4/3 and 2/3.
    found = change(Mean((0, 1), (1.0, 1.0), power=-1), [2.0, 2.0], [6.0, 3.0])
    numpy.testing.assert_allclose(found.parts, [4 / 3, 2 / 3], rtol=1e-14)


def test_a_mean_that_does_not_change_still_shows_what_moved() -> None:
    # √(2·8) = √(8·2): both moved, against each other, by 4·ln 4/2 each (the limit of L is the score itself).
    found = change(Mean((0, 1), (1.0, 1.0), power=0), [2.0, 8.0], [8.0, 2.0])
    numpy.testing.assert_allclose(found.parts, [2 * log(4), -2 * log(4)], rtol=1e-14)


def test_an_area_that_does_not_change_still_shows_what_moved_inside() -> None:
    tree = Mean((Mean((0, 1), (1.0, 1.0)), 2), (1.0, 1.0))
    found = change(tree, [10.0, 20.0, 5.0], [14.0, 16.0, 9.0])
    assert found.parts.tolist() == [1.0, -1.0, 2.0]


def test_what_leaves_adds_the_score_without_it_less_the_score_with_it() -> None:
    # Before (10 + 20 + 60)/3 = 30; without the last 15; after (12 + 22)/2 = 17: 1 + 1 − 15 = −13.
    found = change(Mean((0, 1, 2), (1.0, 1.0, 1.0)), [10.0, 20.0, 60.0], [12.0, 22.0, NAN])
    numpy.testing.assert_allclose(found.parts, [1.0, 1.0, -15.0], rtol=1e-14)
    assert found.leaves.tolist() == [False, False, True]
    assert not found.enters.any()


def test_what_enters_is_counted_against_the_others() -> None:
    # Before (10 + 20)/2 = 15; the others after 17; with 47 entering (12 + 22 + 47)/3 = 27: (47 − 17)/3 = 10.
    found = change(Mean((0, 1, 2), (1.0, 1.0, 1.0)), [10.0, 20.0, NAN], [12.0, 22.0, 47.0])
    numpy.testing.assert_allclose(found.parts, [1.0, 1.0, 10.0], rtol=1e-14)
    assert found.enters.tolist() == [False, False, True]


def test_an_area_that_enters_shares_its_part_among_its_indicators() -> None:
    # Area {1, 2} enters: others stay at 10 → 14; the area is (20 + 40)/2 = 30; score after (14 + 30)/2 = 22.
    # Parts: column 0: 4; the area (30 − 14)/2 = 8 = ½·½·(20 − 14) + ½·½·(40 − 14) = 1.5 + 6.5.
    tree = Mean((0, Mean((1, 2), (1.0, 1.0))), (1.0, 1.0))
    found = change(tree, [10.0, NAN, NAN], [14.0, 20.0, 40.0])
    numpy.testing.assert_allclose(found.parts, [4.0, 1.5, 6.5], rtol=1e-14)
    assert found.enters.tolist() == [False, True, True]


def test_nothing_in_common_is_counted_against_the_middle() -> None:
    # 10 leaves, 30 enters; the middle is 20: 10 to 20 and 20 to 30.
    found = change(Mean((0, 1), (1.0, 1.0)), [10.0, NAN], [NAN, 30.0])
    assert found.parts.tolist() == [10.0, 10.0]
    assert (found.leaves.tolist(), found.enters.tolist()) == ([True, False], [False, True])


def test_below_the_least_share_there_is_no_score_and_no_part() -> None:
    tree = Mean((0, 1, 2), (1.0, 1.0, 1.0), least_share=0.5)
    found = change(tree, [1.0, 2.0, 3.0], [4.0, NAN, NAN])
    assert numpy.isnan(found.change)
    assert numpy.isnan(found.parts).all()


def test_the_difference_of_two_units_is_a_change_from_one_to_the_other() -> None:
    tree = Mean((0, 1), (1.0, 3.0))
    units = numpy.array([[10.0, 20.0], [30.0, 24.0]])
    assert change_contributions(tree, units[0], units[1]).parts.tolist() == [5.0, 3.0]


def test_zero_in_a_geometric_mean_is_refused() -> None:
    with pytest.raises(BadInput, match="a geometric mean of 0"):
        tree_score(Mean((0, 1), (1.0, 1.0), power=0), numpy.array([0.0, 2.0]))


def test_weights_that_sum_to_zero_are_refused() -> None:
    with pytest.raises(BadInput, match="sum to zero"):
        Mean((0, 1), (0.0, 0.0))


# Any tree, any pattern of missing values.

COLUMNS = 7
VALUE = st.one_of(st.none(), st.integers(1, 100).map(lambda whole: whole / 4))
WEIGHTS = st.integers(1, 4).map(float)


@st.composite
def trees(draw: st.DrawFn, powers: tuple[float, ...]) -> Mean:
    """Areas of two to three indicators and one single indicator below a top."""
    areas: list[Mean | int] = []
    column = 0
    for size in (3, 1, 2, 1):
        children = tuple(range(column, column + size))
        column += size
        weights = tuple(draw(WEIGHTS) for _ in children)
        areas.append(Mean(children, weights, draw(st.sampled_from(powers))))
    areas = [Mean((areas[0], areas[1]), (1.0, 2.0), draw(st.sampled_from(powers))), *areas[2:]]
    return Mean(tuple(areas), (2.0, 1.0, 1.0), draw(st.sampled_from(powers)))


ROW = st.lists(VALUE, min_size=COLUMNS, max_size=COLUMNS)


def numbers(row: list[float | None]) -> numpy.ndarray:
    return numpy.array([NAN if value is None else value for value in row])


@given(trees((1.0, 0.0, -1.0, 0.5, 2.0)), ROW, ROW)
def test_the_parts_of_any_tree_add_up_to_the_change(
    tree: Mean, before: list[float | None], after: list[float | None]
) -> None:
    found = change_contributions(tree, numbers(before), numbers(after))
    if numpy.isnan(found.change):
        assert numpy.isnan(found.parts).all()
    else:
        assert float(found.parts.sum()) == pytest.approx(float(found.change), abs=1e-11)
        silent = ~(found.counted_before | found.counted_after)
        assert (found.parts[silent] == 0).all()


@given(trees((1.0, 0.0, -1.0)), ROW, ROW)
def test_what_is_gained_one_way_is_lost_the_other(
    tree: Mean, before: list[float | None], after: list[float | None]
) -> None:
    there = change_contributions(tree, numbers(before), numbers(after))
    back = change_contributions(tree, numbers(after), numbers(before))
    numpy.testing.assert_allclose(there.parts, -back.parts, atol=1e-11)


def exact_score(tree: Mean, row: list[float | None]) -> Fraction | None:
    """The arithmetic mean of means in fractions."""
    known = [
        (Fraction(weight), value)
        for child, weight in zip(tree.children, tree.weights, strict=True)
        for value in [exact_score(child, row) if isinstance(child, Mean) else row[child]]
        if value is not None
    ]
    total = sum((weight for weight, _ in known), Fraction())
    parts = [weight * Fraction(value) for weight, value in known]
    return sum(parts, Fraction()) / total if known else None


def exact_shares(tree: Mean, share: Fraction) -> dict[int, Fraction]:
    """The share of each column in the top when nothing is missing."""
    total = sum(map(Fraction, tree.weights))
    shares: dict[int, Fraction] = {}
    for child, weight in zip(tree.children, tree.weights, strict=True):
        own = share * Fraction(weight) / total
        shares |= exact_shares(child, own) if isinstance(child, Mean) else {child: own}
    return shares


@given(trees((1.0,)), ROW, ROW)
def test_arithmetic_scores_and_sums_agree_with_exact_fractions(
    tree: Mean, before: list[float | None], after: list[float | None]
) -> None:
    first, last = exact_score(tree, before), exact_score(tree, after)
    found = change_contributions(tree, numbers(before), numbers(after))
    if first is None or last is None:
        assert numpy.isnan(found.change)
        return
    assert float(found.before) == pytest.approx(float(first), rel=1e-14)
    total = sum(map(Fraction, found.parts.tolist()), Fraction())
    assert abs(total - (last - first)) < Fraction(1, 10**12)
    if None not in before and None not in after:
        shares = exact_shares(tree, Fraction(1))
        exact = [
            float(shares[column] * (Fraction(after[column]) - Fraction(before[column])))
            for column in range(COLUMNS)
        ]
        numpy.testing.assert_allclose(found.parts, exact, rtol=1e-13, atol=1e-14)


def test_rows_and_draws_are_decomposed_at_once_as_one_by_one() -> None:
    random = numpy.random.default_rng(5)
    before, after = random.uniform(1, 9, (2, 3, 4, 3))
    before[random.random(before.shape) < 0.2] = NAN
    after[random.random(after.shape) < 0.2] = NAN
    tree = Mean((Mean((0, 1), (1.0, 2.0), 0), 2), (1.0, 1.0), -1)
    together = change_contributions(tree, before, after).parts
    for at in numpy.ndindex(3, 4):
        alone = change_contributions(tree, before[at], after[at]).parts
        numpy.testing.assert_array_equal(together[at], alone)
