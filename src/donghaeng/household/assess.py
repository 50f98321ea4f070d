"""What a household is entitled to on a day: every amount with what it rests on and what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from donghaeng.rules import Enumeration, HouseholdFacts, Law, is_missing
from donghaeng.rules.declarations import Declaration, Rule
from donghaeng.rules.difference import spell_value
from donghaeng.rules.evaluation import Run, Variant
from donghaeng.rules.explanation import Explainer, Explanation, ParameterUse
from donghaeng.rules.terms import Entity, Kind, Period, Role, Status

from .answer import Answer, Assumption, Undetermined
from .asking import ask_next
from .receipts import could_ask
from .regimes import Reading, has_default, is_published, matters, readings_of_each, spread

TOTAL = "total_"  # total_present stands as ``present`` in an answer
SHOWN = (Role.BENEFIT, Role.CONTRIBUTION, Role.INCOME, Role.LINE, Role.FLAG)
# What each person is entitled to or owes also stands with the household: added up, or "somebody".
TOGETHER = (Role.BENEFIT, Role.CONTRIBUTION)
ENDED = "programme_ended"


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

    def __init__(
        self,
        law: Law,
        regimes: Iterable[str] = (),
        show: Iterable[str] = (),
        *,
        everything: bool = True,
    ) -> None:
        """With ``everything`` false only the variables in ``show`` are answered, and totals among them."""
        self.law = law.under_regimes(regimes)
        self.shown = self.law.require(show)
        shown = [
            rule.name
            for entity in (Entity.HOUSEHOLD, Entity.PERSON)
            for role in SHOWN
            for rule in self.law.rules.values()
            if rule.entity is entity and rule.role is role
        ]
        self.totals = [r.name for r in self.law.rules.values() if r.role is Role.TOTAL]
        if not everything:
            shown, self.totals = [], [name for name in self.totals if name in self.shown]
        self.wanted = list(dict.fromkeys([*shown, *self.shown]))
        self.readings = readings_of_each(self.law, self.wanted, has_default(self.law))
        self.readings_of_totals = readings_of_each(self.law, self.totals, is_published(self.law))
        # One plan computes everything under the first reading; the others only what they change.
        first = {
            choice: words[0]
            for choice, words in self.law.open_choices([*self.wanted, *self.totals]).items()
            if not has_default(self.law)(choice)
        }
        self.plan = self.law.under(**first).plan([*self.wanted, *self.totals])
        # Variables that rest on the same choices share one list of readings.
        shared = [*self.readings.values(), *self.readings_of_totals.values()]
        self.variants = {
            key: [Variant(self.plan, each.law, list(each.words)) for each in made]
            for key, made in {id(made): made for made in shared if len(made) > 1}.items()
        }

    def answer(self, household: HouseholdFacts) -> Answer:
        """What ``household`` is entitled to, with everything the answer rests on."""
        first = self.plan.run(household)
        runs: dict[int, list[Run]] = {}
        answer = Answer(household.id)
        explainer = Explainer(first)
        shown: list[Explanation] = []
        for name in self.wanted:
            made = self.readings[name]
            self.place(answer, name, made, self.runs(made, first, runs), explainer, shown)
        for name in self.totals:
            made = self.readings_of_totals[name]
            values = [run.household[name] for run in self.runs(made, first, runs)]
            answer.totals[name.removeprefix(TOTAL)] = (
                spread(made, values) if self.has_readings(name) else _known(values[0])
            )
        answer.assumptions = self.assumptions(shown, answer)
        answer.could_ask = could_ask(self.law, household, answer)
        answer.ask_next = ask_next(self.law, answer.undetermined)
        return answer

    def runs(self, made: list[Reading], first: Run, cache: dict[int, list[Run]]) -> list[Run]:
        """The household under each of the readings."""
        if len(made) == 1:
            return [first]
        if id(made) not in cache:
            cache[id(made)] = [variant.run(first) for variant in self.variants[id(made)]]
        return cache[id(made)]

    def has_readings(self, name: str) -> bool:
        """Whether a total rests on a choice between readings, made or open."""
        behind = self.law.links.parameters_behind([name])
        return any(self.law.in_force[parameter].regimes for parameter in behind)

    def place(
        self,
        answer: Answer,
        name: str,
        made: Sequence[Reading],
        runs: Sequence[Run],
        explainer: Explainer,
        shown: list[Explanation],
    ) -> None:
        declaration = self.law.variables[name]
        if declaration.entity is Entity.HOUSEHOLD:
            node = explainer.node(name, None)
            shown.append(node)
            values = [run.household[name] for run in runs]
            _shelf(answer, declaration)[name] = self.value(answer, node, made, values)
            return
        for position, person in enumerate(explainer.run.facts.person_ids):
            node = explainer.node(name, position)
            shown.append(node)
            values = [run.persons[position][name] for run in runs]
            answer.persons.setdefault(person, {})[name] = self.value(answer, node, made, values)
        if isinstance(declaration, Rule) and declaration.role in TOGETHER:
            _shelf(answer, declaration)[name] = together(
                [person[name] for person in answer.persons.values()], declaration.kind
            )

    def value(
        self, answer: Answer, node: Explanation, made: Sequence[Reading], values: Sequence[Any]
    ) -> Any:
        """The one value that all readings agree on; otherwise ``None``, and why."""
        if all(not is_missing(value) and value == values[0] for value in values):
            return plain(values[0])
        numeric = node.declaration.kind in (Kind.MONEY, Kind.COUNT)
        if numeric and not any(is_missing(value) for value in values):
            answer.undetermined.append(
                Undetermined(
                    node.name, node.declaration.label, node.person, spread=spread(made, values)
                )
            )
            return None
        blockers = {name for value in values if is_missing(value) for name in value.blockers}
        if not blockers:  # known under each reading, and not the same
            blockers = {name for name in made[0].words if matters(name, made, values)}
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

    def assumptions(self, shown: Sequence[Explanation], answer: Answer) -> list[Assumption]:
        """Defaults that were taken, parameters that are not official, readings, and scenarios."""
        found: dict[tuple[str, str, str], Assumption] = {}
        seen: set[tuple[str, str]] = set()
        compared = {
            choice for made in self.readings.values() if len(made) > 1 for choice in made[0].words
        }
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
                    if use.status is not Status.OFFICIAL and use.name not in compared:
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
    if kind is Kind.MONEY:
        return None if None in values else sum(values)
    return True if True in values else None if None in values else False


def _known(value: Any) -> int | None:
    return None if is_missing(value) else int(value)


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
