"""Compares with RoutingKit: `python compare.py HIERARCHY_BENCH FOLDER`.

Needs pyroutingkit, routingkit-cch (whose queries find the cost alone until they are asked for
more) and a FOLDER of prepare.py's, whose order all use. CPU time on one thread, the least of a
few runs of each in turn, since other work on the machine slows all down. That the costs are the
same is checked.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyroutingkit
import routingkit_cch

RUNS = 3
# RoutingKit's measure -> what of ours it is compared with.
MEASURES = {
    "customize": ("customize", "customize_of_16"),
    "partial_and_back": ("partial_and_back",),
    "table_with_targets": ("table_with_targets",),
    "pair": ("pair", "pair_perfect"),
    "pair_with_path": ("pair_with_path",),
}


def milliseconds(body):
    start = time.process_time()
    body()
    return 1e3 * (time.process_time() - start)


class RoutingKit:
    def __init__(self, folder):
        self.column = {path.name: np.fromfile(path, dtype=np.uint32) for path in folder.iterdir()}
        self.metric = pyroutingkit.CCHMetric(self.topology())
        self.metric.customize(self.column["weight"])
        tail, head, order, weight = (
            self.column[name].tolist() for name in ("tail", "head", "order", "weight")
        )
        self.query = routingkit_cch.CCHQuery(
            routingkit_cch.CCHMetric(routingkit_cch.CCH(order, tail, head, False), weight)
        )

    def topology(self):
        """Of the order in the folder, by way of the files that the package reads."""
        topology = pyroutingkit.CCHTopology()
        order = self.column["order"]
        with tempfile.TemporaryDirectory() as folder:
            for name in ("tail", "head", "order"):
                self.column[name].tofile(Path(folder, name))
            np.argsort(order).astype(np.uint32).tofile(Path(folder, "rank"))
            np.array([len(order)], dtype=np.uint32).tofile(Path(folder, "node_count"))
            topology.load(folder)
        return topology

    def partial_and_back(self):
        arcs = self.column["changed"]
        weight = self.column["weight"][arcs]
        self.metric.update_weights(arcs, 2 * weight)
        self.metric.update_weights(arcs, weight)

    def table(self):
        return self.metric.distances_many_to_many(self.column["sources"], self.column["targets"])

    def pairs(self):
        return [self.query.run(s, t).distance for s, t in self.pair_list()]

    def pairs_with_path(self):
        return [self.metric.query(s, t)[0] for s, t in self.pair_list()]

    def pair_list(self):
        return zip(self.column["sources"].tolist(), self.column["targets"].tolist(), strict=True)

    def measure(self):
        return {
            "customize": milliseconds(lambda: self.metric.customize(self.column["weight"], 0)),
            "partial_and_back": milliseconds(self.partial_and_back),
            "table_with_targets": milliseconds(self.table),
            "pair": milliseconds(self.pairs) / len(self.column["sources"]),
            "pair_with_path": milliseconds(self.pairs_with_path) / len(self.column["sources"]),
        }


def ours(program, folder):
    lines = subprocess.run(
        [program, folder], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    return {name: float(value) for name, value in map(str.split, lines)}


def least(rounds):
    return {name: min(measured[name] for measured in rounds) for name in rounds[0]}


def main():
    program, folder = sys.argv[1], Path(sys.argv[2])
    routing_kit = RoutingKit(folder)
    rounds = [(ours(program, folder), routing_kit.measure()) for _ in range(RUNS)]
    mine, theirs = least([a for a, _ in rounds]), least([b for _, b in rounds])
    for name, costs in (("pair_sum", routing_kit.pairs()), ("table_sum", routing_kit.table())):
        if int(np.sum(costs, dtype=np.uint64)) != int(mine.pop(name)):
            sys.exit(f"{name} is another")
    print(f"{folder.name}, synthetic weights, milliseconds of CPU time")
    for name, value in mine.items():
        print(f"  {name:20} {value:12.4f}")
    for name, rivals in MEASURES.items():
        ratios = ", ".join(f"{rival} {theirs[name] / mine[rival]:.1f} x" for rival in rivals)
        print(f"  RoutingKit {name:20} {theirs[name]:12.4f}   {ratios}")


if __name__ == "__main__":
    main()
