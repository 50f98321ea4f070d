"""``donghaeng population schema``: the columns that a population may have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from donghaeng.language import Words
from donghaeng.rules.terms import Kind, Period

from ..options import Form, Format, Lang, Language, LawFile
from ..output import print_json, print_table
from .common import open_schema

if TYPE_CHECKING:
    from donghaeng.population.schema import Column


def schema(
    received: Annotated[
        bool, typer.Option("--received", help="List what may be received too.")
    ] = False,
    law: LawFile = None,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
) -> None:
    """List the columns of households and persons: unit, values, default and meaning; in JSON their schema.

    Example: donghaeng population schema --lang en
    """
    from donghaeng.population.documentation import default_text, json_schema
    from donghaeng.population.schema import Meaning, Table

    found = open_schema(law)
    if format is Format.JSON:
        print_json(json_schema(found))
        return
    words = Words(lang.value)
    for table in Table:
        title = words("Households") if table is Table.HOUSEHOLDS else words("Persons")
        rows = [
            (
                column.name,
                _holds(column, words),
                default_text(column),
                column.label[0 if words.language == "ko" else 1],
            )
            for column in found.of(table).values()
            if received or column.meaning is not Meaning.RECEIPT
        ]
        header = [words("Column"), words("Holds"), words("Where empty"), words("Meaning")]
        print_table(title, header, rows, whole=[0])
        typer.echo()


def _holds(column: Column, words: Words) -> str:
    """The unit with the least and largest value, or the words."""
    from donghaeng.population.documentation import bounds

    if column.choices is not None:
        return ", ".join(member.word for member in column.choices)
    if column.kind is Kind.FLAG:
        return "true, false"
    if column.kind is None:
        return words("greater than 0")
    low, high = bounds(column)
    limits = f"{low} … {high}".rstrip()
    if column.kind is Kind.DAY:
        return words("a day, {limits}", limits=limits)
    if column.kind is not Kind.MONEY:
        return words("whole number, {limits}", limits=limits)
    return {
        Period.POINT: words("won, {limits}", limits=limits),
        Period.MONTH: words("won a month, {limits}", limits=limits),
        Period.YEAR: words("won a year, {limits}", limits=limits),
    }[column.period]
