"""A missing value becomes the mean of the most similar rows."""

from __future__ import annotations

import numpy
import pytest
from hypothesis import given, strategies
from sklearn.impute import KNNImputer

from donghaeng.index.arrays import FloatArray
from donghaeng.index.imputation import impute_neighbours
from donghaeng.rules.faults import BadInput
from tests.index.tables import NAN, assert_batch_is_a_loop


def tables(seed: int) -> FloatArray:
    """(2, rows, columns) of real numbers, so that no two distances tie, with gaps."""
    random = numpy.random.default_rng(seed)
    values = random.normal(size=(2, random.integers(3, 30), random.integers(2, 7)))
    values[random.random(values.shape) < 0.2] = NAN
    # scikit-learn drops empty columns: none here.
    values[:, 0] = numpy.nan_to_num(values[:, 0])
    return values


@given(strategies.integers(0, 10_000), strategies.integers(1, 6), strategies.booleans())
def test_the_result_is_that_of_scikit_learn(seed: int, neighbours: int, by_distance: bool) -> None:
    table = tables(seed)[0]
    weights = "distance" if by_distance else "uniform"
    expected = KNNImputer(n_neighbors=neighbours, weights=weights).fit_transform(table)
    done = impute_neighbours(
        table, neighbours=neighbours, by_distance=by_distance, standardise=False
    )
    numpy.testing.assert_allclose(done.values, expected, rtol=1e-7, atol=1e-9)


TABLE = numpy.array([[1.0, NAN], [2.0, 10.0], [4.0, 20.0], [9.0, 60.0]])


def test_two_neighbours_by_hand() -> None:
    # The column that is shared is the first: distances 1, 3 and 8 (each times sqrt 2).
    assert impute_neighbours(TABLE, neighbours=2).values[0, 1] == pytest.approx(15)
    # Weights 1 and 1/3: (10 + 20/3) / (4/3) = 12.5.
    weighted = impute_neighbours(TABLE, neighbours=2, by_distance=True)
    assert weighted.values[0, 1] == pytest.approx(12.5)


def test_of_equally_near_rows_the_first_count() -> None:
    table = numpy.array([[5.0, NAN], [4.0, 1.0], [6.0, 2.0], [4.0, 3.0]])
    assert impute_neighbours(table, neighbours=2).values[0, 1] == pytest.approx(1.5)


def test_rows_at_no_distance_count_alone_when_weighted() -> None:
    table = numpy.array([[5.0, NAN], [5.0, 1.0], [5.0, 3.0], [6.0, 90.0]])
    done = impute_neighbours(table, neighbours=3, by_distance=True)
    assert done.values[0, 1] == pytest.approx(2)


def test_no_unit_weighs_more_than_another_when_standardised() -> None:
    # In won the third row is nearer, in standard deviations the second.
    table = numpy.array(
        [[0.0, 1_000_000.0, NAN], [0.1, 1_400_000.0, 1.0], [9.0, 1_300_000.0, 2.0], [5.0, 3e6, 3.0]]
    )
    assert impute_neighbours(table, neighbours=1).values[0, 2] == 1
    assert impute_neighbours(table, neighbours=1, standardise=False).values[0, 2] == 2


def test_without_a_shared_column_the_mean_and_without_any_value_nothing() -> None:
    table = numpy.array([[1.0, NAN, NAN], [NAN, 4.0, NAN], [NAN, 6.0, NAN]])
    done = impute_neighbours(table)
    assert done.values[0, 1] == 5
    assert done.left[:, 2].all()


def test_a_screened_out_row_is_not_filled_and_no_neighbours_are_refused() -> None:
    table = numpy.vstack([TABLE, [[NAN, NAN]]])
    done = impute_neighbours(table, kept=numpy.arange(5) < 4)
    assert numpy.isnan(done.values[4]).all()
    assert not done.left.any()
    with pytest.raises(BadInput, match="0 neighbours"):
        impute_neighbours(TABLE, neighbours=0)


@given(strategies.integers(0, 10_000))
def test_a_batch_is_a_loop(seed: int) -> None:
    assert_batch_is_a_loop(lambda table: impute_neighbours(table).values, tables(seed))
