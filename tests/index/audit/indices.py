"""Indices that the tests of the audit share: a small one over years, ASEM, and Seoul's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars

from donghaeng.index.audit import Audit, Draws, audit
from donghaeng.index.framework import Index, read_index
from donghaeng.index.framework.coinr_tables import read_coinr
from donghaeng.index.framework.uncertain import Uncertainty
from donghaeng.index.panel import Panel, panel_of, read_panel
from donghaeng.sources.observations import SCHEMA

from ..small import index, label, table

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "index"

# What is uncertain about ASEM, in the way of COINr's own example.
ASEM_CHOICES: dict[str, Any] = {
    "missing": {
        "kind": "step",
        "among": [
            {"impute": {"method": "mean", "group": "EurAsia_group"}},
            {"impute": {"method": "median"}},
        ],
    },
    "outliers": {"kind": "step", "among": [{"treat": {}}, {"skip": "treat"}]},
    "scale": {
        "kind": "step",
        "among": [{"normalise": {"method": "min_max"}}, {"normalise": {"method": "rank"}}],
    },
    "weights": {"kind": "weight_noise", "factor": 0.25},
}


def asem(folder: Path, choices: dict[str, Any] | None = None) -> tuple[Index, Panel]:
    """ASEM as imported; with ``choices`` its uncertainty."""
    found = read_coinr(folder / "ASEM_iMeta.csv", folder / "ASEM_iData.csv", figures="figures.csv")
    rows = [
        (unit, period, code, value, None, None, "missing" if value is None else "unverified", cell)
        for unit, period, code, value, cell in found.figures
    ]
    frame = polars.DataFrame(rows, schema=SCHEMA, orient="row")
    told = found.index
    if choices is not None:
        told = told.model_copy(update={"uncertainty": Uncertainty(choices=choices)})
    return told, panel_of(told, frame, "figures.csv")


def seoul() -> tuple[Index, Panel]:
    """Seoul's index as it ships."""
    folder = EXAMPLES / "seoul"
    read = read_index(folder / "index.yaml")
    return read, read_panel(read, folder)


def town(
    folder: Path,
    choices: dict[str, Any] | None = None,
    figures: dict[str, dict[str, float | None]] | None = None,
    **changes: Any,
) -> tuple[Index, Panel]:
    """The small index with its uncertainty."""
    if choices is not None:
        changes["uncertainty"] = {"choices": choices}
    read = index(folder, **changes)
    return read, panel_of(read, table(figures), "figures.csv")


def one_city(
    folder: Path,
    figures: dict[str, dict[str, float]],
    choices: dict[str, Any] | None = None,
    errors: dict[str, float] | None = None,
) -> tuple[Index, Panel]:
    """One city: period: indicator: figure, as they stand (no normalisation); errors as half-widths."""
    codes = list(next(iter(figures.values())))
    indicators = {
        code: {"label": label(code), "parent": "all"}
        | ({"measurement_error": {"half_width": errors[code]}} if errors and code in errors else {})
        for code in codes
    }
    changes: dict[str, Any] = {
        "units": {"kind": "city", "members": {"city": {"label": label("City")}}},
        "indicators": indicators,
        "nodes": {"all": {"label": label("All")}},
        "steps": [{"aggregate": {"method": "arithmetic"}}],
    }
    if choices is not None:
        changes["uncertainty"] = {"choices": choices}
    read = index(folder, **changes)
    frame = polars.concat(
        table({code: {"city": value} for code, value in of_period.items()}, period)
        for period, of_period in figures.items()
    )
    return read, panel_of(read, frame, "figures.csv")


def audited(both: tuple[Index, Panel], number: int = 2048, **said: Any) -> Audit:
    """The audit with few draws."""
    draws = {word: said.pop(word) for word in ("seed", "threads", "resume") if word in said}
    return audit(*both, Draws(number, **draws), **said)
