"""The answer for one household: amounts, totals, what is undetermined and why, what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .regimes import Spread


@dataclass(frozen=True)
class Assumption:
    """Something that an answer rests on and that was not given, or is not official.

    ``kind`` is ``default`` (an absent fact took its declared default), ``parameter`` (a value whose
    status is not official), ``regime`` (a reading of the law that was taken), or ``scenario``.
    """

    kind: str
    name: str
    label: tuple[str, str]
    value: str
    person: str = ""
    status: str = ""
    source: str = ""
    since: str = ""

    def as_json(self) -> dict[str, str]:
        """The parts that say something."""
        plain = {
            "kind": self.kind,
            "name": self.name,
            "person": self.person,
            "value": self.value,
            "status": self.status,
            "since": self.since,
            "source": self.source,
            "label_ko": self.label[0],
            "label_en": self.label[1],
        }
        return {key: value for key, value in plain.items() if value}


@dataclass(frozen=True)
class Undetermined:
    """A result that cannot be said: what blocks it now, what may be asked next, or how far it is open."""

    name: str
    label: tuple[str, str]
    person: str = ""
    blocked_by: tuple[str, ...] = ()
    may_ask: tuple[str, ...] = ()
    spread: Spread | None = None

    def as_json(self) -> dict[str, Any]:
        """With the bounds where the law is open, else with what blocks it."""
        plain: dict[str, Any] = {"name": self.name}
        if self.person:
            plain["person"] = self.person
        if self.spread is not None:
            return {**plain, "reason": "regimes", **self.spread.as_json()}
        return {
            **plain,
            "reason": "missing",
            "blocked_by": list(self.blocked_by),
            "may_ask": list(self.may_ask),
        }


@dataclass(frozen=True)
class Claim:
    """Something that a household could ask for: it is entitled to more than it says it receives."""

    name: str
    label: tuple[str, str]
    citation: str
    entitled: int | bool
    received: int | bool

    def as_json(self) -> dict[str, Any]:
        """Both amounts, in the benefit's own period."""
        return {"name": self.name, "entitled": self.entitled, "received": self.received}


@dataclass(frozen=True)
class Question:
    """The one fact that would settle most of what is undetermined, and what it would settle."""

    fact: str
    label: tuple[str, str]
    question: tuple[str, str] | None
    person: str
    settles: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """With the words in which to ask for it, where the law has them."""
        plain: dict[str, Any] = {"fact": self.fact}
        if self.person:
            plain["person"] = self.person
        if self.question:
            plain |= {"question_ko": self.question[0], "question_en": self.question[1]}
        return plain | {"settles": list(self.settles)}


@dataclass
class Answer:
    """The answer for one household. ``None`` stands for what cannot be determined.

    ``amounts`` are of a month, ``yearly`` of a year; both hold what each person is entitled to or owes
    added up, beside what belongs to the household. ``totals`` holds a number, or a :class:`Spread` where
    readings of the law are open. ``could_ask`` is ``None`` where nothing was said about what is received.
    """

    id: str
    amounts: dict[str, int | None] = field(default_factory=dict)
    yearly: dict[str, int | None] = field(default_factory=dict)
    lines: dict[str, int | None] = field(default_factory=dict)
    flags: dict[str, Any] = field(default_factory=dict)
    persons: dict[str, dict[str, Any]] = field(default_factory=dict)
    totals: dict[str, int | Spread | None] = field(default_factory=dict)
    could_ask: list[Claim] | None = None
    ask_next: Question | None = None
    undetermined: list[Undetermined] = field(default_factory=list)
    assumptions: list[Assumption] = field(default_factory=list)

    def total(self, name: str) -> Spread | None:
        """The total ``name`` as bounds over the readings of the law; ``None`` where the law has none."""
        if name not in self.totals:
            return None
        value = self.totals[name]
        return value if isinstance(value, Spread) else Spread(value, value)

    def as_json(self) -> dict[str, Any]:
        """The answer in its stable shape; money is whole won, ``null`` is undetermined."""
        plain: dict[str, Any] = {
            "id": self.id,
            "amounts": self.amounts,
            "yearly": self.yearly,
            "lines": self.lines,
            "flags": self.flags,
            "persons": self.persons,
            "total": {
                name: value.as_json() if isinstance(value, Spread) else value
                for name, value in self.totals.items()
            },
        }
        if self.could_ask is not None:
            plain["could_ask"] = [each.as_json() for each in self.could_ask]
        if self.ask_next is not None:
            plain["ask_next"] = self.ask_next.as_json()
        return {
            **plain,
            "undetermined": [each.as_json() for each in self.undetermined],
            "assumptions": [each.as_json() for each in self.assumptions],
        }
