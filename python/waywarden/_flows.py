"""Journeys on a network, as frames."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import geopandas
import pandas as pd

from . import _engine, _route_choice
from ._route_choice import LinkUse
from ._run import ProgressArgument, call
from ._sites import Sites
from .errors import OptionError
from .frames import mark_unreleased
from .network import Network
from .risk import Costs

if TYPE_CHECKING:
    from ._demand import Demand

__all__ = ["MODES", "Flows", "country_index"]

MODES = ("road", "rail", "sea", "air", "river", "foot", "transfer")


class Flows:
    """Expected attempted journeys through each edge, node and crossing, as if nobody were stopped.

    Standard errors are over draws; 0 where the model of route choice draws nothing.

    Attributes
    ----------
    choice : str
    journeys, unrouted_journeys : float
        With a route, and cut off by closures.
    cost, spread : tuple of float
        Per journey, and of the routes taken over the cheapest; each with its standard error.
    spread_status : str
        ``met``, or why the spread asked for could not be (``too low``, ``too high``, ``jumps``);
        empty where none was asked for.
    overlap : float or None
        Share of cost that two routes of one journey have in common, on average; of perception.

    Parameters
    ----------
    network, costs, sites, demand, engine, choice, moving, spread_status
        Use `load`.
    """

    def __init__(
        self,
        network: Network,
        costs: Costs,
        sites: Sites | None,
        demand: Demand,
        engine: Any,
        choice: str,
        moving: _engine.Moving | None = None,
        spread_status: str = "",
    ) -> None:
        self.network = network
        self.costs = costs
        self.sites = sites
        self.demand = demand
        self.engine = engine
        self.choice = choice
        self.moving = moving
        self.journeys: float = engine.journeys
        self.unrouted_journeys: float = engine.unrouted_journeys
        self.cost: tuple[float, float] = engine.cost
        self.spread: tuple[float, float] = engine.spread
        self.spread_status = spread_status
        self.overlap: float | None = getattr(engine, "overlap", None)

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

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """One row per pair of the demand.

        ``origin``, ``destination``, ``journeys``, ``joined`` (by any route), ``cheapest_cost``,
        expected ``cost`` and probability of ``evasion``, that a journey is never detected on its
        way by what is there already, with ``cost_error`` and ``evasion_error``.
        """
        return _route_choice.pair_table(self.demand.pairs, self._chosen)

    @property
    def evasion(self) -> tuple[float, float]:
        """Mean probability of evasion of a journey, and its standard error."""
        return self._chosen.evasion

    def select_link(
        self,
        edges: int | Sequence[int] | None = None,
        *,
        site: str | None = None,
        node: int | None = None,
        routes: int | None = None,
        progress: ProgressArgument = None,
        threads: int = 0,
    ) -> LinkUse:
        """Return who passes: the pairs, their shares, and the routes with most journeys.

        Parameters
        ----------
        edges : int or sequence of int, optional
            Ids of edges: journeys that pass any of them.
        site, node : str, int, optional
            A crossing or hub by its id, or a node, instead.
        routes : int, optional
            How many routes to list; 10 but for logit on a network, which can list none.
        progress, threads
            As for `waywarden.network.build`.

        Raises
        ------
        OptionError
            For an edge or node that is not there, or routes where none can be listed.
        InputError
            For a site that is none.
        """
        if routes is None:
            routes = 0 if self.choice in ("acyclic_logit", "recursive_logit") else 10
        return _route_choice.select_link(
            self.network,
            self.demand.pairs,
            self._chosen,
            _route_choice.edges_of(self.network, edges, site, node),
            routes=routes,
            progress=progress,
            threads=threads,
        )

    @cached_property
    def site_routes(self) -> _engine.ChosenSiteRoutes:
        """Routes of a model other than sampled perception, with the sites on them."""
        sites = sites_of(self).engine
        return call(_engine.chosen_site_routes, self.network.core, self.engine, sites)

    @cached_property
    def _chosen(self) -> _engine.ChosenFlows:
        if self.moving is None:
            return self.engine
        return call(_engine.perceived_flows, self.moving, self.engine)

    @staticmethod
    def _with(frame: geopandas.GeoDataFrame, columns: dict[str, Any]) -> geopandas.GeoDataFrame:
        return mark_unreleased(frame.assign(**columns))


def sites_of(flows: Flows) -> Any:
    """Return the sites the flows were loaded with."""
    if flows.sites is None:
        raise OptionError("load the flows with sites: flow.load(network, costs, demand, sites)")
    return flows.sites


def movement_of(flows: Flows) -> _engine.Moving:
    """Return what was loaded on sites, for what evaders do about teams."""
    sites_of(flows)
    if flows.moving is None:
        raise OptionError(
            "what evaders do about teams is known of sampled perception only: choice='perception'"
        )
    return flows.moving


def country_index(network: Network) -> pd.Index:
    """Return the codes of the network's countries, then the empty code of no country."""
    return pd.Index([*network.engine.countries, ""], name="country")


def _km(columns: dict[str, Any], index: pd.Index) -> pd.DataFrame:
    return pd.DataFrame(columns, index=index).rename(columns={"journeys": "journey_km"})
