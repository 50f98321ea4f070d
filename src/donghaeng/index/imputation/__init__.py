"""Imputation: what stands in for a missing value, and how sure that is.

A single imputation (averages, panel, neighbours, chained) is one best guess. ``impute_multiple`` keeps
the uncertainty and ``rubin`` pools it; ``bounds`` estimates nothing and shows what could be.
"""

from donghaeng.index.imputation.average import Average, impute_column, impute_group, impute_row
from donghaeng.index.imputation.bounds import Bounds, bounds
from donghaeng.index.imputation.chained import ChainedImputed, impute_chained
from donghaeng.index.imputation.multiple import impute_multiple
from donghaeng.index.imputation.neighbours import impute_neighbours
from donghaeng.index.imputation.panel import Filling, impute_panel
from donghaeng.index.imputation.pooling import Pooled, rubin
from donghaeng.index.imputation.result import Imputed

__all__ = [
    "Average",
    "Bounds",
    "ChainedImputed",
    "Filling",
    "Imputed",
    "Pooled",
    "bounds",
    "impute_chained",
    "impute_column",
    "impute_group",
    "impute_multiple",
    "impute_neighbours",
    "impute_panel",
    "impute_row",
    "rubin",
]
