"""Standard errors after calibration: what the margins explain has no sampling error any more.

The calibrated total of y has, in large samples, the variance of the total of w·e, with e the residual of y on
the auxiliary variables under the old weights (Deville and Särndal 1992, equation 3.4). It holds for every
distance, since all give the same estimator up to terms that vanish faster.
"""

from __future__ import annotations

import numpy
from scipy import sparse

from donghaeng.rules.faults import BadInput

from .constraints import Constraints, WholeArray
from .distances import FloatArray
from .newton import checked_weights, scale_of

FLAT = 1e-12


def residuals(values: FloatArray, constraints: Constraints, old: FloatArray) -> FloatArray:
    """E = y − x'B, with B the regression of y on the parts in the totals under the old weights.

    Args:
        values: shape (households,) or (households, variables): totals of the household.
        constraints: those that the weights were calibrated to.
        old: shape (households,), weights before calibration.
    """
    old = checked_weights(old, constraints.parts.shape[0])
    y = numpy.asarray(values, dtype=numpy.float64)
    if y.shape[:1] != old.shape or not numpy.isfinite(y).all():
        raise BadInput(f"values of shape {y.shape} for {len(old)} households", field="values")
    parts = (constraints.parts @ sparse.diags(1 / scale_of(constraints, old))).tocsr()
    crossed = (parts.T @ sparse.diags(old) @ parts).toarray()
    inverse = numpy.linalg.pinv(crossed, rcond=FLAT, hermitian=True)
    weighted = y * (old if y.ndim == 1 else old[:, None])
    explained: FloatArray = parts @ (inverse @ (parts.T @ weighted))
    return y - explained


def error_of_total(
    values: FloatArray,
    constraints: Constraints,
    *,
    old: FloatArray,
    new: FloatArray,
    stratum: WholeArray | None = None,
    cluster: WholeArray | None = None,
) -> FloatArray:
    """The standard error of Σ new·y, shape () or (variables,).

    Clusters (each household its own by default) count as drawn with replacement within strata: the sum over
    strata of n/(n − 1)·Σ(z_c − z̄)², z the cluster's total of w·e. For a share or another smooth statistic,
    give its linearised variable as ``values``.

    Raises:
        BadInput: for a stratum with one cluster, which says nothing of the variance.
    """
    new = checked_weights(new, constraints.parts.shape[0])
    left = residuals(values, constraints, old)
    linear = (left * (new if left.ndim == 1 else new[:, None])).reshape(len(new), -1)
    households = numpy.arange(len(new))
    strata = numpy.zeros(len(new), dtype=numpy.int64) if stratum is None else numpy.asarray(stratum)
    clusters = households if cluster is None else numpy.asarray(cluster)
    pairs, place = numpy.unique(numpy.column_stack([strata, clusters]), axis=0, return_inverse=True)
    sums = numpy.column_stack([numpy.bincount(place.ravel(), each) for each in linear.T])
    _, of_stratum, size = numpy.unique(pairs[:, 0], return_inverse=True, return_counts=True)
    if (size < 2).any():
        alone = pairs[of_stratum == int(size.argmin()), 0][0]
        raise BadInput(
            f"stratum {alone} has one cluster", field="stratum", remedy="join it with another"
        )
    means = (
        numpy.column_stack([numpy.bincount(of_stratum, each) for each in sums.T]) / size[:, None]
    )
    apart = (sums - means[of_stratum]) ** 2 * (size / (size - 1))[of_stratum][:, None]
    error: FloatArray = numpy.sqrt(apart.sum(axis=0))
    return error if left.ndim > 1 else error[0]
