"""Whether people work, by the participation tax rate: closed forms, cells, moves and bounds."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghaeng.policy.labour import respond
from donghaeng.rules.faults import BadInput

from .people import participation, people, stated


def test_the_share_at_work_has_the_stated_elasticity() -> None:
    # 6 of 10 work. Kept of earnings 0.8 -> 0.4: 0.6 x 0.5^0.25 = 0.50454, by people leaving.
    workers = people(
        10,
        works=[True] * 6 + [False] * 4,
        participation_tax_baseline=0.2,
        participation_tax_reform=0.6,
    )
    response = respond(stated(participation=participation(0.25)), workers)
    assert response.work_after[:6] == pytest.approx(0.5**0.25)
    assert response.work_after[6:].tolist() == [0.0] * 4
    assert response.changes()[0].work_after == pytest.approx(60 * 0.5**0.25)


def test_when_work_pays_more_others_enter_and_nobody_leaves() -> None:
    # 6 of 10 work. Kept 0.4 -> 0.8: 0.6 x 2^0.25 = 0.71352; each of the 4 enters with 0.11352 / 0.4.
    workers = people(
        10,
        works=[True] * 6 + [False] * 4,
        participation_tax_baseline=0.6,
        participation_tax_reform=0.2,
    )
    response = respond(stated(participation=participation(0.25)), workers)
    assert response.work_after[:6].tolist() == [1.0] * 6
    assert response.work_after[6:] == pytest.approx(0.6 * (2**0.25 - 1) / 0.4)
    assert response.changes()[0].work_after == pytest.approx(60 * 2**0.25)


def test_cells_are_weighted_and_kept_apart() -> None:
    # Women: 1 of 1+3 = 25 % work; men: 3 of 3+1 = 75 %. Twice as much is kept, elasticity 0.5: x 1.41421.
    workers = people(
        4,
        works=[True, False, True, False],
        weight=[1, 3, 3, 1],
        participation_tax_baseline=0.75,
        participation_tax_reform=0.5,
        groups={"sex": ["f", "f", "m", "m"]},
    )
    response = respond(stated(participation=participation(0.5, cells=("sex",))), workers)
    women, men = response.changes("sex")
    assert (women.group, women.work_before, men.work_before) == ("f", 25.0, 75.0)
    assert women.work_after == pytest.approx(25 * 2**0.5)
    # Of men 0.75 x 1.414 = 1.06 would work: all do, and the rows of the cell are counted.
    assert men.work_after == pytest.approx(100)
    assert response.touched.probability == 2


def test_income_moves_participation_by_its_elasticity() -> None:
    # Income up by a fifth, elasticity -0.5: exp(-0.1).
    workers = people(1, income_reform=1_200_000)
    response = respond(stated(participation=participation(0, -0.5)), workers)
    assert response.work_after == pytest.approx([numpy.exp(-0.1)])


def test_who_enters_needs_known_earnings() -> None:
    workers = people(
        2, works=[True, False], earnings=[2e6, numpy.nan], participation_tax_reform=0.25
    )
    with pytest.raises(BadInput, match="the first is row 1"):
        respond(stated(participation=participation(0.25)), workers)


def test_who_may_enter_earns_what_was_stated_for_them() -> None:
    # Half work; kept 0.5 -> 0.75: 0.5 x 1.5^0.25, entered by (0.5 x 1.5^0.25 - 0.5) / 0.5 of the other half.
    workers = people(2, works=[True, False], earnings=[2e6, 1e6], participation_tax_reform=0.25)
    response = respond(stated(participation=participation(0.25)), workers)
    assert response.earnings_before.tolist() == [2e6, 0]
    assert response.expected_earnings == pytest.approx([2e6, 1e6 * (1.5**0.25 - 1)])


rates = st.floats(-5, 5)
sizes = st.floats(0, 3)


@given(rates, rates, sizes, st.floats(-3, 3), st.floats(-1e7, 1e8), st.integers(0, 4))
def test_no_participation_tax_rate_leaves_the_bounds_of_a_probability(
    before: float, after: float, elasticity: float, income: float, money: float, at_work: int
) -> None:
    workers = people(
        4,
        works=[row < at_work for row in range(4)],
        participation_tax_baseline=before,
        participation_tax_reform=after,
        income_reform=money,
    )
    response = respond(stated(participation=participation(elasticity, income)), workers)
    assert ((response.work_after >= 0) & (response.work_after <= 1)).all()


@given(rates, sizes, st.floats(-3, 3), st.floats(-1e7, 1e8), st.integers(0, 7))
def test_without_a_reform_everyone_stays(
    rate: float, elasticity: float, income: float, money: float, at_work: int
) -> None:
    workers = people(
        7,
        works=[row < at_work for row in range(7)],
        participation_tax_baseline=rate,
        income_baseline=money,
        weight=[0.1, 0.2, 0.3, 0.7, 1.1, 3, 7],
    )
    response = respond(stated(participation=participation(elasticity, income)), workers)
    assert response.work_after.tolist() == response.work_before.tolist()
    assert response.changes()[0].points == 0


@given(rates, rates, rates, sizes)
def test_the_more_work_is_taxed_the_fewer_work(
    before: float, less: float, more: float, elasticity: float
) -> None:
    less, more = min(less, more), max(less, more)

    def at_work(after: float) -> float:
        workers = people(
            4,
            works=[True, True, False, False],
            participation_tax_baseline=before,
            participation_tax_reform=after,
        )
        response = respond(stated(participation=participation(elasticity)), workers)
        return response.changes()[0].work_after

    assert at_work(more) <= at_work(less) + 1e-9
