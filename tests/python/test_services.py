"""Routes that nobody draws, and hubs that differ."""

import geopandas
import numpy as np
import pandas as pd
import pytest
from pyproj import Geod
from shapely.geometry import LineString

from waywarden import geodesy, network
from waywarden.errors import InputError, OptionError

POINTS = geopandas.GeoDataFrame(
    index=["LIS", "NYC", "AKL", "HNL"],
    geometry=geopandas.points_from_xy([-9.1, -73.8, 174.8, -157.9], [38.8, 40.6, -37.0, 21.3]),
    crs=4326,
)


def test_great_circles_are_as_long_as_the_geodesic():
    routes = pd.DataFrame({"origin": ["LIS", "AKL"], "destination": ["NYC", "HNL"], "kmh": 800.0})
    lines = network.great_circles(POINTS, routes)
    for row in range(2):
        a, b = (POINTS.geometry[routes.iloc[row][end]] for end in ("origin", "destination"))
        _, _, metres = Geod(ellps="WGS84").inv(a.x, a.y, b.x, b.y)
        assert geodesy.lengths(lines).iloc[row] == pytest.approx(metres, rel=1e-9)
    built = network.build(network.links(lines, mode="air", speed="kmh"))
    total = built.edges["length_m"].sum() / 2
    assert total == pytest.approx(geodesy.lengths(lines).sum(), rel=1e-9)
    # AKL to HNL goes over the antimeridian in one piece.
    assert len(built.diagnose().islands) == 1
    north = lines.geometry.iloc[0].bounds[3]
    assert north > 42


def test_routes_are_checked():
    def draw(origin, destination, **options):
        routes = pd.DataFrame({"origin": [origin], "destination": [destination]}, index=["r1"])
        return network.great_circles(POINTS, routes, **options)

    with pytest.raises(InputError, match="'r1': a route ends at an unknown point"):
        draw("LIS", "XXX")
    with pytest.raises(InputError, match="goes nowhere"):
        draw("LIS", "LIS")
    with pytest.raises(OptionError):
        draw("LIS", "NYC", spacing_m=0)
    with pytest.raises(InputError, match="destination"):
        network.great_circles(POINTS, pd.DataFrame({"origin": ["LIS"]}))
    twice = pd.concat([POINTS, POINTS])
    with pytest.raises(InputError, match="same id"):
        network.great_circles(twice, pd.DataFrame({"origin": [], "destination": []}))


def test_each_hub_keeps_its_own_terms():
    lines = {"road": [(0, 0), (0.1, 0)], "rail": [(0, 0.001), (0.1, 0.001)]}
    layers = [
        network.links(geopandas.GeoDataFrame(geometry=[LineString(xy)], crs=4326), mode=mode)
        for mode, xy in lines.items()
    ]
    stations = geopandas.GeoDataFrame(
        {
            "wait": [600.0, 900.0, 600.0],
            "reach": [500.0, 500.0, 10.0],
            "fee": [1.0, 2.0, 3.0],
            "seen": [0.0, 0.19, 0.0],
            "serves": ["road, rail", "road,rail", "road,rail"],
        },
        geometry=geopandas.points_from_xy([0.02, 0.05, 0.08], [0.0005] * 3),
        index=["a", "b", "far"],
        crs=4326,
    )
    hubs = network.hub_table(
        stations, modes="serves", wait_s="wait", radius_m="reach", money="fee", detection="seen"
    )
    built = network.build(*layers, *hubs)
    assert built.hubs.index.tolist() == ["a", "b"]
    edges = built.edges[built.edges["kind"] == "transfer"]
    by_hub = edges.groupby("feature")
    assert by_hub["wait_s"].first().to_dict() == {"a": 300.0, "b": 450.0}
    assert by_hub["money"].first().to_dict() == {"a": 0.5, "b": 1.0}
    assert by_hub["detection"].first().to_dict() == pytest.approx({"a": 0.0, "b": 0.1})
    with pytest.raises(InputError, match="no column 'x'"):
        network.hub_table(stations, modes="serves", wait_s="x")
    with pytest.raises(InputError, match="no column 'x'"):
        network.hub_table(stations, modes="x")
    with pytest.raises(InputError, match="not a number"):
        network.hub_table(stations.assign(wait=np.nan), modes="serves", wait_s="wait")
