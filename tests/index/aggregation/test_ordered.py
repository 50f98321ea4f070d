"""The ordered weighted average and the median."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghaeng.index.aggregation import arithmetic, median, ordered_weighted
from donghaeng.rules.faults import BadInput

NAN = numpy.nan
EQUAL = numpy.ones(4)
YAGER = numpy.array([0.4, 0.3, 0.2, 0.1])


def test_the_example_of_yager() -> None:
    # Yager (1988): 0.4·1 + 0.3·0.7 + 0.2·0.6 + 0.1·0.3 = 0.76
    values = numpy.array([[0.7, 1.0, 0.3, 0.6]])
    assert ordered_weighted(values, EQUAL, order_weights=YAGER) == pytest.approx([0.76], rel=1e-14)


def test_its_corners_are_the_highest_the_lowest_and_the_mean() -> None:
    values = numpy.array([[7.0, 1.0, 3.0, 5.0], [2.0, NAN, 8.0, NAN]])
    best, worst = numpy.array([1.0, 0, 0, 0]), numpy.array([0, 0, 0, 1.0])
    assert ordered_weighted(values, EQUAL, order_weights=best).tolist() == [7.0, 8.0]
    assert ordered_weighted(values, EQUAL, order_weights=worst).tolist() == [1.0, 2.0]
    mean = ordered_weighted(values, EQUAL, order_weights=EQUAL)
    assert mean == pytest.approx([4.0, 5.0], rel=1e-15)


def test_order_weights_spread_over_the_children_that_are_there() -> None:
    # Two of four are there: the better takes the first half of the order weights, 0.4 + 0.3, the other
    # 0.2 + 0.1; 0.7·8 + 0.3·2 = 6.2
    values = numpy.array([[NAN, 2.0, NAN, 8.0]])
    assert ordered_weighted(values, EQUAL, order_weights=YAGER) == pytest.approx([6.2], rel=1e-14)


def test_an_important_child_takes_a_larger_piece_of_the_order_weights() -> None:
    # Order weights (0.75, 0.25) on two children. The better weighs 1/4, so it takes the first quarter of the
    # way, half of the first order weight: 0.375; the other the rest: 0.375·8 + 0.625·4 = 5.5
    values, weights = numpy.array([[8.0, 4.0]]), numpy.array([1.0, 3.0])
    order = numpy.array([0.75, 0.25])
    assert ordered_weighted(values, weights, order_weights=order) == pytest.approx([5.5])


def test_tied_children_may_stand_in_either_order() -> None:
    values, weights = numpy.array([[5.0, 5.0, 1.0]]), numpy.array([1.0, 3.0, 2.0])
    order = numpy.array([0.6, 0.3, 0.1])
    turned = ordered_weighted(values[:, [1, 0, 2]], weights[[1, 0, 2]], order_weights=order)
    assert ordered_weighted(values, weights, order_weights=order) == pytest.approx(turned)


def test_equal_order_weights_make_the_weighted_mean() -> None:
    values = numpy.random.default_rng(0).normal(size=(20, 4))
    values[values > 1.2] = NAN
    weights = numpy.array([0.3, 0.0, 1.2, 4.0])
    numpy.testing.assert_allclose(
        ordered_weighted(values, weights, order_weights=EQUAL), arithmetic(values, weights),
        rtol=1e-12,
    )  # fmt: skip


@pytest.mark.parametrize("order", [[1.0, 2.0], [0.0] * 4, [1.0, 1.0, 1.0, -1.0]])
def test_order_weights_that_do_not_fit_are_refused(order: list[float]) -> None:
    with pytest.raises(BadInput):
        ordered_weighted(numpy.ones((1, 4)), EQUAL, order_weights=numpy.array(order))


def test_the_weighted_median() -> None:
    values = numpy.array([[10.0, 20.0, 30.0]])
    # running weights 0.2, 0.5, 1.0: exactly half lies at or below 20, so the middle of 20 and 30
    assert median(values, numpy.array([2.0, 3.0, 5.0])).tolist() == [25.0]
    assert median(values, numpy.array([2.0, 3.0, 4.0])).tolist() == [20.0]
    assert median(values, numpy.array([0.1, 0.2, 0.3])).tolist() == [25.0]  # 0.1 + 0.2 is half


@given(st.lists(st.one_of(st.floats(-1e6, 1e6), st.just(NAN)), min_size=1, max_size=9))
def test_with_equal_weights_it_is_the_usual_median(row: list[float]) -> None:
    values = numpy.array([row])
    mine = median(values, numpy.full(len(row), 0.1))
    if numpy.isnan(values).all():
        assert numpy.isnan(mine).all()
    else:
        assert mine == pytest.approx(numpy.nanmedian(values, axis=1), rel=1e-12, abs=1e-9)
