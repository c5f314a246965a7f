"""Compares what-ifs with RoutingKit's: `python compare_scenarios.py SCENARIO_BENCH FOLDER`.

The same scenarios as the program's (a hundredth of the arcs twice as dear), each customized and
asked for a table of 100 x 100; CPU time on one thread, median per scenario. That the sums of all
costs are the same is checked.
"""

import statistics
import subprocess
import sys
from pathlib import Path

import numpy as np
from compare import RoutingKit, milliseconds

SCENARIOS = 64
NODES = 100


def main():
    program, folder = sys.argv[1], Path(sys.argv[2])
    routing_kit = RoutingKit(folder)
    weight = routing_kit.column["weight"]
    ends = (routing_kit.column[name][:NODES] for name in ("sources", "targets"))
    sources, targets = (column.copy() for column in ends)
    times, total = [], 0
    for number in range(SCENARIOS):
        changed = weight.copy()
        changed[number % 100 :: 100] *= 2

        def ask(vector=changed):
            routing_kit.metric.customize(vector, 0)
            return routing_kit.metric.distances_many_to_many(sources, targets)

        times.append(milliseconds(ask))
        total += int(
            np.sum(routing_kit.metric.distances_many_to_many(sources, targets), dtype=np.uint64)
        )
    output = subprocess.run([program, folder], check=True, capture_output=True, text=True).stdout
    ours = {name: float(value) for name, value in map(str.split, output.splitlines())}
    if int(ours["scenario_sum"]) != total:
        sys.exit("the sum of costs is another")
    theirs = statistics.median(times)
    print(f"{folder.name}: {ours['scenario']:.2f} ms a scenario, RoutingKit {theirs:.1f} ms")
    print(f"{theirs / ours['scenario']:.1f} x")


if __name__ == "__main__":
    main()
