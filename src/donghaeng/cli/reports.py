"""Printing a report of tables to the terminal, and writing it to the file that was named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from donghaeng.language import Words

from .output import print_table, write_whole

if TYPE_CHECKING:
    from donghaeng.reports.tabular import Report


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
            rows = [[cell.text for cell in row] for row in section.table.rows]
            print_table("", section.table.columns, rows, numeric=sorted(section.table.numeric))
    if report.closing:
        typer.echo("")
    for paragraph in report.closing:
        typer.echo(paragraph)


def write_report(report: Report, file: Path) -> None:
    """The report in the form that the name of the file asks for: .html, .pdf, .docx or .xlsx."""
    from donghaeng.reports.tabular import written

    write_whole(file, written(report, file))
    typer.echo(Words(report.language)("Written: {file}", file=file))
