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
    typer.echo(
        words("{title}: recomputed from what was published", title=words.label(series.title.pair))
    )
    typer.echo(words("Ranges show what the rounding of the printed figures leaves open."))
    typer.echo("")
    rows = [
        (
            f"{each.period} {words.label(each.label)}",
            _printed(each, words),
            _recomputed(each),
            words(each.verdict.label),
        )
        for each in found
    ]
    columns = ["Figure", "Printed", "Recomputed", "Verdict"]
    print_table("", [words(column) for column in columns], rows, numeric=[1, 2])
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
    remarks = [sentence for each in found for sentence in _sentences(each, words)]
    if remarks:
        typer.echo("")
        print_paragraphs(remarks)


def _printed(each: Reproduced, words: Words) -> str:
    if each.published is None:
        return words("not printed")
    released = each.published.released
    return f"{each.published.printed} ({released})" if released else each.published.printed


def _recomputed(each: Reproduced) -> str:
    from donghaeng.evidence.rounding import range_text, short_text

    if each.exact is None or each.recomputed is None:
        return ""
    exact = short_text(each.exact, PLACES)
    is_one_number = each.recomputed.low == each.recomputed.high
    return exact if is_one_number else f"{exact} {range_text(each.recomputed, PLACES)}"


def _sentences(each: Reproduced, words: Words) -> Iterator[str]:
    """What a reader needs beside the verdict, one sentence at a time."""
    from donghaeng.evidence.reproduction import Verdict
    from donghaeng.evidence.rounding import range_text, short_text

    figure = f"{each.period} {words.label(each.label)}"
    if each.verdict is Verdict.NOT_REPRODUCED:
        yield words(
            "{figure}: printed {printed}, off by at least {gap}",
            figure=figure,
            printed=_printed(each, words),
            gap=short_text(abs(each.off_by), PLACES),
        )
        for tried in each.tried:
            values = {
                "figure": figure,
                "alternative": words(tried.alternative.label),
                "range": range_text(tried.found, PLACES),
            }
            yield (
                words("{figure}: also tried: {alternative}, {range}: would fit", **values)
                if tried.fits
                else words("{figure}: also tried: {alternative}, {range}: does not fit", **values)
            )
    if each.verdict is Verdict.CONSISTENT_WITH_INFERRED_RULE:
        yield words(
            "{figure}: the rule was chosen to fit this figure, so that it fits shows nothing",
            figure=figure,
        )
    if each.implied:
        yield words(
            "{figure}: values of {count} indicators were not published; on average they would be {range}",
            figure=figure,
            count=str(each.missing_count),
            range=range_text(each.implied, PLACES),
        )
    elif each.missing:
        names = ", ".join(each.missing)
        yield words("{figure}: not published: {names}", figure=figure, names=names)
    elif each.published is not None and each.recomputed is None:
        yield words("{figure}: the value of the base year may be zero", figure=figure)
    if each.note:
        yield words("{figure}: {note}", figure=figure, note=words.label(each.note))
