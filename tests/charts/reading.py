"""What a chart shows, read back from its document."""

from __future__ import annotations

from xml.etree import ElementTree

from donghaeng.charts.description import Chart
from donghaeng.charts.measures import Sheet
from donghaeng.language import Words

SVG = "{http://www.w3.org/2000/svg}"
EN, KO = Words("en"), Words("ko")


def sheet(words: Words = EN, width: int = 720, digits: int = 1) -> Sheet:
    """A plain sheet."""
    return Sheet("Title", words, "Index (2022 = 100)", width, digits)


def texts(chart: Chart) -> list[str]:
    """Every text that stands on the sheet, its lines joined, in the order of the document."""
    root = ElementTree.fromstring(chart.svg)
    found = []
    for group in root.findall(f"{SVG}g[@font-family]"):
        for text in group.iter(f"{SVG}text"):
            found.append(" ".join(line.text or "" for line in text.iter(f"{SVG}tspan")))
    return found


def fills(chart: Chart) -> list[str]:
    """The colours of all parts that have one, in the order of the document."""
    root = ElementTree.fromstring(chart.svg)
    return [path.get("fill") or "" for path in root.iter(f"{SVG}path")]
