"""SPSS (``.sav``) and Stata (``.dta``) files in batches, with labels and the values declared missing."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from donghaeng.rules.faults import BadInput

from .survey_table import ColumnNotes, SurveyTable, require

READERS = {".sav": "read_sav", ".zsav": "read_sav", ".dta": "read_dta"}


# Stata's missing values with a meaning, as they stand in a table.
LETTERED = (".a", ".z")


def package_batches(
    path: Path, columns: Sequence[str] | None, encoding: str, size: int
) -> Iterator[SurveyTable]:
    """The file by ``size`` rows; of an empty table one batch without rows.

    Raises:
        BadInput: where ``pyreadstat`` is not installed, or the file is damaged, cut short or of another kind.
    """
    package = _package(path.name)
    read = getattr(package, READERS[path.suffix.lower()])
    # CP949 is declared in old SPSS files, or not at all; an encoding that is given goes before.
    options: dict[str, Any] = {"user_missing": True, "output_format": "dict"}
    if encoding:
        options["encoding"] = encoding
    _, about = _read(package, read, path, metadataonly=True, **options)
    wanted = list(columns) if columns is not None else list(about.column_names)
    require(wanted, about.column_names, path.name)
    notes = {name: _notes(name, about) for name in wanted}
    start = 0
    while True:
        cells, _ = _read(
            package, read, path, usecols=wanted, row_offset=start, row_limit=size, **options
        )
        frame = pl.DataFrame([_series(name, cells[name], about) for name in wanted])
        if start and not frame.height:
            return
        rows = pl.int_range(start + 1, start + frame.height + 1, eager=True)
        yield SurveyTable(path.name, frame, rows, notes)
        start += frame.height
        if frame.height < size:
            return


def _package(name: str) -> Any:
    try:
        return importlib.import_module("pyreadstat")
    except ImportError:
        raise BadInput(
            "needs the package pyreadstat to be read",
            file=name,
            remedy='pip install "donghaeng[population]"',
        ) from None


def _read(package: Any, read: Any, path: Path, **options: Any) -> Any:
    try:
        return read(str(path), **options)
    except package.PyreadstatError as error:  # the file is not there
        raise BadInput(str(error), file=path.name) from None
    except package.ReadstatError as error:
        said = str(error)
        if "character set" in said or "convert" in said:
            raise BadInput(f"{said}", file=path.name, remedy="--encoding cp949?") from None
        raise BadInput(
            f"is damaged, cut short or no {path.suffix} file ({said})", file=path.name
        ) from None
    except (UnicodeDecodeError, ValueError, OverflowError) as error:
        raise BadInput(f"cannot be read: {error}", file=path.name) from None


def _series(name: str, cells: Any, about: Any) -> pl.Series:
    """A column; where Stata's lettered missing values (``.a``) stand among numbers, as text."""
    values = list(cells)
    if about.readstat_variable_types.get(name) != "string" and any(
        isinstance(each, str) for each in values
    ):
        values = [None if each is None else _plain(each) for each in values]
    if about.readstat_variable_types.get(name) == "string":
        return pl.Series(name, values, dtype=pl.String).replace("", None)
    if values and all(each is None for each in values):
        return pl.Series(name, values, dtype=pl.Float64)
    return pl.Series(name, values, strict=False)


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return f".{value}"
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _notes(name: str, about: Any) -> ColumnNotes:
    ranges = [(each["lo"], each["hi"]) for each in about.missing_ranges.get(name, ())]
    labels: Mapping[Any, str] = about.variable_value_labels.get(name, {})
    numeric = about.readstat_variable_types.get(name) != "string"
    if numeric and about.file_format.startswith("dta"):
        ranges.append(LETTERED)
    return ColumnNotes(
        about.column_names_to_labels.get(name) or "",
        {_code(code, numeric=numeric): text for code, text in labels.items()},
        tuple(ranges),
    )


def _code(code: Any, *, numeric: bool) -> float | str:
    if isinstance(code, str):
        return f".{code}" if numeric else code
    return float(code)
