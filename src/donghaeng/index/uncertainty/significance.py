"""Is a difference larger than its uncertainty: between two years, or between districts.

Only errors of measurement make a test of significance. Draws over modelling choices do not: for those,
say in which share of the draws the difference holds (`change`, `rank_counts`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from donghaeng.index.arrays import FlagArray, FloatArray, WholeArray
from donghaeng.rules.faults import BadInput


@dataclass(frozen=True)
class Differences:
    """Differences of pairs, second less first; everything of shape (pairs,).

    ``p`` is two-sided; ``adjusted`` is p adjusted by Holm (1979) for all pairs of this comparison, so
    that the chance of any false difference among them stays below the level. NaN where a unit has no
    value.
    """

    first: WholeArray
    second: WholeArray
    difference: FloatArray
    standard_error: FloatArray
    z: FloatArray
    p: FloatArray
    adjusted: FloatArray

    def significant(self, level: float = 0.05) -> FlagArray:
        """Which pairs differ, with all pairs allowed for."""
        return self.adjusted <= level


def compare(
    estimates: FloatArray, covariance: FloatArray, pairs: WholeArray | None = None
) -> Differences:
    """Differences of estimates whose errors are normal with a known covariance.

    The variance of a difference is that of both less twice their covariance: years measured by the
    same panel share errors, and their change is surer than either. An estimate without error (a full
    count) has variance 0; a difference of two such is certain, with p 0, or 1 where there is none.

    Args:
        estimates: shape (units,); a change between two years is a comparison of two of them.
        covariance: shape (units, units), of the errors of measurement.
        pairs: shape (pairs, 2), places of units; by default every pair.

    >>> found = compare(np.array([50.0, 53.0]), np.array([[1.0, 0.2], [0.2, 1.0]]))
    >>> round(float(found.z[0]), 4), round(float(found.p[0]), 4)  # 3/sqrt(1 + 1 - 0.4)
    (2.3717, 0.0177)
    """
    require_covariance(estimates, covariance)
    first, second = chosen_pairs(len(estimates), pairs)
    difference = estimates[second] - estimates[first]
    own = np.diag(covariance)
    variance = own[first] + own[second] - 2 * covariance[first, second]
    error = np.sqrt(np.maximum(variance, 0))
    z = in_errors(difference, error)
    p = 2 * special.ndtr(-np.abs(z))
    return Differences(first, second, difference, error, z, p, holm(p))


def compare_draws(draws: FloatArray, pairs: WholeArray | None = None) -> Differences:
    """Differences of units from draws over the errors of measurement, of any distribution.

    ``p`` is twice the smaller share of draws at or beyond zero, each with one draw added, so that it is
    never below 2/(draws + 1): more pairs take more draws to tell apart.

    Args:
        draws: shape (draws, units), each draw with its errors in all units.
        pairs: shape (pairs, 2), places of units; by default every pair.
    """
    if draws.ndim != 2 or len(draws) < 2:
        raise BadInput(f"draws of shape {draws.shape}", remedy="(draws, units), two draws or more")
    missing = np.isnan(draws)
    if np.isinf(draws).any() or np.any(missing != missing[0]):
        raise BadInput("a unit has no finite value in some of the draws", remedy="all or none")
    first, second = chosen_pairs(draws.shape[1], pairs)
    difference, error, p = (np.full(len(first), np.nan) for _ in range(3))
    for pair, (one, other) in enumerate(zip(first, second, strict=True)):
        apart = draws[:, other] - draws[:, one]
        difference[pair], error[pair] = apart.mean(), apart.std(ddof=1)
        beyond = min((apart <= 0).sum(), (apart >= 0).sum())
        p[pair] = min(1.0, 2 * (beyond + 1) / (len(apart) + 1))
    p[np.isnan(difference)] = np.nan
    return Differences(first, second, difference, error, in_errors(difference, error), p, holm(p))


def holm(p: FloatArray) -> FloatArray:
    """p-values adjusted for their number by Holm's step-down method; NaN is left out of the number.

    >>> holm(np.array([0.01, 0.04, 0.03]))  # 3 · 0.01, then 2 · 0.03, then not below that
    array([0.03, 0.06, 0.06])
    """
    adjusted = np.full(len(p), np.nan)
    given = np.flatnonzero(~np.isnan(p))
    order = given[np.argsort(p[given], kind="stable")]
    times = np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * times), 1)
    return adjusted


def in_errors(difference: FloatArray, error: FloatArray) -> FloatArray:
    """The difference in standard errors; a difference without error is infinite, none is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        z = difference / error
    return np.where((error == 0) & (difference == 0), 0.0, z)


def chosen_pairs(units: int, pairs: WholeArray | None) -> tuple[WholeArray, WholeArray]:
    """The first and second units of the pairs."""
    if pairs is None:
        first, second = np.triu_indices(units, 1)
        return first.astype(np.int64), second.astype(np.int64)
    pairs = np.asarray(pairs)
    if pairs.ndim != 2 or pairs.shape[1] != 2 or np.any(pairs < 0) or np.any(pairs >= units):
        raise BadInput(f"pairs of {units} units", remedy="two places from 0 in each row")
    return pairs[:, 0], pairs[:, 1]


def require_covariance(estimates: FloatArray, covariance: FloatArray) -> None:
    """Refuse what cannot be the covariance of the errors."""
    units = len(estimates)
    if covariance.shape != (units, units) or not np.isfinite(covariance).all():
        raise BadInput(
            f"a covariance of shape {covariance.shape} for {units} estimates",
            remedy="finite, one row and one column for each",
        )
    size = np.abs(covariance).max(initial=0)
    if not np.allclose(covariance, covariance.T, atol=1e-12 * size):
        raise BadInput("a covariance that is not symmetric", remedy="cov(a, b) = cov(b, a)")
    if units and np.linalg.eigvalsh(covariance)[0] < -1e-9 * size:
        raise BadInput("a covariance that no errors can have", remedy="no negative eigenvalue")
