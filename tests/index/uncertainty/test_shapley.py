"""Shapley effects against closed forms of the Gaussian linear model, and against Sobol indices."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import special

from donghaeng.index.arrays import FloatArray
from donghaeng.index.uncertainty import shapley
from donghaeng.index.uncertainty.dependence import GaussianCopula, Independent, JointAlternatives
from donghaeng.index.uncertainty.shapley import Budget, ShapleyEffects, shapley_effects
from donghaeng.rules.faults import BadInput

from .functions import g_function, g_known, ishigami, ishigami_known

LARGE = Budget(variance_draws=200_000, conditions=20_000, orders=40_000)


def linear_normal(slopes: FloatArray) -> Callable[[FloatArray], FloatArray]:
    """Y = Σ b x of normal variables x, from points of the unit cube."""

    def evaluate(points: FloatArray) -> FloatArray:
        outputs: FloatArray = special.ndtri(points) @ slopes
        return outputs

    return evaluate


def known_shares(slopes: FloatArray, correlation: FloatArray) -> FloatArray:
    """Shapley effects of the Gaussian linear model, every order written out.

    c(J) = b_J' (Σ_JJ - Σ_JK Σ_KK⁻¹ Σ_KJ) b_J with K all others: the conditional covariance.
    """
    count = len(slopes)

    def cost(chosen: set[int]) -> float:
        own, rest = sorted(chosen), sorted(set(range(count)) - chosen)
        spread = correlation[np.ix_(own, own)]
        if rest:
            across = correlation[np.ix_(own, rest)]
            spread = spread - across @ np.linalg.solve(correlation[np.ix_(rest, rest)], across.T)
        return float(slopes[own] @ spread @ slopes[own])

    effects = np.zeros(count)
    orders = list(permutations(range(count)))
    for order in orders:
        for place, choice in enumerate(order):
            effects[choice] += cost(set(order[: place + 1])) - cost(set(order[:place]))
    return effects / len(orders) / cost(set(range(count)))


def groups(count: int) -> tuple[tuple[int, ...], ...]:
    return tuple((column,) for column in range(count))


@pytest.fixture(params=[True, False], ids=["every-order", "random-orders"])
def every_order(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Both ways of averaging over orders, also where there are few choices."""
    if not request.param:
        monkeypatch.setattr(shapley, "MOST_EXACT", 0)
    return bool(request.param)


def assert_near(found: ShapleyEffects, expected: FloatArray) -> None:
    """Within four standard errors, and these small."""
    error = (found.share.high - found.share.low)[:, 0] / 2 / 1.96
    assert (np.abs(found.share.estimate[:, 0] - expected) <= 4 * error + 1e-12).all()
    assert error.max() < 0.006
    assert_allclose(found.share.estimate.sum(axis=0), 1)


@pytest.mark.parametrize("rho", [-0.7, 0.0, 0.5, 0.95])
def test_two_correlated_choices(rho: float, every_order: bool) -> None:
    # Iooss and Prieur (2019), two inputs: σ² Sh1 = b1²(1 - ρ²/2) + ρ b1 b2 + b2² ρ²/2.
    first, second = 1.0, 2.0
    variance = first**2 + second**2 + 2 * rho * first * second
    share = (first**2 * (1 - rho**2 / 2) + rho * first * second + second**2 * rho**2 / 2) / variance
    slopes = np.array([first, second])
    correlation = np.array([[1.0, rho], [rho, 1.0]])
    assert_allclose(known_shares(slopes, correlation), [share, 1 - share])
    copula = GaussianCopula(tuple(map(tuple, correlation.tolist())))
    found = shapley_effects(linear_normal(slopes), copula, groups(2), seed=1, budget=LARGE)
    assert found.every_order is every_order
    assert_near(found, np.array([share, 1 - share]))
    assert_allclose(found.variance, variance, rtol=0.02)


def test_three_choices_of_which_two_are_correlated(every_order: bool) -> None:
    # Iooss and Prieur (2019), three inputs, the first independent of the other two with correlation ρ.
    b, rho = np.array([1.0, 2.0, 1.5]), 0.6
    variance = b @ b + 2 * rho * b[1] * b[2]
    shared, half = rho * b[1] * b[2], rho**2 / 2
    expected = (
        np.array(
            [
                b[0] ** 2,
                b[1] ** 2 * (1 - half) + shared + b[2] ** 2 * half,
                b[2] ** 2 * (1 - half) + shared + b[1] ** 2 * half,
            ]
        )
        / variance
    )
    correlation = np.array([[1, 0, 0], [0, 1, rho], [0, rho, 1]])
    assert_allclose(known_shares(b, correlation), expected)
    copula = GaussianCopula(tuple(map(tuple, correlation.tolist())))
    found = shapley_effects(linear_normal(b), copula, groups(3), seed=2, budget=LARGE)
    assert_near(found, expected)


def test_a_choice_that_does_nothing_has_an_effect_through_the_one_it_goes_with() -> None:
    # b = (1, 0), ρ = 0.8: Sh2 = ρ²/2 = 0.32, where its total Sobol index would be 0.
    copula = GaussianCopula(((1.0, 0.8), (0.8, 1.0)))
    slopes = np.array([1.0, 0.0])
    found = shapley_effects(linear_normal(slopes), copula, groups(2), seed=3, budget=LARGE)
    assert_near(found, np.array([0.68, 0.32]))


def test_independent_choices_share_their_interactions_evenly(every_order: bool) -> None:
    # Ishigami: x1 and x3 interact in V13, of which each gets half; so effects lie between S and ST.
    known = ishigami_known()
    found = shapley_effects(ishigami, Independent(3), groups(3), seed=4, budget=LARGE)
    assert_near(found, (known.first + known.total) / 2)


def test_effects_of_independent_choices_lie_between_first_and_total_index() -> None:
    known = g_known()
    found = shapley_effects(g_function, Independent(4), groups(4), seed=5, budget=LARGE)
    assert (found.share.high[:, 0] >= known.first).all()
    assert (found.share.low[:, 0] <= known.total).all()


def test_a_set_of_columns_is_one_choice() -> None:
    # Y = x1 + x2 + x3 of uniform numbers, x1 and x3 together: 2/3 and 1/3.
    found = shapley_effects(
        lambda points: points.sum(axis=1), Independent(3), ((0, 2), (1,)), seed=6, budget=LARGE
    )
    assert_near(found, np.array([2 / 3, 1 / 3]))


def test_more_choices_than_orders_can_be_counted() -> None:
    slopes = np.arange(1.0, 11.0)
    found = shapley_effects(
        lambda points: points @ slopes, Independent(10), groups(10), seed=7, budget=LARGE
    )
    assert not found.every_order
    assert_near(found, slopes**2 / (slopes @ slopes))


def test_alternatives_that_exclude_each_other() -> None:
    # (0,0), (0,1), (1,0) equally likely, Y = 1 if both are 0: Var Y = 2/9. By hand:
    # c({1}) = E Var(Y | x2) = P(x2=0) · 1/4 = 2/3 · 1/4 = 1/6, c({2}) the same by symmetry; half each.
    pairs = JointAlternatives((2, 2), ((0, 0), (0, 1), (1, 0)), (1 / 3, 1 / 3, 1 / 3))
    both = lambda points: (points < 0.5).all(axis=1).astype(float)  # noqa: E731
    found = shapley_effects(both, pairs, groups(2), seed=8, budget=LARGE)
    assert_near(found, np.array([0.5, 0.5]))
    assert_allclose(found.variance, 2 / 9, atol=0.003)


def test_several_outputs_and_one_without_variance() -> None:
    outputs = lambda points: np.stack(  # noqa: E731
        [points[:, 0], points @ np.array([1.0, 1.0]), np.full(len(points), 0.1)], axis=1
    )
    found = shapley_effects(outputs, Independent(2), groups(2), seed=9)
    assert found.share.estimate.shape == (2, 3)
    assert_allclose(found.share.estimate[:, 0], [1, 0], atol=0.02)
    assert_allclose(found.share.estimate[:, 1], [0.5, 0.5], atol=0.06)
    assert np.isnan(found.share.estimate[:, 2]).all()


def test_one_choice_has_all_of_the_variance() -> None:
    found = shapley_effects(lambda points: points[:, 0], Independent(1), ((0,),), seed=1)
    assert_allclose(found.share.estimate, [[1.0]])


@pytest.mark.parametrize("threads", [2, 3])
def test_any_number_of_threads_gives_the_same_bits(threads: int, every_order: bool) -> None:
    arguments = (ishigami, Independent(3), groups(3))
    one = shapley_effects(*arguments, seed=5)
    more = shapley_effects(*arguments, seed=5, threads=threads)
    assert_array_equal(one.share.estimate, more.share.estimate)
    assert_array_equal(one.share.high, more.share.high)


def test_what_cannot_be_asked_is_refused(every_order: bool) -> None:
    with pytest.raises(BadInput, match="each column from 0 on in one group"):
        shapley_effects(ishigami, Independent(3), groups(2), seed=1)
    with pytest.raises(BadInput, match="no finite value in some draws"):
        shapley_effects(
            lambda points: np.where(points[:, 0] > 0.99, np.nan, points[:, 1]),
            Independent(2),
            groups(2),
            seed=1,
        )
    with pytest.raises(BadInput, match="level 95"):
        shapley_effects(ishigami, Independent(3), groups(3), seed=1, level=95)
    with pytest.raises(BadInput, match="two or more of each kind"):
        Budget(conditions=1)


@pytest.mark.soak
def test_intervals_hold_the_truth_as_often_as_they_say(every_order: bool) -> None:
    # 400 seeds: the standard error of a coverage of 0.95 is 0.011.
    b = np.array([1.0, 2.0, 1.5])
    correlation = np.array([[1.0, 0.2, 0.0], [0.2, 1.0, 0.6], [0.0, 0.6, 1.0]])
    copula = GaussianCopula(tuple(map(tuple, correlation.tolist())))
    truth, held = known_shares(b, correlation), np.zeros(3)
    for seed in range(400):
        found = shapley_effects(
            linear_normal(b), copula, groups(3), seed=seed, budget=Budget(2_000, 300, 512)
        )
        held += (found.share.low[:, 0] <= truth) & (truth <= found.share.high[:, 0])
    assert ((held / 400 > 0.91) & (held / 400 < 0.985)).all()
