"""The draws of an audit: gathered block by block in constant memory, on any number of threads."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
from numpy.typing import NDArray

from donghaeng.index.arrays import FloatArray, WholeArray
from donghaeng.index.uncertainty.draw_summary import DrawSummary, RankedBlock, named, part_of
from donghaeng.index.uncertainty.samples import BLOCK, independent_block
from donghaeng.index.uncertainty.score_histogram import Histogram
from donghaeng.index.uncertainty.study import Forms, Study
from donghaeng.index.uncertainty.threads import Checkpoint, gather, run_name
from donghaeng.rules.faults import BadInput
from donghaeng.version import __version__

from .subject import Subject

# A change below this share of the largest score is rounding, not a rise or a fall.
ROUNDING = 1e-12
# Up to so many units every pair is counted.
MOST_PAIRED = 250
# A run saves itself about so many times.
SAVED = 50
SUMMARY, LEVELS, CHANGES = "summary.", "levels.", "changes."

# Which stage of the audit, how much of it is done, and of how much.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Draws:
    """How the audit draws: how many, from which seed, on how many threads, and where a run is saved."""

    number: int = 10_000
    seed: int = 0
    threads: int = 1
    resume: Path | None = None
    progress: Progress | None = None

    def __post_init__(self) -> None:
        if self.number < 2:
            raise BadInput(f"{self.number} draws", remedy="2 or more")

    @property
    def blocks(self) -> int:
        """Blocks of draws; the last may be smaller."""
        return -(-self.number // BLOCK)

    def sample(self, study: Study, block: int) -> FloatArray:
        """The points of one block of draws."""
        rows = min(BLOCK, self.number - block * BLOCK)
        return independent_block(self.seed, block, study.choices.columns, rows)

    def told(self, stage: str) -> Callable[[int, int], None] | None:
        """What a stage calls with its progress."""
        tell = self.progress
        return None if tell is None else lambda done, total: tell(stage, done, total)


@dataclass(frozen=True)
class Watched:
    """Which scores are watched.

    Of several units the index is: its ranks in one period, and its change in every unit. Of one unit all
    of ``nodes`` are, in every period.
    """

    units: int
    periods: int
    period: int
    pairs: tuple[tuple[int, int], ...]
    nodes: WholeArray
    ranked: bool

    @classmethod
    def of(cls, subject: Subject) -> Watched:
        panel = subject.panel
        nodes = numpy.array([*subject.areas, subject.tree.top], dtype=numpy.int64)
        return cls(
            len(panel.units),
            len(panel.periods),
            panel.periods.index(subject.period),
            subject.pairs_of_periods,
            nodes if subject.one_unit else numpy.zeros(1, dtype=numpy.int64),
            ranked=not subject.one_unit,
        )

    def by_period(self, scores: FloatArray) -> FloatArray:
        """(draws, periods, units x nodes) of scores (draws, rows, nodes of the study)."""
        chosen = scores[..., self.nodes]
        return chosen.reshape(len(scores), self.periods, self.units * len(self.nodes))

    def changes(self, by_period: FloatArray) -> FloatArray:
        """(draws, pairs x units x nodes): later less earlier, rounding taken off."""
        size = numpy.nanmax(numpy.abs(by_period), initial=0.0)
        parts = [by_period[:, after] - by_period[:, before] for before, after in self.pairs]
        change = numpy.concatenate(parts, axis=1)
        return numpy.where(numpy.abs(change) <= ROUNDING * size, 0.0, change)


@dataclass(frozen=True)
class Block:
    """What one block of draws adds."""

    ranked: RankedBlock | None
    levels: FloatArray | None
    changes: FloatArray | None
    forms: Forms


class Gathered:
    """Everything that is kept of the draws; how much it is does not depend on their number."""

    def __init__(self, watched: Watched) -> None:
        self.watched = watched
        width = watched.units * len(watched.nodes)
        self.forms: Forms = Counter()
        self.summary = DrawSummary(watched.units, pairs=1 < watched.units <= MOST_PAIRED)
        self.levels = Histogram(watched.periods * width)
        self.changes = Histogram(max(1, len(watched.pairs) * width))
        self.signs: WholeArray = numpy.zeros((3, len(watched.pairs) * width), dtype=numpy.int64)

    def block(self, study: Study, sample: FloatArray) -> Block:
        """Draw a block: the costly part, done on the thread that has it."""
        watched = self.watched
        drawn = study.drawn(sample, top_only=watched.ranked)
        by_period = watched.by_period(drawn.scores)
        return Block(
            RankedBlock.of(by_period[:, watched.period]) if watched.ranked else None,
            None if watched.ranked else by_period.reshape(len(sample), -1),
            watched.changes(by_period) if watched.pairs else None,
            drawn.forms,
        )

    def add(self, part: Block) -> None:
        """Take in the next block."""
        self.forms.update(part.forms)
        if part.ranked is not None:
            self.summary.add(part.ranked)
        if part.levels is not None:
            self.levels.add(part.levels)
        if part.changes is not None:
            self.changes.add(part.changes)
            signs = [part.changes > 0, part.changes < 0, part.changes == 0]
            self.signs += numpy.stack([sign.sum(axis=0) for sign in signs])

    def state(self) -> dict[str, NDArray[Any]]:
        forms = json.dumps(sorted([*key, count] for key, count in self.forms.items()))
        return (
            {"forms": numpy.array(forms), "signs": self.signs}
            | named(SUMMARY, self.summary.state())
            | named(LEVELS, self.levels.state())
            | named(CHANGES, self.changes.state())
        )

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        self.forms = Counter(
            {(name, form): count for name, form, count in json.loads(str(state["forms"]))}
        )
        self.signs = state["signs"]
        self.summary.restore(part_of(SUMMARY, state))
        self.levels.restore(part_of(LEVELS, state))
        self.changes.restore(part_of(CHANGES, state))


def draw(subject: Subject, study: Study, draws: Draws, *, stage: str, saved: bool) -> Gathered:
    """Draw and gather; the same for any number of threads, and for a run that was broken off.

    Raises:
        BadInput: where a choice cannot be carried out in a draw, or the saved run is of another audit.
    """
    gathered = Gathered(Watched.of(subject))
    checkpoint = None
    if saved and draws.resume is not None:
        every = max(1, draws.blocks // SAVED)
        checkpoint = Checkpoint(draws.resume, run_of(subject, draws), every)
    gather(
        lambda block: gathered.block(study, draws.sample(study, block)),
        draws.blocks,
        gathered,
        threads=draws.threads,
        progress=draws.told(stage),
        checkpoint=checkpoint,
    )
    return gathered


def run_of(subject: Subject, draws: Draws) -> str:
    """The name of a run: everything that decides its numbers."""
    figures = numpy.ascontiguousarray(subject.panel.values).tobytes()
    return run_name(
        __version__, subject.index.hash, figures, subject.period, draws.seed, draws.number
    )
