"""What an estimated choice of hours says: the response to a reform, elasticities, and a calibration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy

from donghaeng.policy.labour.arrays import FloatArray
from donghaeng.policy.labour.calibration import Target, find_parameter
from donghaeng.policy.labour.comparison import Drawn, drawn
from donghaeng.policy.labour.response import Response, Touched
from donghaeng.policy.labour.settings import Rung
from donghaeng.rules.faults import BadInput, nearest

from .choices import Choices, check_income
from .estimation import Estimate
from .likelihood import probabilities
from .transitions import transition_probabilities
from .utility import terms

NAME = "discrete_choice"
# Rows that are answered at once: bounds memory, and decides nothing else.
BLOCK = 2**16


def predicted(
    estimate: Estimate, income: FloatArray, covariates: Mapping[str, FloatArray]
) -> FloatArray:
    """The probability of every point at the incomes (n, m), in won a month."""
    return probabilities(terms(estimate.model, income, covariates) @ estimate.parameters)


def choices_under(estimate: Estimate, choices: Choices, income_reform: FloatArray) -> FloatArray:
    """The probability of every point under a reform, (n, m), given the point that was observed.

    With ``consequences`` they give incomes and costs over all points of hours.

    Raises:
        BadInput: for incomes that are not known at every point.
    """
    choices.check_points(estimate.model)
    check_income(income_reform, "income_reform", choices.income.shape)
    moves = numpy.empty(choices.income.shape)
    for start in range(0, choices.rows, BLOCK):
        rows = slice(start, start + BLOCK)
        covariates = {name: values[rows] for name, values in choices.covariates.items()}
        before = predicted(estimate, choices.income[rows], covariates)
        after = predicted(estimate, income_reform[rows], covariates)
        moves[rows] = transition_probabilities(before, after, choices.chosen[rows])
    return moves


def respond_by_choice(estimate: Estimate, choices: Choices, income_reform: FloatArray) -> Response:
    """The response to incomes (n, m) under a reform, from the points that were observed.

    Raises:
        BadInput: for incomes that are not known at every point.
    """
    moves = choices_under(estimate, choices, income_reform)
    hours = numpy.asarray(estimate.model.hours)
    own = choices.chosen[:, None]
    return Response(
        rungs=(Rung.DISCRETE_CHOICE,),
        name=NAME,
        weight=choices.weight,
        groups=choices.groups,
        work_before=(choices.chosen > 0).astype(numpy.float64),
        work_after=1 - moves[:, 0],
        earnings_before=numpy.take_along_axis(choices.earnings, own, axis=1)[:, 0],
        earnings_at_work=_given_work(moves, choices.earnings),
        hours_before=hours[choices.chosen],
        hours_at_work=_given_work(moves, numpy.broadcast_to(hours, moves.shape)),
        touched=Touched(),
    )


def choice_draws(estimate: Estimate, seed: int, count: int) -> tuple[Estimate, ...]:
    """The estimate ``count`` times, its parameters drawn from their joint normal distribution."""
    key = numpy.array([seed, 1], dtype=numpy.uint64)
    random = numpy.random.Generator(numpy.random.Philox(key=key))
    values, vectors = numpy.linalg.eigh(estimate.covariance)
    root = vectors * numpy.sqrt(numpy.maximum(values, 0.0))
    normal = random.standard_normal((count, len(estimate.names)))
    return tuple(replace(estimate, parameters=estimate.parameters + root @ row) for row in normal)


def respond_by_choice_with_draws(
    estimate: Estimate,
    choices: Choices,
    income_reform: FloatArray,
    *,
    seed: int,
    count: int,
    by: str | None = None,
) -> Drawn:
    """The response, and its changes under ``count`` draws of the estimated parameters."""
    under = (
        respond_by_choice(each, choices, income_reform)
        for each in choice_draws(estimate, seed, count)
    )
    return drawn(respond_by_choice(estimate, choices, income_reform), under, by)


@dataclass(frozen=True)
class SimulatedElasticities:
    """To the gross wage: of all hours, of the share at work, and of the hours of those at work."""

    hours: float
    participation: float
    hours_at_work: float


def simulated_elasticities(
    estimate: Estimate, choices: Choices, income_raised: FloatArray, *, step: float = 0.01
) -> SimulatedElasticities:
    """Elasticities of the predicted means to the gross wage, by simulation.

    Args:
        income_raised: (n, m) disposable income with gross wages higher by ``step``.
        step: 0.01 is a rise of 1 %.

    The three are arcs of the same step, and (1 + s h) = (1 + s p)(1 + s w) holds between them.
    """
    check_income(income_raised, "income_raised", choices.income.shape)
    hours = numpy.asarray(estimate.model.hours)

    def means(income: FloatArray) -> tuple[float, float]:
        shares = choices.weight @ predicted(estimate, income, choices.covariates)
        shares = shares / choices.weight.sum()
        return float(shares @ hours), float(shares[1:].sum())

    (hours_0, work_0), (hours_1, work_1) = means(choices.income), means(income_raised)
    return SimulatedElasticities(
        hours=(hours_1 / hours_0 - 1) / step,
        participation=(work_1 / work_0 - 1) / step,
        hours_at_work=((hours_1 / work_1) / (hours_0 / work_0) - 1) / step,
    )


@dataclass(frozen=True)
class CalibratedChoice:
    """The estimate with parameters multiplied by a factor, and the difference that it gives.

    ``low`` and ``high`` are the factors that meet the ends of the target.
    """

    estimate: Estimate
    factor: float
    low: float
    high: float
    points: float


def calibrate_choice(
    estimate: Estimate,
    choices: Choices,
    income_reform: FloatArray,
    target: Target,
    *,
    parameters: tuple[str, ...],
    between: tuple[float, float],
) -> CalibratedChoice:
    """The factor on named parameters such that treated heads' work differs by the target.

    Args:
        parameters: such as the terms of income, or ``fixed_cost``.
        between: the least and the most that the factor may be.

    Raises:
        BadInput: for unknown parameters, where no factor gives the target, or several do.
    """
    for name in parameters:
        if name not in estimate.names:
            known = nearest(name, estimate.names) or f"one of {', '.join(estimate.names)}"
            raise BadInput(f"there is no parameter {name!r}", field="parameters", remedy=known)
    heads = choices.treated & choices.head
    if not heads.any():
        raise BadInput("no head of a household is in the treated cell", field="treated")
    scaled = numpy.array([name in parameters for name in estimate.names])

    def with_factor(factor: float) -> Estimate:
        factors = numpy.where(scaled, factor, 1.0)
        return replace(
            estimate,
            parameters=factors * estimate.parameters,
            covariance=estimate.covariance * numpy.outer(factors, factors),
        )

    def difference(factor: float) -> float:
        response = respond_by_choice(with_factor(factor), choices, income_reform)
        return response.change("treated heads", heads).points

    field = f"factor of {', '.join(parameters)}"
    factor, *ends = (
        find_parameter(difference, points, between, field)
        for points in (target.points, target.low, target.high)
    )
    return CalibratedChoice(
        with_factor(factor),
        factor,
        min(*ends, factor),
        max(*ends, factor),
        difference(factor),
    )


def _given_work(moves: FloatArray, amounts: FloatArray) -> FloatArray:
    """The expected amount given that a person works, (n,); 0 for who certainly does not."""
    work = moves[:, 1:].sum(axis=1)
    total = (moves[:, 1:] * amounts[:, 1:]).sum(axis=1)
    mean: FloatArray = numpy.divide(total, work, out=numpy.zeros_like(work), where=work > 0)
    return mean
