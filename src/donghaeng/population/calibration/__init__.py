"""Weights brought to known totals: raking, and calibration by a distance with bounds."""

from ..methods import Method
from .calibrating import Calibration, calibrate_population
from .constraints import Constraints, Target, constraints_of
from .distances import Bounds, Distance
from .margins import Margin, Margins, read_margins
from .newton import Solution, calibrate_weights
from .raking import rake
from .report import CalibrationReport, MarginLine, WeightSpread, report_on, spread_of
from .residuals import error_of_total, residuals

__all__ = [
    "Bounds",
    "Calibration",
    "CalibrationReport",
    "Constraints",
    "Distance",
    "Margin",
    "MarginLine",
    "Margins",
    "Method",
    "Solution",
    "Target",
    "WeightSpread",
    "calibrate_population",
    "calibrate_weights",
    "constraints_of",
    "error_of_total",
    "rake",
    "read_margins",
    "report_on",
    "residuals",
    "spread_of",
]
