"""Parameters drawn as they are known, and never where something was not published."""

import numpy
import pytest
from scipy import stats

from donghaeng.policy.labour import compare, draws, read_shipped, respond_with_draws
from donghaeng.policy.labour.draws import drawn_value
from donghaeng.policy.labour.parameters import Parameter
from donghaeng.rules.faults import BadInput

from .people import participation, people, pilot, stated, value


def test_a_standard_error_is_drawn_from_a_normal_distribution() -> None:
    parameter = Parameter.model_validate(value(0.25, standard_error=0.1))
    for even in (0.025, 0.5, 0.9):
        assert drawn_value(parameter, even) == pytest.approx(stats.norm(0.25, 0.1).ppf(even))


def test_a_distribution_is_cut_off_at_its_ends() -> None:
    parameter = Parameter.model_validate(value(0.27, spread=0.16, at_least=0.0))
    cut = stats.truncnorm(-0.27 / 0.16, numpy.inf, 0.27, 0.16)
    for even in (0.0, 0.025, 0.5, 0.9):
        assert drawn_value(parameter, even) == pytest.approx(cut.ppf(even), abs=1e-12)


def test_draws_depend_on_the_seed_alone_and_more_of_them_begin_alike() -> None:
    few, more = draws(read_shipped("pilot"), 7, 50), draws(read_shipped("pilot"), 7, 80)
    assert few == more[:50]
    assert few != draws(read_shipped("pilot"), 8, 50)
    values = [each.parameters[0].value for each in more]
    assert -14 <= min(values) < max(values) <= -10


def test_every_parameter_is_drawn_in_its_place() -> None:
    both = {
        "participation": [value(0.25, range=(0.2, 0.3)), value(0.5, range=(0.4, 0.6))],
        "income": [value(-0.1, range=(-0.2, 0.0))],
        "cells": [],
    }
    settings = stated(
        elasticities={"substitution": [value(5.0, range=(4.0, 6.0))], "income": []},
        participation=both,
    )
    for draw in draws(settings, 1, 20):
        for original, changed in zip(settings.parameters, draw.parameters, strict=True):
            low, high = original.ends
            assert low <= changed.value <= high
            assert changed.value != original.value


def test_with_a_gap_there_is_nothing_to_draw_from() -> None:
    with pytest.raises(BadInput, match="no interval can be given: the standard error"):
        draws(read_shipped("elasticities"), 1, 100)


def test_an_interval_is_printed_where_the_uncertainty_is_stated() -> None:
    # Uniform from -14 to -10: the middle 95 % goes from -13.9 to -10.1, the mean is -12.
    answer = respond_with_draws(read_shipped("pilot"), people(10), seed=1, count=4000)
    (row,) = compare(answer)
    assert row.points is not None
    assert row.points.interval is not None
    assert float(row.points.value) == pytest.approx(-10.4)
    assert float(row.points.interval.low) == pytest.approx(-13.9, abs=0.05)
    assert float(row.points.interval.high) == pytest.approx(-10.1, abs=0.05)
    assert row.points.interval.about.value == "modelling"
    assert row.points.kind.value == "simulation"
    assert row.mean_points == pytest.approx(-12, abs=0.1)
    assert row.no_interval == ""


def test_without_it_the_gap_stands_in_place_of_an_interval() -> None:
    workers = people(10, participation_tax_reform=0.6)
    (row,) = compare(respond_with_draws(read_shipped("participation"), workers, seed=1, count=100))
    assert row.points is not None
    assert row.points.interval is None
    assert "standard error of the extensive elasticity is not printed" in row.no_interval


def test_rungs_stand_side_by_side_group_by_group() -> None:
    workers = people(
        4,
        works=[True, False] * 2,
        participation_tax_reform=0.75,
        groups={"sex": ["female", "female", "male", "male"]},
    )
    answers = [
        respond_with_draws(settings, workers, seed=1, count=100, by="sex")
        for settings in (
            read_shipped("none"),
            stated(participation=participation(0.25)),
            stated(pilot=pilot(-10.4)),
        )
    ]
    rows = compare(*answers)
    assert [(row.group, row.rungs[0].value) for row in rows] == [
        (group, rung) for group in ("female", "male") for rung in ("none", "participation", "pilot")
    ]
    # 50 % work; none: 0; half of what was kept: 50 x (0.5^0.25 - 1) = -7.955; the pilot's -10.4.
    points = [float(row.points.value) for row in rows[:3] if row.points]
    assert points == pytest.approx([0, 50 * (0.5**0.25 - 1), -10.4])


def test_answers_by_different_labels_are_not_put_side_by_side() -> None:
    workers = people(4)
    one = respond_with_draws(read_shipped("pilot"), workers, seed=1, count=50)
    other = respond_with_draws(read_shipped("pilot"), workers, seed=1, count=50, by="sex")
    with pytest.raises(BadInput, match="different labels"):
        compare(one, other)


def test_a_figure_that_does_not_follow_is_not_printed() -> None:
    # Nobody works: there is no change in percent of nothing.
    (row,) = compare(
        respond_with_draws(read_shipped("none"), people(2, works=False), seed=1, count=50)
    )
    assert row.earnings_percent is None
    assert row.points is not None


def test_hours_that_are_not_known_give_no_change_of_hours() -> None:
    (row,) = compare(
        respond_with_draws(
            read_shipped("pilot"), people(2, hours=[40, numpy.nan]), seed=1, count=50
        )
    )
    assert row.hours_percent is None
    assert row.earnings_percent is not None


def test_too_few_draws_give_no_interval() -> None:
    with pytest.raises(BadInput, match="at least 40"):
        respond_with_draws(read_shipped("pilot"), people(2), seed=1, count=10)
