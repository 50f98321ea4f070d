"""The parameters of a normalisation, and putting values on the scale that they describe."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy

from donghaeng.index import column_statistics
from donghaeng.index.arrays import ROWS, FlagArray, FloatArray, WholeArray
from donghaeng.rules.faults import BadInput

# One figure for all columns, or anything that fits (..., columns).
Figure = float | FloatArray


@dataclass(frozen=True)
class Scale:
    """A straight line for each column: start + factor · (direction · x - origin) / spread, held in bounds.

    ``origin`` and ``spread`` have the shape (..., groups, columns), one group where rows are not
    grouped, and are given after the direction was applied. ``start``, ``factor`` and the bounds
    ``least`` and ``most`` fit (..., columns). With ``reciprocal`` (columns,) the line is that of 1/x,
    for positive x. A spread of 0 or NaN says that the column has no scale.
    """

    direction: FloatArray
    origin: FloatArray
    spread: FloatArray
    start: Figure = 0.0
    factor: Figure = 1.0
    least: Figure | None = None
    most: Figure | None = None
    reciprocal: FlagArray | None = None


@dataclass(frozen=True)
class Standing:
    """A place among ``reference`` values (..., rows, columns): how many of them lie below, from ``start`` on.

    With ``share`` the place is given as a share of all other places. ``groups`` (rows,) are those of
    the reference.
    """

    direction: FloatArray
    reference: FloatArray
    groups: WholeArray | None = None
    start: float = 1.0
    share: bool = False


@dataclass(frozen=True)
class Normalised:
    """Normalised values (..., rows, columns) and the parameters of their scale.

    ``undefined`` (..., groups, columns) marks the columns, in each group of rows, that have no scale:
    a zero range, a reference that is missing, or no value at all. Their values are NaN.
    """

    values: FloatArray
    undefined: FlagArray
    parameters: Scale | Standing


def lay(values: FloatArray, scale: Scale, *, groups: WholeArray | None = None) -> Normalised:
    """Lay values on their lines; the arguments are those of ``apply``."""
    undefined = ~(numpy.abs(scale.spread) > 0)
    sign = scale.direction
    # The sign goes into the parameters: it changes no digit and saves a pass over the values.
    origin = _by_row(sign * scale.origin, groups)
    spread = _by_row(numpy.where(undefined, numpy.nan, sign * scale.spread), groups)
    if scale.reciprocal is not None:
        with numpy.errstate(divide="ignore"):
            inverse = numpy.where(values > 0, 1 / values, numpy.nan)
        values = numpy.where(scale.reciprocal, inverse, values)
    result = values - origin
    result /= spread
    if not numpy.all(numpy.equal(scale.factor, 1.0)):
        result *= _for_rows(scale.factor)
    result += _for_rows(scale.start)  # also where it is 0: that makes 0.0 of -0.0
    if scale.least is not None or scale.most is not None:
        least = None if scale.least is None else _for_rows(scale.least)
        most = None if scale.most is None else _for_rows(scale.most)
        numpy.clip(result, least, most, out=result)
    if groups is not None:
        result[..., groups < 0, :] = numpy.nan
    return Normalised(values=result, undefined=undefined, parameters=scale)


def by_group(
    statistic: Callable[[FloatArray], FloatArray], values: FloatArray, groups: WholeArray | None
) -> FloatArray:
    """A statistic of each column within each group of rows: (..., groups, columns)."""
    if groups is None:
        return statistic(values)[..., None, :]
    found = [statistic(values[..., groups == group, :]) for group in range(int(groups.max()) + 1)]
    return numpy.stack(found, axis=ROWS)


def directed_ends(
    values: FloatArray, direction: FloatArray, groups: WholeArray | None
) -> tuple[FloatArray, FloatArray]:
    """Lowest and highest value of each column after its direction was applied."""
    low = by_group(column_statistics.lowest, values, groups)
    high = by_group(column_statistics.highest, values, groups)
    upright = direction > 0
    return numpy.where(upright, low, -high), numpy.where(upright, high, -low)


def _by_row(parameter: FloatArray, groups: WholeArray | None) -> FloatArray:
    """(..., groups, columns) as one line for each row, or one line that fits every row."""
    count = parameter.shape[ROWS]
    if count == 1:
        return parameter
    if groups is None or int(groups.max(initial=-1)) >= count:
        raise BadInput(
            f"the scale was found within {count} groups of rows",
            remedy="say to which of these groups each row belongs",
        )
    return parameter[..., groups, :]


def _for_rows(figure: Figure) -> Figure:
    """(..., columns) so that it fits (..., rows, columns)."""
    return figure[..., None, :] if isinstance(figure, numpy.ndarray) and figure.ndim else figure
