"""Graphs of arcs, pairs of nodes and sites of arcs, as the engine takes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from . import _engine
from .errors import OptionError
from .frames import frame_of_columns, mark_unreleased

SEARCH = ("status", "nodes", "routes")
"""What each result tells of its search."""


def numbers(values: Any) -> np.ndarray:
    whole = np.atleast_1d(np.asarray(values))
    if whole.size and whole.dtype.kind not in "iu":
        raise OptionError("nodes and sites are whole numbers")
    return whole.astype(np.int64)


def column(values: Any) -> np.ndarray:
    return np.atleast_1d(np.asarray(values, dtype=np.float64))


def per(value: Any, count: int, what: str) -> np.ndarray:
    given = np.asarray(value, dtype=np.float64)
    if given.ndim and len(given) != count:
        raise OptionError(f"{what} has {len(given)} numbers, not {count}")
    return np.array(np.broadcast_to(given, count))


def arc_arrays(tail: Any, head: Any) -> tuple[np.ndarray, np.ndarray]:
    return numbers(tail), numbers(head)


def node_count(nodes: int | None, *named: Any) -> int:
    if nodes is not None:
        return nodes
    return 1 + max(int(numbers(some).max(initial=-1)) for some in named)


def pairs_frame(origin: Any, destination: Any, weight: Any, name: str) -> pd.DataFrame:
    origins, destinations = numbers(origin), numbers(destination)
    if len(origins) != len(destinations):
        raise OptionError(f"{len(origins)} origins and {len(destinations)} destinations")
    weights = per(weight, len(origins), name)
    return pd.DataFrame({"origin": origins, "destination": destinations, name: weights})


def site_sets(
    arcs: int, sites: Any, cost: Any, required: Sequence[int], forbidden: Sequence[int]
) -> _engine.AttackSites:
    of_arc = np.arange(arcs) if sites is None else numbers(sites)
    count = 1 + int(of_arc.max(initial=-1))
    if np.ndim(cost):
        count = max(count, len(cost))
    return _engine.arc_sites(
        of_arc,
        per(cost, count, "site_cost"),
        required=numbers(required),
        forbidden=numbers(forbidden),
    )


def with_columns(pairs: pd.DataFrame, columns: dict[str, Any]) -> pd.DataFrame:
    """Pairs beside columns of the engine, in which numbers may be missing."""
    return mark_unreleased(pd.concat([pairs, frame_of_columns(columns, "pair")], axis=1))
