"""Makes a graph to measure on: `python prepare.py GRAPH FOLDER`.

GRAPH is `NAME.gr.xz` (DIMACS, undirected, `p tw n m`) or `NAME.gr.bin` beside `NAME.co.bin` (pairs
of uint32 node numbers from 1; pairs of int32 metres). FOLDER gets raw little-endian uint32 files:
`tail`, `head`, `weight` (both directions of each edge of the largest component), `order` (node by
rank, by METIS; without it hierarchy_bench makes its own), and what is asked: `sources` and
`targets`, 1,000 nodes each, `changed`, 100 arcs.

Weights are synthetic: lengths from the coordinates, or lognormal(ln 900, 0.9) metres where there
are none; speeds of 110, 80, 50 and 30 km/h for the 1.5 %, 6 %, 20 % and remaining edges by how
often they lie on shortest paths from 128 random roots; all by seed 42. The unit is 1/128 of a
second, or the next power of two that lets all ways fit.
"""

import lzma
import sys
from pathlib import Path

import numpy as np
import pymetis
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra

UNITS_PER_SECOND = 128.0
LIMIT = 2**31 - 1
SPEED_KMH = np.array([110.0, 80.0, 50.0, 30.0])
SHARES = np.array([0.015, 0.075, 0.275])
ROOTS = 128


def read_edges(path):
    """Pairs of nodes from 0, each edge once."""
    if path.suffix == ".xz":
        with lzma.open(path, "rt") as lines:
            rows = [line.split()[-2:] for line in lines if line[0] not in "cp"]
        edges = np.array(rows, dtype=np.int64) - 1
    else:
        edges = np.fromfile(path, dtype=np.uint32).reshape(-1, 2).astype(np.int64) - 1
    edges = np.sort(edges[edges[:, 0] != edges[:, 1]], axis=1)
    return np.unique(edges, axis=0)


def lengths(path, edges, random):
    if path.suffix == ".xz":
        return random.lognormal(np.log(900.0), 0.9, len(edges))
    points = np.fromfile(path.with_name(path.name.replace(".gr.", ".co.")), dtype=np.int32).reshape(
        -1, 2
    )
    difference = (points[edges[:, 0]] - points[edges[:, 1]]).astype(float)
    return np.maximum(np.hypot(difference[:, 0], difference[:, 1]), 1.0)


def largest_component(edges, length):
    n = int(edges.max()) + 1
    _, label = connected_components(
        csr_matrix((np.ones(len(edges)), edges.T), shape=(n, n)), directed=False
    )
    keep = label == np.bincount(label).argmax()
    number = np.cumsum(keep) - 1
    inside = keep[edges[:, 0]]
    return int(keep.sum()), number[edges[inside]], length[inside]


def uses(n, edges, length, random):
    """How often each edge lies on the shortest paths from random roots to all nodes."""
    graph = csr_matrix((length, edges.T), shape=(n, n))
    edge_key = edges[:, 0] * n + edges[:, 1]
    count = np.zeros(len(edges))
    for root in random.choice(n, ROOTS, replace=False):
        distance, before = dijkstra(
            graph, directed=False, indices=int(root), return_predecessors=True
        )
        below = np.ones(n)
        for node in np.argsort(-distance):
            if before[node] >= 0:
                below[before[node]] += below[node]
        node = np.flatnonzero(before >= 0)
        key = np.minimum(node, before[node]) * n + np.maximum(node, before[node])
        count[np.searchsorted(edge_key, key)] += below[node]
    return count


def seconds(n, edges, length, random):
    rank = np.empty(len(edges))
    rank[np.argsort(-uses(n, edges, length, random), kind="stable")] = np.arange(len(edges)) / len(
        edges
    )
    return length / (SPEED_KMH[np.searchsorted(SHARES, rank, side="right")] / 3.6)


def weights(n, edges, seconds_of_edge):
    """Whole units; no way costs more than all nodes' dearest edges together: less than LIMIT."""
    dearest = np.zeros(n)
    for ends in (edges[:, 0], edges[:, 1]):
        np.maximum.at(dearest, ends, seconds_of_edge)
    units = UNITS_PER_SECOND
    while dearest.sum() * units + n >= LIMIT:
        units /= 2
    return np.maximum(np.rint(seconds_of_edge * units), 1)


def metis_order(n, edges):
    both = np.concatenate([edges, edges[:, ::-1]])
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    first = np.concatenate([[0], np.cumsum(np.bincount(both[:, 0], minlength=n))])
    order, _ = pymetis.nested_dissection(adjacency=pymetis.CSRAdjacency(first, both[:, 1]))
    return np.asarray(order)


def main():
    path, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(42)
    edges = read_edges(path)
    n, edges, length = largest_component(edges, lengths(path, edges, random))
    by_content = np.lexsort((edges[:, 1], edges[:, 0]))
    edges, length = edges[by_content], length[by_content]
    metis_order(n, edges).astype(np.uint32).tofile(folder / "order")
    weight = weights(n, edges, seconds(n, edges, length, random))
    tail, head = np.concatenate([edges, edges[:, ::-1]]).T
    by_tail = np.lexsort((head, tail))
    for name, column in (
        ("tail", tail),
        ("head", head),
        ("weight", np.concatenate([weight, weight])),
    ):
        column[by_tail].astype(np.uint32).tofile(folder / name)
    for name, count, bound in (
        ("sources", 1000, n),
        ("targets", 1000, n),
        ("changed", 100, len(tail)),
    ):
        random.choice(bound, count, replace=False).astype(np.uint32).tofile(folder / name)
    print(f"{path.name}: {n} nodes, {2 * len(edges)} arcs")


if __name__ == "__main__":
    main()
