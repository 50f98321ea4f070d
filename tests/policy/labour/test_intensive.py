"""Hours by elasticities: closed forms, the floor where nothing is kept, and bounds that hold."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghaeng.policy.labour import read_shipped, respond
from donghaeng.rules.faults import BadInput

from .people import elasticities, people, stated, value


def test_hours_have_the_stated_elasticity_to_what_is_kept() -> None:
    # Kept 0.5 -> 0.25: 40 hours x (1/2)^0.3 = 40 x 0.81225 = 32.490.
    workers = people(1, net_of_tax_baseline=0.5, net_of_tax_reform=0.25)
    response = respond(stated(elasticities=elasticities(0.3)), workers)
    assert response.hours_at_work == pytest.approx([40 * 0.5**0.3])
    assert response.earnings_at_work == pytest.approx([2_000_000 * 0.8122523963562356])
    assert response.work_after.tolist() == [1.0]


def test_hours_have_the_stated_elasticity_to_income() -> None:
    # 10 % more income at an elasticity of -0.5: exp(-0.05).
    workers = people(1, income_baseline=1_000_000, income_reform=1_100_000)
    response = respond(stated(elasticities=elasticities(0, -0.5)), workers)
    assert response.hours_at_work == pytest.approx([40 * numpy.exp(-0.05)])


def test_full_withdrawal_is_taken_at_the_floor_and_counted() -> None:
    # Kept 0 -> 0.5 is taken as 0.01 -> 0.5: (50)^0.1 = 1.4788; kept -3 -> -4 is 0.01 -> 0.01: no change.
    workers = people(
        3, net_of_tax_baseline=[0.0, -3.0, 0.5], net_of_tax_reform=[0.5, -4.0, 0.5], hours=20
    )
    response = respond(stated(elasticities=elasticities(0.1)), workers)
    assert response.hours_at_work == pytest.approx([20 * 50**0.1, 20, 20])
    assert response.touched.net_of_tax_floor == 2


def test_nobody_passes_the_stated_hours_nor_is_brought_below_their_own() -> None:
    # The factor would be 50^0.5 = 7.07: bounded by 52 hours, by twice the hours, by one's own 60 hours.
    workers = people(3, hours=[40, 10, 60], net_of_tax_baseline=0.01, net_of_tax_reform=0.5)
    response = respond(stated(elasticities=elasticities(0.5)), workers)
    assert response.hours_at_work == pytest.approx([52, 20, 60])
    assert response.touched.hours == 3


def test_income_near_nought_is_taken_at_its_floor_and_counted() -> None:
    # From 1,000 to 51,000 won is 50 times the income, but half of the stated 100,000 won.
    workers = people(1, income_baseline=1_000, income_reform=51_000)
    response = respond(stated(elasticities=elasticities(0, -0.2)), workers)
    assert response.hours_at_work == pytest.approx([40 * numpy.exp(-0.1)])
    assert response.touched.income_floor == 1


def test_a_change_counts_as_the_largest_one_at_most_and_is_counted() -> None:
    # Kept 0.01 -> 0.9 is ln 90 = 4.5 and counts as 1 under the shipped bounds.
    workers = people(2, hours=20, net_of_tax_baseline=0.01, net_of_tax_reform=[0.9, 0.01])
    response = respond(read_shipped("elasticities"), workers)
    assert response.hours_at_work == pytest.approx([20 * numpy.exp(0.3), 20])
    assert response.touched.largest_change == 1


def test_who_does_not_work_has_no_hours_to_change() -> None:
    workers = people(1, works=False, net_of_tax_baseline=numpy.nan, net_of_tax_reform=0.1)
    response = respond(stated(elasticities=elasticities(0.3, -0.1)), workers)
    assert response.expected_earnings.tolist() == [0.0]
    assert response.expected_hours.tolist() == [0.0]


def test_the_first_entry_whose_groups_fit_gives_the_elasticity() -> None:
    workers = people(
        3,
        net_of_tax_reform=0.25,
        groups={"sex": ["female", "female", "male"], "married": ["yes", "no", "yes"]},
    )
    by_group = {
        "substitution": [
            value(0.6, where={"sex": ["female"], "married": ["yes"]}),
            value(0.4, where={"sex": ["female"]}),
            value(0.1),
        ],
        "income": [],
    }
    response = respond(stated(elasticities=by_group), workers)
    assert response.hours_at_work == pytest.approx([40 * 0.5**0.6, 40 * 0.5**0.4, 40 * 0.5**0.1])


def test_a_group_without_a_value_is_refused() -> None:
    workers = people(2, groups={"sex": ["female", "male"]})
    only = {"substitution": [value(0.3, where={"sex": ["female"]})], "income": []}
    with pytest.raises(BadInput, match="not stated for a row's groups: row 1"):
        respond(stated(elasticities=only), workers)
    misspelt = {"substitution": [value(0.3, where={"sexe": ["female"]})], "income": []}
    with pytest.raises(BadInput, match="did you mean 'sex'"):
        respond(stated(elasticities=misspelt), workers)


def test_what_is_not_known_is_refused_or_stays_and_is_counted() -> None:
    workers = people(3, net_of_tax_reform=[0.25, numpy.nan, 0.5])
    settings = stated(elasticities=elasticities(0.3))
    with pytest.raises(
        BadInput, match="1 rows have figures that are not known; the first is row 1"
    ):
        respond(settings, workers)
    assert settings.bounds is not None
    lenient = settings.model_copy(
        update={"bounds": settings.bounds.model_copy(update={"not_known": "unchanged"})}
    )
    response = respond(lenient, workers)
    assert response.touched.not_known == 1
    assert response.hours_at_work[1:].tolist() == [40.0, 40.0]


rates = st.floats(-4, 6)  # 1 - EMTR for every EMTR from -5 to 5


@given(rates, rates, st.floats(0, 3), st.floats(-3, 3), st.floats(-1e7, 1e8), st.floats(-1e7, 1e8))
def test_no_marginal_rate_and_no_income_makes_hours_explode(
    before: float, after: float, substitution: float, income: float, poorer: float, richer: float
) -> None:
    workers = people(
        1,
        net_of_tax_baseline=before,
        net_of_tax_reform=after,
        income_baseline=poorer,
        income_reform=richer,
    )
    response = respond(stated(elasticities=elasticities(substitution, income)), workers)
    assert 0 <= response.hours_at_work[0] <= 52
    assert 0 <= response.expected_earnings[0] <= 2 * 2_000_000


@given(rates, st.floats(0, 3), st.floats(-3, 3), st.floats(-1e7, 1e8))
def test_without_a_reform_nothing_changes_at_all(
    kept: float, substitution: float, income: float, money: float
) -> None:
    workers = people(1, net_of_tax_baseline=kept, income_baseline=money)
    response = respond(stated(elasticities=elasticities(substitution, income)), workers)
    assert response.expected_earnings.tolist() == [2_000_000.0]
    assert response.change("all", numpy.array([True])).earnings == 0


@given(rates, rates, st.floats(-1e7, 1e8))
def test_elasticities_of_nought_give_no_response(kept: float, then: float, money: float) -> None:
    workers = people(1, net_of_tax_baseline=kept, net_of_tax_reform=then, income_reform=money)
    response = respond(stated(elasticities=elasticities()), workers)
    assert response.expected_earnings.tolist() == [2_000_000.0]


@given(rates, rates, rates)
def test_hours_rise_with_what_is_kept(before: float, less: float, more: float) -> None:
    less, more = min(less, more), max(less, more)
    workers = people(2, net_of_tax_baseline=before, net_of_tax_reform=[less, more])
    hours = respond(stated(elasticities=elasticities(0.3)), workers).hours_at_work
    assert hours[0] <= hours[1]
