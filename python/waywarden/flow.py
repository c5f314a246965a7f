"""Who moves where, and along which routes.

Demand between places is stated or estimated by a gravity model (Wilson, Transportation Research 1,
1967), then loaded by sampled perception: in each draw every evader takes the route that is cheapest
by what this evader believes of the area; or by another model of route choice. Journeys are
attempted ones: nobody is stopped here.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from . import _engine, _route_choice
from ._flows import Flows
from ._route_choice import LinkUse
from ._run import ProgressArgument, call
from ._sites import Sites
from .errors import InputError
from .frames import mark_unreleased
from .network import Network
from .risk import Costs

__all__ = ["Demand", "Flows", "LinkUse", "gravity", "load", "stated"]


class Demand:
    """Expected journeys between places over the period of the study.

    Attributes
    ----------
    total : float
        Journeys in all.
    unreachable_pairs : int
        Pairs of places that no route joins, and so have no journeys.

    Parameters
    ----------
    found : _engine.GravityDemand or _engine.StatedDemand
        Use `gravity` or `stated`.
    network : Network
    """

    def __init__(self, found: Any, network: Network) -> None:
        self.engine: _engine.Demand = found.demand
        self.total: float = found.demand.total()
        self.unreachable_pairs: int = found.unreachable_pairs
        self._network = network

    def __repr__(self) -> str:
        return f"<Demand: {self.total:g} journeys in {len(self.engine)} pairs>"

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """One row per pair: ids of ``origin`` and ``destination``, ``journeys``."""
        columns = self.engine.columns()
        ids = self._network.places.index.to_numpy()
        frame = pd.DataFrame(
            {
                "origin": ids[columns["origin"]],
                "destination": ids[columns["destination"]],
                "journeys": columns["journeys"],
            }
        )
        return mark_unreleased(frame)


def gravity(
    network: Network,
    costs: Costs,
    *,
    function: str = "exponential",
    decay: float = 1.0,
    constraint: str = "none",
    total: float | None = None,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> Demand:
    """Estimate demand from the places' weights and the cheapest costs between them.

    Parameters
    ----------
    network : Network
        With places that have source and destination weights.
    costs : Costs
    function : {"exponential", "power"}
        How journeys fall with cost c: ``exp(-decay * c / m)`` or ``(c / m) ** -decay``, m being the
        median cost.
    decay : float
    constraint : {"none", "production", "attraction", "both"}
        Whether what leaves each place is fitted to its source weight, what arrives to its
        destination weight, or both.
    total : float, optional
        Journeys in all; weights then count relative to each other.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    Demand

    Raises
    ------
    OptionError
        For options that make no sense, or margins that cannot be met; the message names the places.
    """
    skim = _skim(network, costs, progress, threads)
    found = call(
        _engine.gravity_demand,
        network.engine_places,
        skim,
        function=function,
        decay=decay,
        constraint=constraint,
        total=total,
        progress=progress,
        threads=threads,
    )
    return Demand(found, network)


def stated(
    network: Network,
    costs: Costs,
    flows: pd.DataFrame,
    *,
    origin: str = "origin",
    destination: str = "destination",
    journeys: str = "journeys",
    progress: ProgressArgument = None,
    threads: int = 0,
) -> Demand:
    """Take demand as it is given, e.g. observed counts.

    Parameters
    ----------
    network : Network
    costs : Costs
    flows : DataFrame
        One row per flow; several of one pair are added up, those within one place left out.
    origin, destination : str
        Columns with ids of places.
    journeys : str
        Column with the number of journeys.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    Demand

    Raises
    ------
    InputError
        If an origin or destination is no place of the network.
    OptionError
        For journeys that are negative or not finite.
    """
    found = _engine.stated_demand(
        _positions(network, flows[origin], origin),
        _positions(network, flows[destination], destination),
        flows[journeys].to_numpy(dtype=float),
        _skim(network, costs, progress, threads),
    )
    return Demand(found, network)


def load(
    network: Network,
    costs: Costs,
    demand: Demand,
    sites: Sites | None = None,
    *,
    choice: str = "perception",
    draws: int = 64,
    spread: float = 1.05,
    seed: int = 1,
    reference: Costs | None = None,
    theta: float = 10.0,
    path_size_weight: float = 1.0,
    alternatives: int = 6,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> Flows:
    """Put journeys on the network.

    Parameters
    ----------
    network : Network
    costs : Costs
    demand : Demand
    sites : Sites, optional
        Where teams may be placed later; from `waywarden.interdiction.sites`.
    choice : {"perception", "cheapest", "most_evasive", "path_size_logit", "acyclic_logit", \
"recursive_logit"}
        How evaders choose. ``most_evasive``: least hazard, then cheapest. ``acyclic_logit``: logit
        over all routes that come ever closer (Dial, 1971). ``recursive_logit``: over all walks,
        circles too (Fosgerau et al., 2013), which need not exist. The next four are for
        ``perception`` alone, the three after them for the logit models.
    draws : int
        Beliefs sampled; at least 2. Standard errors fall with their square root.
    spread : float
        Mean cost of the routes taken over the cheapest; above 1.
    seed : int
        The same seed gives the same draws in every scenario, so that differences are not noise.
    reference : Costs, optional
        Without closures, where `costs` are those of a scenario.
    theta : float
        How much costs count, relative: over the median of the cheapest costs to each destination.
    path_size_weight, alternatives : float, int
        Of ``path_size_logit``: weight of ln(path size), and routes per pair at the most.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    Flows

    Raises
    ------
    OptionError
        For options that make no sense, and where recursive logit does not exist: it says where.

    Examples
    --------
    >>> import geopandas, pandas, shapely.geometry as shapes
    >>> from waywarden import network as nw, risk
    >>> ways = [[(83, 27), (84, 27)], [(83, 27), (83.5, 27.1), (84, 27)]]
    >>> roads = geopandas.GeoDataFrame(geometry=[shapes.LineString(w) for w in ways], crs=4326)
    >>> ends = [shapes.Point(83, 27), shapes.Point(84, 27)]
    >>> towns = geopandas.GeoDataFrame(geometry=ends, index=["west", "east"], crs=4326)
    >>> network = nw.build(nw.links(roads), nw.places(towns))
    >>> costs = risk.costs(network)
    >>> rows = pandas.DataFrame({"origin": ["west"], "destination": ["east"], "journeys": [100]})
    >>> demand = stated(network, costs, rows)
    >>> flows = load(network, costs, demand, choice="acyclic_logit")
    >>> flows.edges.query("journeys > 0")["journeys"].round(1).tolist()
    [56.0, 44.0]
    >>> flows.select_link(0).pairs["share_of_pair"].round(3).tolist()
    [0.56]
    """
    if choice != "perception":
        chosen = _route_choice.choose(
            network,
            costs,
            demand.engine,
            choice,
            theta=theta,
            path_size_weight=path_size_weight,
            alternatives=alternatives,
            progress=progress,
            threads=threads,
        )
        return Flows(network, costs, sites, demand, chosen, choice)
    calibration = call(
        _engine.calibrate,
        network.engine,
        network.core,
        (reference or costs).engine,
        demand.engine,
        network.engine_places,
        seed=seed,
        draws=draws,
        spread=spread,
        progress=progress,
        threads=threads,
    )
    moving = _engine.Moving(
        network.engine,
        network.core,
        costs.engine,
        demand.engine,
        network.engine_places,
        calibration.perception,
        _no_sites(network) if sites is None else sites.engine,
    )
    loading = call(_engine.load_flows, moving, progress=progress, threads=threads)
    return Flows(network, costs, sites, demand, loading, choice, moving, calibration.status)


def _skim(network: Network, costs: Costs, progress: ProgressArgument, threads: int) -> _engine.Skim:
    return call(
        _engine.skim,
        network.core,
        costs.engine,
        network.engine_places,
        progress=progress,
        threads=threads,
    )


def _positions(network: Network, ids: pd.Series, column: str) -> np.ndarray:
    positions = network.places.index.get_indexer(ids.astype(str))
    if (positions < 0).any():
        unknown = str(ids[positions < 0].iloc[0])
        raise InputError(f"column '{column}' names a place that is none", feature=unknown)
    return positions.astype(np.int64)


def _no_sites(network: Network) -> _engine.Sites:
    return _engine.find_sites(
        network.engine, listed_crossing=None, informal_crossing=None, hub=None
    )
