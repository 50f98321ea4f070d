"""Tile map: every place the same size, laid out as neighbours lie, with its figure printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from donghaeng.charts.description import Chart, chart, figure, known
from donghaeng.charts.drawing import as_given, drawn, layer, pixels
from donghaeng.charts.lettering import Text
from donghaeng.charts.measures import (
    EDGE,
    LINE,
    SMALL,
    SOFT_HYPHEN,
    TEXT,
    Page,
    Sheet,
    wrapped,
)
from donghaeng.charts.palette import INK, PAPER, text_on
from donghaeng.charts.value_classes import class_keys, class_of, map_message, value_classes
from donghaeng.language import Words
from donghaeng.rules.faults import BadInput, nearest

GAP = 4
WIDEST = 104  # a tile need not be larger to be read


@dataclass(frozen=True)
class Tile:
    """One place: its official code, its row from the north and column from the west, its names (ko, en).

    A soft hyphen in a name is where it may be broken.
    """

    code: str
    row: int
    column: int
    names: tuple[str, str]

    def label(self, words: Words) -> str:
        """The name in the reader's language, unbroken."""
        return words.label(self.names).replace(SOFT_HYPHEN, "")


def tile_map_chart(
    tiles: Sequence[Tile],
    figures: Mapping[str, float | None],
    sheet: Sheet,
    *,
    ranked: bool = True,
) -> Chart:
    """Figures by code on a grid of tiles; a tile without one says so.

    :param ranked: ``False`` names no highest or lowest place in the text alternative.
    :raises BadInput: for a code that no tile has.
    """
    values = _values(tiles, figures)
    words = sheet.words
    pairs = [(tile.label(words), values[tile.code]) for tile in tiles]
    return chart(
        _svg(tiles, values, sheet),
        sheet.title,
        map_message(pairs, words, ranked=ranked, digits=sheet.digits),
        (words("Code"), words("Place"), words("Value")),
        [(tile.code, tile.label(words), values[tile.code]) for tile in tiles],
    )


def _values(tiles: Sequence[Tile], figures: Mapping[str, float | None]) -> dict[str, float | None]:
    codes = [tile.code for tile in tiles]
    if not codes:
        raise BadInput("a map of no tile cannot be drawn", remedy="at least one tile")
    for code in figures:
        if code not in codes:
            raise BadInput(f"no tile has the code {code!r}", remedy=nearest(code, codes))
    return {code: known(figures.get(code), code) for code in codes}


def _svg(tiles: Sequence[Tile], values: Mapping[str, float | None], sheet: Sheet) -> str:
    words = sheet.words
    columns = max(tile.column for tile in tiles) + 1
    rows = max(tile.row for tile in tiles) + 1
    wide = min(WIDEST, (sheet.width - 2 * EDGE + GAP) / columns) - GAP
    names = {tile.code: wrapped(words.label(tile.names), wide - 4, SMALL) for tile in tiles}
    high = max(52.0, max(map(len, names.values())) * 13 + LINE + 14)
    page = Page(sheet.width, rows * (high + GAP) - GAP)
    classes = value_classes(list(values.values()))
    boxes = []
    texts = []
    for tile in tiles:
        value = values[tile.code]
        found = class_of(value, classes)
        colour = found.colour if found else PAPER
        x, y = tile.column * (wide + GAP), tile.row * (high + GAP)
        dash = [1, 0] if found else [3, 3]
        boxes.append(
            {"x": x, "x2": x + wide, "y": y, "y2": y + high, "colour": colour, "dash": dash}
        )
        lines = names[tile.code]
        ink = text_on(colour)
        middle = y + (high - LINE) / 2
        texts.append(Text(lines, x + wide / 2, middle, "centre", SMALL, ink))
        said = "–" if value is None else figure(value, words, sheet.digits)
        below = middle + len(lines) * LINE / 2 + LINE / 2
        texts.append(Text((said,), x + wide / 2, below, "centre", TEXT, ink, bold=True))
    full = [box for box in boxes if box["colour"] != PAPER]
    empty = [box for box in boxes if box["colour"] == PAPER]
    layers = [
        layer(group)
        .mark_rect(stroke=INK, strokeWidth=1, strokeDash=dash)
        .encode(x=pixels("x"), x2="x2:Q", y=pixels(), y2="y2:Q", fill=as_given("colour"))
        for group, dash in ((full, [1, 0]), (empty, [3, 3]))
        if group
    ]
    keys = class_keys(list(values.values()), classes, words, digits=sheet.digits)
    return drawn(sheet.title, layers, texts, page, keys)
