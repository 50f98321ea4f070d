"""``donghaeng policy labour``: rungs of labour supply side by side on one reform."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from donghaeng.language import Words
from donghaeng.rules import BadInput

from ..documents import print_document
from ..options import Date, Form, Format, Lang, Language, LawFile
from ..output import print_json
from .rungs import NotKnown, read_rungs, treatment
from .simulate import (
    EVERYONE,
    Income,
    KernelForm,
    Kernels,
    Overlay,
    PopulationFolder,
    ReformFile,
    Scheduler,
    TakeUpFile,
    Workers,
    ask,
    bar,
    executors_of,
    refuse_results,
    run_folder,
)


class ToPilot(StrEnum):
    """Which elasticity of participation is found."""

    PARTICIPATION = "participation"
    INCOME = "income"


def labour(
    reform: ReformFile,
    population: PopulationFolder,
    rung: Annotated[
        list[str] | None,
        typer.Option("--rung", help="A rung that ships, or a settings file; may be repeated."),
    ] = None,
    date: Date = "",
    to_pilot: Annotated[
        ToPilot | None,
        typer.Option(
            "--calibrate-to-pilot",
            help="Also with this elasticity of participation such that heads work less as in the pilot.",
        ),
    ] = None,
    not_known: NotKnown = None,
    draws: Annotated[
        int, typer.Option("--draws", min=40, help="Draws of uncertain parameters.")
    ] = 100,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Of the draws.")] = 1,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The folder to write: JSON and reports.")
    ] = None,
    law: LawFile = None,
    assume: Overlay = None,
    take_up: TakeUpFile = EVERYONE,
    income: Income = "",
    workers: Workers = None,
    scheduler: Scheduler = "",
    form: KernelForm = Kernels.AUTO,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace the results of an earlier simulation.")
    ] = False,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
) -> None:
    """Put rungs of labour supply side by side: work, earnings, cost, poverty and inequality under each.

    No rung is taken for granted. This is a simulation.

    Example: donghaeng policy labour safety_income_85.yaml --population seoul --date 2024-07
    --rung none --rung participation --rung pilot
    """
    from donghaeng.policy.behaviour import behave
    from donghaeng.policy.behaviour.files import DATA, behaviour_document, behaviour_files
    from donghaeng.policy.labour import Calibrates
    from donghaeng.sources.whole_folders import write_folder

    words = Words(lang.value)
    rungs = read_rungs(rung, "--rung")
    question = ask(reform, population, date, law, assume, take_up, income, form)
    if out is None and scheduler:
        raise BadInput("needs a folder that its workers see", field="--scheduler", remedy="-o OUT")
    if out is not None:
        refuse_results(out, DATA, replace)
    with run_folder(out, words) as folder, bar(words("Partitions")) as told:
        found = behave(
            question,
            rungs,
            folder,
            executors=executors_of(question, workers, scheduler),
            progress=told,
            to_pilot=None if to_pilot is None else Calibrates(to_pilot.value),
            not_known=treatment(not_known),
            seed=seed,
            count=draws,
        )
        if out is not None:
            write_folder(out, {**behaviour_files(found)}, mark=DATA)
    if format is Format.JSON:
        print_json(found.as_json())
        return
    print_document(behaviour_document(found, lang.value, pictures=False))
    if out is not None:
        typer.echo(words("Written: {file}", file=out))
