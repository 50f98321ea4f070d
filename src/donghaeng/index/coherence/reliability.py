"""Cronbach's alpha: whether the indicators of an area move together as if they measured one thing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy

from donghaeng.index.arrays import ROWS, FloatArray, WholeArray

from .covariance import complete_rows, pairwise_covariance


class Deletion(StrEnum):
    """What is left out where something is missing."""

    PAIRWISE = "pairwise"  # of each covariance, the rows that miss one of the two
    LISTWISE = "listwise"  # the rows that miss anything


@dataclass(frozen=True, slots=True)
class Reliability:
    """Alpha of a group of indicators, and what it rests on.

    ``alpha`` and ``standardised`` are (...), ``without`` is (..., columns): alpha of the others when that
    column is dropped. ``fewest_rows`` and ``most_rows`` are the rows behind the covariances: equal under
    listwise deletion. ``reversed_columns`` are those turned round before.
    """

    alpha: FloatArray
    standardised: FloatArray
    without: FloatArray
    deletion: Deletion
    fewest_rows: WholeArray
    most_rows: WholeArray
    reversed_columns: tuple[int, ...]


def cronbach_alpha(
    values: FloatArray,
    *,
    deletion: Deletion = Deletion.PAIRWISE,
    direction: FloatArray | None = None,
) -> Reliability:
    """Cronbach's alpha of the columns of ``values``, (..., rows, columns).

    alpha = k² · (mean covariance of two different indicators) / (sum of all covariances), which without missing
    values is the classical k/(k−1) · (1 − Σ variances / variance of the sum) (L. J. Cronbach, "Coefficient
    alpha and the internal structure of tests", Psychometrika 16, 1951). COINr 1.1.14 takes the covariances
    pairwise and turns nothing round: the default here.

    Args:
        direction: +1 or −1 per column; columns of −1 are multiplied by −1 first. Without it the values are
            taken as they are, so raw values of mixed direction give an alpha that means little.

    Returns:
        NaN where a covariance is undefined, there is one column only, or all covariances sum to zero.
        ``standardised`` uses correlations instead, so that no indicator counts more by its unit.

    >>> table = numpy.array([[1.0, 1.0], [2.0, 3.0], [3.0, 2.0]])
    >>> float(cronbach_alpha(table).alpha.round(4))
    0.6667
    """
    turned = values if direction is None else values * direction
    used = complete_rows(turned) if deletion is Deletion.LISTWISE else turned
    covariance, rows = pairwise_covariance(used)
    deviation = numpy.sqrt(numpy.diagonal(covariance, axis1=ROWS, axis2=-1))
    with numpy.errstate(divide="ignore", invalid="ignore"):
        correlation = covariance / (deviation[..., None] * deviation[..., None, :])
    reversed_columns = () if direction is None else numpy.flatnonzero(numpy.asarray(direction) < 0)
    return Reliability(
        alpha=alpha_of(covariance),
        standardised=alpha_of(correlation),
        without=_without_each(covariance),
        deletion=deletion,
        fewest_rows=rows.min(axis=(ROWS, -1)).astype(int),
        most_rows=rows.max(axis=(ROWS, -1)).astype(int),
        reversed_columns=tuple(int(column) for column in reversed_columns),
    )


def alpha_of(covariance: FloatArray) -> FloatArray:
    """Alpha from covariances, (..., columns, columns); NaN for one column."""
    columns = covariance.shape[-1]
    total = covariance.sum(axis=(ROWS, -1))
    own = numpy.trace(covariance, axis1=ROWS, axis2=-1)
    return _ratio(total - own, total, columns)


def _without_each(covariance: FloatArray) -> FloatArray:
    """Alpha of the rest when each column in turn is dropped, (..., columns)."""
    columns = covariance.shape[-1]
    kept = [numpy.delete(numpy.arange(columns), column) for column in range(columns)]
    dropped = [alpha_of(covariance[..., rest[:, None], rest]) for rest in kept]
    return numpy.stack(dropped, axis=-1)


def _ratio(between: FloatArray, total: FloatArray, columns: int) -> FloatArray:
    """k/(k−1) · covariances between / all; the mean of k(k−1) covariances times k²/total."""
    if columns < 2:
        return numpy.full(numpy.shape(total), numpy.nan)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        return numpy.where(total != 0, columns / (columns - 1) * between / total, numpy.nan)
