"""Boundaries from GeoJSON and TopoJSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from donghaeng.charts.boundaries import boundaries_of, geojson_of, read_boundaries, signed_area
from donghaeng.rules.faults import BadInput

# Two squares side by side. Arc 0 is the line between them, read upwards; the left one reads it so,
# the right one backwards (~0 = −1). Steps of 1 are 0.1 degrees from 126, 37.
TOPOLOGY: dict[str, Any] = {
    "type": "Topology",
    "transform": {"scale": [0.1, 0.1], "translate": [126, 37]},
    "arcs": [
        [[1, 0], [0, 1]],
        [[1, 1], [-1, 0], [0, -1], [1, 0]],
        [[1, 0], [1, 0], [0, 1], [-1, 0]],
    ],
    "objects": {
        "places": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "left"}},
                {"type": "MultiPolygon", "arcs": [[[2, -1]]], "properties": {"name": "right"}},
            ],
        }
    },
}


def rounded(ring: Any) -> list[tuple[float, float]]:
    return [(round(x, 9), round(y, 9)) for x, y in ring]


def test_arcs_become_rings() -> None:
    left, right = geojson_of(TOPOLOGY)["features"]
    assert rounded(left["geometry"]["coordinates"][0]) == [
        (126.1, 37.0),
        (126.1, 37.1),
        (126.0, 37.1),
        (126.0, 37.0),
        (126.1, 37.0),
    ]
    assert rounded(right["geometry"]["coordinates"][0][0]) == [
        (126.1, 37.0),
        (126.2, 37.0),
        (126.2, 37.1),
        (126.1, 37.1),
        (126.1, 37.0),
    ]


def test_without_a_transform_numbers_are_degrees() -> None:
    arcs = [[[126, 37], [127, 37], [127, 38], [126, 37]]]
    geometry = {"type": "Polygon", "arcs": [[0]], "properties": {"name": "x"}}
    topology = {"type": "Topology", "arcs": arcs, "objects": {"x": geometry}}
    (place,) = boundaries_of(topology, "name")
    assert place.polygons[0][0][1] == (127.0, 37.0)


def test_outsides_turn_left_and_holes_turn_right() -> None:
    outside = [[0, 0], [0, 4], [4, 4], [4, 0], [0, 0]]  # clockwise
    hole = [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]  # counterclockwise
    document = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": "x"},
                "geometry": {"type": "Polygon", "coordinates": [outside, hole]},
            }
        ],
    }
    ((polygon,),) = [place.polygons for place in boundaries_of(document, "name")]
    assert [signed_area(ring) for ring in polygon] == [16.0, -1.0]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("boundaries_2013_topo_simple.json", "name"),
        ("boundaries_2013_geo_simple.json", "name"),
        ("boundaries_2015_topo_simple.json", "SIG_KOR_NM"),
    ],
)
def test_real_boundaries_of_seoul(shared_data: Callable[[str], Path], name: str, key: str) -> None:
    places = read_boundaries(shared_data("seoul_districts") / name, key)
    assert len(places) == 25
    # A square degree at 37.55° is 111.2² × cos(37.55°) ≈ 9,800 km²; Seoul has 605 km².
    area = sum(
        signed_area(ring) for place in places for polygon in place.polygons for ring in polygon
    )
    assert area * 9_800 == pytest.approx(605, rel=0.02)


def test_topojson_and_geojson_of_one_source_agree(shared_data: Callable[[str], Path]) -> None:
    folder = shared_data("seoul_districts")
    areas = [
        {
            place.key: signed_area(place.polygons[0][0])
            for place in read_boundaries(folder / name, "name")
        }
        for name in ("boundaries_2013_topo_simple.json", "boundaries_2013_geo_simple.json")
    ]
    assert areas[0].keys() == areas[1].keys()
    for name, area in areas[0].items():
        assert area == pytest.approx(areas[1][name], rel=0.02)


def feature(geometry: Any, name: str = "x") -> dict[str, Any]:
    return {"type": "Feature", "properties": {"name": name}, "geometry": geometry}


def polygon(*points: tuple[float, float]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [list(points)]}


SQUARE = polygon((0, 0), (1, 0), (1, 1), (0, 0))


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        ([], "holds no GeoJSON"),
        ({"type": "Feature"}, "holds Feature"),
        ({"type": "FeatureCollection"}, "is not well-formed"),
        ({"type": "FeatureCollection", "features": []}, "holds no place"),
        ({"type": "FeatureCollection", "features": [{"geometry": SQUARE}]}, "no property 'name'"),
        ([feature(SQUARE), feature(SQUARE)], "'x' stands for several places"),
        ([feature({"type": "Point", "coordinates": [1, 2]})], "x is Point"),
        ([feature(None)], "x is nowhere"),
        ([feature(polygon((0, 0), (1, 0), (1, 1), (2, 2)))], "a ring that does not close"),
        ([feature(polygon((0, 0), (0, 0)))], "a ring that does not close"),
        ([feature(polygon((953_000, 1_950_000), (0, 0)))], "longitude and latitude in degrees"),
        ([feature(polygon((float("nan"), 0), (0, 0)))], "longitude and latitude in degrees"),
        ([feature(polygon(("a", "b")))], "is not well-formed"),  # type: ignore[arg-type]
        ({**TOPOLOGY, "objects": {"a": {}, "b": {}}}, r"holds 2 objects \(a, b\)"),
        ({**TOPOLOGY, "arcs": []}, "is not well-formed"),
    ],
)
def test_what_is_no_map_of_places_is_refused(document: Any, fault: str) -> None:
    if isinstance(document, list) and document:
        document = {"type": "FeatureCollection", "features": document}
    with pytest.raises(BadInput, match=fault):
        boundaries_of(document, "name")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"absent\.json: cannot be read"):
        read_boundaries(tmp_path / "absent.json", "name")
    half = tmp_path / "half.json"
    half.write_text(json.dumps(TOPOLOGY)[:100], encoding="utf-8")
    with pytest.raises(BadInput, match=r"half\.json: is not JSON"):
        read_boundaries(half, "name")


def test_a_misspelt_property_is_met_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="did you mean 'name'"):
        boundaries_of(TOPOLOGY, "nam")
