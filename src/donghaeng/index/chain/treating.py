"""The step `treat`: outliers of each indicator, by its own limits or by those of the step."""

from __future__ import annotations

from collections import defaultdict
from functools import partial

import numpy

from donghaeng.index import transformations
from donghaeng.index.arrays import FlagArray, FloatArray, WholeArray
from donghaeng.index.framework.options import Over, Transformation, Treatment
from donghaeng.index.treatment import Outcome, Treated, treat
from donghaeng.rules.faults import BadInput

from .context import Context, Figures
from .ledger import Entry, changed_cells, column_entry

SAID = {
    Outcome.PASSED: "within the limits",
    Outcome.WINSORISED: "winsorised",
    Outcome.TRANSFORMED: "transformed",
    Outcome.FAILING: "treated, and still outside the limits",
    Outcome.EMPTY: "left: no figures",
    Outcome.CONSTANT: "left: the same everywhere",
    Outcome.TOO_FEW: "left: too few figures to judge",
    Outcome.NEARLY_CONSTANT: "left: nearly the same everywhere",
    Outcome.UNDEFINED: "left: the transformation is not defined for it",
}


def treat_outliers(step: Treatment, figures: Figures, context: Context) -> Figures:
    """The figures with their outliers drawn in.

    Raises:
        BadInput: where missing figures are carried as bounds, which a transformation would distort.
    """
    values = figures.values.copy()
    for rows, columns, treated in treated_parts(step, figures, context):
        values[..., rows, columns] = treated.values
    return figures.with_values(values)


def treat_like(step: Treatment, figures: Figures, fitted: Figures, context: Context) -> Figures:
    """Figures (..., rows, columns) treated as those of ``fitted`` (rows, columns) were, limit by limit.

    A winsorised column is held at the ends that winsorising left it; a transformed one goes through the
    curve that was found on ``fitted``. A figure beyond the reach of that curve becomes NaN.
    """
    values = figures.values.copy()
    for rows, columns, treated in treated_parts(step, fitted, context):
        for place, column in enumerate(columns):
            like = fitted.values[rows, column]
            low, high = _ends(like, treated.low[:, place], treated.high[:, place])
            new = numpy.clip(values[..., rows, column], low, high)
            if treated.transformed[place]:
                curve = _transformation(context.indicators[column].treat or step)
                assert curve is not None
                held = numpy.clip(like, low, high)
                new = curve(new[..., None], like=held[:, None])[..., 0]
            values[..., rows, column] = new
    return figures.with_values(values)


def _ends(values: FloatArray, low: FlagArray, high: FlagArray) -> tuple[float, float]:
    """Where winsorising drew the marked points in to; without end where it drew in none."""
    bottom = numpy.nanmin(values[~low]) if low.any() else -numpy.inf
    top = numpy.nanmax(values[~high]) if high.any() else numpy.inf
    return float(bottom), float(top)


def treatment_entries(step: Treatment, figures: Figures, context: Context) -> list[Entry]:
    """What the step does to each column and cell of figures (rows, columns)."""
    entries = []
    for rows, columns, treated in treated_parts(step, figures, context):
        after = figures.values.copy()
        # Of a transformed column every cell is another one; the entry of the column says by what.
        drawn = columns[~treated.transformed]
        after[rows, drawn] = treated.values[:, ~treated.transformed]
        cells = defaultdict(list)
        for entry in changed_cells("treat", "winsorised", figures.values, after, context):
            cells[entry.indicator].append(entry)
        for place, column in enumerate(columns):
            code = context.codes[column]
            said = _said(treated, place, rows, context)
            entries += [column_entry("treat", code, said), *cells[code]]
    return entries


def _said(treated: Treated, place: int, rows: slice, context: Context) -> str:
    """What happened to one column, with its skewness and kurtosis."""
    outcome = Outcome(int(treated.outcome[place]))
    said = SAID[outcome]
    if treated.points[place]:
        said += f", {treated.points[place]} points"
    shapes = f"skewness {treated.skewness_before[place]:.4g}, kurtosis {treated.kurtosis_before[place]:.4g}"
    if outcome in (Outcome.WINSORISED, Outcome.TRANSFORMED, Outcome.FAILING):
        shapes += f" → {treated.skewness_after[place]:.4g}, {treated.kurtosis_after[place]:.4g}"
    when = "" if rows == slice(None) else f"{context.panel.rows[rows.start][1]}: "
    return f"{when}{said} ({shapes})"


def treated_parts(
    step: Treatment, figures: Figures, context: Context
) -> list[tuple[slice, WholeArray, Treated]]:
    """Each group of rows and columns with what was done to it."""
    found = []
    for method, columns in context.by_method(lambda each: each.treat or step):
        if method.method == "none":
            continue
        if figures.observed is not None:
            raise BadInput(
                "outliers are not treated while missing figures are carried as bounds",
                field="steps.treat",
                remedy="leave out one of the two",
            )
        for rows in _row_groups(method, context):
            part = figures.values[..., rows, :][..., columns]
            found.append((rows, columns, _apply(method, part)))
    return found


def _row_groups(method: Treatment, context: Context) -> list[slice]:
    if method.over is Over.PANEL or len(context.panel.periods) == 1:
        return [slice(None)]
    return list(context.panel.period_slices)


def _apply(method: Treatment, values: FloatArray) -> Treated:
    return treat(
        values,
        skewness_limit=method.skewness,
        kurtosis_limit=method.kurtosis,
        most_points=method.most_points,
        transformation=_transformation(method),
        combine=method.on_winsorised,
    )


def _transformation(method: Treatment) -> transformations.Transformation | None:
    known: dict[Transformation, transformations.Transformation | None] = {
        Transformation.NONE: None,
        Transformation.LOG_SHIFT: transformations.log_shift,
        Transformation.LOG_SHIFT_PLUS: transformations.log_shift_plus,
        Transformation.LOG: transformations.log_original,
        Transformation.LOG_GII: transformations.log_gii,
        Transformation.BOX_COX: partial(transformations.box_cox, power=method.power),
    }
    return known[method.then]
