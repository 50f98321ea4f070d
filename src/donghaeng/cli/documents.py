"""A document on the terminal: headings, sentences and tables; charts stay in the files."""

from __future__ import annotations

import typer

from donghaeng.reports.document_parts import Document, Items, Paragraph, Part, Table

from .output import print_table


def print_document(document: Document) -> None:
    """Title, notice, then each section."""
    typer.echo(document.title)
    for line in document.about:
        typer.echo(line)
    typer.echo(document.notice)
    for section in document.sections:
        typer.echo("")
        typer.echo(section.title)
        for part in section.parts:
            _print_part(part)
    typer.echo("")
    typer.echo(document.foot)


def _print_part(part: Part) -> None:
    if isinstance(part, Paragraph):
        typer.echo(f"{part.heading} {part.text}".strip())
    elif isinstance(part, Items):
        for item in part.items:
            typer.echo(f"- {item}")
    elif isinstance(part, Table):
        typer.echo("")
        print_table(part.title, part.columns, part.rows, numeric=part.numeric)
