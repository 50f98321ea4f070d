"""Indices that can be worked out by hand, as files: their figures, and what is published of them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import polars
import yaml

from donghaeng.index.publication.material import Material, gather
from donghaeng.index.publication.publish import publish
from donghaeng.sources.observations import SCHEMA

from .. import small

AT = datetime.fromisoformat("2026-08-04T10:00:00+09:00")

# Three districts, two areas; suicides are deaths, so nobody is ranked on them nor on the area of health.
TOWN_FIGURES = {
    "income": {"a": 10.0, "b": 20.0, "c": 30.0},
    "rent": {"a": 5.0, "b": 10.0, "c": 15.0},
    "doctors": {"a": 8.0, "b": 6.0, "c": 4.0},
    "suicides": {"a": 20.0, "b": 25.0, "c": 30.0},
}
# One city: ratios to 2022 in per cent.
CITY_FIGURES = {
    "homes": {"2022": 50.0, "2023": 60.0, "2024": 55.0},
    "clinics": {"2022": 10.0, "2023": 10.0, "2024": 14.0},
}


def town_document(**changes: Any) -> dict[str, Any]:
    """The index of the town."""
    document = small.document()
    indicators = document["indicators"] | {
        "suicides": {
            "label": {"ko": "자살률", "en": "Suicide rate"},
            "parent": "health",
            "better": "lower",
            "sensitive": "deaths",
            "source": {"agency": "Office", "table": "T1"},
        }
    }
    nodes = document["nodes"] | {
        "living": {"label": small.label("Living"), "parent": "all", "weight": 3}
    }
    return document | {
        "indicators": indicators,
        "nodes": nodes,
        "uncertainty": {
            "draws": 500,
            "seed": 7,
            "choices": {
                "scale": {
                    "kind": "step",
                    "among": [
                        {"normalise": {"method": "min_max"}},
                        {"normalise": {"method": "rank"}},
                    ],
                },
                "weights": {"kind": "weight_noise", "factor": 0.5},
            },
        },
        "gaps": [{"what": {"ko": "모르는 것", "en": "Something <unknown> & open"}}],
        "publication": {
            "publisher": {"ko": "시험", "en": 'The "Test" office'},
            "licence": "Test licence",
        },
        **changes,
    }


def town(folder: Path, figures: dict[str, dict[str, float]] | None = None, **changes: Any) -> Path:
    """The town's index file, with its figures beside it."""
    table = small.table(TOWN_FIGURES if figures is None else figures)  # type: ignore[arg-type]
    return _written(folder, town_document(**changes), table)


def city_document(**changes: Any) -> dict[str, Any]:
    """The index of the city: two areas of one indicator each, ratios to 2022."""
    return {
        "id": "city",
        "label": {"ko": "도시 지수", "en": "City index"},
        "version": "1",
        "data": {"file": "figures.csv"},
        "units": {"kind": "city", "members": {"x": {"label": small.label("X-city")}}},
        "periods": {"mode": "panel", "base": "2022"},
        "indicators": {
            "homes": {"label": small.label("Homes"), "parent": "housing"},
            "clinics": {"label": small.label("Clinics"), "parent": "health"},
        },
        "nodes": {
            "housing": {"label": small.label("Housing"), "parent": "all"},
            "health": {"label": small.label("Health"), "parent": "all"},
            "all": {"label": small.label("All")},
        },
        "steps": [
            {"normalise": {"method": "base_year_ratio", "reversal": "inverse"}},
            {"aggregate": {"method": "arithmetic"}},
        ],
        "uncertainty": {
            "draws": 200,
            "seed": 1,
            "choices": {"weights": {"kind": "weight_noise", "factor": 0.5}},
        },
        **changes,
    }


def city(folder: Path, figures: dict[str, dict[str, float]] | None = None, **changes: Any) -> Path:
    """The city's index file, with its figures beside it."""
    rows = [
        ("x", period, code, value, None, None, "official", f"table!{code}:{period}")
        for code, by_period in (CITY_FIGURES if figures is None else figures).items()
        for period, value in by_period.items()
    ]
    table = polars.DataFrame(rows, schema=SCHEMA, orient="row")
    return _written(folder, city_document(**changes), table)


def _written(folder: Path, document: dict[str, Any], table: polars.DataFrame) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    table.write_csv(folder / "figures.csv")
    file = folder / "index.yaml"
    file.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False))
    return file


def material(file: Path, **options: Any) -> Material:
    """The material of a publication at the usual moment, without the documents of the audit."""
    return gather(file, **({"at": AT, "now": AT, "audited": False} | options))


def published(of: Material, threads: int = 1) -> dict[str, bytes]:
    """The files of a publication."""
    return dict(publish(of, threads=threads).files)
