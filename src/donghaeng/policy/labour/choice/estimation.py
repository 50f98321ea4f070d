"""The parameters of a discrete choice by weighted maximum likelihood, with robust standard errors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy
from scipy.linalg import eigh
from scipy.optimize import minimize

from donghaeng.policy.labour.arrays import FloatArray, WholeArray
from donghaeng.policy.labour.settings import DiscreteChoice
from donghaeng.rules.faults import BadInput

from .choices import Choices
from .likelihood import Likelihood
from .utility import INCOME_TERMS, term_names, terms

# Terms whose information is smaller than this share of the largest are not told apart by the data.
SMALLEST_INFORMATION = 1e-11
# Where the maximum leaves less than this share of the information that even choices hold, choices are certain.
LEAST_UNCERTAINTY = 1e-5


@dataclass(frozen=True)
class Estimate:
    """Parameters (k,), their covariance (k, k), and how the likelihood came out.

    Attributes:
        covariance: robust to misspecification and to weights: H^-1 (sum of scores' products) H^-1, where
            the scores are summed over each cluster first if clusters were given.
        log_likelihood, log_likelihood_even: at the maximum, and if all points were equally likely.
        rows: persons that were observed.
        income_always_pleases: the share of observed choices at which more income raises utility; the
            model has a meaning where it does.
    """

    model: DiscreteChoice
    names: tuple[str, ...]
    parameters: FloatArray
    covariance: FloatArray
    log_likelihood: float
    log_likelihood_even: float
    rows: int
    income_always_pleases: float

    @property
    def standard_errors(self) -> FloatArray:
        """(k,)"""
        errors: FloatArray = numpy.sqrt(numpy.diag(self.covariance))
        return errors


def estimate(
    model: DiscreteChoice, choices: Choices, *, clusters: WholeArray | None = None
) -> Estimate:
    """The model's parameters at the maximum of the weighted likelihood.

    Weights are scaled to a mean of 1: they say whom a row stands for, not how much is known.

    Args:
        clusters: the household (or sampling unit) of every row, if rows are not independent.

    Raises:
        BadInput: where the data do not tell terms apart, or one term predicts choices with certainty.
    """
    choices.check_points(model)
    names = term_names(model)
    raw = terms(model, choices.income, choices.covariates)
    scale = _scale(raw, names)
    likelihood = Likelihood(raw / scale, choices.chosen, choices.weight / choices.weight.mean())
    scaled = _maximum(likelihood, names)
    bread = numpy.linalg.inv(-likelihood.hessian(scaled))
    scores = likelihood.scores(scaled)
    if clusters is not None:
        numbers = numpy.unique(clusters, return_inverse=True)[1]
        summed = numpy.zeros((numbers.max() + 1, scores.shape[1]))
        numpy.add.at(summed, numbers, scores)
        scores = summed
    covariance = bread @ (scores.T @ scores) @ bread / numpy.outer(scale, scale)
    parameters = scaled / scale
    return Estimate(
        model=model,
        names=names,
        parameters=parameters,
        covariance=covariance,
        log_likelihood=likelihood.value(scaled),
        log_likelihood_even=likelihood.value(numpy.zeros(len(names))),
        rows=choices.rows,
        income_always_pleases=_share_pleased(model, choices, parameters, names),
    )


def _scale(raw: FloatArray, names: tuple[str, ...]) -> FloatArray:
    """The standard deviation of each term between the points of a row, (k,)."""
    within = raw - raw.mean(axis=1, keepdims=True)
    scale: FloatArray = numpy.sqrt((within**2).mean(axis=(0, 1)))
    if not (scale > 0).all():
        name = names[int(numpy.argmin(scale))]
        raise BadInput("is the same at every point of hours, for everyone", field=name)
    return scale


def _maximum(likelihood: Likelihood, names: tuple[str, ...]) -> FloatArray:
    """Newton's steps within a trusted region, on the mean log-likelihood."""
    rows, start = likelihood.chosen.size, numpy.zeros(len(names))
    at_start = -likelihood.hessian(start)
    _refuse_alike(at_start, names)
    found = minimize(
        lambda b: -likelihood.value(b) / rows,
        start,
        jac=lambda b: -likelihood.gradient(b) / rows,
        hess=lambda b: -likelihood.hessian(b) / rows,
        method="trust-exact",
        options={"gtol": 1e-9, "maxiter": 200},
    )
    parameters: FloatArray = found.x
    at_maximum = -likelihood.hessian(parameters)
    values, vectors = eigh(at_maximum, at_start)
    if values[0] < LEAST_UNCERTAINTY:
        raise BadInput(
            f"{_largest(vectors[:, 0], names)} predict choices with certainty: there is no estimate",
            field="discrete_choice",
            remedy="fewer terms, or more rows",
        )
    if numpy.abs(likelihood.gradient(parameters)).max() / rows > 1e-6:
        raise BadInput(f"the likelihood has no maximum: {found.message}", field="discrete_choice")
    return parameters


def _refuse_alike(information: FloatArray, names: tuple[str, ...]) -> None:
    values, vectors = numpy.linalg.eigh(information)
    if values[0] < SMALLEST_INFORMATION * values[-1]:
        raise BadInput(
            f"the data do not tell {_largest(vectors[:, 0], names)} apart",
            field="discrete_choice",
            remedy="leave a term out, or give more points of hours",
        )


def _largest(vector: FloatArray, names: tuple[str, ...]) -> str:
    """The three terms that have most part in a direction."""
    return ", ".join(names[i] for i in numpy.argsort(-numpy.abs(vector))[:3])


def _share_pleased(
    model: DiscreteChoice, choices: Choices, parameters: FloatArray, names: tuple[str, ...]
) -> float:
    """Weighted share of observed choices at which the utility rises with income."""
    here = terms(model, choices.income, choices.covariates)
    y, leisure = here[..., names.index("income")], here[..., names.index("leisure")]
    a, b, c = (parameters[names.index(name)] for name in INCOME_TERMS)
    slope = (a + 2 * b * y + c * leisure)[numpy.arange(choices.rows), choices.chosen]
    return float(choices.weight @ (slope > 0) / choices.weight.sum())
