"""What is wrong with a law, or with a question put to it: one line that says where and what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

LONGEST_PART = 240


def one_line(text: str) -> str:
    """``text`` on one line and not longer than a reader wants, whatever was quoted in it."""
    plain = "".join(c if c.isprintable() else " " for c in text)
    plain = " ".join(plain.split())
    return plain if len(plain) <= LONGEST_PART else plain[: LONGEST_PART - 1] + "…"


class LawFault(Exception):
    """A law that cannot be loaded.

    ``file`` and ``line`` say where, ``message`` what is wrong, ``remedy`` what to write instead.
    """

    def __init__(self, message: str, *, file: str = "", line: int = 0, remedy: str = "") -> None:
        self.message = message
        self.file = file
        self.line = line
        self.remedy = remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        file = one_line(self.file)
        place = f"{file}:{self.line}: " if self.line else f"{file}: " if file else ""
        remedy = f" ({one_line(self.remedy)})" if self.remedy else ""
        return f"{place}{one_line(self.message)}{remedy}"


class BadInput(Exception):
    """A question that cannot be answered as it stands: a file, field or name that is not right."""

    def __init__(self, message: str, *, file: str = "", field: str = "", remedy: str = "") -> None:
        self.message = message
        self.file = file
        self.field = field
        self.remedy = remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        place = ": ".join(one_line(part) for part in (self.file, self.field) if part)
        remedy = f" ({one_line(self.remedy)})" if self.remedy else ""
        message = one_line(self.message) + remedy
        return f"{place}: {message}" if place else message


def nearest(name: str, known: Iterable[str]) -> str:
    """A remedy that names the known name nearest to ``name``, or nothing."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"did you mean {close[0]!r}?" if close else ""
