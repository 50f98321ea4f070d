"""What a response costs, as a mix of all outcomes, without drawing who works."""

import numpy
import pytest

from donghaeng.policy.labour import (
    Amounts,
    consequences,
    expected,
    outcome_rows,
    read_shipped,
    respond,
)
from donghaeng.rules.faults import BadInput

from .people import people

NAN = numpy.nan


def test_cost_and_income_with_and_without_the_response_by_hand() -> None:
    # Two households of weights 10 and 20. The first stays at work with 0.8, the second does not work.
    weight, work = numpy.array([10.0, 20]), numpy.array([[0.8, 0.2], [0, 1]])
    cost = consequences(
        weight,
        work,
        Amounts(
            baseline=numpy.array([0.0, 50]),
            unchanged=numpy.array([10.0, 90]),
            outcomes=numpy.array([[10, 100], [NAN, 90]]),
        ),
    )
    # Unchanged: 10 x 10 + 20 x 40 = 900. With it: 10 x (0.8 x 10 + 0.2 x 100) + 20 x 40 = 280 + 800 = 1,080.
    assert cost.unchanged == pytest.approx(900)
    assert cost.expected == pytest.approx(1080)
    assert cost.of_response == pytest.approx(180)
    income = consequences(
        weight,
        work,
        Amounts(
            baseline=numpy.array([200.0, 50]),
            unchanged=numpy.array([210.0, 90]),
            outcomes=numpy.array([[210, 100], [NAN, 90]]),
        ),
    )
    # Unchanged: 10 x 10 + 20 x 40 = 900. With it: 10 x (0.8 x 210 + 0.2 x 100 - 200) + 800 = -120 + 800 = 680.
    assert income.unchanged == pytest.approx(900)
    assert income.expected == pytest.approx(680)


def test_without_a_response_the_cost_is_that_at_unchanged_earnings() -> None:
    workers = people(3, works=[True, False, True])
    response = respond(read_shipped("none"), workers)
    unchanged = numpy.array([30.0, 70, 20])
    amounts = Amounts(
        baseline=numpy.zeros(3),
        unchanged=unchanged,
        outcomes=numpy.array([[30.0, NAN], [NAN, 70], [20, NAN]]),
    )
    assert consequences(workers.weight, response.outcomes, amounts).of_response == 0


def test_the_rows_of_all_outcomes_have_the_expected_mean_and_keep_the_weight() -> None:
    weight = numpy.array([2.0, 3, 4])
    work = numpy.array([[0.25, 0.75], [1, 0], [0, 1]])
    amounts = numpy.array([[100, 20], [80, NAN], [NAN, 10]])
    incomes, weights = outcome_rows(weight, work, amounts)
    assert weights.sum() == pytest.approx(weight.sum())
    assert weights @ incomes == pytest.approx(weight @ expected(work, amounts))
    # A mean of 40 is above a line of 30, but three quarters of the first household's weight is below it.
    assert weights[(incomes < 30) & (weights > 0)].sum() == pytest.approx(1.5 + 4)


def test_an_amount_that_is_needed_and_not_known_is_refused() -> None:
    even, one = numpy.array([[0.5, 0.5], [0.5, 0.5]]), numpy.ones(2)
    amounts = Amounts(baseline=one, unchanged=one, outcomes=numpy.array([[1.0, 1], [1, NAN]]))
    with pytest.raises(BadInput, match="not known: row 1"):
        consequences(one, even, amounts)
    with pytest.raises(BadInput, match="do not fit"):
        expected(even, numpy.ones((2, 3)))
    with pytest.raises(BadInput, match="do not fit"):
        outcome_rows(numpy.ones(3), even, even)
