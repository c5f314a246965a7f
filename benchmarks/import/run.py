"""From a file to a graph one can route on: this engine and others, each in a process of its own.

    run.py --ours BUILD/python --peers PYTHON --extract FILE.osm.pbf [--tiles 1 4 16]

`BUILD/python` holds the package as built; `PYTHON` is the interpreter of an environment with what
requirements.txt names. Prints a table of CPU time (user and system, all threads) and peak memory,
less those of the same process after its imports, medians of three runs.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
RUNS = 3
TIMEOUT_S = 300


def measure(python: str, task: str, *arguments: str, path: str | None = None) -> dict | None:
    environment = {**os.environ, "PYTHONPATH": path} if path else dict(os.environ)
    command = [python, str(HERE / "tasks.py"), task, *arguments]
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, timeout=TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired:
        print(f"{task}: not within {TIMEOUT_S} s", file=sys.stderr)
        return None
    if done.returncode:
        print(f"{task}: {done.stderr.decode().splitlines()[-1:]}", file=sys.stderr)
        return None
    lines = done.stdout.decode().splitlines()
    return json.loads(lines[-1]) if lines else None


def medians(runs: list[dict | None]) -> dict | None:
    known = [run for run in runs if run]
    if not known:
        return None
    return {name: statistics.median(run[name] for run in known) for name in known[0]}


def show(title: str, results: dict[str, dict | None], ours: str) -> None:
    print(f"\n{title}\n\n| task | CPU s | x | MB | nodes | edges |\n|---|---|---|---|---|---|")
    for name, result in results.items():
        if result is None:
            print(f"| {name} | *not run* | | | | |")
            continue
        times = result["cpu_s"] / results[ours]["cpu_s"]
        numbers = f"{result['cpu_s']:.2f} | {times:.1f} | {result['peak_mb']:.0f}"
        print(f"| {name} | {numbers} | {result['nodes']:,.0f} | {result['edges']:,.0f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ours", required=True)
    parser.add_argument("--peers", required=True)
    parser.add_argument("--extract", required=True)
    parser.add_argument("--tiles", type=int, nargs="*", default=[1, 4, 16])
    parser.add_argument("--runs", type=int, default=RUNS)
    options = parser.parse_args()
    mine = sys.executable

    def of_all(tasks: dict[str, tuple[str, str | None]], *arguments: str) -> dict:
        return {
            task: medians(
                [measure(python, task, *arguments, path=path) for _ in range(options.runs)]
            )
            for task, (python, path) in tasks.items()
        }

    from_extract = {"waywarden": (mine, options.ours)}
    from_extract |= dict.fromkeys(("pyrosm", "pyrosm_pandana"), (options.peers, None))
    show("An extract to a graph", of_all(from_extract, options.extract), "waywarden")
    with tempfile.TemporaryDirectory() as folder:
        layer = os.path.join(folder, "lines.gpkg")
        measure(mine, "write_lines", options.extract, layer, path=options.ours)
        from_lines = {"waywarden_lines": (mine, options.ours)}
        from_lines |= dict.fromkeys(("momepy", "snkit"), (options.peers, None))
        show("A layer of lines to a graph", of_all(from_lines, layer), "waywarden_lines")
    print("\n| tiles | vertices | CPU us per vertex | peak bytes per vertex |\n|---|---|---|---|")
    for tiles in options.tiles:
        grown = measure(mine, "tiled", options.extract, str(tiles), path=options.ours)
        if grown:
            per_vertex = 1e6 / grown["vertices"]
            cpu, memory = grown["cpu_s"] * per_vertex, grown["peak_mb"] * per_vertex
            print(f"| {tiles} | {grown['vertices']:,} | {cpu:.2f} | {memory:.0f} |")


if __name__ == "__main__":
    main()
