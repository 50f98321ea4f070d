"""How the figures of a simulation are written for a reader: won, shares, intervals, names."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from donghaeng.charts.seoul_tiles import SEOUL
from donghaeng.language import Words, large_money_text

from ..design_keys import SAMPLING_LABELS, Sampling
from ..results import Group, Simulation
from ..sample import Compared
from ..tally import Estimate

NONE = "–"
MILLION = 10**6
# Of fewer households nothing is told in a report: their figures say little, and might tell who they are.
FEWEST = 30
DISTRICTS = {tile.code: tile for tile in SEOUL}
Write = Callable[[float], str]
Bounds = tuple[float, float]
UNBOUNDED = (-math.inf, math.inf)
OF_SHARES = (0.0, 1.0)


@dataclass(frozen=True)
class Reader:
    """A simulation and the language in which it is told."""

    simulation: Simulation
    words: Words

    @property
    def language(self) -> str:
        return self.words.language

    @cached_property
    def label(self) -> str:
        """What every figure is."""
        return self.words(self.simulation.label)

    def titled(self, title: str) -> str:
        """The title of a table or chart, with what its figures are."""
        return self.words("{title} — {label}", title=title, label=self.label)

    @property
    def too_few(self) -> bool:
        """Whether the income of so few households is known that no figure of theirs is told."""
        return self.simulation.households_used < FEWEST

    @property
    def of_main_reading(self) -> str:
        """Which reading the figures of a section are of; nothing where all readings agree."""
        if len(self.simulation.readings) < 2:
            return ""
        return self.words(
            "Readings of the law differ: these figures are those of the main reading."
        )

    # Numbers with their units, for sentences

    def money(self, value: float) -> str:
        """Won, the large ones in the units in which they are said."""
        return large_money_text(value, self.language)

    def share(self, value: float) -> str:
        """A share as a percentage."""
        return self.words("{number} %", number=self.percent(value))

    def points(self, value: float) -> str:
        """The change of a share."""
        return self.words("{number} points", number=self.percent(value))

    # Numbers alone: indices, and columns whose headings bear the unit

    def count(self, value: float) -> str:
        """Households, persons or won, whole."""
        return _minus(f"{round(value):,}")

    def millions(self, value: float) -> str:
        """Won in millions."""
        return _minus(f"{value / MILLION:,.{0 if abs(value) >= 10**9 else 1}f}")

    def percent(self, value: float) -> str:
        """A share in per cent, or its change in percentage points."""
        return _minus(f"{100 * value:.1f}")

    def ratio(self, value: float) -> str:
        """An index or ratio without a unit."""
        return _minus(f"{value:.3f}")

    # Figures with their errors

    def plain(self, estimate: Estimate, write: Write) -> str:
        """The figure; a sign where there is none."""
        return NONE if estimate.value != estimate.value else write(estimate.value)

    def full(self, estimate: Estimate, write: Write, bounds: Bounds = UNBOUNDED) -> str:
        """The figure with both ends of its interval in brackets, where it has one.

        A figure that no household in the data moves (an error of zero) has none to show. An interval of a share
        ends where a share does: at the ``bounds``.
        """
        ends = estimate.interval()
        if ends is None or estimate.value != estimate.value or not estimate.standard_error:
            return self.plain(estimate, write)
        return self.words(
            "{figure} ({low} to {high})",
            figure=write(estimate.value),
            low=write(max(ends[0], bounds[0])),
            high=write(min(ends[1], bounds[1])),
        )

    def change(self, estimate: Estimate, write: Write) -> str:
        """A change: its sign before it, both ends of its interval as they are."""
        text = self.full(estimate, write)
        return f"+{text}" if estimate.value > 0 and _is_something(write(estimate.value)) else text

    def three(self, compared: Compared, write: Write) -> tuple[str, str, str]:
        """Before, after, and the change with its interval."""
        return (
            self.plain(compared.before, write),
            self.plain(compared.after, write),
            self.change(compared.change, write),
        )

    @property
    def interval(self) -> str:
        """What the intervals are."""
        if self.simulation.budget.cost.interval() is None:
            return self.words("no interval, because the population has fewer than two units drawn")
        if self.simulation.sampling == SAMPLING_LABELS[Sampling.REPLICATES]:
            return self.words("95 % interval between synthetic replicates")
        return self.words("95 % interval of sampling")

    # Names

    def of_group(self, group: Group) -> str:
        """The name of a group."""
        if group.grouping == "district":
            tile = DISTRICTS.get(group.key)
            return tile.label(self.words) if tile else group.label
        return self.words(group.label)

    def groups(self, grouping: str) -> tuple[Group, ...]:
        """The groups of one grouping, in order."""
        return tuple(each for each in self.simulation.groups if each.grouping == grouping)

    def label_of(self, pair: tuple[str, str]) -> str:
        """The Korean or English half of a label."""
        return self.words.label(pair)


def _is_something(text: str) -> bool:
    """Whether a number that was rounded is other than zero."""
    return any(digit in text for digit in "123456789")


def _minus(text: str) -> str:
    """A number with a true minus sign, and none before zero."""
    return text.replace("-", "−") if _is_something(text) else text.lstrip("-")
