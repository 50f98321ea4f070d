"""Transition probabilities: against draws of tastes given the observed choice, and by their identities."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from donghaeng.policy.labour.arrays import FloatArray
from donghaeng.policy.labour.choice import transition_probabilities
from donghaeng.policy.labour.choice.likelihood import probabilities

POINTS = 5
utilities = arrays(numpy.float64, (1, POINTS), elements=st.floats(-30, 30))


def all_transitions(before: FloatArray, after: FloatArray) -> FloatArray:
    """Row j: from point j."""
    times = (before.shape[1], 1)
    return transition_probabilities(
        numpy.tile(before, times), numpy.tile(after, times), numpy.arange(before.shape[1])
    )


@given(utilities, utilities)
def test_summed_over_what_was_observed_they_give_the_probabilities_of_the_model(
    before: FloatArray,
    after: FloatArray,
) -> None:
    p, q = probabilities(before), probabilities(after)
    moves = all_transitions(p, q)
    assert (moves >= 0).all()
    assert (moves <= 1).all()
    assert moves.sum(axis=1) == pytest.approx(1)
    assert p[0] @ moves == pytest.approx(q[0], abs=1e-9)


@given(utilities)
def test_without_a_change_everyone_stays_exactly(before: FloatArray) -> None:
    p = probabilities(before)
    assert all_transitions(p, p).tolist() == numpy.eye(POINTS).tolist()


def test_two_points_by_hand() -> None:
    # Two points, 0.8 / 0.2 -> 0.5 / 0.5: nobody leaves what gained; of 0.8, 0.3 leave: 3 of 8.
    moves = all_transitions(numpy.array([[0.8, 0.2]]), numpy.array([[0.5, 0.5]]))
    assert moves == pytest.approx(numpy.array([[0.625, 0.375], [0.0, 1.0]]))


def test_they_are_those_of_drawn_tastes_given_the_observed_choice() -> None:
    random = numpy.random.default_rng(11)
    before, after = random.normal(0, 1.5, (1, POINTS)), random.normal(0, 1.5, (1, POINTS))
    moves = all_transitions(probabilities(before), probabilities(after))
    draws = 200_000
    for observed in range(POINTS):
        tastes = drawn_given(before[0], observed, draws, random)
        assert ((before + tastes).argmax(axis=1) == observed).all()
        shares = numpy.bincount((after + tastes).argmax(axis=1), minlength=POINTS) / draws
        error = numpy.sqrt(moves[observed] * (1 - moves[observed]) / draws)
        assert (numpy.abs(shares - moves[observed]) <= 4 * error + 1e-12).all()


def drawn_given(
    utility: FloatArray, observed: int, draws: int, random: numpy.random.Generator
) -> FloatArray:
    """Type I extreme value tastes given that ``observed`` is best (its utility is the maximum).

    The maximum is of the same type, at the logarithm of the sum; the others are cut off below it.
    """
    best = random.gumbel(numpy.log(numpy.exp(utility).sum()), 1.0, (draws, 1))
    even = random.random((draws, utility.size))
    tastes = -numpy.log(numpy.exp(-(best - utility)) - numpy.log(even))
    tastes[:, observed] = best[:, 0] - utility[observed]
    return tastes
