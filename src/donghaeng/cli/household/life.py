"""``donghaeng household life``: a household through months, and what changes when."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from donghaeng.language import Words
from donghaeng.rules.terms import Role

from ..options import (
    Form,
    Format,
    Lang,
    Language,
    LawFile,
    Reforms,
    Regimes,
    open_law,
    split,
    with_choices,
)
from ..output import print_json, print_table, progress
from .compare import signed

TOLD = (Role.BENEFIT, Role.CONTRIBUTION)


def life(
    file: Annotated[str, typer.Argument(help="Life file: a household as it begins, and events.")],
    regime: Regimes = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also incomes, lines and every total.")
    ] = False,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
    law: LawFile = None,
    reform: Reforms = None,
) -> None:
    """Follow a household through months: births, jobs, birthdays, moves, and new amounts of the law.

    Example: donghaeng household life examples/life.yaml
    """
    from donghaeng.household.earnings import DISPOSABLE
    from donghaeng.household.life import follow
    from donghaeng.household.life_files import read_life

    told = read_life(Path(file))
    words = Words(lang.value)
    opened = open_law(told.first.isoformat(), law, reform)
    steps = follow(told, lambda day: with_choices(opened.book.on(day), opened), split(regime))
    course = list(progress(steps, words("Months"), told.months))
    if format is Format.JSON:
        print_json(
            {
                "household": str(told.household.get("id", "")),
                "months": [
                    {"month": f"{month.day:%Y-%m}", "law": month.law.hash}
                    | {key: month.answer.as_json()[key] for key in ("amounts", "yearly", "total")}
                    for month, _ in course
                ],
                "changes": [_change(change) for _, changes in course for change in changes],
            }
        )
        return
    first, last = course[0][0], course[-1][0]
    typer.echo(
        words(
            "Household {id}, {first} to {last} — a simulation, not a decision",
            id=first.answer.id,
            first=f"{first.day:%Y-%m}",
            last=f"{last.day:%Y-%m}",
        )
    )
    rows = [
        row
        for _, changes in course
        for change in changes
        if everything or change.amount.name == DISPOSABLE or change.rule.role in TOLD
        for row in [_row(change, words)]
    ]
    if not rows:
        typer.echo(words("Nothing changes."))
        return
    columns = [
        words("Month"),
        words("Item"),
        words("Before"),
        words("After"),
        words("Why"),
        words("Basis"),
    ]
    print_table("", columns, rows, numeric=[2, 3])


def _change(change: Any) -> dict[str, Any]:
    return {
        "month": f"{change.month:%Y-%m}",
        **asdict(change.amount),
        "difference": change.amount.difference,
        "causes": [asdict(cause) for cause in change.causes],
    }


def _row(change: Any, words: Words) -> tuple[str, ...]:
    from donghaeng.household.sections import cell

    amount, rule = change.amount, change.rule
    after = cell(amount.second, rule, words)
    if amount.difference is not None:
        after += f" ({signed(amount.difference)})"
    return (
        f"{change.month:%Y-%m}",
        words.label(amount.label),
        cell(amount.first, rule, words),
        after,
        "; ".join(dict.fromkeys(cause_text(cause, words) for cause in change.causes)),
        amount.citation,
    )


def cause_text(cause: Any, words: Words) -> str:
    """What made a result change, in words."""
    label = words.label(cause.label)
    if cause.kind == "parameter":
        return words(
            "{label}: {before} → {after}", label=label, before=cause.before, after=cause.after
        )
    if cause.kind == "birthday":
        return words("{person} is {age} years old", person=cause.person, age=cause.after)
    if cause.kind == "turning":
        return words("{person} turns {age} this month", person=cause.person, age=cause.after)
    if cause.kind == "rule":
        return words("new version of the rule: {label}", label=label)
    if cause.kind in ("begins", "ends"):
        told = (
            "new in the law: {label}"
            if cause.kind == "begins"
            else "not in the law any more: {label}"
        )
        return words(told, label=label)
    return label
