"""A build as tables: every data set, the scores, the weights and the ledger."""

from __future__ import annotations

import json

import numpy
import polars

from donghaeng.index.arrays import FloatArray
from donghaeng.index.framework.reading import index_text
from donghaeng.index.results.tables import result_tables
from donghaeng.sources.safe_cells import csv_text
from donghaeng.version import __version__

from .build import Build
from .data_sets import DataSet, Leading


def files_of(build: Build) -> dict[str, str]:
    """The name and text of every file that a build leaves behind.

    Figures are written in the shortest form that reads back the same; a missing figure is an empty cell.
    """
    tables = {each.name: data_set_table(build, each) for each in build.data_sets}
    tables |= {
        "scores": scores_table(build),
        "weights": weights_table(build),
        "ledger": ledger_table(build),
    }
    tables |= result_tables(build)
    files = {f"{name}.csv": csv_text(table) for name, table in tables.items()}
    return files | {"index.yaml": index_text(build.index), "build.json": _summary(build)}


def data_set_table(build: Build, data_set: DataSet) -> polars.DataFrame:
    """unit, period, and a column for each code; with a column before them where there are several tables."""
    units, periods = zip(*build.panel.rows, strict=True)
    if data_set.leading is None:
        return _wide(units, periods, data_set.columns, data_set.values)
    parts = []
    for number, values in enumerate(data_set.values):
        case = str(number + 1)
        if data_set.leading is Leading.BOUNDS:
            case = ("worst", "best")[number]
        part = _wide(units, periods, data_set.columns, values)
        name = "table" if data_set.leading is Leading.TABLES else "case"
        parts.append(part.select(polars.lit(case).alias(name), polars.all()))
    return polars.concat(parts)


def _wide(
    units: tuple[str, ...], periods: tuple[str, ...], columns: tuple[str, ...], values: FloatArray
) -> polars.DataFrame:
    return polars.DataFrame(
        [
            polars.Series("unit", units, dtype=polars.String),
            polars.Series("period", periods, dtype=polars.String),
            *(
                polars.Series(code, values[:, column], dtype=polars.Float64)
                for column, code in enumerate(columns)
            ),
        ]
    ).with_columns(polars.selectors.float().fill_nan(None))


def scores_table(build: Build) -> polars.DataFrame:
    """unit, period, node, score and rank of every node above the indicators, the top first.

    With a multiple imputation there are the bounds of a 95 % interval beside them, and where missing figures are
    carried as bounds the worst and the best case: ``lower`` and ``upper``.
    """
    nodes = [build.tree.codes[place] for place in reversed(build.tree.groups)]
    places = [build.tree.place(code) for code in nodes]
    rows = len(build.panel.rows)
    units, periods = zip(*build.panel.rows, strict=True)

    def flat(values: FloatArray) -> polars.Series:
        return polars.Series(values[:, places].ravel(), dtype=polars.Float64).fill_nan(None)

    table = polars.DataFrame(
        {
            "unit": numpy.repeat(numpy.array(units, dtype=object), len(nodes)).tolist(),
            "period": numpy.repeat(numpy.array(periods, dtype=object), len(nodes)).tolist(),
            "node": nodes * rows,
        },
        schema=dict.fromkeys(("unit", "period", "node"), polars.String),
    ).with_columns(score=flat(build.scores), rank=flat(build.ranks).cast(polars.Int64))
    bounds = (build.lower, build.upper)
    if build.pooled is not None:
        bounds = build.pooled.interval()
    lower, upper = bounds
    if lower is None or upper is None:
        return table
    return table.with_columns(lower=flat(lower), upper=flat(upper))


def weights_table(build: Build) -> polars.DataFrame:
    """node, parent, the weight within its parent as a share, and its part in the top."""
    tree = build.tree
    shares = numpy.ones(len(tree.codes))
    for group in tree.groups:
        children = tree.children[group]
        shares[children] = build.weights[children] / build.weights[children].sum()
    parents = ["" if place < 0 else tree.codes[place] for place in tree.parents]
    return polars.DataFrame(
        {
            "node": list(tree.codes),
            "parent": parents,
            "weight": build.weights,
            "share_of_parent": shares,
            "share_of_index": build.effective_weights,
        }
    )


def ledger_table(build: Build) -> polars.DataFrame:
    """What was done to which cell, in order."""
    names = ("step", "unit", "period", "indicator", "before", "after", "what")
    schema = {
        name: polars.Float64 if name in ("before", "after") else polars.String for name in names
    }
    rows = [tuple(getattr(entry, name) for name in names) for entry in build.ledger]
    table = polars.DataFrame(rows, schema=schema, orient="row")
    return table.with_columns(polars.selectors.float().fill_nan(None))


def _summary(build: Build) -> str:
    said = {
        "donghaeng": __version__,
        "index": build.index.id,
        "version": build.index.version,
        "index_sha256": build.index.hash,
        "data_sets": [each.name for each in build.data_sets],
        "units": len(build.panel.units),
        "periods": list(build.panel.periods),
        "indicators": len(build.context.indicators),
        "ledger_entries": len(build.ledger),
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"
