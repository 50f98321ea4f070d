"""The least change that brings a node to a target: each indicator alone, and all together in equal per cent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from donghaeng.index.arrays import FloatArray, WholeArray
from donghaeng.index.chain import Build
from donghaeng.rules.faults import BadInput

from .moves import limits_of
from .recomputing import Basis, Cells, Recomputation

TOGETHER = "together"
# Changes that are tried: from 1/64 of a figure, doubled, up to a thousand million times the figure.
FIRST, DOUBLINGS = 1 / 64, 36


@dataclass(frozen=True)
class LeastChange:
    """What it takes of one indicator, or of all of them in equal per cent (``code`` is then `together`).

    ``percent`` is that of the figure before (of one unit where that is zero).
    Where the target cannot be reached, ``figure`` is NaN and ``attainable`` is as far as the node
    comes; where it is reached, ``attainable`` is the score at ``figure``.
    """

    code: str
    before: float
    figure: float
    percent: float
    attainable: float

    @property
    def reached(self) -> bool:
        """Whether this brings the node to its target."""
        return bool(numpy.isfinite(self.percent))

    @property
    def change(self) -> float:
        """How much the figure moves, in its own unit."""
        return self.figure - self.before


@dataclass(frozen=True)
class Aim:
    """A node, its score now, and the score that it is to have."""

    build: Build
    row: int
    node: str
    target: float
    basis: Basis

    @property
    def now(self) -> float:
        """The score as it was built."""
        return float(self.build.scores[self.row, self.build.tree.place(self.node)])

    @property
    def sign(self) -> float:
        """+1 where the score has to rise."""
        return 1.0 if self.target >= self.now else -1.0


def least_changes(aim: Aim) -> list[LeastChange]:
    """What reaches the target, the smallest change in per cent first; then what cannot reach it.

    The root is found on the chain itself. An indicator stays within its declared ``limits``; one that
    falls from above zero comes near zero and never below it.

    Raises:
        BadInput: where the node has no score.
    """
    if numpy.isnan(aim.now):
        raise BadInput(f"{aim.node} has no score to start from", field="--target")
    ways = _Ways(aim)
    if aim.target == aim.now:
        lows = numpy.zeros(ways.count)
        return ways.changes(lows, numpy.full(ways.count, aim.now), numpy.ones(ways.count, bool))
    below, above, best = _brackets(ways)
    found = numpy.flatnonzero(numpy.isfinite(above))
    times = numpy.full(ways.count, numpy.nan)
    if found.size:
        times[found] = _roots(ways, below[found], above[found], found)
        best[found] = ways.gain(times[found], found) * aim.sign + aim.target
    changes = ways.changes(times, best, numpy.isfinite(times))
    return sorted(
        changes,
        key=lambda each: (
            not each.reached,
            abs(each.percent) if each.reached else -aim.sign * each.attainable,
            each.code,
        ),
    )


class _Ways:
    """The ways to move: each leaf below the node alone, and all of them together; by a time from 0 on."""

    def __init__(self, aim: Aim) -> None:
        build, row = aim.build, aim.row
        tree, index = build.tree, build.index
        values = build.panel.values[row]
        self.aim = aim
        self.places = [
            place
            for place in range(tree.indicators)
            if (aim.node == tree.codes[place] or aim.node in index.ancestors(tree.codes[place]))
            and not numpy.isnan(values[build.context.leaves[place]])
        ]
        self.columns = build.context.leaves[self.places]
        self.codes = [tree.codes[place] for place in self.places]
        self.start = values[self.columns]
        size = numpy.abs(self.start)
        self.size = numpy.where(size > 0, size, 1.0)
        self.rising = aim.sign * self._directions() > 0
        limits = numpy.array([limits_of(index, code) for code in self.codes]).reshape(-1, 2)
        # Without a declared limit, what lies above zero does not fall below it.
        floor = numpy.where(
            numpy.isinf(limits[:, 0]) & (self.start > 0),
            numpy.maximum(limits[:, 0], 0),
            limits[:, 0],
        )
        self.low, self.high = floor, limits[:, 1]
        self.count = len(self.codes) + 1
        self.cells = Cells(numpy.full(len(self.columns), row), self.columns)
        self.again = Recomputation(build, aim.basis)
        self.node = tree.place(aim.node)

    def _directions(self) -> FloatArray:
        known = self.aim.build.index.indicators
        return numpy.array(
            [
                -1.0 if code in known and known[code].better.value == "lower" else 1.0
                for code in self.codes
            ]
        )

    def figures(self, times: FloatArray) -> FloatArray:
        """Every leaf after each time, (times, leaves): a straight rise, or a fall that slows down."""
        by = times[:, None] * self.size
        rise = numpy.minimum(self.start + by, self.high)
        room = self.start - self.low
        with numpy.errstate(invalid="ignore"):
            slowing = self.low + room / (1 + by / numpy.where(room > 0, room, 1.0))
        fall = numpy.where(numpy.isinf(self.low), self.start - by, slowing)
        moved: FloatArray = numpy.where(self.rising, rise, fall)
        return moved

    def together(self, times: FloatArray) -> FloatArray:
        """Every leaf moved by the same part of its figure, within its limits."""
        by = times[:, None] * numpy.abs(self.start)
        moved = numpy.where(self.rising, self.start + by, self.start - by)
        held: FloatArray = numpy.clip(moved, self.low, self.high)
        return held

    def gain(self, times: FloatArray, which: WholeArray) -> FloatArray:
        """How far beyond the target each way leads after its time; below zero: not there yet."""
        values = numpy.tile(self.start, (len(times), 1))
        alone = which < self.count - 1
        lines = numpy.flatnonzero(alone)
        values[lines, which[lines]] = self.figures(times)[lines, which[lines]]
        values[~alone] = self.together(times)[~alone]
        scores = self.again.of_row(self.aim.row, self.cells, values, strict=False)[:, self.node]
        gain: FloatArray = self.aim.sign * (scores - self.aim.target)
        return gain

    def changes(
        self, times: FloatArray, best: FloatArray, reached: FloatArray
    ) -> list[LeastChange]:
        """What each way says of itself."""
        ends = numpy.diagonal(self.figures(times[:-1]))  # each leaf after its own time
        found = []
        for place, code in enumerate(self.codes):
            before = float(self.start[place])
            figure = float(ends[place]) if reached[place] else numpy.nan
            percent = 100 * (figure - before) / self.size[place]
            found.append(LeastChange(code, before, figure, float(percent), float(best[place])))
        percent = 100 * float(times[-1]) if reached[-1] else numpy.nan
        none = numpy.nan
        return [*found, LeastChange(TOGETHER, none, none, percent, float(best[-1]))]


def _brackets(ways: _Ways) -> tuple[FloatArray, FloatArray, FloatArray]:
    """For each way a time before and one after the target (infinite if none), and the best score seen."""
    sign, target = ways.aim.sign, ways.aim.target
    below = numpy.zeros(ways.count)
    above = numpy.full(ways.count, numpy.inf)
    best = numpy.full(ways.count, sign * (ways.aim.now - target))
    searching = numpy.arange(ways.count)
    time = FIRST
    for _ in range(DOUBLINGS):
        gain = ways.gain(numpy.full(len(searching), time), searching)
        best[searching] = numpy.fmax(best[searching], gain)
        there = gain >= 0
        above[searching[there]] = time
        short = gain < 0  # a way that leads where nothing can be computed ends there
        below[searching[short]] = time
        searching = searching[short]
        if not searching.size:
            break
        time *= 2
    return below, above, sign * best + target


def _roots(ways: _Ways, below: FloatArray, above: FloatArray, which: WholeArray) -> FloatArray:
    """The first time at which the target is reached, to the last digit that the chain gives."""
    from scipy.optimize import elementwise

    found = elementwise.find_root(
        lambda time, way: ways.gain(time, way.astype(numpy.int64)),
        (below, above),
        args=(which.astype(numpy.float64),),
        tolerances={"xatol": 0.0, "xrtol": 1e-15, "fatol": 0.0, "frtol": 0.0},
        maxiter=200,
    )
    left, right = found.bracket
    at_left, at_right = found.f_bracket
    exact = numpy.where(found.f_x == 0, found.x, numpy.where(at_right >= 0, right, left))
    first: FloatArray = numpy.where(
        (found.f_x != 0) & (at_left >= 0) & (at_right >= 0), left, exact
    )
    return first
