"""Who moves where, and along which routes.

Demand between places is stated, or estimated by a gravity model (Wilson, Transportation Research 1,
1967), radiation or intervening opportunities, for all or per group, with those who return and are
trafficked again if wanted; `calibrate_demand` estimates how it falls with cost from observed
journeys. It is then loaded by sampled perception: in each draw every evader takes the route that is
cheapest by what this evader believes of the area. Journeys are attempted ones: nobody is stopped
here.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import geopandas
import pandas as pd

from . import _engine
from ._demand import Demand, gravity, intervening, radiation, stated
from ._demand_fit import DemandFit, calibrate_demand
from ._demand_groups import GroupedDemand, by_group
from ._demand_returns import DemandWithReturns, with_returns
from ._run import ProgressArgument, call
from ._sites import Sites
from .frames import mark_unreleased
from .network import Network
from .risk import Costs

__all__ = [
    "Demand",
    "DemandFit",
    "DemandWithReturns",
    "Flows",
    "GroupedDemand",
    "by_group",
    "calibrate_demand",
    "gravity",
    "intervening",
    "load",
    "radiation",
    "stated",
    "with_returns",
]

MODES = ("road", "rail", "sea", "air", "river", "foot", "transfer")


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


def _no_sites(network: Network) -> _engine.Sites:
    return _engine.find_sites(
        network.engine, listed_crossing=None, informal_crossing=None, hub=None
    )
