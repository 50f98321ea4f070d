"""A scenario: the law as it would be, what holds for everybody, and who of the entitled receives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from donghaeng.rules.declarations import Aggregation, Label, Rule
from donghaeng.rules.faults import BadInput
from donghaeng.rules.law import Law
from donghaeng.rules.terms import Entity, Kind, Role

from .reform_files import Assumptions, Reform, changed_law, coded_facts
from .take_up import TakeUp, read_take_up

# Disposable income of a month: the first that is in force. Another law names its own (``income:``).
DISPOSABLE = ("total_disposable_with_safety_income", "total_disposable")
AMOUNTS = (Role.BENEFIT, Role.CONTRIBUTION)


@dataclass(frozen=True)
class Scenario:
    """Everything that decides what households have in hand.

    Attributes:
        label: Korean and English name.
        law: with its regimes chosen where ``choices`` name them.
        facts: numbers that hold for every household.
        assumed: numbers that stand where the population does not know a fact.
        take_up: who claims; ``None`` where everybody entitled receives.
        changed: parameters, rules and facts in which it differs from the baseline.
    """

    label: Label
    law: Law
    facts: Mapping[str, int] = field(default_factory=dict)
    assumed: Mapping[str, int] = field(default_factory=dict)
    take_up: TakeUp | None = None
    changed: frozenset[str] = frozenset()

    def under(self, choices: Mapping[str, str]) -> Scenario:
        """The same under one reading of the law."""
        named = {
            name: word
            for name, word in choices.items()
            if name in self.law.in_force and word in self.law.in_force[name].regimes
        }
        if not named:
            return self
        law = self.law.under(**named)
        return Scenario(self.label, law, self.facts, self.assumed, self.take_up, self.changed)


def baseline(
    law: Law, overlay: Assumptions | None = None, take_up: TakeUp | None = None, file: str = ""
) -> Scenario:
    """The present system on the day of ``law``.

    Raises:
        BadInput: where the overlay or the take-up settings name what the law does not have.
    """
    assumed: dict[str, int] = {}
    if overlay is not None:
        law = changed_law(law, overlay.parameters, name="assumptions", file=file)
        assumed = coded_facts(law, overlay.facts, file)
    if take_up is not None:
        check_take_up(law, take_up)
    return Scenario(("현행 제도", "Present system"), law, assumed=assumed, take_up=take_up)


def reformed(before: Scenario, reform: Reform, file: Path) -> Scenario:
    """``before`` changed by ``reform``.

    Raises:
        BadInput, LawFault: where it names what the law does not have, or does not fit it.
    """
    rules = file.parent / reform.rules if reform.rules else None
    law = changed_law(before.law, reform.parameters, reform.new_parameters, rules, file=str(file))
    facts = coded_facts(law, reform.facts, str(file))
    changed = {*reform.parameters, *reform.new_parameters, *facts, *_changed_rules(before.law, law)}
    take_up = before.take_up
    if reform.take_up == "everyone":
        take_up = None
    elif reform.take_up is not None:
        take_up = read_take_up(file.parent / reform.take_up)
        check_take_up(law, take_up)
    return Scenario(
        (reform.reform.ko, reform.reform.en),
        law,
        {**before.facts, **facts},
        before.assumed,
        take_up,
        frozenset(changed),
    )


def _changed_rules(before: Law, after: Law) -> set[str]:
    """Rules and aggregations that are new or stand elsewhere now."""
    return {
        name
        for name, declared in after.variables.items()
        if isinstance(declared, (Rule, Aggregation))
        and (name not in before.variables or before.variables[name].place != declared.place)
    }


def income_of(law: Law, named: str | None = None) -> str:
    """The variable of disposable income in a month.

    Raises:
        BadInput: where none is in force, or the named one is no amount of a household in a month.
    """
    for name in (named,) if named else DISPOSABLE:
        declaration = law.variables.get(name)
        if declaration is None:
            continue
        monthly = declaration.period.value == "month" and declaration.kind is Kind.MONEY
        if declaration.entity is Entity.HOUSEHOLD and monthly:
            return name
        raise BadInput(
            f"{name!r} is no amount of a household in a month",
            field="income",
            remedy=f"such as {DISPOSABLE[0]}",
        )
    raise BadInput(
        f"no disposable income is in force on {law.day}",
        field="income",
        remedy="income: NAME in the reform file",
    )


def amounts_of(law: Law) -> tuple[str, ...]:
    """Every benefit and contribution of the law that is an amount of money."""
    return tuple(
        rule.name for rule in law.rules.values() if rule.role in AMOUNTS and rule.kind is Kind.MONEY
    )


def check_take_up(law: Law, take_up: TakeUp) -> None:
    """Refuse settings that do not fit the law.

    Raises:
        BadInput: for what is no benefit in force, or a cost per another period.
    """
    rules = [law.rules[name] for name in amounts_of(law)]
    take_up.check({each.name: each.period.value for each in rules if each.role is Role.BENEFIT})
