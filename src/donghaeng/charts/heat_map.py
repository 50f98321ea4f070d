"""Heat map of correlations: each figure printed, flagged ones with a sign."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from donghaeng.charts.description import Chart, chart, figure, known
from donghaeng.charts.drawing import as_given, drawn, layer, pixels
from donghaeng.charts.lettering import Key, Text
from donghaeng.charts.measures import EDGE, LINE, SMALL, Page, Sheet, text_width, wrapped
from donghaeng.charts.palette import DIVERGING, INK, PAPER, QUIET
from donghaeng.charts.rows import plan_rows, row_labels
from donghaeng.language import Words
from donghaeng.rules.faults import BadInput, nearest

SIGNS = ("▲", "▼", "◆", "●")
NARROWEST_CELL, WIDEST_CELL = 34, 96
# Below each bound the colour of the same place; from the last bound on, the last colour.
BOUNDS = (-0.5, -0.1, 0.1, 0.5)
DIGITS = 2


@dataclass(frozen=True)
class Correlation:
    """The coefficient of one row with one column, and the flag that the audit gave it, if any."""

    row: str
    column: str
    value: float | None
    flag: str = ""


def heat_map_chart(
    correlations: Sequence[Correlation],
    rows: Sequence[str],
    columns: Sequence[str],
    flags: Sequence[str],
    sheet: Sheet,
) -> Chart:
    """Coefficients of ``rows`` with ``columns``; a pair that is not given is left blank.

    Columns stand under a number, which the rows of the same name and the legend bear too, so that
    every label is level. Many columns need room: the picture then is wider than the sheet.

    :param flags: at most four meanings of a sign, in the reader's words ("too alike", "negative").
    :raises BadInput: for an unknown row, column or flag, a coefficient beyond ±1, or a fifth flag.
    """
    correlations = _checked(correlations, rows, columns, flags)
    words = sheet.words
    return chart(
        _svg(correlations, rows, columns, flags, sheet),
        sheet.title,
        heat_map_message(correlations, flags, words),
        (words("Row"), words("Column"), words("Correlation"), words("Flag")),
        [(each.row, each.column, each.value, each.flag) for each in correlations],
    )


def heat_map_message(
    correlations: Sequence[Correlation], flags: Sequence[str], words: Words
) -> str:
    """The lowest and the highest coefficient of different things, and how many have each flag."""
    held = [(known(c.value, c.row), c) for c in correlations if c.row != c.column]
    present = sorted(((v, c) for v, c in held if v is not None), key=lambda pair: pair[0])
    if not present:
        return words("There is no figure.")
    (low, lowest), (high, highest) = present[0], present[-1]
    first = words(
        "{count} correlations: lowest {low} ({low_row}, {low_column}), highest {high} ({row}, {column}).",
        count=len(present),
        low=figure(low, words, DIGITS),
        low_row=lowest.row,
        low_column=lowest.column,
        high=figure(high, words, DIGITS),
        row=highest.row,
        column=highest.column,
    )
    counts = [f"{flag} {sum(c.flag == flag for c in correlations)}" for flag in flags]
    if not any(c.flag for c in correlations):
        return f"{first} {words('None is flagged.')}"
    return f"{first} {words('Flagged: {flags}.', flags=', '.join(counts))}"


def _checked(
    correlations: Sequence[Correlation],
    rows: Sequence[str],
    columns: Sequence[str],
    flags: Sequence[str],
) -> list[Correlation]:
    if len(flags) > len(SIGNS):
        raise BadInput(f"{len(flags)} flags", remedy=f"at most {len(SIGNS)}")
    _no_label_twice(rows, "rows")
    _no_label_twice(columns, "columns")
    _no_label_twice([f"{each.row}, {each.column}" for each in correlations], "correlations")
    checked = []
    for each in correlations:
        for name, among in ((each.row, rows), (each.column, columns), (each.flag, ("", *flags))):
            if name not in among:
                raise BadInput(f"unknown: {name!r}", remedy=nearest(name, among))
        value = known(each.value, f"{each.row}, {each.column}")
        if value is not None and abs(value) > 1 + 1e-9:
            raise BadInput(
                f"a correlation of {value:g}", field=f"{each.row}, {each.column}", remedy="−1 to 1"
            )
        checked.append(Correlation(each.row, each.column, value, each.flag))
    return checked


def _no_label_twice(labels: Sequence[str], field: str) -> None:
    for label in labels:
        if labels.count(label) > 1:
            raise BadInput(f"{label!r} stands there twice", field=field)


def _svg(
    correlations: Sequence[Correlation],
    rows: Sequence[str],
    columns: Sequence[str],
    flags: Sequence[str],
    sheet: Sheet,
) -> str:
    numbers = {label: str(index + 1) for index, label in enumerate(columns)}
    labels = [f"{numbers[row]} {row}" if row in numbers else row for row in rows]
    plan = plan_rows(labels, sheet.width, least=30, share=0.3)
    room = (sheet.width - plan.left - EDGE) / max(1, len(columns))
    cell = min(WIDEST_CELL, max(NARROWEST_CELL, math.floor(room)))
    width = max(sheet.width, math.ceil(plan.left + cell * len(columns) + EDGE))
    heads = _heads(columns, rows, cell)
    above = 8 + LINE * max(map(len, heads.values()), default=1)
    page = Page(width, plan.height, plan.left, width - plan.left - cell * len(columns), EDGE, above)
    centre = dict(zip(rows, plan.centres, strict=True))
    edges = _edges(plan.centres)
    boxes, texts = [], row_labels(plan)
    for each in correlations:
        x = columns.index(each.column) * cell
        top, bottom = edges[rows.index(each.row)]
        colour = PAPER if each.value is None or each.row == each.column else _colour(each.value)
        boxes.append({"x": x, "x2": x + cell, "y": top, "y2": bottom, "colour": colour})
        texts.append(_figure(each, x + cell / 2, centre[each.row], flags, sheet.words))
    for index, head in enumerate(heads.values()):
        y = -4 - LINE * len(head) / 2
        texts.append(Text(head, (index + 0.5) * cell, y, "centre", SMALL, bold=True))
    squares = layer(boxes).mark_rect(stroke=INK, strokeWidth=1)
    layers = [
        squares.encode(x=pixels("x"), x2="x2:Q", y=pixels(), y2="y2:Q", fill=as_given("colour"))
    ]
    return drawn(sheet.title, layers, texts, page, _keys(columns, rows, heads, flags, sheet.words))


def _heads(columns: Sequence[str], rows: Sequence[str], cell: float) -> dict[str, tuple[str, ...]]:
    """What stands over the columns: their names where all of them fit, else their numbers."""
    room = cell - 6
    fits = all(
        len(wrapped(column, room, SMALL)) <= 3
        and all(text_width(word, SMALL) <= room for word in column.split())
        for column in columns
    )
    if fits and not any(column in rows for column in columns):
        return {column: wrapped(column, room, SMALL) for column in columns}
    return {column: (str(index + 1),) for index, column in enumerate(columns)}


def _edges(centres: Sequence[float]) -> list[tuple[float, float]]:
    """Upper and lower edge of each row, from the middles of the rows."""
    edges: list[tuple[float, float]] = []
    top = 0.0
    for centre in centres:
        bottom = 2 * centre - top
        edges.append((top, bottom))
        top = bottom
    return edges


def _colour(value: float) -> str:
    return DIVERGING[sum(value >= bound for bound in BOUNDS)]


def _figure(each: Correlation, x: float, y: float, flags: Sequence[str], words: Words) -> Text:
    """The coefficient with the sign of its flag under it."""
    if each.value is None:
        return Text(("–",), x, y, "centre", SMALL, QUIET)
    signs = (SIGNS[flags.index(each.flag)],) if each.flag else ()
    lines = (figure(each.value, words, DIGITS), *signs)
    return Text(lines, x, y, "centre", SMALL, INK, bold=bool(each.flag))


def _keys(
    columns: Sequence[str],
    rows: Sequence[str],
    heads: dict[str, tuple[str, ...]],
    flags: Sequence[str],
    words: Words,
) -> list[Key]:
    """Meanings of colours and signs, and names of the columns that stand nowhere else."""
    low, near, _, _ = BOUNDS
    keys = [
        Key(words("below {bound}", bound=figure(low, words, 1)), DIVERGING[0], outlined=True),
        Key(
            words("{low} to {high}", low=figure(low, words, 1), high=figure(near, words, 1)),
            DIVERGING[1],
            outlined=True,
        ),
        Key(
            words("{low} to {high}", low=figure(near, words, 1), high=figure(-near, words, 1)),
            DIVERGING[2],
            outlined=True,
        ),
        Key(
            words("{low} to {high}", low=figure(-near, words, 1), high=figure(-low, words, 1)),
            DIVERGING[3],
            outlined=True,
        ),
        Key(words("{bound} and more", bound=figure(-low, words, 1)), DIVERGING[4], outlined=True),
    ]
    keys += [Key(f"{sign} {flag}", INK, "none") for sign, flag in zip(SIGNS, flags, strict=False)]
    keys += [
        Key(f"{number} {column}", INK, "none")
        for column, (number, *_) in heads.items()
        if column not in rows and number.isdigit()
    ]
    return keys
