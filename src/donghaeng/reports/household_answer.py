"""The answer for one household on paper: what it gets, what it could ask for, what is not known."""

from __future__ import annotations

from donghaeng.household.answer import Answer
from donghaeng.household.sections import (
    cell,
    defaults,
    not_official,
    open_questions,
    sections,
    totals,
    undetermined,
)
from donghaeng.language import Words, date_text
from donghaeng.rules import Law
from donghaeng.version import __version__

from .documents import render


def household_answer(law: Law, answer: Answer, language: str, *, large: bool = False) -> str:
    """One page of HTML that prints on A4.

    Args:
        law: the law under which ``answer`` was computed.
        language: ``ko`` or ``en``.
        large: letters of 18 points instead of 11, for those who see little.
    """
    words = Words(language)
    parts = sections(law, answer, words)
    claims = [
        (
            words.label(claim.label),
            cell(claim.entitled, law.rules[claim.name], words),
            cell(claim.received, law.rules[claim.name], words),
            claim.citation,
        )
        for claim in answer.could_ask or ()
    ]
    main = [part for part in parts if part.title not in _fine_print(words)]
    question = answer.ask_next
    return render(
        "household_answer.html",
        words,
        household=answer.id,
        day=date_text(law.day, language),
        large=large,
        scenario=any(each.kind == "scenario" for each in answer.assumptions),
        totals=totals(law, answer, words),
        sections=main,
        details=[part for part in parts if part not in main],
        claims=claims,
        claims_known=answer.could_ask is not None,
        questions=open_questions(law, answer, words),
        undetermined=undetermined(law, answer, words),
        question=words.label(question.question or question.label) if question else "",
        person=question.person if question else "",
        defaults=defaults(law, answer, words),
        not_official=not_official(law, answer, words),
        not_covered=[words.label(label) for label in law.book.not_covered],
        law_hash=law.hash,
        version=__version__,
    )


def _fine_print(words: Words) -> set[str]:
    return {words(title) for title in ("Income", "Lines", "Findings", "Asked for")}
