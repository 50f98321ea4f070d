"""Every figure of a simulation, told from the totals and the sample of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from donghaeng.inequality import DEFINITIONS, MeasureName
from donghaeng.population.schema import DISTRICT, Table
from donghaeng.rules.declarations import Fact, Label
from donghaeng.rules.law import Law
from donghaeng.rules.terms import Entity, Status
from donghaeng.version import __version__

from .groups import AGE_LABELS, DECILE_LABELS, FAMILY_LABELS, FAMILY_TYPES
from .plan import AFTER, BEFORE, BUDGET_PARTS, CHANGE, RECEIPT_PARTS, Plan
from .question import Question, value_of_number
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
from .row_weights import weight_of
from .runs import Done
from .sample import RULES, Compared, Sample
from .scenario import Scenario
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
# Who receives where no settings of take-up say otherwise.
EVERYONE = ("자격이 있으면 모두 받음", "everybody entitled receives")
OF_READINGS = (MeasureName.POVERTY_RATE, MeasureName.GINI)


class Telling:
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
            single_strata=self.tally.single,
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
        of_persons = rule.entity is Entity.PERSON
        weight = weight_of(
            self.question.population.partitions,
            Table.PERSONS if of_persons else Table.HOUSEHOLDS,
        )
        return Receipt(name, rule.label, rule.period.value, of_persons, weight, *figures)

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
                self.sample.touched_rows(name, reading),
                compared[name],
            )
            for name in names
        )

    def _rates(self) -> Iterable[Rates]:
        columns, weight = self.sample.columns, self.sample.weight
        tenths, members = self.groupings["decile"]
        everyone = np.zeros(self.sample.count, np.int8)
        groupings = (
            ("all", everyone, [("all", "all main earners")]),
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
