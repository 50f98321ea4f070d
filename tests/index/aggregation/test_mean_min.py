"""The mean-min function of Casadio Tarabusi and Guarini."""

import numpy
import pytest

from donghaeng.index.aggregation import mean_min
from donghaeng.rules.faults import BadInput

NAN = numpy.nan


def test_a_row_worked_by_hand() -> None:
    # mean 8, lowest 4: 8 - 0.5·(√(4² + 3²) - 3) = 8 - 0.5·2 = 7
    assert mean_min(numpy.array([[4.0, 12.0]]), numpy.ones(2), alpha=0.5, beta=3.0).tolist() == [
        7.0
    ]


def test_weights_move_the_mean_and_not_the_lowest() -> None:
    # mean (4 + 3·12) / 4 = 10, lowest 4: 10 - 0.25·(√(36 + 64) - 8) = 9.5
    score = mean_min(numpy.array([[4.0, 12.0]]), numpy.array([1.0, 3.0]), alpha=0.25, beta=8.0)
    assert score.tolist() == [9.5]


def test_without_smoothing_full_penalty_is_the_minimum_and_none_is_the_mean() -> None:
    values = numpy.array([[4.0, 12.0, NAN], [NAN, -3.0, 5.0]])
    assert mean_min(values, numpy.ones(3), alpha=1.0, beta=0.0).tolist() == [4.0, -3.0]
    assert mean_min(values, numpy.ones(3), alpha=0.0, beta=0.0).tolist() == [8.0, 1.0]


def test_a_child_of_weight_zero_is_not_the_lowest() -> None:
    values = numpy.array([[1.0, 4.0, 12.0]])
    weights = numpy.array([0.0, 1.0, 1.0])
    assert mean_min(values, weights, alpha=1.0, beta=0.0).tolist() == [4.0]


@pytest.mark.parametrize(("alpha", "beta"), [(-0.1, 1), (1.1, 1), (0.5, -1), (0.5, NAN), (NAN, 1)])
def test_settings_outside_their_range_are_refused(alpha: float, beta: float) -> None:
    with pytest.raises(BadInput, match="is"):
        mean_min(numpy.ones((1, 2)), numpy.ones(2), alpha=alpha, beta=beta)
