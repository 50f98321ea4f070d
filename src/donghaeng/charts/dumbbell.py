"""Dumbbell: each area in a row, one point a period, and a line at the base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from donghaeng.charts.description import Chart, chart, extremes, figure, known
from donghaeng.charts.drawing import (
    Layer,
    across,
    axis_room,
    base_line,
    domain_of,
    drawn,
    layer,
    pixels,
)
from donghaeng.charts.lettering import Key
from donghaeng.charts.measures import Page, Sheet
from donghaeng.charts.palette import BRIGHT, DARK, INK, PAPER, QUIET
from donghaeng.charts.rows import edge_figures, edge_room, plan_rows, row_labels
from donghaeng.language import Words
from donghaeng.rules.faults import BadInput

# The last period is the filled dark one; each earlier one has a shape of its own.
EARLIER = (("circle", PAPER), ("diamond", BRIGHT), ("square", PAPER))
LAST = ("circle", DARK)
MOST = len(EARLIER) + 1


@dataclass(frozen=True)
class DumbbellRow:
    """One area: its label, and a figure for each period (``None`` where there is none)."""

    label: str
    values: tuple[float | None, ...]


def dumbbell_chart(
    rows: Sequence[DumbbellRow], periods: Sequence[str], sheet: Sheet, *, base: float = 100.0
) -> Chart:
    """Areas by period, in the order in which they are given; ``base`` is the upright line.

    :param periods: at most four, the earliest first.
    :raises BadInput: for more periods, or a row with another number of figures.
    """
    rows = _checked(rows, periods)
    return chart(
        _svg(rows, periods, sheet, base),
        sheet.title,
        dumbbell_message(rows, periods, sheet.words, base=base, digits=sheet.digits),
        (sheet.words("Area"), *periods),
        [(row.label, *row.values) for row in rows],
    )


def dumbbell_message(
    rows: Sequence[DumbbellRow],
    periods: Sequence[str],
    words: Words,
    *,
    base: float = 100.0,
    digits: int = 1,
) -> str:
    """How many areas stand above and below the base in the last period, and which stand out."""
    last = [(row.label, known(row.values[-1], row.label)) for row in rows]
    present = [value for _, value in last if value is not None]
    first = words(
        "{period}, above {base}: {above} of {count}; below: {below}; no figure: {missing}.",
        period=periods[-1],
        base=f"{base:g}",
        above=sum(value > base for value in present),
        count=len(rows),
        below=sum(value < base for value in present),
        missing=len(rows) - len(present),
    )
    return f"{first} {extremes(last, words, digits)}"


def _checked(rows: Sequence[DumbbellRow], periods: Sequence[str]) -> tuple[DumbbellRow, ...]:
    if not 1 <= len(periods) <= MOST:
        raise BadInput(
            f"a dumbbell of {len(periods)} periods", remedy=f"from one to {MOST} periods"
        )
    for row in rows:
        if len(row.values) != len(periods):
            raise BadInput(f"{len(row.values)} figures for {len(periods)} periods", field=row.label)
    return tuple(
        DumbbellRow(row.label, tuple(known(value, row.label) for value in row.values))
        for row in rows
    )


def _svg(rows: Sequence[DumbbellRow], periods: Sequence[str], sheet: Sheet, base: float) -> str:
    words = sheet.words
    last = [
        None if row.values[-1] is None else figure(row.values[-1], words, sheet.digits)
        for row in rows
    ]
    plan = plan_rows([row.label for row in rows], sheet.width, least=30)
    room = axis_room(sheet.axis, sheet.width)
    page = Page(sheet.width, plan.height, plan.left, edge_room(last, words), room)
    domain = domain_of((value for row in rows for value in row.values), [base])
    x = across(domain, page, sheet.axis)
    layers: list[Layer] = [base_line(base, x, page)]
    spans = [
        {"x": min(present), "x2": max(present), "y": y}
        for row, y in zip(rows, plan.centres, strict=True)
        if (present := [value for value in row.values if value is not None])
    ]
    rule = layer(spans).mark_rule(color=QUIET, strokeWidth=2)
    layers.append(rule.encode(x=x, x2="x2:Q", y=pixels()))
    signs = (*EARLIER[: len(periods) - 1], LAST)
    for index, (shape, fill) in enumerate(signs):
        points = [
            {"x": row.values[index], "y": y}
            for row, y in zip(rows, plan.centres, strict=True)
            if row.values[index] is not None
        ]
        mark = layer(points).mark_point(
            shape=shape, size=100, fill=fill, stroke=INK, strokeWidth=1.5, opacity=1
        )
        layers.append(mark.encode(x=x, y=pixels()))
    texts = row_labels(plan) + edge_figures(last, plan.centres, page, words)
    keys = [
        Key(period, fill, shape, outlined=True)
        for period, (shape, fill) in zip(periods, signs, strict=True)
    ]
    return drawn(sheet.title, layers, texts, page, keys)
