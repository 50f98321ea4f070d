"""``donghaeng policy frontier``: many reforms of one family, and which of them are not dominated."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from donghaeng.language import LANGUAGES, Words, number_text

from ..options import Date, Form, Format, Lang, Language, LawFile
from ..output import print_json, print_table
from .simulate import (
    EVERYONE,
    KernelForm,
    Kernels,
    Overlay,
    PopulationFolder,
    TakeUpFile,
    baseline_of,
)

if TYPE_CHECKING:
    from donghaeng.policy.frontier.frontier import Asked, Frontier

DATA = "frontier.json"


def frontier(
    file: Annotated[
        Path, typer.Argument(help="A sweep: base reform, parameters, measures (YAML).")
    ],
    population: PopulationFolder,
    out: Annotated[
        Path,
        typer.Option("--out", "-o", help="The folder to write: JSON, CSV, Parquet, reports."),
    ],
    date: Date = "",
    budget: Annotated[
        int | None, typer.Option("--budget", help="Won a month; as the file says if left out.")
    ] = None,
    law: LawFile = None,
    assume: Overlay = None,
    take_up: TakeUpFile = EVERYONE,
    threads: Annotated[
        int | None, typer.Option("--threads", min=1, help="Threads; one a core if left out.")
    ] = None,
    form: KernelForm = Kernels.AUTO,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace the results of an earlier sweep.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be computed, and compute nothing.")
    ] = False,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
) -> None:
    """Sweep two or more parameters of a reform: cost against poverty, inequality and work.

    Points that are done are kept in the folder: a run that is stopped goes on where it stopped.

    Example: donghaeng policy frontier frontier.yaml --population seoul --date 2024-07 -o out
    """
    from donghaeng.policy.frontier.frontier import Asked, trace
    from donghaeng.policy.frontier.records import POINTS
    from donghaeng.policy.frontier.sweep_file import Plan
    from donghaeng.population.store import Population
    from donghaeng.sources.whole_folders import write_folder

    words = Words(lang.value)
    before = baseline_of(date, law, assume, take_up)
    asked = Asked(Plan.read(file), Population.open(population), before, budget)
    if dry_run:
        _print_plan(asked, out, words, format)
        return
    _refuse(asked, out, replace)
    with _bar(words("Reforms")) as told:
        found = trace(asked, out, threads=threads, form=form.value, progress=told)
    files = {POINTS: (out / POINTS).read_bytes(), **_files(found)}
    write_folder(out, files, mark=POINTS)
    if format is Format.JSON:
        print_json(found.as_json())
        return
    _print(found, out, words)


def _refuse(asked: Asked, out: Path, replace: bool) -> None:
    """Before anything is computed: a folder that holds other things, or another sweep."""
    from donghaeng.policy.frontier.records import POINTS, holds_another_sweep, key_of
    from donghaeng.rules import BadInput
    from donghaeng.sources.whole_folders import refuse_other_folders

    refuse_other_folders(out, mark=POINTS)
    if replace or not (out / POINTS).is_file():
        return
    if holds_another_sweep(out, key_of(asked.population, asked.plan.family(asked.before))):
        raise BadInput(
            "holds another sweep: of another reform, population, law or version",
            file=str(out),
            remedy="--replace, or name a new folder",
        )


def _files(found: Frontier) -> dict[str, str | bytes]:
    from donghaeng.policy.frontier.report import frontier_document
    from donghaeng.policy.frontier.tables import csv_bytes, parquet_bytes
    from donghaeng.reports.documents import page

    files: dict[str, str | bytes] = {
        DATA: json.dumps(found.as_json(), ensure_ascii=False, indent=1, allow_nan=False) + "\n",
        "frontier.csv": csv_bytes(found),
        "frontier.parquet": parquet_bytes(found),
    }
    for language in LANGUAGES:
        files[f"frontier.{language}.html"] = page(frontier_document(found, language))
    return files


def _print_plan(asked: Asked, out: Path, words: Words, format: Format) -> None:
    from donghaeng.policy.frontier.records import Records, key_of
    from donghaeng.policy.sweep import written

    grid = asked.grid()
    done = 0
    if out.is_dir():
        records = Records(
            out, key_of(asked.population, asked.plan.family(asked.before)), keep=False
        )
        done = sum(records.of(point) is not None for point in grid.points)
    values = {name: [written(value) for value in each] for name, each in grid.values.items()}
    if format is Format.JSON:
        print_json(
            {
                "reforms": len(grid.points),
                "done": done,
                "households": asked.population.households,
                "values": values,
            }
        )
        return
    typer.echo(words("Nothing is computed. This would be:"))
    rows = [
        (name, number_text(len(each)), f"{each[0]} … {each[-1]}") for name, each in values.items()
    ]
    print_table("", [words("Parameter"), words("Values"), words("From and to")], rows, numeric=[1])
    typer.echo(
        words(
            "{count} reforms on {households} households; {done} are done already.",
            count=number_text(len(grid.points)),
            households=number_text(asked.population.households),
            done=number_text(done),
        )
    )


def _print(found: Frontier, out: Path, words: Words) -> None:
    """For each measure what the chart says, and a few of the reforms that are not dominated."""
    from donghaeng.policy.frontier.report import chart_of, short_table

    typer.echo(words.label(found.title))
    typer.echo(words(found.label))
    for measure in found.measures:
        drawn = chart_of(found, measure, words)
        typer.echo("")
        typer.echo(drawn.alternative)
        shown = short_table(found, measure, words)
        print_table("", shown.columns, shown.rows, numeric=shown.numeric)
    typer.echo("")
    typer.echo(
        words(
            "{count} reforms, {resumed} of them done before: {wall} s, {cpu} s of the processors.",
            count=number_text(len(found.reforms)),
            resumed=number_text(found.resumed),
            wall=f"{found.seconds['wall']:.1f}",
            cpu=f"{found.seconds['cpu']:.1f}",
        )
    )
    typer.echo(words("Written: {file}", file=out))


@contextlib.contextmanager
def _bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error, where somebody watches."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
