"""Bars to both sides of a line: what is more to the right, what is less to the left, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from donghaeng.charts.description import Chart, chart, extremes, figure, known
from donghaeng.charts.drawing import (
    Layer,
    across,
    as_given,
    axis_room,
    base_line,
    domain_of,
    drawn,
    layer,
    pixels,
)
from donghaeng.charts.lettering import Key
from donghaeng.charts.measures import Page, Sheet
from donghaeng.charts.palette import BRIGHT, DARK, INK, PAPER
from donghaeng.charts.rows import edge_figures, edge_room, plan_rows, row_labels
from donghaeng.language import Words
from donghaeng.rules.faults import BadInput


@dataclass(frozen=True)
class SignedBar:
    """One row: what is more and what is less (both 0 or above), and the bounds of their difference.

    ``None`` for both is a row without figures.
    """

    label: str
    more: float | None
    less: float | None
    low: float | None = None
    high: float | None = None

    @property
    def net(self) -> float | None:
        """More without less."""
        return None if self.more is None or self.less is None else self.more - self.less


def of_change(label: str, value: float | None, ends: tuple[float, float] | None) -> SignedBar:
    """A row of one signed figure with its interval."""
    value = known(value, label)
    if value is None:
        return SignedBar(label, None, None)
    low, high = ends or (None, None)
    return SignedBar(label, max(value, 0.0), max(-value, 0.0), low, high)


def signed_bars_chart(
    bars: Sequence[SignedBar],
    more: str,
    less: str,
    sheet: Sheet,
    *,
    interval: str = "",
    both: bool = False,
) -> Chart:
    """Rows in the order in which they are given.

    :param more: what lies to the right, in the reader's words; ``less`` what lies to the left.
    :param interval: what the whiskers are; they are drawn around the difference where bounds are given.
    :param both: print both sides at the edge instead of their difference.
    :raises BadInput: for a bar below zero, or an interval that does not hold its figure.
    """
    bars = [_checked(bar) for bar in bars]
    words = sheet.words
    rows = [(bar.label, bar.more, bar.less, bar.net, bar.low, bar.high) for bar in bars]
    return chart(
        _svg(bars, more, less, interval, both, sheet),
        sheet.title,
        signed_bars_message(bars, more, less, words, digits=sheet.digits),
        (words("Row"), more, less, words("Difference"), words("Lower bound"), words("Upper bound")),
        rows,
    )


def signed_bars_message(
    bars: Sequence[SignedBar], more: str, less: str, words: Words, *, digits: int = 1
) -> str:
    """In how many rows one side is the longer one, and which rows stand out."""
    nets = [(bar.label, known(bar.net, bar.label)) for bar in bars]
    first = words(
        "“{more}” is larger in {up} of {count} rows, “{less}” in {down}.",
        more=more,
        less=less,
        up=sum(value is not None and value > 0 for _, value in nets),
        down=sum(value is not None and value < 0 for _, value in nets),
        count=len(bars),
    )
    return f"{first} {extremes(nets, words, digits)}"


def _checked(bar: SignedBar) -> SignedBar:
    more, less, low, high = (
        known(each, bar.label) for each in (bar.more, bar.less, bar.low, bar.high)
    )
    if more is None or less is None:
        return SignedBar(bar.label, None, None)
    if more < 0 or less < 0:
        raise BadInput("a side of a bar is below zero", field=bar.label)
    if low is None or high is None:
        return SignedBar(bar.label, more, less)
    if not low <= more - less <= high:
        raise BadInput(
            f"the bounds {low:g} and {high:g} do not hold the figure {more - less:g}",
            field=bar.label,
        )
    return SignedBar(bar.label, more, less, low, high)


def _edge(bar: SignedBar, both: bool, sheet: Sheet) -> str | None:
    if bar.more is None or bar.less is None:
        return None
    if both:
        sides = (figure(each, sheet.words, sheet.digits) for each in (bar.more, bar.less))
        return " / ".join(sides)
    return figure(bar.net, sheet.words, sheet.digits)


def _svg(
    bars: Sequence[SignedBar], more: str, less: str, interval: str, both: bool, sheet: Sheet
) -> str:
    words = sheet.words
    figures = [_edge(bar, both, sheet) for bar in bars]
    plan = plan_rows([bar.label for bar in bars], sheet.width, least=28)
    room = axis_room(sheet.axis, sheet.width)
    page = Page(sheet.width, plan.height, plan.left, edge_room(figures, words), room)
    there = [(bar, y) for bar, y in zip(bars, plan.centres, strict=True) if bar.more is not None]
    reach = [each for bar, _ in there for each in (bar.more, -(bar.less or 0), bar.low, bar.high)]
    low, high = domain_of(reach, [0])
    domain = (low if any((each or 0) < 0 for each in reach) else 0.0, high)
    # From a thousand on, numbers are written out: 1e+5 says nothing to most people.
    x = across(domain, page, sheet.axis, ",.0f" if domain[1] - domain[0] >= 1_000 else ",.4~g")
    boxes = [
        {"x": start, "x2": end, "y": y - 8, "y2": y + 8, "colour": colour}
        for bar, y in there
        for start, end, colour in ((0, bar.more, DARK), (-(bar.less or 0), 0, BRIGHT))
        if start != end
    ]
    held = [
        {"x": bar.low, "x2": bar.high, "y": y, "top": y - 5, "end": y + 5}
        for bar, y in there
        if bar.low is not None
    ]
    caps = [{**row, "x": row[end]} for row in held for end in ("x", "x2")]
    layers: list[Layer] = [
        layer(boxes)
        .mark_rect()
        .encode(x=x, x2="x2:Q", y=pixels(), y2="y2:Q", fill=as_given("colour")),
        base_line(0.0, x, page),
    ]
    for colour, width in ((PAPER, 4), (INK, 1.5)):  # a rim, so that a whisker shows on a bar
        rule = layer(held).mark_rule(color=colour, strokeWidth=width)
        cap = layer(caps).mark_rule(color=colour, strokeWidth=width)
        layers.append(rule.encode(x=x, x2="x2:Q", y=pixels()))
        layers.append(cap.encode(x=x, y=pixels("top").title(None), y2="end:Q"))
    keys = [Key(more, DARK), Key(less, BRIGHT)]
    if held:
        keys.append(Key(interval, INK, "line"))
    texts = row_labels(plan) + edge_figures(figures, plan.centres, page, words)
    return drawn(sheet.title, layers, texts, page, keys)
