"""``donghaeng population calibrate``: weights brought to known totals."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from donghaeng.language import Words
from donghaeng.population.methods import Method
from donghaeng.rules import BadInput

from ..options import Form, Format, Lang, Language, LawFile
from ..output import print_json, print_paragraphs, print_table
from .common import open_schema

if TYPE_CHECKING:
    from donghaeng.population.calibration import CalibrationReport


def calibrate(
    folder: Annotated[Path, typer.Argument(help="A stored population.")],
    margins: Annotated[
        Path, typer.Argument(help="The margins (YAML; `donghaeng schema margins`).")
    ],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Folder to write.")] = None,
    method: Annotated[
        Method, typer.Option("--method", help="The distance that weights keep nearest by.")
    ] = Method.EXPONENTIAL,
    bounds: Annotated[
        tuple[float, float] | None,
        typer.Option(
            "--bounds", help="Least and greatest ratio of new to old weight, such as 0.3 3."
        ),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of a population that is there.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be met, and write nothing.")
    ] = False,
    law: LawFile = None,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
) -> None:
    """Bring the weights of a population to known totals, and store it anew with them.

    Prints every total asked, before and met, and how unequal the weights are; the manifest keeps them.
    Totals that cannot be met are refused with the nearest that can.

    Example: donghaeng population calibrate survey margins.yaml -o survey_2024 --lang en
    """
    from donghaeng.population.calibration import Bounds, read_margins, storing
    from donghaeng.population.store import Population

    if out is None and not dry_run:
        raise BadInput("is not named", field="--out", remedy="-o FOLDER, or --dry-run")
    population, asked, schema = Population.open(folder), read_margins(margins), open_schema(law)
    limits = None if bounds is None else Bounds(*bounds)
    found = storing.calibrate_stored(population, asked, schema, method=method, bounds=limits)
    if out is not None and not dry_run:
        storing.store_calibrated(
            population, found, asked, margins, schema, out, bounds=limits, replace=replace
        )
    words = Words(lang.value)
    said = [words.label(pair) for pair in storing.notes(population, found.report, asked)]
    if format is Format.JSON:
        written = None if dry_run else str(out)
        print_json(storing.as_json(found.report) | {"notes": said, "written": written})
        return
    _print(found.report, words)
    print_paragraphs(said)
    typer.echo(
        words("Nothing was written.") if dry_run else words("Written: {folder}", folder=str(out))
    )


def _print(report: CalibrationReport, words: Words) -> None:
    print_table(
        "",
        [
            words("Margin"),
            words("Category"),
            words("Asked"),
            words("Before"),
            words("Met"),
            words("Deviation"),
        ],
        [
            (
                line.margin,
                line.category,
                f"{line.asked:,.0f}",
                f"{line.before:,.0f}",
                f"{line.met:,.0f}",
                f"{line.deviation:.4%}",
            )
            for line in report.lines
        ],
        numeric=(2, 3, 4, 5),
    )
    typer.echo()
    print_table(
        "",
        [
            words("Weights"),
            words("Rows"),
            words("Sum"),
            words("Effective rows"),
            words("Design effect"),
        ],
        [
            (
                name,
                f"{spread.rows:,}",
                f"{spread.total:,.0f}",
                f"{spread.effective:,.0f}",
                f"{spread.design_effect:.3f}",
            )
            for name, spread in ((words("Before"), report.before), (words("After"), report.after))
        ],
        numeric=(1, 2, 3, 4),
    )
    ratios = dict(report.ratios)
    typer.echo(
        words(
            "Ratio of new to old weight: {least} to {largest}, half of them {lower} to {upper}",
            least=f"{ratios[0.0]:.3f}",
            largest=f"{ratios[1.0]:.3f}",
            lower=f"{ratios[0.25]:.3f}",
            upper=f"{ratios[0.75]:.3f}",
        )
    )
    typer.echo()
