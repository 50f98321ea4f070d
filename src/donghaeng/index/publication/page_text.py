"""What a page or chart says, without how it is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import zip_longest

from .comparison import LONGEST, Difference

# Of a drawing: its name, its sentences and its data. The rest may be drawn in another way.
OF_DRAWINGS = ("title", "desc", "metadata")
WITHOUT_END = ("meta", "br", "hr", "img", "link", "input")


def compare_texts(file: str, content: bytes, expected: bytes) -> Iterator[Difference]:
    """The first text of a page or chart that differs."""
    there, wanted = (texts_of(each.decode("utf-8", "replace")) for each in (content, expected))
    for one, other in zip_longest(there, wanted, fillvalue="nothing"):
        if one != other:
            yield Difference(file, f"{file} text", one[:LONGEST], other[:LONGEST])
            return


def texts_of(document: str) -> list[str]:
    """Every text of a page in order; of its drawings the name, the sentences and the data."""
    reader = _Texts()
    reader.feed(document)
    reader.close()
    return reader.texts


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in WITHOUT_END:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        drawn = "svg" in self.open and not any(tag in self.open for tag in OF_DRAWINGS)
        text = " ".join(data.split())
        if text and not drawn and "style" not in self.open:
            self.texts.append(text)
