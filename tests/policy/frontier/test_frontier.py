"""A frontier: grids that are read, points that are kept, reforms that are not dominated, tables and reports."""

from __future__ import annotations

import io
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from donghaeng.laws import law_on
from donghaeng.policy.frontier.frontier import Asked, Frontier, trace
from donghaeng.policy.frontier.records import POINTS
from donghaeng.policy.frontier.report import frontier_document
from donghaeng.policy.frontier.sweep_file import Plan
from donghaeng.policy.frontier.tables import csv_bytes, parquet_bytes
from donghaeng.policy.scenario import Scenario, baseline
from donghaeng.policy.sweep import Figure
from donghaeng.population.store import Population
from donghaeng.reports.document_parts import Picture
from donghaeng.rules.faults import BadInput

EXAMPLES = Path(__file__).parents[3] / "examples" / "policy"
LINE, SHARE = "safety_income_line_ratio", "safety_income_share"
CONTENT: dict[str, Any] = {
    "frontier": {"ko": "선과 비율", "en": "Line and share"},
    "reform": str(EXAMPLES / "safety_income_85.yaml"),
    "parameters": {LINE: {"from": "50%", "to": "100%", "step": "25%"}, SHARE: ["30%", "50%"]},
    "measures": ["poverty_gap", "gini"],
    "budget": 60_000_000,
}


@pytest.fixture(scope="module")
def before() -> Scenario:
    return baseline(law_on("2024-07"))


def plan(folder: Path, **changed: Any) -> Plan:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "sweep.yaml"
    file.write_text(yaml.safe_dump({**CONTENT, **changed}, allow_unicode=True), encoding="utf-8")
    return Plan.read(file)


@pytest.fixture(scope="module")
def found(
    hundreds: Population, before: Scenario, tmp_path_factory: pytest.TempPathFactory
) -> Frontier:
    folder = tmp_path_factory.mktemp("frontier")
    return trace(Asked(plan(folder), hundreds, before), folder / "out", form="numpy")


def test_a_span_is_exact_and_holds_both_ends(before: Scenario, tmp_path: Path) -> None:
    grid = plan(tmp_path).grid(before.law)
    assert grid.values[LINE] == (Fraction(1, 2), Fraction(3, 4), Fraction(1))
    assert len(grid.points) == 6
    assert grid.points[1] == {LINE: Fraction(1, 2), SHARE: Fraction(1, 2)}


def test_the_shipped_sweep_has_a_thousand_reforms(before: Scenario) -> None:
    shipped = Plan.read(EXAMPLES / "frontier.yaml")
    assert len(shipped.grid(before.law).points) == 26 * 39 == 1_014


def test_flags_follow_from_the_figures(found: Frontier) -> None:
    for reform in found.reforms:
        for measure in found.measures:
            beaten = any(
                other.value(Figure.COST) <= reform.value(Figure.COST)
                and other.value(measure) <= reform.value(measure)
                and (
                    other.value(Figure.COST) < reform.value(Figure.COST)
                    or other.value(measure) < reform.value(measure)
                )
                for other in found.reforms
            )
            assert reform.efficient[measure] is not beaten
        assert reform.within_budget is (reform.value(Figure.COST) <= 60_000_000)


def test_a_run_that_was_stopped_goes_on(
    found: Frontier, hundreds: Population, before: Scenario, tmp_path: Path
) -> None:
    asked = Asked(plan(tmp_path), hundreds, before)
    trace(asked, tmp_path / "out", form="numpy")
    kept = tmp_path / "out" / POINTS
    lines = kept.read_text(encoding="utf-8").split("\n")
    kept.write_text("\n".join(lines[:3]) + "\n" + lines[3][:20], encoding="utf-8")  # cut short
    again = trace(asked, tmp_path / "out", form="numpy")
    assert again.resumed == 2
    assert again.as_json() == found.as_json()


def test_a_damaged_point_is_computed_again(
    found: Frontier, hundreds: Population, before: Scenario, tmp_path: Path
) -> None:
    asked = Asked(plan(tmp_path), hundreds, before)
    trace(asked, tmp_path / "out", form="numpy")
    kept = tmp_path / "out" / POINTS
    head, *lines = kept.read_bytes().split(b"\n")
    kept.write_bytes(b"\n".join([head, b"\xff{", b"null", b'{"point": {}}', *lines[3:]]))
    again = trace(asked, tmp_path / "out", form="numpy")
    assert again.resumed == 3
    assert again.as_json() == found.as_json()
    assert [file.name for file in kept.parent.iterdir()] == [POINTS]


def test_points_of_another_reform_are_not_taken_up(
    hundreds: Population, before: Scenario, tmp_path: Path
) -> None:
    few = {LINE: ["50%"]}
    trace(Asked(plan(tmp_path, parameters=few), hundreds, before), tmp_path / "out", form="numpy")
    reform = tmp_path / "other.yaml"
    reform.write_text(
        "reform: {ko: 안, en: Plan}\nfacts: {stage: hypothesis}\nparameters: {safety_income_share: 40%}\n"
    )
    other = plan(tmp_path, parameters=few, reform=str(reform))
    assert trace(Asked(other, hundreds, before), tmp_path / "out", form="numpy").resumed == 0


def test_tables_and_json_hold_every_reform(found: Frontier) -> None:
    table = pl.read_csv(io.BytesIO(csv_bytes(found)))
    assert table.height == len(found.reforms) == 6
    assert table[LINE].to_list() == [0.5, 0.5, 0.75, 0.75, 1.0, 1.0]
    assert table[f"{SHARE}_exact"].to_list() == ["30%", "50%"] * 3
    assert table["cost"].to_list() == [each.value(Figure.COST) for each in found.reforms]
    assert pl.read_parquet(io.BytesIO(parquet_bytes(found))).columns == table.columns
    said = json.loads(json.dumps(found.as_json(), allow_nan=False))
    assert [each["values"][LINE] for each in said["reforms"]] == [
        "50%",
        "50%",
        "75%",
        "75%",
        "100%",
        "100%",
    ]
    assert said["kind"] == "simulation"


def test_the_report_has_a_chart_for_each_measure(found: Frontier) -> None:
    document = frontier_document(found, "en")
    pictures = [p for s in document.sections for p in s.parts if isinstance(p, Picture)]
    assert [picture.title for picture in pictures] == [
        "Cost and poverty gap index",
        "Cost and Gini coefficient",
    ]
    assert "6 reforms, of which" in pictures[0].alternative
    assert "Within the budget of 60" in pictures[0].alternative


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"measures": ["cost"]}, "is no measure of which less is better"),
        ({"measures": ["ginni"]}, "did you mean 'gini'"),
        ({"parameters": {LINE: {"from": "90%", "to": "50%", "step": "1%"}}}, "a span goes up"),
        (
            {"parameters": {LINE: {"from": "0%", "to": "100%", "step": "0.0001%"}}},
            "from 1 to 100,000",
        ),
        ({"parameters": {"median_income_table": [1]}}, "is a table, not one number"),
        ({"parameters": {LINE: [5000.5]}}, "parameters"),
        ({"budget": 0}, "greater than 0"),
        ({"reform": "nowhere.yaml"}, "No such file"),
    ],
)
def test_a_sweep_that_is_not_right_is_refused(
    before: Scenario, tmp_path: Path, changed: dict[str, Any], fault: str
) -> None:
    with pytest.raises(BadInput, match=fault):
        plan(tmp_path, **changed).grid(before.law)


def test_a_rate_of_too_many_digits_is_refused_before_anything_is_computed(
    hundreds: Population, before: Scenario, tmp_path: Path
) -> None:
    fine = {LINE: ["50%"], SHARE: ["33.3333333%"]}
    asked = Asked(plan(tmp_path, parameters=fine), hundreds, before)
    with pytest.raises(BadInput, match="can pass"):
        trace(asked, tmp_path / "out", form="numpy")
