"""The power means against hand-worked values and SciPy."""

import itertools
import math

import numpy
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from donghaeng.index.aggregation import NonPositive, arithmetic, generalised, geometric, harmonic
from donghaeng.rules.faults import BadInput

NAN = numpy.nan
ONE = numpy.ones(2)

positive_tables = arrays.arrays(
    numpy.float64,
    arrays.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=6),
    elements=st.floats(0.01, 1e4),
)


def weights_for(values: numpy.ndarray) -> numpy.ndarray:
    return numpy.random.default_rng(values.shape[1]).uniform(0.1, 2.0, values.shape[1])


def test_the_weighted_arithmetic_mean() -> None:
    # (1·2 + 3·6) / 4 = 5
    assert arithmetic(numpy.array([[2.0, 6.0]]), numpy.array([1.0, 3.0])).tolist() == [5.0]


def test_the_weights_of_missing_children_go_to_the_others() -> None:
    values = numpy.array([[2.0, NAN, 8.0]])
    # (1·2 + 2·8) / 3 = 6; √..: 2^(1/3)·8^(2/3) = 2^(1/3 + 2) = 4·2^(1/3); 3 / (1/2 + 2/8) = 4
    weights = numpy.array([1.0, 5.0, 2.0])
    assert arithmetic(values, weights) == pytest.approx([6.0], rel=1e-15)
    assert geometric(values, weights) == pytest.approx([4.0 * 2.0 ** (1 / 3)], rel=1e-14)
    assert harmonic(values, weights) == pytest.approx([4.0], rel=1e-15)
    # power 2: √((4 + 2·64) / 3) = √44
    assert generalised(values, weights, power=2) == pytest.approx([math.sqrt(44)], rel=1e-15)


def test_the_four_means_of_1_and_9() -> None:
    values = numpy.array([[1.0, 9.0]])
    assert arithmetic(values, ONE).tolist() == [5.0]
    assert geometric(values, ONE) == pytest.approx([3.0], rel=1e-15)
    assert harmonic(values, ONE) == pytest.approx([1.8], rel=1e-15)  # 2 / (1 + 1/9)
    # power 1/2: ((1 + 3) / 2)² = 4
    assert generalised(values, ONE, power=0.5) == pytest.approx([4.0], rel=1e-15)


def test_children_that_weigh_nothing_make_no_score() -> None:
    values = numpy.array([[3.0, NAN], [NAN, 4.0]])
    numpy.testing.assert_array_equal(arithmetic(values, numpy.array([0.0, 1.0])), [NAN, 4.0])


@given(positive_tables)
def test_means_are_those_of_scipy(values: numpy.ndarray) -> None:
    weights = weights_for(values)
    for mine, theirs in [
        (arithmetic(values, weights), numpy.average(values, axis=-1, weights=weights)),
        (geometric(values, weights), scipy.stats.gmean(values, axis=-1, weights=weights)),
        (harmonic(values, weights), scipy.stats.hmean(values, axis=-1, weights=weights)),
        *(
            (
                generalised(values, weights, power=p),
                scipy.stats.pmean(values, p, axis=-1, weights=weights),
            )
            for p in (-2.0, -1.0, 0.0, 0.5, 1.0, 3.0)
        ),
    ]:
        numpy.testing.assert_allclose(mine, theirs, rtol=1e-9)


@given(positive_tables)
def test_the_higher_the_power_the_higher_the_mean(values: numpy.ndarray) -> None:
    weights = weights_for(values)
    means = [generalised(values, weights, power=p) for p in (-3.0, -1.0, 0.0, 1.0, 2.0)]
    for low, high in itertools.pairwise(means):
        assert (low <= high * (1 + 1e-9)).all()


def test_powers_0_and_1_and_minus_1_are_the_named_means() -> None:
    values, weights = numpy.array([[2.0, 5.0, NAN, 7.0]]), numpy.array([1.0, 2.0, 3.0, 4.0])
    assert generalised(values, weights, power=0) == geometric(values, weights)
    assert generalised(values, weights, power=1) == arithmetic(values, weights)
    assert generalised(values, weights, power=-1) == pytest.approx(harmonic(values, weights))


def test_high_powers_do_not_overflow() -> None:
    values = numpy.array([[1e200, 1e200], [0.0, 0.0]])
    assert generalised(values, ONE, power=9) == pytest.approx([1e200, 0.0], rel=1e-12)


@pytest.mark.parametrize("bad", [0.0, -2.0])
def test_what_is_not_positive_is_refused_with_its_place(bad: float) -> None:
    values = numpy.array([[[1.0, 2.0], [3.0, 4.0]], [[1.0, 2.0], [3.0, bad]]])
    for mean in (
        geometric,
        harmonic,
        lambda v, w: generalised(v, w, power=-0.5),
        lambda v, w: generalised(v, w, power=0),
    ):
        with pytest.raises(NonPositive) as fault:
            mean(values, ONE)
        assert (fault.value.row, fault.value.column, fault.value.value) == (1, 1, bad)


def test_a_positive_power_takes_zero_but_nothing_below() -> None:
    assert generalised(numpy.array([[0.0, 4.0]]), ONE, power=0.5).tolist() == [1.0]
    with pytest.raises(NonPositive, match="of 0 or more"):
        generalised(numpy.array([[-1.0, 4.0]]), ONE, power=2)
    assert generalised(numpy.array([[-1.0, 4.0]]), ONE, power=1).tolist() == [1.5]


@pytest.mark.parametrize("power", [NAN, numpy.inf])
def test_a_power_that_is_no_number_is_refused(power: float) -> None:
    with pytest.raises(BadInput, match="power"):
        generalised(numpy.ones((1, 2)), ONE, power=power)
