"""``donghaeng household assess``: what a household is entitled to, and what the answer rests on."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from donghaeng.language import Words
from donghaeng.rules import HouseholdFacts, Law, is_missing

from ..options import Date, Form, Format, Lang, Language, LawFile, Reforms, Regimes, open_law, split
from ..output import print_json, print_json_line, print_paragraphs, print_table
from .common import Chosen, File, choose, header

# Where an amount has more readings than this, the questions are told instead of every combination.
MOST_READINGS = 4


def assess(
    file: File,
    date: Date,
    household: Chosen = "",
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
        for each in stream_households(opened, file):
            if household in ("", each.id):
                print_json_line(
                    header(assessor.law) | _answer(assessor, each, explained, lang.value)
                )
        return
    households = read_households(opened, file)
    if household:
        households = [choose(households, household)]
    if format is Format.JSON:
        answers = [_answer(assessor, each, explained, lang.value) for each in households]
        print_json(header(assessor.law) | {"households": answers})
        return
    for each in households:
        _print(assessor, each, assessor.shown, explained, lang.value)


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


def _print(
    assessor: Any,
    household: HouseholdFacts,
    show: tuple[str, ...],
    why: tuple[str, ...],
    language: str,
) -> None:
    from donghaeng.household import sections

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
    together = [(row.label, row.amount) for row in sections.totals(law, answer, words)]
    if together:
        print_table("", [words("Together each month"), words("Amount")], together, numeric=[1])
        typer.echo("")
    _print_claims(law, answer, words)
    for section in sections.sections(law, answer, words, show):
        rows = []
        for row in section.rows:
            rows.append((row.label, row.amount, row.basis))
            rows += [(f"  {person}", amount, "") for person, amount in row.persons]
        if rows:
            print_table("", [section.title, words("Amount"), words("Basis")], rows, numeric=[1])
        else:
            typer.echo(section.title)
        if section.nothing:
            typer.echo(words("Nothing of: {labels}", labels=", ".join(section.nothing)))
        typer.echo("")
    readings = sections.readings_of(law, answer, words)
    for label, by_regime in readings:
        if len(by_regime) <= MOST_READINGS:
            typer.echo(words("{label}, by reading of the law:", label=label))
            for regime, amount in by_regime.items():
                typer.echo(f"  {regime}: {amount}")
    if any(len(by_regime) > MOST_READINGS for _, by_regime in readings):
        typer.echo(words("Bounds are over what is open in the law:"))
        for label, options in sections.open_questions(law, answer, words):
            typer.echo(f"  {label}: {' / '.join(options)}")
    for blockers, labels in sections.undetermined(law, answer, words):
        typer.echo(
            words("Undetermined for want of {blockers}: {labels}", blockers=blockers, labels=labels)
        )
    if answer.ask_next is not None:
        typer.echo(words("Ask next: {question}", question=question_text(answer.ask_next, words)))
    _print_pairs(words("Not said, so taken as usual:"), sections.defaults(law, answer, words))
    _print_pairs(
        words("Rests on values that are not official:"), sections.not_official(law, answer, words)
    )
    for name in why:
        for reason in _reasons(law, household, name, language):
            title = words.label(law.variables[name].label)
            about = ", ".join(part for part in (reason.get("person"), reason.get("regime")) if part)
            typer.echo("\n" + words("Why: {label}", label=f"{title} ({about})" if about else title))
            print_paragraphs(reason["sentences"])
    typer.echo("")


def _print_claims(law: Law, answer: Any, words: Words) -> None:
    """What the household could ask for, where it said what it receives."""
    if answer.could_ask is None:
        return
    from donghaeng.household.sections import cell

    rows = [
        (
            words.label(claim.label),
            cell(claim.entitled, law.rules[claim.name], words),
            cell(claim.received, law.rules[claim.name], words),
            claim.citation,
        )
        for claim in answer.could_ask
    ]
    if not rows:
        typer.echo(words("It receives everything that it is known to be entitled to."))
        return
    columns = [words("Could be asked for"), words("Entitled to"), words("Received"), words("Basis")]
    print_table("", columns, rows, numeric=[1, 2])
    typer.echo("")


def question_text(question: Any, words: Words) -> str:
    """The question in which to ask for a fact, with the person whom it is about."""
    asked = words.label(question.question or question.label)
    return f"{asked} ({question.person})" if question.person else asked


def _print_pairs(title: str, pairs: list[tuple[str, str]]) -> None:
    if pairs:
        typer.echo(title)
    for key, labels in pairs:
        typer.echo(f"  {key}: {labels}")
