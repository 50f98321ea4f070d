"""What a response means for incomes and costs, without drawing who works: every outcome, by its probability.

For every household the law is run under the reform once for each outcome: with its earner at work at the
earnings of the response, and with the earner not at work; or, of discrete choice, at every point of hours.
An expected amount is the mix. For a *distribution* the mix of amounts would be wrong (a mean has no poor):
there a household becomes one row for each outcome, and the rows share its weight.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from donghaeng.rules.faults import BadInput

from .arrays import FloatArray


@dataclass(frozen=True)
class Amounts:
    """Amounts of one kind from runs of the law, in won a month.

    Attributes:
        baseline: (n,) the present law at present earnings.
        unchanged: (n,) the reform at present earnings.
        outcomes: (n, m) the reform at every outcome, in the order of the probabilities; an amount that
            certainly does not come about may be NaN.
    """

    baseline: FloatArray
    unchanged: FloatArray
    outcomes: FloatArray


@dataclass(frozen=True)
class Consequences:
    """Weighted totals of a reform, in won a month, each less that of the baseline.

    Attributes:
        unchanged: if everyone works as now.
        expected: with the response.
        of_response: the difference, the part that the response adds.
    """

    unchanged: float
    expected: float
    of_response: float


def expected(probability: FloatArray, amounts: FloatArray) -> FloatArray:
    """The expected amount of each row, (n,), from probabilities and amounts of outcomes, both (n, m).

    >>> expected(numpy.array([[0.25, 0.75]]), numpy.array([[100.0, 20.0]])).tolist()
    [40.0]
    """
    _alike(probability, amounts)
    mix: FloatArray = numpy.where(probability > 0, probability * amounts, 0.0).sum(axis=1)
    return mix


def outcome_rows(
    weight: FloatArray, probability: FloatArray, amounts: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Amounts and weights, each (n m,), all outcomes of a row after one another, for measures of a distribution.

    An outcome that certainly does not come about weighs 0 and holds 0: measures pass over it.

    >>> rows = outcome_rows(numpy.array([8.0]), numpy.array([[0.25, 0.75]]), numpy.array([[100.0, 20.0]]))
    >>> [each.tolist() for each in rows]
    [[100.0, 20.0], [2.0, 6.0]]
    """
    _alike(probability, amounts)
    _alike(weight, probability[:, 0])
    return (
        numpy.where(probability > 0, amounts, 0.0).ravel(),
        (weight[:, None] * probability).ravel(),
    )


def consequences(weight: FloatArray, probability: FloatArray, amounts: Amounts) -> Consequences:
    """Totals of a reform with and without the response, of disposable incomes or of net costs.

    Args:
        weight: (n,) households that a row stands for.
        probability: (n, m) of the outcomes, ``Response.outcomes`` or ``choices_under``.

    Raises:
        BadInput: for arrays of different lengths, or amounts that are needed and not known.
    """
    unchanged = _total(weight, amounts.unchanged - amounts.baseline)
    with_response = _total(weight, expected(probability, amounts.outcomes) - amounts.baseline)
    return Consequences(unchanged, with_response, with_response - unchanged)


def _total(weight: FloatArray, amounts: FloatArray) -> float:
    _alike(weight, amounts)
    if numpy.isnan(amounts).any():
        row = int(numpy.argmax(numpy.isnan(amounts)))
        raise BadInput(f"an amount that is needed is not known: row {row}", field="consequences")
    return float(weight @ amounts)


def _alike(one: FloatArray, other: FloatArray) -> None:
    if one.shape != other.shape:
        raise BadInput(f"{one.shape} and {other.shape} do not fit", field="consequences")
