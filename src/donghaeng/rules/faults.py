"""What is wrong with a law, or with a question put to it: one line that says where and what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


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
        place = f"{self.file}:{self.line}: " if self.line else f"{self.file}: " if self.file else ""
        remedy = f" ({self.remedy})" if self.remedy else ""
        return f"{place}{self.message}{remedy}"


class BadInput(Exception):
    """A question that cannot be answered as it stands: a file, field or name that is not right."""

    def __init__(self, message: str, *, file: str = "", field: str = "", remedy: str = "") -> None:
        self.message = message
        self.file = file
        self.field = field
        self.remedy = remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        place = ": ".join(part for part in (self.file, self.field) if part)
        remedy = f" ({self.remedy})" if self.remedy else ""
        return f"{place}: {self.message}{remedy}" if place else f"{self.message}{remedy}"


def nearest(name: str, known: Iterable[str]) -> str:
    """A remedy that names the known name nearest to ``name``, or nothing."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"did you mean {close[0]!r}?" if close else ""
