"""A report as parts: headings, paragraphs, lists, tables and pictures, whatever file they end up in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``heading`` stands in bold before it."""

    text: str
    heading: str = ""


@dataclass(frozen=True)
class Items:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table with its title and one row of headings; ``numeric`` columns are set to the right.

    The first column names the row.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A chart as an SVG document, its title, and what it says to those who do not see it."""

    svg: str
    title: str
    alternative: str


Part = Paragraph | Items | Table | Picture


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Document:
    """A report in one language: title, what it is about, a notice, and sections.

    ``foot`` says from what anybody can compute it again.
    """

    language: str
    title: str
    about: tuple[str, ...]
    notice: str
    sections: tuple[Section, ...]
    foot: str
