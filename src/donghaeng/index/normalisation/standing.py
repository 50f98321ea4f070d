"""Normalisations that keep only the order of the rows: rank, Borda score and percentile rank.

The arguments are those of ``linear``. 1 is the lowest rank, after the direction was applied; rows with
equal values share the lowest of their ranks; missing values have none. A column of equal values has
places (all the lowest), so it is not undefined, except that one value alone has no percentile.
"""

from __future__ import annotations

from dataclasses import replace

import numpy

from donghaeng.index import column_statistics
from donghaeng.index.arrays import ROWS, FloatArray, WholeArray
from donghaeng.index.normalisation.scale import Normalised, Standing, by_group


def rank(
    values: FloatArray, *, direction: FloatArray | WholeArray, groups: WholeArray | None = None
) -> Normalised:
    """The place of each value from the lowest (1) up.

    >>> rank(numpy.array([[3.0], [7.0], [3.0], [9.0]]), direction=numpy.array([1])).values[:, 0]
    array([1., 3., 1., 4.])
    """
    return _stand(values, Standing(numpy.asarray(direction, dtype=numpy.float64), values, groups))


def borda(
    values: FloatArray, *, direction: FloatArray | WholeArray, groups: WholeArray | None = None
) -> Normalised:
    """How many rows lie below: rank - 1."""
    sign = numpy.asarray(direction, dtype=numpy.float64)
    return _stand(values, Standing(sign, values, groups, start=0.0))


def percentile_rank(
    values: FloatArray, *, direction: FloatArray | WholeArray, groups: WholeArray | None = None
) -> Normalised:
    """(rank - 1) / (n - 1) with n values that are not missing: 0 for the lowest, 1 for a sole highest."""
    sign = numpy.asarray(direction, dtype=numpy.float64)
    return _stand(values, Standing(sign, values, groups, start=0.0, share=True))


def place(values: FloatArray, parameters: Standing, groups: WholeArray | None) -> Normalised:
    """Where other values stand among the reference: a value above all of it stands with its highest.

    Leading axes of the values and of the reference must fit each other.
    """
    sign = parameters.direction
    faced, reference = values * sign, parameters.reference * sign
    leading = numpy.broadcast_shapes(faced.shape[:ROWS], reference.shape[:ROWS])
    faced = numpy.broadcast_to(faced, leading + faced.shape[ROWS:])
    reference = numpy.broadcast_to(reference, leading + reference.shape[ROWS:])
    below = numpy.full(faced.shape, numpy.nan)
    own = numpy.zeros(faced.shape[ROWS], dtype=numpy.int64) if groups is None else groups
    theirs = parameters.groups
    if theirs is None:
        theirs = numpy.zeros(reference.shape[ROWS], dtype=numpy.int64)
    for group in range(int(theirs.max(initial=-1)) + 1):
        rows = own == group
        ordered = numpy.sort(reference[..., theirs == group, :], axis=ROWS)
        for case in numpy.ndindex(*leading, faced.shape[-1]):
            line = (*case[:-1], slice(None), case[-1])
            known = ordered[line][~numpy.isnan(ordered[line])]
            if known.size:
                counted = numpy.searchsorted(known, faced[line][rows], side="left")
                at = (*case[:-1], rows, case[-1])
                below[at] = numpy.minimum(counted, known.size - 1)
    below[numpy.isnan(faced)] = numpy.nan
    return _finish(below, parameters, groups)


def _stand(values: FloatArray, parameters: Standing) -> Normalised:
    """Where the reference values themselves stand."""
    faced = values * parameters.direction
    if parameters.groups is None:
        below = _below(faced)
    else:
        below = numpy.full(values.shape, numpy.nan)
        for group in range(int(parameters.groups.max()) + 1):
            rows = parameters.groups == group
            below[..., rows, :] = _below(faced[..., rows, :])
    return _finish(below, parameters, parameters.groups)


def _below(values: FloatArray) -> FloatArray:
    """How many values of its column lie below each value."""
    order = numpy.argsort(values, axis=ROWS)  # missing values come last
    ordered = numpy.take_along_axis(values, order, axis=ROWS)
    position = numpy.arange(values.shape[ROWS])[:, None]
    begins = numpy.ones(values.shape, dtype=bool)
    begins[..., 1:, :] = ordered[..., 1:, :] != ordered[..., :-1, :]
    first = numpy.maximum.accumulate(numpy.where(begins, position, 0), axis=ROWS)
    below = numpy.empty(values.shape)
    numpy.put_along_axis(below, order, first.astype(numpy.float64), axis=ROWS)
    below[numpy.isnan(values)] = numpy.nan
    return below


def _finish(below: FloatArray, parameters: Standing, groups: WholeArray | None) -> Normalised:
    """From the number of values below to the figure that is asked for."""
    counted = by_group(_counted, parameters.reference, parameters.groups)
    undefined = counted < (2 if parameters.share else 1)
    result = below
    if parameters.share:
        others = numpy.where(undefined, numpy.nan, counted - 1)
        result = below / (others if groups is None else others[..., groups, :])
    result += parameters.start
    return Normalised(values=result, undefined=undefined, parameters=replace(parameters))


def _counted(values: FloatArray) -> FloatArray:
    return column_statistics.count(values).astype(numpy.float64)
