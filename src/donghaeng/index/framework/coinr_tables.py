"""The two tables of COINr: structure (iMeta) and data (iData), read into an index file and written from one.

COINr has one name for each thing; as it serves English and Korean here, the label says it twice.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from pathlib import Path

from donghaeng.index.arrays import FloatArray
from donghaeng.rules.faults import BadInput, nearest

from . import options, steps
from .consistency import check_consistency
from .index_file import Data, Index, Periods, Unit, Units
from .indicators import Denominator, GoalpostsOf, Indicator, Node
from .vocabulary import Better, Label, UnitKind

NEEDED = ("iCode", "Type", "Parent", "Level")
TYPES = ("Indicator", "Aggregate", "Group", "Denominator")
MISSING = {"", "NA", "NaN", "nan"}
Row = dict[str, str]


@dataclass(frozen=True)
class Tables:
    """The two tables as they are read: rows by column."""

    structure: list[Row]
    data: list[Row]
    structure_file: str
    data_file: str


@dataclass(frozen=True)
class Imported:
    """An index, and its figures as rows (unit, period, indicator, value, source cell)."""

    index: Index
    figures: list[tuple[str, str, str, float | None, str]]


def read_coinr(structure: str | Path, data: str | Path, *, figures: str) -> Imported:
    """The index of COINr's two tables, with the chain of its example, ready to be edited.

    Args:
        structure: iMeta: iCode, Level, Parent, Type, and where present iName, Direction, Weight,
            Unit, Target, Denominator, ScaleFactor and the goalpost columns.
        data: iData: uCode, where present uName and Time, and a column for each code.
        figures: name of the data file that the index will name.

    Raises:
        BadInput: with file, row and column of what is not right.
    """
    tables = Tables(
        _read_table(structure, NEEDED),
        _read_table(data, ("uCode",)),
        Path(structure).name,
        Path(data).name,
    )
    types = _types(tables)
    groups = [code for code, kind in types.items() if kind == "Group"]
    index = Index(
        id=Path(figures).name.split(".")[0] or "index",
        label=_label("Imported index"),
        version="1",
        data=Data(file=figures),
        units=Units(kind=UnitKind.OTHER, members=_units(tables, groups)),
        periods=_periods(tables),
        groups={code: _name(tables, code) for code in groups},
        denominators={
            row["iCode"]: Denominator(label=_name(tables, row["iCode"]), unit=_text(row, "Unit"))
            for row in tables.structure
            if row["Type"] == "Denominator"
        },
        indicators={
            row["iCode"]: _indicator(row, tables)
            for row in _in_order(tables.structure)
            if row["Type"] == "Indicator"
        },
        nodes={
            row["iCode"]: Node(
                label=_name(tables, row["iCode"]),
                parent=_text(row, "Parent"),
                weight=_number(row, "Weight", 1.0, tables.structure_file),
            )
            for row in sorted(tables.structure, key=lambda row: (row["Level"], row["iCode"]))
            if row["Type"] == "Aggregate"
        },
        steps=_example_chain(groups),
    )
    check_consistency(index, tables.structure_file)
    return Imported(index, _figures(tables, types))


def structure_table(index: Index) -> str:
    """COINr's iMeta of an index, as CSV. Steps are not part of it."""
    rows: list[list[object]] = []
    height = {code: _height(index, code) for code in index.nodes}
    for code, each in index.indicators.items():
        goalposts = each.goalposts
        rows.append(
            [
                1,
                code,
                each.label.en,
                1 if each.better is Better.HIGHER else -1,
                each.weight,
                each.unit or "NA",
                "NA" if each.target is None else each.target,
                each.denominator or "NA",
                each.scale,
                goalposts.lower if goalposts else "NA",
                goalposts.upper if goalposts else "NA",
                each.parent,
                "Indicator",
            ]
        )
    for code in sorted(index.nodes, key=lambda node: height[node]):
        node = index.nodes[code]
        parent = node.parent or "NA"
        rows.append(
            [
                height[code],
                code,
                node.label.en,
                1,
                node.weight,
                "Score",
                *["NA"] * 5,
                parent,
                "Aggregate",
            ]
        )
    for code, label in index.groups.items():
        rows.append(["NA", code, label.en, *["NA"] * 9, "Group"])
    for code, denominator in index.denominators.items():
        rows.append(
            [
                "NA",
                code,
                denominator.label.en,
                "NA",
                "NA",
                denominator.unit or "NA",
                *["NA"] * 6,
                "Denominator",
            ]
        )
    head = [
        "Level",
        "iCode",
        "iName",
        "Direction",
        "Weight",
        "Unit",
        "Target",
        "Denominator",
        "ScaleFactor",
        "goalpost_lower",
        "goalpost_upper",
        "Parent",
        "Type",
    ]
    return _csv(head, rows)


def data_table(
    index: Index,
    rows: Sequence[tuple[str, str]],
    columns: Sequence[str],
    values: FloatArray,
    denominators: FloatArray,
) -> str:
    """COINr's iData of an index and its figures, as CSV.

    Args:
        rows: unit and period of each row.
        columns: codes of the columns of ``values``; an indicator that is not among them is NA.
        values: (rows, columns).
        denominators: (rows, denominators).
    """
    codes = [*index.indicators, *index.denominators]
    table: list[list[object]] = []
    for number, (unit, period) in enumerate(rows):
        member = index.units.members[unit]
        groups = [member.groups.get(group, "NA") for group in index.groups]
        known = dict(zip(columns, values[number], strict=True))
        figures = [*(known.get(code, nan) for code in index.indicators), *denominators[number]]
        cells = ["NA" if figure != figure else repr(float(figure)) for figure in figures]
        table.append([member.label.en, unit, *groups, period or "NA", *cells])
    return _csv(["uName", "uCode", *index.groups, "Time", *codes], table)


def _csv(head: list[str], rows: list[list[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()


def _height(index: Index, code: str) -> int:
    """COINr's level: 1 for indicators, and one more than the highest child."""
    if code in index.indicators:
        return 1
    return 1 + max(_height(index, child) for child in index.children(code))


# ---- reading -------------------------------------------------------------------------------------


def _read_table(path: str | Path, needed: tuple[str, ...]) -> list[Row]:
    """Rows of a CSV file by column.

    Raises:
        BadInput: where it cannot be read, or a column is missing or stands there twice.
    """
    file = str(path)
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadInput(str(error.strerror), file=file) from None
    except UnicodeDecodeError:
        raise BadInput("is not text in UTF-8", file=file) from None
    reader = csv.reader(io.StringIO(text))
    head = next(reader, [])
    twice = [name for name in head if head.count(name) > 1]
    if twice:
        raise BadInput(f"has the column {twice[0]!r} twice", file=file)
    for name in needed:
        if name not in head:
            raise BadInput(f"has no column {name!r}", file=file, remedy=nearest(name, head))
    rows = []
    for number, cells in enumerate(reader, 2):
        if len(cells) != len(head):
            raise BadInput(
                f"has {len(cells)} cells where the head has {len(head)}",
                file=file,
                field=f"row {number}",
            )
        rows.append(dict(zip(head, cells, strict=True)))
    if not rows:
        raise BadInput("has no rows", file=file)
    return rows


def _types(tables: Tables) -> dict[str, str]:
    """Type of each code; every column of data is declared, and every declared one is there."""
    types: dict[str, str] = {}
    columns = set(tables.data[0])
    for number, row in enumerate(tables.structure, 2):
        code, kind = row["iCode"], row["Type"]
        field = f"row {number}"
        if kind not in TYPES:
            raise BadInput(
                f"there is no type {kind!r}",
                file=tables.structure_file,
                field=field,
                remedy=nearest(kind, TYPES) or f"one of {', '.join(TYPES)}",
            )
        if code in types:
            raise BadInput(f"{code!r} stands here twice", file=tables.structure_file, field=field)
        if kind != "Aggregate" and code not in columns:
            raise BadInput(
                f"has no column {code!r}", file=tables.data_file, remedy=nearest(code, columns)
            )
        types[code] = kind
    unknown = columns - set(types) - {"uCode", "uName", "Time"}
    if unknown:
        name = min(unknown)
        raise BadInput(
            f"the column {name!r} is not declared",
            file=tables.data_file,
            remedy=nearest(name, types) or f"declare it in {tables.structure_file}",
        )
    return types


def _in_order(structure: list[Row]) -> list[Row]:
    """COINr's order of indicators: by level, then by parent, as they stand within."""
    return sorted(structure, key=lambda row: (row["Level"], row["Parent"]))


def _text(row: Row, column: str) -> str | None:
    value = row.get(column, "NA")
    return None if value in MISSING else value


def _number(row: Row, column: str, default: float, file: str) -> float:
    value = _optional(row, column, file)
    return default if value is None else value


def _optional(row: Row, column: str, file: str) -> float | None:
    """The number in a cell, or nothing where it is missing.

    Raises:
        BadInput: where it is no finite number.
    """
    text = row.get(column, "NA").strip()
    if text in MISSING:
        return None
    try:
        value = float(text)
    except ValueError:
        value = float("inf")
    if value - value != 0:
        field = f"{row.get('iCode') or row.get('uCode')}, {column}"
        raise BadInput(f"{text!r} is not a number", file=file, field=field, remedy="a number or NA")
    return value


def _label(text: str) -> Label:
    return Label(ko=text, en=text)


def _name(tables: Tables, code: str) -> Label:
    row = next(row for row in tables.structure if row["iCode"] == code)
    return _label(_text(row, "iName") or code)


def _indicator(row: Row, tables: Tables) -> Indicator:
    file = tables.structure_file
    direction = _number(row, "Direction", 1.0, file)
    if direction not in (1, -1):
        raise BadInput(
            f"{row['Direction']!r} is no direction", file=file, field=row["iCode"], remedy="1 or -1"
        )
    lower, upper = (_optional(row, f"goalpost_{end}", file) for end in ("lower", "upper"))
    goalposts = None
    if lower is not None and upper is not None:
        truncate = _text(row, "goalpost_trunc2posts")
        goalposts = GoalpostsOf(
            lower=lower,
            upper=upper,
            high=_optional(row, "goalpost_scale", file),
            truncate=None if truncate is None else truncate.upper() in ("TRUE", "T", "1"),
        )
    return Indicator(
        label=_name(tables, row["iCode"]),
        unit=_text(row, "Unit"),
        parent=_text(row, "Parent") or "",
        weight=_number(row, "Weight", 1.0, file),
        better=Better.HIGHER if direction == 1 else Better.LOWER,
        denominator=_text(row, "Denominator"),
        scale=_number(row, "ScaleFactor", 1.0, file),
        target=_optional(row, "Target", file),
        goalposts=goalposts,
    )


def _period(row: Row) -> str:
    return _text(row, "Time") or ""


def _periods(tables: Tables) -> Periods:
    """A panel where the table holds more than one time."""
    several = len({_period(row) for row in tables.data}) > 1
    return Periods(mode="panel") if several else Periods()


def _units(tables: Tables, groups: list[str]) -> dict[str, Unit]:
    """Units in the order of their codes."""
    members: dict[str, Unit] = {}
    for row in sorted(tables.data, key=lambda row: row["uCode"]):
        members.setdefault(
            row["uCode"],
            Unit(
                label=_label(_text(row, "uName") or row["uCode"]),
                groups={code: row[code] for code in groups if _text(row, code)},
            ),
        )
    return members


def _figures(
    tables: Tables, types: dict[str, str]
) -> list[tuple[str, str, str, float | None, str]]:
    """Every figure with the cell it stands in."""
    columns = list(tables.data[0])
    wanted = [code for code in columns if types.get(code) in ("Indicator", "Denominator")]
    figures = []
    seen: dict[tuple[str, str], int] = {}
    for number, row in enumerate(tables.data, 2):
        key = (row["uCode"], _period(row))
        if key in seen:
            raise BadInput(
                f"{' '.join(key).strip()} stands in rows {seen[key]} and {number}",
                file=tables.data_file,
            )
        seen[key] = number
        for code in wanted:
            value = _optional(row, code, tables.data_file)
            figures.append((*key, code, value, f"{tables.data_file}!R{number}:{code}"))
    return figures


def _example_chain(groups: list[str]) -> tuple[steps.Step, ...]:
    """Denominate, impute within a group, screen at 90 %, treat, min-max 0–100, arithmetic means.

    The group is the last one declared, which in COINr's example is `EurAsia_group`.
    """
    group = groups[-1] if groups else None
    return (
        steps.Denominate(),
        steps.Impute(impute=options.ImputeCentre(method="mean", group=group)),
        steps.Screen(screen=options.Screening(least_available=0.9)),
        steps.Treat(),
        steps.Normalise(normalise=options.MinMax(method="min_max")),
        steps.Aggregate(aggregate=options.Mean(method="arithmetic")),
    )
