"""Theil, mean log deviation, generalised entropy and Atkinson, and what they say within and between groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy

from donghaeng.rules.faults import BadInput

from .definitions import MeasureName
from .design import numbered
from .distribution import Distribution
from .measure import Measure, taken_from
from .nonpositive import Incomes
from .sums import FloatArray, total


def generalised_entropy(
    distribution: Distribution, alpha: float, name: MeasureName = MeasureName.GENERALISED_ENTROPY
) -> Measure:
    """The mean of ((y/mean)^alpha - 1) / (alpha (alpha - 1)).

    At alpha = 1 that is the mean of (y/mean) ln(y/mean), Theil; at 0 the mean of ln(mean/y). Incomes must be
    above zero for alpha ≤ 0, and not negative otherwise (0 ln 0 is 0). Influence: Cowell and Flachaire 2007,
    Journal of Econometrics 141(2).

    >>> two = Distribution.of([1, 3])
    >>> [round(generalised_entropy(two, alpha).value, 6) for alpha in (0, 1, 2)]
    [0.143841, 0.130812, 0.125]
    """
    distribution.require(Incomes.ABOVE_ZERO if alpha <= 0 else Incomes.NOT_NEGATIVE, name)
    mean = distribution.positive_mean(name)
    people = distribution.people
    relative = distribution.income / mean
    each = _entropy(relative, alpha)
    value = total(distribution.weight * each) / people

    def linearised() -> FloatArray:
        slope = total(distribution.weight * relative * _slope(relative, alpha)) / people
        return distribution.to_rows((each - value - slope * (relative - 1)) / people)

    return taken_from(distribution, name, value, linearised, parameter=alpha)


def theil(distribution: Distribution) -> Measure:
    """Theil's T, generalised entropy at 1."""
    return generalised_entropy(distribution, 1, MeasureName.THEIL)


def mean_log_deviation(distribution: Distribution) -> Measure:
    """Theil's L, generalised entropy at 0."""
    return generalised_entropy(distribution, 0, MeasureName.MEAN_LOG_DEVIATION)


def atkinson(distribution: Distribution, epsilon: float) -> Measure:
    """One minus the income that all would need to be as well off, divided by the mean; epsilon > 0 is the
    aversion.

    Incomes must be above zero for epsilon ≥ 1, and not negative otherwise.

    >>> round(atkinson(Distribution.of([1, 3]), 1).value, 6)  # 1 - √3/2
    0.133975
    """
    name = MeasureName.ATKINSON
    if epsilon <= 0:
        raise BadInput(f"an aversion is above zero, not {epsilon:g}", field=name)
    distribution.require(Incomes.ABOVE_ZERO if epsilon >= 1 else Incomes.NOT_NEGATIVE, name)
    mean, people = distribution.positive_mean(name), distribution.people
    relative = distribution.income / mean
    power = 1 - epsilon
    each = numpy.log(relative) if power == 0 else relative**power
    average = total(distribution.weight * each) / people
    equivalent = float(numpy.exp(average)) if power == 0 else average ** (1 / power)

    def linearised() -> FloatArray:
        fall = each - average if power == 0 else (each / average - 1) / power
        return distribution.to_rows(equivalent * (relative - 1 - fall) / people)

    return taken_from(distribution, name, 1 - equivalent, linearised, parameter=epsilon)


@dataclass(frozen=True, slots=True)
class GroupPart:
    """One group: its code, its share of people, its mean by the mean of all, and the measure within it."""

    group: Any
    people_share: float
    relative_mean: float
    within: float


@dataclass(frozen=True, slots=True)
class Decomposition:
    """Generalised entropy as the sum of what is ``within`` groups and ``between`` them (Shorrocks 1980)."""

    alpha: float
    within: float
    between: float
    groups: tuple[GroupPart, ...]

    @property
    def whole(self) -> float:
        """The measure of all."""
        return self.within + self.between


def decompose(distribution: Distribution, groups: Any, alpha: float) -> Decomposition:
    """Generalised entropy by ``groups`` (n,), a code for each row as given.

    Within is the sum of each group's measure times its share of people times its relative mean to the power
    alpha; between is the measure if everyone had the mean of the group.

    >>> parts = decompose(Distribution.of([1, 1, 3, 3]), ["a", "a", "b", "b"], 0)
    >>> parts.within, round(parts.between, 6)
    (0.0, 0.143841)
    """
    name = MeasureName.GENERALISED_ENTROPY
    distribution.require(Incomes.ABOVE_ZERO if alpha <= 0 else Incomes.NOT_NEGATIVE, name)
    overall = distribution.positive_mean(name)
    codes = numpy.asarray(groups)
    if codes.shape != distribution.weights.shape:
        raise BadInput("one code a row is needed", field="groups")
    inside = codes[distribution.order]
    count, number = numbered(inside)
    people = numpy.bincount(number, weights=distribution.weight, minlength=count)
    weighted = distribution.weight * distribution.income
    income = numpy.bincount(number, weights=weighted, minlength=count)
    means = income / people
    if (means <= 0).any():
        raise BadInput("a group has no income at all", field="groups")
    each = distribution.weight * _entropy(distribution.income / means[number], alpha)
    within = numpy.bincount(number, weights=each, minlength=count) / people
    share, relative = people / distribution.people, means / overall
    first = numpy.zeros(count, dtype=numpy.int64)
    first[number[::-1]] = numpy.arange(len(number))[::-1]
    parts = zip(inside[first].tolist(), share, relative, within, strict=True)
    return Decomposition(
        alpha,
        within=total(share * relative**alpha * within),
        between=total(share * _entropy(relative, alpha)),
        groups=tuple(GroupPart(code, float(s), float(r), float(w)) for code, s, r, w in parts),
    )


def _entropy(relative: FloatArray, alpha: float) -> FloatArray:
    """What each relative income adds."""
    if alpha == 0:
        return numpy.asarray(-numpy.log(relative))
    if alpha == 1:
        return numpy.asarray(relative * numpy.log(numpy.where(relative > 0, relative, 1.0)))
    return numpy.asarray((relative**alpha - 1) / (alpha * (alpha - 1)))


def _slope(relative: FloatArray, alpha: float) -> FloatArray:
    """The derivative of ``_entropy``; at an income of zero it counts nothing, as it is multiplied by it."""
    known = numpy.where(relative > 0, relative, 1.0)
    if alpha == 0:
        return numpy.asarray(-1 / known)
    if alpha == 1:
        return numpy.asarray(numpy.log(known) + 1)
    return numpy.asarray(known ** (alpha - 1) / (alpha - 1))
