"""True map: places in their own boundaries, coloured by class of figure, with the figure or the class printed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any

from donghaeng.charts.boundaries import Boundary, Point, Polygon, signed_area
from donghaeng.charts.description import Chart, chart, figure, known
from donghaeng.charts.drawing import as_given, drawn, layer
from donghaeng.charts.lettering import Text
from donghaeng.charts.measures import EDGE, LINE, SMALL, Page, Sheet, text_width
from donghaeng.charts.palette import INK, PAPER, text_on
from donghaeng.charts.value_classes import (
    ValueClass,
    class_keys,
    class_of,
    map_message,
    value_classes,
)
from donghaeng.rules.faults import BadInput, nearest

HIGHEST = 640
NAMED_FROM = 560  # a picture less wide has no room for the names
OVERHANG = 8  # so far a text may reach beyond the boundary of its place


def true_map_chart(
    boundaries: Sequence[Boundary],
    figures: Mapping[str, float | None],
    sheet: Sheet,
    *,
    labels: Mapping[str, str] | None = None,
    ranked: bool = True,
) -> Chart:
    """Figures by the key of their boundary. Where all fit they are printed, else the letter of their class.

    :param labels: names in the reader's language, by key; the keys themselves by default.
    :param ranked: ``False`` names no highest or lowest place in the text alternative.
    :raises BadInput: for a figure without a boundary.
    """
    keys = [boundary.key for boundary in boundaries]
    if not keys:
        raise BadInput("a map of no place cannot be drawn", remedy="at least one boundary")
    for key in figures:
        if key not in keys:
            raise BadInput(f"no boundary for {key!r}", remedy=nearest(key, keys))
    words = sheet.words
    values = {key: known(figures.get(key), key) for key in keys}
    names = {key: (labels or {}).get(key, key) for key in keys}
    return chart(
        _svg(boundaries, values, names, sheet),
        sheet.title,
        map_message(
            [(names[key], value) for key, value in values.items()],
            words,
            ranked=ranked,
            digits=sheet.digits,
        ),
        (words("Place"), words("Value")),
        [(names[key], value) for key, value in values.items()],
    )


def _svg(
    boundaries: Sequence[Boundary],
    values: Mapping[str, float | None],
    names: Mapping[str, str],
    sheet: Sheet,
) -> str:
    placed, height = _projected(boundaries, sheet.width - 2 * EDGE)
    page = Page(sheet.width, height)
    classes = value_classes(list(values.values()))
    shapes = []
    for boundary, polygons in zip(boundaries, placed, strict=True):
        found = class_of(values[boundary.key], classes)
        shapes.append(
            {
                "type": "Feature",
                "geometry": {"type": "MultiPolygon", "coordinates": polygons},
                "colour": found.colour if found else PAPER,
            }
        )
    # Ink on a rim of paper: it stands out from every class on either side.
    layers = [
        _shapes(shapes, stroke=PAPER, strokeWidth=3).encode(fill=as_given("colour")),
        _shapes(shapes, stroke=INK, strokeWidth=1, fill=None),
    ]
    texts, letters = _labels(boundaries, placed, values, names, classes, sheet)
    keys = class_keys(
        list(values.values()), classes, sheet.words, digits=sheet.digits, letters=letters
    )
    return drawn(sheet.title, layers, texts, page, keys)


def _shapes(shapes: Sequence[dict[str, Any]], **style: Any) -> Any:
    # Clipping would bring names into the document that count on from one chart to the next.
    return (
        layer(shapes)
        .mark_geoshape(clip=False, **style)
        .project("identity", scale=1, translate=[0, 0])
    )


def _projected(
    boundaries: Sequence[Boundary], width: float
) -> tuple[list[tuple[Polygon, ...]], float]:
    """Degrees as pixels: a degree of longitude is shorter by the cosine of the middle latitude."""
    points = [p for each in boundaries for polygon in each.polygons for p in polygon[0]]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    narrowing = math.cos(math.radians((south + north) / 2))
    wide, high = (east - west) * narrowing, north - south
    scale = min(width / wide, HIGHEST / high)
    left = (width - wide * scale) / 2

    def placed(point: Point) -> Point:
        x, y = (point[0] - west) * narrowing * scale + left, (north - point[1]) * scale
        return round(x, 1), round(y, 1)

    # Equal points that follow one another say nothing more at this scale; neighbours lose the same ones.
    projected = [
        tuple(
            tuple(tuple(point for point, _ in groupby(map(placed, ring))) for ring in polygon)
            for polygon in each.polygons
        )
        for each in boundaries
    ]
    return projected, math.ceil(high * scale)


def _labels(
    boundaries: Sequence[Boundary],
    placed: Sequence[tuple[Polygon, ...]],
    values: Mapping[str, float | None],
    names: Mapping[str, str],
    classes: Sequence[ValueClass],
    sheet: Sheet,
) -> tuple[list[Text], bool]:
    """The figure in every place, under its name where that fits; the letters of classes if a figure does not."""
    figures = {
        key: "–" if value is None else figure(value, sheet.words, sheet.digits)
        for key, value in values.items()
    }
    largest = [max(polygons, key=_size) for polygons in placed]
    rooms = [roomiest(polygon, SMALL / 2) for polygon in largest]
    letters = any(
        text_width(figures[boundary.key], SMALL) > room + OVERHANG
        for boundary, (_, _, room) in zip(boundaries, rooms, strict=True)
    )
    texts = []
    for boundary, polygon, (x, y, _) in zip(boundaries, largest, rooms, strict=True):
        found = class_of(values[boundary.key], classes)
        lines: tuple[str, ...] = (figures[boundary.key],)
        if letters:
            lines = (found.letter if found else "–",)
        else:
            name = names[boundary.key]
            at_x, at_y, room = roomiest(polygon, LINE)
            if sheet.width >= NAMED_FROM and text_width(name, SMALL) <= room + OVERHANG:
                x, y, lines = at_x, at_y, (name, *lines)
        colour = found.colour if found else PAPER
        # The rim in the colour of the place keeps a text readable that overhangs its boundary.
        style = {"halo": colour, "colour": text_on(colour)}
        texts.append(Text(lines, x, y, "centre", SMALL, bold=len(lines) == 1, **style))
    return texts, letters


def _size(polygon: Polygon) -> float:
    return abs(signed_area(polygon[0]))


def roomiest(polygon: Polygon, half: float) -> tuple[float, float, float]:
    """Where a level text fits best: the middle and the width of the widest box in a polygon.

    The box is ``half`` pixels high on either side of its middle; a width of 0 says that none was found.

    >>> roomiest((((0, 0), (40, 0), (40, 60), (0, 60), (0, 0)),), 8)
    (20.0, 30.0, 40.0)
    """
    heights = [y for _, y in polygon[0]]
    top, bottom = min(heights), max(heights)
    middle = (top + bottom) / 2
    reach = max(0.0, (bottom - top) / 2 - half)
    best = (math.fsum(x for x, _ in polygon[0]) / len(polygon[0]), middle, 0.0)
    for step in (0, *(sign * number for number in range(1, 17) for sign in (1, -1))):
        y = middle + reach * step / 16
        for left, right in _common([_inside(polygon, y + shift) for shift in (-half, 0, half)]):
            if right - left > best[2] + 0.5:
                best = ((left + right) / 2, y, right - left)
    return best


def _inside(polygon: Polygon, y: float) -> list[tuple[float, float]]:
    """The stretches of a level line that lie inside a polygon."""
    crossings = sorted(
        x + (y - at) * (next_x - x) / (next_at - at)
        for ring in polygon
        for (x, at), (next_x, next_at) in pairwise(ring)
        if (at <= y) != (next_at <= y)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=False))


def _common(rows: Sequence[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """The stretches that all rows share."""
    shared = rows[0]
    for row in rows[1:]:
        shared = [
            (max(left, a), min(right, b))
            for left, right in shared
            for a, b in row
            if max(left, a) < min(right, b)
        ]
    return shared
