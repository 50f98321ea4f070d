"""Polarisation: how far people identify with those like them, and are far from the others.

Esteban and Ray (1994) ask it of groups, Duclos, Esteban and Ray (2004) of a density. Distances are divided by
the mean in both, so that neither changes when all incomes are doubled.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import numpy

from donghaeng.rules.faults import BadInput

from .conventions import PairScale
from .definitions import MeasureName
from .design import numbered
from .distribution import Distribution
from .lorenz import distances
from .measure import Measure, taken_from
from .nonpositive import Incomes
from .smoothing import smoothed
from .sums import FloatArray, running_sum, total

# Esteban and Ray (1994), theorem 1: alpha above zero and up to 1.6; Duclos et al. (2004), theorem 1: [0.25, 1].
MOST_ALPHA = 1.6
DENSITY_ALPHA = (0.25, 1.0)
# By which part the bandwidth is widened to see what that does to the index.
STEP = 0.003


def esteban_ray(
    distribution: Distribution,
    alpha: float = 1.3,
    groups: Any = None,
    constant: float = 1.0,
) -> Measure:
    """``constant`` × the sum over ordered pairs of groups of p_i^(1 + alpha) p_j |m_i - m_j| / mean.

    p is a group's share of people and m its mean. ``groups`` (n,) are codes of the rows; without them,
    everyone with the same income is a group, which says something only of few distinct incomes. Two halves at
    a distance d give constant × 2^-(1 + alpha) d / mean. The groups are held fixed in the influence.

    >>> esteban_ray(Distribution.of([1, 3]), alpha=1.0).value  # 2^-2 × 2 / 2
    0.25
    """
    name = MeasureName.ESTEBAN_RAY
    if not 0 < alpha <= MOST_ALPHA:
        raise BadInput(f"alpha is above 0 and at most {MOST_ALPHA:g}, not {alpha:g}", field=name)
    overall, people = distribution.positive_mean(name), distribution.people
    number = _group_of_row(distribution, groups)
    group_people = numpy.bincount(number, weights=distribution.weight)
    means = numpy.bincount(number, weights=distribution.weight * distribution.income) / group_people
    share = group_people / people
    own = share ** (1 + alpha)
    away, weighted_away = _away(means, share), _away(means, own)
    scale = constant / overall
    value = scale * total(own * away)

    def linearised() -> FloatArray:
        of_share = scale * ((1 + alpha) * share**alpha * away + weighted_away)
        of_mean = scale * (own * _side(means, share) + share * _side(means, own))
        moved = (of_share - total(of_share * share))[number] / people
        moved += (of_mean / group_people)[number] * (distribution.income - means[number])
        moved -= value / overall * (distribution.income - overall) / people
        return distribution.to_rows(moved)

    return taken_from(distribution, name, value, linearised, PairScale.ORDERED, alpha)


def _group_of_row(distribution: Distribution, groups: Any) -> Any:
    """The number of each row's group, (m,) in order of income."""
    if groups is None:
        number = numpy.zeros(len(distribution.income), dtype=numpy.int64)
        number[distribution.starts[1:]] = 1
        return numpy.cumsum(number)
    codes = numpy.asarray(groups)
    if codes.shape != distribution.weights.shape:
        raise BadInput("one code a row is needed", field="groups")
    return numbered(codes[distribution.order])[1]


def _away(means: FloatArray, share: FloatArray) -> FloatArray:
    """The sum of the distances from each mean to all others, each times its share."""
    order = numpy.argsort(means, kind="stable")
    people, income = numpy.cumsum(share[order]), numpy.cumsum((share * means)[order])
    found = numpy.empty_like(means)
    found[order] = means[order] * (2 * people - people[-1]) + income[-1] - 2 * income
    return found


def _side(means: FloatArray, share: FloatArray) -> FloatArray:
    """The shares of the groups with a lower mean less those of the groups with a higher one."""
    different, place = numpy.unique(means, return_inverse=True)
    of_mean = numpy.bincount(place, weights=share, minlength=len(different))
    reached = numpy.cumsum(of_mean)
    return numpy.asarray((2 * reached - of_mean - reached[-1])[place])


class Bandwidth(StrEnum):
    """The bandwidth of Duclos, Esteban and Ray's kernel, by their two rules for the least squared error.

    NEAR_NORMAL: 4.7 d^(-1/2) deviation alpha^0.1. SKEWED, for a skewness above 6 and incomes above zero:
    d^(-1/2) IQ (3.76 + 14.7 s) / (1 + 0.000109 s)^(7268 + 15323 alpha), with IQ the interquartile range and s
    the deviation of log income. Both as the authors' package DASP computes them, but that d counts different
    incomes, not rows: a household may then be one row or one for each person.
    """

    NEAR_NORMAL = "near_normal"
    SKEWED = "skewed"


def duclos_esteban_ray(
    distribution: Distribution,
    alpha: float = 0.5,
    scale: PairScale = PairScale.ORDERED,
    bandwidth: Bandwidth | float = Bandwidth.NEAR_NORMAL,
) -> Measure:
    """The integral of f(x)^(1 + alpha) f(y) |x - y|, with incomes divided by their mean and f their density.

    Estimated as the mean of f(y)^alpha a(y) over people, where a(y) is the mean distance to all others, with a
    Gaussian kernel. ``bandwidth`` may be a number, in means. The Gini coefficient would be half of it at alpha
    = 0, so that PairScale.UNORDERED stands beside it. Influence: their theorem 3, but
    with the kernel instead of its limit, and with the deviation on which NEAR_NORMAL rests (SKEWED is held
    fixed).

    Raises BadInput for an alpha outside of [0.25, 1], and where all incomes are equal.
    """
    name = MeasureName.DUCLOS_ESTEBAN_RAY
    lowest, highest = DENSITY_ALPHA
    if not lowest <= alpha <= highest:
        raise BadInput(f"alpha lies in [{lowest:g}, {highest:g}], not at {alpha:g}", field=name)
    mean, people = distribution.positive_mean(name), distribution.people
    if isinstance(bandwidth, Bandwidth):
        width = optimal_bandwidth(distribution, alpha, bandwidth) / mean
    else:
        width = bandwidth
    if width <= 0:
        raise BadInput(f"the bandwidth is {width:g}, not above zero", field=name)
    income = distribution.income / mean
    density = smoothed(income, distribution.weight, width)
    like_me = density**alpha
    away = distances(distribution) / distribution.all_income
    factor = 1.0 if scale is PairScale.ORDERED else 0.5
    value = factor * total(distribution.weight * like_me * away) / people

    def linearised() -> FloatArray:
        near = running_sum(distribution.weight * like_me) / people
        near_income = running_sum(distribution.weight * like_me * income) / people
        to_others = income * (2 * near - near[-1]) + near_income[-1] - 2 * near_income
        # What a row adds to the density of those near it: their theorem 3 has its limit, alpha like_me away.
        theirs = distribution.weight * like_me / density * away
        added = smoothed(income, theirs, width) * (total(theirs) / people)
        moved = factor * (like_me * away + alpha * added + to_others) - (2 + alpha) * value
        wider = smoothed(income, distribution.weight, (1 + STEP) * width) ** alpha
        slope = factor * total(distribution.weight * (wider - like_me) * away) / (STEP * people)
        moved += slope * _bandwidth_moves(distribution, bandwidth)
        moved += (alpha - 1) * value * (income - 1)
        return distribution.to_rows(moved / people)

    return taken_from(distribution, name, value, linearised, scale, alpha)


def _bandwidth_moves(
    distribution: Distribution, bandwidth: Bandwidth | float
) -> FloatArray | float:
    """The influence of the logarithm of the bandwidth in money, times the people, (m,)."""
    from_mean = distribution.income - distribution.mean
    if bandwidth is Bandwidth.SKEWED:
        return 0.0
    if bandwidth is Bandwidth.NEAR_NORMAL:
        return numpy.asarray((from_mean / distribution.deviation) ** 2 / 2 - 0.5)
    return numpy.asarray(from_mean / distribution.mean)


def optimal_bandwidth(distribution: Distribution, alpha: float, rule: Bandwidth) -> float:
    """The bandwidth of ``rule``, in the unit of income. Raises BadInput if all incomes are equal."""
    different = len(distribution.starts)
    if different < 2:
        raise BadInput("all incomes are equal: there is no density", field=rule)
    if rule is Bandwidth.NEAR_NORMAL:
        return float(4.7 * different**-0.5 * distribution.deviation * alpha**0.1)
    distribution.require(Incomes.ABOVE_ZERO, MeasureName.DUCLOS_ESTEBAN_RAY)
    logs = numpy.log(distribution.income)
    average = total(distribution.weight * logs) / distribution.people
    spread = float(
        numpy.sqrt(total(distribution.weight * (logs - average) ** 2) / distribution.people)
    )
    widest = different**-0.5 * distribution.interquartile_range * (3.76 + 14.7 * spread)
    return float(widest / (1 + 1.09e-4 * spread) ** (7268 + 15323 * alpha))
