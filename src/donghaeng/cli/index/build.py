"""``donghaeng index build``: every step of an index file, each leaving its data set behind."""

from __future__ import annotations

import typer

from donghaeng.language import Words

from ..options import Form, Format, Lang, Language
from ..output import print_json, print_table
from .common import File, Out, open_build

SHOWN = 20


def build(file: File, out: Out, lang: Lang = Language.KOREAN, format: Form = Format.TABLE) -> None:
    """Build an index and write every data set, the scores, the weights and the ledger as CSV.

    Example: donghaeng index build examples/index/districts/index.yaml --out built
    """
    from donghaeng.index.chain.tables import files_of, scores_table
    from donghaeng.sources.whole_folders import write_folder

    built = open_build(file)
    files = files_of(built)
    write_folder(out, files, mark="build.json")
    top = built.index.top
    rows = scores_table(built).filter(node=top).to_dicts()
    if format is Format.JSON:
        print_json(
            {
                "out": str(out),
                "files": sorted(files),
                "top": top,
                "scores": rows,
                "not_used": list(built.panel.not_used),
            }
        )
        return
    words = Words(lang.value)
    label = words.label(built.index.label_of(top).pair)
    rows.sort(key=lambda row: (row["period"], row["rank"] or 0, row["unit"]))
    members = built.index.units.members
    ranked = len(built.panel.units) > 1  # one city has no rank
    columns = [words("Rank"), words("Unit"), words("Period"), words("Score")]
    table = [
        (
            "" if row["rank"] is None else str(row["rank"]),
            words.label(members[row["unit"]].label.pair),
            row["period"],
            words("no figure") if row["score"] is None else f"{row['score']:.2f}",
        )
        for row in rows[:SHOWN]
    ]
    first = 0 if ranked else 1
    print_table(
        label, columns[first:], [row[first:] for row in table], numeric=[0, 3] if ranked else [2]
    )
    if len(rows) > SHOWN:
        typer.echo(words("… and {count} more, in scores.csv", count=len(rows) - SHOWN))
    if built.panel.not_used:
        codes = ", ".join(built.panel.not_used)
        typer.echo(words("In the data, but not in the index: {codes}", codes=codes))
    typer.echo(words("Written: {file}", file=out))
