"""Entropy and CRITIC weights."""

import math

import numpy
import pytest

from donghaeng.index.aggregation import NonPositive
from donghaeng.index.weighting import critic_weights, entropy_weights
from donghaeng.index.weighting.correlation import pairwise_correlation
from donghaeng.rules.faults import BadInput

NAN = numpy.nan

# Diakoulaki, Mavrotas and Papayannakis (1995), Computers & Operations Research 22, 763-770: eight firms
# by profitability, market share and productivity.
FIRMS = numpy.array(
    [
        [61, 1.08, 4.33],
        [20.7, 0.26, 4.34],
        [16.3, 1.98, 2.53],
        [9, 3.29, 1.65],
        [5.4, 2.77, 2.33],
        [4, 4.12, 1.21],
        [-6.1, 3.52, 2.10],
        [-34.6, 3.31, 0.98],
    ]
)


def test_critic_weights_of_the_example_of_its_authors() -> None:
    # three decimals as printed; more of them in the tests of scikit-criteria, from the same table
    expected = [0.20222554, 0.48090173, 0.31687273]
    assert critic_weights(FIRMS) == pytest.approx(expected, abs=1e-8)


def test_critic_weights_of_another_published_table() -> None:
    # Tuş and Aytaç Adalı (2019), Opsearch 56, 528-538: five programs by six criteria, none of them turned
    programs = numpy.array(
        [
            [5000, 3, 3, 4, 3, 2],
            [680, 5, 3, 2, 2, 1],
            [2000, 3, 2, 3, 4, 3],
            [600, 4, 3, 1, 2, 2],
            [800, 2, 4, 3, 3, 4],
        ],
        dtype=float,
    )
    found = critic_weights(programs)
    assert found.round(3).tolist() == [0.157, 0.249, 0.168, 0.121, 0.154, 0.151]


def test_a_column_that_points_down_is_turned_before_it_is_compared() -> None:
    # columns 0, 1, 2 and 2, 1, 0: turned, they agree in full with each other and not at all with the third
    values = numpy.array([[0.0, 2.0, 1.0], [1.0, 1.0, 0.0], [2.0, 0.0, 1.0]])
    direction = numpy.array([1.0, -1.0, 1.0])
    # deviations (n - 1): 1/2, 1/2, 1/√3; conflicts: 0 + 1, 0 + 1, 1 + 1
    raw = numpy.array([0.5, 0.5, 2.0 / math.sqrt(3.0)])
    assert critic_weights(values, direction=direction) == pytest.approx(raw / raw.sum())
    # not turned: 2 + 1, 2 + 1, 1 + 1
    raw = numpy.array([1.5, 1.5, 2.0 / math.sqrt(3.0)])
    assert critic_weights(values) == pytest.approx(raw / raw.sum())


def test_a_constant_column_weighs_nothing_for_critic_and_is_no_opponent() -> None:
    with_constant = numpy.column_stack([FIRMS, numpy.full(8, 0.1)])
    found = critic_weights(with_constant)
    assert found[3] == 0.0
    assert found[:3] == pytest.approx(critic_weights(FIRMS))


def test_critic_batches_are_each_table_by_itself() -> None:
    holed = FIRMS.copy()
    holed[2, 1] = holed[5, 0] = NAN
    tables = numpy.stack([FIRMS, holed, FIRMS**2])
    alone = numpy.stack([critic_weights(t) for t in tables])
    numpy.testing.assert_allclose(critic_weights(tables), alone, rtol=1e-12)
    assert alone[1].sum() == pytest.approx(1.0)


def test_correlations_are_those_of_numpy_on_the_rows_that_both_have() -> None:
    random = numpy.random.default_rng(0)
    values = random.normal(1e6, 1.0, (30, 4))
    values[random.uniform(size=values.shape) < 0.2] = NAN
    found = pairwise_correlation(values)
    for i in range(4):
        for j in range(4):
            both = ~numpy.isnan(values[:, i]) & ~numpy.isnan(values[:, j])
            expected = numpy.corrcoef(values[both, i], values[both, j])[0, 1]
            assert found[i, j] == pytest.approx(expected, abs=1e-9)


def test_a_constant_column_has_no_correlation() -> None:
    found = pairwise_correlation(numpy.column_stack([numpy.full(8, 0.1), FIRMS[:, :1]]))
    assert numpy.isnan(found[0]).all()
    assert found[1, 1] == pytest.approx(1.0)


def test_entropy_weights_by_hand() -> None:
    # column 1: shares 1/4, 3/4; column 2: 1/2, 1/2 (tells nothing); column 3: 0, 1 (tells all, d = 1)
    values = numpy.array([[1.0, 5.0, 0.0], [3.0, 5.0, 7.0]])
    first = 1.0 + (0.25 * math.log(0.25) + 0.75 * math.log(0.75)) / math.log(2)
    expected = [first / (1 + first), 0.0, 1 / (1 + first)]
    assert entropy_weights(values) == pytest.approx(expected, rel=1e-12)


def test_entropy_looks_at_the_rows_a_column_has_and_not_at_its_unit() -> None:
    values = numpy.array([[1.0, 2.0], [NAN, 6.0], [3.0, 4.0]])
    first = 1.0 + (0.25 * math.log(0.25) + 0.75 * math.log(0.75)) / math.log(2)
    shares = numpy.array([2.0, 6.0, 4.0]) / 12
    second = 1.0 + (shares * numpy.log(shares)).sum() / math.log(3)
    expected = numpy.array([first, second]) / (first + second)
    assert entropy_weights(values) == pytest.approx(expected)
    assert entropy_weights(values * numpy.array([1e3, 1e-3])) == pytest.approx(expected)
    batch = entropy_weights(numpy.stack([values, values[::-1] ** 2]))
    numpy.testing.assert_allclose(batch[0], expected)
    numpy.testing.assert_allclose(batch[1], entropy_weights(values[::-1] ** 2))


def test_entropy_refuses_negative_values_and_columns_without_a_sum() -> None:
    with pytest.raises(NonPositive) as fault:
        entropy_weights(numpy.array([[1.0, 2.0], [3.0, -1.0]]))
    assert (fault.value.row, fault.value.column) == (1, 1)
    with pytest.raises(BadInput, match="column 1"):
        entropy_weights(numpy.array([[1.0, 0.0], [3.0, 0.0]]))


def test_where_nothing_tells_the_rows_apart_there_are_no_weights() -> None:
    for weights_of in (entropy_weights, critic_weights):
        with pytest.raises(BadInput, match="no column tells the rows apart"):
            weights_of(numpy.full((4, 2), 0.1))
