"""Crossings of odd borders, against shapely."""

import geopandas
import numpy as np
import pytest
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box

from waywarden import network


def layer(rows, **columns):
    return geopandas.GeoDataFrame(columns, geometry=list(rows), crs=4326)


def crossings(roads, countries, accuracy_m=0.0, **codes):
    names = codes.get("codes", [chr(ord("A") + i) for i in range(len(countries))])
    built = network.build(
        network.links(layer(roads)),
        network.countries(layer(countries, code=names), code="code", accuracy_m=accuracy_m),
        snap_m=0,
    )
    return built.crossings


def test_a_road_along_a_border_crosses_once():
    """It weaves over a border known to 100 m at every vertex, and ends on the other side."""
    x = np.linspace(-0.5, 0.5, 201)
    weave = LineString([(at, 0.0003 * (-1) ** i) for i, at in enumerate(x)])
    road = LineString([(-0.6, -0.2), *weave.coords, (0.6, 0.2)])
    south, north = box(-1, -1, 1, 0), box(-1, 0, 1, 1)
    assert len(road.intersection(LineString([(-1, 0), (1, 0)])).geoms) == 201
    found = crossings([road], [south, north], accuracy_m=600.0)
    assert len(found) == 1
    assert len(crossings([road], [south, north])) == 201


def test_a_road_exactly_on_a_border():
    south, north = box(-1, -1, 1, 0), box(-1, 0, 1, 1)
    on_it = LineString([(-0.6, -0.2), (-0.5, 0), (0, 0), (0.5, 0), (0.6, 0.2)])
    found = crossings([on_it], [south, north], accuracy_m=100.0)
    assert len(found) == 1
    assert abs(found.geometry.iloc[0].y) < 1e-6
    back = LineString([(-0.6, -0.2), (-0.5, 0), (0, 0), (0.5, 0), (0.6, -0.2)])
    assert len(crossings([back], [south, north], accuracy_m=100.0)) % 2 == 0


def test_an_enclave_is_entered_and_left():
    inside = Point(0, 0).buffer(0.3, 16)
    around = box(-1, -1, 1, 1).difference(inside)
    road = LineString([(-0.9, 0.05), (0.9, 0.05)])
    found = crossings([road], [around, inside], codes=["OUT", "IN"])
    expected = sorted(point.x for point in road.intersection(inside.boundary).geoms)
    assert sorted(found.geometry.x) == pytest.approx(expected, abs=2e-7)
    assert set(found["country_a"]) == {"IN"} and set(found["country_b"]) == {"OUT"}


def test_an_enclave_within_an_enclave():
    outer, inner = Point(0, 0).buffer(0.5, 16), Point(0, 0).buffer(0.2, 16)
    around = MultiPolygon([box(-1, -1, 1, 1).difference(outer), inner])
    ring = outer.difference(inner)
    found = crossings([LineString([(-0.9, 0), (0.9, 0)])], [around, ring])
    assert len(found) == 4
    assert np.allclose(sorted(found.geometry.x), [-0.5, -0.2, 0.2, 0.5], atol=2e-7)


def test_parts_of_one_country_have_no_border_between_them():
    parts = MultiPolygon([box(-1, -1, 0, 1), box(0.5, -1, 1, 1)])
    between = box(0, -1, 0.5, 1)
    road = LineString([(-0.5, 0), (0.9, 0)])
    found = crossings([road], [parts, between])
    assert sorted(found.geometry.x) == pytest.approx([0.0, 0.5])
    touching = MultiPolygon([box(-1, -1, 0, 1), box(0.0, -0.5, 1, 0.5)]).buffer(0)
    assert len(crossings([road], [touching, box(2, 2, 3, 3)])) == 0


def test_a_disputed_area_has_one_country_at_every_point():
    """Two countries claim a strip: both its edges cannot be borders of the same two."""
    west, east = box(-1, -1, 0.1, 1), box(-0.1, -1, 1, 1)
    found = crossings([LineString([(-0.9, 0), (0.9, 0)])], [west, east])
    assert len(found) == 1
    assert abs(found.geometry.iloc[0].x) <= 0.1 + 1e-7


@pytest.mark.parametrize("seed", range(20))
def test_crossings_are_those_of_shapely(seed):
    """Random roads over random borders that share their line: every change of country, no other."""
    random = np.random.default_rng(seed)
    border = [(float(x), float(random.uniform(-0.3, 0.3))) for x in np.linspace(-1, 1, 9)]
    south = Polygon([(-1, -1), *border, (1, -1)])
    north = Polygon([(-1, 1), *border, (1, 1)])
    roads = [LineString(random.uniform(-0.9, 0.9, (4, 2))) for _ in range(5)]
    expected = []
    for road in roads:
        met = road.intersection(LineString(border))
        expected += [met] if met.geom_type == "Point" else list(getattr(met, "geoms", []))
    found = crossings(roads, [south, north])
    assert len(found) == len(expected)
    for point in expected:
        assert found.geometry.distance(point).min() < 1e-6
