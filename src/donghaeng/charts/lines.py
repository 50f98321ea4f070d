"""Lines over a common axis, with a band where a value has bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from donghaeng.charts.description import described
from donghaeng.charts.lettering import FONT
from donghaeng.charts.palette import SERIES

# Colour and dash both tell the series apart.
DASHES: tuple[list[int], ...] = ([1, 0], [6, 3], [2, 2], [8, 2, 2, 2])


@dataclass(frozen=True)
class Series:
    """One line: name, and (x, lowest, highest) for each point; equal bounds where there is no band."""

    name: str
    points: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True)
class Panel:
    """Lines over one vertical axis; ``unit`` is its title, ``percent`` its format."""

    unit: str
    series: tuple[Series, ...]
    percent: bool = False


def lines_svg(title: str, description: str, axis: str, panels: Sequence[Panel]) -> str:
    """Panels one below the other over a common horizontal axis, as one SVG document.

    The document begins with ``title`` and ``desc`` for those who listen to it, and ends with its data
    as a ``metadata`` table in CSV.
    """
    import altair
    import vl_convert

    charts = [_panel(altair, panel, axis) for panel in panels]
    heading = altair.TitleParams(
        wrap(title, 64), anchor="start", fontSize=16, offset=12, subtitleFontSize=12
    )
    chart = altair.vconcat(*charts, spacing=28).properties(title=heading)
    chart = (
        chart.configure(font=FONT, padding=16)
        .configure_view(stroke=None)
        .configure_axis(
            gridColor="#d9dde3",
            labelFontSize=12,
            titleFontSize=12,
            titlePadding=14,
            labelColor="#1e2124",
        )
    )
    svg = str(vl_convert.vegalite_to_svg(chart.to_dict()))
    rows = [
        (x, series.name, low, high)
        for panel in panels
        for series in panel.series
        for x, low, high in series.points
    ]
    return described(svg, title, description, (axis, "series", "lowest", "highest"), rows)


def _panel(altair: Any, panel: Panel, axis: str) -> Any:
    """Both bounds as lines with the band between them: inside it no value is likelier than another."""
    rows = [
        {"series": series.name, "x": x, "low": low, "high": high}
        for series in panel.series
        for x, low, high in series.points
    ]
    names = [series.name for series in panel.series]
    shape = "step-after" if panel.percent else "linear"
    colour = altair.Color("series:N").scale(domain=names, range=list(SERIES[: len(names)]))
    legend = altair.Legend(
        title=None, orient="top", labelLimit=400, symbolType="stroke", symbolStrokeWidth=3
    )
    dash = altair.StrokeDash("series:N", legend=legend).scale(
        domain=names, range=list(DASHES[: len(names)])
    )
    base = altair.Chart(altair.Data(values=rows)).encode(
        x=altair.X("x:Q", title=axis, axis=altair.Axis(format=",.0f", tickCount=5)),
        color=colour.legend(legend),
    )
    form = altair.Axis(format="%" if panel.percent else ",.0f", tickCount=6)
    low = altair.Y("low:Q", title=panel.unit, axis=form)
    band = base.mark_area(opacity=0.2, interpolate=shape).encode(y=low, y2="high:Q")
    lower = base.mark_line(strokeWidth=2.5, interpolate=shape).encode(y=low, strokeDash=dash)
    upper = base.mark_line(strokeWidth=2.5, interpolate=shape).encode(y="high:Q", strokeDash=dash)
    return (band + lower + upper).properties(width=640, height=260)
