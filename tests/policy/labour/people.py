"""A few people whose figures every test can work out by hand."""

from __future__ import annotations

from typing import Any

import numpy

from donghaeng.policy.labour import Labels, Settings, Workers

BOUNDS = {
    "net_of_tax_floor": 0.01,
    "income_floor": 100_000,
    "largest_change": 10.0,
    "largest_factor": 2.0,
    "maximum_hours": 52,
    "not_known": "refuse",
}


def people(rows: int, **columns: Any) -> Workers:
    """Heads who work 40 hours for 2 million won, keep half of it, and meet no reform, but for ``columns``.

    A rate or income that is given for the baseline alone is that of the reform as well.
    """
    figures = {
        "weight": 1.0,
        "works": True,
        "earnings": 2_000_000.0,
        "hours": 40.0,
        "net_of_tax_baseline": 0.5,
        "participation_tax_baseline": 0.5,
        "income_baseline": 1_000_000.0,
        "treated": True,
        "head": True,
    }
    groups = columns.pop("groups", {"sex": ["all"] * rows, "age_band": ["all"] * rows})
    figures.update(columns)
    for name in ("net_of_tax", "participation_tax", "income"):
        figures.setdefault(f"{name}_reform", figures[f"{name}_baseline"])
    kinds = {"works": bool, "treated": bool, "head": bool}
    arrays = {
        name: numpy.broadcast_to(
            numpy.asarray(values, dtype=kinds.get(name, float)), (rows,)
        ).copy()
        for name, values in figures.items()
    }
    return Workers(**arrays, groups={name: Labels.of(of) for name, of in groups.items()})


def value(number: float, **more: Any) -> dict[str, Any]:
    """A parameter without an interval, unless ``more`` states how well it is known."""
    known = {"standard_error", "spread", "range", "gap"} & set(more)
    gap = {} if known else {"gap": "not published"}
    return {"value": number, "source": "test", "status": "assumed", **gap, **more}


def stated(**sections: Any) -> Settings:
    """Settings with the sections that are given; lists of numbers become parameters."""
    rungs = [name for name in ("elasticities", "participation", "pilot") if name in sections]
    bounds = {"bounds": BOUNDS} if set(rungs) & {"elasticities", "participation"} else {}
    return Settings.model_validate(
        {
            "name": "test",
            "label": {"ko": "시험", "en": "Test"},
            "rungs": rungs or ["none"],
            **bounds,
            **sections,
        }
    )


def elasticities(substitution: float = 0.0, income: float = 0.0) -> dict[str, Any]:
    return {"substitution": [value(substitution)], "income": [value(income)]}


def participation(
    elasticity: float = 0.0, income: float = 0.0, cells: tuple[str, ...] = ()
) -> dict[str, Any]:
    return {
        "participation": [value(elasticity)],
        "income": [value(income)],
        "cells": list(cells),
    }


def pilot(points: float, cells: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"differences": [value(points)], "cells": list(cells)}
