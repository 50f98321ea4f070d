"""The analytic hierarchy process, against Saaty's own example."""

import numpy
import pytest

from donghaeng.index.weighting import pairwise_weights
from donghaeng.rules.faults import BadInput

NAN = numpy.nan

# Saaty (1990), European Journal of Operational Research 48, 9-26: the criteria for buying a house (size,
# transport, neighbourhood, age, yard, modern facilities, condition, financing).
HOUSE = numpy.array(
    [
        [1, 5, 3, 7, 6, 6, 1 / 3, 1 / 4],
        [NAN, 1, 1 / 3, 5, 3, 3, 1 / 5, 1 / 7],
        [NAN, NAN, 1, 6, 3, 4, 6, 1 / 5],
        [NAN, NAN, NAN, 1, 1 / 3, 1 / 4, 1 / 7, 1 / 8],
        [NAN, NAN, NAN, NAN, 1, 1 / 2, 1 / 5, 1 / 6],
        [NAN, NAN, NAN, NAN, NAN, 1, 1 / 5, 1 / 6],
        [NAN, NAN, NAN, NAN, NAN, NAN, 1, 1 / 2],
        [NAN, NAN, NAN, NAN, NAN, NAN, NAN, 1],
    ]
)


def consistent(weights: list[float]) -> numpy.ndarray:
    return numpy.array(weights)[:, None] / numpy.array(weights)


def test_the_house_of_saaty() -> None:
    found = pairwise_weights(HOUSE, allow_inconsistent=True)
    # as printed: priorities, lambda max 9.669, consistency ratio 0.169
    printed = [0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333]
    assert found.weights.round(3).tolist() == printed
    assert round(found.largest_eigenvalue, 3) == 9.669
    assert round(found.consistency_ratio, 3) == 0.169


def test_judgements_as_inconsistent_as_these_are_refused_unless_allowed() -> None:
    with pytest.raises(BadInput, match=r"consistency ratio of expert 0 is 0\.169 .at most 0\.1"):
        pairwise_weights(HOUSE)
    assert pairwise_weights(HOUSE, largest_ratio=0.2).consistency_ratio > 0.1


def test_consistent_judgements_give_back_their_weights() -> None:
    found = pairwise_weights(consistent([0.5, 0.3, 0.15, 0.05]))
    assert found.weights == pytest.approx([0.5, 0.3, 0.15, 0.05])
    assert found.largest_eigenvalue == pytest.approx(4.0)
    assert found.consistency_ratio == pytest.approx(0.0, abs=1e-12)


def test_a_triangle_worked_by_hand() -> None:
    # a over b 2, b over c 2, a over c 8: for three, the vector is the geometric mean of each row,
    # ∛16, 1, ∛(1/16), and lambda = 1 + q + 1/q with q = ∛(8 / (2·2)) = ∛2
    found = pairwise_weights(numpy.array([[1, 2, 8], [NAN, 1, 2], [NAN, NAN, 1.0]]))
    means = numpy.array([16 ** (1 / 3), 1.0, 16 ** (-1 / 3)])
    assert found.weights == pytest.approx(means / means.sum())
    largest = 1 + 2 ** (1 / 3) + 2 ** (-1 / 3)
    assert found.largest_eigenvalue == pytest.approx(largest)
    assert found.consistency_ratio == pytest.approx((largest - 3) / 2 / 0.58)


def test_two_children_are_always_consistent() -> None:
    found = pairwise_weights(numpy.array([[1.0, 9.0], [NAN, 1.0]]))
    assert found.weights == pytest.approx([0.9, 0.1])
    assert found.consistency_ratio == 0.0


def test_several_experts_meet_in_the_geometric_mean_and_keep_their_own() -> None:
    # 4 and 1/4 of the one, 1 of the other: together √(4·1) = 2
    found = pairwise_weights(numpy.stack([consistent([4.0, 1.0]), consistent([1.0, 1.0])]))
    assert found.weights == pytest.approx([2 / 3, 1 / 3])
    numpy.testing.assert_allclose(found.experts, [[0.8, 0.2], [0.5, 0.5]])
    assert found.spread == pytest.approx([0.3 / 2**0.5] * 2)
    assert found.drawn(numpy.array([0.9])).tolist() == [pytest.approx([0.5, 0.5])]


def test_the_inconsistent_expert_is_named_even_where_the_panel_is_consistent() -> None:
    odd = numpy.array([[1, 2, 1 / 2], [NAN, 1, 2], [NAN, NAN, 1.0]])  # a circle: a > b > c > a
    turned = numpy.array([[1, 1 / 2, 2], [NAN, 1, 1 / 2], [NAN, NAN, 1.0]])
    panel = numpy.stack([consistent([1, 1, 1]), odd, turned])
    with pytest.raises(BadInput, match="expert 1"):
        pairwise_weights(panel)
    allowed = pairwise_weights(panel, allow_inconsistent=True)
    assert allowed.consistency_ratio == pytest.approx(0.0, abs=1e-12)
    assert (allowed.expert_ratios > 0.1).tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("judgements", "message"),
    [
        ([[1.0, 2.0], [2.0, 1.0]], "child 0 over child 1 is 2, and the other way round 2"),
        ([[1.0, -2.0], [NAN, 1.0]], "not above 0"),
        ([[1.0, NAN], [NAN, 1.0]], "not above 0"),
        ([[3.0, 2.0], [0.5, 1.0]], "child 0 over child 0"),
        ([[1.0, 2.0]], "not a square matrix"),
    ],
)
def test_judgements_that_cannot_be_are_refused(judgements: list[list[float]], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        pairwise_weights(numpy.array(judgements))


def test_more_children_than_the_table_of_saaty_are_refused() -> None:
    with pytest.raises(BadInput, match="at most 15"):
        pairwise_weights(numpy.ones((16, 16)))
