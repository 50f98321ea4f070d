"""The step `impute`: each indicator by its own method, or by that of the step."""

from __future__ import annotations

from dataclasses import replace

import numpy

from donghaeng.index import imputation
from donghaeng.index.arrays import FlagArray, FloatArray, WholeArray
from donghaeng.index.framework import options
from donghaeng.index.framework.options import Over
from donghaeng.rules.faults import BadInput

from .context import Context, Figures


def impute(step: options.ImputationMethod, figures: Figures, context: Context) -> Figures:
    """The figures with what was missing filled in, or carried as bounds.

    Raises:
        BadInput: where methods that need all indicators together are mixed with others.
    """
    if isinstance(step, options.ImputeBounds):
        return _with_bounds(figures, context)
    if isinstance(step, options.ImputeMultiple):
        return figures.with_values(_multiple(step, figures, context))
    values = figures.values.copy()
    for method, columns in context.by_method(lambda each: each.impute or step):
        if isinstance(method, options.ImputeBounds | options.ImputeMultiple):
            raise BadInput(
                f"{method.method} is for all indicators at once",
                field=f"indicators.{context.codes[columns[0]]}.impute",
                remedy="name it in the step",
            )
        values[..., columns] = _filled(method, figures, columns, context)
    return figures.with_values(values)


def how(step: options.ImputationMethod, code: str, context: Context) -> str:
    """In words, by what a missing figure of an indicator was filled in."""
    own = context.index.indicators[code].impute if code in context.index.indicators else None
    method = own or step
    group = getattr(method, "group", None)
    return method.method + (f" of the unit's {group}" if group else "")


def _filled(
    method: options.ImputationMethod, figures: Figures, columns: WholeArray, context: Context
) -> FloatArray:
    """The columns of one method, filled."""
    part, kept = figures.values[..., columns], figures.kept
    if isinstance(method, options.ImputeNothing):
        return part
    if isinstance(method, options.ImputeCentre):
        return _by_centre(method, part, kept, context)
    if isinstance(method, options.ImputePanel):
        return imputation.impute_panel(
            part,
            units=context.unit_of_row,
            periods=context.period_numbers,
            filling=imputation.Filling(method.method),
            longest_gap=method.most_periods,
            kept=kept,
        ).values
    # The others look at all indicators together; only the columns of this method are taken over.
    whole = figures.values[..., context.indicator_columns]
    if isinstance(method, options.ImputeWithinUnit):
        done = _within_unit(method, whole, kept, context)
    elif isinstance(method, options.ImputeNeighbours):
        done = imputation.impute_neighbours(
            whole, neighbours=method.neighbours, by_distance=method.by_distance, kept=kept
        ).values
    else:
        assert isinstance(method, options.ImputeIterative)
        done = imputation.impute_chained(whole, most_rounds=method.rounds, kept=kept).values
    return done[..., columns]


def _by_centre(
    method: options.ImputeCentre, values: FloatArray, kept: FlagArray | None, context: Context
) -> FloatArray:
    """Mean or median of the indicator, within groups of units and within each period as asked."""
    groups = numpy.zeros(values.shape[-2], dtype=numpy.int64)
    if method.group is not None:
        groups = context.panel.group_codes(context.index, method.group)
    if method.over is Over.PERIOD:
        apart = groups + (int(groups.max(initial=0)) + 1) * context.period_of_row
        groups = numpy.where(groups < 0, -1, apart)
    average = imputation.Average(method.method)
    return imputation.impute_group(values, groups=groups, average=average, kept=kept).values


def _within_unit(
    method: options.ImputeWithinUnit,
    values: FloatArray,
    kept: FlagArray | None,
    context: Context,
) -> FloatArray:
    """From the other indicators of the same area."""
    result = values.copy()
    lines = [context.index.ancestors(code) for code in context.codes]
    areas = [line[min(method.levels_up, len(line)) - 1] for line in lines]
    average = imputation.Average(method.method.removeprefix("unit_"))
    for area in dict.fromkeys(areas):
        columns = numpy.array([place for place, each in enumerate(areas) if each == area])
        result[..., columns] = imputation.impute_row(
            values[..., columns], direction=context.direction[columns], average=average, kept=kept
        ).values
    return result


def _multiple(step: options.ImputeMultiple, figures: Figures, context: Context) -> FloatArray:
    """Several completed tables along a new leading axis."""
    columns = context.indicator_columns
    tables = imputation.impute_multiple(
        figures.values[..., columns],
        imputations=step.tables,
        rounds=step.rounds,
        seed=step.seed,
        kept=figures.kept,
    )
    values = numpy.broadcast_to(figures.values, (step.tables, *figures.values.shape)).copy()
    values[..., columns] = tables.values
    return values


def _with_bounds(figures: Figures, context: Context) -> Figures:
    """Missing figures at their worst and at their best, along a new leading axis."""
    columns = context.indicator_columns
    limits = [each.limits or (None, None) for each in context.indicators]
    found = imputation.bounds(
        figures.values[..., columns],
        low=numpy.array([numpy.nan if low is None else low for low, _ in limits]),
        high=numpy.array([numpy.nan if high is None else high for _, high in limits]),
        kept=figures.kept,
    )
    rising = context.direction > 0
    values = numpy.stack([figures.values, figures.values])
    values[0][..., columns] = numpy.where(rising, found.lowest, found.highest)
    values[1][..., columns] = numpy.where(rising, found.highest, found.lowest)
    return replace(figures, values=values, observed=figures.values)
