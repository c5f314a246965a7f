"""Countries: Natural Earth's borders, decoded from TopoJSON so that neighbours share vertices."""

from __future__ import annotations

import json
from itertools import accumulate
from typing import Any

from region import Box, Point, rounded
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.prepared import prep

BORDER_ACCURACY_M = 5100.0
"""Allowance for a border's position; README.md, "Border accuracy", says where it is from."""


def read_countries(topology_text: str, iso_text: str, extent: Box) -> list[dict[str, Any]]:
    """Return the countries that meet `extent`, clipped to it, ordered by ISO code.

    Parameters
    ----------
    topology_text : str
        TopoJSON with an object ``countries`` whose ids are ISO 3166-1 numeric codes.
    iso_text : str
        JSON of countries with ``iso``, ``iso3`` and ``isonumeric``.
    extent : tuple
        Clipping box. Vertices inside it are left as they are.

    Returns
    -------
    list of dict
        ``iso2``, ``iso3``, ``name`` and ``geometry`` (MultiPolygon).
    """
    topology = json.loads(topology_text)
    codes = {int(row["isonumeric"]): row for row in json.loads(iso_text).values()}
    arcs = _arcs(topology)
    clip = box(*extent)
    found = []
    for item in topology["objects"]["countries"]["geometries"]:
        geometry = _clipped(_polygons(item, arcs), clip)
        if geometry.is_empty:
            continue
        code = codes[int(item["id"])]
        name = item["properties"]["name"]
        found.append(
            {"iso2": code["iso"], "iso3": code["iso3"], "name": name, "geometry": geometry}
        )
    return sorted(found, key=lambda row: row["iso2"])


def quantisation_step(topology_text: str) -> Point:
    """Return the TopoJSON's step east and north, in degrees."""
    east, north = json.loads(topology_text)["transform"]["scale"]
    return east, north


class Locator:
    """Finds the country that a point lies in."""

    def __init__(self, countries: list[dict[str, Any]]) -> None:
        self._areas = [(row["iso2"], prep(row["geometry"])) for row in countries]

    def country(self, point: BaseGeometry) -> str | None:
        """Return the ISO code of the country around `point`, None at sea."""
        return next((code for code, area in self._areas if area.contains(point)), None)


def shared_border(a: BaseGeometry, b: BaseGeometry) -> BaseGeometry:
    """Return the line along which two countries meet: empty where they do not."""
    return a.boundary.intersection(b.boundary)


def _arcs(topology: dict[str, Any]) -> list[list[Point]]:
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    decoded = []
    for arc in topology["arcs"]:
        steps = [accumulate(axis) for axis in zip(*arc, strict=True)]
        decoded.append(
            [
                rounded((x * scale[0] + shift[0], y * scale[1] + shift[1]))
                for x, y in zip(*steps, strict=True)
            ]
        )
    return decoded


def _polygons(item: dict[str, Any], arcs: list[list[Point]]) -> list[Polygon]:
    parts = item["arcs"] if item["type"] == "MultiPolygon" else [item["arcs"]]
    found = []
    for part in parts:
        shell, *holes = (_ring(ring, arcs) for ring in part)
        if len(set(shell)) >= 3:  # else an islet that quantisation made a point or a line
            found.append(Polygon(shell, [hole for hole in holes if len(set(hole)) >= 3]))
    return found


def _ring(indices: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Join arcs into a ring; ~i stands for arc i reversed."""
    points: list[Point] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def _clipped(polygons: list[Polygon], clip: Polygon) -> MultiPolygon:
    parts: list[Polygon] = []
    for polygon in polygons:
        if not polygon.intersects(clip):
            continue
        piece = polygon if clip.contains(polygon) else polygon.intersection(clip)
        parts += [p for p in getattr(piece, "geoms", [piece]) if isinstance(p, Polygon)]
    return MultiPolygon(sorted(parts, key=lambda part: part.bounds))
