"""Seconds of a spatial scan, beside those recorded for SaTScan.

    python benchmarks/hotspots/scan.py [--points 5000 10000] [--threads 0] [--repeat 3]

Poisson model, circles of at most 10 % of the population, 999 random studies: half of the points
uniform, half in 50 clusters. Wall clock and CPU time of the whole call from Python, the least of
the repeats (on a busy machine the wall clock measures its other work too). SaTScan is in no package
registry, so it does not run here: its seconds were recorded earlier (5,000 points 11 s, 10,000
points 45 s, on 2 cores of such a machine) and are labelled so. Exits with 1 where ours is slower.
"""

import argparse
import sys
import time

import geopandas
import numpy as np

from waywarden.scan import scan

RECORDED = {5_000: 11.0, 10_000: 45.0}
SHARE = 0.1
SIMULATIONS = 999


def study(points):
    random = np.random.default_rng(20240601)
    around = random.uniform(10_000, 90_000, (50, 2))
    clustered = points // 2
    xy = np.vstack(
        [
            random.uniform(0, 100_000, (points - clustered, 2)),
            around[random.integers(0, 50, clustered)] + random.normal(0, 1500, (clustered, 2)),
        ]
    )
    apart = np.min(((xy[:, None] - around[None, :10]) ** 2).sum(axis=2), axis=1)
    cases = random.poisson(1 + 4 * np.exp(-apart / (2 * 3000.0**2)))
    people = random.integers(50, 200, points)
    return cases, people, geopandas.GeoSeries.from_xy(xy[:, 0], xy[:, 1])


def seconds(points, threads, repeat):
    data = study(points)
    wall, cpu = [], []
    for _ in range(repeat):
        began = time.perf_counter(), time.process_time()
        scan(*data, share=SHARE, simulations=SIMULATIONS, threads=threads, progress=False)
        wall.append(time.perf_counter() - began[0])
        cpu.append(time.process_time() - began[1])
    return min(wall), min(cpu)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--points", type=int, nargs="+", default=sorted(RECORDED))
    arguments.add_argument("--threads", type=int, default=0)
    arguments.add_argument("--repeat", type=int, default=3)
    chosen = arguments.parse_args()
    print("| points | cases | ours, s | CPU, s | SaTScan, s (recorded, not run here) | times |")
    print("|---|---|---|---|---|---|")
    slower = False
    for points in chosen.points:
        ours, cpu = seconds(points, chosen.threads, chosen.repeat)
        cases = int(study(points)[0].sum())
        theirs = RECORDED.get(points)
        ratio = f"{theirs / ours:.1f}" if theirs else ""
        print(
            f"| {points:,} | {cases:,} | {ours:.2f} | {cpu:.2f} | {theirs or ''} | {ratio} |",
            flush=True,
        )
        slower |= theirs is not None and ours > theirs
    return int(slower)


if __name__ == "__main__":
    sys.exit(main())
