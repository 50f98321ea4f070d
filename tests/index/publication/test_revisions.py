"""What a new edition revises, and whether the data or the rules did it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import polars
import pytest

from donghaeng.index.publication.material import Earlier
from donghaeng.index.publication.revisions import Revisions, revisions_of

from .towns import CITY_FIGURES, city, city_document, material, published

# The homes of 2023 were 60 and are now 65: 120 becomes 130, and the whole 115 instead of 110.
CORRECTED = {**CITY_FIGURES, "homes": {"2022": 50.0, "2023": 65.0, "2024": 55.0}}


def housing_weighs(weight: float) -> dict[str, Any]:
    nodes = city_document()["nodes"]
    return {"nodes": nodes | {"housing": nodes["housing"] | {"weight": weight}}}


def revised(
    folder: Path,
    figures: dict[str, dict[str, float]] = CITY_FIGURES,
    old: dict[str, Any] | None = None,
    **changes: Any,
) -> Revisions:
    before = material(city(folder / "old", **(old or {})))
    earlier = Earlier(before.index, before.figures, "first", "0" * 64)
    now = material(city(folder / "new", figures, **changes), earlier=earlier)
    found = revisions_of(now)
    assert found is not None
    return found


def of(found: Revisions, period: str, node: str) -> tuple[float, float | None, float | None]:
    each = next(r for r in found.figures if (r.period, r.node) == (period, node))
    return each.size, each.of_data, each.of_rules


def test_nothing_is_revised_where_nothing_has_changed(tmp_path: Path) -> None:
    found = revised(tmp_path)
    assert (found.figures, found.rules, found.cells.height) == ((), (), 0)
    assert found.compared == 9  # three nodes in three years


def test_a_corrected_figure_is_a_revision_of_the_data_alone(tmp_path: Path) -> None:
    found = revised(tmp_path, CORRECTED)
    assert of(found, "2023", "all") == pytest.approx((5.0, 5.0, 0.0))
    assert of(found, "2023", "housing") == pytest.approx((10.0, 10.0, 0.0))
    assert len(found.figures) == 2
    assert found.cells.rows() == [("x", "2023", "homes", 60.0, 65.0)]


def test_another_weight_is_a_revision_of_the_rules_alone(tmp_path: Path) -> None:
    found = revised(tmp_path, **housing_weighs(3))
    # 2023: (3*120 + 100)/4 = 115 instead of 110; 2024: (3*110 + 140)/4 = 117.5 instead of 125.
    assert of(found, "2023", "all") == pytest.approx((5.0, 0.0, 5.0))
    assert of(found, "2024", "all") == pytest.approx((-7.5, 0.0, -7.5))
    assert [(each.path, each.before, each.after) for each in found.rules] == [
        ("nodes.housing.weight", None, "3.0")
    ]


def test_where_both_have_changed_their_parts_add_up(tmp_path: Path) -> None:
    found = revised(tmp_path, CORRECTED, **housing_weighs(3))
    # Old 110, new data 115, new rules 115, both (3*130 + 100)/4 = 122.5.
    # Data: (5 + 7.5)/2 = 6.25; rules the same; together 12.5.
    assert of(found, "2023", "all") == pytest.approx((12.5, 6.25, 6.25))


def test_where_the_old_data_cannot_feed_the_new_rules_this_is_said(tmp_path: Path) -> None:
    document = city_document()
    indicators = document["indicators"] | {
        "schools": {"label": {"ko": "학교", "en": "Schools"}, "parent": "health"}
    }
    figures = CITY_FIGURES | {"schools": {"2022": 1.0, "2023": 2.0, "2024": 2.0}}
    found = revised(tmp_path, figures, indicators=indicators)
    assert "schools" in found.not_separated
    size, of_data, of_rules = of(found, "2023", "health")
    assert (size, of_data, of_rules) == (50.0, None, None)  # (100 + 200)/2 instead of 100


def test_revisions_stand_on_the_page_and_in_the_tables(tmp_path: Path) -> None:
    before = material(city(tmp_path / "old"))
    earlier = Earlier(before.index, before.figures, "first", "0" * 64)
    now = material(city(tmp_path / "new", CORRECTED), earlier=earlier, languages=("en",))
    files = published(now)
    table = polars.read_csv(io.BytesIO(files["results/revisions.csv"]))
    assert table.filter(node="all")["revision"].to_list() == pytest.approx([5.0])
    assert json.loads(files["results/revisions.json"])["figures_compared"] == 9
    page = files["en/index.html"].decode()
    assert "Against edition first, 2 of 9 old figures have changed" in page
    assert files["previous/figures.csv"] != files["data/figures.csv"]
