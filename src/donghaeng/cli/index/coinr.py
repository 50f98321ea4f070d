"""``donghaeng index import-coinr`` and ``export-coinr``: the two tables that users of COINr have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from donghaeng.language import Words
from donghaeng.rules import BadInput

from ..options import Lang, Language
from ..output import write_whole
from .common import File


def import_coinr(
    structure: Annotated[Path, typer.Option("--structure", help="iMeta, as CSV.")],
    data: Annotated[Path, typer.Option("--data", help="iData, as CSV.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The index file to write.")],
    lang: Lang = Language.KOREAN,
) -> None:
    """Read COINr's two tables into an index file, with its figures in a long table beside it.

    The steps are those of COINr's example (denominate, impute by the mean of the last group, screen at
    90 %, treat, min-max 0-100, arithmetic means), ready to be edited.

    Example: donghaeng index import-coinr --structure iMeta.csv --data iData.csv -o index.yaml
    """
    import polars

    from donghaeng.index.framework import index_text
    from donghaeng.index.framework.coinr_tables import read_coinr
    from donghaeng.sources.observations import SCHEMA
    from donghaeng.sources.safe_cells import csv_text

    if out.suffix not in (".yaml", ".yml"):
        raise BadInput("is not a YAML file", file=str(out), remedy="index.yaml")
    figures = out.with_suffix(".data.csv")
    _check_free(out, figures)
    imported = read_coinr(structure, data, figures=figures.name)
    rows = [
        (unit, period, code, value, None, None, "missing" if value is None else "unverified", cell)
        for unit, period, code, value, cell in imported.figures
    ]
    table = polars.DataFrame(rows, schema=SCHEMA, orient="row")
    write_whole(figures, csv_text(table))
    write_whole(out, index_text(imported.index))
    words = Words(lang.value)
    for file in (out, figures):
        typer.echo(words("Written: {file}", file=file))


def export_coinr(
    file: File,
    structure: Annotated[Path, typer.Option("--structure", help="iMeta to write, as CSV.")],
    data: Annotated[Path, typer.Option("--data", help="iData to write, as CSV.")],
    lang: Lang = Language.KOREAN,
) -> None:
    """Write an index as COINr's two tables. Its steps are not part of them.

    Example: donghaeng index export-coinr index.yaml --structure iMeta.csv --data iData.csv
    """
    from donghaeng.index.framework import read_index
    from donghaeng.index.framework.coinr_tables import data_table, structure_table
    from donghaeng.index.panel import read_panel

    if structure.absolute() == data.absolute():
        raise BadInput("is named for both tables", file=str(data), remedy="a file for each")
    _check_free(structure, data)
    index = read_index(file)
    panel = read_panel(index, file.parent)
    write_whole(structure, structure_table(index))
    write_whole(
        data, data_table(index, panel.rows, panel.columns, panel.values, panel.denominator_figures)
    )
    words = Words(lang.value)
    for written in (structure, data):
        typer.echo(words("Written: {file}", file=written))


def _check_free(*files: Path) -> None:
    """Both files can be written, so that neither stands there without the other."""
    for file in files:
        if file.is_dir():
            raise BadInput("is a folder", file=str(file), remedy="name a file in it")
