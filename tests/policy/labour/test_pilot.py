"""The pilot's published difference applied to the heads whom a reform newly reaches."""

import numpy
import pytest

from donghaeng.policy.labour import read_shipped, respond
from donghaeng.rules.faults import BadInput

from .people import people, pilot, stated


def test_treated_heads_work_less_by_the_published_points_and_nobody_else_does() -> None:
    # 5 of 10 treated heads work. 10.4 points fewer: each of the five stays with (0.5 - 0.104) / 0.5 = 0.792.
    workers = people(
        14,
        works=[True] * 5 + [False] * 5 + [True] * 4,
        treated=[True] * 12 + [False] * 2,
        head=[True] * 10 + [False, True, False, True],
    )
    # Rows 10 and 11: a treated member, a treated head who works. So 6 of 11: stay with (6/11 - 0.104) x 11/6.
    response = respond(read_shipped("pilot"), workers)
    stays = 1 - 0.104 * 11 / 6
    assert response.work_after[:5] == pytest.approx(stays)
    assert response.work_after[5:10].tolist() == [0.0] * 5
    assert response.work_after[10:].tolist() == [1.0, pytest.approx(stays), 1.0, 1.0]
    heads = workers.treated & workers.head
    assert response.change("heads", heads).points == pytest.approx(-10.4)


def test_income_bands_have_their_own_difference() -> None:
    bands = ["up_to_50"] * 4 + ["from_50_to_85"] * 4
    workers = people(8, works=[True, True, False, False] * 2, groups={"income_band": bands})
    response = respond(read_shipped("pilot_by_income"), workers)
    changes = {change.group: change.points for change in response.changes("income_band")}
    assert changes == pytest.approx({"up_to_50": -12.5, "from_50_to_85": -10.0})


def test_a_treated_head_outside_the_bands_is_refused() -> None:
    workers = people(1, groups={"income_band": ["above"]})
    with pytest.raises(BadInput, match=r"pilot\.differences"):
        respond(read_shipped("pilot_by_income"), workers)


def test_a_cell_of_which_too_few_work_cannot_fall_so_far_and_is_counted() -> None:
    # 1 of 20 works: 5 % cannot fall by 10.4 points.
    workers = people(20, works=[True] + [False] * 19)
    response = respond(read_shipped("pilot"), workers)
    assert response.changes()[0].points == pytest.approx(-5.0)
    assert response.touched.probability == 20


def test_a_difference_of_nought_changes_nothing() -> None:
    workers = people(3, works=[True, False, True], weight=[0.1, 0.2, 0.3])
    response = respond(stated(pilot=pilot(0.0)), workers)
    assert response.work_after.tolist() == [1.0, 0.0, 1.0]


def test_with_nobody_treated_nobody_responds() -> None:
    workers = people(3, treated=False)
    assert respond(read_shipped("pilot"), workers).work_after.tolist() == [1.0] * 3


def test_hours_and_earnings_of_those_who_stay_are_their_own() -> None:
    response = respond(read_shipped("pilot"), people(2))
    assert response.expected_earnings == pytest.approx([2e6 * 0.896] * 2)
    assert response.earnings_at_work.tolist() == [2e6, 2e6]
    assert numpy.allclose(response.expected_hours, 40 * 0.896)
