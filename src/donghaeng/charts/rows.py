"""Rows with their labels down the left side and, where asked for, their figures down the right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from donghaeng.charts.lettering import Text
from donghaeng.charts.measures import EDGE, LINE, SMALL, TEXT, Page, text_width, wrapped
from donghaeng.charts.palette import QUIET
from donghaeng.language import Words


@dataclass(frozen=True)
class RowPlan:
    """Labels down the left side: wrapped, each in a row that is high enough for it."""

    labels: tuple[tuple[str, ...], ...]
    centres: tuple[float, ...]
    left: float
    height: float


def plan_rows(
    labels: Sequence[str], width: int, least: float = 24, share: float = 0.36, size: float = TEXT
) -> RowPlan:
    """Rows for ``labels`` in at most ``share`` of the width, each at least ``least`` pixels high."""
    room = min(share * width, max((text_width(label, size) for label in labels), default=0) + 1)
    lines = tuple(wrapped(label, room, size) for label in labels)
    heights = [max(least, LINE * len(each) + 8) for each in lines]
    tops = [sum(heights[:index]) for index in range(len(heights) + 1)]
    left = (
        EDGE
        + 10
        + math.ceil(max((text_width(line, size) for each in lines for line in each), default=0))
    )
    centres = tuple((top + bottom) / 2 for top, bottom in pairwise(tops))
    return RowPlan(lines, centres, left, tops[-1])


def row_labels(plan: RowPlan, size: float = TEXT) -> list[Text]:
    """The labels of the rows, right up to the plot."""
    return [
        Text(lines, -8, centre, "right", size)
        for lines, centre in zip(plan.labels, plan.centres, strict=True)
    ]


def edge_room(figures: Sequence[str | None], words: Words) -> float:
    """Space right of the plot for its figures; ``None`` is said in words."""
    said = [words("no figure") if text is None else text for text in figures]
    return EDGE + 12 + math.ceil(max((text_width(text) for text in said), default=0))


def edge_figures(
    figures: Sequence[str | None], centres: Sequence[float], page: Page, words: Words
) -> list[Text]:
    """One figure a row at the right edge; where there is none, it is said in words."""
    edge = page.plot + page.right - EDGE
    return [
        Text((words("no figure"),), edge, y, "right", SMALL, QUIET)
        if text is None
        else Text((text,), edge, y, "right", bold=True)
        for text, y in zip(figures, centres, strict=True)
    ]
