"""Cells of traits, and the rule by which thin ones are joined."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from donghaeng.rules.faults import BadInput

from .ages import OLD_AGE

Array = np.ndarray
LEAST = 30  # no estimate rests on fewer respondents


@dataclass(frozen=True)
class Cells:
    """A set of cells: the traits, the weightiest first, with their numbers of levels."""

    name: str
    traits: tuple[tuple[str, int], ...]

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(levels for _, levels in self.traits)

    @property
    def count(self) -> int:
        return int(np.prod(self.shape))

    def index(self, *levels: Array) -> Array:
        """The cell of each row from its levels of the traits, in their order."""
        cell = np.zeros_like(levels[0], dtype=np.int64)
        for level, (_, count) in zip(levels, self.traits, strict=True):
            cell = cell * count + level
        return cell


HOUSEHOLD = Cells("household", (("recipient", 2), ("size", 4), ("age of head", 5)))
UNIT = Cells("unit", (("size", 4), ("age of head", 5)))
WORKER = Cells("worker", (("recipient", 2), ("head", 2), ("sex", 2), ("age", 7)))
BODY = Cells("body", (("age", 9), ("sex", 2)))
PENSIONER = Cells("pensioner", (("age", 5), ("sex", 2)))
ALL = {each.name: each for each in (HOUSEHOLD, UNIT, WORKER, BODY, PENSIONER)}


def class_of_size(size: Array) -> Array:
    """1, 2, 3, 4 and more."""
    level: Array = np.minimum(size, 4).astype(np.int64) - 1
    return level


def class_of_head(age: Array) -> Array:
    """Under 35, 35-49, 50-64, 65-74, 75 and older."""
    return np.searchsorted([35, 50, OLD_AGE, 75], age, side="right")


def class_of_worker(age: Array) -> Array:
    """15-24, 25-34, 35-44, 45-54, 55-64, 65-74, 75 and older."""
    return np.searchsorted([25, 35, 45, 55, OLD_AGE, 75], age, side="right")


def class_of_decade(age: Array) -> Array:
    """0-9, 10-19, ..., 70-79, 80 and older."""
    level: Array = np.minimum(age // 10, 8).astype(np.int64)
    return level


def class_of_pensioner(age: Array) -> Array:
    """60-64, 65-69, 70-74, 75-79, 80 and older."""
    return np.searchsorted([OLD_AGE, 70, 75, 80], age, side="right")


def joined(cells: Cells, respondents: Array, what: str = "") -> Array:
    """The group of each cell, (cells,), so that no group has fewer than 30 respondents.

    The rule: cells stand in the order of their traits. As long as a group is too thin, the thinnest (the
    first of them) is joined to the group before or after it with which it shares more of the first traits;
    where it shares as many with both, to the one with fewer respondents.

    Args:
        respondents: respondents in each cell, (cells,).

    Raises:
        BadInput: where there are fewer than 30 altogether.

    >>> joined(Cells("c", (("a", 2), ("b", 2))), np.array([40, 50, 10, 35])).tolist()
    [0, 1, 2, 2]
    """
    if respondents.sum() < LEAST:
        raise BadInput(
            f"{int(respondents.sum())} respondents, fewer than {LEAST}",
            field=what or cells.name,
            remedy="a larger survey, or no --survey",
        )
    runs = [[cell] for cell in range(cells.count)]
    counts = [int(each) for each in respondents]
    while min(counts) < LEAST:
        place = counts.index(min(counts))
        sides = [side for side in (place - 1, place + 1) if 0 <= side < len(runs)]
        other = min(sides, key=lambda side: (-_shared(cells, runs, place, side), counts[side]))
        first, second = sorted((place, other))
        runs[first] += runs.pop(second)
        counts[first] += counts.pop(second)
    group = np.empty(cells.count, np.int64)
    for number, run in enumerate(runs):
        group[run] = number
    return group


def _shared(cells: Cells, runs: list[list[int]], place: int, side: int) -> int:
    """How many of the first traits the two touching cells of neighbouring groups have in common."""
    first, second = (
        (runs[side][-1], runs[place][0]) if side < place else (runs[place][-1], runs[side][0])
    )
    one, two = np.unravel_index(first, cells.shape), np.unravel_index(second, cells.shape)
    shared = 0
    for a, b in zip(one, two, strict=True):
        if a != b:
            break
        shared += 1
    return shared
