"""A small index that every test can work out by hand, and how to change one thing in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars
import yaml

from donghaeng.index.chain import Build, build
from donghaeng.index.framework import Index, read_index
from donghaeng.index.panel import panel_of
from donghaeng.sources.observations import SCHEMA

# Three districts, two areas. Higher is better but for rent.
FIGURES = {
    "income": {"a": 10.0, "b": 20.0, "c": 30.0},
    "rent": {"a": 5.0, "b": 10.0, "c": 15.0},
    "doctors": {"a": 8.0, "b": 6.0, "c": 4.0},
}


def label(text: str) -> dict[str, str]:
    return {"ko": text, "en": text}


def document(**changes: Any) -> dict[str, Any]:
    """The index as a file holds it; a change replaces a whole part of it."""
    return {
        "id": "town",
        "label": label("Town"),
        "version": "1",
        "data": {"file": "figures.csv"},
        "periods": {"mode": "panel"},
        "units": {"kind": "district", "members": {name: {"label": label(name)} for name in "abc"}},
        "indicators": {
            "income": {"label": label("Income"), "parent": "living"},
            "rent": {"label": label("Rent"), "parent": "living", "better": "lower"},
            "doctors": {"label": label("Doctors"), "parent": "health"},
        },
        "nodes": {
            "living": {"label": label("Living"), "parent": "all"},
            "health": {"label": label("Health"), "parent": "all"},
            "all": {"label": label("All")},
        },
        "steps": [{"normalise": {"method": "min_max"}}, {"aggregate": {"method": "arithmetic"}}],
        **changes,
    }


class _Spelt(yaml.SafeDumper):
    """Writes out what stands in two places, where YAML would point from one to the other."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def yaml_text(content: Any) -> str:
    return yaml.dump(content, Dumper=_Spelt, allow_unicode=True, sort_keys=False)


def write(folder: Path, **changes: Any) -> Path:
    """The index file in ``folder``."""
    file = folder / "index.yaml"
    file.write_text(yaml_text(document(**changes)), encoding="utf-8")
    return file


def index(folder: Path, **changes: Any) -> Index:
    return read_index(write(folder, **changes))


def table(
    figures: dict[str, dict[str, float | None]] | None = None, period: str = "2024"
) -> polars.DataFrame:
    """Figures of one period as a long table: indicator, unit, value."""
    rows = [
        (unit, period, code, value, None, None, "official", f"table!{code}:{unit}:{period}")
        for code, by_unit in (FIGURES if figures is None else figures).items()
        for unit, value in by_unit.items()
    ]
    return polars.DataFrame(rows, schema=SCHEMA, orient="row")


def built(folder: Path, figures: polars.DataFrame | None = None, **changes: Any) -> Build:
    read = index(folder, **changes)
    return build(read, panel_of(read, table() if figures is None else figures, "figures.csv"))
