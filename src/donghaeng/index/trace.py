"""From a figure back to its source cells: every step with its formula, evaluated once more.

A figure has an address: ``2024.housing`` for a city by itself, ``11110.2023.health`` where there are
several units. Means and straight lines are evaluated again from the formula that is shown; a step that
looks at all units at once (a rank, an imputation, an outlier) is carried out once more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy

from donghaeng.rules.faults import BadInput, nearest

from .aggregation import methods
from .arrays import FloatArray
from .chain.build import Build, carry_out
from .chain.context import Figures
from .chain.data_sets import Leading
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
    formula: str
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
    return _Tracer(build, row).node(code)


def addresses(build: Build) -> list[str]:
    """The address of every figure of every node."""
    groups = [build.tree.codes[place] for place in reversed(build.tree.groups)]
    return [_address(build, row, code) for row in range(len(build.panel.rows)) for code in groups]


def _address(build: Build, row: int, code: str) -> str:
    unit, period = build.panel.rows[row]
    parts = [unit] if len(build.panel.units) > 1 else []
    return ".".join([*parts, *([period] if period else []), code])


def _place(build: Build, address: str) -> tuple[int, str]:
    codes = [*build.tree.codes, *build.index.columns]
    for row in range(len(build.panel.rows)):
        for code in (build.index.top, *codes):
            if _address(build, row, code) == address:
                return row, code
    known = addresses(build)
    raise BadInput(
        f"there is no figure {address!r}",
        remedy=nearest(address, known) or f"for instance {', '.join(known[:3])}",
    )


@dataclass(frozen=True)
class _Tracer:
    """Traces figures of one row; of several completed tables or bounds, each by itself."""

    build: Build
    row: int
    case: int | None = None

    @cached_property
    def leading(self) -> Leading | None:
        """What the leading axis of the final figures stands for."""
        return self.build.data_sets[-1].leading

    def node(self, code: str) -> Traced:
        """A node, indicator or given node by its code."""
        if code not in self.build.tree.codes:
            return self.column(code)
        if self.leading is not None and self.case is None:
            return self._of_cases(code)
        place = self.build.tree.place(code)
        if place < self.build.tree.indicators:
            return self.column(code)
        return self._aggregate(code, place)

    def _of_cases(self, code: str) -> Traced:
        """A figure that was pooled from several tables, or lies between a worst and a best case."""
        build, place = self.build, self.build.tree.place(code)
        values = self._final[..., self.row, place]
        cases = range(len(values)) if self.leading is Leading.BOUNDS else range(1)
        parts = tuple(_Tracer(build, self.row, case).node(code) for case in cases)
        score = float(build.scores[self.row, place])
        if self.leading is Leading.BOUNDS:
            again = float(values[0]) if values[0] == values[1] else math.nan
            formula = f"between {_text(values[0])} and {_text(values[1])}"
        else:
            again = math.fsum(values) / len(values)
            formula = f"mean of {len(values)} completed tables; the first follows"
        return self._traced(code, "pool", score, formula, again, parts)

    @property
    def _final(self) -> FloatArray:
        return self.build.data_sets[-1].values

    def _aggregate(self, code: str, place: int) -> Traced:
        """A node from its children."""
        tree = self.build.tree
        children = [int(child) for child in tree.children[place]]
        values = self._of_case(self._final)
        weights = self.build.weights
        own = [float(values[self.row, child]) for child in children]
        known = [
            (float(weights[child]), value)
            for child, value in zip(children, own, strict=True)
            if not math.isnan(value)
        ]
        method = tree.methods[place]
        if len(known) / len(children) < tree.least_available[place]:
            formula, again = "too few parts have a figure", math.nan
        else:
            formula, mean = _mean(method, known)
            again = math.nan if mean is None else mean
            if mean is None:
                formula = f"{type(method).__name__} over all units"
                again = float(method(values[:, children], weights[children])[self.row])
        parts = tuple(self.node(tree.codes[child]) for child in children)
        return self._traced(
            code, "aggregate", float(values[self.row, place]), formula, again, parts
        )

    def column(self, code: str) -> Traced:
        """An indicator or given node: from what enters the tree back to its source cell."""
        column = self.build.index.columns.index(code)
        if code in self.build.index.nodes:  # its figure is published; no step changes it
            return self._source(code, column)
        done = [each for each in self.build.index.steps if not isinstance(each, steps.Weigh)]
        pairs = list(
            zip(done[:-1], self.build.data_sets[:-2], self.build.data_sets[1:-1], strict=True)
        )
        traced = self._source(code, column)
        for step, before, after in pairs:
            old = self._of_case(before.values)[self.row, column]
            new = self._of_case(after.values)[self.row, column]
            same = old == new or (math.isnan(old) and math.isnan(new))
            if same and not isinstance(step, steps.Normalise):
                continue
            formula, again, parts = self._step(step, before.values, column, float(old))
            traced = self._traced(code, step.step, float(new), formula, again, (traced, *parts))
        return traced

    def _step(
        self, step: steps.StepPart, before: FloatArray, column: int, old: float
    ) -> tuple[str, float, tuple[Traced, ...]]:
        """The formula of one step for one cell, what it gives now, and further cells that it used."""
        build = self.build
        if isinstance(step, steps.Denominate):
            indicator = build.context.indicators[column]
            figure = float(build.panel.denominators[self.row, column])
            code = str(indicator.denominator)
            cell = str(build.panel.denominator_cells[self.row, column])
            label = build.index.denominators[code].label.pair
            part = Traced(self._address(code), label, "source", figure, cell, figure)
            formula = f"{_text(old)} / ({_text(figure)} / {_text(indicator.scale)})"
            return formula, old / (figure / indicator.scale), (part,)
        if isinstance(step, steps.Normalise):
            line = self._line(column, old)
            if line is not None:
                return (*line, ())
        after = carry_out(step, Figures(self._of_case(before)), build.context).values
        again = float(self._of_case(after)[self.row, column])
        return f"{_said(step, build, column)}, over all units", again, ()

    def _line(self, column: int, x: float) -> tuple[str, float] | None:
        """The straight line of a normalisation, or the ratio to a base; None where it is neither."""
        scaled = self.build.scaled
        assert scaled is not None
        for method, columns, found in scaled.scales:
            if column not in columns:
                continue
            place = int(numpy.flatnonzero(columns == column)[0])
            if isinstance(method, options.BaseYearRatio):
                return self._ratio(method, column, x)
            scale = None if found is None else found.parameters
            if not isinstance(scale, Scale) or scale.reciprocal is not None:
                return None
            return self._on_scale(scale, place, x, method)
        return None

    def _on_scale(
        self, scale: Scale, place: int, x: float, method: options.NormalisationMethod
    ) -> tuple[str, float]:
        group = 0
        if scale.origin.shape[-2] > 1:
            group = int(self.build.context.period_of_row[self.row])
        origin = float(self._of_case(scale.origin)[group, place])
        spread = float(self._of_case(scale.spread)[min(group, scale.spread.shape[-2] - 1), place])
        start, factor = _one(scale.start, place), _one(scale.factor, place)
        sign = float(numpy.broadcast_to(scale.direction, scale.origin.shape[-1:])[place])
        again = start + factor * (sign * x - origin) / spread
        formula = (
            f"{method.method}: {_text(start)} + {_text(factor)} × "
            f"({_text(sign * x)} − {_text(origin)}) / {_text(spread)}"
        )
        if scale.least is not None and again < _one(scale.least, place):
            return f"{formula}, held at {_text(_one(scale.least, place))}", _one(scale.least, place)
        if scale.most is not None and again > _one(scale.most, place):
            return f"{formula}, held at {_text(_one(scale.most, place))}", _one(scale.most, place)
        return formula, again

    def _ratio(self, method: options.BaseYearRatio, column: int, x: float) -> tuple[str, float]:
        build = self.build
        indicator = build.context.indicators[column]
        base_period = method.base_period or indicator.base_period or build.index.periods.base or ""
        unit = build.panel.rows[self.row][0]
        before = next(
            before
            for step, before in zip(
                [s for s in build.index.steps if not isinstance(s, steps.Weigh)],
                build.data_sets,
                strict=False,
            )
            if isinstance(step, steps.Normalise)
        )
        base = float(self._of_case(before.values)[build.panel.row(unit, base_period), column])
        if build.context.direction[column] > 0:
            formula, again = (
                f"{_text(method.base)} × {_text(x)} / {_text(base)}",
                method.base * x / base,
            )
        elif method.reversal is options.Reversal.INVERSE:
            formula, again = (
                f"{_text(method.base)} × {_text(base)} / {_text(x)}",
                method.base * base / x,
            )
        else:
            formula = (
                f"{_text(2 * method.base)} − {_text(method.base)} × {_text(x)} / {_text(base)}"
            )
            again = 2 * method.base - method.base * x / base
        if method.floor is not None and again < method.floor:
            return f"{formula}, held at {_text(method.floor)}", method.floor
        if method.cap is not None and again > method.cap:
            return f"{formula}, held at {_text(method.cap)}", method.cap
        return formula, again

    def _source(self, code: str, column: int) -> Traced:
        value = float(self.build.panel.values[self.row, column])
        cell = str(self.build.panel.cells[self.row, column]) or "no source cell"
        return self._traced(code, "source", value, cell, value, ())

    def _of_case(self, values: FloatArray) -> FloatArray:
        """One table (rows, columns) of figures that may have a leading axis."""
        return values[self.case or 0] if values.ndim > 2 else values

    def _address(self, code: str) -> str:
        return _address(self.build, self.row, code)

    def _traced(
        self,
        code: str,
        step: str,
        value: float,
        formula: str,
        again: float,
        parts: tuple[Traced, ...],
    ) -> Traced:
        label = self.build.index.label_of(code).pair
        return Traced(self._address(code), label, step, value, formula, again, parts)


def _mean(method: methods.Aggregator, known: list[tuple[float, float]]) -> tuple[str, float | None]:
    """A weighted mean in plain arithmetic; None where the method is none."""
    total = math.fsum(weight for weight, _ in known)
    if not known or not total:
        return "no part has a figure", math.nan
    shares = [(weight / total, value) for weight, value in known]
    if isinstance(method, methods.Arithmetic):
        terms = " + ".join(f"{_text(weight)} × {_text(value)}" for weight, value in known)
        return f"({terms}) / {_text(total)}", math.fsum(share * value for share, value in shares)
    if isinstance(method, methods.Geometric):
        terms = " × ".join(f"{_text(value)}^{_text(weight)}" for weight, value in known)
        again = math.exp(math.fsum(share * math.log(value) for share, value in shares))
        return f"({terms})^(1/{_text(total)})", again
    if isinstance(method, methods.Harmonic):
        terms = " + ".join(f"{_text(weight)} / {_text(value)}" for weight, value in known)
        return f"{_text(total)} / ({terms})", 1 / math.fsum(
            share / value for share, value in shares
        )
    return "", None


def _said(step: steps.StepPart, build: Build, column: int) -> str:
    """The method of a step for one indicator."""
    indicator = build.context.indicators[column]
    own = getattr(indicator, step.step, None)
    method = getattr(own or step.options, "method", "")
    return f"{step.step}: {method}" if method else step.step


def _one(figure: float | FloatArray, place: int) -> float:
    """The figure of one column."""
    array = numpy.asarray(figure, dtype=numpy.float64)
    return float(array[..., place].ravel()[0]) if array.ndim else float(array)


def _text(value: float) -> str:
    """A figure in full, whole where it is whole."""
    if math.isnan(value):
        return "no figure"
    return str(int(value)) if abs(value) < 1e15 and value == int(value) else repr(float(value))
