"""The framework of an index as an indented tree, each part with its weight and its share in the whole."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from donghaeng.charts.description import Chart, chart, figure, known, named
from donghaeng.charts.drawing import Layer, as_given, drawn, layer, pixels
from donghaeng.charts.lettering import Key, Text
from donghaeng.charts.measures import EDGE, LINE, TEXT, Page, Sheet, text_width, wrapped
from donghaeng.charts.palette import DARK, QUIET, STACK
from donghaeng.language import Words
from donghaeng.rules.faults import BadInput

INDENT = 14


@dataclass(frozen=True)
class Part:
    """One node: its label, its weight among its siblings (any scale), and what is under it."""

    label: str
    weight: float
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class PlacedPart:
    """One node in the order of the tree, with its depth and its share in the whole (0 to 1)."""

    label: str
    depth: int
    weight: float
    share: float
    is_leaf: bool


def placed_parts(root: Part) -> tuple[PlacedPart, ...]:
    """All nodes, parents before children; a share is the product of the relative weights above it.

    :raises BadInput: for a negative weight, or weights of siblings that sum to zero.
    """
    return tuple(_walk(root, 0, 1.0))


def _walk(part: Part, depth: int, share: float) -> Iterator[PlacedPart]:
    for each in (part, *part.parts):
        if known(each.weight, each.label) is None or each.weight < 0:
            raise BadInput(f"a weight of {each.weight:g}", field=each.label, remedy="zero or more")
    yield PlacedPart(part.label, depth, part.weight, share, not part.parts)
    whole = math.fsum(child.weight for child in part.parts)
    if part.parts and not whole > 0:
        raise BadInput("weights that sum to zero", field=part.label)
    for child in part.parts:
        yield from _walk(child, depth + 1, share * child.weight / whole)


def framework_tree_chart(root: Part, sheet: Sheet) -> Chart:
    """Every part in a row, indented by its depth, with a bar for its share in the whole."""
    parts = placed_parts(root)
    words = sheet.words
    return chart(
        _svg(parts, sheet),
        sheet.title,
        framework_tree_message(root, words, digits=sheet.digits),
        (words("Level"), words("Part"), words("Weight"), words("Share in the whole")),
        [(part.depth, part.label, part.weight, part.share) for part in parts],
    )


def framework_tree_message(root: Part, words: Words, *, digits: int = 1) -> str:
    """How many parts and indicators there are, and which part has the largest and smallest share."""
    parts = placed_parts(root)
    first = words(
        "{root}: {branches} parts, {leaves} indicators.",
        root=root.label,
        branches=len(root.parts),
        leaves=sum(part.is_leaf for part in parts),
    )
    shares = [(part.label, part.share) for part in parts if part.depth == 1]
    if not shares:
        return f"{first} {words('It has no parts.')}"
    top, low = max(share for _, share in shares), min(share for _, share in shares)
    if top - low < 1e-9:
        same = words("Share of each part: {share} %.", share=figure(100 * top, words, digits))
        return f"{first} {same}"
    second = words(
        "Largest share: {high} ({top} %); smallest: {low} ({bottom} %).",
        high=named([label for label, share in shares if share == top], words),
        top=figure(100 * top, words, digits),
        low=named([label for label, share in shares if share == low], words),
        bottom=figure(100 * low, words, digits),
    )
    return f"{first} {second}"


def _svg(parts: tuple[PlacedPart, ...], sheet: Sheet) -> str:
    figures = [f"{100 * part.share:.{sheet.digits}f} %" for part in parts]
    needed = max(text_width(part.label) * 1.1 + INDENT * part.depth for part in parts)
    label_room = math.ceil(min(0.52 * sheet.width, needed))
    lines = [wrapped(part.label, label_room - INDENT * part.depth, TEXT) for part in parts]
    right = EDGE + 10 + math.ceil(max(text_width(each) for each in figures))
    page_left = EDGE + label_room + 10
    heights = [max(22.0, LINE * len(each) + 6) for each in lines]
    page = Page(sheet.width, sum(heights), page_left, right, EDGE)
    boxes, texts, joints = [], [], []
    top = 0.0
    for part, each, height, figure_text in zip(parts, lines, heights, figures, strict=True):
        y = top + height / 2
        x = EDGE - page_left + INDENT * part.depth
        texts.append(Text(each, x, y, bold=not part.is_leaf))
        texts.append(Text((figure_text,), page.plot + right - EDGE, y, "right"))
        colour = STACK[1] if part.is_leaf else DARK
        boxes.append(
            {"x": 0, "x2": part.share * page.plot, "y": y - 6, "y2": y + 6, "colour": colour}
        )
        joints += [
            {"x": EDGE - page_left + INDENT * depth + 6, "y": top, "y2": top + height}
            for depth in range(part.depth)
        ]
        top += height
    bars = layer(boxes).mark_rect()
    guides = layer(joints).mark_rule(color=QUIET, strokeWidth=1)
    layers: list[Layer] = [
        bars.encode(x=pixels("x"), x2="x2:Q", y=pixels(), y2="y2:Q", fill=as_given("colour")),
        guides.encode(x=pixels("x"), y=pixels(), y2="y2:Q"),
    ]
    keys = [Key(sheet.words("Part"), DARK), Key(sheet.words("Indicator"), STACK[1])]
    return drawn(sheet.title, layers, texts, page, keys)
