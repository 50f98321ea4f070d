"""A report as XLSX: a sheet of sentences, then a sheet for each table, with numbers as numbers."""

from __future__ import annotations

import io
import re
from typing import Any

from donghaeng.sources.safe_cells import safe_cell

from . import Report, Table

WIDEST, NARROWEST = 60, 10


def workbook(report: Report) -> bytes:
    """The file. Text never becomes a formula."""
    import openpyxl
    from openpyxl.styles import Alignment, Font

    book = openpyxl.Workbook()
    first = book.active
    first.title = _sheet_name(report.title, [])
    first.column_dimensions["A"].width = 110
    lines = [(report.title, True), *((notice, True) for notice in report.notices)]
    for section in report.sections:
        lines += [("", False), (section.title, True)]
        lines += [(paragraph, False) for paragraph in section.paragraphs]
    lines += [("", False), *((paragraph, False) for paragraph in report.closing)]
    for number, (text, bold) in enumerate(lines, start=1):
        cell = _write(first, number, 1, text)
        cell.font = Font(bold=bold)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for section in report.sections:
        if section.table is not None:
            name = _sheet_name(section.table.name, book.sheetnames)
            _add_table(book.create_sheet(name), section.table)
    book.properties.title = report.title
    book.properties.language = report.language
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _add_table(sheet: Any, table: Table) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for column, text in enumerate(table.columns, start=1):
        _write(sheet, 1, column, text).font = Font(bold=True)
    for number, row in enumerate(table.rows, start=2):
        for column, cell in enumerate(row, start=1):
            if cell.number is None:
                made = _write(sheet, number, column, cell.text)
            else:
                made = sheet.cell(number, column, cell.number)
                made.number_format = "#,##0" if isinstance(cell.number, int) else "#,##0.00"
            made.font = Font(italic=cell.gap)
            made.alignment = Alignment(wrap_text=True, vertical="top")
    for column, text in enumerate(table.columns, start=1):
        longest = max([len(text), *(len(row[column - 1].text) for row in table.rows)])
        # A Korean letter is about as wide as two others.
        width = min(max(2 * longest, NARROWEST), WIDEST)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    if table.rows:
        sheet.auto_filter.ref = sheet.dimensions


def _write(sheet: Any, row: int, column: int, text: str) -> Any:
    cell = sheet.cell(row, column)
    cell.value = _printable(safe_cell(text))
    if text:
        cell.data_type = "s"
    return cell


def _printable(text: str) -> str:
    """Without the signs that a workbook cannot hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", text)


def _sheet_name(name: str, taken: list[str]) -> str:
    """A name of 31 letters at most, without the signs that a sheet's name cannot have, and not taken."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", _printable(name)).strip()[:28] or "1"
    number, found = 1, plain
    while found in taken:
        number += 1
        found = f"{plain} {number}"
    return found
