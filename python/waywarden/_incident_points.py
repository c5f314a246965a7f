"""Where, when and how many: incidents as the engine takes them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from .errors import InputError
from .frames import in_degrees


def points(frame: Any) -> tuple[np.ndarray, np.ndarray]:
    """Coordinates of a frame of points, in its own system."""
    geometry = frame.geometry
    usable = (geometry.geom_type == "Point") & ~geometry.is_empty
    if not usable.all():
        raise InputError("a point is needed here", feature=str(geometry.index[~usable][0]))
    return geometry.x.to_numpy(), geometry.y.to_numpy()


def longitudes_latitudes(incidents: Any) -> tuple[np.ndarray, np.ndarray]:
    """Degrees on WGS 84; an array is taken as it is."""
    return (
        of_array(incidents) if isinstance(incidents, np.ndarray) else points(in_degrees(incidents))
    )


def of_array(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Columns x and y of an array with one row per point."""
    if rows.ndim != 2 or rows.shape[1] != 2:
        raise InputError(f"an array of points has rows (x, y), not the shape {rows.shape}")
    numbers = rows.astype(float)
    return numbers[:, 0], numbers[:, 1]


def sizes(incidents: Any, column: str | None) -> np.ndarray:
    """How much each incident counts; empty where each counts one."""
    if column is None:
        return np.empty(0, dtype=np.int64)
    values = in_degrees(incidents)[column]
    if values.isna().any() or (values != values.round()).any():
        raise InputError(f"sizes in column '{column}' must be whole numbers, none missing")
    return values.to_numpy(dtype=np.int64)


def microseconds(times: pd.Series) -> np.ndarray:
    """Microseconds since 1970 by the clock of the times' own zone, if they have one."""
    # Numbers would be read as nanoseconds since 1970.
    if pd.api.types.is_numeric_dtype(times):
        raise InputError(f"column '{times.name}' does not hold times")
    try:
        moments = pd.to_datetime(times)
    except (ValueError, TypeError) as problem:
        raise InputError(f"column '{times.name}' does not hold times") from problem
    if moments.isna().any():
        raise InputError("a time is missing", feature=str(times.index[moments.isna()][0]))
    if not pd.api.types.is_datetime64_any_dtype(moments):
        raise InputError(f"column '{times.name}' mixes kinds of times")
    if moments.dt.tz is not None:
        moments = moments.dt.tz_localize(None)
    return moments.to_numpy().astype("datetime64[us]").astype(np.int64)


def seconds(times: pd.Series) -> np.ndarray:
    """Whole seconds since 1970, as `microseconds`."""
    return microseconds(times) // 1_000_000
