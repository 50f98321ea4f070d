"""What changes do to every area and the composite, on either basis, and which ranks move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy

from donghaeng.index.arrays import FloatArray
from donghaeng.index.chain import Build
from donghaeng.index.results.ranks import rank

from .moves import Move, cells_of
from .recomputing import Basis, Recomputation


@dataclass(frozen=True)
class NodeEffect:
    """One node of one unit at one period; ``between`` follows the ends of simulated figures."""

    unit: str
    period: str
    node: str
    before: float
    held: float
    re_estimated: float
    between: tuple[float, float] | None = None


@dataclass(frozen=True)
class RankMove:
    """A unit whose rank at a node is another one after the change."""

    basis: Basis
    unit: str
    period: str
    node: str
    before: int
    after: int


@dataclass(frozen=True)
class Effect:
    """The scores before and after: ``before`` (rows, nodes), ``after`` by basis."""

    build: Build
    moves: tuple[Move, ...]
    before: FloatArray
    after: dict[Basis, FloatArray]
    ends: FloatArray | None
    """(2, rows, nodes) on the held basis, with every simulated figure at its lower and its upper end."""

    def nodes(self) -> list[NodeEffect]:
        """Every node of the tree above the figures, for the units and periods that were changed."""
        rows = sorted({move.row for move in self.moves})
        groups = list(self.build.tree.groups)
        leaves = [
            place
            for place in range(self.build.tree.indicators)
            if self.build.tree.codes[place] in self.build.index.nodes
        ]
        return [self._one(row, node) for row in rows for node in [*reversed(groups), *leaves]]

    def others(self, basis: Basis) -> int:
        """How many scores of other units or periods change as well, at the top."""
        rows = {move.row for move in self.moves}
        top = self.build.tree.top
        changed = ~numpy.isclose(
            self.before[:, top], self.after[basis][:, top], rtol=0, atol=1e-12, equal_nan=True
        )
        return sum(bool(changed[row]) for row in range(len(changed)) if row not in rows)

    def rank_moves(self) -> list[RankMove]:
        """The ranks that move, of every unit; none on nodes with figures that are not to be ranked."""
        panel, tree = self.build.panel, self.build.tree
        if len(panel.units) < 2:
            return []
        nodes = [node for node in tree.groups if not self._sensitive(tree.codes[node])]
        found = []
        for basis, scores in self.after.items():
            for rows, period in zip(panel.period_slices, panel.periods, strict=True):
                before, after = rank(self.before[rows]), rank(scores[rows])
                for unit, node in numpy.argwhere(before != after):
                    if (
                        node in nodes
                        and not numpy.isnan([before[unit, node], after[unit, node]]).any()
                    ):
                        found.append(
                            RankMove(
                                basis,
                                panel.units[unit],
                                period,
                                tree.codes[node],
                                int(before[unit, node]),
                                int(after[unit, node]),
                            )
                        )
        return found

    def _one(self, row: int, node: int) -> NodeEffect:
        unit, period = self.build.panel.rows[row]
        between = None
        if self.ends is not None:
            low, high = sorted(float(end) for end in self.ends[:, row, node])
            between = (low, high)
        return NodeEffect(
            unit,
            period,
            self.build.tree.codes[node],
            float(self.before[row, node]),
            float(self.after[Basis.HELD][row, node]),
            float(self.after[Basis.RE_ESTIMATED][row, node]),
            between,
        )

    def _sensitive(self, node: str) -> bool:
        """Whether a node below the top is made of figures on health or deaths."""
        index = self.build.index
        if index.nodes[node].parent is None:
            return False
        return any(
            each.sensitive is not None and node in index.ancestors(code)
            for code, each in index.indicators.items()
        )


def effect_of(build: Build, moves: Sequence[Move]) -> Effect:
    """What ``moves`` do together.

    Raises:
        BadInput: where a step cannot be carried out on the changed figures.
    """
    cells, values = cells_of(moves)
    held = Recomputation(build, Basis.HELD).scores(cells, values)
    again = Recomputation(build, Basis.RE_ESTIMATED).scores(cells, values[:1])
    simulated = any(move.lower != move.upper for move in moves)
    return Effect(
        build,
        tuple(moves),
        build.scores,
        {Basis.HELD: held[0], Basis.RE_ESTIMATED: again[0]},
        held[1:] if simulated else None,
    )
