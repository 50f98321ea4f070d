"""``donghaeng population schema``: the columns that a population may have."""

from __future__ import annotations

from typing import Annotated

import typer

from donghaeng.language import Words

from ..options import Form, Format, Lang, Language, LawFile
from ..output import print_json, print_table
from .common import open_schema


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
    from donghaeng.population.documentation import default_text, held, json_schema
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
                column.unit,
                held(column),
                default_text(column),
                column.label[0 if words.language == "ko" else 1],
            )
            for column in found.of(table).values()
            if received or column.meaning is not Meaning.RECEIPT
        ]
        header = [
            words("Column"),
            words("Measured in"),
            words("Values"),
            words("Where empty"),
            words("Meaning"),
        ]
        print_table(title, header, rows)
        typer.echo()
