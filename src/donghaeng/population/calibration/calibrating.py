"""A population brought to its margins: new household weights, and a report on what they did."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from donghaeng.rules.faults import BadInput

from ..methods import Method
from .constraints import Constraints, constraints_of
from .distances import Bounds, Distance, FloatArray
from .margins import Margins
from .newton import TOLERANCE, calibrate_weights
from .raking import rake
from .report import CalibrationReport, report_on


@dataclass(frozen=True)
class Calibration:
    """The two tables with their new weights, the constraints and old weights (for errors), and the report."""

    households: pl.DataFrame
    persons: pl.DataFrame
    constraints: Constraints
    old: FloatArray
    report: CalibrationReport


def calibrate_population(
    households: pl.DataFrame,
    persons: pl.DataFrame,
    margins: Margins,
    *,
    method: Method,
    bounds: Bounds | None = None,
    tolerance: float = TOLERANCE,
) -> Calibration:
    """Household weights that meet the margins of households and of persons together.

    A person has the weight of the household; a column ``weight`` of persons is left out of the result, and
    the report says so.

    Args:
        households: with ``household_id`` and ``weight``.
        persons: with ``household_id`` and ``person``, and the columns that the margins name.
        margins: what is asked.
        method: raking for margins of households only; a distance for any.
        bounds: of the ratio of weights; the logit and truncated linear distances need them, others have none.
        tolerance: largest deviation from a total, as a share of it.

    Raises:
        BadInput: for weights, categories or totals that are not right, and for margins that cannot be met.
    """
    if "weight" not in households.columns:
        raise BadInput("is missing", file="households", field="weight")
    old = households["weight"].cast(pl.Float64).fill_null(float("nan")).to_numpy()
    constraints = constraints_of(households, persons, margins)
    if method is Method.RAKING:
        if bounds is not None:
            raise BadInput("raking has no bounds", field="bounds", remedy="logit")
        found = rake(constraints, old, tolerance=tolerance)
    else:
        found = calibrate_weights(
            constraints, old, distance=Distance(method), bounds=bounds, tolerance=tolerance
        )
    report = report_on(constraints, old, found.weights, method, found.rounds)
    if "weight" in persons.columns:
        persons = persons.drop("weight")
        note = "persons have the weight of their household; their own column is left out"
        report = replace(report, notes=(*report.notes, note))
    weighted = households.with_columns(pl.Series("weight", found.weights))
    return Calibration(weighted, persons, constraints, old, report)
