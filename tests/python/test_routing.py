"""Routes on a prepared network, against scipy's shortest paths on the same edges."""

import geopandas
import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from shapely.geometry import LineString

import waywarden


@pytest.fixture(scope="module")
def index(border_network):
    return border_network.prepare()


@pytest.fixture(scope="module")
def costs(border_network):
    return waywarden.risk.costs(border_network)


def expected(network, per_edge):
    """Return the cost between all nodes, by scipy; an edge of cost 0 is none to a sparse matrix."""
    edges = network.edges.assign(cost=np.maximum(per_edge, 1e-9))
    cheapest = edges.groupby(["tail", "head"])["cost"].min().reset_index()
    cheapest = cheapest[np.isfinite(cheapest["cost"])]
    n = len(network.nodes)
    arcs = (cheapest["cost"], (cheapest["tail"], cheapest["head"]))
    return dijkstra(csr_matrix(arcs, shape=(n, n)))


def everything(network):
    return np.arange(len(network.nodes))


def test_saved_index_answers_the_same(border_network, index, costs, tmp_path):
    nodes = everything(border_network)
    index.save(tmp_path / "border.index")
    loaded = border_network.prepare(saved=tmp_path / "border.index")
    assert loaded.digest == index.digest
    (tmp_path / "border.index").unlink()
    np.testing.assert_array_equal(
        loaded.matrix(costs, nodes, nodes), index.matrix(costs, nodes, nodes)
    )


def test_index_of_another_network_is_refused(border_network, index, tmp_path):
    road = LineString([(83.0, 27.0), (84.0, 27.0)])
    other = waywarden.network.build(
        waywarden.network.links(geopandas.GeoDataFrame(geometry=[road], crs=4326))
    )
    index.save(tmp_path / "border.index")
    with pytest.raises(waywarden.InputError, match=r"border\.index.*index of another network"):
        other.prepare(saved=tmp_path / "border.index")
    with pytest.raises(waywarden.FileError, match=r"none\.index.*not there"):
        other.prepare(saved=tmp_path / "none.index")
    with pytest.raises(waywarden.FileError, match="not there"):
        other.prepare(saved="")
    (tmp_path / "border.index").write_bytes(b"WAYROUTE" + bytes(200))
    with pytest.raises(waywarden.FileError, match=r"border\.index"):
        other.prepare(saved=tmp_path / "border.index")
    with pytest.raises(waywarden.FileError, match="cannot be written"):
        index.save(tmp_path / "none" / "border.index")
    assert [path.name for path in tmp_path.iterdir()] == ["border.index"]


def random_graph(seed, nodes=300, arcs=900):
    """Return tail, head and costs, with parallel arcs, loops, ties, closed and free arcs."""
    random = np.random.default_rng(seed)
    tail, head = random.integers(0, nodes, size=(2, arcs))
    cost = random.integers(0, 9, size=arcs).astype(float)
    cost[random.random(arcs) < 0.1] = np.inf
    return tail, head, cost


def brute_force(tail, head, cost, nodes):
    """Return the cost between all nodes, by Bellman and Ford."""
    table = np.full((nodes, nodes), np.inf)
    np.fill_diagonal(table, 0.0)
    while True:
        before = table.copy()
        np.minimum.at(table.T, head, (before[:, tail] + cost).T)
        if np.array_equal(table, before):
            return table


@pytest.mark.parametrize("seed", range(8))
def test_graphs_of_arcs_are_answered_exactly(seed, tmp_path):
    tail, head, cost = random_graph(seed)
    nodes = np.arange(300)
    positions = np.random.default_rng(seed).normal(size=(300, 2)) if seed % 2 else None
    index = waywarden.routing.prepare(tail, head, nodes=300, positions=positions)
    table = brute_force(tail, head, cost, 300)
    np.testing.assert_array_equal(index.matrix(cost, nodes, nodes), table)
    np.testing.assert_array_equal(index.one_to_all(cost, nodes), table)
    np.testing.assert_array_equal(index.one_to_all(cost, nodes, direction="to"), table.T)
    found = index.routes(cost, nodes, nodes[::-1])
    np.testing.assert_array_equal(found["cost"], table[nodes, nodes[::-1]])
    for _, route in found[np.isfinite(found["cost"])].iterrows():
        edges = route["edges"]
        assert cost[edges].sum() == route["cost"]
        stops = [route["origin"], *head[edges]]
        assert stops[-1] == route["destination"] and stops[:-1] == tail[edges].tolist()
    index.save(tmp_path / "graph.index")
    loaded = waywarden.routing.prepare(tail, head, nodes=300, saved=tmp_path / "graph.index")
    np.testing.assert_array_equal(loaded.matrix(cost, nodes, nodes), table)
    with pytest.raises(waywarden.InputError, match="another network"):
        waywarden.routing.prepare(head, tail, nodes=300, saved=tmp_path / "graph.index")


def test_long_answers_tell_how_far_they_are_and_stop_when_asked():
    side = 150
    at = np.arange(side * side).reshape(side, side)
    joints = [(at[:, :-1], at[:, 1:]), (at[:-1], at[1:])]
    ends = np.concatenate([np.stack([a.ravel(), b.ravel()], axis=1) for a, b in joints])
    tail, head = np.concatenate([ends, ends[:, ::-1]]).T
    seen = []
    index = waywarden.routing.prepare(tail, head, progress=lambda *now: seen.append(now[0]))
    assert "contraction order" in seen
    costs = [np.random.default_rng(seed).uniform(1, 9, len(tail)) for seed in range(40)]
    nodes = np.arange(0, side * side, 40)
    asked = {
        "cost matrix": lambda progress: index.matrix(costs, nodes, nodes, progress=progress),
        "costs to all nodes": lambda progress: index.one_to_all(
            costs, nodes[:64], progress=progress
        ),
        "routes": lambda progress: index.routes(costs, nodes, nodes[::-1], progress=progress),
        "alternative routes": lambda progress: index.alternatives(
            costs, nodes[:99], nodes[-99:], progress=progress
        ),
        "corridors": lambda progress: index.corridor(costs, nodes, nodes, progress=progress),
        "isochrones": lambda progress: index.isochrones(costs, nodes, [40.0], progress=progress),
    }
    for step, ask in asked.items():

        def stop_there(now, *_, wanted=step):
            if now == wanted:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            ask(stop_there)


def test_arcs_that_are_no_graph_are_refused():
    prepare = waywarden.routing.prepare
    assert prepare([], []).engine.node_count == 0
    for wrong in (([0, 1], [1]), ([0, -1], [1, 1])):
        with pytest.raises(waywarden.OptionError):
            prepare(*wrong)
    with pytest.raises(waywarden.OptionError, match="node"):
        prepare([0, 1], [1, 2], nodes=2)
    with pytest.raises(waywarden.OptionError, match="finite"):
        prepare([0], [1], positions=[[0, 0], [0, np.nan]])
    for wrong in ([[0, 0]], [0, 1]):
        with pytest.raises(ValueError, match="positions"):
            prepare([0], [1], positions=wrong)
    with pytest.raises(waywarden.InputError, match="no place"):
        prepare([0], [1]).matrix(np.ones(1), ["west"], [0])


def test_matrix_is_scipys(border_network, index, costs):
    nodes = everything(border_network)
    found = index.matrix(costs, nodes, nodes)
    np.testing.assert_allclose(found, expected(border_network, costs.generalised), atol=1e-4)


def test_scenarios_are_the_first_axis(border_network, index, costs):
    closed = border_network.crossings.index[:1].tolist()
    shut = waywarden.risk.costs(
        border_network, scenario=waywarden.risk.scenario(closed_crossings=closed)
    )
    nodes = everything(border_network)
    found = index.matrix([costs, shut], nodes, nodes)
    assert found.shape == (2, len(nodes), len(nodes))
    for table, scenario in zip(found, (costs, shut)):
        np.testing.assert_allclose(table, expected(border_network, scenario.generalised), atol=1e-4)
    assert (found[1] >= found[0]).all() and (found[1] > found[0]).any()


def test_one_to_all_both_ways_is_the_matrix(border_network, index, costs):
    nodes = everything(border_network)
    table = index.matrix(costs, nodes, nodes)
    np.testing.assert_array_equal(index.one_to_all(costs, nodes), table)
    np.testing.assert_array_equal(index.one_to_all(costs, nodes, direction="to"), table.T)
    stacked = np.stack([costs.generalised, 2 * costs.generalised])
    assert index.one_to_all(stacked, nodes[:2]).shape == (2, 2, len(nodes))


def test_nearest_are_the_least_of_each_row(border_network, index, costs):
    nodes = everything(border_network)
    targets = nodes[::3]
    table = index.matrix([costs, costs], nodes, targets)
    found = index.nearest([costs, costs], nodes, targets, count=2)
    for (scenario, source), rows in found.groupby(["scenario", "source"]):
        expected_costs = np.sort(table[scenario, source])[:2]
        assert rows["cost"].tolist() == expected_costs[np.isfinite(expected_costs)].tolist()
        at = [targets.tolist().index(target) for target in rows["target"]]
        assert table[scenario, source, at].tolist() == rows["cost"].tolist()
    one = index.nearest(costs, ["west"], ["east", "west"])
    assert one["target"].tolist() == ["west"] and one["cost"].tolist() == [0.0]


def test_routes_add_up_and_lie_on_the_ground(border_network, index, costs):
    places = border_network.places
    found = index.routes(costs, ["west", "east"], ["east", "west"])
    table = index.matrix(costs, ["west", "east"], ["west", "east"])
    assert found["cost"].tolist() == [table[0, 1], table[1, 0]]
    edges = border_network.edges
    for _, route in found.iterrows():
        taken = edges.loc[route["edges"]]
        assert (taken["head"].to_numpy()[:-1] == taken["tail"].to_numpy()[1:]).all()
        assert taken["tail"].iloc[0] == places.loc[route["origin"], "node"]
        assert taken["head"].iloc[-1] == places.loc[route["destination"], "node"]
        summed = costs.generalised[route["edges"]].sum()
        assert route["cost"] == pytest.approx(summed, abs=len(taken) * index.unit(costs))
        assert route.geometry.length == pytest.approx(sum(line.length for line in taken.geometry))


def test_pairs_without_a_route_are_infinite_and_have_no_line(index, border_network):
    shut = np.full(len(border_network.edges), np.inf)
    found = index.routes(shut, ["west"], ["east"])
    assert np.isinf(found["cost"]).all()
    assert found["edges"].iloc[0].size == 0 and found.geometry.isna().all()


def test_a_callers_array_is_filled(tmp_path, border_network, index, costs):
    nodes = everything(border_network)
    table = index.matrix(costs, nodes, nodes)
    kept = np.lib.format.open_memmap(
        tmp_path / "matrix.npy", mode="w+", dtype=np.float64, shape=table.shape
    )
    assert index.matrix(costs, nodes, nodes, out=kept) is kept
    kept.flush()
    np.testing.assert_array_equal(np.load(tmp_path / "matrix.npy"), table)


def test_wrong_arrays_for_the_answer_are_refused(border_network, index, costs):
    nodes = everything(border_network)
    n = len(nodes)
    with pytest.raises(ValueError, match="shape"):
        index.matrix(costs, nodes, nodes, out=np.empty((n, n + 1)))
    for wrong in (np.empty((n, n), dtype=np.float32), np.empty((n, n)).T):
        with pytest.raises(TypeError, match="float64"):
            index.matrix(costs, nodes, nodes, out=wrong)


def test_what_does_not_fit_is_refused(border_network, index, costs):
    with pytest.raises(waywarden.InputError, match="nowhere"):
        index.matrix(costs, ["nowhere"], ["west"])
    with pytest.raises(waywarden.OptionError, match="no node"):
        index.matrix(costs, [len(border_network.nodes)], [0])
    with pytest.raises(waywarden.OptionError, match="edges"):
        index.matrix(np.ones(3), [0], [0])
    with pytest.raises(waywarden.OptionError):
        index.matrix(np.full(len(border_network.edges), np.nan), [0], [0])
    with pytest.raises(TypeError, match="str"):
        index.matrix("cheap", [0], [0])
    with pytest.raises(waywarden.OptionError, match="direction"):
        index.one_to_all(costs, [0], direction="up")


def test_digest_tells_networks_apart(border_network, index):
    assert len(index.digest) == 64
    assert border_network.prepare().digest == index.digest
    assert str(len(border_network.nodes)) in repr(index)


def test_alternatives_keep_their_bounds(border_network, index, costs):
    cheapest = index.routes(costs, ["west"], ["east"])["cost"].iloc[0]
    for method in ("via", "penalty"):
        found = index.alternatives(costs, "west", "east", method=method, excess=0.5, sharing=0.9)
        assert len(found) >= 2
        assert found["cost"].iloc[0] == cheapest and found["sharing"].iloc[0] == 0
        assert (found["cost"] <= 1.5 * cheapest).all() and (found["sharing"] <= 0.9).all()
        assert found["stretch"].tolist() == pytest.approx((found["cost"] / cheapest).tolist())
        assert ((found["path_size"] > 0) & (found["path_size"] <= 1)).all()
        assert len({tuple(edges) for edges in found["edges"]}) == len(found)
    with pytest.raises(waywarden.OptionError, match="method"):
        index.alternatives(costs, "west", "east", method="guess")


def test_corridor_holds_the_routes_within_the_bound(border_network, index, costs):
    table = index.corridor(costs, ["west"], ["east"], excess=0.5)
    assert (table["stretch"] <= 1.5 + 1e-9).all() and (table["pairs"] == 1).all()
    found = index.alternatives(costs, "west", "east", method="penalty", excess=0.5)
    for edges in found["edges"]:
        assert set(edges) <= set(table.index)
    both = index.corridor(costs, ["west", "east"], ["west", "east"], excess=0.0)
    there = index.routes(costs, ["west", "east"], ["east", "west"])
    for edges in there["edges"]:
        assert set(edges) <= set(both.index)


def test_isochrones_are_what_one_to_all_reaches(border_network, index, costs):
    reach = index.one_to_all(costs, ["west"])[0]
    edges = border_network.edges
    limits = [0.0, float(np.median(reach[np.isfinite(reach)]))]
    found = index.isochrones(costs, ["west"], limits)
    for limit, rows in found.groupby("limit"):
        left = limit - reach[edges.loc[rows["edge"], "tail"]]
        share = np.minimum(1, left / costs.generalised[rows["edge"]])
        np.testing.assert_allclose(rows["share"], share, atol=1e-4)
    assert (found["source"] == "west").all() and found["share"].between(0, 1).all()


def test_pareto_front_trades_one_cost_for_another(border_network, index, costs):
    metres = border_network.edges["length_m"].to_numpy()
    front = index.pareto(costs.time_s, metres, "west", "east")
    assert front.attrs["waywarden"]["complete"]
    assert front["first_cost"].is_monotonic_increasing
    assert front["second_cost"].is_monotonic_decreasing
    assert front["first_cost"].iloc[0] == index.matrix(costs.time_s, ["west"], ["east"])[0, 0]
    for _, route in front.iterrows():
        assert route["second_cost"] == pytest.approx(metres[route["edges"]].sum(), rel=1e-4)


def what_ifs(costs, scenarios=3):
    random = np.random.default_rng(1)
    base = costs.generalised
    return [base] + [base * random.uniform(1, 3, len(base)) for _ in range(scenarios - 1)]


def of_scenario(table, scenario):
    rows = table[table["scenario"] == scenario].drop(columns="scenario")
    return pd.DataFrame(rows).reset_index(drop=rows.index.name != "edge")


def test_sets_of_routes_are_those_of_each_scenario(index, costs):
    scenarios = what_ifs(costs)
    ends = (["west", "east", "west"], ["east", "west", "west"])
    alternatives = index.alternatives(scenarios, *ends, excess=0.5)
    corridors = index.corridor(scenarios, ["west", "east"], ["east", "west"], excess=0.5)
    areas = index.isochrones(scenarios, ["east", "west"], [100.0, 1e4])
    assert set(alternatives["scenario"]) == {0, 1, 2}
    assert alternatives["origin"].isin(["west", "east"]).all()
    for scenario, alone in enumerate(scenarios):
        # The unit is shared, so that sums may differ in the last digits.
        close = {"rtol": 1e-5}
        pd.testing.assert_frame_equal(
            of_scenario(corridors, scenario),
            of_scenario(index.corridor(alone, ["west", "east"], ["east", "west"], excess=0.5), 0),
            **close,
        )
        pd.testing.assert_frame_equal(
            of_scenario(areas, scenario),
            of_scenario(index.isochrones(alone, ["east", "west"], [100.0, 1e4]), 0),
            **close,
        )
        pd.testing.assert_frame_equal(
            of_scenario(alternatives, scenario).drop(columns=["geometry", "edges"]),
            of_scenario(index.alternatives(alone, *ends, excess=0.5), 0).drop(
                columns=["geometry", "edges"]
            ),
            **close,
        )


def test_one_place_may_stand_alone(index, costs):
    assert index.matrix(costs, "west", "east").shape == (1, 1)
    assert index.routes(costs, "west", "east")["origin"].tolist() == ["west"]
    assert index.isochrones(costs, 0, 1e4)["source"].unique().tolist() == [0]
    assert index.one_to_all(costs, "west").shape[0] == 1
    assert index.nearest(costs, "west", ["east"])["target"].tolist() == ["east"]
    assert len(index.corridor(costs, "west", "east"))
    with pytest.raises(waywarden.OptionError, match="number"):
        index.alternatives(costs, ["west", "east"], "east")


def test_no_questions_have_no_answers(index, costs):
    assert index.matrix(costs, [], ["west"]).shape == (0, 1)
    assert len(index.routes(costs, [], [])) == 0
    assert len(index.alternatives(costs, [], [])) == 0
    assert len(index.corridor(costs, [], ["west"])) == 0
    assert len(index.isochrones(costs, [], [1.0])) == 0
    assert len(index.nearest(costs, [], ["west"])) == 0
    assert index.one_to_all(costs, []).shape[0] == 0


def test_no_scenario_of_a_nested_list_is_dropped(index, costs):
    stacked = np.stack([costs.generalised, costs.generalised])
    with pytest.raises(ValueError, match="not of 2"):
        index.matrix([costs, stacked], ["west"], ["east"])
