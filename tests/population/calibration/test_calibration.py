"""Calibrated weights: small cases by hand, an independent minimisation, and what raking keeps."""

import itertools

import numpy
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize
from scipy.special import xlogy

from donghaeng.population.calibration import (
    Bounds,
    Constraints,
    Distance,
    Method,
    Target,
    calibrate_population,
    calibrate_weights,
    rake,
    spread_of,
)
from donghaeng.population.calibration.distances import ratio
from donghaeng.rules.faults import BadInput

from .people import constraints, margins, population

BOUNDS = Bounds(0.4, 2.2)
ALL = [
    (Distance.LINEAR, None),
    (Distance.EXPONENTIAL, None),
    (Distance.LOGIT, BOUNDS),
    (Distance.TRUNCATED_LINEAR, BOUNDS),
]


def test_one_margin_multiplies_the_weights_of_each_category():
    # Post-stratification: 30 and 10 where 10 and 20 are: ratios 3 and 1/2, whatever the distance.
    parts = [[1, 0], [1, 0], [0, 1]]
    for distance in (Distance.LINEAR, Distance.EXPONENTIAL):
        found = calibrate_weights(
            constraints(parts, [30, 10]), numpy.array([4.0, 6.0, 20.0]), distance=distance
        )
        assert found.weights == pytest.approx([12, 18, 10])


def test_the_linear_distance_is_the_regression_estimator_worked_by_hand():
    # d = (1, 1), x = (1, 3), total 5 instead of 4: λ = (5 − 4)/(1 + 9) = 0.1, w = 1 + 0.1·x.
    found = calibrate_weights(constraints([[1], [3]], [5]), numpy.ones(2), distance=Distance.LINEAR)
    assert found.weights == pytest.approx([1.1, 1.3], rel=1e-14)
    # Bounded by 1.2 the second stays there and the first carries the rest: 5 − 3·1.2 = 1.4?
    # That is above 1.2 as well, so 5 is out of reach: 1.2·4 = 4.8 is the most.
    with pytest.raises(BadInput, match=r"m0 cannot be 5; whatever .* figure is 4\.8"):
        calibrate_weights(
            constraints([[1], [3]], [5]),
            numpy.ones(2),
            distance=Distance.TRUNCATED_LINEAR,
            bounds=Bounds(0.5, 1.2),
        )


def test_the_truncated_linear_distance_stops_at_the_bound_and_the_rest_moves_on():
    # x = (1, 3, 1), d = 1, total 6 instead of 5, U = 1.2: x₂ stops at 1.2, then 2(1 + λ) = 6 − 3.6.
    found = calibrate_weights(
        constraints([[1], [3], [1]], [6]),
        numpy.ones(3),
        distance=Distance.TRUNCATED_LINEAR,
        bounds=Bounds(0.5, 1.25),
    )
    assert found.weights == pytest.approx([1.125, 1.25, 1.125])


def distance_between(distance, w, d):
    """The distances as Deville and Särndal write them, from the ratio of weights."""
    r = w / d
    if distance in (Distance.LINEAR, Distance.TRUNCATED_LINEAR):
        return float(d @ (r - 1) ** 2) / 2
    if distance is Distance.EXPONENTIAL:
        return float(d @ (xlogy(r, r) - r + 1))
    low, high = BOUNDS.lower, BOUNDS.upper
    steep = (high - low) / ((1 - low) * (high - 1))
    below = xlogy(r - low, (r - low) / (1 - low))
    above = xlogy(high - r, (high - r) / (high - 1))
    return float(d @ (below + above)) / steep


@pytest.mark.parametrize(("distance", "bounds"), ALL)
def test_the_weights_are_those_of_an_independent_constrained_minimisation(distance, bounds):
    random = numpy.random.default_rng(4)
    d = random.uniform(1, 4, 25)
    parts = numpy.column_stack([numpy.ones(25), random.integers(0, 4, (25, 2))])
    totals = (d * random.uniform(0.6, 1.7, 25)) @ parts
    found = calibrate_weights(
        constraints(parts, totals), d, distance=distance, bounds=bounds
    ).weights
    low, high = (bounds.lower, bounds.upper) if bounds else (1e-9, 50)
    other = optimize.minimize(
        lambda w: distance_between(distance, w, d),
        d,
        method="SLSQP",
        bounds=[(low * each * (1 + 1e-9), high * each * (1 - 1e-9)) for each in d],
        constraints={"type": "eq", "fun": lambda w: w @ parts - totals},
        options={"maxiter": 1000, "ftol": 1e-14},
    )
    assert other.success
    assert found == pytest.approx(other.x, abs=2e-4)
    assert distance_between(distance, found, d) <= other.fun + 1e-9
    assert found @ parts == pytest.approx(totals, rel=1e-9)


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.floats(0.02, 0.3), st.integers(5, 60))
def test_margins_that_some_weights_within_the_bounds_meet_are_met(seed, margin, rows):
    random = numpy.random.default_rng(seed)
    d = random.uniform(1, 9, rows)
    kind = random.integers(0, 3, rows)
    parts = numpy.column_stack([*(kind == k for k in range(3)), random.integers(0, 5, rows)])
    parts = parts[:, parts.sum(axis=0) > 0]
    ratios = random.uniform(BOUNDS.lower + margin, BOUNDS.upper - margin, rows)
    built = constraints(parts, (d * ratios) @ parts)
    for distance in (Distance.LOGIT, Distance.TRUNCATED_LINEAR):
        found = calibrate_weights(built, d, distance=distance, bounds=BOUNDS).weights
        assert built.met(found) == pytest.approx(built.totals, rel=1e-8)
        assert (found / d).min() >= BOUNDS.lower - 1e-12
        assert (found / d).max() <= BOUNDS.upper + 1e-12
    exponential = calibrate_weights(built, d, distance=Distance.EXPONENTIAL).weights
    assert built.met(exponential) == pytest.approx(built.totals, rel=1e-8)


@pytest.mark.parametrize(("distance", "bounds"), ALL)
def test_slope_and_integral_belong_to_the_ratio(distance, bounds):
    u = numpy.array([-3.0, -0.7, -0.2, 0.0, 0.3, 1.1, 4.0])
    step = 1e-6
    at, above, below = (ratio(distance, bounds, u + s) for s in (0, step, -step))
    assert (above.value - below.value) / (2 * step) == pytest.approx(at.slope, abs=1e-6)
    assert (above.integral - below.integral) / (2 * step) == pytest.approx(at.value, abs=1e-6)
    origin = ratio(distance, bounds, numpy.zeros(1))
    assert (origin.value[0], origin.slope[0]) == pytest.approx((1.0, 1.0))
    assert origin.integral[0] == pytest.approx(0.0, abs=1e-15)


def two_margins(table, rows, columns):
    """A contingency table as households, one a cell, with the margins of rows and columns."""
    parts = []
    for row, column in itertools.product(range(len(rows)), range(len(columns))):
        parts.append(
            [*(row == r for r in range(len(rows))), *(column == c for c in range(len(columns)))]
        )
    targets = [Target("rows", (str(r),), t) for r, t in enumerate(rows)]
    targets += [Target("columns", (str(c),), t) for c, t in enumerate(columns)]
    built = constraints(parts, [*rows, *columns])
    return Constraints(built.parts, tuple(targets)), numpy.asarray(table, dtype=float).ravel()


TABLES = st.lists(st.floats(0.1, 10), min_size=6, max_size=6)


@settings(max_examples=50)
@given(TABLES, TABLES)
def test_raking_meets_the_margins_keeps_odds_ratios_and_is_the_exponential_distance(first, second):
    other = numpy.reshape(second, (2, 3))
    built, old = two_margins(first, other.sum(axis=1), other.sum(axis=0))
    raked = rake(built, old).weights
    assert built.met(raked) == pytest.approx(built.totals, rel=1e-8)

    def odds(table):
        t = numpy.reshape(table, (2, 3))
        return t[0, 0] * t[1, 1:] / (t[1, 0] * t[0, 1:])

    assert odds(raked) == pytest.approx(odds(old), rel=1e-6)
    newton = calibrate_weights(built, old, distance=Distance.EXPONENTIAL).weights
    assert raked == pytest.approx(newton, rel=1e-6)


@settings(max_examples=30)
@given(TABLES)
def test_a_population_that_fits_already_is_left_untouched(table):
    whole = numpy.reshape(table, (2, 3))
    built, old = two_margins(table, whole.sum(axis=1), whole.sum(axis=0))
    assert rake(built, old).weights == pytest.approx(old, rel=1e-9)
    for distance, bounds in ALL:
        found = calibrate_weights(built, old, distance=distance, bounds=bounds)
        assert found.weights == pytest.approx(old, rel=1e-9)


def test_raking_by_hand():
    # Deming and Stephan in one step: independent 2 × 2 table of ones to rows (30, 10), columns (16, 24):
    # 30·16/40 = 12, 18, 4, 6.
    built, old = two_margins([1, 1, 1, 1], [30, 10], [16, 24])
    assert rake(built, old).weights == pytest.approx([12, 18, 4, 6])


def test_margins_that_leave_no_table_are_refused_with_the_nearest_figure():
    # The cell (1, 0) is empty, so row 1 lies within column 1: row 1 of 30 in a column of 24 cannot be.
    parts = [[1, 0, 1, 0], [1, 0, 0, 1], [0, 1, 0, 1]]
    built = constraints(parts, [10, 30, 16, 24])
    old = numpy.ones(3)
    with pytest.raises(
        BadInput, match=r"cannot be .* beside the other margins the nearest reachable figure is"
    ) as refused:
        calibrate_weights(built, old, distance=Distance.EXPONENTIAL)
    assert "with weights above 0" in str(refused.value)
    with pytest.raises(BadInput, match="the nearest reachable figure"):
        rake(built, old)


def test_the_linear_distance_refuses_weights_that_are_not_above_zero():
    # d = (1, 1), x = (1, 3), total 1: λ = −3/10, w = (0.7, 0.1); total 0.5: λ = −0.35, w₂ = −0.05.
    with pytest.raises(BadInput, match=r"1 weights that are not above 0, the first in row 1"):
        calibrate_weights(constraints([[1], [3]], [0.5]), numpy.ones(2), distance=Distance.LINEAR)
    positive = calibrate_weights(
        constraints([[1], [3]], [0.5]), numpy.ones(2), distance=Distance.EXPONENTIAL
    ).weights
    assert (positive > 0).all()
    assert positive @ [1, 3] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ([1.0, 0.0], r"weight: 1 of 2 are no weight: row 1 is 0"),
        ([-1.0, numpy.nan], r"2 of 2 are no weight: row 0 is -1, row 1 is nan"),
        ([1.0], "1 weights for 2 households"),
    ],
)
def test_weights_that_are_none_are_refused_with_their_rows(weights, message):
    built = constraints([[1], [3]], [5])
    with pytest.raises(BadInput, match=message):
        calibrate_weights(built, numpy.array(weights), distance=Distance.LINEAR)
    with pytest.raises(BadInput, match=message):
        rake(constraints([[1], [1]], [5]), numpy.array(weights))


@pytest.mark.parametrize(
    ("distance", "bounds", "message"),
    [
        (Distance.LOGIT, None, "the logit distance needs bounds"),
        (Distance.LINEAR, BOUNDS, "the linear distance has no bounds"),
    ],
)
def test_bounds_stand_where_they_belong(distance, bounds, message):
    built = constraints([[1], [3]], [5])
    with pytest.raises(BadInput, match=message):
        calibrate_weights(built, numpy.ones(2), distance=distance, bounds=bounds)
    with pytest.raises(BadInput, match="bounds: ratios of weights from 1"):
        Bounds(1.0, 2.0)


CITY = margins(
    size={
        "of": "households",
        "by": [{"column": "size", "bands": [1, 2, 3]}],
        "total": {1: 9_000, 2: 8_000, "3+": 13_000},
    },
    district={
        "of": "households",
        "by": [{"column": "district"}],
        "total": {11110: 14_000, 11200: 16_000},
    },
    people={
        "of": "persons",
        "by": [{"column": "sex"}, {"column": "age", "bands": [0, 20, 65]}],
        "total": {
            "male": {"0-19": 8_000, "20-64": 17_500, "65+": 9_500},
            "female": {"0-19": 8_500, "20-64": 17_500, "65+": 11_000},
        },
    },
)


@pytest.mark.parametrize(
    ("method", "bounds"),
    [
        (Method.LINEAR, None),
        (Method.EXPONENTIAL, None),
        (Method.LOGIT, Bounds(0.2, 4)),
        (Method.TRUNCATED_LINEAR, Bounds(0.2, 4)),
    ],
)
def test_households_and_persons_are_brought_to_their_margins_by_one_weight(method, bounds):
    households, persons = population(800)
    found = calibrate_population(households, persons, CITY, method=method, bounds=bounds)
    assert found.report.largest_deviation < 1e-8
    weighed = found.persons.join(found.households, on="household_id")
    by_sex = weighed.group_by("sex").agg(pl.col("weight").sum())
    assert dict(by_sex.rows()) == pytest.approx({"male": 35_000, "female": 37_000})
    assert found.households["weight"].sum() == pytest.approx(30_000)
    ratios = found.households["weight"] / households["weight"]
    if bounds is not None:
        assert ratios.min() >= bounds.lower
        assert ratios.max() <= bounds.upper
    assert found.report.ratios[0][1] == pytest.approx(ratios.min())
    assert found.report.ratios[-1][1] == pytest.approx(ratios.max())
    table = found.report.table()
    assert table.columns == ["margin", "category", "asked", "before", "met", "deviation"]
    assert table.height == 3 + 2 + 6
    assert found.report.after.design_effect > 1


def test_raking_takes_households_only_and_says_what_does_more():
    households, persons = population(200)
    with pytest.raises(BadInput, match=r"margins\.people: people counts persons.*exponential"):
        calibrate_population(households, persons, CITY, method=Method.RAKING)


def test_the_weights_of_persons_are_left_out_and_that_is_said():
    households, persons = population(200)
    asked = margins(all={"of": "households", "total": 1_000})
    own = persons.with_columns(weight=persons["person"] * 1.0)
    found = calibrate_population(households, own, asked, method=Method.RAKING)
    assert "weight" not in found.persons.columns
    assert "their own column is left out" in found.report.notes[0]


def test_a_total_that_no_weights_give_is_named_with_the_nearest_figure():
    # Ratios up to 1.2 make the one-person households at most 1.2 times as many, and 1.5 is asked.
    households, persons = population(200)
    size = persons.group_by("household_id", maintain_order=True).len()["len"]
    weight = households["weight"]
    there = weight.filter(size == 1).sum()
    rest = (weight * size).sum() - there
    asked = margins(
        alone={
            "of": "households",
            "by": [{"column": "size"}],
            "total": {1: 1.5 * there},
            "others": "free",
        },
        people={"of": "persons", "total": 1.2 * there + rest},
    )
    with pytest.raises(BadInput) as refused:
        calibrate_population(
            households, persons, asked, method=Method.LOGIT, bounds=Bounds(0.5, 1.2)
        )
    message = str(refused.value)
    assert f"alone (1) cannot be {1.5 * there:,.10g}" in message
    assert (
        f"whatever the other margins the nearest reachable figure is {1.2 * there:,.10g}" in message
    )
    assert "more cannot be met" not in message


def test_margins_that_contradict_each_other_within_the_bounds_are_named_with_what_remains():
    # x = (1, 1, 0), (0, 1, 1), (1, 0, 1): totals 3, 3, 9 with ratios to 5 are each in reach, but w₁ + w₂
    # = 3, w₂ + w₃ = 3 and w₁ + w₃ = 9 make w₂ = −1.5. With w₂ = 0 the third is 6.
    built = constraints([[1, 0, 1], [1, 1, 0], [0, 1, 1]], [3, 3, 9])
    with pytest.raises(BadInput, match=r"m2 cannot be 9; beside the other margins .* figure is 6 "):
        calibrate_weights(built, numpy.ones(3), distance=Distance.LOGIT, bounds=Bounds(0, 5))


def test_the_spread_of_weights_by_hand():
    # (1 + 3)²/(1 + 9) = 1.6 effective rows of 2: a design effect of 1.25.
    found = spread_of(numpy.array([1.0, 3.0]))
    assert (found.effective, found.design_effect) == pytest.approx((1.6, 1.25))
