"""Everything of a chart that is read as text: title, legend, labels and printed figures.

Their places are known in pixels, so they are written into the document as they stand; a machine that has
other fonts writes the same document.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from donghaeng.charts.measures import EDGE, HEADING, LINE, TEXT, Page, text_width, wrapped
from donghaeng.charts.palette import INK

FONT = "system-ui, 'Noto Sans KR', 'Noto Sans CJK KR', sans-serif"
HEADING_LINE = 21
# How much wider bold letters are than those that measures are made for, in any usual font.
BOLD = 1.2
ANCHORS = {"left": "start", "centre": "middle", "right": "end"}
# Outlines of the signs in a legend, around their middle.
OUTLINES = {
    "square": "M-5.5,-5.5h11v11h-11Z",
    "diamond": "M0,-6.5l6.5,6.5l-6.5,6.5l-6.5,-6.5Z",
    "triangle-up": "M0,-6l6.5,11h-13Z",
    "triangle-down": "M0,6l6.5,-11h-13Z",
    "circle": "M-5.5,0a5.5,5.5 0 1,0 11,0a5.5,5.5 0 1,0 -11,0Z",
    "tick": "M-1.5,-8h3v16h-3Z",
}


@dataclass(frozen=True)
class Text:
    """Lines of text, the middle of them at ``x`` and ``y`` pixels from the upper left corner of the plot."""

    lines: tuple[str, ...]
    x: float
    y: float
    align: str = "left"
    size: float = TEXT
    colour: str = INK
    bold: bool = False
    halo: str = ""  # colour of a rim, where lines pass behind the text


@dataclass(frozen=True)
class Key:
    """One entry of a legend: its label, and the sign that stands for it."""

    label: str
    colour: str
    shape: str = "square"  # one of OUTLINES, "line", or "none" for a label alone
    outlined: bool = False
    dash: tuple[int, ...] = (1, 0)


def letters(texts: Iterable[Text], page: Page, top: float) -> str:
    """The texts as a group of an SVG document whose plot begins ``top`` pixels from above."""
    inside = "".join(map(_text, texts))
    return _group(inside, page.left, top)


def header(title: str, keys: Sequence[Key], width: int) -> tuple[str, float]:
    """Title and legend as a group of an SVG document, and their height in pixels."""
    heading = wrapped(title, (width - 2 * EDGE) / BOLD, HEADING)
    y = EDGE + len(heading) * HEADING_LINE / 2 - 2
    inside = _text(Text(heading, EDGE, y, size=HEADING, bold=True))
    top = EDGE + len(heading) * HEADING_LINE + 8
    entries, height = _flow(keys, width - 2 * EDGE)
    for key, (lines, x, y) in zip(keys, entries, strict=True):
        inside += _sign(key, EDGE + x, top + y + LINE / 2)
        inside += _text(Text(lines, EDGE + x + _sign_width(key), top + y + LINE * len(lines) / 2))
    return _group(inside, 0, 0), top + height + (10 if keys else 2)


def _group(inside: str, x: float, y: float) -> str:
    return (
        f'<g font-family="{escape(FONT, quote=True)}" transform="translate({_px(x)},{_px(y)})">'
        f"{inside}</g>"
    )


def _px(value: float) -> str:
    """A measure with two decimal places at most."""
    return f"{round(value, 2) + 0.0:g}"


def _text(text: Text) -> str:
    line = HEADING_LINE if text.size == HEADING else LINE
    # Letters stand on their base line, about a third of their size below their middle.
    y = text.y - (len(text.lines) - 1) * line / 2 + 0.35 * text.size
    style = ' font-weight="bold"' if text.bold else ""
    if text.halo:
        style += (
            f' stroke="{text.halo}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
        )
    spans = "".join(
        f'<tspan x="{_px(text.x)}" y="{_px(y + index * line)}">{escape(part)}</tspan>'
        for index, part in enumerate(text.lines)
    )
    return (
        f'<text text-anchor="{ANCHORS[text.align]}" font-size="{text.size}px" fill="{text.colour}"'
        f"{style}>{spans}</text>"
    )


def _sign(key: Key, x: float, y: float) -> str:
    """The sign of one entry of a legend."""
    if key.shape == "none":
        return ""
    if key.shape == "line":
        return (
            f'<path d="M{_px(x)},{_px(y)}h17" stroke="{key.colour}" stroke-width="2.5" fill="none"'
            f' stroke-dasharray="{" ".join(map(str, key.dash))}"/>'
        )
    return (
        f'<path d="{OUTLINES[key.shape]}" transform="translate({_px(x + 8)},{_px(y)})"'
        f' fill="{key.colour}" stroke="{INK if key.outlined else key.colour}" stroke-width="1.5"/>'
    )


def _flow(
    keys: Sequence[Key], width: float
) -> tuple[list[tuple[tuple[str, ...], float, float]], float]:
    """The lines of each entry of a legend and where it stands, and how high they are together."""
    entries: list[tuple[tuple[str, ...], float, float]] = []
    x = y = bottom = 0.0
    for key in keys:
        sign = _sign_width(key)
        lines = wrapped(key.label, width - sign)
        wide = sign + max(text_width(line) for line in lines)
        if x and x + wide > width:
            x, y = 0.0, bottom + 4
        entries.append((lines, x, y))
        bottom = max(bottom, y + LINE * len(lines))
        x += wide + 16
    return entries, bottom


def _sign_width(key: Key) -> float:
    return 0 if key.shape == "none" else 22
