"""``donghaeng index plan`` and ``priorities``: the plan cycle of the ordinance, from a register of programmes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from donghaeng.language import LANGUAGES, Words
from donghaeng.rules.faults import BadInput, nearest

from ..options import Form, Format, Lang, Language
from ..output import write_whole
from ..reports import give_report
from .common import File, open_build

if TYPE_CHECKING:
    from donghaeng.index.framework.index_file import Index
    from donghaeng.index.plan.criteria import Criterion
    from donghaeng.index.plan.decisions import Decisions
    from donghaeng.index.plan.register import Register

RegisterFile = Annotated[
    Path | None, typer.Option("--register", help="Programmes; that of the index if left out.")
]
Document = Annotated[
    Path | None, typer.Option("--out", "-o", help="A document: .html, .pdf, .docx or .xlsx.")
]
Year = Annotated[str, typer.Option("--year", help="Of budgets and of the people concerned.")]


def plan(
    file: File,
    year: Year,
    register: RegisterFile = None,
    out: Document = None,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
) -> None:
    """The action plan of a year: plan, action, indicator, target, budget, with gaps as gaps.

    Example: donghaeng index plan examples/index/seoul/index.yaml --year 2025 --out plan.docx
    """
    from donghaeng.index.framework import read_index
    from donghaeng.index.panel import read_panel
    from donghaeng.index.plan.action_plan import action_plan
    from donghaeng.index.plan.plan_json import plan_json
    from donghaeng.index.plan.plan_report import plan_report

    index = read_index(file)
    found = action_plan(
        index, _register(file, register, index), _checked(year), read_panel(index, file.parent)
    )
    said = plan_json(found) if format is Format.JSON else None
    give_report(plan_report(found, lang.value), out, said)


def priorities(
    file: File,
    year: Year,
    register: RegisterFile = None,
    unit: Annotated[str, typer.Option("--unit", help="Which unit; the only one if left out.")] = "",
    period: Annotated[str, typer.Option("--period", help="The latest if left out.")] = "",
    weight: Annotated[
        list[str] | None,
        typer.Option("--weight", help="need=2, reach=1, cost=1, evidence=1; 1 if left out."),
    ] = None,
    decisions: Annotated[
        Path | None, typer.Option("--decisions", help="The record of the committee.")
    ] = None,
    last: Annotated[
        str, typer.Option("--last", help="The hash of the record that was published last.")
    ] = "",
    seal: Annotated[
        bool, typer.Option("--seal", help="Write hashes on the new entries of the record.")
    ] = False,
    out: Document = None,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
) -> None:
    """Propose an order of programmes, with reasons, beside what the committee decided.

    Example: donghaeng index priorities examples/index/seoul/index.yaml --year 2025 --weight need=2
    """
    from donghaeng.index.plan.plan_json import priorities_json
    from donghaeng.index.plan.priorities import priorities as order
    from donghaeng.index.plan.priorities_report import priorities_report
    from donghaeng.index.whatif.moves import place_of

    built = open_build(file)
    record = _record(decisions, last, seal)
    row = place_of(built.index, built.panel, unit or None, period or None)
    programmes = _register(file, register, built.index)
    found = order(built, programmes, _checked(year), row, _weights(weight), record)
    if seal and record is not None and decisions is not None:
        from donghaeng.index.plan.decisions import decisions_text

        write_whole(decisions, decisions_text(record))
    said = None
    if format is Format.JSON:
        said = priorities_json(found, {each: Words(each) for each in LANGUAGES})
    give_report(priorities_report(found, lang.value), out, said)


def _record(file: Path | None, last: str, seal: bool) -> Decisions | None:
    from donghaeng.index.plan.decisions import read_decisions

    if file is None:
        if last or seal:
            raise BadInput("there is no record to look at", remedy="--decisions decisions.yaml")
        return None
    record = read_decisions(file, last or None)
    return record.sealed() if seal else record


def _weights(typed: list[str] | None) -> dict[Criterion, float]:
    from donghaeng.index.plan.criteria import Criterion

    weights = dict.fromkeys(Criterion, 1.0)
    for text in typed or ():
        name, _, number = text.partition("=")
        if name not in list(Criterion):
            known = [each.value for each in Criterion]
            remedy = nearest(name, known) or f"one of {', '.join(known)}"
            raise BadInput(f"no criterion {name!r}", field="--weight", remedy=remedy)
        try:
            weights[Criterion(name)] = float(number)
        except ValueError:
            weights[Criterion(name)] = -1.0
        if not 0 <= weights[Criterion(name)] < float("inf"):
            raise BadInput(f"{text!r} is no weight", field="--weight", remedy=f"{name}=2")
    return weights


def _checked(year: str) -> str:
    if len(year) != 4 or not year.isascii() or not year.isdigit():
        raise BadInput(f"{year!r} is no year", field="--year", remedy="2026")
    return year


def _register(file: Path, named: Path | None, index: Index) -> Register:
    """The register that was named, or that of the index.

    Raises:
        BadInput: where there is none.
    """
    from donghaeng.index.plan.register import read_register

    if named is None and index.programmes is None:
        raise BadInput("names no register", file=str(file), field="programmes", remedy="--register")
    return read_register(named or file.parent / str(index.programmes), index)
