"""Change, growth and trends over regular and irregular periods."""

from __future__ import annotations

import numpy
import pytest
from scipy import stats

from donghaeng.index.results.trends import (
    change,
    growth_rate,
    linear_trend,
    mann_kendall,
    percent_change,
    theil_sen,
)
from donghaeng.rules.faults import BadInput

NAN = numpy.nan
IRREGULAR = (2010, 2011, 2013, 2014, 2018, 2020, 2021.5)


def series(*values: float) -> numpy.ndarray:
    return numpy.array(values)[:, None]


def test_growth_compounds_over_the_years_between_first_and_last_known_value() -> None:
    # (146.41 / 100)^(1/4) − 1 = 10 %: the missing ends do not count.
    values = series(NAN, 100.0, 300.0, 146.41, NAN)
    assert growth_rate(values, [2015, 2016, 2018, 2020, 2023])[0] == pytest.approx(0.1, rel=1e-12)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (series(0.0, 5.0, 0.0), 0.0),  # equal ends do not grow, even at zero
        (series(0.0, 5.0, 2.0), NAN),  # nothing grows from zero at a rate
        (series(-1.0, 5.0, 2.0), NAN),
        (series(NAN, 5.0, NAN), NAN),
        (series(-4.0, NAN, -1.0), 0.25**0.5 - 1),
    ],
)
def test_growth_is_undefined_where_there_is_no_rate(values: numpy.ndarray, expected: float) -> None:
    numpy.testing.assert_allclose(growth_rate(values, [2020, 2021, 2022]), [expected])


def test_change_is_last_less_first() -> None:
    numpy.testing.assert_array_equal(change(series(NAN, 3.0, 9.0, NAN)), [6.0])
    assert numpy.isnan(change(series(NAN, 3.0, NAN))).all()


def test_percent_change_of_two_values_is_simple() -> None:
    # From 50 to 60 in four years: 20 %, that is 5 % a year.
    two = series(50.0, NAN, 60.0)
    assert percent_change(two, [2018, 2020, 2022]).tolist() == [5.0]
    assert percent_change(two, [2018, 2020, 2022], per=4).tolist() == [20.0]


def test_percent_change_of_three_values_is_the_slope_over_the_fitted_first() -> None:
    # 1, 2, 6 in years 0, 1, 4: means 5/3 and 3; slope = Σ(t−5/3)(y−3)/Σ(t−5/3)² =
    # (10/3 + 2/3 + 7)/(25/9 + 4/9 + 49/9) = 11/(78/9) = 99/78 = 33/26; fitted first = 3 − 33/26 · 5/3 = 23/26;
    # 33/23 = 143.478…%
    found = percent_change(series(1.0, 2.0, 6.0), [2000, 2001, 2004])
    assert found[0] == pytest.approx(3300 / 23, rel=1e-10)


def test_what_stays_equal_changes_by_zero_per_cent() -> None:
    assert percent_change(series(0.0, 0.0, 0.0), [1, 2, 3]).tolist() == [0.0]
    assert numpy.isnan(percent_change(series(NAN, 3.0, NAN), [1, 2, 3])).all()
    assert numpy.isnan(percent_change(series(0.0, NAN, 3.0), [1, 2, 3])).all()


def draws() -> numpy.ndarray:
    values = (
        numpy.random.default_rng(7).normal(size=(4, 7, 3)) + 0.2 * numpy.array(IRREGULAR)[:, None]
    )
    values[1, 2, 0] = values[1, 6, 0] = values[2, 0, 1] = NAN
    values[3] = values[3].round(0)  # ties
    return values


def test_trends_are_those_of_scipy_on_irregular_periods_with_gaps_and_ties() -> None:
    values, years = draws(), numpy.array(IRREGULAR)
    line, median, kendall = (
        trend(values, IRREGULAR) for trend in (linear_trend, theil_sen, mann_kendall)
    )
    for at in numpy.ndindex(4, 3):
        draw, column = at
        own = values[draw, :, column]
        x, y = years[~numpy.isnan(own)], own[~numpy.isnan(own)]
        fit = stats.linregress(x, y)
        assert line.slope[at] == pytest.approx(fit.slope, abs=1e-12)
        assert line.intercept[at] == pytest.approx(fit.intercept, abs=1e-9)
        assert line.standard_error[at] == pytest.approx(fit.stderr, abs=1e-12)
        assert line.p_value[at] == pytest.approx(fit.pvalue, abs=1e-12)
        assert line.explained[at] == pytest.approx(fit.rvalue**2, abs=1e-12)
        sen = stats.theilslopes(y, x)
        found = (median.slope[at], median.intercept[at], median.lower[at], median.upper[at])
        numpy.testing.assert_allclose(found, sen, atol=1e-10)
        tau = stats.kendalltau(x, y)
        assert kendall.tau[at] == pytest.approx(tau.statistic, abs=1e-12)
        if kendall.exact[at]:
            assert kendall.p_value[at] == pytest.approx(tau.pvalue, abs=1e-12)


def test_mann_kendall_of_a_rising_series_is_exact() -> None:
    # Of the 5! = 120 orders two are strictly monotonic: p = 2/120.
    found = mann_kendall(series(1.0, 2.0, 4.0, 8.0, 9.0), [1, 2, 3, 4, 5])
    assert (found.score[0], found.exact[0]) == (10, True)
    assert found.p_value[0] == pytest.approx(1 / 60)


def test_mann_kendall_with_ties_is_normal_with_a_correction_for_continuity() -> None:
    # 1, 2, 2, 3, 4: S = 9; variance = (5·4·15 − 2·1·9)/18 = 282/18; z = (9 − 1)/√(282/18) = 2.0211, p = 0.0433.
    found = mann_kendall(series(1.0, 2.0, 2.0, 3.0, 4.0), [1, 2, 3, 4, 5])
    assert (found.score[0], found.exact[0]) == (9, False)
    assert found.variance[0] == pytest.approx(282 / 18)
    assert found.p_value[0] == pytest.approx(2 * stats.norm.sf(8 / (282 / 18) ** 0.5))


def test_a_constant_series_has_no_test_and_a_slope_of_zero() -> None:
    constant = series(5.0, 5.0, 5.0, 5.0)
    assert numpy.isnan(mann_kendall(constant, [1, 2, 3, 4]).p_value[0])
    assert theil_sen(constant, [1, 2, 3, 4]).slope.tolist() == [0.0]
    assert linear_trend(constant, [1, 2, 3, 4]).slope.tolist() == [0.0]


def test_periods_must_rise_and_fit_the_rows() -> None:
    with pytest.raises(BadInput, match="do not rise"):
        linear_trend(series(1.0, 2.0), [2021, 2020])
    with pytest.raises(BadInput, match="3 periods for 2 rows"):
        growth_rate(series(1.0, 2.0), [2020, 2021, 2022])
