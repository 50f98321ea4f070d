"""An answer in the order in which people read it: what comes in, what goes out, what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from donghaeng.language import Words, money_text, number_text
from donghaeng.rules import Law
from donghaeng.rules.declarations import Declaration, Rule
from donghaeng.rules.terms import Entity, Kind, Period, Role, Status

from .answer import Answer
from .compare import result
from .fields import PROGRAMMES
from .regimes import Spread
from .sentences import Sentences


@dataclass(frozen=True)
class Row:
    """One result in words: what, how much, the article it rests on, and each person's part of it."""

    label: str
    amount: str
    basis: str
    persons: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Section:
    """Results of one kind; ``nothing`` names those that come to nothing, in one line."""

    title: str
    rows: tuple[Row, ...]
    nothing: tuple[str, ...] = ()


def sections(law: Law, answer: Answer, words: Words, show: Iterable[str] = ()) -> list[Section]:
    """Benefits by period, contributions, incomes, lines and findings; empty sections are left out."""
    rules = [rule for rule in law.rules.values() if not _of_another_programme(law, answer, rule)]
    asked_for = list(show)
    found = [
        _benefits(words("Each month"), _paid(rules, Period.MONTH), answer, words),
        _benefits(words("Each year"), _paid(rules, Period.YEAR), answer, words),
        _benefits(words("Once"), _paid(rules, Period.POINT), answer, words),
        _benefits(
            words("Entitlements other than money"),
            [r for r in rules if r.role is Role.BENEFIT and r.kind is not Kind.MONEY],
            answer,
            words,
        ),
        _benefits(
            words("Social insurance and tax that the household pays"),
            [rule for rule in rules if rule.role is Role.CONTRIBUTION],
            answer,
            words,
        ),
        _every(words("Income"), [r for r in rules if r.role is Role.INCOME], answer, words),
        _every(words("Lines"), [rule for rule in rules if rule.role is Role.LINE], answer, words),
        _every(words("Findings"), [r for r in rules if r.role is Role.FLAG], answer, words),
        _every(words("Asked for"), [law.variables[name] for name in asked_for], answer, words),
    ]
    return [section for section in found if section.rows or section.nothing]


def totals(law: Law, answer: Answer, words: Words) -> list[Row]:
    """The totals of a month, each as one amount or as lowest – highest."""
    return [
        Row(words.label(rule.label), cell(result(answer, rule), rule, words), rule.citation)
        for rule in law.rules.values()
        if rule.role is Role.TOTAL and not _of_another_programme(law, answer, rule)
    ]


def _of_another_programme(law: Law, answer: Answer, rule: Rule) -> bool:
    """Whether it says something only of a programme in which the household does not take part.

    A benefit of such a programme stands among those that come to nothing.
    """
    if rule.role not in (Role.INCOME, Role.FLAG, Role.TOTAL):
        return False
    outside = {
        each.name
        for each in answer.assumptions
        if each.kind == "default" and law.facts[each.name].field.startswith(f"{PROGRAMMES}.")
    }
    return not outside.isdisjoint(law.order([rule.name]))


def cell(value: Any, declaration: Declaration, words: Words) -> str:
    """A result as people write it; ``None`` is undetermined, a pair the bounds over open readings."""
    if isinstance(value, tuple):
        low, high = value
        return f"{number_text(low)} – {money_text(high, words.language)}"
    if value is None:
        return words("Undetermined")
    if isinstance(value, bool):
        return words("yes") if value else words("no")
    if declaration.kind is Kind.MONEY:
        return money_text(value, words.language)
    if declaration.choices is not None:
        member = declaration.choices.from_word(value)
        return words.label((member.korean, member.english))
    return str(value)


def readings_of(law: Law, answer: Answer, words: Words) -> list[tuple[str, dict[str, str]]]:
    """Amounts and totals that differ by how the law is read, with the amount under each reading."""
    found = [
        (_named(words.label(item.label), item.person, words), item.spread)
        for item in answer.undetermined
        if item.spread is not None and _concerns(law, answer, item.name)
    ]
    for rule in law.rules.values():
        spread = answer.total(rule.name.removeprefix("total_"))
        told = rule.role is Role.TOTAL and _concerns(law, answer, rule.name)
        if told and spread and spread.lowest != spread.highest:
            found.append((words.label(rule.label), spread))
    return [
        (
            label,
            {
                regime_text(law, regime, words): words("Undetermined")
                if value is None
                else money_text(value, words.language)
                for regime, value in spread.by_regime.items()
            },
        )
        for label, spread in found
    ]


def _concerns(law: Law, answer: Answer, name: str) -> bool:
    declaration = law.variables[name]
    return not isinstance(declaration, Rule) or not _of_another_programme(law, answer, declaration)


def open_questions(law: Law, answer: Answer, words: Words) -> list[tuple[str, list[str]]]:
    """The questions on which a result or a total depends, each with the readings that are open."""
    spreads = [
        item.spread
        for item in answer.undetermined
        if item.spread is not None and _concerns(law, answer, item.name)
    ]
    spreads += [
        value
        for name, value in answer.totals.items()
        if isinstance(value, Spread) and _concerns(law, answer, f"total_{name}")
    ]
    read = {word for each in spreads for key in each.by_regime for word in key.split(" + ")}
    return [
        (
            words.label(law.parameters[name].label),
            [regime_text(law, word, words) for word in dated.regimes],
        )
        for name, dated in law.in_force.items()
        if not read.isdisjoint(dated.regimes)
    ]


def regime_text(law: Law, regime: str, words: Words) -> str:
    """The label of a reading (``no_deduction + up_to_10_won``), for people."""
    labels = {
        member.word: words.label((member.korean, member.english))
        for choices in law.links.parameters.values()
        for member in choices or ()
    }
    return " + ".join(labels.get(word, word) for word in regime.split(" + "))


def undetermined(law: Law, answer: Answer, words: Words) -> list[tuple[str, str]]:
    """What would settle it, and which results that would settle."""
    sentences = Sentences(law, words.language)
    by_blockers: dict[tuple[str, ...], list[str]] = {}
    for item in answer.undetermined:
        if item.spread is None and _concerns(law, answer, item.name):
            by_blockers.setdefault(item.blocked_by, []).append(words.label(item.label))
    return [
        (
            ", ".join(sentences.blocker(blocker) for blocker in blocked_by),
            ", ".join(dict.fromkeys(labels)),
        )
        for blocked_by, labels in by_blockers.items()
    ]


def defaults(law: Law, answer: Answer, words: Words) -> list[tuple[str, str]]:
    """Facts that were not given, by the usual value that they took."""
    sentences = Sentences(law, words.language)
    taken: dict[str, list[str]] = {}
    for each in answer.assumptions:
        if each.kind == "default":
            fact = law.facts[each.name]
            value = sentences.value(fact.default, fact)
            taken.setdefault(value, []).append(words.label(each.label))
    return [(value, ", ".join(dict.fromkeys(labels))) for value, labels in taken.items()]


def not_official(law: Law, answer: Answer, words: Words) -> list[tuple[str, str]]:
    """Values that the answer rests on and that are not official, by their status."""
    sentences = Sentences(law, words.language)
    statuses: dict[str, list[str]] = {}
    for each in answer.assumptions:
        if each.kind in ("parameter", "regime"):
            status = sentences.status(Status(each.status))
            value = regime_text(law, each.value, words)
            statuses.setdefault(status, []).append(f"{words.label(each.label)} {value}")
    return [(status, ", ".join(dict.fromkeys(named))) for status, named in statuses.items()]


def _paid(rules: Iterable[Rule], period: Period) -> list[Rule]:
    return [
        rule
        for rule in rules
        if rule.role is Role.BENEFIT and rule.kind is Kind.MONEY and rule.period is period
    ]


def _benefits(title: str, rules: Sequence[Rule], answer: Answer, words: Words) -> Section:
    """What comes to something, with each person's part; what does not, by name only."""
    rows, nothing = [], []
    for rule in rules:
        label, value = words.label(rule.label), result(answer, rule)
        if value is not None and value in (0, False, "none"):
            nothing.append(label)
            continue
        persons = _of_persons(rule, answer, words) if len(answer.persons) > 1 else ()
        rows.append(Row(label, cell(value, rule, words), rule.citation, persons))
    return Section(title, tuple(rows), tuple(nothing))


def _of_persons(rule: Declaration, answer: Answer, words: Words) -> tuple[tuple[str, str], ...]:
    """Each person who has a part in it, with the part."""
    if rule.entity is not Entity.PERSON:
        return ()
    return tuple(
        (person, cell(_of_person(answer, rule, person), rule, words))
        for person, values in answer.persons.items()
        if values.get(rule.name) is None or values[rule.name] not in (0, False)
    )


def _every(title: str, variables: Sequence[Declaration], answer: Answer, words: Words) -> Section:
    rows = []
    for variable in variables:
        label = words.label(variable.label)
        if variable.entity is Entity.HOUSEHOLD and isinstance(variable, Rule):
            found = result(answer, variable)
            if variable.role is Role.LINE and found == 0:
                continue  # a line that does not concern this household
            rows.append(Row(label, cell(found, variable, words), variable.citation))
        elif variable.entity is Entity.HOUSEHOLD:
            shelves = (answer.amounts, answer.yearly, answer.lines, answer.flags)
            value = next((s[variable.name] for s in shelves if variable.name in s), None)
            rows.append(Row(label, cell(value, variable, words), variable.citation))
        else:
            rows += [
                Row(
                    _named(label, person, words),
                    cell(_of_person(answer, variable, person), variable, words),
                    variable.citation,
                )
                for person in answer.persons
                if not _unconcerned(answer, variable, person)
            ]
    return Section(title, tuple(rows))


def _unconcerned(answer: Answer, variable: Declaration, person: str) -> bool:
    """A line of 0 is one that does not concern the person."""
    line = isinstance(variable, Rule) and variable.role is Role.LINE
    return line and _of_person(answer, variable, person) == 0


def _of_person(answer: Answer, variable: Declaration, person: str) -> Any:
    value = answer.persons[person].get(variable.name)
    if value is not None:
        return value
    spread: Spread | None = next(
        (
            item.spread
            for item in answer.undetermined
            if (item.name, item.person) == (variable.name, person)
        ),
        None,
    )
    return (spread.lowest, spread.highest) if spread else None


def _named(label: str, person: str, words: Words) -> str:
    return words("{label} of {person}", label=label, person=person) if person else label
