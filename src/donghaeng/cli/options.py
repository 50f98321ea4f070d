"""Options that several commands share, and the law that they name."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from donghaeng.rules import BadInput, Bundle, Law, read_day


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
        "--law", help="A bundle written by `donghaeng law bundle`, instead of the shipped law."
    ),
]
Reforms = Annotated[
    list[Path] | None,
    typer.Option(
        "--reform", help="A reform file (.yaml or .py) laid over the law; may be repeated."
    ),
]


def open_law(date: str, bundle: Path | None = None, reforms: list[Path] | None = None) -> Law:
    """The law that the options name.

    Raises:
        BadInput: where the date, the bundle or a reform cannot be read.
    """
    if bundle is not None:
        stored = Bundle.open(bundle).law()
        law = (
            stored if read_day(date) == stored.day else stored.book.on(date).under(**stored.choices)
        )
    else:
        from donghaeng.laws import law_on

        law = law_on(date)
    for reform in reforms or ():
        law = law.with_reform(reform)
    return law


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
