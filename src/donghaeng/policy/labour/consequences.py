"""What a response means for incomes and costs, without drawing who works: both outcomes, by their probability.

For every household the law is run twice under the reform: with its earner at work, at the earnings of the
response, and with the earner not at work. An expected amount is the mix of the two. For a *distribution*
the mix of amounts would be wrong (a mean has no poor); there a household becomes two rows that share its
weight.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from donghaeng.rules.faults import BadInput

from .arrays import FloatArray


@dataclass(frozen=True)
class Consequences:
    """Weighted totals in won a month; a response changes incomes and costs beyond the unchanged people.

    Attributes:
        cost_unchanged: net cost of the reform if everyone works as now.
        cost: net cost with the response.
        cost_of_response: the difference, the part that behaviour adds.
        income_unchanged, income, income_of_response: disposable income likewise, less that of the baseline.
    """

    cost_unchanged: float
    cost: float
    cost_of_response: float
    income_unchanged: float
    income: float
    income_of_response: float


def expected(work: FloatArray, at_work: FloatArray, not_at_work: FloatArray) -> FloatArray:
    """The amount of each row by its probability of working, in the unit of the amounts.

    What certainly does not happen need not be known.

    >>> expected(numpy.array([0.25]), numpy.array([100.0]), numpy.array([20.0])).tolist()
    [40.0]
    """
    _same_rows(work, at_work, not_at_work)
    working = numpy.where(work > 0, work * at_work, 0.0)
    return working + numpy.where(work < 1, (1 - work) * not_at_work, 0.0)


def outcome_rows(
    weight: FloatArray, work: FloatArray, at_work: FloatArray, not_at_work: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Amounts and weights, each (2n,): first the rows at work, then the same rows not at work.

    Rows that certainly do not happen weigh 0 and hold 0, so that a measure passes over them.

    >>> amounts, weights = outcome_rows(*(numpy.array([x]) for x in (8.0, 0.25, 100.0, 20.0)))
    >>> amounts.tolist(), weights.tolist()
    ([100.0, 20.0], [2.0, 6.0])
    """
    _same_rows(weight, work, at_work, not_at_work)
    weights = numpy.concatenate([weight * work, weight * (1 - work)])
    amounts = numpy.where(weights > 0, numpy.concatenate([at_work, not_at_work]), 0.0)
    return amounts, weights


def consequences(
    weight: FloatArray,
    work: FloatArray,
    *,
    income_baseline: FloatArray,
    income_unchanged: FloatArray,
    income_at_work: FloatArray,
    income_not_at_work: FloatArray,
    cost_baseline: FloatArray,
    cost_unchanged: FloatArray,
    cost_at_work: FloatArray,
    cost_not_at_work: FloatArray,
) -> Consequences:
    """Totals of a reform with and without the response, from four runs of the law, each (n,), won a month.

    Args:
        work: probability of working under the reform (``Response.work_after``).
        income_baseline, cost_baseline: the present law at present earnings.
        income_unchanged, cost_unchanged: the reform at present earnings.
        income_at_work, cost_at_work: the reform at ``Response.earnings_at_work``.
        income_not_at_work, cost_not_at_work: the reform with the earner not at work.

    Raises:
        BadInput: for arrays of different lengths, or amounts that are needed and not known.
    """
    income = expected(work, income_at_work, income_not_at_work) - income_baseline
    cost = expected(work, cost_at_work, cost_not_at_work) - cost_baseline
    totals = [
        _total(weight, amounts)
        for amounts in (
            cost_unchanged - cost_baseline,
            cost,
            income_unchanged - income_baseline,
            income,
        )
    ]
    return Consequences(
        cost_unchanged=totals[0],
        cost=totals[1],
        cost_of_response=totals[1] - totals[0],
        income_unchanged=totals[2],
        income=totals[3],
        income_of_response=totals[3] - totals[2],
    )


def _total(weight: FloatArray, amounts: FloatArray) -> float:
    _same_rows(weight, amounts)
    if numpy.isnan(amounts).any():
        row = int(numpy.argmax(numpy.isnan(amounts)))
        raise BadInput(f"an amount that is needed is not known: row {row}", field="consequences")
    return float(weight @ amounts)


def _same_rows(*arrays: FloatArray) -> None:
    if len({each.shape for each in arrays}) > 1:
        raise BadInput("the arrays differ in length", field="consequences")
