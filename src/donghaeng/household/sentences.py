"""An explanation in whole sentences, as a caseworker would read it aloud."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from donghaeng.language import Words, date_text, money_text, number_text, with_particle
from donghaeng.rules import Enumeration, Law, is_missing
from donghaeng.rules.declarations import Aggregation, Declaration, Fact, Operation, Rule
from donghaeng.rules.difference import spell_value
from donghaeng.rules.explanation import Explanation, ParameterUse
from donghaeng.rules.expressions import (
    Compare,
    Constant,
    Dates,
    Expression,
    Logic,
    Lookup,
    Name,
    Not,
    walk,
)
from donghaeng.rules.terms import Kind, Status

from .formulas import Formula

STATUS_WORDS = {
    Status.OFFICIAL: "official",
    Status.DERIVED: "recomputed and matched",
    Status.PRESS: "from the press",
    Status.SECONDARY: "from a secondary source",
    Status.UNVERIFIED: "not verified",
    Status.GAP: "not known",
}
MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


class Sentences:
    """Puts explanations under one law into words of one language."""

    def __init__(self, law: Law, language: str) -> None:
        self.law = law
        self.words = Words(language)
        self.korean = language == "ko"

    def text(self, explanation: Explanation) -> list[str]:
        """One paragraph for the result, then one for each rule below it that says something."""
        return [text for node in self.telling(explanation) if (text := self.paragraph(node))]

    def telling(self, explanation: Explanation) -> Iterator[Explanation]:
        """Nodes worth a sentence: computed from something that was said or published.

        Under a result that is something, what comes to nothing for one person is passed over with all
        that it rests on: a grown-up's child allowance of 0 explains no livelihood benefit.
        """
        passed = _is_nothing if not _is_nothing(explanation.value) else _never
        for node in _walk(explanation, passed):
            computed = isinstance(node.declaration, (Rule, Aggregation))
            counted = isinstance(node.declaration, Aggregation) and (
                node.declaration.operation is Operation.COUNT
            )
            same = is_missing(node.value) and node.blockers() == explanation.blockers()
            if node is explanation or (
                computed and not counted and not same and not _by_default(node)
            ):
                yield node

    # One node

    def paragraph(self, node: Explanation) -> str:
        """What decided, what the value is, how it was computed, and on which article it rests."""
        if is_missing(node.value):
            return self.undetermined(node)
        if isinstance(node.declaration, Aggregation):
            return self.sentence(self.gathered(node))
        reasons, result = self.reasons(node), self.result(node)
        formula = self.formula(node)
        if formula:
            result = self.words("{result}: {formula}.", result=result, formula=formula)
        else:
            result += "."
        return f"{self.sentence(' '.join([*reasons, result]))} {self.basis(node)}"

    def result(self, node: Explanation) -> str:
        """The value as the end of a sentence."""
        name = self.title(node)
        if node.declaration.kind is Kind.FLAG:
            label = self.words.label(node.declaration.label)
            if not node.person:
                held = "“{name}” applies" if node.value else "“{name}” does not apply"
                return self.words(held, name=label)
            held = (
                "“{name}” applies to {person}"
                if node.value
                else "“{name}” does not apply to {person}"
            )
            person = with_particle(node.person, "은") if self.korean else node.person
            return self.words(held, name=label, person=person)
        value = self.value(node.value, node.declaration)
        return self.words("{name} is {value}", name=self.subject(name), value=value)

    def subject(self, name: str) -> str:
        return with_particle(name, "은") if self.korean else _inside(name)

    def sentence(self, text: str) -> str:
        """An English sentence begins with a capital; ids keep their letters."""
        return text if self.korean else text[:1].upper() + text[1:]

    def inside(self, label: str) -> str:
        """A label as it stands inside a sentence."""
        return label if self.korean else _inside(label)

    def title(self, node: Explanation) -> str:
        label = self.words.label(node.declaration.label)
        if not node.person:
            return label
        return self.words("{label} of {person}", label=label, person=node.person)

    def reasons(self, node: Explanation) -> list[str]:
        """The conditions that decided, each a clause; the last one leads to the result."""
        assert node.path is not None
        atoms: dict[str, tuple[Expression, bool]] = {}
        for decision in node.path.decisions:
            for condition, held in _atoms(decision.condition, decision.held):
                if not self.is_guard(condition, held):
                    atoms[self.clause(condition, held, node, "")] = (condition, held)
        last = len(atoms) - 1
        return [
            self.clause(condition, held, node, ", so" if place == last else ", and")
            for place, (condition, held) in enumerate(atoms.values())
        ]

    def is_guard(self, condition: Expression, held: bool) -> bool:
        """A test that only keeps the formula sensible: that there is anything, or a size in a table."""
        if isinstance(condition, Constant):
            return True
        if not isinstance(condition, Compare) or not isinstance(condition.right, Constant):
            return False
        operator = condition.operator if held else OPPOSITE[condition.operator]
        if condition.right.value == 0 and operator in ("!=", ">"):
            return True
        name = condition.left.name if isinstance(condition.left, Name) else ""
        return isinstance(self.law.variables.get(name), Aggregation) and operator == "<="

    def clause(self, condition: Expression, held: bool, node: Explanation, ending: str) -> str:
        """A decided condition as a clause that says what was true."""
        if isinstance(condition, Compare):
            return self.comparison(condition, held, node, ending)
        if isinstance(condition, (Logic, Not)):  # inside a formula, not a decision
            atoms = list(_atoms(condition, held))
            return " ".join(self.clause(each, is_held, node, ", and") for each, is_held in atoms)
        assert isinstance(condition, (Name, Lookup))
        name = condition.name if isinstance(condition, Name) else condition.table
        label = self.words.label(self.declared(name))
        message = "“{name}” applies" if held else "“{name}” does not apply"
        return self.words(message + ending, name=label)

    def comparison(self, condition: Compare, held: bool, node: Explanation, ending: str) -> str:
        formula = Formula(self, node)
        chosen = formula.choice(condition.left)
        if chosen is not None:  # what it is says more than what it is not
            return self.said("==", *chosen, ending)
        operator = condition.operator if held else OPPOSITE[condition.operator]
        sides = condition.left, condition.right
        if isinstance(condition.left, Constant) and operator in MIRRORED:
            sides, operator = sides[::-1], MIRRORED[operator]
        assert node.path is not None
        right_value = sides[1].value if isinstance(sides[1], Constant) else None
        if operator == "<=" and right_value == 0 and node.path.values.get(id(sides[0])) == 0:
            operator = "=="  # an amount that is never below 0
        left, right = formula.text(sides[0]), formula.text(sides[1])
        if isinstance(condition.right, Constant) and operator in ("==", "!="):
            left = formula.name_only(condition.left)
        assert node.path is not None
        days = isinstance(node.path.values.get(id(condition.left)), datetime.date)
        return self.said(operator, left, right, ending, days=days)

    def said(self, operator: str, left: str, right: str, ending: str, *, days: bool = False) -> str:
        """A comparison that is true, in words; of two days, which is the earlier one."""
        of_days = {
            "<": "{left} is before {right}",
            "<=": "{left} is not after {right}",
            ">": "{left} is after {right}",
            ">=": "{left} is not before {right}",
        }
        messages = {
            "<": "{left} is below {right}",
            "<=": "{left} is at most {right}",
            ">": "{left} is above {right}",
            ">=": "{left} is at least {right}",
            "==": "{left} is {right}",
            "!=": "{left} is not {right}",
        }
        if self.korean:
            left = with_particle(left, "이")
            right = with_particle(right, "이") if operator == "!=" else right
        message = of_days.get(operator, messages[operator]) if days else messages[operator]
        return self.words(message + ending, left=left, right=right)

    def formula(self, node: Explanation) -> str:
        """How the amount was computed; empty where the value says it all."""
        assert node.path is not None
        taken = node.path.formula
        if taken is None or isinstance(taken, Constant) or node.declaration.kind is Kind.FLAG:
            return ""
        if isinstance(taken, (Name, Lookup)) and node.declaration.kind is not Kind.MONEY:
            return ""
        if isinstance(taken, (Name, Lookup)):
            name = taken.name if isinstance(taken, Name) else taken.table
            label = self.words.label(self.declared(name))
            if label == self.words.label(node.declaration.label):
                return ""
        if any(isinstance(part, Dates) for part in walk(taken)):
            return ""  # an age says itself
        text = Formula(self, node).text(taken)
        rounding = node.declaration.rounding if isinstance(node.declaration, Rule) else None
        if rounding is None or node.path.values[id(taken)] == node.value:
            return text
        how = self.rounding(rounding.way.value, rounding.multiple)
        return self.words("{formula}, {rounding}", formula=text, rounding=how)

    def rounding(self, way: str, to: int, money: bool = True) -> str:
        """How a value became whole, in words."""
        messages = {
            "down": "rounded down to {to} won",
            "up": "rounded up to {to} won",
            "nearest": "rounded to the nearest {to} won",
        }
        counted = {
            "down": "rounded down to a multiple of {to}",
            "up": "rounded up to a multiple of {to}",
            "nearest": "rounded to the nearest multiple of {to}",
        }
        return self.words((messages if money else counted)[way], to=number_text(to))

    def gathered(self, node: Explanation) -> str:
        aggregation = node.declaration
        assert isinstance(aggregation, Aggregation)
        subject = self.subject(self.title(node))
        value = self.value(node.value, aggregation)
        source = self.law.variables.get(aggregation.source)
        if aggregation.operation is Operation.SUM and source is not None:
            label = self.words.label(source.label)
            return self.words(
                "{name} is {value}: {source} of all who count, added up.",
                name=subject,
                value=value,
                source=with_particle(f"“{label}”", "을") if self.korean else f"“{label}”",
            )
        return self.words("{name} is {value}", name=subject, value=value) + "."

    def undetermined(self, node: Explanation) -> str:
        """That the value cannot be said, what stands in the way, and what may be asked next."""
        blockers = ", ".join(self.blocker(blocker) for blocker in node.blockers())
        text = self.words(
            "{name} cannot be determined: we do not know {blockers}.",
            name=self.subject(self.title(node)),
            blockers=with_particle(blockers, "을") if self.korean else blockers,
        )
        later = ", ".join(self.blocker(blocker) for blocker in node.may_ask())
        if later:
            text += " " + self.words("What may be asked next: {facts}.", facts=later)
        return self.sentence(text)

    def blocker(self, blocker: str) -> str:
        """What is missing, as a person would call it."""
        kind, _, rest = blocker.partition(":")
        if kind in ("parameter", "regime") and rest:
            name = rest.split("[")[0]
            label = self.words.label(self.law.parameters[name].label)
            message = (
                "the published value of “{name}”" if kind == "parameter" else "the rule on “{name}”"
            )
            return self.words(message, name=label)
        person, _, name = blocker.rpartition(".")
        label = self.words.label(self.law.facts[name].label)
        return (
            self.words("“{label}” of {person}", label=label, person=person)
            if person
            else f"“{label}”"
        )

    def basis(self, node: Explanation) -> str:
        notes = [node.citation]
        notes += [
            self.words(
                "{name}: {status}", name=self.words.label(use.label), status=self.status(use.status)
            )
            for use in _each(node.parameters)
            if use.status is not Status.OFFICIAL
        ]
        return f"({'; '.join(notes)})"

    def status(self, status: Status) -> str:
        return self.words(STATUS_WORDS[status])

    # Values

    def declared(self, name: str) -> tuple[str, str]:
        """The label of a variable or parameter."""
        if name in self.law.variables:
            return self.law.variables[name].label
        if name in self.law.parameters:
            return self.law.parameters[name].label
        return ("산정 기준일", "The day that is asked about")

    def value(self, value: Any, declaration: Declaration) -> str:
        """A value in words."""
        if is_missing(value):
            return self.words("Undetermined")
        if declaration.kind is Kind.MONEY:
            return money_text(int(value), self.words.language)
        return self.plain(value)

    def plain(self, value: Any) -> str:
        if isinstance(value, bool):
            return self.words("yes" if value else "no")
        if isinstance(value, Enumeration):
            return f"“{self.words.label((value.korean, value.english))}”"
        if isinstance(value, datetime.date):
            return date_text(value, self.words.language)
        if isinstance(value, Fraction):
            return spell_value(value)
        return number_text(value)


def _each(uses: tuple[ParameterUse, ...]) -> list[ParameterUse]:
    return list({use.name: use for use in uses}.values())


def _atoms(condition: Expression, held: bool) -> Iterator[tuple[Expression, bool]]:
    """The single comparisons and flags of a condition, each with whether it was true."""
    if isinstance(condition, Not):
        yield from _atoms(condition.operand, not held)
    elif isinstance(condition, Logic) and held == (condition.operator == "or"):
        # The right side was reached, so the left one left it open: the right one decided.
        yield from _atoms(condition.right, held)
    elif isinstance(condition, Logic):
        for side in condition.parts():
            yield from _atoms(side, held)
    else:
        yield condition, held


def _walk(top: Explanation, passed: Callable[[Any], bool]) -> Iterator[Explanation]:
    """Nodes from the top down, each once, not below those of persons whose value is ``passed`` over."""
    seen: set[tuple[str, str]] = set()
    stack = [top]
    while stack:
        node = stack.pop()
        key = (node.declaration.name, node.person)
        personal = bool(node.person) or isinstance(node.declaration, Aggregation)
        if key in seen or (node is not top and personal and passed(node.value)):
            continue
        seen.add(key)
        yield node
        stack.extend(reversed(node.inputs))


def _is_nothing(value: Any) -> bool:
    return not is_missing(value) and value in (0, False)


def _never(_: Any) -> bool:
    return False


def _by_default(node: Explanation) -> bool:
    """Whether everything below is a default or 0: then there is nothing to tell."""
    if is_missing(node.value):
        return False
    below = list(node.walk())
    facts = [each for each in below if isinstance(each.declaration, Fact)]
    said = any(not each.assumed and each.value != 0 for each in facts)
    return not said and not any(each.parameters for each in below)


def _inside(name: str) -> str:
    """An English label inside a sentence: small, unless it is a proper name."""
    proper = name.startswith(("Seoul", "Safety Income"))
    return name if proper or not name else name[0].lower() + name[1:]
