"""Rank intervals: for each unit the median of its rank and the ranks that it may hold, sorted by median."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from donghaeng.charts.description import Chart, chart, known
from donghaeng.charts.drawing import Layer, across, axis_room, drawn, layer, pixels
from donghaeng.charts.lettering import Key
from donghaeng.charts.measures import Page, Sheet
from donghaeng.charts.palette import DARK, QUIET
from donghaeng.charts.rows import edge_figures, edge_room, plan_rows, row_labels
from donghaeng.language import Words
from donghaeng.rules.faults import BadInput


@dataclass(frozen=True)
class RankInterval:
    """One unit: median rank and bounds of the interval; ``None`` where it has no rank."""

    label: str
    median: float | None
    low: float | None
    high: float | None


def rank_intervals_chart(units: Sequence[RankInterval], interval: str, sheet: Sheet) -> Chart:
    """Units by median rank, the first on top; units without a rank come last.

    :param interval: what the lines are, in the reader's words ("90 % of all draws").
    :raises BadInput: for bounds that do not hold their median.
    """
    units = _ordered(units)
    words = sheet.words
    return chart(
        _svg(units, interval, sheet),
        sheet.title,
        rank_intervals_message(units, words),
        (words("Unit"), words("Median rank"), words("Lower bound"), words("Upper bound")),
        [(unit.label, unit.median, unit.low, unit.high) for unit in units],
    )


def rank_intervals_message(units: Sequence[RankInterval], words: Words) -> str:
    """First and last by median with their intervals, and the widest interval."""
    held = [unit for unit in _ordered(units) if unit.median is not None]
    if not held:
        return words("There is no figure.")
    first = words(
        "First by median rank: {unit} ({ranks}).", unit=held[0].label, ranks=_ranks(held[0])
    )
    if len(held) == 1:
        return f"{first} {words('There is no other unit to compare it with.')}"
    first = words(
        "First by median rank: {unit} ({ranks}); last: {last} ({last_ranks}).",
        unit=held[0].label,
        ranks=_ranks(held[0]),
        last=held[-1].label,
        last_ranks=_ranks(held[-1]),
    )
    widest = max(held, key=lambda unit: (unit.high or 0) - (unit.low or 0))
    second = words("Widest interval: {unit} ({ranks}).", unit=widest.label, ranks=_ranks(widest))
    return f"{first} {second}"


def _ranks(unit: RankInterval) -> str:
    """The median and the bounds of a rank, as they are printed."""
    return f"{unit.median:g}, {unit.low:g}–{unit.high:g}"


def _ordered(units: Sequence[RankInterval]) -> list[RankInterval]:
    checked = []
    for unit in units:
        median, low, high = (known(each, unit.label) for each in (unit.median, unit.low, unit.high))
        if median is None or low is None or high is None:
            median = low = high = None
        elif not low <= median <= high:
            raise BadInput(
                f"the ranks {low:g} and {high:g} do not hold the median {median:g}",
                field=unit.label,
            )
        checked.append(RankInterval(unit.label, median, low, high))
    return sorted(
        checked,
        key=lambda unit: (unit.median is None, unit.median or 0, unit.low or 0, unit.high or 0),
    )


def _svg(units: Sequence[RankInterval], interval: str, sheet: Sheet) -> str:
    words = sheet.words
    figures = [
        None if unit.median is None else f"{unit.median:g} ({unit.low:g}–{unit.high:g})"
        for unit in units
    ]
    plan = plan_rows([unit.label for unit in units], sheet.width, least=22)
    title = sheet.axis or words("Rank (1 is the highest)")
    page = Page(
        sheet.width,
        plan.height,
        plan.left,
        edge_room(figures, words),
        axis_room(title, sheet.width),
    )
    last = max((unit.high for unit in units if unit.high is not None), default=1.0)
    x = across((0.5, max(len(units), last) + 0.5), page, title, "d")
    held = [
        {"x": unit.low, "x2": unit.high, "median": unit.median, "y": y, "top": y - 4, "end": y + 4}
        for unit, y in zip(units, plan.centres, strict=True)
        if unit.median is not None
    ]
    caps = [{**row, "x": row[end]} for row in held for end in ("x", "x2")]
    dots = [{**row, "x": row["median"]} for row in held]
    layers: list[Layer] = [
        layer(held).mark_rule(color=QUIET, strokeWidth=2).encode(x=x, x2="x2:Q", y=pixels()),
        layer(caps).mark_rule(color=QUIET, strokeWidth=2).encode(x=x, y=pixels("top"), y2="end:Q"),
        layer(dots).mark_point(size=70, fill=DARK, stroke=DARK, opacity=1).encode(x=x, y=pixels()),
    ]
    texts = row_labels(plan) + edge_figures(figures, plan.centres, page, words)
    keys = [Key(words("Median rank"), DARK, "circle"), Key(interval, QUIET, "line")]
    return drawn(sheet.title, layers, texts, page, keys)
