"""Integer programs of attacks: HiGHS finds what the engine's own methods find."""

import numpy as np
import pytest

import waywarden
from waywarden import interdiction
from waywarden._exact import solve

SEEDS = range(25)


def random_graph(seed):
    """Eight nodes, thirty arcs, twelve sites of one to three arcs, and some that are none."""
    random = np.random.default_rng(seed)
    ends = random.integers(0, 8, (2, 30))
    sites = random.integers(-1, 12, 30)
    cost = random.integers(1, 4, 12).astype(float)
    return random, {"tail": ends[0], "head": ends[1]}, {"sites": sites, "site_cost": cost}


@pytest.mark.parametrize("seed", SEEDS)
def test_highs_agrees_on_shortest_paths(seed):
    pytest.importorskip("highspy")
    random, arcs, sites = random_graph(seed)
    pairs = {"origin": [0, 0, 3], "destination": [5, 7, 6], "weight": [1.0, 2.0, 0.5]}
    delay = np.where(random.random(30) < 0.3, np.inf, random.integers(1, 9, 30))
    problem = {**arcs, **sites, **pairs, "length": random.integers(1, 9, 30), "delay": delay}
    for abandon_at in (None, 12.0):
        options = {"budget": 5.0, "nodes": 8, "required": [2], "abandon_at": abandon_at}
        ours = interdiction.shortest_path_interdiction(**problem, **options)
        exact = solve(interdiction.shortest_path_program(**problem, **options), gap=0)
        assert ours.status == "optimal"
        assert -exact.value == pytest.approx(ours.value, rel=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_highs_agrees_on_flows(seed):
    pytest.importorskip("highspy")
    random, arcs, sites = random_graph(seed)
    problem = {**arcs, **sites, "capacity": random.integers(0, 20, 30), "source": 0, "sink": 7}
    options = {"nodes": 8, "forbidden": [1, 4]}
    ours = interdiction.max_flow_interdiction(**problem, budgets=[2, 4], **options)
    for budget, row in ours.iterrows():
        exact = solve(interdiction.max_flow_program(**problem, budget=budget, **options), gap=0)
        assert row["status"] == "optimal"
        assert exact.value == pytest.approx(row["flow"], abs=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_highs_agrees_on_evasive_capture(seed):
    pytest.importorskip("highspy")
    random, arcs, sites = random_graph(seed)
    ends = random.integers(0, 8, (2, 12))
    crowd = interdiction.evaders(
        **arcs,
        cost=random.integers(0, 9, 30),
        origin=ends[0],
        destination=ends[1],
        journeys=random.integers(1, 9, 12),
        detour=float(random.choice([1.0, 1.25, 1.6])),
        nodes=8,
    )
    ours = interdiction.evasive_capture(crowd, budget=5, **sites)
    exact = solve(interdiction.evasive_capture_program(crowd, budget=5, **sites), gap=0)
    assert ours.status == "optimal"
    assert -exact.value == pytest.approx(ours.captured, abs=1e-4)


def test_the_first_columns_are_the_sites_and_the_first_row_the_budget():
    _, arcs, sites = random_graph(1)
    program = interdiction.max_flow_program(
        **arcs, **sites, capacity=np.ones(30), source=0, sink=7, budget=3, required=[5]
    )
    assert program["integral"].tolist() == [True] * 12 + [False] * (len(program["cost"]) - 12)
    assert program["row_high"][0] == 3
    assert program["value"][: program["first"][1]].tolist() == sites["site_cost"].tolist()
    assert (program["low"][5], program["high"][5]) == (1, 1)


def test_what_makes_no_sense_is_refused():
    _, arcs, sites = random_graph(1)
    with pytest.raises(waywarden.OptionError, match="budget"):
        interdiction.max_flow_program(
            **arcs, **sites, capacity=np.ones(30), source=0, sink=7, budget=-1
        )
    with pytest.raises(waywarden.OptionError, match="capacity"):
        interdiction.max_flow_program(**arcs, **sites, capacity=[1.0], source=0, sink=7)
    with pytest.raises(waywarden.OptionError, match="numbers, not"):
        interdiction.shortest_path_program(
            **arcs, length=np.ones(30), delay=[1.0], origin=0, destination=1
        )
