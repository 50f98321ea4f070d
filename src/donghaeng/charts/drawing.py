"""The sheet under every chart: title, legend, axis and plot, one under the other, as one SVG document."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from donghaeng.charts.lettering import FONT, Key, Text, header, letters
from donghaeng.charts.measures import EDGE, LINE, TEXT, Page, wrapped
from donghaeng.charts.palette import GRID, INK, PAPER, QUIET

Layer = Any  # an altair.Chart; altair is imported only when something is drawn


def layer(rows: Iterable[dict[str, Any]]) -> Layer:
    """Data for one kind of mark."""
    import altair

    # As text, which the drawing reads faster than altair copies a list.
    data = altair.InlineData(values=json.dumps(list(rows)), format={"type": "json"})
    return altair.Chart(data)


def pixels(field: str = "y") -> Any:
    """A position that is already in pixels: ``x`` from the left, every other field from the top."""
    import altair

    channel = altair.X if field == "x" else altair.Y
    return channel(f"{field}:Q").scale(None).axis(None)


def as_given(field: str) -> Any:
    """A colour that the data name themselves."""
    import altair

    return altair.Fill(f"{field}:N").scale(None).legend(None)


def across(domain: tuple[float, float], page: Page, title: str = "", form: str = ",.4~g") -> Any:
    """The horizontal position ``x`` on the one axis of a chart, with its grid and its title under it.

    Every layer of a chart takes the same one.
    """
    import altair

    axis = altair.Axis(
        format=form,
        tickCount=max(3, round(page.plot / 75)),
        title=list(wrapped(title, page.width - 2 * EDGE)) if title else None,
        titleAnchor="start",
        titleAlign="left",
        titleX=EDGE - page.left,
    )
    return altair.X("x:Q").axis(axis).scale(domain=list(domain), nice=False, zero=False)


def upward(domain: tuple[float, float], page: Page, field: str = "y", form: str = ",.4~g") -> Any:
    """The vertical position ``field`` on the one axis of a chart; its title stands above it, level."""
    import altair

    axis = altair.Axis(format=form, tickCount=max(2, round(page.height / 50)), title=None)
    return altair.Y(f"{field}:Q").axis(axis).scale(domain=list(domain), nice=False, zero=False)


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


def base_line(value: float, x: Any, page: Page) -> Layer:
    """An upright line through the whole plot."""
    rule = layer([{"x": value, "y": 0, "y2": page.height}]).mark_rule(
        color=INK, strokeWidth=1.5, strokeDash=[4, 3]
    )
    return rule.encode(x=x, y=pixels(), y2="y2:Q")


def drawn(
    title: str,
    layers: Sequence[Layer],
    texts: Sequence[Text],
    page: Page,
    keys: Sequence[Key] = (),
) -> str:
    """The picture: title, legend and plot, one under the other, as an SVG document."""
    import altair
    import vl_convert

    above, top = header(title, keys, page.width)
    top += page.above
    chart = (
        altair.layer(*layers)
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
    svg = str(vl_convert.vegalite_to_svg(chart.to_dict(validate=False)))
    return svg.removesuffix("</svg>") + above + letters(texts, page, top) + "</svg>"
