"""``donghaeng policy solve``: the value of a parameter that meets a budget or a target of poverty."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from donghaeng.language import Words
from donghaeng.rules import BadInput

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
    from donghaeng.policy.reform_files import Reform, SolveFor
    from donghaeng.policy.solve import Solution, Tried


def solve(
    file: Annotated[
        Path, typer.Argument(help="A reform (YAML); its `solve` block asks if no option does.")
    ],
    population: PopulationFolder,
    date: Date = "",
    parameter: Annotated[str, typer.Option("--parameter", help="The parameter to find.")] = "",
    between: Annotated[
        tuple[str, str] | None, typer.Option("--between", help="Both ends of where to look.")
    ] = None,
    digits: Annotated[
        int | None, typer.Option("--digits", help="Decimal places of a rate in per cent.")
    ] = None,
    budget: Annotated[
        int | None, typer.Option("--budget", help="Net cost of at most so many won a month.")
    ] = None,
    cost_of: Annotated[
        Path | None, typer.Option("--cost-of", help="Net cost of at most that of this reform.")
    ] = None,
    poverty_rate: Annotated[
        str | None, typer.Option("--poverty-rate", help="A poverty rate of at most this, as 10%.")
    ] = None,
    poverty_gap: Annotated[
        str | None, typer.Option("--poverty-gap", help="A poverty gap of at most this, as 2.5%.")
    ] = None,
    law: LawFile = None,
    assume: Overlay = None,
    take_up: TakeUpFile = EVERYONE,
    form: KernelForm = Kernels.AUTO,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
) -> None:
    """Find the value of one parameter at which a reform meets a target.

    The range is scanned first: a target that no value meets, or that is passed several times, is said to be so.

    Example: donghaeng policy solve safety_income_85.yaml --population seoul --date 2024-07
    --parameter safety_income_line_ratio --between 50% 100% --budget 300000000000
    """
    from donghaeng.policy.reform_files import read_reform
    from donghaeng.policy.solve import resolved
    from donghaeng.population.store import Population

    reform = read_reform(file)
    targets: dict[str, Any] = {
        "budget": budget,
        "cost_of": None if cost_of is None else str(cost_of.resolve()),
        "poverty_rate": poverty_rate,
        "poverty_gap": poverty_gap,
    }
    asked = _asked(reform, file, parameter, between, digits, targets)
    people = Population.open(population)
    before = baseline_of(date, law, assume, take_up)
    question = reform.model_copy(update={"solve": asked})
    _, found = resolved(question, file, people, before, form=form.value)
    assert found is not None
    if format is Format.JSON:
        print_json(found.as_json())
        return
    _print(found, Words(lang.value))


def _asked(
    reform: Reform,
    file: Path,
    parameter: str,
    between: tuple[str, str] | None,
    digits: int | None,
    targets: dict[str, Any],
) -> SolveFor:
    """What the options ask, each in place of what the file asks."""
    from pydantic import ValidationError

    from donghaeng.evidence.input_files import first_fault
    from donghaeng.policy.reform_files import SolveFor

    content = {} if reform.solve is None else reform.solve.model_dump(exclude_none=True)
    content |= {
        name: value
        for name, value in (("parameter", parameter), ("between", between), ("digits", digits))
        if value not in ("", None)
    }
    if any(value is not None for value in targets.values()):
        content = {name: value for name, value in content.items() if name not in targets}
        content |= {name: value for name, value in targets.items() if value is not None}
    for name, option in (("parameter", "--parameter NAME"), ("between", "--between LOW HIGH")):
        if name not in content:
            raise BadInput("is not stated", file=str(file), field=f"solve.{name}", remedy=option)
    try:
        return SolveFor.model_validate(content)
    except ValidationError as error:
        raise first_fault(error, SolveFor, content, "solve") from None


def _print(found: Solution, words: Words) -> None:
    from donghaeng.policy.frontier.report import figure_text
    from donghaeng.policy.sweep import Figure

    name, target = words.label(found.parameter.label), found.target

    def figure(value: float) -> str:
        if target.figure is Figure.COST:
            return f"{value:,.0f}"
        return figure_text(target.figure, value, words)

    typer.echo(words.label(found.reform))
    typer.echo(words(found.label))
    of = "" if target.of is None else f" ({words.label(target.of)})"
    rows = [
        (words("Parameter"), f"{name} ({found.parameter.name})"),
        (words("Solution"), _value(found.inside)),
        (words(target.figure.label), figure(found.inside.figure.value)),
        (words("Target, at most"), figure(target.value) + of),
        (words("Difference"), figure(found.difference)),
    ]
    if found.inside.figure.standard_error is not None:
        rows.insert(3, (words("Standard error"), figure(found.inside.figure.standard_error)))
    if found.outside is not None:
        beyond = f"{_value(found.outside)}: {figure(found.outside.figure.value)}"
        rows.append((words("The next value no longer meets it"), beyond))
    print_table("", [words("What"), words("Value")], rows)
    typer.echo(
        words(
            "{count} values were computed; the target is passed once among them.",
            count=len(found.scanned),
        )
    )


def _value(tried: Tried) -> str:
    from donghaeng.policy.sweep import written

    value = written(tried.value)
    return f"{value:,}" if isinstance(value, int) else value
