"""Incomes with their weights, sorted once; every measure is taken from here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy
from numpy.typing import NDArray

from donghaeng.rules.faults import BadInput

from .nonpositive import Incomes, NonPositive, Treatment
from .sorting import ascending
from .sums import FloatArray, IndexArray, running_sum, total

Figures = NDArray[Any] | Sequence[float]


@dataclass(frozen=True, eq=False)
class Distribution:
    """Who has how much, poorest first. Make one with ``Distribution.of``.

    A row is a person, or a household whose weight is multiplied by its persons: both give the same
    measures. A row of weight zero is outside of the distribution (another district, say) and has no
    influence. Rows that the rule for incomes of zero or less leaves out have none either.

    ``order`` (m,) are the places of the m rows inside, by income; ``income`` and ``weight`` (m,) are in
    that order; ``weights`` (n,) are those of all rows, as they were given.

    >>> four = Distribution.of([3, 1, 2, 2], [1, 2, 1, 1])
    >>> four.income.tolist(), four.weight.tolist(), four.mean
    ([1.0, 2.0, 2.0, 3.0], [2.0, 1.0, 1.0, 1.0], 1.8)
    """

    order: IndexArray
    income: FloatArray
    weight: FloatArray
    weights: FloatArray
    treatment: Treatment

    @classmethod
    def of(
        cls,
        income: Figures,
        weights: Figures | None = None,
        nonpositive: NonPositive = NonPositive.AS_IS,
    ) -> Distribution:
        """Sort ``income`` (n,) with its ``weights`` (n,), all 1 if there are none.

        Raises BadInput for an income that is missing or infinite, and for weights that are missing,
        negative or all zero.
        """
        values = figures(income, "income")
        rows = len(values)
        given = numpy.ones(rows) if weights is None else checked_weights(weights, rows)
        inside = None if given.all() else numpy.flatnonzero(given)
        within = values if inside is None else values[inside]
        if not numpy.isfinite(total(within)) and not numpy.isfinite(within).all():
            missing = int((~numpy.isfinite(within)).sum())
            raise BadInput(
                f"{missing:,} of {len(within):,} rows have no finite figure",
                field="income",
                remedy="leave such rows out, with a weight of zero, and say so",
            )
        order = ascending(within)
        if inside is not None:
            order = inside[order]
        whole = cls(order, values[order], given[order], given, Treatment(NonPositive.AS_IS))
        return whole.under(nonpositive)

    def under(self, rule: NonPositive) -> Distribution:
        """The same rows under another rule for incomes of zero or less, without sorting again.

        Raises BadInput if this distribution has already been changed by a rule, if REFUSE meets such an
        income, or if LEAVE_OUT leaves nobody.
        """
        if rule is self.treatment.rule:
            return self
        if self.treatment.rows:
            raise BadInput(
                f"another rule has already changed {self.treatment.rows:,} rows",
                field=rule,
                remedy="start from the distribution as it is",
            )
        side = "left" if rule is NonPositive.SET_TO_ZERO else "right"
        touched = int(self.income.searchsorted(0.0, side=side))  # type: ignore[call-overload]
        weight = total(self.weight[:touched])
        if rule is NonPositive.AS_IS:
            touched, weight = 0, 0.0
        if rule is NonPositive.REFUSE and touched:
            raise BadInput(_count(touched, weight, "of zero or less"), field="income")
        if rule is NonPositive.LEAVE_OUT:
            if touched == len(self.income):
                raise BadInput("no income is above zero: nobody would be left", field="income")
            return Distribution(
                self.order[touched:],
                self.income[touched:],
                self.weight[touched:],
                self.weights,
                Treatment(rule, touched, weight),
            )
        income = self.income
        if rule is NonPositive.SET_TO_ZERO and touched:
            income = numpy.asarray(numpy.maximum(income, 0.0))
        treatment = Treatment(rule, touched, weight)
        return Distribution(self.order, income, self.weight, self.weights, treatment)

    def require(self, needed: Incomes, measure: str) -> None:
        """Refuse incomes for which ``measure`` is not defined."""
        if needed is Incomes.ANY:
            return
        side = "left" if needed is Incomes.NOT_NEGATIVE else "right"
        outside = int(self.income.searchsorted(0.0, side=side))  # type: ignore[call-overload]
        if outside:
            what = "below zero" if needed is Incomes.NOT_NEGATIVE else "of zero or less"
            choices = " or ".join(rule.value for rule in needed.rules[:-1])
            raise BadInput(
                _count(outside, total(self.weight[:outside]), what),
                field=measure,
                remedy=f"choose a rule for them: {choices}",
            )

    def to_rows(self, values: FloatArray | float) -> FloatArray:
        """``values`` (m,), in order of income, put back into the rows as given; zero outside."""
        rows = numpy.zeros(len(self.weights))
        rows[self.order] = values
        return rows

    def below(self, amount: float) -> int:
        """How many rows have less than ``amount``: they are the first ones."""
        return int(self.income.searchsorted(amount, side="left"))

    def up_to(self, amount: float) -> int:
        """How many rows have at most ``amount``: they are the first ones."""
        return int(self.income.searchsorted(amount, side="right"))

    @cached_property
    def people_up_to(self) -> FloatArray:
        """Weight up to and with each row, (m,)."""
        return running_sum(self.weight)

    @cached_property
    def income_up_to(self) -> FloatArray:
        """Weighted income up to and with each row, (m,)."""
        return running_sum(self.weight * self.income)

    @property
    def people(self) -> float:
        """The sum of the weights."""
        return float(self.people_up_to[-1])

    @property
    def all_income(self) -> float:
        """The weighted sum of the incomes."""
        return float(self.income_up_to[-1])

    @property
    def mean(self) -> float:
        """Income a person."""
        return self.all_income / self.people

    @cached_property
    def deviation(self) -> float:
        """The standard deviation of income among people."""
        return float(numpy.sqrt(total(self.weight * (self.income - self.mean) ** 2) / self.people))

    @cached_property
    def interquartile_range(self) -> float:
        """The income that three quarters of the people do not exceed, less that of one quarter."""
        low, high = self.people_up_to.searchsorted((0.25 * self.people, 0.75 * self.people))
        return float(self.income[high] - self.income[low])

    @cached_property
    def starts(self) -> IndexArray:
        """The first row of each distinct income, (d,)."""
        first = numpy.empty(len(self.income), dtype=bool)
        first[0] = True
        numpy.not_equal(self.income[1:], self.income[:-1], out=first[1:])
        return numpy.flatnonzero(first)

    def positive_mean(self, measure: str) -> float:
        """The mean, which ``measure`` divides by."""
        if self.mean <= 0:
            raise BadInput(f"the mean income is {self.mean:g}, not above zero", field=measure)
        return self.mean


def figures(values: Figures, field: str) -> FloatArray:
    """``values`` as one row of 64-bit floats."""
    try:
        found = numpy.asarray(values, dtype=numpy.float64)
    except (TypeError, ValueError) as fault:
        raise BadInput("these are not numbers", field=field) from fault
    if found.ndim != 1 or not len(found):
        raise BadInput(f"one figure a row is needed, not an array of {found.shape}", field=field)
    return found


def checked_weights(weights: Figures, rows: int) -> FloatArray:
    """Weights (rows,) that are finite, not negative and not all zero."""
    found = figures(weights, "weights")
    if len(found) != rows:
        raise BadInput(f"{len(found):,} weights for {rows:,} rows", field="weights")
    if not (numpy.isfinite(total(found)) and found.min() >= 0):
        wrong = int((~(numpy.isfinite(found) & (found >= 0))).sum())
        raise BadInput(f"{wrong:,} weights are missing, infinite or negative", field="weights")
    if not found.any():
        raise BadInput("all weights are zero", field="weights")
    return found


def _count(rows: int, weight: float, what: str) -> str:
    return f"{rows:,} rows (weight {weight:,.6g}) have an income {what}"
