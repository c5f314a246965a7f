"""Time, memory and errors of weights and local statistics, ours and PySAL's, in one run.

    local_statistics.py POINTS [--million POINTS] [--python PYTHON]

POINTS is a file of n rows (x, y, count) as written by ../shared/verification/hotspots/
generate_points.py (pts_100000.npy). PYTHON is one that has what requirements.txt lists; without it
only ours run. Each task runs in a process of its own, on one thread: `cpu` is the processor time of
the second of two calls (so that what compiles itself is compiled), `wall` its time by the clock,
`memory` how much the peak of the process grew by it. Prints a table, then the largest error of 100
exact probabilities against a million deals each.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
import warnings

import numpy as np

K = 8
PERMUTATIONS = 999
OURS = ["knn", "gi_exact", "moran_exact", "geary_exact", "gi_permuted", "moran_permuted"]
THEIRS = ["pysal_knn", "esda_gi", "esda_moran"]


def our_weights(xy, threads=1):
    """Ours: the K nearest in the plane."""
    from waywarden import hotspots

    near = hotspots.neighbour_distances(xy, k=K, planar=True, threads=threads, progress=False)
    return hotspots.weights_of(near)


def our_task(task, xy, counts):
    """Return a call that does the task; what it needs is made before."""
    from waywarden import _engine, hotspots

    if task == "knn":
        return lambda: our_weights(xy)
    weights = our_weights(xy)
    values = np.asarray(counts, float)
    if task.endswith("permuted"):
        limits = {"least_permutations": PERMUTATIONS, "permutations_per_cell": 0}
        options = {"method": "permutations", "threads": 1, **limits}
        if task == "gi_permuted":
            return lambda: _engine.getis_ord(values, weights, **options)
        shares = _engine.row_standardised(weights)
        none = np.empty(0)
        return lambda: _engine.local_moran(values, none, shares, variant="n-1", **options)
    call = {
        "gi_exact": hotspots.getis_ord,
        "moran_exact": hotspots.local_moran,
        "geary_exact": hotspots.local_geary,
    }[task]
    return lambda: call(values, weights, method="exact", threads=1, progress=False)


def their_task(task, xy, counts):
    """As `our_task`, by PySAL."""
    import esda
    import libpysal

    if task == "pysal_knn":
        return lambda: libpysal.weights.KNN(xy, k=K)
    weights = libpysal.weights.KNN(xy, k=K)
    options = {"permutations": PERMUTATIONS, "n_jobs": 1, "seed": 1}
    if task == "esda_gi":
        return lambda: esda.G_Local(counts, weights, transform="B", star=True, **options)
    return lambda: esda.Moran_Local(counts, weights, **options)


def peak_mb():
    """Peak of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(task, path):
    """Print what one task takes, as JSON."""
    warnings.simplefilter("ignore")
    table = np.load(path)
    xy, counts = np.ascontiguousarray(table[:, :2]), table[:, 2].copy()
    work = (their_task if task in THEIRS else our_task)(task, xy, counts)
    before = peak_mb()
    work()
    memory = peak_mb() - before
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    figures = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    print(json.dumps({**figures, "memory": memory}))


def million(path):
    """Print what exact Gi* with its weights takes, on all threads."""
    from waywarden import hotspots

    table = np.load(path)
    points = table[:, :2]
    wall, cpu = time.perf_counter(), time.process_time()
    spots = hotspots.getis_ord(table[:, 2], our_weights(points, threads=0), method="exact")
    figures = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    print(json.dumps({**figures, "memory": 0.0, "hot": int((spots["class"] == "hot_99").sum())}))


def deals(path, locations=100, permutations=1_000_000):
    """Print how far exact tails are from shares of a million deals, in standard errors."""
    from waywarden import hotspots

    table = np.load(path)
    counts = table[:, 2].astype(int)
    weights = our_weights(table[:, :2])
    tails = {
        side: hotspots.getis_ord(counts, weights, method="exact", alternative=side)["p_exact"]
        for side in ("less", "greater")
    }
    random = np.random.default_rng(11)
    values, copies = np.unique(counts, return_counts=True)
    worst = 0.0
    for i in random.choice(len(counts), locations, replace=False):
        observed = counts[weights.neighbour[weights.first[i] : weights.first[i + 1]]].sum()
        others = copies - (values == counts[i])
        hands = random.multivariate_hypergeometric(others, K, size=permutations)
        sums = hands @ values
        for side, share in (
            ("less", (sums <= observed).mean()),
            ("greater", (sums >= observed).mean()),
        ):
            p = tails[side].iloc[i]
            error = np.sqrt(max(p * (1 - p), 1 / permutations) / permutations)
            worst = max(worst, abs(share - p) / error)
    print(json.dumps({"worst": worst, "tails": 2 * locations}))


def in_a_process(python, *arguments):
    """Run this file on one task, and return what it prints."""
    done = subprocess.run(
        [python, __file__, *arguments], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout.strip().splitlines()[-1])


def main():
    """Run all tasks, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("points")
    parser.add_argument("--million")
    parser.add_argument("--python")
    parser.add_argument("--task")
    asked = parser.parse_args()
    single = {"million": million, "deals": deals}
    if asked.task:
        return single.get(asked.task, lambda path: measure(asked.task, path))(asked.points)
    tasks = [(task, sys.executable) for task in OURS]
    if asked.python:
        tasks += [(task, asked.python) for task in THEIRS]
    print(f"{'task':<16}{'wall s':>10}{'cpu s':>10}{'memory MB':>11}")
    for task, python in tasks:
        took = in_a_process(python, asked.points, "--task", task)
        print(f"{task:<16}{took['wall']:>10.3f}{took['cpu']:>10.3f}{took['memory']:>11.0f}")
    if asked.million:
        took = in_a_process(sys.executable, asked.million, "--task", "million")
        print(f"{'1,000,000 Gi*':<16}{took['wall']:>10.3f}{took['cpu']:>10.3f}")
    found = in_a_process(sys.executable, asked.points, "--task", "deals")
    print(f"{found['tails']} exact tails against a million deals each: at most", end=" ")
    print(f"{found['worst']:.2f} standard errors apart")
    return None


if __name__ == "__main__":
    main()
