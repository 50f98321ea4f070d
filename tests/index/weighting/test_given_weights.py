"""Weights that are given: equal, scaled, noisy, from a panel's budget, or chosen by the rows."""

import numpy
import pytest

from donghaeng.index.aggregation.benefit_of_the_doubt import Bounds
from donghaeng.index.weighting import (
    benefit_of_the_doubt_weights,
    budget_allocation,
    equal_weights,
    noisy_weights,
    scaled_to_one,
)
from donghaeng.rules.faults import BadInput

NAN = numpy.nan


def test_equal_weights_sum_to_one() -> None:
    assert equal_weights(5).tolist() == [0.2] * 5
    with pytest.raises(BadInput):
        equal_weights(0)


def test_given_weights_are_scaled_set_by_set() -> None:
    sets = numpy.array([[1.0, 3.0], [5.0, 0.0]])
    assert scaled_to_one(sets).tolist() == [[0.25, 0.75], [1.0, 0.0]]


@pytest.mark.parametrize("bad", [[0.0, 0.0], [1.0, -1.0], [1.0, NAN]])
def test_weights_that_are_none_are_refused(bad: list[float]) -> None:
    with pytest.raises(BadInput):
        scaled_to_one(numpy.array(bad))


def test_noise_moves_each_weight_by_up_to_its_factor() -> None:
    weights = numpy.array([2.0, 4.0])
    # u = 0, 1/4, 1: -25 %, -12.5 %, +25 %
    uniform = numpy.array([[0.0, 0.0], [0.25, 0.25], [1.0, 1.0]])
    moved = noisy_weights(weights, uniform, factor=0.25)
    assert moved.tolist() == [[1.5, 3.0], [1.75, 3.5], [2.5, 5.0]]
    by_level = noisy_weights(weights, uniform, factor=numpy.array([0.5, 0.0]))
    assert by_level.tolist() == [[1.0, 4.0], [1.5, 4.0], [3.0, 4.0]]
    with pytest.raises(BadInput, match="noise factor"):
        noisy_weights(weights, uniform, factor=1.5)


def test_a_panel_s_mean_and_its_disagreement() -> None:
    panel = budget_allocation(numpy.array([[50.0, 30.0, 20.0], [10.0, 70.0, 20.0]]))
    assert panel.weights == pytest.approx([0.3, 0.5, 0.2])
    # standard deviation of two: the difference over √2
    assert panel.spread == pytest.approx([0.4 / 2**0.5, 0.4 / 2**0.5, 0.0])
    assert panel.experts[1] == pytest.approx([0.1, 0.7, 0.2])


def test_an_expert_is_drawn_with_the_whole_of_their_set() -> None:
    panel = budget_allocation(numpy.array([[100.0, 0.0], [50.0, 50.0], [0.0, 100.0]]))
    drawn = panel.drawn(numpy.array([0.0, 0.33, 0.34, 0.999, 1.0]))
    assert drawn.tolist() == [[1, 0], [1, 0], [0.5, 0.5], [0, 1], [0, 1]]
    even = panel.drawn((numpy.arange(900) + 0.5) / 900)
    assert even.mean(axis=0) == pytest.approx(panel.weights)


def test_a_single_expert_has_no_spread() -> None:
    assert numpy.isnan(budget_allocation(numpy.array([[60.0, 40.0]])).spread).all()


def test_points_that_do_not_add_up_are_refused_unless_no_budget_was_set() -> None:
    points = numpy.array([[60.0, 40.0], [60.0, 30.0]])
    with pytest.raises(BadInput, match=r"expert 1 gave 90 points .exactly 100"):
        budget_allocation(points)
    assert budget_allocation(points, budget=None).experts[1] == pytest.approx([2 / 3, 1 / 3])
    with pytest.raises(BadInput, match="gave nan"):
        budget_allocation(numpy.array([[NAN, 100.0]]))
    with pytest.raises(BadInput):
        budget_allocation(numpy.array([[150.0, -50.0]]))


def test_each_row_chooses_the_child_in_which_it_is_best() -> None:
    values = numpy.array([[4.0, 1.0], [1.0, 4.0], [NAN, NAN]])
    chosen = benefit_of_the_doubt_weights(values)
    assert chosen.experts.shape == (2, 2)
    assert chosen.weights.sum() == pytest.approx(1.0)
    bounds = Bounds(lower_share=numpy.array([0.5, 0.5]))
    assert benefit_of_the_doubt_weights(values, bounds=bounds).weights == pytest.approx([0.5, 0.5])
    with pytest.raises(BadInput, match="no row has a score"):
        benefit_of_the_doubt_weights(numpy.zeros((2, 2)))
