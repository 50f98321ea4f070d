"""A law in one file: sources, day, choices and engine version, so that any amount can be recomputed."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .canonical import LANGUAGE_VERSION
from .faults import BadInput

if TYPE_CHECKING:
    from .law import Law

FORMAT = "donghaeng-law-1"


@dataclass(frozen=True)
class Bundle:
    """The sources of a law and how to read them. ``law()`` opens it and answers as the original did."""

    sources: dict[str, str]
    day: datetime.date
    choices: dict[str, str]
    hash: str
    engine: str

    @classmethod
    def of(cls, law: Law) -> Bundle:
        """The bundle of ``law``."""
        from donghaeng.version import __version__

        return cls(dict(law.book.sources), law.day, dict(law.choices), law.hash, __version__)

    def law(self) -> Law:
        """The law in this bundle.

        Raises:
            BadInput: where the sources are not those that the hash was taken of.
            LawFault: where this engine does not read them.
        """
        from .book import Book

        book = Book(self.sources)
        if book.hash != self.hash:
            raise BadInput(
                "the law in this bundle is not the one that its hash names",
                field="hash",
                remedy=f"expected {self.hash}, found {book.hash}",
            )
        law = book.on(self.day)
        return law.under(**self.choices) if self.choices else law

    def write(self, file: str | Path) -> None:
        """Write the bundle as JSON; the file appears whole or not at all.

        Raises:
            BadInput: where ``file`` is a folder.
        """
        target = Path(file)
        if target.is_dir():
            raise BadInput("is a folder", file=str(file), remedy="name a file in it")
        partial = target.with_name(f".{target.name}.partial")
        content = {
            "format": FORMAT,
            "language": LANGUAGE_VERSION,
            "engine": self.engine,
            "hash": self.hash,
            "day": self.day.isoformat(),
            "choices": self.choices,
            "sources": self.sources,
        }
        partial.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        partial.replace(target)

    @classmethod
    def open(cls, file: str | Path) -> Bundle:
        """The bundle in ``file``.

        Raises:
            BadInput: where the file is no bundle of a law.
        """
        try:
            content: Any = json.loads(Path(file).read_text(encoding="utf-8"))
            if content["format"] != FORMAT or content["language"] != LANGUAGE_VERSION:
                raise BadInput(
                    f"bundle of format {content['format']!r}, language {content['language']!r}",
                    file=str(file),
                    remedy=f"this engine reads {FORMAT}, language {LANGUAGE_VERSION}",
                )
            return cls(
                sources={str(path): str(text) for path, text in content["sources"].items()},
                day=datetime.date.fromisoformat(content["day"]),
                choices={str(name): str(word) for name, word in content["choices"].items()},
                hash=str(content["hash"]),
                engine=str(content["engine"]),
            )
        except OSError as error:
            raise BadInput(str(error.strerror), file=str(file)) from None
        except (ValueError, KeyError, TypeError, AttributeError):
            raise BadInput("is not a bundle of a law", file=str(file)) from None
