"""What a response costs, as a mix of both outcomes, without drawing who works."""

import numpy
import pytest

from donghaeng.policy.labour import consequences, expected, outcome_rows
from donghaeng.rules.faults import BadInput


def column(*values: float) -> "numpy.ndarray[tuple[int], numpy.dtype[numpy.float64]]":
    return numpy.array(values, dtype=float)


def test_cost_and_income_with_and_without_the_response_by_hand() -> None:
    # Two households of weights 10 and 20. The first stays at work with 0.8, the second does not work.
    found = consequences(
        column(10, 20),
        column(0.8, 0),
        income_baseline=column(200, 50),
        income_unchanged=column(210, 90),
        income_at_work=column(210, numpy.nan),
        income_not_at_work=column(100, 90),
        cost_baseline=column(0, 50),
        cost_unchanged=column(10, 90),
        cost_at_work=column(10, numpy.nan),
        cost_not_at_work=column(100, 90),
    )
    # Unchanged: 10 x 10 + 20 x 40 = 900. With it: 10 x (0.8 x 10 + 0.2 x 100) + 20 x 40 = 280 + 800 = 1,080.
    assert (found.cost_unchanged, found.cost, found.cost_of_response) == pytest.approx(
        (900, 1080, 180)
    )
    # Unchanged: 10 x 10 + 20 x 40 = 900. With it: 10 x (0.8 x 210 + 0.2 x 100 - 200) + 800 = -120 + 800 = 680.
    assert (found.income_unchanged, found.income, found.income_of_response) == pytest.approx(
        (900, 680, -220)
    )


def test_the_rows_of_both_outcomes_have_the_expected_mean_and_keep_the_weight() -> None:
    weight, work = column(2, 3, 4), column(0.25, 1, 0)
    at_work, not_at_work = column(100, 80, numpy.nan), column(20, numpy.nan, 10)
    amounts, weights = outcome_rows(weight, work, at_work, not_at_work)
    assert weights.sum() == pytest.approx(weight.sum())
    assert weights @ amounts == pytest.approx(weight @ expected(work, at_work, not_at_work))
    # A mean of 40 is above a line of 30, but three quarters of the first household's weight is below it.
    assert weights[(amounts < 30) & (weights > 0)].sum() == pytest.approx(1.5 + 4)


def test_an_amount_that_is_needed_and_not_known_is_refused() -> None:
    good = column(1, 1)
    with pytest.raises(BadInput, match="not known: row 1"):
        consequences(
            good,
            column(1, 0.5),
            income_baseline=good,
            income_unchanged=good,
            income_at_work=good,
            income_not_at_work=column(numpy.nan, numpy.nan),
            cost_baseline=good,
            cost_unchanged=good,
            cost_at_work=good,
            cost_not_at_work=good,
        )
    with pytest.raises(BadInput, match="differ in length"):
        expected(good, good, column(1))
