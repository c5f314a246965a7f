"""Layers into a network, seen from Python."""

import geopandas
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import Point

import waywarden
from waywarden import geodesy, network, risk


def test_crossings_are_found_and_matched(border_network):
    crossings = border_network.crossings
    assert sorted(crossings["status"]) == ["informal", "informal", "listed"]
    assert crossings.index.is_unique
    gate = crossings.loc["P1"]
    assert (gate["name"], gate["country_a"], gate["country_b"]) == ("South Gate", "A", "B")
    assert (gate.geometry.x, gate.geometry.y) == pytest.approx((85.0, 27.0))
    assert gate["post_distance_m"] == pytest.approx(99.3, abs=0.5)


def test_edges_keep_their_source_and_its_length(border_network, borderland):
    edges = border_network.edges
    assert edges.crs == "EPSG:4326"
    assert set(edges["kind"]) == {"link", "crossing"}
    links = edges[edges["kind"] == "link"]
    there = links[links.index < links["twin"]]
    lengths = there.groupby("feature")["length_m"].sum()
    expected = geodesy.lengths(borderland["roads"])
    pd.testing.assert_series_equal(
        lengths.sort_index(), expected.sort_index(), check_names=False, check_index_type=False
    )
    assert (links["layer"] == "road").all()
    assert edges["speed_kmh"].isna().all()


def test_edges_join_their_nodes(border_network):
    edges, nodes = border_network.edges, border_network.nodes
    starts = edges.geometry.apply(lambda line: Point(line.coords[0]))
    ends = edges.geometry.apply(lambda line: Point(line.coords[-1]))
    for points, column in ((starts, "tail"), (ends, "head")):
        there = nodes.geometry.iloc[edges[column]]
        assert np.allclose(points.x, there.x)
        assert np.allclose(points.y, there.y)
    twins = edges.loc[edges["twin"]]
    assert (twins["tail"].to_numpy() == edges["head"].to_numpy()).all()


def test_places_are_attached(border_network):
    places = border_network.places
    assert places.index.tolist() == ["east", "west"]
    assert places["population"].to_dict() == {"east": 2000.0, "west": 1000.0}
    assert (places["node"] >= 0).all()
    assert border_network.nodes["country"].iloc[places["node"]].tolist() == ["B", "A"]


def test_order_of_rows_changes_nothing(border_network, borderland):
    shuffled = {name: frame.iloc[::-1] for name, frame in borderland.items()}
    again = network.build(
        network.places(
            shuffled["places"],
            population="people",
            source_weight="leave",
            destination_weight="arrive",
        ),
        network.posts(shuffled["posts"], country_a="a", country_b="b", names="name"),
        network.countries(shuffled["countries"], code="code"),
        network.links(shuffled["roads"]),
        threads=1,
    )
    for part in ("nodes", "edges", "crossings", "hubs", "places"):
        pd.testing.assert_frame_equal(
            pd.DataFrame(getattr(again, part)), pd.DataFrame(getattr(border_network, part))
        )


def test_what_cannot_be_used_is_reported(borderland):
    far = geopandas.GeoDataFrame(geometry=[Point(40, 10)], index=["far"], crs=4326)
    built = network.build(network.links(borderland["roads"]), network.places(far))
    assert built.places["node"].tolist() == [-1]
    assert built.report["feature"].tolist() == ["far"]
    assert built.report["layer"].tolist() == ["places"]


def test_layers_that_are_none_are_refused(borderland):
    with pytest.raises(TypeError, match="links"):
        network.build(borderland["roads"])
    countries = network.countries(borderland["countries"], code="code")
    with pytest.raises(TypeError, match="once"):
        network.build(network.links(borderland["roads"]), countries, countries)
    with pytest.raises(waywarden.OptionError, match="teleport"):
        network.links(borderland["roads"], mode="teleport")
    with pytest.raises(waywarden.InputError, match="no such column"):
        network.build(network.links(borderland["roads"], speed="no such column"))


def test_costs_follow_the_formula(border_network):
    costs = risk.costs(border_network, value_of_time=6, risk_aversion=50, money_per_km={"road": 1})
    edges = border_network.edges
    hours = costs.time_s / 3600
    assert costs.hazard == pytest.approx(-np.log1p(-edges["detection"].to_numpy()))
    assert costs.money == pytest.approx(edges["length_m"] / 1000)
    assert costs.generalised == pytest.approx(6 * hours + costs.money + 50 * costs.hazard)


def test_scenario_is_an_overlay(border_network):
    closed = risk.costs(border_network, scenario=risk.scenario(closed_crossings=["P1"]))
    gate = border_network.crossings.loc["P1"]
    shut = np.flatnonzero(np.isinf(closed.generalised))
    assert sorted(shut) == sorted([gate["a_to_b"], gate["b_to_a"]])
    rains = risk.costs(border_network, scenario=risk.scenario(time_factor={"road": 1.5}))
    links = (border_network.edges["kind"] == "link").to_numpy()
    assert rains.time_s[links] == pytest.approx(1.5 * risk.costs(border_network).time_s[links])
    with pytest.raises(waywarden.OptionError, match="P9"):
        risk.costs(border_network, scenario=risk.scenario(closed_crossings=["P9"]))
