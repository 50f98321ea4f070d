"""Made-up indexes of any size, as files would hold them, with figures drawn as arrays."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np

from donghaeng.index.framework import Index
from donghaeng.index.panel import Panel

SEED = 20261122
Array = np.ndarray
Document = dict[str, Any]
CHAIN: tuple[Any, ...] = (
    {"treat": {}},
    {"normalise": {"method": "min_max", "low": 1, "high": 100}},
    {"aggregate": {"method": "arithmetic"}},
)


def label(text: str) -> Document:
    return {"ko": text, "en": text}


def made_up(units: int, indicators: int, *, pillars: int = 20, **parts: Any) -> Index:
    """Indicators in pillars, pillars in four areas, areas in one index; every fourth is better when lower."""
    areas = 4
    return Index.model_validate(
        {
            "id": "made_up",
            "label": label("Made up"),
            "version": "1",
            "data": {"file": "none.csv"},
            "units": {
                "kind": "other",
                "members": {name: {"label": label(name)} for name in unit_names(units)},
            },
            "indicators": {
                f"i{number:03}": {
                    "label": label(f"i{number:03}"),
                    "parent": f"p{number * pillars // indicators:02}",
                    "better": "lower" if number % 4 == 3 else "higher",
                }
                for number in range(indicators)
            },
            "nodes": {
                **{
                    f"p{p:02}": {"label": label(f"p{p:02}"), "parent": f"a{p * areas // pillars}"}
                    for p in range(pillars)
                },
                **{f"a{a}": {"label": label(f"a{a}"), "parent": "top"} for a in range(areas)},
                "top": {"label": label("top")},
            },
            "steps": list(CHAIN),
            **parts,
        }
    )


def unit_names(units: int) -> list[str]:
    return [f"u{number:05}" for number in range(units)]


def figures(units: int, indicators: int, missing: float = 0.0) -> Array:
    """Two thirds are bell-shaped; the others have a long tail, so that they are winsorised or logged."""
    random = np.random.default_rng(SEED)
    values = random.normal(50, 10, (units, indicators))
    tailed = np.arange(indicators) % 3 == 2
    values[:, tailed] = np.exp(random.normal(3, 1.2, (units, int(tailed.sum()))))
    values[random.random(values.shape) < missing] = np.nan
    return values


def panel(index: Index, values: Array) -> Panel:
    """The figures of one period, without sources."""
    empty = np.full(values.shape, np.nan)
    text = np.full(values.shape, "", dtype=object)
    return Panel(
        units=tuple(index.units.members),
        periods=("2024",),
        columns=index.columns,
        values=values,
        lower=empty,
        upper=empty,
        denominators=empty,
        cells=text,
        denominator_cells=text,
        statuses=text,
        denominator_figures=np.empty((len(values), 0)),
    )


def coinr_tables(index: Index, values: Array, folder: Path) -> tuple[Path, Path]:
    """The same as COINr's two tables, for the command line."""
    from donghaeng.index.framework.coinr_tables import data_table, structure_table

    structure, data = folder / "iMeta.csv", folder / "iData.csv"
    structure.write_text(structure_table(index), encoding="utf-8")
    rows = [(unit, "2024") for unit in index.units.members]
    data.write_text(
        data_table(index, rows, index.columns, values, np.empty((len(rows), 0))), encoding="utf-8"
    )
    with data.open(encoding="utf-8") as lines:
        assert len(next(csv.reader(lines))) == values.shape[1] + 3
    return structure, data
