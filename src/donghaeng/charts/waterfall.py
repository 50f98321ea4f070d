"""Waterfall: how contributions lead from one figure to the next."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from donghaeng.charts.description import Cell, Chart, change, chart, figure, known
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
from donghaeng.charts.measures import Page, Sheet
from donghaeng.charts.palette import BRIGHT, DARK, QUIET
from donghaeng.charts.rows import edge_figures, edge_room, plan_rows, row_labels
from donghaeng.language import Words
from donghaeng.rules.faults import BadInput

UP, DOWN = "▲", "▼"  # beside each figure: the colour is never the only sign
TOLERANCE = 1e-6


@dataclass(frozen=True)
class Contribution:
    """What one indicator adds to the change; ``None`` where it has no figure."""

    label: str
    value: float | None


@dataclass(frozen=True)
class Total:
    """The figure from which the contributions lead, or to which."""

    label: str
    value: float


def waterfall_chart(
    start: Total,
    contributions: Sequence[Contribution],
    end: Total,
    sheet: Sheet,
    *,
    shown: int | None = None,
) -> Chart:
    """From ``start`` to ``end``, first what raises, then what lowers, the largest first.

    :param shown: so many of the largest have a row each, the others one together; all by default. The
        data hold every contribution in any case.
    :raises BadInput: if the contributions do not add up to the change within one millionth.
    """
    start, end, steps = _checked(start, contributions, end)
    words = sheet.words
    rows: list[tuple[Cell, ...]] = [(start.label, None, start.value)]
    reached = start.value
    for step in steps:
        reached += step.value or 0
        rows.append((step.label, step.value, None if step.value is None else reached))
    return chart(
        _svg(start, _gathered(steps, shown, words), end, sheet),
        sheet.title,
        waterfall_message(start, steps, end, words, digits=sheet.digits),
        (words("Indicator"), words("Contribution"), words("Value reached")),
        [*rows, (end.label, None, end.value)],
    )


def waterfall_message(
    start: Total,
    contributions: Sequence[Contribution],
    end: Total,
    words: Words,
    *,
    digits: int = 1,
) -> str:
    """The change, how much raised and how much lowered it, and the largest of each."""
    start, end, steps = _checked(start, contributions, end)
    rises = [step for step in steps if step.value is not None and step.value > 0]
    falls = [step for step in steps if step.value is not None and step.value < 0]
    first = words(
        "From {start} ({from_value}) to {end} ({to_value}): {change}, rises {rises} and falls {falls}.",
        start=start.label,
        from_value=figure(start.value, words, digits),
        end=end.label,
        to_value=figure(end.value, words, digits),
        change=change(end.value - start.value, words, digits),
        rises=change(math.fsum(step.value or 0 for step in rises), words, digits),
        falls=change(math.fsum(step.value or 0 for step in falls), words, digits),
    )
    said = {
        "rise": rises[0].label if rises else "",
        "up": change(rises[0].value or 0, words, digits) if rises else "",
        "fall": falls[0].label if falls else "",
        "down": change(falls[0].value or 0, words, digits) if falls else "",
    }
    if rises and falls:
        second = words("Largest rise: {rise} ({up}); largest fall: {fall} ({down}).", **said)
    elif rises:
        second = words("Largest rise: {rise} ({up}); nothing fell.", **said)
    elif falls:
        second = words("Largest fall: {fall} ({down}); nothing rose.", **said)
    else:
        second = words("Nothing rose and nothing fell.")
    return f"{first} {second}"


def _checked(
    start: Total, contributions: Sequence[Contribution], end: Total
) -> tuple[Total, Total, tuple[Contribution, ...]]:
    """Rises, falls, what did not move, what is missing: each from the largest to the smallest."""
    for total in (start, end):
        if known(total.value, total.label) is None:
            raise BadInput("a waterfall has no figure at its end", field=total.label)
    steps = [Contribution(step.label, known(step.value, step.label)) for step in contributions]
    added = math.fsum(step.value or 0 for step in steps)
    if abs(start.value + added - end.value) > TOLERANCE * max(1.0, abs(end.value)):
        raise BadInput(
            f"the contributions add up to {added:g}, the change is {end.value - start.value:g}",
            field=end.label,
        )

    def order(step: Contribution) -> tuple[int, float]:
        if step.value is None:
            return 3, 0
        return (0 if step.value > 0 else 1 if step.value < 0 else 2), -abs(step.value)

    return start, end, tuple(sorted(steps, key=order))


def _gathered(
    steps: Sequence[Contribution], shown: int | None, words: Words
) -> tuple[Contribution, ...]:
    """The largest contributions, and the sum of all others as one."""
    if shown is None or len(steps) <= shown + 1:
        return tuple(steps)
    by_size = sorted(range(len(steps)), key=lambda index: -abs(steps[index].value or 0))
    largest = set(by_size[:shown])
    others = [step for index, step in enumerate(steps) if index not in largest]
    label = words("{count} others together", count=len(others))
    rest = Contribution(label, math.fsum(step.value or 0 for step in others))
    return (*(step for index, step in enumerate(steps) if index in largest), rest)


def _signed(value: float | None, words: Words, digits: int) -> str | None:
    """A contribution with its sign and the arrow that stands for it."""
    if value is None:
        return None
    text = change(value, words, digits)
    return f"{text} {UP if value > 0 else DOWN}" if value else text


def _svg(start: Total, steps: Sequence[Contribution], end: Total, sheet: Sheet) -> str:
    words = sheet.words
    labels = [start.label, *(step.label for step in steps), end.label]
    figures = [
        figure(start.value, words, sheet.digits),
        *(_signed(step.value, words, sheet.digits) for step in steps),
        figure(end.value, words, sheet.digits),
    ]
    plan = plan_rows(labels, sheet.width)
    room = axis_room(sheet.axis, sheet.width)
    page = Page(sheet.width, plan.height, plan.left, edge_room(figures, words), room)
    levels = [start.value]
    for step in steps:
        levels.append(levels[-1] + (step.value or 0))
    domain = domain_of([*levels, end.value])
    x = across(domain, page, sheet.axis)
    links = [
        {"x": level, "y": y, "y2": below}
        for level, y, below in zip(levels, plan.centres, plan.centres[1:], strict=False)
    ]
    bars = [
        {
            "x": before,
            "x2": after,
            "y": y - 8,
            "y2": y + 8,
            "colour": DARK if after > before else BRIGHT,
        }
        for before, after, y in zip(levels, levels[1:], plan.centres[1:], strict=False)
        if after != before
    ]
    # The axis need not begin at zero, so a total is a point and not a bar.
    ends = [{"x": start.value, "y": plan.centres[0]}, {"x": end.value, "y": plan.centres[-1]}]
    dot = layer(ends).mark_point(shape="circle", size=110, fill=QUIET, stroke=QUIET, opacity=1)
    layers: list[Layer] = [
        layer(links).mark_rule(color=QUIET, strokeWidth=1).encode(x=x, y=pixels(), y2="y2:Q"),
        dot.encode(x=x, y=pixels()),
        layer(bars)
        .mark_rect()
        .encode(x=x, x2="x2:Q", y=pixels(), y2="y2:Q", fill=as_given("colour")),
    ]
    texts: list[Text] = row_labels(plan) + edge_figures(figures, plan.centres, page, words)
    keys = [
        Key(f"{UP} {words('raises')}", DARK),
        Key(f"{DOWN} {words('lowers')}", BRIGHT),
        Key(words("level"), QUIET, "circle"),
    ]
    return drawn(sheet.title, layers, texts, page, keys)
