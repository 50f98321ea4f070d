"""A data set as a step leaves it behind."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from donghaeng.index.arrays import FloatArray


class Leading(StrEnum):
    """What a leading axis of figures stands for."""

    TABLES = "tables"  # one completed table after the other, after a multiple imputation
    BOUNDS = "bounds"  # the worst case, then the best, where missing figures are carried as bounds


@dataclass(frozen=True)
class DataSet:
    """Figures after one step: ``values`` (..., rows, columns), rows as in the panel."""

    name: str
    columns: tuple[str, ...]
    values: FloatArray
    leading: Leading | None = None
