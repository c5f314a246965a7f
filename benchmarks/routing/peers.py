"""Times of other libraries on a graph made by `prepare.py`: `python peers.py FOLDER`.

Prints one line a figure, `task<TAB>peer<TAB>milliseconds`: medians of processor time of this
process, one thread. A peer that cannot be imported is a line that says so. Distances are compared
with scipy's, and a peer that finds others is an error.
"""

import statistics
import sys
import time
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

SOURCES = 5
PAIRS = 2000


def timed(run, argument):
    """Return processor milliseconds and what came out."""
    start = time.process_time()
    result = run(argument)
    return 1000 * (time.process_time() - start), result


class Graph:
    """Arcs by tail, with weights as integers."""

    def __init__(self, folder):
        self.tail, self.head, self.weight = (
            np.fromfile(folder / name, dtype=np.uint32) for name in ("tail", "head", "weight")
        )
        self.nodes = int(max(self.tail.max(), self.head.max())) + 1

    def matrix(self):
        """As a sparse matrix of scipy, which keeps one arc between two nodes."""
        order = np.lexsort((self.weight, self.head, self.tail))
        key = self.tail[order].astype(np.int64) * self.nodes + self.head[order]
        keep = order[np.concatenate([[True], key[1:] != key[:-1]])]
        arcs = (self.weight[keep].astype(float), (self.tail[keep], self.head[keep]))
        return csr_matrix(arcs, shape=(self.nodes, self.nodes))


def scipy_one_to_all(graph):
    matrix = graph.matrix()
    return lambda source: dijkstra(matrix, indices=source)


def igraph_one_to_all(graph):
    import igraph

    built = igraph.Graph(
        n=graph.nodes, edges=np.column_stack([graph.tail, graph.head]), directed=True
    )
    weight = graph.weight.tolist()
    return lambda source: built.distances(source=[source], weights=weight, mode="out")[0]


def networkit_one_to_all(graph):
    import networkit

    networkit.setNumberOfThreads(1)
    arcs = (graph.weight.astype(float), (graph.tail.astype(int), graph.head.astype(int)))
    built = networkit.GraphFromCoo(arcs, n=graph.nodes, directed=True, weighted=True)

    def run(source):
        search = networkit.distance.Dijkstra(built, source, storePaths=False)
        search.run()
        return search.getDistances()

    return run


def rustworkx_one_to_all(graph):
    import rustworkx

    built = rustworkx.PyDiGraph(multigraph=True)
    built.add_nodes_from([None] * graph.nodes)
    arcs = zip(graph.tail.tolist(), graph.head.tolist(), graph.weight.astype(float).tolist())
    built.add_edges_from(list(arcs))

    def run(source):
        found = rustworkx.digraph_dijkstra_shortest_path_lengths(built, source, lambda w: w)
        distance = np.full(graph.nodes, np.inf)
        distance[list(found.keys())] = list(found.values())
        distance[source] = 0
        return distance

    return run


ONE_TO_ALL = {
    "scipy": scipy_one_to_all,
    "igraph": igraph_one_to_all,
    "networkit": networkit_one_to_all,
    "rustworkx": rustworkx_one_to_all,
}


def one_to_all(graph, sources):
    """Yield peer and median milliseconds per source."""
    expected = [scipy_one_to_all(graph)(source) for source in sources]
    for name, prepare in ONE_TO_ALL.items():
        try:
            run = prepare(graph)
        except ImportError as error:
            yield name, f"not run: {error}"
            continue
        times = []
        for source, distance in zip(sources, expected):
            spent, found = timed(run, source)
            if not np.array_equal(np.asarray(found, dtype=float), distance):
                raise SystemExit(f"{name} finds other distances from {source}")
            times.append(spent)
        yield name, statistics.median(times)


def pandana_point_to_point(graph, random):
    """Return preparation and per pair milliseconds of pandana's contraction hierarchy."""
    import pandana
    import pandas as pd

    zeros = pd.Series(np.zeros(graph.nodes))
    ends = [pd.Series(column.astype(np.int64)) for column in (graph.tail, graph.head)]
    weights = pd.DataFrame({"w": graph.weight.astype(float)})
    start = time.process_time()
    network = pandana.Network(zeros, zeros, *ends, weights, twoway=False)
    prepared = 1000 * (time.process_time() - start)
    pairs = random.integers(graph.nodes, size=(2, PAIRS))
    spent, _ = timed(lambda pairs: network.shortest_path_lengths(*pairs), pairs)
    return prepared, spent / PAIRS


def main():
    """Print every figure."""
    graph = Graph(Path(sys.argv[1]))
    random = np.random.default_rng(42)
    for name, figure in one_to_all(graph, random.integers(graph.nodes, size=SOURCES).tolist()):
        print("one-to-all", name, figure, sep="\t", flush=True)
    try:
        prepared, per_pair = pandana_point_to_point(graph, random)
    except ImportError as error:
        prepared = per_pair = f"not run: {error}"
    print("prepare", "pandana", prepared, sep="\t")
    print("point-to-point", "pandana", per_pair, sep="\t", flush=True)


if __name__ == "__main__":
    main()
