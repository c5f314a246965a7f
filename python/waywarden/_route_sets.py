"""Sets of routes on a prepared network: alternatives, trade-offs, corridors, isochrones."""

from __future__ import annotations

from typing import Any

import geopandas
import numpy as np
import pandas as pd

from . import _engine
from ._route_frames import listed, named, one_scenario, questions, routes_frame, scenarios_of
from ._run import ProgressArgument, call
from .errors import InputError
from .frames import mark_unreleased

__all__ = ["RouteSets"]


class RouteSets:
    """What `waywarden.routing.RouteIndex` answers with sets of routes and of edges.

    Parameters
    ----------
    engine : _engine.RouteIndex
    network : _engine.Network
    places : DataFrame
        With the ``node`` of each place.
    """

    def __init__(
        self, engine: _engine.RouteIndex, network: _engine.Network, places: pd.DataFrame
    ) -> None:
        self.engine = engine
        self._network = network
        self._places = places
        self.digest: str = engine.digest

    def alternatives(
        self,
        costs: Any,
        origins: Any,
        destinations: Any,
        *,
        method: str = "via",
        count: int = 3,
        excess: float = 0.25,
        sharing: float = 0.8,
        local_optimality: float = 0.25,
        progress: ProgressArgument = None,
        threads: int = 0,
    ) -> geopandas.GeoDataFrame:
        """Return routes that a person would call different for each pair, the cheapest first.

        Parameters
        ----------
        costs
            One scenario or several.
        origins, destinations : str or int, or a sequence
            The i-th origin with the i-th destination.
        method : {"via", "penalty"}
            By nodes in between (Abraham, Delling, Goldberg and Werneck, 2013), or by making used
            edges dearer again and again, which finds more but may take small detours.
        count : int
            How many at the most, the cheapest included.
        excess : float
            A route costs at most ``1 + excess`` times the cheapest.
        sharing : float
            At most this share of the cheapest cost is on edges of the routes before it.
        local_optimality : float
            Of ``via``: parts of a route up to this share of the cheapest cost are cheapest ways.
        progress, threads
            As for `waywarden.network.build`.

        Returns
        -------
        GeoDataFrame
            ``scenario``, ``origin``, ``destination``, ``cost``, ``stretch`` (over the cheapest),
            ``sharing``, ``path_size`` (Ben-Akiva and Bierlaire, 1999), ``edges`` and the line. No
            rows for a pair without a route.

        Examples
        --------
        >>> import geopandas, shapely.geometry as shapes
        >>> from waywarden import network as nw, risk
        >>> ways = [[(83, 27), (84, 27)], [(83, 27), (83.5, 27.1), (84, 27)]]
        >>> roads = geopandas.GeoDataFrame(geometry=[shapes.LineString(w) for w in ways], crs=4326)
        >>> network = nw.build(nw.links(roads))
        >>> found = network.prepare().alternatives(risk.costs(network), 0, 1, method="penalty")
        >>> found["stretch"].round(3).tolist()
        [1.0, 1.024]
        """
        vectors, _ = scenarios_of(costs)
        found = call(
            _engine.alternatives,
            self.engine,
            self._network,
            vectors,
            self._nodes(origins),
            self._nodes(destinations),
            method=method,
            count=count,
            excess=excess,
            sharing=sharing,
            local_optimality=local_optimality,
            progress=progress,
            threads=threads,
        )
        asked = questions(len(vectors), origins, destinations)
        routes = np.diff(found["first_route"])
        columns = {name: np.repeat(values, routes) for name, values in asked.items()}
        about = {name: found[name] for name in ("cost", "stretch", "sharing", "path_size")}
        return routes_frame({**columns, **about}, found)

    def pareto(
        self,
        first: Any,
        second: Any,
        origin: Any,
        destination: Any,
        *,
        excess: float = float("inf"),
        progress: ProgressArgument = None,
        threads: int = 0,
    ) -> geopandas.GeoDataFrame:
        """Return every trade-off between two costs, such as time and hazard, with a route for each.

        Parameters
        ----------
        first, second : array of float
            One number per edge, infinite where closed.
        origin, destination : str or int
        excess : float
            Only routes whose first cost is within ``1 + excess`` times the least.
        progress, threads
            As for `waywarden.network.build`.

        Returns
        -------
        GeoDataFrame
            ``first_cost`` (ascending), ``second_cost`` (descending), ``edges`` and the line. Exact;
            ``attrs["waywarden"]["complete"]`` is False where the search had to give up: then the
            points with the least first cost are there.
        """
        found = call(
            _engine.pareto_front,
            self.engine,
            self._network,
            one_scenario(first),
            one_scenario(second),
            *self._pair(origin, destination),
            excess=excess,
            progress=progress,
            threads=threads,
        )
        columns = {name: found[name] for name in ("first_cost", "second_cost")}
        return routes_frame(columns, found, complete=found["complete"])

    def corridor(
        self,
        costs: Any,
        sources: Any,
        targets: Any,
        *,
        excess: float = 0.1,
        progress: ProgressArgument = None,
        threads: int = 0,
    ) -> pd.DataFrame:
        """Return the edges that routes of nearly the cheapest cost may use.

        Parameters
        ----------
        costs
            One scenario or several.
        sources, targets : sequence of str or int
            Each pair has a corridor by its own cheapest cost; the answer is all of them together.
        excess : float
            Routes cost at most ``1 + excess`` times the cheapest. Dead ends are left out.
        progress, threads
            As for `waywarden.network.build`.

        Returns
        -------
        DataFrame
            By ``edge``: ``scenario``, ``stretch`` (least cost of a way through it over the
            cheapest) and ``pairs`` (in how many corridors it is). ``network.edges.loc[...]`` has
            the lines.
        """
        vectors, _ = scenarios_of(costs)
        found = call(
            _engine.corridors,
            self.engine,
            vectors,
            self._nodes(sources),
            self._nodes(targets),
            excess=excess,
            progress=progress,
            threads=threads,
        )
        return mark_unreleased(pd.DataFrame(found).set_index("edge"))

    def isochrones(
        self,
        costs: Any,
        sources: Any,
        limits: Any,
        *,
        direction: str = "from",
        progress: ProgressArgument = None,
        threads: int = 0,
    ) -> pd.DataFrame:
        """Return how far one gets from each source within each limit, or from where to it.

        Parameters
        ----------
        costs
            One scenario or several.
        sources : sequence of str or int
        limits : sequence of float
            In the unit of the costs.
        direction : {"from", "to"}
        progress, threads
            As for `waywarden.network.build`.

        Returns
        -------
        DataFrame
            ``scenario``, ``source``, ``limit``, ``edge`` and ``share``: how much of the edge is
            within reach, above 0 to 1, from its tail on (direction ``to``: up to its head).
        """
        vectors, _ = scenarios_of(costs)
        bounds = np.atleast_1d(np.asarray(limits, dtype=np.float64))
        found = call(
            _engine.isochrones,
            self.engine,
            vectors,
            self._nodes(sources),
            bounds,
            direction=direction,
            progress=progress,
            threads=threads,
        )
        names = named(sources)
        areas = {
            "scenario": np.repeat(np.arange(len(vectors)), len(names) * len(bounds)),
            "source": np.tile(np.repeat(names, len(bounds)), len(vectors)),
            "limit": np.tile(bounds, len(vectors) * len(names)),
        }
        columns = {name: np.repeat(values, found["count"]) for name, values in areas.items()}
        return mark_unreleased(
            pd.DataFrame({**columns, "edge": found["edge"], "share": found["share"]})
        )

    def _nodes(self, values: Any) -> np.ndarray:
        named = listed(values)
        found = np.asarray(named)
        if found.dtype.kind in "iu" or not named:
            return found.astype(np.int64)
        ids = [str(value) for value in named]
        places = self._places
        at = places.index.get_indexer(ids)
        nodes = np.where(at < 0, -1, places["node"].to_numpy()[at]) if len(places) else at
        if (nodes < 0).any():
            unknown = ids[int(np.argmax(nodes < 0))]
            raise InputError("is no place that is attached to the network", feature=unknown)
        return nodes.astype(np.int64)

    def _pair(self, origin: Any, destination: Any) -> list[int]:
        return [int(self._nodes(end)[0]) for end in (origin, destination)]
