"""Ranked bars: units from the highest to the lowest, their areas stacked, a whisker for the interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from donghaeng.charts.description import Chart, chart, extremes, figure, known, spread
from donghaeng.charts.drawing import (
    Layer,
    across,
    as_given,
    axis_room,
    domain_of,
    drawn,
    layer,
    pixels,
)
from donghaeng.charts.lettering import Key, Text
from donghaeng.charts.measures import SMALL, Page, Sheet, text_width
from donghaeng.charts.palette import INK, PAPER, STACK, text_on
from donghaeng.charts.rows import edge_figures, edge_room, plan_rows, row_labels
from donghaeng.language import Words
from donghaeng.rules.faults import BadInput


@dataclass(frozen=True)
class RankedBar:
    """One unit: what each area adds to its composite, the composite, and the bounds of its interval."""

    label: str
    parts: tuple[float | None, ...]
    value: float | None
    low: float | None = None
    high: float | None = None


def ranked_bars_chart(
    bars: Sequence[RankedBar],
    areas: Sequence[str],
    interval: str,
    sheet: Sheet,
    *,
    ranked: bool = True,
) -> Chart:
    """Units by composite, the highest first; units without one come last.

    Areas are told apart by the number that stands in each part and in the legend; tones only alternate.

    :param interval: what the whiskers are, in the reader's words ("90 % interval").
    :param ranked: ``False`` keeps the given order and names no highest or lowest unit, for figures
        in which units shall not be ranked in public.
    :raises BadInput: for a bar with another number of parts, or an interval that does not hold its figure.
    """
    bars = _ordered(_checked(bars, areas), ranked)
    words = sheet.words
    return chart(
        _svg(bars, areas, interval, sheet),
        sheet.title,
        ranked_bars_message(bars, interval, words, ranked=ranked, digits=sheet.digits),
        (words("Unit"), *areas, words("Composite"), words("Lower bound"), words("Upper bound")),
        [(bar.label, *bar.parts, bar.value, bar.low, bar.high) for bar in bars],
    )


def ranked_bars_message(
    bars: Sequence[RankedBar],
    interval: str,
    words: Words,
    *,
    ranked: bool = True,
    digits: int = 1,
) -> str:
    """Highest and lowest, and whether their intervals overlap; without ranks, only how far figures spread."""
    figures = [(bar.label, known(bar.value, bar.label)) for bar in bars]
    if not ranked:
        first = spread([value for _, value in figures], words, digits)
        return f"{first} {words('The units stand in the order given, not by rank.')}"
    first = extremes(figures, words, digits)
    held = [bar for bar in _ordered(bars, True) if bar.low is not None and bar.high is not None]
    if len(held) < 2:
        return f"{first} {words('There are no intervals to compare.')}"
    top, bottom = held[0], held[-1]
    said = {"interval": interval, "high": top.label, "low": bottom.label}
    if (top.low or 0) > (bottom.high or 0):
        return f"{first} " + words("{interval}: those of {high} and {low} do not overlap.", **said)
    return f"{first} " + words("{interval}: those of {high} and {low} overlap.", **said)


def _checked(bars: Sequence[RankedBar], areas: Sequence[str]) -> list[RankedBar]:
    checked = []
    for bar in bars:
        if len(bar.parts) != len(areas):
            raise BadInput(f"{len(bar.parts)} parts for {len(areas)} areas", field=bar.label)
        parts = tuple(known(part, bar.label) for part in bar.parts)
        value, low, high = (known(each, bar.label) for each in (bar.value, bar.low, bar.high))
        if value is None or low is None or high is None:
            low = high = None
        elif not low <= value <= high:
            raise BadInput(
                f"the bounds {low:g} and {high:g} do not hold the figure {value:g}", field=bar.label
            )
        checked.append(RankedBar(bar.label, parts, value, low, high))
    return checked


def _ordered(bars: Sequence[RankedBar], ranked: bool) -> list[RankedBar]:
    """The highest first, equals as given, units without a figure last."""
    if not ranked:
        return list(bars)
    return sorted(bars, key=lambda bar: (bar.value is None, -(bar.value or 0)))


def _svg(bars: Sequence[RankedBar], areas: Sequence[str], interval: str, sheet: Sheet) -> str:
    words = sheet.words
    figures = [
        None if bar.value is None else figure(bar.value, words, sheet.digits) for bar in bars
    ]
    plan = plan_rows([bar.label for bar in bars], sheet.width, least=28)
    room = axis_room(sheet.axis, sheet.width)
    page = Page(sheet.width, plan.height, plan.left, edge_room(figures, words), room)
    parts = [part for bar, y in zip(bars, plan.centres, strict=True) for part in _parts(bar, y)]
    ends = [end for part in parts for end in (part.start, part.end)]
    bounds = [bound for bar in bars for bound in (bar.value, bar.low, bar.high)]
    low, high = domain_of([*ends, *bounds], [0])
    domain = (min(low, 0) if min(ends, default=0) < 0 else 0.0, high)
    x = across(domain, page, sheet.axis)
    boxes = [
        {"x": p.start, "x2": p.end, "y": p.y - 11, "y2": p.y + 3, "colour": p.colour} for p in parts
    ]
    held = [
        {"x": bar.low, "x2": bar.high, "y": y + 9, "top": y + 5, "end": y + 13}
        for bar, y in zip(bars, plan.centres, strict=True)
        if bar.low is not None
    ]
    caps = [{**row, "x": row[end]} for row in held for end in ("x", "x2")]
    dots = [
        {"x": bar.value, "y": y + 9}
        for bar, y in zip(bars, plan.centres, strict=True)
        if bar.value is not None
    ]
    rule = layer(held).mark_rule(color=INK, strokeWidth=1.5)
    cap = layer(caps).mark_rule(color=INK, strokeWidth=1.5)
    dot = layer(dots).mark_point(size=28, fill=INK, stroke=INK, opacity=1)
    layers: list[Layer] = [
        layer(boxes)
        .mark_rect(stroke=PAPER, strokeWidth=1)
        .encode(x=x, x2="x2:Q", y=pixels(), y2="y2:Q", fill=as_given("colour")),
        rule.encode(x=x, x2="x2:Q", y=pixels()),
        cap.encode(x=x, y=pixels("top").title(None), y2="end:Q"),
        dot.encode(x=x, y=pixels()),
    ]
    texts = row_labels(plan) + edge_figures(figures, plan.centres, page, words)
    texts += _numbers(parts, domain, page)
    keys = [
        Key(f"{index + 1} {area}", STACK[index % 2], "square") for index, area in enumerate(areas)
    ]
    return drawn(sheet.title, layers, texts, page, [*keys, Key(interval, INK, "line")])


@dataclass(frozen=True)
class _Part:
    """One area in a bar: from where to where on the axis, its row in pixels, its place among the areas."""

    start: float
    end: float
    y: float
    index: int

    @property
    def colour(self) -> str:
        return STACK[self.index % 2]


def _parts(bar: RankedBar, y: float) -> list[_Part]:
    """The areas of one bar side by side, what lowers the composite to the left of zero."""
    ends = {True: 0.0, False: 0.0}
    parts = []
    for index, value in enumerate(bar.parts):
        if value:
            start = ends[value > 0]
            ends[value > 0] = start + value
            parts.append(_Part(start, start + value, y, index))
    return parts


def _numbers(parts: Sequence[_Part], domain: tuple[float, float], page: Page) -> list[Text]:
    """The number of each area in its part, where there is room for it."""
    texts = []
    for part in parts:
        start, end = page.place(part.start, domain), page.place(part.end, domain)
        number = str(part.index + 1)
        if abs(end - start) >= text_width(number, SMALL) + 3:
            x, colour = (start + end) / 2, text_on(part.colour)
            texts.append(Text((number,), x, part.y - 4, "centre", SMALL, colour, bold=True))
    return texts
