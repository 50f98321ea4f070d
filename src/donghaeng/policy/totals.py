"""The totals of a partition: amounts, recipients, who gains, who receives what is due; with what errors need."""

from __future__ import annotations

import itertools

import numpy as np

from donghaeng.population.schema import RECEIVED, WEIGHT, Table
from donghaeng.population.store import Partition
from donghaeng.rules.declarations import Rule
from donghaeng.rules.terms import Period, Role

from .design_keys import design_columns
from .evaluation import Evaluated
from .households import Values
from .plan import Plan
from .row_weights import row_weights
from .tally import Tally

Array = np.ndarray
Row = Array | None  # figures of (households,); None where all are zero


class Totals:
    """Counts one partition.

    Args:
        plan: what is counted.
        partition: the households.
        weight: of each of them.
    """

    def __init__(self, plan: Plan, partition: Partition, weight: Array) -> None:
        self.plan, self.partition, self.weight = plan, partition, weight
        # Persons as their own weights count them, told of the household whose weight the tally multiplies by.
        self.stands_for: Array | None = None
        if partition.holds(Table.PERSONS, WEIGHT):
            self.stands_for = row_weights(partition, Table.PERSONS) / weight

    def tally(self, before: Evaluated, after: Evaluated, known: Array) -> Tally:
        """Every quantity of the plan."""
        plan, count = self.plan, self.partition.count
        change = np.where(known, after.result(plan.income)[0] - before.result(plan.income)[0], 0)
        gain, lose = change > 0, change < 0
        rows: list[Row] = [np.ones(count), np.full(count, self.partition.size), ~known]
        rows += [change, gain, lose, np.where(gain, change, 0), np.where(lose, change, 0)]
        amounts = [self.amount_rows(before, after, name) for name in plan.amounts]
        # The changes of all monthly lines, and what of the change in hand stands in none of them: a
        # benefit that another replaces keeps its line and is not paid. Those of a year are in no month.
        listed, yearly = np.zeros(count), np.zeros(count)
        for name, lines in zip(plan.amounts, amounts, strict=True):
            if lines[4] is not None:
                rule = self.rule(name)
                into = yearly if rule.period is Period.YEAR else listed
                into += -lines[4] if rule.role is Role.CONTRIBUTION else lines[4]
        listed[~known] = yearly[~known] = 0
        rows += [listed, change - listed, yearly, *itertools.chain(*amounts)]
        for name in plan.receipts:
            rows += self.receipt_rows(before, name)
        tally = Tally(plan.sampling, plan.quantities())
        stratum, unit = design_columns(plan.sampling)
        tally.add(rows, self.weight, self.code(stratum), self.code(unit))
        return tally

    def rule(self, name: str) -> Rule:
        """The rule of an amount, which may stand in one of both laws alone."""
        laws = (self.plan.after.law, self.plan.before.law)
        return next(law.rules[name] for law in laws if name in law.rules)

    def code(self, name: str) -> Array | None:
        if not name or not self.partition.holds(Table.HOUSEHOLDS, name):
            return None
        return self.partition.household(name).astype(np.int64)

    def receipt_rows(self, before: Evaluated, name: str) -> list[Row]:
        """Entitlement against what was recorded; a person's benefit is counted in persons.

        Won not received are the household's, as all money.
        """
        values, known = before.entitlement(name)
        table = Table.PERSONS if values.ndim == 2 else Table.HOUSEHOLDS
        found = self.partition.column(table, RECEIVED + name)
        recorded, sure = found if found is not None else (np.zeros_like(values), None)
        both = np.ones(values.shape, bool)
        for flags in (known, sure):
            if flags is not None:
                both &= flags
        if found is None:
            both[:] = False
        due, had = values > 0, recorded > 0
        counted = [
            due & had & both,
            due & ~had & both,
            ~due & had & both,
            ~due & ~had & both,
            ~both,
        ]
        not_received = np.where(due & ~had & both, values, 0)
        if values.ndim == 2:
            not_received = not_received.sum(axis=0)
        return [*(self.counted(rows) for rows in counted), not_received]

    def amount_rows(self, before: Evaluated, after: Evaluated, name: str) -> list[Row]:
        """Amounts and recipients before and after and their change, and who is undetermined.

        What the reform does not touch is the same array before and after, and is counted once.
        """
        count = self.partition.count
        nothing = np.zeros(count, np.int64), None
        first = before.households.columns.get(name, nothing)
        second = after.households.columns.get(name, nothing)
        unknown = _unknown(first, count) | _unknown(second, count)
        amount, recipients = self.told(first, unknown)
        rows: list[Row] = [amount, recipients]
        if second[0] is first[0]:
            rows += [*rows, None, None]
        else:
            then, receiving = self.told(second, unknown)
            rows += [then, receiving, then - amount, receiving - recipients]
        return [*rows, unknown if unknown.any() else None]

    def told(self, values: Values, unknown: Array) -> tuple[Array, Array]:
        """The household's amount and how many receive; 0 for who is undetermined."""
        numbers = values[0]
        recipients = self.counted(numbers > 0)
        if numbers.ndim == 2:
            numbers = numbers.sum(axis=0)
        if unknown.any():
            return np.where(unknown, 0, numbers), np.where(unknown, 0, recipients)
        return numbers, recipients

    def counted(self, rows: Array) -> Array:
        """How many of each household are flagged, (households,): persons by their own weights."""
        if rows.ndim == 1:
            return rows.astype(np.int64)
        if self.stands_for is None:
            whole: Array = rows.sum(axis=0)
            return whole
        stands_for: Array = np.einsum("ph,ph->h", rows, self.stands_for)
        return stands_for


def _unknown(values: Values, count: int) -> Array:
    known = values[1]
    if known is None:
        return np.zeros(count, bool)
    return ~(np.logical_and.reduce(known, axis=0) if known.ndim == 2 else known)
