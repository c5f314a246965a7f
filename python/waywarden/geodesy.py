"""Lengths and areas on the ellipsoid.

Source: Karney, "Algorithms for geodesics", Journal of Geodesy 87 (2013), as computed by PROJ.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from . import _engine
from ._run import ProgressArgument, call
from .frames import in_degrees, to_table

__all__ = ["areas", "lengths"]


def lengths(features: Any, *, progress: ProgressArgument = None, threads: int = 0) -> pd.Series:
    """Length of each line, or of the outline of each polygon, in metres on WGS 84.

    Parameters
    ----------
    features : GeoDataFrame, GeoSeries, or anything with ``__geo_interface__``
        In any coordinate reference system.
    progress : bool or callable, optional
        True shows a bar, None does where a person watches; see `waywarden._run.call`.
    threads : int
        0, the default, uses all the machine has. The result is the same with any number.

    Returns
    -------
    Series of float
        Metres, under the index of `features`; 0 for points and missing geometries.

    Raises
    ------
    CrsError
        If the features do not say what their coordinates mean.

    Examples -------- >>> import geopandas, shapely.geometry >>> equator =
    geopandas.GeoSeries([shapely.geometry.LineString([(0, 0), (1, 0)])], crs="EPSG:4326") >>>
    lengths(equator).round(1).tolist() [111319.5]
    """
    return _measured(_engine.geodesic_lengths, features, "length_m", progress, threads)


def areas(features: Any, *, progress: ProgressArgument = None, threads: int = 0) -> pd.Series:
    """Area of each polygon in square metres on WGS 84; holes subtract.

    Parameters, errors and index as for `lengths`; 0 for points, lines and missing geometries.

    Examples
    --------
    >>> import geopandas, shapely.geometry
    >>> square = geopandas.GeoSeries([shapely.geometry.box(0, 0, 1, 1)], crs="EPSG:4326")
    >>> (areas(square) / 1e6).round(1).tolist()
    [12308.8]
    """
    return _measured(_engine.geodesic_areas, features, "area_m2", progress, threads)


def _measured(
    measure: Any, features: Any, name: str, progress: ProgressArgument, threads: int
) -> pd.Series:
    frame = in_degrees(features)
    values = call(
        measure, to_table(frame[[frame.geometry.name]]), progress=progress, threads=threads
    )
    return pd.Series(values, index=frame.index, name=name)
