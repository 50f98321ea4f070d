"""One step on changed figures, with everything that was found in the first figures held."""

from __future__ import annotations

import numpy

from donghaeng.index import normalisation
from donghaeng.index.arrays import FlagArray, FloatArray, WholeArray
from donghaeng.index.chain import Build
from donghaeng.index.chain.build import carry_out
from donghaeng.index.chain.context import Figures
from donghaeng.index.chain.data_sets import DataSet, Leading
from donghaeng.index.chain.normalising import base_year_scores, fit
from donghaeng.index.chain.treating import treat_like
from donghaeng.index.framework import options, steps
from donghaeng.index.framework.options import Over


def carry_out_held(
    step: steps.StepPart,
    figures: Figures,
    touched: FlagArray,
    fitted: tuple[DataSet, DataSet],
    build: Build,
) -> Figures:
    """The figures after one step.

    Args:
        figures: changed, (..., rows, columns).
        touched: (rows, columns), which figures were changed; all others stay as the step left them.
        fitted: the first figures before and after this step.
    """
    before, after = fitted
    context = build.context
    if isinstance(step, steps.Denominate):
        return carry_out(step, figures, context)
    if isinstance(step, steps.Impute):
        return Figures(numpy.where(touched, figures.values, after.values))
    if isinstance(step, steps.Screen):
        gone = numpy.isnan(after.values) & ~numpy.isnan(before.values)
        row_gone = numpy.logical_or.reduce(gone, axis=-1)
        return figures.with_values(numpy.where(row_gone[..., None], numpy.nan, figures.values))
    if isinstance(step, steps.Treat):
        moved = treat_like(step.treat, figures, Figures(before.values), context).values
        return figures.with_values(numpy.where(touched, moved, after.values))
    assert isinstance(step, steps.Normalise)
    values = figures.values.copy()
    assert build.scaled is not None
    for method, columns, found in build.scaled.scales:
        part = figures.values[..., columns]
        values[..., columns] = _on_held_scale(method, columns, found, part, before, build)
    return figures.with_values(numpy.where(touched, values, after.values))


def _on_held_scale(
    method: options.NormalisationMethod,
    columns: WholeArray,
    found: normalisation.Normalised | None,
    values: FloatArray,
    first: DataSet,
    build: Build,
) -> FloatArray:
    context = build.context
    if isinstance(method, options.BaseYearRatio):
        carried = first.leading is Leading.BOUNDS
        held = first.values[..., columns]
        return base_year_scores(method, values, held, carried, columns, context)
    if isinstance(method, options.Rank):
        # A rank has no scale to hold: it is the place among the others as they were.
        return fit(method, values, columns, context).values
    if found is None:
        return values
    groups = context.groups_of_rows(getattr(method, "over", Over.PANEL))
    return normalisation.apply(values, found.parameters, groups=groups).values
