"""The index computed again on changed figures, many changes at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy

from donghaeng.index.arrays import FlagArray, FloatArray, WholeArray
from donghaeng.index.chain import Build
from donghaeng.index.chain.aggregating import aggregate
from donghaeng.index.chain.build import carry_out
from donghaeng.index.chain.context import Figures
from donghaeng.index.chain.data_sets import Leading
from donghaeng.index.chain.weighing import weigh
from donghaeng.index.framework import options, steps
from donghaeng.rules.faults import BadInput

from .held import carry_out_held

# Cells (changes x rows x columns) that are worked on at once.
CELLS_AT_ONCE = 2**21


class Basis(StrEnum):
    """What of the index stays where figures change."""

    HELD = "held"  # imputed figures, limits of outliers, scales and weights stay as they were built
    RE_ESTIMATED = "re_estimated"  # every step is carried out again, as a new edition would


@dataclass(frozen=True)
class Cells:
    """The figures that are changed: ``rows`` (cells,) and ``columns`` (cells,) of the panel."""

    rows: WholeArray
    columns: WholeArray


@dataclass(frozen=True)
class Recomputation:
    """An index that can be computed again on one of two bases.

    Rules of aggregation that compare units (Copeland, Mazziotta-Pareto, benefit of the doubt) do so anew
    on either basis.
    """

    build: Build
    basis: Basis

    def scores(self, cells: Cells, values: FloatArray) -> FloatArray:
        """Every node of every row after each change: (changes, rows, nodes).

        Args:
            cells: which figures change.
            values: (changes, cells), what they become.

        Raises:
            BadInput: where a step cannot be carried out on the changed figures.
        """
        return numpy.concatenate(list(self._parts(cells, values, None, strict=True)))

    def of_row(self, row: int, cells: Cells, values: FloatArray, *, strict: bool) -> FloatArray:
        """Every node of one row after each change: (changes, nodes).

        Args:
            strict: refuse a change that a step cannot take; otherwise its nodes are NaN.
        """
        return numpy.concatenate(list(self._parts(cells, values, row, strict=strict)))

    def _parts(
        self, cells: Cells, values: FloatArray, row: int | None, *, strict: bool
    ) -> Iterator[FloatArray]:
        """The changes a part at a time, so that memory stays small."""
        size = max(1, CELLS_AT_ONCE // max(1, self.build.panel.values.size))
        for start in range(0, len(values), size):
            part = values[start : start + size]
            yield self._strict(cells, part, row) if strict else self._lenient(cells, part, row)

    def _lenient(self, cells: Cells, values: FloatArray, row: int | None) -> FloatArray:
        """As :meth:`_strict`; what cannot be carried out is found by halving and left NaN."""
        try:
            return self._strict(cells, values, row)
        except BadInput:
            if len(values) == 1:
                rows = () if row is not None else (len(self.build.panel.rows),)
                return numpy.full((1, *rows, len(self.build.tree.codes)), numpy.nan)
            half = len(values) // 2
            parts = (values[:half], values[half:])
            return numpy.concatenate([self._lenient(cells, part, row) for part in parts])

    def _strict(self, cells: Cells, values: FloatArray, row: int | None) -> FloatArray:
        panel = self.build.panel.values
        changed = numpy.broadcast_to(panel, (len(values), *panel.shape)).copy()
        changed[:, cells.rows, cells.columns] = values
        touched = numpy.zeros(panel.shape, dtype=bool)
        touched[cells.rows, cells.columns] = True
        if any(each.leading is not None for each in self.build.data_sets):
            # Several tables or bounds take the leading axis, so each change goes by itself.
            found = numpy.stack([self._nodes(Figures(one), touched) for one in changed])
        else:
            found = self._nodes(Figures(changed), touched)
        return found if row is None else found[:, row]

    def _nodes(self, figures: Figures, touched: FlagArray) -> FloatArray:
        """Nodes (..., rows, nodes) of figures (..., rows, columns)."""
        build, context = self.build, self.build.context
        before = iter(build.data_sets)
        fitted = next(before)
        weights = build.weights
        for step in build.index.steps:
            if isinstance(step, steps.Aggregate):
                break
            if isinstance(step, steps.Weigh):
                if self.basis is Basis.RE_ESTIMATED:
                    weights = self._weights(step.weigh, figures.values)
                continue
            after = next(before)
            if self.basis is Basis.HELD:
                figures = carry_out_held(step, figures, touched, (fitted, after), build)
            else:
                figures = carry_out(step, figures, context)
            fitted = after
        nodes = aggregate(build.tree, figures.values, weights, context)
        if fitted.leading is Leading.TABLES:
            mean: FloatArray = nodes.mean(axis=0)
            return mean
        if fitted.leading is Leading.BOUNDS:
            return numpy.where(nodes[0] == nodes[1], nodes[0], numpy.nan)
        return nodes

    def _weights(self, step: options.WeightingMethod, values: FloatArray) -> FloatArray:
        """Weights found again where they come from the figures, one set for each change."""
        given = (
            options.NominalWeights
            | options.EqualWeights
            | options.BudgetAllocation
            | options.AnalyticHierarchy
        )
        tree, context = self.build.tree, self.build.context
        if isinstance(step, given):
            return self.build.weights
        if values.ndim == 2 or any(each.leading is not None for each in self.build.data_sets):
            return weigh(step, tree, values, context)[0]
        return numpy.stack([weigh(step, tree, one, context)[0] for one in values])
