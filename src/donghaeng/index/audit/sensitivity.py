"""Which choice matters: shares of the variance of ranks, scores and changes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy

from donghaeng.index.arrays import FloatArray
from donghaeng.index.results.ranks import rank
from donghaeng.index.uncertainty.convergence import Stop
from donghaeng.index.uncertainty.dependence import Independent
from donghaeng.index.uncertainty.intervals import Bounded
from donghaeng.index.uncertainty.ranking import ranks
from donghaeng.index.uncertainty.samples import SaltelliDesign
from donghaeng.index.uncertainty.shapley import Budget, shapley_effects
from donghaeng.index.uncertainty.sobol import SobolIndices, sobol_indices
from donghaeng.index.uncertainty.study import Study

from .alternatives import Alternative, alternatives
from .drawing import Draws, Gathered
from .subject import Subject

MOST_DRAWS, LEAST_DRAWS = 65_536, 1_024
# With more units than this only the mean shift of ranks is looked at.
MOST_UNITS = 250
RANK_SHIFT = "mean_rank_shift"


@dataclass(frozen=True)
class ShareOfVariance:
    """A share with its 95 % interval; NaN where the output does not vary."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class ChoiceIndices:
    """One choice: its first and total Sobol index, and its Shapley share where that was asked for."""

    choice: str
    first: ShareOfVariance
    total: ShareOfVariance
    shapley: ShareOfVariance | None = None


@dataclass(frozen=True)
class Output:
    """One output: ``kind`` is mean_rank_shift, score, index or change; ``about`` the unit or the periods.

    ``doubts`` are rules of true indices that the estimates break beyond their intervals.
    """

    kind: str
    about: str
    mean: float
    variance: float
    interaction: float
    indices: tuple[ChoiceIndices, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True)
class RoundSaid:
    """The widest half of any interval after so many draws."""

    draws: int
    first: float
    total: float


@dataclass(frozen=True)
class Sensitivity:
    """Shares of the variance, and each alternative by itself.

    ``not_in_every_draw`` are units without a score in some draws: they have no share of variance.
    """

    draws: int
    evaluations: int
    tolerance: float
    converged: bool
    rounds: tuple[RoundSaid, ...]
    outputs: tuple[Output, ...]
    not_in_every_draw: tuple[str, ...]
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True)
class Watching:
    """From scores to the outputs of which the variance is shared out."""

    subject: Subject
    units: tuple[int, ...]

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """Kind and subject of each output."""
        panel = self.subject.panel
        if self.subject.one_unit:
            periods = panel.periods
            pairs = [f"{periods[a]} → {periods[b]}" for a, b in self.subject.pairs_of_periods]
            return tuple(
                [("index", period) for period in periods] + [("change", pair) for pair in pairs]
            )
        return ((RANK_SHIFT, ""), *(("score", panel.units[unit]) for unit in self.units))

    def outputs(self, study: Study, points: FloatArray) -> FloatArray:
        """(draws, outputs)."""
        scores = study.drawn(points, top_only=True).scores[..., 0]
        if self.subject.one_unit:
            changes = [scores[:, b] - scores[:, a] for a, b in self.subject.pairs_of_periods]
            return numpy.column_stack([scores, *changes])
        rows = self.subject.rows
        nominal = rank(self.subject.top_scores[rows][:, None])[:, 0]
        found = ranks(scores[:, rows])
        shift = numpy.abs(numpy.where(found > 0, found, numpy.nan) - nominal)
        known = ~numpy.isnan(shift)
        mean = numpy.where(known, shift, 0.0).sum(axis=1) / known.sum(axis=1)
        return numpy.column_stack([mean, scores[:, rows][:, list(self.units)]])


def sensitivity(
    subject: Subject,
    study: Study,
    gathered: Gathered,
    draws: Draws,
    *,
    shapley: bool = False,
) -> Sensitivity:
    """The section on sensitivity: draws are doubled until every interval is within ±0.05.

    Raises:
        BadInput: where a choice cannot be carried out in a draw.
    """
    always, sometimes = _units(subject, gathered)
    watching = Watching(subject, always)
    evaluate = partial(watching.outputs, study)
    most = _power_of_two(draws.number)
    stop = Stop(least_draws=min(LEAST_DRAWS, most), most_draws=most)
    design = SaltelliDesign(study.choices.groups, draws.seed)
    found = sobol_indices(
        evaluate, design, stop, threads=draws.threads, progress=draws.told("sensitivity")
    )
    effects: Bounded | None = None
    if shapley:
        effects = shapley_effects(
            evaluate,
            Independent(study.choices.columns),
            study.choices.groups,
            seed=draws.seed,
            budget=Budget(variance_draws=max(2, min(10_000, draws.number))),
            threads=draws.threads,
        ).share
    outputs = tuple(
        _output(place, name, study.choices.names, found, effects)
        for place, name in enumerate(watching.names)
    )
    return Sensitivity(
        found.draws,
        found.evaluations,
        stop.tolerance,
        found.converged,
        tuple(RoundSaid(r.draws, r.first_half_width, r.total_half_width) for r in found.rounds),
        outputs,
        sometimes,
        alternatives(subject, draws.seed),
    )


def _power_of_two(draws: int) -> int:
    """The largest power of two up to ``draws``, and not more than the sensitivity needs."""
    return int(min(MOST_DRAWS, 2 ** int(numpy.log2(draws))))


def _units(subject: Subject, gathered: Gathered) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Units that have a score in every draw, and those that have one in some only."""
    if subject.one_unit:
        return (), ()
    ranked = gathered.summary.ranks.ranked
    all_draws = gathered.summary.ranks.draws
    always = tuple(int(unit) for unit in numpy.flatnonzero(ranked == all_draws))
    some = numpy.flatnonzero((ranked > 0) & (ranked < all_draws))
    names = tuple(subject.panel.units[unit] for unit in some)
    return (always if len(always) <= MOST_UNITS else ()), names


def _output(
    place: int,
    name: tuple[str, str],
    choices: tuple[str, ...],
    found: SobolIndices,
    effects: Bounded | None,
) -> Output:
    def share(bounded: Bounded, choice: int) -> ShareOfVariance:
        at = (choice, place)
        return ShareOfVariance(
            float(bounded.estimate[at]), float(bounded.low[at]), float(bounded.high[at])
        )

    indices = tuple(
        ChoiceIndices(
            choice,
            share(found.first, k),
            share(found.total, k),
            None if effects is None else share(effects, k),
        )
        for k, choice in enumerate(choices)
    )
    doubts = tuple(
        each.doubt.value + (f": {choices[each.choice]}" if each.choice is not None else "")
        for each in found.doubts
        if each.output == place
    )
    return Output(
        *name,
        float(found.mean[place]),
        float(found.variance[place]),
        float(found.interaction[place]),
        indices,
        doubts,
    )
