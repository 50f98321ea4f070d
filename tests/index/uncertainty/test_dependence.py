"""Dependent choices: what is drawn, and what is drawn given the rest."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import special, stats

from donghaeng.index.uncertainty.dependence import (
    Dependence,
    GaussianCopula,
    Independent,
    JointAlternatives,
    SideBySide,
)
from donghaeng.rules.faults import BadInput

TIED = GaussianCopula(((1.0, 0.8, 0.3), (0.8, 1.0, 0.0), (0.3, 0.0, 1.0)))
# Three of the four pairs of two methods: the second of one does not go with the second of the other.
PAIRS = JointAlternatives((2, 2), ((0, 0), (0, 1), (1, 0)), (0.5, 0.3, 0.2))
MIXED = SideBySide((PAIRS, Independent(1), GaussianCopula(((1.0, 0.5), (0.5, 1.0)))))


def uniform(rows: int, columns: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).random((rows, columns))


@pytest.mark.parametrize("dependence", [Independent(3), TIED, PAIRS, MIXED])
def test_what_is_known_is_kept(dependence: Dependence) -> None:
    columns = dependence.columns
    points = dependence.draw(uniform(50, columns))
    for known in ([], [0], [columns - 1], [0, columns - 1], list(range(columns))):
        drawn = dependence.draw_given(known, points, uniform(50, columns, seed=2))
        assert_allclose(drawn[:, known], points[:, known], rtol=1e-12)


@pytest.mark.parametrize("dependence", [TIED, PAIRS, MIXED])
@pytest.mark.parametrize("known", [[0], [1], [0, 1]])
def test_drawing_the_rest_given_a_part_gives_the_whole_again(
    dependence: Dependence, known: list[int]
) -> None:
    # What is drawn given a part of a draw is spread like the draw: same means, same products.
    columns = dependence.columns
    points = dependence.draw(uniform(100_000, columns))
    again = dependence.draw_given(known, points, uniform(100_000, columns, seed=2))
    assert_allclose(again.mean(axis=0), points.mean(axis=0), atol=0.006)
    assert_allclose(np.corrcoef(again.T), np.corrcoef(points.T), atol=0.015)


def test_normal_quantiles_of_a_copula_have_its_correlations() -> None:
    drawn = TIED.draw(uniform(100_000, 3))
    assert_allclose(np.corrcoef(special.ndtri(drawn).T), TIED.correlation, atol=0.01)
    assert stats.kstest(drawn[:, 1], "uniform").pvalue > 0.001


def test_combinations_are_as_frequent_as_their_probabilities_and_no_other_occurs() -> None:
    drawn = (PAIRS.draw(uniform(100_000, 2)) * 2).astype(int)
    pairs, counts = np.unique(drawn, axis=0, return_counts=True)
    assert_array_equal(pairs, [[0, 0], [0, 1], [1, 0]])
    assert_allclose(counts / 100_000, [0.5, 0.3, 0.2], atol=0.006)


def test_a_combination_is_drawn_given_one_of_its_methods() -> None:
    # Given the first method of the first choice: 0.5 : 0.3.
    points = np.full((100_000, 2), 0.25)
    drawn = (PAIRS.draw_given([0], points, uniform(100_000, 2)) * 2).astype(int)
    assert_allclose((drawn[:, 1] == 1).mean(), 0.3 / 0.8, atol=0.006)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: GaussianCopula(((1.0, 0.5),)), "not a correlation matrix"),
        (lambda: GaussianCopula(((1.0, 0.5), (0.4, 1.0))), "not a correlation matrix"),
        (lambda: GaussianCopula(((1.0, 1.0), (1.0, 1.0))), "positive definite"),
        (lambda: JointAlternatives((2,), ((2,),), (1.0,)), "do not fit the choices"),
        (lambda: JointAlternatives((2,), ((0,), (0,)), (0.5, 0.5)), "none twice"),
        (lambda: JointAlternatives((2,), ((0,), (1,)), (0.5, 0.6)), "sum to 1"),
        (lambda: JointAlternatives((2,), ((0,), (1,)), (1.0, 0.0)), "one above 0"),
    ],
)
def test_what_cannot_be_is_refused(make: object, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        make()  # type: ignore[operator]
