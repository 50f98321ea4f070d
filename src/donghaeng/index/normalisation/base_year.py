"""The base-year ratio: each value against the value of the same unit in a base period (base = 100).

This is how Seoul's index is made: the base year 2022 is 100, above 100 is better than then. How an
indicator of which less is better is reversed, and whether large ratios are capped, is declared.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy

from donghaeng.index.arrays import FlagArray, FloatArray, WholeArray
from donghaeng.rules.faults import BadInput


class Reversal(StrEnum):
    """How a ratio is turned for an indicator of direction -1."""

    INVERSE = "inverse"  # 100 · base / value
    REFLECTION = "reflection"  # 200 - 100 · value / base


@dataclass(frozen=True)
class BaseYearRatio:
    """Ratios (..., rows, columns), and for each cell whether it is ``undefined`` or was held at a cap.

    A cell is undefined when it has a value but no ratio: its base is missing, zero or negative, or
    the inverse is asked for of a value that is zero or negative.
    """

    values: FloatArray
    undefined: FlagArray
    held_at_least: FlagArray
    held_at_most: FlagArray


def base_year_ratio(
    values: FloatArray,
    *,
    base: FloatArray,
    direction: FloatArray | WholeArray,
    base_index: float = 100.0,
    reversal: Reversal = Reversal.INVERSE,
    least: float | FloatArray | None = None,
    most: float | FloatArray | None = None,
) -> BaseYearRatio:
    """100 · value / base for direction +1, and its reversal for direction -1.

    For direction -1: 100 · base / value (``INVERSE``) or 200 - 100 · value / base (``REFLECTION``).
    The two agree at 100 and part from there: a fall by half gives 200 or 150.

    Args:
        values: (..., rows, columns).
        base: the base value of each cell, see ``base_values``; anything that fits ``values``. Holding
            it while values change is a what-if.
        direction: (columns,) of +1 and -1.
        base_index: the figure of the base period.
        least, most: caps of the ratio, one for all or (..., columns); none by default.

    >>> base_year_ratio(
    ...     numpy.array([[50.0, 50.0]]), base=numpy.array([[40.0, 40.0]]), direction=numpy.array([1, -1])
    ... ).values
    array([[125.,  80.]])
    """
    turned = numpy.asarray(direction) < 0
    usable = base > 0
    with numpy.errstate(divide="ignore", invalid="ignore", over="ignore"):
        result = base_index * values / numpy.where(usable, base, numpy.nan)
        if turned.any():
            if reversal is Reversal.INVERSE:
                inverse = numpy.where(usable & (values > 0), base_index * base / values, numpy.nan)
            else:
                inverse = 2 * base_index - result
            result = numpy.where(turned, inverse, result)
    undefined = numpy.isnan(result) & ~numpy.isnan(values)
    floor = -numpy.inf if least is None else _for_rows(least)
    ceiling = numpy.inf if most is None else _for_rows(most)
    held_at_least, held_at_most = result < floor, result > ceiling
    return BaseYearRatio(
        values=numpy.clip(result, floor, ceiling),
        undefined=undefined,
        held_at_least=held_at_least,
        held_at_most=held_at_most,
    )


def base_values(
    values: FloatArray,
    *,
    units: WholeArray,
    periods: WholeArray,
    base_period: int | WholeArray,
) -> FloatArray:
    """For every cell of a panel the value of the same unit and indicator in the base period.

    NaN where the unit has no row of that period.

    Args:
        values: (..., rows, columns).
        units, periods: (rows,) the unit and the period of each row, as numbers.
        base_period: one for all columns, or (columns,) of one for each.

    Raises:
        BadInput: a unit has two rows of its base period.

    >>> base_values(
    ...     numpy.array([[4.0], [5.0]]), units=numpy.array([0, 0]), periods=numpy.array([2022, 2023]),
    ...     base_period=2022,
    ... )[:, 0]
    array([4., 4.])
    """
    result = numpy.full(values.shape, numpy.nan)
    wanted = numpy.broadcast_to(base_period, values.shape[-1:])
    for period in numpy.unique(wanted):
        columns = wanted == period
        source = numpy.flatnonzero(periods == period)
        owners, first, times = numpy.unique(units[source], return_index=True, return_counts=True)
        if (times > 1).any():
            raise BadInput(
                f"a unit has two rows of the base period {period}",
                remedy="keep one row for each unit and period",
            )
        if not owners.size:
            continue
        at = numpy.minimum(numpy.searchsorted(owners, units), owners.size - 1)
        found = owners[at] == units
        rows = source[first[at]]
        taken = values[..., rows, :]
        result = numpy.where(columns & found[:, None], taken, result)
    return result


def _for_rows(figure: float | FloatArray) -> float | FloatArray:
    return figure[..., None, :] if isinstance(figure, numpy.ndarray) and figure.ndim else figure
