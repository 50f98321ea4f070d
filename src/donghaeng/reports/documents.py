"""From a template to a file: HTML that stands alone, and the same as PDF."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from donghaeng.language import Words

from .document_parts import Document

TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, words: Words, **values: Any) -> str:
    """The HTML document that ``template`` makes of ``values``; everything in them is escaped."""
    return str(_environment().get_template(template).render(words=words, **values))


def page(document: Document) -> str:
    """A report as one HTML document that stands alone."""
    words = Words(document.language)
    return render("document.html", words, document=document, kind=lambda part: type(part).__name__)


def pdf(html: str) -> bytes:
    """The same document as PDF/UA, with its headings and its language for those who listen to it."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    class NoFetcher(URLFetcher):  # type: ignore[misc]
        """A document holds everything it shows: nothing is ever fetched."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            raise ValueError(f"{url} would have to be fetched")

    page = HTML(string=html, url_fetcher=NoFetcher(fail_on_errors=True))
    return bytes(page.write_pdf(pdf_variant="pdf/ua-1"))


@cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
