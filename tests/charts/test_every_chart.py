"""What holds for every chart of an index: how it is told, what it holds, and that it can be read."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

import pytest

from donghaeng.charts.description import Chart
from donghaeng.charts.measures import text_width
from donghaeng.charts.palette import PAPER, contrast
from donghaeng.rules.faults import BadInput
from tests.charts import samples

SVG = "{http://www.w3.org/2000/svg}"
REPOSITORY = Path(__file__).resolve().parents[2]
every_chart = pytest.mark.parametrize("name", samples.CHARTS)


@cache
def drawn(name: str, count: int = 7, language: str = "ko", width: int = 720) -> Chart:
    return samples.CHARTS[name](count, samples.sheet(language, width))


def root_of(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(chart.svg)  # well-formed, or this fails


@every_chart
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_chart_is_an_image_that_says_its_title_and_its_message(name: str, language: str) -> None:
    chart = drawn(name, language=language)
    root = root_of(chart)
    assert root.tag == SVG + "svg"
    assert root.get("role") == "img"
    assert [element.tag for element in root[:3]] == [SVG + t for t in ("title", "desc", "metadata")]
    assert (root[0].text, root[1].text) == (chart.title, chart.alternative)
    assert (root.get("aria-labelledby") or "").split() == [root[0].get("id"), root[1].get("id")]
    assert chart.alternative


@every_chart
def test_the_document_holds_its_data_in_full(name: str) -> None:
    chart = drawn(name)
    rows = list(csv.reader(io.StringIO(root_of(chart)[2].text or "")))
    assert tuple(rows[0]) == chart.columns
    assert len(rows) == len(chart.rows) + 1
    for said, row in zip(rows[1:], chart.rows, strict=True):
        for text, value in zip(said, row, strict=True):
            if value is None:
                assert text == ""
            elif isinstance(value, str):
                assert text == value
            else:
                assert float(text) == value


# A weight of the framework is never missing.
@pytest.mark.parametrize("name", [each for each in samples.CHARTS if each != "framework_tree"])
def test_a_missing_figure_is_said_in_words_and_never_a_zero(name: str) -> None:
    chart = drawn(name)
    words = samples.sheet("en").words
    assert any(None in row for row in chart.rows)
    for row, cells in zip(chart.rows, chart.cells(words), strict=True):
        assert [value is None for value in row] == [cell == "no figure" for cell in cells]


@every_chart
@pytest.mark.parametrize("count", [1, 7, 60])
@pytest.mark.parametrize("width", [360, 720])
def test_no_text_leaves_the_picture(name: str, count: int, width: int) -> None:
    root = root_of(drawn(name, count, width=width))
    whole = float(root.get("width") or 0)
    assert whole == width or (name == "heat_map" and whole > width)
    height = float(root.get("height") or 0)
    seen = 0
    for group in root.findall(f"{SVG}g[@font-family]"):
        left, top = map(float, re.findall(r"[-.\d]+", group.get("transform") or ""))
        for text in group.iter(f"{SVG}text"):
            size = float((text.get("font-size") or "").removesuffix("px"))
            assert size >= 11
            for line in text.iter(f"{SVG}tspan"):
                wide = text_width(line.text or "", size)
                shift = {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor") or ""]
                start = left + float(line.get("x") or 0) - shift * wide
                assert start >= -1, line.text
                assert start + wide <= whole + 1, line.text
                assert 0 < top + float(line.get("y") or 0) <= height, line.text
                seen += 1
    assert seen


# The others write no label of an indicator beside their marks.
@pytest.mark.parametrize(
    "name",
    sorted(set(samples.CHARTS) - {"distribution", "tile_map", "true_map", "composite"}),
)
def test_every_label_is_written_out(name: str) -> None:
    # A phone shows the long label on several lines, and all of it.
    root = root_of(drawn(name, width=360))
    written = "".join(line.text or "" for line in root.iter(f"{SVG}tspan")).replace(" ", "")
    assert written.count(samples.LONG.replace(" ", "")) >= 1


@every_chart
def test_all_text_is_level(name: str) -> None:
    assert "rotate(" not in drawn(name).svg


@every_chart
def test_text_stands_out_from_what_is_behind_it(name: str) -> None:
    # On paper or with a rim; texts inside coloured parts are tested with the palette.
    for text in root_of(drawn(name)).iter(f"{SVG}text"):
        colour = text.get("fill") or ""
        behind = text.get("stroke") or PAPER
        if colour != PAPER and colour.startswith("#"):
            assert contrast(colour, behind) >= 4.5


@every_chart
def test_a_chart_fetches_nothing(name: str) -> None:
    without = re.sub(r'xmlns(:\w+)?="[^"]*"', "", drawn(name).svg)  # namespaces are no addresses
    assert not re.search(r"https?:|//|url\(|@import|<script|<image|NaN|Infinity", without)


def test_another_process_draws_the_same_bytes() -> None:
    here = "".join(
        f"{name} {sha256(draw(7, samples.sheet()).svg.encode()).hexdigest()}\n"
        for name, draw in samples.CHARTS.items()
    )
    environment = os.environ | {
        "PYTHONHASHSEED": "12345",
        "PYTHONPATH": os.pathsep.join([str(REPOSITORY / "src"), str(REPOSITORY)]),
    }
    there = subprocess.run(
        [sys.executable, "-m", "tests.charts.samples"],
        env=environment,
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout == here


def test_charts_in_one_page_have_names_of_their_own() -> None:
    named = [re.findall(r' id="([^"]*)"', drawn(name).svg) for name in samples.CHARTS]
    everything = [each for names in named for each in names]
    assert len(set(everything)) == len(everything) == 2 * len(samples.CHARTS)


NEED_SOMETHING = {"composite", "true_map"}


@pytest.mark.parametrize("name", sorted(set(samples.CHARTS) - NEED_SOMETHING))
def test_a_chart_of_nothing_is_an_empty_chart(name: str) -> None:
    assert root_of(drawn(name, 0)).get("role") == "img"


@pytest.mark.parametrize("name", sorted(NEED_SOMETHING))
def test_a_chart_that_needs_a_scale_refuses_to_have_none(name: str) -> None:
    with pytest.raises(BadInput, match="cannot be drawn"):
        drawn(name, 0)


def test_a_picture_too_narrow_to_read_is_refused() -> None:
    with pytest.raises(BadInput, match="width: a chart cannot be 200 pixels wide"):
        samples.sheet(width=200)
