"""Attacks on what flows through any directed graph: arcs as arrays, sites as sets of arcs.

Maximum-flow interdiction (Wood, Mathematical and Computer Modelling 17, 1993), minimum cuts and
minimum-cost-flow interdiction. The interdiction problems are NP-hard; each answer carries the value
reached, a bound that nothing passes, and a status: ``optimal``, or ``limit`` where the search was
cut short.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from . import _engine
from ._arc_arrays import arc_arrays, column, node_count, per, site_sets
from ._run import ProgressArgument, call

__all__ = [
    "MinCostFlowInterdiction",
    "MinimumCut",
    "max_flow_interdiction",
    "min_cost_flow_interdiction",
    "minimum_cut",
]


@dataclass(frozen=True)
class MinimumCut:
    """The arcs that limit a flow.

    Attributes
    ----------
    value : float
        Their capacity together: the most that can flow.
    arcs : array of int
        Positions, ascending.
    source_side : array of bool
        Per node.
    """

    value: float
    arcs: np.ndarray
    source_side: np.ndarray


@dataclass(frozen=True)
class MinCostFlowInterdiction:
    """An attack on how demand is served.

    Attributes
    ----------
    sites : array of int
        Attacked, ascending.
    cost : float
        Of the attack.
    before, value, bound : float
        Least cost of serving demand before the attack and after it, what is not served counting
        ``unmet_cost`` per unit; and what no attack within the budget exceeds.
    unmet_cost : float
    flow : array of float, (arcs,)
        After the attack.
    unmet : array of float, (nodes,)
        Demand that is then not served.
    status : str
        ``optimal`` or ``limit``.
    nodes, flows : int
        Of the search.
    """

    sites: np.ndarray
    cost: float
    before: float
    value: float
    bound: float
    unmet_cost: float
    flow: np.ndarray
    unmet: np.ndarray
    status: str
    nodes: int
    flows: int


def minimum_cut(
    tail: Any, head: Any, capacity: Any, *, source: int, sink: int, nodes: int | None = None
) -> MinimumCut:
    """Find the most that can flow between two nodes, and the arcs that limit it.

    Parameters
    ----------
    tail, head, nodes
        As for `shortest_path_interdiction`.
    capacity : array of float, (arcs,)
        Finite, at least 0.
    source, sink : int
        Nodes.

    Returns
    -------
    MinimumCut
        Of several, the one nearest to the source.

    Raises
    ------
    OptionError
        If arrays do not fit each other or a number is out of its range.

    Examples
    --------
    >>> cut = minimum_cut([0, 0, 1, 2], [1, 2, 3, 3], [4.0, 3.0, 2.0, 5.0], source=0, sink=3)
    >>> cut.value, cut.arcs.tolist()
    (5.0, [1, 2])
    """
    arcs = arc_arrays(tail, head)
    count = node_count(nodes, *arcs, [source, sink])
    found = _engine.minimum_cut(count, *arcs, column(capacity), source, sink)
    return MinimumCut(found["value"], found["arc"], found["source_side"])


def max_flow_interdiction(
    tail: Any,
    head: Any,
    capacity: Any,
    *,
    source: int,
    sink: int,
    budgets: Any = 1.0,
    sites: Any = None,
    site_cost: Any = 1.0,
    required: Sequence[int] = (),
    forbidden: Sequence[int] = (),
    nodes: int | None = None,
    node_limit: int = 100_000,
    time_limit: float = 60.0,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> pd.DataFrame:
    """Close sites so that the least can flow, for one budget or a frontier of budgets.

    Parameters
    ----------
    tail, head, nodes, sites, site_cost, required, forbidden
        As for `shortest_path_interdiction`; an attack removes the site's arcs.
    capacity, source, sink
        As for `minimum_cut`.
    budgets : float or sequence of float
        What the closed sites may cost together.
    node_limit, time_limit
        As for `shortest_path_interdiction`, for each budget.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    DataFrame
        Per budget: ``flow`` (what can still flow), ``bound`` (no attack within the budget comes
        below), ``status``, ``cost``, ``sites`` (array of int), ``nodes`` (of the search).

    Raises
    ------
    OptionError
        As for `shortest_path_interdiction`.

    Examples
    --------
    >>> frontier = max_flow_interdiction(
    ...     [0, 0, 1, 2], [1, 2, 3, 3], [4.0, 3.0, 2.0, 5.0], source=0, sink=3, budgets=range(3)
    ... )
    >>> frontier["flow"].tolist()
    [5.0, 2.0, 0.0]
    >>> frontier["status"].unique().tolist()
    ['optimal']
    """
    arcs = arc_arrays(tail, head)
    found = call(
        _engine.max_flow_interdiction,
        node_count(nodes, *arcs, [source, sink]),
        *arcs,
        column(capacity),
        site_sets(len(arcs[0]), sites, site_cost, required, forbidden),
        source,
        sink,
        budgets=np.atleast_1d(np.asarray(list(np.atleast_1d(budgets)), dtype=np.float64)).tolist(),
        node_limit=node_limit,
        time_limit=time_limit,
        progress=progress,
        threads=threads,
    )
    columns = {"flow": "value", **{name: name for name in ("bound", "status", "cost")}}
    frame = pd.DataFrame({name: found[source_] for name, source_ in columns.items()})
    frame["sites"] = pd.Series(list(found["site"]), dtype=object)
    frame["nodes"] = found["nodes"]
    frame.index = pd.Index(found["budget"], name="budget")
    return frame


def min_cost_flow_interdiction(
    tail: Any,
    head: Any,
    capacity: Any,
    cost: Any,
    supply: Any,
    *,
    budget: float = 1.0,
    unmet_cost: float | None = None,
    sites: Any = None,
    site_cost: Any = 1.0,
    required: Sequence[int] = (),
    forbidden: Sequence[int] = (),
    node_limit: int = 100_000,
    time_limit: float = 60.0,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> MinCostFlowInterdiction:
    """Close sites so that serving demand becomes as dear as possible.

    The other side sees the attack and serves demand at the least cost there then is.

    Parameters
    ----------
    tail, head, sites, site_cost, required, forbidden
        As for `shortest_path_interdiction`; an attack removes the site's arcs.
    capacity, cost : float or array of float, (arcs,)
        The most that flows, and what a unit costs, at least 0; an infinite capacity is none.
    supply : array of float, (nodes,)
        Above 0 what a node has (it need not give all), below 0 what it demands.
    budget : float
        What the closed sites may cost together.
    unmet_cost : float, optional
        Of a unit of demand that is not served; by default dearer than any way of serving it.
    node_limit, time_limit
        As for `shortest_path_interdiction`.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    MinCostFlowInterdiction

    Raises
    ------
    OptionError
        As for `shortest_path_interdiction`.

    Examples
    --------
    Ten units go from 0 to 2, for 1 each over node 1 or 5 each directly.

    >>> attack = min_cost_flow_interdiction(
    ...     [0, 1, 0], [1, 2, 2], capacity=20, cost=[1, 0, 5], supply=[10, 0, -10]
    ... )
    >>> attack.before, attack.value, attack.status
    (10.0, 50.0, 'optimal')
    """
    arcs = arc_arrays(tail, head)
    supplies = column(supply)
    found = call(
        _engine.min_cost_flow_interdiction,
        len(supplies),
        *arcs,
        per(capacity, len(arcs[0]), "capacity"),
        per(cost, len(arcs[0]), "cost"),
        supplies,
        site_sets(len(arcs[0]), sites, site_cost, required, forbidden),
        budget=budget,
        unmet_cost=unmet_cost,
        node_limit=node_limit,
        time_limit=time_limit,
        progress=progress,
        threads=threads,
    )
    found["sites"], found["before"] = found.pop("site"), found.pop("value_before")
    return MinCostFlowInterdiction(**found)
