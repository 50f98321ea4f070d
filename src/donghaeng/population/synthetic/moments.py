"""The model from published moments: levels that the whole city meets, and how cells differ.

Shares and amounts by trait give the intercepts, assumed slopes and spreads the rest. Then the intercepts are
moved until each published level is met, and what targets set until those are (:mod:`.levelling`); each
replicate meets its own draw of a level, within the stated error.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from pydantic import Field

from donghaeng.rules.faults import BadInput, nearest

from .cells import Cells
from .city import City, Entry, read_entry
from .fitting import factor_of
from .levelling import levelled
from .model import SCORES, Amount, Chance, Model, Source
from .plan import Plan
from .targets import Knob, Target
from .variables import BY_NAME, JOINED, VARIABLES

Array = np.ndarray


class SourceEntry(Entry):
    """A publication."""

    title: str
    year: int
    status: str
    url: str = ""


class Number(Entry):
    """A published or assumed number."""

    value: float
    source: str = ""
    status: str = ""
    error: float = 0.0
    note: str = ""


class Profile(Entry):
    """How a share or amount differs between the levels of some traits."""

    traits: tuple[str, ...]
    values: list[Any]
    source: str = ""
    status: str = ""
    error: float = 0.0
    note: str = ""


class PublishedChance(Entry):
    """A chance as published: shares by trait, odds ratios, slopes, and the level of the city."""

    level: Number | None = None
    shares: list[Profile]
    factors: list[Profile] = Field(default_factory=list)
    slopes: dict[str, float] = Field(default_factory=dict)


class PublishedAmount(Entry):
    """An amount as published; ``lower`` is the spread below the middle as a share of that above it."""

    level: Number | None = None
    amounts: list[Profile]
    factors: list[Profile] = Field(default_factory=list)
    slopes: dict[str, float] = Field(default_factory=dict)
    spread: Number
    lower: Number | None = None


class PublishedVariable(Entry):
    """What is published about one variable."""

    chance: PublishedChance | None = None
    amount: PublishedAmount | None = None


class Residuals(Entry):
    """Correlations of a household's amounts."""

    status: str
    note: str
    values: list[list[float]]


class PublishedTarget(Number):
    """A figure of the distribution that the city should come near.

    ``within`` is how far off it may be; ``sets`` what of the model is moved until it is met, or until ``aim``
    is, which the note explains. A target that sets nothing is only looked at.
    """

    within: float
    sets: Knob | None = None
    aim: float | None = None

    @property
    def aimed(self) -> float:
        return self.value if self.aim is None else self.aim


class Moments(Entry):
    """``moments.yaml``."""

    sources: dict[str, SourceEntry]
    variables: dict[str, PublishedVariable]
    couples: Number
    earners: Number
    residuals: Residuals
    targets: dict[Target, PublishedTarget] = Field(default_factory=dict)

    def assumed(self) -> list[str]:
        """A sentence for each number that has no source, or is assumed in part (its note says so)."""
        notes = []
        for name, variable in self.variables.items():
            for kind, part in (("share", variable.chance), ("amount", variable.amount)):
                if part is not None:
                    notes += [f"{name}: {kind}: {text}" for text in _assumed(part)]
        for target, each in self.targets.items():
            if each.sets is not None:
                notes.append(
                    f"{each.sets.value}: calibrated until {target.value} is {each.aimed:g}"
                )
        notes.append(f"couples: {self.couples.note}: {self.couples.value}")
        notes.append(f"earners: {self.earners.note}: {self.earners.value}")
        notes.append(f"residuals: {self.residuals.note}")
        return notes

    def levels(self) -> dict[str, tuple[Number, str]]:
        """The published levels by the name of the tally that meets them, with the words of their source."""
        found = {}
        for name, variable in self.variables.items():
            for label, part in ((name, variable.chance), (f"{name}: amount", variable.amount)):
                if part is not None and part.level is not None:
                    found[label] = (part.level, self.words(part.level))
        return found

    def words(self, number: Number | Profile) -> str:
        """Title and year of the source, or that it is assumed."""
        if not number.source:
            return "assumed"
        source = self.sources[number.source]
        return f"{source.title} ({source.year}, {number.status or source.status})"


def _assumed(part: PublishedChance | PublishedAmount) -> list[str]:
    numbers: list[Number | Profile] = [*part.factors]
    numbers += part.shares if isinstance(part, PublishedChance) else [*part.amounts, part.spread]
    if isinstance(part, PublishedAmount) and part.lower:
        numbers.append(part.lower)
    numbers += [part.level] if part.level else []
    open_ones = [each for each in numbers if not each.source or "assumed" in each.note]
    notes = [each.note or "no source" for each in open_ones]
    if part.slopes:
        slopes = ", ".join(f"{name} {value:+g}" for name, value in part.slopes.items())
        notes.append(f"slopes {slopes}")
    return notes


def read_moments(folder: Path) -> Moments:
    """The moments of a city.

    Raises:
        BadInput: where the file cannot be read, a variable is missing, or a profile does not fit its traits.
    """
    path = folder / "moments.yaml"
    moments: Moments = read_entry(path, Moments)
    for name in moments.variables:
        if name not in BY_NAME:
            raise BadInput(
                f"unknown variable {name!r}", file=str(path), remedy=nearest(name, BY_NAME)
            )
    for variable in VARIABLES:
        given = moments.variables.get(variable.name)
        for wanted, part in (("chance", variable.chance), ("amount", variable.amount)):
            if part and (given is None or getattr(given, wanted) is None):
                raise BadInput(f"no {wanted} of {variable.name!r}", file=str(path))
        for part_given in (given.chance, given.amount) if given else ():
            if part_given is not None:
                _check(part_given, variable.name, moments, path)
    for each in moments.targets.values():
        _check_source(each, moments, path)
    return moments


def _check(
    part: PublishedChance | PublishedAmount, name: str, moments: Moments, path: Path
) -> None:
    variable = BY_NAME[name]
    first = part.shares if isinstance(part, PublishedChance) else part.amounts
    numbers: list[Number | Profile] = [*first, *part.factors]
    for profile in (*first, *part.factors):
        _base(variable.cells, profile, str(path))
    for regressor in part.slopes:
        if regressor not in variable.regressors:
            remedy = f"one of {', '.join(variable.regressors)}"
            raise BadInput(f"no slope on {regressor!r}", file=str(path), field=name, remedy=remedy)
    numbers += [part.level] if part.level else []
    for each in numbers:
        _check_source(each, moments, path)
        if not each.source and each.status != "assumed":
            raise BadInput("a number without a source", file=str(path), field=name)


def _check_source(each: Number | Profile, moments: Moments, path: Path) -> None:
    if each.source and each.source not in moments.sources:
        remedy = nearest(each.source, moments.sources)
        raise BadInput(f"unknown source {each.source!r}", file=str(path), remedy=remedy)


def _base(cells: Cells, profile: Profile, file: str) -> Array:
    """The values of a profile for each cell, (cells,)."""
    levels = dict(cells.traits)
    values = np.asarray(profile.values, float)
    known = set(profile.traits) <= set(levels)
    wanted = tuple(levels[name] for name in profile.traits) if known else ()
    if not known or values.shape != wanted:
        raise BadInput(
            f"values of {', '.join(profile.traits)} have the shape {values.shape}",
            file=file,
            remedy=f"{wanted}; the traits are {', '.join(levels)}",
        )
    in_order = [name for name in levels if name in profile.traits]
    values = values.transpose([profile.traits.index(name) for name in in_order])
    shape = tuple(count if name in profile.traits else 1 for name, count in cells.traits)
    whole: Array = np.broadcast_to(values.reshape(shape), cells.shape).reshape(-1)
    return whole


def published(moments: Moments, city: City, plan: Plan, seed: int) -> Model:
    """The model of the published moments of a city, its levels met by a pilot draw of ``plan``."""
    rng = np.random.Generator(np.random.Philox(key=[seed, 2**41]))
    chances, amounts, targets = {}, {}, {}
    for variable in VARIABLES:
        given = moments.variables[variable.name]
        name, cells, names = variable.name, variable.cells, variable.regressors
        if given.chance is not None:
            chances[name] = Chance(
                name, *_intercepts(given.chance, cells, names, plan.replicates, rng), names
            )
            targets[name] = _level(given.chance.level, plan.replicates, rng)
        if given.amount is not None:
            spread = _level(given.amount.spread, plan.replicates, rng)
            assert spread is not None
            parts = _intercepts(given.amount, cells, names, plan.replicates, rng)
            wide = np.repeat(spread[:, None], cells.count, axis=1)
            lower = given.amount.lower.value if given.amount.lower else 1.0
            scores = np.where(SCORES < 0, lower * SCORES, SCORES)
            shape = np.repeat(scores[None, :], plan.replicates, axis=0)
            amounts[name] = Amount(name, *parts, wide, shape, names)
            targets[f"{name}: amount"] = _level(given.amount.level, plan.replicates, rng)
    earners = _level(moments.earners, plan.replicates, rng)
    couples = _level(moments.couples, plan.replicates, rng)
    assert earners is not None
    assert couples is not None
    factor = factor_of(np.asarray(moments.residuals.values, float))
    assert factor.shape == (len(JOINED), len(JOINED))
    residuals = np.broadcast_to(factor, (plan.replicates, *factor.shape)).copy()
    model = Model(
        Source.PUBLISHED,
        chances,
        amounts,
        np.clip(couples, -0.9, 0.9),
        np.clip(earners, 0, 0.9),
        residuals,
        tuple(each.name for each in VARIABLES),
        tuple(moments.assumed()),
    )
    asked = {name: target for name, target in targets.items() if target is not None}
    knobs = {each.sets: (name, each.aimed) for name, each in moments.targets.items() if each.sets}
    return levelled(model, asked, knobs, city, plan, seed)


def _intercepts(
    part: PublishedChance | PublishedAmount,
    cells: Cells,
    regressors: tuple[str, ...],
    replicates: int,
    rng: np.random.Generator,
) -> tuple[str, Array, Array, Array]:
    """Name of the cells, groups (each cell its own), intercepts and slopes."""
    chance = isinstance(part, PublishedChance)
    base = np.zeros((replicates, cells.count))
    for profile in part.shares if isinstance(part, PublishedChance) else part.amounts:
        values = _base(cells, profile, "")
        drawn = values * (1 + profile.error * rng.standard_normal((replicates, 1)))
        drawn = np.clip(drawn, 1e-9, 1 - 1e-9) if chance else drawn
        base += np.log(drawn / (1 - drawn)) if chance else np.log(drawn)
    for profile in part.factors:
        base += np.log(_base(cells, profile, ""))
    slopes = np.array([part.slopes.get(name, 0.0) for name in regressors])
    return (
        cells.name,
        np.arange(cells.count),
        base,
        np.broadcast_to(slopes, (replicates, len(slopes))).copy(),
    )


def _level(number: Number | None, replicates: int, rng: np.random.Generator) -> Array | None:
    if number is None:
        return None
    drawn: Array = number.value * (1 + number.error * rng.standard_normal(replicates))
    return drawn
