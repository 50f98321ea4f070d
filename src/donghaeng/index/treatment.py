"""Outliers: each column is tested, winsorised if it fails, and transformed if that does not help.

The two stages and the test are those of COINr 1.1.14 (``Treat``). Columns that cannot be judged or
treated are left as they are, with the reason. Treatment ignores the direction of an indicator.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy

from donghaeng.index import column_statistics
from donghaeng.index.arrays import ROWS, FlagArray, FloatArray, WholeArray
from donghaeng.index.transformations import Transformation, log_shift
from donghaeng.index.winsorising import passes, winsorise


class Outcome(IntEnum):
    """What treatment did with a column. Only ``WINSORISED``, ``TRANSFORMED`` and ``FAILING`` change values."""

    PASSED = 0  # no outliers: untouched
    WINSORISED = 1  # passes after winsorising
    TRANSFORMED = 2  # passes after the transformation
    FAILING = 3  # still fails after all that was allowed; the last result is kept
    EMPTY = 4  # untouched: no value at all
    CONSTANT = 5  # untouched: one distinct value
    TOO_FEW = 6  # untouched: too few values to tell skewness or kurtosis
    NEARLY_CONSTANT = 7  # untouched: winsorising would leave one distinct value
    UNDEFINED = 8  # untouched: the transformation is not defined for these values


@dataclass(frozen=True)
class Treated:
    """A treated data set and what was done to it, enough to write a line for every cell that changed.

    ``high`` and ``low`` (..., rows, columns) mark the winsorised points of the result. All else has
    the shape (..., columns): ``outcome`` as ``Outcome``, ``points`` winsorised, whether the column was
    ``transformed``, and skewness and kurtosis before and after.
    """

    values: FloatArray
    outcome: WholeArray
    points: WholeArray
    transformed: FlagArray
    high: FlagArray
    low: FlagArray
    skewness_before: FloatArray
    kurtosis_before: FloatArray
    skewness_after: FloatArray
    kurtosis_after: FloatArray


def treat(
    values: FloatArray,
    *,
    skewness_limit: float | FloatArray = 2.0,
    kurtosis_limit: float | FloatArray = 3.5,
    most_points: int | WholeArray = 5,
    transformation: Transformation | None = log_shift,
    combine: bool = False,
) -> Treated:
    """Test every column for outliers and treat those that fail, in two stages.

    A column passes when \\|skewness\\| < ``skewness_limit`` or kurtosis < ``kurtosis_limit``. Stage 1
    winsorises (``winsorise``). What still fails goes to stage 2: the ``transformation`` of the
    original column, or of the winsorised one with ``combine``; its result is kept whether or not it
    passes. Without a transformation the winsorised column is kept.

    Args:
        values: (..., rows, columns), NaN is missing.
        skewness_limit, kurtosis_limit, most_points: one for all, or anything that fits
            (..., columns); with 0 points there is no winsorising.
        transformation: one of ``transformations``; ``functools.partial`` sets its options.

    >>> done = treat(numpy.array([[float(x)] for x in [*range(1, 11), 30, 100]]))
    >>> Outcome(done.outcome[0]).name, int(done.points[0]), done.values[-1, 0]
    ('WINSORISED', 1, np.float64(30.0))
    """
    before = column_statistics.shape(values)
    columns = before.skewness.shape
    limits = tuple(
        numpy.broadcast_to(numpy.asarray(limit, dtype=numpy.float64), columns)
        for limit in (skewness_limit, kurtosis_limit)
    )
    passed = passes(before, *limits)
    known = ~numpy.isnan(before.skewness) & ~numpy.isnan(before.kurtosis)
    failing = known & ~passed
    treated = Treated(
        values=values.copy(),
        outcome=_first_outcome(values, passed),
        points=numpy.zeros(columns, dtype=numpy.int64),
        transformed=numpy.zeros(columns, dtype=bool),
        high=numpy.zeros(values.shape, dtype=bool),
        low=numpy.zeros(values.shape, dtype=bool),
        skewness_before=before.skewness,
        kurtosis_before=before.kurtosis,
        skewness_after=before.skewness.copy(),
        kurtosis_after=before.kurtosis.copy(),
    )
    if failing.any():
        most = numpy.broadcast_to(numpy.asarray(most_points, dtype=numpy.int64), columns)
        settings = (limits[0][failing], limits[1][failing], most[failing])
        _treat_failing(treated, failing, settings, transformation, combine)
    return treated


def _first_outcome(values: FloatArray, passed: FlagArray) -> WholeArray:
    """The outcome of every column that is not treated; those that fail get theirs afterwards."""
    outcome = numpy.full(passed.shape, int(Outcome.PASSED), dtype=numpy.int64)
    if not passed.all():
        low, high = column_statistics.lowest(values), column_statistics.highest(values)
        outcome[~passed] = Outcome.TOO_FEW
        outcome[~passed & (low == high)] = Outcome.CONSTANT
        outcome[~passed & numpy.isnan(low)] = Outcome.EMPTY
    return outcome


def _treat_failing(
    treated: Treated,
    failing: FlagArray,
    settings: tuple[FloatArray, FloatArray, WholeArray],
    transformation: Transformation | None,
    combine: bool,
) -> None:
    """Both stages for the ``failing`` columns of all leading axes at once, as (rows, cases)."""
    skewness_limit, kurtosis_limit, most_points = settings
    original = numpy.moveaxis(treated.values, ROWS, 0)[:, failing]
    drawn = winsorise(
        original,
        skewness_limit=skewness_limit,
        kurtosis_limit=kurtosis_limit,
        most_points=most_points,
    )
    passed = passes(drawn.shape, skewness_limit, kurtosis_limit)
    outcome = numpy.where(passed, int(Outcome.WINSORISED), int(Outcome.FAILING))
    outcome[drawn.collapsed] = Outcome.NEARLY_CONSTANT
    rest = numpy.flatnonzero(outcome == Outcome.FAILING)
    if transformation is not None and rest.size:
        source = (drawn.values if combine else original)[:, rest]
        new = transformation(source)
        defined = ~(numpy.isnan(new) & ~numpy.isnan(source)).any(axis=0)
        drawn.values[:, rest] = numpy.where(defined, new, original[:, rest])
        after = column_statistics.shape(drawn.values[:, rest])
        drawn.shape.skewness[rest], drawn.shape.kurtosis[rest] = after.skewness, after.kurtosis
        passed = passes(after, skewness_limit[rest], kurtosis_limit[rest])
        outcome[rest] = numpy.where(passed, int(Outcome.TRANSFORMED), int(Outcome.FAILING))
        outcome[rest[~defined]] = Outcome.UNDEFINED
        undone = rest[~defined] if combine else rest
        drawn.high[:, undone] = False
        drawn.low[:, undone] = False
        drawn.points[undone] = 0
        transformed = numpy.zeros(outcome.shape, dtype=bool)
        transformed[rest[defined]] = True
        treated.transformed[failing] = transformed
    numpy.moveaxis(treated.values, ROWS, 0)[:, failing] = drawn.values
    numpy.moveaxis(treated.high, ROWS, 0)[:, failing] = drawn.high
    numpy.moveaxis(treated.low, ROWS, 0)[:, failing] = drawn.low
    treated.outcome[failing] = outcome
    treated.points[failing] = drawn.points
    treated.skewness_after[failing] = drawn.shape.skewness
    treated.kurtosis_after[failing] = drawn.shape.kurtosis
