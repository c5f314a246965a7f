"""Expected capture within limits, lawful stops and the table, seen from Python."""

import itertools

import pandas as pd
import pytest

import waywarden
from waywarden import _engine, flow, interdiction, risk


@pytest.fixture(scope="module")
def costs(border_network):
    return risk.costs(border_network)


def loaded(network, costs, sites, total=100, seed=1):
    demand = flow.gravity(network, costs, total=total)
    return flow.load(network, costs, demand, sites, draws=16, spread=1.02, seed=seed)


@pytest.fixture(scope="module")
def flows(border_network, costs):
    """Load with prices: the crossings cost 1, 2 and 3."""
    ids = sorted(border_network.crossings.index)
    prices = dict(zip(ids, (1.0, 2.0, 3.0), strict=True))
    return loaded(border_network, costs, interdiction.sites(border_network, cost=prices))


def stopped_at(flows):
    """Every journey passes one crossing: a placement stops the sum over its sites."""
    return flows.crossings["journeys"] * flows.sites.table["detection"]


def best_of(flows, keeps):
    stopped = stopped_at(flows)
    sets = itertools.chain.from_iterable(
        itertools.combinations(stopped.index, count) for count in range(len(stopped) + 1)
    )
    return max(stopped[list(chosen)].sum() for chosen in sets if keeps(list(chosen)))


@pytest.mark.parametrize("budget", [0.5, 1.0, 2.5, 4.0, 10.0])
def test_a_budget_is_kept_and_the_best_placement_found(flows, budget):
    cost = flows.sites.table["cost"]
    plan = interdiction.capture(flows, budget=budget)
    best = best_of(flows, lambda chosen: cost[chosen].sum() <= budget)
    assert plan.status == "optimal"
    assert plan.points["cost"].sum() <= budget
    assert plan.bound == pytest.approx(best)
    assert plan.points["gain"].sum() == pytest.approx(best)


def test_teams_and_lawful_stops_limit_together(flows, border_network, costs):
    lawful = loaded(border_network, costs, flows.sites, total=1000, seed=2)
    stops = interdiction.lawful_stops(lawful, specificity=0.9)
    passing = lawful.crossings["journeys"]
    assert stops.to_numpy() == pytest.approx(0.1 * passing[stops.index].to_numpy())
    most = stops.sort_values().iloc[:2].sum()
    plan = interdiction.capture(flows, teams=2, stops=stops, most_stops=most)
    chosen = plan.points["site"].tolist()
    assert stops[chosen].sum() <= most * (1 + 1e-9)
    best = best_of(flows, lambda c: len(c) <= 2 and stops[c].sum() <= most * (1 + 1e-12))
    assert plan.points["caught"].iloc[-1] == pytest.approx(best)
    assert plan.status == "optimal"


def test_the_frontier_trades_captures_for_stops(flows, border_network, costs):
    lawful = loaded(border_network, costs, flows.sites, total=1000, seed=2)
    stops = interdiction.lawful_stops(lawful)
    frontier = interdiction.collateral_frontier(flows, stops, teams=2)
    assert frontier["stops"].is_monotonic_increasing
    assert frontier["caught"].is_monotonic_increasing
    stopped = stopped_at(flows)
    for row in frontier.itertuples():
        assert row.stops == pytest.approx(stops[row.sites].sum())
        assert row.caught == pytest.approx(stopped[row.sites].sum())
        most = row.stops
        best = best_of(flows, lambda c, most=most: len(c) <= 2 and stops[c].sum() <= most)
        assert row.bound >= best * (1 - 1e-12)


def test_own_edges_and_nodes_are_sites(border_network, costs):
    crossing = border_network.crossings.iloc[0]
    both = [edge for edge in (crossing["a_to_b"], crossing["b_to_a"]) if edge >= 0]
    edges = pd.DataFrame({"site": "bend", "edge": both, "detection": 0.9, "name": "A bend"})
    nodes = pd.DataFrame({"site": ["square"], "node": [border_network.edges["tail"].iloc[0]]})
    sites = interdiction.sites(
        border_network, edges=edges, nodes=nodes, hours={"square": 0.5}, groups={"bend": "police"}
    )
    table = sites.table
    assert table.loc["bend", ["kind", "name", "detection"]].tolist() == ["edge", "A bend", 0.9]
    assert table.loc["square", ["kind", "detection", "hours"]].tolist() == ["node", 0.2, 0.5]
    where = pd.DataFrame(sites.engine.edges())
    own = where[table.index[where["site"]] == "bend"]["edge"]
    assert sorted(own) == sorted(both)
    flows = loaded(border_network, costs, sites)
    gain = interdiction.capture(flows, teams=1).points["gain"].iloc[0]
    assert gain >= 0.9 * flows.crossings["journeys"].iloc[0] * (1 - 1e-9)


def test_one_authority_detects_once(border_network, costs):
    """A crossing and the edges it is made of stand one after the other."""
    crossing = border_network.crossings.iloc[0]
    both = [edge for edge in (crossing["a_to_b"], crossing["b_to_a"]) if edge >= 0]
    edges = pd.DataFrame({"site": "bend", "edge": both, "detection": 0.5})
    kept = {"forbidden": [i for i in border_network.crossings.index if i != crossing.name]}
    groups = {"bend": "police", crossing.name: "police"}
    apart = interdiction.sites(border_network, edges=edges, **kept)
    joint = interdiction.sites(border_network, edges=edges, groups=groups, **kept)
    assert joint.table.loc["bend", "group"] == joint.table.loc[crossing.name, "group"]
    detection = apart.table.loc[crossing.name, "detection"]
    journeys = loaded(border_network, costs, apart).crossings["journeys"][crossing.name]
    alone = interdiction.capture(loaded(border_network, costs, apart), teams=2)
    once = interdiction.capture(loaded(border_network, costs, joint), teams=2)
    assert alone.bound == pytest.approx(journeys * (1 - 0.5 * (1 - detection)))
    assert once.bound == pytest.approx(journeys * max(0.5, detection))


def test_the_table_says_what_survives_and_who_goes_where(flows):
    plan = interdiction.place(flows, teams=2, aware_share=0.6)
    table = plan.table
    assert table["site"].tolist() == plan.points["site"].tolist()
    assert table["name"].tolist() == plan.points["name"].tolist()
    assert table["adds"].to_numpy() == pytest.approx(plan.points["gain"].to_numpy())
    assert table["cumulative"].iloc[-1] == plan.points["caught"].iloc[-1]
    assert ((table["survives"] >= 0) & (table["survives"] <= 1 + 1e-9)).all()
    assert table["status"].eq(plan.status).all()
    moved = plan.displacement()
    raised = moved.countries_inflow.index[moved.countries_inflow["increased"]]
    assert all(country in table.attrs["notice"] for country in raised)
    assert bool(table.attrs["notice"]) == (len(raised) > 0)
    inflow = moved.countries_inflow["before"].sum()
    assert inflow == pytest.approx(flows.crossings["journeys"].sum())
    only = interdiction.capture(flows, teams=1)
    row = only.table(aware_share=0.6).iloc[0]
    by_hand = _engine.displacement(
        flows.moving,
        flows.engine,
        [flows.sites.table.index.get_loc(only.points["site"].iloc[0])],
        aware_share=0.6,
        risk_aversion=flows.costs.risk_aversion,
    )
    assert row["crossing_increase"] == max(0.0, by_hand["crossing"]["change"].max())
    assert row["country_increase"] == max(0.0, by_hand["country_inflow"]["change"].max())


def test_demand_responds_to_what_teams_cost(flows):
    plan = interdiction.place(flows, teams=1, aware_share=0.8)
    fixed = plan.displacement()
    kept = plan.displacement(response={"total": 100})
    alike = plan.displacement(response={"function": "power", "decay": 2.0})
    assert fixed.crossings["change"].sum() == pytest.approx(0, abs=1e-9)
    assert kept.crossings["change"].sum() == pytest.approx(0, abs=1e-6)
    # Both pairs cost the same: decay is relative to the median cost, which rises with them.
    assert alike.crossings["change"].to_numpy() == pytest.approx(
        fixed.crossings["change"].to_numpy()
    )
    with pytest.raises(waywarden.OptionError, match="decay function"):
        plan.displacement(response={"function": "none"})


def test_what_makes_no_sense_is_refused(flows, border_network):
    with pytest.raises(waywarden.OptionError, match="teams"):
        interdiction.capture(flows)
    with pytest.raises(waywarden.OptionError, match="most_stops"):
        interdiction.capture(flows, teams=1, most_stops=3)
    with pytest.raises(waywarden.OptionError, match="not those"):
        interdiction.capture(flows, teams=1, stops=pd.Series({"x": 1.0}), most_stops=3)
    with pytest.raises(waywarden.OptionError, match="column 'edge'"):
        interdiction.sites(border_network, edges=pd.DataFrame({"site": ["a"]}))
    with pytest.raises(waywarden.OptionError, match="negative"):
        interdiction.sites(border_network, edges=pd.DataFrame({"site": ["a"], "edge": [-1]}))
    with pytest.raises(waywarden.OptionError, match="cost"):
        interdiction.sites(border_network, cost={"P1": 0})
