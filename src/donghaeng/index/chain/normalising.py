"""The step `normalise`: each indicator by its own method, or by that of the step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from donghaeng.index import normalisation
from donghaeng.index.arrays import FloatArray, WholeArray
from donghaeng.index.framework import options
from donghaeng.index.normalisation import Normalised
from donghaeng.rules.faults import BadInput

from .context import Context, Figures


@dataclass(frozen=True)
class Scaled:
    """What normalisation found: for each method its columns and scale, and the cells held at an end."""

    figures: Figures
    scales: tuple[tuple[options.NormalisationMethod, WholeArray, Normalised | None], ...]


def normalise(step: options.NormalisationMethod, figures: Figures, context: Context) -> Scaled:
    """The figures on one scale, higher being better.

    Raises:
        BadInput: where a method finds no scale: an indicator that is the same everywhere, or empty.
    """
    values = figures.values.copy()
    scales: list[tuple[options.NormalisationMethod, WholeArray, Normalised | None]] = []
    for method, columns in context.by_method(lambda each: each.normalise or step):
        part = figures.values[..., columns]
        observed = None if figures.observed is None else figures.observed[..., columns]
        found = _normalised(method, part, observed, columns, context)
        if isinstance(found, Normalised):
            _refuse_undefined(found, method, columns, context)
            values[..., columns] = found.values
            scales.append((method, columns, found))
        else:
            values[..., columns] = found
            scales.append((method, columns, None))
    return Scaled(figures.with_values(values), tuple(scales))


def _normalised(
    method: options.NormalisationMethod,
    values: FloatArray,
    observed: FloatArray | None,
    columns: WholeArray,
    context: Context,
) -> Normalised | FloatArray:
    """Values by one method; the scale is found on what was observed, of the peers where they are named."""
    if isinstance(method, options.AsItIs):
        return values
    if isinstance(method, options.BaseYearRatio):
        return _base_year_ratio(method, values, observed is not None, columns, context)
    source = values if observed is None else observed
    if isinstance(method, options.AmongUnits) and method.peers is not None:
        source = numpy.where(context.rows_of_peers(method.peers)[:, None], source, numpy.nan)
    found = fit(method, source, columns, context)
    if source is values:
        return found
    if isinstance(method, options.Rank):
        raise BadInput(
            f"{method.method} has no bounds: it looks at the others' places",
            field="steps.normalise",
            remedy="min_max, goalposts or base_year_ratio after `impute: {method: bounds}`",
        )
    groups = context.groups_of_rows(getattr(method, "over", options.Over.PANEL))
    return normalisation.apply(values, found.parameters, groups=groups)


def fit(
    method: options.NormalisationMethod, values: FloatArray, columns: WholeArray, context: Context
) -> Normalised:
    """Scale and values of one method."""
    direction = context.direction[columns]
    groups = context.groups_of_rows(getattr(method, "over", options.Over.PANEL))
    if isinstance(method, options.MinMax):
        return normalisation.min_max(
            values, direction=direction, low=method.low, high=method.high, groups=groups
        )
    if isinstance(method, options.ZScore):
        return normalisation.z_score(
            values,
            direction=direction,
            mean=method.mean,
            deviation=method.deviation,
            groups=groups,
        )
    if isinstance(method, options.Scaled):
        return normalisation.scaled(
            values, direction=direction, lower=method.lowest, upper=method.highest
        )
    if isinstance(method, options.Goalposts):
        return _goalposts(method, values, columns, context)
    if isinstance(method, options.Rank):
        rule = {
            "rank": normalisation.rank,
            "borda": normalisation.borda,
            "percentile_rank": normalisation.percentile_rank,
        }[method.method]
        return rule(values, direction=direction, groups=groups)
    if isinstance(method, options.DistanceToMaximum):
        return normalisation.distance_to_maximum(values, direction=direction, groups=groups)
    if isinstance(method, options.DistanceToReference):
        return normalisation.distance_to_reference(
            values,
            direction=direction,
            reference=_reference(method, context, groups),
            capped=method.cap,
            groups=groups,
        )
    if isinstance(method, options.DistanceToTarget):
        targets = [context.indicators[column].target for column in columns]
        return normalisation.distance_to_target(
            values,
            direction=direction,
            target=numpy.array(targets, dtype=numpy.float64),
            capped=method.cap,
            groups=groups,
        )
    assert isinstance(method, options.FractionOfMaximum)
    return normalisation.fraction_of_maximum(values, direction=direction, groups=groups)


def _goalposts(
    method: options.Goalposts, values: FloatArray, columns: WholeArray, context: Context
) -> Normalised:
    posts = [context.indicators[column].goalposts for column in columns]
    cut = numpy.array(
        [
            method.truncate if post is None or post.truncate is None else post.truncate
            for post in posts
        ]
    )
    high = [method.high if post is None or post.high is None else post.high for post in posts]
    least = [method.low] * len(posts)
    found = normalisation.goalposts(
        values,
        direction=context.direction[columns],
        lower=numpy.array([numpy.nan if post is None else post.lower for post in posts]),
        upper=numpy.array([numpy.nan if post is None else post.upper for post in posts]),
        low=numpy.array(least),
        high=numpy.array(high),
        truncate=False,
    )
    if not cut.any():
        return found
    scale = found.parameters
    assert isinstance(scale, normalisation.Scale)
    bounded = normalisation.Scale(
        direction=scale.direction,
        origin=scale.origin,
        spread=scale.spread,
        start=scale.start,
        factor=scale.factor,
        least=numpy.where(cut, numpy.minimum(least, high), -numpy.inf),
        most=numpy.where(cut, numpy.maximum(least, high), numpy.inf),
    )
    return normalisation.apply(values, bounded)


def _reference(
    method: options.DistanceToReference, context: Context, groups: WholeArray | None
) -> int | WholeArray:
    """The row of the reference unit: that of the first period, or one in each period."""
    panel = context.panel
    rows = [panel.row(method.reference, period) for period in panel.periods]
    return rows[0] if groups is None else numpy.array(rows)


def _base_year_ratio(
    method: options.BaseYearRatio,
    values: FloatArray,
    carried: bool,
    columns: WholeArray,
    context: Context,
) -> FloatArray:
    """Each figure in per cent of the unit's own in the base period."""
    return base_year_scores(method, values, values, carried, columns, context)


def base_year_scores(
    method: options.BaseYearRatio,
    values: FloatArray,
    first: FloatArray,
    carried: bool,
    columns: WholeArray,
    context: Context,
) -> FloatArray:
    """``values`` in per cent of the figures of the base period in ``first``, both (..., rows, columns).

    ``carried``: both are bounds, the worst and then the best case.

    Raises:
        BadInput: where there is no such period, or a ratio is not defined.
    """
    periods = context.panel.periods
    base_of = [
        method.base_period
        or context.indicators[column].base_period
        or context.index.periods.base
        or ""
        for column in columns
    ]
    for column, base in zip(columns, base_of, strict=True):
        if base not in periods:
            raise BadInput(
                f"there are no figures of the base period {base}",
                field=f"indicators.{context.codes[column]}",
                remedy=f"one of {', '.join(periods)}",
            )
    base = normalisation.base_values(
        # The worst case of a figure meets the best of its base.
        first[::-1] if carried else first,
        units=context.unit_of_row,
        periods=context.period_of_row,
        base_period=numpy.array([periods.index(base) for base in base_of]),
    )
    ratio = normalisation.base_year_ratio(
        values,
        base=base,
        direction=context.direction[columns],
        base_index=method.base,
        reversal=normalisation.Reversal(method.reversal.value),
        least=method.floor,
        most=method.cap,
    )
    if carried:  # the base period is 100 by definition, whatever its figure is
        of_base = numpy.array([periods.index(base) for base in base_of])
        at_base = context.period_of_row[:, None] == of_base
        ratio.values[..., at_base] = method.base
    # Under a node whose figures are given, an indicator without a base figure is only not shown.
    optional = [context.index.is_optional(context.codes[column]) for column in columns]
    undefined = ratio.undefined & ~numpy.array(optional)
    if undefined.any():
        *_, row, column = numpy.argwhere(undefined)[0]
        unit, period = context.panel.rows[row]
        raise BadInput(
            f"the ratio to {base_of[column]} is not defined for {unit} {period}",
            field=f"indicators.{context.codes[columns[column]]}",
            remedy="a figure above zero in the base period",
        )
    return ratio.values


def _refuse_undefined(
    found: Normalised, method: options.NormalisationMethod, columns: WholeArray, context: Context
) -> None:
    """No indicator may vanish from its area because it is the same everywhere."""
    undefined = numpy.logical_or.reduce(found.undefined.reshape(-1, len(columns)), axis=0)
    needed = [
        column
        for place, column in enumerate(columns)
        if undefined[place] and not context.index.is_optional(context.codes[column])
    ]
    if needed:
        why, remedy = _why_undefined(method, context.indicators[needed[0]].target)
        raise BadInput(
            f"{method.method} finds no scale: {why}",
            field=f"indicators.{context.codes[needed[0]]}",
            remedy=remedy,
        )


def _why_undefined(method: options.NormalisationMethod, target: float | None) -> tuple[str, str]:
    """What an indicator without a scale lacks, and what would give it one."""
    if isinstance(method, options.DistanceToTarget):
        return f"no figure is worse than its target of {target:g}", "another target, or goalposts"
    if isinstance(method, options.DistanceToReference):
        return f"no figure is worse than that of {method.reference}", "another reference unit"
    if isinstance(method, options.FractionOfMaximum):
        return "its best figure is zero, or there are none", "min_max, or goalposts"
    peers = method.peers if isinstance(method, options.AmongUnits) else None
    among = f" among the peers {peers}" if peers else ""
    return (
        f"the figures{among} are the same everywhere, or there are none",
        "leave it out, give it goalposts, or complete its figures",
    )
