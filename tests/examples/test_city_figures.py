"""The figures of the two sets of cities are those of the shared tables, each with its code and year."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from donghaeng.index.framework import read_index

from .source_cells import EXAMPLES, figures, shared_rows

SETS = ("cities_europe", "cities_us")


def test_european_figures_stand_in_the_table_under_their_city_indicator_and_year(
    shared_data: Callable[[str], Path],
) -> None:
    rows = shared_rows(shared_data("world_cities") / "eurostat_urban_audit_long.csv.gz")
    values = {(r["eurostat_code"], r["eurostat_indic"], r["year"]): r["value"] for r in rows}
    names = {r["eurostat_code"]: r["name_added_here"] for r in rows}
    index = read_index(EXAMPLES / "cities_europe" / "index.yaml")
    for figure in figures(EXAMPLES / "cities_europe" / "figures.csv"):
        [(_, item)] = figure.items
        assert figure.value == Decimal(values[figure.unit, item, figure.source_period]), figure
        assert index.units.members[figure.unit].label.en == names[figure.unit]


def test_american_figures_stand_in_the_table_under_their_place(
    shared_data: Callable[[str], Path],
) -> None:
    rows = {
        r["wikidata_id"]: r
        for r in shared_rows(shared_data("world_cities") / "us_acs5_2023_places.csv.gz")
    }
    index = read_index(EXAMPLES / "cities_us" / "index.yaml")
    for figure in figures(EXAMPLES / "cities_us" / "figures.csv"):
        [(_, item)] = figure.items
        row = rows[figure.unit]
        assert figure.value == Decimal(row[item]), figure
        assert row["year"] == figure.period == figure.source_period
        assert row["placeName"].startswith(f"{index.units.members[figure.unit].label.en} city,")


@pytest.mark.parametrize("name", SETS)
def test_a_figure_names_the_table_that_its_column_declares(name: str) -> None:
    index = read_index(EXAMPLES / name / "index.yaml")
    columns = {**index.indicators, **index.denominators}
    for figure in figures(EXAMPLES / name / "figures.csv"):
        source = columns[figure.indicator].source
        assert source is not None
        assert source.table is not None
        # urb_clma | EC1020I, or ACS5 B17001 | povertyPct
        named = {*figure.table.split(), *(item for _, item in figure.items)}
        assert set(source.table.split()) <= named, figure
        assert figure.period == (columns[figure.indicator].period or index.periods.cross_section)


def test_no_set_has_more_than_twelve_cities_and_no_city_stands_in_both() -> None:
    cities = [set(read_index(EXAMPLES / name / "index.yaml").units.members) for name in SETS]
    assert [len(each) for each in cities] == [10, 12]
    assert not cities[0] & cities[1]
