"""Where the law is not known to us: every reading that it allows, and what each makes of a household."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from donghaeng.rules import Law, is_missing
from donghaeng.rules.terms import Status

SETTLED = (Status.OFFICIAL, Status.DERIVED, Status.PRESS)


@dataclass(frozen=True)
class Reading:
    """A law with every open choice made; ``words`` names the regime of each parameter."""

    law: Law
    words: Mapping[str, str]


@dataclass(frozen=True)
class Spread:
    """What an amount is over the readings: its bounds, and the amount by the regimes that matter."""

    lowest: int | None
    highest: int | None
    by_regime: dict[str, int | None] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Bounds, and the amount under each reading."""
        return {"lowest": self.lowest, "highest": self.highest, "regimes": self.by_regime}

    @property
    def single(self) -> int | None:
        """The one amount that all readings give, if they do."""
        return self.lowest if self.lowest == self.highest else None


def readings(law: Law, wanted: Iterable[str], settled: Callable[[str], bool]) -> list[Reading]:
    """Every combination of regimes of the choices that are not ``settled`` and not yet made."""
    choices = {name: words for name, words in law.open_choices(wanted).items() if not settled(name)}
    combinations = itertools.product(*choices.values())
    return [
        Reading(law.under(**made) if made else law, made)
        for made in (dict(zip(choices, words, strict=True)) for words in combinations)
    ]


def readings_of_each(
    law: Law, wanted: Iterable[str], settled: Callable[[str], bool]
) -> dict[str, list[Reading]]:
    """The readings that matter to each variable.

    Variables that rest on the same choices share one list, and so do those that rest on some of them:
    choices that never meet in one variable are not multiplied with each other.
    """
    behind = {
        name: frozenset(choice for choice in law.open_choices([name]) if not settled(choice))
        for name in wanted
    }
    widest = [each for each in set(behind.values()) if not any(each < o for o in behind.values())]
    made = {}
    for choices in sorted(widest, key=sorted):
        beyond = {name for name in law.in_force if name not in choices}
        wide = next(name for name, each in behind.items() if each == choices)
        made[choices] = readings(law, [wide], beyond.__contains__)
    return {
        name: next(made[wide] for wide in made if choices <= wide)
        for name, choices in behind.items()
    }


def has_default(law: Law) -> Callable[[str], bool]:
    """Choices with a default are settled where a single figure is asked for."""
    return lambda name: bool(law.in_force[name].default)


def is_published(law: Law) -> Callable[[str], bool]:
    """For a total, only a default that rests on something published settles a choice."""
    return lambda name: bool(law.in_force[name].default) and law.in_force[name].status in SETTLED


def spread(readings_made: Sequence[Reading], values: Sequence[Any]) -> Spread:
    """Bounds of ``values`` (one a reading), and the values by the regimes that make a difference."""
    if any(is_missing(value) for value in values):
        return Spread(None, None)
    parameters = list(readings_made[0].words)
    mattering = [name for name in parameters if matters(name, readings_made, values)]
    by_regime = {
        " + ".join(reading.words[name] for name in mattering) or "all": int(value)
        for reading, value in zip(readings_made, values, strict=True)
    }
    return Spread(int(min(values)), int(max(values)), dict(by_regime))


def matters(name: str, readings_made: Sequence[Reading], values: Sequence[Any]) -> bool:
    """Whether two readings that differ in ``name`` alone give different values."""
    groups: dict[tuple[tuple[str, str], ...], set[Any]] = {}
    for reading, value in zip(readings_made, values, strict=True):
        others = tuple(item for item in reading.words.items() if item[0] != name)
        groups.setdefault(others, set()).add(value)
    return any(len(group) > 1 for group in groups.values())
