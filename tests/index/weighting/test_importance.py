"""Main effects of the children on a composite, against what is known of simple functions."""

import numpy
import pytest

from donghaeng.index.weighting import Smoother, linear_importance, nonlinear_importance
from donghaeng.rules.faults import BadInput

NAN = numpy.nan
both_smoothers = pytest.mark.parametrize("smoother", list(Smoother))


def grid(rows: int = 400) -> numpy.ndarray:
    return ((numpy.arange(rows) + 0.5) / rows)[:, None]


def test_linear_importance_is_the_square_of_r() -> None:
    random = numpy.random.default_rng(0)
    values = random.normal(size=(40, 3))
    whole = values @ numpy.array([0.5, 0.3, 0.2])
    expected = [numpy.corrcoef(whole, column)[0, 1] ** 2 for column in values.T]
    assert linear_importance(values, whole) == pytest.approx(expected)
    batch = linear_importance(numpy.stack([values, values**3]), whole)
    assert batch[0] == pytest.approx(expected)


def test_a_batch_of_composites_meets_one_table() -> None:
    random = numpy.random.default_rng(0)
    values, wholes = random.normal(size=(30, 3)), random.normal(size=(4, 30))
    together = linear_importance(values, wholes)
    curved = nonlinear_importance(values, wholes)
    for draw in range(4):
        assert together[draw] == pytest.approx(linear_importance(values, wholes[draw]))
        assert curved[draw] == pytest.approx(nonlinear_importance(values, wholes[draw]))


@both_smoothers
def test_a_straight_line_has_all_of_the_variance(smoother: Smoother) -> None:
    x = grid(60)
    assert nonlinear_importance(x, 3.0 * x[:, 0] - 1.0, smoother=smoother) == pytest.approx(
        [1.0], abs=1e-6
    )


@both_smoothers
def test_a_curve_that_r_does_not_see_is_seen(smoother: Smoother) -> None:
    x = grid()
    curve = (x[:, 0] - 0.5) ** 2
    assert linear_importance(x, curve)[0] == pytest.approx(0.0, abs=1e-9)
    assert nonlinear_importance(x, curve, smoother=smoother)[0] > 0.98


@both_smoothers
def test_a_curve_with_noise_has_its_part_of_the_variance(smoother: Smoother) -> None:
    # V(x²) = 1/5 - 1/9 = 4/45 for x on 0..1; noise with the same variance: eta² = 1/2
    x = grid(1_000)
    noise = numpy.random.default_rng(2).normal(size=1_000) * numpy.sqrt(4 / 45)
    found = nonlinear_importance(x, x[:, 0] ** 2 + noise, smoother=smoother)[0]
    assert found == pytest.approx(0.5, abs=0.05)


@both_smoothers
def test_what_has_nothing_to_do_with_it_has_next_to_none(smoother: Smoother) -> None:
    random = numpy.random.default_rng(3)
    x, y = random.uniform(size=(500, 1)), random.normal(size=500)
    assert nonlinear_importance(x, y, smoother=smoother)[0] < 0.03


def test_two_groups_are_judged_by_their_means() -> None:
    x = numpy.array([[0.0], [0.0], [1.0], [1.0]])
    # group means 2 and 6, all of them 4: V = 4; values 1, 3, 5, 7: V = 5
    assert nonlinear_importance(x, numpy.array([1.0, 3.0, 5.0, 7.0])) == pytest.approx([0.8])


@both_smoothers
def test_ties_and_missing_values_do_no_harm(smoother: Smoother) -> None:
    x = numpy.repeat(numpy.arange(8.0), 5)[:, None]
    y = x[:, 0] * 2.0
    x = numpy.concatenate([x, [[NAN], [3.0]]])
    y = numpy.concatenate([y, [7.0, NAN]])
    assert nonlinear_importance(x, y, smoother=smoother) == pytest.approx([1.0], abs=1e-6)


@both_smoothers
def test_an_outlier_far_away_leaves_the_rest_readable(smoother: Smoother) -> None:
    x = numpy.append(numpy.linspace(0, 1, 60), 50.0)[:, None]
    found = nonlinear_importance(x, numpy.append(numpy.linspace(0, 1, 60), 50.0), smoother=smoother)
    assert found == pytest.approx([1.0], abs=1e-6)


def test_a_column_that_does_not_vary_has_no_importance() -> None:
    x = numpy.column_stack([numpy.ones(9), numpy.arange(9.0)])
    assert numpy.isnan(nonlinear_importance(x, numpy.arange(9.0))).tolist() == [True, False]
    assert numpy.isnan(nonlinear_importance(x, numpy.ones(9))).all()
    assert numpy.isnan(linear_importance(x, numpy.arange(9.0))).tolist() == [True, False]


def test_too_many_rows_for_the_kernel_are_refused_with_the_way_out() -> None:
    x = grid(1_001)
    with pytest.raises(BadInput, match="smoother='spline'"):
        nonlinear_importance(x, x[:, 0])
    assert nonlinear_importance(x, x[:, 0], smoother=Smoother.SPLINE) == pytest.approx([1.0])
