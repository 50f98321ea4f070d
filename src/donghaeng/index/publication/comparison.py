"""What stands in a published file against what comes out: figures by their meaning, the rest to the byte."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import polars

from donghaeng.index.chain.build import Build
from donghaeng.sources.safe_cells import read_frame

from .tables import Table

TOLERANCE = 1e-9
LONGEST = 90
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """One thing that is not what comes out: its file, its address in it, what stands there, what comes out."""

    file: str
    address: str
    stands: str
    comes_out: str

    def __str__(self) -> str:
        return f"{self.address}: {self.stands} stands there, {self.comes_out} comes out"


def compare_table(table: Table, content: bytes, build: Build) -> Iterator[Difference]:
    """Every cell of a table that differs; a figure is addressed as in ``index trace``."""
    try:
        read = _read_csv(content, table.frame.columns)
    except (polars.exceptions.PolarsError, UnicodeDecodeError, ValueError) as fault:
        yield Difference(table.path, "table", f"no table ({str(fault)[:LONGEST]})", "a table")
        return
    wanted = _texts(table.frame)
    keys = table.key or ("",)
    found = dict(_rows(read, table.key))
    expected = dict(_rows(wanted, table.key))
    for key, row in expected.items():
        there = found.get(key)
        if there is None:
            yield Difference(table.path, _address(keys, key, build), "no row", "a row")
            continue
        for column in wanted.columns:
            if not same_cell(there[column], row[column]):
                address = _address(keys, key, build)
                if column not in ("score", "value") and column not in keys:
                    address = f"{address}.{column}"
                yield Difference(table.path, address, said_of(there[column]), said_of(row[column]))
    for key in found.keys() - expected.keys():
        yield Difference(table.path, _address(keys, key, build), "a row", "no row")


def _read_csv(content: bytes, columns: list[str]) -> polars.DataFrame:
    content.decode("utf-8")
    frame = read_frame(polars.read_csv(content, infer_schema=False))
    if frame.columns != columns:
        raise ValueError(f"its columns are {', '.join(frame.columns)}")
    return frame


def _texts(frame: polars.DataFrame) -> polars.DataFrame:
    """The frame as it is read back: every cell a text, the same as in the file."""
    return read_frame(polars.read_csv(BytesIO(frame.write_csv().encode()), infer_schema=False))


def _rows(frame: polars.DataFrame, key: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Row]]:
    """Rows by their key, or by their number; a key that stands twice is numbered."""
    seen: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(frame.iter_rows(named=True), start=1):
        name = tuple(str(row[column] or "") for column in key) if key else (str(number),)
        seen[name] = seen.get(name, 0) + 1
        yield (name if seen[name] == 1 else (*name, f"again {seen[name]}")), row


def _address(names: tuple[str, ...], key: tuple[str, ...], build: Build) -> str:
    """As in ``index trace``: the unit only where there are several."""
    parts = [
        part
        for name, part in zip(names, key, strict=False)
        if part and not (name == "unit" and len(build.panel.units) == 1)
    ]
    more = key[len(names) :]
    return ".".join([*parts, *more]) if names != ("",) else f"line {key[0]}"


def same_cell(stands: Any, comes_out: Any) -> bool:
    """Whether two cells say the same: figures within one part in 10⁹, texts as they are."""
    if stands == comes_out:
        return True
    one, other = _number(stands), _number(comes_out)
    if one is None or other is None:
        return False
    return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE * 1e-3)


def _number(cell: Any) -> float | None:
    if isinstance(cell, bool) or cell is None:
        return None
    try:
        number = float(cell)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def said_of(cell: Any) -> str:
    """A cell as a finding prints it."""
    if cell is None or cell == "":
        return "nothing"
    text = str(cell)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def compare_json(file: str, content: bytes, expected: bytes) -> Iterator[Difference]:
    """Every place of a JSON document that differs."""
    try:
        there = json.loads(content)
    except (ValueError, RecursionError):
        yield Difference(file, "document", "no JSON", "JSON")
        return
    yield from _compare_nested(file, "", there, json.loads(expected))


def _compare_nested(file: str, path: str, there: Any, expected: Any) -> Iterator[Difference]:
    if isinstance(there, dict) and isinstance(expected, dict):
        for name in dict.fromkeys([*expected, *there]):
            inner = f"{path}.{name}" if path else str(name)
            missing = object()
            one, other = there.get(name, missing), expected.get(name, missing)
            if one is missing or other is missing:
                said = ("nothing" if each is missing else said_of(each) for each in (one, other))
                yield Difference(file, inner, *said)
            else:
                yield from _compare_nested(file, inner, one, other)
    elif isinstance(there, list) and isinstance(expected, list) and len(there) == len(expected):
        for number, (one, other) in enumerate(zip(there, expected, strict=True)):
            yield from _compare_nested(file, f"{path}[{number}]", one, other)
    elif type(there) is bool or type(expected) is bool:
        if there is not expected:
            yield Difference(file, path, said_of(there), said_of(expected))
    elif not same_cell(there, expected):
        yield Difference(file, path, said_of(there), said_of(expected))


def compare_parquet(table: Table, file: str, content: bytes, build: Build) -> Iterator[Difference]:
    """Every cell of a Parquet file that differs from the table."""
    try:
        frame = polars.read_parquet(content)
    except (polars.exceptions.PolarsError, OSError) as fault:
        yield Difference(file, "table", f"no table ({str(fault)[:LONGEST]})", "a table")
        return
    for each in compare_table(table, frame.write_csv().encode(), build):
        yield Difference(file, each.address, each.stands, each.comes_out)


def compare_bytes(file: str, content: bytes, expected: bytes) -> Iterator[Difference]:
    """The first line that differs, with the words about where it does."""
    if content == expected:
        return
    there = content.decode("utf-8", "replace").splitlines()
    wanted = expected.decode("utf-8", "replace").splitlines()
    for number, (one, other) in enumerate(zip(there, wanted, strict=False), start=1):
        if one != other:
            start = next(
                (k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
                min(len(one), len(other)),
            )
            start = max(0, start - 20)
            said = (f"“{text[start : start + 60]}”" for text in (one, other))
            yield Difference(file, f"{file} line {number}", *said)
            return
    yield Difference(file, file, f"{len(content)} bytes", f"{len(expected)} bytes")
