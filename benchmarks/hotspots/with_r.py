"""Agreement with R's spdep and spatstat on random data: the largest difference of every figure.

    with_r.py [--seeds SEEDS]

Rscript must find spdep and spatstat (Debian: r-cran-spdep, r-cran-spatstat). Each seed is a map of
300 counted points on the middles of cells, with the six nearest as neighbours; K is of the same
points moved within their cells, since pairs exactly at a radius fall on either side of spatstat's
bins. Its border-corrected K divides by n points per area where ours divides by the n - 1 others,
and is compared times n / (n - 1). Prints one line per figure: how many numbers were compared, and
the largest |ours - theirs| / max(1, |theirs|). Exits with 1 where one is above 1e-9.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
from shapely.geometry import box

from waywarden import density, hotspots, point_patterns

WIDTH, HEIGHT, CELL, SIGMA = 1000.0, 800.0, 10.0, 60.0
RADII = np.linspace(0, 200, 513)
CORRECTIONS = {"isotropic": "iso", "translation": "trans", "border": "border", "none": "un"}
ALLOWED = 1e-9

SCRIPT = """
suppressMessages({library(spdep); library(spatstat.geom); library(spatstat.explore)})
folder <- commandArgs(TRUE)[1]
at <- function(name) file.path(folder, name)
d <- read.csv(at("points.csv")); pairs <- read.csv(at("pairs.csv"))
nb <- unname(split(as.integer(pairs$j + 1), factor(pairs$i, levels = seq_len(nrow(d)) - 1)))
class(nb) <- "nb"; attr(nb, "region.id") <- as.character(seq_len(nrow(d)))
B <- nb2listw(nb, style = "B"); W <- nb2listw(nb, style = "W")
self <- nb2listw(include.self(nb), style = "B")
lm <- localmoran(d$n, W, conditional = TRUE, mlvar = TRUE)
write.csv(data.frame(gi = as.vector(localG(d$n, B)), gi_star = as.vector(localG(d$n, self)),
  I = lm[, 1], I_expected = lm[, 2], I_variance = lm[, 3], I_z = lm[, 4],
  C = as.vector(localC(d$n, W))), at("local.csv"), row.names = FALSE)
test <- function(found) c(found$estimate[1:3])
both <- function(f) c(test(f(d$n, W, randomisation = TRUE)),
                      test(f(d$n, W, randomisation = FALSE))[3])
join <- joincount.test(factor(d$n > 1), B)[[2]]
write.csv(data.frame(moran = both(moran.test), geary = both(geary.test),
  general_g = c(test(globalG.test(d$n, B)), NA), joins = c(test(join), NA)),
  at("global.csv"), row.names = FALSE)
X <- ppp(d$x, d$y, window = owin(c(0, 1000), c(0, 800)))
moved <- ppp(d$x + d$east, d$y + d$north, window = owin(c(0, 1000), c(0, 800)))
K <- Kest(moved, r = seq(0, 200, length.out = 513),
          correction = c("isotropic", "translate", "border", "none"))
write.csv(as.data.frame(K)[, c("iso", "trans", "border", "un")], at("k.csv"), row.names = FALSE)
kde <- function(...) as.vector(t(density(X, sigma = 60, dimyx = c(80, 100), ...)$v))
write.csv(data.frame(none = kde(edge = FALSE), evaluation = kde(edge = TRUE),
  points = kde(edge = TRUE, diggle = TRUE)), at("density.csv"), row.names = FALSE)
write.csv(data.frame(scott = as.vector(bw.scott(X)), diggle = as.vector(bw.diggle(X))),
  at("bandwidth.csv"), row.names = FALSE)
"""


def random_map(seed: int) -> pd.DataFrame:
    """Return 300 points in the middles of different cells, with counts."""
    random = np.random.default_rng(seed)
    columns, rows = int(WIDTH / CELL), int(HEIGHT / CELL)
    cell = random.choice(columns * rows, 300, replace=False)
    x, y = (cell % columns + 0.5) * CELL, (cell // columns + 0.5) * CELL
    east, north = random.uniform(-CELL / 2, CELL / 2, (2, 300))
    counts = random.poisson(random.gamma(1.0, 2.0, 300))
    return pd.DataFrame({"x": x, "y": y, "n": counts, "east": east, "north": north})


def ask_r(folder: Path) -> dict[str, pd.DataFrame]:
    """Run the script in a folder, and return what it wrote."""
    subprocess.run(["Rscript", "-e", SCRIPT, str(folder)], check=True, capture_output=True)
    names = ["local", "global", "k", "density", "bandwidth"]
    return {name: pd.read_csv(folder / f"{name}.csv") for name in names}


def compare(seed: int) -> list[tuple[str, np.ndarray, np.ndarray]]:
    """Return (figure, ours, theirs) of one map."""
    table = random_map(seed)
    points = geopandas.GeoSeries.from_xy(table.x, table.y, crs=32645)
    near = hotspots.weights_of(hotspots.neighbour_distances(points, k=6, planar=True))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table.to_csv(folder / "points.csv", index=False)
        rows = np.repeat(np.arange(len(near)), np.diff(near.first))
        pd.DataFrame({"i": rows, "j": near.neighbour}).to_csv(folder / "pairs.csv", index=False)
        theirs = ask_r(folder)
    return [
        *local(table["n"], near, theirs["local"]),
        *whole_map(table["n"], near, theirs["global"]),
        *k_functions(table, theirs["k"]),
        *planar(points, theirs),
    ]


def local(counts, near, theirs):
    """Compare the statistics of every row."""
    moran = hotspots.local_moran(counts, near, deviation="n")
    ours = {
        "gi": hotspots.getis_ord(counts, near, star=False)["z"],
        "gi_star": hotspots.getis_ord(counts, near)["z"],
        "I": moran["I"],
        "I_expected": moran["expected"],
        "I_variance": moran["variance"],
        "I_z": moran["z_sim"],
        "C": hotspots.local_geary(counts, near)["C"],
    }
    for name, column in ours.items():
        yield f"local {name}", column.to_numpy(float), theirs[name].to_numpy()


def whole_map(counts, near, theirs):
    """Compare the statistics of the whole map."""
    found = {
        "moran": hotspots.moran(counts, near),
        "geary": hotspots.geary(counts, near),
        "general_g": hotspots.general_g(counts, near),
        "joins": hotspots.join_counts((counts > 1).astype(int), near).loc["ones"],
    }
    for name, ours in found.items():
        figures = ["value", "expected", "variance", "variance_norm"]
        for figure, number in zip(figures, theirs[name]):
            if not np.isnan(number):
                yield f"{name} {figure}", np.array([ours[figure]], float), np.array([number])


def k_functions(table, theirs):
    """Compare K of the points moved within their cells."""
    area = geopandas.GeoSeries([box(0, 0, WIDTH, HEIGHT)], crs=32645)
    moved = geopandas.GeoSeries.from_xy(table.x + table.east, table.y + table.north, crs=32645)
    for ours, name in CORRECTIONS.items():
        k = point_patterns.k_function(moved, RADII[1:], window=area, correction=ours)["k"]
        wanted = theirs[name].to_numpy()[1:]
        if ours == "border":
            wanted = wanted * len(table) / (len(table) - 1)
        known = ~np.isnan(wanted)
        yield f"K {ours}", k.to_numpy(float)[known], wanted[known]


def planar(points, theirs):
    """Compare densities (relative to the highest) and bandwidths."""
    area = geopandas.GeoSeries([box(0, 0, WIDTH, HEIGHT)], crs=32645)
    options = {"bandwidth_m": SIGMA, "cell_m": CELL, "kernel": "gaussian", "method": "exact"}
    for edge in ("none", "evaluation", "points"):
        surface = density.kde(points, window=area, edge=edge, **options)
        wanted = theirs["density"][edge].to_numpy()
        highest = wanted.max()
        yield f"density, edge {edge}", surface.values.ravel() / highest, wanted / highest
    for rule in ("scott", "diggle"):
        width = density.bandwidth(points, rule, window=area, kernel="gaussian")
        wanted = theirs["bandwidth"][rule].to_numpy()
        mean = np.array([np.exp(np.log(wanted).mean())])
        yield f"bandwidth {rule}", np.array([width]), mean


def main() -> None:
    """Compare all maps, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=5)
    worst: dict[str, tuple[int, float]] = {}
    for seed in range(parser.parse_args().seeds):
        for name, ours, theirs in compare(seed):
            apart = float((np.abs(ours - theirs) / np.maximum(1.0, np.abs(theirs))).max())
            numbers, so_far = worst.get(name, (0, 0.0))
            worst[name] = (numbers + len(ours), max(so_far, apart))
    print(f"{'figure':<28}{'numbers':>9}{'largest difference':>20}")
    for name, (numbers, apart) in worst.items():
        print(f"{name:<28}{numbers:>9,}{apart:>20.1e}{'' if apart <= ALLOWED else '  TOO LARGE'}")
    if any(apart > ALLOWED for _, apart in worst.values()):
        sys.exit(1)


if __name__ == "__main__":
    main()
