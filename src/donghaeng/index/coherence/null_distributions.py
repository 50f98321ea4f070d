"""How likely a rank correlation is when nothing is related: the distributions behind the p-values.

The choices are those of R's ``cor.test``, so that p-values agree with R and with COINr:

- Spearman without ties: exact up to 9 rows, the Edgeworth series of algorithm AS 89 up to 1,290 rows
  (D. J. Best, D. E. Roberts, "Algorithm AS 89: the upper tail probabilities of Spearman's rho",
  Applied Statistics 24(3), 1975, 377-379), Student's t beyond. With ties: Student's t.
- Kendall without ties: exact below 50 rows. Otherwise normal, with the variance corrected for ties
  and without a continuity correction (M. G. Kendall, Rank Correlation Methods).
- Pearson: Student's t.
"""

from __future__ import annotations

from functools import cache

import numpy
from scipy import special

from donghaeng.index.arrays import FlagArray, FloatArray

SPEARMAN_ENUMERATED = 9
SPEARMAN_SERIES = 1_290
KENDALL_EXACT = 49


def student_p(correlation: FloatArray, rows: FloatArray) -> FloatArray:
    """Two-sided p of a correlation of ``rows`` rows by Student's t with rows − 2 degrees of freedom."""
    freedom = rows - 2
    with numpy.errstate(divide="ignore", invalid="ignore"):
        statistic = correlation * numpy.sqrt(freedom / (1 - correlation**2))
        p = 2 * special.stdtr(numpy.where(freedom > 0, freedom, numpy.nan), -numpy.abs(statistic))
    return numpy.asarray(p)


def spearman_p(rho: FloatArray, rows: FloatArray, tied: FlagArray) -> FloatArray:
    """Two-sided p of Spearman's rho; ``tied`` says where two rows share a rank."""
    p = student_p(rho, rows)
    with numpy.errstate(invalid="ignore"):
        distance = numpy.rint((rows**3 - rows) * (1 - rho) / 6)
    known = ~numpy.isnan(rho) & ~tied & (rows >= 2)
    series = known & (rows > SPEARMAN_ENUMERATED) & (rows <= SPEARMAN_SERIES)
    p[series] = _doubled(_series_tail(distance[series], rows[series]))
    for n in range(2, SPEARMAN_ENUMERATED + 1):
        here = known & (rows == n)
        if here.any():
            below = numpy.cumsum(spearman_distances(n)) / special.factorial(n, exact=True)
            # The distribution is symmetric: the upper tail at S is the lower tail at its mirror.
            mirrored = numpy.minimum(distance[here], (n**3 - n) / 3 - distance[here])
            p[here] = _doubled(below[mirrored.astype(int)])
    return p


def _series_tail(distance: FloatArray, rows: FloatArray) -> FloatArray:
    """The tail of S = Σ(rank difference)² on its own side of the mean, by the series of AS 89."""
    lower = distance <= (rows**3 - rows) / 6
    # P(S < s + 2) = P(S <= s), because S is even; the upper tail is P(S >= s).
    limit = distance + 2 * lower
    b = 1 / rows
    x = (6 * (limit - 1) * b / (rows**2 - 1) - 1) * numpy.sqrt(rows - 1)
    y = x * x
    inner = 0.0879 + 0.0151 * b - y * (0.0072 - 0.0831 * b + y * b * (0.0131 - 4.6e-4 * y))
    outer = -0.0758 + b * (0.1033 + 0.3932 * b) - y * b * inner
    correction = x * b * (0.2274 + b * (0.2531 + 0.1745 * b) + y * outer) * numpy.exp(-y / 2)
    tail = numpy.where(lower, special.ndtr(x) - correction, special.ndtr(-x) + correction)
    return numpy.asarray(numpy.clip(tail, 0, 1))


@cache
def spearman_distances(rows: int) -> FloatArray:
    """How many permutations of ``rows`` ranks have Σ(rank difference)² = 0, 1, 2, …

    Counted over subsets: after the first k places hold the ranks of a subset, only the subset matters.

    >>> spearman_distances(3).tolist()
    [1.0, 0.0, 2.0, 0.0, 0.0, 0.0, 2.0, 0.0, 1.0]
    """
    size = (rows**3 - rows) // 3 + 1
    counts = numpy.zeros((1 << rows, size))
    counts[0, 0] = 1
    for subset in range(1 << rows):
        place = subset.bit_count()
        for value in range(rows):
            if not subset >> value & 1:
                square = (place - value) ** 2
                counts[subset | 1 << value, square:] += counts[subset, : size - square]
    return numpy.asarray(counts[-1])


def kendall_p(
    score: FloatArray, rows: FloatArray, tied: FlagArray, variance: FloatArray
) -> FloatArray:
    """Two-sided p of Kendall's S (concordant less discordant pairs).

    Args:
        tied: whether two rows share a value, so that the exact distribution does not hold.
        variance: of S with the correction for ties, as ``kendall_variance`` gives it.
    """
    with numpy.errstate(divide="ignore", invalid="ignore"):
        p = numpy.asarray(2 * special.ndtr(-numpy.abs(score) / numpy.sqrt(variance)))
    exact = ~tied & (rows >= 2) & (rows <= KENDALL_EXACT)
    for n in numpy.unique(rows[exact]).astype(int):
        here = exact & (rows == n)
        discordant = numpy.rint((n * (n - 1) / 2 - numpy.abs(score[here])) / 2).astype(int)
        p[here] = _doubled(numpy.cumsum(_inversions(int(n)))[discordant])
    return p


def kendall_variance(
    rows: FloatArray, pairs: tuple[FloatArray, FloatArray], triples: tuple[FloatArray, FloatArray]
) -> FloatArray:
    """The variance of Kendall's S when ties are there (Kendall, Rank Correlation Methods, ch. 4).

    Args:
        pairs: Σ t(t − 1) over the groups of t equal values, of the first and the second variable.
        triples: Σ t(t − 1)(t − 2) likewise.
    """
    # t(t − 1)(2t + 5) = 2 t(t − 1)(t − 2) + 9 t(t − 1)
    own, other = (2 * three + 9 * two for two, three in zip(pairs, triples, strict=True))
    n = rows
    with numpy.errstate(divide="ignore", invalid="ignore"):
        shared = pairs[0] * pairs[1] / (2 * n * (n - 1))
        shared_triples = numpy.where(
            n > 2, triples[0] * triples[1] / (9 * n * (n - 1) * (n - 2)), 0
        )
        return numpy.asarray(
            (n * (n - 1) * (2 * n + 5) - own - other) / 18 + shared + shared_triples
        )


@cache
def _inversions(rows: int) -> FloatArray:
    """The chance of 0, 1, 2, … inversions (discordant pairs) in a random order of ``rows`` values."""
    chances = numpy.ones(1)
    for size in range(2, rows + 1):
        chances = numpy.convolve(chances, numpy.full(size, 1 / size))
    return chances


def _doubled(tail: FloatArray) -> FloatArray:
    return numpy.minimum(2 * tail, 1.0)
