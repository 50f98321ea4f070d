"""Each straight-line scale: by hand, missing, tied, with zero range, turned round, and within groups."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy
import pytest
from hypothesis import given

from donghaeng.index.arrays import FloatArray, WholeArray
from donghaeng.index.normalisation import (
    Normalised,
    apply,
    distance_to_maximum,
    distance_to_reference,
    distance_to_target,
    fraction_of_maximum,
    goalposts,
    min_max,
    scaled,
    z_score,
)
from donghaeng.rules.faults import BadInput
from tests.index.tables import NAN, assert_batch_is_a_loop, batches, column, signs

UP, DOWN = numpy.array([1]), numpy.array([-1])
# Missing value, a tie, range 8.
VALUES = column(2, 4, NAN, 4, 10)
# Mean 5, deviations -3 -1 -1 5, squares 9 + 1 + 1 + 25 = 36, variance 36 / 3 = 12.
SD = 12**0.5

Method = Callable[[FloatArray, WholeArray | FloatArray], Normalised]


def reference_row_4(values: FloatArray, direction: WholeArray | FloatArray) -> Normalised:
    return distance_to_reference(values, direction=direction, reference=4)


def reference_row_1(values: FloatArray, direction: WholeArray | FloatArray) -> Normalised:
    return distance_to_reference(values, direction=direction, reference=1)


def capped_reference_row_1(values: FloatArray, direction: WholeArray | FloatArray) -> Normalised:
    return distance_to_reference(values, direction=direction, reference=1, capped=True)


def target_12(values: FloatArray, direction: WholeArray | FloatArray) -> Normalised:
    return distance_to_target(values, direction=direction, target=12.0)


def target_0(values: FloatArray, direction: WholeArray | FloatArray) -> Normalised:
    return distance_to_target(values, direction=direction, target=0.0)


def capped_target_4(values: FloatArray, direction: WholeArray | FloatArray) -> Normalised:
    return distance_to_target(values, direction=direction, target=4.0, capped=True)


def least_fraction(values: FloatArray, direction: WholeArray | FloatArray) -> Normalised:
    return fraction_of_maximum(values, direction=direction, lowest_over_value=True)


def posts_3_to_8(values: FloatArray, direction: WholeArray | FloatArray) -> Normalised:
    return goalposts(values, direction=direction, lower=3.0, upper=8.0, low=1.0, high=101.0)


def open_posts_3_to_8(values: FloatArray, direction: WholeArray | FloatArray) -> Normalised:
    return goalposts(
        values, direction=direction, lower=3.0, upper=8.0, low=1.0, high=101.0, truncate=False
    )


def scaled_from_2_to_6(values: FloatArray, direction: WholeArray | FloatArray) -> Normalised:
    return scaled(values, direction=direction, lower=2.0, upper=6.0)


def by_default(method: Callable[..., Normalised]) -> Method:
    def normalise(values: FloatArray, direction: WholeArray | FloatArray) -> Normalised:
        return method(values, direction=direction)

    normalise.__name__ = method.__name__
    return normalise


@pytest.mark.parametrize(
    ("method", "direction", "expected"),
    [
        # (x - 2) / 8 · 100
        (by_default(min_max), UP, [0, 25, NAN, 25, 100]),
        # -x from -10 to -2: (10 - x) / 8 · 100
        (by_default(min_max), DOWN, [100, 75, NAN, 75, 0]),
        (by_default(z_score), UP, [-3 / SD, -1 / SD, NAN, -1 / SD, 5 / SD]),
        (by_default(z_score), DOWN, [3 / SD, 1 / SD, NAN, 1 / SD, -5 / SD]),
        # 1 - (10 - x) / 8
        (by_default(distance_to_maximum), UP, [0, 0.25, NAN, 0.25, 1]),
        (by_default(distance_to_maximum), DOWN, [1, 0.75, NAN, 0.75, 0]),
        # 1 - (10 - x) / (10 - 2) with the best row as reference
        (reference_row_4, UP, [0, 0.25, NAN, 0.25, 1]),
        # 1 - (4 - x) / (4 - 2): beyond the reference above 1
        (reference_row_1, UP, [0, 1, NAN, 1, 4]),
        (capped_reference_row_1, UP, [0, 1, NAN, 1, 1]),
        # -4 against -10: 1 - (-4 + x) / 6
        (reference_row_1, DOWN, [8 / 6, 1, NAN, 1, 0]),
        # 1 - (12 - x) / (12 - 2)
        (target_12, UP, [0, 0.2, NAN, 0.2, 0.8]),
        # A target of 0 from above: 1 - (0 + x) / (0 + 10)
        (target_0, DOWN, [0.8, 0.6, NAN, 0.6, 0]),
        (capped_target_4, UP, [0, 1, NAN, 1, 1]),
        (by_default(fraction_of_maximum), UP, [0.2, 0.4, NAN, 0.4, 1]),
        # The convention of COINr: -x / -2, so that the worst row has 5.
        (by_default(fraction_of_maximum), DOWN, [1, 2, NAN, 2, 5]),
        # 2 / x
        (least_fraction, DOWN, [1, 0.5, NAN, 0.5, 0.2]),
        (least_fraction, UP, [0.2, 0.4, NAN, 0.4, 1]),
        # 1 + 100 (x - 3) / 5, held within 1 … 101
        (posts_3_to_8, UP, [1, 21, NAN, 21, 101]),
        # 1 + 100 (8 - x) / 5, held
        (posts_3_to_8, DOWN, [101, 81, NAN, 81, 1]),
        (open_posts_3_to_8, UP, [-19, 21, NAN, 21, 141]),
        # (x - 2) / 4 · 100
        (scaled_from_2_to_6, UP, [0, 50, NAN, 50, 200]),
        # (-x - 2) / 4 · 100
        (scaled_from_2_to_6, DOWN, [-100, -150, NAN, -150, -300]),
    ],
)
def test_a_scale_by_hand(method: Method, direction: WholeArray, expected: list[float]) -> None:
    done = method(VALUES, direction)
    numpy.testing.assert_allclose(done.values[:, 0], expected, rtol=1e-14, atol=1e-14)
    assert not done.undefined.any()


ADAPTIVE = [
    by_default(min_max),
    by_default(z_score),
    by_default(distance_to_maximum),
    reference_row_1,
]


@pytest.mark.parametrize("method", ADAPTIVE)
@pytest.mark.parametrize("direction", [UP, DOWN])
def test_a_zero_range_becomes_missing_and_is_recorded(
    method: Method, direction: WholeArray
) -> None:
    done = method(column(0.1, 0.1, 0.1), direction)
    assert numpy.isnan(done.values).all()
    assert done.undefined.tolist() == [[True]]


@pytest.mark.parametrize("method", [*ADAPTIVE, by_default(fraction_of_maximum), target_12])
def test_an_empty_column_is_undefined(method: Method) -> None:
    done = method(column(NAN, NAN, NAN, NAN, NAN), UP)
    assert numpy.isnan(done.values).all()
    assert done.undefined.all()


def test_a_reference_that_is_missing_or_the_minimum_leaves_the_column_undefined() -> None:
    assert distance_to_reference(VALUES, direction=UP, reference=2).undefined.all()
    assert distance_to_reference(VALUES, direction=UP, reference=0).undefined.all()


def test_a_target_that_every_row_has_reached_leaves_the_column_undefined() -> None:
    # COINr: 1 - (1 - x)/(1 - 2) gives 0, -2, -8 for 2, 4, 10: the best row last.
    done = distance_to_target(VALUES, direction=UP, target=1.0)
    assert done.undefined.all()
    assert numpy.isnan(done.values).all()


def test_a_maximum_of_zero_has_no_fractions() -> None:
    done = fraction_of_maximum(column(-1, 0), direction=UP)
    assert done.undefined.all()


def test_the_lowest_over_a_value_that_is_not_positive_is_missing() -> None:
    done = fraction_of_maximum(column(0, 2, 4), direction=DOWN, lowest_over_value=True)
    numpy.testing.assert_array_equal(done.values[:, 0], [NAN, 1, 0.5])


def test_goalposts_in_the_wrong_order_are_refused_and_missing_ones_are_undefined() -> None:
    with pytest.raises(BadInput, match="lower goalpost"):
        goalposts(VALUES, direction=DOWN, lower=8.0, upper=3.0)
    table = numpy.hstack([VALUES, VALUES])
    lower = numpy.array([0.0, NAN])
    done = goalposts(table, direction=numpy.array([1, 1]), lower=lower, upper=10.0)
    assert done.undefined.tolist() == [[False, True]]
    numpy.testing.assert_allclose(done.values[:, 0], [20, 40, NAN, 40, 100])
    assert numpy.isnan(done.values[:, 1]).all()


def test_each_column_may_have_its_own_range() -> None:
    table = numpy.hstack([VALUES, VALUES])
    done = min_max(
        table,
        direction=numpy.array([1, -1]),
        low=numpy.array([0.0, 1.0]),
        high=numpy.array([1.0, 101.0]),
    )
    numpy.testing.assert_allclose(done.values[1], [0.25, 76.0])
    scores = z_score(table, direction=numpy.array([1, -1]), mean=100.0, deviation=10.0)
    numpy.testing.assert_allclose(scores.values[4], [100 + 50 / SD, 100 - 50 / SD])


# Two periods: 2 … 4 in the first, 10 … 30 in the second; the last row is in no period.
PANEL = column(2, 4, 10, 20, 30, 7)
PERIODS = numpy.array([0, 0, 1, 1, 1, -1])


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        (min_max, [0, 100, 0, 50, 100, NAN]),
        # sd of 2 and 4 is sqrt 2, of 10, 20, 30 it is 10
        (z_score, [-(0.5**0.5), 0.5**0.5, -1, 0, 1, NAN]),
        (distance_to_maximum, [0, 1, 0, 0.5, 1, NAN]),
        (fraction_of_maximum, [0.5, 1, 1 / 3, 2 / 3, 1, NAN]),
    ],
)
def test_within_each_period_of_a_panel(
    method: Callable[..., Normalised], expected: list[float]
) -> None:
    done = method(PANEL, direction=UP, groups=PERIODS)
    numpy.testing.assert_allclose(done.values[:, 0], expected, rtol=1e-14, atol=1e-15)
    assert done.undefined.shape == (2, 1)


def test_each_period_has_its_own_reference_and_the_same_target() -> None:
    against = distance_to_reference(
        PANEL, direction=UP, reference=numpy.array([1, 3]), groups=PERIODS
    )
    # Second period: 1 - (20 - x) / (20 - 10).
    numpy.testing.assert_allclose(against.values[:, 0], [0, 1, 0, 1, 2, NAN])
    towards = distance_to_target(PANEL, direction=UP, target=30.0, groups=PERIODS)
    # First period: 1 - (30 - x) / 28.
    numpy.testing.assert_allclose(towards.values[:, 0], [0, 2 / 28, 0, 0.5, 1, NAN], atol=1e-15)


def test_a_period_with_zero_range_is_undefined_and_the_other_is_not() -> None:
    done = min_max(column(5, 5, 1, 2), direction=UP, groups=numpy.array([0, 0, 1, 1]))
    assert done.undefined.tolist() == [[True], [False]]
    numpy.testing.assert_array_equal(done.values[:, 0], [NAN, NAN, 0, 100])


def test_a_later_year_stands_on_the_scale_of_the_first() -> None:
    first = min_max(column(10, 20), direction=DOWN)
    # -x from -20 to -10: 5 is beyond the best, 25 beyond the worst.
    later = apply(column(5, 25, NAN), first.parameters)
    numpy.testing.assert_allclose(later.values[:, 0], [150, -50, NAN])
    capped = goalposts(column(10, 20), direction=DOWN, lower=10, upper=20).parameters
    numpy.testing.assert_allclose(apply(column(5, 25), capped).values[:, 0], [100, 0])
    inverse = fraction_of_maximum(column(2, 4), direction=DOWN, lowest_over_value=True)
    numpy.testing.assert_allclose(apply(column(8), inverse.parameters).values[:, 0], [0.25])


def test_a_what_if_within_each_period_keeps_the_scale_of_each() -> None:
    scale = min_max(PANEL, direction=UP, groups=PERIODS).parameters
    changed = apply(column(3, 15), scale, groups=numpy.array([0, 1]))
    numpy.testing.assert_allclose(changed.values[:, 0], [50, 25])


def test_a_scale_of_groups_needs_to_know_the_group_of_each_row() -> None:
    scale = min_max(PANEL, direction=UP, groups=PERIODS).parameters
    # Two rows and two groups: not to be taken for one row of each.
    with pytest.raises(BadInput, match="within 2 groups"):
        apply(column(3, 15), scale)
    with pytest.raises(BadInput, match="within 2 groups"):
        apply(column(3, 15), scale, groups=numpy.array([0, 2]))


def test_no_zero_is_negative() -> None:
    done = min_max(column(1, 2), direction=DOWN)
    assert not numpy.signbit(done.values).any()


def values_of(method: Callable[..., Normalised]) -> Callable[[FloatArray], FloatArray]:
    return lambda table: method(table).values


EVERY: list[Callable[..., Normalised]] = [
    min_max,
    z_score,
    scaled,
    distance_to_maximum,
    fraction_of_maximum,
]


@given(batches(least_rows=2))
def test_a_batch_is_a_loop(batch: FloatArray) -> None:
    direction = signs(batch)
    groups = numpy.arange(batch.shape[1]) % 2
    methods = [partial(method, direction=direction) for method in EVERY] + [
        partial(distance_to_reference, direction=direction, reference=1),
        partial(distance_to_target, direction=direction, target=3.0),
        partial(goalposts, direction=direction, lower=0.0, upper=5.0),
        partial(fraction_of_maximum, direction=direction, lowest_over_value=True),
        partial(min_max, direction=direction, groups=groups),
        partial(z_score, direction=direction, groups=groups),
    ]
    for method in methods:
        assert_batch_is_a_loop(values_of(method), batch)


@given(batches())
def test_a_scale_applied_again_gives_the_same_values(batch: FloatArray) -> None:
    for method in EVERY:
        done = method(batch, direction=signs(batch))
        numpy.testing.assert_array_equal(apply(batch, done.parameters).values, done.values)


@given(batches())
def test_min_max_ends_at_its_ends_and_is_missing_where_the_value_is(batch: FloatArray) -> None:
    done = min_max(batch, direction=signs(batch), low=1.0, high=100.0)
    defined = ~done.undefined[:, 0, :]
    low = numpy.fmin.reduce(done.values, axis=1)
    high = numpy.fmax.reduce(done.values, axis=1)
    assert (low[defined] == 1.0).all()
    assert (high[defined] == 100.0).all()
    known = ~numpy.isnan(batch) & defined[:, None, :]
    numpy.testing.assert_array_equal(~numpy.isnan(done.values), known)
