"""How far evaders stray from the cheapest routes, estimated from what was seen of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from . import _engine
from ._demand import Demand, positions
from ._route_choice import edges_of
from ._run import ProgressArgument, call
from .errors import InputError, OptionError
from .frames import mark_unreleased
from .network import Network
from .risk import Costs

__all__ = ["SpreadFit", "calibrate_spread"]


@dataclass(frozen=True)
class SpreadFit:
    """The spread of routes that observations make likeliest.

    Attributes
    ----------
    spread : float
        What `load` takes.
    low, high : float
        95 % likelihood interval. ``low`` of 1: evaders who all take the cheapest routes would do as
        well; infinite ``high``: any larger spread would.
    profile : DataFrame
        ``spread``, ``log_likelihood`` and ``deviation`` (of what evaders believe) of all that was
        tried.
    log_likelihood : float
        At the estimate.
    adjustment : float
        Times the fall of the log-likelihood that the interval allows: 1 for a true likelihood, more
        where smoothing makes observations look surer than they are.
    scale, overdispersion : float or None
        Of counts: counted over expected journeys, and variance = mean + overdispersion * mean ** 2.
    traced_spread : float or None
        Mean cost of the traces over the cheapest, a rough check.
    traces, posts : int
        Observations.
    """

    spread: float
    low: float
    high: float
    profile: pd.DataFrame
    log_likelihood: float
    adjustment: float
    scale: float | None
    overdispersion: float | None
    traced_spread: float | None
    traces: int
    posts: int


def calibrate_spread(
    network: Network,
    costs: Costs,
    demand: Demand,
    *,
    traces: pd.DataFrame | None = None,
    counts: pd.Series | pd.DataFrame | None = None,
    draws: int = 128,
    seed: int = 1,
    bandwidth: float = 0.1,
    distribution: str = "poisson",
    scale: float | None = None,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> SpreadFit:
    """Estimate ``spread`` from traces of journeys, counts at posts, or both.

    Maximum simulated likelihood over routes of sampled perception. A trace's chance is the share of
    draws whose route agrees with it, smoothed: a draw whose route has the overlap o with the trace
    (cost they share over cost that either uses) counts exp(-(1 - o) / bandwidth). Counts are
    Poisson or negative binomial around the journeys that pass.

    Parameters
    ----------
    network : Network
    costs : Costs
        Without closures.
    demand : Demand
        Spread is measured over it; counts need it to be what moved.
    traces : DataFrame, optional
        A row per edge of a matched journey: ``trace`` (any label), ``origin`` and ``destination``
        (ids of places), ``edge`` (of the network).
    counts : Series or DataFrame, optional
        Journeys counted both ways, by id of a crossing; or ``post`` (any label), ``edge`` and
        ``count``, a row per edge that is watched there. A post's first count is the one that
        counts.
    draws, seed
        As for `load`, with more draws, since likelihoods need them.
    bandwidth : float
        Share of cost by which two routes may differ and still agree.
    distribution : {"poisson", "negative binomial"}
        Of the counts.
    scale : float, optional
        Counted over expected journeys; estimated where not given. Then only how counts compare with
        each other says anything of the spread.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    SpreadFit

    Raises
    ------
    InputError
        Where nothing was observed, an observation does not fit the network, or the observations are
        about as likely whatever the spread, so that they cannot tell it.
    OptionError
        For options that make no sense.

    Examples
    --------
    Two roads, the upper a tenth longer: 30 of 100 journeys were seen there.

    >>> import geopandas, pandas, shapely.geometry as shapes
    >>> from waywarden import flow, network as nw, risk
    >>> ways = [[(83, 27), (84, 27)], [(83, 27), (83.5, 27.25), (84, 27)]]
    >>> roads = geopandas.GeoDataFrame(geometry=[shapes.LineString(w) for w in ways], crs=4326)
    >>> ends = [shapes.Point(83, 27), shapes.Point(84, 27)]
    >>> towns = geopandas.GeoDataFrame(geometry=ends, index=["west", "east"], crs=4326)
    >>> network = nw.build(nw.links(roads), nw.places(towns))
    >>> costs = risk.costs(network)
    >>> rows = pandas.DataFrame({"origin": ["west"], "destination": ["east"], "journeys": [100]})
    >>> demand = flow.stated(network, costs, rows)
    >>> east = network.edges[network.edges["tail"] < network.edges["head"]]
    >>> east = east.sort_values("length_m").index
    >>> posts = pandas.DataFrame({"post": ["low", "up"], "edge": east, "count": [70, 30]})
    >>> fit = flow.calibrate_spread(network, costs, demand, counts=posts, scale=1.0)
    >>> fit.low < fit.spread < fit.high
    True
    """
    trace_columns = _traces(network, traces)
    post_edges, counted = _posts(network, counts)
    found = call(
        _engine.fit_spread,
        network.engine,
        network.core,
        costs.engine,
        demand.engine,
        network.engine_places,
        **trace_columns,
        post_edges=post_edges,
        counts=counted,
        seed=seed,
        draws=draws,
        bandwidth=bandwidth,
        distribution=distribution,
        scale=scale,
        progress=progress,
        threads=threads,
    )
    profile = pd.DataFrame(found["profile"])[["spread", "log_likelihood", "deviation"]]
    return SpreadFit(
        spread=found["spread"],
        low=found["low"],
        high=float("inf") if found["high"] is None else found["high"],
        profile=mark_unreleased(profile),
        overdispersion=found["overdispersion"] if found["posts"] else None,
        **{
            name: found[name]
            for name in (
                "log_likelihood",
                "adjustment",
                "scale",
                "traced_spread",
                "traces",
                "posts",
            )
        },
    )


def _needs(frame: pd.DataFrame, columns: tuple[str, ...], what: str) -> None:
    for column in columns:
        if column not in frame:
            raise OptionError(f"{what} need a column '{column}'")
    if "edge" in columns and (frame["edge"].isna() | (frame["edge"] < 0)).any():
        raise InputError(f"{what}: an edge is missing or negative")


def _edge_lists(groups: Any) -> list[list[int]]:
    return [part["edge"].astype(int).tolist() for _, part in groups]


def _traces(network: Network, traces: pd.DataFrame | None) -> dict[str, list[Any]]:
    if traces is None or traces.empty:
        return {"trace_origin": [], "trace_destination": [], "trace_edges": []}
    _needs(traces, ("trace", "origin", "destination", "edge"), "traces")
    groups = traces.groupby("trace", sort=True)
    ends = groups[["origin", "destination"]].first()
    changes = groups[["origin", "destination"]].nunique().gt(1).any(axis=1)
    if changes.any():
        raise InputError(
            "a trace has several origins or destinations", feature=str(changes.idxmax())
        )
    return {
        "trace_origin": positions(network, ends["origin"], "origin").tolist(),
        "trace_destination": positions(network, ends["destination"], "destination").tolist(),
        "trace_edges": _edge_lists(groups),
    }


def _posts(
    network: Network, counts: pd.Series | pd.DataFrame | None
) -> tuple[list[list[int]], np.ndarray]:
    if counts is None or counts.empty:
        return [], np.empty(0)
    if isinstance(counts, pd.Series):
        ordered = counts.sort_index()
        unknown = ordered.index[~ordered.index.isin(network.crossings.index)]
        if len(unknown):
            raise InputError("counts are of a crossing that is none", feature=str(unknown[0]))
        edges = [edges_of(network, None, site, None).tolist() for site in ordered.index]
        return edges, ordered.to_numpy(dtype=float)
    _needs(counts, ("post", "edge", "count"), "counts")
    groups = counts.groupby("post", sort=True)
    return _edge_lists(groups), groups["count"].first().to_numpy(dtype=float)
