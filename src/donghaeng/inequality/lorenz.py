"""What the Lorenz curve tells: the Gini coefficient, and the shares of the poorest and the richest."""

from __future__ import annotations

import numpy

from donghaeng.rules.faults import BadInput

from .conventions import Quantile, Shares
from .definitions import MeasureName
from .distribution import Distribution
from .measure import Measure, taken_from
from .quantiles import quantile_value
from .sums import FloatArray, total


def gini(distribution: Distribution) -> Measure:
    """The Gini coefficient: the mean difference of all pairs, each person with itself too, by twice the mean.

    1 - 1/n where one of n has everything. Above 1 is possible with negative incomes. Raises BadInput if the
    mean is not above zero. Influence: Binder and Kovačević 1995; Deville 1999.

    >>> gini(Distribution.of([1, 2, 3, 6])).value
    0.3333333333333333
    """
    distribution.positive_mean(MeasureName.GINI)
    income, people, everything = distribution.income, distribution.people, distribution.all_income
    ranks = 2 * distribution.people_up_to
    ranks -= distribution.weight
    ranks -= people
    ranks *= distribution.weight
    ranks *= income
    value = total(ranks) / (people * everything)

    def linearised() -> FloatArray:
        influence = distances(distribution)
        influence -= value * everything
        influence -= (value * people) * income
        influence /= people * everything
        return distribution.to_rows(influence)

    return taken_from(distribution, MeasureName.GINI, value, linearised)


def distances(distribution: Distribution) -> FloatArray:
    """The weighted sum of the distances from each row's income to all others, (m,) in order of income."""
    found = 2 * distribution.people_up_to
    found -= distribution.people
    found *= distribution.income
    found += distribution.all_income
    found -= 2 * distribution.income_up_to
    return found


def poorest(distribution: Distribution, share: float) -> float:
    """The income of the poorest ``share`` of people together; whoever stands at the border counts in part.

    >>> poorest(Distribution.of([1, 2, 3, 4]), 0.625)
    4.5
    """
    target = share * distribution.people
    place = _border(distribution, target)
    before = place and float(distribution.people_up_to[place - 1])
    income = place and float(distribution.income_up_to[place - 1])
    return float(income + distribution.income[place] * (target - before))


def poorest_influence(distribution: Distribution, share: float) -> FloatArray:
    """The influence of ``poorest`` divided by the people, times the people: (m,) in order of income.

    (y - q)[y ≤ q] + share q less its mean: no density is needed (Langel and Tillé 2011, Survey Research
    Methods 5(3)).
    """
    border = float(distribution.income[_border(distribution, share * distribution.people)])
    mean = poorest(distribution, share) / distribution.people
    return numpy.asarray(numpy.minimum(distribution.income - border, 0.0) + (share * border - mean))


def share_ratio(
    distribution: Distribution,
    top: float,
    bottom: float,
    convention: Shares = Shares.EUROSTAT,
    name: MeasureName = MeasureName.SHARE_RATIO,
) -> Measure:
    """What the richest ``top`` share of people has, divided by what the poorest ``bottom`` share has.

    Raises BadInput if the poorest have nothing together, and, where persons are whole, if nobody is above.

    >>> ten = Distribution.of([1, 1, 2, 2, 3, 3, 4, 4, 5, 7])
    >>> share_ratio(ten, 0.2, 0.2).value, share_ratio(ten, 0.15, 0.2, Shares.INTERPOLATED).value
    (6.0, 4.75)
    """
    if not (0 < top < 1 and 0 < bottom < 1):
        raise BadInput("a share lies between 0 and 1", field=f"{top:g}, {bottom:g}")
    exact_low = poorest(distribution, bottom)
    exact_high = distribution.all_income - poorest(distribution, 1 - top)
    if convention is Shares.INTERPOLATED:
        low, high = exact_low, exact_high
    else:
        low, high = _whole_persons(distribution, top, bottom)
    if low <= 0 or exact_low <= 0:
        raise BadInput(f"the poorest {bottom:g} have no income together", field=name)
    value = high / low

    def linearised() -> FloatArray:
        below = poorest_influence(distribution, bottom)
        above = distribution.income - distribution.mean - poorest_influence(distribution, 1 - top)
        return distribution.to_rows(value * (above / exact_high - below / exact_low))

    return taken_from(distribution, name, value, linearised, convention)


def s80_s20(distribution: Distribution, convention: Shares = Shares.EUROSTAT) -> Measure:
    """The richest fifth against the poorest fifth."""
    return share_ratio(distribution, 0.2, 0.2, convention, MeasureName.S80_S20)


def palma(distribution: Distribution, convention: Shares = Shares.INTERPOLATED) -> Measure:
    """The richest tenth against the poorest four tenths."""
    return share_ratio(distribution, 0.1, 0.4, convention, MeasureName.PALMA)


def _border(distribution: Distribution, target: float) -> int:
    """The row in which the people reach ``target``."""
    return min(int(distribution.people_up_to.searchsorted(target)), len(distribution.income) - 1)


def _whole_persons(distribution: Distribution, top: float, bottom: float) -> tuple[float, float]:
    """The income of all at or below the lower quantile, and of all above the upper one."""
    low = distribution.up_to(quantile_value(distribution, bottom, Quantile.AVERAGED))
    high = distribution.up_to(quantile_value(distribution, 1 - top, Quantile.AVERAGED))
    if high == len(distribution.income):
        raise BadInput(
            f"nobody is above the quantile at {1 - top:g}: too many share the highest income",
            field=Shares.EUROSTAT,
            remedy="read the shares from the Lorenz curve",
        )
    up_to = distribution.income_up_to
    return float(up_to[low - 1]), float(distribution.all_income - up_to[high - 1])
