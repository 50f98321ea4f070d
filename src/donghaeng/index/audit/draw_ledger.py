"""A line for every draw: everything that it settled, so that any of them can be looked up and done again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from donghaeng.index.arrays import FloatArray
from donghaeng.index.uncertainty.distributions import Discrete
from donghaeng.index.uncertainty.forms import form_name
from donghaeng.index.uncertainty.settings import TABLES, columns_of
from donghaeng.index.uncertainty.study import Study
from donghaeng.rules.faults import BadInput

from .drawing import Draws

if TYPE_CHECKING:
    import polars

DRAW = "draw"


def ledger_block(study: Study, sample: FloatArray, first: int) -> polars.DataFrame:
    """The lines of some draws, numbered from ``first``.

    A choice between forms has one column with the form; a choice of numbers one column for each, as
    ``weights[housing]`` (times the weight), ``rounding[seoul.2024.housing]`` (the figure).
    """
    import polars

    drawn = study.choices.values(sample)
    columns: dict[str, Any] = {DRAW: range(first, first + len(sample))}
    for choice, values in zip(study.choices.choices, drawn, strict=True):
        name = choice.name
        if isinstance(choice.distribution, Discrete):
            declared = study.terms.declared.get(name)
            columns[name] = [
                f"table {int(value) + 1}" if name == TABLES else form_name(declared, float(value))
                for value in values[:, 0]
            ]
            continue
        for place, about in enumerate(columns_of(name, study.context, study.terms.errors)):
            columns[f"{name}[{about}]" if about else name] = values[:, place]
    return polars.DataFrame(columns)


def write_draw_ledger(study: Study, draws: Draws, file: Path) -> None:
    """Write the ledger of all draws, block by block, whole or not at all.

    Raises:
        BadInput: for a file that is neither .csv nor .parquet, or cannot be written.
    """
    if file.suffix not in (".csv", ".parquet"):
        raise BadInput(
            "is neither .csv nor .parquet", file=str(file), remedy="draws.csv or draws.parquet"
        )
    if file.is_dir():
        raise BadInput("is a folder", file=str(file), remedy="name a file in it")
    partial = file.with_name(f".{file.name}.partial")
    try:
        (_write_csv if file.suffix == ".csv" else _write_parquet)(_blocks(study, draws), partial)
        partial.replace(file)
    except OSError as error:
        raise BadInput(str(error.strerror), file=str(file)) from None
    finally:
        partial.unlink(missing_ok=True)


def _blocks(study: Study, draws: Draws) -> Iterator[polars.DataFrame]:
    first = 0
    for block in range(draws.blocks):
        sample = draws.sample(study, block)
        yield ledger_block(study, sample, first)
        first += len(sample)


def _write_csv(blocks: Iterator[polars.DataFrame], file: Path) -> None:
    from donghaeng.sources.safe_cells import csv_text

    with file.open("w", encoding="utf-8") as out:
        for number, block in enumerate(blocks):
            text = csv_text(block)
            out.write(text if not number else text.partition("\n")[2])


def _write_parquet(blocks: Iterator[polars.DataFrame], file: Path) -> None:
    from pyarrow import parquet

    first = next(blocks).to_arrow()
    with parquet.ParquetWriter(file, first.schema) as out:
        out.write_table(first)
        for block in blocks:
            out.write_table(block.to_arrow().cast(first.schema))
