"""Distribution of one indicator before and after treatment: two histograms, one above the other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from donghaeng.charts.description import Chart, chart, figure, known
from donghaeng.charts.drawing import Layer, as_given, drawn, layer, pixels
from donghaeng.charts.lettering import Key, Text
from donghaeng.charts.measures import EDGE, SMALL, Page, Sheet, text_width, wrapped
from donghaeng.charts.palette import BRIGHT, DARK, PAPER, QUIET
from donghaeng.language import Words

NAMED = 5  # so many changed units are named
PANEL, BETWEEN = 110, 62


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
    said = {"count": len(changed), "all": len(values), "units": ", ".join(changed[:NAMED])}
    if len(changed) > NAMED:
        more = len(changed) - NAMED
        second = words("Changed: {count} of {all} ({units} and {more} more).", more=more, **said)
    else:
        second = words("Changed: {count} of {all} ({units}).", **said)
    return f"{first} {second}"


def _checked(values: Sequence[TreatedValue]) -> list[TreatedValue]:
    return [
        TreatedValue(each.label, known(each.before, each.label), known(each.after, each.label))
        for each in values
    ]


def bins_of(values: Sequence[float]) -> tuple[float, float, int]:
    """Start, width and number of bins with round bounds, about as many as Sturges's rule asks for.

    >>> bins_of([1, 2, 3, 4, 5, 6, 7, 9])
    (0.0, 2.0, 5)
    """
    low, high = min(values), max(values)
    if low == high:
        return low - 0.5, 1.0, 1
    wanted = max(5, math.ceil(math.log2(len(values))) + 1)
    raw = (high - low) / wanted
    unit = 10.0 ** math.floor(math.log10(raw))
    width = next(unit * step for step in (1, 2, 2.5, 5, 10) if unit * step >= raw * (1 - 1e-9))
    start = math.floor(low / width) * width
    return start, width, math.floor((high - start) / width + 1e-9) + 1


def _svg(values: Sequence[TreatedValue], sheet: Sheet) -> str:
    words = sheet.words
    head = 24
    page = Page(sheet.width, 2 * PANEL + BETWEEN, EDGE + 30, EDGE + 8, EDGE + 24, head)
    boxes: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    texts: list[Text] = []
    panels = (
        (words("Before treatment"), [(v.before, v.changed) for v in values], 0.0),
        (words("After treatment"), [(v.after, v.changed) for v in values], PANEL + BETWEEN),
    )
    for name, pairs, top in panels:
        present = [(value, changed) for value, changed in pairs if value is not None]
        missing = len(pairs) - len(present)
        heading = f"{name} ({words('no figure')}: {missing})" if missing else name
        texts.append(Text((heading,), EDGE - page.left, top - 14, bold=True))
        lines.append({"x": 0, "x2": page.plot, "y": top + PANEL})
        if present:
            bars, labels = _panel(present, top, page)
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
    keys = [Key(words("unchanged"), DARK), Key(words("changed by treatment"), BRIGHT)]
    return drawn(sheet.title, layers, texts, page, keys)


def _panel(
    pairs: Sequence[tuple[float, bool]], top: float, page: Page
) -> tuple[list[dict[str, Any]], list[Text]]:
    """Bars of one histogram, the changed units on top of the others, and the numbers around them."""
    start, width, count = bins_of([value for value, _ in pairs])
    bins = [[0, 0] for _ in range(count)]
    for value, changed in pairs:
        bins[min(count - 1, math.floor((value - start) / width + 1e-9))][changed] += 1
    highest = max(sum(each) for each in bins)
    step = page.plot / count
    boxes, texts = [], []
    for index, (same, treated) in enumerate(bins):
        foot = top + PANEL
        for number, colour in ((same, DARK), (treated, BRIGHT)):
            if number:
                rise = number / highest * (PANEL - 18)
                boxes.append(
                    {
                        "x": index * step + 1,
                        "x2": (index + 1) * step - 1,
                        "y": foot - rise,
                        "y2": foot,
                        "colour": colour,
                    }
                )
                foot -= rise
        if same + treated:
            number_text = (str(same + treated),)
            texts.append(Text(number_text, (index + 0.5) * step, foot - 9, "centre", SMALL))
    bounds = [f"{start + width * index:.6g}".replace("-", "−") for index in range(count + 1)]
    skip = max(1, -int(-(max(map(text_width, bounds)) + 10) // step))
    texts += [
        Text((bound,), index * step, top + PANEL + 13, "centre")
        for index, bound in enumerate(bounds)
        if index % skip == 0
    ]
    return boxes, texts
