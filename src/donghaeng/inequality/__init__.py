"""Inequality, poverty, polarisation and redistribution, each with its influence and so its standard error.

Sort once, take what is wanted, and ask for the standard error under the design:

    >>> weights = [2, 1, 1, 3]
    >>> people = Distribution.of([120, 80, 300, 150], weights)
    >>> found = gini(people)
    >>> round(found.value, 4), round(found.standard_error(Design(weights)), 4)
    (0.2003, 0.0974)
"""

from .bipolarisation import FIFTY_TO_150, OECD, middle_class_income, middle_class_share, wolfson
from .conventions import PairScale, Quantile, Shares, WolfsonScale
from .definitions import DEFINITIONS, Definition, MeasureName
from .design import Design, Singletons
from .distribution import Distribution
from .entropy import (
    Decomposition,
    GroupPart,
    atkinson,
    decompose,
    generalised_entropy,
    mean_log_deviation,
    theil,
)
from .lorenz import gini, palma, s80_s20, share_ratio
from .measure import Measure, difference, ratio, relative_change
from .nonpositive import Incomes, NonPositive, Treatment
from .polarisation import Bandwidth, duclos_esteban_ray, esteban_ray
from .poverty import (
    Line,
    foster_greer_thorbecke,
    median_gap,
    poverty_gap,
    poverty_rate,
    poverty_severity,
    relative_line,
    watts,
)
from .quantiles import median, percentile_ratio, quantile
from .redistribution import Redistribution, concentration
from .registry import BY_NAME, measure, needs_line
from .sen import sen, sen_shorrocks_thon
from .totals import mean, weighted_mean, weighted_total

__all__ = [
    "BY_NAME",
    "DEFINITIONS",
    "FIFTY_TO_150",
    "OECD",
    "Bandwidth",
    "Decomposition",
    "Definition",
    "Design",
    "Distribution",
    "GroupPart",
    "Incomes",
    "Line",
    "Measure",
    "MeasureName",
    "NonPositive",
    "PairScale",
    "Quantile",
    "Redistribution",
    "Shares",
    "Singletons",
    "Treatment",
    "WolfsonScale",
    "atkinson",
    "concentration",
    "decompose",
    "difference",
    "duclos_esteban_ray",
    "esteban_ray",
    "foster_greer_thorbecke",
    "generalised_entropy",
    "gini",
    "mean",
    "mean_log_deviation",
    "measure",
    "median",
    "median_gap",
    "middle_class_income",
    "middle_class_share",
    "needs_line",
    "palma",
    "percentile_ratio",
    "poverty_gap",
    "poverty_rate",
    "poverty_severity",
    "quantile",
    "ratio",
    "relative_change",
    "relative_line",
    "s80_s20",
    "sen",
    "sen_shorrocks_thon",
    "share_ratio",
    "theil",
    "watts",
    "weighted_mean",
    "weighted_total",
    "wolfson",
]
