"""Small populations whose entitlements are worked out by hand."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl
import pytest

from donghaeng.laws import book
from donghaeng.population.schema import schema_of
from donghaeng.population.store import Population, write_tables
from donghaeng.population.store.manifest import Manifest, PopulationKind

Row = Mapping[str, object]
Make = Callable[[list[Row], list[Row]], Population]

# Nothing owned, nothing earned, in Seoul; somebody of 44.
HOUSEHOLD = {
    "weight": 1.0,
    "region": "seoul",
    "general_property": 0,
    "financial_property": 0,
    "tenure": "jeonse",
    "monthly_rent": 0,
    "assets_on_june_1": 0,
}
PERSON = {"person": 1, "birth_date": datetime.date(1980, 1, 1), "earnings": 0}


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Store a population of these households and persons."""

    def stored(households: list[Row], persons: list[Row]) -> Population:
        tables = (
            pl.DataFrame([{**HOUSEHOLD, **row} for row in households], infer_schema_length=None),
            pl.DataFrame([{**PERSON, **row} for row in persons], infer_schema_length=None),
        )
        manifest = Manifest(
            title="made up",
            kind=PopulationKind.SURVEY,
            reference_day=datetime.date(2024, 7, 1),
            households=0,
            persons=0,
            weight_note="",
            design_note="",
            columns=(),
        )
        write_tables(tmp_path / "made_up", schema_of(book()), *tables, manifest, replace=True)
        return Population.open(tmp_path / "made_up")

    return stored
