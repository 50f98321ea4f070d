"""A measure of a distribution: its value, and what each row adds to its error.

The influence is Deville's linearised variable: how fast the measure moves when a row's weight grows. The
weighted total of the influence varies from sample to sample as the measure itself does, so that the
standard error of a total serves every measure (Deville 1999, Survey Methodology 25(2); Osier 2009, Survey
Research Methods 3(3); Binder and Kovačević 1995, Survey Methodology 21(2)). Differences and ratios of
measures on one sample have an influence too, and with it their standard error is that of a paired comparison.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy

from donghaeng.rules.faults import BadInput

from .conventions import Convention
from .definitions import DEFINITIONS, MeasureName
from .design import Design
from .distribution import Distribution
from .nonpositive import Treatment
from .sums import FloatArray


@dataclass(frozen=True, eq=False)
class Measure:
    """One figure about a distribution.

    ``weights`` (n,) are those it was taken with, 0 for rows outside; ``linearised`` gives the influence
    when it is asked for; ``treatments`` say what the rules for incomes of zero or less did, one for each
    distribution in it; ``parameter`` is the alpha, epsilon or share that the measure depends on.
    """

    name: MeasureName
    value: float
    weights: FloatArray
    linearised: Callable[[], FloatArray]
    treatments: tuple[Treatment, ...] = ()
    convention: Convention | None = None
    parameter: float | None = None

    @cached_property
    def influence(self) -> FloatArray:
        """How fast the value moves with the weight of each row, (n,); computed once, when asked for."""
        return self.linearised()

    @property
    def label(self) -> str:
        """The measure's name in the catalogue."""
        return DEFINITIONS[self.name].label

    @property
    def citation(self) -> str:
        """Where the measure is defined."""
        return DEFINITIONS[self.name].citation

    @property
    def touched_rows(self) -> int:
        """Rows that the rule for incomes of zero or less changed or left out."""
        return sum(each.rows for each in self.treatments)

    @property
    def touched_weight(self) -> float:
        """The people for whom those rows stand."""
        return sum(each.weight for each in self.treatments)

    def standard_error(self, design: Design) -> float:
        """The standard error under ``design``.

        Raises BadInput if the design has other rows, or other weights than the measure was taken with.
        """
        same_weights(self.weights, design.weights)
        return design.standard_error(self.influence)

    def interval(self, design: Design, level: float = 0.95) -> tuple[float, float]:
        """Both ends at ``level``, by Student's t with clusters less strata degrees of freedom."""
        from scipy.special import stdtrit

        if not 0 < level < 1:
            raise BadInput("a level lies between 0 and 1", field=f"{level:g}")
        reach = float(stdtrit(design.freedom, (1 + level) / 2)) * self.standard_error(design)
        return self.value - reach, self.value + reach


def taken_from(
    distribution: Distribution,
    name: MeasureName,
    value: float,
    linearised: Callable[[], FloatArray],
    convention: Convention | None = None,
    parameter: float | None = None,
) -> Measure:
    """A measure of one distribution; ``linearised`` gives the influence in the order of the rows."""
    weights, treatments = distribution.weights, (distribution.treatment,)
    return Measure(name, value, weights, linearised, treatments, convention, parameter)


def same_weights(one: FloatArray, other: FloatArray) -> FloatArray:
    """The weights of two that share a sample: equal wherever both count a row.

    Raises BadInput if they do not share one.
    """
    if one is other:
        return one
    if one.shape != other.shape:
        raise BadInput(f"{len(one):,} rows here and {len(other):,} there: not one sample")
    if numpy.array_equal(one, other):
        return one
    if ((one != other) & (one > 0) & (other > 0)).any():
        raise BadInput(
            "a row has another weight here than there",
            field="weights",
            remedy="take measures and design from the same weights (households times persons, or persons)",
        )
    return numpy.maximum(one, other)


def difference(reform: Measure, baseline: Measure) -> Measure:
    """``reform`` less ``baseline`` on the same rows: their errors, which go together, are set off.

    >>> from donghaeng.inequality import Design, Distribution, gini
    >>> weights = [1, 1, 1, 1]
    >>> before, after = (gini(Distribution.of(y, weights)) for y in ([1, 2, 3, 6], [2, 2, 3, 5]))
    >>> change = difference(after, before)
    >>> round(change.value, 4), round(change.standard_error(Design(weights)), 4)
    (-0.125, 0.08)
    """
    return _of_two(
        MeasureName.DIFFERENCE, reform, baseline, reform.value - baseline.value, 1.0, -1.0
    )


def ratio(reform: Measure, baseline: Measure) -> Measure:
    """``reform`` divided by ``baseline`` on the same rows. Raises BadInput if the baseline is zero."""
    value = _divided(reform, baseline)
    return _of_two(
        MeasureName.RATIO, reform, baseline, value, 1 / baseline.value, -value / baseline.value
    )


def relative_change(reform: Measure, baseline: Measure) -> Measure:
    """``reform`` divided by ``baseline``, less 1. Raises BadInput if the baseline is zero."""
    value = _divided(reform, baseline)
    name = MeasureName.RELATIVE_CHANGE
    return _of_two(name, reform, baseline, value - 1, 1 / baseline.value, -value / baseline.value)


def _divided(reform: Measure, baseline: Measure) -> float:
    if baseline.value == 0:
        raise BadInput("the baseline is zero: there is no ratio to it", field=baseline.name)
    return reform.value / baseline.value


def _of_two(
    name: MeasureName, one: Measure, other: Measure, value: float, first: float, second: float
) -> Measure:
    """A function of two measures with its derivatives by the ``first`` and the ``second``."""
    weights = same_weights(one.weights, other.weights)

    def linearised() -> FloatArray:
        return first * one.influence + second * other.influence

    return Measure(name, value, weights, linearised, one.treatments + other.treatments)
