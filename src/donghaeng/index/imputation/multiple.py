"""Multiple imputation: several complete data sets that differ as much as the missing values are unknown."""

from __future__ import annotations

import numpy
from scipy import special

from donghaeng.index.arrays import ROWS, FlagArray, FloatArray, WholeArray
from donghaeng.index.imputation.regression import (
    Standardised,
    columns_to_fill,
    normal_equations,
    standardise,
    with_constant,
)
from donghaeng.index.imputation.result import Imputed
from donghaeng.rules.faults import BadInput

# Keeps the equations solvable when predictors nearly repeat each other (van Buuren 2018, algorithm 3.1).
RIDGE = 1e-5


def impute_multiple(
    values: FloatArray,
    *,
    imputations: int,
    seed: int,
    rounds: int = 10,
    most_predictors: int = 15,
    low: float | FloatArray | None = None,
    high: float | FloatArray | None = None,
    kept: FlagArray | None = None,
) -> Imputed:
    """Draw ``imputations`` proper imputations by chained Bayesian linear regressions.

    Each imputation starts from values drawn at random from the column. In every round each column
    with missing cells is regressed on its predictors in the rows that have it; a variance σ² = RSS / χ²
    and coefficients from N(b, σ² (X'X)⁻¹) are drawn, and a missing cell becomes X β + σ z (van Buuren
    2018, Flexible Imputation of Missing Data, algorithm 3.1). So the draws carry the uncertainty of
    the regression as well as that of the cell. ``rubin`` pools what is computed from them.

    Each imputation has its own random numbers: the first 5 of 20 are the 5 of 5.

    Args:
        values: (..., rows, columns), NaN is missing.
        imputations: how many, m.
        seed: whole number from 0 that fixes every draw.
        rounds: cycles through the columns before an imputation is taken.
        most_predictors: at most so many columns predict one, those most correlated with it, and no
            more than one for each three rows that have it.
        low, high: limits within which draws are held, one for all or (..., columns).
        kept: (..., rows) which rows take part.

    Returns:
        Values (m, ..., rows, columns). Empty columns and rows are left.

    Raises:
        BadInput: fewer than one imputation.
    """
    if imputations < 1:
        raise BadInput(f"{imputations} imputations", remedy="ask for at least 1")
    table = standardise(values, kept)
    generators = [
        numpy.random.Generator(numpy.random.Philox(key=numpy.array([seed, i], dtype=numpy.uint64)))
        for i in range(imputations)
    ]
    least, most = table.limit(low, -numpy.inf), table.limit(high, numpy.inf)
    columns = columns_to_fill(table)
    current = _start(table, generators)
    predictors = {
        int(column): _predictors(table, int(column), most_predictors) for column in columns
    }
    for _ in range(rounds):
        for column, chosen in predictors.items():
            missing = table.missing[..., column]
            drawn = _draw(current, column, chosen, table.rows & ~missing, generators)
            held = numpy.clip(drawn, least[..., column], most[..., column])
            current[..., column] = numpy.where(missing, held, current[..., column])
    return table.imputed(values, current, kept)


def _start(table: Standardised, generators: list[numpy.random.Generator]) -> FloatArray:
    """(m, ..., rows, columns) with each missing cell taken at random from its column's observed values."""
    ordered = numpy.sort(table.values, axis=ROWS)
    counted = (~numpy.isnan(table.values)).sum(axis=ROWS)[..., None, :]
    begun = []
    for generator in generators:
        share = generator.random(table.values.shape[ROWS:])
        picked = numpy.minimum((share * counted).astype(numpy.int64), numpy.maximum(counted - 1, 0))
        donor = numpy.take_along_axis(ordered, picked, axis=ROWS)
        begun.append(numpy.nan_to_num(numpy.where(table.missing, donor, table.values), nan=0.0))
    return numpy.stack(begun)


def _predictors(table: Standardised, column: int, most: int) -> WholeArray:
    """The columns (..., k) most correlated with one column over the rows that have both."""
    known = ~numpy.isnan(table.values)
    z = numpy.nan_to_num(table.values, nan=0.0)
    own = z[..., column, None]
    both = (known & known[..., column, None]).astype(numpy.float64)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        related = (z * own * both).sum(axis=ROWS) / numpy.sqrt(
            (z * z * both).sum(axis=ROWS) * (own * own * both).sum(axis=ROWS)
        )
    strength = numpy.nan_to_num(numpy.abs(related), nan=0.0)
    strength[..., column] = -1.0
    rows = int(known[..., column].sum(axis=-1).min())
    size = max(min(most, z.shape[-1] - 1, rows // 3), 0)
    chosen = numpy.argsort(-strength, axis=-1, kind="stable")[..., :size]
    return numpy.sort(chosen, axis=-1)


def _draw(
    current: FloatArray,
    column: int,
    chosen: WholeArray,
    observed: FlagArray,
    generators: list[numpy.random.Generator],
) -> FloatArray:
    """One column drawn anew in every imputation: (m, ..., rows)."""
    at = numpy.broadcast_to(chosen[..., None, :], (*current.shape[:-1], chosen.shape[-1]))
    x = with_constant(numpy.take_along_axis(current, at, axis=-1))
    y = current[..., column]
    weight = numpy.broadcast_to(observed, y.shape).astype(numpy.float64)
    square, product = normal_equations(x, y, weight)
    diagonal = numpy.einsum("...ii->...i", square)
    square = square + RIDGE * diagonal[..., None] * numpy.eye(square.shape[-1])
    square += 1e-12 * numpy.eye(square.shape[-1])  # a predictor that is 0 throughout
    best = numpy.linalg.solve(square, product[..., None])[..., 0]
    residual = (y - (x @ best[..., None])[..., 0]) * weight
    freedom = numpy.maximum(weight.sum(axis=-1) - x.shape[-1], 1.0)
    # The numbers of one table, whatever the leading axes: a table is filled alike alone and among others.
    lead = (slice(None), *(None,) * (current.ndim - 3))
    chance = [
        (g.random(), g.standard_normal(x.shape[-1]), g.standard_normal(x.shape[ROWS]))
        for g in generators
    ]
    uniform, normal, rest = (numpy.stack([c[part] for c in chance])[lead] for part in range(3))
    chi_square = 2 * special.gammaincinv(freedom / 2, uniform)
    spread = numpy.sqrt((residual**2).sum(axis=-1) / chi_square)
    # If square = L L', then L'⁻¹ z has the covariance square⁻¹.
    root = numpy.swapaxes(numpy.linalg.cholesky(square), ROWS, -1)
    normal = numpy.broadcast_to(normal, best.shape)
    shaken = numpy.linalg.solve(root, normal[..., None])[..., 0]
    slope = best + spread[..., None] * shaken
    noise = spread[..., None] * rest
    return numpy.asarray((x @ slope[..., None])[..., 0] + noise)
