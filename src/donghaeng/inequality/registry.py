"""The measures that are computed by name from one distribution: a list of them in a plan is a list of words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from donghaeng.rules.faults import BadInput, nearest

from .bipolarisation import OECD, middle_class_share, wolfson
from .definitions import MeasureName
from .distribution import Distribution
from .entropy import atkinson, generalised_entropy, mean_log_deviation, theil
from .lorenz import gini, palma, s80_s20
from .measure import Measure
from .polarisation import duclos_esteban_ray
from .poverty import Line, median_gap, poverty_gap, poverty_rate, poverty_severity, watts
from .quantiles import median, percentile_ratio
from .sen import sen, sen_shorrocks_thon
from .totals import mean

Name = MeasureName
OfIncomes = Callable[[Distribution], Measure]
OfPoverty = Callable[[Distribution, Line], Measure]
WithParameter = Callable[[Distribution, float], Measure]


def _ratio(name: MeasureName, upper: float, lower: float) -> OfIncomes:
    return lambda distribution: percentile_ratio(distribution, upper, lower, name=name)


OF_INCOMES: dict[MeasureName, OfIncomes] = {
    Name.MEAN: mean,
    Name.MEDIAN: median,
    Name.GINI: gini,
    Name.S80_S20: s80_s20,
    Name.PALMA: palma,
    Name.D9_D1: _ratio(Name.D9_D1, 0.9, 0.1),
    Name.D9_D5: _ratio(Name.D9_D5, 0.9, 0.5),
    Name.D5_D1: _ratio(Name.D5_D1, 0.5, 0.1),
    Name.THEIL: theil,
    Name.MEAN_LOG_DEVIATION: mean_log_deviation,
    Name.WOLFSON: wolfson,
    Name.MIDDLE_CLASS: lambda whole: middle_class_share(whole, name=Name.MIDDLE_CLASS),
    Name.MIDDLE_CLASS_OECD: lambda whole: middle_class_share(whole, OECD, Name.MIDDLE_CLASS_OECD),
}
OF_POVERTY: dict[MeasureName, OfPoverty] = {
    Name.POVERTY_RATE: poverty_rate,
    Name.POVERTY_GAP: poverty_gap,
    Name.POVERTY_SEVERITY: poverty_severity,
    Name.MEDIAN_GAP: median_gap,
    Name.SEN: sen,
    Name.SEN_SHORROCKS_THON: sen_shorrocks_thon,
    Name.WATTS: watts,
}


@dataclass(frozen=True, slots=True)
class Parameterised:
    """A measure with a parameter, and the parameter that is taken where none is given."""

    compute: WithParameter
    usual: float


WITH_PARAMETER: dict[MeasureName, Parameterised] = {
    Name.GENERALISED_ENTROPY: Parameterised(generalised_entropy, 2.0),
    Name.ATKINSON: Parameterised(atkinson, 0.5),
    Name.DUCLOS_ESTEBAN_RAY: Parameterised(duclos_esteban_ray, 0.5),
}
BY_NAME = (*OF_INCOMES, *OF_POVERTY, *WITH_PARAMETER)


def measure(
    name: str,
    distribution: Distribution,
    *,
    line: Line | None = None,
    parameter: float | None = None,
) -> Measure:
    """The measure called ``name``, with its usual conventions; measures of poverty need a ``line``.

    Raises BadInput for a name that is not known, a line that is missing, a parameter that the measure
    does not have, and incomes for which it is not defined.

    >>> round(measure("atkinson", Distribution.of([1, 4]), parameter=0.5).value, 4)
    0.1
    """
    known = _known(name)
    if parameter is not None and known not in WITH_PARAMETER:
        raise BadInput(f"this measure has no parameter, {parameter:g} was given", field=name)
    if known in WITH_PARAMETER:
        chosen = WITH_PARAMETER[known]
        given = chosen.usual if parameter is None else parameter
        return chosen.compute(distribution, given)
    if known in OF_INCOMES:
        return OF_INCOMES[known](distribution)
    if line is None:
        raise BadInput(
            "this measure needs a poverty line",
            field=name,
            remedy="give an amount, or relative_line(distribution, share)",
        )
    return OF_POVERTY[known](distribution, line)


def needs_line(name: str) -> bool:
    """Whether the measure called ``name`` is one of poverty. Raises BadInput for an unknown name."""
    return _known(name) in OF_POVERTY


def _known(name: str) -> MeasureName:
    if name not in BY_NAME:
        raise BadInput(
            "no measure of one distribution has this name",
            field=name,
            remedy=nearest(name, (each.value for each in BY_NAME)),
        )
    return MeasureName(name)
