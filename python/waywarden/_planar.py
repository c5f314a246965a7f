"""Points on a plane in metres, and the window around them, as planar functions want them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas
import numpy as np
import pandas as pd
from shapely.geometry import box, shape
from shapely.ops import unary_union

from .errors import CrsError, InputError

__all__ = ["Plane", "event_times", "plane_of"]


@dataclass(frozen=True)
class Plane:
    """Coordinates of one or more sets of points in one planar system, and the window as WKB."""

    crs: Any
    coordinates: list[tuple[np.ndarray, np.ndarray]]
    window: bytes


def plane_of(*points: Any, window: Any = None) -> Plane:
    """Bring points and window into one plane.

    A projected coordinate reference system is used as it is; longitudes and latitudes are projected
    to equal areas around the middle of the window (or the points), rounded to whole degrees. The
    default window is the rectangle around all points.
    """
    frames = [_as_series(part) for part in points]
    area = None if window is None else _as_series(window)
    crs = _plane_crs(frames, area)
    frames = [frame if frame.crs == crs else frame.to_crs(crs) for frame in frames]
    for frame in frames:
        usable = (frame.geom_type == "Point") & ~frame.is_empty
        if not usable.all():
            raise InputError("a point is needed here", feature=str(frame.index[~usable][0]))
    coordinates = [(frame.x.to_numpy(float), frame.y.to_numpy(float)) for frame in frames]
    if area is None:
        x, y = (np.concatenate(axis) for axis in zip(*coordinates))
        if not len(x):
            raise InputError("without points, a window is needed")
        outline = box(x.min(), y.min(), x.max(), y.max())
    else:
        outline = unary_union(list(area.to_crs(crs)))
    return Plane(crs, coordinates, outline.wkb)


def event_times(events: Any, column: str) -> np.ndarray:
    """Times of events in days: numbers as they are, dates since 1970.

    Raises
    ------
    InputError
        If there is no such column, or a time is missing.
    """
    if column not in events:
        raise InputError(f"no column '{column}' to take times from")
    times = events[column]
    if times.isna().any():
        raise InputError(f"a time in column '{column}' is missing")
    if pd.api.types.is_numeric_dtype(times):
        return times.to_numpy(float)
    moments = pd.to_datetime(times, utc=True)
    return ((moments - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(days=1)).to_numpy(float)


def _as_series(data: Any) -> geopandas.GeoSeries:
    if isinstance(data, geopandas.GeoDataFrame):
        data = data.geometry
    if not isinstance(data, geopandas.GeoSeries):
        features = getattr(data, "__geo_interface__", None)
        if features is None:
            raise TypeError(f"expected a GeoDataFrame or GeoSeries, not {type(data).__name__}")
        rows = features["features"] if features["type"] == "FeatureCollection" else [features]
        shapes = [shape(row.get("geometry", row)) for row in rows]
        data = geopandas.GeoSeries(shapes, crs="EPSG:4326")
    if data.crs is None:
        raise CrsError("the frame has no coordinate reference system; give it one with set_crs()")
    return data


def _plane_crs(frames: list[geopandas.GeoSeries], area: geopandas.GeoSeries | None) -> Any:
    first = frames[0].crs
    if not first.is_geographic:
        return first
    around = [area] if area is not None else frames
    bounds = np.array([part.to_crs("EPSG:4326").total_bounds for part in around if len(part)])
    if not len(bounds):
        raise InputError("without points, a window is needed")
    west, south = bounds[:, :2].min(axis=0)
    east, north = bounds[:, 2:].max(axis=0)
    longitude, latitude = round((west + east) / 2), round((south + north) / 2)
    return f"+proj=laea +lon_0={longitude} +lat_0={latitude} +datum=WGS84 +units=m"
