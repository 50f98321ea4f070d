"""What an audit is about: an index as it was built, the period that is looked at, and who is compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy

from donghaeng.index.arrays import FloatArray, WholeArray
from donghaeng.index.chain import Build
from donghaeng.index.chain.context import Context
from donghaeng.index.framework.index_file import Index
from donghaeng.index.hierarchy import Tree
from donghaeng.index.panel import Panel
from donghaeng.rules.faults import BadInput


@dataclass(frozen=True)
class Subject:
    """An index as it was built. With several units, ``period`` is the one whose ranks are looked at."""

    build: Build
    period: str

    @classmethod
    def of(cls, build: Build, period: str | None = None) -> Subject:
        """The subject at a period; at the latest one where none is named.

        Raises:
            BadInput: for a period of which there are no figures.
        """
        known = build.panel.periods
        if period is not None and period not in known:
            raise BadInput(f"no figures of {period!r}", remedy=f"one of {', '.join(known)}")
        return cls(build, known[-1] if period is None else period)

    @property
    def index(self) -> Index:
        """The index file."""
        return self.build.index

    @property
    def panel(self) -> Panel:
        """The figures."""
        return self.build.panel

    @property
    def context(self) -> Context:
        """Index and figures."""
        return self.build.context

    @property
    def tree(self) -> Tree:
        """The part of the tree that is computed."""
        return self.build.tree

    @property
    def one_unit(self) -> bool:
        """Whether there is nobody to compare with: then the subject is the change over the years."""
        return len(self.panel.units) == 1

    @property
    def rows(self) -> slice:
        """The rows of the period."""
        return self.panel.period_slices[self.panel.periods.index(self.period)]

    @cached_property
    def tables(self) -> FloatArray:
        """What the index is computed from, on its common scale: (tables, rows, leaves).

        There is one table, but for several completed ones of a multiple imputation (or two of bounds).
        """
        values = self.build.data_sets[-2].values[..., self.context.leaves]
        return values if values.ndim > 2 else values[None]

    @cached_property
    def scores(self) -> FloatArray:
        """Every node of every row, (rows, nodes)."""
        return self.build.scores

    @property
    def top_scores(self) -> FloatArray:
        """The index of every row."""
        return self.scores[:, self.tree.top]

    @cached_property
    def areas(self) -> WholeArray:
        """Places of the nodes below the top that are not indicators: groups, and nodes that are given."""
        given = [
            place
            for place, code in enumerate(self.tree.codes)
            if place != self.tree.top and code in self.index.nodes
        ]
        return numpy.array(given, dtype=numpy.int64)

    @cached_property
    def pairs_of_periods(self) -> tuple[tuple[int, int], ...]:
        """Each period with the next one, and the first with the last."""
        count = len(self.panel.periods)
        following = [(place, place + 1) for place in range(count - 1)]
        return tuple(following + ([(0, count - 1)] if count > 2 else []))

    def unit_of(self, row: int) -> str:
        """The unit of a row."""
        return self.panel.rows[row][0]
