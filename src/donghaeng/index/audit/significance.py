"""Whether a difference is larger than its uncertainty: between neighbouring units, and between years."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy

from donghaeng.index.arrays import FloatArray, WholeArray
from donghaeng.index.uncertainty.change import share_of_draws
from donghaeng.index.uncertainty.significance import Differences, compare
from donghaeng.index.uncertainty.study import Study

from .drawing import MOST_PAIRED, Draws, Gathered
from .subject import Subject
from .uncertainty import LEVEL, TAIL

# An order that holds in fewer draws than this share (and in more than the rest) is not settled.
SETTLED = 0.95
# Draws from which the covariance of the errors of measurement is found.
MOST_DRAWS = 8_192
# The chance of any false difference among all that are compared.
FALSE = 0.05


@dataclass(frozen=True)
class Neighbours:
    """Two units of which one follows the other in the index: ``second`` less ``first``.

    ``above`` is the share of draws in which the first scores higher. ``p`` and ``adjusted`` (Holm, all pairs)
    are for the errors of measurement alone; NaN where none is declared.
    """

    first: str
    second: str
    difference: float
    above: float
    p: float
    adjusted: float


@dataclass(frozen=True)
class Change:
    """How a node of a unit changed from one period to another.

    ``difference`` is that of the build; the others are over the draws: ``low`` to ``high`` holds 90 % of them,
    ``rose`` and ``fell`` are shares of them, ``rose_low`` to ``rose_high`` the 95 % interval of a share from
    so many draws. ``p`` and ``adjusted`` as for neighbours.
    """

    unit: str
    node: str
    before: str
    after: str
    difference: float
    median: float
    low: float
    high: float
    rose: float
    rose_low: float
    rose_high: float
    fell: float
    p: float = float("nan")
    adjusted: float = float("nan")


@dataclass(frozen=True)
class Significance:
    """Differences between units and between years.

    ``measured`` says whether errors of measurement are declared: only they make a test of significance.
    Of ``pairs`` of units the order of ``unsettled`` does not hold in 95 % of the draws, and ``significant``
    differ by more than the errors, all pairs allowed for. With more than 250 units pairs are not counted.
    """

    level: float
    draws: int
    measured: bool
    pairs: int
    unsettled: int
    significant: int
    neighbours: tuple[Neighbours, ...]
    changes: tuple[Change, ...]


def significance(
    subject: Subject, gathered: Gathered, errors: Study | None, draws: Draws
) -> Significance:
    """The section on significance, for several units.

    Args:
        errors: the study of the errors of measurement alone; None where none is declared.
    """
    measured = None if errors is None else _covariance(subject, errors, draws)
    few = len(subject.panel.units) <= MOST_PAIRED
    tests = None if measured is None or not few else _unit_tests(subject, measured)
    pairs, unsettled = _unsettled(gathered)
    return Significance(
        LEVEL,
        draws.number,
        errors is not None,
        pairs,
        unsettled,
        0 if tests is None else int(tests.significant(FALSE).sum()),
        _neighbours(subject, gathered, tests),
        _with_tests(subject, changes_of(subject, gathered), measured),
    )


def _covariance(subject: Subject, errors: Study, draws: Draws) -> FloatArray:
    """Covariance of the errors of every row, (rows, rows); NaN for a row without a score."""
    sample = draws.sample(errors, 0)[:MOST_DRAWS]
    scores = errors.drawn(sample, top_only=True).scores[..., 0]
    found: FloatArray = numpy.atleast_2d(numpy.cov(scores, rowvar=False))
    return found


def _unit_tests(subject: Subject, covariance: FloatArray) -> Differences | None:
    """Every pair of units in the period."""
    known = _known(subject, covariance)
    if len(known) < 2:
        return None
    rows = known + subject.rows.start
    return _compared(subject, covariance, rows, None)


def _known(subject: Subject, covariance: FloatArray) -> WholeArray:
    """Units of the period that have a score in every draw."""
    scores = subject.top_scores[subject.rows]
    spread = numpy.diag(covariance)[subject.rows]
    return numpy.flatnonzero(~numpy.isnan(scores) & ~numpy.isnan(spread))


def _compared(
    subject: Subject, covariance: FloatArray, rows: WholeArray, pairs: WholeArray | None
) -> Differences:
    return compare(subject.top_scores[rows], covariance[numpy.ix_(rows, rows)], pairs)


def _unsettled(gathered: Gathered) -> tuple[int, int]:
    """Pairs of units that both have scores, and how many of them have no settled order."""
    counted = gathered.summary.ranks
    if not counted.above.size:
        return 0, 0
    above = counted.probability_above()
    upper = above[numpy.triu_indices(len(above), 1)]
    lower = above.T[numpy.triu_indices(len(above), 1)]
    known = ~numpy.isnan(upper)
    settled = (upper >= SETTLED) | (lower >= SETTLED)
    return int(known.sum()), int((known & ~settled).sum())


def _neighbours(
    subject: Subject, gathered: Gathered, tests: Differences | None
) -> tuple[Neighbours, ...]:
    """Units in the order of the index, each with the next."""
    scores = subject.top_scores[subject.rows]
    order = [int(u) for u in numpy.argsort(-scores, kind="stable") if not numpy.isnan(scores[u])]
    counted = gathered.summary.ranks
    above = counted.probability_above() if counted.above.size else None
    of_pair: dict[tuple[int, int], tuple[float, float]] = {}
    if tests is not None:
        known = numpy.flatnonzero(~numpy.isnan(scores))
        for place, (one, other) in enumerate(zip(tests.first, tests.second, strict=True)):
            pair = (int(known[one]), int(known[other]))
            of_pair[pair] = (float(tests.p[place]), float(tests.adjusted[place]))
    nothing = (float("nan"), float("nan"))
    names = subject.panel.units
    return tuple(
        Neighbours(
            names[first],
            names[second],
            float(scores[second] - scores[first]),
            float("nan") if above is None else float(above[first, second]),
            *of_pair.get((min(first, second), max(first, second)), nothing),
        )
        for first, second in pairwise(order)
    )


def changes_of(subject: Subject, gathered: Gathered) -> tuple[Change, ...]:
    """The change of every watched node between periods, over the draws."""
    watched, panel = gathered.watched, subject.panel
    nodes = [subject.tree.top] if watched.ranked else [int(node) for node in watched.nodes]
    rose, fell, same = gathered.signs
    known = rose + fell + same
    middle, low, high = (gathered.changes.quantile(p).estimate for p in (0.5, TAIL, 1 - TAIL))
    found = []
    place = 0
    for before, after in watched.pairs:
        for unit, name in enumerate(panel.units):
            for node in nodes:
                rows = [period * len(panel.units) + unit for period in (before, after)]
                change = subject.scores[rows[1], node] - subject.scores[rows[0], node]
                draws = int(known[place])
                share = share_of_draws(
                    rose[place : place + 1], max(draws, 1), numpy.array([draws == 0])
                )
                found.append(
                    Change(
                        name,
                        subject.tree.codes[node],
                        panel.periods[before],
                        panel.periods[after],
                        difference=float(change),
                        median=float(middle[place]),
                        low=float(low[place]),
                        high=float(high[place]),
                        rose=float(share.estimate[0]),
                        rose_low=float(share.low[0]),
                        rose_high=float(share.high[0]),
                        fell=float(fell[place] / draws) if draws else float("nan"),
                    )
                )
                place += 1
    return tuple(found)


def _with_tests(
    subject: Subject, changes: tuple[Change, ...], covariance: FloatArray | None
) -> tuple[Change, ...]:
    """The changes of the index with their tests, where errors of measurement are declared."""
    if covariance is None or not changes:
        return changes
    panel = subject.panel
    known = ~numpy.isnan(subject.top_scores) & ~numpy.isnan(numpy.diag(covariance))
    rows = numpy.flatnonzero(known)
    place = {int(row): number for number, row in enumerate(rows)}
    pairs = [(panel.row(c.unit, c.before), panel.row(c.unit, c.after)) for c in changes]
    tested = [k for k, (a, b) in enumerate(pairs) if a in place and b in place]
    if not tested:
        return changes
    chosen = numpy.array([[place[pairs[k][0]], place[pairs[k][1]]] for k in tested])
    tests = _compared(subject, covariance, rows, chosen)
    found = list(changes)
    for number, k in enumerate(tested):
        found[k] = replace(
            found[k], p=float(tests.p[number]), adjusted=float(tests.adjusted[number])
        )
    return tuple(found)
