"""One partition under the baseline and a reform: a pure function of paths, laws and parameters.

It reads the partition itself, writes the columns from which distributions are measured, and gives back totals
that can be added up. Nothing else goes in or out, so any executor can run it anywhere, and again.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time

import numpy as np

from donghaeng.population.schema import DISTRICT, WEIGHT, Table
from donghaeng.population.store import Partition
from donghaeng.population.store.columns import write_columns

from .design_keys import design_columns
from .evaluation import Evaluated, Evaluation, ReformEvaluation
from .groups import ADULT, age_bands, ages, family_types, income_bands
from .households import Households, Values
from .plan import AFTER, BEFORE, Plan
from .tally import Tally
from .tax_rates import (
    EARNINGS,
    RAISE,
    MainEarner,
    earnings_of_main,
    main_earner,
    marginal_rate,
    participation_rate,
)
from .totals import Totals

Array = np.ndarray
# The income by which the pilot enrolled households, and the line of which it is a share.
BANDED = ("safety_income_income", "median_income")


@dataclass
class Kernels:
    """The evaluations of a plan, compiled once in each process."""

    plan: Plan
    before: Evaluation = field(init=False)
    after: ReformEvaluation = field(init=False)
    # The baseline again, for what a reading of the law may change in it.
    reread: ReformEvaluation | None = field(init=False)
    # The baseline again at other earnings: only what rests on them.
    at_other_earnings: ReformEvaluation = field(init=False)

    def __post_init__(self) -> None:
        plan = self.plan
        of_after = tuple(n for n in (plan.income, *plan.amounts) if n in plan.after.law.variables)
        of_before = tuple(n for n in (plan.income, *plan.amounts) if n in plan.before.law.variables)
        choices = tuple(dict.fromkeys(name for reading in plan.readings for name in reading))
        self.after = ReformEvaluation(plan.before, plan.after, of_after, plan.form, choices)
        taken: tuple[str, ...] = self.after.taken
        self.reread = None
        if plan.reread:
            alone = (plan.income,)
            self.reread = ReformEvaluation(plan.before, plan.before, alone, plan.form, choices)
            taken += self.reread.taken
        other = dataclasses.replace(plan.before, changed=frozenset({EARNINGS}))
        of_income = (plan.income, *self.after.taken)
        self.at_other_earnings = ReformEvaluation(
            plan.before, other, of_income, plan.form, few=len(plan.before.law.rules)
        )
        taken += self.at_other_earnings.taken
        taken += tuple(name for name in BANDED if name in plan.before.law.rules)
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
        before, after = self.both()
        incomes = self.readings(before, after)
        same = _same(incomes)
        columns = self.described()
        everything = [values for pair in incomes for values in pair]
        columns["known"] = _all_known(everything, self.partition.count)
        for number, ((of_before, _), (of_after, _)) in enumerate(incomes):
            if same[number] == number:
                if number == 0 or of_before is not incomes[0][0][0]:
                    columns[f"before_{number}"] = of_before
                columns[f"after_{number}"] = of_after
        columns |= self.rates(before, after)
        tally = Totals(self.plan, self.partition, self.weight).tally(
            before, after, columns["known"]
        )
        write_columns(target, columns)
        return Counted(tally, same, self.kernel_seconds, self.partition.count)

    def both(self) -> tuple[Evaluated, Evaluated]:
        start = process_time()
        before = self.kernels.before.run(self.stored, self.plan.readings[0])
        after = self.kernels.after.run(self.stored, before, self.plan.readings[0])
        self.kernel_seconds += process_time() - start
        return before, after

    def both_with(self, earnings: Values, before: Evaluated) -> tuple[Evaluated, Evaluated]:
        """Baseline and reform at other earnings."""
        start, main = process_time(), self.plan.readings[0]
        changed = {EARNINGS: earnings}
        one = self.kernels.at_other_earnings.run(self.stored, before, main, changed)
        other = self.kernels.after.run(self.stored.where(changed), one, main)
        self.kernel_seconds += process_time() - start
        return one, other

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
        if all(name in self.plan.before.law.rules for name in BANDED):
            columns["income_band"] = income_bands(*(before.result(name) for name in BANDED))
        others = (earner.earnings + RAISE, np.zeros_like(earner.earnings))
        pairs = [(before, after)]
        pairs += [
            self.both_with(earnings_of_main(earnings, earner, amount), before) for amount in others
        ]
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
        business, told = self.stored.fact(law, "business_income")
        return {
            "earnings": earner.earnings,
            "business_income": np.where(True if told is None else told, business, 0).sum(axis=0),
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


def _rates(stage: str, earner: MainEarner, incomes: list[Values]) -> dict[str, Array]:
    now, raised, idle = incomes
    works = earner.known & (earner.earnings > 0)
    sure = works & _all_known([now, raised], len(works))
    marginal = np.where(sure, marginal_rate(now[0], raised[0]), np.nan)
    sure = works & _all_known([now, idle], len(works))
    with np.errstate(invalid="ignore"):
        rate = participation_rate(now[0], idle[0], earner.earnings)
    participation = np.where(sure, rate, np.nan)
    return {
        f"marginal_rate_{stage}": marginal,
        f"participation_rate_{stage}": participation,
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
