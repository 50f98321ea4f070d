"""How sure the published figures are: intervals of scores, ranks and changes over the declared choices.

Draws are taken block by block and only counted, so that memory does not grow with their number. What comes out
depends on the index, its figures, the seed and the number of draws, and on nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy
import polars

from donghaeng.index.arrays import FlagArray, FloatArray, WholeArray
from donghaeng.index.chain.build import Build
from donghaeng.index.framework.options import (
    BaseYearRatio,
    Goalposts,
    MinMax,
    NormalisationMethod,
    ZScore,
)
from donghaeng.index.framework.steps import Normalise
from donghaeng.index.framework.uncertain import StepChoice
from donghaeng.index.uncertainty.convergence import Stop
from donghaeng.index.uncertainty.draw_summary import RankedBlock
from donghaeng.index.uncertainty.rank_counts import RankCounts
from donghaeng.index.uncertainty.ranking import ranks as rank_draws
from donghaeng.index.uncertainty.samples import BLOCK, SaltelliDesign, independent_block
from donghaeng.index.uncertainty.score_histogram import Histogram
from donghaeng.index.uncertainty.sobol import SobolIndices, sobol_indices
from donghaeng.index.uncertainty.study import Study, study_of
from donghaeng.index.uncertainty.threads import in_order

from .nodes import published_nodes
from .public_ranks import not_ranked
from .tables import rows_of

LEVEL = 0.9
SOBOL_DRAWS = 1_024
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Interval:
    """Lower bound, median and upper bound; NaN where there is none."""

    low: float
    median: float
    high: float

    def around(self, value: float | None) -> tuple[float | None, float | None]:
        """The bounds, where they hold ``value``; a chart draws no others."""
        if value is None or not self.low <= value <= self.high:
            return None, None
        return self.low, self.high


@dataclass
class Drawn:
    """What the draws say of every published node, in every row.

    ``scores`` (3, rows, nodes) are lower bound, median and upper bound; ``ranks`` likewise, NaN where units
    are not ranked; ``changes`` (3, rows, nodes) are those since the period before, and ``rose`` (rows,
    nodes) the share of draws in which the figure rose. Scores and changes are those of the ``on_scale`` draws
    whose scale is that of the index; a place in an order and a point from 0 to 100 have no common interval.
    """

    build: Build
    draws: int
    on_scale: int
    seed: int
    scores: FloatArray
    ranks: FloatArray
    changes: FloatArray
    rose: FloatArray
    forms: tuple[tuple[str, str, int], ...]
    sobol: SobolIndices
    sobol_outputs: tuple[str, ...]
    choices: tuple[str, ...]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {code: number for number, code in enumerate(published_nodes(self.build))}

    def score(self, row: int, node: str) -> Interval:
        """The interval of one score."""
        return Interval(*(float(x) for x in self.scores[:, row, self._places[node]]))

    def rank(self, row: int, node: str) -> Interval:
        """The interval of one rank."""
        return Interval(*(float(x) for x in self.ranks[:, row, self._places[node]]))

    def change(self, row: int, node: str) -> tuple[Interval, float]:
        """The interval of the change since the period before, and how often it was a rise."""
        place = self._places[node]
        return Interval(*(float(x) for x in self.changes[:, row, place])), float(
            self.rose[row, place]
        )


def draw(build: Build, progress: Progress | None = None, threads: int = 1) -> Drawn | None:
    """Draw as often as the index file says; None where it declares nothing as uncertain.

    Args:
        progress: called with the draws done and their number.

    Raises:
        BadInput: where a choice cannot be carried out in a draw.
    """
    declared = build.index.uncertainty
    if declared is None:
        return None
    study = study_of(build.index, build.panel)
    counts = _Counts(build)
    blocks = -(-declared.draws // BLOCK)
    places = list(published_nodes(build).values())

    def work(block: int) -> tuple[FloatArray, FlagArray]:
        rows = min(BLOCK, declared.draws - block * BLOCK)
        sample = independent_block(declared.seed, block, study.choices.columns, rows)
        scores = study.scores(sample)[..., places]
        return scores, _on_the_scale(study, sample)

    for done, (scores, on_scale) in enumerate(in_order(work, range(blocks), threads), start=1):
        counts.add(scores, on_scale)
        if progress:
            progress(min(done * BLOCK, declared.draws), declared.draws)
    forms = tuple(
        (choice, form, count) for (choice, form), count in sorted(study.executed.forms.items())
    )
    outputs, sobol = _sobol(study, build, threads)
    shape = (3, len(build.panel.rows), len(places))
    return Drawn(
        build=build,
        draws=declared.draws,
        on_scale=counts.on_scale,
        seed=declared.seed,
        scores=_quantiles(counts.scores).reshape(shape),
        ranks=counts.rank_intervals(),
        changes=counts.change_intervals(),
        rose=counts.share_of_rises(),
        forms=forms,
        sobol=sobol,
        sobol_outputs=outputs,
        choices=study.choices.names,
    )


def _on_the_scale(study: Study, sample: FloatArray) -> FlagArray:
    """Which draws normalise to the same scale as the index does, (draws,)."""
    own = next((each for each in study.index.steps if isinstance(each, Normalise)), None)
    found = numpy.ones(len(sample), dtype=numpy.bool_)
    if own is None:
        return found
    values = study.terms.settle(sample).values
    for name, choice in study.terms.declared.items():
        if not isinstance(choice, StepChoice) or choice.step != Normalise.step:
            continue
        same = [
            isinstance(form, Normalise) and _scale(form.normalise) == _scale(own.normalise)
            for form in choice.among
        ]
        found &= numpy.array(same)[values[name][:, 0].astype(numpy.int64)]
    return found


def _scale(method: NormalisationMethod) -> tuple[object, ...]:
    """What makes two methods of normalisation comparable: the range of what comes out."""
    if isinstance(method, MinMax | Goalposts):
        return (method.low, method.high)
    if isinstance(method, ZScore):
        return (method.method, method.mean, method.deviation)
    if isinstance(method, BaseYearRatio):
        return (method.method, method.base)
    return (method.method,)


def _quantiles(histogram: Histogram) -> FloatArray:
    tail = (1 - LEVEL) / 2
    return numpy.stack([histogram.quantile(p).estimate for p in (tail, 0.5, 1 - tail)])


@dataclass
class _Counts:
    """The counts of all draws so far."""

    build: Build
    scores: Histogram = field(init=False)
    changes: Histogram | None = field(init=False, default=None)
    rises: WholeArray = field(init=False)
    compared: WholeArray = field(init=False)
    ranked: dict[tuple[int, int], RankCounts] = field(init=False)
    on_scale: int = 0

    def __post_init__(self) -> None:
        panel, codes = self.build.panel, list(published_nodes(self.build))
        nodes, units, periods = len(codes), len(panel.units), len(panel.periods)
        self.scores = Histogram(units * periods * nodes)
        later = (periods - 1) * units * nodes
        self.changes = Histogram(later) if later else None
        self.rises = numpy.zeros(later, dtype=numpy.int64)
        self.compared = numpy.zeros(later, dtype=numpy.int64)
        unranked = not_ranked(self.build)
        self.ranked = {
            (period, node): RankCounts(units)
            for period in range(periods)
            for node, code in enumerate(codes)
            if units > 1 and code not in unranked
        }

    def add(self, scores: FloatArray, on_scale: FlagArray) -> None:
        """Take in a block of draws, (draws, rows, nodes), and which of them have the scale of the index."""
        panel = self.build.panel
        self.on_scale += int(on_scale.sum())
        comparable = scores[on_scale]
        self.scores.add(comparable.reshape(len(comparable), -1))
        if self.changes is not None:
            units = len(panel.units)
            change = comparable[:, units:] - comparable[:, :-units]
            change = change.reshape(len(comparable), -1)
            self.changes.add(change)
            self.rises += (change > 0).sum(axis=0)
            self.compared += (~numpy.isnan(change)).sum(axis=0)
        for (period, node), counts in self.ranked.items():
            of_period = numpy.ascontiguousarray(scores[:, panel.period_slices[period], node])
            block = RankedBlock(of_period, rank_draws(of_period))
            counts.add(block.scores, block.ranks)

    def rank_intervals(self) -> FloatArray:
        """(3, rows, nodes)."""
        panel = self.build.panel
        found = numpy.full((3, len(panel.rows), len(published_nodes(self.build))), numpy.nan)
        tail = (1 - LEVEL) / 2
        for (period, node), counts in self.ranked.items():
            for place, probability in enumerate((tail, 0.5, 1 - tail)):
                found[place, panel.period_slices[period], node] = counts.quantile(probability)
        return found

    def change_intervals(self) -> FloatArray:
        """(3, rows, nodes); NaN in the first period."""
        panel, nodes = self.build.panel, len(published_nodes(self.build))
        found = numpy.full((3, len(panel.rows), nodes), numpy.nan)
        if self.changes is not None:
            found[:, len(panel.units) :] = _quantiles(self.changes).reshape(3, -1, nodes)
        return found

    def share_of_rises(self) -> FloatArray:
        """(rows, nodes); NaN in the first period."""
        panel, nodes = self.build.panel, len(published_nodes(self.build))
        found = numpy.full((len(panel.rows), nodes), numpy.nan)
        shares = numpy.full(self.rises.shape, numpy.nan)
        numpy.divide(self.rises, self.compared, out=shares, where=self.compared > 0)
        found[len(panel.units) :] = shares.reshape(-1, nodes)
        return found


def _sobol(study: Study, build: Build, threads: int) -> tuple[tuple[str, ...], SobolIndices]:
    """Which choice matters: for the index of each period, or for the order of the units.

    Of several units the output is the mean distance between the rank in a draw and the published one.
    """
    assert build.index.uncertainty is not None
    panel, top = build.panel, build.tree.top
    design = SaltelliDesign(study.choices.groups, build.index.uncertainty.seed)

    def shifts(points: FloatArray) -> FloatArray:
        scores = study.top_scores(points)
        found = []
        for rows in panel.period_slices:
            drawn = rank_draws(numpy.ascontiguousarray(scores[:, rows])).astype(numpy.float64)
            drawn[drawn == 0] = numpy.nan
            found.append(numpy.nanmean(numpy.abs(drawn - build.ranks[rows, top]), axis=1))
        return numpy.stack(found, axis=1)

    single = len(panel.units) == 1
    indices = sobol_indices(
        study.top_scores if single else shifts, design, Stop.at(SOBOL_DRAWS), threads=threads
    )
    return panel.periods, indices


def sobol_table(drawn: Drawn) -> polars.DataFrame:
    """period, choice, and the first and total index with their 95 % intervals."""
    rows = []
    first, total = drawn.sobol.first, drawn.sobol.total
    for output, period in enumerate(drawn.sobol_outputs):
        for choice, name in enumerate(drawn.choices):
            bounds = [
                float(each[choice, output])
                for of in (first, total)
                for each in (of.estimate, of.low, of.high)
            ]
            rows.append((period, name, *bounds))
    names = ("first", "first_low", "first_high", "total", "total_low", "total_high")
    return rows_of(rows, texts=("period", "choice"), figures=names)
