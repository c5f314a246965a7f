"""Who moves where, and along which routes.

Demand between places is stated or estimated by a gravity model (Wilson, Transportation Research 1,
1967), then loaded by sampled perception: in each draw every evader takes the route that is cheapest
by what this evader believes of the area. Journeys are attempted ones: nobody is stopped here.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import geopandas
import numpy as np
import pandas as pd

from . import _engine
from ._run import ProgressArgument, call
from ._sites import Sites
from .errors import InputError
from .frames import mark_unreleased
from .network import Network
from .risk import Costs

__all__ = ["Demand", "Flows", "gravity", "load", "stated"]

MODES = ("road", "rail", "sea", "air", "river", "foot", "transfer")


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
    draws: int = 64,
    spread: float = 1.05,
    seed: int = 1,
    reference: Costs | None = None,
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
    draws : int
        Beliefs sampled; at least 2. Standard errors fall with their square root.
    spread : float
        Mean cost of the routes taken over the cheapest; above 1.
    seed : int
        The same seed gives the same draws in every scenario, so that differences are not noise.
    reference : Costs, optional
        Without closures, where `costs` are those of a scenario.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    Flows

    Raises
    ------
    OptionError
        For options that make no sense.
    """
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
    return Flows(network, costs, sites, moving, loading, calibration.status)


class Flows:
    """Expected attempted journeys through each edge, node and crossing, as if nobody were stopped.

    Attributes
    ----------
    journeys, unrouted_journeys : float
        With a route, and cut off by closures.
    spread : tuple of float
        Mean cost of the routes taken over the cheapest, and its standard error.
    spread_status : str
        ``met``, or why the spread asked for could not be (``too low``, ``too high``, ``jumps``).
    overlap : float
        Share of cost that two routes of one journey have in common, on average.

    Parameters
    ----------
    network, costs, sites, moving, loading, spread_status
        Use `load`.
    """

    def __init__(
        self,
        network: Network,
        costs: Costs,
        sites: Sites | None,
        moving: _engine.Moving,
        loading: _engine.Loading,
        spread_status: str,
    ) -> None:
        self.network = network
        self.costs = costs
        self.sites = sites
        self.moving = moving
        self.engine = loading
        self.journeys: float = loading.journeys
        self.unrouted_journeys: float = loading.unrouted_journeys
        self.spread: tuple[float, float] = loading.spread
        self.spread_status = spread_status
        self.overlap: float = loading.overlap

    def __repr__(self) -> str:
        return f"<Flows: {self.journeys:g} journeys, spread {self.spread[0]:.3f}>"

    @cached_property
    def edges(self) -> geopandas.GeoDataFrame:
        """The network's edges with ``journeys`` and their ``standard_error``."""
        return self._with(self.network.edges, self.engine.exposure.edges())

    @cached_property
    def nodes(self) -> geopandas.GeoDataFrame:
        """The network's nodes with the journeys that begin, end or pass there."""
        return self._with(self.network.nodes, self.engine.exposure.nodes())

    @cached_property
    def crossings(self) -> geopandas.GeoDataFrame:
        """The network's border crossings with the journeys over them, both ways."""
        return self._with(self.network.crossings, self.engine.exposure.crossings())

    @cached_property
    def modes(self) -> pd.DataFrame:
        """Journey-kilometres per mode."""
        columns = self.engine.exposure.modes_km()
        return mark_unreleased(_km(columns, pd.Index(MODES, name="mode")))

    @cached_property
    def countries(self) -> pd.DataFrame:
        """Journey-kilometres per country; outside every country under an empty code."""
        columns = self.engine.exposure.countries_km()
        return mark_unreleased(_km(columns, country_index(self.network)))

    @staticmethod
    def _with(frame: geopandas.GeoDataFrame, columns: dict[str, Any]) -> geopandas.GeoDataFrame:
        return mark_unreleased(frame.assign(**columns))


def country_index(network: Network) -> pd.Index:
    """Return the codes of the network's countries, then the empty code of no country."""
    return pd.Index([*network.engine.countries, ""], name="country")


def _km(columns: dict[str, Any], index: pd.Index) -> pd.DataFrame:
    return pd.DataFrame(columns, index=index).rename(columns={"journeys": "journey_km"})


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
