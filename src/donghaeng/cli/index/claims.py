"""``donghaeng index claims``: whether the sentences of a press text hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from donghaeng.language import Words

from ..options import Form, Format, Lang, Language
from ..output import print_json, print_paragraphs, print_table

if TYPE_CHECKING:
    from donghaeng.evidence.claim_files import ClaimFile
    from donghaeng.evidence.claims import CheckedClaim

PLACES = 2


def claims(
    file: Annotated[Path, typer.Argument(help="A file of claims (.yaml).")],
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
) -> None:
    """Check sentences against their own numbers and against their evidence; exit status 1 for a finding.

    Example: donghaeng index claims examples/index/seoul/claims_index.yaml
    """
    from donghaeng.evidence.claim_files import ClaimFile
    from donghaeng.evidence.claims import check_claims, common_denominators
    from donghaeng.evidence.input_files import read_file

    read = read_file(file, ClaimFile)
    checked = check_claims(read.claims)
    if format is Format.JSON:
        print_json(
            {
                "title": read.title.model_dump(),
                "released": read.released.isoformat() if read.released else None,
                "claims": [each.as_json() for each in checked],
                "denominators": common_denominators(checked),
            }
        )
    else:
        _print(read, checked, Words(lang.value))
    if any(each.is_finding for each in checked):
        raise typer.Exit(1)


def _print(read: ClaimFile, checked: list[CheckedClaim], words: Words) -> None:
    from donghaeng.evidence.claims import common_denominators

    typer.echo(words.label(read.title.pair))
    if read.note:
        typer.echo(words.label(read.note.pair))
    typer.echo("")
    rows = [
        (
            str(number),
            words.label(each.claim.about.pair),
            each.claim.date.isoformat() if each.claim.date else "",
            _stated(each, words),
            _found(each),
            _verdict(each, words),
        )
        for number, each in enumerate(checked, 1)
    ]
    columns = ["No.", "Claim", "Date", "Stated", "Recomputed", "Verdict"]
    print_table("", [words(column) for column in columns], rows, numeric=[0, 3, 4])
    typer.echo("")
    remarks = ((number, "; ".join(_remarks(each, words))) for number, each in enumerate(checked, 1))
    print_paragraphs(f"{number}. {text}" for number, text in remarks if text)
    groups = {
        each.claim.counted.ko: words.label(each.claim.counted.pair)
        for each in checked
        if each.claim.counted
    }
    print_paragraphs(
        words(
            "{group}: the shares fit together for denominators from {low} to {high} only",
            group=groups[name],
            low=f"{low:,}",
            high=f"{high:,}",
        )
        if low <= high
        else words("{group}: no denominator fits all the shares", group=groups[name])
        for name, (low, high) in common_denominators(checked).items()
    )


def _stated(each: CheckedClaim, words: Words) -> str:
    stated = each.claim.stated
    if stated is None:
        return words("not known")
    return words(ORDERS[stated]) if stated in ORDERS else stated


ORDERS = {"higher": "higher", "lower": "lower", "same": "the same"}


def _found(each: CheckedClaim) -> str:
    from donghaeng.evidence.rounding import range_text, short_text

    if each.found is None:
        return ""
    if each.found.low == each.found.high:
        return short_text(each.found.low, PLACES)
    return range_text(each.found, PLACES)


def _verdict(each: CheckedClaim, words: Words) -> str:
    return "; ".join(words(verdict.label) for verdict in (each.arithmetic, *each.wording))


def _remarks(each: CheckedClaim, words: Words) -> Iterator[str]:
    """What a reader needs beside the verdict."""
    yield from _on_numbers(each, words)
    yield from _on_wording(each, words)
    claim = each.claim
    if not each.as_expected and claim.expected:
        yield words("the file expects: {verdict}", verdict=words(claim.expected.label))
    if claim.note:
        yield words.label(claim.note.pair)


def _on_numbers(each: CheckedClaim, words: Words) -> Iterator[str]:
    from donghaeng.evidence.claim_files import Verdict
    from donghaeng.evidence.claims import Obstacle
    from donghaeng.evidence.rounding import short_text

    if each.arithmetic is Verdict.DOES_NOT_HOLD and each.stated:
        gap = short_text(abs(each.off_by), PLACES + 1)
        yield words("off by at least {gap}; the numbers give {right}", gap=gap, right=each.correct)
        for formula in each.matches:
            yield words("it would be right for: {formula}", formula=words(formula.label))
    if each.missing:
        names = ", ".join(words(FIELD_LABELS[name.partition("[")[0]]) for name in each.missing)
        yield words("not known: {names}", names=names)
    if each.obstacle is Obstacle.NO_BASE:
        yield words("the base may be zero or less")
    if each.obstacle is Obstacle.WITHIN_ROUNDING:
        yield words("the difference is smaller than the rounding")
    if each.denominators:
        low, high = each.denominators
        yield (
            words(
                "the share fits denominators from {low} to {high}", low=f"{low:,}", high=f"{high:,}"
            )
            if low <= high
            else words("no whole denominator fits the share")
        )


def _on_wording(each: CheckedClaim, words: Words) -> Iterator[str]:
    from donghaeng.evidence.claim_files import Group, Verdict
    from donghaeng.evidence.rounding import range_text

    claim = each.claim
    says_more = {Verdict.CAUSAL_WITHOUT_ASSIGNMENT, Verdict.ANOTHER_KIND} & set(each.wording)
    if says_more and claim.claimed:
        yield words(
            "read as {claimed}; the numbers are {supported}",
            claimed=words(READINGS[claim.claimed]),
            supported=words(READINGS[claim.supported]),
        )
    if not isinstance(claim.comparison, Group):
        if Verdict.CAUSAL_WITHOUT_ASSIGNMENT in each.wording:
            yield words("there is no comparison group")
        return
    group = words.label(claim.comparison.group.pair)
    if claim.comparison.why:
        why = words.label(claim.comparison.why.pair)
        yield words("not comparable with {group}: {why}", group=group, why=why)
    elif each.beside:
        found = range_text(each.beside, PLACES)
        yield words("beside it, {group}: {range}", group=group, range=found)
    else:
        yield words("compared with: {group}", group=group)


READINGS = {
    "effect": "an effect",
    "association": "an association",
    "description": "a description",
    "simulation": "a simulation",
}
FIELD_LABELS = {
    "stated": "the stated figure",
    "from": "the earlier figure",
    "to": "the later figure",
    "change": "the change",
    "numerator": "the numerator",
    "denominator": "the denominator",
    "value": "the figure of the source",
    "parts": "a part of the sum",
}
