"""``donghaeng policy calibrate-take-up``: take-up that meets a stated caseload, or recorded receipt."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from donghaeng.language import Words
from donghaeng.rules import BadInput

from ..options import Date, Form, Format, Lang, Language, LawFile
from ..output import print_json, print_table, write_whole
from .simulate import KernelForm, Kernels, Overlay

if TYPE_CHECKING:
    from donghaeng.policy.entitlements import Entitlements
    from donghaeng.policy.take_up import Model, TakeUp


class Found(StrEnum):
    """What is found from a caseload."""

    COST = "cost"
    INFORMATION = "information"


def calibrate_take_up(
    population: Annotated[Path, typer.Argument(help="A stored population.")],
    settings: Annotated[Path, typer.Argument(help="Settings of take-up (YAML) to start from.")],
    benefit: Annotated[str, typer.Option("--benefit", help="As the law names it.")],
    date: Date = "",
    caseload: Annotated[
        float | None,
        typer.Option("--caseload", min=0, help="How many receive: households, or persons."),
    ] = None,
    source: Annotated[
        str, typer.Option("--source", help="Where the caseload comes from; it stands in the file.")
    ] = "",
    parameter: Annotated[
        Found, typer.Option("--parameter", help="What is found from the caseload.")
    ] = Found.COST,
    fit: Annotated[
        bool, typer.Option("--fit", help="Estimate cost and spread from recorded receipt instead.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The settings file to write.")
    ] = None,
    law: LawFile = None,
    assume: Overlay = None,
    form: KernelForm = Kernels.AUTO,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
) -> None:
    """Find the cost of claiming (or the information) at which a stated number of households claims.

    Entitlements are computed from the population; other benefits are claimed as the settings say.

    Example: donghaeng policy calibrate-take-up seoul take_up.yaml --date 2024-07
    --benefit livelihood_benefit --caseload 270000 --source "city, 2024" -o calibrated.yaml
    """
    from donghaeng.policy.entitlements import (
        calibrated_take_up,
        entitlements,
        fitted_take_up,
        model_of,
    )
    from donghaeng.policy.question import WORTH_COMPILING
    from donghaeng.policy.take_up import read_take_up, take_up_text
    from donghaeng.population.store import Population

    from .simulate import baseline_of

    if fit == (caseload is not None):
        raise BadInput(
            "either a caseload or recorded receipt tells it",
            field="--caseload",
            remedy="--caseload N, or --fit",
        )
    if caseload is not None and not source.strip():
        raise BadInput("where the caseload comes from is not said", field="--source")
    people, stated = Population.open(population), read_take_up(settings)
    scenario = baseline_of(date, law, assume, str(settings))
    compiled = form is Kernels.AUTO and people.households >= WORTH_COMPILING
    due = entitlements(
        people,
        scenario,
        benefit,
        "numba" if compiled or form is Kernels.NUMBA else "numpy",
    )
    words = Words(lang.value)
    kind = "simulation (synthetic)" if people.manifest.synthetic else "simulation"
    before = model_of(stated, due)
    lines: list[tuple[str, str]]
    refused = ""
    if caseload is not None:
        changed, found = calibrated_take_up(stated, due, caseload, parameter.value, source)
        after = found.model
        low, high = found.reachable
        lines = [
            (words("Caseload asked"), f"{caseload:,.0f}"),
            (words("Caseloads that can be reached"), f"{low:,.0f} – {high:,.0f}"),
        ]
    else:
        changed, estimate, after = fitted_take_up(
            stated, due, f"receipt recorded in {people.manifest.title}"
        )
        lines = [
            (words("Standard error of the cost"), f"{estimate.cost_error:,.0f}"),
            (words("Standard error of the spread"), f"{estimate.spread_error:.3f}"),
            (words("Entitled in the data"), f"{estimate.rows:,}"),
        ]
        if not estimate.rises:
            refused = words(
                "Receipt is not sure to rise with the amount (slope {slope}, standard error {error}), so that no "
                "cost of claiming follows from it: nothing is written.",
                slope=f"{estimate.slope:.3g}",
                error=f"{estimate.standard_errors[1]:.2g}",
            )
    if out is not None and not refused:
        write_whole(out, take_up_text(changed))
    if format is Format.JSON:
        content = _content(due, before, after, changed)
        print_json({"kind": kind, **content, "refused": refused or None})
        _refuse(refused)
        return
    title = words("Claims of {benefit}", benefit=due.benefit)
    _print(words("{title} — {label}", title=title, label=words(kind)), due, (before, after), words)
    print_table("", [words("What"), words("Value")], [*_people(due, words), *lines])
    _refuse(refused)
    if out is not None:
        typer.echo(words("Written: {file}", file=out))


def _refuse(reason: str) -> None:
    """End with the reason, in one line, where an estimate is not to be used."""
    if reason:
        typer.echo(f"donghaeng: {reason}", err=True)
        raise typer.Exit(1)


def _expected(due: Entitlements, model: Model) -> float:
    from donghaeng.policy.take_up import probability

    return float(due.weight @ probability(model, due.amount))


def _content(due: Entitlements, before: Model, after: Model, changed: TakeUp) -> dict[str, object]:
    return {
        "benefit": due.benefit,
        "entitled": due.entitled,
        "not_known": {"rows": due.left_out[0], "weight": due.left_out[1]},
        "claimed_before": _expected(due, before),
        "claimed_after": _expected(due, after),
        "before": before.model_dump(mode="json", exclude_defaults=True),
        "after": after.model_dump(mode="json", exclude_defaults=True),
        "settings": changed.model_dump(mode="json", exclude_defaults=True),
    }


def _print(title: str, due: Entitlements, models: tuple[Model, Model], words: Words) -> None:
    """Both models, and how many are expected to claim under each."""
    rows = [
        (words("Claims, expected"), *(f"{_expected(due, each):,.0f}" for each in models)),
        (words("Cost of claiming (won)"), *(f"{each.cost.value:,.0f}" for each in models)),
        (words("Spread of its logarithm"), *(f"{each.spread.value:.3f}" for each in models)),
        (words("Who know of it"), *(f"{each.information.value:.3f}" for each in models)),
    ]
    print_table(title, [words("Figure"), words("Before"), words("After")], rows, numeric=(1, 2))


def _people(due: Entitlements, words: Words) -> list[tuple[str, str]]:
    """Who is entitled, and of whom it is not known."""
    rows, weight = due.left_out
    return [
        (words("Entitled"), f"{due.entitled:,.0f}"),
        (
            words("Not known, left out"),
            words("{rows} rows, {weight}", rows=rows, weight=f"{weight:,.0f}"),
        ),
    ]
