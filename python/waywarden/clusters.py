"""Where incidents crowd: clusters by density, on the earth, in the plane, along streets, in time.

Sources: Ester, Kriegel, Sander and Xu, KDD 1996 (DBSCAN); Birant and Kut, Data & Knowledge
Engineering 60 (2007) (ST-DBSCAN); Campello, Moulavi and Sander, PAKDD 2013, and Campello, Moulavi,
Zimek and Sander, ACM TKDD 10 (2015) (HDBSCAN and GLOSH). Parameters are named as in scikit-learn.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from . import _engine
from ._incident_points import longitudes_latitudes, microseconds, points
from ._run import ProgressArgument, call
from .errors import OptionError
from .frames import in_degrees, mark_unreleased, to_table

__all__ = ["dbscan", "hdbscan", "st_dbscan"]


def dbscan(
    incidents: Any,
    *,
    eps: float,
    min_samples: int = 5,
    metric: str = "geodesic",
    lines: Any = None,
    snap_m: float = 100.0,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> pd.DataFrame:
    """Find clusters of at least a given density.

    A point with at least `min_samples` points within `eps`, itself included, is a core point; core
    points within `eps` of each other are in one cluster. Another point within `eps` of a core point
    is on the border of its nearest core point's cluster (scikit-learn's `DBSCAN` puts it into
    whichever it meets first, which is the one difference). The rest is noise.

    Parameters
    ----------
    incidents : GeoDataFrame, GeoSeries, or anything with ``__geo_interface__``
        Points, in any coordinate reference system.
    eps : float
        Radius, in metres; for ``metric="planar"`` in the unit of the coordinates.
    min_samples : int
        Points that make a place dense.
    metric : {"geodesic", "planar"}
        Distance on WGS 84, or straight in the frame's own system.
    lines : GeoDataFrame, optional
        Streets. Given these, distance is that along them, joined where their ends meet: incidents
        on streets beside each other are near only if there is a short way between.
    snap_m : float
        Incidents farther than this from every line are on none of them.
    progress, threads
        As everywhere; see `waywarden.geodesy.lengths`.

    Returns
    -------
    DataFrame
        Under the index of `incidents`: ``cluster`` (0, 1, ... from the largest, -1 for noise) and
        ``role`` (``core``, ``border``, ``noise``); with `lines`, also ``distance_m`` to the nearest
        line, and ``role`` is ``off_lines`` where there is none. Nothing depends on the order of
        rows. Marked as not released.

    Examples
    --------
    >>> import geopandas
    >>> seen = geopandas.GeoSeries.from_xy([85.3, 85.301, 85.302, 86], [27.7] * 4, crs=4326)
    >>> dbscan(seen, eps=150, min_samples=2)["cluster"].tolist()
    [0, 0, 0, -1]
    """
    x, y = _coordinates(incidents, metric)
    geodesic, options = metric == "geodesic", {"progress": progress, "threads": threads}
    if lines is None:
        found = call(_engine.dbscan, x, y, geodesic, eps, min_samples, **options)
    else:
        table = _table(lines, incidents, metric)
        found = call(
            _engine.network_dbscan,
            *(table, geodesic, x, y, snap_m, None, eps, 0, min_samples),
            **options,
        )
    return _frame(found, incidents)


def st_dbscan(
    incidents: Any,
    *,
    time: str,
    eps: float,
    duration: Any,
    min_samples: int = 5,
    metric: str = "geodesic",
    lines: Any = None,
    snap_m: float = 100.0,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> pd.DataFrame:
    """Find clusters of at least a given density in space and time.

    As `dbscan`, but two incidents are within reach only where they are at most `eps` apart and
    their times at most `duration`. The third rule of Birant and Kut, a limit on how far a value may
    differ from its cluster's mean so far, depends on the order of rows and is left out.

    Parameters
    ----------
    incidents : GeoDataFrame
        Points, in any coordinate reference system.
    time : str
        Column of times, none missing.
    eps, min_samples, metric, lines, snap_m
        As for `dbscan`.
    duration : str or Timedelta
        As pandas reads it: "7D", "36h", ...
    progress, threads
        As everywhere; see `waywarden.geodesy.lengths`.

    Returns
    -------
    DataFrame
        As of `dbscan`.

    Examples
    --------
    >>> import geopandas
    >>> days = pd.to_datetime(["2024-01-01", "2024-01-02", "2024-03-01", "2024-03-02"])
    >>> seen = geopandas.GeoDataFrame({"day": days}, crs=4326,
    ...     geometry=geopandas.points_from_xy([85.3, 85.301, 85.3, 85.301], [27.7] * 4))
    >>> st_dbscan(seen, time="day", eps=150, duration="3D", min_samples=2)["cluster"].tolist()
    [0, 0, 1, 1]
    """
    x, y = _coordinates(incidents, metric)
    times, length = microseconds(incidents[time]), _microseconds_of(duration)
    geodesic, options = metric == "geodesic", {"progress": progress, "threads": threads}
    if lines is None:
        found = call(_engine.st_dbscan, x, y, times, geodesic, eps, length, min_samples, **options)
    else:
        table = _table(lines, incidents, metric)
        found = call(
            _engine.network_dbscan,
            *(table, geodesic, x, y, snap_m, times, eps, length, min_samples),
            **options,
        )
    return _frame(found, incidents)


def hdbscan(
    incidents: Any,
    *,
    min_cluster_size: int = 5,
    min_samples: int | None = None,
    cluster_selection_method: str = "eom",
    metric: str = "geodesic",
    lines: Any = None,
    snap_m: float = 100.0,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> pd.DataFrame:
    """Find clusters of any density, and how much of an outlier each point is (HDBSCAN*).

    Clusters are those of DBSCAN over all radii that persist longest. Edges of the spanning tree
    that tie are removed together, as the paper says, so that clusters follow from the distances
    alone; scikit-learn and hdbscan remove them one by one, and may give a point that links two
    clusters to either, where here it belongs to neither.

    Parameters
    ----------
    incidents : GeoDataFrame, GeoSeries, or anything with ``__geo_interface__``
        Points, in any coordinate reference system.
    min_cluster_size : int
        Points of the smallest cluster, at least 2.
    min_samples : int, optional
        Points that make a place dense, itself counted; by default `min_cluster_size`.
    cluster_selection_method : {"eom", "leaf"}
        The clusters with the most excess of mass, or those that never split.
    metric, lines, snap_m
        As for `dbscan`.
    progress, threads
        As everywhere; see `waywarden.geodesy.lengths`.

    Returns
    -------
    DataFrame
        Under the index of `incidents`: ``cluster`` (0, 1, ... from the largest, -1 for noise),
        ``probability`` (how firmly it belongs there) and ``outlier`` (GLOSH, from 0 to 1); with
        `lines`, also ``distance_m``, and all are missing (``cluster`` -1) for incidents on no line.
        ``attrs["waywarden"]["stability"]`` holds that of each cluster. Marked as not released.

    Examples
    --------
    >>> import geopandas
    >>> x = [85.3, 85.301, 85.302, 85.5, 85.501, 85.502, 86.5]
    >>> seen = geopandas.GeoSeries.from_xy(x, [27.7] * 7, crs=4326)
    >>> hdbscan(seen, min_cluster_size=3, min_samples=2)["cluster"].tolist()
    [0, 0, 0, 1, 1, 1, -1]
    """
    x, y = _coordinates(incidents, metric)
    geodesic, options = metric == "geodesic", {"progress": progress, "threads": threads}
    least = 0 if min_samples is None else min_samples
    if min_samples is not None and min_samples < 1:
        raise OptionError("min_samples must be at least 1")
    rules = (min_cluster_size, least, cluster_selection_method)
    if lines is None:
        found = call(_engine.hdbscan, x, y, geodesic, *rules, **options)
    else:
        table = _table(lines, incidents, metric)
        found = call(_engine.network_hdbscan, table, geodesic, x, y, snap_m, *rules, **options)
    stability = found.pop("stability")
    return mark_unreleased(_frame(found, incidents), stability=stability.tolist())


def _coordinates(incidents: Any, metric: str) -> tuple[np.ndarray, np.ndarray]:
    if metric == "geodesic":
        return longitudes_latitudes(incidents)
    if metric == "planar":
        return points(incidents)
    raise OptionError(f"metric must be 'geodesic' or 'planar', not '{metric}'")


def _table(lines: Any, incidents: Any, metric: str) -> _engine.FeatureTable:
    if metric == "geodesic":
        return to_table(in_degrees(lines), name="lines")
    return to_table(lines if incidents.crs is None else lines.to_crs(incidents.crs), name="lines")


def _microseconds_of(duration: Any) -> int:
    try:
        length = pd.Timedelta(duration)
    except ValueError as problem:
        raise OptionError(f"'{duration}' is not a length of time") from problem
    if pd.isna(length):
        raise OptionError("the duration is missing")
    return length.value // 1_000


def _frame(columns: dict[str, Any], incidents: Any) -> pd.DataFrame:
    index = getattr(incidents, "index", None)
    if "on_lines" not in columns:
        return mark_unreleased(pd.DataFrame(columns, index=index))
    columns = dict(columns)
    distance, is_on = columns.pop("distance_m"), columns.pop("on_lines")
    frame = pd.DataFrame(columns, index=np.flatnonzero(is_on)).reindex(range(len(is_on)))
    frame["cluster"] = frame["cluster"].fillna(-1).astype(np.int64)
    if "role" in frame:
        frame["role"] = frame["role"].fillna("off_lines")
    frame["distance_m"] = np.where(distance[1], distance[0], np.nan)
    if index is not None:
        frame.index = index
    return mark_unreleased(frame)
