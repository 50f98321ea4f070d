"""Many reforms that differ in a few numbers, on one population."""

from .figure_names import DISTRIBUTION, EVERY_FIGURE, OBJECTIVES, TOTALS, Figure, Figures
from .stages import Family
from .sweep import Sweep
from .values import Exact, Point, at, exact, swept_parameter, written

__all__ = [
    "DISTRIBUTION",
    "EVERY_FIGURE",
    "OBJECTIVES",
    "TOTALS",
    "Exact",
    "Family",
    "Figure",
    "Figures",
    "Point",
    "Sweep",
    "at",
    "exact",
    "swept_parameter",
    "written",
]
