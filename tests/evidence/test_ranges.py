"""Exact arithmetic with ranges: the true value never leaves them, and they are no wider than they must be."""

from __future__ import annotations

import itertools
import math
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from donghaeng.evidence.ranges import (
    Range,
    weighted_geometric_mean,
    weighted_harmonic_mean,
    weighted_mean,
)

FRACTIONS = st.fractions(-1000, 1000, max_denominator=100)
WEIGHTS = st.fractions(0, 20, max_denominator=10)


def exactly(*values: int) -> list[Range]:
    return [Range.exactly(value) for value in values]


@st.composite
def inside(
    draw: st.DrawFn, ends: st.SearchStrategy[Fraction] = FRACTIONS
) -> tuple[Range, Fraction]:
    """A range, open or closed at each end, and a true value in it."""
    low, true, high = sorted(draw(st.tuples(ends, ends, ends)))
    return Range(
        low, high, true > low and draw(st.booleans()), true < high and draw(st.booleans())
    ), true


PAIRS = st.tuples(inside(), inside())


@given(PAIRS)
def test_the_true_result_lies_in_the_range_of_the_result(
    pair: tuple[tuple[Range, Fraction], ...],
) -> None:
    (first, a), (second, b) = pair
    assert a + b in first + second
    assert a - b in first - second
    assert a * b in first * second
    if second.low > 0 or second.high < 0:
        assert a / b in first / second


@given(PAIRS)
def test_a_closed_end_of_a_result_is_reached_by_ends_of_the_inputs(
    pair: tuple[tuple[Range, Fraction], ...],
) -> None:
    first, second = Range(pair[0][0].low, pair[0][0].high), Range(pair[1][0].low, pair[1][0].high)
    corners = list(itertools.product((first.low, first.high), (second.low, second.high)))
    assert {(first + second).low, (first + second).high} <= {a + b for a, b in corners}
    assert {(first * second).low, (first * second).high} <= {a * b for a, b in corners}


def test_a_divisor_that_may_be_zero_is_refused() -> None:
    for divisor in (
        Range(Fraction(-1), Fraction(1)),
        Range(Fraction(0), Fraction(1), low_open=True),
    ):
        with pytest.raises(ZeroDivisionError):
            Range.exactly(1) / divisor


def test_open_ends_decide_whether_ranges_that_touch_meet() -> None:
    below, above = Range(Fraction(0), Fraction(1)), Range(Fraction(1), Fraction(2))
    assert below.meets(above)
    assert not Range(Fraction(0), Fraction(1), high_open=True).meets(above)
    assert below.distance(above) == 0
    assert above.distance(Range.exactly(0)) == 1
    assert Range.exactly(0).distance(above) == -1


def test_a_zero_that_is_reached_makes_a_product_reach_zero() -> None:
    # 0 times anything below 1 is 0, although 1 itself is not reached.
    product = Range(Fraction(0), Fraction(1)) * Range(Fraction(0), Fraction(1), True, True)
    assert (product.low_open, product.high_open) == (False, True)


def test_an_empty_range_is_refused() -> None:
    for ends in ((2, 1, False, False), (1, 1, True, False)):
        with pytest.raises(ValueError, match="no number"):
            Range(Fraction(ends[0]), Fraction(ends[1]), ends[2], ends[3])


PARTS = st.lists(st.tuples(inside(), inside(WEIGHTS)), min_size=1, max_size=4)


@given(PARTS)
def test_the_true_weighted_mean_lies_in_its_range(
    parts: list[tuple[tuple[Range, Fraction], tuple[Range, Fraction]]],
) -> None:
    assume(sum(weight.low for _, (weight, _) in parts) > 0)
    true = sum(value * weight for (_, value), (_, weight) in parts) / sum(w for _, (_, w) in parts)
    found = weighted_mean([value for (value, _), _ in parts], [weight for _, (weight, _) in parts])
    assert true in found


@given(PARTS)
def test_the_range_of_a_weighted_mean_is_that_of_all_corners(
    parts: list[tuple[tuple[Range, Fraction], tuple[Range, Fraction]]],
) -> None:
    assume(sum(weight.low for _, (weight, _) in parts) > 0)
    values, weights = [v for (v, _), _ in parts], [w for _, (w, _) in parts]
    corners = list(itertools.product(*((w.low, w.high) for w in weights)))
    lows = [sum(c * v.low for c, v in zip(k, values, strict=True)) / sum(k) for k in corners]
    highs = [sum(c * v.high for c, v in zip(k, values, strict=True)) / sum(k) for k in corners]
    found = weighted_mean(values, weights)
    assert (found.low, found.high) == (min(lows), max(highs))


POSITIVE = st.fractions(Fraction(1, 10), 1000, max_denominator=50)


@given(st.lists(st.tuples(inside(POSITIVE), st.integers(1, 20)), min_size=1, max_size=4))
def test_geometric_and_harmonic_means_hold_the_true_value(
    parts: list[tuple[tuple[Range, Fraction], int]],
) -> None:
    values, weights = [v for (v, _), _ in parts], [Range.exactly(w) for _, w in parts]
    total = sum(w for _, w in parts)
    harmonic = total / sum(w / true for (_, true), w in parts)
    assert harmonic in weighted_harmonic_mean(values, weights)
    # g lies in the range where g to the power of the total weight does: no root is needed.
    power = math.prod(true**w for (_, true), w in parts)
    found = weighted_geometric_mean(values, weights)
    assert found.low**total <= power <= found.high**total


def test_a_geometric_mean_of_exact_values_is_exact_to_forty_digits() -> None:
    found = weighted_geometric_mean(exactly(2, 8), exactly(1, 1))  # the root of 16
    assert found.low < 4 < found.high
    assert found.high - found.low < Fraction(1, 10**40)
    with localcontext(prec=45):
        root = Fraction(Decimal(2).sqrt())
    assert abs(weighted_geometric_mean(exactly(1, 2), exactly(1, 1)).middle - root) < Fraction(
        1, 10**40
    )


@pytest.mark.parametrize("weights", [[], exactly(1), exactly(1, -1), exactly(0, 0)])
def test_weights_that_are_none_are_refused(weights: list[Range]) -> None:
    with pytest.raises(ValueError, match="weight"):
        weighted_mean(exactly(1, 2), weights)


def test_values_that_are_not_positive_have_no_geometric_or_harmonic_mean() -> None:
    for mean in (weighted_geometric_mean, weighted_harmonic_mean):
        with pytest.raises(ValueError, match="above zero"):
            mean(exactly(0, 1), exactly(1, 1))
