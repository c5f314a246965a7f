"""Teams against evaders who know them, seen from Python; HiGHS as judge where it is installed."""

import itertools
import sys

import numpy as np
import pandas as pd
import pytest

from waywarden import _engine, interdiction
from waywarden._exact import solve
from waywarden._worst_case import Contest
from waywarden.errors import InputError, OptionError


def random_contest(seed):
    random = np.random.default_rng(seed)
    arcs, sites = 24, 6
    nodes = np.array(list("ABCDEFG"))
    r = random.uniform(0.3, 1.0, arcs)
    names = np.array([f"S{i}" for i in range(sites)], dtype=object)
    site = names[random.integers(0, sites, arcs)]
    site[random.random(arcs) < 0.3] = None
    return {
        "tail": nodes[random.integers(0, 7, arcs)],
        "head": nodes[random.integers(0, 7, arcs)],
        "evasion": r,
        "watched_evasion": r * random.uniform(0, 1),
        "site": site,
        "origin": nodes[random.integers(0, 7, 5)],
        "destination": nodes[random.integers(0, 7, 5)],
        "weight": random.uniform(0, 1, 5),
        "budget": 2,
    }


def evasion_by_walking(contest, placed):
    """Relax all arcs as often as there are nodes."""
    watched = np.isin(contest["site"].astype(str), list(placed))
    factor = np.where(watched, contest["watched_evasion"], contest["evasion"])
    found = []
    for origin, destination in zip(contest["origin"], contest["destination"]):
        best = {origin: 1.0}
        for _ in range(7):
            for tail, head, share in zip(contest["tail"], contest["head"], factor):
                best[head] = max(best.get(head, 0.0), best.get(tail, 0.0) * share)
        found.append(best.get(destination, 0.0))
    return np.array(found)


@pytest.mark.parametrize("seed", range(20))
def test_no_two_sites_are_better(seed):
    contest = random_contest(seed)
    answer = interdiction.worst_case(**contest, gap=0)
    sites = [site for site in pd.unique(contest["site"]) if site is not None]
    values = [
        contest["weight"] @ evasion_by_walking(contest, pair)
        for pair in itertools.combinations(sites, 2)
    ]
    assert answer.value == pytest.approx(min(values))
    assert answer.bound <= min(values) * (1 + 1e-12)
    assert answer.gap <= 1e-6
    walked = evasion_by_walking(contest, answer.sites)
    assert answer.evasion["evasion"].to_numpy() == pytest.approx(walked)
    assert answer.evasion["origin"].tolist() == contest["origin"].tolist()


@pytest.mark.parametrize("seed", range(20))
def test_highs_agrees_on_the_program_of_potentials(seed):
    pytest.importorskip("highspy")
    contest = Contest(**random_contest(seed))
    answer = interdiction.worst_case(**random_contest(seed), gap=0)
    exact = solve(_engine.worst_case_program(contest.engine), gap=0)
    assert exact.value == pytest.approx(answer.value, abs=1e-6)
    bound = solve(_engine.worst_case_program(contest.engine, form="levels"), gap=0)
    assert bound.value <= answer.value + 1e-6


def test_without_highs_the_error_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "highspy", None)
    contest = Contest(**random_contest(1))
    with pytest.raises(ImportError, match=r"pip install waywarden\[exact\]"):
        solve(_engine.worst_case_program(contest.engine))


def test_each_watchable_arc_is_a_site_by_default():
    answer = interdiction.worst_case(
        [1, 1, 2],
        [2, 3, 3],
        [0.9, 0.5, 0.9],
        watched_evasion=[np.nan, 0.1, 0.3],
        origin=[1],
        destination=[3],
        budget=2,
    )
    assert answer.sites == [1, 2]
    assert answer.value == pytest.approx(0.27)
    assert answer.cost == 2
    assert answer.status == "optimal"


def test_costs_and_states_by_label():
    contest = random_contest(3)
    sites = [site for site in pd.unique(contest["site"]) if site is not None]
    cost = {site: 1.0 + i for i, site in enumerate(sites)}
    contest["budget"] = 4
    answer = interdiction.worst_case(
        **contest, cost=cost, required=[sites[1]], forbidden=[sites[0]]
    )
    assert sites[1] in answer.sites
    assert sites[0] not in answer.sites
    assert answer.cost == sum(cost[site] for site in answer.sites) <= 4


def test_limits_leave_a_bound():
    contest = random_contest(4)
    best = interdiction.worst_case(**contest, gap=0).value
    for limits in ({"node_limit": 0}, {"time_limit": 0.0}):
        answer = interdiction.worst_case(**contest, gap=0, **limits)
        assert answer.bound <= best * (1 + 1e-12) <= answer.value * (1 + 1e-9)


def test_what_is_wrong_is_named():
    contest = random_contest(5)
    with pytest.raises(OptionError, match="'nowhere' is no site"):
        interdiction.worst_case(**contest, required=["nowhere"])
    with pytest.raises(OptionError, match="both required and forbidden"):
        interdiction.worst_case(**contest, required=["S1"], forbidden=["S1"])
    with pytest.raises(OptionError, match="no cost for site"):
        interdiction.worst_case(**contest, cost={})
    with pytest.raises(OptionError, match="gap"):
        interdiction.worst_case(**contest, gap=2)
    with pytest.raises(InputError, match="arc 0: evasion is not"):
        interdiction.worst_case(**{**contest, "evasion": contest["evasion"] + 1})
    with pytest.raises(InputError, match="different lengths"):
        interdiction.worst_case(**{**contest, "weight": [1.0]})


def test_first_instance_of_pan_and_morton(shared, repository):
    sys.path.insert(0, str(repository / "benchmarks" / "interdiction"))
    from instances import read_instance, reference

    folder = shared / "verification" / "interdiction" / "snip"
    row = reference(folder)[0]
    answer = interdiction.worst_case(**read_instance(folder, row), budget=row["budget"])
    assert answer.value == pytest.approx(row["objective"], rel=1e-4)
    assert answer.bound <= row["objective"] + 1e-6
    assert answer.gap <= 1e-4
    assert len(answer.sites) <= row["budget"]
