"""Cheapest routes on one index, under thousands of what-ifs.

A network is prepared once (`RouteIndex`, a customizable contraction hierarchy: Dibbelt, Strasser
and Wagner, ACM Journal of Experimental Algorithmics 21, 2016); costs are then a matter of
milliseconds, many scenarios at a time. Answers are exact for costs rounded to `RouteIndex.unit`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas
import numpy as np
import pandas as pd

from . import _engine
from ._run import ProgressArgument, call
from .errors import InputError
from .frames import frame_of_columns

__all__ = ["RouteIndex"]


class RouteIndex:
    """A network prepared for routing.

    Wherever nodes are asked for, ids of places (str) or numbers of nodes (int) will do. Wherever
    costs are, `waywarden.risk.Costs` or an array with one number per edge, infinite where closed;
    or several of them: scenarios, which are the first axis of the answer then.

    Attributes
    ----------
    digest : str
        Of the network's edges; an index fits networks of the same digest.

    Parameters
    ----------
    engine : _engine.RouteIndex
        Use `waywarden.network.Network.prepare`.
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

    def __repr__(self) -> str:
        return f"<RouteIndex: {self.engine.node_count} nodes, {self.engine.edge_count} edges>"

    def unit(self, costs: Any) -> float:
        """Return what costs are rounded to: a power of two, as fine as the network allows."""
        return float(self.engine.unit(_scenarios(costs)[0]))

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
        vectors, single = _scenarios(costs)
        ends = self._nodes(sources), self._nodes(targets)
        shape = (len(vectors), len(ends[0]), len(ends[1]))
        table = _table(out, shape[1:] if single else shape)
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
        vectors, single = _scenarios(costs)
        nodes = self._nodes(roots)
        shape = (len(vectors), len(nodes), self.engine.node_count)
        table = _table(out, shape[1:] if single else shape)
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
        vectors, _ = _scenarios(costs)
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
            found[column] = pd.Series(list(names)).iloc[found[column]].to_numpy()
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
            ``edges`` (numbers in travel order) and the line, in longitude and latitude.

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
        vectors, _ = _scenarios(costs)
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
        number = len(ends[0])
        columns = {
            "scenario": np.repeat(np.arange(len(vectors)), number),
            "origin": list(origins) * len(vectors),
            "destination": list(destinations) * len(vectors),
            "cost": found["cost"],
            "wkb": found["wkb"],
        }
        frame = frame_of_columns(columns, "route")
        frame.insert(4, "edges", pd.Series(_cut(found["edges"], found["first"]), dtype=object))
        return frame

    def _nodes(self, values: Any) -> np.ndarray:
        found = np.asarray(values)
        if found.dtype.kind in "iu":
            return found.astype(np.int64)
        ids = [str(value) for value in values]
        places = self._places
        at = places.index.get_indexer(ids)
        nodes = np.where(at < 0, -1, places["node"].to_numpy()[at]) if len(places) else at
        if (nodes < 0).any():
            unknown = ids[int(np.argmax(nodes < 0))]
            raise InputError("is no place that is attached to the network", feature=unknown)
        return nodes.astype(np.int64)


def _scenarios(costs: Any) -> tuple[list[np.ndarray], bool]:
    """Return one array per scenario, and whether only one was given, not in a sequence."""
    costs = getattr(costs, "generalised", costs)
    if isinstance(costs, np.ndarray):
        return (list(costs), False) if costs.ndim == 2 else ([costs], True)
    if isinstance(costs, Sequence) and not isinstance(costs, str):
        return [_scenarios(one)[0][0] for one in costs], False
    raise TypeError(f"expected Costs or arrays of numbers, not {type(costs).__name__}")


def _table(out: np.ndarray | None, shape: tuple[int, ...]) -> np.ndarray:
    if out is None:
        return np.empty(shape)
    if out.dtype != np.float64 or not out.flags.c_contiguous or not out.flags.writeable:
        raise TypeError("out must be a writable, C-contiguous array of float64")
    if out.shape != shape:
        raise ValueError(f"out has shape {out.shape}, the answer {shape}")
    return out


def _cut(edges: np.ndarray, first: np.ndarray) -> list[np.ndarray]:
    return np.split(edges, first[1:-1]) if len(first) > 1 else []
