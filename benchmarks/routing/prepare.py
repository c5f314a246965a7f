"""Make a graph to measure on: `python prepare.py SOURCE FOLDER`.

SOURCE is `NAME.gr.xz` (DIMACS, undirected, `p tw n m`), `NAME.gr.bin` beside `NAME.co.bin` (pairs
of uint32 node numbers from 1; pairs of int32 metres), a folder of columns that study_columns has
written, or `grid:SIDE`: a generated planar graph of SIDE x SIDE nodes.

FOLDER gets raw little-endian columns: `tail`, `head`, `weight` of the largest component's arcs
(uint32), `x` and `y` of its nodes (float32) where they are known, and what is asked: `sources` and
`targets`, 1,000 nodes each, and `changed`, 100 arcs.

All but a study's weights are synthetic: lengths from the coordinates, or lognormal(ln 900, 0.9)
metres where there are none; speeds of 110, 80, 50 and 30 km/h for the 1.5 %, 6 %, 20 % and
remaining edges by how often they lie on shortest paths from random roots; all by seed 42. The unit
is 1/128 of a second, or the next power of two that lets all ways fit.
"""

import lzma
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra, minimum_spanning_tree

SEED = 42
UNITS_PER_SECOND = 128.0
LIMIT = 2**31 - 1
# Scenarios make some arcs twice as dear.
HEADROOM = 2.0
SPEED_KMH = np.array([110.0, 80.0, 50.0, 30.0])
SHARES = np.array([0.015, 0.075, 0.275])
# On a big graph few, to be done in minutes.
ROOTS, FEW_ROOTS, MANY_NODES = 128, 16, 2_000_000
SPACING_M = 100.0


@dataclass
class Streets:
    """Edges to be used in both directions, each once, smaller node first; positions or none."""

    edges: np.ndarray
    position: np.ndarray | None


def unique_edges(edges):
    edges = np.sort(edges[edges[:, 0] != edges[:, 1]], axis=1)
    return np.unique(edges, axis=0)


def read_dimacs(path):
    with lzma.open(path, "rt") as lines:
        rows = [line.split()[-2:] for line in lines if line[0] not in "cp"]
    return Streets(unique_edges(np.array(rows, dtype=np.int64) - 1), None)


def read_binary(path):
    edges = np.fromfile(path, dtype=np.uint32).reshape(-1, 2).astype(np.int64) - 1
    beside = path.with_name(path.name.replace(".gr.", ".co."))
    return Streets(unique_edges(edges), np.fromfile(beside, dtype=np.int32).reshape(-1, 2))


def grid(side, random):
    """Return a planar graph like a city without a centre.

    Of the grid's edges a random spanning tree stays, and of the others so many, by chance, that
    there are 1.2 edges a node; nodes are moved by up to 0.3 of the spacing.
    """
    node = np.arange(side * side).reshape(side, side)
    across, along = (node[:, :-1], node[:, 1:]), (node[:-1], node[1:])
    edges = np.column_stack(
        [np.concatenate([across[i].ravel(), along[i].ravel()]) for i in range(2)]
    )
    drawn = csr_matrix((1.0 + random.random(len(edges)), edges.T), shape=(side**2, side**2))
    tree = np.column_stack(minimum_spanning_tree(drawn).nonzero())
    others = 0.2 * side**2 / (len(edges) - len(tree))
    kept = np.concatenate([tree, edges[random.random(len(edges)) < others]])
    moved = random.uniform(-0.3, 0.3, (side**2, 2))
    corners = np.column_stack(np.divmod(node.ravel(), side)[::-1])
    return Streets(unique_edges(kept), SPACING_M * (corners + moved))


def streets(source, random):
    if source.startswith("grid:"):
        return grid(int(source.removeprefix("grid:")), random)
    return read_dimacs(Path(source)) if source.endswith(".xz") else read_binary(Path(source))


def lengths(found, random):
    if found.position is None:
        return random.lognormal(np.log(900.0), 0.9, len(found.edges))
    ends = found.position[found.edges].astype(float)
    return np.maximum(np.hypot(*(ends[:, 0] - ends[:, 1]).T), 1.0)


def largest_component(tail, head):
    """Return whether each node is in it: each node can be reached from each other."""
    n = int(max(tail.max(), head.max())) + 1
    graph = csr_matrix((np.ones(len(tail)), (tail, head)), shape=(n, n))
    _, label = connected_components(graph, directed=True, connection="strong")
    return label == np.bincount(label).argmax()


def uses(n, edges, length, random):
    """Count how often each edge lies on shortest paths from random roots to all nodes."""
    graph = csr_matrix((length, edges.T), shape=(n, n))
    edge_key = edges[:, 0] * n + edges[:, 1]
    count = np.zeros(len(edges))
    for root in random.choice(n, ROOTS if n < MANY_NODES else FEW_ROOTS, replace=False):
        distance, before = dijkstra(
            graph, directed=False, indices=int(root), return_predecessors=True
        )
        below, parent = [1] * n, before.tolist()
        for node in np.argsort(-distance).tolist():
            if parent[node] >= 0:
                below[parent[node]] += below[node]
        node = np.flatnonzero(before >= 0)
        key = np.minimum(node, before[node]) * n + np.maximum(node, before[node])
        count[np.searchsorted(edge_key, key)] += np.array(below)[node]
    return count


def seconds(n, edges, length, random):
    rank = np.empty(len(edges))
    by_use = np.argsort(-uses(n, edges, length, random), kind="stable")
    rank[by_use] = np.arange(len(edges)) / len(edges)
    return length / (SPEED_KMH[np.searchsorted(SHARES, rank, side="right")] / 3.6)


def weights(n, edges, seconds_of_edge):
    """Return whole units. No way costs more than all nodes' dearest edges: their sum must fit."""
    dearest = np.zeros(n)
    for ends in (edges[:, 0], edges[:, 1]):
        np.maximum.at(dearest, ends, seconds_of_edge)
    units = UNITS_PER_SECOND
    while HEADROOM * (dearest.sum() * units + n) >= LIMIT:
        units /= 2
    return np.maximum(np.rint(seconds_of_edge * units), 1)


def synthetic_columns(source):
    random = np.random.default_rng(SEED)
    found = streets(source, random)
    length = lengths(found, random)
    keep = largest_component(*np.concatenate([found.edges, found.edges[:, ::-1]]).T)
    inside = keep[found.edges[:, 0]]
    edges = (np.cumsum(keep) - 1)[found.edges[inside]]
    n = int(keep.sum())
    weight = weights(n, edges, seconds(n, edges, length[inside], random))
    tail, head = np.concatenate([edges, edges[:, ::-1]]).T
    columns = {"tail": tail, "head": head, "weight": np.concatenate([weight, weight])}
    if found.position is not None:
        columns["x"], columns["y"] = found.position[keep].T
    return columns


def study_columns(folder):
    arcs = {name: np.fromfile(folder / name, np.uint32) for name in ("tail", "head", "weight")}
    keep = largest_component(arcs["tail"], arcs["head"])
    inside = keep[arcs["tail"]] & keep[arcs["head"]]
    number = np.cumsum(keep) - 1
    columns = {name: number[arcs[name][inside]] for name in ("tail", "head")}
    columns["weight"] = arcs["weight"][inside]
    for name in ("x", "y"):
        columns[name] = np.fromfile(folder / name, np.float32)[: len(keep)][keep]
    return columns


def write(folder, columns):
    folder.mkdir(parents=True, exist_ok=True)
    by_tail = np.lexsort((columns["head"], columns["tail"]))
    for name in ("tail", "head", "weight"):
        columns[name][by_tail].astype(np.uint32).tofile(folder / name)
    for name in {"x", "y"} & columns.keys():
        columns[name].astype(np.float32).tofile(folder / name)
    random = np.random.default_rng(SEED)
    nodes, arcs = int(columns["tail"].max()) + 1, len(by_tail)
    for name, count, bound in (
        ("sources", 1000, nodes),
        ("targets", 1000, nodes),
        ("changed", 100, arcs),
    ):
        random.choice(bound, count, replace=False).astype(np.uint32).tofile(folder / name)


def main():
    source, folder = sys.argv[1], Path(sys.argv[2])
    is_study = Path(source).is_dir()
    write(folder, study_columns(Path(source)) if is_study else synthetic_columns(source))


if __name__ == "__main__":
    main()
