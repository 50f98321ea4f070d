"""``donghaeng index reproduce``: a published series, recomputed from what was published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from donghaeng.language import Words

from ..options import Form, Format, Lang, Language
from ..output import print_json, print_paragraphs, print_table

if TYPE_CHECKING:
    from donghaeng.evidence.reproduction import Reproduced
    from donghaeng.evidence.reproduction_files import Series

PLACES = 3


def reproduce(
    file: Annotated[Path, typer.Argument(help="A file of a published series (.yaml).")],
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
) -> None:
    """Recompute every published figure within its rounding; exit status 1 where one is not reproduced.

    Example: donghaeng index reproduce examples/index/seoul/reproduction.yaml
    """
    from donghaeng.evidence.input_files import read_file
    from donghaeng.evidence.reproduction import Verdict
    from donghaeng.evidence.reproduction import reproduce as recompute
    from donghaeng.evidence.reproduction_files import Series

    series = read_file(file, Series)
    found = recompute(series)
    if format is Format.JSON:
        print_json(
            {
                "title": series.title.model_dump(),
                "base": series.base,
                "figures": [each.as_json() for each in found],
            }
        )
    else:
        _print(series, found, Words(lang.value))
    if any(each.verdict is Verdict.NOT_REPRODUCED for each in found):
        raise typer.Exit(1)


def _print(series: Series, found: list[Reproduced], words: Words) -> None:
    from donghaeng.evidence.reproduction import Verdict
    from donghaeng.evidence.rounding import short_text

    typer.echo(
        words("{title}: recomputed from what was published", title=words.label(series.title.pair))
    )
    typer.echo(words("Ranges show what the rounding of the printed figures leaves open."))
    typer.echo("")
    rows = [
        (
            _name(each, words),
            _printed(each, words),
            short_text(each.exact, PLACES) if each.exact is not None else "",
            _range(each),
            words(each.verdict.label),
        )
        for each in found
        if each.recomputed or each.published
    ]
    columns = ["Figure", "Printed", "Recomputed", "Range", "Verdict"]
    print_table("", [words(column) for column in columns], rows, numeric=[1, 2, 3])
    typer.echo("")
    typer.echo(words("The rule that was tried:"))
    print_paragraphs(
        words(
            "{element} ({standing})",
            element=words.label(element.text.pair),
            standing=words(element.status.label),
        )
        for element in series.elements()
    )
    for each in found:
        if each.verdict is Verdict.NOT_REPRODUCED:
            _print_tried(each, words)
    remarks = [*_on_figures(found, words), *_on_gaps(found, words), *_on_notes(found, words)]
    if remarks:
        typer.echo("")
        print_paragraphs(remarks)


def _name(each: Reproduced, words: Words) -> str:
    return f"{each.period} {words.label(each.label)}"


def _printed(each: Reproduced, words: Words) -> str:
    if each.published is None:
        return words("not printed")
    released = each.published.released
    return f"{each.published.printed} ({released})" if released else each.published.printed


def _range(each: Reproduced) -> str:
    from donghaeng.evidence.rounding import range_text

    if each.recomputed is None or each.recomputed.low == each.recomputed.high:
        return ""
    return range_text(each.recomputed, PLACES)


def _print_tried(each: Reproduced, words: Words) -> None:
    """By how much a figure is not reproduced, and what else was tried."""
    from donghaeng.evidence.rounding import range_text, short_text

    typer.echo("")
    typer.echo(
        words(
            "{figure}, printed {printed}: off by at least {gap}. Also tried:",
            figure=_name(each, words),
            printed=_printed(each, words),
            gap=short_text(abs(each.off_by), PLACES),
        )
    )
    rows = [
        (
            words(tried.alternative.label),
            range_text(tried.found, PLACES),
            words("would fit") if tried.fits else words("does not fit"),
        )
        for tried in each.tried
    ]
    print_table("", [words("Rule"), words("Range"), words("Result")], rows, numeric=[1])


def _on_figures(found: list[Reproduced], words: Words) -> Iterator[str]:
    """What a reader needs beside single verdicts."""
    from donghaeng.evidence.reproduction import Verdict
    from donghaeng.evidence.rounding import range_text

    for each in found:
        name = _name(each, words)
        if each.verdict is Verdict.CONSISTENT_WITH_INFERRED_RULE:
            yield words(
                "{figure}: the rule was chosen to fit this figure, so its fitting shows nothing",
                figure=name,
            )
        if each.implied:
            yield words(
                "{figure}: {count} of its indicators were not published; "
                "they would have to be {range} on average",
                figure=name,
                count=str(each.missing_count),
                range=range_text(each.implied, PLACES),
            )


def _on_gaps(found: list[Reproduced], words: Words) -> Iterator[str]:
    """What was not published, one sentence a gap."""
    gaps: dict[tuple[str, ...], list[str]] = {}
    for each in found:
        if each.recomputed is None and not each.implied:
            gaps.setdefault(each.missing, []).append(words.label(each.label))
    for missing, figures in gaps.items():
        names = ", ".join(dict.fromkeys(figures))
        yield (
            words(
                "{missing} was not published: {figures}", missing=", ".join(missing), figures=names
            )
            if missing
            else words("the value of the base year may be zero: {figures}", figures=names)
        )


def _on_notes(found: list[Reproduced], words: Words) -> Iterator[str]:
    """The notes of the file, each once, with the figures that it is about."""
    notes: dict[tuple[str, str], list[str]] = {}
    for each in found:
        if each.note:
            notes.setdefault(each.note, []).append(words.label(each.label))
    for note, figures in notes.items():
        names = ", ".join(dict.fromkeys(figures))
        yield words("{note}: {figures}", note=words.label(note), figures=names)
