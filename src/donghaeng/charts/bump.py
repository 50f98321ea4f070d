"""Bump chart: ranks over periods with the ranks that each may hold, for ranks alone exaggerate."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from donghaeng.charts.description import Cell, Chart, chart, known
from donghaeng.charts.drawing import Layer, drawn, layer, pixels
from donghaeng.charts.lettering import Key, Text
from donghaeng.charts.measures import EDGE, LINE, SMALL, Page, Sheet, text_width, wrapped
from donghaeng.charts.palette import INK, OTHERS, PAPER, QUIET, SERIES
from donghaeng.language import Words
from donghaeng.rules.faults import BadInput, nearest

DASHES = ((1, 0), (6, 3), (2, 2), (8, 2, 2, 2))
SHAPES = ("circle", "square", "diamond", "triangle-up")


@dataclass(frozen=True)
class Rank:
    """A median rank with the bounds of its interval."""

    median: float
    low: float
    high: float


@dataclass(frozen=True)
class RankLine:
    """One unit: its rank in each period, ``None`` where it has none."""

    label: str
    ranks: tuple[Rank | None, ...]


def bump_chart(
    lines: Sequence[RankLine],
    periods: Sequence[str],
    interval: str,
    sheet: Sheet,
    *,
    highlighted: Sequence[str] | None = None,
) -> Chart:
    """Every unit as a line; at most four of them stand out, with their bands.

    :param highlighted: labels of the units that stand out; by default the four that moved most.
    :param interval: what the bands are, in the reader's words.
    :raises BadInput: for an unknown or a fifth unit, another number of ranks, or bounds that do not hold
        their median.
    """
    _check(lines, periods)
    chosen = _chosen(lines, highlighted)
    words = sheet.words
    columns = [words("Unit")]
    for period in periods:
        columns += [
            words("{period}: median rank", period=period),
            words("{period}: lower bound", period=period),
            words("{period}: upper bound", period=period),
        ]
    rows: list[tuple[Cell, ...]] = []
    for line in lines:
        row: list[Cell] = [line.label]
        for rank in line.ranks:
            row += [None] * 3 if rank is None else [rank.median, rank.low, rank.high]
        rows.append(tuple(row))
    return chart(
        _svg(lines, periods, interval, chosen, sheet),
        sheet.title,
        bump_message(lines, periods, words),
        columns,
        rows,
    )


def bump_message(lines: Sequence[RankLine], periods: Sequence[str], words: Words) -> str:
    """The unit that moved most, and for how many the first and the last band overlap."""
    moved = [(line, line.ranks[0], line.ranks[-1]) for line in lines]
    held = [(line, a, b) for line, a, b in moved if a is not None and b is not None]
    if not held or len(periods) < 2:
        return words("No unit has a rank in both the first and the last period.")
    line, start, end = max(held, key=lambda each: abs(each[1].median - each[2].median))
    first = words(
        "Moved most from {first} to {last}: {unit}, from rank {start} to rank {end}.",
        first=periods[0],
        last=periods[-1],
        unit=line.label,
        start=f"{start.median:g}",
        end=f"{end.median:g}",
    )
    overlapping = sum(a.low <= b.high and b.low <= a.high for _, a, b in held)
    second = words(
        "For {overlapping} of {count} the bands of both periods overlap, so that they need not have moved.",
        overlapping=overlapping,
        count=len(held),
    )
    return f"{first} {second}"


def _check(lines: Sequence[RankLine], periods: Sequence[str]) -> None:
    if not periods:
        raise BadInput("ranks over no period cannot be drawn", remedy="at least one period")
    labels = [line.label for line in lines]
    for line in lines:
        if labels.count(line.label) > 1:
            raise BadInput("two units have the same label", field=line.label)
        if len(line.ranks) != len(periods):
            raise BadInput(f"{len(line.ranks)} ranks for {len(periods)} periods", field=line.label)
        for rank in line.ranks:
            if rank is None:
                continue
            median, low, high = (known(v, line.label) for v in (rank.median, rank.low, rank.high))
            if median is None or low is None or high is None or not low <= median <= high:
                raise BadInput(
                    f"the ranks {rank.low:g} and {rank.high:g} do not hold the median {rank.median:g}",
                    field=line.label,
                )


def _chosen(lines: Sequence[RankLine], highlighted: Sequence[str] | None) -> list[str]:
    if highlighted is None:
        return [line.label for line in sorted(lines, key=_movement)[: len(SERIES)]]
    labels = [line.label for line in lines]
    for label in highlighted:
        if label not in labels:
            raise BadInput(f"no unit {label!r} to highlight", remedy=nearest(label, labels))
    if len(highlighted) > len(SERIES):
        raise BadInput(f"{len(highlighted)} units to highlight", remedy=f"at most {len(SERIES)}")
    return list(highlighted)


def _movement(line: RankLine) -> float:
    """How far a unit moved from its first rank to its last, negative so that the farthest sorts first."""
    ranks = [rank.median for rank in line.ranks if rank is not None]
    return -abs(ranks[-1] - ranks[0]) if ranks else 1.0


@dataclass(frozen=True)
class _Grid:
    """Places on the page in pixels: from one period and from one rank to the next."""

    step: float
    rank_step: float

    def rank(self, rank: float) -> float:
        return (rank - 0.5) * self.rank_step


def _svg(
    lines: Sequence[RankLine],
    periods: Sequence[str],
    interval: str,
    chosen: Sequence[str],
    sheet: Sheet,
) -> str:
    bounds = [rank.high for line in lines for rank in line.ranks if rank is not None]
    lowest = max([len(lines), *bounds])
    widest = max((text_width(line.label, SMALL) for line in lines), default=0)
    room = math.ceil(min(sheet.width * 0.34, widest))
    ends = {line.label: wrapped(line.label, room, SMALL) for line in lines}
    # Long names need more room together; where one has several lines, the next gives way a little.
    needed = LINE * sum(map(len, ends.values()))
    rank_step = max(18, math.ceil(needed / max(1, lowest)))
    left, right = EDGE + 30, EDGE + 12 + room
    plot = sheet.width - left - right
    grid = _Grid(plot / max(1, len(periods) - 1), rank_step)
    names, bottom = _names(lines, ends, chosen, grid, plot + 12, sheet.words)
    page = Page(sheet.width, max(lowest * rank_step, bottom), left, right, EDGE + 20)
    rows = {line.label: _points(line, grid) for line in lines}
    quiet = [row for label, points in rows.items() if label not in chosen for row in points]
    layers: list[Layer] = [_line(quiet, OTHERS, 1.2, (1, 0))]
    keys = []
    for index, label in enumerate(chosen):
        colour, shape = SERIES[index], SHAPES[index]
        layers += _highlight(rows[label], colour, DASHES[index], shape)
        keys.append(Key(label, colour, shape))
    keys.append(Key(interval, QUIET, "tick"))
    texts = _scales(periods, lowest, grid, page) + names
    return drawn(sheet.title, layers, texts, page, keys)


def _highlight(
    points: list[dict[str, Any]], colour: str, dash: tuple[int, ...], shape: str
) -> list[Layer]:
    """A unit that stands out: its band, its line, and a point of its own shape."""
    x, low = pixels("x"), pixels("low")
    band = layer(points).mark_area(color=colour, opacity=0.16)
    whisker = layer(points).mark_rule(color=colour, strokeWidth=1.2)
    mark = layer(points).mark_point(
        shape=shape, size=80, fill=colour, stroke=PAPER, strokeWidth=1, opacity=1
    )
    return [
        band.encode(x=x, y=low, y2="high:Q", detail="run:N"),
        whisker.encode(x=x, y=low, y2="high:Q"),
        _line(points, colour, 2.5, dash),
        mark.encode(x=x, y=pixels()),
    ]


def _line(rows: list[dict[str, Any]], colour: str, width: float, dash: tuple[int, ...]) -> Layer:
    line = layer(rows).mark_line(color=colour, strokeWidth=width, strokeDash=list(dash))
    return line.encode(x=pixels("x"), y=pixels(), detail=["unit:N", "run:N"])


def _points(line: RankLine, grid: _Grid) -> list[dict[str, Any]]:
    """A row for each rank; a new run begins after every gap."""
    rows: list[dict[str, Any]] = []
    run = 0
    for index, rank in enumerate(line.ranks):
        if rank is None:
            run += 1
            continue
        rows.append(
            {
                "unit": line.label,
                "run": run,
                "x": index * grid.step,
                "y": grid.rank(rank.median),
                "low": grid.rank(rank.low),
                "high": grid.rank(rank.high),
            }
        )
    return rows


def _scales(periods: Sequence[str], lowest: float, grid: _Grid, page: Page) -> list[Text]:
    """Ranks down the left and periods along the bottom, as many as fit."""
    every = 1 if lowest <= 12 else 5
    texts = [
        Text((str(rank),), -14, grid.rank(rank), "right")
        for rank in range(1, int(lowest) + 1)
        if rank == 1 or rank % every == 0
    ]
    skip = -int(-(max(map(text_width, periods)) + 12) // grid.step)
    texts += [
        Text((period,), index * grid.step, page.height + 14, "centre")
        for index, period in enumerate(periods)
        if (len(periods) - 1 - index) % skip == 0
    ]
    return texts


def _names(
    lines: Sequence[RankLine],
    ends: dict[str, tuple[str, ...]],
    chosen: Sequence[str],
    grid: _Grid,
    x: float,
    words: Words,
) -> tuple[list[Text], float]:
    """Units at their last rank, those that share it one under the other, those without one last.

    And how far down they reach.
    """

    def order(line: RankLine) -> float:
        return line.ranks[-1].median if line.ranks[-1] else float("inf")

    texts = []
    bottom = 0.0
    for line in sorted(lines, key=order):
        last = line.ranks[-1]
        said = ends[line.label] if last else (*ends[line.label], words("no figure"))
        half = LINE * len(said) / 2
        y = max(grid.rank(last.median), bottom + half) if last else bottom + half + 4
        colour, bold = INK if last else QUIET, line.label in chosen
        texts.append(Text(said, x, y, size=SMALL, colour=colour, bold=bold))
        bottom = y + half
    return texts, bottom
