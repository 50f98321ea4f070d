"""Each column is predicted from the others until the predictions settle."""

from __future__ import annotations

import numpy
import pytest
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.impute import IterativeImputer
from sklearn.linear_model import LinearRegression

from donghaeng.index.arrays import FloatArray
from donghaeng.index.imputation import impute_chained
from tests.index.tables import NAN, assert_batch_is_a_loop, column


def related(seed: int, rows: int = 60, columns: int = 6) -> tuple[FloatArray, FloatArray]:
    """A table whose columns follow two common factors, complete and with a tenth missing."""
    random = numpy.random.default_rng(seed)
    factors = random.normal(size=(rows, 2)) @ random.normal(size=(2, columns))
    complete = 50 + 10 * (factors + 0.2 * random.normal(size=(rows, columns)))
    gaps = numpy.where(random.random(complete.shape) < 0.1, NAN, complete)
    return complete, gaps


def test_values_on_a_plane_are_found_again() -> None:
    # z = 2 x - 3 y + 7 in every complete row.
    x, y = numpy.array([1.0, 2, 3, 4, 5, 6]), numpy.array([2.0, 1, 4, 3, 6, 1])
    table = numpy.column_stack([x, y, 2 * x - 3 * y + 7])
    table[2, 2] = NAN
    done = impute_chained(table, penalty=0.0)
    assert done.values[2, 2] == pytest.approx(2 * 3 - 3 * 4 + 7)
    assert done.settled
    assert numpy.argwhere(done.filled).tolist() == [[2, 2]]


def test_one_gap_with_a_penalty_by_hand() -> None:
    # Known rows: x -1, 0, 1 and y -2, 0, 2; row 4 has x = 3 and no y. Over all rows x has mean 0.75 and
    # variance (3.0625 + 0.5625 + 0.0625 + 5.0625) / 3 = 35/12; y has mean 0 and sd 2.
    # In units u = (x - 0.75)/s, v = y/2: centred over the known rows Suu = 2/s², Suv = 2/s with
    # s² = 35/12, so slope = Suv / (Suu + 1), and v = slope (3 - 0)/s as both means are at x = 0.
    s = (35 / 12) ** 0.5
    expected = 2 * (2 / s) / (2 / s**2 + 1) * 3 / s
    table = numpy.array([[-1.0, -2.0], [0.0, 0.0], [1.0, 2.0], [3.0, NAN]])
    assert impute_chained(table, penalty=1.0).values[3, 1] == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(3))
def test_without_a_penalty_the_result_is_near_that_of_scikit_learn(seed: int) -> None:
    _, gaps = related(seed)
    done = impute_chained(gaps, penalty=0.0, most_rounds=1_000)
    theirs = IterativeImputer(LinearRegression(), max_iter=400, tol=1e-7).fit_transform(gaps)
    assert done.settled
    numpy.testing.assert_allclose(done.values, theirs, rtol=1e-4)


def test_related_columns_tell_more_than_the_mean() -> None:
    complete, gaps = related(7)
    done = impute_chained(gaps)
    missing = numpy.isnan(gaps)
    error = numpy.abs(done.values - complete)[missing].mean()
    plain = numpy.abs(numpy.broadcast_to(numpy.nanmean(gaps, axis=0), gaps.shape) - complete)
    assert error < 0.5 * plain[missing].mean()


def test_more_columns_than_rows_are_no_hindrance_with_a_penalty() -> None:
    _, gaps = related(3, rows=12, columns=30)
    done = impute_chained(gaps)
    assert not numpy.isnan(done.values).any()


def test_predictions_are_held_within_limits() -> None:
    x = numpy.arange(6.0)
    table = numpy.column_stack([x, 20 * x])
    table[5, 1] = NAN
    assert impute_chained(table, penalty=0.0).values[5, 1] == pytest.approx(100)
    held = impute_chained(table, penalty=0.0, high=numpy.array([numpy.inf, 90.0]))
    assert held.values[5, 1] == pytest.approx(90)


def test_constant_empty_and_screened_cells() -> None:
    table = numpy.array(
        [[3.0, NAN, 1.0], [3.0, NAN, 2.0], [NAN, NAN, 4.0], [NAN, NAN, NAN], [3.0, NAN, 9.0]]
    )
    done = impute_chained(table, kept=numpy.arange(5) != 3)
    assert done.values[2, 0] == 3
    assert done.left[[0, 1, 2, 4], 1].all()
    assert numpy.isnan(done.values[3]).all()
    assert not done.left[3].any()
    whole = impute_chained(column(1, 2, 3))
    assert (whole.rounds, whole.settled) == (0, True)


def test_it_is_told_when_the_predictions_have_not_settled() -> None:
    _, gaps = related(1)
    done = impute_chained(gaps, most_rounds=1)
    assert (done.rounds, done.settled) == (1, False)


def test_a_batch_is_a_loop() -> None:
    batch = numpy.stack([related(1)[1], related(2)[1]])
    assert_batch_is_a_loop(lambda table: impute_chained(table).values, batch, rtol=1e-4, atol=1e-3)
