"""What the index is made of, as tables: units, areas, indicators, source cells, figures."""

from __future__ import annotations

import polars

from donghaeng.index.chain.build import Build
from donghaeng.index.framework.indicators import Column

from .material import FIGURES, TRENDS, Material
from .tables import OF_CODE, OF_UNIT, OWN_UNIT, POINTS, Reference, Table, rows_of

INDICATOR_COLUMNS = (
    "code", "label_ko", "label_en", "role", "area", "unit", "better", "direction_status", "kind",
    "numerator", "denominator", "threshold", "population", "scope", "as_of", "period", "divided_by",
    "sensitive", "department", "programme", "agency", "table", "address", "note",
)  # fmt: skip


def data_tables(material: Material) -> list[Table]:
    """Every table of what the index is made of."""
    build = material.build
    tables = [
        _units(build),
        _nodes(build),
        _indicators(build),
        _source_cells(material),
        _figures(FIGURES, "Figures from which the index is computed", material.figures),
    ]
    if material.trends is not None:
        tables.append(_trends(build, material.trends))
    return tables


def _units(build: Build) -> Table:
    rows = [
        (code, unit.label.ko, unit.label.en, "; ".join(f"{k}={v}" for k, v in unit.groups.items()))
        for code, unit in build.index.units.members.items()
    ]
    return Table(
        "data/units.csv",
        "Units that the index is about",
        rows_of(rows, texts=("unit", "label_ko", "label_en", "groups")),
        ("unit",),
    )


def _nodes(build: Build) -> Table:
    rows = [
        (code, node.label.ko, node.label.en, node.parent, "yes" if node.given else "no", node.note)
        for code, node in build.index.nodes.items()
    ]
    return Table(
        "data/nodes.csv",
        "The index, its areas and their order",
        rows_of(rows, texts=("code", "label_ko", "label_en", "parent", "given", "note")),
        ("code",),
        references=(Reference(("parent",), "", ("code",)),),
    )


def _indicators(build: Build) -> Table:
    """Every code that has figures, and the places of indicators whose names are not known."""
    index = build.index
    known: list[dict[str, str | None]] = []
    for code, each in index.indicators.items():
        said = each.definition
        known.append(
            _column(code, each)
            | {
                "role": str(each.naming),
                "area": each.parent,
                "better": str(each.better),
                "direction_status": each.direction_status,
                "kind": None if each.kind is None else str(each.kind),
                "numerator": said.numerator,
                "denominator": said.denominator,
                "threshold": said.threshold,
                "population": said.population,
                "scope": said.scope,
                "as_of": said.as_of,
                "divided_by": each.denominator,
                "sensitive": None if each.sensitive is None else str(each.sensitive),
                "department": each.department,
                "programme": each.programme,
            }
        )
    known += [
        _column(code, each) | {"role": "denominator"} for code, each in index.denominators.items()
    ]
    for code, node in index.nodes.items():
        if node.given:
            known.append(
                {
                    "code": code,
                    "label_ko": node.label.ko,
                    "label_en": node.label.en,
                    "role": "published node",
                    "area": code,
                    "unit": POINTS,
                    "note": node.note,
                }
            )
    rows = [tuple(each.get(name) for name in INDICATOR_COLUMNS) for each in known]
    return Table(
        "data/indicators.csv",
        "Indicators, denominators and published nodes, with their definitions and sources",
        rows_of(rows, texts=INDICATOR_COLUMNS),
        ("code",),
        references=(Reference(("area",), "data.nodes", ("code",)),),
    )


def _column(code: str, column: Column) -> dict[str, str | None]:
    """What indicators and denominators have in common."""
    source = column.source
    return {
        "code": code,
        "label_ko": column.label.ko,
        "label_en": column.label.en,
        "unit": column.unit,
        "period": column.period,
        "agency": None if source is None else source.agency,
        "table": None if source is None else source.table,
        "address": None if source is None else source.address,
        "note": column.note,
    }


def _source_cells(material: Material) -> Table:
    frame = (
        material.figures.group_by("indicator", "source_cell", maintain_order=True)
        .agg(figures=polars.len().cast(polars.Int64))
        .sort("indicator", "source_cell")
    )
    return Table(
        "data/source_cells.csv",
        "Cells of official tables from which the figures were taken",
        frame,
        ("indicator", "source_cell"),
        references=(OF_CODE,),
    )


def _figures(path: str, title: str, frame: polars.DataFrame) -> Table:
    cell = ("indicator", "source_cell")
    return Table(
        path,
        title,
        frame,
        ("unit", "period", "indicator"),
        dict.fromkeys(("value", "lower", "upper"), OWN_UNIT),
        (OF_UNIT, OF_CODE, Reference(cell, "data.source_cells", cell)),
    )


def _trends(build: Build, frame: polars.DataFrame) -> Table:
    """Further years of single figures; they refer to indicators where all of them are in the index."""
    index = build.index
    known = {*index.indicators, *index.denominators, *index.nodes}
    return Table(
        TRENDS,
        "Earlier and later years of single figures, not in the index",
        frame,
        ("unit", "period", "indicator"),
        dict.fromkeys(("value", "lower", "upper"), OWN_UNIT),
        (OF_CODE,) if known.issuperset(frame["indicator"]) else (),
    )
