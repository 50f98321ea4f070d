"""What is asked of a population, and the plan by which it is computed: laws, readings, kernels."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from donghaeng.household.regimes import is_published
from donghaeng.population.schema import RECEIVED, Table
from donghaeng.population.store import Population
from donghaeng.rules.declarations import Fact, Label
from donghaeng.rules.folding import parameters_read
from donghaeng.rules.law import Law
from donghaeng.rules.terms import Entity, Kind

from .design_keys import refuse_a_single_unit, sampling_of
from .evaluation import check_recorded
from .plan import Plan
from .reform_files import Assumptions
from .scenario import Scenario, amounts_of, income_of


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


def plan_of(question: Question) -> Plan:
    """What is to be computed of each partition.

    Raises:
        BadInput: where there is no disposable income, fewer than two units were drawn, or take-up is to be as
            recorded and was not.
    """
    population, law = question.population, question.after.law
    refuse_a_single_unit(population)
    for scenario in (question.before, question.after):
        check_recorded(population, scenario)
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
