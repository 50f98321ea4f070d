"""The regression of one column on others that both chained imputations are made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from donghaeng.index import column_statistics
from donghaeng.index.arrays import ROWS, FlagArray, FloatArray, WholeArray
from donghaeng.index.imputation.result import Imputed, fill, taking_part


@dataclass(frozen=True)
class Standardised:
    """A table in standard deviations from the mean of its observed values; constant columns are 0.

    ``rows`` (..., rows) are those that take part; ``missing`` marks the cells to be imputed there.
    """

    values: FloatArray
    mean: FloatArray
    spread: FloatArray
    rows: FlagArray
    missing: FlagArray

    def limit(self, figure: float | FloatArray | None, otherwise: float) -> FloatArray:
        """A limit on the scale of the given table, in standard units: (..., 1, columns)."""
        if figure is None:
            return numpy.full(self.values.shape[-1:], otherwise)[None, :]
        given = numpy.asarray(figure, dtype=numpy.float64)
        return ((given[..., None, :] if given.ndim else given) - self.mean) / self.spread

    def imputed(self, values: FloatArray, complete: FloatArray, kept: FlagArray | None) -> Imputed:
        """The given values with their gaps filled from a complete table in standard units."""
        every = numpy.broadcast_to(values, complete.shape)
        rows = numpy.broadcast_to(self.rows, complete.shape[:-1])
        done = fill(every, complete * self.spread + self.mean, rows)
        asked = numpy.isnan(every) if kept is None else numpy.isnan(every) & kept[..., None]
        return Imputed(values=done.values, filled=done.filled, left=asked & ~done.filled)


def standardise(values: FloatArray, kept: FlagArray | None) -> Standardised:
    """A table in standard units. A row that is all NaN or not ``kept`` takes no part."""
    empty = numpy.asarray(numpy.isnan(values).all(axis=-1))
    rows = ~empty if kept is None else kept & ~empty
    known = taking_part(values, rows)
    mean = column_statistics.mean(known)[..., None, :]
    spread = column_statistics.deviation(known)[..., None, :]
    usable = numpy.where(spread > 0, spread, 1.0)
    return Standardised(
        values=(known - mean) / usable,
        mean=mean,
        spread=usable,
        rows=rows,
        missing=numpy.isnan(known) & rows[..., None] & ~numpy.isnan(mean),
    )


def columns_to_fill(table: Standardised) -> WholeArray:
    """The columns with missing cells, those with fewest first."""
    axes = tuple(range(table.missing.ndim - 1))
    counted = table.missing.sum(axis=axes)
    order = numpy.argsort(counted, kind="stable")
    return numpy.asarray(order[counted[order] > 0])


def normal_equations(
    predictors: FloatArray, outcome: FloatArray, weight: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """X'WX (..., p, p) and X'Wy (..., p) for weights 0 or 1 of the rows."""
    weighted = numpy.swapaxes(predictors * weight[..., None], ROWS, -1)
    return weighted @ predictors, (weighted @ outcome[..., None])[..., 0]


def with_constant(predictors: FloatArray) -> FloatArray:
    """Predictors with a column of ones in front."""
    return numpy.concatenate([numpy.ones((*predictors.shape[:-1], 1)), predictors], axis=-1)
