"""Rates: against PySAL's esda where it is installed, and their edges."""

import warnings

import geopandas
import numpy as np
import pandas as pd
import pytest

import waywarden
from waywarden import hotspots


def world(seed, areas=60):
    random = np.random.default_rng(seed)
    people = random.integers(50, 5000, areas).astype(float)
    counts = random.poisson(people * random.gamma(2, 0.01, areas)).astype(float)
    neighbours = {
        i: sorted(random.choice([j for j in range(areas) if j != i], 5, replace=False).tolist())
        for i in range(areas)
    }
    return counts, people, neighbours


@pytest.fixture
def smoothing():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pytest.importorskip("libpysal", reason="libpysal is not installed")
        return pytest.importorskip("esda.smoothing", reason="esda is not installed")


@pytest.mark.parametrize("seed", range(8))
def test_rates_equal_esda(seed, smoothing):
    from libpysal.weights import W

    counts, people, neighbours = world(seed)
    w = W(neighbours, id_order=sorted(neighbours), silence_warnings=True)
    ours = {
        "excess": hotspots.excess_risk(counts, people),
        "moran": hotspots.moran_rates(counts, people),
        "global": hotspots.empirical_bayes(counts, people),
        "spatial": hotspots.spatial_rates(counts, people, neighbours),
        "local": hotspots.empirical_bayes(counts, people, neighbours),
    }
    theirs = {
        "excess": smoothing.Excess_Risk(counts, people).r,
        "moran": smoothing.assuncao_rate(counts, people),
        "global": smoothing.Empirical_Bayes(counts, people).r,
        "spatial": smoothing.Spatial_Rate(counts, people, w).r,
        "local": smoothing.Spatial_Empirical_Bayes(counts, people, w).r,
    }
    for name, expected in theirs.items():
        assert ours[name]["rate"].to_numpy() == pytest.approx(np.ravel(expected), rel=1e-10), name


def test_the_caution_travels_unless_effort_is_known():
    counts, people, neighbours = world(1)
    effort = np.full(len(counts), 2.0)
    for function in (hotspots.rates, hotspots.excess_risk, hotspots.moran_rates):
        assert "policing and reporting" in function(counts, people).attrs["waywarden"]["caution"]
        assert function(counts, people, effort=effort).attrs["waywarden"]["caution"] == ""
    local = hotspots.empirical_bayes(counts, people, neighbours, effort=effort)
    assert local["rate"].to_numpy() == pytest.approx(
        hotspots.empirical_bayes(counts, people, neighbours)["rate"].to_numpy() / 2
    )
    assert local.attrs["waywarden"]["released"] is False


def test_effort_turns_policing_back_into_risk():
    """The same risk everywhere, looked at twice as hard in the first half."""
    people, effort = np.full(40, 1000.0), np.repeat([2.0, 1.0], 20)
    counts = people * effort * 0.01
    assert hotspots.rates(counts, people)["rate"].nunique() == 2
    assert hotspots.rates(counts, people, effort=effort)["rate"].to_numpy() == pytest.approx(0.01)


def test_labels_are_matched_not_positions():
    counts = pd.Series([4, 2], index=["a", "b"])
    people = pd.Series([10, 100], index=["b", "a"])
    assert hotspots.rates(counts, people)["rate"].to_dict() == {"a": 0.04, "b": 0.2}
    with pytest.raises(waywarden.InputError, match="same index"):
        hotspots.rates(counts, pd.Series([1, 2], index=["a", "c"]))


def test_undefined_is_missing_and_named():
    found = hotspots.rates([4, 1, 0], [10, 0, 5])
    assert found["state"].tolist() == ["defined", "no_exposure", "defined"]
    assert found["rate"].isna().tolist() == [False, True, False]
    assert found.attrs["waywarden"]["overall"] == pytest.approx(4 / 15)
    assert hotspots.excess_risk([0, 0], [1, 1])["state"].tolist() == ["no_expectation"] * 2
    assert hotspots.rates([], []).attrs["waywarden"]["overall"] is None


def test_standardisation_against_its_definition():
    random = np.random.default_rng(3)
    people = pd.DataFrame(random.integers(10, 500, (12, 4)), columns=list("abcd"))
    counts = pd.DataFrame(random.poisson(people * [0.01, 0.02, 0.05, 0.1]), columns=list("abcd"))
    overall = counts.sum() / people.sum()
    indirect = hotspots.standardised_rates(counts, people)["rate"]
    assert indirect.to_numpy() == pytest.approx(
        (counts.sum(axis=1) / (people @ overall)).to_numpy()
    )
    standard = pd.Series([4, 3, 2, 1], index=list("abcd"))
    direct = hotspots.standardised_rates(counts, people, standard)["rate"]
    assert direct.to_numpy() == pytest.approx(((counts / people) @ standard / 10).to_numpy())
    with pytest.raises(waywarden.InputError, match="strata"):
        hotspots.standardised_rates(counts, people[["b", "a", "c", "d"]])


def test_what_is_no_amount_is_an_error():
    with pytest.raises(waywarden.InputError, match="row 1"):
        hotspots.rates([1, None], [1, 1])
    with pytest.raises(waywarden.InputError, match="negative"):
        hotspots.rates([1, 1], [1, -1])
    with pytest.raises(waywarden.InputError, match="effort"):
        hotspots.rates([1, 1], [1, 1], effort=[1])


@pytest.fixture
def counts_at_points():
    random = np.random.default_rng(8)
    place = geopandas.points_from_xy(random.uniform(84, 85, 80), random.uniform(27, 28, 80))
    towns = geopandas.GeoSeries.from_xy([84.2, 84.8], [27.3, 27.7], crs=4326)
    return geopandas.GeoDataFrame(geometry=place, crs=4326), towns


def test_the_caution_travels_with_counts_and_statistics(counts_at_points):
    incidents, towns = counts_at_points
    hexagons = hotspots.count_by_hexagon(incidents, cell_area_km2=500)
    counted = hotspots.count_by_place(incidents, towns, limit_m=50_000)
    near = hotspots.contiguity(hexagons)
    for found in (
        hexagons,
        counted,
        hotspots.getis_ord(hexagons["count"], near),
        hotspots.getis_ord(list(hexagons["count"]), near),
        hotspots.local_moran(hexagons["count"], near),
        hotspots.moran(hexagons["count"], near),
    ):
        assert "policing and reporting" in found.attrs["waywarden"]["caution"]


def test_rates_over_effort_carry_no_caution_into_statistics():
    line = {i: [j for j in (i - 1, i + 1) if 0 <= j < 8] for i in range(8)}
    counts, people, effort = [1, 2, 3, 4, 9, 8, 7, 9], [100] * 8, [1.0, 2, 1, 2, 1, 2, 1, 2]
    for given, words in (({"effort": effort}, ""), ({}, "policing and reporting")):
        rate = hotspots.rates(counts, people, **given)["rate"]
        assert words in hotspots.getis_ord(rate, line).attrs["waywarden"]["caution"]
        assert bool(hotspots.getis_ord(rate, line).attrs["waywarden"]["caution"]) == bool(words)
