"""A report of tables on the terminal, as JSON, or in the file that was named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from donghaeng.language import Words

from .output import print_json, print_table, write_whole

if TYPE_CHECKING:
    from donghaeng.reports.tabular import Report, Table


def give_report(report: Report, out: Path | None, said: dict[str, Any] | None) -> None:
    """Write the report where a file is named; print it, or ``said`` as JSON where that was asked for."""
    if out is not None:
        write_report(report, out)
    if said is not None:
        print_json(said)
    elif out is not None:
        typer.echo(Words(report.language)("Written: {file}", file=out))
    else:
        print_report(report)


def print_report(report: Report) -> None:
    """Title, notices, then each section."""
    typer.echo(report.title)
    for notice in report.notices:
        typer.echo(notice)
    for section in report.sections:
        typer.echo("")
        typer.echo(section.title)
        for paragraph in section.paragraphs:
            typer.echo(paragraph)
        if section.table is not None:
            _print_table(section.table, Words(report.language))
    if report.closing:
        typer.echo("")
    for paragraph in report.closing:
        typer.echo(paragraph)


def _print_table(table: Table, words: Words) -> None:
    """The columns that say something; those in which nothing is known are named under the table."""
    unknown = words("not known")
    said = [{row[place].text for row in table.rows} - {""} for place in range(len(table.columns))]
    shown = [place for place, texts in enumerate(said) if texts - {unknown}]
    print_table(
        "",
        [table.columns[place] for place in shown],
        [[row[place].text for place in shown] for row in table.rows],
        numeric=[number for number, place in enumerate(shown) if place in table.numeric],
    )
    hidden = [table.columns[place] for place, texts in enumerate(said) if texts == {unknown}]
    if hidden:
        typer.echo(words("Known in no line: {columns}", columns=", ".join(hidden)))


def write_report(report: Report, file: Path) -> None:
    """The report in the form that the name of the file asks for: .html, .pdf, .docx or .xlsx."""
    from donghaeng.reports.tabular import written

    write_whole(file, written(report, file))
