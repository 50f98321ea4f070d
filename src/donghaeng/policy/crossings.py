"""Where a function of one number on a lattice passes a target: every place that a scan can see, not just one."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

# Parts of the whole range, and of each part in which the target is passed.
FIRST_SCAN, LATER_SCANS = 32, 8


@dataclass(frozen=True)
class Crossing:
    """Two neighbours on the lattice, of which one meets the target and the other does not.

    Attributes:
        inside: the place that meets it.
        outside: its neighbour that does not.
    """

    inside: int
    outside: int


@dataclass
class Scan:
    """A function on the lattice 0, 1, ... last, evaluated once at each place that is looked at.

    A place meets the target if its value is at most the target.
    """

    function: Callable[[int], float]
    last: int
    target: float
    seen: dict[int, float] = field(default_factory=dict)

    def value(self, place: int) -> float:
        if place not in self.seen:
            self.seen[place] = self.function(place)
        return self.seen[place]

    def meets(self, place: int) -> bool:
        return self.value(place) <= self.target

    def crossings(self) -> tuple[Crossing, ...]:
        """Every crossing that the scan sees, in order.

        The range is cut into parts; each part whose ends lie on different sides of the target is cut again, until
        neighbours are left. What goes there and back between two places of the first scan is not seen.

        >>> Scan(lambda place: place * place, 1000, 50.0).crossings()
        (Crossing(inside=7, outside=8),)
        """
        return tuple(self._within(0, self.last, FIRST_SCAN))

    def _within(self, first: int, last: int, parts: int) -> list[Crossing]:
        if last - first <= 1:
            if first == last or self.meets(first) == self.meets(last):
                return []
            pair = (first, last) if self.meets(first) else (last, first)
            return [Crossing(*pair)]
        edges = sorted({first + (last - first) * n // parts for n in range(parts + 1)})
        found: list[Crossing] = []
        for one, other in itertools.pairwise(edges):
            if self.meets(one) != self.meets(other):
                found += self._within(one, other, LATER_SCANS)
        return found

    @property
    def met(self) -> tuple[float, float]:
        """The lowest and the highest value that was seen."""
        return min(self.seen.values()), max(self.seen.values())
