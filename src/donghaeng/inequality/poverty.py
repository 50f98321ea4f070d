"""Poverty: the line, how many are below it, and how far.

Poor is who has less than the line (Eurostat's "below"), not who has just as much. A line that is a share of the
median moves with the sample, and the influence of every measure includes that (Osier 2009; Berger and Skinner
2003, Journal of the Royal Statistical Society C 52(4)).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy

from donghaeng.rules.faults import BadInput

from .conventions import Quantile
from .definitions import MeasureName
from .densities import density
from .distribution import Distribution
from .measure import Measure, same_weights
from .nonpositive import Incomes
from .quantiles import quantile, quantile_value
from .sums import FloatArray, total

Line = Measure | float


def relative_line(
    distribution: Distribution, share: float = 0.5, convention: Quantile = Quantile.AVERAGED
) -> Measure:
    """A poverty line of ``share`` of the median. Of the baseline, it is an anchored line for a reform.

    >>> relative_line(Distribution.of([1, 2, 4]), 0.6).value
    1.2
    """
    if share <= 0:
        raise BadInput(f"a share of the median is above zero, not {share:g}", field="line")
    half = quantile(distribution, 0.5, convention)
    return Measure(
        MeasureName.POVERTY_LINE,
        share * half.value,
        distribution.weights,
        lambda: share * half.influence,
        (distribution.treatment,),
        convention,
        share,
    )


def foster_greer_thorbecke(
    distribution: Distribution,
    line: Line,
    alpha: float,
    name: MeasureName = MeasureName.FOSTER_GREER_THORBECKE,
) -> Measure:
    """The mean over all people of (1 - y/line)^alpha of the poor: 0 counts them, 1 is the gap, 2 its square.

    >>> four = Distribution.of([2, 4, 10, 10])
    >>> [foster_greer_thorbecke(four, 8.0, alpha).value for alpha in (0, 1, 2)]
    [0.5, 0.3125, 0.203125]
    """
    amount = line_amount(line, name)
    if alpha < 0:
        raise BadInput(f"alpha is zero or more, not {alpha:g}", field=name)
    poor = distribution.below(amount)
    people = distribution.people
    gap = 1 - distribution.income[:poor] / amount
    each = numpy.ones(poor) if alpha == 0 else gap**alpha
    value = total(distribution.weight[:poor] * each) / people

    def influence() -> FloatArray:
        found = numpy.full(len(distribution.income), -value / people)
        found[:poor] += each / people
        return found

    def slope() -> float:
        if alpha == 0:
            return density(distribution, amount)
        inner = distribution.weight[:poor] * distribution.income[:poor] * gap ** (alpha - 1)
        return alpha * total(inner) / (people * amount**2)

    return below_line(distribution, line, name, value, influence, slope, alpha)


def poverty_rate(distribution: Distribution, line: Line) -> Measure:
    """The share of people who have less than the line."""
    return foster_greer_thorbecke(distribution, line, 0, MeasureName.POVERTY_RATE)


def poverty_gap(distribution: Distribution, line: Line) -> Measure:
    """What the poor lack of the line, as a share of it, spread over all people."""
    return foster_greer_thorbecke(distribution, line, 1, MeasureName.POVERTY_GAP)


def poverty_severity(distribution: Distribution, line: Line) -> Measure:
    """The same with each gap squared."""
    return foster_greer_thorbecke(distribution, line, 2, MeasureName.POVERTY_SEVERITY)


def watts(distribution: Distribution, line: Line) -> Measure:
    """The mean over all people of ln(line/y) of the poor; incomes must be above zero."""
    name = MeasureName.WATTS
    distribution.require(Incomes.ABOVE_ZERO, name)
    amount = line_amount(line, name)
    poor = distribution.below(amount)
    people = distribution.people
    each = numpy.log(amount / distribution.income[:poor])
    value = total(distribution.weight[:poor] * each) / people

    def influence() -> FloatArray:
        found = numpy.full(len(distribution.income), -value / people)
        found[:poor] += each / people
        return found

    def slope() -> float:
        return total(distribution.weight[:poor]) / (people * amount)

    return below_line(distribution, line, name, value, influence, slope)


def median_gap(
    distribution: Distribution, line: Line, convention: Quantile = Quantile.AVERAGED
) -> Measure:
    """One minus the median income of the poor by the line. Raises BadInput if nobody is poor.

    Influence: Osier 2009, section 3.4: the median of the poor is the income that half as many do not exceed.
    """
    name = MeasureName.MEDIAN_GAP
    amount = line_amount(line, name)
    poor = distribution.below(amount)
    if not poor:
        raise BadInput("nobody is below the line: there is no gap", field=name)
    people = distribution.people
    share = float(distribution.people_up_to[poor - 1]) / people
    middle = quantile_value(distribution, share / 2, convention)

    def influence() -> FloatArray:
        scale = people * amount * density(distribution, middle)
        found = numpy.zeros(len(distribution.income))
        found[:poor] -= 0.5 / scale
        reached = distribution.up_to(middle)
        found[:reached] += 1 / scale
        centre = float(distribution.people_up_to[reached - 1]) / people - share / 2
        return found - centre / scale

    def slope() -> float:
        of_middle = 0.5 * density(distribution, amount) / density(distribution, middle)
        return (middle / amount - of_middle) / amount

    return below_line(
        distribution, line, name, 1 - middle / amount, influence, slope, convention=convention
    )


def line_amount(line: Line, name: MeasureName) -> float:
    """The amount of a line. Raises BadInput if it is not above zero."""
    amount = line.value if isinstance(line, Measure) else float(line)
    if not 0 < amount < float("inf"):
        raise BadInput(f"the poverty line is {amount:g}, not above zero", field=name)
    return amount


def below_line(
    distribution: Distribution,
    line: Line,
    name: MeasureName,
    value: float,
    influence: Callable[[], FloatArray],
    slope: Callable[[], float],
    parameter: float | None = None,
    convention: Quantile | None = None,
) -> Measure:
    """A measure of poverty: ``influence`` (m,) is as if the line stood still, ``slope`` is that in the line."""
    weights, treatments = distribution.weights, (distribution.treatment,)
    if isinstance(line, Measure):
        weights = same_weights(weights, line.weights)

    def linearised() -> FloatArray:
        found = distribution.to_rows(influence())
        if isinstance(line, Measure):
            found += slope() * line.influence
        return found

    return Measure(name, value, weights, linearised, treatments, convention, parameter)
