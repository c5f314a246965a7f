"""Roads and railways: from scgraph's node-and-edge lists to polylines."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise

from region import Box, Point, inside

Edge = tuple[int, int]


@dataclass
class Graph:
    """An undirected graph in one region.

    Attributes
    ----------
    nodes : dict of int to tuple
        Longitude and latitude by node.
    edges : dict of tuple to float
        Length in metres, as the source gives it, by (smaller, larger) node.
    """

    nodes: dict[int, Point]
    edges: dict[Edge, float]

    def neighbours(self) -> dict[int, list[int]]:
        """Return the sorted neighbours of each node."""
        found = defaultdict(list)
        for a, b in sorted(self.edges):
            found[a].append(b)
            found[b].append(a)
        return {node: sorted(others) for node, others in found.items()}

    def metres(self, a: int, b: int) -> float:
        """Return the source's length of an edge."""
        return self.edges[min(a, b), max(a, b)]


@dataclass(frozen=True)
class Chain:
    """A polyline of the network: its nodes in order and the source's length in metres."""

    nodes: tuple[int, ...]
    source_m: float


def read_graph(module: str, box: Box) -> tuple[Graph, dict[str, int]]:
    """Read the part of an scgraph module that lies in `box`.

    Parameters
    ----------
    module : str
        Text of the module: ``graph=[{neighbour: km}]`` and ``nodes=[[lat, lon]]``.
    box : tuple
        An edge is kept where both of its ends lie in it.

    Returns
    -------
    Graph
        The edges kept and their nodes.
    dict
        What was left out: ``self_loops`` and ``edges_leaving_box``.
    """
    adjacency, coordinates = _parse(module)
    points = [(lon, lat) for lat, lon in coordinates]
    within = [inside(point, box) for point in points]
    edges: dict[Edge, float] = {}
    left_out = Counter(self_loops=0, edges_leaving_box=0)
    for a, row in enumerate(adjacency):
        for b, km in ((int(key), km) for key, km in row.items()):
            if a == b:
                left_out["self_loops"] += within[a]
            elif within[a] and within[b]:
                edges[min(a, b), max(a, b)] = km * 1000.0
            else:
                left_out["edges_leaving_box"] += within[a]
    used = {node for edge in edges for node in edge}
    return Graph({node: points[node] for node in sorted(used)}, edges), dict(left_out)


def chains(graph: Graph, keep: set[int]) -> list[Chain]:
    """Join edges at nodes of degree 2 into polylines; nodes in `keep` stay ends."""
    around = graph.neighbours()
    ends = {node for node, others in around.items() if len(others) != 2 or node in keep}
    seen: set[Edge] = set()
    found = [
        _walk(graph, around, ends, seen, a, b)
        for a in sorted(ends)
        for b in around[a]
        if (a, b) not in seen
    ]
    rings = [
        _walk(graph, around, {a}, seen, a, b) for a, b in sorted(graph.edges) if (a, b) not in seen
    ]
    return found + [ring for ring in rings if ring.nodes]


def single_edges(graph: Graph) -> list[Chain]:
    """Return each edge as a polyline of its own."""
    return [Chain(edge, metres) for edge, metres in sorted(graph.edges.items())]


def lines(graph: Graph, parts: list[Chain]) -> list[tuple[tuple[Point, ...], float]]:
    """Return polylines and source lengths in canonical order and direction."""
    found = []
    for part in parts:
        points = tuple(graph.nodes[node] for node in part.nodes)
        found.append((min(points, points[::-1]), part.source_m))
    return sorted(found)


def components(graph: Graph) -> list[set[int]]:
    """Return the connected components as sets of nodes."""
    around, unseen, found = graph.neighbours(), set(graph.nodes), []
    for start in sorted(graph.nodes):
        if start in unseen:
            found.append(_reach(around, start))
            unseen -= found[-1]
    return found


def _parse(module: str) -> tuple[list[dict[str, float]], list[list[float]]]:
    first = module.index("graph=") + len("graph=")
    second = module.index("nodes=", first)
    stop = module.index("\nworld_", second)
    adjacency = re.sub(r"(\d+):", r'"\1":', module[first:second])
    return json.loads(adjacency), json.loads(module[second + len("nodes=") : stop])


def _walk(
    graph: Graph,
    around: dict[int, list[int]],
    ends: set[int],
    seen: set[Edge],
    a: int,
    b: int,
) -> Chain:
    """Follow a chain from `a` by way of `b` to the next end, marking its edges as seen."""
    if (a, b) in seen:
        return Chain((), 0.0)
    path = [a, b]
    while path[-1] not in ends:
        last, before = path[-1], path[-2]
        path.append(next(node for node in around[last] if node != before))
    for u, v in pairwise(path):
        seen |= {(u, v), (v, u)}
    return Chain(tuple(path), sum(graph.metres(u, v) for u, v in pairwise(path)))


def _reach(around: dict[int, list[int]], start: int) -> set[int]:
    reached, stack = {start}, [start]
    while stack:
        fresh = [node for node in around[stack.pop()] if node not in reached]
        reached.update(fresh)
        stack.extend(fresh)
    return reached
