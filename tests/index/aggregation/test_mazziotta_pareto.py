"""The Mazziotta-Pareto index, worked by hand from its formulas."""

import math

import numpy
import pytest

from donghaeng.index.aggregation import (
    NonPositive,
    Penalty,
    adjusted_mazziotta_pareto,
    mazziotta_pareto,
)
from donghaeng.index.aggregation.mazziotta_pareto import (
    reference_goalposts,
    rescaled,
    standardised,
)
from donghaeng.rules.faults import BadInput

NAN = numpy.nan
TWO = numpy.ones(2)


def test_three_rows_with_the_same_mean_differ_by_their_balance() -> None:
    # M = 100 in each; S = 0, 10, 20; S·cv = S²/M = 0, 1, 4
    values = numpy.array([[100.0, 100.0], [90.0, 110.0], [80.0, 120.0]])
    assert mazziotta_pareto(values, TWO).tolist() == [100.0, 99.0, 96.0]
    assert mazziotta_pareto(values, TWO, penalty=Penalty.UP).tolist() == [100.0, 101.0, 104.0]


def test_weights_enter_mean_and_standard_deviation() -> None:
    # weights 1/4, 3/4 on 80, 120: M = 110; S² = 900/4 + 3·100/4 = 300; 110 - 300/110
    score = mazziotta_pareto(numpy.array([[80.0, 120.0]]), numpy.array([1.0, 3.0]))
    assert score == pytest.approx([110.0 - 300.0 / 110.0], rel=1e-15)


def test_a_missing_child_is_left_out_of_both() -> None:
    values = numpy.array([[80.0, NAN, 120.0]])
    assert mazziotta_pareto(values, numpy.array([1.0, 9.0, 1.0])).tolist() == [96.0]


def test_standardised_columns_have_mean_100_and_deviation_10() -> None:
    values = numpy.array([[1.0, 5.0], [3.0, NAN], [NAN, 1.0]])
    # column 1: mean 2, S = 1 (divided by n); column 2, pointing down: mean 3, S = 2
    turned = standardised(values, direction=numpy.array([1.0, -1.0]))
    numpy.testing.assert_array_equal(turned, [[90.0, 90.0], [110.0, NAN], [NAN, 110.0]])


def test_the_index_can_standardise_by_itself() -> None:
    values = numpy.array([[1.0, 8.0], [3.0, 2.0]])
    # standardised 90, 110 and 110, 90: 100 - 1 in both
    assert mazziotta_pareto(values, TWO, standardise=True) == pytest.approx([99.0, 99.0])


def test_a_column_without_range_becomes_missing() -> None:
    values = numpy.array([[0.1, 1.0], [0.1, 3.0], [0.1, 5.0]])
    assert numpy.isnan(standardised(values)[:, 0]).all()
    # what is left is the other column: 100 - 10·√1.5, 100, 100 + 10·√1.5
    step = 10.0 * math.sqrt(1.5)
    scores = mazziotta_pareto(values, TWO, standardise=True)
    assert scores == pytest.approx([100.0 - step, 100.0, 100.0 + step])


def test_a_row_whose_mean_is_not_positive_has_no_coefficient_of_variation() -> None:
    with pytest.raises(NonPositive) as fault:
        mazziotta_pareto(numpy.array([[1.0, 2.0], [-3.0, 3.0]]), TWO)
    assert (fault.value.row, fault.value.column) == (1, None)


def test_the_adjusted_index_over_two_years_and_a_reference() -> None:
    # Two units in two years. Both columns: reference 50, range 40, so the goalposts are 30 and 70.
    values = numpy.array([[30.0, 60.0], [50.0, 20.0], [60.0, 50.0], [70.0, 60.0]])
    lower, upper = reference_goalposts(values, numpy.array([50.0, 50.0]))
    assert (lower.tolist(), upper.tolist()) == ([30.0, 30.0], [70.0, 70.0])
    # r = 70 + 60·(x - 30)/40 = 1.5 x + 25
    scaled = [[70.0, 115.0], [100.0, 55.0], [115.0, 100.0], [130.0, 115.0]]
    assert rescaled(values, lower, upper).tolist() == scaled
    # M = 92.5, 77.5, 107.5, 122.5; S = half the distance of the two = 22.5, 22.5, 7.5, 7.5
    expected = [m - s**2 / m for m, s in [(92.5, 22.5), (77.5, 22.5), (107.5, 7.5), (122.5, 7.5)]]
    mine = adjusted_mazziotta_pareto(values, TWO, reference=numpy.array([50.0, 50.0]))
    assert mine == pytest.approx(expected, rel=1e-14)


def test_with_given_goalposts_a_later_year_does_not_change_an_earlier_one() -> None:
    values = numpy.array([[30.0, 60.0], [50.0, 20.0], [90.0, 95.0]])
    posts = {"lower": numpy.zeros(2), "upper": numpy.full(2, 100.0)}
    early = adjusted_mazziotta_pareto(values[:2], TWO, **posts)
    assert adjusted_mazziotta_pareto(values, TWO, **posts)[:2].tolist() == early.tolist()


def test_a_direction_of_minus_one_mirrors_the_scale() -> None:
    values = numpy.array([[0.0], [25.0], [100.0]])
    down = rescaled(values, numpy.zeros(1), numpy.full(1, 100.0), direction=numpy.array([-1.0]))
    assert down.tolist() == [[130.0], [115.0], [70.0]]


def test_goalposts_that_coincide_make_the_column_missing() -> None:
    values = numpy.array([[1.0, 5.0], [2.0, 5.0]])
    assert adjusted_mazziotta_pareto(values, TWO).tolist() == [70.0, 130.0]


def test_one_goalpost_alone_is_refused() -> None:
    with pytest.raises(BadInput, match="one goalpost"):
        adjusted_mazziotta_pareto(numpy.ones((2, 2)), TWO, lower=numpy.zeros(2))
