"""The spread of routes estimated from traces and counts, seen from Python."""

import numpy as np
import pandas as pd
import pytest

import waywarden
from waywarden import flow, risk


@pytest.fixture(scope="module")
def costs(border_network):
    return risk.costs(border_network)


@pytest.fixture(scope="module")
def demand(border_network, costs):
    return flow.gravity(border_network, costs, total=1000)


@pytest.fixture(scope="module")
def moved(border_network, costs, demand):
    """What really happened: other draws than those of the fit."""
    return flow.load(border_network, costs, demand, draws=200, spread=1.03, seed=77)


def test_counts_at_crossings_give_back_the_spread(border_network, costs, demand, moved):
    counted = (0.5 * moved.crossings["journeys"]).round()
    fit = flow.calibrate_spread(border_network, costs, demand, counts=counted)
    assert fit.low <= moved.spread[0] <= fit.high
    assert fit.low < fit.spread < fit.high
    assert fit.scale == pytest.approx(0.5, rel=0.02)
    assert (fit.posts, fit.traces, fit.traced_spread) == (3, 0, None)
    assert fit.profile["log_likelihood"].max() <= fit.log_likelihood + 1.0
    edges = border_network.crossings
    rows = [
        {"post": name, "edge": edge, "count": counted[name]}
        for name in edges.index
        for edge in edges.loc[name, ["a_to_b", "b_to_a"]]
        if edge >= 0
    ]
    same = flow.calibrate_spread(border_network, costs, demand, counts=pd.DataFrame(rows))
    assert same.spread == pytest.approx(fit.spread)


def test_traces_give_back_the_spread(border_network, costs, demand, moved):
    routes = moved.select_link(site="P1").routes
    assert len(routes)
    listed = pd.concat(
        [moved.select_link(site=name, routes=5).routes for name in border_network.crossings.index]
    )
    share = listed["journeys"] / listed["journeys"].sum()
    rows, trace = [], 0
    for row, count in zip(listed.itertuples(), np.round(60 * share).astype(int), strict=True):
        for _ in range(count):
            trace += 1
            rows += [
                {"trace": trace, "origin": row.origin, "destination": row.destination, "edge": edge}
                for edge in row.edges
            ]
    fit = flow.calibrate_spread(border_network, costs, demand, traces=pd.DataFrame(rows))
    assert fit.traces == trace
    assert fit.low <= moved.spread[0] <= fit.high
    assert fit.traced_spread == pytest.approx(moved.spread[0], abs=0.02)
    assert fit.overdispersion is None


def test_what_cannot_be_told_is_an_error(border_network, costs, demand):
    def fit(**observed):
        return flow.calibrate_spread(border_network, costs, demand, draws=16, **observed)

    with pytest.raises(waywarden.InputError, match="nothing was observed"):
        fit()
    with pytest.raises(waywarden.InputError, match="cannot tell"):
        fit(counts=pd.Series({"P1": 5}))
    with pytest.raises(waywarden.InputError, match="nowhere"):
        fit(counts=pd.Series({"nowhere": 5}))
    with pytest.raises(waywarden.InputError, match="negative"):
        fit(counts=pd.Series({"P1": -5}))
    with pytest.raises(waywarden.OptionError, match="column 'edge'"):
        fit(traces=pd.DataFrame({"trace": [1], "origin": ["west"], "destination": ["east"]}))
    row = {"trace": 1, "origin": "west", "destination": "east", "edge": 0}
    with pytest.raises(waywarden.InputError, match="several"):
        fit(traces=pd.DataFrame([row, {**row, "origin": "east"}]))
    with pytest.raises(waywarden.InputError, match="begins where it ends"):
        fit(traces=pd.DataFrame([{**row, "origin": "east"}]))
    with pytest.raises(waywarden.OptionError, match="distribution"):
        fit(counts=pd.Series({"P1": 5}), distribution="normal")
    with pytest.raises(waywarden.OptionError, match="bandwidth"):
        fit(traces=pd.DataFrame([row]), bandwidth=0)
