"""From a figure back to its source cells: every step with its formula, evaluated once more.

A figure has an address: ``2024.housing`` for a city by itself, ``11110.2023.health`` where there are
several units. Means, straight lines and ratios are evaluated again in plain arithmetic from the formula that
is shown; any other step (a rank, an imputation, an outlier, another way of aggregating) is carried out once
more on the data set before it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy

from donghaeng.rules.faults import BadInput, nearest

from . import formulas
from .arrays import FloatArray
from .chain.build import Build, carry_out
from .chain.context import Figures
from .chain.data_sets import Leading
from .formulas import Evaluated, Formula
from .framework import options, steps
from .normalisation import Scale

# Two floats that come from the same figures by another order of additions.
TOLERANCE = 1e-12


@dataclass(frozen=True)
class Traced:
    """One figure: how it was made (``formula``), what that gives now, and the figures that it was made of.

    ``step`` names the step; for a source cell it is ``source``, and ``formula`` names the cell.
    """

    address: str
    label: tuple[str, str]
    step: str
    value: float
    formula: Formula
    again: float
    parts: tuple[Traced, ...] = ()

    @property
    def equal(self) -> bool:
        """Whether the formula gives the figure, here and in every part."""
        return self.equal_here and all(part.equal for part in self.parts)

    @property
    def equal_here(self) -> bool:
        """Whether the formula gives this figure."""
        if math.isnan(self.value) or math.isnan(self.again):
            return math.isnan(self.value) and math.isnan(self.again)
        return math.isclose(self.value, self.again, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def trace(build: Build, address: str) -> Traced:
    """The figure at ``address``, back to its source cells.

    Raises:
        BadInput: where there is no such figure; the nearest is named.
    """
    row, code = _place(build, address)
    return _Tracer(build, _links(build), row).node(code)


def addresses(build: Build) -> list[str]:
    """The address of every figure of every node."""
    groups = [build.tree.codes[place] for place in reversed(build.tree.groups)]
    return [_address(build, row, code) for row in range(len(build.panel.rows)) for code in groups]


def _address(build: Build, row: int, code: str) -> str:
    unit, period = build.panel.rows[row]
    parts = [unit] if len(build.panel.units) > 1 else []
    return ".".join([*parts, *([period] if period else []), code])


def _place(build: Build, address: str) -> tuple[int, str]:
    """Row and code of an address. Codes may hold points, so an address is not split at them."""
    codes = {build.index.top, *build.tree.codes, *build.index.columns, *build.index.denominators}
    heads = [_address(build, row, "") for row in range(len(build.panel.rows))]
    found = [
        (row, address.removeprefix(head))
        for row, head in enumerate(heads)
        if address.startswith(head) and address.removeprefix(head) in codes
    ]
    if len(found) == 1:
        return found[0]
    if found:
        meant = ", ".join(
            f"{code} of {' '.join(build.panel.rows[row]).strip()}" for row, code in found
        )
        raise BadInput(f"{address!r} has more than one meaning: {meant}", remedy="other codes")
    # The nearest of the same row, or of the same code: all addresses would be too many to compare.
    row_heads = [head for head in heads if address.startswith(head)]
    endings = sorted(code for code in codes if address.endswith(code)) or [build.index.top]
    known = [head + code for head in row_heads for code in sorted(codes)]
    known += [head + code for head in heads for code in endings]
    few = [head + build.index.top for head in heads[:3]]
    raise BadInput(
        f"there is no figure {address!r}",
        remedy=nearest(address, known) or f"for instance {', '.join(few)}",
    )


# ---- the steps once more ------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Link:
    """A step: the figures that it found, those that it left, and those that it leaves when carried out again."""

    step: steps.StepPart
    before: Figures
    after: FloatArray
    again: FloatArray


def _links(build: Build) -> tuple[_Link, ...]:
    """Every step that changes figures, each carried out on the data set before it as it stands."""
    done = [each for each in build.index.steps if not isinstance(each, steps.Weigh)][:-1]
    figures = Figures(build.data_sets[0].values)
    links = []
    for step, left in zip(done, build.data_sets[1:-1], strict=True):
        again = carry_out(step, figures, build.context)
        links.append(_Link(step, figures, left.values, again.values))
        figures = replace(again, values=left.values)
    return tuple(links)


@dataclass(frozen=True)
class _Tracer:
    """Traces figures of one row; of several completed tables or bounds, each by itself."""

    build: Build
    links: tuple[_Link, ...]
    row: int
    case: int | None = None

    def node(self, code: str) -> Traced:
        """A node, indicator, given node or denominator by its code."""
        if code in self.build.index.denominators:
            return self._denominator(code)
        if code not in self.build.tree.codes:
            return self._column(code)
        if self.build.data_sets[-1].leading is not None and self.case is None:
            return self._of_cases(code)
        place = self.build.tree.place(code)
        if place < self.build.tree.indicators:
            return self._column(code)
        return self._aggregate(code, place)

    def _of_cases(self, code: str) -> Traced:
        """A figure that was pooled from several tables, or lies between a worst and a best case."""
        build, place = self.build, self.build.tree.place(code)
        bounds = build.data_sets[-1].leading is Leading.BOUNDS
        values = [float(value) for value in build.data_sets[-1].values[..., self.row, place]]
        cases = range(len(values)) if bounds else range(1)
        parts = tuple(replace(self, case=case).node(code) for case in cases)
        if bounds:
            again = values[0] if values[0] == values[1] else math.nan
            low, high = map(formulas.text, values)
            formula = Formula("between {low} and {high}", {"low": low, "high": high})
        else:
            again = math.fsum(values) / len(values)
            formula = Formula(
                "mean of {count} completed tables; the first follows", {"count": str(len(values))}
            )
        return self._traced(
            code, "pool", float(build.scores[self.row, place]), (formula, again), parts
        )

    def _aggregate(self, code: str, place: int) -> Traced:
        """A node from its children."""
        tree, weights = self.build.tree, self.build.weights
        children = [int(child) for child in tree.children[place]]
        values = self._of_case(self.build.data_sets[-1].values)
        known = [
            (float(weights[child]), float(values[self.row, child]))
            for child in children
            if not math.isnan(values[self.row, child])
        ]
        method = tree.methods[place]
        evaluated = formulas.of_mean(method, known)
        if len(known) / len(children) < tree.least_available[place]:
            evaluated = Formula("too few parts have a figure", {}), math.nan
        elif evaluated is None:
            again = method(values[:, children], weights[children])[self.row]
            evaluated = _carried_out(type(method).__name__), float(again)
        parts = tuple(self.node(tree.codes[child]) for child in children)
        return self._traced(code, "aggregate", float(values[self.row, place]), evaluated, parts)

    def _column(self, code: str) -> Traced:
        """An indicator or given node: from what enters the tree back to its source cell."""
        column = self.build.index.columns.index(code)
        traced = self._source(code, column)
        if code in self.build.index.nodes:  # its figure is published; no step changes it
            return traced
        for link in self.links:
            old = float(self._of_case(link.before.values)[self.row, column])
            new = float(self._of_case(link.after)[self.row, column])
            if not self._concerns(link.step, column, old, new):
                continue
            evaluated, parts = self._step(link, column, old)
            traced = self._traced(code, link.step.step, new, evaluated, (traced, *parts))
        return traced

    def _concerns(self, step: steps.StepPart, column: int, old: float, new: float) -> bool:
        """Whether a step did something to a cell; a division does so even where nought stays nought."""
        if isinstance(step, steps.Normalise):
            return True
        if math.isnan(old):
            return not math.isnan(new)
        divided = self.build.context.indicators[column].denominator is not None
        return old != new or (isinstance(step, steps.Denominate) and divided)

    def _step(self, link: _Link, column: int, old: float) -> tuple[Evaluated, tuple[Traced, ...]]:
        """The formula of one step for one cell, what it gives now, and further cells that it used."""
        indicator = self.build.context.indicators[column]
        if isinstance(link.step, steps.Denominate):
            part = self._denominator(str(indicator.denominator))
            return formulas.of_quotient(old, part.value, indicator.scale), (part,)
        if isinstance(link.step, steps.Normalise):
            line = self._line(link, column, old)
            if line is not None:
                return line, ()
        own = getattr(indicator, link.step.step, None) or link.step.options
        formula = _carried_out(getattr(own, "method", link.step.step))
        return (formula, float(self._of_case(link.again)[self.row, column])), ()

    def _line(self, link: _Link, column: int, x: float) -> Evaluated | None:
        """The straight line of a normalisation, or the ratio to a base; None where it is neither."""
        scaled = self.build.scaled
        assert scaled is not None
        method, columns, found = next(each for each in scaled.scales if column in each[1])
        if isinstance(method, options.BaseYearRatio):
            return self._ratio(link, method, column, x)
        scale = None if found is None else found.parameters
        if not isinstance(scale, Scale) or scale.reciprocal is not None:
            return None
        place = int(numpy.flatnonzero(columns == column)[0])
        sign = float(numpy.broadcast_to(scale.direction, scale.origin.shape[-1:])[place])
        return formulas.of_line(
            method.method,
            sign * x,
            origin=self._of_row(scale.origin, place),
            spread=self._of_row(scale.spread, place),
            start=_one(scale.start, place),
            factor=_one(scale.factor, place),
            least=None if scale.least is None else _one(scale.least, place),
            most=None if scale.most is None else _one(scale.most, place),
        )

    def _ratio(
        self, link: _Link, method: options.BaseYearRatio, column: int, x: float
    ) -> Evaluated:
        build = self.build
        indicator = build.context.indicators[column]
        base_period = method.base_period or indicator.base_period or build.index.periods.base or ""
        unit, period = build.panel.rows[self.row]
        values = link.before.values
        if link.before.observed is not None and period != base_period:
            values = values[::-1]  # the worst case of a figure meets the best case of its base
        base = float(self._of_case(values)[build.panel.row(unit, base_period), column])
        return formulas.of_ratio(method, x, base, bool(build.context.direction[column] > 0))

    def _source(self, code: str, column: int) -> Traced:
        value = float(self.build.panel.values[self.row, column])
        cell = str(self.build.panel.cells[self.row, column])
        return self._traced(code, "source", value, (_cell(cell), value))

    def _denominator(self, code: str) -> Traced:
        """A denominator, which has nothing but its source cell."""
        panel, index = self.build.panel, self.build.index
        value = panel.denominator_figures[self.row, list(index.denominators).index(code)]
        users = [
            column
            for column, each in enumerate(self.build.context.indicators)
            if each.denominator == code
        ]
        cell = str(panel.denominator_cells[self.row, users[0]]) if users else ""
        return self._traced(code, "source", float(value), (_cell(cell), float(value)))

    def _of_case(self, values: FloatArray) -> FloatArray:
        """One table (rows, columns) of figures that may have a leading axis."""
        return values[self.case or 0] if values.ndim > 2 else values

    def _of_row(self, parameter: FloatArray, place: int) -> float:
        """The parameter (..., groups, columns) of one column: one for all rows, or one for each period."""
        table = self._of_case(parameter)
        group = int(self.build.context.period_of_row[self.row]) if len(table) > 1 else 0
        return float(table[group, place])

    def _traced(
        self,
        code: str,
        step: str,
        value: float,
        evaluated: Evaluated,
        parts: tuple[Traced, ...] = (),
    ) -> Traced:
        index = self.build.index
        named = index.denominators.get(code)
        label = index.label_of(code) if named is None else named.label
        address = _address(self.build, self.row, code)
        return Traced(address, label.pair, step, value, *evaluated, parts)


def _carried_out(method: str) -> Formula:
    """A method that is no formula of a line."""
    return Formula("{method}, carried out once more", {"method": method})


def _cell(cell: str) -> Formula:
    return Formula(cell) if cell else Formula("no source cell", {})


def _one(figure: float | FloatArray, place: int) -> float:
    """The figure of one column."""
    array = numpy.asarray(figure, dtype=numpy.float64)
    return float(array[..., place].ravel()[0]) if array.ndim else float(array)
