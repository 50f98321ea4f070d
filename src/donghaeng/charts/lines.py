"""Lines over a common axis, with a band where a value has bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import Any

# Colour and dash both tell the series apart.
COLOURS = ("#256ef4", "#c2410c", "#0f766e", "#7c3aed")
DASHES: tuple[list[int], ...] = ([1, 0], [6, 3], [2, 2], [8, 2, 2, 2])
FONT = "system-ui, 'Noto Sans KR', sans-serif"


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
    return _described(svg, title, description, panels, axis)


def _panel(altair: Any, panel: Panel, axis: str) -> Any:
    """Both bounds as lines with the band between them: inside it no value is likelier than another."""
    rows = [
        {"series": series.name, "x": x, "low": low, "high": high}
        for series in panel.series
        for x, low, high in series.points
    ]
    names = [series.name for series in panel.series]
    shape = "step-after" if panel.percent else "linear"
    colour = altair.Color("series:N").scale(domain=names, range=list(COLOURS[: len(names)]))
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


def _quoted(text: str) -> str:
    """A text as CSV holds it."""
    return '"' + text.replace('"', '""') + '"'


def _number(value: float) -> str:
    """A number in full: whole where it is whole."""
    return str(int(value)) if value == int(value) else repr(value)


def _described(svg: str, title: str, description: str, panels: Sequence[Panel], axis: str) -> str:
    """Title, description and data inside the document itself."""
    head, _, rest = svg.partition(">")
    data = [f"{axis},series,lowest,highest"]
    for panel in panels:
        for series in panel.series:
            data += [
                f"{_number(x)},{_quoted(series.name)},{_number(low)},{_number(high)}"
                for x, low, high in series.points
            ]
    text = escape("\n".join(data))
    return (
        f'{head} role="img" aria-labelledby="chart-title chart-description">'
        f'<title id="chart-title">{escape(title)}</title>'
        f'<desc id="chart-description">{escape(description)}</desc>'
        f"<metadata>{text}</metadata>{rest}"
    )
