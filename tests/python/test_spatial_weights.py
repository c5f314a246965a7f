"""Weights from points, polygons, lines, files and PySAL."""

import geopandas
import numpy as np
import pytest
from shapely.geometry import LineString, box

from waywarden import hotspots
from waywarden.errors import InputError, OptionError


@pytest.fixture
def points():
    random = np.random.default_rng(4)
    return geopandas.GeoSeries.from_xy(*random.uniform(0, 100, (2, 60)))


def rows(weights):
    ends = zip(weights.first, weights.first[1:], strict=False)
    return [weights.neighbour[a:b].tolist() for a, b in ends]


def test_distances_in_the_plane_equal_comparing_all(points):
    near = hotspots.neighbour_distances(points, radius_m=20, planar=True)
    x, y = points.x.to_numpy(), points.y.to_numpy()
    apart = np.hypot(x[:, None] - x, y[:, None] - y)
    expected = [[j for j in range(60) if j != i and apart[i, j] <= 20] for i in range(60)]
    assert rows(hotspots.weights_of(near)) == expected
    assert rows(hotspots.weights_of(hotspots.neighbour_distances(points, k=3, planar=True))) == [
        sorted(np.argsort(apart[i])[1:4].tolist()) for i in range(60)
    ]


def test_space_and_time(points):
    days = np.datetime64("2026-01-01") + np.arange(60).astype("timedelta64[D]")
    near = hotspots.neighbour_distances(points, radius_m=30, planar=True)
    both = hotspots.neighbour_distances(
        points, radius_m=30, planar=True, times=days, span=np.timedelta64(5, "D")
    )
    expected = [
        [j for j in row if abs(i - j) <= 5] for i, row in enumerate(rows(hotspots.weights_of(near)))
    ]
    assert rows(hotspots.weights_of(both)) == expected


def test_distances_along_roads_are_longer():
    elbow = geopandas.GeoSeries([LineString([(0, 0), (0.1, 0), (0.1, 0.1)])], crs=4326)
    seen = geopandas.GeoSeries.from_xy([0, 0.1, 50], [0, 0.1, 0], crs=4326)
    straight = hotspots.neighbour_distances(seen, k=1).distance[0]
    along = hotspots.network_distances(seen, elbow, snap_m=50, k=2)
    assert rows(hotspots.weights_of(along)) == [[1], [0], []]
    assert along.distance[0] == pytest.approx(straight * 2**0.5, rel=0.01)
    assert len(hotspots.network_distances(seen, elbow, snap_m=50, radius_m=20_000).neighbour) == 0


def test_contiguity_of_projected_areas():
    squares = geopandas.GeoSeries(
        [box(1e6 * x, 5e6, 1e6 * (x + 1), 6e6) for x in range(4)], crs=3857
    )
    assert rows(hotspots.polygon_contiguity(squares, rook=True)) == [[1], [0, 2], [1, 3], [2]]
    apart = squares.translate([0, 5, 10, 15][0])
    assert len(hotspots.polygon_contiguity(apart, tolerance=10.0).neighbour) == 6


def test_derived_weights():
    line = hotspots.weights({i: [j for j in (i - 1, i + 1) if 0 <= j < 5] for i in range(5)})
    assert rows(hotspots.higher_order(line, 2)) == [[2], [3], [0, 4], [1], [2]]
    assert rows(hotspots.higher_order(line, 2, lower=True))[0] == [1, 2]
    assert hotspots.row_standardised(line).weight.tolist() == [1, *[0.5] * 6, 1]
    one_way = hotspots.weights({0: [1], 1: [2], 2: [1]})
    assert rows(hotspots.symmetrised(one_way)) == [[1], [0, 2], [1]]
    assert rows(hotspots.symmetrised(one_way, both=True)) == [[], [2], [1]]


def test_files_read_back(tmp_path):
    weights = hotspots.weights({"a": {"b": 0.25}, "b": {"a": 1 / 3}, "c": {}})
    hotspots.write_weights(tmp_path / "w.gwt", weights, ["a", "b", "c"])
    read, labels = hotspots.read_weights(tmp_path / "w.gwt", labels=["a", "b", "c"])
    assert (labels, read.weight.tolist()) == (["a", "b", "c"], [0.25, 1 / 3])
    binary = hotspots.weights({"a": ["b"], "b": ["a"], "c": []})
    hotspots.write_weights(tmp_path / "w.gal", binary, ["a", "b", "c"])
    read, labels = hotspots.read_weights(tmp_path / "w.gal")
    assert (labels, rows(read)) == (["a", "b", "c"], [[1], [0], []])


def test_a_broken_file_is_named_with_its_line(tmp_path):
    (tmp_path / "w.gal").write_text("2\na 1\nz\nb 0\n")
    with pytest.raises(InputError, match=r"w\.gal.*line 3: a neighbour has no row"):
        hotspots.read_weights(tmp_path / "w.gal")
    with pytest.raises(InputError, match=r"\.gal or \.gwt"):
        hotspots.read_weights(tmp_path / "w.txt")
    with pytest.raises(OSError, match="cannot be opened"):
        hotspots.read_weights(tmp_path / "none.gal")


def test_what_makes_no_sense_is_refused(points):
    with pytest.raises(TypeError):
        hotspots.neighbour_distances(points, planar=True)
    near = hotspots.neighbour_distances(points, k=2, planar=True)
    with pytest.raises(OptionError, match="'triangular', 'uniform'"):
        hotspots.weights_of(near, kernel="square")
    with pytest.raises(TypeError):
        hotspots.weights_of(near, bandwidth=3)


def test_arrays_are_points_too():
    random = np.random.default_rng(3)
    xy = random.uniform(0, 10, (40, 2))
    series = geopandas.GeoSeries.from_xy(*xy.T, crs=4326)
    for options in ({"k": 4}, {"radius_m": 2.0, "planar": True}):
        ours = hotspots.neighbour_distances(xy, **options)
        same = hotspots.neighbour_distances(series, **options)
        assert ours.neighbour.tolist() == same.neighbour.tolist()
        assert ours.distance.tolist() == same.distance.tolist()
    assert (
        hotspots.nearest(xy, 3).neighbour.tolist() == hotspots.nearest(series, 3).neighbour.tolist()
    )
    for wrong in (xy[:, 0], xy.T, np.zeros((2, 3))):
        with pytest.raises(InputError, match="rows"):
            hotspots.neighbour_distances(wrong, k=1)
