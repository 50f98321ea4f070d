"""What a household is entitled to on a day: every amount with what it rests on and what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from donghaeng.rules import Enumeration, HouseholdFacts, Law, is_missing
from donghaeng.rules.declarations import Declaration, Rule
from donghaeng.rules.difference import spell_value
from donghaeng.rules.evaluation import Run, Variant
from donghaeng.rules.explanation import Explainer, Explanation, ParameterUse
from donghaeng.rules.terms import Entity, Kind, Period, Role, Status

from .regimes import Spread, has_default, is_published, readings, spread

PRESENT, WITH_SAFETY_INCOME = "total_present", "total_with_safety_income"
SHOWN = (Role.BENEFIT, Role.CONTRIBUTION, Role.INCOME, Role.LINE, Role.FLAG)
# What each person is entitled to or owes also stands with the household: added up, or "somebody".
TOGETHER = (Role.BENEFIT, Role.CONTRIBUTION)
ENDED = "programme_ended"


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
            return {
                **plain,
                "reason": "regimes",
                "lowest": self.spread.lowest,
                "highest": self.spread.highest,
                "regimes": self.spread.by_regime,
            }
        return {
            **plain,
            "reason": "missing",
            "blocked_by": list(self.blocked_by),
            "may_ask": list(self.may_ask),
        }


@dataclass
class Answer:
    """The answer for one household. ``None`` stands for what cannot be determined."""

    id: str
    amounts: dict[str, int | None] = field(default_factory=dict)
    yearly: dict[str, int | None] = field(default_factory=dict)
    lines: dict[str, int | None] = field(default_factory=dict)
    flags: dict[str, Any] = field(default_factory=dict)
    persons: dict[str, dict[str, Any]] = field(default_factory=dict)
    present: int | None = None
    with_safety_income: Spread | None = None
    undetermined: list[Undetermined] = field(default_factory=list)
    assumptions: list[Assumption] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The answer in its stable shape; money is whole won, ``null`` is undetermined."""
        total: dict[str, Any] = {"present": self.present}
        if self.with_safety_income is not None:
            total[WITH_SAFETY_INCOME.removeprefix("total_")] = {
                "lowest": self.with_safety_income.lowest,
                "highest": self.with_safety_income.highest,
                "regimes": self.with_safety_income.by_regime,
            }
        return {
            "id": self.id,
            "amounts": self.amounts,
            "yearly": self.yearly,
            "lines": self.lines,
            "flags": self.flags,
            "persons": self.persons,
            "total": total,
            "undetermined": [each.as_json() for each in self.undetermined],
            "assumptions": [each.as_json() for each in self.assumptions],
        }


def assess(
    law: Law,
    households: Iterable[HouseholdFacts],
    *,
    regimes: Iterable[str] = (),
    show: Iterable[str] = (),
) -> list[Answer]:
    """An answer for every household.

    Args:
        law: the law of the day that is asked about.
        households: what is known of them.
        regimes: names of readings to take where the law is not known to us.
        show: variables to answer beside those that are always shown.

    Raises:
        BadInput: where a regime or variable is unknown.
    """
    assessor = Assessor(law, regimes, show)
    return [assessor.answer(household) for household in households]


class Assessor:
    """Answers one household after the other under one law."""

    def __init__(self, law: Law, regimes: Iterable[str] = (), show: Iterable[str] = ()) -> None:
        self.law = law.under_regimes(regimes)
        extra = self.law.require(show)
        shown = [
            rule.name
            for entity in (Entity.HOUSEHOLD, Entity.PERSON)
            for role in SHOWN
            for rule in self.law.rules.values()
            if rule.entity is entity and rule.role is role
        ]
        self.totals = [n for n in (PRESENT, WITH_SAFETY_INCOME) if n in self.law.rules]
        self.wanted = list(dict.fromkeys([*shown, *extra]))
        everything = (*self.wanted, *self.totals)
        self.single = readings(self.law, everything, has_default(self.law))
        self.open = readings(self.law, everything, is_published(self.law))
        self.plan = self.single[0].law.plan(everything)
        choices = list(dict.fromkeys([*self.single[0].words, *self.open[0].words]))
        self.others = [Variant(self.plan, reading.law, choices) for reading in self.single[1:]]
        self.open_variants = [Variant(self.plan, reading.law, choices) for reading in self.open]

    def answer(self, household: HouseholdFacts) -> Answer:
        """What ``household`` is entitled to, with everything the answer rests on."""
        first = self.plan.run(household)
        runs = [first, *(other.run(first) for other in self.others)]
        answer = Answer(household.id)
        explainer = Explainer(runs[0])
        shown: list[Explanation] = []
        for name in self.wanted:
            self.place(answer, name, runs, explainer, shown)
        self.add_totals(answer, first)
        answer.assumptions = self.assumptions(shown, answer)
        return answer

    def place(
        self,
        answer: Answer,
        name: str,
        runs: Sequence[Run],
        explainer: Explainer,
        shown: list[Explanation],
    ) -> None:
        declaration = self.law.variables[name]
        if declaration.entity is Entity.HOUSEHOLD:
            node = explainer.node(name, None)
            shown.append(node)
            _shelf(answer, declaration)[name] = self.value(
                answer, node, [run.household[name] for run in runs]
            )
            return
        for position, person in enumerate(runs[0].facts.person_ids):
            node = explainer.node(name, position)
            shown.append(node)
            answer.persons.setdefault(person, {})[name] = self.value(
                answer, node, [run.persons[position][name] for run in runs]
            )
        if declaration.kind is Kind.MONEY or declaration.kind is Kind.FLAG:
            if isinstance(declaration, Rule) and declaration.role in TOGETHER:
                values = [person[name] for person in answer.persons.values()]
                _shelf(answer, declaration)[name] = together(values, declaration.kind)

    def value(self, answer: Answer, node: Explanation, values: Sequence[Any]) -> Any:
        """The one value that all readings agree on; otherwise ``None``, and why."""
        if all(not is_missing(value) and value == values[0] for value in values):
            return plain(values[0])
        numeric = node.declaration.kind in (Kind.MONEY, Kind.COUNT)
        if numeric and not any(is_missing(value) for value in values):
            found = spread(self.single, values)
            answer.undetermined.append(
                Undetermined(node.name, node.declaration.label, node.person, spread=found)
            )
            return None
        blockers: set[str] = set()
        for value in values:
            blockers |= value.blockers if is_missing(value) else set()
        answer.undetermined.append(
            Undetermined(
                node.name,
                node.declaration.label,
                node.person,
                tuple(sorted(blockers)),
                node.may_ask(),
            )
        )
        return None

    def add_totals(self, answer: Answer, first: Run) -> None:
        if not self.totals:
            return
        runs = [variant.run(first) for variant in self.open_variants]
        present = first.household[PRESENT]
        answer.present = None if is_missing(present) else present
        if WITH_SAFETY_INCOME in self.totals:
            answer.with_safety_income = spread(
                self.open, [run.household[WITH_SAFETY_INCOME] for run in runs]
            )

    def was_compared(self, use: ParameterUse) -> bool:
        """Whether every reading was computed, so that none was taken for granted."""
        return use.name in self.single[0].words and len(self.single) > 1

    def assumptions(self, shown: Sequence[Explanation], answer: Answer) -> list[Assumption]:
        """Defaults that were taken, parameters that are not official, readings, and scenarios."""
        found: dict[tuple[str, str, str], Assumption] = {}
        seen: set[tuple[str, str]] = set()
        for top in shown:
            for node in top.walk(seen):
                if node.assumed:
                    found[("default", node.name, node.person)] = Assumption(
                        "default",
                        node.name,
                        node.declaration.label,
                        spelled(node.value),
                        node.person,
                    )
                for use in node.parameters:
                    if use.status is not Status.OFFICIAL and not self.was_compared(use):
                        assumption = _parameter(use)
                        found[(assumption.kind, assumption.name, "")] = assumption
        if answer.flags.get(ENDED):
            rule = self.law.rules[ENDED]
            found[("scenario", ENDED, "")] = Assumption(
                "scenario", ENDED, rule.label, spelled(True)
            )
        return list(found.values())


def together(values: Sequence[Any], kind: Kind) -> Any:
    """What the persons' values make for the household; ``None`` where one that matters is unknown."""
    if kind is Kind.FLAG:
        return True if True in values else None if None in values else False
    return None if None in values else sum(values)


def _parameter(use: ParameterUse) -> Assumption:
    key = f"[{', '.join(map(str, use.key))}]" if use.key else ""
    value = use.value.word if isinstance(use.value, Enumeration) else spell_value(use.value)
    return Assumption(
        "regime" if use.regimes else "parameter",
        use.name + key,
        use.label,
        value,
        status=use.status.value,
        source=use.source,
        since=use.start.isoformat(),
    )


def _shelf(answer: Answer, declaration: Declaration) -> dict[str, Any]:
    """The part of the answer in which a household's variable stands."""
    role = declaration.role if isinstance(declaration, Rule) else Role.INTERMEDIATE
    if role is Role.LINE:
        return answer.lines
    if declaration.kind is not Kind.MONEY:
        return answer.flags
    return answer.yearly if declaration.period is Period.YEAR else answer.amounts


def spelled(value: Any) -> str:
    """A value as text in JSON: ``true`` and ``false`` as JSON writes them."""
    return str(value).lower() if isinstance(value, bool) else str(plain(value))


def plain(value: Any) -> Any:
    """A value as JSON holds it: whole numbers, flags, words, dates as text."""
    if isinstance(value, Enumeration):
        return value.word
    if isinstance(value, (bool, int)):
        return value
    return value.isoformat()
