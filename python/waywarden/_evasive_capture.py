"""Evaders who know where teams stand: evasive flow capture.

A pair is captured only if every route that is not too long passes a watched site (Markovic, Ryzhov
and Schonfeld, Networks 65, 2015; Arslan, Jabali and Laporte, Operations Research 66, 2018).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from . import _engine
from ._arc_arrays import (
    SEARCH,
    arc_arrays,
    column,
    node_count,
    pairs_frame,
    site_sets,
    with_columns,
)
from ._run import ProgressArgument, call

__all__ = ["Evaders", "EvasiveCapture", "evaders", "evasive_capture"]


@dataclass(frozen=True)
class EvasiveCapture:
    """A placement that evaders know of.

    Attributes
    ----------
    sites : array of int
        Watched, ascending.
    cost : float
        Of the placement.
    pairs : DataFrame
        Per pair: ``origin``, ``destination``, ``journeys``, ``cheapest`` (missing where no route
        is), ``captured``.
    captured, journeys : float
        Journeys captured, and all that can be made.
    bound : float
        No placement within the budget captures more.
    status : str
        ``optimal`` or ``limit``.
    nodes, routes : int
        Of the search.
    """

    sites: np.ndarray
    cost: float
    pairs: pd.DataFrame
    captured: float
    journeys: float
    bound: float
    status: str
    nodes: int
    routes: int


def evaders(
    tail: Any,
    head: Any,
    cost: Any,
    *,
    origin: Any,
    destination: Any,
    journeys: Any = 1.0,
    detour: float = 1.25,
    nodes: int | None = None,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> Evaders:
    """Describe evaders who know of teams and mind them as long as the detour is not too long.

    Parameters
    ----------
    tail, head, nodes
        As for `shortest_path_interdiction`.
    cost : array of float, (arcs,)
        What the evader feels, at least 0; infinite where closed.
    origin, destination : int or array of int
        Nodes: one pair or many.
    journeys : float or array of float
        Of the pairs.
    detour : float
        An evader takes any route that costs at most this times the cheapest; at least 1.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    Evaders

    Raises
    ------
    OptionError
        If arrays do not fit each other or a number is out of its range.

    Examples
    --------
    Two ways from 0 to 3, one a fifth longer; a third is too long for most.

    >>> crowd = evaders([0, 1, 0, 2, 0], [1, 3, 2, 3, 3], [5, 5, 6, 6, 20], origin=0, destination=3)
    >>> crowd
    <Evaders: 1 journeys of 1 pairs>
    >>> crowd.captured([0, 2])["captured"].tolist()
    [True]
    """
    pairs = pairs_frame(origin, destination, journeys, "journeys")
    arcs = arc_arrays(tail, head)
    engine = call(
        _engine.evasive_pairs,
        node_count(nodes, *arcs, pairs["origin"], pairs["destination"]),
        *arcs,
        column(cost),
        *(pairs[name].to_numpy() for name in pairs),
        detour=detour,
        progress=progress,
        threads=threads,
    )
    return Evaders(engine, pairs, len(arcs[0]))


class Evaders:
    """Evaders on a graph: made by `evaders`.

    Attributes
    ----------
    pairs : DataFrame
        ``origin``, ``destination``, ``journeys``, ``cheapest`` (missing where no route is).
    journeys : float
        All that can be made.
    arcs : int

    Parameters
    ----------
    engine, pairs, arcs
        Use `evaders`.
    """

    def __init__(self, engine: _engine.EvasivePairs, pairs: pd.DataFrame, arcs: int) -> None:
        self.engine = engine
        self.pairs = with_columns(pairs, {"cheapest": engine.cheapest()})
        self.journeys: float = engine.journeys()
        self.arcs = arcs

    def __repr__(self) -> str:
        return f"<Evaders: {self.journeys:g} journeys of {len(self.pairs)} pairs>"

    def captured(
        self,
        placement: Sequence[int],
        *,
        sites: Any = None,
        progress: ProgressArgument = None,
        threads: int = 0,
    ) -> pd.DataFrame:
        """Tell whom a placement captures.

        Parameters
        ----------
        placement : sequence of int
            Sites watched.
        sites
            As for `shortest_path_interdiction`.
        progress, threads
            As for `waywarden.network.build`.

        Returns
        -------
        DataFrame
            `pairs` with ``captured``: every route within the detour passes a watched site.

        Raises
        ------
        OptionError
            If a site does not exist.

        Examples
        --------
        >>> crowd = evaders([0, 1, 0, 2], [1, 3, 2, 3], [5, 5, 6, 6], origin=0, destination=3)
        >>> crowd.captured([0])["captured"].tolist(), crowd.captured([0, 3])["captured"].tolist()
        ([False], [True])
        """
        found = call(
            _engine.evasive_outcome,
            self.engine,
            site_sets(self.arcs, sites, 1.0, (), ()),
            np.asarray(placement, dtype=np.int64),
            progress=progress,
            threads=threads,
        )
        return self.pairs.assign(captured=found["captured"])


def evasive_capture(
    crowd: Evaders,
    *,
    budget: float = 1.0,
    sites: Any = None,
    site_cost: Any = 1.0,
    required: Sequence[int] = (),
    forbidden: Sequence[int] = (),
    node_limit: int = 100_000,
    time_limit: float = 60.0,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> EvasiveCapture:
    """Find the sites where teams capture most journeys.

    Parameters
    ----------
    crowd : Evaders
    budget : float
        Teams, or what the watched sites may cost together.
    sites, site_cost, required, forbidden, node_limit, time_limit
        As for `shortest_path_interdiction`.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    EvasiveCapture

    Raises
    ------
    OptionError
        As for `shortest_path_interdiction`.

    Examples
    --------
    >>> crowd = evaders([0, 1, 0, 2], [1, 3, 2, 3], [5, 5, 6, 6], origin=0, destination=3)
    >>> evasive_capture(crowd, budget=1).bound, evasive_capture(crowd, budget=2).captured
    (0.0, 1.0)
    """
    found = call(
        _engine.evasive_capture,
        crowd.engine,
        site_sets(crowd.arcs, sites, site_cost, required, forbidden),
        budget=budget,
        node_limit=node_limit,
        time_limit=time_limit,
        progress=progress,
        threads=threads,
    )
    return EvasiveCapture(
        sites=found["site"],
        pairs=crowd.pairs.assign(captured=found["outcome"]["captured"]),
        captured=found["outcome"]["captured_journeys"],
        **{name: found[name] for name in ("cost", "journeys", "bound", *SEARCH)},
    )
