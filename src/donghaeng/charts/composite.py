"""The composite over time: a line with the interval of each figure as a band, and a line at the base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from donghaeng.charts.description import Chart, change, chart, figure, known
from donghaeng.charts.drawing import Layer, domain_of, drawn, layer, pixels, upward
from donghaeng.charts.lettering import Key, Text
from donghaeng.charts.measures import EDGE, SMALL, Page, Sheet, text_width, wrapped
from donghaeng.charts.palette import CLASSES, DARK, INK, PAPER, QUIET, STACK
from donghaeng.language import Words
from donghaeng.rules.faults import BadInput

FEW = 6  # so many figures are printed beside their points


@dataclass(frozen=True)
class CompositePoint:
    """The composite in one period, with the bounds of its interval; ``None`` where there is no figure."""

    period: str
    value: float | None
    low: float | None = None
    high: float | None = None


def composite_chart(
    points: Sequence[CompositePoint], interval: str, sheet: Sheet, *, base: float = 100.0
) -> Chart:
    """The composite in every period, the earliest first; a gap where there is no figure.

    :param interval: what the bounds are, in the reader's words ("90 % interval, modelling choices").
    :raises BadInput: for no period, or bounds that do not hold their figure.
    """
    points = _checked(points)
    words = sheet.words
    return chart(
        _svg(points, interval, sheet, base),
        sheet.title,
        composite_message(points, interval, words, base=base, digits=sheet.digits),
        (words("Period"), words("Value"), words("Lower bound"), words("Upper bound")),
        [(point.period, point.value, point.low, point.high) for point in points],
    )


def composite_message(
    points: Sequence[CompositePoint],
    interval: str,
    words: Words,
    *,
    base: float = 100.0,
    digits: int = 1,
) -> str:
    """The last figure with its interval, and the change since the figure before it."""
    present = [point for point in _checked(points) if point.value is not None]
    if not present:
        return words("There is no figure.")
    last = present[-1]
    said = {
        "period": last.period,
        "value": figure(last.value, words, digits),
        "base": f"{base:g}",
        "interval": interval,
        "low": figure(last.low, words, digits),
        "high": figure(last.high, words, digits),
    }
    if last.low is None:
        first = words("{period}: {value}, where the base is {base}.", **said)
    else:
        first = words(
            "{period}: {value} ({interval}: {low} to {high}), where the base is {base}.", **said
        )
    if len(present) == 1:
        return f"{first} {words('There is no earlier figure to compare it with.')}"
    before = present[-2]
    second = words(
        "Change since {earlier} ({before}): {change}.",
        earlier=before.period,
        before=figure(before.value, words, digits),
        change=change((last.value or 0) - (before.value or 0), words, digits),
    )
    return f"{first} {second}"


def _checked(points: Sequence[CompositePoint]) -> tuple[CompositePoint, ...]:
    if not points:
        raise BadInput("a composite of no period cannot be drawn", remedy="at least one period")
    checked = []
    for point in points:
        value, low, high = (known(v, point.period) for v in (point.value, point.low, point.high))
        if value is None or low is None or high is None:
            low = high = None
        elif not low <= value <= high:
            raise BadInput(
                f"the bounds {low:g} and {high:g} do not hold the figure {value:g}",
                field=point.period,
            )
        checked.append(CompositePoint(point.period, value, low, high))
    return tuple(checked)


def _svg(points: Sequence[CompositePoint], interval: str, sheet: Sheet, base: float) -> str:
    bounds = [bound for point in points for bound in (point.value, point.low, point.high)]
    domain = domain_of(bounds, [base], margin=0.16)
    above = 24 if sheet.axis else 8
    page = Page(sheet.width, 240, EDGE + 40, EDGE + 24, EDGE + 22, above)
    step = page.plot / len(points)
    places = [step * (index + 0.5) for index in range(len(points))]
    y, low, high = (upward(domain, page, field) for field in ("y", "low", "high"))
    rows = _runs(points, places)
    banded = [row for row in rows if row["low"] is not None]
    layers: list[Layer] = []
    if banded:
        band = layer(banded)
        area = band.mark_area(color=CLASSES[0])
        layers.append(area.encode(x=pixels("x"), y=low, y2="high:Q", detail="run:N"))
        ends = band.mark_rule(color=STACK[1], strokeWidth=1.5)
        layers.append(ends.encode(x=pixels("x"), y=low, y2="high:Q"))
        edge = band.mark_line(color=STACK[1], strokeWidth=1.5)
        layers += [edge.encode(x=pixels("x"), y=end, detail="run:N") for end in (low, high)]
    across = layer([{"x": 0, "x2": page.plot, "y": base}])
    layers.append(
        across.mark_rule(color=INK, strokeWidth=1.5, strokeDash=[4, 3]).encode(
            x=pixels("x"), x2="x2:Q", y=y
        )
    )
    line = layer(rows).mark_line(color=DARK, strokeWidth=2.5)
    layers.append(line.encode(x=pixels("x"), y=y, detail="run:N"))
    dots = layer(rows).mark_point(
        size=60 if len(points) <= FEW else 24, fill=DARK, stroke=DARK, opacity=1
    )
    layers.append(dots.encode(x=pixels("x"), y=y))
    keys = [Key(sheet.words("Composite"), DARK, "circle")]
    keys += [Key(interval, STACK[1])] if banded else []
    keys += [Key(sheet.words("Base {base}", base=f"{base:g}"), INK, "line", dash=(4, 3))]
    return drawn(sheet.title, layers, _texts(points, places, domain, page, sheet), page, keys)


def _runs(points: Sequence[CompositePoint], places: Sequence[float]) -> list[dict[str, object]]:
    """A row for each figure; a new run begins after every gap."""
    rows: list[dict[str, object]] = []
    run = 0
    for point, x in zip(points, places, strict=True):
        if point.value is None:
            run += 1
            continue
        rows.append({"x": x, "y": point.value, "low": point.low, "high": point.high, "run": run})
    return rows


def _texts(
    points: Sequence[CompositePoint],
    places: Sequence[float],
    domain: tuple[float, float],
    page: Page,
    sheet: Sheet,
) -> list[Text]:
    """Periods under the axis, as many as fit; figures at the points, the last one always."""
    texts = []
    if sheet.axis:
        lines = wrapped(sheet.axis, page.width - 2 * EDGE)
        texts.append(Text(lines, EDGE - page.left, 2 - page.above / 2))
    widest = max(text_width(point.period) for point in points) + 10
    every = -int(-widest // (page.plot / len(points)))
    for index, (point, x) in enumerate(zip(points, places, strict=True)):
        if (len(points) - 1 - index) % every == 0:
            texts.append(Text((point.period,), x, page.height + 16, "centre"))
        if point.value is None:
            middle = page.height / 2
            if len(points) <= FEW:
                said = wrapped(sheet.words("no figure"), page.plot / len(points), SMALL)
                texts.append(Text(said, x, middle, "centre", SMALL, QUIET, halo=PAPER))
        elif len(points) <= FEW or index == len(points) - 1:
            top = point.value if point.high is None else point.high
            y = page.rise(top, domain) - 13
            said = (figure(point.value, sheet.words, sheet.digits),)
            texts.append(Text(said, x, y, "centre", bold=True, halo=PAPER))
    return texts
