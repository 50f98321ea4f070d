"""Inequality, poverty and polarisation once more: from the definitions, pair by pair, in exact fractions.

Written from the papers alone, without arrays and without sorting where a pair will do, and sharing nothing
with the package that it checks. ``people`` are pairs of an income and a weight.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

People = Sequence[tuple[Fraction, Fraction]]


def population(
    incomes: Sequence[float], weights: Sequence[float]
) -> list[tuple[Fraction, Fraction]]:
    """Exactly the figures that a program was given."""
    return [(Fraction(y), Fraction(w)) for y, w in zip(incomes, weights, strict=True)]


def size(people: People) -> Fraction:
    return sum((w for _, w in people), Fraction())


def mean(people: People) -> Fraction:
    return sum((w * y for y, w in people), Fraction()) / size(people)


def gini(people: People) -> Fraction:
    """The mean absolute difference of all pairs, each with itself too, by twice the mean (Sen 1973)."""
    apart = sum((v * w * abs(x - y) for x, v in people for y, w in people), Fraction())
    return apart / (2 * size(people) ** 2 * mean(people))


def concentration(people: People, amounts: Sequence[Fraction]) -> Fraction:
    """Twice the covariance of amount and rank by the mean amount; equals share their rank."""
    everyone = size(people)
    together = covariance = Fraction()
    for (y, w), amount in zip(people, amounts, strict=True):
        poorer = sum((v for x, v in people if x < y), Fraction())
        equal = sum((v for x, v in people if x == y), Fraction())
        rank = (poorer + equal / 2) / everyone
        covariance += w * amount * (rank - Fraction(1, 2))
        together += w * amount
    return 2 * covariance / together


def quantile(people: People, share: Fraction) -> Fraction:
    """The lowest income that a share of people reaches; the mean with the next one if met exactly."""
    target = share * size(people)
    reached = Fraction()
    ordered = sorted(people)
    for place, (y, w) in enumerate(ordered):
        reached += w
        if reached == target and place + 1 < len(ordered):
            return (y + ordered[place + 1][0]) / 2
        if reached >= target:
            return y
    return ordered[-1][0]


def lorenz(people: People, share: Fraction) -> Fraction:
    """The part of all income that the poorest share has, linear within a person."""
    left = share * size(people)
    income = Fraction()
    for y, w in sorted(people):
        taken = min(w, left)
        income += taken * y
        left -= taken
    return income / (mean(people) * size(people))


def whole_share_ratio(people: People, top: Fraction, bottom: Fraction) -> Fraction:
    """Income above a quantile by income at or below one (Eurostat)."""
    low, high = quantile(people, bottom), quantile(people, 1 - top)
    rich = sum((w * y for y, w in people if y > high), Fraction())
    return rich / sum((w * y for y, w in people if y <= low), Fraction())


def wolfson(people: People) -> Fraction:
    """2(2T - G) mean/median (Wolfson 1994)."""
    half = Fraction(1, 2)
    t = half - lorenz(people, half)
    return 2 * (2 * t - gini(people)) * mean(people) / quantile(people, half)


def foster_greer_thorbecke(people: People, line: Fraction, alpha: int) -> Fraction:
    poor = sum((w * (1 - y / line) ** alpha for y, w in people if y < line), Fraction())
    return poor / size(people)


def sen(people: People, line: Fraction) -> Fraction:
    """H (I + (1 - I) G), all three among the poor (Sen 1976)."""
    poor = [(y, w) for y, w in people if y < line]
    if not poor:
        return Fraction()
    share, gap = size(poor) / size(people), 1 - mean(poor) / line
    unequal = gini(poor) if mean(poor) else Fraction()
    return share * (gap + (1 - gap) * unequal)


def sen_shorrocks_thon(people: People, line: Fraction) -> Fraction:
    """The mean gap times one plus the Gini coefficient of the gaps (Shorrocks 1995)."""
    gaps = [(max(1 - y / line, Fraction()), w) for y, w in people]
    return mean(gaps) * (1 + gini(gaps)) if mean(gaps) else Fraction()


def median_gap(people: People, line: Fraction) -> Fraction:
    poor = [(y, w) for y, w in people if y < line]
    return 1 - quantile(poor, Fraction(1, 2)) / line


def esteban_ray(people: People, alpha: float) -> float:
    """The double sum over everyone with the same income, by the mean (Esteban and Ray 1994)."""
    share: dict[Fraction, float] = {}
    for y, w in people:
        share[y] = share.get(y, 0.0) + float(w / size(people))
    return sum(
        p ** (1 + alpha) * q * float(abs(x - y)) for x, p in share.items() for y, q in share.items()
    ) / float(mean(people))


def generalised_entropy(people: People, alpha: float) -> float:
    average, everyone = mean(people), size(people)
    each = ((float(y / average), float(w / everyone)) for y, w in people)
    if alpha == 0:
        return -math.fsum(w * math.log(r) for r, w in each)
    if alpha == 1:
        return math.fsum(w * r * math.log(r) for r, w in each if r > 0)
    return math.fsum(w * (r**alpha - 1) for r, w in each) / (alpha * (alpha - 1))


def duclos_esteban_ray(people: People, alpha: float, bandwidth: float) -> float:
    """Every density and every distance pair by pair, incomes by their mean (Duclos et al. 2004)."""
    average, everyone = mean(people), size(people)
    each = [(float(y / average), float(w / everyone)) for y, w in people]
    scale = bandwidth * math.sqrt(2 * math.pi)
    found = 0.0
    for x, v in each:
        density = math.fsum(
            w * math.exp(-(((x - y) / bandwidth) ** 2) / 2) / scale for y, w in each
        )
        found += v * density**alpha * math.fsum(w * abs(x - y) for y, w in each)
    return found
