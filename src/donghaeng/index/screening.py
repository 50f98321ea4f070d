"""Screening: rows with too little data are left out, unless they are forced in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy

from donghaeng.index.arrays import FlagArray, FloatArray
from donghaeng.rules.faults import BadInput


class Criterion(StrEnum):
    """What puts a row out: too many missing values, too many zeros, or either of the two."""

    MISSING = "missing"
    ZEROS = "zeros"
    BOTH = "both"


@dataclass(frozen=True)
class Screened:
    """Values with NaN throughout the rows that are out, and for each row (..., rows) why.

    ``kept`` says which rows are in; ``availability`` and ``nonzero_share`` are those of the values
    that came, the latter NaN for a row without any value.
    """

    values: FloatArray
    kept: FlagArray
    availability: FloatArray
    nonzero_share: FloatArray


def screen(
    values: FloatArray,
    *,
    criterion: Criterion = Criterion.MISSING,
    least_available: float = 2 / 3,
    least_nonzero: float = 0.05,
    forced_in: FlagArray | None = None,
    forced_out: FlagArray | None = None,
) -> Screened:
    """Leave out the rows whose shares are strictly below the least that is asked for.

    availability = 1 - missing / columns and nonzero_share = 1 - zeros / (columns - missing), as
    COINr has them. Whether rows are forced in or out comes before both.

    Args:
        values: (..., rows, columns), NaN is missing.
        criterion: which of the two shares counts.
        forced_in, forced_out: (rows,) or (..., rows).

    Raises:
        BadInput: a row is forced both in and out.

    >>> screen(numpy.array([[1.0, 2.0], [3.0, numpy.nan]])).kept
    array([ True, False])
    """
    columns = values.shape[-1]
    missing = numpy.isnan(values).sum(axis=-1)
    zeros = (values == 0).sum(axis=-1)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        availability = 1 - missing / columns
        nonzero_share = 1 - zeros / (columns - missing)
    kept = numpy.ones(missing.shape, dtype=bool)
    if criterion is not Criterion.ZEROS:
        kept &= ~(availability < least_available)
    if criterion is not Criterion.MISSING:
        kept &= ~(nonzero_share < least_nonzero)
    if forced_in is not None and forced_out is not None and (forced_in & forced_out).any():
        raise BadInput("a row is forced both in and out", remedy="keep one of the two")
    if forced_in is not None:
        kept |= forced_in
    if forced_out is not None:
        kept &= ~forced_out
    return Screened(
        values=numpy.where(kept[..., None], values, numpy.nan),
        kept=kept,
        availability=availability,
        nonzero_share=nonzero_share,
    )
