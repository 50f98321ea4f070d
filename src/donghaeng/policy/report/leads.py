"""What stands before the figures of a section: how to read them, and of which reading of the law they are."""

from __future__ import annotations

from donghaeng.reports.document_parts import Paragraph

from .reader import Reader


def lead_of(reader: Reader, lead: str) -> tuple[Paragraph, ...]:
    """The lead of a section whose figures are those of the main reading."""
    of_main = reader.of_main_reading
    return (Paragraph(lead), Paragraph(of_main)) if of_main else (Paragraph(lead),)
