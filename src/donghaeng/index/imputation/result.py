"""What an imputation gives back: the filled values, and which cells were filled or could not be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from donghaeng.index.arrays import FlagArray, FloatArray


@dataclass(frozen=True)
class Imputed:
    """Values (..., rows, columns) and, of the cells that were missing, those ``filled`` and those ``left``.

    Rows that take no part (``kept`` is false, as after screening) are neither, give nothing to others
    and keep the values that they have.
    """

    values: FloatArray
    filled: FlagArray
    left: FlagArray


def taking_part(values: FloatArray, kept: FlagArray | None) -> FloatArray:
    """The values of the rows that take part; the others are NaN, so that nothing is taken from them."""
    return values if kept is None else numpy.where(kept[..., None], values, numpy.nan)


def fill(values: FloatArray, proposed: FloatArray, kept: FlagArray | None) -> Imputed:
    """Put what is ``proposed`` (NaN: nothing) where a value is missing in a row that takes part.

    Args:
        values: (..., rows, columns).
        proposed: anything that fits ``values``.
        kept: (..., rows), or ``None`` for every row.
    """
    missing = numpy.isnan(values)
    if kept is not None:
        missing &= kept[..., None]
    result = numpy.where(missing, proposed, values)
    left = missing & numpy.isnan(result)
    return Imputed(values=result, filled=missing & ~left, left=left)
