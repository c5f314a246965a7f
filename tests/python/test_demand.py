"""Models of demand seen from Python, against numpy and scipy."""

import geopandas
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import LineString, Point

import waywarden
from waywarden import flow, risk
from waywarden import network as nw

optimize = pytest.importorskip("scipy.optimize")
special = pytest.importorskip("scipy.special")

TOWNS = {
    "a": (83, 20, 5),
    "b": (84, 30, 8),
    "c": (86, 50, 20),
    "d": (87, 40, 2),
    "e": (89.5, 10, 9),
}


@pytest.fixture(scope="module")
def towns():
    """Five towns along one road."""
    x, source, destination = zip(*TOWNS.values(), strict=True)
    places = geopandas.GeoDataFrame(
        {"leave": source, "arrive": destination},
        geometry=[Point(at, 27.0) for at in x],
        index=list(TOWNS),
        crs=4326,
    )
    roads = [LineString([(p, 27), (q, 27)]) for p, q in zip(x[:-1], x[1:], strict=True)]
    return nw.build(
        nw.links(geopandas.GeoDataFrame(geometry=roads, crs=4326)),
        nw.places(places, source_weight="leave", destination_weight="arrive"),
    )


@pytest.fixture(scope="module")
def costs(towns):
    return risk.costs(towns)


@pytest.fixture(scope="module")
def table(towns, costs):
    """All pairs with their cost and weights."""
    skim = flow.gravity(towns, costs).again[0]
    rows = [
        {"origin": p, "destination": q, "cost": skim.cost(i, j), "s": s[1], "d": d[2]}
        for j, (q, d) in enumerate(TOWNS.items())
        for i, (p, s) in enumerate(TOWNS.items())
        if p != q
    ]
    return pd.DataFrame(rows)


def relative(table):
    order = table.assign(w=table.s * table.d).sort_values("cost", kind="stable")
    median = order.cost[order.w.cumsum() >= order.w.sum() / 2].iloc[0]
    return table.cost / median


def joined(demand, table):
    merged = table.merge(demand.pairs, on=["origin", "destination"], validate="one_to_one")
    assert len(merged) == len(table)
    return merged["journeys"].to_numpy()


def test_tanner_is_its_formula(towns, costs, table):
    demand = flow.gravity(towns, costs, function="tanner", decay=0.4, exponent=-1.1)
    x = relative(table)
    expected = table.s * table.d * x**-1.1 * np.exp(-0.4 * x)
    assert joined(demand, table) == pytest.approx(expected.to_numpy(), rel=1e-12)


def test_everyone_leaves_by_radiation_and_by_opportunities(towns, costs):
    for demand in (flow.radiation(towns, costs), flow.intervening(towns, costs, acceptance=5)):
        leaving = demand.pairs.groupby("origin")["journeys"].sum()
        assert leaving.to_dict() == pytest.approx({p: s for p, (_, s, _) in TOWNS.items()})


def test_intervening_is_its_formula(towns, costs, table):
    found = joined(flow.intervening(towns, costs, acceptance=3), table)
    weight = {q: d / sum(t[2] for t in TOWNS.values()) for q, (_, _, d) in TOWNS.items()}
    for row, journeys in zip(table.itertuples(), found, strict=True):
        others = table[table.origin == row.origin]
        before = sum(weight[q] for q in others.destination[others.cost < row.cost])
        reach = sum(weight[q] for q in others.destination)
        share = np.exp(-3 * before) - np.exp(-3 * (before + weight[row.destination]))
        assert journeys == pytest.approx(row.s * share / (1 - np.exp(-3 * reach)), rel=1e-12)


@pytest.mark.parametrize("model", [flow.gravity, flow.radiation, flow.intervening])
def test_margins_are_met(towns, costs, model):
    demand = model(towns, costs, constraint="both", total=300)
    for end, at in (("origin", 1), ("destination", 2)):
        weights = {p: t[at] for p, t in TOWNS.items()}
        expected = {p: 300 * w / sum(weights.values()) for p, w in weights.items()}
        found = demand.pairs.groupby(end)["journeys"].sum().to_dict()
        assert found == pytest.approx(expected, rel=1.1e-8)


def test_cutoff_says_what_it_leaves_out(towns, costs, table):
    limit = table.cost.median()
    demand = flow.gravity(towns, costs, cutoff=limit)
    near = table[table.cost <= limit]
    assert len(demand.pairs) == len(near)
    assert demand.pairs_beyond_cutoff == len(table) - len(near)
    share = 1 - (near.s * near.d).sum() / (table.s * table.d).sum()
    assert demand.share_beyond_cutoff == pytest.approx(share)
    assert demand.unreachable_pairs == 0


def test_groups_add_up(towns, costs):
    rows = pd.DataFrame(
        {
            "place": ["a", "b", "c", "a", "c", "e"],
            "group": ["women", "women", "women", "boys", "boys", "boys"],
            "source_weight": [3, 1, 0, 2, 1, 1],
            "destination_weight": [0, 1, 2, 0, 1, 4],
        }
    )
    found = flow.by_group(towns, costs, rows, total=80, decay=0.5)
    assert list(found.groups) == ["boys", "women"]
    assert found.groups["women"].total == pytest.approx(40)
    assert found.sum.total == pytest.approx(80)
    summed = found.pairs.groupby(["origin", "destination"])["journeys"].sum()
    whole = found.sum.pairs.set_index(["origin", "destination"])["journeys"].sort_index()
    assert summed.to_numpy() == pytest.approx(whole.to_numpy())
    assert found.pairs.attrs["waywarden"] == {"released": False}
    with pytest.raises(waywarden.InputError, match="two rows"):
        flow.by_group(towns, costs, pd.concat([rows, rows]))
    with pytest.raises(waywarden.InputError, match="'place'"):
        flow.by_group(towns, costs, rows.replace({"place": {"e": "z"}}))
    with pytest.raises(waywarden.OptionError, match="no model"):
        flow.by_group(towns, costs, rows, model="magic")
    with pytest.raises(waywarden.OptionError, match="'boys'"):
        flow.by_group(towns, costs, rows, model="radiation", constraint="both")
    assert len(flow.by_group(towns, costs, rows.iloc[:0]).pairs) == 0


def test_returns_reach_their_fixed_point(towns, costs):
    rate = pd.Series({"c": 0.5, "e": 0.3})
    first = flow.gravity(towns, costs, total=100)
    found = flow.with_returns(first, rate)
    by_pair = first.pairs.assign(back=first.pairs.destination.map(rate).fillna(0))
    leaving = by_pair.groupby("origin")["journeys"].transform("sum")
    back = (by_pair.back * by_pair.journeys).groupby(by_pair.origin).transform("sum")
    expected = by_pair.journeys / (1 - back / leaving)
    assert found.demand.pairs["journeys"].to_numpy() == pytest.approx(expected.to_numpy(), rel=1e-9)
    assert found.returning.sum() + found.first_journeys == pytest.approx(found.demand.total)
    given = flow.with_returns(flow.stated(towns, costs, first.pairs), rate)
    assert given.demand.total == pytest.approx(found.demand.total, rel=1e-9)
    assert flow.with_returns(first, 0.75).demand.total == pytest.approx(400)
    with pytest.raises(waywarden.OptionError):
        flow.with_returns(first, 1.0)
    with pytest.raises(waywarden.InputError):
        flow.with_returns(first, {"z": 0.1})


def observed(table, seed):
    """Counts that scatter around a gravity model."""
    random = np.random.default_rng(seed)
    mean = 0.4 * table.s * table.d**0.5 * np.exp(-1.2 * relative(table))
    return table.assign(journeys=random.negative_binomial(2, 2 / (2 + mean)))


def design(table):
    columns = [np.ones(len(table)), np.log(table.s), np.log(table.d), -relative(table)]
    return np.column_stack(columns)


@pytest.mark.parametrize("seed", range(5))
def test_poisson_estimates_are_the_likeliest(towns, costs, table, seed):
    counts = observed(table, seed)
    x, y = design(table), counts["journeys"].to_numpy()

    def unlikely(b):
        return np.exp(x @ b).sum() - y @ (x @ b)

    best = optimize.minimize(unlikely, [0, 1, 1, 1], method="BFGS", options={"gtol": 1e-9})
    fit = flow.calibrate_demand(towns, costs, counts)
    assert fit.parameters["estimate"].to_numpy() == pytest.approx(best.x, rel=1e-4, abs=1e-5)
    mean = np.exp(x @ fit.parameters["estimate"].to_numpy())
    bread = np.linalg.inv(x.T @ (x * mean[:, None]))
    scores = x * (y - mean)[:, None]
    assert fit.parameters["standard_error"].to_numpy() == pytest.approx(np.sqrt(np.diag(bread)))
    sandwich = bread @ scores.T @ scores @ bread
    assert fit.parameters["robust_error"].to_numpy() == pytest.approx(np.sqrt(np.diag(sandwich)))
    likelihood = -unlikely(fit_of(fit)) - special.gammaln(y + 1).sum()
    assert fit.log_likelihood == pytest.approx(likelihood)
    assert fit.common_part == pytest.approx(2 * np.minimum(y, mean).sum() / (y.sum() + mean.sum()))
    assert joined(fit.fitted, table) == pytest.approx(mean)


@pytest.mark.parametrize("seed", range(5))
def test_negative_binomial_estimates_are_the_likeliest(towns, costs, table, seed):
    counts = observed(table, seed)
    x, y = design(table), counts["journeys"].to_numpy()

    def unlikely(b):
        mean, size = np.exp(x @ b[:-1]), np.exp(-b[-1])
        terms = special.gammaln(y + size) - special.gammaln(size) - special.gammaln(y + 1)
        return -(terms + y * np.log(mean / (mean + size)) - size * np.log1p(mean / size)).sum()

    fit = flow.calibrate_demand(towns, costs, counts, distribution="negative binomial")
    start = [*fit_of(flow.calibrate_demand(towns, costs, counts)), -1.0]
    best = optimize.minimize(
        unlikely,
        start,
        method="Nelder-Mead",
        options={"xatol": 1e-8, "fatol": 1e-10, "maxiter": 20000, "maxfev": 20000},
    )
    assert fit.log_likelihood == pytest.approx(-best.fun, abs=1e-6)
    assert fit_of(fit) == pytest.approx(best.x[:-1], abs=2e-3)
    if fit.overdispersion > 1e-3:
        assert fit.overdispersion == pytest.approx(np.exp(best.x[-1]), rel=5e-3)


def fit_of(fit):
    return fit.parameters["estimate"].to_numpy()


def test_calibration_explains_itself(towns, costs, table):
    counts = observed(table, 1)
    alone = counts[counts.origin != "b"]
    with pytest.raises(waywarden.InputError, match="leaves 'b'"):
        flow.calibrate_demand(towns, costs, alone, constraint="production")
    with pytest.raises(waywarden.InputError, match="no journey was observed"):
        flow.calibrate_demand(towns, costs, counts.iloc[:0])
    with pytest.raises(waywarden.OptionError, match="poisson, negative binomial"):
        flow.calibrate_demand(towns, costs, counts, distribution="normal")
    with pytest.raises(waywarden.OptionError, match="estimated, fixed"):
        flow.calibrate_demand(towns, costs, counts, masses="none")
    with pytest.raises(waywarden.OptionError, match="tanner"):
        flow.gravity(towns, costs, function="linear")


def test_loading_takes_every_kind_of_demand(towns, costs):
    demand = flow.with_returns(flow.radiation(towns, costs, total=50), 0.5).demand
    loaded = flow.load(towns, costs, demand, draws=4)
    assert loaded.journeys == pytest.approx(100)
