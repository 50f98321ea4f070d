"""``donghaeng household compare``: two households, what is different about them and what that makes."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import typer

from donghaeng.language import Words, number_text
from donghaeng.rules import Law

from ..options import Date, Form, Format, Lang, Language, LawFile, Reforms, Regimes, open_law, split
from ..output import print_json, print_table
from .common import Chosen, File, choose, header


def compare(
    first: File,
    second: File,
    date: Date,
    household: Chosen = "",
    regime: Regimes = None,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
    law: LawFile = None,
    reform: Reforms = None,
) -> None:
    """Put two households side by side: the facts that differ, and every amount that differs.

    Example: donghaeng household compare before.yaml after.yaml --date 2026-07
    """
    from donghaeng.household import read_households
    from donghaeng.household.compare import compare as put_side_by_side

    opened = open_law(date, law, reform)
    pair = [choose(read_households(opened, file), household) for file in (first, second)]
    found = put_side_by_side(opened, pair[0], pair[1], split(regime))
    if format is Format.JSON:
        print_json(
            header(opened)
            | {
                "first": found.first.as_json(),
                "second": found.second.as_json(),
                "facts": [asdict(each) for each in found.facts],
                "amounts": [
                    asdict(each) | {"difference": each.difference} for each in found.amounts
                ],
            }
        )
        return
    _print(found, opened, Words(lang.value), (first, second))


def _print(found: Any, law: Law, words: Words, files: tuple[str, str]) -> None:
    from donghaeng.household.sections import cell

    names = [
        f"{answer.id} ({file})"
        for answer, file in zip((found.first, found.second), files, strict=True)
    ]
    typer.echo(
        words(
            "{first} and {second}, {day} — a simulation, not a decision",
            first=names[0],
            second=names[1],
            day=law.day.isoformat(),
        )
    )
    rows = [
        (
            words("{label} of {person}", label=words.label(each.label), person=each.person)
            if each.person
            else words.label(each.label),
            _given(each.first, law.facts.get(each.name), words),
            _given(each.second, law.facts.get(each.name), words),
        )
        for each in found.facts
    ]
    if rows:
        columns = [words("What was said"), words("First"), words("Second")]
        print_table("", columns, rows, numeric=[1, 2])
        typer.echo("")
    rows_of_amounts = [
        (
            words.label(each.label),
            cell(each.first, law.rules[each.name], words),
            cell(each.second, law.rules[each.name], words),
            signed(each.difference),
            each.citation,
        )
        for each in found.amounts
    ]
    if not rows_of_amounts:
        typer.echo(words("Every amount is the same."))
        return
    columns = [words("Item"), words("First"), words("Second"), words("Difference"), words("Basis")]
    print_table("", columns, rows_of_amounts, numeric=[1, 2, 3])


def _given(value: Any, fact: Any, words: Words) -> str:
    from donghaeng.household.sections import cell

    if value is None:
        return words("not said")
    return str(value) if fact is None else cell(value, fact, words)  # a relation names a person


def signed(difference: int | None) -> str:
    """A difference with its sign; nothing where there is no single amount."""
    if difference is None:
        return ""
    return (
        f"{'+' if difference > 0 else '−' if difference < 0 else ''}{number_text(abs(difference))}"
    )
