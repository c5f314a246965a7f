"""Load cheapest routes and place teams with a general graph library, on what placement_bench wrote.

`python placement.py PEER FOLDER`, PEER being igraph or networkx. Prints a line per figure, as
placement_bench does. The route of each pair comes from one search per origin; the gains of all
candidates from the pairs that pass them, as arrays. networkx, the slower, is asked for
`NETWORKX_ORIGINS` origins, and its time for routes is multiplied to all of them.
"""

import sys
import time
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

NETWORKX_ORIGINS = 3


class Question:
    """Streets, journeys between places, candidates with their detection."""

    def __init__(self, folder):
        def column(name, kind=np.uint32):
            return np.fromfile(folder / name, dtype=kind)

        self.tail, self.head, self.weight = (column(name) for name in ("tail", "head", "weight"))
        self.nodes = int(self.tail.max()) + 1
        self.origin, self.destination = (
            column(f"placement.{name}") for name in ("origin", "destination")
        )
        self.journeys, self.detection = (
            column(f"placement.{name}", np.float64) for name in ("journeys", "detection")
        )
        candidates = column("placement.candidates")
        self.teams = int(candidates[0])
        self.site = {
            tuple(ends): number
            for number, ends in enumerate(candidates[1:].reshape(-1, 2).tolist())
        }


def igraph_routes(question):
    """Return a function from an origin and its destinations to routes as nodes."""
    import igraph

    graph = igraph.Graph(
        n=question.nodes, edges=np.column_stack([question.tail, question.head]), directed=True
    )
    weight = question.weight.tolist()
    return lambda origin, destinations: graph.get_shortest_paths(
        origin, to=destinations, weights=weight, output="vpath"
    )


def networkx_routes(question):
    import networkx

    graph = networkx.DiGraph()
    graph.add_weighted_edges_from(
        zip(question.tail.tolist(), question.head.tolist(), question.weight.tolist(), strict=True)
    )

    def routes(origin, destinations):
        _, paths = networkx.single_source_dijkstra(graph, origin)
        return [paths[destination] for destination in destinations]

    return routes


def passes(question, routes, origins):
    """Return which pairs, by row, pass which sites."""
    pairs, sites = [], []
    for origin in origins:
        mine = np.flatnonzero(question.origin == origin)
        found = routes(int(origin), question.destination[mine].tolist())
        for pair, route in zip(mine.tolist(), found, strict=True):
            for ends in zip(route, route[1:], strict=False):
                site = question.site.get(ends)
                if site is not None:
                    pairs.append(pair)
                    sites.append(site)
    shape = (len(question.journeys), len(question.detection))
    return csr_matrix((np.ones(len(pairs)), (pairs, sites)), shape=shape)


def greedy(question, incidence):
    """Return the share of journeys that the teams stop."""
    left = question.journeys.copy()
    by_site = incidence.T.tocsr()
    for _ in range(question.teams):
        best = int(np.argmax(by_site @ left * question.detection))
        left[by_site[best].indices] *= 1 - question.detection[best]
        question.detection[best] = 0
    return 1 - left.sum() / question.journeys.sum()


def report(task, who, figure):
    print(task, who, f"{figure:.7g}", 1, 0, sep="\t", flush=True)


def main(peer, folder):
    question = Question(Path(folder))
    routes = {"igraph": igraph_routes, "networkx": networkx_routes}[peer](question)
    origins = np.unique(question.origin)
    asked = origins[:NETWORKX_ORIGINS] if peer == "networkx" else origins
    start = time.process_time()
    incidence = passes(question, routes, asked)
    loading = (time.process_time() - start) * len(origins) / len(asked)
    start = time.process_time()
    share = greedy(question, incidence)
    placing = time.process_time() - start
    report("cheapest_trees", peer, 1000 * loading)
    report("greedy", peer, 1000 * placing)
    report("cheapest_placement", peer, 1000 * (loading + placing))
    if len(asked) == len(origins):
        report("share_caught", peer, share)


if __name__ == "__main__":
    main(*sys.argv[1:])
