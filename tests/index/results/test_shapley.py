"""Parts of a change under any rule of aggregation."""

from __future__ import annotations

from itertools import permutations

import numpy
import pytest

from donghaeng.index.results.contributions import Mean, change_contributions, tree_score
from donghaeng.index.results.shapley import shapley_contributions
from donghaeng.rules.faults import BadInput

NAN = numpy.nan


def mean_less_spread(values: numpy.ndarray) -> numpy.ndarray:
    """The mean of what is known less its variance over its mean: the form of Mazziotta and Pareto."""
    mean = numpy.nanmean(values, axis=-1)
    return numpy.asarray(mean - numpy.nanvar(values, axis=-1) / mean)


def test_the_least_value_is_shared_over_both_orders() -> None:
    # min(1, 2) → min(4, 3). The first before: 1 → 2 → 3, parts 1, 1; the second before: 1 → 1 → 3, parts 2, 0.
    found = shapley_contributions(
        lambda values: values.min(axis=-1), numpy.array([1.0, 2.0]), numpy.array([4.0, 3.0])
    )
    assert found.parts.tolist() == [1.5, 0.5]
    assert found.standard_error is None


def by_orders(
    before: numpy.ndarray, after: numpy.ndarray, orders: list[tuple[int, ...]]
) -> numpy.ndarray:
    """The definition: the mean over orders of what each column changes at its turn."""
    parts = numpy.zeros(before.shape)
    for order in orders:
        state = before.copy()
        for column in order:
            old = mean_less_spread(state)
            state[column] = after[column]
            parts[column] += mean_less_spread(state) - old
    return parts / len(orders)


def test_the_parts_are_the_mean_over_all_orders_also_when_an_indicator_enters_or_leaves() -> None:
    before = numpy.array([10.0, 20.0, NAN, 15.0])
    after = numpy.array([14.0, NAN, 30.0, 15.0])
    found = shapley_contributions(mean_less_spread, before, after)
    expected = by_orders(before, after, list(permutations(range(4))))
    numpy.testing.assert_allclose(found.parts, expected, atol=1e-12)
    assert found.enters.tolist() == [False, False, True, False]
    assert found.leaves.tolist() == [False, True, False, False]
    assert found.parts[3] == 0  # it did not change


def test_areas_keep_their_columns_together() -> None:
    before, after = numpy.array([10.0, 20.0, 30.0, 15.0]), numpy.array([14.0, 29.0, 35.0, 11.0])
    together = [
        order for order in permutations(range(4)) if abs(order.index(0) - order.index(2)) == 1
        and abs(order.index(1) - order.index(3)) == 1
    ]  # fmt: skip
    found = shapley_contributions(mean_less_spread, before, after, areas=["a", "b", "a", "b"])
    numpy.testing.assert_allclose(found.parts, by_orders(before, after, together), atol=1e-12)


def test_for_an_arithmetic_mean_it_is_the_weighted_change() -> None:
    tree = Mean((Mean((0, 1), (1.0, 3.0)), 2), (1.0, 2.0))
    random = numpy.random.default_rng(1)
    before, after = random.uniform(0, 100, (2, 5, 3))
    found = shapley_contributions(lambda values: tree_score(tree, values), before, after)
    closed = change_contributions(tree, before, after)
    numpy.testing.assert_allclose(found.parts, closed.parts, atol=1e-12)


def test_drawn_orders_add_up_exactly_and_say_how_sure_the_split_is() -> None:
    random = numpy.random.default_rng(2)
    before, after = random.uniform(20, 80, (2, 3, 18))
    drawn = shapley_contributions(mean_less_spread, before, after, orders=200, seed=4)
    numpy.testing.assert_allclose(drawn.parts.sum(axis=-1), drawn.change, atol=1e-11)
    assert drawn.standard_error is not None
    assert (drawn.standard_error > 0).all()
    again = shapley_contributions(mean_less_spread, before, after, orders=200, seed=4)
    numpy.testing.assert_array_equal(drawn.parts, again.parts)


def test_drawn_orders_are_within_their_error_of_the_exact_parts() -> None:
    random = numpy.random.default_rng(3)
    before, after = random.uniform(20, 80, (2, 2, 6))
    areas = ["a", "a", "b", "b", "b", "c"]
    exact = shapley_contributions(mean_less_spread, before, after, areas=areas)
    drawn = shapley_contributions(
        mean_less_spread, before, after, areas=areas, orders=2_000, most_mixtures=1
    )
    assert exact.standard_error is None
    assert drawn.standard_error is not None
    assert (numpy.abs(drawn.parts - exact.parts) < 5 * drawn.standard_error + 1e-12).all()


def test_nothing_changed_is_no_part() -> None:
    same = numpy.array([1.0, NAN, 3.0])
    found = shapley_contributions(mean_less_spread, same, same)
    assert found.parts.tolist() == [0.0, 0.0, 0.0]


def test_areas_must_fit_the_columns() -> None:
    with pytest.raises(BadInput, match="1 areas for 2 columns"):
        shapley_contributions(mean_less_spread, numpy.ones(2), numpy.ones(2), areas=["a"])
