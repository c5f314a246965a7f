"""Measure one other library on a graph that prepare.py has made: `python peers.py PEER FOLDER`.

Prints lines as measuring.h does: medians of CPU time, one thread, and sums of answers. METIS leaves
its order in the folder, for order_bench.
"""

import statistics
import sys
import time
from pathlib import Path

import numpy as np

# As in graph.h.
SUMMED_ROOTS = 5
NO_WAY = 2**31 - 1


class Graph:
    """Arcs by tail, with weights as integers; what is asked."""

    def __init__(self, folder):
        self.folder = folder
        self.tail, self.head, self.weight, self.sources, self.targets = (
            np.fromfile(folder / name, dtype=np.uint32)
            for name in ("tail", "head", "weight", "sources", "targets")
        )
        self.nodes = int(self.tail.max()) + 1

    def matrix(self):
        """Return it as a sparse matrix of scipy, which keeps one arc between two nodes."""
        from scipy.sparse import csr_matrix

        order = np.lexsort((self.weight, self.head, self.tail))
        key = self.tail[order].astype(np.int64) * self.nodes + self.head[order]
        keep = order[np.concatenate([[True], key[1:] != key[:-1]])]
        arcs = (self.weight[keep].astype(float), (self.tail[keep], self.head[keep]))
        return csr_matrix(arcs, shape=(self.nodes, self.nodes))


def timed(run, *arguments):
    """Return milliseconds of CPU time and what came out."""
    start = time.process_time()
    result = run(*arguments)
    return 1000 * (time.process_time() - start), result


def report(task, who, figure, runs, total=0):
    print(task, who, f"{figure:.7g}", runs, total, sep="\t", flush=True)


def total(costs):
    costs = np.asarray(costs, dtype=float)
    return int(np.where(np.isfinite(costs) & (costs < NO_WAY), costs, NO_WAY).sum(dtype=np.float64))


def scipy_one_to_all(graph):
    from scipy.sparse.csgraph import dijkstra

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


def one_to_all(who, prepare):
    """Return what measures a library that answers one source at a time."""

    def measure(graph):
        run = prepare(graph)
        found = [timed(run, source) for source in graph.sources[:SUMMED_ROOTS].tolist()]
        spent = statistics.median(spent for spent, _ in found)
        report("one_to_all", who, spent, SUMMED_ROOTS, sum(total(costs) for _, costs in found))

    return measure


def pandana_pairs(graph):
    """Measure point to point by pandana's contraction hierarchy.

    It counts in whole thousandths and rounds down.
    """
    import pandana
    import pandas as pd

    zeros = pd.Series(np.zeros(graph.nodes))
    ends = [pd.Series(column.astype(np.int64)) for column in (graph.tail, graph.head)]
    weights = pd.DataFrame({"w": (graph.weight + 0.5) / 1000})
    built, network = timed(lambda: pandana.Network(zeros, zeros, *ends, weights, twoway=False))
    report("customize", "pandana", built, 1)
    pairs = graph.sources.astype(int), graph.targets.astype(int)
    found = [timed(network.shortest_path_lengths, *pairs) for _ in range(5)]
    spent = statistics.median(spent for spent, _ in found) / len(graph.sources)
    report("pair_perfect", "pandana", spent, 5, total(np.rint(1000 * np.array(found[0][1]))))


def metis_order(graph):
    import pymetis

    columns = graph.matrix()
    both = columns + columns.T
    both.setdiag(0)
    both.eliminate_zeros()
    adjacency = pymetis.CSRAdjacency(both.indptr, both.indices)
    spent, (order, _) = timed(lambda: pymetis.nested_dissection(adjacency=adjacency))
    report("order", "METIS", spent, 1)
    np.asarray(order).astype(np.uint32).tofile(graph.folder / "order_metis")


MEASURES = {
    "scipy": one_to_all("scipy.sparse.csgraph", scipy_one_to_all),
    "igraph": one_to_all("igraph", igraph_one_to_all),
    "networkit": one_to_all("NetworKit", networkit_one_to_all),
    "rustworkx": one_to_all("rustworkx", rustworkx_one_to_all),
    "pandana": pandana_pairs,
    "metis": metis_order,
}

if __name__ == "__main__":
    MEASURES[sys.argv[1]](Graph(Path(sys.argv[2])))
