"""Spatial weights of every kind, made of points, polygons, lines and files."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from numbers import Real
from os import PathLike, fspath
from typing import Any

import geopandas
import numpy as np
import pandas as pd

from . import _engine
from ._incident_points import of_array
from ._run import ProgressArgument, call
from .errors import InputError
from .frames import in_degrees, to_table

Weights = _engine.Weights


def neighbour_distances(
    points: Any,
    *,
    k: int | None = None,
    radius_m: float | None = None,
    planar: bool = False,
    times: Any = None,
    span: float | None = None,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> _engine.NeighbourDistances:
    """Find who is near whom, and how far.

    Coincident points are neighbours at distance 0; of points equally far, those with the smaller
    coordinates come first; a point without neighbours keeps its row, empty.

    Parameters
    ----------
    points : GeoDataFrame, GeoSeries, anything with ``__geo_interface__``, or array of rows (x, y)
        Rows of an array are longitudes and latitudes unless `planar`; nothing is quicker.
    k : int, optional
        The k nearest others.
    radius_m : float, optional
        All others at most this far. Give either this or `k`.
    planar : bool
        Distances in the plane of the points' own coordinates, in their unit, instead of metres on
        WGS 84.
    times, span : sequence of numbers or datetimes, number or timedelta, optional
        Keep only neighbours at most `span` apart in time as well.
    progress, threads
        As everywhere; see `waywarden.geodesy.lengths`.

    Examples
    --------
    >>> line = geopandas.GeoSeries.from_xy([0, 1, 3], [0, 0, 0])
    >>> near = neighbour_distances(line, radius_m=2, planar=True)
    >>> near.neighbour.tolist(), near.distance.tolist()
    ([1, 0, 2, 1], [1.0, 1.0, 2.0, 2.0])
    """
    if (k is None) == (radius_m is None):
        raise TypeError("give either k or radius_m")
    x, y = _coordinates(points, planar)
    make, reach = (
        (_engine.nearest_distances, k) if k is not None else (_engine.distances_within, radius_m)
    )
    found = call(make, x, y, reach, planar=planar, progress=progress, threads=threads)
    if times is None:
        return found
    return _engine.within_time(found, _numbers(times), _number(span))


def network_distances(
    points: Any,
    lines: Any,
    *,
    snap_m: float,
    k: int | None = None,
    radius_m: float | None = None,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> _engine.NeighbourDistances:
    """Find who is near whom along lines: points are carried to the nearest line first.

    Parameters
    ----------
    points, lines : GeoDataFrame, GeoSeries, or anything with ``__geo_interface__``
        Lines are joined where their ends meet; lines that merely cross are not.
    snap_m : float
        A point farther than this from every line has no neighbours.
    k, radius_m
        As for `neighbour_distances`, along the lines.
    progress, threads
        As everywhere; see `waywarden.geodesy.lengths`.

    Examples
    --------
    >>> from shapely.geometry import LineString
    >>> road = geopandas.GeoSeries([LineString([(0, 0), (0.1, 0)])], crs=4326)
    >>> seen = geopandas.GeoSeries.from_xy([0.01, 0.02, 0.09], [0, 0.0001, 0], crs=4326)
    >>> network_distances(seen, road, snap_m=100, k=1).neighbour.tolist()
    [1, 0, 1]
    """
    if (k is None) == (radius_m is None):
        raise TypeError("give either k or radius_m")
    found, _ = call(
        _engine.network_distances,
        to_table(in_degrees(lines)),
        *_coordinates(points, planar=False),
        snap_limit=snap_m,
        k=k,
        limit=0.0 if radius_m is None else radius_m,
        progress=progress,
        threads=threads,
    )
    return found


def weights_of(
    distances: _engine.NeighbourDistances,
    *,
    kernel: str | None = None,
    bandwidth: float | None = None,
    with_self: bool = False,
) -> Weights:
    """Make weights of distances: 1 for each neighbour, or falling off.

    Parameters
    ----------
    distances : NeighbourDistances
        From `neighbour_distances` or `network_distances`.
    kernel : {"triangular", "uniform", "quadratic", "quartic", "gaussian"}, optional
        As PySAL names and computes them, of distance / bandwidth; nothing beyond the bandwidth.
    bandwidth : float, optional
        For all rows; by default each row's own: the distance of its farthest neighbour.
    with_self : bool
        Whether each row is its own neighbour too, with the weight at distance 0.

    Examples
    --------
    >>> line = geopandas.GeoSeries.from_xy([0, 1, 3], [0, 0, 0])
    >>> near = neighbour_distances(line, radius_m=4, planar=True)
    >>> weights_of(near, kernel="triangular", bandwidth=4).weight.tolist()
    [0.75, 0.25, 0.75, 0.5, 0.25, 0.5]
    """
    if kernel is None:
        if bandwidth is not None:
            raise TypeError("a bandwidth needs a kernel")
        made, own = _engine.binary_weights(distances), 1.0
    else:
        own = _engine.kernel_weight(kernel, 0.0)
        made = (
            _engine.adaptive_kernel_weights(distances, kernel)
            if bandwidth is None
            else _engine.kernel_weights(distances, bandwidth, kernel)
        )
    return _engine.with_own_weight(made, own) if with_self else made


def polygon_contiguity(
    areas: Any,
    *,
    rook: bool = False,
    tolerance: float | None = None,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> Weights:
    """Areas that share a border are neighbours.

    Parameters
    ----------
    areas : GeoDataFrame, GeoSeries, or anything with ``__geo_interface__``
        Polygons, compared in their own coordinates.
    rook : bool
        Whether a stretch of border must be shared, and not only a corner (queen).
    tolerance : float, optional
        By default boundaries must share vertices exactly. With a tolerance, in the unit of the
        coordinates, boundaries that come as near as this touch, whether or not they share vertices.
    progress, threads
        As everywhere; see `waywarden.geodesy.lengths`.

    Examples
    --------
    >>> from shapely.geometry import box
    >>> squares = geopandas.GeoSeries([box(0, 0, 1, 1), box(1, 0, 2, 1), box(2, 1, 3, 2)])
    >>> polygon_contiguity(squares).neighbour.tolist()
    [1, 0, 2, 1]
    >>> polygon_contiguity(squares, rook=True).neighbour.tolist()
    [1, 0]
    """
    # Coordinates are compared as they are, so the system they are in does not matter.
    shapes = geopandas.GeoSeries(_geometry(areas).to_numpy(), crs="EPSG:4326")
    return call(
        _engine.polygon_contiguity,
        to_table(geopandas.GeoDataFrame(geometry=shapes)),
        rook=rook,
        tolerance=tolerance,
        progress=progress,
        threads=threads,
    )


def row_standardised(weights: Weights) -> Weights:
    """Each row divided by its sum; islands stay as they are."""
    return _engine.row_standardised(weights)


def symmetrised(weights: Weights, *, both: bool = False) -> Weights:
    """Neighbours both ways: where either row lists the other, or only where `both` do."""
    return _engine.symmetrised(weights, both=both)


def higher_order(weights: Weights, order: int, *, lower: bool = False) -> Weights:
    """Neighbours of neighbours: exactly `order` steps away, or with `lower` at most that many."""
    return _engine.higher_order(weights, order, lower=lower)


def read_weights(
    path: str | PathLike[str], *, labels: Sequence[Hashable] | None = None
) -> tuple[Weights, list[str]]:
    """Read a GAL or GWT file.

    Parameters
    ----------
    path : path
        Its ending, ``.gal`` or ``.gwt``, says which.
    labels : sequence, optional
        For GWT, the rows in their order: the file does not name those without neighbours.

    Returns
    -------
    weights, labels
        Rows in the order of the file, or of `labels`.

    Raises
    ------
    InputError
        With the file and the line.
    """
    given = [str(label) for label in labels] if labels is not None else []
    if _ending(path) == "gwt":
        return _engine.read_gwt(fspath(path), given)
    weights, found = _engine.read_gal(fspath(path))
    if given and given != found:
        raise InputError("the rows of the file are not those given")
    return weights, found


def write_weights(
    path: str | PathLike[str], weights: Weights, labels: Sequence[Hashable] | None = None
) -> None:
    """Write a GAL file (who is a neighbour) or GWT file (and by which weight), by its ending.

    `labels` name the rows; by default they are numbered from 0.
    """
    names = [str(label) for label in (range(len(weights)) if labels is None else labels)]
    write = _engine.write_gwt if _ending(path) == "gwt" else _engine.write_gal
    write(fspath(path), weights, names)


def to_w(weights: Weights, labels: Sequence[Hashable] | None = None) -> Any:
    """Turn weights into a `libpysal.weights.W`, which must be installed."""
    from libpysal.weights import W

    names = list(range(len(weights)) if labels is None else labels)
    rows = list(zip(weights.first[:-1], weights.first[1:], strict=True))
    values = _values(weights)
    return W(
        {names[i]: [names[j] for j in weights.neighbour[a:b]] for i, (a, b) in enumerate(rows)},
        {names[i]: values[a:b].tolist() for i, (a, b) in enumerate(rows)},
        id_order=names,
        silence_warnings=True,
    )


def to_graph(weights: Weights, labels: Sequence[Hashable] | None = None) -> Any:
    """Turn weights into a `libpysal.graph.Graph`, which must be installed."""
    from libpysal.graph import Graph

    names = np.asarray(range(len(weights)) if labels is None else labels)
    counts = np.diff(weights.first)
    focal = np.repeat(np.arange(len(weights)), counts)
    alone = np.flatnonzero(counts == 0)
    # A graph writes an island as its own neighbour, by 0.
    rows = np.concatenate([focal, alone])
    order = np.argsort(rows, kind="stable")
    return Graph.from_arrays(
        names[rows[order]],
        names[np.concatenate([weights.neighbour, alone])[order]],
        np.concatenate([_values(weights), np.zeros(len(alone))])[order],
    )


def _values(weights: Weights) -> np.ndarray:
    return weights.weight if len(weights.weight) else np.ones(len(weights.neighbour))


def _ending(path: str | PathLike[str]) -> str:
    ending = fspath(path).rpartition(".")[2].lower()
    if ending not in ("gal", "gwt"):
        raise InputError("a weights file ends in .gal or .gwt")
    return ending


def _geometry(data: Any) -> geopandas.GeoSeries:
    if isinstance(data, geopandas.GeoDataFrame | geopandas.GeoSeries):
        return data.geometry
    return in_degrees(data).geometry


def _coordinates(points: Any, planar: bool) -> tuple[np.ndarray, np.ndarray]:
    if isinstance(points, np.ndarray):
        return of_array(points)
    geometry = _geometry(points) if planar else in_degrees(points).geometry
    usable = (geometry.geom_type == "Point") & ~geometry.is_empty
    if not usable.all():
        raise InputError("a point is needed here", feature=str(geometry.index[~usable][0]))
    return geometry.x.to_numpy(), geometry.y.to_numpy()


def _numbers(times: Any) -> np.ndarray:
    series = pd.Series(times)
    if pd.api.types.is_numeric_dtype(series):
        return series.to_numpy(dtype=float)
    return (pd.to_datetime(series) - pd.Timestamp(0)).dt.total_seconds().to_numpy()


def _number(span: Any) -> float:
    if span is None:
        raise TypeError("times need a span")
    # numpy counts its timedelta64 among the real numbers.
    if isinstance(span, Real) and not isinstance(span, np.timedelta64):
        return float(span)
    return pd.Timedelta(span).total_seconds()
