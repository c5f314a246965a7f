"""Placements judged before every kind of evader, seen from Python."""

import itertools

import pandas as pd
import pytest

import waywarden
from waywarden import flow, interdiction, risk

MODELS = ["unaware", "partly_aware", "evasive", "worst_case", "mixed_patrol"]


@pytest.fixture(scope="module")
def flows(border_network):
    costs = risk.costs(border_network)
    demand = flow.gravity(border_network, costs, total=100)
    prices = dict(zip(sorted(border_network.crossings.index), (1.0, 2.0, 3.0), strict=True))
    sites = interdiction.sites(border_network, cost=prices)
    return flow.load(border_network, costs, demand, sites, draws=16, spread=1.02, seed=1)


def facing(name, found):
    """One placement's rows by kind of evader."""
    return found.table[found.table["placement"] == name].set_index("model")


def test_every_placement_faces_every_kind(flows):
    plan = interdiction.place(flows, teams=2, aware_share=0.6)
    ids = flows.sites.table.index.tolist()
    found = interdiction.judge({"ours": plan, "first": ids[:1]}, flows, aware_share=0.6)
    table = found.table
    assert list(found.placements)[:2] == ["ours", "first"]
    assert found.placements["ours"] == plan.points["site"].tolist()
    assert found.best.index.tolist() == MODELS
    assert len(table) == len(found.placements) * len(MODELS)
    assert (table["regret"] >= 0).all()
    assert (table["caught"] <= table["bound"] * (1 + 1e-9)).all()
    assert table["regret"].to_numpy() == pytest.approx((table["best"] - table["caught"]).to_numpy())
    ours = facing("ours", found)
    known = plan.outcomes.query("placed_for == 'partly_aware'").set_index("facing")
    for model in ("unaware", "partly_aware"):
        assert ours.loc[model, "caught"] == pytest.approx(known.loc[model, "caught"])
    assert ours.loc["unaware", "share"] == pytest.approx(ours.loc["unaware", "caught"] / 100)


def test_the_unaware_best_is_that_of_all_placements(flows):
    stopped = flows.crossings["journeys"] * flows.sites.table["detection"]
    found = interdiction.judge({}, flows, teams=2)
    best = max(stopped[list(two)].sum() for two in itertools.combinations(stopped.index, 2))
    assert found.best.loc["unaware", "caught"] == pytest.approx(best)
    assert found.best.loc["unaware", "status"] == "optimal"


def test_only_all_three_crossings_hold_those_who_look_for_ways(flows):
    """Three roads over the border: two teams leave one open, three catch whom they detect."""
    ids = flows.sites.table.index.tolist()
    two = facing("two", interdiction.judge({"two": ids[:2]}, flows))
    assert two.loc["worst_case", "caught"] == 0
    assert two.loc["worst_case", "regret"] == 0
    detection = flows.sites.table["detection"]
    three = facing("all", interdiction.judge({"all": ids}, flows))
    assert three.loc["worst_case", "caught"] == pytest.approx(100 * detection.min())
    assert three.loc["evasive", "caught"] == pytest.approx(100)
    assert two.loc["mixed_patrol", "regret"] > 0


def test_the_sentence_about_inflow_comes_first(flows):
    ids = flows.sites.table.index.tolist()
    found = interdiction.judge({"one": ids[:1], "none": []}, flows, teams=1, aware_share=0.9)
    matrix = found.matrix("caught")
    assert matrix.columns.tolist() == ["notice", *MODELS]
    assert matrix.index.tolist() == list(found.placements)
    moved = interdiction.place(flows, teams=1, aware_share=0.9).displacement()
    raises = bool(moved.countries_inflow["increased"].any())
    assert found.table.attrs["notice"] == found.notice
    assert "none" not in found.notices
    if raises:
        assert repr(found).splitlines()[0] == found.notice.splitlines()[0]
    assert repr(found).splitlines()[-1].startswith("<Judgement")
    assert found.matrix().loc["none", "unaware"] == pytest.approx(
        found.best.loc["unaware", "caught"]
    )
    assert found.least_regret in found.placements


def test_a_budget_limits_all(flows):
    cost = flows.sites.table["cost"]
    found = interdiction.judge({}, flows, budget=3.0)
    assert "mixed_patrol" not in found.best.index
    for ids in found.placements.values():
        assert cost[ids].sum() <= 3.0
    plan = interdiction.place(flows, budget=3.0)
    assert cost[plan.points["site"]].sum() <= 3.0
    assert plan.rank_ranges(draws=4)["rank_low"].min() == 1
    best = found.best.loc["partly_aware"]
    assert plan.points["caught"].iloc[-1] <= best["bound"] * (1 + 1e-9)


def test_place_keeps_lawful_stops_too(flows):
    stops = pd.Series(range(1, 4), index=flows.sites.table.index, dtype=float)
    plan = interdiction.place(flows, teams=3, stops=stops, most_stops=3.0)
    assert stops[plan.points["site"]].sum() <= 3.0


def test_what_makes_no_sense_is_refused(flows):
    ids = flows.sites.table.index.tolist()
    with pytest.raises(waywarden.OptionError, match="how many teams"):
        interdiction.judge({}, flows)
    with pytest.raises(waywarden.InputError, match="nowhere"):
        interdiction.judge({"a": ["nowhere"]}, flows)
    with pytest.raises(waywarden.OptionError, match="placement 1 of 1"):
        interdiction.judge({"a": ids}, flows, teams=1)
    with pytest.raises(waywarden.OptionError, match="no column"):
        interdiction.judge({}, flows, teams=1).matrix("colour")
    with pytest.raises(waywarden.OptionError, match="most_stops"):
        interdiction.place(flows, teams=1, most_stops=3)
