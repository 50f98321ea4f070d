"""Transformations that pull in a long tail: the log family and Box-Cox.

Each works on every column of (..., rows, columns) by itself, keeps NaN missing, keeps the order of the
values, and gives NaN throughout a column for which it is not defined (``treatment`` reports that
and leaves the column as it is). What a formula takes from the column (its ends, its skewness) it takes
from the column in ``like`` where that is given: other values on the same curve.
"""

from __future__ import annotations

from typing import Protocol

import numpy

from donghaeng.index import column_statistics
from donghaeng.index.arrays import FloatArray


class Transformation(Protocol):
    """A transformation of every column, with what it takes from the column taken from ``like``."""

    def __call__(self, values: FloatArray, *, like: FloatArray | None = None) -> FloatArray:
        """The transformed values, of the same shape."""
        ...


def log_shift(values: FloatArray, *, like: FloatArray | None = None) -> FloatArray:
    """ln(x - min + (max - min) / 100): the log of the COIN Tool (JRC) as COINr's ``log_CT`` has it.

    Not defined for a column with zero range.

    >>> log_shift(numpy.array([[0.0], [99.0], [100.0]]))[1:, 0]
    array([4.60517019, 4.61512052])
    """
    low, high = _ends(values if like is None else like)
    return _log(values - low + 0.01 * (high - low))


def log_shift_plus(values: FloatArray, *, like: FloatArray | None = None) -> FloatArray:
    """``log_shift`` where skewness is positive, else its mirror image -ln(max + (max - min) / 100 - x).

    COINr's ``log_CT_plus``. Not defined for a column with zero range.
    """
    fitted = values if like is None else like
    low, high = _ends(fitted)
    part = 0.01 * (high - low)
    skewed = (column_statistics.skewness(fitted) > 0)[..., None, :]
    return numpy.where(skewed, _log(values - low + part), -_log(high + part - values))


def log_original(values: FloatArray, *, like: FloatArray | None = None) -> FloatArray:
    """ln(x - min + 1): the first log of the COIN Tool, COINr's ``log_CT_orig``.

    The result depends on the unit of the indicator: a range far below 1 is hardly changed.
    """
    low, _ = _ends(values if like is None else like)
    return _log(values - low + 1)


def log_gii(
    values: FloatArray, *, like: FloatArray | None = None, factor: float | FloatArray = 1.0
) -> FloatArray:
    """ln((f·max - 1)(x - min) / (max - min) + 1): the log of the Global Innovation Index.

    The column is first laid on 1 … f·max, so that its logarithms start at 0. ``factor`` is the f of
    the technical notes of the Global Innovation Index; with f = 1 it is the form of its 2020
    spreadsheet, which the help of COINr's ``log_GII`` describes (that function gives back the
    untransformed values). Where f·max <= 1 the formula would turn the order round: not defined
    there, nor for a zero range.

    Args:
        values: (..., rows, columns).
        factor: one for all, or anything that fits (..., columns).

    >>> log_gii(numpy.array([[0.0], [5.0], [10.0]]))[:, 0].round(4)
    array([0.    , 1.7047, 2.3026])
    """
    low, high = _ends(values if like is None else like)
    top = (
        high * numpy.asarray(factor, dtype=numpy.float64)[..., None, :]
        if numpy.ndim(factor)
        else (high * factor)
    )
    spread = numpy.where((high > low) & (top > 1), high - low, numpy.nan)
    return _log((top - 1) * (values - low) / spread + 1)


def box_cox(
    values: FloatArray,
    *,
    power: float | FloatArray,
    shifted: bool = True,
    like: FloatArray | None = None,
) -> FloatArray:
    """(x^λ - 1) / λ, and ln x for λ = 0 (Box and Cox 1964), of x - min + 1 unless not ``shifted``.

    Without the shift a column with a value of 0 or below is not defined.

    Args:
        values: (..., rows, columns).
        power: λ, one for all or anything that fits (..., columns).

    >>> box_cox(numpy.array([[3.0], [4.0], [7.0]]), power=2.0)[:, 0]
    array([ 0. ,  1.5, 12. ])
    """
    low, _ = _ends(values if like is None else like)
    base = values - low + 1 if shifted else numpy.where(low > 0, values, numpy.nan)
    exponent = numpy.asarray(power, dtype=numpy.float64)
    exponent = exponent[..., None, :] if exponent.ndim else exponent
    with numpy.errstate(divide="ignore", invalid="ignore"):
        powered = (base**exponent - 1) / exponent
    return numpy.where(exponent == 0, _log(base), powered)


def _ends(values: FloatArray) -> tuple[FloatArray, FloatArray]:
    low = column_statistics.lowest(values)[..., None, :]
    return low, column_statistics.highest(values)[..., None, :]


def _log(values: FloatArray) -> FloatArray:
    """Natural logarithm; NaN, and not an infinity, for 0 and below."""
    with numpy.errstate(divide="ignore", invalid="ignore"):
        return numpy.where(values > 0, numpy.log(values), numpy.nan)
