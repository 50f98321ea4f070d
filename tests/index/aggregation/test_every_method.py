"""What holds for every rule of aggregation, whatever its formula."""

import numpy
import pytest

from donghaeng.index.aggregation import METHODS, Aggregator, NonPositive, available_share
from donghaeng.index.aggregation.availability import where_enough_available
from donghaeng.index.aggregation.means import arithmetic
from donghaeng.index.aggregation.methods import (
    AdjustedMazziottaPareto,
    Arithmetic,
    BenefitOfTheDoubt,
    Copeland,
    Generalised,
    Geometric,
    Harmonic,
    MazziottaPareto,
    MeanMin,
    Median,
    OrderedWeighted,
    UserFunction,
)
from donghaeng.rules.faults import BadInput

NAN = numpy.nan

METHODS_TRIED = [
    Arithmetic(),
    Geometric(),
    Harmonic(),
    Generalised(-2.0),
    Generalised(0.0),
    Generalised(2.5),
    OrderedWeighted((4.0, 3.0, 2.0, 1.0)),
    Median(),
    MeanMin(alpha=0.5, beta=1.0),
    MazziottaPareto(),
    MazziottaPareto(standardise=True),
    AdjustedMazziottaPareto(),
    Copeland(),
    BenefitOfTheDoubt(),
    BenefitOfTheDoubt(share_spread=0.5),
    UserFunction(arithmetic),
]


def named(method: Aggregator) -> str:
    """The same name in every process: without the place of a function in memory."""
    return repr(method).partition(" at 0x")[0]


every_method = pytest.mark.parametrize("method", METHODS_TRIED, ids=named)

# The score of a row by these rules depends on the row alone.
ROW_BY_ROW = [
    m
    for m in METHODS_TRIED
    if not isinstance(m, AdjustedMazziottaPareto | Copeland | BenefitOfTheDoubt)
    and m != MazziottaPareto(standardise=True)
]


def table(rows: int = 7, children: int = 4, *, missing: float = 0.0) -> numpy.ndarray:
    random = numpy.random.default_rng(20)
    values = random.uniform(1.0, 100.0, (rows, children))
    values[random.uniform(size=values.shape) < missing] = NAN
    return values


@every_method
@pytest.mark.parametrize("missing", [0.0, 0.2])
def test_a_batch_of_draws_of_weights_is_each_draw_by_itself(
    method: Aggregator, missing: float
) -> None:
    values = table(missing=missing)
    weights = numpy.random.default_rng(1).uniform(0.1, 1.0, (3, 4))
    together = numpy.broadcast_to(method(values, weights), (3, 7))
    one_by_one = numpy.stack([method(values, draw) for draw in weights])
    numpy.testing.assert_allclose(together, one_by_one, rtol=1e-12)


@every_method
def test_a_batch_of_draws_of_values_is_each_draw_by_itself(method: Aggregator) -> None:
    values = numpy.stack([table(missing=0.2), table()[::-1], table() + 1.0])
    weights = numpy.array([1.0, 2.0, 3.0, 1.0])
    one_by_one = numpy.stack([method(draw, weights) for draw in values])
    numpy.testing.assert_allclose(method(values, weights), one_by_one, rtol=1e-12)
    many = numpy.random.default_rng(1).uniform(0.1, 1.0, (3, 4))
    one_by_one = numpy.stack([method(*draw) for draw in zip(values, many, strict=True)])
    numpy.testing.assert_allclose(method(values, many), one_by_one, rtol=1e-12)


@every_method
def test_two_leading_axes_meet(method: Aggregator) -> None:
    values = numpy.stack([table(), table() + 2.0])[:, None]
    weights = numpy.random.default_rng(1).uniform(0.1, 1.0, (3, 4))
    together = numpy.broadcast_to(method(values, weights), (2, 3, 7))
    for a in range(2):
        for b in range(3):
            numpy.testing.assert_allclose(
                together[a, b], method(values[a, 0], weights[b]), rtol=1e-12
            )


@every_method
def test_a_row_without_any_child_is_missing_and_only_that_row(method: Aggregator) -> None:
    values = table()
    values[2] = NAN
    assert numpy.isnan(method(values, numpy.ones(4))).tolist() == [n == 2 for n in range(7)]


@every_method
def test_one_missing_child_does_not_make_the_score_missing(method: Aggregator) -> None:
    values = table()
    values[3, 1] = NAN
    assert not numpy.isnan(method(values, numpy.ones(4))).any()


@every_method
def test_a_rule_changes_neither_values_nor_weights(method: Aggregator) -> None:
    values, weights = table(missing=0.2), numpy.array([1.0, 2.0, 3.0, 4.0])
    before, weights_before = values.copy(), weights.copy()
    method(values, weights)
    numpy.testing.assert_array_equal(values, before)
    numpy.testing.assert_array_equal(weights, weights_before)


@every_method
def test_only_the_ratios_of_the_weights_matter(method: Aggregator) -> None:
    values, weights = table(missing=0.2), numpy.array([1.0, 2.0, 3.0, 4.0])
    numpy.testing.assert_allclose(
        method(values, weights), method(values, weights * 0.01), rtol=1e-12
    )


@every_method
def test_equal_rows_have_equal_scores(method: Aggregator) -> None:
    values = table()
    values[5] = values[1]
    scores = method(values, numpy.array([0.1, 0.2, 0.3, 0.4]))
    assert scores[5] == pytest.approx(scores[1], abs=1e-12)


@every_method
@pytest.mark.parametrize("bad", [-1.0, NAN, numpy.inf])
def test_a_weight_that_is_no_weight_is_refused(method: Aggregator, bad: float) -> None:
    with pytest.raises(BadInput, match="the weight of child 2 is"):
        method(table(), numpy.array([1.0, 1.0, bad, 1.0]))


@pytest.mark.parametrize("method", ROW_BY_ROW, ids=named)
def test_a_row_of_a_panel_scores_the_same_alone(method: Aggregator) -> None:
    panel = table(rows=12)  # say, 4 districts in 3 years
    weights = numpy.array([1.0, 2.0, 3.0, 4.0])
    alone = numpy.concatenate([method(panel[n : n + 1], weights) for n in range(12)])
    numpy.testing.assert_allclose(method(panel, weights), alone, rtol=1e-12)


@pytest.mark.parametrize(
    "method", [m for m in ROW_BY_ROW if not isinstance(m, Copeland)], ids=named
)
def test_children_that_are_all_alike_make_their_own_value(method: Aggregator) -> None:
    values = numpy.array([[5.0, 5.0, NAN, 5.0]])
    assert method(values, numpy.array([1.0, 2.0, 3.0, 4.0])) == pytest.approx([5.0], abs=1e-12)


def test_where_the_columns_do_not_vary_standardised_scores_are_missing() -> None:
    constant = numpy.full((3, 2), 0.1)
    assert numpy.isnan(MazziottaPareto(standardise=True)(constant, numpy.ones(2))).all()
    assert numpy.isnan(AdjustedMazziottaPareto()(constant, numpy.ones(2))).all()


def test_where_the_columns_do_not_vary_nobody_outranks_and_everybody_is_best() -> None:
    constant = numpy.full((3, 2), 0.1)
    assert Copeland()(constant, numpy.ones(2)).tolist() == [0.0, 0.0, 0.0]
    assert BenefitOfTheDoubt()(constant, numpy.ones(2)).tolist() == pytest.approx([1.0, 1.0, 1.0])


def test_a_file_can_name_every_rule_but_a_users_function() -> None:
    assert set(METHODS.values()) == {type(m) for m in METHODS_TRIED} - {UserFunction}


def test_a_score_is_missing_where_strictly_fewer_children_are_there_than_asked() -> None:
    values = numpy.array([[1.0, NAN, NAN], [1.0, 2.0, NAN], [1.0, 2.0, 3.0]])
    assert available_share(values).tolist() == [1 / 3, 2 / 3, 1.0]
    scores = numpy.array([1.0, 2.0, 3.0])
    kept = where_enough_available(scores, values, least_available=2 / 3)
    numpy.testing.assert_array_equal(kept, [NAN, 2.0, 3.0])  # 2/3 is not below 2/3
    kept = where_enough_available(scores, values, least_available=0.0)
    numpy.testing.assert_array_equal(kept, scores)


@pytest.mark.parametrize("share", [-0.1, 1.1, NAN])
def test_a_share_of_children_outside_0_to_1_is_refused(share: float) -> None:
    with pytest.raises(BadInput, match="least_available"):
        where_enough_available(numpy.ones(1), numpy.ones((1, 2)), least_available=share)


def test_a_fault_of_a_mean_can_be_told_of_a_node() -> None:
    fault = NonPositive("a geometric mean", value=0.0, row=3, column=1, limit="above 0")
    told = fault.inside("housing", ["rent", "rooms"])
    assert (told.row, told.column, told.child, told.group) == (3, 1, "rooms", "housing")
    assert str(told).startswith("housing: a geometric mean needs values above 0: 'rooms' of row 3")
