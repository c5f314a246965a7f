"""Demand and its loading, seen from Python."""

import numpy as np
import pandas as pd
import pytest

import waywarden
from waywarden import flow, risk


@pytest.fixture(scope="module")
def costs(border_network):
    return risk.costs(border_network)


@pytest.fixture(scope="module")
def demand(border_network, costs):
    return flow.gravity(border_network, costs, total=100)


@pytest.fixture(scope="module")
def flows(border_network, costs, demand):
    return flow.load(border_network, costs, demand, draws=32, spread=1.02)


def test_gravity_sends_sources_to_destinations(demand):
    assert demand.pairs.to_dict("records") == [
        {"origin": "west", "destination": "east", "journeys": pytest.approx(100)}
    ]
    assert demand.total == pytest.approx(100)


def test_stated_flows_are_added_up(border_network, costs):
    rows = pd.DataFrame(
        {"from": ["west", "west", "east"], "to": ["east", "east", "east"], "n": [3, 4, 9]}
    )
    demand = flow.stated(border_network, costs, rows, origin="from", destination="to", journeys="n")
    assert demand.pairs["journeys"].tolist() == [7.0]
    with pytest.raises(waywarden.InputError, match="'to'"):
        flow.stated(
            border_network,
            costs,
            rows.replace({"to": {"east": "north"}}),
            origin="from",
            destination="to",
            journeys="n",
        )


def test_every_journey_crosses_the_border_once(flows):
    assert flows.journeys == pytest.approx(100)
    assert flows.crossings["journeys"].sum() == pytest.approx(100, rel=1e-9)
    assert (flows.crossings["journeys"] > 0).sum() > 1
    ends = flows.nodes["journeys"].iloc[flows.network.places["node"]]
    assert ends.to_numpy() == pytest.approx([100, 100])


def test_what_flows_in_flows_out(flows):
    edges = flows.edges
    size = len(flows.nodes)
    inflow = np.bincount(edges["head"], edges["journeys"], size)
    outflow = np.bincount(edges["tail"], edges["journeys"], size)
    net = pd.Series(outflow - inflow)
    ends = flows.network.places["node"]
    assert net[ends["west"]] == pytest.approx(100)
    assert net[ends["east"]] == pytest.approx(-100)
    assert net.drop(ends).abs().max() < 1e-7


def test_kilometres_add_up(flows):
    km = (flows.edges["journeys"] * flows.edges["length_m"]).sum() / 1000
    assert flows.modes.loc["road", "journey_km"] == pytest.approx(km)
    assert flows.countries["journey_km"].sum() == pytest.approx(km)
    assert flows.countries.index.tolist() == ["A", "B", ""]


def test_closed_crossing_carries_nothing(border_network, costs, demand):
    closed = risk.costs(border_network, scenario=risk.scenario(closed_crossings=["P1"]))
    flows = flow.load(border_network, closed, demand, draws=8, spread=1.02, reference=costs)
    assert flows.crossings["journeys"]["P1"] == 0
    assert flows.crossings["journeys"].sum() == pytest.approx(100)


def test_threads_and_seed(border_network, costs, demand, flows):
    one = flow.load(border_network, costs, demand, draws=32, spread=1.02, threads=1)
    assert (one.edges["journeys"] == flows.edges["journeys"]).all()
    other = flow.load(border_network, costs, demand, draws=32, spread=1.02, seed=2)
    assert (other.edges["journeys"] != flows.edges["journeys"]).any()


def test_options_that_make_no_sense(border_network, costs, demand):
    with pytest.raises(waywarden.OptionError):
        flow.load(border_network, costs, demand, draws=1)
    with pytest.raises(waywarden.OptionError, match="sideways"):
        flow.gravity(border_network, costs, constraint="sideways")
    assert flow.load(border_network, costs, demand, draws=4).edges.attrs["waywarden"] == {
        "released": False
    }
