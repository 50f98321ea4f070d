"""The long table: one row for each figure of a unit at a period, with its bounds, status and source cell.

Whatever an index is computed from arrives in this form: from an office's interface, a spreadsheet, SDMX.

==================  =======  ==========================================================================
``unit``            String   city, district or country that the figure is about
``period``          String   ``2024``, ``2024-S1``, ``2024-Q1``, ``2024-07``, ``2024-07-15``, or empty
                             where the source does not say
``indicator``       String   code of the indicator
``value``           Float64  the figure; null is missing
``lower, upper``    Float64  bounds of the figure, where the source states them; else null
``status``          String   one of :class:`ObservationStatus`
``source_cell``     String   where it stands: ``ASEM_iData.csv!R2:LPI``,
                             ``KOSIS:101/DT_1B040A3/T20/11110/2024``
==================  =======  ==========================================================================
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

import polars as pl

from donghaeng.rules.faults import BadInput, nearest
from donghaeng.rules.terms import Status

from .number_text import USUAL_MARKS, NumberMarks, read_numbers
from .periods import FORMS, is_period
from .table_files import Table, read_table, write_table


class ObservationStatus(StrEnum):
    """How sure a figure is: the words of the law's parameters, and three more of statistics."""

    OFFICIAL = Status.OFFICIAL.value
    DERIVED = Status.DERIVED.value
    PRESS = Status.PRESS.value
    SECONDARY = Status.SECONDARY.value
    UNVERIFIED = Status.UNVERIFIED.value
    ESTIMATED = "estimated"
    PROVISIONAL = "provisional"
    MISSING = "missing"


SCHEMA = pl.Schema(
    {
        "unit": pl.String(),
        "period": pl.String(),
        "indicator": pl.String(),
        "value": pl.Float64(),
        "lower": pl.Float64(),
        "upper": pl.Float64(),
        "status": pl.String(),
        "source_cell": pl.String(),
    }
)
CELL = ("unit", "period", "indicator")
FIGURES = ("value", "lower", "upper")
NEEDED = ("unit", "indicator", "value")


def check_observations(frame: pl.DataFrame, file: str = "") -> pl.DataFrame:
    """``frame`` with its columns in order, after every check that a long table must pass.

    Args:
        frame: the eight columns of :data:`SCHEMA`.
        file: name for errors.

    Raises:
        BadInput: for a column that is absent or of another type; an empty unit or indicator; a period
            in no known form; an unknown status; a figure that is not finite; ``lower`` above ``upper``,
            or a value outside them; a status ``missing`` beside a value; and for a cell (unit, period,
            indicator) that stands twice, naming both source cells.
    """
    _check_columns(frame, file)
    frame = frame.select(SCHEMA.names())
    for wrong, message, remedy in _faults(frame["period"]):
        found = frame.filter(wrong).head(1).to_dicts()
        if found:
            row = found[0]
            raise BadInput(message.format(**row), file=file, field=_cell(row), remedy=remedy)
    _check_single(frame, file)
    return frame


def _faults(periods: pl.Series) -> Iterator[tuple[pl.Expr, str, str]]:
    """What may be wrong with a row: the condition, what is said of it, and what would be right."""
    value, lower, upper, status = (pl.col(name) for name in (*FIGURES, "status"))
    for name, kind in SCHEMA.items():
        if kind == pl.String:
            yield pl.col(name).is_null(), f"no {name}", "a text, which may be empty but not null"
    for name in ("unit", "indicator"):
        yield pl.col(name).str.strip_chars() == "", f"{name} is empty", "a name or code"
    known = [text for text in periods.unique().drop_nulls() if is_period(text)]
    yield ~pl.col("period").is_in(known), "period {period!r} is in no known form", FORMS
    words = [str(word) for word in ObservationStatus]
    yield ~status.is_in(words), "no status {status!r}", f"one of {', '.join(words)}"
    for name in FIGURES:
        yield ~pl.col(name).is_finite(), f"{name} {{{name}}} is not finite", "null for missing"
    order = "lower ≤ value ≤ upper"
    yield lower > upper, "lower {lower} is above upper {upper}", order
    yield (value < lower) | (value > upper), "value {value} is outside {lower} to {upper}", order
    missing = (status == ObservationStatus.MISSING.value) & value.is_not_null()
    yield missing, "status is missing, but the value is {value}", "no value, or another status"


def _check_columns(frame: pl.DataFrame, file: str) -> None:
    for name, kind in SCHEMA.items():
        if name not in frame.columns:
            raise BadInput(
                f"no column {name!r}",
                file=file,
                remedy=nearest(name, frame.columns) or f"the columns are {', '.join(SCHEMA)}",
            )
        if frame.schema[name] != kind:
            raise BadInput(f"holds {frame.schema[name]}", file=file, field=name, remedy=f"{kind}")


def _check_single(frame: pl.DataFrame, file: str) -> None:
    twice = frame.filter(pl.struct(CELL).is_duplicated())
    if twice.is_empty():
        return
    first = twice.row(0, named=True)
    same = twice.filter(pl.all_horizontal(pl.col(name) == first[name] for name in CELL))
    cells = " and ".join(same["source_cell"].head(2))
    raise BadInput(
        f"stands twice: {cells}", file=file, field=_cell(first), remedy="one figure for each cell"
    )


def _cell(row: Mapping[str, object]) -> str:
    return f"unit {row['unit']}, period {row['period']}, indicator {row['indicator']}"


def read_observations(
    path: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    status: ObservationStatus = ObservationStatus.UNVERIFIED,
    marks: NumberMarks = USUAL_MARKS,
    sheet: str = "",
    encoding: str = "utf-8",
) -> pl.DataFrame:
    """The observations in a CSV file, workbook or Parquet file that is in long form already.

    ``unit``, ``indicator`` and ``value`` must be there. Without ``period`` it is empty, without ``status``
    it is ``status``, without ``source_cell`` it is the cell of the file.

    Args:
        columns: the file's own names of our columns, ``{"district_code": "unit"}``. Where it is given,
            only these columns are read; where not, every column of the file must be one of ours.
        marks: what stands for a missing figure.

    Raises:
        BadInput: where a column or cell is not right; see :func:`check_observations`.
    """
    table = read_table(Path(path), sheet=sheet, encoding=encoding)
    frame = _renamed(table, columns)
    table = Table(table.name, frame, table.rows)
    table.require(NEEDED)
    figures = [
        read_numbers(frame[name], table.place(name), marks).alias(name)
        for name in FIGURES
        if name in frame.columns
    ]
    frame = frame.with_columns(*_texts(table), *figures)
    return check_observations(_completed(frame, table, status, pl.lit("value")), table.name)


def _renamed(table: Table, columns: Mapping[str, str] | None) -> pl.DataFrame:
    if columns is not None:
        table.require(list(columns))
        return table.frame.select(pl.col(theirs).alias(ours) for theirs, ours in columns.items())
    for column in table.frame.columns:
        if column not in SCHEMA:
            raise BadInput(
                f"unknown column {column!r}",
                file=table.name,
                remedy=nearest(column, SCHEMA) or f"a long table has {', '.join(SCHEMA)}",
            )
    return table.frame


def _texts(table: Table) -> list[pl.Series]:
    names = [n for n, kind in SCHEMA.items() if kind == pl.String and n in table.frame.columns]
    return [_text(table, name).alias(name) for name in names]


def _text(table: Table, column: str) -> pl.Series:
    cells = table.frame[column]
    if not (cells.dtype.is_integer() or cells.dtype in (pl.String, pl.Null)):
        raise BadInput(f"holds {cells.dtype}, not text", file=table.name, field=column)
    return cells.cast(pl.String).fill_null("").str.strip_chars()


def _completed(
    frame: pl.DataFrame, table: Table, status: ObservationStatus, column: pl.Expr
) -> pl.DataFrame:
    """The columns that a file may leave out, filled with what they then mean."""
    rows = table.rows if "row" not in frame.columns else frame["row"]
    filled = {
        "period": pl.lit(""),
        "lower": pl.lit(None, pl.Float64),
        "upper": pl.lit(None, pl.Float64),
        "status": pl.when(pl.col("value").is_null())
        .then(pl.lit(ObservationStatus.MISSING.value))
        .otherwise(pl.lit(status.value)),
        "source_cell": pl.format("{}!R{}:{}", pl.lit(table.name), rows, column),
    }
    return frame.with_columns(
        expression.alias(name) for name, expression in filled.items() if name not in frame.columns
    )


def wide_to_long(
    frame: pl.DataFrame | Table,
    *,
    unit: str,
    period: str = "",
    all_in: str = "",
    indicators: Sequence[str] | None = None,
    status: ObservationStatus = ObservationStatus.UNVERIFIED,
    marks: NumberMarks = USUAL_MARKS,
    file: str = "table",
) -> pl.DataFrame:
    """The observations of a table with a row for each unit (at a period) and a column for each indicator.

    Args:
        frame: the table; a frame is taken to have its names in row 1 and its data from row 2 on.
        unit: column that names the unit.
        period: column that names the period; empty where there is none.
        all_in: the period of every row, where no column says it.
        indicators: columns to read; all others, where none are named.
        status: of every figure that is there.
        file: name of the table, for source cells and errors.

    Raises:
        BadInput: for a column that is not there, a cell that is no number, and whatever
            :func:`check_observations` finds.

    >>> wide = pl.DataFrame({"code": ["AUT", "BEL"], "LPI": [4.1, None]})
    >>> wide_to_long(wide, unit="code", all_in="2018", file="a.csv")["source_cell"].to_list()
    ['a.csv!R2:LPI', 'a.csv!R3:LPI']
    """
    if isinstance(frame, pl.DataFrame):
        frame = Table(file, frame, pl.int_range(2, frame.height + 2, eager=True))
    if period and all_in:
        raise BadInput(
            "a column of periods, and one period for all", file=frame.name, remedy="either"
        )
    keys = [name for name in (unit, period) if name]
    if indicators is None:
        indicators = [name for name in frame.frame.columns if name not in keys]
    frame.require([*keys, *indicators])
    long = pl.DataFrame(
        [
            _text(frame, unit).alias("unit"),
            _periods(frame, period, all_in).alias("period"),
            frame.rows.alias("row"),
        ]
    )
    numbers = [
        read_numbers(frame.frame[name], frame.place(name), marks).alias(f"indicator {name}")
        for name in indicators
    ]
    long = long.with_columns(numbers).unpivot(
        index=["unit", "period", "row"], variable_name="indicator", value_name="value"
    )
    long = long.with_columns(
        pl.col("indicator").str.strip_prefix("indicator "), pl.col("value").cast(pl.Float64)
    )
    return check_observations(_completed(long, frame, status, pl.col("indicator")), frame.name)


def _periods(table: Table, period: str, all_in: str) -> pl.Series:
    if period:
        return _text(table, period)
    return pl.Series([all_in], dtype=pl.String).new_from_index(0, table.frame.height)


def read_wide(
    path: str | Path,
    *,
    unit: str,
    period: str = "",
    all_in: str = "",
    indicators: Sequence[str] | None = None,
    status: ObservationStatus = ObservationStatus.UNVERIFIED,
    marks: NumberMarks = USUAL_MARKS,
    sheet: str = "",
    encoding: str = "utf-8",
) -> pl.DataFrame:
    """:func:`wide_to_long` of a file; the source cells name the file, never the folder in which it lies."""
    return wide_to_long(
        read_table(Path(path), sheet=sheet, encoding=encoding),
        unit=unit,
        period=period,
        all_in=all_in,
        indicators=indicators,
        status=status,
        marks=marks,
    )


def write_observations(frame: pl.DataFrame, path: str | Path) -> None:
    """Write a long table as CSV, workbook or Parquet, by the ending of ``path``; read back, it is equal.

    Raises:
        BadInput: where the table is not right, or the file cannot be written.
    """
    write_table(check_observations(frame, Path(path).name), Path(path))
