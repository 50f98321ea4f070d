"""How fast a score moves with each indicator: by differences through the chain, all in one run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from donghaeng.index.arrays import FlagArray, FloatArray
from donghaeng.index.chain import Build

from .exact import exact_gradient
from .recomputing import Basis, Cells, Recomputation

# Of the size of the figure: small enough for the bend of a curve, large enough for rounding.
STEP = 1e-5
# A bend this much sharper than that of a smooth curve over one step is a kink.
SHARPEST_BEND = 1e-2


@dataclass(frozen=True)
class Gradients:
    """d score of one node / d figure of each leaf, at one row; (leaves,) each, NaN without a figure.

    ``below`` and ``above`` are the one-sided slopes; where they differ (``kinked``: a cap, a tie, a limit
    of outliers, an end of the range) there is no single slope and ``per_unit`` is NaN. ``exact`` says
    where ``per_unit`` comes from a formula and not from differences.
    """

    codes: tuple[str, ...]
    node: str
    basis: Basis
    figures: FloatArray
    per_unit: FloatArray
    below: FloatArray
    above: FloatArray
    kinked: FlagArray
    exact: FlagArray

    @property
    def per_percent(self) -> FloatArray:
        """What 1 % more of a figure does, by the slope."""
        return self.per_unit * numpy.abs(self.figures) / 100


def gradients(build: Build, row: int, node: str, basis: Basis = Basis.HELD) -> Gradients:
    """The slopes of ``node`` in every leaf of one row.

    Differences are taken in the figure itself, before its denominator. On the held basis, slopes of
    arithmetic means of lines and ratios are exact.
    """
    place = build.tree.place(node)
    columns = build.context.leaves
    figures = build.panel.values[row, columns]
    step = STEP * _size(build, row)
    there = ~numpy.isnan(figures)
    cells = Cells(numpy.full(len(columns), row), columns)
    moved = numpy.tile(figures, (2 * len(columns) + 1, 1))
    which = numpy.arange(len(columns))
    moved[1 + which, which] -= step
    moved[1 + len(columns) + which, which] += step
    run = Recomputation(build, basis).of_row(row, cells, moved, strict=False)[:, place]
    here, down, up = run[0], run[1 : 1 + len(columns)], run[1 + len(columns) :]
    # The steps that were really made, after rounding.
    made_down = figures - moved[1 + which, which]
    made_up = moved[1 + len(columns) + which, which] - figures
    below, above = (here - down) / made_down, (up - here) / made_up
    central = (up - down) / (made_up + made_down)
    noise = 1e-13 * max(abs(float(here)), 1.0) / step
    kinked = (
        numpy.abs(above - below)
        > SHARPEST_BEND * numpy.maximum(numpy.abs(above), numpy.abs(below)) + noise * 100
    )
    per_unit = numpy.where(kinked, numpy.nan, central)
    exact = numpy.zeros(len(columns), dtype=bool)
    if basis is Basis.HELD:
        formula = exact_gradient(build, row, place)
        exact = ~numpy.isnan(formula) & ~kinked
        per_unit = numpy.where(exact, formula, per_unit)
    nothing = numpy.where(there, 1.0, numpy.nan)
    return Gradients(
        tuple(build.panel.columns[column] for column in columns),
        node,
        basis,
        figures,
        per_unit * nothing,
        below * nothing,
        above * nothing,
        kinked & there,
        exact & there,
    )


def _size(build: Build, row: int) -> FloatArray:
    """The size of each leaf's figure; where it is zero, how far the column spreads, or one."""
    values = build.panel.values[:, build.context.leaves]
    size = numpy.abs(values[row])
    with numpy.errstate(invalid="ignore"):
        spread = numpy.nanmax(values, axis=0) - numpy.nanmin(values, axis=0)
    size = numpy.where(size > 0, size, spread)
    return numpy.where(size > 0, size, 1.0)
