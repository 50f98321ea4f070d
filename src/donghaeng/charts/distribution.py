"""Distribution of one indicator before and after treatment: two histograms, one above the other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from donghaeng.charts.description import Chart, chart, figure, known, named
from donghaeng.charts.drawing import Layer, as_given, drawn, layer, pixels
from donghaeng.charts.lettering import Key, Text
from donghaeng.charts.measures import EDGE, SMALL, Page, Sheet, text_width, wrapped
from donghaeng.charts.palette import BRIGHT, DARK, PAPER, QUIET
from donghaeng.language import Words

PANEL, BETWEEN = 110, 62
THINNEST = 3.0  # so that a single unit is still seen; how many there are is printed


@dataclass(frozen=True)
class TreatedValue:
    """One unit's figure before and after treatment; ``None`` where it has none."""

    label: str
    before: float | None
    after: float | None

    @property
    def changed(self) -> bool:
        """Whether treatment gave the unit another figure."""
        return self.before != self.after


def distribution_chart(values: Sequence[TreatedValue], sheet: Sheet) -> Chart:
    """How often figures occur before and after; units whose figure was changed in the brighter tone.

    Both panels have an axis of their own, since a treatment may change the scale.
    """
    values = _checked(values)
    words = sheet.words
    return chart(
        _svg(values, sheet),
        sheet.title,
        distribution_message(values, words, digits=sheet.digits),
        (words("Unit"), words("Before treatment"), words("After treatment")),
        [(value.label, value.before, value.after) for value in values],
    )


def distribution_message(values: Sequence[TreatedValue], words: Words, *, digits: int = 1) -> str:
    """The range before and after, and which units were changed."""
    values = _checked(values)
    before = [value.before for value in values if value.before is not None]
    after = [value.after for value in values if value.after is not None]
    if not before or not after:
        return words("There is no figure.")
    first = words(
        "Before treatment from {low} to {high}, after it from {new_low} to {new_high}.",
        low=figure(min(before), words, digits),
        high=figure(max(before), words, digits),
        new_low=figure(min(after), words, digits),
        new_high=figure(max(after), words, digits),
    )
    changed = [value.label for value in values if value.changed]
    if not changed:
        return f"{first} {words('No figure was changed.')}"
    second = words(
        "Changed: {count} of {all} ({units}).",
        count=len(changed),
        all=len(values),
        units=named(changed, words),
    )
    return f"{first} {second}"


def _checked(values: Sequence[TreatedValue]) -> list[TreatedValue]:
    return [
        TreatedValue(each.label, known(each.before, each.label), known(each.after, each.label))
        for each in values
    ]


@dataclass(frozen=True)
class Bins:
    """Intervals of equal width with round bounds; each holds its lower bound."""

    start: float
    width: float
    count: int

    def place(self, value: float) -> int:
        """Which interval holds ``value``."""
        return min(self.count - 1, math.floor((value - self.start) / self.width + 1e-9))


def bins_of(values: Sequence[float]) -> Bins:
    """About as many intervals as the square root of the number of figures, from 8 to 20.

    >>> bins_of([1, 2, 3, 4, 5, 6, 7, 9])
    Bins(start=1.0, width=1.0, count=9)
    """
    low, high = min(values), max(values)
    if low == high:
        return Bins(low - 0.5, 1.0, 1)
    raw = (high - low) / min(20, max(8, math.isqrt(len(values))))
    unit = 10.0 ** math.floor(math.log10(raw))
    width = next(unit * step for step in (1, 2, 2.5, 5, 10) if unit * step >= raw * (1 - 1e-9))
    start = math.floor(low / width) * width
    return Bins(start, width, math.floor((high - start) / width + 1e-9) + 1)


def _svg(values: Sequence[TreatedValue], sheet: Sheet) -> str:
    words = sheet.words
    head = 24
    page = Page(sheet.width, 2 * PANEL + BETWEEN, EDGE + 26, EDGE + 26, EDGE + 24, head)
    boxes: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    texts: list[Text] = []
    before, after = ([v.before for v in values], [v.after for v in values])
    changed = [value.changed for value in values]
    # A figure that stayed as it was shows that the scale did too: then both panels share one axis.
    shared = _bins([*before, *after]) if not all(changed) else None
    panels = (
        (words("Before treatment"), before, 0.0),
        (words("After treatment"), after, PANEL + BETWEEN),
    )
    for name, column, top in panels:
        missing = column.count(None)
        heading = f"{name} ({words('no figure')}: {missing})" if missing else name
        texts.append(Text((heading,), EDGE - page.left, top - 14, bold=True))
        lines.append({"x": 0, "x2": page.plot, "y": top + PANEL})
        bins = shared or _bins(column)
        if bins is not None:
            bars, labels = _panel(column, changed, bins, top, page)
            boxes += bars
            texts += labels
    if sheet.axis:
        below = wrapped(sheet.axis, page.width - 2 * EDGE)
        texts.append(Text(below, EDGE - page.left, page.height + 34 + 7.5 * (len(below) - 1)))
        page = Page(page.width, page.height, page.left, page.right, 34 + 15 * len(below), head)
    rects = layer(boxes).mark_rect(stroke=PAPER, strokeWidth=1)
    axis = layer(lines).mark_rule(color=QUIET, strokeWidth=1)
    layers: list[Layer] = [
        rects.encode(x=pixels("x"), x2="x2:Q", y=pixels(), y2="y2:Q", fill=as_given("colour")),
        axis.encode(x=pixels("x"), x2="x2:Q", y=pixels()),
    ]
    keys = [
        Key(words("unchanged"), DARK),
        Key(words("changed by treatment (how many: in brackets)"), BRIGHT),
    ]
    return drawn(sheet.title, layers, texts, page, keys)


def _bins(column: Sequence[float | None]) -> Bins | None:
    present = [value for value in column if value is not None]
    return bins_of(present) if present else None


def _panel(
    column: Sequence[float | None],
    changed: Sequence[bool],
    bins: Bins,
    top: float,
    page: Page,
) -> tuple[list[dict[str, Any]], list[Text]]:
    """Bars of one histogram, the changed units on top of the others, and the numbers around them."""
    counts = [[0, 0] for _ in range(bins.count)]
    for value, is_changed in zip(column, changed, strict=True):
        if value is not None:
            counts[bins.place(value)][is_changed] += 1
    highest = max(1, *(sum(each) for each in counts))
    step = page.plot / bins.count
    boxes, texts = [], []
    for index, (same, treated) in enumerate(counts):
        left, right, foot = index * step + 1, (index + 1) * step - 1, top + PANEL
        for number, colour in ((same, DARK), (treated, BRIGHT)):
            if number:
                rise = max(THINNEST, number / highest * (PANEL - 18))
                boxes.append(
                    {"x": left, "x2": right, "y": foot - rise, "y2": foot, "colour": colour}
                )
                foot -= rise
        if same + treated:
            said = f"{same + treated} ({treated})" if treated else str(same)
            texts.append(Text((said,), (left + right) / 2, foot - 9, "centre", SMALL))
    return boxes, texts + _bounds(bins, step, top)


def _bounds(bins: Bins, step: float, top: float) -> list[Text]:
    """The bounds of the intervals under the axis, as many as fit."""
    bounds = [
        f"{bins.start + bins.width * index:.6g}".replace("-", "−")
        for index in range(bins.count + 1)
    ]
    skip = -int(-(max(map(text_width, bounds)) + 10) // step)
    return [
        Text((bound,), index * step, top + PANEL + 13, "centre")
        for index, bound in enumerate(bounds)
        if index % skip == 0
    ]
