"""Teams on routes chosen by other models than sampled perception."""

from itertools import combinations

import pytest

import waywarden
from waywarden import examples, flow, interdiction, risk

CHOICES = ["cheapest", "most_evasive", "path_size_logit", "acyclic_logit"]


@pytest.fixture(scope="module")
def land():
    return examples.borderland()


@pytest.fixture(scope="module")
def load(land):
    costs = risk.costs(land)
    demand = flow.gravity(land, costs, total=100)
    sites = interdiction.sites(land, detection={"P1": 0.6})

    def loaded(choice, **options):
        return flow.load(land, costs, demand, sites, choice=choice, **options)

    return loaded


def stopped(flows, chosen):
    """Every road to the east has one crossing: what teams stop adds up."""
    detection = flows.sites.table["detection"]
    return sum(flows.select_link(site=site).journeys * detection[site] for site in chosen)


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("teams", [1, 2])
def test_capture_is_the_best_of_all_placements(load, choice, teams):
    flows = load(choice)
    plan = interdiction.capture(flows, teams=teams)
    best = max(stopped(flows, some) for some in combinations(flows.sites.table.index, teams))
    assert plan.points["caught"].iloc[-1] == pytest.approx(best, rel=1e-9)
    assert plan.status == "optimal"
    assert plan.bound == pytest.approx(best, rel=1e-7)
    assert (plan.points["caught_error"] == 0).all()


@pytest.mark.parametrize("choice", CHOICES)
def test_teams_are_placed_for_evaders_who_know_of_none(load, choice):
    flows = load(choice)
    plan = interdiction.place(flows, teams=2)
    assert plan.model == "unaware"
    assert plan.points["caught"].iloc[-1] == pytest.approx(
        stopped(flows, plan.points["site"]), rel=1e-9
    )
    outcome = plan.outcomes.iloc[0]
    assert outcome["caught"] == plan.points["caught"].iloc[-1] <= outcome["bound"]
    with pytest.raises(waywarden.OptionError, match="aware_share must be 0"):
        interdiction.place(flows, teams=2, aware_share=0.5)
    for ask in (lambda: plan.table, plan.displacement, plan.rank_ranges):
        with pytest.raises(waywarden.OptionError, match="sampled perception only"):
            ask()


@pytest.mark.parametrize("choice", CHOICES)
def test_stops_of_the_lawful_count_those_who_pass(load, choice):
    lawful = load(choice)
    stops = interdiction.lawful_stops(lawful, specificity=0.9)
    passing = [lawful.select_link(site=site).journeys for site in stops.index]
    assert stops.tolist() == pytest.approx([0.1 * journeys for journeys in passing])
    frontier = interdiction.collateral_frontier(lawful, stops + 1, teams=2, points=4)
    assert (frontier["caught"] <= frontier["bound"] * (1 + 1e-9)).all()


def test_limits_hold(load):
    flows = load("acyclic_logit")
    stops = interdiction.lawful_stops(flows, specificity=0.9)
    plan = interdiction.capture(flows, budget=2, stops=stops, most_stops=float(stops.max()))
    assert stops[plan.points["site"]].sum() <= stops.max() * (1 + 1e-9)


def test_threads_change_no_bit(load):
    plans = [
        interdiction.capture(load("acyclic_logit", threads=threads), teams=2, threads=threads)
        for threads in (1, 2)
    ]
    assert plans[0].points["caught"].tolist() == plans[1].points["caught"].tolist()
    assert plans[0].bound == plans[1].bound


def test_routes_in_circles_and_without_sites_are_refused(land, load):
    with pytest.raises(waywarden.OptionError, match="circles"):
        interdiction.capture(load("recursive_logit", theta=60.0), teams=1)
    costs = risk.costs(land)
    bare = flow.load(land, costs, flow.gravity(land, costs, total=9), choice="cheapest")
    for ask in (interdiction.capture, interdiction.place, interdiction.lawful_stops):
        with pytest.raises(waywarden.OptionError, match="load the flows with sites"):
            ask(bare)
