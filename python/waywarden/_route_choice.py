"""Which routes journeys take by the model that the caller names, and who passes where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import geopandas
import numpy as np
import pandas as pd

from . import _engine
from ._route_frames import routes_frame
from ._run import ProgressArgument, call
from .errors import InputError, OptionError
from .frames import mark_unreleased
from .network import Network
from .risk import Costs

__all__ = ["LinkUse", "choose", "edges_of", "pair_table", "select_link"]


@dataclass(frozen=True)
class LinkUse:
    """Who passes some edges, from `waywarden.flow.Flows.select_link`.

    Attributes
    ----------
    journeys, standard_error : float
        That pass, each counted once.
    pairs : DataFrame
        One row per pair with journeys here, most first: ``origin``, ``destination``, ``journeys``,
        ``standard_error``, ``share_of_pair`` (of all the pair's journeys) and ``share_of_link`` (of
        all that pass here).
    routes : GeoDataFrame or None
        The routes with most journeys here: ``origin``, ``destination``, ``journeys``,
        ``share_of_pair``, ``edges`` and the line. None for logit on a network, which has too many.
    """

    journeys: float
    standard_error: float
    pairs: pd.DataFrame
    routes: geopandas.GeoDataFrame | None

    def __repr__(self) -> str:
        return f"<LinkUse: {self.journeys:g} journeys of {len(self.pairs)} pairs>"


def choose(
    network: Network,
    costs: Costs,
    demand: _engine.Demand,
    choice: str,
    *,
    theta: float,
    path_size_weight: float,
    alternatives: int,
    progress: ProgressArgument,
    threads: int,
) -> _engine.ChosenFlows:
    """Load journeys by a model other than sampled perception; see `waywarden.flow.load`."""
    return call(
        _engine.choose_routes,
        network.engine,
        network.core,
        costs.engine,
        demand,
        network.engine_places,
        model=choice,
        theta=theta,
        path_size_weight=path_size_weight,
        count=alternatives,
        progress=progress,
        threads=threads,
    )


def pair_table(pairs: pd.DataFrame, chosen: _engine.ChosenFlows) -> pd.DataFrame:
    """Return the pairs of a demand with what comes of them; missing where no route joins them."""
    columns = chosen.pairs()
    joined = columns.pop("joined")
    outcomes = {name: np.where(joined, values, np.nan) for name, values in columns.items()}
    return mark_unreleased(pairs.assign(joined=joined, **outcomes))


def edges_of(
    network: Network, edges: int | Sequence[int] | None, site: str | None, node: int | None
) -> np.ndarray:
    """Return the edges that the caller means, by the only one of the three that is given."""
    if sum(given is not None for given in (edges, site, node)) != 1:
        raise OptionError("say where by edges, by site or by node: one of the three")
    if edges is not None:
        return np.atleast_1d(np.asarray(edges, dtype=np.int64))
    if site is not None and site in network.crossings.index:
        both = network.crossings.loc[site, ["a_to_b", "b_to_a"]].to_numpy(dtype=np.int64)
        return both[both >= 0]
    return _edges_at(network, _hub_node(network, site) if site is not None else node)


def _hub_node(network: Network, site: str) -> int:
    if site not in network.hubs.index:
        raise InputError("is neither a crossing nor a hub of the network", feature=site)
    return int(network.hubs.loc[site, "node"])


def _edges_at(network: Network, node: int | None) -> np.ndarray:
    edges = network.edges
    if node not in network.nodes.index:
        raise OptionError(f"there is no node {node}")
    return np.flatnonzero((edges["tail"] == node) | (edges["head"] == node)).astype(np.int64)


def select_link(
    network: Network,
    pairs: pd.DataFrame,
    chosen: _engine.ChosenFlows,
    edges: np.ndarray,
    *,
    routes: int,
    progress: ProgressArgument,
    threads: int,
) -> LinkUse:
    """Return who passes the edges; see `waywarden.flow.Flows.select_link`."""
    running: dict[str, Any] = {"progress": progress, "threads": threads}
    use = call(_engine.select_link, network.core, chosen, edges, **running)
    journeys, error = use.pop("total")
    table = _with_ends(pairs, use).sort_values("journeys", ascending=False, kind="stable")
    listed = None
    if routes > 0:
        listed = call(
            _engine.top_routes, network.engine, network.core, chosen, edges, count=routes, **running
        )
        about = {name: listed[name] for name in ("pair", "journeys", "share_of_pair")}
        listed = routes_frame(dict(_with_ends(pairs, about)), listed)
    return LinkUse(journeys, error, mark_unreleased(table.reset_index(drop=True)), listed)


def _with_ends(pairs: pd.DataFrame, columns: dict[str, Any]) -> pd.DataFrame:
    ends = pairs[["origin", "destination"]].iloc[columns.pop("pair")].reset_index(drop=True)
    return ends.assign(**columns)
