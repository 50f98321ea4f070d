"""Options that several commands share, and the law that they name."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from donghaeng.rules import BadInput, Book, Bundle, Law, read_day

# The day that is meant where a command that shows the law is given none.
USUAL_DAY = "2026-07"


class Format(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    JSON = "json"


class Language(StrEnum):
    """In which language a person reads it."""

    KOREAN = "ko"
    ENGLISH = "en"


Date = Annotated[
    str,
    typer.Option(
        "--date", help="Day or month of the law: 2024-07-15, or 2024-07 for its first day."
    ),
]
Lang = Annotated[Language, typer.Option("--lang", help="ko or en.")]
Form = Annotated[Format, typer.Option("--format", help="table for people, json for programs.")]
Regimes = Annotated[
    list[str] | None,
    typer.Option(
        "--regime", help="A reading to take where the law is not known to us; may be repeated."
    ),
]
LawFile = Annotated[
    Path | None,
    typer.Option(
        "--law",
        help="A folder of law files or a bundle written by `donghaeng law bundle`, instead of the shipped law.",
    ),
]
Reforms = Annotated[
    list[Path] | None,
    typer.Option(
        "--reform", help="A reform file (.yaml or .py) laid over the law; may be repeated."
    ),
]


def open_law(date: str, source: Path | None = None, reforms: list[Path] | None = None) -> Law:
    """The law that the options name; without a date, of a bundle's own day or of the usual one.

    Raises:
        BadInput: where the date, the law or a reform cannot be read.
    """
    law = _law(date, source)
    for reform in reforms or ():
        law = law.with_reform(reform)
    return law


def _law(date: str, source: Path | None) -> Law:
    if source is None:
        from donghaeng.laws import law_on

        return law_on(date or USUAL_DAY)
    if source.is_dir():
        book = Book.open(source)
        within = min(max(read_day(USUAL_DAY), book.first_day), book.last_day)
        return book.on(date or within)
    stored = Bundle.open(source).law()
    if not date or read_day(date) == stored.day:
        return stored
    other = stored.book.on(date)
    return with_choices(other, stored)


def with_choices(law: Law, like: Law) -> Law:
    """``law`` with the readings that were taken of ``like``, as far as they are open in it."""
    kept = {
        name: word
        for name, word in like.choices.items()
        if name in law.in_force and word in law.in_force[name].regimes
    }
    return law.under(**kept)


def split(values: list[str] | None) -> list[str]:
    """Values that were repeated or separated by commas."""
    return [part.strip() for value in values or () for part in value.split(",") if part.strip()]


def require_one(names: list[str], wanted: str, what: str) -> str:
    """``wanted`` if it is among ``names``; the first where nothing is wanted.

    Raises:
        BadInput: where it is not there.
    """
    if not wanted:
        return names[0]
    if wanted not in names:
        raise BadInput(f"no {what} {wanted!r}", remedy=f"one of {', '.join(names)}")
    return wanted
