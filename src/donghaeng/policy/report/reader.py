"""How the figures of a simulation are written for a reader: won, shares, intervals, names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from donghaeng.charts.seoul_tiles import SEOUL
from donghaeng.language import Words, large_money_text

from ..design_keys import SAMPLING_LABELS, Sampling
from ..results import Group, Simulation
from ..sample import Compared
from ..tally import Estimate

NONE = "–"
# Of fewer households nothing is told in a report: their figures say little, and might tell who they are.
FEWEST = 30
DISTRICTS = {tile.code: tile for tile in SEOUL}
Write = Callable[[float], str]


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

    # Numbers

    def money(self, value: float) -> str:
        """Won, the large ones in the units in which they are said."""
        return large_money_text(value, self.language)

    def change_of_money(self, value: float) -> str:
        return _signed(value, self.money)

    def count(self, value: float) -> str:
        """Households or persons, whole."""
        return f"{round(value):,}".replace("-", "−")

    def change_of_count(self, value: float) -> str:
        return _signed(value, self.count)

    def share(self, value: float) -> str:
        """A share as a percentage."""
        text = f"{100 * value:.1f}".replace("-", "−")
        return self.words("{number} %", number="0.0" if text == "−0.0" else text)

    def points(self, value: float) -> str:
        """The change of a share, in percentage points."""
        text = _signed(100 * value, lambda points: f"{points:.1f}".replace("-", "−"))
        return self.words("{number} points", number=text)

    def ratio(self, value: float) -> str:
        """An index or ratio without a unit."""
        return f"{value:.3f}".replace("-", "−")

    def change_of_ratio(self, value: float) -> str:
        return _signed(value, self.ratio)

    def of_hundred(self, value: float) -> str:
        """How many of 100 households."""
        return f"{100 * value:.0f}"

    # Figures with their errors

    def plain(self, estimate: Estimate, write: Write) -> str:
        """The figure; a sign where there is none."""
        return NONE if estimate.value != estimate.value else write(estimate.value)

    def full(self, estimate: Estimate, write: Write) -> str:
        """The figure with both ends of its interval in brackets, where it has one."""
        ends = estimate.interval()
        if ends is None or estimate.value != estimate.value:
            return self.plain(estimate, write)
        return self.words(
            "{figure} ({low} to {high})",
            figure=write(estimate.value),
            low=write(ends[0]),
            high=write(ends[1]),
        )

    def three(self, compared: Compared, write: Write, change: Write) -> tuple[str, str, str]:
        """Before, after, and the change with its interval."""
        return (
            self.plain(compared.before, write),
            self.plain(compared.after, write),
            self.full(compared.change, change),
        )

    @property
    def interval(self) -> str:
        """What the intervals are."""
        if self.simulation.budget.cost.interval() is None:
            return self.words("without intervals: the population has fewer than two units drawn")
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

    def names(self, labels: Sequence[str]) -> str:
        return ", ".join(labels)


def _signed(value: float, write: Write) -> str:
    text = write(value)
    return f"+{text}" if value > 0 and any(digit in text for digit in "123456789") else text
