"""A reform against the present system, for everybody in a population: from files to every figure."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np

from donghaeng.household.regimes import is_published
from donghaeng.inequality import DEFINITIONS, MeasureName
from donghaeng.population.schema import DISTRICT, RECEIVED, Table
from donghaeng.population.store import Population
from donghaeng.rules.declarations import Fact, Label
from donghaeng.rules.folding import parameters_read
from donghaeng.rules.law import Law
from donghaeng.rules.terms import Entity, Kind, Status
from donghaeng.version import __version__

from .design_keys import sampling_of
from .groups import AGE_LABELS, DECILE_LABELS, FAMILY_LABELS, FAMILY_TYPES
from .partition_run import AFTER, BEFORE, BUDGET_PARTS, CHANGE, RECEIPT_PARTS, Plan
from .portable import PortablePlan
from .reform_files import Assumptions
from .results import (
    Amount,
    Budget,
    Distributional,
    Group,
    Listed,
    Rates,
    Reading,
    Receipt,
    Regime,
    Simulation,
)
from .runs import Done, Executors, Progress, processes, run
from .sample import RULES, Compared, Sample
from .scenario import Scenario, amounts_of, income_of
from .tally import Tally

Array = np.ndarray
MEASURES = (
    MeasureName.MEAN,
    MeasureName.MEDIAN,
    MeasureName.POVERTY_RATE,
    MeasureName.POVERTY_GAP,
    MeasureName.GINI,
    MeasureName.S80_S20,
    MeasureName.PALMA,
    MeasureName.THEIL,
    MeasureName.ATKINSON,
    MeasureName.D9_D1,
    MeasureName.D9_D5,
    MeasureName.D5_D1,
    MeasureName.SEN,
    MeasureName.WATTS,
    MeasureName.WOLFSON,
    MeasureName.DUCLOS_ESTEBAN_RAY,
    MeasureName.MIDDLE_CLASS,
    MeasureName.MIDDLE_CLASS_OECD,
)
# What is told of tax rates: the mean, and how many are above a half, above four fifths, at 100 % or more.
RATES_TOLD: tuple[Callable[[Array], Array], ...] = (
    lambda rates: rates,
    lambda rates: rates > 0.5,
    lambda rates: rates > 0.8,
    lambda rates: rates >= 1.0,
)
# Measures that are told with the line before the reform as well, under a label of their own.
ANCHORED = {
    MeasureName.POVERTY_RATE: "poverty rate, line before the reform",
    MeasureName.POVERTY_GAP: "poverty gap index, line before the reform",
}
OF_READINGS = (MeasureName.POVERTY_RATE, MeasureName.GINI)


@dataclass(frozen=True)
class Question:
    """A reform, its baseline, and whom it is asked of.

    Attributes:
        note: what the reform file says of itself, Korean and English.
        text: the reform file, to be told with the results.
        overlay: the assumptions that are in the baseline, to be told with the results.
        income: variable of disposable income; the law's own where ``None``.
        form: of the kernels; ``auto`` compiles for large populations only.
    """

    population: Population
    before: Scenario
    after: Scenario
    note: tuple[str, str] | None = None
    income: str | None = None
    form: str = "auto"
    text: str = ""
    overlay: Assumptions | None = None


EVERYONE: Label = ("자격이 있으면 모두 받음", "everybody entitled receives")
# Below so many households the plain form is done before a law is compiled.
WORTH_COMPILING = 30_000


def simulate(
    question: Question,
    folder: Path,
    *,
    executors: Executors = processes,
    progress: Progress | None = None,
) -> Simulation:
    """Compute the baseline and the reform, and every figure of their comparison.

    Args:
        folder: where columns and records stand; a run that was stopped goes on there.
        executors: opens the executor of the partitions.
        progress: told how many partitions of how many are done.

    Raises:
        BadInput: for a population, a law or a reform that does not fit.
    """
    plan = plan_of(question)
    started, started_cpu = perf_counter(), process_time()
    portable = PortablePlan.of(plan)
    done = run(portable, question.population, folder, executors, progress)
    computed = perf_counter()
    sample = Sample.of(done, plan.sampling)
    result = _Telling(question, plan, done, sample).simulation()
    seconds = {
        "partitions": computed - started,
        "kernel_cpu": done.kernel_seconds,
        "measures": perf_counter() - computed,
        "own_cpu": process_time() - started_cpu,
    }
    return dataclasses.replace(result, seconds=seconds)


def plan_of(question: Question) -> Plan:
    """What is to be computed of each partition."""
    population, law = question.population, question.after.law
    income = income_of(law, question.income)
    income_of(question.before.law, question.income or income)
    amounts = tuple(dict.fromkeys((*amounts_of(question.before.law), *amounts_of(law))))
    after, before = (
        parameters_read(each.law, (income, *amounts_of(each.law)), constants_of(each, population))
        for each in (question.after, question.before)
    )
    readings = readings_of(law, (income, *amounts_of(law)), after | before)
    receipts = tuple(
        name
        for name in amounts_of(question.before.law)
        if _recorded(population, question.before.law, name)
    )
    form = question.form
    if form == "auto":
        form = "numba" if population.households >= WORTH_COMPILING else "numpy"
    return Plan(
        question.before.under(readings[0]),
        question.after.under(readings[0]),
        readings,
        income,
        amounts,
        receipts,
        sampling_of(population),
        form,
        reread=any(name in before for name, words in _regimes(readings).items() if len(words) > 1),
    )


def constants_of(scenario: Scenario, population: Population) -> dict[str, Any]:
    """Facts that have one value for everybody: what a scenario decides, and defaults of what is not stored."""
    facts = scenario.law.facts
    constants: dict[str, Any] = {}
    for name, fact in facts.items():
        table = Table.PERSONS if fact.entity is Entity.PERSON else Table.HOUSEHOLDS
        stored = any(partition.holds(table, name) for partition in population.partitions)
        if name in scenario.facts:
            constants[name] = value_of_number(fact, scenario.facts[name])
        elif not stored and name in scenario.assumed:
            constants[name] = value_of_number(fact, scenario.assumed[name])
        elif not stored and fact.default is not None:
            constants[name] = fact.default
    return constants


def value_of_number(fact: Fact, number: int) -> Any:
    """The value of a fact that a number of the tables stands for."""
    if fact.choices is not None:
        return list(fact.choices)[number]
    if fact.kind is Kind.DAY:
        return datetime.date(number // 10_000, number // 100 % 100, number % 100)
    return bool(number) if fact.kind is Kind.FLAG else number


def _regimes(readings: Iterable[Mapping[str, str]]) -> dict[str, set[str]]:
    """The words of each choice over the readings."""
    found: dict[str, set[str]] = {}
    for reading in readings:
        for name, word in reading.items():
            found.setdefault(name, set()).add(word)
    return found


def readings_of(
    law: Law, wanted: Iterable[str], read: Container[str] | None = None
) -> tuple[Mapping[str, str], ...]:
    """Every combination of the regimes that nothing published settles; first that of the defaults.

    Args:
        read: parameters that can matter; of the other choices only the default is taken.
    """
    published = is_published(law)
    choices: dict[str, list[str]] = {}
    for name, words in law.open_choices(wanted).items():
        default = law.in_force[name].default or words[0]
        settled = published(name) or (read is not None and name not in read)
        others = [] if settled else [word for word in words if word != default]
        choices[name] = [default, *others]
    return tuple(
        dict(zip(choices, words, strict=True)) for words in itertools.product(*choices.values())
    )


def _recorded(population: Population, law: Law, name: str) -> bool:
    of_person = law.variables[name].entity is Entity.PERSON
    table = Table.PERSONS if of_person else Table.HOUSEHOLDS
    return any(partition.holds(table, RECEIVED + name) for partition in population.partitions)


class _Telling:
    """Figures from the totals and the sample of a run."""

    def __init__(self, question: Question, plan: Plan, done: Done, sample: Sample) -> None:
        self.question, self.plan, self.done, self.sample = question, plan, done, sample
        self.tally: Tally = done.tally
        main = sample.readings[0]
        self.change = sample.after[main] - sample.before[main]
        self.groupings = self._groupings()

    def simulation(self) -> Simulation:
        question, plan = self.question, self.plan
        manifest = question.population.manifest
        after, before = plan.after, plan.before
        rows, weight = self.sample.left_out
        return Simulation(
            title=after.label,
            baseline=before.label,
            note=question.note,
            day=plan.day,
            law_hash=before.law.hash,
            reform_hash=after.law.hash,
            population=question.population.folder.name,
            population_title=manifest.title,
            synthetic=manifest.synthetic,
            sampling=plan.sampling.label,
            weight_note=manifest.weight_note,
            design_note=manifest.design_note,
            reference_day=manifest.reference_day,
            income=plan.income,
            income_label=after.law.variables[plan.income].label,
            take_up_before=_take_up(before),
            take_up_after=_take_up(after),
            households_in=manifest.households,
            households_used=self.sample.count,
            households_undetermined=rows,
            weight_undetermined=weight,
            changes=changes_of(before, after),
            amounts=tuple(self._amount(name) for name in plan.amounts),
            budget=Budget(
                self.tally.estimate(households=1),
                self.tally.estimate(persons=1),
                *(self.tally.estimate(**{part: 1}) for part in BUDGET_PARTS),
            ),
            groups=tuple(self._groups()),
            measures=(
                *self._measures(MEASURES, self.sample.readings[0]),
                *self._measures(tuple(ANCHORED), self.sample.readings[0], anchored=True),
            ),
            rates=tuple(self._rates()),
            receipts=tuple(self._receipt(name) for name in plan.receipts),
            readings=tuple(self._readings()),
            not_official=not_official(before.law, after.law, (plan.income, *plan.amounts)),
            assumed=self._assumed(),
            approximations=manifest.approximations,
            approximations_ko=tuple(manifest.details.get("approximations_ko", ())),
            engine=__version__,
            reform_text=question.text,
        )

    # Totals

    def _amount(self, name: str) -> Amount:
        law = self.plan.after.law if name in self.plan.after.law.rules else self.plan.before.law
        rule = law.rules[name]
        return Amount(
            name,
            rule.label,
            rule.role.value,
            rule.period.value,
            rule.entity is Entity.PERSON,
            self._staged(name),
            self._staged(f"recipients of {name}"),
            self.tally.estimate(**{f"undetermined {name}": 1}).value,
        )

    def _staged(self, quantity: str) -> Compared:
        before, after, change = (
            self.tally.estimate(**{f"{stage} {quantity}": 1}) for stage in (BEFORE, AFTER, CHANGE)
        )
        return Compared(before, after, change)

    def _receipt(self, name: str) -> Receipt:
        rule = self.plan.before.law.rules[name]
        figures = [self.tally.estimate(**{f"{name} {part}": 1}) for part in RECEIPT_PARTS]
        return Receipt(name, rule.label, rule.period.value, rule.entity is Entity.PERSON, *figures)

    # Groups

    def _groupings(self) -> dict[str, tuple[Array, list[tuple[str, str]]]]:
        """For each grouping, the place of each household, and key and label of each place."""
        columns = self.sample.columns
        tenths = [(str(number), label) for number, label in enumerate(DECILE_LABELS, 1)]
        families = [(kind.value, FAMILY_LABELS[kind]) for kind in FAMILY_TYPES]
        found = {
            "decile": (self.sample.deciles(), tenths),
            "family_type": (columns["family_type"], families),
            "age": (columns["age_band"], list(AGE_LABELS.items())),
        }
        if DISTRICT in columns:
            names = self.question.population.manifest.details.get("districts", {})
            codes, place = np.unique(columns[DISTRICT], return_inverse=True)
            labels = [(str(code), str(names.get(str(code), code))) for code in codes]
            found["district"] = (place, labels)
        return found

    def _groups(self) -> Iterable[Group]:
        weight = self.sample.weight
        before = self.sample.before[self.sample.readings[0]]
        gain, lose = self.change > 0, self.change < 0
        told = (
            (gain, weight),
            (lose, weight),
            (self.change, weight),
            (self.change, np.where(gain, weight, 0.0)),
            (self.change, np.where(lose, weight, 0.0)),
            (before, weight),
        )
        for grouping, (place, members) in self.groupings.items():
            inside = place >= 0
            rows = np.bincount(place[inside], minlength=len(members))
            households = np.bincount(place[inside], weight[inside], minlength=len(members))
            figures = [
                self.sample.means(values, place, len(members), counted) for values, counted in told
            ]
            for number, (key, label) in enumerate(members):
                if rows[number]:
                    yield Group(
                        grouping,
                        key,
                        label,
                        int(rows[number]),
                        float(households[number]),
                        *(column[number] for column in figures),
                    )

    # Distribution

    def _measures(
        self, names: Sequence[MeasureName], reading: int, *, anchored: bool = False
    ) -> tuple[Distributional, ...]:
        compared = self.sample.compared(names, reading, anchored=anchored)
        return tuple(
            Distributional(
                f"anchored_{name.value}" if anchored else name.value,
                ANCHORED[name] if anchored else DEFINITIONS[name].label,
                DEFINITIONS[name].citation,
                RULES[DEFINITIONS[name].incomes].value,
                compared[name],
            )
            for name in names
        )

    def _rates(self) -> Iterable[Rates]:
        columns, weight = self.sample.columns, self.sample.weight
        tenths, members = self.groupings["decile"]
        everyone = np.zeros(self.sample.count, np.int8)
        groupings = (
            ("all", everyone, [("all", "all households")]),
            ("decile", tenths, members),
        )
        for name in ("marginal_rate", "participation_rate"):
            before, after = (columns[f"{name}_{stage}"] for stage in (BEFORE, AFTER))
            there = np.isfinite(before) & np.isfinite(after)
            first, second = (
                np.where(there, rates, 0.0).astype(np.float64) for rates in (before, after)
            )
            counted = np.where(there, weight, 0.0)
            for grouping, place, groups in groupings:
                rows = np.bincount(place[there], minlength=len(groups))
                told = [
                    self._compared(one(first), one(second), place, len(groups), counted)
                    for one in RATES_TOLD
                ]
                for number, (key, label) in enumerate(groups):
                    if rows[number]:
                        figures = (column[number] for column in told)
                        yield Rates(name, grouping, key, label, int(rows[number]), *figures)

    def _compared(
        self, before: Array, after: Array, place: Array, groups: int, weight: Array
    ) -> list[Compared]:
        change = after.astype(np.float64) - before.astype(np.float64)
        means = (self.sample.means(each, place, groups, weight) for each in (before, after, change))
        return [Compared(*figures) for figures in zip(*means, strict=True)]

    def _readings(self) -> Iterable[Reading]:
        sample = self.sample
        for number in sample.readings:
            change = sample.after[number] - sample.before[number]
            weight = sample.weight
            main = number == sample.readings[0]
            yield Reading(
                main,
                self._regimes(number),
                sum(same == number for same in self.done.same),
                self.tally.estimate(cost=1) if main else sample.total(change),
                sample.mean(change > 0, weight),
                sample.mean(change < 0, weight),
                self._measures(OF_READINGS, number),
            )

    def _regimes(self, number: int) -> tuple[Regime, ...]:
        law = self.plan.after.law
        told = _told(self.plan.readings, self.done.same, number)
        return tuple(
            Regime(name, law.parameters[name].label, word, regime_label(law, name, word))
            for name, word in told.items()
        )

    def _assumed(self) -> tuple[Listed, ...]:
        law = self.plan.before.law
        overlay = self.question.overlay
        reasons = {} if overlay is None else overlay.reasons
        listed = [
            Listed(
                name,
                law.facts[name].label,
                "assumed",
                fact_text(law, name, value),
                reasons.get(name, ""),
            )
            for name, value in self.plan.before.assumed.items()
        ]
        for name, value in (overlay.parameters if overlay else {}).items():
            label = law.parameters[name].label
            listed.append(Listed(name, label, "assumed", str(value), reasons.get(name, "")))
        return tuple(listed)


def _told(
    readings: Sequence[Mapping[str, str]], same: Sequence[int], number: int
) -> dict[str, str]:
    """The regimes that tell this reading from the others: those that all alike readings share."""
    alike = [readings[place] for place, first in enumerate(same) if first == number]
    return {
        name: word
        for name, word in readings[number].items()
        if all(each[name] == word for each in alike) and len({each[name] for each in readings}) > 1
    }


def regime_label(law: Law, parameter: str, word: str) -> Label:
    """A reading of ``parameter`` in Korean and English; the bare word where no rule in force names it."""
    for member in law.links.parameters.get(parameter) or ():
        if member.word == word:
            return member.korean, member.english
    return word, word


def fact_text(law: Law, name: str, number: int) -> str:
    """A fact as a file writes it: a word of its choices, true or false, a day, or a number."""
    fact = law.facts[name]
    assert isinstance(fact, Fact)
    value = value_of_number(fact, number)
    return value.word if fact.choices is not None else str(value).lower()


def _take_up(scenario: Scenario) -> Label:
    if scenario.take_up is None:
        return EVERYONE
    return scenario.take_up.title.ko, scenario.take_up.title.en


def changes_of(before: Scenario, after: Scenario) -> tuple[str, ...]:
    """What a reform changes: parameters with both values, rules, facts that hold for everybody."""
    told = [
        f"{change.name}: {change.before or '–'} → {change.after or '–'}"
        for change in before.law.diff(after.law)
        if change.kind == "parameter"
    ]
    told += [f"rule {name}" for name in sorted(after.changed) if name in after.law.rules]
    told += [f"{name} = {fact_text(after.law, name, value)}" for name, value in after.facts.items()]
    return tuple(told)


def not_official(before: Law, after: Law, wanted: Iterable[str]) -> tuple[Listed, ...]:
    """Parameters behind the results whose status is not official, gaps first."""
    names = [name for name in wanted if name in after.variables]
    behind = after.links.parameters_behind(names)
    listed = []
    for name in sorted(behind):
        dated = after.in_force[name]
        statuses = {dated.status, *dated.status_of.values()} - {Status.OFFICIAL, Status.DERIVED}
        if statuses:
            worst = Status.GAP if Status.GAP in statuses else dated.status
            listed.append(Listed(name, after.parameters[name].label, worst.value))
    return tuple(sorted(listed, key=lambda each: (each.status != "gap", each.name)))
