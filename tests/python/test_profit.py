"""Breaking the profit of pairs, against all placements there are."""

import itertools

import numpy as np
import pandas as pd
import pytest

import waywarden
from waywarden import flow, interdiction, risk


def made_market(seed, sites=7, pairs=6):
    rng = np.random.default_rng(seed)
    names = [f"s{i}" for i in range(sites)]
    known = pd.DataFrame(
        {"detection": rng.uniform(0.1, 0.9, sites), "cost": rng.integers(1, 5, sites)}, index=names
    )
    trade = pd.DataFrame(
        {
            "journeys": rng.integers(1, 9, pairs),
            "revenue": rng.uniform(2, 10, pairs),
            "cost": rng.uniform(0, 6, pairs),
            "loss": rng.uniform(0, 20, pairs),
        },
        index=[f"p{i}" for i in range(pairs)],
    )
    rows = [
        (pair, 1 / 3, [name for name in names if rng.random() < 0.5])
        for pair in trade.index
        for _ in range(3)
    ]
    return trade, pd.DataFrame(rows, columns=["pair", "probability", "sites"]), known


def profits(trade, routes, sites, watched):
    caught = dict.fromkeys(trade.index, 0.0)
    for route in routes.itertuples():
        missed = np.prod([1 - sites["detection"][x] for x in route.sites if x in watched])
        caught[route.pair] += route.probability * (1 - missed)
    p = pd.Series(caught)
    return (1 - p) * trade["revenue"] - trade["cost"] - p * trade["loss"]


def placements(sites):
    for count in range(len(sites) + 1):
        for watched in itertools.combinations(sites.index, count):
            yield watched, sites.loc[list(watched), "cost"].sum()


@pytest.mark.parametrize("seed", range(12))
def test_best_of_all_placements(seed):
    trade, routes, sites = made_market(seed)
    paid = profits(trade, routes, sites, ()) > 1e-10
    broken = {
        watched: trade["journeys"][paid & (profits(trade, routes, sites, watched) <= 1e-10)].sum()
        for watched, _ in placements(sites)
    }
    most = max(broken.values())
    cheapest = min(cost for watched, cost in placements(sites) if broken[watched] == most)
    plan = interdiction.break_profit(trade, routes, sites)
    assert plan.status == "optimal"
    assert (plan.cost, plan.broken_journeys) == (cheapest, most)
    assert plan.bound == pytest.approx(cheapest)
    frontier = interdiction.profit_frontier(trade, routes, sites, [0, 2, 5, 9])
    for budget, row in frontier.iterrows():
        best = max(broken[watched] for watched, cost in placements(sites) if cost <= budget)
        assert row["broken_journeys"] == best
        assert row["cost"] <= budget
    left = profits(trade, routes, sites, tuple(plan.sites.index))
    assert plan.pairs["profit"].to_numpy() == pytest.approx(left.to_numpy())
    assert (plan.pairs["state"] == "never_paid").to_numpy().tolist() == (~paid).tolist()


def test_order_of_rows_changes_nothing():
    trade, routes, sites = made_market(1)
    first = interdiction.break_profit(trade, routes, sites)
    again = interdiction.break_profit(trade[::-1], routes[::-1], sites[::-1])
    assert first.sites.equals(again.sites)
    assert first.pairs.equals(again.pairs[::-1])


def test_required_and_forbidden_sites():
    trade, routes, sites = made_market(2)
    state = ["required", "forbidden"] + ["candidate"] * 5
    plan = interdiction.break_profit(trade, routes, sites.assign(state=state))
    assert "s0" in plan.sites.index
    assert "s1" not in plan.sites.index
    with pytest.raises(waywarden.OptionError, match="budget"):
        interdiction.break_profit(trade, routes, sites.assign(state="required"), budget=0)
    with pytest.raises(waywarden.OptionError, match="state"):
        interdiction.break_profit(trade, routes, sites.assign(state="open"))


def test_bad_input_is_named():
    trade, routes, sites = made_market(2)
    with pytest.raises(waywarden.InputError, match="pair"):
        interdiction.break_profit(trade.iloc[1:], routes, sites)
    with pytest.raises(waywarden.InputError, match="site"):
        interdiction.break_profit(trade, routes, sites.iloc[1:])
    with pytest.raises(waywarden.OptionError, match="negative"):
        interdiction.break_profit(trade.assign(loss=-1), routes, sites)


def test_routes_of_a_loading(border_network):
    costs = risk.costs(border_network)
    demand = flow.gravity(border_network, costs, total=100)
    sites = interdiction.sites(border_network, detection={"P1": 0.6})
    flows = flow.load(border_network, costs, demand, sites, draws=8, spread=1.02)
    routes = interdiction.pair_routes(flows, demand)
    passing = routes.explode("sites").join(demand.pairs["journeys"], on="pair")
    through = (passing["probability"] * passing["journeys"]).groupby(passing["sites"]).sum()
    expected = flows.crossings["journeys"]
    assert through.reindex(expected.index, fill_value=0).to_numpy() == pytest.approx(
        expected.to_numpy()
    )
    trade = demand.pairs[["journeys"]].assign(revenue=10.0, cost=8.0, loss=2.0)
    known = flows.sites.table[["detection"]].assign(cost=1.0)
    plan = interdiction.break_profit(trade, routes, known)
    assert plan.status == "optimal"
    assert set(plan.pairs["state"]) <= {"broken", "unbreakable", "never_paid"}
    assert (plan.pairs.loc[plan.pairs["state"] == "broken", "profit"] <= 1e-9).all()
    flows.sites = None
    with pytest.raises(waywarden.OptionError, match="sites"):
        interdiction.pair_routes(flows, demand)
