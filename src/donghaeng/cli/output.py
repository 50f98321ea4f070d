"""Printing for people: tables and paragraphs that fit the terminal."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import typer

from donghaeng.rules import BadInput

Step = TypeVar("Step")


def print_json(value: Any) -> None:
    """JSON for programs, with Korean as it is."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_json_line(value: Any) -> None:
    """One JSON document on one line."""
    typer.echo(json.dumps(value, ensure_ascii=False))


def print_table(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    numeric: Sequence[int] = (),
    whole: Sequence[int] = (),
) -> None:
    """A table; the columns in ``numeric`` are set to the right, those in ``whole`` are not folded."""
    from rich.console import Console
    from rich.table import Table

    table = Table(
        title=title,
        title_justify="left",
        show_edge=False,
        pad_edge=False,
        box=None,
        header_style="bold",
    )
    for place, column in enumerate(columns):
        table.add_column(
            column,
            justify="right" if place in numeric else "left",
            overflow="fold",
            no_wrap=place in whole,
        )
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    console = Console(
        file=sys.stdout, width=max(shutil.get_terminal_size((100, 24)).columns, 60), soft_wrap=False
    )
    console.print(table)


def escape(text: str) -> str:
    """Text without the signs that the printer would take for styles."""
    from rich.markup import escape as escaped

    return escaped(text)


def print_paragraphs(paragraphs: Iterable[str]) -> None:
    """Sentences as a list, wrapped to the terminal."""
    from rich.console import Console
    from rich.padding import Padding

    console = Console(
        file=sys.stdout,
        width=min(max(shutil.get_terminal_size((100, 24)).columns, 60), 100),
        highlight=False,
    )
    for paragraph in paragraphs:
        console.print("-", end=" ")
        console.print(Padding(escape(paragraph), (0, 0, 0, 0)))


def write_whole(file: Path, content: str | bytes) -> None:
    """Write a file so that it appears whole or not at all.

    Raises:
        BadInput: where it cannot be written.
    """
    if file.is_dir():
        raise BadInput("is a folder", file=str(file), remedy="name a file in it")
    partial = file.with_name(f".{file.name}.partial")
    try:
        partial.write_bytes(content.encode() if isinstance(content, str) else content)
        partial.replace(file)
    except OSError as error:
        raise BadInput(str(error.strerror), file=str(file)) from None


def progress(steps: Iterable[Step], title: str, total: int) -> Iterator[Step]:
    """``steps`` one by one, with a bar on standard error where somebody watches."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(
        steps, title, total, console=console, transient=True, disable=not console.is_terminal
    )
