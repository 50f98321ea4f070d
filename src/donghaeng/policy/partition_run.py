"""One partition under the baseline and a reform: a pure function of paths, laws and parameters.

It reads the partition itself, writes the columns from which distributions are measured, and gives back totals
that can be added up. Nothing else goes in or out, so any executor can run it anywhere, and again.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time

import numpy as np

from donghaeng.population.schema import DISTRICT, RECEIVED, WEIGHT, Table
from donghaeng.population.store import Partition
from donghaeng.population.store.columns import write_columns
from donghaeng.rules.terms import Period, Role

from .design_keys import Sampling, design_columns
from .evaluation import Evaluated, Evaluation, ReformEvaluation
from .groups import ADULT, age_bands, ages, family_types
from .households import Households, Values
from .scenario import Scenario
from .tally import Tally
from .tax_rates import (
    EARNINGS,
    RAISE,
    MainEarner,
    main_earner,
    marginal_rate,
    participation_rate,
    with_earnings,
)

Array = np.ndarray
BEFORE, AFTER, CHANGE = "before", "after", "change"


@dataclass(frozen=True)
class Plan:
    """What is computed of every partition.

    Attributes:
        before, after: the baseline and the reform, each under the main reading of the law.
        readings: choices between regimes by the number of the reading; the first is the main one.
        income: variable of disposable income in a month.
        amounts: benefits and contributions whose totals are told.
        receipts: benefits of which the population records what was received.
        sampling: which unit varies.
        form: of the kernels.
        reread: whether a reading can change the baseline too.
    """

    before: Scenario
    after: Scenario
    readings: tuple[Mapping[str, str], ...]
    income: str
    amounts: tuple[str, ...]
    receipts: tuple[str, ...]
    sampling: Sampling
    form: str = "numba"
    reread: bool = True

    @property
    def day(self) -> datetime.date:
        return self.before.law.day

    def quantities(self) -> tuple[str, ...]:
        """Names of the totals, in the order of the tally."""
        names = ["households", "persons", "undetermined", *BUDGET_PARTS]
        for name in self.amounts:
            for stage in (BEFORE, AFTER, CHANGE):
                names += [f"{stage} {name}", f"{stage} recipients of {name}"]
            names.append(f"undetermined {name}")
        for name in self.receipts:
            names += [f"{name} {part}" for part in RECEIPT_PARTS]
        return tuple(names)


RECEIPT_PARTS = (
    "entitled and receiving",
    "entitled and not receiving",
    "receiving and not entitled",
    "neither",
    "not known",
    "not received",
)
BUDGET_PARTS = ("cost", "gain", "lose", "gained", "lost", "listed", "unlisted")


@dataclass
class Kernels:
    """The evaluations of a plan, compiled once in each process."""

    plan: Plan
    before: Evaluation = field(init=False)
    after: ReformEvaluation = field(init=False)
    # The baseline again, for what a reading of the law may change in it.
    reread: ReformEvaluation | None = field(init=False)

    def __post_init__(self) -> None:
        plan = self.plan
        of_after = tuple(n for n in (plan.income, *plan.amounts) if n in plan.after.law.variables)
        of_before = tuple(n for n in (plan.income, *plan.amounts) if n in plan.before.law.variables)
        choices = tuple(dict.fromkeys(name for reading in plan.readings for name in reading))
        self.after = ReformEvaluation(plan.before, plan.after, of_after, plan.form, choices)
        taken: tuple[str, ...] = self.after.taken
        self.reread = None
        if plan.reread:
            of_income = (plan.income,)
            self.reread = ReformEvaluation(plan.before, plan.before, of_income, plan.form, choices)
            taken += self.reread.taken
        self.before = Evaluation(plan.before, of_before, plan.form, taken)


@dataclass(frozen=True)
class Counted:
    """What a partition gives back.

    Attributes:
        tally: the totals.
        same: for each reading, the first reading that gives every household of the partition the same income.
        kernel_seconds: CPU time of the compiled law.
    """

    tally: Tally
    same: tuple[int, ...]
    kernel_seconds: float
    households: int


def run_partition(kernels: Kernels, partition: Partition, target: Path) -> Counted:
    """Compute one partition, write its columns to ``target``, and count it.

    Raises:
        BadInput: where the partition cannot be read, or the columns cannot be written.
    """
    return _Run(kernels, partition).run(target)


class _Run:
    def __init__(self, kernels: Kernels, partition: Partition) -> None:
        self.kernels, self.plan, self.partition = kernels, kernels.plan, partition
        self.stored = Households(partition, kernels.plan.before.assumed)
        self.weight = partition.household(WEIGHT)
        self.kernel_seconds = 0.0

    def run(self, target: Path) -> Counted:
        before, after = self.both(self.stored)
        incomes = self.readings(before, after)
        same = _same(incomes)
        columns = self.described()
        everything = [values for pair in incomes for values in pair]
        columns["known"] = _all_known(everything, self.partition.count)
        for number, ((of_before, _), (of_after, _)) in enumerate(incomes):
            if same[number] == number:
                columns[f"before_{number}"] = of_before
                columns[f"after_{number}"] = of_after
        columns |= self.rates(before, after)
        tally = self.tally(before, after, columns["known"])
        write_columns(target, columns)
        return Counted(tally, same, self.kernel_seconds, self.partition.count)

    def both(self, households: Households) -> tuple[Evaluated, Evaluated]:
        start = process_time()
        before = self.kernels.before.run(households, self.plan.readings[0])
        after = self.kernels.after.run(households, before, self.plan.readings[0])
        self.kernel_seconds += process_time() - start
        return before, after

    def readings(self, before: Evaluated, after: Evaluated) -> list[tuple[Values, Values]]:
        """Income before and after the reform under each reading."""
        name = self.plan.income
        incomes = [(before.result(name), after.result(name))]
        start = process_time()
        for choices in self.plan.readings[1:]:
            of_before = before
            if self.kernels.reread is not None:
                of_before = self.kernels.reread.run(self.stored, before, choices)
            of_after = self.kernels.after.run(self.stored, before, choices)
            incomes.append((of_before.result(name), of_after.result(name)))
        self.kernel_seconds += process_time() - start
        return incomes

    @property
    def day(self) -> int:
        """The day of the law as the tables write it."""
        day = self.plan.day
        return day.year * 10_000 + day.month * 100 + day.day

    # Columns for distributions

    def described(self) -> dict[str, Array]:
        """Whom each household is counted with."""
        law, partition = self.plan.before.law, self.partition
        columns: dict[str, Array] = {
            "household_id": partition.household("household_id"),
            "weight": self.weight,
            "persons": np.full(partition.count, partition.size, np.int8),
        }
        for name in (DISTRICT, *design_columns(self.plan.sampling)):
            if name and partition.holds(Table.HOUSEHOLDS, name):
                columns[name] = partition.household(name)
        born, known = self.stored.fact(law, "birth_date")
        age = ages(born, self.day)
        spouse = self.stored.fact(law, "spouse")[0]
        child = self.stored.fact(law, "first_parent")[0] >= 0
        columns["family_type"] = family_types(age, known, spouse, child)
        columns["age_band"] = age_bands(age[0], None if known is None else known[0])
        return columns

    def rates(self, before: Evaluated, after: Evaluated) -> dict[str, Array]:
        """Tax rates of main earners, NaN where nobody earns or an income is not known; income without work."""
        earnings = self.stored.fact(self.plan.before.law, EARNINGS)
        earner = main_earner(earnings)
        columns = self.earners(earner)
        raised = with_earnings(self.stored, earnings, earner, earner.earnings + RAISE)
        idle = with_earnings(self.stored, earnings, earner, np.zeros_like(earner.earnings))
        pairs = [(before, after), self.both(raised), self.both(idle)]
        for place, stage in enumerate((BEFORE, AFTER)):
            incomes = [pair[place].result(self.plan.income) for pair in pairs]
            columns |= _rates(stage, earner, incomes)
            columns[f"without_work_{stage}"] = incomes[2][0]
        return columns

    def earners(self, earner: MainEarner) -> dict[str, Array]:
        """Who the main earners are, for settings of labour supply; -1 where it is not known."""
        law, rows = self.plan.before.law, np.arange(self.partition.count)

        def of_earner(values: Values) -> Array:
            numbers, known = values
            own: Array = numbers[earner.slot, rows]
            return own if known is None else np.where(known[earner.slot, rows], own, -1)

        born, known = self.stored.fact(law, "birth_date")
        age = ages(born, self.day)
        sex = self.stored.stored(Table.PERSONS, "sex")
        child = (age < ADULT) & (self.stored.fact(law, "first_parent")[0] >= 0)
        children = np.logical_and.reduce(known, axis=0) if known is not None else True
        return {
            "earnings": earner.earnings,
            "earner_is_head": (earner.slot == 0).astype(np.int8),
            "earner_age": of_earner((age, known)).astype(np.int16),
            "earner_sex": np.full(len(rows), -1, np.int8)
            if sex is None
            else of_earner(sex).astype(np.int8),
            "earner_married": (self.stored.fact(law, "spouse")[0][earner.slot, rows] >= 0).astype(
                np.int8
            ),
            "children": np.where(children, child.sum(axis=0), -1).astype(np.int8),
        }

    # Totals

    def tally(self, before: Evaluated, after: Evaluated, known: Array) -> Tally:
        plan, weight = self.plan, self.weight
        tally = Tally(plan.sampling, plan.quantities())
        rows = [np.ones(len(weight)), np.full(len(weight), self.partition.size), ~known]
        change = np.where(known, after.result(plan.income)[0] - before.result(plan.income)[0], 0)
        gain, lose = change > 0, change < 0
        rows += [change, gain, lose, np.where(gain, change, 0), np.where(lose, change, 0)]
        amounts = [_amount_rows(before, after, name, len(weight)) for name in plan.amounts]
        # The changes of all monthly lines, and what of the change in hand stands in none of them: a
        # benefit that another replaces keeps its line and is not paid.
        listed = sum(
            (self.sign(name) * each[4] for name, each in zip(plan.amounts, amounts, strict=True)),
            start=np.zeros(len(weight)),
        )
        listed = np.where(known, listed, 0)
        rows += [listed, change - listed, *itertools.chain(*amounts)]
        for name in plan.receipts:
            rows += self.receipt_rows(before, name)
        weighted = np.empty((len(rows), len(weight)))
        for place, row in enumerate(rows):
            np.multiply(row, weight, out=weighted[place])
        stratum, unit = design_columns(plan.sampling)
        tally.add(weighted, self.code(stratum), self.code(unit))
        return tally

    def sign(self, name: str) -> int:
        """How a line counts in the income of a month: contributions are paid; a year's lines are not in it."""
        laws = (self.plan.after.law, self.plan.before.law)
        rule = next(law.rules[name] for law in laws if name in law.rules)
        if rule.period is not Period.MONTH:
            return 0
        return -1 if rule.role is Role.CONTRIBUTION else 1

    def code(self, name: str) -> Array | None:
        if not name or not self.partition.holds(Table.HOUSEHOLDS, name):
            return None
        return self.partition.household(name).astype(np.int64)

    def receipt_rows(self, before: Evaluated, name: str) -> list[Array]:
        """Entitlement against what was recorded; a person's benefit is counted in persons."""
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
        parts = [
            due & had & both,
            due & ~had & both,
            ~due & had & both,
            ~due & ~had & both,
            ~both,
            np.where(due & ~had & both, values, 0),
        ]
        return [part.sum(axis=0) if part.ndim == 2 else part for part in parts]


def _amount_rows(before: Evaluated, after: Evaluated, name: str, count: int) -> list[Array]:
    """Amounts and recipients before and after and their change, and who is undetermined."""
    amounts, recipients, unknown = [], [], np.zeros(count, bool)
    for evaluated in (before, after):
        values, known = evaluated.households.columns.get(name, (np.zeros(count, np.int64), None))
        received = values > 0
        of_household = values.sum(axis=0) if values.ndim == 2 else values
        persons = received.sum(axis=0) if values.ndim == 2 else received.astype(np.int64)
        if known is not None:
            unknown |= ~(np.logical_and.reduce(known, axis=0) if known.ndim == 2 else known)
        amounts.append(of_household)
        recipients.append(persons)
    rows = []
    for amount, persons in zip(amounts, recipients, strict=True):
        rows += [np.where(unknown, 0, amount), np.where(unknown, 0, persons)]
    rows += [rows[2] - rows[0], rows[3] - rows[1], unknown]
    return rows


def _rates(stage: str, earner: MainEarner, incomes: list[Values]) -> dict[str, Array]:
    (income, _), (raised, _), (idle, _) = incomes
    sure = earner.known & (earner.earnings > 0) & _all_known(incomes, len(income))
    marginal = np.where(sure, marginal_rate(income, raised), np.nan)
    with np.errstate(invalid="ignore"):
        participation = np.where(sure, participation_rate(income, idle, earner.earnings), np.nan)
    return {
        f"marginal_rate_{stage}": marginal.astype(np.float32),
        f"participation_rate_{stage}": participation.astype(np.float32),
    }


def _all_known(values: list[Values], count: int) -> Array:
    known = np.ones(count, bool)
    for _, flags in values:
        if flags is not None:
            known &= flags
    return known


def _same(incomes: list[tuple[Values, Values]]) -> tuple[int, ...]:
    """For each reading, the first one with the same incomes."""
    firsts: list[int] = []
    for number, pair in enumerate(incomes):
        alike = [other for other in sorted(set(firsts)) if _equal(pair, incomes[other])]
        firsts.append(alike[0] if alike else number)
    return tuple(firsts)


def _equal(one: tuple[Values, Values], other: tuple[Values, Values]) -> bool:
    for (values, known), (others, sure) in zip(one, other, strict=True):
        if (known is None) != (sure is None) or not np.array_equal(values, others):
            return False
        if known is not None and sure is not None and not np.array_equal(known, sure):
            return False
    return True
