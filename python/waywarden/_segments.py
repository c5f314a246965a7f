"""Road segments of vulnerability: incidents and facilities per kilometre of road."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas
import numpy as np
import pandas as pd

from . import _engine
from ._rates import REPORTING_CAUTION
from .frames import mark_unreleased
from .linear_network import Lines, _placed


def segments(
    lines: Lines,
    layers: Mapping[str, Any],
    *,
    limit_m: float = 100.0,
) -> geopandas.GeoDataFrame:
    """Carry incidents and facilities to the nearest road segment.

    Parameters
    ----------
    lines : Lines
        From `waywarden.linear_network.lines`.
    layers : dict
        Name of each layer and its points (GeoDataFrame, GeoSeries, or anything with
        ``__geo_interface__``): incidents, fuel stations, motels, bars.
    limit_m : float
        Points farther than this from every line are left out and counted.

    Returns
    -------
    GeoDataFrame
        One row per edge, in the order that `segment_neighbours` and local statistics use:
        ``source``, ``length_m``, and per layer its count and ``<name>_per_km`` (missing on an edge
        without length). ``attrs["waywarden"]["left_out"]`` counts points per layer. Marked as not
        released.

    Examples
    --------
    >>> from waywarden.linear_network import lines
    >>> roads = geopandas.GeoSeries.from_wkt(
    ...     ["LINESTRING (0 0, 500 0)", "LINESTRING (500 0, 2500 0)"], crs=3857
    ... )
    >>> bars = geopandas.GeoSeries.from_xy([10, 20, 900], [0, 5, 0], crs=3857)
    >>> found = segments(lines(roads, lengths="planar"), {"bars": bars})
    >>> found["bars"].tolist(), found["bars_per_km"].tolist()
    ([2, 1], [4.0, 0.5])
    """
    frame = lines.edges[["source", "length_m", "geometry"]]
    left_out = {}
    for name, points in layers.items():
        edge, along, there = _placed(lines, points, limit_m, 0.0)
        counts = _engine.count_by_segment(lines.engine, edge, along, np.empty(0))
        values, valid = counts["per_km"]
        frame[name] = counts["count"].astype(np.int64)
        frame[f"{name}_per_km"] = pd.arrays.FloatingArray(values, ~valid)
        left_out[name] = int((~there).sum())
    return mark_unreleased(frame, left_out=left_out, caution=REPORTING_CAUTION)


def segment_neighbours(lines: Lines, *, steps: int = 1) -> _engine.Weights:
    """Find the edges at most so many junctions away from each edge.

    Parameters
    ----------
    lines : Lines
    steps : int
        1: edges that share a node.

    Returns
    -------
    Weights
        For local statistics of `segments`.

    Examples
    --------
    >>> from waywarden.linear_network import lines
    >>> roads = geopandas.GeoSeries.from_wkt(
    ...     ["LINESTRING (0 0, 1 0)", "LINESTRING (1 0, 2 0)", "LINESTRING (2 0, 3 0)"], crs=3857
    ... )
    >>> segment_neighbours(lines(roads, lengths="planar")).neighbour.tolist()
    [1, 0, 2, 1]
    """
    return _engine.segment_neighbours(lines.engine, steps)
