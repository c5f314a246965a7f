"""Who is next to whom, in any of the usual forms."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np

from . import _engine
from .errors import InputError

__all__ = ["Neighbours", "Weights", "weights"]

Weights = _engine.Weights
Neighbours = Any


def weights(neighbours: Neighbours, index: Sequence[Hashable] | None = None) -> Weights:
    """Turn neighbours in any of the usual forms into the engine's.

    Parameters
    ----------
    neighbours : Weights, libpysal.weights.W, libpysal.graph.Graph, or mapping
        A mapping holds the labels of each row's neighbours, ``{label: [label, ...]}``, or their
        weights, ``{label: {label: weight}}``.
    index : sequence, optional
        Labels of the rows, for a mapping; by default its keys, in their order.

    Raises
    ------
    InputError
        If a label does not exist or is there twice, or a weight is negative or not finite.

    Examples
    --------
    >>> len(weights({"a": ["b"], "b": ["a"], "c": []}).islands)
    1
    """
    if isinstance(neighbours, Weights):
        return neighbours
    labels, rows = _rows(neighbours, index)
    position = {label: i for i, label in enumerate(labels)}
    try:
        numbered = [sorted((position[j], w) for j, w in rows.get(i, ())) for i in labels]
    except KeyError as missing:
        raise InputError(f"neighbour {missing} has no row") from None
    first = np.cumsum([0, *(len(row) for row in numbered)])
    entries = np.array([entry for row in numbered for entry in row], float).reshape(-1, 2)
    binary = (entries[:, 1] == 1).all()
    return _engine.weights(first, entries[:, 0].astype(int), [] if binary else entries[:, 1])


def _rows(
    neighbours: Neighbours, index: Sequence[Hashable] | None
) -> tuple[list[Hashable], dict[Hashable, list[tuple[Hashable, float]]]]:
    """Labels in order, and per label the (neighbour, weight) of its row."""
    if isinstance(neighbours, Mapping):
        labels = list(neighbours if index is None else index)
        return labels, {label: _entries(row) for label, row in neighbours.items()}
    if hasattr(neighbours, "id_order"):
        of = neighbours.weights
        pairs = {i: list(zip(js, of[i])) for i, js in neighbours.neighbors.items()}
        return list(neighbours.id_order), pairs
    if hasattr(neighbours, "adjacency"):
        pairs = {label: [] for label in neighbours.unique_ids}
        for (focal, other), weight in neighbours.adjacency.items():
            # A graph writes an island as its own neighbour, by 0.
            if weight != 0:
                pairs[focal].append((other, weight))
        return list(neighbours.unique_ids), pairs
    raise TypeError(f"expected neighbours, not {type(neighbours).__name__}")


def _entries(row: Any) -> list[tuple[Hashable, float]]:
    return list(row.items()) if isinstance(row, Mapping) else [(label, 1.0) for label in row]
