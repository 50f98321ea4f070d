"""The audit as documents: a page that a mayor reads, and the tables that an auditor reads."""

from __future__ import annotations

import json

from donghaeng.index.framework.index_file import Index
from donghaeng.reports.document_parts import Document, Paragraph, Section
from donghaeng.reports.documents import page, pdf
from donghaeng.reports.word import docx

from .audit import Audit
from .chapters.coherence import coherence_chapter
from .chapters.comparison import (
    added_value_chapter,
    over_years_chapter,
    significance_chapter,
)
from .chapters.data import data_chapter
from .chapters.sensitivity import sensitivity_chapter
from .chapters.uncertainty import uncertainty_chapter
from .findings import findings
from .reader import Reader, caution, reader_of

CHAPTERS = (
    data_chapter,
    coherence_chapter,
    uncertainty_chapter,
    sensitivity_chapter,
    added_value_chapter,
    significance_chapter,
    over_years_chapter,
)


def audit_document(audit: Audit, index: Index, language: str) -> Document:
    """The whole report: the answer first, then a chapter for each part of the result."""
    reader = reader_of(index, language)
    words = reader.words
    answer = tuple(Paragraph(text, heading) for heading, text in findings(audit, reader) if text)
    chapters = [chapter(audit, reader) for chapter in CHAPTERS]
    return Document(
        language,
        words("Audit of “{label}”", label=reader.label(index.label)),
        _about(audit, reader),
        caution(words),
        (
            Section(words("In five sentences"), answer),
            *(chapter for chapter in chapters if chapter is not None),
        ),
        words(
            "Index {hash}, program {version}: anybody can compute this audit again.",
            hash=audit.hash,
            version=audit.program,
        ),
    )


def _about(audit: Audit, reader: Reader) -> tuple[str, ...]:
    words = reader.words
    lines = [
        words(
            "Version {version}; {units} units, {periods} periods ({first} to {last}).",
            version=audit.version,
            units=len(audit.units),
            periods=len(audit.periods),
            first=audit.periods[0] or "–",
            last=audit.periods[-1] or "–",
        )
    ]
    if audit.over_years is None and len(audit.periods) > 1:
        lines.append(words("Ranks and correlations are those of {period}.", period=audit.period))
    return tuple(lines)


def audit_json(audit: Audit) -> str:
    """The result for programs."""
    return json.dumps(audit.as_json(), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def audit_files(audit: Audit, index: Index, language: str) -> dict[str, str | bytes]:
    """The report as HTML, PDF and DOCX in one language: the same bytes for the same audit."""
    document = audit_document(audit, index, language)
    html = page(document)
    return {
        f"audit.{language}.html": html,
        f"audit.{language}.pdf": pdf(html),
        f"audit.{language}.docx": docx(document),
    }
