"""Space-time cubes, trends and emerging hot spots."""

import json
from itertools import permutations

import geopandas
import numpy as np
import pandas as pd
import pytest

from waywarden import hotspots
from waywarden.errors import InputError, OptionError


@pytest.fixture
def incidents():
    """Scattered over 20 weeks, and a town where they come ever more often."""
    random = np.random.default_rng(5)
    weeks = np.repeat(np.arange(20), 4 * np.arange(20))
    x = np.concatenate([random.uniform(84, 86, 2000), random.normal(85.3, 0.07, len(weeks))])
    y = np.concatenate([random.uniform(26, 28, 2000), random.normal(27.2, 0.07, len(weeks))])
    day = np.concatenate([random.integers(0, 140, 2000), weeks * 7 + 3])
    frame = pd.DataFrame(
        {
            "seen": pd.Timestamp("2024-01-01") + pd.to_timedelta(day, "D"),
            "people": random.integers(1, 4, len(day)),
        }
    )
    return geopandas.GeoDataFrame(frame, geometry=geopandas.points_from_xy(x, y), crs=4326)


def test_each_incident_lies_in_its_bin(incidents):
    cube = hotspots.space_time_cube(incidents, time="seen", step="7D", cell_area_km2=400)
    assert cube.counts.to_numpy().sum() == len(incidents)
    assert (cube.counts.sum(axis=1) == cube.hexagons["count"]).all()
    assert cube.outside == 0
    step = cube.counts.columns.get_indexer(incidents["seen"])
    by_step = pd.Series(step).value_counts().sort_index()
    assert cube.counts.sum(axis=0).tolist() == by_step.tolist()
    whole = hotspots.count_by_hexagon(incidents, cell_area_km2=400)
    assert cube.hexagons["count"].equals(whole["count"])
    assert cube.hexagons.attrs["waywarden"]["released"] is False
    assert cube.counts.attrs["waywarden"]["released"] is False


def test_months_zones_and_empty_hexagons(incidents):
    local = incidents.assign(seen=incidents["seen"].dt.tz_localize("Asia/Kathmandu"))
    options = {"time": "seen", "alignment": "reference", "step": "month", "cell_area_km2": 100}
    cube = hotspots.space_time_cube(local, **options, keep_empty=False)
    assert [interval.left.day for interval in cube.counts.columns] == [1] * 5
    assert (cube.hexagons["count"] > 0).all()
    assert cube.counts.equals(
        hotspots.space_time_cube(incidents, **options).counts.loc[cube.counts.index]
    )
    people = hotspots.space_time_cube(incidents, **options, size="people")
    assert people.hexagons["count"].sum() == incidents["people"].sum()


def test_a_town_that_grows_hotter_emerges(incidents):
    cube = hotspots.space_time_cube(incidents, time="seen", step="7D", cell_area_km2=60)
    found = hotspots.emerging_hot_spots(cube)
    town = found.places[found.places.contains(geopandas.points_from_xy([85.3], [27.2])[0])]
    assert town["class"].iloc[0] in ("consecutive_hot", "sporadic_hot", "intensifying_hot")
    assert town["trend_z"].iloc[0] > 3
    bins = found.bins.loc[town.index[0]]
    assert (bins["heat"] == 1).sum() == town["hot_steps"].iloc[0]
    assert bins["count"].tolist() == cube.counts.loc[town.index[0]].tolist()
    trend = hotspots.mann_kendall(bins["z"])
    assert trend["s"] == town["trend_s"].iloc[0]
    assert found.places.attrs["waywarden"]["released"] is False
    assert found.bins.attrs["waywarden"]["released"] is False


def test_rows_and_threads_do_not_matter(incidents):
    options = {"time": "seen", "step": "14D", "cell_area_km2": 300}
    expected = hotspots.emerging_hot_spots(
        hotspots.space_time_cube(incidents, **options), threads=1
    )
    shuffled = incidents.sample(frac=1, random_state=2)
    found = hotspots.emerging_hot_spots(hotspots.space_time_cube(shuffled, **options), threads=2)
    assert found.places.equals(expected.places)
    assert found.bins.equals(expected.bins)


def test_mann_kendall_of_the_verification_case(shared):
    case = json.loads((shared / "verification/hotspots/hand_cases.json").read_text())[
        "mann_kendall"
    ]
    trend = hotspots.mann_kendall(case["x"])
    expected = dict(zip(["s", "variance", "z", "p"], case["S_var_z_p"], strict=True))
    assert trend[list(expected)].to_dict() == pytest.approx(expected, rel=1e-12)


def test_mann_kendall_of_rows_with_exact_p():
    rows = pd.DataFrame([[1, 3, 2, 5, 4], [2, 2, 2, 2, 2]], index=["a", "b"])
    trends = hotspots.mann_kendall(rows, exact=True)
    assert trends.loc["b", ["z", "p", "p_exact"]].isna().all()

    def s(values):
        return sum(np.sign(b - a) for i, a in enumerate(values) for b in values[i + 1 :])

    observed, every = s([1, 3, 2, 5, 4]), [s(order) for order in permutations([1, 3, 2, 5, 4])]
    assert trends.loc["a", "s"] == observed
    assert trends.loc["a", "p_exact"] == pytest.approx(2 * np.mean(np.array(every) >= observed))


def test_mann_kendall_equals_pymannkendall():
    peer = pytest.importorskip("pymannkendall", reason="pymannkendall is not here")
    random = np.random.default_rng(1)
    for _ in range(100):
        values = random.integers(0, 12, 30)
        expected, trend = peer.original_test(values), hotspots.mann_kendall(values)
        assert (trend["s"], trend["variance"]) == (expected.s, expected.var_s)
        assert (trend["z"], trend["p"]) == pytest.approx((expected.z, expected.p), abs=1e-12)


def test_refusals(incidents):
    missing = incidents.assign(seen=incidents["seen"].where(incidents.index != 3))
    with pytest.raises(InputError, match="feature '3'"):
        hotspots.space_time_cube(missing, time="seen")
    with pytest.raises(InputError, match="times"):
        hotspots.space_time_cube(incidents, time="people")
    for step in ("a while", "0D", "-7D", "0 months", "1ms"):
        with pytest.raises(OptionError):
            hotspots.space_time_cube(incidents, time="seen", step=step)
    with pytest.raises(OptionError, match="'end', 'start', 'reference'"):
        hotspots.space_time_cube(incidents, time="seen", alignment="middle")
    with pytest.raises(OptionError, match="level"):
        hotspots.emerging_hot_spots(hotspots.space_time_cube(incidents, time="seen"), level=0.5)
