"""The figures of the district index are those of the official tables, cell by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from .source_cells import EXAMPLES, Figure, figures, shared_rows

DISTRICTS = EXAMPLES / "districts"
TABLES = ("figures.csv", "trends.csv")
Cell = tuple[str, str, str]

# Who carries the figures and keeps the official metadata sheet (table, period, day) beside them. Who carries
# them and names the source in words only is `secondary`.
WITH_METADATA = {"Juseong-Yu/Solve_Future_Problem_bigdata", "naeun9/MIP-002-Team1"}


@pytest.fixture(scope="module")
def shared(shared_data: Callable[[str], Path]) -> list[dict[str, str]]:
    return shared_rows(shared_data("seoul_districts") / "indicators_long.csv.gz")


@pytest.fixture(scope="module")
def cells(shared: list[dict[str, str]]) -> dict[Cell, list[dict[str, str]]]:
    found: dict[Cell, list[dict[str, str]]] = {}
    for row in shared:
        found.setdefault((row["district_code"], row["year"], row["indicator"]), []).append(row)
    return found


def source_rows(figure: Figure, cells: dict[Cell, list[dict[str, str]]]) -> list[dict[str, str]]:
    rows = []
    for _, item in figure.items:
        one = [
            row
            for row in cells[figure.unit, figure.source_period, item]
            if f"{row['source_table']} ".startswith(f"{figure.table} ")
        ]
        assert len(one) == 1, f"{figure.table} has {len(one)} cells for {item}"
        rows += one
    return rows


@pytest.mark.parametrize("table", TABLES)
def test_every_figure_is_the_sum_of_its_source_cells(
    table: str, cells: dict[Cell, list[dict[str, str]]]
) -> None:
    for figure in figures(DISTRICTS / table):
        rows = source_rows(figure, cells)
        total = sum(
            (
                sign * Decimal(row["value"])
                for (sign, _), row in zip(figure.items, rows, strict=True)
            ),
            start=Decimal(0),
        )
        assert figure.value == total, figure


@pytest.mark.parametrize("table", TABLES)
def test_a_figure_is_official_only_where_its_carrier_keeps_the_official_metadata(
    table: str, cells: dict[Cell, list[dict[str, str]]]
) -> None:
    for figure in figures(DISTRICTS / table):
        rows = source_rows(figure, cells)
        if figure.status == "official":
            assert {row["via_repository"] for row in rows} <= WITH_METADATA, figure
        if len(rows) > 1 or "summed" in rows[0]["source_agency"]:
            assert figure.status == "derived", figure


def test_the_totals_over_the_districts_are_the_published_totals_of_the_city(
    shared: list[dict[str, str]],
) -> None:
    total: Counter[tuple[str, str]] = Counter()
    for row in shared:
        if row["unit"] in ("persons", "households"):
            total[row["indicator"], row["year"]] += int(Decimal(row["value"]))
    assert total["one_person_households_total", "2022"] == 1_564_187
    assert total["one_person_households_total", "2024"] == 1_660_813
    assert total["registered_population_total", "2019"] == 9_729_107
    assert total["registered_population_total", "2023"] == 9_386_034
    assert total["suicide_deaths", "2023"] == 2_163


def test_the_ages_of_the_projected_population_add_up_to_its_total(
    cells: dict[Cell, list[dict[str, str]]],
) -> None:
    prefix = "projected_population_"
    by_place: Counter[tuple[str, str, bool]] = Counter()
    for (unit, year, item), (row, *_) in cells.items():
        if item.startswith(prefix):
            by_place[unit, year, item == f"{prefix}total"] += int(Decimal(row["value"]))
    for unit, year, is_total in by_place:
        assert by_place[unit, year, is_total] == by_place[unit, year, not is_total]


# ---- the table and the index file, without the shared data ----------------------------------------


def test_every_district_has_every_figure_exactly_once() -> None:
    index = yaml.safe_load((DISTRICTS / "index.yaml").read_text(encoding="utf-8"))
    for table in TABLES:
        found = Counter((f.unit, f.indicator, f.period) for f in figures(DISTRICTS / table))
        assert set(found.values()) == {1}
        assert {unit for unit, _, _ in found} == set(index["units"]["members"])
        assert len(found) % 25 == 0


def test_the_table_holds_the_columns_of_the_index_in_the_periods_that_it_declares() -> None:
    index = yaml.safe_load((DISTRICTS / "index.yaml").read_text(encoding="utf-8"))
    reference = index["periods"]["cross_section"]
    declared = {
        (code, column.get("period", reference))
        for kind in ("indicators", "denominators")
        for code, column in index[kind].items()
    }
    assert {(f.indicator, f.period) for f in figures(DISTRICTS / "figures.csv")} == declared


def test_a_rate_divides_by_the_population_of_its_own_year() -> None:
    index = yaml.safe_load((DISTRICTS / "index.yaml").read_text(encoding="utf-8"))
    reference = index["periods"]["cross_section"]
    for code, indicator in index["indicators"].items():
        if "denominator" in indicator:
            population = index["denominators"][indicator["denominator"]]
            assert population["period"] == indicator.get("period", reference), code


def test_health_and_deaths_are_marked_so_that_districts_are_not_ranked_on_them() -> None:
    index = yaml.safe_load((DISTRICTS / "index.yaml").read_text(encoding="utf-8"))
    marked = {c: i["sensitive"] for c, i in index["indicators"].items() if "sensitive" in i}
    assert marked == {"depressed_mood": "health", "suicide_rate": "deaths"}


def test_no_figure_is_more_than_two_years_from_the_reference_year() -> None:
    for figure in figures(DISTRICTS / "figures.csv"):
        assert abs(int(figure.period) - 2023) <= 2
