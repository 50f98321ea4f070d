"""Numbers as offices write them: which marks mean that there is none, and what is no number at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from donghaeng.rules.faults import BadInput

PLAIN = r"\A[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\z"
GROUPED = r"\A[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?\z"


@dataclass(frozen=True)
class NumberMarks:
    """What stands in a cell instead of a number, and how thousands are set apart.

    Args:
        missing: texts that mean that there is no figure.
        zero: texts that mean nought; some tables of counts write ``-`` for it.
        thousands: whether ``1,234`` is 1234. Elsewhere the comma is the decimal sign, so a file says so.
    """

    missing: frozenset[str] = frozenset({"", "NA", "-", "…", "...", "X", "x"})
    zero: frozenset[str] = frozenset()
    thousands: bool = False


USUAL_MARKS = NumberMarks()


def read_numbers(
    cells: pl.Series, place: Callable[[int], tuple[str, str]], marks: NumberMarks = USUAL_MARKS
) -> pl.Series:
    """The cells of a column as 64-bit floats; null where a mark says that there is no figure.

    Args:
        cells: texts or numbers.
        place: file and cell of the row that stands at a position, for the error.

    Raises:
        BadInput: for the first cell that is no finite number and no mark, naming the cell.
    """
    if cells.dtype == pl.Null:
        return cells.cast(pl.Float64)
    if cells.dtype.is_numeric():
        return _checked(cells, cells.cast(pl.Float64), place, marks)
    if cells.dtype != pl.String:
        file, cell = place(0) if len(cells) else ("", "")
        raise BadInput(
            f"holds {cells.dtype}, not numbers", file=file, field=cell, remedy="name other columns"
        )
    text = pl.col("text")
    plain = text.str.strip_chars()
    frame = cells.alias("text").to_frame().select(plain)
    number = text.str.replace_all(",", "") if marks.thousands else text
    is_number = text.str.contains(PLAIN)
    if marks.thousands:
        is_number |= text.str.contains(GROUPED)
    read = frame.select(
        pl.when(text.is_in(list(marks.zero)))
        .then(0.0)
        .when(is_number & ~text.is_in(list(marks.missing)))
        .then(number.cast(pl.Float64, strict=False))
    ).to_series()
    return _checked(frame.to_series(), read, place, marks)


def _checked(
    cells: pl.Series, read: pl.Series, place: Callable[[int], tuple[str, str]], marks: NumberMarks
) -> pl.Series:
    none = cells.is_null()
    if cells.dtype == pl.String:
        none |= cells.is_in(list(marks.missing))
    wrong = (read.is_null() & ~none) | ~read.is_finite().fill_null(True)
    first = wrong.arg_max()
    if first is None or not wrong[first]:
        return read
    file, cell = place(first)
    raise BadInput(
        f"{str(cells[first])!r} is not a number",
        file=file,
        field=cell,
        remedy=_remedy(str(cells[first]), marks),
    )


def _remedy(text: str, marks: NumberMarks) -> str:
    if not marks.thousands and "," in text:
        return "write 1234.5, or say that commas set thousands apart"
    known = " ".join(sorted(mark for mark in marks.missing if mark))
    return f"a finite number, or a mark for a missing one: empty {known}"
