#!/usr/bin/env python3
"""Measure routing beside other libraries, on the same graphs, in one run.

    benchmarks/routing/run.py [GRAPH...]

Sets up a Python environment with the other libraries, builds the programs here and RoutingKit,
prepares the graphs, runs everything one after the other on each graph, checks that all find the
same answers, prints the table, and puts it into `benchmarks/RESULTS.md` between its marks. Without
a GRAPH it takes all. What is set up, built and prepared stays in `build/benchmarks`.
"""

import argparse
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import table
from records import Records
from workshop import HERE, ROOT, Workshop

RESULTS = ROOT / "benchmarks/RESULTS.md"
STUDY = ROOT / "datasets/nepal_india_bangladesh/study.toml"
MOST_MINUTES = 30
# Done several times in turn, so that a machine that is busy for a while is so for both sides.
REPEATED = ("hierarchy", "cch", "boost")
ROUNDS = 3


@dataclass(frozen=True)
class GraphSource:
    """Where prepare.py gets a graph, and which measurements are not made on it, with reasons."""

    source: str
    not_run: dict[str, str] = field(default_factory=dict)
    rounds: int = ROUNDS


MOSCOW_ONLY = {"scenarios": "on moscow only"}
NO_COORDINATES = {"inertial_flow": "needs coordinates"}
SLOW = ("scipy", "igraph", "networkit", "rustworkx", "pandana", "ch", "inertial_flow", "metis")

GRAPHS = {
    "rome": GraphSource("rome-roads.gr.bin", MOSCOW_ONLY),
    "moscow": GraphSource("moscow-roads.gr.bin"),
    "NY": GraphSource("NY.gr.xz", MOSCOW_ONLY | NO_COORDINATES),
    "FLA": GraphSource("FLA.gr.xz", MOSCOW_ONLY | NO_COORDINATES),
    "demo": GraphSource("study", MOSCOW_ONLY),
    "grid": GraphSource(
        "grid:2240", MOSCOW_ONLY | dict.fromkeys(SLOW, "left out for time"), rounds=1
    ),
}


def measurements(shop):
    """Return each measurement's commands; orders first, since order_bench compares them."""
    peer, routing_kit = [shop.python, HERE / "peers.py"], shop.program("routingkit_bench")
    return {
        "metis": [[*peer, "metis"]],
        "inertial_flow": [[routing_kit, "order"]],
        "order": [[shop.program("order_bench")]],
        "hierarchy": [[shop.program("hierarchy_bench")]],
        "cch": [[routing_kit, "cch"]],
        "ch": [[routing_kit, "ch"]],
        "boost": [[shop.program("boost_dijkstra_bench")]],
        **{name: [[*peer, name]] for name in ("scipy", "igraph", "networkit", "rustworkx")},
        "pandana": [[*peer, "pandana"]],
        "scenarios": [[shop.program("scenario_bench")], [routing_kit, "scenarios"]],
        "threads": [[shop.program("threads_bench")]],
        "memory": [[shop.program("memory_bench")]],
    }


def prepare(shop, name, graphs_folder):
    """Make a graph's folder, unless it is there, and return it."""
    folder, source = shop.folder / "graphs" / name, GRAPHS[name].source
    if (folder / "changed").exists():
        return folder
    if source == "study":
        source = shop.folder / "graphs" / f"{name}.columns"
        source.mkdir(parents=True, exist_ok=True)
        run([shop.program("study_columns"), STUDY, source])
    elif not source.startswith("grid:"):
        source = graphs_folder / source
    run([shop.python, HERE / "prepare.py", source, folder])
    return folder


def run(command):
    """Return what a command prints; it may use one thread, unless it says itself how many."""
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    return subprocess.run(
        [str(part) for part in command],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        timeout=60 * MOST_MINUTES,
        env=os.environ | one_thread,
    ).stdout


def attempt(commands, records):
    """Add what commands find; return why they do not, or None."""
    try:
        for command in commands:
            records.add(run(command))
    except subprocess.TimeoutExpired:
        return f"over {MOST_MINUTES} minutes"
    except subprocess.CalledProcessError as error:
        return f"ended with {error.returncode}"
    return None


def measure(shop, name, folder):
    """Return what all measurements find on a graph."""
    records = Records()
    records.not_run |= GRAPHS[name].not_run
    for round_number in range(GRAPHS[name].rounds):
        for measurement, commands in measurements(shop).items():
            again = round_number == 0 or measurement in REPEATED
            if not again or measurement in records.not_run:
                continue
            start = time.monotonic()
            reason = attempt([[*command, folder] for command in commands], records)
            if reason:
                records.not_run[measurement] = reason
            outcome = reason or f"{time.monotonic() - start:.0f} s"
            print(f"{name}: {measurement}: {outcome}", file=sys.stderr, flush=True)
    records.check()
    return records


def machine():
    model = next(
        line.split(":")[1].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    )
    compiler = run(["c++", "--version"]).splitlines()[0]
    return f"{model}, {os.cpu_count()} cores, {compiler}"


def sizes(by_graph):
    for name, records in by_graph.items():
        nodes, arcs = (records.figure(column).value for column in ("nodes", "arcs"))
        yield f"{name}: {nodes:,.0f} nodes, {arcs:,.0f} arcs"


def made_part(by_graph, shop, load, minutes):
    """Return what stands between the marks."""
    options = " ".join(["-O3 -DNDEBUG", shop.routing_kit_options]).strip()
    conditions = (
        f"{time.strftime('%Y-%m-%d')}, {machine()}; load average {load:.1f} before; {minutes:.0f} "
        f"minutes. RoutingKit compiled with {options}."
    )
    return "\n\n".join([conditions, "; ".join(sizes(by_graph)) + ".", table.markdown(by_graph)])


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("graph", nargs="*", help=f"of {', '.join(GRAPHS)}; all if none")
    parser.add_argument("--graphs-from", type=Path, default=ROOT.parent / "shared/graphs")
    parser.add_argument("--work", type=Path, default=ROOT / "build/benchmarks")
    parser.add_argument("--routingkit-options", default="", help="such as '-march=native'")
    given = parser.parse_args()
    unknown = set(given.graph) - GRAPHS.keys()
    if unknown:
        parser.error(f"no graph {', '.join(sorted(unknown))}")
    return given


def main():
    given = arguments()
    shop = Workshop(given.work.resolve(), given.routingkit_options)
    shop.set_up()
    names = [name for name in GRAPHS if name in given.graph or not given.graph]
    folders = {name: prepare(shop, name, given.graphs_from) for name in names}
    start, load = time.monotonic(), os.getloadavg()[0]
    by_graph = {}
    for name, folder in folders.items():
        by_graph[name] = measure(shop, name, folder)
        made = made_part(by_graph, shop, load, (time.monotonic() - start) / 60)
        # After each graph, so that nothing is lost where a later one fails.
        RESULTS.write_text(table.replace_between_marks(RESULTS.read_text(), made))
    print(made)


if __name__ == "__main__":
    main()
