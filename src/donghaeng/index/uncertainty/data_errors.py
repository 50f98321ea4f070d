"""The data's own error: how far each figure may lie from what it measures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy
from scipy import special

from donghaeng.index.arrays import FloatArray, WholeArray
from donghaeng.index.chain.context import Context
from donghaeng.index.framework.indicators import MeasurementError
from donghaeng.index.framework.uncertain import DataError
from donghaeng.rules.faults import BadInput

from .distributions import LEAST_UNIFORM, Distribution


@dataclass(frozen=True)
class ErrorsOfCells(Distribution):
    """Every uncertain figure by itself: normal about it with its standard error, or even within bounds.

    ``centre``, ``spread`` and ``even`` have one entry a cell: an even one lies between centre - spread and
    centre + spread, a normal one has the standard error ``spread``. Nothing goes beyond ``low`` and ``high``.
    """

    centre: FloatArray
    spread: FloatArray
    even: FloatArray
    low: FloatArray
    high: FloatArray

    @property
    def columns(self) -> int:
        return len(self.centre)

    def values(self, uniform: FloatArray) -> FloatArray:
        # A normal error is cut at the limits by its conditional distribution, not moved to them.
        least = special.ndtr((self.low - self.centre) / self.spread)
        most = special.ndtr((self.high - self.centre) / self.spread)
        inside = numpy.clip(least + uniform * (most - least), LEAST_UNIFORM, 1 - LEAST_UNIFORM)
        deviation = numpy.where(self.even > 0, 2 * uniform - 1, special.ndtri(inside))
        return numpy.clip(self.centre + self.spread * deviation, self.low, self.high)


@dataclass(frozen=True)
class DataErrors:
    """The uncertain cells of a panel and their distribution; ``exact`` are counts, ``unknown`` say nothing."""

    rows: WholeArray
    columns: WholeArray
    distribution: ErrorsOfCells
    exact: tuple[str, ...]
    unknown: tuple[str, ...]


def data_errors(choice: DataError, context: Context, name: str) -> DataErrors:
    """The errors of the figures of an index.

    Bounds that stand beside a figure in the data table go before the error that its indicator declares;
    between bounds every value is as likely as any other.

    Raises:
        BadInput: where not one figure has an error.
    """
    panel = context.panel
    centre = panel.values.copy()
    spread = numpy.zeros(centre.shape)
    even = numpy.zeros(centre.shape)
    exact, unknown = [], []
    for column, code in enumerate(panel.columns):
        if choice.indicators and code not in choice.indicators:
            continue
        if code not in context.index.leaves:
            continue  # its figures do not enter the index
        error = getattr(context.index.indicators.get(code), "measurement_error", None)
        known = ~numpy.isnan(panel.values[:, column])
        bounded = known & ~numpy.isnan(panel.lower[:, column] + panel.upper[:, column])
        if isinstance(error, MeasurementError):
            _spread(error, panel.values[:, column], spread[:, column], even[:, column])
        elif error == "none":
            exact.append(code)
        elif not bounded.any():
            unknown.append(code)
        lower, upper = panel.lower[bounded, column], panel.upper[bounded, column]
        centre[bounded, column] = (lower + upper) / 2
        spread[bounded, column] = (upper - lower) / 2
        even[bounded, column] = 1.0
    rows, columns = numpy.nonzero((spread > 0) & ~numpy.isnan(centre))
    if not len(rows):
        raise BadInput(
            "no figure has an error",
            field=f"uncertainty.choices.{name}",
            remedy="measurement_error of an indicator, or lower and upper beside the figures",
        )
    cells = (rows, columns)
    low, high = _limits(context)
    distribution = ErrorsOfCells(
        centre[cells], spread[cells], even[cells], low[columns], high[columns]
    )
    return DataErrors(rows, columns, distribution, tuple(exact), tuple(unknown))


def _limits(context: Context) -> tuple[FloatArray, FloatArray]:
    """Lowest and highest possible figure of each column, as declared; infinite where nothing is."""
    columns = context.panel.columns
    declared = [
        getattr(context.index.indicators.get(code), "limits", None) or (None, None)
        for code in columns
    ]
    low = [-numpy.inf if least is None else least for least, _ in declared]
    high = [numpy.inf if most is None else most for _, most in declared]
    return numpy.array(low, dtype=numpy.float64), numpy.array(high, dtype=numpy.float64)


def _spread(
    error: MeasurementError, values: FloatArray, spread: FloatArray, even: FloatArray
) -> None:
    """Fill in the spread of one column as its indicator declares it."""
    if error.standard_error is not None:
        spread[:] = error.standard_error
    elif error.relative is not None:
        spread[:] = numpy.abs(values) * error.relative
    elif error.half_width is not None:
        spread[:] = error.half_width
        even[:] = 1.0
