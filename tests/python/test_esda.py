"""z-values against PySAL's esda, where it is installed."""

import warnings

import geopandas
import numpy as np
import pytest

from waywarden import hotspots

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    esda = pytest.importorskip("esda", reason="esda is not installed")
    libpysal = pytest.importorskip("libpysal", reason="libpysal is not installed")


def zs(values, weights, star):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return esda.G_Local(
            np.asarray(values, float), weights, transform="B", star=star, permutations=0
        ).Zs


def assert_same_z(values, weights):
    for star in (False, True):
        ours = hotspots.getis_ord(values, weights, star=star)["z"].to_numpy()
        assert ours == pytest.approx(zs(values, weights, star), rel=0, abs=1e-10)


@pytest.mark.parametrize("seed", range(5))
def test_z_on_random_points(seed):
    random = np.random.default_rng(seed)
    points = random.uniform(0, 100, (150, 2))
    weights = libpysal.weights.KNN.from_array(points, k=3 + seed)
    assert_same_z(random.poisson(2, 150), weights)
    assert_same_z(random.lognormal(size=150), weights)


def test_z_on_a_graph():
    graphs = pytest.importorskip("libpysal.graph", reason="this libpysal has no graphs")
    random = np.random.default_rng(9)
    points = geopandas.GeoSeries.from_xy(*random.uniform(0, 100, (2, 80)))
    graph = graphs.Graph.build_knn(points, k=5)
    assert_same_z(random.poisson(3, 80), graph)


def test_z_on_hexagons():
    random = np.random.default_rng(11)
    incidents = geopandas.GeoSeries.from_xy(
        random.normal(85, 0.5, 800), random.normal(27, 0.4, 800), crs=4326
    )
    hexagons = hotspots.count_by_hexagon(incidents, cell_area_km2=120)
    ours = hotspots.contiguity(hexagons, rings=2)
    rows = zip(ours.first, ours.first[1:])
    weights = libpysal.weights.W(
        {i: ours.neighbour[a:b].tolist() for i, (a, b) in enumerate(rows)}, silence_warnings=True
    )
    z = hotspots.getis_ord(hexagons["count"], ours)["z"].to_numpy()
    assert z == pytest.approx(zs(hexagons["count"], weights, True), rel=0, abs=1e-10)


def test_columbus_crime(shared):
    # Anselin (1988), queen contiguity; z by R's spdep, which agrees with esda.
    columbus = geopandas.read_file(
        shared / "verification" / "hotspots" / "columbus" / "columbus.shp"
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        queen = libpysal.weights.Queen.from_dataframe(columbus, use_index=False)
    gi = hotspots.getis_ord(columbus["crime"], queen, star=False)["z"].head(5)
    gi_star = hotspots.getis_ord(columbus["crime"], queen)["z"].head(5)
    assert gi.tolist() == pytest.approx(
        [-0.937807651035, -0.985659120262, -0.718418912505, -0.0666623234487, 1.04713602943],
        abs=1e-10,
    )
    assert gi_star.tolist() == pytest.approx(
        [-1.43277965397, -1.34000809746, -0.771998680953, -0.131733364491, 1.28536279844],
        abs=1e-10,
    )
