"""A book of law: all its files, all its dates. ``book.on(day)`` is the law in force that day."""

from __future__ import annotations

import ast
import copy
import datetime
from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from .canonical import content_hash
from .declarations import Declaration, Label, Place, Rule
from .faults import BadInput, LawFault, nearest
from .law import Law
from .reforms import apply_reforms
from .source import Declared, read_sources

FIRST = datetime.date.min
LAST = datetime.date.max
REFORMS = "reforms/"
CHAPTER_FIELDS = ("label", "first_day", "last_day", "not_covered")


class Book:
    """The sources of a law and what they declare.

    Args:
        sources: text of every ``.py`` and ``.yaml`` file by its path inside the book.

    Raises:
        LawFault: where the files do not make a law.
    """

    def __init__(self, sources: Mapping[str, str]) -> None:
        self.sources = {
            path: text for path, text in sorted(sources.items()) if path.endswith((".py", ".yaml"))
        }
        base = {path: text for path, text in self.sources.items() if not path.startswith(REFORMS)}
        reforms = {path: text for path, text in self.sources.items() if path.startswith(REFORMS)}
        self.declared: Declared = apply_reforms(read_sources(base), base, reforms)
        self.first_day, self.last_day = _validity(self.declared)
        self.not_covered = _not_covered(self.declared)
        _check_versions(self.declared)
        self._laws: dict[datetime.date, Law] = {}

    @classmethod
    def open(cls, *folders: str | Path) -> Book:
        """The book whose chapters are ``folders``; each contributes files below its own name."""
        sources = {}
        for folder in map(Path, folders):
            files = [*folder.rglob("*.py"), *folder.rglob("*.yaml")]
            if not files:
                raise BadInput("no law files here", file=str(folder))
            for file in files:
                path = f"{folder.name}/{file.relative_to(folder).as_posix()}"
                try:
                    sources[path] = file.read_text(encoding="utf-8")
                except (OSError, UnicodeDecodeError) as error:
                    reason = getattr(error, "strerror", None) or "is not UTF-8 text"
                    raise BadInput(str(reason), file=str(file)) from None
        return cls(sources)

    @cached_property
    def hash(self) -> str:
        """Hash of what the law says; comments, layout and the order of entries do not change it."""
        return content_hash(self.sources)

    def reformed(self, path: str, text: str) -> Book:
        """This book with one more reform file; the files that are there already are not read again.

        Raises:
            LawFault: where the reform does not fit the law.
        """
        sources = {**self.sources, path: text}
        if not path.endswith(".yaml"):
            return Book(sources)
        book = copy.copy(self)
        book.__dict__.pop("hash", None)
        book.sources = dict(sorted(sources.items()))
        book.declared = apply_reforms(self.declared.copy(), {}, {path: text})
        book._laws = {}
        return book

    def text_of(self, declaration: Declaration) -> str:
        """A fact, aggregation or rule as it stands in its law file, with its decorator."""
        text = self.sources[declaration.place.file]
        for statement in ast.parse(text).body:
            if statement.lineno == declaration.place.line:
                heads = [each.lineno for each in getattr(statement, "decorator_list", [])]
                return "\n".join(
                    text.splitlines()[min([statement.lineno, *heads]) - 1 : statement.end_lineno]
                )
        return ""

    def on(self, day: str | datetime.date) -> Law:
        """The law in force on ``day`` (a date, ``2024-07-15``, or ``2024-07`` for its first day).

        Raises:
            BadInput: where ``day`` is no date or lies outside the book.
            LawFault: where the law of that day does not hold together.
        """
        date = read_day(day)
        if not self.first_day <= date <= self.last_day:
            raise BadInput(
                f"{date} lies outside this law",
                field="date",
                remedy=f"from {self.first_day} to {self.last_day}",
            )
        if date not in self._laws:
            self._laws[date] = Law(self, date)
        return self._laws[date]


def read_day(day: str | datetime.date) -> datetime.date:
    """A date from ``2024-07-15`` or ``2024-07`` (its first day).

    Raises:
        BadInput: where the text is no date.
    """
    if isinstance(day, datetime.date):
        return day
    text = str(day).strip()
    try:
        return datetime.date.fromisoformat(f"{text}-01" if len(text) == 7 else text)
    except ValueError:
        raise BadInput(
            f"{text!r} is not a date", field="date", remedy="2024-07 or 2024-07-15"
        ) from None


def _validity(declared: Declared) -> tuple[datetime.date, datetime.date]:
    first, last = FIRST, LAST
    for file, chapter in declared.chapters.items():
        for key, value in chapter.items():
            if key not in CHAPTER_FIELDS:
                raise LawFault(
                    f"unknown field {key!r}",
                    file=file,
                    line=1,
                    remedy=nearest(str(key), CHAPTER_FIELDS),
                )
            if key in ("first_day", "last_day") and type(value) is not datetime.date:
                raise LawFault(f"{key} is not a day", file=file, line=1)
        first = max(first, _chapter_day(chapter, "first_day", FIRST))
        last = min(last, _chapter_day(chapter, "last_day", LAST))
    return first, last


def _chapter_day(chapter: dict[str, Any], key: str, otherwise: datetime.date) -> datetime.date:
    day = chapter.get(key, otherwise)
    assert isinstance(day, datetime.date)
    return day


def _not_covered(declared: Declared) -> tuple[Label, ...]:
    """What a reader may look for and this law does not compute, in Korean and English."""
    named: list[Label] = []
    for file, chapter in declared.chapters.items():
        for entry in chapter.get("not_covered") or ():
            words = entry if isinstance(entry, dict) else {}
            if set(words) != {"ko", "en"} or not all(isinstance(w, str) for w in words.values()):
                raise LawFault(
                    "not_covered is a list of labels",
                    file=file,
                    line=1,
                    remedy="- {ko: 해산급여, en: Maternity grant}",
                )
            named.append((words["ko"], words["en"]))
    return tuple(named)


def _check_versions(declared: Declared) -> None:
    """Two versions of one rule never hold on the same day, and describe the same thing."""
    for name, versions in declared.rules.items():
        in_order = sorted(versions, key=lambda version: version.valid_from or FIRST)
        for version in versions:
            if (
                version.valid_from
                and version.valid_until
                and version.valid_from > version.valid_until
            ):
                raise _version_fault(
                    version.place, f"{name!r} ends before it begins", "valid_from <= valid_until"
                )
        for before, after in pairwise(in_order):
            if (before.valid_until or LAST) >= (after.valid_from or FIRST):
                raise _version_fault(
                    after.place,
                    f"two versions of {name!r} hold on {after.valid_from or FIRST}",
                    f"end the version in {before.place.file}:{before.place.line} with valid_until",
                )
            if _description(before) != _description(after):
                raise _version_fault(
                    after.place,
                    f"two versions of {name!r} differ in entity, type, period or role",
                    "a different thing has a different name",
                )


def _description(rule: Rule) -> tuple[Any, ...]:
    return rule.entity, rule.kind, rule.choices, rule.period, rule.role


def _version_fault(place: Place, message: str, remedy: str) -> LawFault:
    return LawFault(message, file=place.file, line=place.line, remedy=remedy)
