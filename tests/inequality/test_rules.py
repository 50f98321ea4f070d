"""Incomes of zero or less, what is refused, and measures by name."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghaeng.inequality import (
    BY_NAME,
    DEFINITIONS,
    Bandwidth,
    Design,
    Distribution,
    Incomes,
    Measure,
    MeasureName,
    NonPositive,
    Redistribution,
    atkinson,
    concentration,
    decompose,
    difference,
    duclos_esteban_ray,
    esteban_ray,
    foster_greer_thorbecke,
    generalised_entropy,
    gini,
    mean,
    mean_log_deviation,
    measure,
    median,
    median_gap,
    middle_class_share,
    needs_line,
    poverty_rate,
    quantile,
    ratio,
    relative_line,
    s80_s20,
    sen,
    share_ratio,
    theil,
    watts,
    weighted_mean,
    wolfson,
)
from donghaeng.inequality.radix import order_by_digits
from donghaeng.rules.faults import BadInput

INCOME, WEIGHT = [-2, 0, 4, 6], [1, 2, 3, 4]


# ---- incomes of zero or less ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "rows", "weight", "average"),
    [
        (NonPositive.AS_IS, 0, 0, 3.4),  # (-2 + 12 + 24) / 10
        (NonPositive.SET_TO_ZERO, 1, 1, 3.6),  # 36 / 10
        (NonPositive.LEAVE_OUT, 2, 3, 36 / 7),
    ],
)
def test_a_rule_says_what_it_touched(
    rule: NonPositive, rows: int, weight: float, average: float
) -> None:
    found = mean(Distribution.of(INCOME, WEIGHT, rule))
    assert found.value == pytest.approx(average)
    assert (found.touched_rows, found.touched_weight) == (rows, weight)
    assert found.treatments[0].rule is rule


def test_refusing_names_the_rows_and_their_weight() -> None:
    with pytest.raises(BadInput, match=r"2 rows \(weight 3\) have an income of zero or less"):
        Distribution.of(INCOME, WEIGHT, NonPositive.REFUSE)
    assert Distribution.of([1, 2], nonpositive=NonPositive.REFUSE).treatment.rows == 0


def test_a_rule_can_follow_without_sorting_again() -> None:
    as_is = Distribution.of(INCOME, WEIGHT)
    assert (
        theil(as_is.under(NonPositive.SET_TO_ZERO)).value
        == theil(Distribution.of([0, 0, 4, 6], WEIGHT)).value
    )
    left = as_is.under(NonPositive.LEAVE_OUT)
    assert (
        mean_log_deviation(left).value == mean_log_deviation(Distribution.of([4, 6], [3, 4])).value
    )
    assert gini(left).influence[:2].tolist() == [0, 0]
    with pytest.raises(BadInput, match="another rule has already changed 2 rows"):
        left.under(NonPositive.SET_TO_ZERO)


@pytest.mark.parametrize("name", BY_NAME)
def test_every_rule_that_a_measure_allows_works_and_no_income_is_clipped_in_silence(
    name: str,
) -> None:
    as_is = Distribution.of([-2, 0, 4, 6, 9, 12, 15], [1, 1, 6, 4, 4, 4, 2])
    needed = DEFINITIONS[MeasureName(name)].incomes
    allowed = {NonPositive.SET_TO_ZERO, NonPositive.LEAVE_OUT} & set(needed.rules)
    parameter = {"generalised_entropy": 0.0, "atkinson": 1.0}.get(name)
    for rule in allowed:
        found = measure(name, as_is.under(rule), line=6.0, parameter=parameter)
        assert math.isfinite(found.value)
        assert found.touched_rows == (2 if rule is NonPositive.LEAVE_OUT else 1)
    if needed is not Incomes.ANY:
        with pytest.raises(BadInput, match=r"rows \(weight .*choose a rule for them"):
            measure(name, as_is, line=6.0, parameter=parameter)


def test_entropy_above_zero_takes_incomes_of_zero() -> None:
    # One of two has everything: ln 2.
    assert theil(Distribution.of([0, 2])).value == pytest.approx(math.log(2))
    assert atkinson(Distribution.of([0, 2]), 0.5).value == pytest.approx(0.5)


def test_a_difference_keeps_both_treatments() -> None:
    before, after = (
        gini(Distribution.of(y, nonpositive=NonPositive.SET_TO_ZERO))
        for y in ([-1, 2, 3], [1, 2, 3])
    )
    found = difference(after, before)
    assert [each.rows for each in found.treatments] == [0, 1]


# ---- what is refused --------------------------------------------------------------------------------

FOUR = Distribution.of([1, 2, 3, 6])
EQUAL = Distribution.of([5, 5, 5])
BELOW = Distribution.of([-3, 1, 1])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: Distribution.of([1, math.nan]), "1 of 2 rows have no finite figure"),
        (lambda: Distribution.of([1, math.inf]), "1 of 2 rows have no finite figure"),
        (lambda: Distribution.of([]), "one figure a row is needed"),
        (lambda: Distribution.of(["a"]), "these are not numbers"),  # type: ignore[list-item]
        (lambda: Distribution.of([1, 2], [1]), "1 weights for 2 rows"),
        (lambda: Distribution.of([1, 2], [1, -1]), "1 weights are missing, infinite or negative"),
        (lambda: Distribution.of([1, 2], [1, math.nan]), "1 weights are missing"),
        (lambda: Distribution.of([1, 2], [0, 0]), "all weights are zero"),
        (
            lambda: Distribution.of([-1, 0], nonpositive=NonPositive.LEAVE_OUT),
            "nobody would be left",
        ),
        (lambda: gini(BELOW), "the mean income is -0.333333, not above zero"),
        (lambda: quantile(FOUR, 1), "a share lies between 0 and 1, not at 1"),
        (lambda: share_ratio(FOUR, 0.2, 0), "a share lies between 0 and 1"),
        (
            lambda: s80_s20(Distribution.of([0, 0, 0, 0, 1, 2, 3])),
            "the poorest 0.2 have no income together",
        ),
        (lambda: s80_s20(EQUAL), "nobody is above the quantile at 0.8"),
        (
            lambda: measure("d9_d1", Distribution.of([0, 0, 1])),
            "the quantile at 0.1 is 0, not above",
        ),
        (lambda: wolfson(Distribution.of([0, 0, 1])), "the median income is 0, not above zero"),
        (lambda: poverty_rate(FOUR, 0.0), "the poverty line is 0, not above zero"),
        (lambda: relative_line(FOUR, 0), "a share of the median is above zero"),
        (lambda: foster_greer_thorbecke(FOUR, 2.0, -1), "alpha is zero or more, not -1"),
        (lambda: median_gap(FOUR, 0.5), "nobody is below the line"),
        (lambda: atkinson(FOUR, 0), "an aversion is above zero, not 0"),
        (lambda: esteban_ray(FOUR, 2), "alpha is above 0 and at most 1.6, not 2"),
        (lambda: duclos_esteban_ray(FOUR, 0.1), r"alpha lies in \[0.25, 1\], not at 0.1"),
        (lambda: duclos_esteban_ray(EQUAL), "all incomes are equal"),
        (lambda: duclos_esteban_ray(FOUR, bandwidth=0.0), "the bandwidth is 0, not above zero"),
        (lambda: middle_class_share(FOUR, (1.5, 0.5)), "the lower one first"),
        (lambda: median(EQUAL).influence, "all incomes are equal"),
        (lambda: concentration([1, 2], FOUR), "2 amounts for 4 rows"),
        (lambda: concentration([1, -1, 0, 0], FOUR), "the amounts sum to zero"),
        (lambda: decompose(FOUR, ["a"], 0), "one code a row is needed"),
        (lambda: decompose(Distribution.of([0, 1]), ["a", "b"], 2), "a group has no income at all"),
        (lambda: Redistribution.of([1], [1], nonpositive=NonPositive.LEAVE_OUT), "other rows"),
        (lambda: measure("ginni", FOUR), "did you mean 'gini'"),
        (lambda: measure("sen", FOUR), "needs a poverty line"),
        (lambda: measure("gini", FOUR, parameter=2), "no parameter, 2 was given"),
        (lambda: ratio(gini(FOUR), gini(EQUAL)), "the baseline is zero"),
        (lambda: difference(gini(FOUR), gini(EQUAL)), "not one sample"),
        (lambda: gini(FOUR).standard_error(Design([1, 1, 1, 2])), "another weight here than there"),
        (lambda: gini(FOUR).interval(Design(np.ones(4)), 95), "a level lies between 0 and 1"),
        (lambda: Design([1]), "two clusters at least"),
        (lambda: Design([1, 1], cluster=[1]), "one code a row is needed"),
        (lambda: Design([1, 1], cluster=[1, math.nan]), "a code is missing"),
        (
            lambda: gini(FOUR).standard_error(Design(np.ones(4), [1, 2, 2, 2], [5, 5, 6, 6])),
            "1 clusters lie in two strata",
        ),
    ],
)
def test_what_cannot_be_answered_is_refused_in_one_line(
    wrong: Callable[[], object], message: str
) -> None:
    with pytest.raises(BadInput, match=message) as fault:
        wrong()
    assert "\n" not in str(fault.value)


# ---- by name ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BY_NAME)
def test_a_measure_says_what_it_is(name: str) -> None:
    people = Distribution.of([1, 2, 3, 4, 6, 20])
    found: Measure = measure(name, people, line=relative_line(people, 0.8))
    assert found.name == name
    assert found.label
    assert found.citation
    assert found.influence.shape == (6,)
    assert needs_line(name) == (name in {"poverty_rate", "poverty_gap", "poverty_severity"} | {
        "median_gap", "sen", "sen_shorrocks_thon", "watts"})  # fmt: skip


def test_every_name_has_its_definition_and_no_two_share_a_label() -> None:
    assert set(DEFINITIONS) == set(MeasureName)
    assert len({each.label for each in DEFINITIONS.values()}) == len(DEFINITIONS)


def test_a_parameter_is_the_usual_one_unless_given() -> None:
    assert measure("generalised_entropy", FOUR).value == generalised_entropy(FOUR, 2).value
    assert measure("atkinson", FOUR, parameter=1).value == atkinson(FOUR, 1).value


def test_where_nobody_is_poor_there_is_no_poverty() -> None:
    for each in (sen, poverty_rate, watts):
        found = each(FOUR, 0.5)
        assert found.value == 0
        assert not found.influence.any()


def test_skewed_incomes_may_have_the_other_bandwidth() -> None:
    skewed = Distribution.of(np.exp(2 * np.linspace(-2, 2, 500)))
    near, other = (duclos_esteban_ray(skewed, bandwidth=each) for each in Bandwidth)
    assert near.value != other.value


def test_a_mean_of_flags_is_a_share() -> None:
    assert weighted_mean([True, False], [3, 1]).value == 0.75


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_sorting_by_digits_is_sorting(values: list[float]) -> None:
    given_ = np.array(values)
    order = np.empty(len(given_), dtype=np.int64)
    order_by_digits(given_, order)
    assert sorted(order.tolist()) == list(range(len(given_)))
    assert (np.sort(given_) == given_[order]).all()
