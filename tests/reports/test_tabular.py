"""A report of tables in each of its forms, read back with another program's reader."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import openpyxl
import pytest

from donghaeng.reports.tabular import Cell, Report, Section, Table, written
from donghaeng.rules.faults import BadInput

TABLE = Table(
    "Money/2025",
    ("Programme", "Won", "=SUM(A1)"),
    (
        (Cell("=HYPERLINK(1)"), Cell("1,000", 1000), Cell("<b>bold</b>")),
        (Cell("Rents"), Cell("not known", gap=True), Cell("1.50", 1.5)),
    ),
    frozenset({1}),
)
REPORT = Report(
    "A plan", "en", ("Read me first.",), (Section("Money", ("What is known.",), TABLE),), ("End.",)
)


def test_a_workbook_holds_numbers_as_numbers_and_never_a_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(REPORT, Path("a.xlsx"))))
    assert book.sheetnames == ["A plan", "Money 2025"]
    sheet = book["Money 2025"]
    assert sheet["B2"].value == 1000
    assert sheet["C3"].value == 1.5
    assert sheet["B3"].value == "not known"
    assert sheet["A2"].value == "'=HYPERLINK(1)"
    cells = [cell for each in book for row in each for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold


def test_a_document_repeats_the_heads_of_its_tables() -> None:
    document = docx.Document(io.BytesIO(written(REPORT, Path("a.docx"))))
    texts = [each.text for each in document.paragraphs]
    assert texts[:2] == ["A plan", "Read me first."]
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == list(TABLE.columns)
    assert "tblHeader" in table.rows[0]._tr.xml
    assert document.core_properties.title == "A plan"


def test_html_escapes_what_it_shows_and_says_its_language() -> None:
    html = written(REPORT, Path("a.html")).decode()
    assert '<html lang="en">' in html
    assert "&lt;b&gt;bold" in html
    assert "<b>bold" not in html
    assert '<td class="number gap">not known</td>' in html


def test_a_pdf_is_made_of_the_same() -> None:
    assert written(REPORT, Path("a.pdf")).startswith(b"%PDF-")


def test_another_kind_of_file_is_refused() -> None:
    with pytest.raises(BadInput, match=r"\.docx"):
        written(REPORT, Path("a.odt"))


def test_sheets_of_the_same_name_are_told_apart() -> None:
    twice = Report("A", "en", (), (Section("1", (), TABLE), Section("2", (), TABLE)))
    book = openpyxl.load_workbook(io.BytesIO(written(twice, Path("a.xlsx"))))
    assert book.sheetnames == ["A", "Money 2025", "Money 2025 2"]
