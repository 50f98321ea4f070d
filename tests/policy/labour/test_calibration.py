"""A parameter is found where there is one, and refused with what is reached where there is none or several."""

import math

import pytest

from donghaeng.policy.labour import Calibrates, Target, calibrate, respond
from donghaeng.policy.labour.calibration import difference_in_points, find_parameter
from donghaeng.policy.labour.draws import draws
from donghaeng.rules.faults import BadInput

from .people import elasticities, participation, people, pilot, stated

PILOT = Target(-10.4, -14.0, -10.0, "press on the pilot, 2025-12-23")


def test_the_elasticity_that_gives_the_pilots_difference_by_hand() -> None:
    # 60 % work and what is kept of earnings halves: 60 (0.5^e - 1) = -10.4, e = ln(49.6 / 60) / ln 0.5.
    workers = people(
        5,
        works=[True] * 3 + [False] * 2,
        participation_tax_baseline=0,
        participation_tax_reform=0.5,
    )
    found = calibrate(
        stated(participation=participation(0.25)),
        workers,
        PILOT,
        which=Calibrates.PARTICIPATION,
        between=(0.0, 2.0),
    )
    assert found.value == pytest.approx(math.log(49.6 / 60) / math.log(0.5), abs=1e-9)
    assert found.points == pytest.approx(-10.4)
    # The ends of the target, 46 and 50 of 60, are the range of the elasticity.
    assert found.high == pytest.approx(math.log(46 / 60) / math.log(0.5), abs=1e-9)
    assert found.low == pytest.approx(math.log(50 / 60) / math.log(0.5), abs=1e-9)
    answer = respond(found.settings, workers)
    assert difference_in_points(answer, workers) == pytest.approx(-10.4)


def test_what_was_calibrated_carries_its_range_into_draws() -> None:
    workers = people(
        5,
        works=[True] * 3 + [False] * 2,
        participation_tax_baseline=0,
        participation_tax_reform=0.5,
    )
    settings = stated(participation={**participation(0.25), "income": []})
    found = calibrate(settings, workers, PILOT, which=Calibrates.PARTICIPATION, between=(0.0, 2.0))
    points = [
        difference_in_points(respond(each, workers), workers)
        for each in draws(found.settings, 1, 50)
    ]
    assert -14 <= min(points) < max(points) <= -10
    assert found.settings.parameters[0].source == "calibrated to press on the pilot, 2025-12-23"


def test_where_work_pays_more_no_elasticity_explains_a_fall_but_an_income_effect_does() -> None:
    # Livelihood benefit withdraws all, the reform half: more is kept. Income rises by a quarter.
    workers = people(
        5,
        works=[True] * 3 + [False] * 2,
        participation_tax_baseline=1.0,
        participation_tax_reform=0.5,
        income_reform=1_250_000,
    )
    settings = stated(participation=participation(0.0))
    with pytest.raises(
        BadInput, match=r"no value from 0 to 2 gives -10.4 points: from 0.00 to 40.00"
    ):
        calibrate(settings, workers, PILOT, which=Calibrates.PARTICIPATION, between=(0.0, 2.0))
    found = calibrate(settings, workers, PILOT, which=Calibrates.INCOME, between=(-5.0, 0.0))
    # 60 (exp(i / 4) - 1) = -10.4.
    assert found.value == pytest.approx(4 * math.log(49.6 / 60), abs=1e-9)


def test_the_elasticity_beside_hours_is_the_same() -> None:
    workers = people(
        5,
        works=[True] * 3 + [False] * 2,
        participation_tax_reform=0.75,
        net_of_tax_reform=0.25,
    )
    alone = stated(participation=participation(0.25))
    beside = stated(elasticities=elasticities(0.3), participation=participation(0.25))
    values = [
        calibrate(each, workers, PILOT, which=Calibrates.PARTICIPATION, between=(0.0, 2.0)).value
        for each in (alone, beside)
    ]
    assert values[0] == values[1]


def test_several_solutions_are_all_named() -> None:
    # (v - 1)(v - 3) is 0 at 1 and 3; a flat stretch at the target has no one solution either.
    with pytest.raises(BadInput, match="2 values give 0 points: 1, 3"):
        find_parameter(lambda value: (value - 1) * (value - 3), 0.0, (0.1, 4.0), "a parameter")
    with pytest.raises(BadInput, match="values give -1 points"):
        find_parameter(lambda value: max(-1.0, -value), -1.0, (0.0, 4.0), "a parameter")


def test_what_cannot_be_calibrated_is_refused() -> None:
    workers = people(2, treated=False)
    settings = stated(participation=participation(0.25))
    with pytest.raises(BadInput, match="no head of a household is in the treated cell"):
        calibrate(settings, workers, PILOT, which=Calibrates.INCOME, between=(-1.0, 0.0))
    with pytest.raises(BadInput, match="no elasticity of participation"):
        calibrate(
            stated(pilot=pilot(-10)), people(2), PILOT, which=Calibrates.INCOME, between=(0.0, 1.0)
        )
    with pytest.raises(BadInput, match=r"1 \.\. 1 is no range"):
        find_parameter(lambda value: value, 0.0, (1.0, 1.0), "a parameter")
    with pytest.raises(BadInput, match="between its two ends"):
        Target(-9.0, -14.0, -10.0, "test")
