"""GeoDataFrames to the engine's tables and back.

Geometry crosses as well-known binary, the coordinate reference system as WKT text. The index,
column names, types and missing values survive the trip. Frames that come from the engine are the
analyst's workspace: they are marked as not released (``frame.attrs["waywarden"]["released"] is
False``), because only a release has been checked for disclosure.
"""

from __future__ import annotations

import warnings
from typing import Any

import geopandas
import numpy as np
import pandas as pd

from . import _engine
from ._columns import _column_values, _series, _values, _with_types_of
from .errors import CrsError, InputError, InputWarning

__all__ = [
    "crs_text",
    "frame_of_columns",
    "frame_of_rows",
    "in_degrees",
    "mark_unreleased",
    "report_frame",
    "to_frame",
    "to_table",
]

Frame = geopandas.GeoDataFrame | pd.DataFrame
Column = tuple[str, Any, np.ndarray]

_LONGITUDE_LATITUDE = "OGC:CRS84"


def to_table(
    data: Any, *, name: str = "", source: str = "", ids: str | None = None
) -> _engine.FeatureTable:
    """Turn a frame into the table that the engine works on.

    Parameters
    ----------
    data : GeoDataFrame, GeoSeries, DataFrame, or anything with ``__geo_interface__``
        Features, or a collection of them. Without a stated system, ``__geo_interface__`` means
        longitude and latitude on WGS 84, as GeoJSON does. A table of the engine is returned as it
        is.
    name : str
        What errors and reports call this layer.
    source : str
        File the data came from, if any; by default what `waywarden.read` noted in the frame.
    ids : str, optional
        Column whose values name the features; by default the index does, or, where that is not
        unique, the position.

    Returns
    -------
    FeatureTable
        Numbers become 64-bit; NaN and None become missing; times become ISO 8601 text (with zone:
        in UTC); categories become their values; anything else becomes text. Geometry columns other
        than the active one, and z, stay behind with a warning.

    Raises
    ------
    InputError
        If a geometry or column cannot be used, or ids are missing or not unique.

    Examples
    --------
    >>> towns = geopandas.GeoDataFrame(
    ...     {"people": [51_000, 1_442_000]},
    ...     geometry=geopandas.points_from_xy([83.46, 85.32], [27.51, 27.71]),
    ...     index=["Siddharthanagar", "Kathmandu"],
    ...     crs="EPSG:4326",
    ... )
    >>> to_table(towns).ids
    ['Siddharthanagar', 'Kathmandu']
    """
    if isinstance(data, _engine.FeatureTable):
        return data
    frame = _as_frame(data)
    has_geometry = isinstance(frame, geopandas.GeoDataFrame)
    exchange = {
        "name": name,
        "source": source or _source_of(frame),
        "crs": _crs_text(frame) if has_geometry else "",
        "ids": _ids(frame, ids),
        "wkb": _to_wkb(frame.geometry) if has_geometry else None,
        "columns": [_column(frame, at, name) for at in _plain_columns(frame)],
    }
    return _engine.FeatureTable(exchange)


def to_frame(
    table: _engine.FeatureTable,
    *,
    like: Frame | None = None,
    ids: str | None = None,
    crs: Any = None,
) -> Frame:
    """Turn a table of the engine into a frame.

    Parameters
    ----------
    table : FeatureTable
    like : GeoDataFrame or DataFrame, optional
        The frame the table was made from: its index, the types of columns of the same name, and the
        spelling of its coordinate reference system are restored.
    ids : str, optional
        As given to `to_table` for `like`.
    crs : optional
        Coordinate reference system to transform to, as geopandas understands it; by default the
        table's own.

    Returns
    -------
    GeoDataFrame, or DataFrame for a table without geometry
        Marked as not released. Without `like` the index holds the ids of the features.

    Examples
    --------
    >>> towns = geopandas.GeoDataFrame(
    ...     {"people": [51_000]},
    ...     geometry=geopandas.points_from_xy([83.46], [27.51]),
    ...     index=["Siddharthanagar"],
    ...     crs="EPSG:4326",
    ... )
    >>> frame = to_frame(to_table(towns), like=towns)
    >>> int(frame.loc["Siddharthanagar", "people"])
    51000
    >>> frame.attrs["waywarden"]["released"]
    False
    """
    parts = table.exchange()
    index = _index(parts["ids"], like, ids)
    columns = {name: _series(values, valid, index) for name, values, valid in parts["columns"]}
    frame = pd.DataFrame(columns, index=index)
    if like is not None:
        frame = _with_types_of(like, frame)
    frame = _with_geometry(frame, parts, like)
    if crs is not None:
        frame = frame.to_crs(crs)
    return mark_unreleased(frame, name=parts["name"], source=parts["source"])


def mark_unreleased(frame: Frame, **about: Any) -> Frame:
    """Mark a frame as the analyst's workspace, unseen by any disclosure rule, and return it."""
    frame.attrs["waywarden"] = {"released": False, **about}
    return frame


def in_degrees(data: Any) -> geopandas.GeoDataFrame:
    """Features as longitudes and latitudes on WGS 84.

    Raises
    ------
    CrsError
        If the data do not say what their coordinates mean.
    """
    frame = _as_frame(data)
    if not isinstance(frame, geopandas.GeoDataFrame):
        raise InputError("there is no geometry")
    if frame.crs is None:
        raise CrsError("the frame has no coordinate reference system; give it one with set_crs()")
    return frame.to_crs("EPSG:4326")


def crs_text(crs: Any) -> str:
    """Return a coordinate reference system, as geopandas understands it, as WKT."""
    return str(geopandas.GeoSeries([], crs=crs).crs.to_wkt())


def frame_of_columns(columns: dict[str, Any], index: str) -> Frame:
    """Turn a result of the engine into a frame in longitude and latitude.

    Parameters
    ----------
    columns : dict
        Arrays, lists of str, or pairs (values, valid); ``wkb`` or ``point`` become the geometry.
    index : str
        Column that becomes the index, or the index's name, if there is no such column.
    """
    columns = dict(columns)
    wkb, points = columns.pop("wkb", None), columns.pop("point", None)
    labels = pd.Index(columns.pop(index), dtype=object) if index in columns else None
    frame = pd.DataFrame({name: _plain_series(values, labels) for name, values in columns.items()})
    frame.index.name = index
    if wkb is not None:
        geometry = _from_wkb(wkb, frame.index)
    elif points is not None:
        geometry = geopandas.points_from_xy(*points)
    else:
        return mark_unreleased(frame)
    return mark_unreleased(geopandas.GeoDataFrame(frame, geometry=geometry, crs="EPSG:4326"))


def frame_of_rows(columns: dict[str, Any], names: list[str], index: pd.Index) -> pd.DataFrame:
    """Turn columns of an engine's result into a frame under an index, without copying them.

    Parameters
    ----------
    columns : dict
        As for `frame_of_columns`, without geometry; those that are not named stay behind.
    names : list of str
        Columns of the frame, in their order.
    index : Index
        One label per row.
    """
    pairs = {name: columns[name] for name in names}
    held = {
        name: _column_values(*(values if isinstance(values, tuple) else (values, None)))
        for name, values in pairs.items()
    }
    return pd.DataFrame(held, index=index, copy=False)


def _plain_series(values: Any, index: pd.Index | None) -> pd.Series:
    values, valid = values if isinstance(values, tuple) else (values, np.ones(len(values), bool))
    return _series(values, valid, index)


def report_frame(report: dict[str, Any]) -> pd.DataFrame:
    """Turn an import report of the engine into a frame, one row per feature."""
    return pd.DataFrame(report["entries"], dtype=object)


def _as_frame(data: Any) -> Frame:
    if isinstance(data, geopandas.GeoSeries):
        return geopandas.GeoDataFrame(geometry=data)
    if isinstance(data, pd.DataFrame):
        return data
    if not hasattr(data, "__geo_interface__"):
        raise TypeError(f"expected a GeoDataFrame or __geo_interface__, not {type(data).__name__}")
    return geopandas.GeoDataFrame.from_features(_features(data.__geo_interface__), crs="EPSG:4326")


def _features(interface: dict[str, Any]) -> list[dict[str, Any]]:
    if interface["type"] == "FeatureCollection":
        return list(interface["features"])
    if interface["type"] == "Feature":
        return [interface]
    return [{"type": "Feature", "properties": {}, "geometry": interface}]


def _crs_text(frame: geopandas.GeoDataFrame) -> str:
    return "" if frame.crs is None else str(frame.crs.to_wkt())


def _ids(frame: Frame, column: str | None) -> list[str]:
    if column is None:
        labels = frame.index if frame.index.is_unique else range(len(frame))
        return [str(label) for label in labels]
    if column not in frame:
        raise InputError(f"no column '{column}' to take ids from")
    if frame[column].isna().any() or not frame[column].is_unique:
        raise InputError(f"ids in column '{column}' are missing or not unique")
    return [str(label) for label in frame[column]]


def _index(ids: list[str], like: Frame | None, column: str | None) -> pd.Index:
    if like is not None:
        positions = {label: position for position, label in enumerate(_ids(like, column))}
        if all(label in positions for label in ids):
            return like.index.take([positions[label] for label in ids])
    return pd.Index(ids, dtype=object, name="feature")


def _source_of(frame: Frame) -> str:
    return str(frame.attrs.get("waywarden", {}).get("source", ""))


# Geometry


def _to_wkb(geometry: geopandas.GeoSeries) -> tuple[np.ndarray, np.ndarray]:
    if geometry.has_z.any():
        warnings.warn("z coordinates are not used", InputWarning, stacklevel=3)
    blobs = [blob or b"" for blob in geometry.to_wkb()]
    offsets = np.zeros(len(blobs) + 1, dtype=np.int64)
    np.cumsum([len(blob) for blob in blobs], out=offsets[1:])
    return np.frombuffer(b"".join(blobs), dtype=np.uint8), offsets


def _from_wkb(wkb: tuple[np.ndarray, np.ndarray], index: pd.Index) -> geopandas.GeoSeries:
    content, ends = wkb[0].tobytes(), wkb[1].tolist()
    blobs = [content[first:last] or None for first, last in zip(ends, ends[1:])]
    return geopandas.GeoSeries.from_wkb(blobs, index=index)


def _with_geometry(frame: pd.DataFrame, parts: dict[str, Any], like: Frame | None) -> Frame:
    crs = _crs_of(parts["crs"], like)
    if parts["wkb"] is None and (crs is None or len(frame)):
        return frame
    name = like.geometry.name if isinstance(like, geopandas.GeoDataFrame) else "geometry"
    geometry = (
        geopandas.GeoSeries([], index=frame.index)
        if parts["wkb"] is None
        else _from_wkb(parts["wkb"], frame.index)
    )
    frame[name] = geometry
    return geopandas.GeoDataFrame(frame, geometry=name, crs=crs)


def _crs_of(text: str, like: Frame | None) -> Any:
    if isinstance(like, geopandas.GeoDataFrame) and text == _crs_text(like):
        return like.crs
    if text == _LONGITUDE_LATITUDE:
        # Users compare with this one, in which x is the longitude for geopandas too.
        return "EPSG:4326"
    return text or None


# Columns to the engine


def _plain_columns(frame: Frame) -> list[int]:
    active = frame.geometry.name if isinstance(frame, geopandas.GeoDataFrame) else None
    plain = []
    for at, (name, dtype) in enumerate(zip(frame.columns, frame.dtypes)):
        if str(dtype) != "geometry":
            plain.append(at)
        elif name != active:
            warnings.warn(
                f"column '{name}' is not the active geometry and not used",
                InputWarning,
                stacklevel=3,
            )
    return plain


def _column(frame: Frame, at: int, layer: str) -> Column:
    name = str(frame.columns[at])
    series = frame.iloc[:, at]
    missing = series.isna().to_numpy(dtype=bool)
    try:
        return name, _values(series, missing), ~missing
    except (OverflowError, TypeError, ValueError):
        # Not chained: the message of the cause could quote a value.
        reason = f"column '{name}' holds values of a type that cannot be used"
        raise InputError(reason, layer=layer) from None
