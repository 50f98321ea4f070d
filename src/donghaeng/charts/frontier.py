"""Frontier: reforms by cost and by what they bring; those that are not dominated, and the line of the budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from donghaeng.charts.description import Chart, chart, figure, known
from donghaeng.charts.drawing import (
    Layer,
    across,
    axis_room,
    domain_of,
    drawn,
    layer,
    pixels,
    upward,
)
from donghaeng.charts.lettering import Key, Text
from donghaeng.charts.measures import EDGE, LINE, Page, Sheet
from donghaeng.charts.palette import BRIGHT, DARK, OTHERS, PAPER
from donghaeng.language import Words
from donghaeng.rules.faults import BadInput

HEIGHT = 320


@dataclass(frozen=True)
class FrontierPoint:
    """One reform: its values in words, what it costs and what it brings (the less the better)."""

    label: str
    cost: float
    measure: float
    efficient: bool


@dataclass(frozen=True)
class Measured:
    """What stands on the axes: name of the cost with its unit, name of the measure, and the budget.

    ``cost_digits`` are the decimal places of the cost; the sheet's are those of the measure.
    """

    cost: str
    measure: str
    budget: float | None = None
    cost_digits: int = 0


def frontier_chart(points: Sequence[FrontierPoint], measured: Measured, sheet: Sheet) -> Chart:
    """Reforms as points; the line joins those that no other reform beats in both.

    :raises BadInput: for an infinite figure.
    """
    points = _checked(points)
    words = sheet.words
    return chart(
        _svg(points, measured, sheet),
        sheet.title,
        frontier_message(points, measured, words, digits=sheet.digits),
        (words("Reform"), measured.cost, measured.measure, words("Not dominated")),
        [
            (each.label, each.cost, each.measure, words("yes") if each.efficient else words("no"))
            for each in points
        ],
    )


def frontier_message(
    points: Sequence[FrontierPoint], measured: Measured, words: Words, *, digits: int = 1
) -> str:
    """How many reforms are not dominated, and the lowest figure that the budget reaches."""
    first = words(
        "{count} reforms, of which {efficient} are not dominated in cost and {measure}.",
        count=f"{len(points):,}",
        efficient=sum(point.efficient for point in points),
        measure=measured.measure,
    )
    within = [p for p in points if measured.budget is None or p.cost <= measured.budget]
    if not within:
        return f"{first} {words('None is within the budget.')}"
    best = min(within, key=lambda point: (point.measure, point.cost))
    said = {
        "measure": measured.measure,
        "value": figure(best.measure, words, digits),
        "reform": best.label,
        "cost": figure(best.cost, words, measured.cost_digits),
    }
    if measured.budget is None:
        second = words("Lowest {measure}: {value} ({reform}, cost {cost}).", **said)
    else:
        second = words(
            "Within the budget of {budget}, the lowest {measure} is {value} ({reform}, cost {cost}).",
            budget=figure(measured.budget, words, measured.cost_digits),
            **said,
        )
    return f"{first} {second}"


def _checked(points: Sequence[FrontierPoint]) -> list[FrontierPoint]:
    """The points that have both figures, the cheapest first."""
    found = []
    for point in points:
        cost, measure = known(point.cost, point.label), known(point.measure, point.label)
        if cost is not None and measure is not None:
            found.append(FrontierPoint(point.label, cost, measure, point.efficient))
        elif point.efficient:
            raise BadInput("has no figure and cannot be on the frontier", field=point.label)
    return sorted(found, key=lambda point: (point.cost, point.measure))


def _svg(points: Sequence[FrontierPoint], measured: Measured, sheet: Sheet) -> str:
    words = sheet.words
    page = Page(
        sheet.width,
        HEIGHT,
        EDGE + 46,
        EDGE + 12,
        axis_room(measured.cost, sheet.width),
        LINE + 10,
    )
    budget = [] if measured.budget is None else [measured.budget]
    wide = domain_of((point.cost for point in points), budget)
    high = domain_of(point.measure for point in points)
    x, y = across(wide, page, measured.cost), upward(high, page)
    others = [{"x": p.cost, "y": p.measure} for p in points if not p.efficient]
    best = [{"x": p.cost, "y": p.measure} for p in points if p.efficient]
    dots = layer(others).mark_point(size=16, fill=OTHERS, stroke=OTHERS, opacity=1)
    # What money can reach stands still from one reform of the frontier to the next.
    line = layer(best).mark_line(color=DARK, strokeWidth=2, interpolate="step-after")
    front = layer(best).mark_point(size=44, fill=DARK, stroke=PAPER, strokeWidth=1, opacity=1)
    layers: list[Layer] = [each.encode(x=x, y=y) for each in (dots, line, front)]
    keys = [
        Key(words("Not dominated"), DARK, "circle"),
        Key(words("Dominated"), OTHERS, "circle"),
    ]
    if measured.budget is not None:
        rule = layer([{"x": measured.budget, "y": 0, "y2": page.height}]).mark_rule(
            color=BRIGHT, strokeWidth=2, strokeDash=[5, 3]
        )
        layers.append(rule.encode(x=x, y=pixels(), y2="y2:Q"))
        amount = figure(measured.budget, words, measured.cost_digits)
        keys.append(Key(words("Budget: {amount}", amount=amount), BRIGHT, "line", dash=(5, 3)))
    title = Text((measured.measure,), EDGE - page.left, -LINE / 2 - 6)
    return drawn(sheet.title, layers, [title], page, keys)
