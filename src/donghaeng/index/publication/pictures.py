"""The charts of a publication, each for a page and for a phone, with its sentences and its data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy

from donghaeng.charts.bump import Rank, RankLine, bump_chart
from donghaeng.charts.composite import CompositePoint, composite_chart
from donghaeng.charts.description import Chart
from donghaeng.charts.dumbbell import MOST, DumbbellRow, dumbbell_chart
from donghaeng.charts.measures import Sheet
from donghaeng.charts.rank_intervals import RankInterval, rank_intervals_chart
from donghaeng.charts.ranked_bars import RankedBar, ranked_bars_chart
from donghaeng.charts.seoul_tiles import SEOUL
from donghaeng.charts.sobol_bars import Share, SobolBar, sobol_bars_chart
from donghaeng.charts.tile_map import tile_map_chart
from donghaeng.charts.true_map import true_map_chart
from donghaeng.charts.waterfall import Contribution, Total, waterfall_chart
from donghaeng.index.aggregation.methods import Arithmetic, Generalised, Geometric, Harmonic
from donghaeng.index.arrays import FloatArray
from donghaeng.index.chain.build import Build
from donghaeng.index.framework.options import BaseYearRatio
from donghaeng.index.framework.steps import Normalise
from donghaeng.index.framework.uncertain import StepChoice
from donghaeng.index.results.contributions import Mean, change_contributions, score_contributions
from donghaeng.language import Words

from .draws import Drawn, Interval
from .material import Material
from .public_ranks import not_ranked

WIDTHS = {"": 720, "phone": 360}
# A chart with more rows than this is no longer read; the table is there for all.
MOST_UNITS = 60
# So many contributions have a row of their own.
SHOWN = 12


@dataclass(frozen=True)
class Picture:
    """One chart for a page and the same for a phone; ``name`` is that of its files."""

    name: str
    wide: Chart
    narrow: Chart


Draw = Callable[[Sheet], Chart]


@dataclass(frozen=True)
class Pictures:
    """Draws everything that can be drawn of the material, in one language."""

    material: Material
    drawn: Drawn | None
    words: Words

    def all(self) -> list[Picture]:
        """The charts in the order in which a page shows them."""
        build = self.build
        single = len(build.panel.units) == 1
        asked = self._of_one_unit() if single else self._of_units()
        if self.drawn is not None:
            asked.append(("sobol", self.words("Which choice makes the spread"), "", self._sobol))
        found = []
        for name, title, axis, draw in asked:
            charts = [
                draw(Sheet(title, self.words, axis=axis, width=width)) for width in WIDTHS.values()
            ]
            found.append(Picture(name, *charts))
        return [each for each in found if any(_known(row) for row in each.wide.rows)]

    @property
    def build(self) -> Build:
        """The index as it was built."""
        return self.material.build

    def label(self, code: str) -> str:
        """The name of a node or indicator, short where it has a short one."""
        index = self.build.index
        node = index.nodes.get(code)
        label = node.short if node is not None and node.short else index.label_of(code)
        return self.words.label(label.pair)

    def unit(self, code: str) -> str:
        """The name of a unit."""
        return self.words.label(self.build.index.units.members[code].label.pair)

    @property
    def interval(self) -> str:
        """What the intervals are."""
        return self.words("90 % interval over the declared choices")

    @property
    def is_ratio(self) -> bool:
        """Whether figures are ratios to a base year."""
        return self._ratio is not None

    @property
    def _ratio(self) -> BaseYearRatio | None:
        steps = self.build.index.steps
        step = next((each for each in steps if isinstance(each, Normalise)), None)
        method = None if step is None else step.normalise
        return method if isinstance(method, BaseYearRatio) else None

    @property
    def base(self) -> float:
        """The line of comparison: the base of the ratios, or the first figure of the whole."""
        if self._ratio is not None:
            return self._ratio.base
        scores = self.build.scores[:, self.build.tree.top]
        known = scores[~numpy.isnan(scores)]
        return float(known[0]) if len(known) else 0.0

    def contributions(self) -> list[tuple[str, float | None]]:
        """What each leaf adds to the last change; empty where there is no change, or no sum of parts."""
        mean = self._mean()
        if mean is None or len(self.build.panel.periods) < 2 or len(self.build.panel.units) > 1:
            return []
        before, after = (self._leaves()[row] for row in (-2, -1))
        found = change_contributions(mean, before, after)
        return [
            (self.label(code), _number(part))
            for code, part in zip(self.build.index.leaves, found.parts, strict=True)
        ]

    # ---- one city over years

    def _of_one_unit(self) -> list[tuple[str, str, str, Draw]]:
        words, periods = self.words, self.build.panel.periods
        axis = words("Index points")
        asked: list[tuple[str, str, str, Draw]] = [
            ("composite", self.label(self.build.index.top), axis, self._composite),
            ("areas", words("Areas by period"), axis, self._areas),
        ]
        if any(value is not None for _, value in self.contributions()):
            title = words(
                "What moved the index, {first} to {last}", first=periods[-2], last=periods[-1]
            )
            asked.append(("contributions", title, axis, self._contributions))
        return asked

    def _composite(self, sheet: Sheet) -> Chart:
        index = self.build.index
        points = []
        for row, (_, period) in enumerate(self.build.panel.rows):
            value = _number(self.build.scores[row, self.build.tree.top])
            low, high = self._bounds(row, index.top, value)
            points.append(CompositePoint(period, value, low, high))
        return composite_chart(points, self.interval, sheet, base=self.base)

    def _areas(self, sheet: Sheet) -> Chart:
        build, index = self.build, self.build.index
        periods = build.panel.periods[-MOST:]
        rows = [
            DumbbellRow(
                self.label(code),
                tuple(
                    _number(build.scores[build.panel.row(build.panel.units[0], p), place])
                    for p in periods
                ),
            )
            for code in index.children(index.top)
            if code in build.tree.codes
            for place in [build.tree.place(code)]
        ]
        return dumbbell_chart(rows, periods, sheet, base=self.base)

    def _contributions(self, sheet: Sheet) -> Chart:
        build = self.build
        parts = [Contribution(label, value) for label, value in self.contributions()]
        ends = [
            Total(period, float(score))
            for period, score in zip(
                build.panel.periods[-2:], build.scores[-2:, build.tree.top], strict=True
            )
        ]
        return waterfall_chart(ends[0], parts, ends[1], sheet, shown=SHOWN)

    # ---- several units

    def _of_units(self) -> list[tuple[str, str, str, Draw]]:
        words, build = self.words, self.build
        title = self.label(build.index.top)
        last = build.panel.periods[-1]
        said = {"index": title, "period": last}
        asked: list[tuple[str, str, str, Draw]] = []
        axis = words("Index points")
        if len(build.panel.units) <= MOST_UNITS:
            bars = words("{index} by unit, {period}", **said)
            asked.append(("units", bars, axis, self._bars))
        if set(build.panel.units) <= {tile.code for tile in SEOUL}:
            asked.append(
                ("tiles", words("{index} on a tile map, {period}", **said), "", self._tiles)
            )
        if self.material.boundaries:
            asked.append(("map", words("{index} on a map, {period}", **said), "", self._map))
        if self.drawn is not None and self.ranked and len(build.panel.units) <= MOST_UNITS:
            ranks = words("How sure the rank of each unit is, {period}", period=last)
            asked.append(("ranks", ranks, "", self._ranks))
            if len(build.panel.periods) > 1:
                asked.append(("bump", words("Ranks by period"), "", self._bump))
        return asked

    @property
    def ranked(self) -> bool:
        """Whether units are ranked on the whole index."""
        return self.build.index.top not in not_ranked(self.build)

    @property
    def last_rows(self) -> range:
        """The rows of the last period."""
        rows = self.build.panel.period_slices[-1]
        return range(rows.start, rows.stop)

    def _bars(self, sheet: Sheet) -> Chart:
        build, index = self.build, self.build.index
        areas = [code for code in index.children(index.top) if code in build.tree.codes]
        parts = self._parts(areas)
        bars = []
        for row in self.last_rows:
            value = _number(build.scores[row, build.tree.top])
            low, high = self._bounds(row, index.top, value)
            own = tuple(None if parts is None else _number(part) for part in self._row(parts, row))
            own = own if parts is not None else (value,)
            bars.append(RankedBar(self.unit(build.panel.rows[row][0]), own, value, low, high))
        names = [self.label(code) for code in areas] if parts is not None else [self.words("Index")]
        return ranked_bars_chart(bars, names, self.interval, sheet, ranked=self.ranked)

    def _parts(self, areas: list[str]) -> FloatArray | None:
        """What each area adds to the top, (rows, areas); None where the top is no sum of parts."""
        build = self.build
        tree = build.tree
        places = [tree.place(code) for code in areas]
        power = _power(tree.methods[tree.top])
        if power is None or power <= 0:
            return None
        mean = Mean(
            tuple(range(len(places))),
            tuple(float(build.weights[place]) for place in places),
            power,
            tree.least_available[tree.top],
        )
        return score_contributions(mean, build.scores[:, places]).parts

    @staticmethod
    def _row(parts: FloatArray | None, row: int) -> list[float]:
        return [] if parts is None else [float(part) for part in parts[row]]

    def _tops(self) -> dict[str, float | None]:
        build = self.build
        return {
            build.panel.rows[row][0]: _number(build.scores[row, build.tree.top])
            for row in self.last_rows
        }

    def _tiles(self, sheet: Sheet) -> Chart:
        return tile_map_chart(SEOUL, self._tops(), sheet, ranked=self.ranked)

    def _map(self, sheet: Sheet) -> Chart:
        labels = {code: self.unit(code) for code in self.build.panel.units}
        boundaries = self.material.boundaries
        return true_map_chart(boundaries, self._tops(), sheet, labels=labels, ranked=self.ranked)

    def _ranks(self, sheet: Sheet) -> Chart:
        units = [
            RankInterval(self.unit(self.build.panel.rows[row][0]), *self._rank(row))
            for row in self.last_rows
        ]
        return rank_intervals_chart(units, self.interval, sheet)

    def _bump(self, sheet: Sheet) -> Chart:
        panel = self.build.panel
        lines = []
        for unit in panel.units:
            ranks = []
            for period in panel.periods:
                median, low, high = self._rank(panel.row(unit, period))
                known = (
                    None
                    if median is None or low is None or high is None
                    else Rank(median, low, high)
                )
                ranks.append(known)
            lines.append(RankLine(self.unit(unit), tuple(ranks)))
        return bump_chart(lines, panel.periods, self.interval, sheet)

    def _rank(self, row: int) -> tuple[float | None, float | None, float | None]:
        assert self.drawn is not None
        found = self.drawn.rank(row, self.build.index.top)
        return _number(found.median), _number(found.low), _number(found.high)

    # ---- both

    def _sobol(self, sheet: Sheet) -> Chart:
        drawn = self.drawn
        assert drawn is not None
        bars = []
        for choice, name in enumerate(drawn.choices):
            first, total = (
                Share(*(_number(each[choice, -1]) for each in (of.estimate, of.low, of.high)))
                for of in (drawn.sobol.first, drawn.sobol.total)
            )
            bars.append(SobolBar(self.choice(name), first, total))
        return sobol_bars_chart(bars, self.words("95 % interval of the estimate"), sheet)

    def choice(self, name: str) -> str:
        """The name of an uncertain choice, as the index file has it, with a word on what it is."""
        declared = self.build.index.uncertainty
        choice = None if declared is None else declared.choices.get(name)
        words = self.words
        if isinstance(choice, StepChoice):
            return {
                "denominate": words("Dividing by the population"),
                "impute": words("Filling in of missing figures"),
                "screen": words("Leaving out of units with few figures"),
                "treat": words("Treatment of outliers"),
                "normalise": words("Scale of the figures"),
                "weigh": words("Way of weighing"),
                "aggregate": words("Kind of mean"),
            }[choice.step]
        said = {
            "weight_noise": words("Noise in the weights"),
            "weight_shares": words("Shares of the weights"),
            "weight_experts": words("Which expert's weights"),
            "parameter": words("A number in a step: {name}", name=name),
            "data_error": words("Error of the figures themselves"),
            "leave_out": words("What is left out"),
        }
        kind = "" if choice is None else choice.kind
        return said.get(kind, name)

    def _bounds(
        self, row: int, node: str, value: float | None
    ) -> tuple[float | None, float | None]:
        if self.drawn is None:
            return None, None
        found: Interval = self.drawn.score(row, node)
        return found.around(value)

    def _leaves(self) -> FloatArray:
        """The normalised figures of the leaves, (rows, leaves); the mean of several completed tables."""
        return self.build.scores[:, : self.build.tree.indicators]

    def _mean(self) -> Mean | None:
        """The tree as nested means; None where a node is put together in another way."""
        tree, weights = self.build.tree, self.build.weights

        def node(place: int) -> Mean | int:
            if place < tree.indicators:
                return place
            power = _power(tree.methods[place])
            if power is None:
                raise _NoMeanError
            children = [int(child) for child in tree.children[place]]
            return Mean(
                tuple(node(child) for child in children),
                tuple(float(weights[child]) for child in children),
                power,
                tree.least_available[place],
            )

        try:
            top = node(tree.top)
        except _NoMeanError:
            return None
        assert isinstance(top, Mean)
        return top


class _NoMeanError(Exception):
    """A node of the tree is not a mean."""


def _power(method: object) -> float | None:
    """The power of a mean; None for another rule."""
    if isinstance(method, Generalised):
        return method.power
    powers = {Arithmetic: 1.0, Geometric: 0.0, Harmonic: -1.0}
    return powers.get(type(method))


def _number(value: float | numpy.floating) -> float | None:
    number = float(value)
    return None if number != number else number


def _known(row: tuple[str | int | float | None, ...]) -> bool:
    """Whether a row of a chart's data holds a figure."""
    return any(isinstance(cell, int | float) for cell in row)
