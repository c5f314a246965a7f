"""Densities and point patterns of the plane, through the package."""

import geopandas
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import Point, Polygon, box

from waywarden import density, point_patterns
from waywarden.errors import CrsError, InputError, OptionError

UTM = 32645


@pytest.fixture
def area():
    return geopandas.GeoSeries([box(0, 0, 1000, 800)], crs=UTM)


@pytest.fixture
def events():
    random = np.random.default_rng(7)
    x = np.concatenate([random.uniform(0, 1000, 80), random.normal(300, 20, 40)])
    y = np.concatenate([random.uniform(0, 800, 80), random.normal(500, 20, 40)])
    days = {"day": random.integers(0, 100, 120), "people": random.integers(1, 5, 120)}
    return geopandas.GeoDataFrame(days, geometry=geopandas.points_from_xy(x, y), crs=UTM)


@pytest.fixture
def humberside(shared):
    folder = shared / "verification" / "hotspots"
    points = pd.read_csv(folder / "humberside_points.csv")
    corners = pd.read_csv(folder / "humberside_window.csv").to_numpy()
    window = geopandas.GeoSeries([Polygon(corners)], crs=UTM)
    place = geopandas.points_from_xy(points.x, points.y)
    frame = geopandas.GeoDataFrame(points[["marks"]], geometry=place, crs=UTM)
    return frame[frame.marks == "case"], frame[frame.marks == "control"], window


def test_published_bandwidths_and_k(humberside):
    cases, controls, window = humberside
    rule = {"window": window, "kernel": "gaussian"}
    assert density.bandwidth(cases, "diggle", **rule) == pytest.approx(5.80039, abs=5e-6)
    assert density.bandwidth(cases, "likelihood", **rule) == pytest.approx(36.6588, abs=5e-5)
    expected = np.sqrt(45.5065 * 58.1126)
    assert density.bandwidth(cases, "scott", **rule) == pytest.approx(expected, abs=1e-4)
    k = point_patterns.k_function(
        controls, [5, 10, 15, 20], window=window, pairs_at_radius="binned"
    )
    published = [1533.13454914, 5360.48478918, 10124.1703268, 15670.1517370]
    assert k["k"].to_numpy() == pytest.approx(published, rel=1e-11)


@pytest.mark.parametrize("adaptive", [False, True])
def test_density_adds_up_and_peaks_in_the_clump(events, area, adaptive):
    surface = density.kde(
        events, bandwidth_m=100, cell_m=10, window=area, weights="people", adaptive=adaptive
    )
    assert surface.about["mass"] == pytest.approx(events["people"].sum(), rel=1e-9)
    assert surface.values.sum() * 100 == pytest.approx(surface.about["mass"], rel=1e-12)
    row, column = np.unravel_index(surface.values.argmax(), surface.values.shape)
    assert np.hypot(10 * column + 5 - 300, 10 * row + 5 - 500) < 40
    cells = surface.cells("people")
    assert len(cells) == 8000
    assert cells.attrs["waywarden"]["released"] is False
    assert cells.loc[cells["people"].idxmax()].geometry.covers(Point(10 * column + 5, 10 * row + 5))


def test_density_equals_its_definition(events, area):
    surface = density.kde(
        events, bandwidth_m=60, cell_m=20, window=area, kernel="gaussian", edge="none"
    )
    x, y = (axis.ravel() for axis in np.meshgrid(np.arange(10, 1000, 20), np.arange(10, 800, 20)))
    apart = np.hypot(
        x[:, None] - events.geometry.x.to_numpy(), y[:, None] - events.geometry.y.to_numpy()
    )
    expected = (np.exp(-(apart**2) / 7200) / (7200 * np.pi)).sum(axis=1)
    assert surface.values.ravel().data == pytest.approx(expected, rel=1e-9, abs=1e-18)


def test_relative_risk_and_its_contours(events, area):
    cases, controls = events[80:], events[:80]
    risk = density.relative_risk(
        cases, controls, bandwidth_m=60, cell_m=20, window=area, permutations=99
    )
    assert risk["p_upper"].values[25, 15] == pytest.approx(0.01)
    raised = density.contours(risk["p_upper"], [0.05])
    assert raised.crs == UTM
    assert raised.geometry.distance(Point(300, 500)).min() < 150
    assert set(raised["level"]) == {0.05}


def test_longitudes_and_latitudes_are_projected(events, area):
    degrees = events.to_crs(4326)
    surface = density.kde(degrees, bandwidth_m=100, cell_m=20, window=area.to_crs(4326))
    assert surface.about["mass"] == pytest.approx(120, rel=1e-9)
    flat = point_patterns.k_function(events, [50, 100], window=area)["k"]
    curved = point_patterns.k_function(degrees, [50, 100], window=area.to_crs(4326))["k"]
    # Distances of both projections differ by less than a thousandth.
    assert curved.to_numpy() == pytest.approx(flat.to_numpy(), rel=0.05)


def test_clumps_are_found(events, area):
    radii = [20, 40, 60]
    found = point_patterns.l_function(events, radii, window=area, simulations=99)
    assert found.attrs["waywarden"]["p"] == 0.01
    assert (found["l"] > found["high"]).any()
    one_sided = point_patterns.l_function(
        events, radii, window=area, simulations=99, alternative="greater"
    )
    assert "low" not in one_sided
    crossed = point_patterns.l_function(
        events[80:], radii, others=events[:80], window=area, simulations=99
    )
    assert crossed.attrs["waywarden"]["p"] <= 0.05
    g = point_patterns.pair_correlation(events, radii, window=area)
    assert g.iloc[0] > 3
    cross = point_patterns.cross_k(events[80:], events[:80], radii, window=area)
    assert list(cross) == ["k", "l", "expected"]


def test_interaction_in_space_and_time(events, area):
    chance = point_patterns.knox(events, distance_m=50, days=5, time="day", permutations=999)
    assert chance["p"] > 0.01
    events["when"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(events.geometry.x, unit="D")
    found = point_patterns.knox(events, distance_m=30, days=20, time="when", permutations=999)
    assert found["p"] == pytest.approx(0.001)
    table = point_patterns.near_repeat(events, [0, 30, 60], [10, 40], time="when")
    assert table.loc[(30, 10), "ratio"] > 3
    assert table.loc[(30, 10), "p_sim"] == pytest.approx(0.001)
    assert table.attrs["waywarden"]["p_global"] <= 0.05
    surface = point_patterns.space_time_k(
        events, [20, 40], [10, 30], time="when", window=area, permutations=99
    )
    assert surface.attrs["waywarden"]["p"] == pytest.approx(0.01)
    assert surface.index.names == ["r", "days"]


def test_bad_input_is_named(events, area):
    with pytest.raises(CrsError, match="no coordinate reference system"):
        density.kde(geopandas.GeoSeries.from_xy([1], [2]), bandwidth_m=5)
    with pytest.raises(InputError, match="does not lie in the window"):
        density.kde(events, bandwidth_m=5, window=area.translate(5000))
    with pytest.raises(OptionError, match="quartic"):
        density.kde(events, bandwidth_m=5, window=area, kernel="cubic")
    with pytest.raises(OptionError, match="scott"):
        density.kde(events, bandwidth_m="guess", window=area)
    with pytest.raises(InputError, match="no column 'when'"):
        point_patterns.knox(events, distance_m=5, days=1, time="when")
    with pytest.raises(InputError, match="missing"):
        events.loc[0, "day"] = np.nan
        point_patterns.knox(events, distance_m=5, days=1, time="day")
    with pytest.raises(InputError, match="a window is needed"):
        point_patterns.k_function(events[:0], [5])
    with pytest.raises(OptionError, match="ascending"):
        point_patterns.k_function(events, [5, 5], window=area)
