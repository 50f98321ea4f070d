"""Hours and participation together: neither is computed from the other, and neither multiplies the other."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghaeng.policy.labour import read_shipped, respond
from donghaeng.policy.labour.choice import Choices
from donghaeng.rules.faults import BadInput

from .people import elasticities, participation, people, stated

rates = st.floats(-5, 5)
sizes = st.floats(0, 2)
likings = st.floats(-2, 2)


def test_the_two_margins_by_hand() -> None:
    # 100 work. Hours x 0.5^0.3 = 0.8123, at work x 0.5^0.25 = 0.8409: earnings x 0.6830.
    workers = people(
        1,
        net_of_tax_baseline=0.5,
        net_of_tax_reform=0.25,
        participation_tax_baseline=0.2,
        participation_tax_reform=0.6,
    )
    response = respond(read_shipped("elasticities_and_participation"), workers)
    assert response.expected_earnings == pytest.approx([2e6 * 0.5**0.3 * 0.5**0.25])


@given(rates, rates, rates, rates, sizes, likings, sizes, likings, st.floats(-1e6, 1e7))
def test_the_change_is_those_who_move_and_those_who_stay_and_nothing_else(
    emtr_0: float,
    emtr_1: float,
    ptr_0: float,
    ptr_1: float,
    hours: float,
    hours_income: float,
    work: float,
    work_income: float,
    money: float,
) -> None:
    workers = people(
        5,
        works=[True, True, True, False, False],
        net_of_tax_baseline=1 - emtr_0,
        net_of_tax_reform=1 - emtr_1,
        participation_tax_baseline=ptr_0,
        participation_tax_reform=ptr_1,
        income_reform=money,
    )
    first, second = elasticities(hours, hours_income), participation(work, work_income)
    both = respond(stated(elasticities=first, participation=second), workers)
    only_hours = respond(stated(elasticities=first), workers)
    only_work = respond(stated(participation=second), workers)
    # Each margin is what it is alone.
    assert both.hours_at_work.tolist() == only_hours.hours_at_work.tolist()
    assert both.work_after.tolist() == only_work.work_after.tolist()
    move = (both.work_after - both.work_before) * workers.earnings
    stay = both.work_after * (both.earnings_at_work - workers.earnings)
    change = both.expected_earnings - both.earnings_before
    assert change == pytest.approx(move + stay, abs=1e-3)
    # Bounded, whatever the rates: nobody earns more than at 52 of 40 hours.
    assert (both.expected_earnings <= 52 / 40 * 2e6 + 1e-3).all()
    assert (both.expected_earnings >= 0).all()


def test_two_responses_with_a_tax_on_everything_stay_of_one_size() -> None:
    # All is withdrawn from people who kept everything: both margins fall to the floor, none below nothing.
    workers = people(
        1000,
        net_of_tax_baseline=1.0,
        net_of_tax_reform=-4.0,
        participation_tax_baseline=0.0,
        participation_tax_reform=5.0,
    )
    response = respond(read_shipped("elasticities_and_participation"), workers)
    # The changes of the logarithm, ln 0.01 = -4.6, count as -1: exp(-0.3) x exp(-0.25) = exp(-0.55) = 0.577.
    assert response.changes()[0].earnings_percent == pytest.approx(100 * (numpy.exp(-0.55) - 1))
    assert response.touched.net_of_tax_floor == 1000
    assert response.touched.largest_change == 1000


def test_no_response_is_a_rung_of_its_own() -> None:
    workers = people(2, works=[True, False], net_of_tax_reform=0.1, participation_tax_reform=0.9)
    response = respond(read_shipped("none"), workers)
    assert response.work_after.tolist() == [1.0, 0.0]
    assert response.expected_earnings.tolist() == [2e6, 0.0]
    assert response.touched.total == 0


def test_a_discrete_choice_needs_an_estimate() -> None:
    with pytest.raises(BadInput, match="estimated from a survey"):
        respond(read_shipped("discrete_choice"), people(1))


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"weight": [1, 0]}, "weight: is not above 0: row 1"),
        ({"weight": [1, numpy.nan]}, "weight: is not above 0: row 1"),
        ({"earnings": [-1, -1]}, r"earnings: are below 0: row 0 \(and 1 more\)"),
        ({"earnings": [0, 2e6]}, "of somebody at work are not above 0: row 0"),
        ({"hours": [40, -1]}, "hours: are below 0: row 1"),
        ({"income_reform": [numpy.inf, 0]}, "income_reform: is infinite"),
        ({"groups": {"sex": ["f"]}}, "sex: has the shape"),
    ],
)
def test_people_who_cannot_be_are_refused(columns: dict[str, object], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        people(2, **columns)


def test_choices_need_figures_at_every_point() -> None:
    flags = numpy.array([True, True])
    with pytest.raises(BadInput, match="income: is not known at a point of hours"):
        Choices(
            income=numpy.array([[1.0, 2.0], [1.0, numpy.nan]]),
            earnings=numpy.zeros((2, 2)),
            chosen=numpy.array([0, 1]),
            weight=numpy.ones(2),
            covariates={},
            treated=flags,
            head=flags,
        )
