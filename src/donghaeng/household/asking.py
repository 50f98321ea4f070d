"""Which one fact to ask for next: the one that settles most of what is undetermined."""

from __future__ import annotations

from collections.abc import Sequence

from donghaeng.rules import Law
from donghaeng.rules.declarations import Rule
from donghaeng.rules.terms import Role

from .answer import Question, Undetermined


def ask_next(law: Law, undetermined: Sequence[Undetermined]) -> Question | None:
    """The fact that alone blocks most benefits and contributions; ``None`` where no fact blocks any.

    Gaps of the law and open readings cannot be answered by the household, so they are not asked.
    """
    settled: dict[str, list[str]] = {}
    for item in undetermined:
        if len(item.blocked_by) == 1 and _fact(law, item.blocked_by[0]):
            settled.setdefault(item.blocked_by[0], []).append(item.name)
    if not settled:
        return None
    benefits = {blocker: _benefits(law, names) for blocker, names in settled.items()}
    best = max(settled, key=lambda each: (len(benefits[each]), len(settled[each])))
    *person, name = best.rsplit(".", 1)
    fact = law.facts[name]
    return Question(
        name,
        fact.label,
        fact.question,
        person[0] if person else "",
        tuple(dict.fromkeys(settled[best])),
    )


def _fact(law: Law, blocker: str) -> bool:
    return blocker.rsplit(".", 1)[-1] in law.facts


def _benefits(law: Law, names: Sequence[str]) -> list[str]:
    def pays(name: str) -> bool:
        declaration = law.variables[name]
        return isinstance(declaration, Rule) and declaration.role in (
            Role.BENEFIT,
            Role.CONTRIBUTION,
        )

    return [name for name in names if pays(name)]
