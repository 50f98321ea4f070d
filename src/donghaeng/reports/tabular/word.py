"""A report as DOCX: headings, sentences, and tables whose heads are repeated on every page."""

from __future__ import annotations

import io
from typing import Any

from . import Report, Table

FONT = "Malgun Gothic"
LANGUAGES = {"ko": "ko-KR", "en": "en-GB"}


def word_document(report: Report) -> bytes:
    """The file."""
    import docx
    from docx.enum.section import WD_ORIENT

    document = docx.Document()
    document.core_properties.title = report.title
    document.core_properties.language = LANGUAGES[report.language]
    document.core_properties.author = ""
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    _set_font(document.styles, LANGUAGES[report.language])
    document.add_heading(report.title, level=0)
    for notice in report.notices:
        document.add_paragraph().add_run(notice).bold = True
    for section in report.sections:
        document.add_heading(section.title, level=1)
        for paragraph in section.paragraphs:
            document.add_paragraph(paragraph)
        if section.table is not None:
            _add_table(document, section.table)
    for paragraph in report.closing:
        document.add_paragraph(paragraph)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add_table(document: Any, table: Table) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    made = document.add_table(rows=1, cols=len(table.columns))
    made.style = "Table Grid"
    head = made.rows[0]
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    lines = [tuple((text, False, True) for text in table.columns)]
    lines += [tuple((cell.text, cell.gap, False) for cell in row) for row in table.rows]
    for number, line in enumerate(lines):
        cells = head.cells if number == 0 else made.add_row().cells
        for place, (text, gap, bold) in enumerate(line):
            paragraph = cells[place].paragraphs[0]
            run = paragraph.add_run(text)
            run.bold, run.italic, run.font.size = bold, gap, Pt(8)
            if place in table.numeric:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _set_font(styles: Any, language: str) -> None:
    """The font and the language of every style, also for Korean letters."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for name in ("Normal", "Title", "Heading 1"):
        style = styles[name]
        style.font.name = FONT
        properties = style.element.get_or_add_rPr()
        properties.get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
        spoken = OxmlElement("w:lang")
        spoken.set(qn("w:val"), language)
        spoken.set(qn("w:eastAsia"), language)
        properties.append(spoken)
