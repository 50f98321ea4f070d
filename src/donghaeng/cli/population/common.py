"""What the verbs of ``donghaeng population`` share: files, their options, and the list of what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from donghaeng.language import Words

from ..options import LawFile, open_law
from ..output import print_table

if TYPE_CHECKING:
    from donghaeng.population.check import Checked
    from donghaeng.population.schema import Schema

HouseholdsSheet = Annotated[
    str, typer.Option("--households-sheet", help="Sheet of the households in a workbook.")
]
PersonsSheet = Annotated[
    str, typer.Option("--persons-sheet", help="Sheet of the persons in a workbook.")
]
Encoding = Annotated[
    str,
    typer.Option(
        "--encoding", help="Of CSV (utf-8 without it; cp949), or of SPSS and Stata without one."
    ),
]
Limit = Annotated[
    int | None,
    typer.Option(
        "--limit", min=0, help="Violations to print: 20 in a table, all in JSON; all are counted."
    ),
]
USUAL_LIMIT = 20


def open_schema(law: LawFile) -> Schema:
    """The columns for the law that the options name: every fact of its book, whatever its day."""
    from donghaeng.population.schema import schema_of

    if law is None:
        from donghaeng.laws import book

        return schema_of(book())
    return schema_of(open_law("", law).book)


def print_violations(checked: Checked, schema: Schema, words: Words, limit: int | None) -> None:
    """The first violations as a table, and how many there are."""
    from donghaeng.population.check.sentences import sentence

    shown = checked.violations.head(USUAL_LIMIT if limit is None else limit)
    if shown.height:
        print_table(
            "",
            [words("Where"), words("Value"), words("What is wrong")],
            [
                (place_of(each), _short(each["value"]), sentence(words, schema, each))
                for each in shown.iter_rows(named=True)
            ],
        )
    more = checked.violations.height - shown.height
    if more:
        typer.echo(words("… and {count} more", count=f"{more:,}"))


def violations_json(
    checked: Checked, schema: Schema, words: Words, limit: int | None
) -> list[dict[str, Any]]:
    """The violations in their stable shape."""
    from donghaeng.population.check.sentences import sentence

    shown = checked.violations if limit is None else checked.violations.head(limit)
    return [{**each, "says": sentence(words, schema, each)} for each in shown.iter_rows(named=True)]


def place_of(violation: dict[str, Any]) -> str:
    """File, row and column, as errors name them."""
    row = "" if violation["row"] is None else f"R{violation['row']}:"
    return f"{Path(violation['file']).name} {row}{violation['column']}"


def _short(value: str | None) -> str:
    if value is None:
        return ""
    return value if len(value) <= 40 else value[:39] + "…"
