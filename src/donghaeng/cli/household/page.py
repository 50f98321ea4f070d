"""``donghaeng household page``: the answer on paper, as HTML or PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from donghaeng.language import Words
from donghaeng.rules import BadInput

from ..options import Date, Lang, Language, LawFile, Reforms, Regimes, open_law, split
from ..output import write_whole
from .common import Chosen, File, choose


def page(
    file: File,
    date: Date,
    out: Annotated[Path, typer.Option("--out", help="The page to write: .html or .pdf.")],
    household: Chosen = "",
    large: Annotated[bool, typer.Option("--large", help="Large print.")] = False,
    regime: Regimes = None,
    lang: Lang = Language.KOREAN,
    law: LawFile = None,
    reform: Reforms = None,
) -> None:
    """Write the answer for one household as a page to print or to hand over.

    Example: donghaeng household page examples/households.yaml --date 2026-07 --out answer.pdf
    """
    from donghaeng.household import Assessor, read_households
    from donghaeng.reports.documents import pdf
    from donghaeng.reports.household_answer import household_answer

    if out.suffix not in (".html", ".pdf"):
        raise BadInput("is neither .html nor .pdf", file=str(out), remedy="answer.pdf")
    opened = open_law(date, law, reform)
    chosen = choose(read_households(opened, file), household)
    assessor = Assessor(opened, split(regime))
    html = household_answer(assessor.law, assessor.answer(chosen), lang.value, large=large)
    write_whole(out, html if out.suffix == ".html" else pdf(html))
    typer.echo(Words(lang.value)("Written: {file}", file=out))
