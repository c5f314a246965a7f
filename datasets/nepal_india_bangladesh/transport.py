"""Sea lanes and ports, airports and assumed air routes, assumed stations, border posts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

import keyed
from gazetteer import Town, nearest_index
from region import GEOD, LAND, SEA, Point, distance, inside, rounded

Line = tuple[Point, ...]

APPROACHES: tuple[Line, ...] = (
    ((88.34332, 22.567577), (88.17, 22.47), (88.18, 22.19), (88.173523, 22.165786)),
    ((88.072346, 22.020371), (88.12, 22.02), (88.173523, 22.165786)),
    ((89.58252, 22.467297), (89.56, 22.2), (89.48, 21.85), (89.5, 21.6), (90.0, 21.674)),
    ((91.83845, 22.331041), (91.8, 22.22), (91.760559, 22.23826)),
    ((91.760559, 22.23826), (91.0, 22.0)),
    ((92.889201, 20.169432), (92.0, 20.0)),
    ((86.666667, 20.25), (88.0, 21.0)),
    ((83.295694, 17.687258), (83.656463, 17.413983)),
    ((80.283333, 13.1), (80.414429, 12.977795)),
    ((79.848633, 6.930829), (79.789581, 6.994585)),
)
"""Assumed links, drawn by hand from a port to the end of a lane of the source: Kolkata,
Haldia, Mongla, Chittagong (two), Sittwe, Paradip, Visakhapatnam, Chennai, Colombo."""

PORT_COUNTRIES = {"Bangladesh": "BD", "India": "IN", "Myanmar": "MM", "Sri_lanka": "LK"}
PORT_REACH_M = 30_000.0

HUBS = {"IN": ("DEL", "CCU"), "NP": ("KTM",), "BD": ("DAC",), "BT": ("PBH",), "CN": ("LXA",)}
SPOKES = {
    "IN": (
        "PAT",
        "LKO",
        "VNS",
        "GAU",
        "IXB",
        "IXA",
        "IXR",
        "GAY",
        "IMF",
        "DIB",
        "IXS",
        "AJL",
        "GOP",
        "DBR",
        "DED",
    ),
    "NP": ("PKR", "BWA", "BIR", "KEP", "BDP", "DHI", "JKR", "SIF", "BHR", "SKH"),
    "BD": ("CGP", "ZYL", "CXB", "JSR", "RJH", "SPD", "BZL"),
    "BT": ("BUT", "GLU"),
}
BETWEEN_HUBS = (
    ("DEL", "KTM"),
    ("CCU", "KTM"),
    ("DAC", "KTM"),
    ("DEL", "DAC"),
    ("CCU", "DAC"),
    ("DEL", "CCU"),
    ("PBH", "KTM"),
    ("PBH", "CCU"),
    ("PBH", "DEL"),
    ("PBH", "DAC"),
    ("LXA", "KTM"),
    ("CCU", "CGP"),
    ("VNS", "KTM"),
)
GREAT_CIRCLE_STEP_M = 50_000.0

STATION_REACH_M = 10_000.0


def sea_lanes(marnet_text: str) -> list[tuple[Line, str]]:
    """Return the lanes with both ends in the Bay of Bengal, and the assumed approaches."""
    lanes = [
        (line, "source")
        for line in _marnet(marnet_text)
        if inside(line[0], SEA) and inside(line[-1], SEA)
    ]
    lanes += [(tuple(map(rounded, line)), "assumed") for line in APPROACHES]
    return sorted({(min(line, line[::-1]), status) for line, status in lanes})


def ports(ports_text: str, lanes: Sequence[tuple[Line, str]]) -> list[dict[str, Any]]:
    """Return the ports within reach of a lane's end, by UN/LOCODE."""
    ends = [point for line, _ in lanes for point in (line[0], line[-1])]
    found = []
    for feature in json.loads(ports_text)["features"]:
        values, point = feature["properties"], rounded(feature["geometry"]["coordinates"])
        country = PORT_COUNTRIES.get(values["cty"])
        if country and distance(point, ends[nearest_index(point, ends)]) <= PORT_REACH_M:
            found.append(
                {"id": values["port"], "name": values["name"], "country": country, "point": point}
            )
    return sorted(found, key=lambda port: port["id"])


def airports(airports_text: str) -> list[dict[str, Any]]:
    """Return the airports of the land box that have an IATA code, by that code."""
    found = []
    for row in csv.DictReader(io.StringIO(airports_text)):
        point = rounded((float(row["lon"]), float(row["lat"])))
        if row["iata"] and inside(point, LAND):
            found.append(
                {
                    "id": row["iata"],
                    "icao": row["icao"],
                    "name": row["name"],
                    "country": row["country"],
                    "point": point,
                }
            )
    return sorted(found, key=lambda airport: airport["id"])


def air_routes(known: Sequence[dict[str, Any]]) -> list[tuple[str, str, Line]]:
    """Return assumed routes (from, to, great circle) between airports that are shipped."""
    where = {airport["id"]: airport["point"] for airport in known}
    pairs = {tuple(sorted(pair)) for pair in (*BETWEEN_HUBS, *_spokes())}
    return [
        (a, b, _great_circle(where[a], where[b]))
        for a, b in sorted(pairs)
        if a in where and b in where
    ]


def stations(nodes: dict[int, Point], towns: Sequence[Town]) -> dict[int, Town]:
    """Return the railway nodes nearest to a town, at most 10 km off, with the nearest town."""
    keys = sorted(nodes)
    points = [nodes[key] for key in keys]
    best: dict[int, tuple[float, Town]] = {}
    for town in towns:
        row = nearest_index(town.point, points)
        metres = distance(town.point, points[row])
        if metres <= STATION_REACH_M and metres < best.get(keys[row], (metres + 1.0, town))[0]:
            best[keys[row]] = (metres, town)
    return {node: town for node, (_, town) in sorted(best.items())}


def read_posts(text: str) -> list[dict[str, Any]]:
    """Return the border posts of posts.csv, ordered by countries, place and mode."""
    rows = [
        {**row, "point": rounded((float(row["lon"]), float(row["lat"])))}
        for row in csv.DictReader(io.StringIO(text))
    ]
    return sorted(rows, key=lambda row: (row["country_a"], row["country_b"], row["point"]))


def post_attributes(posts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a row of attributes per post; detection and waiting time are synthetic."""
    return [
        {
            "id": f"X{number:03d}",
            "name": post["name"],
            "country_a": post["country_a"],
            "country_b": post["country_b"],
            "mode": post["mode"],
            "status": "open",
            "detection": round(keyed.between(0.02, 0.25, "detection", post["name"]), 3),
            "wait_minutes": round(keyed.between(5, 90, "wait", post["name"])),
            "synthetic": 1,
        }
        for number, post in enumerate(posts, start=1)
    ]


def _marnet(text: str) -> list[Line]:
    found: list[Line] = []
    for feature in json.loads(text)["features"]:
        geometry = feature["geometry"]
        many = geometry["type"] == "MultiLineString"
        parts = geometry["coordinates"] if many else [geometry["coordinates"]]
        found += [tuple(rounded(point) for point in part) for part in parts]
    return found


def _spokes() -> list[tuple[str, str]]:
    return [
        (hub, spoke)
        for country, spokes in SPOKES.items()
        for hub in HUBS[country]
        for spoke in spokes
    ]


def _great_circle(a: Point, b: Point) -> Line:
    pieces = max(1, round(distance(a, b) / GREAT_CIRCLE_STEP_M))
    between = GEOD.npts(*a, *b, pieces - 1) if pieces > 1 else []
    return tuple(rounded(point) for point in (a, *between, b))
