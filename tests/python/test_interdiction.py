"""Sites, teams and displacement, seen from Python."""

import itertools

import pytest

import waywarden
from waywarden import flow, interdiction, risk


@pytest.fixture(scope="module")
def flows(border_network):
    costs = risk.costs(border_network)
    demand = flow.gravity(border_network, costs, total=100)
    sites = interdiction.sites(border_network, detection={"P1": 0.6})
    return flow.load(border_network, costs, demand, sites, draws=32, spread=1.02)


def test_sites_are_the_crossings(flows):
    table = flows.sites.table
    assert sorted(table.index) == sorted(flows.network.crossings.index)
    assert table.loc["P1", "detection"] == 0.6
    assert sorted(table["detection"]) == [0.3, 0.3, 0.6]
    assert (table["state"] == "candidate").all()


def test_unaware_placement_is_the_best_there_is(flows):
    """Every journey passes one site, so a placement stops the sum of journeys x detection."""
    stopped = flows.crossings["journeys"] * flows.sites.table["detection"]
    plan = interdiction.place(flows, teams=2, aware_share=0)
    best = max(stopped[list(pair)].sum() for pair in itertools.combinations(stopped.index, 2))
    assert plan.model == "unaware"
    assert plan.status == "optimal"
    assert plan.points["caught"].iloc[-1] == pytest.approx(best)
    assert plan.bound == pytest.approx(best)
    assert plan.points["gain"].to_numpy() == pytest.approx(stopped[plan.points["site"]].to_numpy())
    assert plan.points.index.tolist() == [1, 2]


def test_aware_evaders_are_stopped_less(flows):
    unaware = interdiction.place(flows, teams=2, aware_share=0)
    aware = interdiction.place(flows, teams=2, aware_share=0.8)
    assert aware.model == "partly_aware"
    assert aware.points["caught"].iloc[-1] < unaware.points["caught"].iloc[-1]
    assert set(aware.outcomes["facing"]) == {"unaware", "partly_aware"}
    assert (aware.outcomes["regret"] >= 0).all()


def test_displaced_journeys_reappear_elsewhere(flows):
    plan = interdiction.place(flows, teams=1, aware_share=0.8)
    moved = plan.displacement()
    watched = plan.points["site"].iloc[0]
    assert moved.crossings["change"].sum() == pytest.approx(0, abs=1e-9)
    assert moved.sites.loc[watched, "change"] < 0
    assert moved.crossings["before"].to_numpy() == pytest.approx(
        flows.crossings["journeys"].to_numpy()
    )
    assert moved.crossings["increased"].any()


def test_ranks_range_around_the_rank(flows):
    plan = interdiction.place(flows, teams=2, aware_share=0)
    ranges = plan.rank_ranges(draws=8)
    assert ranges.index.tolist() == [1, 2]
    assert (ranges["rank_low"] <= ranges.index).all()
    assert (ranges["rank_high"].dropna() >= ranges.index[ranges["rank_high"].notna()]).all()


def test_required_and_forbidden_sites(flows):
    network = flows.network
    others = [site for site in flows.sites.table.index if site != "P1"]
    sites = interdiction.sites(network, required=others[:1], forbidden=["P1"])
    assert sites.table["state"].to_dict()[others[0]] == "required"
    demand = flow.gravity(network, flows.costs, total=100)
    loaded = flow.load(network, flows.costs, demand, sites, draws=8, spread=1.02)
    plan = interdiction.place(loaded, teams=3, aware_share=0)
    assert plan.points["site"].iloc[0] == others[0]
    assert "P1" not in set(plan.points["site"])
    with pytest.raises(waywarden.OptionError, match="nowhere"):
        interdiction.sites(network, required=["nowhere"])


def test_flows_without_sites_cannot_be_watched(flows):
    demand = flow.gravity(flows.network, flows.costs, total=100)
    bare = flow.load(flows.network, flows.costs, demand, draws=4, spread=1.02)
    with pytest.raises(waywarden.OptionError, match="sites"):
        interdiction.place(bare)
