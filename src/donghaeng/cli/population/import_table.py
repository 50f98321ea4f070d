"""``donghaeng population import-table``: any survey as a population, by a column map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from donghaeng.language import Words
from donghaeng.rules import BadInput

from ..options import Form, Format, Lang, Language, LawFile
from ..output import print_json, print_paragraphs, print_table
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
    from donghaeng.evidence.input_files import Text
    from donghaeng.population.column_maps import ColumnMap, Imported


def import_table(
    households: Annotated[
        Path, typer.Argument(help="Households: .csv, .csv.gz, .parquet, .xlsx, .sav or .dta.")
    ],
    persons: Annotated[
        Path | None,
        typer.Argument(help="Persons; none where the map takes them from wide columns."),
    ] = None,
    *,
    map: Annotated[
        Path,
        typer.Option("--map", help="The column map (YAML; `donghaeng schema population-map`)."),
    ],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Folder to write.")] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of a population that is there.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be read, and write nothing.")
    ] = False,
    law: LawFile = None,
    households_sheet: HouseholdsSheet = "",
    persons_sheet: PersonsSheet = "",
    encoding: Encoding = "",
    limit: Limit = None,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
) -> None:
    """Read a survey as a column map says, and store it as a population.

    Every row that is read is stored, left out by the map, or refused and listed; a household is refused
    with all its persons.

    Example: donghaeng population import-table survey.sav --map survey.yaml -o survey --lang en
    """
    from donghaeng.evidence.input_files import read_file
    from donghaeng.population import column_maps

    if out is None and not dry_run:
        raise BadInput("is not named", field="--out", remedy="-o FOLDER, or --dry-run")
    schema = open_schema(law)
    found = read_file(map, column_maps.ColumnMap)
    files = column_maps.Files(households, persons, households_sheet, persons_sheet, encoding)
    imported = column_maps.import_survey(found, schema, files, str(map))
    if out is not None and not dry_run:
        column_maps.store(imported, found, schema, files, map, out, replace=replace)
    words = Words(lang.value)
    if format is Format.JSON:
        answer = _as_json(imported, found, None if dry_run else out)
        print_json(answer | {"found": violations_json(imported.checked, schema, words, limit)})
        return
    _print_columns(imported, found, words)
    print_violations(imported.checked, schema, words, limit)
    _print_rows(imported, words)
    typer.echo(
        words("Nothing was written.") if dry_run else words("Written: {folder}", folder=str(out))
    )


def _print_columns(imported: Imported, found: ColumnMap, words: Words) -> None:
    """Each column with where it comes from and for how many rows it is known."""
    rows = [
        (
            words("households") if table == "households" else words("persons"),
            name,
            source,
            origin_word(origin, words),
            f"{known:,}",
        )
        for table, name, source, origin, known in _columns(imported, found)
    ]
    header = [
        words("Table"),
        words("Column"),
        words("Taken from"),
        words("Origin"),
        words("Rows known"),
    ]
    print_table("", header, rows, numeric=[4])
    typer.echo()
    print_paragraphs(_in(text, words) for text in _sentences(imported, found))


def _sentences(imported: Imported, found: ColumnMap) -> list[Text]:
    from donghaeng.population.column_maps.storing import sentences

    return sentences(imported, found)


def _in(text: Text, words: Words) -> str:
    return text.ko if words.language == "ko" else text.en


def _columns(imported: Imported, found: ColumnMap) -> list[tuple[str, str, str, str, int]]:
    checked = imported.checked
    rows = []
    for table, frame, columns in (
        ("households", checked.households, found.households.columns),
        ("persons", checked.persons, found.persons.columns),
    ):
        for name, source in columns.items():
            known = frame.height - frame[name].null_count() if name in frame.columns else 0
            rows.append((table, name, source.described, source.origin.value, known))
    for name in imported.relations:
        relationship = found.persons.relationship
        assert relationship is not None
        frame = checked.persons
        known = frame.height - frame[name].null_count()
        rows.append(("persons", name, relationship.column, "approximated", known))
    return rows


def origin_word(origin: str, words: Words) -> str:
    """An origin in the language of the reader."""
    return {
        "recorded": words("recorded"),
        "derived": words("derived"),
        "approximated": words("approximated"),
        "modelled": words("modelled"),
        "assumed": words("assumed"),
    }[origin]


def _print_rows(imported: Imported, words: Words) -> None:
    from donghaeng.population.column_maps import rows
    from donghaeng.population.schema import Table

    for table, name in ((Table.HOUSEHOLDS, words("Households")), (Table.PERSONS, words("Persons"))):
        counts = {key: f"{value:,}" for key, value in rows(imported, table).items()}
        typer.echo(
            words(
                "{table}: {read} rows = {stored} taken + {refused} refused + {left_out} left out by the map",
                table=name,
                **counts,
            )
        )
    if not imported.checked.sound:
        typer.echo(
            words(
                "Violations: {count}. A household is refused with all its persons.",
                count=f"{imported.checked.violations.height:,}",
            )
        )


def _as_json(imported: Imported, found: ColumnMap, out: Path | None) -> dict[str, Any]:
    from donghaeng.population.column_maps import rows
    from donghaeng.population.schema import Table

    keys = ("table", "column", "from", "origin", "known")
    return {
        "folder": None if out is None else str(out),
        "rows": {table.value: rows(imported, table) for table in Table},
        "columns": [dict(zip(keys, row, strict=True)) for row in _columns(imported, found)],
        "approximations": [text.model_dump() for text in _sentences(imported, found)],
        "violations": imported.checked.violations.height,
    }
