"""Outliers are drawn in or transformed, and it is told what was done."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

import numpy
import pytest
from hypothesis import given, strategies
from hypothesis.extra import numpy as arrays
from scipy import stats

from donghaeng.index.arrays import FloatArray
from donghaeng.index.transformations import log_gii, log_original, log_shift
from donghaeng.index.treatment import Outcome, treat
from donghaeng.index.winsorising import winsorise
from tests.index.tables import NAN, asem, assert_batch_is_a_loop, batches, column

# Far points and ties among up to 30 values.
TAILS = arrays.arrays(
    numpy.float64,
    strategies.tuples(strategies.integers(4, 30), strategies.just(1)),
    elements=strategies.sampled_from([NAN, 1.0, 1.5, 2.0, 3.0, 4.0, 50.0, 90.0, 1e4, -60.0, -1e3]),
)


def one_by_one(values: FloatArray, most_points: int) -> tuple[list[float], int] | None:
    """The rule of COINr §8.6 written out for one column; ``None`` where it cannot be judged."""
    x = [float(value) for value in values]

    def failing() -> bool | None:
        known = numpy.array([value for value in x if value == value])
        if known.size < 4 or known.min() == known.max():
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tailed = stats.kurtosis(known, bias=False) >= 3.5
            return bool(abs(stats.skew(known, bias=False)) >= 2 and tailed)

    highs: list[int] = []
    lows: list[int] = []
    state = failing()
    while state and len(highs) + len(lows) < most_points:
        known = numpy.array([value for value in x if value == value])
        if stats.skew(known, bias=False) >= 0:
            highs = [i for i, value in enumerate(x) if value == known.max()]
            following = known[known < known.max()].max()
            x = [following if i in highs else value for i, value in enumerate(x)]
        else:
            lows = [i for i, value in enumerate(x) if value == known.min()]
            following = known[known > known.min()].min()
            x = [following if i in lows else value for i, value in enumerate(x)]
        state = failing()
    return None if state is None else (x, len(highs) + len(lows))


@given(TAILS, strategies.integers(1, 8))
def test_winsorising_is_the_rule_written_out(values: FloatArray, most_points: int) -> None:
    done = winsorise(values, most_points=most_points)
    expected = one_by_one(values[:, 0], most_points)
    if expected is None:
        numpy.testing.assert_array_equal(done.values, values)
        assert done.points[0] == 0
    else:
        numpy.testing.assert_array_equal(done.values[:, 0], expected[0])
        assert done.points[0] == expected[1]


def test_one_far_point_is_drawn_in_to_the_next() -> None:
    # 1 … 10 and 100: skewness is far above 2; with 10 in place of 100 it is far below.
    done = treat(column(*range(1, 11), 100))
    assert done.outcome[0] == Outcome.WINSORISED
    numpy.testing.assert_array_equal(done.values[:, 0], [*range(1, 11), 10])
    assert numpy.flatnonzero(done.high[:, 0]).tolist() == [10]
    assert not done.low.any()
    assert done.points[0] == 1
    assert done.skewness_before[0] == pytest.approx(stats.skew([*range(1, 11), 100], bias=False))
    assert done.skewness_after[0] == pytest.approx(stats.skew([*range(1, 11), 10], bias=False))


def test_a_tail_to_the_left_is_drawn_in_from_below_and_missing_values_stay_missing() -> None:
    done = treat(column(-100, NAN, *range(1, 11)))
    numpy.testing.assert_array_equal(done.values[:, 0], [1, NAN, *range(1, 11)])
    assert numpy.flatnonzero(done.low[:, 0]).tolist() == [0]
    assert not done.high.any()


def test_tied_points_are_drawn_in_together_even_past_the_most() -> None:
    # Two points at 1,000 tie; at most one may be drawn in, but one step takes both.
    done = treat(column(*range(20), 1000, 1000), most_points=1)
    assert done.points[0] == 2
    numpy.testing.assert_array_equal(done.values[-2:, 0], [19, 19])


def test_what_winsorising_does_not_cure_is_logged_from_the_original() -> None:
    values = column(*range(1, 21), 100, 200)
    # At most one point: 200 becomes 100 and the column still fails; stage 2 starts again.
    done = treat(values, most_points=1, transformation=numpy.log)
    assert done.transformed[0]
    assert done.outcome[0] == Outcome.TRANSFORMED
    assert done.points[0] == 0
    assert not done.high.any()
    numpy.testing.assert_allclose(done.values, numpy.log(values))


def test_stage_two_may_start_from_the_winsorised_column() -> None:
    values = column(*range(1, 21), 100, 200)
    done = treat(values, most_points=1, transformation=numpy.log, combine=True)
    numpy.testing.assert_allclose(done.values[-2:, 0], numpy.log([100, 100]))
    assert done.points[0] == 1
    assert numpy.flatnonzero(done.high[:, 0]).tolist() == [21]


def test_without_a_second_stage_the_winsorised_column_is_kept_and_said_to_fail() -> None:
    done = treat(column(*range(1, 21), 100, 200), most_points=1, transformation=None)
    assert done.outcome[0] == Outcome.FAILING
    assert done.values[-1, 0] == 100
    assert not done.transformed[0]


def test_a_transformation_that_does_not_help_is_kept_and_said_to_fail() -> None:
    # Half a unit of range: ln(x - min + 1) is almost a straight line.
    values = column(*([0.0, 0.01, 0.02, 0.03] * 10), 0.5)
    done = treat(values, most_points=0, transformation=log_original)
    assert done.outcome[0] == Outcome.FAILING
    assert done.transformed[0]
    numpy.testing.assert_allclose(done.values, numpy.log(values + 1))


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ([NAN] * 5, Outcome.EMPTY),
        ([3.0, NAN, 3.0], Outcome.CONSTANT),
        ([3.0, NAN, NAN], Outcome.CONSTANT),
        ([3.0, 4.0, NAN], Outcome.TOO_FEW),
        ([0.0] * 30 + [1.0], Outcome.NEARLY_CONSTANT),
        ([0.0] * 30 + [1.0, 2.0], Outcome.NEARLY_CONSTANT),
        ([0.0, 1.0] * 10, Outcome.PASSED),
    ],
)
def test_a_column_that_cannot_be_treated_is_left_alone_with_the_reason(
    values: list[float], outcome: Outcome
) -> None:
    done = treat(column(*values))
    assert done.outcome[0] == outcome
    numpy.testing.assert_array_equal(done.values[:, 0], values)
    assert done.points[0] == 0
    assert not (done.high | done.low).any()


def test_a_transformation_that_is_not_defined_leaves_the_column_alone() -> None:
    values = column(*([0.0, 0.01, 0.02, 0.03] * 10), 0.5)
    done = treat(values, most_points=0, transformation=log_gii)  # the maximum is below 1
    assert done.outcome[0] == Outcome.UNDEFINED
    assert not done.transformed[0]
    numpy.testing.assert_array_equal(done.values, values)
    numpy.testing.assert_allclose(done.skewness_after, done.skewness_before)


def test_each_column_has_its_own_limits() -> None:
    tail = [*map(float, range(1, 11)), 30.0, 100.0]
    done = treat(
        numpy.array([tail] * 3).T,
        skewness_limit=numpy.array([2.0, 100.0, 2.0]),
        most_points=numpy.array([1, 1, 0]),
        transformation=None,
    )
    assert done.points.tolist() == [1, 0, 0]
    assert [Outcome(o) for o in done.outcome] == [
        Outcome.WINSORISED,
        Outcome.PASSED,
        Outcome.FAILING,
    ]


def test_settings_may_differ_by_draw() -> None:
    tail = column(*range(1, 21), 100, 200)
    batch = numpy.stack([tail, tail])
    done = treat(batch, most_points=numpy.array([[1], [5]]))
    assert done.transformed[:, 0].tolist() == [True, False]
    assert done.points[:, 0].tolist() == [0, 2]


def test_the_data_that_came_are_not_changed() -> None:
    values = column(*range(1, 11), 100)
    before = values.copy()
    treat(values)
    numpy.testing.assert_array_equal(values, before)


@given(batches(least_rows=4, most_rows=20))
def test_a_batch_is_a_loop(batch: FloatArray) -> None:
    assert_batch_is_a_loop(lambda table: treat(table, skewness_limit=1.0).values, batch)
    assert_batch_is_a_loop(lambda table: treat(table, most_points=1, combine=True).values, batch)


# Printed in COINr's help pages of ``Treat.data.frame``, ``Treat.coin`` and ``qTreat``
# (bluefoxr.github.io/COINr/reference): points winsorised, skewness and kurtosis afterwards.
PRINTED = {
    "Flights": (1, 1.900658, 3.3360647),
    "Goods": (2, 1.140608, 0.1572047),
    "Bord": (1, 1.899211, 4.346298),
    "Elec": (1, 1.717744, 2.586062),
    "Gas": (1, 1.602518, 1.525576),
}


def test_asem_is_treated_as_coinr_prints_it(shared_data: Callable[[str], Path]) -> None:
    names, values = asem(shared_data("asem"))
    done = treat(values)
    for name, (points, skewness, kurtosis) in PRINTED.items():
        j = names.index(name)
        assert done.points[j] == points
        assert done.skewness_after[j] == pytest.approx(skewness, abs=5e-7)
        assert done.kurtosis_after[j] == pytest.approx(kurtosis, abs=5e-7)
    for name in ("LPI", "Ship", "Services"):
        assert done.outcome[names.index(name)] == Outcome.PASSED


def test_asem_is_logged_as_coinr_prints_it(shared_data: Callable[[str], Path]) -> None:
    # qTreat(winmax = 1, skew_thresh = 1.5, kurt_thresh = 3): both go to the log.
    names, values = asem(shared_data("asem"))
    chosen = values[:, [names.index("Flights"), names.index("Goods")]]
    done = treat(chosen, skewness_limit=1.5, kurtosis_limit=3.0, most_points=1)
    numpy.testing.assert_allclose(done.skewness_after, [-0.09502644, 0.03104001], atol=5e-9)
    numpy.testing.assert_allclose(done.kurtosis_after, [-0.8305217, -0.8888965], atol=5e-8)
    numpy.testing.assert_array_equal(done.values, log_shift(chosen))
