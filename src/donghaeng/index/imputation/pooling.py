"""Rubin's rules: one estimate and its uncertainty from the estimates of several imputed data sets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from donghaeng.index.arrays import FloatArray
from donghaeng.rules.faults import BadInput


@dataclass(frozen=True)
class Pooled:
    """A pooled estimate; every field has the shape of one estimate.

    ``within`` is the mean variance of the estimates, ``between`` the variance among them, ``total``
    the variance of the pooled estimate. ``fraction_missing`` is the share of the information about
    the estimate that is missing.
    """

    estimate: FloatArray
    within: FloatArray
    between: FloatArray
    total: FloatArray
    degrees_of_freedom: FloatArray
    fraction_missing: FloatArray

    def interval(self, confidence: float = 0.95) -> tuple[FloatArray, FloatArray]:
        """The confidence interval from the t distribution with ``degrees_of_freedom``."""
        from scipy import stats

        quantile = stats.t.ppf((1 + confidence) / 2, self.degrees_of_freedom)
        half = quantile * numpy.sqrt(self.total)
        return self.estimate - half, self.estimate + half


def rubin(
    estimates: FloatArray, variances: FloatArray, *, complete_degrees_of_freedom: float = numpy.inf
) -> Pooled:
    """Pool m estimates and their variances along the leading axis.

    With Q the estimates and U their variances (Rubin 1987; van Buuren 2018, Flexible Imputation of
    Missing Data, section 2.4)::

        estimate = mean Q          within = mean U          between = Σ (Q - mean Q)² / (m - 1)
        total    = within + (1 + 1/m) between
        λ = (1 + 1/m) between / total                   r = (1 + 1/m) between / within
        ν_m   = (m - 1) / λ²                            ν_obs = (ν_com + 1) / (ν_com + 3) ν_com (1 - λ)
        degrees of freedom = ν_m ν_obs / (ν_m + ν_obs)      (Barnard and Rubin 1999)
        fraction missing   = (r + 2 / (ν + 3)) / (1 + r)

    Where the estimates do not differ nothing is missing: the fraction is 0 and the degrees of freedom
    are ν_obs.

    Args:
        estimates, variances: (m, ...), m at least 2. The variances may be 0 (an index of counts).
        complete_degrees_of_freedom: ν_com, those the estimate would have with complete data; infinite for
            a large sample.

    Raises:
        BadInput: fewer than two estimates.

    >>> pooled = rubin(numpy.array([10.0, 12.0, 14.0]), numpy.array([1.0, 1.0, 1.0]))
    >>> float(pooled.estimate), round(float(pooled.total), 4)
    (12.0, 6.3333)
    """
    m = estimates.shape[0]
    if m < 2:
        raise BadInput(
            "Rubin's rules need at least two imputed data sets", remedy="impute 5 or more"
        )
    estimate = estimates.mean(axis=0)
    within = numpy.broadcast_to(variances, estimates.shape).mean(axis=0)
    # Equal estimates have no variance among them, whatever the last digit of their mean.
    same = (estimates == estimates[:1]).all(axis=0)
    between = numpy.where(same, 0.0, estimates.var(axis=0, ddof=1))
    added = (1 + 1 / m) * between
    total = within + added
    with numpy.errstate(divide="ignore", invalid="ignore"):
        share = numpy.where(same, 0.0, added / total)
        rubin_degrees = (m - 1) / share**2
        if numpy.isinf(complete_degrees_of_freedom):
            degrees = rubin_degrees
        else:
            complete = complete_degrees_of_freedom
            observed = (complete + 1) / (complete + 3) * complete * (1 - share)
            # As 1 / (1/a + 1/b), which holds where one of the two is infinite or 0.
            degrees = 1 / (1 / rubin_degrees + 1 / observed)
        # (r + 2/(ν+3)) / (1 + r) with r = λ / (1 - λ), which also holds where nothing is within.
        fraction = share + (1 - share) * 2 / (degrees + 3)
    return Pooled(
        estimate=estimate,
        within=within,
        between=between,
        total=total,
        degrees_of_freedom=degrees,
        fraction_missing=numpy.where(same, 0.0, fraction),
    )
