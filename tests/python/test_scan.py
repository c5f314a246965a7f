"""Scan statistics through frames."""

import geopandas
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import LineString

import waywarden
from waywarden.scan import ConnectedSets, Ellipses, LineBalls, scan


@pytest.fixture
def towns():
    """A hundred towns with 100 people each; ten in one corner have three times the cases."""
    random = np.random.default_rng(8)
    places = geopandas.GeoSeries.from_xy(
        random.uniform(84, 86, 100), random.uniform(26, 28, 100), crs=4326
    )
    places.index = [f"T{i}" for i in range(100)]
    corner = np.hypot(places.x - 85.6, places.y - 27.6)
    risk = np.where(corner <= np.sort(corner)[9], 12, 4)
    return places, random.poisson(risk), np.full(100, 100), set(places.index[risk == 12])


def test_the_corner_is_found(towns):
    places, cases, people, corner = towns
    found = scan(cases, people, places, simulations=199)
    assert len(corner & set(found.loc[1, "members"])) >= 8
    assert found.loc[1, "p"] == 1 / 200
    assert found.loc[1, "p_gumbel"] < 1e-4
    assert found.loc[1, "relative_risk"] > 2
    assert found["observed"].loc[1] == cases[places.index.isin(found.loc[1, "members"])].sum()
    assert found.crs == 4326
    assert found.attrs["waywarden"]["released"] is False
    assert found.attrs["waywarden"]["status"] == "complete"
    inside = places[places.within(found.geometry.loc[1].buffer(1e-3))]
    assert set(inside.index) == set(found.loc[1, "members"])
    far = places.to_crs(32645).distance(places.to_crs(32645)[found.loc[1, "centre"]])
    assert far[found.loc[1, "members"]].max() == pytest.approx(found.loc[1, "radius_m"], rel=2e-3)


def test_rows_and_threads_change_nothing(towns):
    places, cases, people, _ = towns
    order = np.random.default_rng(1).permutation(100)
    one = scan(cases, people, places, simulations=99, threads=1)
    other = scan(cases[order], people[order], places.iloc[order], simulations=99, threads=2)
    assert one.drop(columns=["members", "geometry"]).equals(
        other.drop(columns=["members", "geometry"])
    )
    assert [set(m) for m in one["members"]] == [set(m) for m in other["members"]]
    projected = scan(cases, people, places.to_crs(32645), simulations=0)
    assert projected["members"].equals(one["members"])


def test_ellipses_hold_their_members(towns):
    places, cases, people, _ = towns
    found = scan(cases, people, places, window=Ellipses(penalty=0.0), simulations=0)
    circles = scan(cases, people, places, simulations=0)
    assert found.loc[1, "statistic"] >= circles.loc[1, "statistic"]
    assert (found["longer_half_axis_m"] >= found["radius_m"]).all()
    wide = found.geometry.loc[1].buffer(1e-3)
    assert set(places[places.within(wide)].index) == set(found.loc[1, "members"])
    assert found["p"].isna().all()
    assert scan(cases, people, places, window="ellipses", simulations=0)["llr"].notna().all()


def test_an_alarm_names_its_intervals(towns):
    places, _, people, corner = towns
    random = np.random.default_rng(5)
    table = pd.DataFrame(
        random.poisson(2, (100, 6)), index=places.index, columns=[f"2024-0{m}" for m in range(1, 7)]
    )
    table.loc[sorted(corner), ["2024-05", "2024-06"]] += 4
    found = scan(table, people, places, time="prospective", simulations=99)
    assert found.loc[1, ["first_interval", "last_interval"]].tolist() == ["2024-05", "2024-06"]
    assert found.loc[1, "recurrence_intervals"] == 100
    permuted = scan(table, None, places, model="space-time permutation", simulations=99)
    assert len(corner & set(permuted.loc[1, "members"])) >= 8
    bernoulli = scan(table, people, places, model="bernoulli", simulations=19, rates="both")
    assert bernoulli.loc[1, "p"] == 1 / 20


def test_sets_need_not_be_round():
    side = np.arange(8)
    x, y = (a.ravel() for a in np.meshgrid(side, side))
    points = geopandas.GeoSeries.from_xy(x, y)
    neighbours = {
        i: [j for j in range(64) if abs(x[i] - x[j]) + abs(y[i] - y[j]) == 1] for i in range(64)
    }
    cases = np.where((y == 3) & (x < 6), 20, 4)
    found = scan(
        cases, np.full(64, 100), points, window=ConnectedSets(neighbours, 13), simulations=19
    )
    assert found.crs is None
    members = found.loc[1, "members"]
    assert len(members) == 5
    assert all(y[i] == 3 and x[i] < 6 for i in members)
    assert found.geometry.loc[1].geom_type == "MultiPoint"


def test_a_river_keeps_its_banks_apart():
    # Two parallel streets ten metres apart, joined only at their far ends.
    banks = geopandas.GeoSeries(
        [LineString([(0, 0), (1000, 0)]), LineString([(0, 10), (1000, 10)])]
        + [LineString([(1000, 0), (1000, 10)])]
    )
    at = np.arange(50, 1000, 100)
    points = geopandas.GeoSeries.from_xy(np.tile(at, 2), np.repeat([0, 10], 10))
    cases = np.concatenate([[9, 9, 9, 1, 1, 1, 1, 1, 1, 1], np.full(10, 1)])
    found = scan(cases, np.full(20, 10), points, window=LineBalls(banks, 1.0), simulations=99)
    assert found.loc[1, "members"] == [0, 1, 2]
    assert found.loc[1, "radius_m"] in (100, 200)  # around the middle or an end
    with pytest.raises(waywarden.InputError, match="not near any line"):
        scan(cases, np.full(20, 10), points.translate(0, 3), window=LineBalls(banks, 1.0))


def test_new_york_as_published(repository):
    table = repository.parent / "shared" / "verification" / "hotspots" / "satscan_ny_nydf.csv"
    if not table.exists():
        pytest.skip("the cases of leukemia in New York are not here")
    tracts = pd.read_csv(table)
    points = geopandas.GeoSeries.from_xy(tracts["latitude"], tracts["longitude"])
    cases = np.floor(tracts["cases"])
    found = scan(cases, tracts["population"], points, share=0.1, simulations=199)
    assert found["llr"].head(2).round(6).tolist() == [11.577255, 9.019716]
    assert found.loc[1, "observed"] == 85
    long = scan(
        cases, tracts["population"], points, share=0.1, simulations=0, window=Ellipses(penalty=0)
    )
    assert round(long.loc[1, "llr"], 6) == 15.416469


def test_what_cannot_be_used_is_refused(towns):
    places, cases, people, _ = towns
    with pytest.raises(waywarden.InputError, match="whole numbers"):
        scan(cases + 0.5, people, places)
    with pytest.raises(waywarden.InputError, match="population"):
        scan(cases, None, places)
    with pytest.raises(waywarden.InputError, match="row of cases"):
        scan(cases[:5], people, places)
    with pytest.raises(waywarden.InputError, match="points"):
        scan(cases, people)
    with pytest.raises(waywarden.OptionError, match="expected one of"):
        scan(cases, people, places, model="normal")
    with pytest.raises(waywarden.OptionError, match="share"):
        scan(cases, people, places, share=1.5)
    with pytest.raises(waywarden.OptionError, match="expected 'circles'"):
        scan(cases, people, places, window="squares")
    nothing = scan(np.zeros(100), people, places)
    assert len(nothing) == 0
    assert nothing.attrs["waywarden"]["status"] == "no_cluster"
