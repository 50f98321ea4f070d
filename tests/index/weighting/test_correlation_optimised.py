"""Weights by the correlations they achieve, against closed forms.

With R the correlation matrix and s the standard deviations, the composite of weights a/s correlates with the
children as R a / √(a'R a). All alike means R a = constant, so a = R⁻¹ 1; the highest sum is at a = 1.
"""

import numpy
import pytest

from donghaeng.index.aggregation import arithmetic, geometric
from donghaeng.index.weighting import Objective, correlation_optimised
from donghaeng.rules.faults import BadInput


def table(children: int, seed: int = 3) -> numpy.ndarray:
    random = numpy.random.default_rng(seed)
    shared = random.normal(size=(51, 1))
    return (shared + 0.6 * random.normal(size=(51, children))) * random.uniform(0.5, 5, children)


def correlations(values: numpy.ndarray, weights: numpy.ndarray) -> numpy.ndarray:
    whole = arithmetic(values, weights)
    return numpy.array([numpy.corrcoef(whole, column)[0, 1] for column in values.T])


@pytest.mark.parametrize("children", [2, 3, 5])
def test_equal_correlations_are_reached_exactly_where_they_can_be(children: int) -> None:
    values = table(children)
    exact = numpy.linalg.solve(numpy.corrcoef(values.T), numpy.ones(children)) / values.std(axis=0)
    assert (exact > 0.0).all()
    found = correlation_optimised(values)
    assert found.weights == pytest.approx(exact / exact.sum(), abs=1e-9)
    assert found.correlations == pytest.approx(correlations(values, found.weights), abs=1e-12)
    assert numpy.ptp(found.correlations) < 1e-9
    assert found.converged
    assert found.largest_gap < 1e-9


def test_wished_ratios_of_the_correlations_are_reached() -> None:
    values = table(3)
    importance = numpy.array([1.0, 1.1, 1.05])
    found = correlation_optimised(values, importance=importance)
    assert found.correlations / found.correlations[0] == pytest.approx(importance, abs=1e-8)


def test_the_highest_sum_of_correlations_weighs_by_one_over_the_spread() -> None:
    values = table(4)
    exact = 1.0 / values.std(axis=0)
    found = correlation_optimised(values, objective=Objective.HIGHEST)
    assert found.weights == pytest.approx(exact / exact.sum(), abs=1e-6)
    assert found.target is None
    assert numpy.isnan(found.largest_gap)


def test_what_cannot_be_reached_is_reported_and_the_weights_stay_weights() -> None:
    random = numpy.random.default_rng(1)
    base = random.normal(size=51)
    values = numpy.column_stack([base, base + 0.1 * random.normal(size=51), -base])
    found = correlation_optimised(values)
    assert found.largest_gap > 0.01
    assert (found.weights >= 0.0).all()
    assert found.correlations == pytest.approx(correlations(values, found.weights), abs=1e-9)


def test_the_composite_may_be_another_rule() -> None:
    values = numpy.exp(table(3) / 5.0)
    found = correlation_optimised(values, composite=lambda weights: geometric(values, weights))
    whole = geometric(values, found.weights)
    achieved = [numpy.corrcoef(whole, column)[0, 1] for column in values.T]
    assert found.correlations == pytest.approx(achieved, abs=1e-9)
    assert numpy.ptp(found.correlations) < 1e-6


def test_missing_values_are_left_out_pair_by_pair_and_a_single_child_takes_all() -> None:
    values = table(3)
    values[4, 1] = numpy.nan
    found = correlation_optimised(values)
    whole = arithmetic(values, found.weights)
    both = ~numpy.isnan(values[:, 1])
    expected = numpy.corrcoef(whole[both], values[both, 1])[0, 1]
    assert found.correlations[1] == pytest.approx(expected, abs=1e-12)
    assert correlation_optimised(values[:, :1]).weights.tolist() == [1.0]


def test_the_same_data_give_the_same_weights() -> None:
    first, second = correlation_optimised(table(4)), correlation_optimised(table(4))
    assert first.weights.tolist() == second.weights.tolist()


def test_a_child_that_does_not_vary_and_an_importance_that_is_none_are_refused() -> None:
    constant = table(3)
    constant[:, 1] = 2.0
    with pytest.raises(BadInput, match="child 1 does not vary"):
        correlation_optimised(constant)
    for bad in ([1.0, 1.0], [1.0, 0.0, 1.0], [1.0, numpy.nan, 1.0]):
        with pytest.raises(BadInput, match="importance"):
            correlation_optimised(table(3), importance=numpy.array(bad))
