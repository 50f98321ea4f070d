"""``donghaeng index audit``: is the index sound, and how sure is what it says?"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from donghaeng.language import LANGUAGES, Words
from donghaeng.rules import BadInput

from ..options import Form, Format, Lang, Language
from ..output import print_json, print_paragraphs
from .common import File

if TYPE_CHECKING:
    from donghaeng.index.audit import Audit, Draws
    from donghaeng.index.framework.index_file import Index
    from donghaeng.index.panel import Panel


def audit(
    file: File,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="The folder to write: audit.json, HTML, PDF and DOCX."),
    ] = None,
    draws: Annotated[
        int | None, typer.Option("--draws", help="How many draws; as the file says if left out.")
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="The seed of the draws.")] = None,
    threads: Annotated[
        int, typer.Option("--threads", help="Threads; the numbers are the same.")
    ] = 1,
    resume: Annotated[
        Path | None,
        typer.Option("--resume", help="Where the run saves itself, and is taken up again."),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option("--period", help="Whose ranks and correlations; the latest if left out."),
    ] = None,
    shapley: Annotated[
        bool, typer.Option("--shapley", help="Shapley shares of the variance as well.")
    ] = False,
    draw_ledger: Annotated[
        Path | None,
        typer.Option("--draw-ledger", help="A .csv or .parquet to write: what every draw settled."),
    ] = None,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
) -> None:
    """Audit an index: data, coherence, uncertainty, sensitivity, added value, significance.

    One city over years is not ranked: its changes are. Without `uncertainty` in the file nothing is drawn.

    Example: donghaeng index audit examples/index/seoul/index.yaml --out audit
    """
    from donghaeng.index.audit import audit as look
    from donghaeng.index.audit import audit_json, draws_of
    from donghaeng.index.framework import read_index
    from donghaeng.index.panel import read_panel
    from donghaeng.sources.whole_folders import write_folder

    index = read_index(file)
    panel = read_panel(index, file.parent)
    with _bar() as told, _naming(file):
        how = draws_of(
            index, number=draws, seed=seed, threads=threads, resume=resume, progress=told
        )
        if draw_ledger is not None:
            _write_ledger(index, panel, how, draw_ledger)
        found = look(index, panel, how, period=period, shapley=shapley)
    if out is not None:
        write_folder(
            out, {"audit.json": audit_json(found), **_files(found, index)}, mark="audit.json"
        )
    if format is Format.JSON:
        print_json(found.as_json())
        return
    _print(found, index, Words(lang.value))
    for written in (each for each in (out, draw_ledger) if each is not None):
        typer.echo(Words(lang.value)("Written: {file}", file=written))


def _files(found: Audit, index: Index) -> dict[str, str | bytes]:
    """The documents in both languages."""
    from donghaeng.index.audit import audit_files

    files: dict[str, str | bytes] = {}
    for language in LANGUAGES:
        files |= audit_files(found, index, language)
    return files


def _write_ledger(index: Index, panel: Panel, draws: Draws, file: Path) -> None:
    from donghaeng.index.audit.draw_ledger import write_draw_ledger
    from donghaeng.index.uncertainty.study import study_of

    write_draw_ledger(study_of(index, panel), draws, file)


def _print(found: Audit, index: Index, words: Words) -> None:
    """The answer; everything else stands in the documents."""
    from donghaeng.index.audit.findings import findings
    from donghaeng.index.audit.reader import Reader, caution

    reader = Reader(index, words)
    typer.echo(words("Audit of “{label}”", label=reader.label(index.label)))
    print_paragraphs(f"{heading} {text}" for heading, text in findings(found, reader) if text)
    typer.echo(caution(words))


@contextlib.contextmanager
def _naming(file: Path) -> Iterator[None]:
    """A fault of the index names its file."""
    try:
        yield
    except BadInput as fault:
        raise BadInput(
            fault.message, file=fault.file or str(file), field=fault.field, remedy=fault.remedy
        ) from None


@contextlib.contextmanager
def _bar() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error for each stage, where somebody watches."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        tasks = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield tell
