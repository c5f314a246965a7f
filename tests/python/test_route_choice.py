"""Models of route choice and select-link, seen from Python."""

import geopandas
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import LineString, Point

import waywarden
from waywarden import flow, interdiction, risk

MODELS = ["perception", "cheapest", "most_evasive", "path_size_logit", "acyclic_logit"]


@pytest.fixture(scope="module")
def costs(border_network):
    return risk.costs(border_network)


@pytest.fixture(scope="module")
def demand(border_network, costs):
    rows = pd.DataFrame(
        {"origin": ["west", "east"], "destination": ["east", "west"], "journeys": [100.0, 40.0]}
    )
    return flow.stated(border_network, costs, rows)


@pytest.fixture(scope="module", params=MODELS)
def flows(request, border_network, costs, demand):
    return flow.load(border_network, costs, demand, choice=request.param, draws=16, spread=1.02)


def test_every_journey_crosses_the_border_once(flows):
    assert flows.journeys == pytest.approx(140)
    assert flows.crossings["journeys"].sum() == pytest.approx(140, rel=1e-9)
    drawn = flows.choice == "perception"
    assert (flows.edges["standard_error"] > 0).any() == drawn
    assert (flows.overlap is None) != drawn


def test_pairs_have_costs_and_evasion_of_their_edges(flows, costs):
    pairs = flows.pairs
    assert dict(zip(pairs["origin"], pairs["journeys"], strict=True)) == {"west": 100, "east": 40}
    assert pairs["joined"].all()
    assert (pairs["cost"] >= pairs["cheapest_cost"] * (1 - 1e-9)).all()
    assert pairs["evasion"].between(0, 1).all()
    by_edge = (flows.edges["journeys"] * costs.generalised).sum()
    assert (pairs["cost"] * pairs["journeys"]).sum() == pytest.approx(by_edge, rel=1e-9)
    assert flows.cost[0] == pytest.approx(by_edge / flows.journeys, rel=1e-9)
    assert flows.evasion[0] == pytest.approx(
        np.average(pairs["evasion"], weights=pairs["journeys"]), rel=1e-9
    )


def test_select_link_tells_who_passes_a_crossing(flows):
    total = 0.0
    for crossing, row in flows.crossings.iterrows():
        use = flows.select_link(site=crossing)
        assert use.journeys == pytest.approx(row["journeys"], abs=1e-9)
        assert use.pairs["journeys"].sum() == pytest.approx(use.journeys, abs=1e-9)
        if len(use.pairs):
            assert use.pairs["share_of_link"].sum() == pytest.approx(1)
        if use.routes is not None and len(use.routes):
            edges = {int(row["a_to_b"]), int(row["b_to_a"])}
            assert all(edges & set(route) for route in use.routes["edges"])
            assert use.routes["journeys"].sum() == pytest.approx(use.journeys)
            assert (use.routes.geometry.geom_type == "LineString").all()
        total += use.journeys
    assert total == pytest.approx(flows.journeys)


def test_select_link_by_node_and_by_edges(flows):
    west = int(flows.network.places.loc["west", "node"])
    assert flows.select_link(node=west).journeys == pytest.approx(140)
    busiest = int(flows.edges["journeys"].idxmax())
    use = flows.select_link(busiest)
    assert use.journeys == pytest.approx(flows.edges["journeys"].max())
    assert flows.select_link([busiest, busiest]).journeys == use.journeys


def test_select_link_by_hub():
    """A long way round by road, or the train between two stations."""
    nw = waywarden.network

    def layer(rows, index):
        return geopandas.GeoDataFrame(geometry=rows, index=index, crs="EPSG:4326")

    roads = [
        LineString([(84.0, 27.0), (84.1, 27.0), (84.5, 29.0), (84.9, 27.0), (85.0, 27.0)]),
    ]
    network = nw.build(
        nw.links(layer(roads, ["R1"])),
        nw.links(layer([LineString([(84.1, 27.001), (84.9, 27.001)])], ["T1"]), mode="rail"),
        nw.hubs(
            layer([Point(84.1, 27.0), Point(84.9, 27.0)], ["S1", "S2"]), modes=["road", "rail"]
        ),
        nw.places(layer([Point(84.0, 27.0), Point(85.0, 27.0)], ["west", "east"])),
    )
    costs = risk.costs(network)
    rows = pd.DataFrame({"origin": ["west"], "destination": ["east"], "journeys": [10.0]})
    flows = flow.load(network, costs, flow.stated(network, costs, rows), choice="cheapest")
    for hub in ("S1", "S2"):
        use = flows.select_link(site=hub)
        assert use.journeys == pytest.approx(10)
        assert use.journeys == pytest.approx(flows.nodes["journeys"][network.hubs.loc[hub, "node"]])
    assert len(use.routes) == 1
    assert set(network.edges["mode"][use.routes["edges"][0]]) == {"road", "rail", "transfer"}


def test_select_link_says_what_is_wrong(flows):
    with pytest.raises(waywarden.OptionError, match="one of the three"):
        flows.select_link()
    with pytest.raises(waywarden.OptionError, match="one of the three"):
        flows.select_link(1, site="P1")
    with pytest.raises(waywarden.InputError, match="nowhere"):
        flows.select_link(site="nowhere")
    with pytest.raises(waywarden.OptionError, match="no node"):
        flows.select_link(node=10**6)
    with pytest.raises(waywarden.OptionError, match="no such edge"):
        flows.select_link(10**6)
    if flows.choice == "acyclic_logit":
        with pytest.raises(waywarden.OptionError, match="too many routes"):
            flows.select_link(0, routes=3)


def test_cheapest_costs_least_and_most_evasive_is_seen_least(border_network, costs, demand):
    loaded = {model: flow.load(border_network, costs, demand, choice=model) for model in MODELS[1:]}
    assert loaded["cheapest"].spread == (pytest.approx(1.0), 0.0)
    assert all(one.spread[0] >= 1 - 1e-9 for one in loaded.values())
    best = loaded["most_evasive"].evasion[0]
    assert all(one.evasion[0] <= best + 1e-9 for one in loaded.values())


def test_recursive_logit_exists_or_says_where_not(border_network, costs, demand):
    steep = flow.load(border_network, costs, demand, choice="recursive_logit", theta=50.0)
    assert steep.crossings["journeys"].sum() == pytest.approx(140, rel=1e-6)
    with pytest.raises(waywarden.OptionError, match="no value function .* node") as caught:
        flow.load(border_network, costs, demand, choice="recursive_logit", theta=0.01)
    assert caught.value.feature in ("west", "east")


def test_pairs_that_closures_cut_off_have_no_outcomes(border_network, costs, demand):
    ids = list(border_network.crossings.index)
    closed = risk.costs(border_network, scenario=risk.scenario(closed_crossings=ids))
    flows = flow.load(border_network, closed, demand, choice="acyclic_logit")
    assert flows.unrouted_journeys == pytest.approx(140)
    assert not flows.pairs["joined"].any()
    assert flows.pairs["cost"].isna().all()


def test_options_that_make_no_sense(border_network, costs, demand):
    with pytest.raises(waywarden.OptionError, match="sideways"):
        flow.load(border_network, costs, demand, choice="sideways")
    for theta in (0.0, -1.0, float("nan"), float("inf")):
        with pytest.raises(waywarden.OptionError, match="theta"):
            flow.load(border_network, costs, demand, choice="acyclic_logit", theta=theta)
    with pytest.raises(waywarden.OptionError, match="path sizes"):
        flow.load(border_network, costs, demand, choice="path_size_logit", path_size_weight=-1)


def test_what_evaders_do_about_teams_needs_sampled_perception(border_network, costs, demand):
    sites = interdiction.sites(border_network)
    flows = flow.load(border_network, costs, demand, sites, choice="cheapest")
    assert len(interdiction.place(flows, teams=1).points) == 1
    with pytest.raises(waywarden.OptionError, match="perception"):
        interdiction.place(flows, teams=1, aware_share=0.5)
