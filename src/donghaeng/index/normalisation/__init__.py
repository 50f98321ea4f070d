"""Normalisation: indicators of different units on one scale, higher being better.

Each method gives a ``Normalised``: the values, the columns for which the scale is not defined, and the
``parameters`` it found. ``apply`` puts other values on the same scale (a later year, a what-if).
Methods differ by column when the caller passes slices of columns.
"""

from donghaeng.index.normalisation.application import apply
from donghaeng.index.normalisation.base_year import (
    BaseYearRatio,
    Reversal,
    base_values,
    base_year_ratio,
)
from donghaeng.index.normalisation.linear import (
    distance_to_maximum,
    distance_to_reference,
    distance_to_target,
    fraction_of_maximum,
    goalposts,
    min_max,
    scaled,
    z_score,
)
from donghaeng.index.normalisation.scale import Normalised, Scale, Standing
from donghaeng.index.normalisation.standing import borda, percentile_rank, rank

__all__ = [
    "BaseYearRatio",
    "Normalised",
    "Reversal",
    "Scale",
    "Standing",
    "apply",
    "base_values",
    "base_year_ratio",
    "borda",
    "distance_to_maximum",
    "distance_to_reference",
    "distance_to_target",
    "fraction_of_maximum",
    "goalposts",
    "min_max",
    "percentile_rank",
    "rank",
    "scaled",
    "z_score",
]
