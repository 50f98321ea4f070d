"""Benefit of the doubt, against every corner of its polygon and by hand."""

import itertools

import numpy
import pytest

from donghaeng.index.aggregation import NonPositive, best_weights, common_weights
from donghaeng.index.aggregation.benefit_of_the_doubt import Bounds, benefit_of_the_doubt
from donghaeng.rules.faults import BadInput

NAN = numpy.nan


def best_corner(values: numpy.ndarray, row: int, limits: numpy.ndarray | None = None) -> float:
    """The highest score of a row over all corners of the set of weights: a brute-force oracle.

    The set is {w >= 0, values w <= 1, limits w <= 0}; a linear function is highest at a corner, where as
    many of these hold with equality as there are children.
    """
    rows, children = values.shape
    limits = numpy.zeros((0, children)) if limits is None else limits
    table = numpy.vstack([values, -numpy.eye(children), limits])
    right = numpy.concatenate([numpy.ones(rows), numpy.zeros(children + len(limits))])
    best = 0.0
    for chosen in itertools.combinations(range(len(table)), children):
        square = table[list(chosen)]
        if abs(numpy.linalg.det(square)) > 1e-12:
            corner = numpy.linalg.solve(square, right[list(chosen)])
            if (table @ corner <= right + 1e-9).all():
                best = max(best, float(values[row] @ corner))
    return best


def test_three_units_worked_by_hand() -> None:
    # The best weights of the third are those of the line through the first two: 4w + 1v = 1 = 1w + 4v, so
    # w = v = 1/5, and 2/5 + 2/5 = 0.8
    values = numpy.array([[4.0, 1.0], [1.0, 4.0], [2.0, 2.0]])
    found = best_weights(values)
    assert found.scores == pytest.approx([1.0, 1.0, 0.8], abs=1e-12)
    assert found.weights[2] == pytest.approx([0.2, 0.2], abs=1e-12)
    assert found.shares[2] == pytest.approx([0.5, 0.5], abs=1e-12)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("children", [2, 3])
def test_scores_are_those_of_the_best_corner(seed: int, children: int) -> None:
    values = numpy.random.default_rng(seed).uniform(0.0, 10.0, (6, children))
    expected = [best_corner(values, row) for row in range(6)]
    assert best_weights(values).scores == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_scores_within_bounds_on_shares_are_those_of_the_best_corner(seed: int) -> None:
    values = numpy.random.default_rng(seed).uniform(1.0, 10.0, (5, 3))
    low, high = numpy.array([0.2, 0.1, 0.2]), numpy.array([0.5, 0.6, 0.4])
    found = best_weights(values, bounds=Bounds(lower_share=low, upper_share=high))
    for row in range(5):
        own = numpy.diag(values[row])
        limits = numpy.vstack(
            [numpy.outer(low, values[row]) - own, own - numpy.outer(high, values[row])]
        )
        assert found.scores[row] == pytest.approx(best_corner(values, row, limits), abs=1e-9)
    assert (found.shares >= low - 1e-9).all()
    assert (found.shares <= high + 1e-9).all()


def test_bounds_on_weights_are_kept() -> None:
    values = numpy.array([[4.0, 1.0], [1.0, 4.0], [2.0, 2.0]])
    found = best_weights(values, bounds=Bounds(upper_weight=numpy.array([0.1, 0.15])))
    # 4·0.1 + 0.15; 0.1 + 4·0.15; 2·0.1 + 2·0.15: no peer reaches one, so all take the most they may
    assert found.scores == pytest.approx([0.55, 0.7, 0.5], abs=1e-12)
    found = best_weights(values, bounds=Bounds(lower_weight=numpy.array([0.0, 0.2])))
    # the second child's weight is at least 0.2, and 4v <= 1 - w: (w, v) between (0, 0.2..0.25) and (0.2, 0.2)
    assert found.scores == pytest.approx([1.0, 1.0, 0.8], abs=1e-12)


def test_the_unit_of_a_child_does_not_matter() -> None:
    values = numpy.random.default_rng(5).uniform(1.0, 10.0, (8, 3))
    rescaled = values * numpy.array([1e-6, 1.0, 1e9])
    assert best_weights(rescaled).scores == pytest.approx(best_weights(values).scores, abs=1e-9)


def test_no_peer_exceeds_one_with_the_weights_of_any_row() -> None:
    values = numpy.random.default_rng(6).uniform(0.0, 10.0, (12, 4))
    assert (values @ best_weights(values).weights.T <= 1.0 + 1e-9).all()


def test_a_missing_child_weighs_nothing_in_its_own_row() -> None:
    values = numpy.array([[4.0, NAN], [1.0, 4.0], [NAN, 2.0], [NAN, NAN]])
    found = best_weights(values)
    assert found.scores[:3] == pytest.approx([1.0, 1.0, 0.5], abs=1e-12)
    assert found.weights[0, 1] == found.weights[2, 0] == 0.0
    assert numpy.isnan(found.scores[3])
    assert numpy.isnan(found.shares[3]).all()


def test_equal_rows_are_all_best_and_a_row_of_zeros_scores_zero() -> None:
    values = numpy.array([[2.0, 3.0], [2.0, 3.0], [0.0, 0.0]])
    assert best_weights(values).scores == pytest.approx([1.0, 1.0, 0.0], abs=1e-12)


def test_a_spread_of_zero_holds_every_share_at_its_nominal_weight() -> None:
    values = numpy.random.default_rng(7).uniform(1.0, 10.0, (6, 3))
    nominal = numpy.array([2.0, 1.0, 1.0])
    fixed = benefit_of_the_doubt(values, nominal, share_spread=0.0)
    # w_j = s·n_j / x_j, so the score is one over the highest sum of n_j x_kj / x_j over the peers
    share = nominal / 4.0
    expected = [1.0 / max((share * peer / row).sum() for peer in values) for row in values]
    assert fixed == pytest.approx(expected, abs=1e-9)
    free = benefit_of_the_doubt(values, nominal)
    some = benefit_of_the_doubt(values, nominal, share_spread=0.5)
    assert (fixed <= some + 1e-9).all()
    assert (some <= free + 1e-9).all()


def test_common_weights_never_score_a_row_above_its_own_best() -> None:
    values = numpy.random.default_rng(8).uniform(1.0, 10.0, (10, 3))
    common, own = common_weights(values), best_weights(values)
    assert (common.weights == common.weights[0]).all()
    assert (common.scores <= own.scores + 1e-9).all()
    assert common.scores.max() == pytest.approx(1.0)


def test_a_negative_value_is_refused_with_its_place() -> None:
    with pytest.raises(NonPositive) as fault:
        best_weights(numpy.array([[1.0, 2.0], [3.0, -1.0]]))
    assert (fault.value.row, fault.value.column) == (1, 1)


@pytest.mark.parametrize(
    ("bounds", "message"),
    [
        (Bounds(lower_share=numpy.array([0.6, 0.6])), "sum to 1.2"),
        (Bounds(upper_share=numpy.array([0.4, 0.4])), "sum to 0.8"),
        (Bounds(lower_share=numpy.array([0.5])), "lower_share"),
        (Bounds(upper_weight=numpy.array([-1.0, 1.0])), "upper_weight"),
        (
            Bounds(lower_share=numpy.array([0.5, 0.0]), upper_share=numpy.array([0.4, 1.0])),
            "the lower share of child 0 is above its upper one",
        ),
        (Bounds(lower_weight=numpy.array([1.0, 0.0])), "no weights of row 0 meet the bounds"),
    ],
)
def test_bounds_that_cannot_be_met_are_refused(bounds: Bounds, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        best_weights(numpy.array([[4.0, 1.0], [1.0, 4.0]]), bounds=bounds)


@pytest.mark.parametrize("spread", [-0.1, 1.5, NAN])
def test_a_spread_outside_0_to_1_is_refused(spread: float) -> None:
    with pytest.raises(BadInput, match="share_spread"):
        benefit_of_the_doubt(numpy.ones((2, 2)), numpy.ones(2), share_spread=spread)


def test_nominal_weights_of_zero_leave_nothing_to_spread() -> None:
    with pytest.raises(BadInput, match="sum to zero"):
        benefit_of_the_doubt(numpy.ones((2, 2)), numpy.zeros(2), share_spread=0.1)
