"""Whether the middle empties: Wolfson's index, and how many the middle class are and what they have."""

from __future__ import annotations

import numpy

from donghaeng.rules.faults import BadInput

from .conventions import Quantile, WolfsonScale
from .definitions import MeasureName
from .densities import density
from .distribution import Distribution
from .lorenz import gini, poorest, poorest_influence
from .measure import Measure, taken_from
from .quantiles import median
from .sums import FloatArray

# From which to which multiple of the median: Statistics Korea counts 50 to 150 %, the OECD (2019) 75 to 200 %.
FIFTY_TO_150 = (0.5, 1.5)
OECD = (0.75, 2.0)


def wolfson(distribution: Distribution, scale: WolfsonScale = WolfsonScale.USUAL) -> Measure:
    """2 (2T - G) mean/median, with T = 1/2 - L(1/2) and G the Gini coefficient (Wolfson 1994).

    On the usual scale 1/3 for a uniform distribution from zero, and 1 where half of the people have nothing
    and the other half the same; PySAL returns half of it. Raises BadInput if the median is not above zero.

    >>> wolfson(Distribution.of([0, 0, 2, 2])).value, wolfson(Distribution.of([1, 1, 1])).value
    (1.0, 0.0)
    """
    name = MeasureName.WOLFSON
    middle = median(distribution)
    if middle.value <= 0:
        raise BadInput(f"the median income is {middle.value:g}, not above zero", field=name)
    unequal = gini(distribution)
    mean, people = distribution.mean, distribution.people
    factor = 2.0 if scale is WolfsonScale.USUAL else 1.0
    lower_half = poorest(distribution, 0.5) / people
    # (2T - G) mean = mean - 2 (income of the lower half, by all people) - G mean
    spread = mean - 2 * lower_half - unequal.value * mean
    value = factor * spread / middle.value

    def linearised() -> FloatArray:
        moved = (1 - unequal.value) * (distribution.income - mean)
        moved -= 2 * poorest_influence(distribution, 0.5)
        found = distribution.to_rows(moved / people) - mean * unequal.influence
        return (factor * found - value * middle.influence) / middle.value

    return taken_from(distribution, name, value, linearised, scale)


def middle_class_share(
    distribution: Distribution,
    bounds: tuple[float, float] = FIFTY_TO_150,
    name: MeasureName = MeasureName.MIDDLE_CLASS_SHARE,
) -> Measure:
    """The share of people from ``bounds[0]`` to ``bounds[1]`` times the median, both ends with them.

    >>> middle_class_share(Distribution.of([1, 2, 4, 6, 9])).value
    0.6
    """
    middle, low, high, inside = _middle(distribution, bounds)
    people = distribution.people
    value = float(distribution.weight[inside].sum()) / people

    def linearised() -> FloatArray:
        found = numpy.full(len(distribution.income), -value / people)
        found[inside] += 1 / people
        slope = bounds[1] * density(distribution, high) - bounds[0] * density(distribution, low)
        return distribution.to_rows(found) + slope * middle.influence

    return taken_from(distribution, name, value, linearised)


def middle_class_income(
    distribution: Distribution, bounds: tuple[float, float] = FIFTY_TO_150
) -> Measure:
    """The share of all income that the people between the bounds have."""
    name = MeasureName.MIDDLE_CLASS_INCOME
    mean = distribution.positive_mean(name)
    middle, low, high, inside = _middle(distribution, bounds)
    theirs = distribution.weight[inside] * distribution.income[inside]
    value = float(theirs.sum()) / distribution.all_income

    def linearised() -> FloatArray:
        found = -value * distribution.income
        found[inside] += distribution.income[inside]
        upper = bounds[1] * high * density(distribution, high)
        lower = bounds[0] * low * density(distribution, low)
        rows = distribution.to_rows(found) / distribution.all_income
        return rows + (upper - lower) / mean * middle.influence

    return taken_from(distribution, name, value, linearised)


def _middle(
    distribution: Distribution, bounds: tuple[float, float]
) -> tuple[Measure, float, float, slice]:
    """The median, both ends of the middle class, and the rows between them."""
    if not 0 < bounds[0] < bounds[1]:
        raise BadInput(
            "the bounds are multiples of the median, the lower one first",
            field=f"{bounds[0]:g}, {bounds[1]:g}",
        )
    middle = median(distribution, Quantile.AVERAGED)
    low, high = bounds[0] * middle.value, bounds[1] * middle.value
    return middle, low, high, slice(distribution.below(low), distribution.up_to(high))
