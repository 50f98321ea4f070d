"""``donghaeng household curve``: what changes as one person earns more, and where it jumps."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from donghaeng.language import Words, number_text
from donghaeng.rules import Law
from donghaeng.rules.terms import Kind

from ..options import Date, Form, Format, Lang, Language, LawFile, Reforms, Regimes, open_law, split
from ..output import print_json, print_table, write_whole
from .common import Chosen, File, choose, header
from .compare import signed


def curve(
    file: File,
    date: Date,
    household: Chosen = "",
    person: Annotated[
        str, typer.Option("--person", help="Id of the person whose earnings change.")
    ] = "",
    start: Annotated[int, typer.Option("--from", help="First level of earnings, won a month.")] = 0,
    stop: Annotated[
        int, typer.Option("--to", help="Last level of earnings, won a month.")
    ] = 5_000_000,
    step: Annotated[int, typer.Option("--step", help="Step of earnings, won a month.")] = 100_000,
    svg: Annotated[
        Path | None, typer.Option("--svg", help="Also write the chart to this file.")
    ] = None,
    regime: Regimes = None,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
    law: LawFile = None,
    reform: Reforms = None,
) -> None:
    """Follow benefits, disposable income and tax rates on work as one person earns more.

    Example: donghaeng household curve examples/households.yaml --date 2024-07 --svg curve.svg
    """
    from donghaeng.household import read_households
    from donghaeng.household.curve import curve as compute
    from donghaeng.household.sections import regime_text

    opened = open_law(date, law, reform)
    chosen = choose(read_households(opened, file), household)
    found = compute(
        opened, chosen, person=person, start=start, stop=stop, step=step, regimes=split(regime)
    )
    if svg is not None:
        write_whole(svg, _chart(found, opened, Words(lang.value)))
    if format is Format.JSON:
        from dataclasses import asdict

        print_json(header(opened) | asdict(found))
        return
    words = Words(lang.value)
    typer.echo(
        words(
            "Disposable income of {id} as {person} earns more, won a month ({day})",
            id=found.household,
            person=found.person,
            day=opened.day.isoformat(),
        )
    )
    _print_amounts(found, words)
    _print_rates(found, words)
    _print_notches(found, opened, words)
    for name, regimes in found.regimes.items():
        typer.echo(
            words(
                "Open: {name} ({regimes})",
                name=words.label(opened.parameters[name].label),
                regimes=", ".join(regime_text(opened, word, words) for word in regimes),
            )
        )


def _print_amounts(found: Any, words: Words) -> None:
    """Each benefit that comes to something, contributions and disposable income, by earnings."""
    paid = [
        name
        for name in found.labels
        if any(point.benefits[name].highest > 0 for point in found.points)
    ]
    columns = [
        words("Earnings"),
        *(words.label(found.labels[name]) for name in paid),
        words("Contributions"),
        words("Present system"),
        words("With the pilot"),
    ]
    rows = [
        (
            number_text(point.earnings),
            *(_range(point.benefits[name], number_text) for name in paid),
            number_text(point.contributions),
            number_text(point.present),
            _range(point.with_safety_income, number_text),
        )
        for point in found.points
    ]
    print_table("", columns, rows, numeric=range(len(columns)))
    typer.echo("")


def _print_notches(found: Any, law: Law, words: Words) -> None:
    """Where one won more makes disposable income jump, and what makes it."""
    from donghaeng.household.sections import regime_text

    typer.echo("")
    if not found.notches:
        typer.echo(words("No won more of earnings makes disposable income jump."))
        return
    systems = {"present": words("Present system"), "pilot": words("With the pilot")}
    rows = [
        (
            number_text(notch.earnings),
            systems[notch.system]
            + "".join(f", {regime_text(law, word, words)}" for word in notch.regimes),
            signed(notch.change) if notch.change else "",
            "; ".join(_cause(cause, law, words) for cause in notch.causes),
            "; ".join(dict.fromkeys(cause.citation for cause in notch.causes)),
        )
        for notch in found.notches
    ]
    columns = [
        words("One won above"),
        words("System"),
        words("Change"),
        words("What changes"),
        words("Basis"),
    ]
    print_table("", columns, rows, numeric=[0, 2])


def _cause(cause: Any, law: Law, words: Words) -> str:
    """An amount with its change, or an entitlement that begins or ends."""
    label = words.label(cause.label)
    if law.rules[cause.name].kind is Kind.FLAG:
        return words("{label} begins" if cause.change > 0 else "{label} ends", label=label)
    return f"{label} {signed(cause.change)}"


def _print_rates(found: Any, words: Words) -> None:
    """What a further step of earnings, and all earnings, take away."""
    columns = [
        words("Earnings"),
        words("Marginal rate, present"),
        words("Marginal rate, pilot"),
        words("Participation rate, present"),
        words("Participation rate, pilot"),
    ]
    rows = [
        (
            number_text(point.earnings),
            _percent(point.present_marginal),
            _range(point.safety_marginal, _percent),
            _percent(point.present_participation),
            _range(point.safety_participation, _percent),
        )
        for point in found.points
    ]
    print_table("", columns, rows, numeric=range(len(columns)))


def _chart(found: Any, law: Law, words: Words) -> str:
    """Disposable income and marginal rates of both systems, one below the other."""
    from donghaeng.charts.lines import Panel, Series, lines_svg

    points = found.points
    rated = [point for point in points if point.present_marginal is not None]
    first, last = points[0], points[-1]
    has_pilot = first.with_safety_income is not None
    present, pilot = words("Present system"), words("With the pilot")
    income = Panel(
        words("Disposable income (won a month)"),
        (
            Series(present, tuple((p.earnings, p.present, p.present) for p in points)),
            Series(
                pilot,
                tuple(
                    (p.earnings, p.with_safety_income.lowest, p.with_safety_income.highest)
                    for p in points
                    if has_pilot
                ),
            ),
        )[: 1 + has_pilot],
    )
    marginal = Panel(
        words("Share of the next step that is lost"),
        (
            Series(
                present, tuple((p.earnings, p.present_marginal, p.present_marginal) for p in rated)
            ),
            Series(
                pilot,
                tuple(
                    (p.earnings, p.safety_marginal.lowest, p.safety_marginal.highest)
                    for p in rated
                    if has_pilot
                ),
            ),
        )[: 1 + has_pilot],
        percent=True,
    )
    told = "From {start} to {stop} won of earnings a month, disposable income goes from {a} to {b} won."
    if has_pilot:
        told = (
            "From {start} to {stop} won of earnings a month, disposable income goes from {a} to {b} won under "
            "the present system and from {c} to {d} won with the pilot. A band shows readings of the law that "
            "are open."
        )
    description = words(
        told,
        start=number_text(first.earnings),
        stop=number_text(last.earnings),
        a=number_text(first.present),
        b=number_text(last.present),
        c=_range(first.with_safety_income, number_text),
        d=_range(last.with_safety_income, number_text),
    )
    title = words(
        "Disposable income of {id} as {person} earns more, won a month ({day})",
        id=found.household,
        person=found.person,
        day=law.day.isoformat(),
    )
    return lines_svg(title, description, words("Earnings (won a month)"), (income, marginal))


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value * 100:.0f}%"


def _range(bounds: Any, spell: Any) -> str:
    if bounds is None:  # there is no pilot, or no step to measure
        return ""
    low, high = spell(bounds.lowest), spell(bounds.highest)
    return low if low == high else f"{low} – {high}"
