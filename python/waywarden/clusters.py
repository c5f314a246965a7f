"""Where incidents crowd: clusters by density, in the plane, on the earth, and in time.

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
from .frames import mark_unreleased

__all__ = ["dbscan", "st_dbscan"]


def dbscan(
    incidents: Any,
    *,
    eps: float,
    min_samples: int = 5,
    metric: str = "geodesic",
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
    progress, threads
        As everywhere; see `waywarden.geodesy.lengths`.

    Returns
    -------
    DataFrame
        Under the index of `incidents`: ``cluster`` (0, 1, ... from the largest, -1 for noise) and
        ``role`` (``core``, ``border``, ``noise``). Neither depends on the order of rows. Marked as
        not released.

    Examples
    --------
    >>> import geopandas
    >>> seen = geopandas.GeoSeries.from_xy([85.3, 85.301, 85.302, 86], [27.7] * 4, crs=4326)
    >>> dbscan(seen, eps=150, min_samples=2)["cluster"].tolist()
    [0, 0, 0, -1]
    """
    x, y = _coordinates(incidents, metric)
    found = call(
        _engine.dbscan,
        x,
        y,
        metric == "geodesic",
        eps,
        min_samples,
        progress=progress,
        threads=threads,
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
    eps, min_samples, metric
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
    found = call(
        _engine.st_dbscan,
        x,
        y,
        microseconds(incidents[time]),
        metric == "geodesic",
        eps,
        _microseconds_of(duration),
        min_samples,
        progress=progress,
        threads=threads,
    )
    return _frame(found, incidents)


def _coordinates(incidents: Any, metric: str) -> tuple[np.ndarray, np.ndarray]:
    if metric == "geodesic":
        return longitudes_latitudes(incidents)
    if metric == "planar":
        return points(incidents)
    raise OptionError(f"metric must be 'geodesic' or 'planar', not '{metric}'")


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
    return mark_unreleased(pd.DataFrame(columns, index=index))
