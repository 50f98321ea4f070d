"""The law in force on one day: its variables, its parameters, and the questions one can put to it."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from . import bundle, linking
from .declarations import Aggregation, Declaration, Fact, Relation, Rule
from .evaluation import HouseholdFacts, Plan
from .explanation import Explainer, Explanation, explain
from .faults import BadInput, nearest
from .graph import ordered
from .parameters import Dated, Parameter
from .reforms import numbered, reform_path
from .terms import Entity, Enumeration

if TYPE_CHECKING:
    from .book import Book
    from .difference import Change


class Law:
    """A law on a day. Made by ``Book.on``; never changes.

    Attributes:
        book: the sources.
        day: the day it is read on.
        variables: every fact, relation, aggregation and active rule by name.
        choices: regime by name of the parameter, where a user has named one.
        handed_in: results that are facts here, because they were computed before (:meth:`given`).
    """

    def __init__(
        self,
        book: Book,
        day: datetime.date,
        choices: Mapping[str, str] | None = None,
        links: linking.Links | None = None,
        handed_in: Mapping[str, Fact] | None = None,
        scope: tuple[str, ...] = (),
    ) -> None:
        self.book = book
        self.day = day
        self.choices = dict(choices or {})
        self.handed_in = dict(handed_in or {})
        self._scope = scope
        declared = book.declared
        self.rules: dict[str, Rule] = {}
        for name, versions in declared.rules.items():
            for version in versions:
                if _holds(version, day):
                    self.rules[name] = _named_on(version, day)
        self.variables: dict[str, Declaration] = {
            **declared.facts,
            **declared.relations,
            **declared.aggregations,
            **self.rules,
        }
        if scope:
            self._keep(scope)
        self.parameters: dict[str, Parameter] = declared.parameters
        self.in_force: dict[str, Dated] = {
            name: self._chosen(parameter, dated)
            for name, parameter in declared.parameters.items()
            if (dated := parameter.on(day)) is not None
        }
        # A choice between declared regimes changes a value, not what depends on what.
        self.links = links or linking.link(self)
        self._plans: dict[tuple[str, ...], Plan] = {}

    def _keep(self, wanted: Iterable[str]) -> None:
        """Only what ``wanted`` need, with what is handed in as facts."""
        self.variables |= self.handed_in
        needed = ordered(self.variables, wanted)
        self.variables = {name: self.variables[name] for name in needed}
        self.rules = {name: rule for name, rule in self.rules.items() if name in self.variables}
        self.rules = {n: rule for n, rule in self.rules.items() if n not in self.handed_in}

    def _chosen(self, parameter: Parameter, dated: Dated) -> Dated:
        if dated.regimes and self.choices.get(parameter.name) in dated.regimes:
            word = self.choices[parameter.name]
            return dataclasses.replace(dated, cells={(): word}, default=word)
        return dated

    @property
    def hash(self) -> str:
        """Content hash of the whole book; with ``day`` and ``choices`` it fixes every answer."""
        return self.book.hash

    @property
    def facts(self) -> dict[str, Fact]:
        """Every fact that the book declares, and what is handed in, by name."""
        return {**self.book.declared.facts, **self.handed_in}

    @property
    def relations(self) -> dict[str, Relation]:
        """Every relation between persons that the book declares, by name."""
        return self.book.declared.relations

    @property
    def aggregations(self) -> dict[str, Aggregation]:
        """Every aggregation that the book declares, by name."""
        return self.book.declared.aggregations

    @property
    def enumerations(self) -> dict[str, type[Enumeration]]:
        """Every enumeration that the book declares, by name."""
        return self.book.declared.enumerations

    @cached_property
    def values(self) -> dict[str, Any]:
        """Each parameter in force as a rule sees it: a number, a table, a schedule, a choice."""
        return {name: linking.seen_by_rules(self, name) for name in self.links.parameters}

    def open_choices(self, wanted: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Regimes of each parameter that ``wanted`` rest on and for which no choice was named."""
        return {
            name: self.in_force[name].regimes
            for name in sorted(self.links.parameters_behind(wanted))
            if self.in_force[name].regimes and name not in self.choices
        }

    def under(self, **choices: str) -> Law:
        """This law with regimes chosen: ``law.under(safety_income_rounding="up_to_10_won")``.

        Raises:
            BadInput: where a parameter has no such regime.
        """
        for name, word in choices.items():
            regimes = self.in_force[name].regimes if name in self.in_force else ()
            if word not in regimes:
                raise BadInput(
                    f"{name!r} has no regime {word!r} on {self.day}",
                    field="regime",
                    remedy=f"one of {', '.join(regimes)}"
                    if regimes
                    else nearest(name, self.in_force),
                )
        made = {**self.choices, **choices}
        return Law(self.book, self.day, made, self.links, self.handed_in, self._scope)

    def under_regimes(self, words: Iterable[str]) -> Law:
        """This law with every parameter that has one of the regimes ``words`` set to it.

        Raises:
            BadInput: where no parameter has the regime.
        """
        regimes = {name: dated.regimes for name, dated in self.in_force.items() if dated.regimes}
        choices = {}
        for word in words:
            matching = [name for name, options in regimes.items() if word in options]
            if not matching:
                known = sorted({option for options in regimes.values() for option in options})
                raise BadInput(
                    f"no regime is named {word!r}",
                    field="regime",
                    remedy=nearest(word, known) or f"one of {', '.join(known)}",
                )
            choices.update(dict.fromkeys(matching, word))
        return self.under(**choices) if choices else self

    def given(self, names: Iterable[str], wanted: Iterable[str]) -> Law:
        """The part of this law that computes ``wanted`` when ``names`` are known already.

        Each of ``names`` is a fact of the same type and range in it. So a law can be computed in two
        steps: what a reform does not touch once, and what it touches for each reform.

        Raises:
            BadInput: where a name is no variable of this law.
        """
        handed_in = dict(self.handed_in)
        for name in self.require(names):
            declaration, known = self.variables[name], self.links.known[name]
            handed_in[name] = Fact(
                name=name,
                entity=declaration.entity,
                kind=declaration.kind,
                period=declaration.period,
                label=declaration.label,
                citation=declaration.citation,
                choices=declaration.choices,
                place=declaration.place,
                range=(int(known.low), int(known.high)),
            )
        scope = self.require(wanted)
        return Law(self.book, self.day, self.choices, None, handed_in, scope)

    def require(self, names: Iterable[str]) -> tuple[str, ...]:
        """``names`` as variables of this law.

        Raises:
            BadInput: where one is not, with the nearest that is.
        """
        wanted = tuple(names)
        for name in wanted:
            if name not in self.variables:
                known = name in self.book.declared.rules
                raise BadInput(
                    f"{name!r} is not in force on {self.day}"
                    if known
                    else f"unknown variable {name!r}",
                    remedy=nearest(name, self.variables),
                )
        return wanted

    def order(self, wanted: Iterable[str]) -> list[str]:
        """``wanted`` and all they need, each after what it needs."""
        return ordered(self.variables, wanted)

    def plan(self, wanted: Iterable[str]) -> Plan:
        """The steps that compute ``wanted`` for one household."""
        names = self.require(wanted)
        if names not in self._plans:
            self._plans[names] = Plan(self, names)
        return self._plans[names]

    def evaluate(self, household: HouseholdFacts, wanted: Iterable[str]) -> dict[str, Any]:
        """Values of ``wanted``: one for a household variable, a list by person for a person's.

        What cannot be determined is a ``Missing`` that names what blocks it.

        Raises:
            BadInput: where a name is unknown.
        """
        return self.plan(wanted).run(household).results()

    def explain(self, household: HouseholdFacts, name: str, person: str = "") -> Explanation:
        """Why ``name`` is what it is: a tree of values, rules, citations, inputs and parameters.

        Args:
            person: id of the person, where the variable is a person's.

        Raises:
            BadInput: where the name is unknown or the person is not in the household.
        """
        return explain(self.plan((name,)).run(household), name, person)

    def explain_all(
        self, household: HouseholdFacts, names: Iterable[str]
    ) -> dict[str, Explanation]:
        """Why each of some household variables is what it is; what they share is explained once.

        Raises:
            BadInput: where a name is unknown, or a person's.
        """
        wanted = self.require(names)
        for name in wanted:
            if self.variables[name].entity is Entity.PERSON:
                raise BadInput(f"{name!r} is a person's", remedy="explain it for each person")
        explainer = Explainer(self.plan(wanted).run(household))
        return {name: explainer.node(name, None) for name in wanted}

    def with_reform(self, source: str | Path | ModuleType) -> Law:
        """This law changed by a reform: a YAML file of parameters, or rules in a Python file or module.

        Raises:
            BadInput: where the file cannot be read.
            LawFault: where the reformed law does not hold together.
        """
        return self._reformed(*reform_path(self.book.sources, source))

    def with_parameters(self, text: str, name: str = "parameters") -> Law:
        """This law changed by the text of a YAML reform, as :meth:`with_reform` by a file.

        Raises:
            LawFault: where the reformed law does not hold together.
        """
        return self._reformed(numbered(self.book.sources, f"{name}.yaml"), text)

    def _reformed(self, path: str, text: str) -> Law:
        book = self.book.reformed(path, text)
        if self._scope:
            reformed = Law(book, self.day, None, None, self.handed_in, self._scope)
        else:
            reformed = book.on(self.day)
        kept = {
            name: word
            for name, word in self.choices.items()
            if word in reformed.in_force[name].regimes
        }
        return reformed.under(**kept) if kept else reformed

    def diff(self, other: Law) -> list[Change]:
        """What is different in ``other``: rules, parameters and facts, each with both states."""
        from .difference import difference

        return difference(self, other)

    def bundle(self) -> bundle.Bundle:
        """Sources, day, choices and engine version in one file that answers alike anywhere."""
        return bundle.Bundle.of(self)


def _holds(rule: Rule, day: datetime.date) -> bool:
    return (rule.valid_from is None or rule.valid_from <= day) and (
        rule.valid_until is None or day <= rule.valid_until
    )


def _named_on(rule: Rule, day: datetime.date) -> Rule:
    """The rule under the name it bears on ``day``."""
    label = rule.label
    for start, later in sorted(rule.renamed.items()):
        if datetime.date.fromisoformat(start) <= day:
            label = later
    return rule if label == rule.label else dataclasses.replace(rule, label=label)
