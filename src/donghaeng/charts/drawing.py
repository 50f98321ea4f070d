"""The sheet under every chart: title, legend, axis and plot, one under the other, as one SVG document."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from donghaeng.charts.measures import EDGE, HEADING, LINE, TEXT, Page, text_width, wrapped
from donghaeng.charts.palette import GRID, INK, PAPER, QUIET

FONT = "system-ui, 'Noto Sans KR', 'Noto Sans CJK KR', sans-serif"
BREAK = "\n"  # between the lines of one text
HEADING_LINE = 21

Layer = Any  # an altair.Chart; altair is imported only when something is drawn


@dataclass(frozen=True)
class Key:
    """One entry of a legend: its label, and the sign that stands for it."""

    label: str
    colour: str
    shape: str = "square"  # a Vega shape, or "line"
    filled: bool = True
    dash: tuple[int, ...] = (1, 0)


def layer(rows: Iterable[dict[str, Any]]) -> Layer:
    """Data for one kind of mark."""
    import altair

    return altair.Chart(altair.InlineData(values=list(rows)))


def pixels(field: str = "y") -> Any:
    """A vertical position that is already in pixels."""
    import altair

    return altair.Y(f"{field}:Q").scale(None).axis(None)


def across(domain: tuple[float, float], page: Page, title: str = "", form: str = ",.4~g") -> Any:
    """The horizontal position ``x`` on the one axis of a chart, with its grid and its title under it.

    Every layer of a chart takes the same one.
    """
    import altair

    axis = altair.Axis(
        format=form,
        tickCount=max(2, round(page.plot / 75)),
        title=list(wrapped(title, page.width - 2 * EDGE)) if title else None,
        titleAnchor="start",
        titleAlign="left",
        titleX=EDGE - page.left,
    )
    return altair.X("x:Q").axis(axis).scale(domain=list(domain), nice=False, zero=False)


def axis_room(title: str, width: int) -> float:
    """Height under a plot for its axis and the title of it."""
    return EDGE + 20 + (LINE * len(wrapped(title, width - 2 * EDGE)) + 6 if title else 0)


def domain_of(
    values: Iterable[float | None], include: Iterable[float] = (), margin: float = 0.06
) -> tuple[float, float]:
    """From the lowest to the highest, with a margin; what there is nothing of goes from 0 to 1."""
    present = [value for value in (*values, *include) if value is not None]
    if not present:
        return 0.0, 1.0
    low, high = min(present), max(present)
    room = (high - low) * margin or abs(high) * margin or 1.0
    return low - room, high + room


def texts(
    rows: Iterable[dict[str, Any]],
    *,
    x: Any,
    align: str = "left",
    size: float = TEXT,
    colour: str = INK,
    dx: float = 0,
    dy: float = 0,
    bold: bool = False,
) -> Layer:
    """Texts at their height ``y``, at one horizontal place in pixels or along an axis."""
    import altair

    place = altair.value(x) if isinstance(x, (int, float)) else x
    return (
        layer(rows)
        .mark_text(
            align=align,
            baseline="middle",
            fontSize=size,
            lineHeight=LINE,
            lineBreak=BREAK,
            color=colour,
            dx=dx,
            dy=dy,
            fontWeight="bold" if bold else "normal",
        )
        .encode(x=place, y=pixels(), text="text:N")
    )


def base_line(value: float, x: Any, page: Page) -> Layer:
    """An upright line through the whole plot."""
    rule = layer([{"x": value, "y": 0, "y2": page.height}]).mark_rule(
        color=INK, strokeWidth=1.5, strokeDash=[4, 3]
    )
    return rule.encode(x=x, y=pixels(), y2="y2:Q")


def drawn(title: str, layers: Sequence[Layer], page: Page, keys: Sequence[Key] = ()) -> str:
    """The picture: title, legend and plot, one under the other, as an SVG document."""
    import altair
    import vl_convert

    heading = wrapped(title, page.width - 2 * EDGE, HEADING)
    entries, legend_height = _flow(keys, page.width - 2 * EDGE)
    heading_height = len(heading) * HEADING_LINE
    top = EDGE + heading_height + 8 + legend_height + (10 if keys else 4)
    start = EDGE - page.left
    above = [_line_of_text(heading, start, EDGE + 9 - top, HEADING, bold=True)]
    for key, (lines, x, y) in zip(keys, entries, strict=True):
        above += _entry(key, lines, start + x, EDGE + heading_height + 8 + y + LINE / 2 - top)
    chart = (
        altair.layer(*layers, *above)
        .properties(
            width=page.plot,
            height=page.height,
            autosize=altair.AutoSizeParams(type="none"),
            padding={"left": page.left, "right": page.right, "top": top, "bottom": page.bottom},
            background=PAPER,
        )
        .configure(font=FONT, aria=False)
        .configure_view(stroke=None)
        .configure_axis(
            gridColor=GRID,
            domainColor=QUIET,
            tickColor=QUIET,
            labelFontSize=TEXT,
            titleFontSize=TEXT,
            titleFontWeight="normal",
            titleLineHeight=LINE,
            titlePadding=6,
            labelColor=INK,
            titleColor=INK,
            labelAngle=0,
            titleAngle=0,
        )
    )
    return str(vl_convert.vegalite_to_svg(json.dumps(chart.to_dict(), ensure_ascii=False)))


def _flow(
    keys: Sequence[Key], width: float
) -> tuple[list[tuple[tuple[str, ...], float, float]], float]:
    """The lines of each entry of a legend and where it stands, and how high they are together."""
    entries: list[tuple[tuple[str, ...], float, float]] = []
    x = y = bottom = 0.0
    for key in keys:
        lines = wrapped(key.label, width - 22)
        wide = 22 + max(text_width(line) for line in lines)
        if x and x + wide > width:
            x, y = 0.0, bottom + 4
        entries.append((lines, x, y))
        bottom = max(bottom, y + LINE * len(lines))
        x += wide + 16
    return entries, bottom


def _entry(key: Key, lines: tuple[str, ...], x: float, y: float) -> list[Layer]:
    """Sign and label of one entry."""
    import altair

    row = layer([{}])
    middle = altair.value(y)
    if key.shape == "line":
        sign = row.mark_rule(color=key.colour, strokeWidth=2.5, strokeDash=list(key.dash)).encode(
            x=altair.value(x), x2=altair.value(x + 17), y=middle
        )
    else:
        sign = row.mark_point(
            shape=key.shape,
            size=90,
            filled=False,
            fill=key.colour if key.filled else PAPER,
            stroke=key.colour if key.filled else INK,
            strokeWidth=1.5,
            opacity=1,
        ).encode(x=altair.value(x + 8), y=middle)
    return [sign, _line_of_text(lines, x + 22, y, TEXT)]


def _line_of_text(
    lines: Sequence[str], x: float, y: float, size: float, bold: bool = False
) -> Layer:
    """A text of our own at a place of the sheet."""
    import altair

    return (
        layer([{"text": BREAK.join(lines)}])
        .mark_text(
            align="left",
            baseline="middle",
            fontSize=size,
            lineHeight=HEADING_LINE if size == HEADING else LINE,
            lineBreak=BREAK,
            color=INK,
            fontWeight="bold" if bold else "normal",
        )
        .encode(x=altair.value(x), y=altair.value(y), text="text:N")
    )
