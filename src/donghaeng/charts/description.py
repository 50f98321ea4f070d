"""A chart as a whole: what is seen, what is heard, and its data as a table."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from statistics import median

from donghaeng.language import Words
from donghaeng.rules.faults import BadInput

Cell = str | int | float | None
# What a spreadsheet would read as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Chart:
    """A drawn chart: the SVG document, its title, its message in two sentences, and its data.

    A missing figure is ``None`` in ``rows``.
    """

    svg: str
    title: str
    alternative: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def csv(self) -> str:
        """The data with every digit; a missing figure is an empty field."""
        return csv_text(self.columns, self.rows)

    def cells(self, words: Words, digits: int = 1) -> tuple[tuple[str, ...], ...]:
        """The rows as a reader's table shows them: rounded, a missing figure in words."""
        return tuple(tuple(_cell(value, words, digits) for value in row) for row in self.rows)


def _cell(value: Cell, words: Words, digits: int) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return f"{value:,}".replace("-", "−")
    return figure(value, words, digits)


def known(value: float | None, what: str) -> float | None:
    """``value``, with not-a-number as missing.

    :raises BadInput: for an infinite value, naming ``what`` holds it.
    """
    if value is None or math.isnan(value):
        return None
    if math.isinf(value):
        raise BadInput(
            f"an infinite value cannot be drawn: {what}",
            remedy="leave it out, or give a missing value",
        )
    return float(value)


def figure(value: float | None, words: Words, digits: int = 1) -> str:
    """A figure as it is printed: grouped, rounded, with a true minus sign.

    >>> figure(-1234.56, Words("en")), figure(None, Words("ko"))
    ('−1,234.6', '수치 없음')
    """
    if value is None:
        return words("no figure")
    text = f"{value:,.{digits}f}"
    return text.lstrip("-") if float(text.replace(",", "")) == 0 else text.replace("-", "−")


def change(value: float, words: Words, digits: int = 1) -> str:
    """A difference with its sign.

    >>> change(2.25, Words("en")), change(-0.04, Words("en"))
    ('+2.2', '0.0')
    """
    text = figure(value, words, digits)
    return text if value < 0 or not text.strip("0.") else f"+{text}"


def named(labels: Sequence[str], words: Words, most: int = 5) -> str:
    """Labels side by side, of many only the first.

    >>> named(["A", "B", "C"], Words("en"), most=2)
    'A, B and 1 more'
    """
    if len(labels) <= most:
        return ", ".join(labels)
    return words(
        "{labels} and {more} more", labels=", ".join(labels[:most]), more=len(labels) - most
    )


def extremes(figures: Iterable[tuple[str, float | None]], words: Words, digits: int = 1) -> str:
    """One sentence: who is highest and who is lowest; who share a place are all named.

    >>> extremes([("A", 3), ("B", None), ("C", 1)], Words("en"))
    'Highest: A (3.0); lowest: C (1.0).'
    """
    present = [(label, value) for label, value in figures if value is not None]
    if not present:
        return words("There is no figure.")
    top, low = max(value for _, value in present), min(value for _, value in present)
    if len(present) == 1:
        return words(
            "The only figure: {label} ({value}).",
            label=present[0][0],
            value=figure(top, words, digits),
        )
    if top == low:
        return words("All figures are equal: {value}.", value=figure(top, words, digits))
    return words(
        "Highest: {high} ({top}); lowest: {low} ({bottom}).",
        high=named([label for label, value in present if value == top], words),
        top=figure(top, words, digits),
        low=named([label for label, value in present if value == low], words),
        bottom=figure(low, words, digits),
    )


def spread(values: Sequence[float | None], words: Words, digits: int = 1) -> str:
    """One sentence that names nobody: how many figures there are, from where to where.

    >>> spread([1, None, 3, 8], Words("en"))
    'Figures for 3 of 4: from 1.0 to 8.0, median 3.0.'
    """
    present = [value for value in values if value is not None]
    if not present:
        return words("There is no figure.")
    return words(
        "Figures for {known} of {count}: from {low} to {high}, median {middle}.",
        known=len(present),
        count=len(values),
        low=figure(min(present), words, digits),
        high=figure(max(present), words, digits),
        middle=figure(median(present), words, digits),
    )


def chart(
    svg: str,
    title: str,
    alternative: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
) -> Chart:
    """A chart from its bare picture: title, message and data are put into the document too."""
    table = tuple(tuple(row) for row in rows)
    document = described(svg, title, alternative, columns, table)
    return Chart(document, title, alternative, tuple(columns), table)


def described(
    svg: str,
    title: str,
    description: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
) -> str:
    """Title, description and data inside the document itself.

    The names by which the document refers to its title and description follow from its content, so
    that several charts can stand in one page.
    """
    head, _, rest = svg.partition(">")
    data = csv_text(columns, rows)
    key = sha256("\0".join((svg, title, description, data)).encode()).hexdigest()[:12]
    return (
        f'{head} role="img" aria-labelledby="title-{key} description-{key}">'
        f'<title id="title-{key}">{escape(title)}</title>'
        f'<desc id="description-{key}">{escape(description)}</desc>'
        f"<metadata>{escape(data)}</metadata>{rest}"
    )


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A table as CSV, in which no text can act as a formula of a spreadsheet.

    >>> csv_text(["a", "b"], [["=1+1", None], ["x", 2.0]]).splitlines()
    ['"a","b"', '"\\'=1+1",', '"x",2']
    """
    lines = [columns, *rows]
    return "\n".join(",".join(_field(value) for value in line) for line in lines)


def _field(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        guarded = f"'{value}" if value.startswith(FORMULA_STARTS) else value
        return '"' + guarded.replace('"', '""') + '"'
    return str(int(value)) if value == int(value) else repr(float(value))
