"""Counting incidents and finding hot spots."""

import geopandas
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import box

import waywarden
from waywarden import hotspots


@pytest.fixture
def incidents():
    """Three hundred scattered over two degrees, and sixty in one town."""
    random = np.random.default_rng(3)
    x = np.concatenate([random.uniform(84, 86, 300), random.normal(85.3, 0.03, 60)])
    y = np.concatenate([random.uniform(26, 28, 300), random.normal(27.2, 0.03, 60)])
    people = pd.DataFrame({"people": random.integers(1, 4, 360)})
    return geopandas.GeoDataFrame(people, geometry=geopandas.points_from_xy(x, y), crs=4326)


def lattice(side):
    cells = [(x, y) for x in range(side) for y in range(side)]
    return {
        a: [b for b in cells if a != b and max(abs(a[0] - b[0]), abs(a[1] - b[1])) == 1]
        for a in cells
    }


def test_every_incident_lies_in_the_hexagon_that_counts_it(incidents):
    hexagons = hotspots.count_by_hexagon(incidents, cell_area_km2=80)
    assert hexagons["count"].sum() == len(incidents)
    joined = geopandas.sjoin(incidents, hexagons[["geometry"]], predicate="within")
    counted = joined["index_right" if "index_right" in joined else "cell"].value_counts()
    assert hexagons["count"][hexagons["count"] > 0].to_dict() == counted.to_dict()
    assert (hexagons["count"] == 0).any()
    assert hexagons.crs == 4326
    assert hexagons.attrs["waywarden"]["released"] is False


def test_hexagons_do_not_depend_on_rows_or_system(incidents):
    expected = hotspots.count_by_hexagon(incidents, size="people")
    shuffled = incidents.sample(frac=1, random_state=1)
    assert hotspots.count_by_hexagon(shuffled, size="people").equals(expected)
    assert expected["count"].sum() == incidents["people"].sum()
    projected = hotspots.count_by_hexagon(incidents.to_crs(32645), size="people")
    assert projected["count"].equals(expected["count"])


def test_one_grid_serves_two_periods(incidents):
    grid = hotspots.grid(incidents, cell_area_km2=200)
    first = hotspots.count_by_hexagon(incidents[:200], grid=grid)
    second = hotspots.count_by_hexagon(incidents[200:], grid=grid)
    both = first["count"].add(second["count"], fill_value=0)
    together = hotspots.count_by_hexagon(incidents, grid=grid)["count"]
    assert both[both > 0].to_dict() == together[together > 0].to_dict()


def test_count_by_place_takes_the_nearest(incidents):
    towns = geopandas.GeoSeries.from_xy([84.5, 85.3, 85.9], [26.5, 27.2, 27.8], crs=4326)
    towns.index = ["A", "B", "C"]
    counts = hotspots.count_by_place(incidents, towns, limit_m=30_000)
    apart = np.array([incidents.to_crs(32645).distance(t) for t in towns.to_crs(32645)])
    # Distances of a transverse Mercator projection are off by less than a thousandth here.
    clear = (np.abs(np.sort(apart, axis=0)[0] - 30_000) > 60).all()
    expected = np.bincount(apart.argmin(axis=0)[apart.min(axis=0) < 30_000], minlength=3)
    assert clear
    assert counts.to_dict() == dict(zip("ABC", expected))
    assert counts.attrs["waywarden"]["unassigned"] == len(incidents) - expected.sum()


def test_the_town_is_hot(incidents):
    hexagons = hotspots.count_by_hexagon(incidents, cell_area_km2=80)
    spots = hotspots.getis_ord(hexagons["count"], hotspots.contiguity(hexagons))
    assert spots.index.equals(hexagons.index)
    assert list(spots) == ["z", "p_exact", "q", "class", "state", "neighbours"]
    assert spots.loc[hexagons["count"].idxmax(), "class"] == "hot_99"
    assert (spots["class"] == "not_significant").mean() > 0.9
    assert spots.attrs["waywarden"]["released"] is False


def test_p_is_exact_over_all_permutations():
    # Five others, two of them neighbours: ten pairs; only {4, 5} reaches 9.
    neighbours = {0: [4, 5], 1: [0], 2: [0], 3: [0], 4: [0], 5: [0]}
    spots = hotspots.getis_ord([2, 0, 0, 0, 4, 5], neighbours, star=False)
    assert spots["p_exact"][0] == pytest.approx(2 / 10, abs=1e-15)


def test_real_numbers_are_permuted_the_same_way_in_any_order():
    neighbours = lattice(6)
    random = np.random.default_rng(5)
    values = pd.Series(random.normal(size=36), index=pd.Index(neighbours, tupleize_cols=False))
    spots = hotspots.getis_ord(values, neighbours, threads=1)
    assert "p_sim" in spots
    shuffled = values.sample(frac=1, random_state=2)
    again = hotspots.getis_ord(shuffled, neighbours, threads=2).reindex(spots.index)
    assert again.equals(spots)


def test_undefined_is_missing_and_named():
    spots = hotspots.getis_ord([1, 2, 3, 4], {0: [1], 1: [0], 2: [1], 3: []})
    assert spots["state"].tolist() == ["defined", "defined", "defined", "island"]
    assert spots["class"][3] == "undefined"
    assert spots.loc[3, ["z", "p_exact", "q"]].isna().all()


def test_nearest_and_within_agree_with_distances(incidents):
    points = incidents.iloc[:40]
    geod = points.crs.get_geod()
    x, y = points.geometry.x.to_numpy(), points.geometry.y.to_numpy()
    apart = np.array([geod.inv(np.full(40, a), np.full(40, b), x, y)[2] for a, b in zip(x, y)])
    by_rank = hotspots.nearest(points, 3)
    by_distance = hotspots.within(points, 40_000)
    for i in range(40):
        others = np.argsort(apart[i])[1:]
        assert row(by_rank, i) == sorted(others[:3])
        assert row(by_distance, i) == sorted(j for j in others if apart[i, j] <= 40_000)


def row(weights, i):
    return weights.neighbour[weights.first[i] : weights.first[i + 1]].tolist()


def test_weights_are_kept():
    weights = hotspots.weights({"a": {"b": 0.5}, "b": {"a": 1.0, "c": 2.0}, "c": {}})
    assert weights.weight.tolist() == [0.5, 1.0, 2.0]
    assert weights.islands.tolist() == [2]


def test_what_does_not_fit_is_an_error(incidents):
    with pytest.raises(waywarden.InputError, match="no row"):
        hotspots.weights({0: [7]})
    with pytest.raises(waywarden.InputError, match="one row of weights"):
        hotspots.getis_ord([1, 2, 3], hotspots.weights({0: [1], 1: [0]}))
    with pytest.raises(waywarden.InputError, match="cell 1"):
        hotspots.getis_ord([1, None], {0: [1], 1: [0]})
    with pytest.raises(waywarden.OptionError, match="exact"):
        hotspots.getis_ord([1, 0.5], {0: [1], 1: [0]}, method="exact")
    with pytest.raises(waywarden.OptionError, match="Bonferroni"):
        hotspots.getis_ord([1, 2], {0: [1], 1: [0]}, adjustment="guess")
    with pytest.raises(waywarden.InputError, match="point is needed"):
        hotspots.count_by_hexagon(geopandas.GeoSeries([box(0, 0, 1, 1)], crs=4326))
    with pytest.raises(waywarden.OptionError, match="hexagons"):
        hotspots.count_by_hexagon(incidents, cell_area_km2=1e-4)
    incidents["people"] = 0.5
    with pytest.raises(waywarden.InputError, match="people"):
        hotspots.count_by_hexagon(incidents, size="people")
