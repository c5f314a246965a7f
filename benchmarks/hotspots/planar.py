"""Densities and point patterns of the plane, beside scipy, pointpats and spatstat, in one run.

    planar.py PYTHON_OF_PEERS

The other interpreter has scipy and pointpats; spatstat joins in where Rscript has it. Points are
random: half spread evenly, half in fifty clumps. Prints processor seconds, which other work on the
machine does not change much (best of three; once where it took more than ten), and the answers.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time

import numpy as np

SIDE, CELLS, SIGMA = 10_000.0, 256, 200.0
RADII = [50.0, 100.0, 200.0, 400.0]
KNOX = {"distance": 100.0, "days": 10.0, "permutations": 999}

SPATSTAT = """
suppressMessages(library(spatstat.explore)); suppressMessages(library(spatstat.geom))
points <- read.table(file("stdin")); side <- 10000
X <- ppp(points$V1, points$V2, window = owin(c(0, side), c(0, side)))
seconds <- function(task) min(replicate(3, sum(system.time(task())[1:2])))
cat(seconds(function() Kest(X, r = seq(0, 400, by = 50), correction = "isotropic")),
    seconds(function() bw.diggle(X)), bw.diggle(X))
"""


def points(count: int) -> np.ndarray:
    """Return coordinates (rows x, y) in a square."""
    random = np.random.default_rng(11)
    even = random.uniform(0, SIDE, (count // 2, 2))
    middles = random.uniform(500, SIDE - 500, (50, 2))
    clumps = random.normal(middles[random.integers(0, 50, count - len(even))], 100.0)
    return np.concatenate([even, np.clip(clumps, 0, SIDE)]).T


def days(count: int) -> np.ndarray:
    """Return whole days of a year."""
    return np.random.default_rng(12).integers(0, 365, count).astype(float)


def best(task) -> tuple[float, object]:
    """Return the processor seconds a task takes, and its answer."""
    taken = []
    while len(taken) < 3 and sum(taken) < 10:
        start = time.process_time()
        answer = task()
        taken.append(time.process_time() - start)
    return min(taken), answer


def peer_kde(count: int) -> np.ndarray:
    """Evaluate scipy's estimate on the middles of all cells; its kernel is not quite round."""
    from scipy.stats import gaussian_kde

    xy = points(count)
    middle = (np.arange(CELLS) + 0.5) * SIDE / CELLS
    grid = np.array([axis.ravel() for axis in np.meshgrid(middle, middle)])
    return gaussian_kde(xy, bw_method=SIGMA / np.sqrt(np.cov(xy)[0, 0]))(grid)


def peer_k(count: int) -> list[float]:
    """Return K without edge correction."""
    import pointpats

    return list(pointpats.k(points(count).T, support=np.array(RADII))[1])


def peer_knox(count: int) -> list[float]:
    """Return the pairs close in both, and p."""
    import pointpats

    test = pointpats.Knox(
        points(count).T,
        days(count)[:, None],
        delta=KNOX["distance"],
        tau=KNOX["days"],
        permutations=KNOX["permutations"],
    )
    return [float(test.nst), float(test.p_sim)]


def peers() -> None:
    """Time the peers, and print what they say as JSON."""
    tasks = {"kde": (peer_kde, 2_000), "k": (peer_k, 5_000), "knox": (peer_knox, 5_000)}
    for name, (task, count) in tasks.items():
        try:
            seconds, answer = best(lambda task=task, count=count: task(count))
        except Exception as error:  # A peer of another version must not end the run.
            print(json.dumps({"task": name, "error": repr(error)[:200]}))
            continue
        short = answer[:4] if isinstance(answer, list) else float(np.sum(answer))
        print(json.dumps({"task": name, "count": count, "seconds": seconds, "answer": short}))


def ours() -> None:
    """Time ours, at the peers' sizes and at larger ones."""
    import geopandas
    from shapely.geometry import box

    from waywarden import density, point_patterns

    area = geopandas.GeoSeries([box(0, 0, SIDE, SIDE)], crs=32645)

    def frame(count):
        x, y = points(count)
        return geopandas.GeoDataFrame(
            {"day": days(count)}, geometry=geopandas.points_from_xy(x, y), crs=32645
        )

    def show(what, task):
        seconds, answer = best(task)
        print(f"waywarden {what}: {seconds:.4f} s", flush=True)
        return answer

    quick = {"window": area, "threads": 1}
    wide = {"bandwidth_m": SIGMA, "cell_m": SIDE / CELLS, "kernel": "gaussian", "edge": "none"}
    for count in (2_000, 100_000):
        events = frame(count)
        show(
            f"Gaussian density, {count:,} points", lambda e=events: density.kde(e, **wide, **quick)
        )
    fine = {"bandwidth_m": 500.0, "cell_m": SIDE / 1024}
    for method in ("exact", "binned"):
        show(
            f"quartic density, 100,000 points, 1,024 x 1,024 cells, {method}",
            lambda m=method: density.kde(events, **fine, **quick, method=m),
        )
    events = frame(5_000)
    for correction in ("none", "isotropic", "translation", "border"):
        k = show(
            f"K {correction}, 5,000 points",
            lambda c=correction: point_patterns.k_function(events, RADII, correction=c, **quick),
        )
        print("  ", k["k"].tolist())
    found = show(
        "Knox, 5,000 points",
        lambda: point_patterns.knox(
            events,
            distance_m=KNOX["distance"],
            days=KNOX["days"],
            time="day",
            permutations=KNOX["permutations"],
            stop_after=0,
            threads=1,
        ),
    )
    print("  ", found)
    width = show(
        "diggle's bandwidth, 5,000 points",
        lambda: density.bandwidth(events, "diggle", kernel="gaussian", **quick),
    )
    print("  ", width)


def spatstat() -> None:
    """Time spatstat's K and bandwidth, if it is here."""
    rows = "\n".join(f"{x} {y}" for x, y in points(5_000).T)
    try:
        run = subprocess.run(
            ["Rscript", "-e", SPATSTAT], input=rows, capture_output=True, text=True, check=True
        )
        print("spatstat K isotropic s, bw.diggle s, bw.diggle:", run.stdout)
    except (OSError, subprocess.CalledProcessError):
        print("spatstat is not here")


if __name__ == "__main__":
    if sys.argv[1:] == ["--peers"]:
        peers()
    else:
        ours()
        subprocess.run([sys.argv[1], __file__, "--peers"], check=True)
        spatstat()
