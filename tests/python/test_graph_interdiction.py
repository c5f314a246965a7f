"""Attacks on routes and flows of plain graphs, and evaders who know of them, seen from Python."""

import itertools
import re

import numpy as np
import pandas as pd
import pytest

import waywarden
from waywarden import interdiction


@pytest.fixture(scope="module")
def published(shared):
    return shared / "verification" / "interdiction" / "small"


def gallery(published, name):
    """Arcs of an example, and its nodes by name."""
    arcs = pd.read_csv(published / f"{name}__sample_arcs_data.csv")
    names = pd.read_csv(published / f"{name}__sample_nodes_data.csv")["Node"]
    node = {word: i for i, word in enumerate(names)}
    return arcs["StartNode"].map(node), arcs["EndNode"].map(node), arcs, node


def test_published_shortest_paths(published):
    tail, head, arcs, node = gallery(published, "shortest_path")
    ends = {"origin": node["Start"], "destination": node["End"]}
    for attacks, length in [(0, 5), (1, 17)]:
        found = interdiction.shortest_path_interdiction(
            tail, head, arcs["Cost"], budget=attacks, **ends
        )
        assert (found.value, found.bound, found.status) == (length, length, "optimal")
        assert found.pairs["after"].tolist() == [length]
    cut = interdiction.shortest_path_interdiction(tail, head, arcs["Cost"], budget=2, **ends)
    assert cut.pairs["disconnected"].tolist() == [True]
    assert cut.pairs["after"].isna().all()
    assert cut.status == "optimal"


def test_published_delays(published):
    text = (published / "SPI_5_5.dat").read_text("utf-8")
    rows = [[int(x) for x in re.findall(r"-?\d+", line)] for line in text.splitlines()]
    incidence = np.array([row[1:] for row in rows if len(row) == 6])
    length, delay, cost = np.array([row[1:] for row in rows if len(row) == 4]).T
    found = interdiction.shortest_path_interdiction(
        (incidence == -1).argmax(axis=1),
        (incidence == 1).argmax(axis=1),
        length,
        delay=delay,
        site_cost=cost,
        budget=2,
        origin=0,
        destination=4,
    )
    assert (found.value, found.bound, found.status) == (16, 16, "optimal")


def test_published_costs_of_flows(published):
    tail, head, arcs, node = gallery(published, "min_cost_flow")
    demand = pd.read_csv(published / "min_cost_flow__sample_nodes_data.csv").set_index("Node")
    supply = -demand["SupplyDemand"].reindex(list(node)).to_numpy()
    for attacks, cost in [(0, 700), (1, 7300), (2, 21000)]:
        found = interdiction.min_cost_flow_interdiction(
            tail, head, arcs["Capacity"], arcs["Cost"], supply, budget=attacks, unmet_cost=700
        )
        assert found.value == pytest.approx(cost) == found.bound
        assert (found.status, len(found.sites)) == ("optimal", attacks)
        assert found.before == pytest.approx(700)


def test_published_flows(published):
    tail, head, arcs, node = gallery(published, "max_flow")
    found = interdiction.max_flow_interdiction(
        tail, head, arcs["Capacity"], source=node["Start"], sink=node["End"], budgets=[0, 1, 2]
    )
    assert found["flow"].tolist() == [80, 10, 0]
    assert found["bound"].tolist() == [80, 10, 0]
    assert set(found["status"]) == {"optimal"}


def random_graph(seed, nodes=7, arcs=14):
    random = np.random.default_rng(seed)
    tail, head = random.integers(nodes, size=(2, arcs))
    return tail, head, random.integers(1, 10, size=arcs).astype(float)


def placements(sites, teams):
    return itertools.chain.from_iterable(
        itertools.combinations(range(sites), k) for k in range(teams + 1)
    )


def distance(tail, head, values, gone, a, b):
    """Bellman and Ford: as many rounds over all arcs as there are nodes."""
    far = np.full(7, np.inf)
    far[a] = 0
    for _ in far:
        for i, value in enumerate(values):
            if i not in gone:
                far[head[i]] = min(far[head[i]], far[tail[i]] + value)
    return far[b]


def least_cut(tail, head, values, gone):
    """By trying every set of nodes with 0 and without 1."""
    kept = [i for i in range(len(values)) if i not in gone]
    sides = [np.array([True, False, *rest]) for rest in itertools.product([True, False], repeat=5)]
    return min(
        sum(values[i] for i in kept if side[tail[i]] and not side[head[i]]) for side in sides
    )


@pytest.mark.parametrize("seed", range(12))
def test_routes_and_flows_are_those_of_trying_everything(seed):
    tail, head, values = random_graph(seed)
    lengths, flows = [], []
    for gone in placements(14, 2):
        lengths.append(distance(tail, head, values, gone, 0, 1))
        flows.append(least_cut(tail, head, values, gone))
    routes = interdiction.shortest_path_interdiction(
        tail, head, values, origin=0, destination=1, budget=2, nodes=7
    )
    assert routes.pairs["after"].fillna(np.inf).tolist() == [max(lengths)]
    flow = interdiction.max_flow_interdiction(
        tail, head, values, source=0, sink=1, budgets=2, nodes=7
    )
    assert flow["flow"].tolist() == [min(flows)]
    cut = interdiction.minimum_cut(tail, head, values, source=0, sink=1, nodes=7)
    assert cut.value == flows[0] == values[cut.arcs].sum()
    assert cut.source_side[tail[cut.arcs]].all()


@pytest.mark.parametrize("seed", range(12))
def test_evaders_are_those_of_trying_everything(seed):
    tail, head, values = random_graph(seed)
    random = np.random.default_rng(100 + seed)
    origin, destination = random.integers(7, size=(2, 6))
    journeys = random.integers(1, 9, size=6).astype(float)
    crowd = interdiction.evaders(
        tail, head, values, origin=origin, destination=destination, journeys=journeys, nodes=7
    )

    def captured(gone):
        pairs = list(zip(origin, destination, strict=True))
        free = [distance(tail, head, values, (), a, b) for a, b in pairs]
        seen = [distance(tail, head, values, gone, a, b) for a, b in pairs]
        return [bool(f < np.inf and s > 1.25 * f) for f, s in zip(free, seen, strict=True)]

    best = 0.0
    for gone in placements(14, 2):
        expected = captured(gone)
        best = max(best, journeys[expected].sum())
    assert crowd.captured(gone)["captured"].tolist() == expected
    found = interdiction.evasive_capture(crowd, budget=2)
    assert (found.captured, found.bound, found.status) == (best, best, "optimal")
    assert captured(found.sites) == found.pairs["captured"].tolist()
    assert found.cost == len(found.sites) <= 2


def test_sites_of_several_arcs_and_their_state():
    road = {"tail": [0, 1, 0, 2], "head": [1, 3, 2, 3]}
    ends = {"origin": 0, "destination": 3}
    sites = {"sites": [0, -1, 0, 1], "site_cost": [3.0, 1.0]}
    length = [1.0, 1.0, 2.0, 3.0]
    both = interdiction.shortest_path_interdiction(**road, length=length, **ends, **sites, budget=3)
    assert both.sites.tolist() == [0]
    assert both.cost == 3
    assert both.pairs["disconnected"].all()
    kept = interdiction.shortest_path_interdiction(
        **road, length=length, **ends, **sites, budget=4, forbidden=[0], required=[1]
    )
    assert kept.sites.tolist() == [1]
    assert kept.value == 2


def test_a_search_that_is_cut_short_says_so():
    tail, head, values = random_graph(3, nodes=7, arcs=40)
    found = interdiction.shortest_path_interdiction(
        tail, head, values, origin=0, destination=1, budget=5, node_limit=0, nodes=7
    )
    assert found.status == "limit"
    assert found.value < found.bound


@pytest.mark.parametrize(
    "wrong",
    [
        {"budget": -1},
        {"length": [1.0]},
        {"length": [-1.0, 1.0]},
        {"origin": 5},
        {"destination": -1},
        {"delay": [1.0]},
        {"sites": [0, -2]},
        {"required": [2]},
        {"required": [0, 1], "budget": 1},
        {"tail": [0.5, 1.0]},
        {"abandon_at": np.inf},
    ],
)
def test_what_makes_no_sense_is_refused(wrong):
    options = {"tail": [0, 1], "head": [1, 2], "length": [1.0, 1.0], "origin": 0, "destination": 2}
    with pytest.raises(waywarden.OptionError):
        interdiction.shortest_path_interdiction(**(options | {"nodes": 3} | wrong))
