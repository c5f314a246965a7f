#!/usr/bin/env python3
"""Measure loading and placement beside general graph libraries, and how they grow.

    benchmarks/interdiction/run.py

Uses what `benchmarks/routing/run.py` sets up, and the streets of Moscow as it prepares them. Prints
the tables and puts them into `benchmarks/RESULTS.md` between its marks.
"""

import subprocess
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "routing"))

from workshop import ROOT, Workshop  # noqa: E402

RESULTS = ROOT / "benchmarks/RESULTS.md"
BEGIN = "<!-- made by interdiction/run.py: begin -->"
END = "<!-- made by interdiction/run.py: end -->"
GRID_SIDE = 640
BASE = {"places": 100, "candidates": 2000, "teams": 20, "draws": 64}
GROWN = {"places": (25, 200), "candidates": (500, 8000), "teams": (5, 80), "draws": (8,)}
GROWTH_DRAWS = 16
TITLES = {
    "cheapest_trees": "cheapest routes of all pairs",
    "greedy": "teams placed on them",
    "cheapest_placement": "both, from costs to placement",
    "cheapest_placement_wall_2_threads": "the same on 2 threads, wall-clock",
    "acyclic_logit": "acyclic logit loaded, from costs to journeys on arcs",
    "acyclic_logit_wall_2_threads": "the same on 2 threads, wall-clock, acyclic logit",
    "logit_placement": "acyclic logit, from costs to placement",
    "logit_placement_wall_2_threads": "that on 2 threads, wall-clock",
    "sampled_trees": "routes in all draws",
    "sampled_loading": "loading in all draws, exposure included",
    "sampled_greedy": "teams placed on all draws",
    "aware_placement_2_draws": "teams placed for evaders who reroute after each, 2 draws",
}


def write_grid(folder):
    """Make a grid in which every arc has a random cost of 1 to 2."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(42)
    node = np.arange(GRID_SIDE**2).reshape(GRID_SIDE, GRID_SIDE)
    pairs = [(node[:, :-1], node[:, 1:]), (node[:-1], node[1:])]
    tail, head = (np.concatenate([p[i].ravel() for p in pairs]) for i in (0, 1))
    tail, head = np.concatenate([tail, head]), np.concatenate([head, tail])
    order = np.lexsort((head, tail))
    columns = {
        "tail": tail[order],
        "head": head[order],
        "weight": random.integers(1000, 2000, len(order)),
        "sources": random.choice(GRID_SIDE**2, 1000, replace=False),
        "targets": random.choice(GRID_SIDE**2, 1000, replace=False),
    }
    for name, column in columns.items():
        column.astype(np.uint32).tofile(folder / name)
    for name, axis in (("x", 1), ("y", 0)):
        (100 * np.indices(node.shape)[axis].ravel()).astype(np.float32).tofile(folder / name)


def figures(*command):
    """Return the figures a program prints, by task."""
    done = subprocess.run(list(map(str, command)), check=True, stdout=subprocess.PIPE, text=True)
    rows = [line.split("\t") for line in done.stdout.splitlines() if line.count("\t") == 4]
    return {row[0]: float(row[2]) for row in rows}


def ask(shop, folder, **size):
    wanted = BASE | size
    return figures(shop.program("placement_bench"), folder, *wanted.values())


def markdown(rows):
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in rows)


def compared(shop, moscow, ours):
    """Return our figures beside those of the other libraries."""
    peers = {
        peer: figures(shop.python, HERE / "placement.py", peer, moscow)
        for peer in ("igraph", "networkx")
    }
    if abs(peers["igraph"]["share_caught"] - ours["share_caught"]) > 1e-9:
        raise SystemExit("igraph's placement stops another share")
    yield ["task", "ours", *peers]
    yield ["---"] * (2 + len(peers))
    for task, title in TITLES.items():
        theirs = [
            f"{found[task] / ours[task]:,.0f} x ({found[task]:,.0f} ms)" if task in found else ""
            for found in peers.values()
        ]
        yield [title, f"{ours[task]:,.1f} ms", *theirs]


def growth(shop, moscow, grid, ours):
    """Return figures of other sizes, one thing changed at a time."""
    runs = {"16 draws": ask(shop, moscow, draws=GROWTH_DRAWS)}
    for what, values in GROWN.items():
        for value in values:
            runs[f"{value} {what}"] = ask(shop, moscow, **({"draws": GROWTH_DRAWS} | {what: value}))
    runs["64 draws"] = ours
    runs[f"grid of {GRID_SIDE} x {GRID_SIDE}, cheapest routes alone"] = ask(shop, grid, draws=0)
    tasks = [task for task in TITLES if not task.endswith("wall_2_threads")]
    yield ["", *(TITLES[task] for task in tasks)]
    yield ["---"] * (1 + len(tasks))
    for name, found in runs.items():
        yield [name, *(f"{found[task]:,.1f}" if task in found else "" for task in tasks)]


def main():
    shop = Workshop(ROOT / "build/benchmarks", "")
    shop.set_up()
    moscow, grid = (shop.folder / "graphs" / name for name in ("moscow", f"grid{GRID_SIDE}"))
    if not (moscow / "targets").exists():
        raise SystemExit("run benchmarks/routing/run.py moscow first: it prepares the streets")
    write_grid(grid)
    ours = ask(shop, moscow)
    made = "\n\n".join(
        [
            markdown(compared(shop, moscow, ours)),
            "Milliseconds of CPU time on one thread, one thing changed at a time:",
            markdown(growth(shop, moscow, grid, ours)),
        ]
    )
    print(made)
    before, rest = RESULTS.read_text("utf-8").split(BEGIN)
    after = rest.split(END)[1]
    RESULTS.write_text(f"{before}{BEGIN}\n\n{made}\n\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
