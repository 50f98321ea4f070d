"""One city over years: no ranks, but whether the index rose, by how much, and what could turn that round."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy

from donghaeng.index.arrays import FloatArray
from donghaeng.index.chain.build import carry_out
from donghaeng.index.chain.context import Figures
from donghaeng.index.framework import steps
from donghaeng.index.framework.uncertain import DataError, Uncertainty
from donghaeng.index.hierarchy import composite
from donghaeng.index.uncertainty.study import Study, study_of
from donghaeng.index.uncertainty.turning import sign_turning

from .alternatives import LeftOut
from .drawing import Draws, Gathered, draw
from .significance import Change, changes_of
from .subject import Subject
from .uncertainty import TAIL

# Of a normal error, 90 % lies within so many standard errors.
NORMAL_90 = 1.6448536269514722
# How far from itself a figure is looked at for where it would turn the sign: a tenth to ten times.
LEAST_TIMES, MOST_TIMES = 0.1, 10.0


class Kind(StrEnum):
    """What an interval holds."""

    ALL = "all"  # everything that the file declares uncertain
    MODELLING = "modelling"  # choices of method only
    ROUNDING = "rounding"  # figures within the bounds that printing leaves, nothing else
    SAMPLING = "sampling"  # figures within their standard errors, nothing else
    ROUNDING_AND_SAMPLING = "rounding_and_sampling"


@dataclass(frozen=True)
class Level:
    """A node in a period: as built, and over the draws the median and the 90 % interval."""

    node: str
    period: str
    value: float
    median: float
    low: float
    high: float


@dataclass(frozen=True)
class Intervals:
    """Levels and changes of the index and its areas under one kind of uncertainty."""

    kind: Kind
    draws: int
    levels: tuple[Level, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Turner:
    """A figure, and whether it alone could turn the change of the index round.

    ``low`` to ``high`` is what its own error allows; ``turns`` says whether the change can become zero
    there. ``turning_point`` is where it would, with all other figures as they are, between a tenth and ten
    times the figure (NaN where it would not). ``without`` is the change of the index when the indicator
    is left out (NaN where its weight is shared by no other).
    """

    figure: str
    period: str
    value: float
    low: float
    high: float
    turns: bool
    turning_point: float
    without: float


@dataclass(frozen=True)
class SignOfChange:
    """The change of the index between two periods, and what could turn its sign."""

    before: str
    after: str
    change: float
    turners: tuple[Turner, ...]


@dataclass(frozen=True)
class OverYears:
    """One unit over its periods."""

    unit: str
    periods: tuple[str, ...]
    intervals: tuple[Intervals, ...]
    signs: tuple[SignOfChange, ...]


def over_years(
    subject: Subject,
    study: Study | None,
    gathered: Gathered | None,
    draws: Draws,
    left_out: tuple[LeftOut, ...],
) -> OverYears | None:
    """The section on one city over years; None where there are several units.

    Raises:
        BadInput: where a choice cannot be carried out in a draw.
    """
    if not subject.one_unit:
        return None
    found = []
    if study is not None and gathered is not None:
        errors, modelling = errors_only(subject), modelling_only(subject)
        whole = Kind.ALL if errors and modelling else _kind(study, errors is not None)
        found.append(_intervals(subject, gathered, whole, draws))
        if errors and modelling:
            for kind, part in ((Kind.MODELLING, modelling), (_kind(errors, errors=True), errors)):
                other = draw(subject, part, draws, stage=kind.value, saved=False)
                found.append(_intervals(subject, other, kind, draws))
    signs = tuple(
        _sign(subject, study, pair, place, left_out)
        for place, pair in enumerate(subject.pairs_of_periods)
    )
    return OverYears(subject.panel.units[0], subject.panel.periods, tuple(found), signs)


def errors_only(subject: Subject) -> Study | None:
    """The study of the errors of the figures alone; None where none is declared."""
    return _part(subject, errors=True)


def modelling_only(subject: Subject) -> Study | None:
    """The study of the choices of method alone; None where there are none."""
    return _part(subject, errors=False)


def _part(subject: Subject, *, errors: bool) -> Study | None:
    declared = subject.index.uncertainty
    if declared is None:
        return None
    chosen = {
        name: choice
        for name, choice in declared.choices.items()
        if isinstance(choice, DataError) is errors
    }
    if not chosen:
        return None
    part = Uncertainty(choices=chosen, draws=declared.draws, seed=declared.seed)
    return study_of(subject.index.model_copy(update={"uncertainty": part}), subject.panel)


def _kind(study: Study, errors: bool) -> Kind:
    if not errors:
        return Kind.MODELLING
    even = numpy.concatenate([each.distribution.even for each in study.terms.errors.values()])
    if (even > 0).all():
        return Kind.ROUNDING
    return Kind.ROUNDING_AND_SAMPLING if (even > 0).any() else Kind.SAMPLING


def _intervals(subject: Subject, gathered: Gathered, kind: Kind, draws: Draws) -> Intervals:
    nodes = [int(node) for node in gathered.watched.nodes]
    middle, low, high = (gathered.levels.quantile(p).estimate for p in (0.5, TAIL, 1 - TAIL))
    levels = tuple(
        Level(
            subject.tree.codes[node],
            period,
            value=float(subject.scores[row, node]),
            median=float(middle[row * len(nodes) + place]),
            low=float(low[row * len(nodes) + place]),
            high=float(high[row * len(nodes) + place]),
        )
        for row, period in enumerate(subject.panel.periods)
        for place, node in enumerate(nodes)
    )
    return Intervals(kind, draws.number, levels, changes_of(subject, gathered))


def _sign(
    subject: Subject,
    study: Study | None,
    pair: tuple[int, int],
    place: int,
    left_out: tuple[LeftOut, ...],
) -> SignOfChange:
    before, after = pair
    periods, top = subject.panel.periods, subject.top_scores
    change = float(top[after] - top[before])
    return SignOfChange(
        periods[before], periods[after], change, _turners(subject, study, pair, place, left_out)
    )


def _turners(
    subject: Subject,
    study: Study | None,
    pair: tuple[int, int],
    place: int,
    left_out: tuple[LeftOut, ...],
) -> tuple[Turner, ...]:
    """Every figure of the two periods that the index is computed from."""
    values = subject.panel.values
    low, high = _error_bounds(subject, study)
    cells = [
        (row, int(column))
        for row in pair
        for column in subject.context.leaves
        if not numpy.isnan(values[row, column])
    ]
    if not cells or numpy.isnan(subject.top_scores[list(pair)]).any():
        return ()
    at = tuple(numpy.array(cells).T)

    def change(figures: FloatArray) -> FloatArray:
        table = numpy.broadcast_to(values, (len(figures), *values.shape)).copy()
        table[:, at[0], at[1]] = figures
        scores = scores_at(subject, table)
        return scores[:, pair[1]] - scores[:, pair[0]]

    own = values[at]
    within = sign_turning(change, own, low[at], high[at])
    reach = [own - (1 - LEAST_TIMES) * numpy.abs(own), own + (MOST_TIMES - 1) * numpy.abs(own)]
    anywhere = sign_turning(change, own, reach[0], reach[1])
    without = {each.node: each.moved.changes[place] for each in left_out}
    return tuple(
        Turner(
            subject.panel.columns[column],
            subject.panel.periods[row],
            float(own[k]),
            float(low[row, column]),
            float(high[row, column]),
            bool(within.turns[k]),
            float(anywhere.at[k]),
            without.get(subject.panel.columns[column], float("nan")),
        )
        for k, (row, column) in enumerate(cells)
    )


def _error_bounds(subject: Subject, study: Study | None) -> tuple[FloatArray, FloatArray]:
    """The 90 % interval of a normal error, the whole interval of an even one; elsewhere the figure itself."""
    low, high = subject.panel.values.copy(), subject.panel.values.copy()
    for errors in () if study is None else study.terms.errors.values():
        told = errors.distribution
        reach = told.spread * numpy.where(told.even > 0, 1.0, NORMAL_90)
        at = (errors.rows, errors.columns)
        low[at] = numpy.minimum(low[at], told.centre - reach)
        high[at] = numpy.maximum(high[at], told.centre + reach)
    return low, high


def scores_at(subject: Subject, values: FloatArray) -> FloatArray:
    """The index of every row at other figures (draws, rows, columns), with the weights of the build."""
    figures = Figures(values)
    for step in subject.index.steps:
        if not isinstance(step, steps.Weigh | steps.Aggregate):
            figures = carry_out(step, figures, subject.context)
    leaves = figures.values[..., subject.context.leaves]
    found = composite(subject.tree, leaves, subject.build.weights)
    return found if found.ndim == 2 else found.mean(axis=tuple(range(found.ndim - 2)))
