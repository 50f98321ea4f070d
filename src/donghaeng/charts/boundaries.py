"""Boundaries of places from a file of the user: GeoJSON (RFC 7946) or TopoJSON, in degrees."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from donghaeng.rules.faults import BadInput, nearest

Point = tuple[float, float]
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]  # the outside first, then its holes


@dataclass(frozen=True)
class Boundary:
    """One place: what it is found by, and its polygons, outsides counterclockwise, holes clockwise."""

    key: str
    polygons: tuple[Polygon, ...]


def read_boundaries(file: Path, key: str) -> tuple[Boundary, ...]:
    """The places of a GeoJSON or TopoJSON file, found by the property ``key``.

    Take care which code a file holds: the statistical code of a district (KOSTAT) and its administrative
    code (행정표준코드) share numbers but not meanings, so a name is the safer key.

    :raises BadInput: if the file cannot be read, holds something else, is not in degrees, or a place
        lacks the property or has it twice.
    """
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except OSError as fault:
        raise BadInput(f"cannot be read: {fault.strerror}", file=str(file)) from None
    except ValueError as fault:
        raise BadInput(f"is not JSON: {fault}", file=str(file)) from None
    return boundaries_of(document, key, str(file))


def boundaries_of(document: Any, key: str, file: str = "") -> tuple[Boundary, ...]:
    """The same from a document that has been read."""
    kind = document.get("type") if isinstance(document, Mapping) else None
    try:
        if kind == "Topology":
            document = geojson_of(document, file)
        elif kind != "FeatureCollection":
            raise BadInput(
                f"holds {kind or 'no GeoJSON'}",
                file=file,
                remedy="a FeatureCollection (GeoJSON) or a Topology (TopoJSON)",
            )
        found = [_boundary(feature, key, file) for feature in document["features"]]
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as fault:
        raise BadInput(f"is not well-formed: {type(fault).__name__} {fault}", file=file) from None
    keys = [boundary.key for boundary in found]
    twice = {each for each in keys if keys.count(each) > 1}
    if twice:
        raise BadInput(f"{min(twice)!r} stands for several places", file=file, field=key)
    if not found:
        raise BadInput("holds no place", file=file)
    return tuple(found)


def geojson_of(topology: Mapping[str, Any], file: str = "") -> dict[str, Any]:
    """A TopoJSON document as the GeoJSON FeatureCollection that it stands for.

    The arcs that neighbours share are put together into rings; numbers that are steps from the point
    before (``transform``) become degrees (TopoJSON specification 1.0, 2.1.2 and 2.1.4).

    :raises BadInput: if it holds several objects, or geometry that is no polygon.
    """
    objects = topology["objects"]
    if len(objects) != 1:
        raise BadInput(
            f"holds {len(objects)} objects ({', '.join(objects)})",
            file=file,
            remedy="one object whose geometries are the places",
        )
    arcs = [_arc(arc, topology.get("transform")) for arc in topology["arcs"]]
    features = []
    for geometry in _geometries(next(iter(objects.values()))):
        kind = geometry["type"]
        if kind not in ("Polygon", "MultiPolygon"):
            raise BadInput(f"a place is a {kind}", file=file, remedy="a Polygon or a MultiPolygon")
        parts = geometry["arcs"] if kind == "MultiPolygon" else [geometry["arcs"]]
        rings = [[_stitched(ring, arcs) for ring in part] for part in parts]
        features.append(
            {
                "type": "Feature",
                "properties": dict(geometry.get("properties") or {}),
                "geometry": {
                    "type": kind,
                    "coordinates": rings if kind == "MultiPolygon" else rings[0],
                },
            }
        )
    return {"type": "FeatureCollection", "features": features}


def _geometries(thing: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every geometry of an object, collections opened."""
    if thing["type"] == "GeometryCollection":
        for inner in thing["geometries"]:
            yield from _geometries(inner)
    else:
        yield thing


def _arc(
    arc: Sequence[Sequence[float]], transform: Mapping[str, Sequence[float]] | None
) -> list[Point]:
    if transform is None:
        return [(point[0], point[1]) for point in arc]
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0.0
    points = []
    for step in arc:
        x, y = x + step[0], y + step[1]
        points.append((x * scale_x + move_x, y * scale_y + move_y))
    return points


def _stitched(indices: Sequence[int], arcs: Sequence[list[Point]]) -> list[Point]:
    """One ring of arcs, each beginning where the last ended; ~i is arc i backwards."""
    ring: list[Point] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc[1:] if ring else arc
    return ring


def _boundary(feature: Mapping[str, Any], key: str, file: str) -> Boundary:
    properties = feature.get("properties") or {}
    if key not in properties:
        raise BadInput(
            f"a place has no property {key!r}",
            file=file,
            remedy=nearest(key, properties) or f"one of {', '.join(map(str, properties))}",
        )
    name = str(properties[key])
    geometry = feature.get("geometry") or {}
    kind = geometry.get("type")
    if kind not in ("Polygon", "MultiPolygon"):
        raise BadInput(
            f"{name} is {kind or 'nowhere'}", file=file, remedy="a Polygon or a MultiPolygon"
        )
    parts = geometry["coordinates"] if kind == "MultiPolygon" else [geometry["coordinates"]]
    polygons = tuple(
        tuple(_ring(ring, index == 0, name, file) for index, ring in enumerate(part))
        for part in parts
    )
    return Boundary(name, polygons)


def _ring(points: Sequence[Sequence[float]], outside: bool, name: str, file: str) -> Ring:
    """A closed ring in degrees that turns the right way round."""
    ring = tuple((float(point[0]), float(point[1])) for point in points)
    for longitude, latitude in ring:
        if not (abs(longitude) <= 180 and abs(latitude) <= 90):
            raise BadInput(
                f"{name} has a point at {longitude:g}, {latitude:g}",
                file=file,
                remedy="longitude and latitude in degrees (WGS 84)",
            )
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise BadInput(f"{name} has a ring that does not close", file=file)
    return ring if (signed_area(ring) > 0) == outside else ring[::-1]


def signed_area(ring: Sequence[Point]) -> float:
    """Area of a closed ring, positive if it turns counterclockwise.

    >>> signed_area([(0, 0), (2, 0), (2, 1), (0, 1), (0, 0)])
    2.0
    """
    return math.fsum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(ring)) / 2
