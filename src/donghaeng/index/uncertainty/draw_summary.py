"""What millions of draws say of each unit: its ranks, its mean, its quantiles - streamed, in constant memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from donghaeng.index.arrays import FloatArray, WholeArray

from .rank_counts import RankCounts
from .ranking import ranks
from .score_histogram import BINS, Histogram
from .score_moments import Moments

RANKS, MOMENTS, HISTOGRAM = "ranks.", "moments.", "histogram."


@dataclass(frozen=True)
class RankedBlock:
    """The scores of a block of draws and their ranks, both of shape (draws, units)."""

    scores: FloatArray
    ranks: WholeArray

    @classmethod
    def of(cls, scores: FloatArray) -> RankedBlock:
        """Rank a block: the costly part, done on the thread that drew it."""
        return cls(scores, ranks(scores))


class DrawSummary:
    """Rank counts, moments and histogram of the scores of many draws, for `threads.gather`.

    >>> from .samples import independent_block
    >>> from .threads import gather
    >>> summary = DrawSummary(units=3)
    >>> gather(lambda block: RankedBlock.of(independent_block(1, block, 3)), 4, summary)
    >>> summary.ranks.draws
    16384
    """

    def __init__(self, units: int, pairs: bool = False, bins: int = BINS) -> None:
        self.ranks = RankCounts(units, pairs)
        self.moments = Moments(units)
        self.histogram = Histogram(units, bins)

    def add(self, part: RankedBlock) -> None:
        """Take in the next block of draws."""
        self.ranks.add(part.scores, part.ranks)
        self.moments.add(part.scores)
        self.histogram.add(part.scores)

    def state(self) -> dict[str, NDArray[Any]]:
        return (
            named(RANKS, self.ranks.state())
            | named(MOMENTS, self.moments.state())
            | named(HISTOGRAM, self.histogram.state())
        )

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        self.ranks.restore(part_of(RANKS, state))
        self.moments.restore(part_of(MOMENTS, state))
        self.histogram.restore(part_of(HISTOGRAM, state))


def named(part: str, state: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The arrays of one part under names of its own."""
    return {part + name: array for name, array in state.items()}


def part_of(part: str, state: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The arrays of one part under the names it gave them."""
    return {
        name.removeprefix(part): array for name, array in state.items() if name.startswith(part)
    }
