"""Weights and local statistics against PySAL, where it is installed."""

import warnings

import geopandas
import numpy as np
import pytest
from shapely.geometry import box

from waywarden import hotspots

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    esda = pytest.importorskip("esda", reason="esda is not installed")
    libpysal = pytest.importorskip("libpysal", reason="libpysal is not installed")

warnings.filterwarnings("ignore")


def points(seed, n=120):
    return geopandas.GeoSeries.from_xy(*np.random.default_rng(seed).uniform(0, 100, (2, n)))


def same(ours, theirs):
    """Whether a W of PySAL holds the same weights, but for self-weights of its own making."""
    full = theirs.full()[0]
    mine = hotspots.to_w(ours).full()[0]
    assert mine == pytest.approx(full, abs=1e-12)


def test_there_and_back():
    near = hotspots.neighbour_distances(points(1), k=4, planar=True)
    for made in (hotspots.weights_of(near), hotspots.weights_of(near, kernel="quartic")):
        for back in (hotspots.to_w(made), hotspots.to_graph(made)):
            again = hotspots.weights(back)
            kept = made.weight > 0 if len(made.weight) else np.ones(len(made.neighbour), bool)
            assert again.neighbour.tolist() == made.neighbour[kept].tolist() or (
                again.neighbour.tolist() == made.neighbour.tolist()
            )
    islands = hotspots.weights({"a": ["b"], "b": ["a"], "c": []})
    assert hotspots.weights(hotspots.to_graph(islands, list("abc"))).islands.tolist() == [2]
    assert hotspots.weights(hotspots.to_w(islands, list("abc"))).islands.tolist() == [2]


@pytest.mark.parametrize("kernel", ["triangular", "uniform", "quadratic", "quartic", "gaussian"])
def test_kernels(kernel):
    xy = np.column_stack([points(2).x, points(2).y])
    near = hotspots.neighbour_distances(points(2), radius_m=25, planar=True)
    ours = hotspots.weights_of(near, kernel=kernel, bandwidth=25, with_self=True)
    same(ours, libpysal.weights.Kernel(xy, bandwidth=25.0, k=20, function=kernel))


@pytest.mark.parametrize("rook", [False, True])
def test_contiguity(rook):
    squares = geopandas.GeoSeries([box(x, y, x + 1, y + 1) for x in range(7) for y in range(5)])
    make = libpysal.weights.Rook if rook else libpysal.weights.Queen
    frame = geopandas.GeoDataFrame(geometry=squares)
    same(
        hotspots.polygon_contiguity(squares, rook=rook), make.from_dataframe(frame, use_index=False)
    )


def test_nearest():
    xy = np.column_stack([points(3).x, points(3).y])
    ours = hotspots.weights_of(hotspots.neighbour_distances(points(3), k=6, planar=True))
    same(ours, libpysal.weights.KNN(xy, k=6))


def test_higher_order():
    ours = hotspots.weights_of(hotspots.neighbour_distances(points(4), radius_m=15, planar=True))
    same(
        hotspots.higher_order(ours, 2),
        libpysal.weights.higher_order(hotspots.to_w(ours), 2, silence_warnings=True),
    )


@pytest.mark.parametrize("seed", range(2))
def test_local_moran_and_geary(seed):
    random = np.random.default_rng(seed)
    ours = hotspots.weights_of(hotspots.neighbour_distances(points(seed), k=5, planar=True))
    for values in (random.poisson(2, 120).astype(float), random.lognormal(size=120)):
        w = hotspots.to_w(ours)
        theirs = esda.Moran_Local(values, w, permutations=999, seed=1)
        moran = hotspots.local_moran(values, ours)
        assert moran["I"].to_numpy() == pytest.approx(theirs.Is, abs=1e-10)
        # Theirs is estimated from 999 permutations.
        assert moran["z_sim"].to_numpy() == pytest.approx(theirs.z_sim, abs=0.2, rel=0.12)
        quadrants = {"high_high": 1, "low_high": 2, "low_low": 3, "high_low": 4}
        assert moran["quadrant"].map(quadrants).tolist() == theirs.q.tolist()
        geary = hotspots.local_geary(values, ours, deviation="n")
        local = esda.Geary_Local(connectivity=hotspots.to_w(ours), permutations=9).fit(values)
        assert geary["C"].to_numpy() == pytest.approx(local.localG, abs=1e-10)


@pytest.mark.parametrize("seed", range(3))
def test_global_statistics(seed):
    random = np.random.default_rng(seed)
    ours = hotspots.weights_of(hotspots.neighbour_distances(points(seed), radius_m=18, planar=True))
    values = random.poisson(3, 120).astype(float)
    w = hotspots.to_w(ours)
    moran, theirs = hotspots.moran(values, ours), esda.Moran(values, w, permutations=0)
    assert moran[["value", "z", "z_norm"]].tolist() == pytest.approx(
        [theirs.I, theirs.z_rand, theirs.z_norm], abs=1e-9
    )
    geary, theirs = hotspots.geary(values, ours), esda.Geary(values, w, permutations=0)
    assert geary[["value", "z", "z_norm"]].tolist() == pytest.approx(
        [theirs.C, theirs.z_rand, theirs.z_norm], abs=1e-9
    )
    binary = (values > 3).astype(float)
    w = hotspots.to_w(ours)
    w.transform = "b"
    joins, theirs = hotspots.join_counts(binary, ours), esda.Join_Counts(binary, w, permutations=0)
    assert joins["value"].tolist() == pytest.approx([theirs.bb, theirs.ww, theirs.bw])
