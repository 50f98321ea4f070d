"""What a build says beside its scores: changes that add up, ranks in groups, trends, ways to targets."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import polars
import pytest

from donghaeng.index.results.tables import (
    changes_table,
    group_ranks_table,
    result_tables,
    targets_table,
    trends_table,
)

from ..small import FIGURES, built, document, label, table

MIN_MAX = {"normalise": {"method": "min_max"}}
MEAN = {"aggregate": {"method": "arithmetic"}}
LATER: dict[str, dict[str, float | None]] = {
    "income": {"a": 20, "b": 20, "c": 40},
    "rent": {"a": 5, "b": 5, "c": 25},
    "doctors": {"a": 8, "b": 8, "c": 0},
}
BOTH = polars.concat([table(period="2023"), table(LATER, "2024")])


def rows(found: polars.DataFrame, **wanted: str) -> list[dict[str, Any]]:
    for name, value in wanted.items():
        found = found.filter(polars.col(name) == value)
    return found.to_dicts()


def test_the_contributions_of_indicators_add_up_to_the_change(tmp_path: Path) -> None:
    found = changes_table(built(tmp_path, BOTH))
    # Over both years income is 10 … 40, rent 5 … 25, doctors 0 … 8. For a: income 0 → 100/3, the rest stays.
    (income, rent, doctors) = rows(found, unit="a", node="all")
    assert income["indicator"] == "income"
    assert income["contribution"] == pytest.approx(100 / 3 / 4)  # half of a half
    assert (rent["contribution"], doctors["contribution"]) == (0, 0)
    assert income["change_of_node"] == pytest.approx(100 / 12)
    for unit in "abc":
        for node in ("all", "living", "health"):
            parts = rows(found, unit=unit, node=node)
            total = math.fsum(part["contribution"] for part in parts)
            assert total == pytest.approx(parts[0]["change_of_node"], abs=1e-12)


@pytest.mark.parametrize("method", ["geometric", "harmonic", "median"])
def test_they_add_up_for_other_means(tmp_path: Path, method: str) -> None:
    steps = [{"normalise": {"method": "min_max", "low": 1}}, {"aggregate": {"method": method}}]
    found = changes_table(built(tmp_path, BOTH, steps=steps))
    for unit in "abc":
        parts = rows(found, unit=unit, node="all")
        total = math.fsum(part["contribution"] for part in parts)
        assert total == pytest.approx(parts[0]["change_of_node"], abs=1e-9)


def test_a_node_that_looks_at_all_units_has_no_contributions(tmp_path: Path) -> None:
    nodes = document()["nodes"]
    nodes["all"]["aggregate"] = {"method": "copeland"}
    found = changes_table(built(tmp_path, BOTH, nodes=nodes))
    assert set(found["node"]) == {"living", "health"}


def test_an_indicator_that_comes_in_is_said_to(tmp_path: Path) -> None:
    before = table({**FIGURES, "rent": {"a": None, "b": 10, "c": 15}}, "2023")
    found = changes_table(built(tmp_path, polars.concat([before, table(LATER, "2024")])))
    (rent,) = rows(found, unit="a", node="living", indicator="rent")
    assert rent["how"] == "entered"


def test_ranks_are_among_units_of_the_same_group(tmp_path: Path) -> None:
    members = {
        name: {"label": label(name), "groups": {"side": "north" if name in "ac" else "south"}}
        for name in "abc"
    }
    units = {"kind": "district", "members": members}
    found = group_ranks_table(built(tmp_path, units=units, groups={"side": label("Side")}))
    ranks = {row["unit"]: row["rank"] for row in rows(found, node="all")}
    assert ranks == {"a": 1, "b": 1, "c": 2}  # 75 and 25 in the north, 50 alone in the south


def test_a_trend_follows_scores_of_nodes_and_figures_of_indicators(tmp_path: Path) -> None:
    found = trends_table(built(tmp_path, BOTH))
    (income,) = rows(found, unit="a", code="income")
    assert (income["change"], income["percent_a_year"], income["growth_a_year"]) == (10, 100, 1)
    (top,) = rows(found, unit="a", code="all")
    assert top["change"] == pytest.approx(100 / 12)


def test_the_way_to_a_target_is_said_with_what_is_left(tmp_path: Path) -> None:
    entries = document()["indicators"]
    entries["income"] |= {"target": 30, "target_period": "2026"}
    entries["rent"] |= {"target": 2.5}
    found = targets_table(built(tmp_path, BOTH, indicators=entries))
    (now,) = rows(found, unit="a", code="income", period="2024")
    assert (now["to_go"], now["share_of_way"], now["years_at_this_pace"]) == (10, 0.5, 1)
    assert now["by"] == "2026"
    (rent,) = rows(found, unit="c", code="rent", period="2024")
    assert rent["to_go"] == 22.5  # lower is better
    assert rent["years_at_this_pace"] is None  # it moves away


def test_tables_without_anything_to_say_are_left_out(tmp_path: Path) -> None:
    assert result_tables(built(tmp_path)) == {}
