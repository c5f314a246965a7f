"""Attacks on graphs as integer programs, to solve with any solver or to add constraints to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from . import _engine
from ._arc_arrays import arc_arrays, column, node_count, pairs_frame, per, site_sets
from ._evasive_capture import Evaders
from ._run import ProgressArgument, call

__all__ = ["evasive_capture_program", "max_flow_program", "shortest_path_program"]


def shortest_path_program(
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
) -> dict[str, Any]:
    """Write shortest-path interdiction as an integer program.

    The dual form of Israeli and Wood (Networks 40, 2002): potentials of nodes, per origin.

    Parameters
    ----------
    tail, head, length, origin, destination, weight, budget, delay, abandon_at, sites, site_cost, \
required, forbidden, nodes
        As for `shortest_path_interdiction`.

    Returns
    -------
    dict
        Minimise ``offset + cost @ x`` over columns from ``low`` to ``high``, whole numbers where
        ``integral``; rows from ``row_low`` to ``row_high`` hold ``value`` at ``column``, those of
        row ``i`` from ``first[i]`` on. The first columns are the sites. The value of the attack is
        that of the program with its sign changed.

    Raises
    ------
    OptionError
        As for `shortest_path_interdiction`.

    Examples
    --------
    >>> program = shortest_path_program([0, 0], [1, 1], [1.0, 3.0], origin=0, destination=1)
    >>> len(program["cost"]), len(program["row_low"])
    (4, 3)
    """
    pairs = pairs_frame(origin, destination, weight, "weight")
    arcs = arc_arrays(tail, head)
    return _engine.shortest_path_program(
        node_count(nodes, *arcs, pairs["origin"], pairs["destination"]),
        *arcs,
        column(length),
        per(delay, len(arcs[0]), "delay"),
        site_sets(len(arcs[0]), sites, site_cost, required, forbidden),
        *(pairs[name].to_numpy() for name in pairs),
        budget=budget,
        abandon_at=abandon_at,
    )


def max_flow_program(
    tail: Any,
    head: Any,
    capacity: Any,
    *,
    source: int,
    sink: int,
    budget: float = 1.0,
    sites: Any = None,
    site_cost: Any = 1.0,
    required: Sequence[int] = (),
    forbidden: Sequence[int] = (),
    nodes: int | None = None,
) -> dict[str, Any]:
    """Write maximum-flow interdiction as an integer program.

    A cut whose arcs count unless they are attacked (Wood, Mathematical and Computer Modelling 17,
    1993). The program's value is the flow that is left.

    Parameters
    ----------
    tail, head, capacity, source, sink, sites, site_cost, required, forbidden, nodes
        As for `max_flow_interdiction`.
    budget : float
        What the closed sites may cost together.

    Returns
    -------
    dict
        As from `shortest_path_program`.

    Raises
    ------
    OptionError
        As for `max_flow_interdiction`.

    Examples
    --------
    >>> program = max_flow_program([0, 0], [1, 1], [4.0, 3.0], source=0, sink=1)
    >>> program["integral"].tolist()
    [True, True, False, False, False, False]
    """
    arcs = arc_arrays(tail, head)
    return _engine.max_flow_program(
        node_count(nodes, *arcs, [source, sink]),
        *arcs,
        column(capacity),
        site_sets(len(arcs[0]), sites, site_cost, required, forbidden),
        source,
        sink,
        budget=budget,
    )


def evasive_capture_program(
    crowd: Evaders,
    *,
    budget: float = 1.0,
    sites: Any = None,
    site_cost: Any = 1.0,
    required: Sequence[int] = (),
    forbidden: Sequence[int] = (),
    progress: ProgressArgument = None,
    threads: int = 0,
) -> dict[str, Any]:
    """Write evasive flow capture as an integer program.

    Potentials per pair, on the routes that are short enough. The journeys captured are the
    program's value with its sign changed; a route counts as one that evaders take up to 1e-5 of
    the limit beyond it, because solvers cannot tell less apart.

    Parameters
    ----------
    crowd, budget, sites, site_cost, required, forbidden
        As for `evasive_capture`.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    dict
        As from `shortest_path_program`.

    Raises
    ------
    OptionError
        As for `evasive_capture`.

    Examples
    --------
    >>> from waywarden import interdiction
    >>> ways = [[0, 1, 0, 2], [1, 3, 2, 3], [5, 5, 6, 6]]
    >>> crowd = interdiction.evaders(*ways, origin=0, destination=3)
    >>> int(evasive_capture_program(crowd)["integral"].sum())
    5
    """
    return call(
        _engine.evasive_capture_program,
        crowd.engine,
        site_sets(crowd.arcs, sites, site_cost, required, forbidden),
        budget=budget,
        progress=progress,
        threads=threads,
    )
