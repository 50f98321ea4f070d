"""Which figure alone could turn the sign of a change, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.testing import assert_allclose, assert_array_equal

from donghaeng.index.arrays import FloatArray
from donghaeng.index.uncertainty.turning import sign_turning
from donghaeng.rules.faults import BadInput

SOME = arrays.arrays(np.float64, 4, elements=st.floats(0.1, 10))


def test_a_linear_change_turns_where_the_arithmetic_says() -> None:
    # 0.5 · x0 + 0.3 · x1 + 0.2 · x2 - 104 at (110, 106, 104) is 55 + 31.8 + 20.8 - 104 = 3.6. To lose
    # 3.6, x0 must fall by 7.2, x1 by 12, x2 by 18: to 102.8, 94, 86.
    change = lambda figures: figures @ np.array([0.5, 0.3, 0.2]) - 104  # noqa: E731
    figures = np.array([110.0, 106.0, 104.0])
    found = sign_turning(change, figures, figures - np.array([10, 10, 18]), figures + 40)
    assert_allclose(found.change, 3.6)
    assert found.sign == 1
    assert_array_equal(found.turns, [True, False, True])
    assert_allclose(found.at, [102.8, np.nan, 86], rtol=1e-12)
    assert_allclose(found.distance, [-7.2, np.nan, -18], rtol=1e-12)
    assert_allclose(found.share, [0.72, np.nan, 1], rtol=1e-12)
    assert_allclose(found.at_low, [-1.4, 0.6, 0], atol=1e-12)
    assert found.order == [0, 2]


def test_a_fall_turns_into_a_rise_by_a_figure_whose_growth_helps() -> None:
    change = lambda figures: figures[:, 0] - figures[:, 1]  # noqa: E731
    found = sign_turning(
        change, np.array([9.0, 10.0]), np.array([8.0, 8.0]), np.array([12.0, 12.0])
    )
    assert found.sign == -1
    assert_allclose(found.at, [10, 9], rtol=1e-12)
    assert_allclose(found.distance, [1, -1], rtol=1e-12)


def test_of_two_turning_points_the_nearer_counts() -> None:
    # 4 - (x - 1)² is 4 at 1 and 0 at -1 and 3; from 2 the nearer is 3.
    change = lambda figures: 4 - (figures[:, 0] - 1) ** 2  # noqa: E731
    found = sign_turning(change, np.array([2.0]), np.array([-5.0]), np.array([5.0]))
    assert_allclose(found.at, [3], rtol=1e-12)


def test_a_geometric_index_turns_where_its_logarithm_does() -> None:
    # √(x0 · x1) against √(4 · 9): with x1 = 10 a fall comes when x0 goes below 3.6.
    change = lambda figures: np.sqrt(figures.prod(axis=1)) - 6  # noqa: E731
    found = sign_turning(change, np.array([4.0, 10.0]), np.array([3.0, 9.5]), np.array([5.0, 11.0]))
    assert_allclose(found.at, [3.6, np.nan], rtol=1e-12)


def test_a_full_count_cannot_turn_anything() -> None:
    change = lambda figures: figures[:, 0] * 0  # noqa: E731
    exact = np.array([5.0])
    assert not sign_turning(lambda figures: figures[:, 0] - 4, exact, exact, exact).turns.any()
    found = sign_turning(change, exact, exact - 1, exact + 1)  # and no change has no sign to turn
    assert (found.sign, found.turns.any(), found.order) == (0, False, [])


@given(SOME, SOME, st.floats(-20, 20))
def test_every_turning_point_of_a_linear_change_is_found(
    slopes: FloatArray, reach: FloatArray, constant: float
) -> None:
    figures = np.array([1.0, -2.0, 3.0, 0.0])
    change = lambda rows: rows @ slopes + constant  # noqa: E731
    size = float(figures @ slopes + constant)
    found = sign_turning(change, figures, figures - reach, figures + reach)
    needed = -size / slopes
    clearly = np.abs(np.abs(needed) - reach) > 1e-9
    if abs(size) > 1e-9:
        assert_array_equal(found.turns[clearly], (np.abs(needed) < reach)[clearly])
        hit = found.turns & clearly
        assert_allclose(found.distance[hit], needed[hit], rtol=1e-9, atol=1e-9)


def test_what_cannot_be_is_refused() -> None:
    one = np.array([1.0])
    with pytest.raises(BadInput, match=r"figure 0 is 1\.0 with an interval from 2\.0 to 3\.0"):
        sign_turning(lambda figures: figures[:, 0], one, one + 1, one + 2)
    with pytest.raises(BadInput, match="a finite interval"):
        sign_turning(lambda figures: figures[:, 0], one, one - np.inf, one)
    with pytest.raises(BadInput, match="one lower and one upper bound"):
        sign_turning(lambda figures: figures[:, 0], one, np.zeros(2), np.ones(2))
    with (
        np.errstate(invalid="ignore"),
        pytest.raises(BadInput, match="no finite value within the intervals"),
    ):
        sign_turning(lambda figures: np.sqrt(figures[:, 0]), one, one - 3, one)
