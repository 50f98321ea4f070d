"""``donghaeng household``: what a household is entitled to, why, and what changes as it earns more."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from donghaeng.language import Words, money_text, number_text
from donghaeng.rules import HouseholdFacts, Law, is_missing
from donghaeng.rules.terms import Status

from .options import (
    Date,
    Form,
    Format,
    Lang,
    Language,
    LawFile,
    Reforms,
    Regimes,
    open_law,
    require_one,
    split,
)
from .output import print_json, print_json_line, print_paragraphs, print_table, write_whole

app = typer.Typer(
    no_args_is_help=True, help="One household: its benefits, the reasons, its earnings curve."
)
File = Annotated[
    str,
    typer.Argument(
        help="Household file: .yaml, .json, .ndjson, or - for NDJSON on standard input."
    ),
]


@app.command()
def assess(
    file: File,
    date: Date,
    show: Annotated[
        list[str] | None,
        typer.Option("--show", help="Further variables to print; may be repeated."),
    ] = None,
    why: Annotated[
        list[str] | None,
        typer.Option("--why", help="Explain a variable in sentences; may be repeated."),
    ] = None,
    regime: Regimes = None,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
    law: LawFile = None,
    reform: Reforms = None,
) -> None:
    """Say what each household of a file is entitled to, and what the answer rests on.

    Example: donghaeng household assess examples/households.yaml --date 2024-07 --why safety_income
    """
    from donghaeng.household import Assessor, read_households, stream_households
    from donghaeng.household.reading import is_stream

    opened = open_law(date, law, reform)
    assessor = Assessor(opened, split(regime), split(show))
    explained = opened.require(split(why))
    if is_stream(file) and format is Format.JSON:
        for household in stream_households(opened, file):
            print_json_line(
                _header(assessor.law) | _answer(assessor, household, explained, lang.value)
            )
        return
    households = read_households(opened, file)
    answers = [_answer(assessor, household, explained, lang.value) for household in households]
    if format is Format.JSON:
        print_json(_header(assessor.law) | {"households": answers})
        return
    for household in households:
        _print(assessor, household, explained, lang.value)


def _header(law: Law) -> dict[str, Any]:
    return {"date": law.day.isoformat(), "law": law.hash}


def _answer(
    assessor: Any, household: HouseholdFacts, why: tuple[str, ...], language: str
) -> dict[str, Any]:
    answer: dict[str, Any] = assessor.answer(household).as_json()
    if why:
        answer["why"] = {name: _reasons(assessor.law, household, name, language) for name in why}
    return answer


def _reasons(law: Law, household: HouseholdFacts, name: str, language: str) -> list[dict[str, Any]]:
    """Sentences and tree of a variable, for the household or for each person."""
    from donghaeng.household.sentences import Sentences
    from donghaeng.household.trees import as_json
    from donghaeng.rules.terms import Entity

    personal = law.variables[name].entity is Entity.PERSON
    reasons = []
    for person in household.person_ids if personal else [""]:
        for words, reading in _readings(law, household, name, language):
            explanation = reading.explain(household, name, person)
            entry = {
                "sentences": Sentences(reading, language).text(explanation),
                "tree": as_json(explanation),
            }
            if person:
                entry["person"] = person
            if words:
                entry["regime"] = words
            reasons.append(entry)
    return reasons


def _readings(
    law: Law, household: HouseholdFacts, name: str, language: str
) -> list[tuple[str, Law]]:
    """The readings that differ for this variable; one where they all agree."""
    from donghaeng.household.regimes import has_default, readings

    made = readings(law, [name], has_default(law))
    if len(made) == 1 or name not in law.rules:
        return [("", made[0].law)]
    seen: dict[Any, tuple[str, Law]] = {}
    for reading in made:
        value = reading.law.evaluate(household, [name])[name]
        key = str(sorted(value.blockers)) if is_missing(value) else str(value)
        seen.setdefault(key, (" + ".join(reading.words.values()), reading.law))
    found = list(seen.values())
    return found if len(found) > 1 else [("", found[0][1])]


def _print(assessor: Any, household: HouseholdFacts, why: tuple[str, ...], language: str) -> None:
    words = Words(language)
    law, answer = assessor.law, assessor.answer(household)
    typer.echo(
        words(
            "Household {id}, {day} — a simulation, not a decision",
            id=answer.id,
            day=law.day.isoformat(),
        )
    )
    if any(each.kind == "scenario" for each in answer.assumptions):
        typer.echo(words("A scenario: the programme had ended on this day."))
    rows = []
    for shelf in (answer.amounts, answer.yearly, answer.lines, answer.flags):
        for name, value in shelf.items():
            variable = law.variables[name]
            rows.append(
                (
                    words.label(variable.label),
                    _cell(value, answer, name, variable.kind.value, words),
                    variable.citation,
                )
            )
    for person, values in answer.persons.items():
        for name, value in values.items():
            variable = law.variables[name]
            label = words("{label} of {person}", label=words.label(variable.label), person=person)
            shown = _cell(value, answer, name, variable.kind.value, words, person)
            rows.append((label, shown, variable.citation))
    print_table("", [words("Item"), words("Amount"), words("Basis")], rows, numeric=[1])
    _print_readings(answer, words)
    _print_totals(answer, words)
    _print_undetermined(law, answer, words)
    _print_assumptions(law, answer, words)
    for name in why:
        for reason in _reasons(law, household, name, language):
            title = words.label(law.variables[name].label)
            about = ", ".join(part for part in (reason.get("person"), reason.get("regime")) if part)
            typer.echo("\n" + words("Why: {label}", label=f"{title} ({about})" if about else title))
            print_paragraphs(reason["sentences"])
    typer.echo("")


def _cell(value: Any, answer: Any, name: str, kind: str, words: Words, person: str = "") -> str:
    if value is None:
        spread = next(
            (
                u.spread
                for u in answer.undetermined
                if (u.name, u.person) == (name, person) and u.spread
            ),
            None,
        )
        if spread is None:
            return words("Undetermined")
        return f"{number_text(spread.lowest)} – {money_text(spread.highest, words.language)}"
    if isinstance(value, bool):
        return words("yes") if value else words("no")
    if kind == "Money":
        return money_text(value, words.language)
    return str(value)


def _print_readings(answer: Any, words: Words) -> None:
    """Amounts that differ by how the law is read, reading by reading."""
    for item in answer.undetermined:
        if item.spread is not None:
            label = words.label(item.label)
            if item.person:
                label = words("{label} of {person}", label=label, person=item.person)
            typer.echo(words("{label}, by reading of the law:", label=label))
            for regime, value in item.spread.by_regime.items():
                typer.echo(f"  {regime}: {number_text(value)}")


def _print_totals(answer: Any, words: Words) -> None:
    if answer.present is not None:
        amount = money_text(answer.present, words.language)
        typer.echo(words("Cash benefits under the present system: {amount}", amount=amount))
    spread = answer.with_safety_income
    if spread is None or spread.lowest is None:
        return
    amount = money_text(spread.highest, words.language)
    if spread.lowest != spread.highest:
        amount = f"{number_text(spread.lowest)} – {amount}"
    typer.echo(words("Cash benefits with the pilot: {amount}", amount=amount))
    if spread.lowest != spread.highest:
        for regime, value in spread.by_regime.items():
            typer.echo(f"  {regime}: {money_text(value, words.language)}")


def _print_undetermined(law: Law, answer: Any, words: Words) -> None:
    """What cannot be said, together by what would settle it."""
    from donghaeng.household.sentences import Sentences

    sentences = Sentences(law, words.language)
    by_blockers: dict[tuple[str, ...], list[str]] = {}
    for item in answer.undetermined:
        if item.spread is None:
            by_blockers.setdefault(item.blocked_by, []).append(words.label(item.label))
    for blocked_by, labels in by_blockers.items():
        blockers = ", ".join(sentences.blocker(blocker) for blocker in blocked_by)
        listed = ", ".join(dict.fromkeys(labels))
        typer.echo(
            words("Undetermined for want of {blockers}: {labels}", blockers=blockers, labels=listed)
        )


def _print_assumptions(law: Law, answer: Any, words: Words) -> None:
    """Defaults by their value, then parameters by their status."""
    from donghaeng.household.sentences import Sentences

    sentences = Sentences(law, words.language)
    defaults: dict[str, list[str]] = {}
    for each in answer.assumptions:
        if each.kind == "default":
            fact = law.facts[each.name]
            defaults.setdefault(sentences.value(fact.default, fact), []).append(
                words.label(each.label)
            )
    if defaults:
        typer.echo(words("Not said, so taken as usual:"))
        for value, labels in defaults.items():
            typer.echo(f"  {value}: {', '.join(dict.fromkeys(labels))}")
    statuses: dict[str, list[str]] = {}
    for each in answer.assumptions:
        if each.kind in ("parameter", "regime"):
            status = sentences.status(Status(each.status))
            statuses.setdefault(status, []).append(f"{words.label(each.label)} {each.value}")
    if statuses:
        typer.echo(words("Rests on values that are not official:"))
        for status, numbers in statuses.items():
            typer.echo(f"  {status}: {', '.join(dict.fromkeys(numbers))}")


@app.command()
def curve(
    file: File,
    date: Date,
    household: Annotated[
        str, typer.Option("--household", help="Id, where the file holds several.")
    ] = "",
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

    opened = open_law(date, law, reform)
    households = {each.id: each for each in read_households(opened, file)}
    chosen = households[require_one(list(households), household, "household")]
    found = compute(
        opened, chosen, person=person, start=start, stop=stop, step=step, regimes=split(regime)
    )
    if svg is not None:
        write_whole(svg, _chart(found, opened, Words(lang.value)))
    if format is Format.JSON:
        from dataclasses import asdict

        print_json(_header(opened) | asdict(found))
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
    for name, regimes in found.regimes.items():
        typer.echo(
            words(
                "Open: {name} ({regimes})",
                name=words.label(opened.parameters[name].label),
                regimes=", ".join(regimes),
            )
        )


def _print_amounts(found: Any, words: Words) -> None:
    """Each benefit and disposable income, by earnings."""
    benefits = [words.label(label) for label in found.labels.values()]
    columns = [words("Earnings"), *benefits, words("Present system"), words("With the pilot")]
    rows = [
        (
            number_text(point.earnings),
            *(_range(point.benefits[name], number_text) for name in found.labels),
            number_text(point.present),
            _range(point.with_safety_income, number_text),
        )
        for point in found.points
    ]
    print_table("", columns, rows, numeric=range(len(columns)))


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
            _range(point.safety_marginal, _percent) if point.safety_marginal else "",
            _percent(point.present_participation),
            _range(point.safety_participation, _percent) if point.safety_participation else "",
        )
        for point in found.points
    ]
    print_table("", columns, rows, numeric=range(len(columns)))


def _chart(found: Any, law: Law, words: Words) -> str:
    """Disposable income and marginal rates of both systems, one below the other."""
    from donghaeng.charts.lines import Panel, Series, lines_svg

    points = found.points
    rated = [point for point in points if point.safety_marginal is not None]
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
                ),
            ),
        ),
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
                    (p.earnings, p.safety_marginal.lowest, p.safety_marginal.highest) for p in rated
                ),
            ),
        ),
        percent=True,
    )
    first, last = points[0], points[-1]
    description = words(
        "From {start} to {stop} won of earnings a month, disposable income goes from {a} to {b} won under the "
        "present system and from {c} to {d} won with the pilot. A band shows readings of the law that are open.",
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
    low, high = spell(bounds.lowest), spell(bounds.highest)
    return low if low == high else f"{low} – {high}"
