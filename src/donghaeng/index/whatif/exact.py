"""The gradient of the index in closed form, where it has one: arithmetic means of straight lines and ratios."""

from __future__ import annotations

import numpy

from donghaeng.index import normalisation
from donghaeng.index.aggregation.methods import Arithmetic
from donghaeng.index.arrays import FlagArray, FloatArray, WholeArray
from donghaeng.index.chain import Build
from donghaeng.index.framework import options, steps
from donghaeng.index.framework.options import Over


def exact_gradient(build: Build, row: int, node: int) -> FloatArray:
    """Slope of the score in each leaf, with scales and weights held, (leaves,); NaN where there is no formula.

    The product of the shares on the way up (among children that have a figure), the slope of the
    normalisation, and that of the denominator. There is none where a mean on the way is not arithmetic,
    where outliers of the column were treated, or where the figure lies on a cap.
    """
    leaves = build.context.leaves
    if any(each.leading is not None for each in build.data_sets):
        return numpy.full(len(leaves), numpy.nan)
    return _shares(build, row, node) * _slopes(build, row)[leaves]


def _shares(build: Build, row: int, node: int) -> FloatArray:
    """How much of ``node`` each leaf makes up: 0 for a leaf that is not below it."""
    tree = build.tree
    share = numpy.zeros(len(tree.codes))
    share[node] = 1.0
    for group in reversed(tree.groups):
        if share[group] == 0:
            continue
        children = tree.children[group]
        there = ~numpy.isnan(build.scores[row, children])
        weights = numpy.where(there, build.weights[children], 0.0)
        part = weights / weights.sum() if weights.sum() > 0 else numpy.nan
        share[children] = share[group] * part
        if not isinstance(tree.methods[group], Arithmetic):
            share[children] = numpy.nan
    return share[: tree.indicators]


def _slopes(build: Build, row: int) -> FloatArray:
    """Slope of the normalised figure in each column of one row."""
    before = _figures_before(build)[row]
    slopes = numpy.ones(len(build.panel.columns))
    if build.scaled is not None:
        for method, columns, found in build.scaled.scales:
            if isinstance(method, options.BaseYearRatio):
                slopes[columns] = _of_ratio(method, build, row, columns, before[columns])
            elif found is not None:
                slopes[columns] = _of_line(method, found, build, row, columns, before[columns])
    slopes *= _of_denominator(build, row)
    return numpy.where(_treated(build), numpy.nan, slopes)


def _figures_before(build: Build) -> FloatArray:
    """The figures that normalisation took."""
    names = [step.result for step in build.index.steps]
    done = [each.values for each in build.data_sets]
    place = names.index("normalised") if "normalised" in names else len(done) - 1
    # Weights leave no data set behind, and the raw figures stand before the first step.
    place -= sum(name == "weighed" for name in names[:place])
    return done[place]


def _of_ratio(
    method: options.BaseYearRatio,
    build: Build,
    row: int,
    columns: WholeArray,
    figures: FloatArray,
) -> FloatArray:
    context, panel = build.context, build.panel
    unit, _ = panel.rows[row]
    base_of = [
        method.base_period or context.indicators[c].base_period or build.index.periods.base or ""
        for c in columns
    ]
    whole = _figures_before(build)
    base = numpy.array(
        [
            whole[panel.row(unit, period), column]
            for column, period in zip(columns, base_of, strict=True)
        ]
    )
    falling = context.direction[columns] < 0
    with numpy.errstate(divide="ignore", invalid="ignore"):
        slope = method.base / base
        inverse = method.reversal is options.Reversal.INVERSE
        turned = -method.base * base / figures**2 if inverse else -slope
    slope = numpy.where(falling, turned, slope)
    score = build.data_set("normalised").values[row, columns]
    for end in (method.floor, method.cap):
        if end is not None:
            slope = numpy.where(score == end, numpy.nan, slope)
    return slope


def _of_line(
    method: options.NormalisationMethod,
    found: normalisation.Normalised,
    build: Build,
    row: int,
    columns: WholeArray,
    figures: FloatArray,
) -> FloatArray:
    scale = found.parameters
    if not isinstance(scale, normalisation.Scale) or scale.reciprocal is not None:
        return numpy.full(len(columns), numpy.nan)
    groups = build.context.groups_of_rows(getattr(method, "over", Over.PANEL))
    group = 0 if groups is None or scale.spread.shape[-2] == 1 else int(groups[row])
    spread = scale.spread[..., group, :]
    slope = numpy.broadcast_to(scale.factor, spread.shape) * scale.direction / spread
    for end in (scale.least, scale.most):
        if end is not None:
            held = found.values[row] == numpy.broadcast_to(end, spread.shape)
            slope = numpy.where(held, numpy.nan, slope)
    return slope


def _of_denominator(build: Build, row: int) -> FloatArray:
    slopes = numpy.ones(len(build.panel.columns))
    if not any(isinstance(step, steps.Denominate) for step in build.index.steps):
        return slopes
    for column, indicator in enumerate(build.context.indicators):
        if indicator.denominator is not None:
            slopes[column] = indicator.scale / build.panel.denominators[row, column]
    return slopes


def _treated(build: Build) -> FlagArray:
    """Which columns the treatment of outliers changed."""
    changed: FlagArray = numpy.zeros(len(build.panel.columns), dtype=bool)
    names = [each.name for each in build.data_sets]
    for place, name in enumerate(names):
        if name.startswith("treated"):
            before, after = build.data_sets[place - 1].values, build.data_sets[place].values
            same = (before == after) | (numpy.isnan(before) & numpy.isnan(after))
            changed |= ~numpy.logical_and.reduce(same, axis=0)
    return changed
