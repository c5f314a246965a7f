"""Attacks on routes of any directed graph: arcs as arrays, sites as sets of arcs.

Shortest-path interdiction (Israeli and Wood, Networks 40, 2002), NP-hard: the answer carries the
value reached, a bound that nothing passes, and a status: ``optimal``, or ``limit`` where the search
was cut short.
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
    per,
    site_sets,
    with_columns,
)
from ._run import ProgressArgument, call

__all__ = ["ShortestPathInterdiction", "shortest_path_interdiction"]


@dataclass(frozen=True)
class ShortestPathInterdiction:
    """An attack on routes.

    Attributes
    ----------
    sites : array of int
        Attacked, ascending.
    cost : float
        Of the attack.
    pairs : DataFrame
        Per pair: ``origin``, ``destination``, ``weight``, ``before`` and ``after`` (length of the
        cheapest route, missing where there is none), ``disconnected`` (no route after the attack).
    value, bound : float
        Weighted sum of lengths after the attack, a disconnected pair counting as ``abandon_at``;
        and what no attack within the budget exceeds.
    abandon_at : float
    status : str
        ``optimal`` or ``limit``.
    nodes, routes : int
        Of the search.
    """

    sites: np.ndarray
    cost: float
    pairs: pd.DataFrame
    value: float
    bound: float
    abandon_at: float
    status: str
    nodes: int
    routes: int


def shortest_path_interdiction(
    tail: Any,
    head: Any,
    length: Any,
    *,
    origin: Any,
    destination: Any,
    weight: Any = 1.0,
    budget: float = 1.0,
    delay: Any = np.inf,
    abandon_at: float | None = None,
    sites: Any = None,
    site_cost: Any = 1.0,
    required: Sequence[int] = (),
    forbidden: Sequence[int] = (),
    nodes: int | None = None,
    node_limit: int = 100_000,
    time_limit: float = 60.0,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> ShortestPathInterdiction:
    """Attack sites so that the cheapest routes become as long as possible.

    The traveller sees the attacks and takes the cheapest route there then is. The weighted sum over
    pairs of min(length, `abandon_at`) is maximised.

    Parameters
    ----------
    tail, head : array of int, (arcs,)
        Arc ``i`` leads from node ``tail[i]`` to node ``head[i]``.
    length : array of float, (arcs,)
        At least 0; infinite where closed.
    origin, destination : int or array of int
        Nodes: one pair or many.
    weight : float or array of float
        Of the pairs.
    budget : float
        What the attacked sites may cost together.
    delay : float or array of float, (arcs,)
        What an attack adds to the arc's length; infinite (the default) removes it.
    abandon_at : float, optional
        Longer journeys are not made, and count as this, as do those of disconnected pairs. By
        default longer than any route can be.
    sites : array of int, (arcs,), optional
        The site that each arc belongs to, 0, 1, ..., or -1 for none; by default each arc is a site.
    site_cost : float or array of float, (sites,)
    required, forbidden : sequence of int
        Sites that must, or must not, be attacked.
    nodes : int, optional
        Nodes are 0 to ``nodes - 1``; by default up to the largest that is named.
    node_limit : int
        The search ends after so many of its nodes, and says so.
    time_limit : float
        Or after so many seconds. A search ended by time may end elsewhere on another machine.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    ShortestPathInterdiction

    Raises
    ------
    OptionError
        If arrays do not fit each other, a number is out of its range, or the required sites exceed
        the budget.

    Examples
    --------
    Two roads from 0 to 3; closing an arc of the short one leaves the long one.

    >>> attack = shortest_path_interdiction(
    ...     [0, 1, 0, 2], [1, 3, 2, 3], [1.0, 1.0, 2.0, 3.0], origin=0, destination=3
    ... )
    >>> attack.value, attack.status
    (5.0, 'optimal')
    >>> both = shortest_path_interdiction(
    ...     [0, 1, 0, 2], [1, 3, 2, 3], [1.0, 1.0, 2.0, 3.0], origin=0, destination=3, budget=2
    ... )
    >>> bool(both.pairs.loc[0, "disconnected"])
    True
    """
    pairs = pairs_frame(origin, destination, weight, "weight")
    arcs = arc_arrays(tail, head)
    found = call(
        _engine.shortest_path_interdiction,
        node_count(nodes, *arcs, pairs["origin"], pairs["destination"]),
        *arcs,
        column(length),
        per(delay, len(arcs[0]), "delay"),
        site_sets(len(arcs[0]), sites, site_cost, required, forbidden),
        *(pairs[name].to_numpy() for name in pairs),
        budget=budget,
        abandon_at=abandon_at,
        node_limit=node_limit,
        time_limit=time_limit,
        progress=progress,
        threads=threads,
    )
    lengths = {"before": found["length_before"], "after": found["length"]}
    return ShortestPathInterdiction(
        sites=found["site"],
        cost=found["cost"],
        pairs=with_columns(pairs, lengths).assign(disconnected=~found["length"][1]),
        **{name: found[name] for name in ("value", "bound", "abandon_at", *SEARCH)},
    )
