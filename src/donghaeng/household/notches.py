"""Notches: levels of earnings at which one won more makes disposable income jump, and what makes it.

The benefits of the law are straight lines between kinks, up to rounding. An interval in which an amount
leaves its chord is halved until it is one won wide; where the amount jumps within that won, it is a notch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .earnings import DISPOSABLE, WITH_PILOT, Earner, Level

LEAST_JUMP = 1_000  # won a month; below it lie the steps by which amounts are rounded
ALIKE = 100  # readings whose jumps differ by less, as by how they round, are told together
OFF_THE_CHORD = 300  # a jump leaves the middle of its interval by half its height
QUARTERS = (1, 2, 3)


@dataclass(frozen=True)
class Cause:
    """A benefit or contribution that changes by ``change`` won a month, or an entitlement that ends or begins."""

    name: str
    label: tuple[str, str]
    citation: str
    change: int


@dataclass(frozen=True)
class Notch:
    """Between ``earnings`` and one won more, disposable income changes by ``change`` won a month.

    A change of 0 marks an entitlement other than money, such as medical aid, that ends or begins there.
    ``system`` is ``present`` or ``pilot``; ``regimes`` names the readings of the law under which the
    pilot's notch lies there (empty: under all).
    """

    earnings: int
    system: str
    change: int
    causes: tuple[Cause, ...]
    regimes: tuple[str, ...] = ()


def find_notches(earner: Earner, levels: Sequence[int]) -> tuple[Notch, ...]:
    """Every notch between the first and the last of ``levels``, for each system."""
    found = [
        _notch(earner, won, "present", earner.at(won + 1).present - earner.at(won).present, 0)
        for won in _places(lambda e: earner.at(e).present, levels)
    ]
    found += [_standing(earner, name, won) for name, won in _ends(earner, levels)]
    by_jump: dict[tuple[int, int], list[int]] = {}
    for place in range(len(earner.at(levels[0]).with_pilot)):

        def income(earned: int, place: int = place) -> int:
            return earner.at(earned).with_pilot[place]

        for won in _places(income, levels):
            jump = round((income(won + 1) - income(won)) / ALIKE)
            by_jump.setdefault((won, jump), []).append(place)
    for (won, _), places in by_jump.items():
        first = places[0]
        change = earner.at(won + 1).with_pilot[first] - earner.at(won).with_pilot[first]
        everywhere = len(places) == len(earner.readings)
        regimes = () if everywhere else _shared_words(earner, places)
        found.append(_notch(earner, won, "pilot", change, places[0], regimes))
    return tuple(sorted(found, key=lambda each: (each.earnings, each.system, each.regimes)))


def _places(income: Callable[[int], int], levels: Sequence[int]) -> Iterator[int]:
    for low, high in pairwise(levels):
        yield from _jumps(income, low, high)


def _jumps(income: Callable[[int], int], low: int, high: int) -> Iterator[int]:
    """Each won in an interval at which ``income`` jumps."""
    if high - low == 1:
        if abs(income(high) - income(low) - 1) > LEAST_JUMP:
            yield low
        return
    first, rise, width = income(low), income(high) - income(low), high - low
    inside = sorted({low + width * part // 4 for part in QUARTERS} - {low})
    if all(abs(income(at) - first - rise * (at - low) / width) <= OFF_THE_CHORD for at in inside):
        return
    middle = low + width // 2
    yield from _jumps(income, low, middle)
    yield from _jumps(income, middle, high)


def _ends(earner: Earner, levels: Sequence[int]) -> Iterator[tuple[str, int]]:
    """Entitlements other than money that end or begin, with the won after which they do."""
    for name in earner.standings:
        for low, high in pairwise(levels):
            before = earner.at(low).standings[name]
            if before is earner.at(high).standings[name]:
                continue
            while high - low > 1:
                middle = (low + high) // 2
                if earner.at(middle).standings[name] is before:
                    low = middle
                else:
                    high = middle
            yield name, low


def _standing(earner: Earner, name: str, won: int) -> Notch:
    begins = earner.at(won + 1).standings[name]
    rule = earner.law.rules[name]
    cause = Cause(name, rule.label, rule.citation, 1 if begins else -1)
    return Notch(won, "present", 0, (cause,))


def _notch(
    earner: Earner,
    won: int,
    system: str,
    change: int,
    place: int,
    regimes: tuple[str, ...] = (),
) -> Notch:
    before, after = earner.at(won), earner.at(won + 1)
    causes = []
    parts = earner.parts[DISPOSABLE if system == "present" else WITH_PILOT]
    for name in sorted(parts):
        jump = _amount(after, name, place) - _amount(before, name, place)
        if abs(jump) >= LEAST_JUMP // 2:
            rule = earner.law.rules[name]
            causes.append(Cause(name, rule.label, rule.citation, jump))
    return Notch(won, system, change, tuple(causes), regimes)


def _amount(level: Level, name: str, place: int) -> int:
    return level.benefits[name][place] if name in level.benefits else level.contributions[name]


def _shared_words(earner: Earner, places: Sequence[int]) -> tuple[str, ...]:
    """The regimes that all of the readings at ``places`` have and the others do not all have."""
    chosen = [earner.readings[place].words for place in places]
    return tuple(
        word
        for name, word in chosen[0].items()
        if all(words[name] == word for words in chosen)
        and any(reading.words[name] != word for reading in earner.readings)
    )
