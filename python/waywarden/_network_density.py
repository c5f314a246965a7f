"""Kernel density along lines."""

from __future__ import annotations

from typing import Any

import geopandas
import numpy as np
import pandas as pd

from . import _engine
from ._run import ProgressArgument, call
from .errors import InputError
from .frames import _as_frame, mark_unreleased
from .linear_network import Lines, _placed


def network_kde(
    lines: Lines,
    incidents: Any,
    *,
    bandwidth_m: float = 300.0,
    method: str = "discontinuous",
    kernel: str = "quartic",
    dead_ends: str = "reflect",
    depth: int | None = None,
    least_share: float = 1e-13,
    lixel_m: float = 50.0,
    weight: str | None = None,
    limit_m: float = 100.0,
    node_tolerance_m: float = 1.0,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> geopandas.GeoDataFrame:
    """Estimate how many incidents there are per metre of line.

    Parameters
    ----------
    lines : Lines
        From `waywarden.linear_network.lines`.
    incidents : GeoDataFrame, GeoSeries, or anything with ``__geo_interface__``
        Points, in any coordinate reference system.
    bandwidth_m : float
        Where the kernel ends, in metres; for ``heat`` its deviation.
    method : {"discontinuous", "continuous", "heat", "simple"}
        How an incident's weight passes a junction: shared out equally over the other branches
        (Okabe, Satoh and Sugihara 2009), the same without jumps, by diffusion (McSwiggan, Baddeley
        and Nair 2017), or repeated on every branch, which counts it more than once. All but the
        last integrate to the weights.
    kernel : str
        ``quartic``, ``triweight``, ``epanechnikov``, ``triangle``, ``uniform``, ``cosine``, or
        ``gaussian`` (deviation a third of the bandwidth, cut off there). Not for ``heat``.
    dead_ends : {"reflect", "lose"}
        Whether weight that arrives at a dead end turns round or is missing.
    depth : int, optional
        Follow walks past at most so many junctions; by default as many as there are. The cost of
        ``continuous`` grows fast with the bandwidth over the length of edges.
    least_share : float
        Walks that carry less than this share of an incident are not followed.
    lixel_m : float
        Greatest length of the pieces for which densities are stated.
    weight : str, optional
        Column of `incidents` that says how much each counts; by default 1.
    limit_m, node_tolerance_m
        As for `waywarden.linear_network.Lines.snap`. Incidents farther away are left out and
        counted.
    progress, threads
        As everywhere; see `waywarden.geodesy.lengths`.

    Returns
    -------
    GeoDataFrame
        One row per lixel: ``edge``, ``from_m``, ``to_m``, ``density`` (weight per metre at its
        centre) and ``mass`` (weight on the whole of it, exact). ``attrs["waywarden"]`` says the
        total ``weight``, the ``integral`` of the density, what is ``missing``,
        ``largest_missing_share`` of any incident, and how many were ``left_out``. Marked as not
        released.

    Examples
    --------
    >>> from waywarden.linear_network import lines
    >>> roads = geopandas.GeoSeries.from_wkt(
    ...     ["LINESTRING (0 0, 1000 0)", "LINESTRING (0 0, 0 900)", "LINESTRING (0 0, -800 0)"],
    ...     crs=3857,
    ... )
    >>> seen = geopandas.GeoSeries.from_xy([100, 700], [5, 5], crs=3857)
    >>> found = network_kde(lines(roads, lengths="planar"), seen)
    >>> round(float(found["mass"].sum()), 9)
    2.0
    """
    edge, along, there = _placed(lines, incidents, limit_m, node_tolerance_m)
    found = call(
        _engine.network_kde,
        lines.engine,
        edge,
        along,
        _weights(incidents, weight)[there] if weight is not None else np.empty(0),
        longest_m=lixel_m,
        method=method,
        kernel=kernel,
        bandwidth_m=bandwidth_m,
        dead_ends=dead_ends,
        depth=depth,
        least_share=least_share,
        progress=progress,
        threads=threads,
    )
    columns = found.pop("columns")
    wkb = columns.pop("wkb")
    frame = lines._frame(pd.DataFrame(columns), wkb, "lixel")
    return mark_unreleased(frame, left_out=int((~there).sum()), **found)


def _weights(incidents: Any, column: str) -> np.ndarray:
    frame = _as_frame(incidents)
    if column not in frame:
        raise InputError(f"no column '{column}' to take weights from")
    if frame[column].isna().any():
        raise InputError(f"weights in column '{column}' are missing")
    return frame[column].to_numpy(dtype=float)
