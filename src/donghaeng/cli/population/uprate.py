"""``donghaeng population uprate``: a population in a later year."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from donghaeng.language import Words
from donghaeng.rules import BadInput

from ..options import Form, Format, Lang, Language, LawFile
from ..output import print_json, print_paragraphs, print_table
from .common import open_schema

if TYPE_CHECKING:
    from donghaeng.population.uprating import Step


def uprate(
    folder: Annotated[Path, typer.Argument(help="A stored population.")],
    factors: Annotated[
        Path, typer.Argument(help="The factors (YAML; `donghaeng schema uprating`).")
    ],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Folder to write.")] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of a population that is there.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be done, and write nothing.")
    ] = False,
    law: LawFile = None,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
) -> None:
    """Move the money and dates of a population to a later year by stated factors, and store it anew.

    Every column of money needs a factor or a reason why it stays; the manifest keeps them all.

    Example: donghaeng population uprate survey examples/population/uprating_2016_2024.yaml -o survey_2024
    """
    from donghaeng.population import later_year
    from donghaeng.population.store import Population
    from donghaeng.population.uprating import read_factors

    if out is None and not dry_run:
        raise BadInput("is not named", field="--out", remedy="-o FOLDER, or --dry-run")
    population, stated, schema = Population.open(folder), read_factors(factors), open_schema(law)
    if out is None or dry_run:
        parts = later_year.uprated_partitions(population, stated, schema)
        done = later_year.later_year(uprated for _, uprated in parts)
    else:
        done = later_year.store_uprated(population, stated, factors, schema, out, replace=replace)
    words = Words(lang.value)
    said = [words.label(pair) for pair in later_year.notes(population, stated)]
    if format is Format.JSON:
        written = None if dry_run else str(out)
        print_json(later_year.as_json(stated, done) | {"notes": said, "written": written})
        return
    _print(done.steps, words)
    print_paragraphs(said)
    typer.echo(
        words("Nothing was written.") if dry_run else words("Written: {folder}", folder=str(out))
    )


def _print(steps: tuple[Step, ...], words: Words) -> None:
    print_table(
        "",
        [
            words("Table"),
            words("Column"),
            words("Factor"),
            words("Sum before"),
            words("Sum after"),
            words("Status"),
        ],
        [
            (
                words("households") if step.table.value == "households" else words("persons"),
                step.column,
                step.factor or "",
                f"{step.before:,}" if step.rounding or step.before else "",
                f"{step.after:,}" if step.rounding or step.after else "",
                _status(step, words),
            )
            for step in steps
        ],
        numeric=(3, 4),
    )
    typer.echo()


def _status(step: Step, words: Words) -> str:
    if step.status == "moved":
        return words("later by the years")
    if step.factor is None:
        return words("as it was")
    return step.status
