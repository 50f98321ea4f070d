"""A map of tiles, and Seoul laid out in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest

from donghaeng.charts.seoul_tiles import SEOUL
from donghaeng.charts.tile_map import Tile, tile_map_chart
from donghaeng.rules.faults import BadInput
from tests.charts.reading import EN, KO, sheet, texts

TILES = (
    Tile("1", 0, 1, ("도봉구", "Do\xadbong-gu")),
    Tile("2", 1, 0, ("은평구", "Eun\xadpyeong-gu")),
    Tile("3", 1, 1, ("성북구", "Seong\xadbuk-gu")),
)


def test_the_message_tells_the_spread_and_the_ends() -> None:
    figures = {"1": 80.0, "2": 120.0}
    assert tile_map_chart(TILES, figures, sheet()).alternative == (
        "Figures for 2 of 3: from 80.0 to 120.0, median 100.0. "
        "Highest: Eunpyeong-gu (120.0); lowest: Dobong-gu (80.0)."
    )
    assert tile_map_chart(TILES, figures, sheet(KO)).alternative == (
        "3개 중 2개의 값: 80.0부터 120.0까지, 중앙값 100.0. "
        "가장 높은 것: 은평구(120.0), 가장 낮은 것: 도봉구(80.0)."
    )


def test_places_that_shall_not_be_ranked_are_not_named() -> None:
    chart = tile_map_chart(TILES, {"1": 80.0, "2": 120.0}, sheet(), ranked=False)
    assert chart.alternative == (
        "Figures for 2 of 3: from 80.0 to 120.0, median 100.0. "
        "Places stand where they lie, not by rank."
    )


def test_every_tile_prints_its_name_and_its_figure() -> None:
    chart = tile_map_chart(TILES, {"1": 80.0, "2": 120.0}, sheet())
    assert chart.rows == (
        ("1", "Dobong-gu", 80.0),
        ("2", "Eunpyeong-gu", 120.0),
        ("3", "Seongbuk-gu", None),
    )
    said = texts(chart)
    assert said[-6:] == ["Dobong-gu", "80.0", "Eunpyeong-gu", "120.0", "Seongbuk-gu", "–"]
    assert "– no figure (1)" in said


def test_a_code_that_no_tile_has_is_refused() -> None:
    with pytest.raises(BadInput, match=r"no tile has the code '11111' \(did you mean '11110'\?\)"):
        tile_map_chart(SEOUL, {"11111": 1.0}, sheet())


# Seoul.


def test_seoul_has_25_districts_none_on_top_of_another() -> None:
    assert len(SEOUL) == 25
    assert len({tile.code for tile in SEOUL}) == 25
    assert len({(tile.row, tile.column) for tile in SEOUL}) == 25
    assert all(len(tile.code) == 5 and tile.code.startswith("11") for tile in SEOUL)
    assert all(tile.label(KO).endswith("구") for tile in SEOUL)
    assert all(tile.label(EN).endswith("-gu") for tile in SEOUL)


def test_codes_and_names_are_those_of_official_tables(shared_data: Callable[[str], Path]) -> None:
    import csv
    import gzip

    folder = shared_data("seoul_districts")
    with gzip.open(folder / "indicators_long.csv.gz", "rt", encoding="utf-8") as file:
        official = {(row["district_code"], row["district"]) for row in csv.DictReader(file)}
    assert {(tile.code, tile.label(KO)) for tile in SEOUL} == official


def test_english_names_are_those_of_the_boundaries(shared_data: Callable[[str], Path]) -> None:
    folder = shared_data("seoul_districts")
    document = json.loads((folder / "boundaries_2013_geo_simple.json").read_text("utf-8"))
    official = {
        (each["properties"]["name"], each["properties"]["name_eng"])
        for each in document["features"]
    }
    assert {(tile.label(KO), tile.label(EN)) for tile in SEOUL} == official


def test_neighbours_mostly_stand_side_by_side(shared_data: Callable[[str], Path]) -> None:
    neighbours = neighbours_in(shared_data("seoul_districts") / "boundaries_2013_topo_simple.json")
    place = {tile.label(KO): (tile.row, tile.column) for tile in SEOUL}
    distances = []
    for one, other in neighbours:
        (row, column), (other_row, other_column) = place[one], place[other]
        distances.append((abs(row - other_row), abs(column - other_column)))
    assert len(neighbours) == 52
    assert sum(sum(each) == 1 for each in distances) == 33  # along a side
    assert sum(max(each) == 1 for each in distances) == 50  # or at a corner


def neighbours_in(file: Path) -> set[tuple[str, str]]:
    """Pairs of districts that share an arc of a boundary."""
    topology = json.loads(file.read_text("utf-8"))
    owners: dict[int, set[str]] = {}
    for geometry in next(iter(topology["objects"].values()))["geometries"]:
        assert geometry["type"] == "Polygon"
        for ring in geometry["arcs"]:
            for arc in ring:
                owners.setdefault(max(arc, ~arc), set()).add(geometry["properties"]["name"])
    return {pair for names in owners.values() for pair in combinations(sorted(names), 2)}


def test_north_is_up_and_west_is_left() -> None:
    place = {tile.names[0]: (tile.row, tile.column) for tile in SEOUL}
    assert place["도봉구"][0] < place["종로구"][0] < place["용산구"][0] < place["관악구"][0]
    assert place["강서구"][1] < place["마포구"][1] < place["중구"][1] < place["강동구"][1]
