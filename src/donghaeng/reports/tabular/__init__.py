"""A report made of sentences and tables, once, and written as HTML, PDF, DOCX or XLSX."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from donghaeng.language import Words
from donghaeng.rules.faults import BadInput


@dataclass(frozen=True)
class Cell:
    """What stands in a cell for a reader; ``number`` for a spreadsheet, where it is one.

    A ``gap`` is something that is not known, and looks like it.
    """

    text: str
    number: int | float | None = None
    gap: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under named columns; the ``numeric`` ones are set to the right. ``name`` is that of a sheet."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Section:
    """A heading with sentences and, where there is one, a table."""

    title: str
    paragraphs: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class Report:
    """A report in one language. ``notices`` stand first, where nobody reads past them."""

    title: str
    language: str
    notices: tuple[str, ...]
    sections: tuple[Section, ...]
    closing: tuple[str, ...] = ()


KINDS = (".html", ".pdf", ".docx", ".xlsx")


def written(report: Report, file: Path) -> bytes:
    """The report in the form that the name of ``file`` asks for.

    Raises:
        BadInput: where the name asks for none of them.
    """
    kind = file.suffix.lower()
    if kind in (".html", ".pdf"):
        from donghaeng.reports.documents import pdf, render

        html = render("tabular.html", Words(report.language), report=report)
        return html.encode() if kind == ".html" else pdf(html)
    if kind == ".docx":
        from .word import word_document

        return word_document(report)
    if kind == ".xlsx":
        from .workbook import workbook

        return workbook(report)
    raise BadInput(f"{file.name} has no kind of document", remedy=f"one of {', '.join(KINDS)}")
