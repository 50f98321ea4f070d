"""The parameter that meets a caseload: worked by hand, found again, and refused where there is none."""

import math

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghaeng.evidence.standing import Standing
from donghaeng.policy.take_up import (
    Draws,
    calibrate,
    claims,
    model,
    probability,
    without_application,
)
from donghaeng.rules.faults import BadInput

IDS = numpy.arange(5_000)
AMOUNTS = numpy.where(IDS % 5 == 0, 0.0, 2_000.0 * (IDS % 211 + 1))
WEIGHTS = 1.0 + IDS % 7


def test_the_cost_at_which_two_households_add_up_to_one():
    # Amounts e² and e⁴, spread 1: Φ(2 − c) + Φ(4 − c) = 1 at c = 3, whatever the sign of the rest.
    found = calibrate(
        model(1.0, 1.0, 1.0),
        numpy.exp([2.0, 4.0]),
        numpy.array([100.0, 100.0]),
        100,
        parameter="cost",
        source="by hand",
    )
    assert math.log(found.value) == pytest.approx(3.0, abs=1e-10)
    assert found.met == pytest.approx(100, rel=1e-12)
    assert found.reachable == (0.0, 200.0)
    assert found.model.cost.status is Standing.CALIBRATED
    assert "by hand" in found.model.cost.source


def test_information_is_the_caseload_over_those_for_whom_a_claim_is_worth_it():
    # At amounts equal to the cost half of the 400 would claim: 150 of 200 is 0.75.
    found = calibrate(
        model(0.2, 50_000, 1.0),
        numpy.full(4, 50_000.0),
        numpy.full(4, 100.0),
        150,
        parameter="information",
        source="x",
    )
    assert found.value == pytest.approx(0.75, rel=1e-12)


@given(cost=st.floats(100, 1e6), information=st.floats(0.05, 1), spread=st.floats(0.05, 3))
def test_the_parameter_that_made_a_caseload_is_found_again(cost, information, spread):
    truth = model(information, cost, spread)
    caseload = float(WEIGHTS @ probability(truth, AMOUNTS))
    everyone = information * WEIGHTS[AMOUNTS > 0].sum()
    for parameter, value in (("cost", cost), ("information", information)):
        # Where next to nobody or everybody claims, the cost leaves no trace in the caseload.
        if parameter == "cost" and not 1e-4 * everyone < caseload < (1 - 1e-4) * everyone:
            continue
        start = truth.model_copy(update={parameter: getattr(model(0.5, 1, 1), parameter)})
        found = calibrate(start, AMOUNTS, WEIGHTS, caseload, parameter=parameter, source="x")
        assert found.value == pytest.approx(value, rel=1e-6)
        assert found.met == pytest.approx(caseload, rel=1e-9)


@pytest.mark.parametrize("parameter", ["cost", "information"])
def test_realised_claims_meet_the_caseload_to_less_than_one_household(parameter):
    draws = Draws(IDS, seed=3, benefit="aid")
    start = model(0.9, 40_000, 1.0)
    found = calibrate(
        start, AMOUNTS, WEIGHTS, 7_000, parameter=parameter, source="x", realised=draws
    )
    taken = claims(found.model, AMOUNTS, IDS, seed=3, benefit="aid")
    assert found.met == WEIGHTS[taken].sum()
    assert abs(found.missing) <= WEIGHTS.max() / 2
    low, high = found.between
    assert low <= found.value <= high
    for value in (low + 1e-6 * (high - low), high - 1e-6 * (high - low)):
        other = model(**{"information": 0.9, "cost": 40_000, "spread": 1.0, parameter: value})
        same = claims(other, AMOUNTS, IDS, seed=3, benefit="aid")
        assert WEIGHTS[same].sum() == found.met


def test_a_caseload_of_all_who_know_is_a_cost_of_nothing():
    everyone = 0.5 * WEIGHTS[AMOUNTS > 0].sum()
    start = model(0.5, 9, 1)
    found = calibrate(start, AMOUNTS, WEIGHTS, everyone, parameter="cost", source="x")
    assert found.value == 0
    assert found.met == pytest.approx(everyone)


@pytest.mark.parametrize(
    ("caseload", "parameter", "message"),
    [
        (401, "cost", "401 is more than the 400 who are entitled"),
        (301, "cost", "with this information it gives at most 200 of the 400"),
        (201, "information", "with this cost it gives at most 200 of the 400"),
        (0, "cost", "a caseload of 0 is met by no cost"),
        (math.nan, "information", "met by no information"),
    ],
)
def test_a_caseload_that_cannot_be_met_is_refused_with_what_can(caseload, parameter, message):
    with pytest.raises(BadInput, match=message) as refused:
        calibrate(
            model(0.5, 50_000, 1.0),
            numpy.array([50_000.0] * 4 + [0.0]),
            numpy.full(5, 100.0),
            caseload,
            parameter=parameter,
            source="x",
        )
    assert "200" in str(refused.value)  # what the parameter does give


def test_without_application_there_is_nothing_to_calibrate():
    with pytest.raises(BadInput, match="without application everybody entitled receives"):
        calibrate(
            without_application(model(1, 1, 1)), AMOUNTS, WEIGHTS, 5, parameter="cost", source="x"
        )


def test_weights_that_are_none_are_refused_with_their_row():
    with pytest.raises(BadInput, match=r"weight: row 1 is 0\.0"):
        calibrate(
            model(1, 1, 1),
            numpy.ones(2),
            numpy.array([1.0, 0.0]),
            1,
            parameter="cost",
            source="x",
        )
