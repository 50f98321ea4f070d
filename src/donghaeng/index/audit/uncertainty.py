"""What the uncertain choices do to ranks and scores: how sure the place of each unit is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from donghaeng.index.framework.uncertain import (
    DataError,
    LeaveOut,
    Parameter,
    StepChoice,
    WeightExperts,
    WeightNoise,
    WeightShares,
)
from donghaeng.index.results.ranks import rank
from donghaeng.index.uncertainty.silent import largest_changes
from donghaeng.index.uncertainty.study import Study

from .drawing import Draws, Gathered
from .subject import Subject

LEVEL = 0.9
TAIL = (1 - LEVEL) / 2
SHIFTS = (1, 2, 5)


@dataclass(frozen=True)
class ChoiceSaid:
    """One uncertain choice: its kind, its distribution in words, and in how many draws each form was taken.

    ``numbers`` is how many numbers a draw takes for it. ``largest_change`` is the largest change of any score
    that it alone made in pairs of draws, infinite where a score appeared or disappeared; a ``silent`` one
    changed nothing at all.
    """

    name: str
    kind: str
    distribution: str
    numbers: int
    forms: tuple[tuple[str, int], ...]
    largest_change: float
    silent: bool


@dataclass(frozen=True)
class UnitInterval:
    """A unit's score and rank as built, and over the draws: median and 90 % interval.

    ``ranked`` is the number of draws in which it has a rank; ``first`` the share of these in which it is the
    first, and ``near`` those in which the rank is at most 1, 2 and 5 places from that of the build.
    """

    unit: str
    score: float
    score_median: float
    score_low: float
    score_high: float
    rank: float
    rank_median: float
    rank_low: float
    rank_high: float
    mean_shift: float
    ranked: int
    first: float
    near: tuple[float, ...]


@dataclass(frozen=True)
class Shift:
    """The share of units whose median rank, and whose whole 90 % interval, is within so many places."""

    places: int
    medians: float
    intervals: float


@dataclass(frozen=True)
class Uncertainty:
    """The draws and what they say; ``units`` and ``shifts`` are empty where there is one unit.

    There are no ``failures``: a choice that cannot be carried out in a draw stops the audit.
    """

    draws: int
    failures: int
    seed: int
    choices: tuple[ChoiceSaid, ...]
    exact: tuple[str, ...]
    unknown_errors: tuple[str, ...]
    period: str
    units: tuple[UnitInterval, ...]
    shifts: tuple[Shift, ...]


def uncertainty(subject: Subject, study: Study, gathered: Gathered, draws: Draws) -> Uncertainty:
    """The section on uncertainty."""
    units = () if subject.one_unit else _units(subject, gathered)
    errors = study.terms.errors.values()
    return Uncertainty(
        draws.number,
        0,
        draws.seed,
        _choices(study, gathered, draws),
        tuple(sorted({code for each in errors for code in each.exact})),
        _unknown(subject),
        subject.period,
        units,
        _shifts(units),
    )


def _unknown(subject: Subject) -> tuple[str, ...]:
    """What the index is computed from and nobody says how far it may be off."""
    index = subject.index
    said = {code for code, each in index.indicators.items() if each.measurement_error is not None}
    bounded = ~numpy.isnan(subject.panel.lower) & ~numpy.isnan(subject.panel.upper)
    return tuple(
        code
        for column, code in enumerate(index.columns)
        if code in index.leaves and code not in said and not bounded[:, column].any()
    )


def _choices(study: Study, gathered: Gathered, draws: Draws) -> tuple[ChoiceSaid, ...]:
    changed = largest_changes(study, seed=draws.seed)
    found = []
    for name, group in zip(study.choices.names, study.choices.groups, strict=True):
        choice = study.terms.declared.get(name)
        forms = sorted((form, n) for (of, form), n in gathered.forms.items() if of == name)
        kind = getattr(choice, "kind", "imputed_table")
        said = distribution_of(choice)
        found.append(
            ChoiceSaid(
                name, kind, said, len(group), tuple(forms), changed[name], changed[name] == 0.0
            )
        )
    return tuple(found)


def distribution_of(choice: object) -> str:
    """The distribution of a choice, as short as a formula."""
    if isinstance(choice, StepChoice):
        chances = choice.chances or (1.0,) * len(choice.among)
        shares = ", ".join(f"{chance / sum(chances):.3g}" for chance in chances)
        return f"{choice.step}: {shares}"
    if isinstance(choice, Parameter):
        kind = "whole, uniform" if choice.whole else "uniform"
        return f"{choice.of}: {kind} {choice.low:g} – {choice.high:g}"
    if isinstance(choice, WeightNoise):
        return f"w · (1 + {choice.factor:g} · U(−1, 1))"
    if isinstance(choice, WeightShares):
        return f"Dirichlet({choice.concentration:g} · w)"
    if isinstance(choice, WeightExperts):
        return "1 / experts"
    if isinstance(choice, LeaveOut):
        return f"1 / {len(choice.among) + choice.none}"
    if isinstance(choice, DataError):
        return "N(x, se), U(lower, upper)"
    return "1 / tables"


def _units(subject: Subject, gathered: Gathered) -> tuple[UnitInterval, ...]:
    scores = subject.top_scores[subject.rows]
    ranks = rank(scores[:, None])[:, 0]
    counted, histogram = gathered.summary.ranks, gathered.summary.histogram
    rank_middle, rank_low, rank_high = (counted.quantile(p) for p in (0.5, TAIL, 1 - TAIL))
    middle, low, high = (histogram.quantile(p).estimate for p in (0.5, TAIL, 1 - TAIL))
    first = counted.probability()[:, 0]
    known = ~numpy.isnan(ranks)
    nominal = numpy.where(known, ranks, 0)
    near = numpy.array([counted.probability_near(nominal, places) for places in SHIFTS])
    shift = numpy.where(known, counted.mean_shift(nominal), numpy.nan)
    return tuple(
        UnitInterval(
            code,
            score=float(scores[unit]),
            score_median=float(middle[unit]),
            score_low=float(low[unit]),
            score_high=float(high[unit]),
            rank=float(ranks[unit]),
            rank_median=float(rank_middle[unit]),
            rank_low=float(rank_low[unit]),
            rank_high=float(rank_high[unit]),
            mean_shift=float(shift[unit]),
            ranked=int(counted.ranked[unit]),
            first=float(first[unit]),
            near=tuple(float(share) for share in near[:, unit]) if known[unit] else (),
        )
        for unit, code in enumerate(subject.panel.units)
    )


def _shifts(units: tuple[UnitInterval, ...]) -> tuple[Shift, ...]:
    ranked = [unit for unit in units if unit.rank == unit.rank and unit.ranked]
    if not ranked:
        return ()

    def share(flags: list[bool]) -> float:
        return sum(flags) / len(flags)

    return tuple(
        Shift(
            places,
            share([abs(unit.rank_median - unit.rank) <= places for unit in ranked]),
            share(
                [
                    unit.rank - unit.rank_low <= places and unit.rank_high - unit.rank <= places
                    for unit in ranked
                ]
            ),
        )
        for places in SHIFTS
    )
