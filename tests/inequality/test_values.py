"""Every value against exact fractions from the definitions, and against closed forms."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from donghaeng.inequality import (
    FIFTY_TO_150,
    Distribution,
    PairScale,
    Quantile,
    Shares,
    WolfsonScale,
    atkinson,
    concentration,
    duclos_esteban_ray,
    esteban_ray,
    foster_greer_thorbecke,
    generalised_entropy,
    gini,
    mean_log_deviation,
    median,
    median_gap,
    middle_class_income,
    middle_class_share,
    palma,
    percentile_ratio,
    quantile,
    s80_s20,
    sen,
    sen_shorrocks_thon,
    share_ratio,
    theil,
    watts,
    wolfson,
)
from donghaeng.rules.faults import BadInput
from tests.inequality.people import columns, earners, people
from tests.oracle import distribution as oracle

CLOSE = {"rel": 1e-11, "abs": 1e-12}
Rows = list[tuple[float, float]]


def both(rows: Rows) -> tuple[Distribution, list[tuple[Fraction, Fraction]]]:
    return Distribution.of(*columns(rows)), oracle.population(*columns(rows))


# ---- against the definitions ------------------------------------------------------------------------


@given(people)
def test_the_gini_coefficient_is_the_mean_difference_by_twice_the_mean(rows: Rows) -> None:
    ours, exact = both(rows)
    assert gini(ours).value == pytest.approx(float(oracle.gini(exact)), **CLOSE)


@given(people, st.data())
def test_concentration_follows_the_definition_with_ties_at_the_middle_rank(
    rows: Rows, data: st.DataObject
) -> None:
    ours, exact = both(rows)
    amounts = data.draw(st.lists(st.integers(1, 50), min_size=len(rows), max_size=len(rows)))
    expected = oracle.concentration(exact, [Fraction(a) for a in amounts])
    assert concentration(amounts, ours).value == pytest.approx(float(expected), **CLOSE)


@given(people)
def test_concentration_of_income_by_itself_is_the_gini_coefficient(rows: Rows) -> None:
    income, weight = columns(rows)
    ours = Distribution.of(income, weight)
    assert concentration(income, ours).value == pytest.approx(gini(ours).value, **CLOSE)


@given(people, st.integers(1, 19))
def test_a_quantile_is_the_lowest_income_that_a_share_reaches(rows: Rows, twentieths: int) -> None:
    ours, exact = both(rows)
    expected = oracle.quantile(exact, Fraction(twentieths, 20))
    assert quantile(ours, twentieths / 20).value == pytest.approx(float(expected), **CLOSE)


@given(earners)
def test_share_ratios_follow_both_conventions(rows: Rows) -> None:
    ours, exact = both(rows)
    fifth, tenth = Fraction(1, 5), Fraction(1, 10)
    whole = oracle.whole_share_ratio(exact, fifth, fifth)
    if whole:  # somebody is above the border
        assert s80_s20(ours).value == pytest.approx(float(whole), **CLOSE)
    curve = (1 - oracle.lorenz(exact, 4 * fifth)) / oracle.lorenz(exact, fifth)
    assert s80_s20(ours, Shares.INTERPOLATED).value == pytest.approx(float(curve), **CLOSE)
    curve = (1 - oracle.lorenz(exact, 9 * tenth)) / oracle.lorenz(exact, 2 * fifth)
    assert palma(ours).value == pytest.approx(float(curve), **CLOSE)


@given(earners)
def test_wolfson_follows_the_definition_and_half_of_it_is_the_other_scale(rows: Rows) -> None:
    ours, exact = both(rows)
    found = wolfson(ours).value
    assert found == pytest.approx(float(oracle.wolfson(exact)), rel=1e-10, abs=1e-11)
    assert wolfson(ours, WolfsonScale.HALF).value == pytest.approx(found / 2)


@given(people, st.integers(1, 60))
def test_poverty_follows_the_definitions(rows: Rows, line: int) -> None:
    ours, exact = both(rows)
    for alpha in (0, 1, 2):
        expected = oracle.foster_greer_thorbecke(exact, Fraction(line), alpha)
        found = foster_greer_thorbecke(ours, float(line), alpha).value
        assert found == pytest.approx(float(expected), **CLOSE)
    assert sen(ours, float(line)).value == pytest.approx(float(oracle.sen(exact, Fraction(line))))
    expected = oracle.sen_shorrocks_thon(exact, Fraction(line))
    assert sen_shorrocks_thon(ours, float(line)).value == pytest.approx(float(expected))
    if ours.income[0] < line:
        expected = oracle.median_gap(exact, Fraction(line))
        assert median_gap(ours, float(line)).value == pytest.approx(float(expected), **CLOSE)


@given(earners, st.sampled_from([-1, 0, 0.5, 1, 2, 3]))
def test_generalised_entropy_follows_the_definition(rows: Rows, alpha: float) -> None:
    ours, exact = both(rows)
    expected = oracle.generalised_entropy(exact, alpha)
    assert generalised_entropy(ours, alpha).value == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(earners, st.sampled_from([0.5, 1.0, 1.6]))
def test_esteban_ray_is_the_double_sum_over_equal_incomes(rows: Rows, alpha: float) -> None:
    ours, exact = both(rows)
    expected = oracle.esteban_ray(exact, alpha)
    assert esteban_ray(ours, alpha).value == pytest.approx(expected, rel=1e-10)


@given(earners, st.sampled_from([0.25, 0.5, 1.0]), st.sampled_from([0.02, 0.3, 2.0]))
def test_duclos_esteban_ray_is_the_double_sum_to_one_in_a_thousand(
    rows: Rows, alpha: float, bandwidth: float
) -> None:
    ours, exact = both(rows)
    expected = oracle.duclos_esteban_ray(exact, alpha, bandwidth)
    found = duclos_esteban_ray(ours, alpha, bandwidth=bandwidth).value
    assert found == pytest.approx(expected, rel=1e-3)


# ---- closed forms -----------------------------------------------------------------------------------


def evenly(law: object, count: int = 400_000) -> Distribution:
    """A continuous law by the middles of ``count`` equal shares of people."""
    return Distribution.of(law.ppf((np.arange(count) + 0.5) / count))  # type: ignore[attr-defined]


def test_a_uniform_distribution_from_zero() -> None:
    uniform = evenly(stats.uniform())
    assert gini(uniform).value == pytest.approx(1 / 3, abs=1e-6)
    assert wolfson(uniform).value == pytest.approx(1 / 3, abs=1e-5)
    assert s80_s20(uniform).value == pytest.approx(0.36 / 0.04, rel=1e-4)
    assert palma(uniform).value == pytest.approx(0.19 / 0.16, rel=1e-4)
    # From half to one and a half of the median 1/2 are the incomes from 1/4 to 3/4.
    assert middle_class_share(uniform, FIFTY_TO_150).value == pytest.approx(0.5, abs=1e-5)
    assert middle_class_income(uniform).value == pytest.approx(0.5, abs=1e-5)
    # f = 1/2 on [0, 2] in means: the integral of f^(1+a) f |x - y| is 2^-(2+a) × 2³/3; the ends are blurred.
    for alpha in (0.25, 0.5, 1.0):
        expected = 2 ** -(2 + alpha) * 8 / 3
        assert duclos_esteban_ray(uniform, alpha).value == pytest.approx(expected, rel=5e-3)


def test_a_log_normal_distribution() -> None:
    spread = 0.7
    lognormal = evenly(stats.lognorm(spread))
    assert gini(lognormal).value == pytest.approx(math.erf(spread / 2), rel=1e-4)
    assert mean_log_deviation(lognormal).value == pytest.approx(spread**2 / 2, rel=1e-3)
    assert theil(lognormal).value == pytest.approx(spread**2 / 2, rel=1e-3)
    assert atkinson(lognormal, 1).value == pytest.approx(1 - math.exp(-(spread**2) / 2), rel=1e-3)
    tenth = math.exp(2 * spread * stats.norm.ppf(0.9))
    assert percentile_ratio(lognormal, 0.9, 0.1).value == pytest.approx(tenth, rel=1e-4)


def test_a_pareto_distribution() -> None:
    alpha = 3.0
    pareto = evenly(stats.pareto(alpha))
    assert gini(pareto).value == pytest.approx(1 / (2 * alpha - 1), rel=1e-3)
    # L(p) = 1 - (1 - p)^(1 - 1/alpha)
    ratio = 0.2 ** (1 - 1 / alpha) / (1 - 0.8 ** (1 - 1 / alpha))
    assert s80_s20(pareto, Shares.INTERPOLATED).value == pytest.approx(ratio, rel=1e-3)
    # Below the line z a Pareto from 1: the mean of ln(z/y) [y < z] is ln z - (1 - z^-alpha)/alpha.
    line = 1.5
    expected = math.log(line) - (1 - line**-alpha) / alpha
    assert watts(pareto, line).value == pytest.approx(expected, rel=1e-4)


def test_two_halves_of_whom_one_has_nothing_are_wholly_polarised() -> None:
    halves = Distribution.of([0, 0, 5, 5])
    assert wolfson(halves).value == 1
    assert wolfson(halves, WolfsonScale.HALF).value == 0.5


@pytest.mark.parametrize("alpha", [0.3, 1.0, 1.3, 1.6])
def test_two_equal_masses_have_the_polarisation_of_esteban_and_ray(alpha: float) -> None:
    # K 2^-(1 + alpha) d / mean, here K = 5, d = 6, mean = 4
    found = esteban_ray(Distribution.of([1, 7], [3, 3]), alpha, constant=5.0)
    assert found.value == pytest.approx(5 * 2 ** -(1 + alpha) * 6 / 4)


def test_pairs_counted_once_are_half_and_near_the_gini_coefficient_without_identification() -> None:
    lognormal = evenly(stats.lognorm(0.5), 20_000)
    twice = duclos_esteban_ray(lognormal, 0.25)
    once = duclos_esteban_ray(lognormal, 0.25, PairScale.UNORDERED)
    assert once.value == pytest.approx(twice.value / 2)
    assert (twice.convention, once.convention) == (PairScale.ORDERED, PairScale.UNORDERED)


# ---- by hand ----------------------------------------------------------------------------------------


def test_conventions_differ_where_a_share_is_met_exactly() -> None:
    # Weights 1, 2, 1: half of four people is reached within the 20s.
    uneven = Distribution.of([10, 20, 40], [1, 2, 1])
    assert [median(uneven, each).value for each in Quantile] == [20, 20, 15]
    # A quarter is met exactly at 10; the interpolated one is met there too.
    assert [quantile(uneven, 0.25, each).value for each in Quantile] == [10, 15, 10]


def test_whole_persons_and_the_lorenz_curve_share_out_the_person_at_the_border_differently() -> (
    None
):
    # Five with 1, 2, 3, 4, 10 and weights 1, 1, 1, 1, 2: a fifth is 1.2 people.
    some = Distribution.of([1, 2, 3, 4, 10], [1, 1, 1, 1, 2])
    # Curve: bottom 1 + 0.2 × 2 = 1.4; top 1.2 × 10 = 12.
    assert s80_s20(some, Shares.INTERPOLATED).value == pytest.approx(12 / 1.4)
    # Whole: the quantile at 0.8 is 10, and nobody is above.
    with pytest.raises(BadInput, match="nobody is above the quantile"):
        s80_s20(some, Shares.EUROSTAT)
    # Half of them is met at 3: above are 4 and 20, up to there 1 + 2 + 3.
    assert share_ratio(some, 0.5, 0.5).value == 24 / 6
