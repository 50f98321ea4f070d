"""Profile of one unit: each indicator in a row, the unit as a dot among its peers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from donghaeng.charts.description import Chart, change, chart, figure, known
from donghaeng.charts.drawing import Layer, across, axis_room, domain_of, drawn, layer, pixels
from donghaeng.charts.lettering import Key
from donghaeng.charts.measures import Page, Sheet
from donghaeng.charts.palette import DARK, INK, PAPER, QUIET
from donghaeng.charts.rows import edge_figures, edge_room, plan_rows, row_labels
from donghaeng.language import Words


@dataclass(frozen=True)
class ProfileRow:
    """One indicator: the unit's score, and the lowest, middle and highest score of its peers."""

    label: str
    value: float | None
    low: float | None = None
    median: float | None = None
    high: float | None = None


def profile_chart(unit: str, rows: Sequence[ProfileRow], sheet: Sheet) -> Chart:
    """Indicators in the order given, all on one scale (scores, not raw figures)."""
    rows = _checked(rows)
    words = sheet.words
    return chart(
        _svg(unit, rows, sheet),
        sheet.title,
        profile_message(unit, rows, words, digits=sheet.digits),
        (
            words("Indicator"),
            unit,
            words("Lowest of the peers"),
            words("Median of the peers"),
            words("Highest of the peers"),
        ),
        [(row.label, row.value, row.low, row.median, row.high) for row in rows],
    )


def profile_message(unit: str, rows: Sequence[ProfileRow], words: Words, *, digits: int = 1) -> str:
    """In how many indicators the unit stands above and below its peers, and where most."""
    rows = _checked(rows)
    distances = [
        (row.value - row.median, row.label)
        for row in rows
        if row.value is not None and row.median is not None
    ]
    first = words(
        "{unit}, above the median of its peers: {above} of {count}; below: {below}; no figure: {missing}.",
        unit=unit,
        above=sum(distance > 0 for distance, _ in distances),
        count=len(rows),
        below=sum(distance < 0 for distance, _ in distances),
        missing=len(rows) - len(distances),
    )
    if not distances:
        return f"{first} {words('There is nothing to compare.')}"
    (top, best), (bottom, worst) = max(distances), min(distances)
    second = words(
        "Farthest up: {best} ({top}); farthest down: {worst} ({bottom}).",
        best=best,
        top=change(top, words, digits),
        worst=worst,
        bottom=change(bottom, words, digits),
    )
    return f"{first} {second}"


def _checked(rows: Sequence[ProfileRow]) -> list[ProfileRow]:
    return [
        ProfileRow(
            row.label,
            *(known(each, row.label) for each in (row.value, row.low, row.median, row.high)),
        )
        for row in rows
    ]


def _svg(unit: str, rows: Sequence[ProfileRow], sheet: Sheet) -> str:
    words = sheet.words
    figures = [
        None if row.value is None else figure(row.value, words, sheet.digits) for row in rows
    ]
    plan = plan_rows([row.label for row in rows], sheet.width, least=26, share=0.4)
    room = axis_room(sheet.axis, sheet.width)
    page = Page(sheet.width, plan.height, plan.left, edge_room(figures, words), room)
    domain = domain_of(
        value for row in rows for value in (row.value, row.low, row.median, row.high)
    )
    x = across(domain, page, sheet.axis)
    placed = list(zip(rows, plan.centres, strict=True))
    spans = [
        {"x": row.low, "x2": row.high, "y": y}
        for row, y in placed
        if row.low is not None and row.high is not None
    ]
    middles = [
        {"x": row.median, "y": y - 10, "y2": y + 10} for row, y in placed if row.median is not None
    ]
    dots = [{"x": row.value, "y": y} for row, y in placed if row.value is not None]
    layers: list[Layer] = [
        layer(spans).mark_rule(color=QUIET, strokeWidth=2).encode(x=x, x2="x2:Q", y=pixels()),
        layer(middles).mark_rule(color=INK, strokeWidth=3).encode(x=x, y=pixels(), y2="y2:Q"),
        layer(dots)
        .mark_point(size=90, fill=DARK, stroke=PAPER, strokeWidth=1.5, opacity=1)
        .encode(x=x, y=pixels()),
    ]
    texts = row_labels(plan) + edge_figures(figures, plan.centres, page, words)
    keys = [
        Key(unit, DARK, "circle"),
        Key(words("Median of the peers"), INK, "tick"),
        Key(words("Lowest to highest of the peers"), QUIET, "line"),
    ]
    return drawn(sheet.title, layers, texts, page, keys)
