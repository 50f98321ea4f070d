"""A report as a file of a word processor (DOCX) that its reader can edit, and a screen reader can read."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import TYPE_CHECKING, Any

from .document_parts import Document, Items, Paragraph, Part, Picture, Table

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

# Nothing in the file says when it was made: the same report is the same bytes.
MADE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
IN_ARCHIVE = (2000, 1, 1, 0, 0, 0)
LANGUAGES = {"ko": "ko-KR", "en": "en-GB"}
FONTS = {"ko": "Malgun Gothic", "en": "Calibri"}
PICTURE_WIDTH, PICTURE_HEIGHT = 16.5, 21.0  # centimetres that a page has room for
SCALE = 2.0  # points of the picture for each pixel of the drawing
SMALL, TEXT = 8, 10  # points


def docx(document: Document) -> bytes:
    """The report as DOCX: real headings, tables with heading rows, pictures with alternative texts."""
    import docx as word

    made = word.Document()
    _set_up(made, document)
    made.add_heading(document.title, level=0)
    for line in document.about:
        made.add_paragraph(line)
    made.add_paragraph().add_run(document.notice).bold = True
    for section in document.sections:
        made.add_heading(section.title, level=1)
        for part in section.parts:
            _add(made, part)
    made.add_paragraph(document.foot)
    written = io.BytesIO()
    made.save(written)
    return _same_each_time(written.getvalue())


def _set_up(made: WordDocument, document: Document) -> None:
    """Language, letters, margins, and the properties of the file."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    language, font = LANGUAGES[document.language], FONTS[document.language]
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "List Bullet"):
        style = made.styles[name]
        style.font.name = font
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for word in [each for each in fonts.attrib if each.endswith("Theme")]:
            del fonts.attrib[word]  # a theme's font would go before the one named here
        fonts.set(qn("w:eastAsia"), FONTS["ko"])
    made.styles["Normal"].font.size = Pt(TEXT)
    defaults = made.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    for word in ("w:val", "w:eastAsia"):
        defaults.set(qn(word), language)
    for page in made.sections:
        page.page_width, page.page_height = Cm(21.0), Cm(29.7)
        page.left_margin = page.right_margin = Cm(2.0)
        page.top_margin = page.bottom_margin = Cm(2.0)
    properties = made.core_properties
    properties.title, properties.language = document.title, language
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = MADE
    properties.revision = 1


def _add(made: WordDocument, part: Part) -> None:
    if isinstance(part, Paragraph):
        paragraph = made.add_paragraph()
        if part.heading:
            paragraph.add_run(f"{part.heading} ").bold = True
        paragraph.add_run(part.text)
    elif isinstance(part, Items):
        for item in part.items:
            made.add_paragraph(item, style="List Bullet")
    elif isinstance(part, Table):
        _add_table(made, part)
    else:
        _add_picture(made, part)


def _add_table(made: WordDocument, part: Table) -> None:
    """A table under its title; its first row is repeated on every page, and no row is broken."""
    title = made.add_heading(part.title, level=2)
    title.paragraph_format.keep_with_next = True
    table = made.add_table(rows=1 + len(part.rows), cols=len(part.columns), style="Table Grid")
    _mark(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
    _describe(table, part.title)
    # Row by row: asking python-docx for one cell of a long table looks at all of them.
    for number, (row, texts) in enumerate(zip(table.rows, (part.columns, *part.rows), strict=True)):
        _mark(row._tr.get_or_add_trPr(), "w:cantSplit")
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            _fill(cell, text, bold=not number, right=place in part.numeric)
    made.add_paragraph()


def _fill(cell: Any, text: str, *, bold: bool, right: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.bold = bold
    run.font.size = Pt(SMALL)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _mark(properties: Any, name: str) -> None:
    from docx.oxml import OxmlElement

    properties.append(OxmlElement(name))


def _describe(table: Any, title: str) -> None:
    """The title of the table for those who listen."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), title)
    table._tbl.tblPr.append(caption)


def _add_picture(made: WordDocument, part: Picture) -> None:
    """The drawing as a picture that fits the page, with its message as alternative text."""
    import vl_convert
    from docx.shared import Cm

    content = vl_convert.svg_to_png(part.svg, scale=SCALE)
    picture = made.add_picture(io.BytesIO(content), width=Cm(PICTURE_WIDTH))
    if picture.height > Cm(PICTURE_HEIGHT):
        picture.width = int(picture.width * Cm(PICTURE_HEIGHT) / picture.height)
        picture.height = Cm(PICTURE_HEIGHT)
    about = picture._inline.docPr
    about.set("title", part.title)
    about.set("descr", part.alternative)


def _same_each_time(content: bytes) -> bytes:
    """The archive with a fixed date for each of its parts."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, IN_ARCHIVE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return written.getvalue()
