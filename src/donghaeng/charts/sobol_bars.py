"""Sobol bars: how much of the spread each choice makes, alone and with all others, with intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from donghaeng.charts.description import Chart, chart, figure, known
from donghaeng.charts.drawing import (
    Layer,
    across,
    as_given,
    axis_room,
    domain_of,
    drawn,
    layer,
    pixels,
)
from donghaeng.charts.lettering import Key, Text
from donghaeng.charts.measures import EDGE, SMALL, Page, Sheet, text_width
from donghaeng.charts.palette import BRIGHT, DARK, INK, PAPER, QUIET
from donghaeng.charts.rows import plan_rows, row_labels
from donghaeng.language import Words

DIGITS = 2  # indices are shares between 0 and 1


@dataclass(frozen=True)
class Share:
    """One index with the bounds of its interval; ``None`` where it could not be estimated."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class SobolBar:
    """One choice: its first-order index (alone) and its total index (with all interactions)."""

    label: str
    first: Share
    total: Share


def sobol_bars_chart(bars: Sequence[SobolBar], interval: str, sheet: Sheet) -> Chart:
    """Choices by total index, the largest first.

    :param interval: what the whiskers are, in the reader's words ("95 % interval, bootstrap").
    """
    bars = _ordered(bars)
    words = sheet.words
    return chart(
        _svg(bars, interval, sheet),
        sheet.title,
        sobol_bars_message(bars, words),
        (
            words("Choice"),
            words("First-order index"),
            words("Lower bound"),
            words("Upper bound"),
            words("Total index"),
            words("Lower bound"),
            words("Upper bound"),
        ),
        [
            (bar.label, *(x for s in (bar.first, bar.total) for x in (s.value, s.low, s.high)))
            for bar in bars
        ],
    )


def sobol_bars_message(bars: Sequence[SobolBar], words: Words) -> str:
    """The choice with the largest total index, and what all choices make alone."""
    held = [bar for bar in _ordered(bars) if bar.total.value is not None]
    if not held:
        return words("There is no figure.")
    first = words(
        "Most of the spread comes with: {choice} (alone {first}, with interactions {total}).",
        choice=held[0].label,
        first=figure(held[0].first.value, words, DIGITS),
        total=figure(held[0].total.value, words, DIGITS),
    )
    alone = math.fsum(bar.first.value or 0 for bar in held)
    second = words(
        "All first-order indices add up to {sum}; what is missing to 1 comes from choices together.",
        sum=figure(alone, words, DIGITS),
    )
    return f"{first} {second}"


def _ordered(bars: Sequence[SobolBar]) -> list[SobolBar]:
    checked = [
        SobolBar(bar.label, _share(bar.first, bar.label), _share(bar.total, bar.label))
        for bar in bars
    ]
    return sorted(checked, key=lambda bar: (bar.total.value is None, -(bar.total.value or 0)))


def _share(share: Share, label: str) -> Share:
    value, low, high = (known(each, label) for each in (share.value, share.low, share.high))
    if value is None or low is None or high is None:
        low = high = None
    return Share(value, low, high)


def _svg(bars: Sequence[SobolBar], interval: str, sheet: Sheet) -> str:
    words = sheet.words
    plan = plan_rows([bar.label for bar in bars], sheet.width, least=46)
    shares = [
        (share, y + shift, colour)
        for bar, y in zip(bars, plan.centres, strict=True)
        for share, shift, colour in ((bar.first, -9, DARK), (bar.total, 9, BRIGHT))
    ]
    right = EDGE + 12 + math.ceil(text_width(words("no figure"), SMALL))
    title = sheet.axis or words("Share of the variance of the result")
    page = Page(sheet.width, plan.height, plan.left, right, axis_room(title, sheet.width))
    ends = [end for share, _, _ in shares for end in (share.value, share.low, share.high)]
    low, high = domain_of(ends, [0, 1], margin=0.02)
    domain = (
        min(0.0, low) if min((e for e in ends if e is not None), default=0) < 0 else 0.0,
        high,
    )
    x = across(domain, page, title)
    boxes = [
        {"x": 0, "x2": share.value, "y": y - 7, "y2": y + 7, "colour": colour}
        for share, y, colour in shares
        if share.value is not None
    ]
    held = [
        {"x": share.low, "x2": share.high, "y": y, "top": y - 4, "end": y + 4}
        for share, y, _ in shares
        if share.low is not None
    ]
    caps = [{**row, "x": row[end]} for row in held for end in ("x", "x2")]
    layers: list[Layer] = [
        layer(boxes)
        .mark_rect()
        .encode(x=x, x2="x2:Q", y=pixels(), y2="y2:Q", fill=as_given("colour")),
    ]
    # Ink on a rim of paper, to be seen on the bars too.
    for colour, width in ((PAPER, 4.0), (INK, 1.5)):
        layers += [
            layer(held)
            .mark_rule(color=colour, strokeWidth=width)
            .encode(x=x, x2="x2:Q", y=pixels()),
            layer(caps)
            .mark_rule(color=colour, strokeWidth=width)
            .encode(x=x, y=pixels("top"), y2="end:Q"),
        ]
    texts: list[Text] = row_labels(plan)
    edge = page.plot + page.right - EDGE
    for share, y, _ in shares:
        missing = share.value is None
        texts.append(
            Text(
                (figure(share.value, words, DIGITS),),
                edge,
                y,
                "right",
                SMALL,
                QUIET if missing else INK,
                bold=not missing,
            )
        )
    keys = [
        Key(words("Upper bar: first-order index (the choice alone)"), DARK),
        Key(words("Lower bar: total index (with interactions)"), BRIGHT),
        Key(interval, INK, "line"),
    ]
    return drawn(sheet.title, layers, texts, page, keys)
