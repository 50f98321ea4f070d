"""A formula that was followed, in words and signs: names with their values, in the statute's order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from donghaeng.language import money_text, with_particle
from donghaeng.rules import Enumeration, is_missing
from donghaeng.rules.explanation import Explanation
from donghaeng.rules.expressions import (
    Arithmetic,
    Brackets,
    Compare,
    Constant,
    Dates,
    Expression,
    Extreme,
    Logic,
    Lookup,
    Name,
    Not,
    PerMonth,
    Round,
    walk,
)
from donghaeng.rules.linking import ASSESSMENT_DAY
from donghaeng.rules.terms import Kind

if TYPE_CHECKING:
    from .sentences import Sentences

SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
BINDING = {"+": 1, "-": 1, "*": 2, "/": 2}


class Formula:
    """Writes formulas of one explained value."""

    def __init__(self, sentences: Sentences, node: Explanation) -> None:
        self.sentences = sentences
        self.words = sentences.words
        self.node = node

    def text(self, part: Expression, around: int = 0) -> str:
        """``part`` with every name followed by its value."""
        if isinstance(part, Constant):
            return self.constant(part.value)
        if isinstance(part, Name):
            return self.name(part)
        if isinstance(part, Lookup):
            return self.lookup(part)
        if isinstance(part, Arithmetic):
            return self.arithmetic(part, around)
        if isinstance(part, Extreme):
            return self.extreme(part, around)
        if isinstance(part, Round):
            money = self.node.declaration.kind is Kind.MONEY and not self.counts(part.operand)
            rounding = self.sentences.rounding(part.way.value, part.to, money)
            text = self.words(
                "{formula}, {rounding}", formula=self.text(part.operand), rounding=rounding
            )
            return f"({text})" if around else text
        if isinstance(part, PerMonth):
            return self.words("a twelfth of {formula}", formula=self.text(part.operand))
        if isinstance(part, Brackets):
            label = self.words.label(self.sentences.declared(part.schedule))
            return self.words(
                "{amount} by the brackets of “{schedule}”",
                amount=self.text(part.amount),
                schedule=label,
            )
        if isinstance(part, Dates):
            return self.words(
                "the time from {start} to {end}",
                start=self.text(part.start),
                end=self.text(part.end),
            )
        assert isinstance(part, (Compare, Logic, Not))
        return self.sentences.clause(part, True, self.node, "")

    def counts(self, part: Expression) -> bool:
        """Whether ``part`` is about heads and ages, not money."""
        law = self.sentences.law
        names = [each.name for each in walk(part) if isinstance(each, Name)]
        return all(
            name in law.variables and law.variables[name].kind is Kind.COUNT for name in names
        )

    def constant(self, value: Any) -> str:
        if isinstance(value, (bool, Enumeration)):
            return self.sentences.plain(value)
        return f"{value:,}"

    def choice(self, part: Expression) -> tuple[str, str] | None:
        """Name and value of a choice between words; ``None`` for anything else."""
        value = self.node.scope[part.name] if isinstance(part, Name) else None
        if not isinstance(part, Name) or not isinstance(value, Enumeration):
            return None
        return self.label(part.name), self.sentences.plain(value)

    def name_only(self, part: Expression) -> str:
        """The name without its value, where the sentence says the value itself."""
        if isinstance(part, Name):
            return self.label(part.name)
        return self.text(part)

    def label(self, name: str) -> str:
        return self.sentences.inside(self.words.label(self.sentences.declared(name)))

    def name(self, part: Name) -> str:
        label = self.label(part.name)
        assert self.node.path is not None
        value = self.node.scope[part.name]
        if is_missing(value):
            return label
        return self.words("{label} ({value})", label=label, value=self.spelled(part.name, value))

    def spelled(self, name: str, value: Any) -> str:
        law = self.sentences.law
        kind = Kind.DAY
        if name in law.variables:
            kind = law.variables[name].kind
        elif name != ASSESSMENT_DAY:
            kind = law.parameters[name].kind
        if kind is Kind.MONEY:
            return money_text(int(value), self.words.language)
        return self.sentences.plain(value)

    def lookup(self, part: Lookup) -> str:
        assert self.node.path is not None
        label = self.label(part.table)
        value = self.node.path.values.get(id(part))
        if value is None or is_missing(value):
            return label
        return self.words("{label} ({value})", label=label, value=self.spelled(part.table, value))

    def arithmetic(self, part: Arithmetic, around: int) -> str:
        binding = BINDING[part.operator]
        if part.operator == "-" and isinstance(part.left, Constant) and part.left.value == 0:
            return f"−{self.text(part.right, 3)}"
        if part.operator == "+":
            nothing = [self.is_nothing(side) for side in (part.left, part.right)]
            if nothing[1]:
                return self.text(part.left, around)
            if nothing[0]:
                return self.text(part.right, around)
        left = self.text(part.left, binding)
        right = self.text(part.right, binding + (part.operator in "-/"))
        text = f"{left} {SIGNS[part.operator]} {right}"
        return f"({text})" if binding < around else text

    def is_nothing(self, part: Expression) -> bool:
        """A term of 0, which a reader does not miss in a sum."""
        assert self.node.path is not None
        value = self.node.path.values.get(id(part))
        return not is_missing(value) and type(value) is int and value == 0

    def extreme(self, part: Extreme, around: int) -> str:
        texts = [self.text(operand, 3) for operand in part.operands]
        zero = [o for o in part.operands if isinstance(o, Constant) and o.value == 0]
        if part.operator == "max" and zero and len(texts) == 2:
            other = next(o for o in part.operands if o is not zero[0])
            text = self.words("{formula}, 0 where it is below 0", formula=self.text(other))
            return f"({text})"
        message = "the larger of {these}" if part.operator == "max" else "the smaller of {these}"
        if self.words.language == "ko":
            these = " ".join([*(with_particle(text, "과") for text in texts[:-1]), texts[-1]])
        else:
            these = self.words(" and ").join(texts)
        text = self.words(message, these=these)
        return f"({text})" if around else text
