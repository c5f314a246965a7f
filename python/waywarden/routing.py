"""Cheapest routes on one index, under thousands of what-ifs.

A network is prepared once (`RouteIndex`, a customizable contraction hierarchy: Dibbelt, Strasser
and Wagner, ACM Journal of Experimental Algorithmics 21, 2016); costs are then a matter of
milliseconds, many scenarios at a time. Answers are exact for costs rounded to `RouteIndex.unit`.
"""

from __future__ import annotations

import os
from typing import Any

import geopandas
import numpy as np
import pandas as pd

from . import _engine
from ._route_frames import named, questions, routes_frame, scenarios_of, table_for
from ._route_sets import RouteSets
from ._run import ProgressArgument, call

__all__ = ["RouteIndex", "prepare"]


def prepare(
    tail: Any,
    head: Any,
    *,
    nodes: int | None = None,
    positions: Any = None,
    saved: str | os.PathLike[str] | None = None,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> RouteIndex:
    """Prepare a graph that is no `waywarden.network.Network`: arcs from another program.

    Parameters
    ----------
    tail, head : array of int, (arcs,)
        Arc ``i`` leads from node ``tail[i]`` to node ``head[i]``. They may repeat, and be in any
        order; sorted by tail, costs are rounded less.
    nodes : int, optional
        Nodes are 0 to ``nodes - 1``; by default up to the largest that an arc has.
    positions : array of float, (nodes, 2), optional
        In units that are about as long in both directions. With them the index is found sooner
        and is often better; answers are the same.
    saved : path, optional
        What `RouteIndex.save` has written for this graph: mapped into memory instead of made anew.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    RouteIndex
        Its edges are the arcs.

    Raises
    ------
    FileError, InputError
        As for `waywarden.network.Network.prepare`.
    OptionError
        If an arc ends at no node, or columns differ in length.

    Examples
    --------
    >>> import numpy as np
    >>> index = prepare([0, 1, 2], [1, 2, 0])
    >>> index.matrix(np.array([1.0, 2.0, 4.0]), [0], [0, 1, 2]).tolist()
    [[0.0, 1.0, 3.0]]
    """
    tails, heads = np.asarray(tail, dtype=np.int64), np.asarray(head, dtype=np.int64)
    if nodes is None:
        nodes = 1 + int(max(tails.max(initial=-1), heads.max(initial=-1)))
    points = np.empty((0, 2)) if positions is None else np.asarray(positions, dtype=np.float64)
    if points.ndim != 2 or points.shape[1] != 2:
        raise ValueError(f"positions have shape {points.shape}, not (nodes, 2)")
    index = call(
        _engine.prepare_graph,
        nodes,
        tails,
        heads,
        np.ascontiguousarray(points[:, 0]),
        np.ascontiguousarray(points[:, 1]),
        saved=None if saved is None else os.fspath(saved),
        progress=progress,
        threads=threads,
    )
    return RouteIndex(index, None, pd.DataFrame({"node": []}))


class RouteIndex(RouteSets):
    """A network prepared for routing.

    Wherever nodes are asked for, ids of places (str) or numbers of nodes (int) will do, many or
    one. Wherever costs are, `waywarden.risk.Costs` or an array with one number per edge, infinite
    where closed; or several of them: scenarios, which are the first axis of the answer then, or a
    column of it. For a matrix sixteen are customized together; where a thousand do not fit into
    memory, hand them over in portions, into slices of ``out``.

    Attributes
    ----------
    digest : str
        Of the network's edges; an index fits networks of the same digest.

    Parameters
    ----------
    engine : _engine.RouteIndex
        Use `waywarden.network.Network.prepare` or `prepare`.
    network : _engine.Network, optional
        Without one, routes have no lines.
    places : DataFrame
        With the ``node`` of each place.
    """

    def __repr__(self) -> str:
        return f"<RouteIndex: {self.engine.node_count} nodes, {self.engine.edge_count} edges>"

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the index to a file, for ``network.prepare(saved=path)`` another time.

        The file holds the topology of the network and nothing else of it.

        Parameters
        ----------
        path
            Replaced in one go; nobody sees half a file.

        Raises
        ------
        FileError
            If it cannot be written.
        """
        call(self.engine.save, os.fspath(path))

    def unit(self, costs: Any) -> float:
        """Return what costs are rounded to: a power of two, as fine as the network allows."""
        return float(self.engine.unit(scenarios_of(costs)[0]))

    def matrix(
        self,
        costs: Any,
        sources: Any,
        targets: Any,
        *,
        out: np.ndarray | None = None,
        progress: ProgressArgument = None,
        threads: int = 0,
    ) -> np.ndarray:
        """Return the cost from each source to each target.

        Parameters
        ----------
        costs
            One scenario or several.
        sources, targets : sequence of str or int
        out : array of float, optional
            Filled in place of a new array, of the shape of the answer: C-contiguous float64, a
            ``numpy.memmap`` too.
        progress, threads
            As for `waywarden.network.build`.

        Returns
        -------
        array of float, (sources, targets) or (scenarios, sources, targets)
            In the unit of the costs; infinite where there is no way.

        Raises
        ------
        InputError
            If a place is unknown or lies off the network.
        OptionError
            If costs do not fit the network, or are negative or NaN; for an unknown node.
        """
        vectors, single = scenarios_of(costs)
        ends = self._nodes(sources), self._nodes(targets)
        shape = (len(vectors), len(ends[0]), len(ends[1]))
        table = table_for(out, shape[1:] if single else shape)
        call(
            _engine.cost_matrix,
            self.engine,
            vectors,
            *ends,
            table,
            progress=progress,
            threads=threads,
        )
        return table

    def one_to_all(
        self,
        costs: Any,
        roots: Any,
        *,
        direction: str = "from",
        out: np.ndarray | None = None,
        progress: ProgressArgument = None,
        threads: int = 0,
    ) -> np.ndarray:
        """Return the cost from each root to every node, or from every node to it.

        Parameters
        ----------
        costs
            One scenario or several.
        roots : sequence of str or int
        direction : {"from", "to"}
        out, progress, threads
            As for `matrix`.

        Returns
        -------
        array of float, (roots, nodes) or (scenarios, roots, nodes)
            Infinite where there is no way.
        """
        vectors, single = scenarios_of(costs)
        nodes = self._nodes(roots)
        shape = (len(vectors), len(nodes), self.engine.node_count)
        table = table_for(out, shape[1:] if single else shape)
        call(
            _engine.one_to_all,
            self.engine,
            vectors,
            nodes,
            direction,
            table,
            progress=progress,
            threads=threads,
        )
        return table

    def nearest(
        self,
        costs: Any,
        sources: Any,
        targets: Any,
        *,
        count: int = 1,
        progress: ProgressArgument = None,
        threads: int = 0,
    ) -> pd.DataFrame:
        """Return the targets that are nearest to each source by cost: hospitals, hubs, posts.

        Parameters
        ----------
        costs
            One scenario or several.
        sources, targets : sequence of str or int
        count : int
            How many per source at the most; targets that cannot be reached are left out.
        progress, threads
            As for `waywarden.network.build`.

        Returns
        -------
        DataFrame
            ``scenario``, ``source``, ``target``, ``cost``, nearest first; ties go to the target
            that was named first.
        """
        vectors, _ = scenarios_of(costs)
        found = call(
            _engine.nearest_targets,
            self.engine,
            vectors,
            self._nodes(sources),
            self._nodes(targets),
            count,
            progress=progress,
            threads=threads,
        )
        for column, names in (("source", sources), ("target", targets)):
            found[column] = named(names)[found[column]]
        return pd.DataFrame(found)

    def routes(
        self,
        costs: Any,
        origins: Any,
        destinations: Any,
        *,
        progress: ProgressArgument = None,
        threads: int = 0,
    ) -> geopandas.GeoDataFrame:
        """Return the cheapest route of each pair, the i-th origin with the i-th destination.

        Parameters
        ----------
        costs
            One scenario or several.
        origins, destinations : sequence of str or int
        progress, threads
            As for `waywarden.network.build`.

        Returns
        -------
        GeoDataFrame
            ``scenario``, ``origin``, ``destination``, ``cost`` (infinite where there is no route),
            ``edges`` (numbers in travel order) and the line, in longitude and latitude. Of a graph
            without a network a DataFrame, without lines.

        Examples
        --------
        >>> import geopandas, shapely.geometry as shapes
        >>> from waywarden import network as nw, risk
        >>> road = shapes.LineString([(83.0, 27.0), (84.0, 27.0)])
        >>> network = nw.build(nw.links(geopandas.GeoDataFrame(geometry=[road], crs=4326)))
        >>> index = network.prepare()
        >>> found = index.routes(risk.costs(network), [0], [1])
        >>> found["edges"].iloc[0].tolist()
        [0]
        """
        vectors, _ = scenarios_of(costs)
        ends = self._nodes(origins), self._nodes(destinations)
        found = call(
            _engine.routes,
            self.engine,
            self._network,
            vectors,
            *ends,
            progress=progress,
            threads=threads,
        )
        columns = {**questions(len(vectors), origins, destinations), "cost": found["cost"]}
        return routes_frame(columns, found)
