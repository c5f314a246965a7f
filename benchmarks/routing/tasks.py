"""What is measured against whom, and what is wanted: the rows of the table that run.py makes."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Task:
    """A row: our figure of a task, and that of a peer.

    Parameters
    ----------
    name : str
        As the programs report it.
    title : str
        As the table shows it.
    measurement : str
        Which of run.py's measurements finds the peer's figure, or ours where there is no peer.
    peer : str
        Who is compared with, as the programs call it; empty where our figure stands alone.
    unit : str
        `ms`, `us` and `s` are CPU time on one thread, reported in milliseconds; `x` is a ratio.
    wanted : dict
        By graph, or by `""` for all: the smallest ratio, or the largest figure where there is
        neither a peer nor a ratio.
    """

    name: str
    title: str
    measurement: str
    peer: str = ""
    unit: str = "ms"
    wanted: dict[str, float] = field(default_factory=dict)


CCH, CH, PARTIAL = "RoutingKit CCH", "RoutingKit CH", "RoutingKit CCH, partial"
INERTIAL_FLOW = "RoutingKit inertial flow"

ONE_TO_ALL = "one to all, per source of 16 together"
MATRIX = "1000 x 1000 matrix, selection included"
NEW_WEIGHTS = "customize 1 vector (theirs: built anew)"
CUSTOMIZE_16 = "customize 16 together, per vector"
SCENARIO = "what-if of 1,000: customize, 100 x 100 matrix"
PERFECT = "point to point, cost, metric made perfect"
HEIGHT = "height of the elimination tree"

TASKS = [
    Task("one_to_all", ONE_TO_ALL, "boost", "Boost.Graph", wanted={"": 150}),
    Task("one_to_all", ONE_TO_ALL, "igraph", "igraph", wanted={"": 1000}),
    Task("one_to_all", ONE_TO_ALL, "ch", CH, wanted={"": 10}),
    Task("one_to_all", ONE_TO_ALL, "networkit", "NetworKit"),
    Task("one_to_all", ONE_TO_ALL, "rustworkx", "rustworkx"),
    Task("one_to_all", ONE_TO_ALL, "scipy", "scipy.sparse.csgraph"),
    Task("one_to_all_single", "one to all, one source alone", "hierarchy"),
    Task("matrix", MATRIX, "cch", CCH, wanted={"": 40}),
    Task("matrix", MATRIX, "ch", CH, wanted={"moscow": 5}),
    Task("customize", "customize 1 vector", "cch", CCH, wanted={"moscow": 2, "FLA": 1.5}),
    Task("customize", NEW_WEIGHTS, "ch", CH),
    Task("customize", NEW_WEIGHTS, "pandana", "pandana"),
    Task("customize_16", CUSTOMIZE_16, "cch", CCH, wanted={"moscow": 4, "FLA": 3}),
    Task("partial", "100 arcs changed and back", "cch", CCH, wanted={"": 2}),
    Task("scenario", SCENARIO, "scenarios", CCH, wanted={"": 5}),
    Task("scenario", SCENARIO, "scenarios", PARTIAL, wanted={"": 5}),
    Task("pair", "point to point, cost", "cch", CCH, "us", {"": 1}),
    Task("pair_path", "point to point, arcs of the path", "cch", CCH, "us", {"": 1}),
    Task("pair_perfect", PERFECT, "ch", CH, "us"),
    Task("pair_perfect", PERFECT, "pandana", "pandana", "us"),
    Task("hierarchy", "hierarchy, given an order", "cch", CCH),
    Task("order", "contraction order", "order", unit="s", wanted={"moscow": 3, "FLA": 12}),
    Task("order", "contraction order", "inertial_flow", INERTIAL_FLOW, "s"),
    Task("order", "contraction order", "metis", "METIS", "s"),
    Task("height", HEIGHT, "inertial_flow", INERTIAL_FLOW, "", {"": 1}),
    Task("height", HEIGHT, "metis", "METIS", ""),
    Task("links", "links", "inertial_flow", INERTIAL_FLOW, ""),
    Task("links", "links", "metis", "METIS", ""),
    Task("triangles", "triangles", "inertial_flow", INERTIAL_FLOW, ""),
    Task("triangles", "triangles", "metis", "METIS", ""),
    Task("threads_one_to_all", "2 threads: 64 sources to all", "threads", "", "x", {"": 1.8}),
    Task("threads_one_to_all_copies", "... two copies at once", "threads", "", "x"),
    Task("threads_one_to_all_written", "2 threads: and into 64 rows", "threads", "", "x"),
    Task("threads_one_to_all_written_copies", "... two copies at once", "threads", "", "x"),
    Task("threads_matrix", "2 threads: 1000 x 1000 matrix", "threads", "", "x", {"": 1.8}),
    Task("threads_matrix_copies", "... two copies at once", "threads", "", "x"),
    Task("threads_customize", "2 threads: customize 16", "threads", "", "x", {"": 1.8}),
    Task("threads_customize_copies", "... two copies at once", "threads", "", "x"),
    Task("memory_index", "memory of an index", "memory", "", "B/node", {"FLA": 200}),
    Task("memory_metric", "memory of a metric on it", "memory", "", "B/node"),
]
