"""Reading a survey's file, whatever wrote it: CSV, Parquet, a workbook, SPSS or Stata."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as parquet

from donghaeng.rules.faults import BadInput
from donghaeng.sources.table_files import read_table

from .delimited import csv_batches
from .statistics_packages import package_batches
from .survey_table import SurveyTable, joined, require

ENDINGS = (".csv", ".csv.gz", ".parquet", ".xlsx", ".sav", ".zsav", ".dta")
ROWS_IN_A_BATCH = 100_000

# How a file begins, where a file of that kind always begins so.
BEGINNINGS = {
    b"PAR1": (".parquet", "a Parquet file"),
    b"\x1f\x8b": (".csv.gz", "a gzip file"),
    b"PK\x03\x04": (".xlsx", "a workbook or another zip file"),
    b"$FL2": (".sav", "an SPSS file"),
    b"$FL3": (".zsav", "a packed SPSS file"),
    b"<stata_dta>": (".dta", "a Stata file"),
    b"\xd0\xcf\x11\xe0": (".xls", "an old workbook (.xls): save it as .xlsx"),
}


def read_batches(
    path: Path,
    *,
    columns: Sequence[str] | None = None,
    sheet: str = "",
    encoding: str = "",
    size: int = ROWS_IN_A_BATCH,
) -> Iterator[SurveyTable]:
    """A file batch by batch, so that it may be larger than memory (a workbook is one batch).

    Args:
        path: a file with one of :data:`ENDINGS`.
        columns: those to read, in this order; all where ``None``.
        sheet: sheet of a workbook; needed where more than one is filled.
        encoding: of a CSV file (utf-8 where empty; Korean offices also use ``cp949``), or of an SPSS or Stata
            file that does not declare its own.
        size: rows of a batch, where the kind of file lets one choose.

    Raises:
        BadInput: in one line, where the file is not there, is empty, damaged or cut short, is not of the
            kind that its name says, or has not the columns.
    """
    kind = _kind(path)
    if kind in (".csv", ".csv.gz"):
        yield from csv_batches(path, columns, encoding or "utf-8", packed=kind == ".csv.gz")
    elif kind == ".xlsx":
        table = read_table(path, sheet=sheet)
        if columns is not None:
            require(columns, table.frame.columns, path.name)
        text = pl.col(pl.String).replace("", None)
        frame = table.frame.select(columns or pl.all()).with_columns(text)
        yield SurveyTable(path.name, frame, table.rows)
    elif kind == ".parquet":
        yield from _parquet_batches(path, columns, size)
    else:
        yield from package_batches(path, columns, encoding, size)


def read_survey(
    path: Path,
    *,
    columns: Sequence[str] | None = None,
    sheet: str = "",
    encoding: str = "",
) -> SurveyTable:
    """A whole file; as :func:`read_batches`."""
    return joined(read_batches(path, columns=columns, sheet=sheet, encoding=encoding))


def _kind(path: Path) -> str:
    """The ending of a file, which its first bytes must not contradict."""
    name = path.name.lower()
    kind = next((end for end in sorted(ENDINGS, key=len, reverse=True) if name.endswith(end)), "")
    if not kind:
        raise BadInput(
            "is no table that can be read", file=path.name, remedy=f"one of {' '.join(ENDINGS)}"
        )
    try:
        with path.open("rb") as stream:
            start = stream.read(16)
    except OSError as error:
        raise BadInput(str(error.strerror), file=path.name) from None
    except ValueError:
        raise BadInput("is not the name of a file", file=path.name) from None
    if not start:
        raise BadInput("is empty", file=path.name)
    for beginning, (right, described) in BEGINNINGS.items():
        if start.startswith(beginning):
            if kind != right:
                raise BadInput(
                    f"is named {kind} and is {described}", file=path.name, remedy=f"name it {right}"
                )
            return kind
    if kind not in (".csv", ".dta"):  # an old Stata file begins with its version only
        raise BadInput(f"is no {kind} file", file=path.name)
    return kind


def _parquet_batches(path: Path, columns: Sequence[str] | None, size: int) -> Iterator[SurveyTable]:
    damaged = BadInput("is damaged, cut short or no Parquet file", file=path.name)
    try:
        file = parquet.ParquetFile(path)
    except (pa.ArrowException, OSError):
        raise damaged from None
    names = file.schema_arrow.names
    wanted = list(columns) if columns is not None else names
    require(wanted, names, path.name)
    for name in wanted:
        kind = file.schema_arrow.field(name).type
        if pa.types.is_nested(kind) or pa.types.is_binary(kind):
            raise BadInput(f"holds {kind}, no plain cells", file=path.name, field=name)
    start = 1
    try:
        for batch in file.iter_batches(size, columns=wanted):
            frame = pl.DataFrame(pa.table(batch)).select(wanted)
            frame = frame.with_columns(pl.col(pl.Categorical, pl.Enum).cast(pl.String))
            rows = pl.int_range(start, start + frame.height, eager=True)
            start += frame.height
            yield SurveyTable(path.name, frame, rows)
    except (pa.ArrowException, OSError):
        raise damaged from None
    if start == 1:
        nothing = pl.DataFrame(file.schema_arrow.empty_table()).select(wanted)
        yield SurveyTable(path.name, nothing, pl.Series([], dtype=pl.Int64))
