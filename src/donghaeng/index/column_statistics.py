"""What a column of values looks like: count, ends, middle, spread, skewness and kurtosis, missing values apart.

Every function takes values of shape (..., rows, columns) in which NaN is missing, and gives one
figure a column: (..., columns). NumPy's own functions that skip NaN are many times slower.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from donghaeng.index.arrays import ROWS, FloatArray, WholeArray


@dataclass(frozen=True)
class Shape:
    """Skewness and excess kurtosis of every column: (..., columns), NaN where they are not defined."""

    skewness: FloatArray
    kurtosis: FloatArray


def count(values: FloatArray) -> WholeArray:
    """How many values of each column are not missing."""
    missing = numpy.isnan(values).sum(axis=ROWS)
    return numpy.asarray(values.shape[ROWS] - missing, dtype=numpy.int64)


def lowest(values: FloatArray) -> FloatArray:
    """The smallest value of each column; NaN where all are missing."""
    return numpy.asarray(numpy.fmin.reduce(values, axis=ROWS, initial=numpy.nan))


def highest(values: FloatArray) -> FloatArray:
    """The largest value of each column; NaN where all are missing."""
    return numpy.asarray(numpy.fmax.reduce(values, axis=ROWS, initial=numpy.nan))


def mean(values: FloatArray) -> FloatArray:
    """The arithmetic mean of each column; NaN where all are missing.

    >>> mean(numpy.array([[1.0], [4.0], [numpy.nan]]))
    array([2.5])
    """
    return _centred(values)[1]


def deviation(values: FloatArray) -> FloatArray:
    """The standard deviation of each column, with n - 1; NaN below two values, exactly 0 in a constant column."""
    counted, _, apart = _centred(values)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        spread = numpy.sqrt((apart * apart).sum(axis=ROWS) / (counted - 1))
    # The mean of equal values may differ from them in its last digit.
    constant = (lowest(values) == highest(values)) & (counted > 1)
    return numpy.where(counted < 2, numpy.nan, numpy.where(constant, 0.0, spread))


def median(values: FloatArray) -> FloatArray:
    """The middle value of each column, or the mean of the two in the middle; NaN where all are missing.

    >>> median(numpy.array([[1.0], [4.0], [numpy.nan], [10.0], [2.0]]))
    array([3.])
    """
    if values.shape[ROWS] == 0:
        return numpy.full(values.shape[:ROWS] + values.shape[-1:], numpy.nan)
    ordered = numpy.sort(values, axis=ROWS)  # missing values come last
    counted = count(values)[..., None, :]
    upper = numpy.take_along_axis(ordered, counted // 2 * (counted > 0), axis=ROWS)
    lower = numpy.take_along_axis(ordered, numpy.maximum(counted - 1, 0) // 2, axis=ROWS)
    return numpy.asarray(((lower + upper) / 2)[..., 0, :])


def skewness(values: FloatArray) -> FloatArray:
    """Skewness of each column without the bias of a small sample; see ``shape``."""
    return shape(values).skewness


def kurtosis(values: FloatArray) -> FloatArray:
    """Excess kurtosis of each column without the bias of a small sample; see ``shape``."""
    return shape(values).kurtosis


def shape(values: FloatArray) -> Shape:
    """Skewness and excess kurtosis of each column, in one pass.

    With n values, deviations d from their mean and S_k the sum of d^k::

        skewness = sqrt(n) S_3 / S_2^(3/2) · sqrt(n (n - 1)) / (n - 2)
        kurtosis = ((n + 1) (n S_4 / S_2² - 3) + 6) (n - 1) / ((n - 2) (n - 3))

    This is type 2 of Joanes and Gill (1998, The Statistician 47, 183-189), the SKEW and KURT of
    spreadsheets and what COINr uses. NaN below 3 (skewness) or 4 values (kurtosis) and in a
    constant column.

    >>> float(shape(numpy.array([[1.0], [2.0], [3.0], [10.0]])).skewness[0].round(4))
    1.7636
    """
    counted, _, apart = _centred(values)
    squared = apart * apart
    second = squared.sum(axis=ROWS)
    apart *= squared
    third = apart.sum(axis=ROWS)
    squared *= squared
    fourth = squared.sum(axis=ROWS)
    n = counted.astype(numpy.float64)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        skewed = numpy.sqrt(n) * third / second**1.5 * numpy.sqrt(n * (n - 1)) / (n - 2)
        tailed = (n + 1) * (n * fourth / second**2 - 3) + 6
        tailed = tailed * (n - 1) / ((n - 2) * (n - 3))
    constant = lowest(values) == highest(values)
    return Shape(
        skewness=numpy.where(constant | (counted < 3), numpy.nan, skewed),
        kurtosis=numpy.where(constant | (counted < 4), numpy.nan, tailed),
    )


def _centred(values: FloatArray) -> tuple[WholeArray, FloatArray, FloatArray]:
    """Count and mean of each column, and a new array of deviations with 0 for what is missing."""
    missing = numpy.isnan(values)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        if not missing.any():
            counted = numpy.full(values.shape[:ROWS] + values.shape[-1:], values.shape[ROWS])
            middle = values.sum(axis=ROWS) / counted
            return counted, middle, values - middle[..., None, :]
        counted = values.shape[ROWS] - missing.sum(axis=ROWS)
        known = numpy.where(missing, 0.0, values)
        middle = known.sum(axis=ROWS) / counted
    known -= middle[..., None, :]
    known[missing] = 0.0
    return counted, middle, known
