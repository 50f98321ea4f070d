"""``donghaeng index whatif``: what the rule of the index gives if figures were others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from donghaeng.language import LANGUAGES, Words
from donghaeng.rules.faults import BadInput

from ..options import Form, Format, Lang, Language
from ..reports import give_report
from .common import File, open_build

if TYPE_CHECKING:
    from donghaeng.index.chain import Build
    from donghaeng.index.plan.register import Register
    from donghaeng.index.whatif.answer import Answer
    from donghaeng.index.whatif.changes import Changes
    from donghaeng.index.whatif.least_change import Aim
    from donghaeng.index.whatif.recomputing import Basis


def whatif(
    file: File,
    changes: Annotated[
        Path | None, typer.Argument(help="Changes, responses and simulations (YAML or JSON).")
    ] = None,
    change: Annotated[
        list[str] | None,
        typer.Option("--change", help="CODE=+5%, CODE=+10 or CODE=300; may be repeated."),
    ] = None,
    unit: Annotated[str, typer.Option("--unit", help="Which unit; the only one if left out.")] = "",
    period: Annotated[str, typer.Option("--period", help="The latest if left out.")] = "",
    target: Annotated[
        str, typer.Option("--target", help="NODE=135: the least change that reaches it.")
    ] = "",
    budget: Annotated[
        int | None, typer.Option("--budget", help="Whole won: their best use by the responses.")
    ] = None,
    gradients: Annotated[
        bool, typer.Option("--gradients", help="What moves the index by how much.")
    ] = False,
    basis: Annotated[
        str,
        typer.Option("--basis", help="held or re_estimated, for gradients, targets and budgets."),
    ] = "held",
    register: Annotated[
        Path | None, typer.Option("--register", help="Programmes; that of the index if left out.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="A document: .html, .pdf, .docx or .xlsx.")
    ] = None,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
) -> None:
    """Change figures of an index, or the money of programmes, and see what its rule gives.

    This is arithmetic, not a causal effect. Without a change, target or budget the gradients are shown.

    Example: donghaeng index whatif examples/index/seoul/index.yaml --change education=+10
    """
    from donghaeng.index.whatif.answer import ARITHMETIC, as_json
    from donghaeng.index.whatif.answer_report import answer_report

    built = open_build(file)
    programmes = _register(file, register, built)
    asked = _changes(changes, change, unit, period, programmes)
    folder = (changes or file).parent
    answer = _answer(built, asked, programmes, folder, target, budget, gradients, basis)
    said = None
    if format is Format.JSON:
        said = as_json(answer, {each: Words(each)(ARITHMETIC) for each in LANGUAGES})
    give_report(answer_report(answer, lang.value), out, said)


def _answer(
    built: Build,
    asked: Changes,
    programmes: Register | None,
    folder: Path,
    target: str,
    budget: int | None,
    gradients: bool,
    basis: str,
) -> Answer:
    """Everything that was asked for."""
    from donghaeng.index.whatif.answer import Answer
    from donghaeng.index.whatif.budget import best_use, spending_of
    from donghaeng.index.whatif.effect import effect_of
    from donghaeng.index.whatif.gradients import gradients as slopes
    from donghaeng.index.whatif.least_change import least_changes
    from donghaeng.index.whatif.moves import moves_of, place_of
    from donghaeng.index.whatif.recomputing import Basis

    if basis not in list(Basis):
        raise BadInput(f"no basis {basis!r}", field="--basis", remedy="held or re_estimated")
    how, top = Basis(basis), built.index.top
    moves = moves_of(asked, built.index, built.panel, programmes, folder)
    if moves and asked.unit is None and asked.period is None:
        row = moves[0].row
    else:
        row = place_of(built.index, built.panel, asked.unit, asked.period)
    answer = Answer(built, row, how)
    if moves:
        answer = replace(answer, effect=effect_of(built, moves))
    if target:
        aim = _aim(target, built, row, how)
        answer = replace(answer, aim=aim, least=tuple(least_changes(aim)))
    if budget is not None:
        spending = spending_of(built, asked, row, top, how)
        answer = replace(answer, best=best_use(spending, budget), spending=spending)
    if gradients or not (moves or target or budget is not None):
        answer = replace(answer, gradients=slopes(built, row, top, how))
    return answer


def _aim(text: str, built: Build, row: int, basis: Basis) -> Aim:
    """NODE=135."""
    from donghaeng.index.whatif.least_change import Aim

    node, _, number = text.partition("=")
    try:
        score = float(number)
    except ValueError:
        score = float("nan")
    if not abs(score) < float("inf"):
        raise BadInput(f"{text!r} is no target", field="--target", remedy=f"{built.index.top}=135")
    built.tree.place(node)
    return Aim(built, row, node, score, basis)


def _changes(
    file: Path | None,
    typed: list[str] | None,
    unit: str,
    period: str,
    programmes: Register | None,
) -> Changes:
    """The changes of the file and those that were typed; a unit and period that were typed go first."""
    from donghaeng.index.whatif.changes import Changes, parse_change, read_changes

    asked = Changes() if file is None else read_changes(file)
    known = frozenset(() if programmes is None else programmes.programmes)
    also = tuple(parse_change(text, known) for text in typed or ())
    return asked.model_copy(
        update={
            "changes": (*asked.changes, *also),
            "unit": unit or asked.unit,
            "period": period or asked.period,
        }
    )


def _register(file: Path, named: Path | None, built: Build) -> Register | None:
    """The register that was named, or that of the index."""
    from donghaeng.index.plan.register import read_register

    if named is not None:
        return read_register(named, built.index)
    own = built.index.programmes
    return None if own is None else read_register(file.parent / own, built.index)
