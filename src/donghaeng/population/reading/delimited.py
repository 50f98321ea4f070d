"""CSV files in batches: every cell a text, every line as wide as the line of names."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.csv as delimited

from donghaeng.rules.faults import BadInput

from .survey_table import SurveyTable, require

BLOCK = 2**24  # bytes read at once
LONGEST_HEADER = 2**20
FIRST_LINE = 2  # the row of a spreadsheet below the names


def csv_batches(
    path: Path, columns: Sequence[str] | None, encoding: str, *, packed: bool
) -> Iterator[SurveyTable]:
    """The file block by block; of an empty table one batch without rows.

    Raises:
        BadInput: where the file is no CSV, is cut short, or holds other signs than ``encoding`` has.
    """
    encoding = _known(encoding, path.name)
    names = _names(path, encoding, packed=packed)
    wanted = list(columns) if columns is not None else names
    require(wanted, names, path.name)
    line = FIRST_LINE
    empty = True
    for batch in _blocks(path, names, wanted, encoding, packed=packed):
        frame = pl.DataFrame(batch)
        rows = pl.int_range(line, line + frame.height, eager=True)
        line += frame.height
        filled = frame.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
        if frame.width and not filled.all():  # an empty line is no row
            frame, rows = frame.filter(filled), rows.filter(filled)
        empty = False
        yield SurveyTable(path.name, frame, rows)
    if empty:
        nothing = pl.DataFrame(schema=dict.fromkeys(wanted, pl.String))
        yield SurveyTable(path.name, nothing, pl.Series([], dtype=pl.Int64))


def _known(encoding: str, name: str) -> str:
    try:
        found = codecs.lookup(encoding).name
    except LookupError:
        raise BadInput(f"no encoding {encoding!r}", file=name, remedy="utf-8 or cp949") from None
    return "utf8" if found in ("utf-8", "utf-8-sig") else found


def _names(path: Path, encoding: str, *, packed: bool) -> list[str]:
    """The line of names."""
    with _opened(path, packed=packed) as stream:
        try:
            start = stream.read(LONGEST_HEADER).partition(b"\n")[0]
        except (OSError, EOFError):
            raise _cut(path.name) from None
    try:
        text = start.decode("utf-8-sig" if encoding == "utf8" else encoding)
    except UnicodeDecodeError:
        raise _not_text(path.name, encoding) from None
    names = [each.strip() for each in next(csv.reader(io.StringIO(text)), [])]
    if not any(names):
        raise BadInput(
            "is empty", file=path.name, remedy="the first line holds the names of columns"
        )
    for place, column in enumerate(names):
        if not column:
            raise BadInput("a column has no name", file=path.name, field=f"R1:column {place + 1}")
        if names.index(column) < place:
            raise BadInput(f"two columns are named {column!r}", file=path.name, field="R1")
    return names


def _opened(path: Path, *, packed: bool) -> Any:
    try:
        return gzip.open(path, "rb") if packed else path.open("rb")
    except OSError as error:
        raise BadInput(str(error.strerror), file=path.name) from None


def _blocks(
    path: Path, names: list[str], wanted: list[str], encoding: str, *, packed: bool
) -> Iterator[Any]:
    uneven: list[Any] = []

    def refuse(row: Any) -> str:
        uneven.append(row)
        return "error"

    try:
        with _opened(path, packed=packed) as stream:
            yield from delimited.open_csv(
                stream,
                # One thread, so that a line that is not right has a number.
                delimited.ReadOptions(
                    encoding=encoding, block_size=BLOCK, column_names=names, skip_rows=1, use_threads=False
                ),
                delimited.ParseOptions(ignore_empty_lines=False, invalid_row_handler=refuse),
                delimited.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()),
                    include_columns=wanted,
                    null_values=[""],
                    strings_can_be_null=True,
                ),
            )  # fmt: skip
    except (UnicodeDecodeError, UnicodeError):
        raise _not_text(path.name, encoding) from None
    except (pa.ArrowInvalid, pa.ArrowException) as error:
        if uneven:
            row = uneven[0]
            raise BadInput(
                f"{row.actual_columns} cells under {row.expected_columns} names",
                file=path.name,
                field=f"R{row.number}" if row.number else f"the line {row.text[:60]!r}",
            ) from None
        if "UTF8" in str(error):
            raise _not_text(path.name, encoding) from None
        if "Empty CSV" in str(error):
            return
        raise BadInput(f"is no CSV: {error}", file=path.name) from None
    except (OSError, EOFError):
        raise _cut(path.name) from None


def _cut(name: str) -> BadInput:
    return BadInput("is damaged or cut short", file=name, remedy="copy the file again")


def _not_text(name: str, encoding: str) -> BadInput:
    other = "cp949" if encoding == "utf8" else "utf-8"
    shown = "utf-8" if encoding == "utf8" else encoding
    return BadInput(f"is not {shown} text", file=name, remedy=f"--encoding {other}?")
