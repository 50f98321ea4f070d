"""Imputation by chained equations: each column is predicted from the others, over and over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from donghaeng.index.arrays import FlagArray, FloatArray
from donghaeng.index.imputation.regression import (
    columns_to_fill,
    normal_equations,
    standardise,
    with_constant,
)
from donghaeng.index.imputation.result import Imputed


@dataclass(frozen=True)
class ChainedImputed(Imputed):
    """Imputed values, the rounds that were run, and whether they had settled by then."""

    rounds: int
    settled: bool


def impute_chained(
    values: FloatArray,
    *,
    penalty: float = 1.0,
    most_rounds: int = 100,
    tolerance: float = 1e-6,
    low: float | FloatArray | None = None,
    high: float | FloatArray | None = None,
    kept: FlagArray | None = None,
) -> ChainedImputed:
    """Regress each column with missing values on all others until the predictions settle.

    Missing cells begin at the mean. In each round, column by column from the one with fewest missing
    cells, a ridge regression (penalty λ on standardised coefficients, none on the constant) is fitted
    to the rows that have the column and predicts the others. Nothing is random: it is one best guess,
    without its uncertainty (``impute_multiple`` keeps that). λ = 0 is ordinary least squares and needs
    more rows than columns. An empty column is left; a constant one is filled with its value.

    Args:
        values: (..., rows, columns), NaN is missing.
        penalty: λ, at least 0.
        most_rounds: where to stop if the predictions have not settled.
        tolerance: settled when no cell moves more than this many standard deviations in a round.
        low, high: limits within which predictions are held, one for all or (..., columns).
        kept: (..., rows) which rows take part.
    """
    table = standardise(values, kept)
    least, most = table.limit(low, -numpy.inf), table.limit(high, numpy.inf)
    current = numpy.nan_to_num(table.values, nan=0.0)
    taking_part = table.rows.astype(numpy.float64)
    columns = columns_to_fill(table)
    settled, rounds = not columns.size, 0
    while not settled and rounds < most_rounds:
        previous = current.copy()
        for column in columns:
            missing = table.missing[..., column]
            others = with_constant(numpy.delete(current, column, axis=-1))
            weight = taking_part * ~missing
            square, product = normal_equations(others, current[..., column], weight)
            square += _ridge(square.shape[-1], penalty)
            slope = numpy.linalg.solve(square, product[..., None])
            predicted = (others @ slope)[..., 0]
            predicted = numpy.clip(predicted, least[..., column], most[..., column])
            current[..., column] = numpy.where(missing, predicted, current[..., column])
        rounds += 1
        settled = bool(numpy.abs(current - previous).max(initial=0.0) <= tolerance)
    done = table.imputed(values, current, kept)
    return ChainedImputed(done.values, done.filled, done.left, rounds, settled)


def _ridge(size: int, penalty: float) -> FloatArray:
    diagonal = numpy.full(size, penalty)
    diagonal[0] = 0.0
    return numpy.diag(diagonal)
