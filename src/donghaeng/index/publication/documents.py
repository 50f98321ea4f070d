"""Documents that go with the pages: the audit, as HTML, PDF and DOCX."""

from __future__ import annotations

from .material import Material


def documents_of(material: Material, language: str) -> dict[str, bytes]:
    """Every document in one language, by path in the folder; none where there is nothing to audit."""
    return {}
