"""How a series moves over its periods: change, growth, straight line, and trends that outliers do not move.

Rows are periods here, in any spacing; missing periods are left out column by column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy
from scipy import special

from donghaeng.index.arrays import ROWS, FlagArray, FloatArray, WholeArray
from donghaeng.index.coherence.null_distributions import (
    KENDALL_EXACT,
    kendall_p,
    kendall_variance,
    student_p,
)
from donghaeng.rules.faults import BadInput

from .ranks import Ties, rank


def change(values: FloatArray) -> FloatArray:
    """The last known value less the first, (..., columns); NaN below two known values."""
    first, last, known = _ends(values)
    return numpy.where(known > 1, _at(values, last) - _at(values, first), numpy.nan)


def growth_rate(values: FloatArray, periods: Sequence[float]) -> FloatArray:
    """Compound annual growth, (last/first)^(1/years) − 1, (..., columns); 0.05 is five per cent a year.

    0 when first and last are equal (COINr's convention, also for two zeros). NaN below two known values and where
    first and last do not have the same sign, because then there is no such rate.

    >>> growth_rate(numpy.array([[100.0], [numpy.nan], [121.0]]), [2020, 2021, 2022]).round(6).tolist()
    [0.1]
    """
    times = _times(values, periods)
    first, last, known = _ends(values)
    start, end = _at(values, first), _at(values, last)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        rate = numpy.where(start * end > 0, end / start, numpy.nan) ** (
            1 / (times[last] - times[first])
        )
    return numpy.where(known > 1, numpy.where(start == end, 0.0, rate - 1), numpy.nan)


def percent_change(values: FloatArray, periods: Sequence[float], *, per: float = 1.0) -> FloatArray:
    """Change in per cent of the start, for every ``per`` years, (..., columns): COINr's ``prc_change``.

    With two known values (last − first)/first; with three or more the slope of the straight line, in per cent of
    that line's first value. 0 when all are equal; NaN below two known values or from a start of zero.
    """
    times = _times(values, periods)
    first, _, known = _ends(values)
    line = linear_trend(values, periods)
    begin = _at(values, first)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        start = numpy.where(known > 2, line.intercept + line.slope * times[first], begin)
        percent = numpy.where(start != 0, line.slope * per / start * 100, numpy.nan)
    lowest = numpy.fmin.reduce(values, axis=ROWS)
    equal = lowest == numpy.fmax.reduce(values, axis=ROWS)
    return numpy.where(known > 1, numpy.where(equal, 0.0, percent), numpy.nan)


@dataclass(frozen=True, slots=True)
class LinearTrend:
    """Least squares; each array is (..., columns), and the p-value is that of a slope of zero.

    The standard error and the p-value need three known values; they take the periods as independent.
    """

    slope: FloatArray
    intercept: FloatArray
    standard_error: FloatArray
    p_value: FloatArray
    explained: FloatArray
    known: WholeArray


def linear_trend(values: FloatArray, periods: Sequence[float]) -> LinearTrend:
    """The straight line through ``values``, (..., periods, columns), in units a year.

    >>> linear_trend(numpy.array([[1.0], [2.0], [6.0]]), [2018, 2019, 2022]).slope.round(4).tolist()
    [1.2692]
    """
    times = _times(values, periods)
    present = ~numpy.isnan(values)
    known = present.sum(axis=ROWS)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        middle = numpy.where(present, times[:, None], 0.0).sum(axis=ROWS) / known
        mean = numpy.where(present, values, 0.0).sum(axis=ROWS) / known
        t = numpy.where(present, times[:, None] - middle[..., None, :], 0.0)
        y = numpy.where(present, values - mean[..., None, :], 0.0)
        tt, ty, yy = ((a * b).sum(axis=ROWS) for a, b in ((t, t), (t, y), (y, y)))
        slope = numpy.where(known > 1, ty / tt, numpy.nan)
        correlation = numpy.where(yy > 0, ty / numpy.sqrt(tt * yy), numpy.nan)
        correlation = numpy.clip(correlation, -1, 1)
        left = ((y - slope[..., None, :] * t) ** 2).sum(axis=ROWS)
        error = numpy.where(known > 2, numpy.sqrt(left / (known - 2) / tt), numpy.nan)
    return LinearTrend(
        slope=slope,
        intercept=mean - slope * middle,
        standard_error=error,
        p_value=student_p(correlation, known.astype(float)),
        explained=correlation**2,
        known=known,
    )


@dataclass(frozen=True, slots=True)
class MonotonicTrend:
    """The test of Mann and Kendall; each array is (..., columns).

    ``score`` is rises less falls over all pairs of periods, ``tau`` its share of those pairs that are not tied
    (tau-b). ``exact`` says whether the p-value is exact or the normal approximation.
    """

    score: FloatArray
    variance: FloatArray
    tau: FloatArray
    p_value: FloatArray
    exact: FlagArray


def mann_kendall(values: FloatArray, periods: Sequence[float]) -> MonotonicTrend:
    """Does the series rise or fall, whatever the form? Two-sided (H. B. Mann, Econometrica 13, 1945).

    Exact without ties up to 49 values; otherwise normal with the variance corrected for ties and a continuity
    correction (R. O. Gilbert, Statistical Methods for Environmental Pollution Monitoring, 1987).
    """
    _times(values, periods)
    known = (~numpy.isnan(values)).sum(axis=ROWS).astype(float)
    steps, _ = _pairs(values, numpy.asarray(periods, float))
    score = numpy.nansum(numpy.sign(steps), axis=ROWS)
    tied = rank(values, ties=Ties.MAX) - rank(values, ties=Ties.MIN)
    pairs, triples = numpy.nansum(tied, axis=ROWS), numpy.nansum(tied * (tied - 1), axis=ROWS)
    none = numpy.zeros_like(pairs)  # no two periods are the same
    variance = kendall_variance(known, (none, pairs), (none, triples))
    exact = (pairs == 0) & (known >= 2) & (known <= KENDALL_EXACT)
    corrected = numpy.where(exact, score, numpy.maximum(numpy.abs(score) - 1, 0))
    p = kendall_p(corrected, known, pairs > 0, variance)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        every = known * (known - 1)
        tau = numpy.where(every > pairs, 2 * score / numpy.sqrt(every * (every - pairs)), numpy.nan)
    return MonotonicTrend(score, variance, tau, numpy.where(numpy.isnan(tau), numpy.nan, p), exact)


@dataclass(frozen=True, slots=True)
class MedianTrend:
    """The median of the slopes between all pairs of periods, with its interval; (..., columns)."""

    slope: FloatArray
    intercept: FloatArray
    lower: FloatArray
    upper: FloatArray
    level: float


def theil_sen(values: FloatArray, periods: Sequence[float], *, level: float = 0.95) -> MedianTrend:
    """A slope that up to 29 % of outliers cannot carry away (P. K. Sen, JASA 63, 1968).

    The intercept is median(value) − slope · median(period). The interval takes the slopes whose ranks lie half
    the normal quantile times the standard deviation of Mann and Kendall's score from the middle.
    """
    times = _times(values, periods)
    steps, spans = _pairs(values, times)
    slopes = numpy.sort(steps / spans[:, None], axis=ROWS)  # NaN last
    count = (~numpy.isnan(slopes)).sum(axis=ROWS)
    slope = _median(slopes, count)
    ordered = numpy.sort(values, axis=ROWS)
    known = (~numpy.isnan(values)).sum(axis=ROWS)
    at = numpy.sort(numpy.where(numpy.isnan(values), numpy.nan, times[:, None]), axis=ROWS)
    deviation = numpy.sqrt(mann_kendall(values, periods).variance)
    reach = special.ndtri(0.5 + level / 2) * numpy.nan_to_num(deviation)
    upper = numpy.minimum(numpy.rint((count + reach) / 2), count - 1)
    lower = numpy.maximum(numpy.rint((count - reach) / 2) - 1, 0)
    return MedianTrend(
        slope=slope,
        intercept=_median(ordered, known) - slope * _median(at, known),
        lower=_at(slopes, lower.astype(int)),
        upper=_at(slopes, numpy.maximum(upper, 0).astype(int)),
        level=level,
    )


def _times(values: FloatArray, periods: Sequence[float]) -> FloatArray:
    """The periods as numbers, one for each row and rising."""
    times = numpy.asarray(periods, dtype=float)
    if times.shape != (values.shape[ROWS],):
        raise BadInput(
            f"{times.size} periods for {values.shape[ROWS]} rows",
            field="periods",
            remedy="one period for each row",
        )
    if not (numpy.diff(times) > 0).all():
        raise BadInput(
            "the periods do not rise", field="periods", remedy="order the rows by period, each once"
        )
    return times


def _ends(values: FloatArray) -> tuple[WholeArray, WholeArray, WholeArray]:
    """The rows of the first and the last known value of each column, and how many are known."""
    present = ~numpy.isnan(values)
    first = numpy.argmax(present, axis=ROWS)
    last = values.shape[ROWS] - 1 - numpy.argmax(present[..., ::-1, :], axis=ROWS)
    return first, last, present.sum(axis=ROWS)


def _at(values: FloatArray, rows: WholeArray) -> FloatArray:
    """The value of each column at its own row."""
    return numpy.asarray(numpy.take_along_axis(values, rows[..., None, :], axis=ROWS)[..., 0, :])


def _pairs(values: FloatArray, times: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Later less earlier over all pairs of rows, (..., pairs, columns), and the years between, (pairs,)."""
    early, late = numpy.triu_indices(values.shape[ROWS], 1)
    return values[..., late, :] - values[..., early, :], times[late] - times[early]


def _median(ordered: FloatArray, count: WholeArray) -> FloatArray:
    """The median of sorted columns whose NaN stand last; NaN where nothing is known."""
    middle = numpy.maximum(count - 1, 0)
    return (_at(ordered, middle // 2) + _at(ordered, (middle + 1) // 2)) / 2
