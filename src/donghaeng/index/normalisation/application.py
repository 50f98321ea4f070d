"""Putting values on a scale that was found before: a later year, or a what-if with all else held fixed."""

from __future__ import annotations

from donghaeng.index.arrays import FloatArray, WholeArray
from donghaeng.index.normalisation.scale import Normalised, Scale, Standing, lay
from donghaeng.index.normalisation.standing import place


def apply(
    values: FloatArray, parameters: Scale | Standing, *, groups: WholeArray | None = None
) -> Normalised:
    """Put ``values`` on the scale of other values.

    Args:
        values: (..., rows, columns).
        parameters: those of a ``Normalised``.
        groups: (rows,) the group of each row as numbers from 0, the same groups with which the
            scale was found; -1 for a row in none, which becomes NaN.

    Raises:
        BadInput: the scale was found within groups and the rows are in other groups or in none.

    >>> import numpy
    >>> from donghaeng.index.normalisation import min_max
    >>> scale = min_max(numpy.array([[10.0], [20.0]]), direction=numpy.array([1])).parameters
    >>> apply(numpy.array([[25.0]]), scale).values
    array([[150.]])
    """
    if isinstance(parameters, Standing):
        return place(values, parameters, groups)
    return lay(values, parameters, groups=groups)
