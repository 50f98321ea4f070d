"""What taxes and benefits do to inequality: concentration, progressivity, redistribution and reranking.

With G the Gini coefficient and C the concentration index of incomes after, ranked by incomes before:

    redistribution      G(before) - G(after) = Reynolds–Smolensky - reranking
    Reynolds–Smolensky  G(before) - C(after) = rate / (1 - rate) × Kakwani
    reranking           G(after) - C(after), never negative (Atkinson 1980; Plotnick 1981)
    Kakwani             C(payment) - G(before), with payment = before - after, negative for benefits
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy

from donghaeng.rules.faults import BadInput

from .definitions import MeasureName
from .distribution import Distribution, Figures, figures
from .lorenz import gini
from .measure import Measure, difference, taken_from
from .nonpositive import NonPositive
from .sums import FloatArray, total


def concentration(amounts: Figures, ranked_by: Distribution) -> Measure:
    """How far ``amounts`` (n,) go to the rich: the Gini coefficient's formula with people ranked by income.

    From -1 (all to the poorest) to 1. Equal incomes share the middle of their ranks, so that it does not
    matter in which order they stand. Raises BadInput if the amounts sum to zero. Influence: as of the Gini
    coefficient, with the amounts of those who are richer.

    >>> concentration([4, 0, 0, 0], Distribution.of([1, 2, 3, 6])).value
    -0.75
    """
    name = MeasureName.CONCENTRATION
    given = figures(amounts, "amounts")
    if given.shape != ranked_by.weights.shape:
        raise BadInput(
            f"{len(given):,} amounts for {len(ranked_by.weights):,} rows", field="amounts"
        )
    each = given[ranked_by.order]
    weight, people = ranked_by.weight, ranked_by.people
    weighted = weight * each
    everything = total(weighted)
    if everything == 0 or not numpy.isfinite(everything):
        raise BadInput("the amounts sum to zero, or one is missing", field=name)
    ranks = _middle_ranks(ranked_by)
    pairs = total(weighted * ranks)
    value = 2 * pairs / (people * everything) - 1

    def linearised() -> FloatArray:
        richer = everything - _middle_of_ties(ranked_by, weighted)
        moved = (each * ranks + richer) / (people * everything)
        moved -= pairs / (people * everything) * (1 / people + each / everything)
        return ranked_by.to_rows(2 * moved)

    return taken_from(ranked_by, name, value, linearised)


def _middle_ranks(distribution: Distribution) -> FloatArray:
    """People with less income, and half of those with the same, for each row (m,)."""
    return _middle_of_ties(distribution, distribution.weight)


def _middle_of_ties(distribution: Distribution, values: FloatArray) -> FloatArray:
    """The sum of ``values`` of those with less income, and half of those with the same, (m,)."""
    starts = distribution.starts
    of_ties = numpy.add.reduceat(values, starts)
    below = numpy.cumsum(of_ties) - of_ties / 2
    if len(starts) == len(values):
        return below
    return numpy.repeat(below, numpy.diff(starts, append=len(values)))


@dataclass(frozen=True, eq=False)
class Redistribution:
    """Incomes ``before`` and ``after`` of the same rows, (n,) each; every measure is taken when asked for."""

    before: Distribution
    after: Distribution
    before_rows: FloatArray
    after_rows: FloatArray

    @classmethod
    def of(
        cls,
        before: Figures,
        after: Figures,
        weights: Figures | None = None,
        nonpositive: NonPositive = NonPositive.AS_IS,
    ) -> Redistribution:
        """Both incomes with the same weights. LEAVE_OUT is refused: it would leave out other rows before and
        after.

        >>> flat = Redistribution.of([1, 2, 3, 6], [2, 2.5, 3, 4.5])
        >>> round(flat.total.value, 4), round(flat.gini_after.value, 4)
        (0.1667, 0.1667)
        """
        if nonpositive is NonPositive.LEAVE_OUT:
            raise BadInput(
                "other rows would be left out before than after",
                field=nonpositive,
                remedy="choose as_is or set_to_zero",
            )
        first = Distribution.of(before, weights, nonpositive)
        second = Distribution.of(after, first.weights, nonpositive)
        rows = (_as_treated(each, nonpositive) for each in (before, after))
        return cls(first, second, *rows)

    @cached_property
    def gini_before(self) -> Measure:
        """Of the incomes before."""
        return gini(self.before)

    @cached_property
    def gini_after(self) -> Measure:
        """Of the incomes after."""
        return gini(self.after)

    @cached_property
    def concentration_after(self) -> Measure:
        """Of the incomes after, ranked by those before."""
        return concentration(self.after_rows, self.before)

    @property
    def total(self) -> Measure:
        """Gini before less Gini after."""
        return _named(MeasureName.REDISTRIBUTION, self.gini_before, self.gini_after)

    @property
    def reynolds_smolensky(self) -> Measure:
        """What it would be if nobody overtook anybody."""
        name = MeasureName.REYNOLDS_SMOLENSKY
        return _named(name, self.gini_before, self.concentration_after)

    @property
    def reranking(self) -> Measure:
        """What overtaking takes back."""
        return _named(MeasureName.RERANKING, self.gini_after, self.concentration_after)

    @property
    def kakwani(self) -> Measure:
        """How much more unequal net payments are than incomes; negative for benefits.

        Raises BadInput if they sum to zero.
        """
        payment = self.before_rows - self.after_rows
        return _named(MeasureName.KAKWANI, concentration(payment, self.before), self.gini_before)

    @property
    def average_rate(self) -> Measure:
        """Net payments as a share of income before; negative for benefits."""
        before, after = self.before, self.after
        share = after.all_income / before.positive_mean(MeasureName.AVERAGE_RATE) / before.people

        def linearised() -> FloatArray:
            moved = share * self.before_rows - self.after_rows
            return moved * (before.weights > 0) / before.all_income

        return taken_from(before, MeasureName.AVERAGE_RATE, 1 - share, linearised)


def _as_treated(amounts: Figures, rule: NonPositive) -> FloatArray:
    """The incomes of all rows as the rule leaves them."""
    found = figures(amounts, "income")
    return numpy.maximum(found, 0.0) if rule is NonPositive.SET_TO_ZERO else found


def _named(name: MeasureName, one: Measure, other: Measure) -> Measure:
    """The difference under its own name."""
    both = difference(one, other)
    return Measure(name, both.value, both.weights, both.linearised, both.treatments)
