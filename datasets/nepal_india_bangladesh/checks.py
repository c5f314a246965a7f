"""What the shipped layers are worth: connectivity, border crossings, posts that match them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import Any

from countries import Locator, shared_border
from graphs import Graph, components
from region import Point, distance
from shapely.geometry import LineString
from shapely.geometry import Point as Dot
from shapely.geometry.base import BaseGeometry
from shapely.prepared import prep

SAME_PLACE_M = 2_000.0
WITHIN_KM = (5, 10, 15, 20)
Pair = tuple[str, str]


def border_crossings(
    lines: Sequence[LineString],
    countries: Sequence[dict[str, Any]],
) -> dict[Pair, list[Point]]:
    """Return where lines cross a border, by the two countries' codes in order."""
    found: dict[Pair, list[Point]] = {}
    for a, b in combinations(countries, 2):
        border = shared_border(a["geometry"], b["geometry"])
        if points := sorted(_meetings(border, lines)):
            found[a["iso2"], b["iso2"]] = points
    return found


def places_of(points: Sequence[Point]) -> int:
    """Return the number of distinct places: points 2 km or less apart are one."""
    label = list(range(len(points)))
    for i, j in combinations(range(len(points)), 2):
        if label[i] != label[j] and distance(points[i], points[j]) <= SAME_PLACE_M:
            old, new = label[j], label[i]
            label = [new if mark == old else mark for mark in label]
    return len(set(label))


def post_distances(
    posts: Sequence[dict[str, Any]],
    crossings: dict[Pair, list[Point]],
) -> list[float | None]:
    """Return each post's distance in metres to the nearest crossing of its two countries."""
    found = []
    for post in posts:
        points = crossings.get((post["country_a"], post["country_b"]), [])
        found.append(min((distance(post["point"], point) for point in points), default=None))
    return found


def connectivity(graph: Graph, locator: Locator) -> dict[str, Any]:
    """Return sizes of a graph's components and, by country, the largest one's share of nodes."""
    parts = sorted(components(graph), key=len, reverse=True)
    total = Counter(_countries(graph, graph.nodes, locator))
    largest = Counter(_countries(graph, parts[0], locator))
    return {
        "nodes": len(graph.nodes),
        "edges": len(graph.edges),
        "components": len(parts),
        "largest_share": len(parts[0]) / len(graph.nodes),
        "by_country": {code: (largest[code], total[code]) for code in sorted(total)},
    }


def line_components(lines: Sequence[LineString]) -> list[int]:
    """Return the number of vertices in each connected part of lines that meet at vertices."""
    vertices = sorted({point for line in lines for point in line.coords})
    index = {point: number for number, point in enumerate(vertices)}
    edges = {
        (min(index[a], index[b]), max(index[a], index[b])): 0.0
        for line in lines
        for a, b in pairwise(line.coords)
    }
    graph = Graph(dict(enumerate(vertices)), edges)
    return sorted((len(part) for part in components(graph)), reverse=True)


def _meetings(border: BaseGeometry, lines: Sequence[LineString]) -> Iterator[Point]:
    ready = prep(border)
    for line in lines:
        if ready.intersects(line):
            meeting = line.intersection(border)
            for part in getattr(meeting, "geoms", [meeting]):
                yield part.coords[0]


def _countries(graph: Graph, nodes: Iterable[int], locator: Locator) -> Iterator[str]:
    for node in nodes:
        yield locator.country(Dot(graph.nodes[node])) or "sea"
