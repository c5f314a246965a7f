"""Clusters by density against scikit-learn and hdbscan, in one run on the same points.

    clusters.py [POINTS ...]

Half the points are uniform over 100 km, half in 50 clumps of a kilometre or so. Wants scikit-learn
(1.3 or later) and hdbscan beside waywarden. Prints seconds (the best of `RUNS`, the first of the
slow ones), agreement, and, because scikit-learn's clusters depend on the order of rows where edges
tie, how far it agrees with itself after a shuffle. One thread on each side.
"""

from __future__ import annotations

import sys
import time

import hdbscan as peer
import numpy as np
from sklearn.cluster import DBSCAN, HDBSCAN
from sklearn.metrics import adjusted_rand_score

from waywarden import _engine

RUNS = 3
SLOW_S = 5.0
EPS_M = 400.0
LEAST = 10
# scikit-learn's spanning tree takes time and more with the square of the points.
MOST_FOR_SKLEARN_HDBSCAN = 20_000


def made_points(count: int, seed: int = 1) -> np.ndarray:
    """Return coordinates in metres."""
    random = np.random.default_rng(seed)
    centres = random.uniform(0, 100_000, (50, 2))
    clumps = centres[random.integers(0, 50, count // 2)] + random.normal(0, 1000, (count // 2, 2))
    return np.concatenate([clumps, random.uniform(0, 100_000, (count - count // 2, 2))])


def timed(work):
    """Return the result and the seconds of the best run."""
    best = np.inf
    for _ in range(RUNS):
        start = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - start)
        if best > SLOW_S:
            break
    return result, best


def shuffled_rows(work, xy):
    """Return the labels that `work` gives to the same points in another order."""
    order = np.random.default_rng(2).permutation(len(xy))
    labels = np.empty(len(xy), int)
    labels[order] = work(xy[order])
    return labels


def compare_dbscan(xy) -> None:
    x, y = np.ascontiguousarray(xy.T)
    ours, seconds = timed(lambda: _engine.dbscan(x, y, False, EPS_M, LEAST, threads=1))
    theirs, peer_s = timed(lambda: DBSCAN(eps=EPS_M, min_samples=LEAST).fit(xy))
    core = np.zeros(len(xy), bool)
    core[theirs.core_sample_indices_] = True
    label = ours["cluster"]
    same_core = ((np.asarray(ours["role"]) == "core") == core).all()
    same_noise = ((label == -1) == (theirs.labels_ == -1)).all()
    score = adjusted_rand_score(label[core], theirs.labels_[core])
    print(
        f"  DBSCAN   ours {seconds:8.3f} s   scikit-learn {peer_s:8.3f} s   x{peer_s / seconds:.1f}"
    )
    print(
        f"           same core {same_core}, same noise {same_noise}, core points' Rand {score:.6f}"
    )
    _, geodesic_s = timed(
        lambda: _engine.dbscan(85 + x / 98_000, 27 + y / 111_000, True, EPS_M, LEAST, threads=1)
    )
    print(f"  DBSCAN   ours {geodesic_s:8.3f} s   geodesic")


def compare_hdbscan(xy) -> None:
    x, y = np.ascontiguousarray(xy.T)
    ours, seconds = timed(lambda: _engine.hdbscan(x, y, False, 50, LEAST, "eom", threads=1))
    label = ours["cluster"]
    _, geodesic_s = timed(
        lambda: _engine.hdbscan(
            85 + x / 98_000, 27 + y / 111_000, True, 50, LEAST, "eom", threads=1
        )
    )
    print(f"  HDBSCAN  ours {seconds:8.3f} s   geodesic {geodesic_s:8.3f} s")
    # Its min_samples does not count the point itself.
    model = {
        "min_cluster_size": 50,
        "min_samples": LEAST - 1,
        "approx_min_span_tree": False,
        "core_dist_n_jobs": 1,
    }
    theirs, peer_s = timed(lambda: peer.HDBSCAN(**model).fit(xy).labels_)
    score = adjusted_rand_score(label, theirs)
    print(f"           hdbscan {peer_s:8.3f} s   x{peer_s / seconds:.1f}   Rand {score:.4f}")
    if len(xy) > MOST_FOR_SKLEARN_HDBSCAN:
        return

    def sklearn_labels(points):
        return HDBSCAN(min_cluster_size=50, min_samples=LEAST, copy=True).fit(points).labels_

    theirs, peer_s = timed(lambda: sklearn_labels(xy))
    score = adjusted_rand_score(label, theirs)
    itself = adjusted_rand_score(theirs, shuffled_rows(sklearn_labels, xy))
    print(f"           scikit-learn {peer_s:8.3f} s   x{peer_s / seconds:.1f}   Rand {score:.4f}")
    print(f"           scikit-learn with itself, rows shuffled: Rand {itself:.4f}")


def main() -> None:
    for count in [int(argument) for argument in sys.argv[1:]] or [10_000, 100_000]:
        print(f"{count} points")
        xy = made_points(count)
        compare_dbscan(xy)
        compare_hdbscan(xy)


if __name__ == "__main__":
    main()
