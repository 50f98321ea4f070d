"""A chart is one document that says its title, describes itself and holds its data."""

from __future__ import annotations

import csv
import io
import re
from xml.etree import ElementTree

import pytest

from donghaeng.charts.lines import Panel, Series, lines_svg

SVG = "{http://www.w3.org/2000/svg}"
TITLE = "Income & what is <lost>, 소득 “곡선”"
DESCRIPTION = "From 0 to 2,000,000 won."
POINTS = ((0, 1_054_102, 1_054_102), (1_000_000, 1_447_090, 1_597_090), (2_000_000, 2e6, 2_247_090))
RATES = ((0, 0.457012, 0.607012), (1_000_000, 0.35, 0.44709))
PRESENT, PILOT = "Present, today", '"Pilot" & more'


@pytest.fixture(scope="module")
def svg() -> str:
    income = Panel("won a month", (Series(PRESENT, POINTS), Series(PILOT, POINTS)))
    rates = Panel("share", (Series(PILOT, RATES),), percent=True)
    return lines_svg(TITLE, DESCRIPTION, "Earnings (won a month)", (income, rates))


@pytest.fixture(scope="module")
def root(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # well-formed, or this fails


def text_of(root: ElementTree.Element, tag: str) -> str:
    found = root.find(SVG + tag)
    assert found is not None
    return found.text or ""


def test_the_chart_is_an_svg_image_with_a_name(root: ElementTree.Element) -> None:
    assert root.tag == SVG + "svg"
    assert root.get("role") == "img"
    labels = (root.get("aria-labelledby") or "").split()
    assert [element.get("id") for element in root[:2]] == labels


def test_title_and_description_come_first(root: ElementTree.Element) -> None:
    assert [element.tag for element in root[:3]] == [SVG + t for t in ("title", "desc", "metadata")]
    assert text_of(root, "title") == TITLE
    assert text_of(root, "desc") == DESCRIPTION


def test_the_data_hold_every_point(root: ElementTree.Element) -> None:
    rows = list(csv.reader(io.StringIO(text_of(root, "metadata"))))
    assert rows[0][-3:] == ["series", "lowest", "highest"]
    assert {len(row) for row in rows} == {4}
    said = [(row[1], *map(float, (row[0], *row[2:]))) for row in rows[1:]]
    expected = [
        (name, *map(float, point))
        for name, points in ((PRESENT, POINTS), (PILOT, POINTS), (PILOT, RATES))
        for point in points
    ]
    assert said == expected


def test_the_chart_fetches_nothing(svg: str) -> None:
    # Namespaces are names, not addresses.
    without = re.sub(r'xmlns(:\w+)?="[^"]*"', "", svg)
    assert not re.search(r"https?:|//|url\((?!#)|@import|<script|<image", without)


def test_series_differ_by_more_than_their_colour(svg: str) -> None:
    assert "stroke-dasharray" in svg
    assert len(set(re.findall(r'stroke="(#[0-9a-f]{6})"', svg))) >= 2


def test_the_same_chart_is_drawn_the_same_way(svg: str) -> None:
    panel = Panel("won", (Series("a", POINTS),))
    again = [lines_svg("t", "d", "x", [panel]) for _ in range(2)]
    assert again[0] == again[1] != svg
