"""Mixed patrols, against the whole game written out and solved by HiGHS."""

import itertools

import numpy as np
import pandas as pd
import pytest

import waywarden
from waywarden import flow, interdiction, risk

linprog = pytest.importorskip("scipy.optimize").linprog


def made_world(seed, sites=6, nodes=5, arcs=11):
    rng = np.random.default_rng(seed)
    names = [f"s{i}" for i in range(sites)]
    frame = pd.DataFrame(
        {
            "tail": rng.integers(0, nodes, arcs),
            "head": rng.integers(0, nodes, arcs),
            "site": [names[i] if i < sites else None for i in rng.integers(0, sites + 1, arcs)],
        }
    )
    known = pd.DataFrame(
        {"detection": rng.uniform(0.05, 1, sites), "room": rng.integers(1, 3, sites)}, index=names
    )
    ends = rng.integers(0, nodes, (2, 3))
    pairs = pd.DataFrame(
        {"origin": ends[0], "destination": ends[1], "journeys": rng.uniform(1, 5, 3)}
    )
    times = pd.DataFrame(rng.uniform(0, 1, (sites, sites)), index=names, columns=names)
    return frame, known, pairs, times


def simple_routes(arcs, origin, destination):
    """Site sets of all simple paths."""
    found = set()

    def walk(at, visited, passed):
        if at == destination:
            found.add(frozenset(passed))
            return
        for arc in arcs[arcs["tail"] == at].itertuples():
            if arc.head not in visited:
                walk(arc.head, visited | {arc.head}, passed | ({arc.site} - {None, np.nan}))

    walk(origin, {origin}, set())
    return found


def all_schedules(sites, teams, shifts, times, longest):
    names = list(sites.index)
    ways = [
        way
        for way in itertools.product(names, repeat=shifts)
        if all(times.loc[a, b] <= longest for a, b in itertools.pairwise(way))
    ]
    for team_ways in itertools.combinations_with_replacement(ways, teams):
        stands = list(zip(*team_ways))
        if all(stand.count(x) <= sites["room"][x] for stand in stands for x in stand):
            yield stands


def detection(route, stand, sites):
    return 1 - np.prod([1 - sites["detection"][x] for x in stand if x in route])


def value(arcs, sites, pairs, teams, shifts, choice, times, longest):
    """The share detected in equilibrium, None where no schedule or no route is to be had."""
    schedules = list(all_schedules(sites, teams, shifts, times, longest))
    types = []
    for pair in pairs.itertuples():
        routes = simple_routes(arcs, pair.origin, pair.destination)
        if routes and choice == "chosen":
            types.append((pair.journeys, [(t, r) for t in range(shifts) for r in routes]))
        elif routes:
            types += [(pair.journeys / shifts, [(t, r) for r in routes]) for t in range(shifts)]
    if not schedules or not types:
        return None
    weights = np.array([weight for weight, _ in types])
    rows = [
        np.r_[
            [-detection(route, schedule[t], sites) for schedule in schedules],
            np.eye(len(types))[i],
        ]
        for i, (_, actions) in enumerate(types)
        for t, route in actions
    ]
    solved = linprog(
        np.r_[np.zeros(len(schedules)), -weights / weights.sum()],
        A_ub=np.array(rows),
        b_ub=np.zeros(len(rows)),
        A_eq=[[1.0] * len(schedules) + [0.0] * len(types)],
        b_eq=[1.0],
    )
    return -solved.fun


@pytest.mark.parametrize("choice", ["given", "chosen"])
@pytest.mark.parametrize("teams, shifts", [(1, 1), (2, 1), (3, 1), (1, 2), (2, 2)])
def test_value_is_that_of_the_whole_game(teams, shifts, choice):
    compared = 0
    for seed in range(8):
        arcs, sites, pairs, times = made_world(seed, sites=4 if teams * shifts == 4 else 6)
        exact = value(arcs, sites, pairs, teams, shifts, choice, times, 0.6)
        if exact is None:
            continue
        patrol = interdiction.mixed_patrol(
            arcs,
            sites,
            pairs,
            teams=teams,
            shifts=shifts,
            shift_choice=choice,
            travel_time=times,
            longest_move=0.6,
        )
        assert patrol.status == "optimal"
        assert patrol.exploitability <= 1e-4
        assert patrol.lower - 1e-7 <= exact <= patrol.upper + 1e-7
        compared += 1
    assert compared >= 3


def test_order_of_rows_changes_nothing():
    arcs, sites, pairs, _ = made_world(3)
    first = interdiction.mixed_patrol(arcs, sites, pairs, teams=2)
    again = interdiction.mixed_patrol(arcs[::-1], sites[::-1], pairs[::-1], teams=2)
    assert first.lower == again.lower
    assert first.coverage.equals(again.coverage)
    assert first.pairs.equals(again.pairs)


def test_rosters_follow_the_coverage():
    arcs, sites, pairs, _ = made_world(3)
    patrol = interdiction.mixed_patrol(arcs, sites, pairs, teams=2, shifts=[0.3, 0.7])
    assert patrol.coverage["teams"].sum() == pytest.approx(4)
    roster = patrol.roster(seed=5, days=5000)
    assert len(roster) == 5000 * 2 * 2
    seen = roster.groupby(["shift", "site"]).size().reindex(patrol.coverage.index, fill_value=0)
    assert (seen / 5000).to_numpy() == pytest.approx(patrol.coverage["teams"].to_numpy(), abs=0.05)
    stands = roster.groupby(["day", "shift"])["site"].value_counts()
    assert (stands <= sites["room"].reindex(stands.index.get_level_values("site")).values).all()
    assert patrol.schedules.groupby("schedule")["probability"].first().sum() == pytest.approx(1)
    assert not patrol.routes.attrs["waywarden"]["released"]


def test_patrols_on_a_network(border_network):
    costs = risk.costs(border_network)
    demand = flow.gravity(border_network, costs, total=100)
    sites = interdiction.sites(border_network, detection={"P1": 0.6})
    flows = flow.load(border_network, costs, demand, sites, draws=8, spread=1.02)
    arcs, known, pairs = interdiction.evader_frames(flows)
    patrol = interdiction.mixed_patrol(arcs, known, pairs)
    assert patrol.status == "optimal"
    # Every journey may use any of the crossings, so one team mixes over all of them.
    assert patrol.lower == pytest.approx(1 / (1 / 0.6 + 2 / 0.3), abs=1e-4)
    assert patrol.pairs["routed"].all()
    forbidden = interdiction.sites(border_network, forbidden=["P1"])
    flows = flow.load(border_network, costs, demand, forbidden, draws=8, spread=1.02)
    patrol = interdiction.mixed_patrol(*interdiction.evader_frames(flows))
    assert patrol.coverage["teams"][0, "P1"] == 0
    assert patrol.lower == 0


def test_bad_input_is_named():
    arcs, sites, pairs, times = made_world(1)
    with pytest.raises(waywarden.InputError, match="nowhere"):
        interdiction.mixed_patrol(arcs.assign(site="nowhere"), sites, pairs)
    with pytest.raises(waywarden.InputError, match="travel"):
        interdiction.mixed_patrol(arcs, sites, pairs, travel_time=times.iloc[1:])
    with pytest.raises(waywarden.InputError, match="node"):
        interdiction.mixed_patrol(arcs, sites, pairs.assign(origin=None))
    with pytest.raises(waywarden.OptionError, match="shift choice"):
        interdiction.mixed_patrol(arcs, sites, pairs, shift_choice="both")
    with pytest.raises(waywarden.OptionError, match="no schedule"):
        interdiction.mixed_patrol(arcs, sites, pairs, teams=99)
    bare = flow_without_sites()
    with pytest.raises(waywarden.OptionError, match="sites"):
        interdiction.evader_frames(bare)


def flow_without_sites():
    flows = object.__new__(flow.Flows)
    flows.sites = None
    return flows
