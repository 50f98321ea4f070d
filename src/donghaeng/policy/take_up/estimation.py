"""Take-up estimated where a survey records receipt, by maximum likelihood on the logarithm of the amount.

P(receive | entitled) = information · F(a + b ln amount), F normal (probit) or logistic (logit). This is the
model of claiming with ln cost = −a/b and spread = 1/b (probit) or π/(√3 b) (logit: the spread of the normal
distribution with the same variance). Information is not told apart from the cost by receipt alone: it is
given, 1 unless something else is known.

Survey entitlements carry error, and error in the amount flattens b: the spread then holds both (Bargain,
Immervoll and Viitamäki 2010, "No claim, no pain: measuring the non-take-up of social assistance using
register data"). Whether receipt rises with the amount at all, ``Estimate.rises`` says.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy
from scipy import special

from donghaeng.evidence.standing import Standing
from donghaeng.rules.faults import BadInput

from .calibration import checked_weights
from .claiming import FlagArray, checked_amounts
from .keyed_draws import FloatArray, WholeArray
from .settings import Model, model

ROUNDS = 100
TOLERANCE = 1e-10  # of the gradient, a row
CRITICAL = 1.96  # standard errors from 0, 5 % of both sides
STEEPEST = 1e3  # a slope beyond it means that the amount separates both groups


class Link(StrEnum):
    """The distribution of the logarithm of the cost."""

    PROBIT = "probit"
    LOGIT = "logit"


@dataclass(frozen=True)
class Estimate:
    """Estimated take-up with standard errors.

    ``covariance`` is that of (intercept, slope); ``cost`` and ``spread`` have theirs by the delta method.
    ``errors`` says which: from the likelihood, or robust and clustered by household.
    """

    link: Link
    intercept: float
    slope: float
    covariance: FloatArray
    information: float
    cost: float
    cost_error: float
    spread: float
    spread_error: float
    log_likelihood: float
    rows: int
    clusters: int
    errors: Literal["likelihood", "clustered by household"]

    @property
    def standard_errors(self) -> FloatArray:
        """Of intercept and slope."""
        return numpy.sqrt(numpy.diag(self.covariance))

    @property
    def rises(self) -> bool:
        """Whether receipt is sure to rise with the amount: the slope is not within chance of 0, at 5 %."""
        return self.slope >= CRITICAL * float(self.standard_errors[1])

    def model(self, per: Literal["month", "year"], source: str) -> Model:
        """The model of claiming that this is, for the settings."""
        return model(
            self.information,
            self.cost,
            self.spread,
            per=per,
            source=source,
            status=Standing.ESTIMATED,
        )


def fit(
    amounts: FloatArray,
    received: FlagArray,
    *,
    weights: FloatArray | None = None,
    household_id: WholeArray | None = None,
    information: float = 1.0,
    link: Link = Link.PROBIT,
) -> Estimate:
    """Cost of claiming and its spread from recorded receipt.

    Args:
        amounts: shape (n,), what each row is entitled to; rows with 0 are not entitled and are left out.
        received: shape (n,), whether the survey recorded the benefit.
        weights: shape (n,), survey weights: the likelihood is then a pseudo-likelihood and the errors are
            robust, clustered by household.
        household_id: shape (n,), the cluster of each row; each row its own where it is left out.
        information: share of the entitled who know of the benefit, held fixed.
        link: the distribution.

    Raises:
        BadInput: where everybody or nobody received, where receipt does not rise with the amount (no cost
            of claiming follows from it), or where one amount separates both groups.
    """
    amounts = checked_amounts(amounts)
    received = numpy.asarray(received)
    if received.shape != amounts.shape or received.dtype != numpy.bool_:
        raise BadInput("is not yes or no for each amount", field="received")
    if not 0 < information <= 1:
        raise BadInput(f"{information} is no share", field="information", remedy="above 0, up to 1")
    weight = numpy.ones(len(amounts)) if weights is None else checked_weights(weights, len(amounts))
    entitled = amounts > 0
    y, w = received[entitled].astype(numpy.float64), weight[entitled]
    if len(y) == 0 or y.min() == y.max():
        who = "nobody is entitled" if len(y) == 0 else "all received" if y[0] else "nobody received"
        raise BadInput(f"of {len(y)} rows entitled, {who}", remedy="rows of both kinds")
    x = numpy.column_stack([numpy.ones(len(y)), numpy.log(amounts[entitled])])
    beta, log_likelihood = _maximum(x, y, w, information, link)
    _, scores, hessian = _likelihood(beta, x, y, w, information, link)
    bread = numpy.asarray(numpy.linalg.inv(-hessian), dtype=numpy.float64)
    covariance, clusters = bread, len(y)
    robust = weights is not None or household_id is not None
    if robust:
        ids = numpy.arange(len(amounts)) if household_id is None else numpy.asarray(household_id)
        meat, clusters = _between_clusters(scores, ids[entitled])
        covariance = bread @ meat @ bread
    return _estimate(beta, covariance, information, link, log_likelihood, len(y), clusters, robust)


def _estimate(
    beta: FloatArray,
    covariance: FloatArray,
    information: float,
    link: Link,
    log_likelihood: float,
    rows: int,
    clusters: int,
    robust: bool,
) -> Estimate:
    intercept, slope = map(float, beta)
    slope_error = math.sqrt(covariance[1, 1])
    if slope <= 0:
        raise BadInput(
            f"receipt does not rise with the amount (slope {slope:.3g}, standard error "
            f"{slope_error:.2g}), so no cost of claiming follows from it",
            remedy="take-up as recorded, or as a share",
        )
    scale = 1.0 if link is Link.PROBIT else math.pi / math.sqrt(3)
    cost, spread = math.exp(-intercept / slope), scale / slope
    # Delta method: d cost = cost · (−1/b, a/b²), d spread = (0, −scale/b²).
    of_cost = cost * numpy.array([-1 / slope, intercept / slope**2])
    return Estimate(
        link=link,
        intercept=intercept,
        slope=slope,
        covariance=covariance,
        information=information,
        cost=cost,
        cost_error=float(numpy.sqrt(of_cost @ covariance @ of_cost)),
        spread=spread,
        spread_error=scale / slope**2 * slope_error,
        log_likelihood=log_likelihood,
        rows=rows,
        clusters=clusters,
        errors="clustered by household" if robust else "likelihood",
    )


def _maximum(
    x: FloatArray, y: FloatArray, w: FloatArray, information: float, link: Link
) -> tuple[FloatArray, float]:
    """Newton's method on centred logarithms, each step halved until the likelihood does not fall."""
    centre = numpy.array([0.0, numpy.average(x[:, 1], weights=w)])
    centred = x - centre * [0, 1]
    beta = numpy.zeros(2)
    value, scores, hessian = _likelihood(beta, centred, y, w, information, link)
    for _ in range(ROUNDS):
        gradient = scores.sum(axis=0)
        if numpy.abs(gradient).max() <= TOLERANCE * w.sum() or abs(beta[1]) > STEEPEST:
            break
        step = _ascent(gradient, hessian)
        for _ in range(60):
            tried = _likelihood(beta + step, centred, y, w, information, link)
            if tried[0] >= value:
                break
            step = step / 2
        beta, (value, scores, hessian) = beta + step, tried
    separated = abs(beta[1]) > STEEPEST or abs(value) < 1e-6 * w.sum()
    if separated or not numpy.isfinite(value):
        raise BadInput(
            "one amount separates those who received from those who did not",
            remedy="more rows, or take-up as a share",
        )
    if numpy.abs(scores.sum(axis=0)).max() > 1e-6 * w.sum():
        raise BadInput(f"the likelihood has no maximum after {ROUNDS} steps")
    return numpy.array([beta[0] - beta[1] * centre[1], beta[1]]), float(value)


def _ascent(gradient: FloatArray, hessian: FloatArray) -> FloatArray:
    """A direction in which the likelihood rises, also where it is not concave (information below 1)."""
    values, vectors = numpy.linalg.eigh(-hessian)
    steep = numpy.maximum(numpy.abs(values), 1e-8 * max(1.0, float(numpy.abs(values).max())))
    direction: FloatArray = vectors @ ((vectors.T @ gradient) / steep)
    return direction


def _likelihood(
    beta: FloatArray,
    x: FloatArray,
    y: FloatArray,
    w: FloatArray,
    information: float,
    link: Link,
) -> tuple[float, FloatArray, FloatArray]:
    """The log likelihood, the score of each row (n, 2) and the matrix of second derivatives (2, 2)."""
    eta = x @ beta
    if link is Link.PROBIT:
        below, above = special.ndtr(eta), special.ndtr(-eta)
        density = numpy.exp(-(eta**2) / 2) / math.sqrt(2 * math.pi)
        slope_of_density = -eta * density
    else:
        below, above = special.expit(eta), special.expit(-eta)
        density = below * above
        slope_of_density = density * (above - below)
    tiny = numpy.finfo(numpy.float64).tiny
    took = numpy.maximum(information * below, tiny)
    left = numpy.maximum((1 - information) + information * above, tiny)
    value = float(w @ (y * numpy.log(took) + (1 - y) * numpy.log(left)))
    of_took, of_left = information * density / took, -information * density / left
    first = w * (y * of_took + (1 - y) * of_left)
    second_took = information * slope_of_density / took - of_took**2
    second_left = -information * slope_of_density / left - of_left**2
    second = w * (y * second_took + (1 - y) * second_left)
    return value, x * first[:, None], (x * second[:, None]).T @ x


def _between_clusters(scores: FloatArray, ids: WholeArray) -> tuple[FloatArray, int]:
    """The sum over households of the square of their score, times clusters / (clusters − 1)."""
    _, place = numpy.unique(ids, return_inverse=True)
    number = int(place.max()) + 1
    if number < 2:
        raise BadInput("all rows are of one household", remedy="two households or more")
    sums = numpy.column_stack([numpy.bincount(place, column) for column in scores.T])
    return sums.T @ sums * number / (number - 1), number
