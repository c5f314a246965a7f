"""Lengths and areas on the ellipsoid."""

import geopandas
import numpy as np
import pytest
from pyproj import Geod
from shapely.geometry import LineString, Point, Polygon, box

import waywarden
from waywarden import geodesy

WGS84 = Geod(ellps="WGS84")


def series(*shapes, **options):
    return geopandas.GeoSeries(list(shapes), **{"crs": "EPSG:4326", **options})


def test_lengths_are_pyprojs():
    random = np.random.default_rng(7)
    lines = [LineString(random.uniform((-170, -80), (170, 80), (n, 2))) for n in range(2, 30)]
    expected = [WGS84.geometry_length(line) for line in lines]
    assert geodesy.lengths(series(*lines)).to_numpy() == pytest.approx(expected, rel=1e-12)


def test_areas_are_pyprojs():
    shell, hole = box(80, 20, 90, 30), box(84, 24, 86, 26)
    with_hole = Polygon(shell.exterior, [hole.exterior])
    expected = [abs(WGS84.geometry_area_perimeter(shape)[0]) for shape in (shell, hole)]
    areas = geodesy.areas(series(shell, hole, with_hole))
    assert areas.to_numpy() == pytest.approx([*expected, expected[0] - expected[1]], rel=1e-9)


def test_index_is_kept_and_nothing_has_no_length(roads):
    lengths = geodesy.lengths(roads)
    assert lengths.index.equals(roads.index)
    assert lengths.name == "length_m"
    assert lengths["R3"] == 0.0
    assert geodesy.areas(roads).tolist() == [0.0, 0.0, 0.0]


def test_system_of_the_input_does_not_matter(roads):
    projected = geodesy.lengths(roads.to_crs(32645))
    assert projected.to_numpy() == pytest.approx(geodesy.lengths(roads).to_numpy(), rel=1e-9)


def test_system_that_is_missing_is_an_error():
    with pytest.raises(waywarden.CrsError, match="set_crs"):
        geodesy.lengths(geopandas.GeoSeries([Point(0, 0)]))


def test_threads_do_not_change_a_bit():
    random = np.random.default_rng(8)
    lines = series(*(LineString(random.uniform(0, 80, (50, 2))) for _ in range(500)))
    one = geodesy.lengths(lines, threads=1)
    for threads in (2, 8):
        assert (geodesy.lengths(lines, threads=threads) == one).all()
