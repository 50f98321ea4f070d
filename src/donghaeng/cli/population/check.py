"""``donghaeng population check``: every violation with its table, row and column."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from donghaeng.language import Words
from donghaeng.rules import BadInput

from ..options import Form, Format, Lang, Language, LawFile
from ..output import print_json
from .common import (
    Encoding,
    HouseholdsSheet,
    Limit,
    PersonsSheet,
    open_schema,
    print_violations,
    violations_json,
)

if TYPE_CHECKING:
    from donghaeng.population.check import Checked
    from donghaeng.population.schema import Schema


def check(
    households: Annotated[
        Path,
        typer.Argument(
            help="Table of households (CSV, Parquet, .xlsx, .sav, .dta), or a stored population."
        ),
    ],
    persons: Annotated[Path | None, typer.Argument(help="Table of persons.")] = None,
    law: LawFile = None,
    households_sheet: HouseholdsSheet = "",
    persons_sheet: PersonsSheet = "",
    encoding: Encoding = "",
    limit: Limit = None,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
) -> None:
    """List every violation of the schema, with table, row, column, value and what would be right.

    The columns are the facts of the law, whatever its day. Exit status 1 where something is found.

    Example: donghaeng population check households.csv persons.csv --lang en
    """
    schema = open_schema(law)
    words = Words(lang.value)
    if households.is_dir():
        if persons is not None:
            raise BadInput(
                "is a folder", file=str(households), remedy="a stored population is named alone"
            )
        checked = _of_store(schema, households)
    else:
        checked = _of_files(
            schema, households, persons, (households_sheet, persons_sheet), encoding
        )
    if format is Format.JSON:
        print_json(
            {
                "sound": checked.sound,
                "violations": checked.violations.height,
                "rows": {
                    table.value: {"in": tally.rows, "right": tally.right, "refused": tally.refused}
                    for table, tally in checked.tallies.items()
                },
                "found": violations_json(checked, schema, words, limit),
            }
        )
    else:
        print_violations(checked, schema, words, limit)
        _print_summary(checked, words)
    if not checked.sound:
        raise typer.Exit(1)


def _of_store(schema: Schema, folder: Path) -> Checked:
    from donghaeng.population.check import check_population
    from donghaeng.population.store import Population

    population = Population.open(folder)
    for partition in population.partitions:
        partition.verify()
    return check_population(schema, population)


def _of_files(
    schema: Schema,
    households: Path,
    persons: Path | None,
    sheets: tuple[str, str],
    encoding: str,
) -> Checked:
    from donghaeng.population.check import check_tables
    from donghaeng.population.reading import read_survey

    if persons is None:
        raise BadInput(
            "is a table of households; that of persons is not named",
            file=households.name,
            remedy="donghaeng population check HOUSEHOLDS PERSONS",
        )
    return check_tables(
        schema,
        read_survey(households, sheet=sheets[0], encoding=encoding),
        read_survey(persons, sheet=sheets[1], encoding=encoding),
    )


def _print_summary(checked: Checked, words: Words) -> None:
    counts = {
        f"{table.value}_{name}": f"{value:,}"
        for table, tally in checked.tallies.items()
        for name, value in (
            ("in", tally.rows),
            ("right", tally.right),
            ("refused", tally.refused),
        )
    }
    typer.echo(
        words(
            "Households: {households_in} rows = {households_right} right + {households_refused} refused",
            **counts,
        )
    )
    typer.echo(
        words(
            "Persons: {persons_in} rows = {persons_right} right + {persons_refused} refused",
            **counts,
        )
    )
    if checked.sound:
        typer.echo(words("Nothing is wrong."))
    else:
        typer.echo(
            words(
                "Violations: {count}. A household is refused with all its persons.",
                count=f"{checked.violations.height:,}",
            )
        )
