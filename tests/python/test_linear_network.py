"""Lines, densities, K functions and segments along them."""

import json

import geopandas
import numpy as np
import pytest
from shapely.geometry import LineString, Point

import waywarden
from waywarden import density, hotspots, linear_network, point_patterns

METRES = 3857


@pytest.fixture
def cross():
    """Four arms of 500 m."""
    arms = [LineString([(0, 0), end]) for end in [(500, 0), (0, 500), (-500, 0), (0, -500)]]
    return geopandas.GeoDataFrame(geometry=arms, index=list("ENWS"), crs=METRES)


def incidents(*points):
    return geopandas.GeoSeries([Point(p) for p in points], crs=METRES)


def test_edges_keep_the_label_of_their_row(cross):
    lines = linear_network.lines(cross, lengths="planar")
    edges = lines.edges
    assert sorted(edges["source"]) == ["E", "N", "S", "W"]
    assert edges["length_m"].tolist() == [500.0] * 4
    assert edges.crs == cross.crs
    assert edges.attrs["waywarden"]["released"] is False


def test_geodesic_lines_are_measured_on_the_earth():
    roads = geopandas.GeoSeries([LineString([(85, 27), (85.1, 27)])], crs=4326)
    lines = linear_network.lines(roads)
    expected = waywarden.geodesy.lengths(roads).iloc[0]
    assert lines.edges["length_m"].iloc[0] == pytest.approx(expected, abs=1e-6)


def test_lines_of_a_network_have_each_road_once(border_network):
    lines = linear_network.lines(border_network)
    edges = border_network.edges
    assert lines.engine.edge_count == len(edges) // 2


def test_points_near_a_junction_are_moved_onto_it(cross):
    lines = linear_network.lines(cross, lengths="planar")
    snapped = lines.snap(incidents((0.6, 0.3), (100, 3), (400, 400)), node_tolerance_m=1.0)
    ends = {0.0, 500.0}
    assert snapped["along_m"].iloc[0] in ends
    assert snapped["distance_m"].iloc[1] == 3.0
    assert snapped["edge"].isna().tolist() == [False, False, True]


@pytest.mark.parametrize("method", ["discontinuous", "continuous", "heat"])
def test_densities_keep_the_weights(cross, method):
    lines = linear_network.lines(cross, lengths="planar")
    seen = geopandas.GeoDataFrame(
        {"people": [2.0, 3.0, 7.0]}, geometry=incidents((0, 0), (450, 2), (9, 900))
    )
    found = density.network_kde(lines, seen, method=method, weight="people", lixel_m=10)
    about = found.attrs["waywarden"]
    assert about["left_out"] == 1
    assert about["weight"] == 5.0
    assert found["mass"].sum() == pytest.approx(5.0, abs=1e-9)
    assert abs(about["missing"]) < 1e-9
    assert (found["density"] >= 0).all()


def test_hand_cases_of_stars(cross, shared):
    cases = json.loads(
        (shared / "verification" / "hotspots" / "hand_cases.json").read_text("utf-8")
    )
    arms = [LineString([(0, 0), end]) for end in [(5, 0), (0, 5), (-5, 0), (0, -5)]]
    star = linear_network.lines(geopandas.GeoSeries(arms, crs=METRES), lengths="planar")
    options = {"bandwidth_m": 10.0, "lixel_m": 2.0, "dead_ends": "lose", "node_tolerance_m": 0.0}
    # Lixels of 5/3 m: the centre of one lies 2.5 m out.
    for method, factor in [("simple", 1.0), ("discontinuous", 1.0 / 3.0)]:
        found = density.network_kde(star, incidents((3, 0)), method=method, **options)
        middle = found[found.geometry.centroid.distance(Point(0, 2.5)) < 1e-6]
        kernel = 15 / 16 * (1 - 0.55**2) ** 2 / 10
        assert middle["density"].iloc[0] == pytest.approx(factor * kernel, abs=1e-12)
    k = point_patterns.network_k(
        star,
        incidents((0, 3), (3, 0), (1, 0), (0, 1)),
        radii_m=[3.0],
        correction="okabe_yamada",
        simulations=0,
    )
    assert k["k"].iloc[0] == pytest.approx(cases["network_K_star4"]["K(3)"], abs=1e-12)


def test_clustered_points_leave_the_envelope(cross):
    lines = linear_network.lines(cross, lengths="planar")
    close = incidents(*[(100 + 3 * i, 0) for i in range(20)])
    found = point_patterns.network_k(
        lines, close, radii_m=[10, 20, 50, 100], simulations=199, seed=1
    )
    assert found.attrs["waywarden"]["p"] == pytest.approx(1 / 200)
    assert (found["k"] > found["high"]).any()
    again = point_patterns.network_k(
        lines, close, radii_m=[10, 20, 50, 100], simulations=199, seed=1, threads=1
    )
    assert again["high"].tolist() == found["high"].tolist()
    crossed = point_patterns.network_k(
        lines, close, other=close, radii_m=[10.0], simulations=99, correction="okabe_yamada"
    )
    assert crossed["k"].iloc[0] > crossed["high"].iloc[0]


def test_what_cannot_be_is_refused(cross):
    lines = linear_network.lines(cross, lengths="planar")
    with pytest.raises(waywarden.OptionError, match="'discontinuous'"):
        density.network_kde(lines, incidents((0, 0)), method="euclidean")
    with pytest.raises(waywarden.OptionError, match="bandwidth"):
        density.network_kde(lines, incidents((0, 0)), bandwidth_m=-1)
    with pytest.raises(waywarden.InputError, match="second set"):
        point_patterns.network_k(
            lines, incidents((0, 0), (1, 0)), other=incidents((9e4, 9e4)), radii_m=[1.0]
        )
    with pytest.raises(waywarden.CrsError):
        linear_network.lines(cross.to_crs(4326), lengths="planar")
    with pytest.raises(waywarden.InputError, match="line"):
        linear_network.lines(incidents((0, 0)), lengths="planar")


def test_segments_feed_local_statistics(cross):
    lines = linear_network.lines(cross, lengths="planar")
    bars = incidents(*[(400, 0)] * 5, (0, 400), (3000, 0))
    found = hotspots.segments(lines, {"bars": bars})
    assert found.set_index("source")["bars"].to_dict() == {"E": 5, "N": 1, "S": 0, "W": 0}
    assert found.set_index("source").loc["E", "bars_per_km"] == 10.0
    assert found.attrs["waywarden"]["left_out"] == {"bars": 1}
    neighbours = hotspots.segment_neighbours(lines)
    assert np.diff(neighbours.first).tolist() == [3, 3, 3, 3]
    assert len(hotspots.getis_ord(found["bars"], neighbours)) == 4
