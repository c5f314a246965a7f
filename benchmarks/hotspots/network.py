"""Time density and K functions on networks, and check them against brute force.

Run with the package on the path and the folder of published cases as argument:

    python benchmarks/hotspots/network.py ../shared/verification/hotspots

spNetwork is in no registry that can be asked, so its seconds are recorded ones, of two cores of
such a machine, and say so.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import geopandas
import numpy as np

from waywarden import _engine, density, linear_network, point_patterns

RECORDED_S = {
    "discontinuous, 300 m": 4.8,
    "continuous, 600 m, depth 8": 35.0,
    "K, 50 simulations": 18.0,
}
REPEATS = 5


def best_of(function):
    """Seconds of the quickest of some calls: (wall, processor)."""
    best = (float("inf"), float("inf"))
    for _ in range(REPEATS):
        wall, processor = time.perf_counter(), time.process_time()
        function()
        best = min(best, (time.perf_counter() - wall, time.process_time() - processor))
    return best


def line(task, seconds, recorded=None):
    wall, processor = seconds
    text = f"{task:45s} {wall:9.4f} s wall {processor:9.4f} s processor"
    if recorded is not None:
        ratios = f"{recorded / wall:.0f} x wall, {recorded / processor:.0f} x processor"
        text += f"   spNetwork (recorded) {recorded:4.1f} s: {ratios}"
    print(text)


def montreal(folder):
    streets = geopandas.read_file(folder / "spnetwork_mtl_network.geojson")
    accidents = geopandas.read_file(folder / "spnetwork_bike_accidents.geojson")
    lines = linear_network.lines(streets, lengths="planar")
    print(lines, len(accidents), "accidents")
    edge, along, _ = linear_network._placed(lines, accidents, 100.0, 0.1)
    tasks = {
        "discontinuous, 300 m": {"method": "discontinuous", "bandwidth_m": 300.0},
        "continuous, 300 m": {"method": "continuous", "bandwidth_m": 300.0},
        "continuous, 600 m, depth 8": {"method": "continuous", "bandwidth_m": 600.0, "depth": 8},
        "heat, 300 m": {"method": "heat", "bandwidth_m": 300.0},
    }
    for task, options in tasks.items():
        # About as many lixels as the recorded runs had.
        seconds = best_of(
            lambda options=options: _engine.network_kde(
                lines.engine, edge, along, np.empty(0), longest_m=200.0, **options
            )
        )
        line(task, seconds, RECORDED_S.get(task))
    for correction in ("okabe_yamada", "ang"):
        seconds = best_of(
            lambda correction=correction: point_patterns.network_k(
                lines,
                accidents,
                radii_m=np.arange(10.0, 501.0, 10.0),
                correction=correction,
                simulations=50,
            )
        )
        line(f"K, 50 simulations, {correction}", seconds, RECORDED_S["K, 50 simulations"])


def brute_force_heat():
    """Heat between two dead ends against images."""
    road = geopandas.GeoSeries.from_wkt(["LINESTRING (0 0, 1000 0)"], crs=3857)
    lines = linear_network.lines(road, lengths="planar")
    seen = geopandas.GeoSeries.from_xy([130.0], [0.0], crs=3857)
    found = density.network_kde(lines, seen, method="heat", bandwidth_m=200.0, lixel_m=10.0)
    x = (found["from_m"] + found["to_m"]).to_numpy() / 2
    images = [sign * 130.0 + 2000.0 * k for k in range(-5, 6) for sign in (1, -1)]
    expected = sum(np.exp(-0.5 * ((x - at) / 200.0) ** 2) for at in images)
    expected /= 200.0 * np.sqrt(2.0 * np.pi)
    off = np.abs(found["density"] - expected).max()
    print(f"heat against images: off by at most {off:.1e} per metre")


def brute_force_k():
    """K against all pairs on a lattice, where distances are known."""
    from shapely.geometry import LineString

    def street(a, b):
        return LineString([a, b])

    rows = [street((x, y), (x + 1, y)) for x in range(9) for y in range(10)]
    columns = [street((x, y), (x, y + 1)) for x in range(10) for y in range(9)]
    lattice = geopandas.GeoSeries(rows + columns, crs=3857)
    lines = linear_network.lines(lattice, lengths="planar")
    rng = np.random.default_rng(1)
    corners = rng.integers(0, 10, size=(60, 2)).astype(float)
    points = geopandas.GeoSeries.from_xy(corners[:, 0], corners[:, 1], crs=3857)
    found = point_patterns.network_k(
        lines, points, radii_m=[1.0, 3.0, 7.0], correction="okabe_yamada", simulations=0
    )
    apart = np.abs(corners[:, None, :] - corners[None, :, :]).sum(axis=2)
    for r in (1.0, 3.0, 7.0):
        pairs = (apart <= r + 1e-9).sum() - 60
        expected = lines.engine.total_length_m * pairs / (60 * 59)
        print(f"K({r:g}) on a lattice: {found.loc[r, 'k']:.9f}, all pairs {expected:.9f}")


if __name__ == "__main__":
    brute_force_heat()
    brute_force_k()
    montreal(Path(sys.argv[1]))
