"""Figures and scores as SDMX 2.1, the form in which statistical offices exchange them."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import polars

from donghaeng.sources.observations import SCHEMA, ObservationStatus
from donghaeng.sources.sdmx import write_sdmx
from donghaeng.sources.sdmx_structure import Publication

from .material import Material
from .tables import Table

SCORES = "results/scores.csv"


def sdmx_files(material: Material, scores: Table) -> dict[str, bytes]:
    """Data and structure of the figures and of the scores, by path.

    Where a figure has no period, SDMX has no key for it and there is nothing.

    Raises:
        BadInput: where a table cannot be written so.
    """
    if (material.figures["period"] == "").any() or "" in material.build.panel.periods:
        return {}
    index = material.index
    names = {code: unit.label.en for code, unit in index.units.members.items()}
    names |= {code: each.label.en for code, each in index.denominators.items()}
    names |= {code: index.label_of(code).en for code in (*index.indicators, *index.nodes)}
    flow = re.sub(r"[^A-Za-z0-9_]", "_", index.id).upper()
    parts = {
        "figures": (material.figures, "RAW", "figures"),
        "scores": (_observations(scores.frame), "INDEX", "scores"),
    }
    files = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, (frame, measure, what) in parts.items():
            described = Publication(
                flow=f"X_{flow}_{name.upper()}",
                measure=measure,
                title=f"{index.label.en}: {what}",
                names=names,
            )
            path = Path(folder) / f"{name}.xml"
            structure = write_sdmx(frame, path, described, prepared=material.at)
            for written in (path, structure):
                files[f"sdmx/{written.name}"] = written.read_bytes()
    return files


def _observations(scores: polars.DataFrame) -> polars.DataFrame:
    """Scores as observations; the source cell of a score is its address in the publication."""
    missing = polars.col("score").is_null()
    bound = [name for name in ("lower", "upper") if name in scores.columns]
    return scores.with_columns(
        indicator=polars.col("node"),
        value=polars.col("score"),
        status=polars.when(missing)
        .then(polars.lit(ObservationStatus.MISSING.value))
        .otherwise(polars.lit(ObservationStatus.DERIVED.value)),
        source_cell=polars.format("results/scores.csv {}.{}.{}", "unit", "period", "node"),
        **{
            name: polars.lit(None, polars.Float64)
            for name in ("lower", "upper")
            if name not in bound
        },
    ).select(SCHEMA.names())
