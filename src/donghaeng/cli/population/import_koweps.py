"""``donghaeng population import-koweps``: the user's own copy of 한국복지패널 becomes a population."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from donghaeng.language import Words

from ..options import Form, Format, Lang, Language
from ..output import print_json, print_paragraphs, print_table

if TYPE_CHECKING:
    from donghaeng.population.koweps import ColumnMap, Imported

SHOWN = 20

HouseholdFile = Annotated[Path, typer.Argument(help="File of the households (.csv or .csv.gz).")]
PersonFile = Annotated[Path, typer.Argument(help="File of the persons (.csv or .csv.gz).")]
Folder = Annotated[Path, typer.Option("--output", "-o", help="Folder of the new population.")]
Wave = Annotated[str, typer.Option("--wave", help="Wave of the survey.")]
Replace = Annotated[bool, typer.Option("--replace", help="Replace a population that is there.")]


def import_koweps(
    households: HouseholdFile,
    persons: PersonFile,
    output: Folder,
    wave: Wave = "12",
    replace: Replace = False,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
) -> None:
    """Read your own copy of the Korea Welfare Panel Study and write it as a population.

    Prints what was refused, what is not known, and every approximation; the manifest keeps them.

    Example: donghaeng population import-koweps households.csv.gz persons.csv.gz -o koweps --lang en
    """
    from donghaeng.laws import book
    from donghaeng.population.koweps import import_survey, read_survey, shipped_map, store
    from donghaeng.population.schema import schema_of

    columns, schema = shipped_map(wave), schema_of(book())
    imported = import_survey(read_survey(households, persons, columns), columns, schema)
    store(imported, columns, schema, output, files=(households, persons), replace=replace)
    if format is Format.JSON:
        print_json(_document(imported))
    else:
        _print(imported, columns, Words(lang.value))


def _document(imported: Imported) -> dict[str, object]:
    return {
        "households": {
            "in": imported.households_in,
            "out": len(imported.households),
            "refused": imported.households_refused,
            "weight": float(imported.households["weight"].sum()),
        },
        "persons": {
            "in": imported.persons_in,
            "out": len(imported.persons),
            "refused": imported.persons_refused,
            "weight": float(imported.persons["weight"].sum()),
        },
        "refused": [asdict(each) for each in imported.refused],
        "not_known": [asdict(each) for each in imported.not_known],
        "columns": [each.model_dump(mode="json") for each in imported.origins],
        "approximations": [each.model_dump() for each in imported.approximations],
    }


def _print(imported: Imported, columns: ColumnMap, words: Words) -> None:
    print_table(
        words.label(columns.survey.pair),
        ["", words("Rows in"), words("Rows out"), words("Refused"), words("Sum of weights")],
        [
            (
                words("Households"),
                f"{imported.households_in:,}",
                f"{len(imported.households):,}",
                f"{imported.households_refused:,}",
                f"{imported.households['weight'].sum():,.0f}",
            ),
            (
                words("Persons"),
                f"{imported.persons_in:,}",
                f"{len(imported.persons):,}",
                f"{imported.persons_refused:,}",
                f"{imported.persons['weight'].sum():,.0f}",
            ),
        ],
        numeric=(1, 2, 3, 4),
    )
    if imported.refused:
        print_table(
            "",
            [words("File"), words("Row"), words("Column"), words("Reason")],
            [
                (each.file, str(each.row), each.column, each.reason)
                for each in imported.refused[:SHOWN]
            ],
            numeric=(1,),
        )
        if len(imported.refused) > SHOWN:
            typer.echo(
                words("… and {count} more (`--format json`)", count=len(imported.refused) - SHOWN)
            )
    if imported.not_known:
        print_table(
            "",
            [words("Column"), words("Empty"), words("Below zero, set to nothing")],
            [
                (f"{each.table}.{each.column}", f"{each.empty:,}", f"{each.set_to_zero:,}")
                for each in imported.not_known
            ],
            numeric=(1, 2),
        )
    typer.echo(words("Approximations:"))
    print_paragraphs(words.label(each.pair) for each in imported.approximations)
