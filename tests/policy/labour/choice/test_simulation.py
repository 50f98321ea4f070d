"""What an estimated choice of hours says about a reform."""

from dataclasses import replace

import numpy
import pytest

from donghaeng.policy.labour import Target, compare, read_shipped, respond_with_draws
from donghaeng.policy.labour.arrays import FloatArray
from donghaeng.policy.labour.choice import (
    Choices,
    Estimate,
    calibrate_choice,
    choice_draws,
    choices_under,
    estimate,
    respond_by_choice,
    respond_by_choice_with_draws,
    simulated_elasticities,
)
from donghaeng.policy.labour.choice.simulation import predicted
from donghaeng.policy.labour.choice.utility import INCOME_TERMS
from donghaeng.rules.faults import BadInput

from ..people import people
from .town import TRUTH, incomes, model, town

Asked = tuple[Estimate, Choices, FloatArray]
PILOT = Target(-11.0, -14.0, -10.0, "press on the pilot")


@pytest.fixture(scope="module")
def asked() -> Asked:
    choices, reform = town(3_000, seed=1)
    return estimate(model(), choices), choices, reform


def test_without_a_reform_everyone_does_exactly_what_was_observed(asked: Asked) -> None:
    found, choices, _ = asked
    response = respond_by_choice(found, choices, choices.income)
    assert response.work_after.tolist() == response.work_before.tolist()
    assert response.expected_hours.tolist() == response.hours_before.tolist()
    assert response.expected_earnings.tolist() == response.earnings_before.tolist()


def test_without_a_taste_for_income_there_is_no_response(asked: Asked) -> None:
    found, choices, reform = asked
    blind = replace(
        found,
        parameters=numpy.where(
            [name in INCOME_TERMS for name in found.names], 0.0, found.parameters
        ),
    )
    response = respond_by_choice(blind, choices, reform)
    assert response.work_after.tolist() == response.work_before.tolist()


def test_the_change_is_that_of_the_predicted_choices(asked: Asked) -> None:
    # Given many people who choose by the model, moves from observed points sum to the change it predicts.
    _, choices, reform = asked
    truth = replace(asked[0], parameters=TRUTH)
    response = respond_by_choice(truth, choices, reform)
    before = (
        choices.weight @ predicted(truth, choices.income, choices.covariates) / choices.weight.sum()
    )
    after = choices.weight @ predicted(truth, reform, choices.covariates) / choices.weight.sum()
    points = 100 * (before[0] - after[0])
    assert points < -2
    # 3,000 people: the mean of moves that are between 0 and 1 has an error below 0.5 points.
    assert response.changes()[0].points == pytest.approx(points, abs=1.0)


def test_a_higher_guarantee_lets_some_stop_working(asked: Asked) -> None:
    found, choices, reform = asked
    response = respond_by_choice(found, choices, reform)
    (everyone,) = response.changes()
    assert everyone.points < 0
    assert everyone.hours_percent < 0
    assert ((response.work_after >= 0) & (response.work_after <= 1)).all()
    assert (response.hours_at_work <= 50).all()


def test_a_row_is_answered_alike_alone_and_among_many(asked: Asked) -> None:
    found = asked[0]
    choices, reform = town(66_000, seed=3)
    last = slice(65_500, 66_000)
    alone = replace(
        choices,
        **{
            name: getattr(choices, name)[last]
            for name in ("income", "earnings", "chosen", "weight", "treated", "head")
        },
        covariates={name: of[last] for name, of in choices.covariates.items()},
        groups={},
    )
    among = choices_under(found, choices, reform)[last]
    assert choices_under(found, alone, reform[last]) == pytest.approx(among, abs=1e-12)


def test_elasticities_have_the_sign_of_a_wage_and_add_up(asked: Asked) -> None:
    found, choices, _ = asked
    other = choices.income[:, 0] - 0.7e6
    raised = incomes(1.01 * choices.earnings, other)
    wage = simulated_elasticities(found, choices, raised)
    assert wage.hours > wage.participation > 0
    both = (1 + 0.01 * wage.participation) * (1 + 0.01 * wage.hours_at_work)
    assert 1 + 0.01 * wage.hours == pytest.approx(both)
    still = simulated_elasticities(found, choices, choices.income)
    assert (still.hours, still.participation, still.hours_at_work) == (0, 0, 0)


def test_draws_have_the_covariance_of_the_estimate(asked: Asked) -> None:
    found = asked[0]
    drawn = numpy.array([each.parameters for each in choice_draws(found, 1, 20_000)])
    deviation = drawn.std(axis=0) / found.standard_errors
    assert deviation == pytest.approx(numpy.ones(9), abs=0.03)
    assert numpy.corrcoef(drawn.T) == pytest.approx(
        found.covariance / numpy.outer(found.standard_errors, found.standard_errors), abs=0.03
    )


def test_its_interval_stands_beside_the_pilots(asked: Asked) -> None:
    found, choices, reform = asked
    chosen = respond_by_choice_with_draws(found, choices, reform, seed=1, count=60)
    pilot = respond_with_draws(read_shipped("pilot"), people(5), seed=1, count=60)
    rows = compare(chosen, pilot)
    assert [row.name for row in rows] == ["discrete_choice", "pilot"]
    for row in rows:
        assert row.points is not None
        assert row.points.interval is not None
        assert row.points.interval.low < row.points.value < row.points.interval.high


def test_the_taste_for_income_is_found_that_gives_the_pilots_difference(asked: Asked) -> None:
    found, choices, reform = asked
    heads = choices.treated & choices.head
    before = respond_by_choice(found, choices, reform).change("heads", heads).points
    calibrated = calibrate_choice(
        found, choices, reform, PILOT, parameters=INCOME_TERMS, between=(0.1, 4.0)
    )
    assert calibrated.points == pytest.approx(-11.0)
    assert calibrated.low < calibrated.factor < calibrated.high
    assert (calibrated.factor > 1) == (before > -11.0)
    response = respond_by_choice(calibrated.estimate, choices, reform)
    assert response.change("heads", heads).points == pytest.approx(-11.0)
    # A parameter that is multiplied is as well known, relative to itself, as before.
    relative = calibrated.estimate.standard_errors / calibrated.estimate.parameters
    assert relative == pytest.approx(found.standard_errors / found.parameters)


def test_a_difference_that_no_factor_gives_is_refused(asked: Asked) -> None:
    found, choices, _ = asked
    with pytest.raises(
        BadInput, match=r"no value from 0\.1 to 4 gives -11 points: from 0\.00 to 0\.00"
    ):
        calibrate_choice(
            found, choices, choices.income, PILOT, parameters=INCOME_TERMS, between=(0.1, 4.0)
        )
    with pytest.raises(BadInput, match="did you mean 'fixed_cost'"):
        calibrate_choice(
            found, choices, choices.income, PILOT, parameters=("fixed_costs",), between=(0.1, 4.0)
        )
