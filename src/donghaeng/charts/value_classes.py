"""Figures in a few classes, for maps: which colour, which letter, and what the legend says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from donghaeng.charts.description import extremes, figure, known, spread
from donghaeng.charts.lettering import Key
from donghaeng.charts.palette import CLASSES, PAPER
from donghaeng.language import Words

LETTERS = "ABCD"  # A is the class of the lowest figures


@dataclass(frozen=True)
class ValueClass:
    """Figures from ``low`` to ``high``, both included, with the sign and colour that stand for them."""

    letter: str
    low: float
    high: float
    colour: str


def value_classes(values: Sequence[float | None]) -> tuple[ValueClass, ...]:
    """At most four classes with about as many figures each; equal figures are never parted.

    >>> [(each.letter, each.low, each.high) for each in value_classes([1, 2, 3, 4, 5, 6, 7, 8])]
    [('A', 1, 2), ('B', 3, 4), ('C', 5, 6), ('D', 7, 8)]
    """
    present = sorted(value for value in values if value is not None)
    groups: dict[int, list[float]] = {}
    for value in present:
        # The class of the first of equal figures is the class of all of them.
        place = present.index(value)
        groups.setdefault(place * len(CLASSES) // len(present), []).append(value)
    # A few classes keep the far ends of the scale apart.
    count = len(groups)
    chosen = [round(i * (len(CLASSES) - 1) / max(1, count - 1)) for i in range(count)]
    return tuple(
        ValueClass(LETTERS[index], group[0], group[-1], CLASSES[colour])
        for index, (group, colour) in enumerate(zip(groups.values(), chosen, strict=True))
    )


def class_of(value: float | None, classes: Sequence[ValueClass]) -> ValueClass | None:
    """The class that holds ``value``; ``None`` for a missing one."""
    if value is None:
        return None
    return next(each for each in classes if each.low <= value <= each.high)


def class_keys(
    values: Sequence[float | None],
    classes: Sequence[ValueClass],
    words: Words,
    *,
    digits: int = 1,
    letters: bool = False,
) -> list[Key]:
    """The legend: bounds of each class and how many places it has, and how many have no figure."""
    keys = []
    for each in classes:
        low, high = (figure(bound, words, digits) for bound in (each.low, each.high))
        count = sum(value is not None and each.low <= value <= each.high for value in values)
        if low == high:
            text = words("{value} ({count})", value=low, count=count)
        else:
            text = words("{low} to {high} ({count})", low=low, high=high, count=count)
        keys.append(Key(f"{each.letter}: {text}" if letters else text, each.colour, outlined=True))
    missing = sum(value is None for value in values)
    if missing:
        keys.append(Key(words("– no figure ({count})", count=missing), PAPER, outlined=True))
    return keys


def map_message(
    figures: Iterable[tuple[str, float | None]],
    words: Words,
    *,
    ranked: bool = True,
    digits: int = 1,
) -> str:
    """The text alternative of a map, from the label and figure of each place.

    Without ``ranked`` it names no place, for figures in which places shall not be ranked in public.
    """
    pairs = [(label, known(value, label)) for label, value in figures]
    first = spread([value for _, value in pairs], words, digits)
    if all(value is None for _, value in pairs):
        return first
    if ranked:
        return f"{first} {extremes(pairs, words, digits)}"
    return f"{first} {words('Places stand where they lie, not by rank.')}"
