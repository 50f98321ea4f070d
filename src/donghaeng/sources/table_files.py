"""A CSV file, a workbook or a Parquet file as one table of cells that know in which row they stood.

Texts stay texts here: what is a number is decided by whoever knows what a column means.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import polars as pl

from donghaeng.rules.faults import BadInput, nearest

from .safe_cells import csv_text, read_cell, safe_cell
from .whole_files import write_whole

ENDINGS = (".csv", ".csv.gz", ".xlsx", ".parquet")
Place = Callable[[int], tuple[str, str]]


@dataclass(frozen=True)
class Table:
    """The cells of a file.

    ``frame`` holds texts (of a Parquet file, its own types), ``rows`` the row of the file in which each
    row of the frame stood, counted from 1 with the line of names, as a spreadsheet counts.
    """

    name: str
    frame: pl.DataFrame
    rows: pl.Series

    def place(self, column: str) -> Place:
        """File and cell of a row of ``column``, for an error."""
        return lambda row: (self.name, f"R{self.rows[row]}:{column}")

    def require(self, columns: Sequence[str]) -> None:
        """Check that the file has ``columns``.

        Raises:
            BadInput: for the first that it has not, with the nearest name that it has.
        """
        for column in columns:
            if column not in self.frame.columns:
                known = ", ".join(self.frame.columns)
                raise BadInput(
                    f"no column {column!r}",
                    file=self.name,
                    remedy=nearest(column, self.frame.columns) or f"the columns are {known}",
                )


def ending(path: Path) -> str:
    """The ending that says what kind of table a file is.

    Raises:
        BadInput: for any other ending.
    """
    name = path.name.lower()
    for known in sorted(ENDINGS, key=len, reverse=True):
        if name.endswith(known):
            return known
    raise BadInput(
        "is no table that can be read", file=path.name, remedy=f"one of {' '.join(ENDINGS)}"
    )


def read_table(path: Path, *, sheet: str = "", encoding: str = "utf-8") -> Table:
    """The table in a CSV file (``.csv``, ``.csv.gz``), a workbook (``.xlsx``) or a Parquet file.

    Args:
        sheet: sheet of a workbook; needed where more than one is filled.
        encoding: of a CSV file; Korean offices also use ``cp949``.

    Raises:
        BadInput: where the file cannot be read, is cut short, or is no table: a line with more or fewer
            cells than names, a column without a name, a name twice, a merged cell, a formula that was
            never calculated.
    """
    kind = ending(path)
    content = _content(path)
    if kind == ".parquet":
        return _parquet(path.name, content)
    if kind == ".xlsx":
        return _grid(path.name, _sheet_rows(path.name, content, sheet))
    if kind == ".csv.gz":
        content = _unpacked(path.name, content)
    return _grid(path.name, _csv_rows(path.name, content, encoding))


def write_table(frame: pl.DataFrame, path: Path) -> None:
    """Write ``frame`` as CSV, Parquet or a workbook, whole or not at all, with no text that runs as a formula.

    Raises:
        BadInput: where it cannot be written.
    """
    kind = ending(path)
    if kind == ".parquet":
        packed = io.BytesIO()
        frame.write_parquet(packed)
        content = packed.getvalue()
    elif kind == ".xlsx":
        content = _workbook(frame, path.name)
    else:
        content = csv_text(frame).encode()
        content = gzip.compress(content, mtime=0) if kind == ".csv.gz" else content
    write_whole(path, content)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(str(error.strerror), file=path.name) from None
    except ValueError:  # a name that no file can have
        raise BadInput("is not the name of a file", file=path.name) from None


def _unpacked(name: str, content: bytes) -> bytes:
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, ValueError):
        raise BadInput("is damaged or cut short", file=name, remedy="copy the file again") from None


def _parquet(name: str, content: bytes) -> Table:
    try:
        frame = pl.read_parquet(io.BytesIO(content))
    except (pl.exceptions.PolarsError, OSError, ValueError):
        raise BadInput("is damaged, or no Parquet file", file=name) from None
    frame = frame.with_columns(pl.col(pl.Categorical, pl.Enum, pl.Date).cast(pl.String))
    return Table(name, frame, pl.int_range(1, frame.height + 1, eager=True))


def _csv_rows(name: str, content: bytes, encoding: str) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding)
    except LookupError:
        raise BadInput(f"no encoding {encoding!r}", file=name, remedy="utf-8 or cp949") from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadInput(
            f"is not {encoding} text", file=name, field=f"line {line}", remedy="encoding cp949?"
        ) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return list(reader)
    except csv.Error as error:
        raise BadInput(f"is no CSV: {error}", file=name, field=f"line {reader.line_num}") from None


def _sheet_rows(name: str, content: bytes, wanted: str) -> list[list[str]]:
    """The cells of a sheet as texts; of a formula, the result that the workbook holds."""
    sheet = _sheet(name, _workbook_in(name, content, values=True), wanted)
    if sheet.merged_cells.ranges:
        raise BadInput(
            "cells are merged", file=name, field=str(sorted(map(str, sheet.merged_cells.ranges))[0]),
            remedy="write the value into each cell",
        )  # fmt: skip
    cells = list(sheet.iter_rows(values_only=True))
    if any(value is None for row in cells for value in row):
        for row in _workbook_in(name, content, values=False)[sheet.title].iter_rows():
            for cell in row:
                if cell.data_type == "f" and cells[cell.row - 1][cell.column - 1] is None:
                    raise BadInput(
                        "holds a formula that was never calculated",
                        file=name,
                        field=f"{sheet.title}!{cell.coordinate}",
                        remedy="open and save the workbook once",
                    )
    rows = [[_cell_text(value) for value in row] for row in cells]
    # A sheet that once was wider keeps empty columns at its right.
    width = max((place + 1 for row in rows for place, text in enumerate(row) if text), default=0)
    return [row[:width] for row in rows]


def _workbook_in(name: str, content: bytes, *, values: bool) -> Any:
    from openpyxl import load_workbook

    try:
        return load_workbook(io.BytesIO(content), data_only=values)
    except Exception:  # whatever a damaged archive or its XML sets off in there
        raise BadInput("is damaged, or no workbook", file=name) from None


def _sheet(name: str, workbook: Any, wanted: str) -> Any:
    filled = [
        sheet
        for sheet in workbook.worksheets
        if any(value is not None for row in sheet.iter_rows(values_only=True) for value in row)
    ]
    titles = [sheet.title for sheet in filled]
    if wanted and wanted not in titles:
        raise BadInput(
            f"no filled sheet {wanted!r}",
            file=name,
            remedy=nearest(wanted, titles) or f"one of {', '.join(titles)}",
        )
    if not wanted and len(titles) > 1:
        raise BadInput("has several sheets", file=name, remedy=f"name one of {', '.join(titles)}")
    if not titles:
        raise BadInput("is empty", file=name)
    return filled[titles.index(wanted) if wanted else 0]


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)


def _grid(name: str, rows: list[list[str]]) -> Table:
    """A table from rows of texts, the first of which holds the names of the columns."""
    if not rows or not any(rows[0]):
        raise BadInput("no names of columns in the first row", file=name)
    names = [read_cell(text).strip() for text in rows[0]]
    for place, column in enumerate(names):
        if not column:
            raise BadInput("a column has no name", file=name, field=f"R1:column {place + 1}")
        if names.index(column) < place:
            raise BadInput(f"two columns are named {column!r}", file=name, field="R1")
    kept = [(number, row) for number, row in enumerate(rows[1:], start=2) if any(row)]
    for number, row in kept:
        if len(row) != len(names):
            raise BadInput(
                f"{len(row)} cells under {len(names)} names", file=name, field=f"R{number}"
            )
    columns = zip(*(row for _, row in kept), strict=True) if kept else [()] * len(names)
    frame = pl.DataFrame(
        {column: map(read_cell, cells) for column, cells in zip(names, columns, strict=True)},
        schema=dict.fromkeys(names, pl.String),
    )
    return Table(name, frame, pl.Series([number for number, _ in kept], dtype=pl.Int64))


def _sheet_cell(sheet: Any, value: object) -> object:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, str):
        return safe_cell(value)
    if not isinstance(value, float):
        return value
    # The number as text that is then declared a number: otherwise only 16 digits are written.
    cell = WriteOnlyCell(sheet, repr(value))
    cell.data_type = "n"
    return cell


def _workbook(frame: pl.DataFrame, name: str) -> bytes:
    from openpyxl import Workbook
    from openpyxl.utils.exceptions import IllegalCharacterError

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("observations")
    try:
        sheet.append([safe_cell(column) for column in frame.columns])
        for row in frame.iter_rows():
            sheet.append([_sheet_cell(sheet, cell) for cell in row])
    except IllegalCharacterError:
        raise BadInput(
            "a text holds a sign that a workbook cannot hold", file=name, remedy="write CSV"
        ) from None
    packed = io.BytesIO()
    workbook.save(packed)
    return packed.getvalue()
