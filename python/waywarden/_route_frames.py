"""Costs of scenarios on their way into the engine, and routes on their way out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas
import numpy as np
import pandas as pd

from .frames import frame_of_columns

__all__ = [
    "listed",
    "named",
    "one_scenario",
    "questions",
    "routes_frame",
    "scenarios_of",
    "table_for",
]


def scenarios_of(costs: Any) -> tuple[list[np.ndarray], bool]:
    """Return one array per scenario, and whether only one was given, not in a sequence."""
    costs = getattr(costs, "generalised", costs)
    if isinstance(costs, np.ndarray):
        return (list(costs), False) if costs.ndim == 2 else ([costs], True)
    if isinstance(costs, Sequence) and not isinstance(costs, str):
        return [one_scenario(one) for one in costs], False
    raise TypeError(f"expected Costs or arrays of numbers, not {type(costs).__name__}")


def one_scenario(costs: Any) -> np.ndarray:
    """Return the array of the only scenario."""
    vectors, _ = scenarios_of(costs)
    if len(vectors) != 1:
        raise ValueError(f"expected the costs of one scenario, not of {len(vectors)}")
    return vectors[0]


def listed(values: Any) -> list[Any]:
    """Return places or nodes as a list, one alone as a list of one."""
    return [values] if isinstance(values, str) or np.ndim(values) == 0 else list(values)


def named(values: Any) -> np.ndarray:
    """Return places or nodes as a column of their own type."""
    return pd.Series(listed(values), dtype=object).infer_objects().to_numpy()


def questions(scenarios: int, origins: Any, destinations: Any) -> dict[str, Any]:
    """Return columns with one row per scenario and pair."""
    pairs = {"origin": named(origins), "destination": named(destinations)}
    columns = {name: np.tile(ends, scenarios) for name, ends in pairs.items()}
    return {"scenario": np.repeat(np.arange(scenarios), len(pairs["origin"])), **columns}


def table_for(out: np.ndarray | None, shape: tuple[int, ...]) -> np.ndarray:
    """Return the array for an answer: a new one, or the caller's if it will do."""
    if out is None:
        return np.empty(shape)
    if out.dtype != np.float64 or not out.flags.c_contiguous or not out.flags.writeable:
        raise TypeError("out must be a writable, C-contiguous array of float64")
    if out.shape != shape:
        raise ValueError(f"out has shape {out.shape}, the answer {shape}")
    return out


def routes_frame(
    columns: dict[str, Any], found: dict[str, Any], **about: Any
) -> geopandas.GeoDataFrame:
    """Return one row per route: columns, then its edges and its line."""
    frame = frame_of_columns({**columns, "wkb": found["wkb"]}, "route")
    edges = pd.Series(_cut(found["edges"], found["first"]), dtype=object)
    frame.insert(len(columns), "edges", edges)
    frame.attrs["waywarden"].update(about)
    return frame


def _cut(edges: np.ndarray, first: np.ndarray) -> list[np.ndarray]:
    return np.split(edges, first[1:-1]) if len(first) > 1 else []
