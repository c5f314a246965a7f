"""Vector files into frames.

Reads ESRI Shapefile, GeoPackage, GeoJSON, CSV, KML, GML, FlatGeobuf, ODS and XLSX (and Parquet
where the GDAL at hand has it). Nothing is fetched over a network, nothing is written beside the
input, and nothing is dropped silently.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Sequence
from typing import Any

import pandas as pd

from . import _engine
from ._run import ProgressArgument, call
from .errors import InputWarning, RefusedError
from .frames import Frame, crs_text, report_frame, to_frame

__all__ = ["layers", "read", "read_with_report"]

Path = str | os.PathLike[str]


def layers(path: Path) -> pd.DataFrame:
    """List the layers of a file.

    Parameters
    ----------
    path : str or path
        A plain file, or ``/vsizip/`` followed by a plain zip file and a member of it.

    Returns
    -------
    DataFrame
        One row per layer: ``name``, ``has_geometry``, ``features`` (missing where the file does not
        say without being read), ``crs`` (empty where it states none), ``columns``.

    Raises
    ------
    RefusedError
        If the path could reach the network, or the format is not on the list of allowed ones.
    FileError
        If the file does not exist or cannot be read.
    """
    frame = pd.DataFrame(call(_engine.list_layers, _name(path)), columns=_LAYER_COLUMNS)
    return frame.astype({"features": "Int64"})


def read(path: Path, layer: str = "", **options: Any) -> Frame:
    """Read a layer.

    Parameters
    ----------
    path, layer, **options
        As for `read_with_report`.

    Returns
    -------
    GeoDataFrame, or DataFrame for a table without geometry
        In the file's own coordinate reference system, indexed by the ids of the features, marked as
        not released. ``attrs["waywarden"]["report"]`` counts what was skipped, repaired or looks
        doubtful; if there is any, an `InputWarning` says so.

    Raises
    ------
    RefusedError, FileError, InputError, CrsError
        As `read_with_report`.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> post = '{"type": "Feature", "properties": {"staff": 4}, "geometry": '
    >>> post += '{"type": "Point", "coordinates": [83.46, 27.41]}}'
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "posts.geojson")
    ...     _ = path.write_text(post)
    ...     posts = read(path)
    >>> posts["staff"].tolist(), posts.crs.to_epsg()
    ([4], 4326)
    """
    frame, report = read_with_report(path, layer, **options)
    counts = report.groupby(["outcome", "reason"], sort=True).size()
    summary = [
        {"outcome": outcome, "reason": reason, "features": int(features)}
        for (outcome, reason), features in counts.items()
    ]
    frame.attrs["waywarden"]["report"] = summary
    if summary:
        lines = [f"{row['features']} {row['outcome']}: {row['reason']}" for row in summary]
        warnings.warn(f"{os.fspath(path)}: " + "; ".join(lines), InputWarning, stacklevel=2)
    return frame


def read_with_report(
    path: Path,
    layer: str = "",
    *,
    crs: Any = None,
    ids: str = "",
    columns: Sequence[str] = (),
    encoding: str = "",
    x: str = "",
    y: str = "",
    max_features: int = 20_000_000,
    max_vertices: int = 400_000_000,
    max_bytes: int = 16 << 30,
    max_seconds: float | None = None,
    expected: tuple[float, float, float, float] | None = None,
    progress: ProgressArgument = None,
) -> tuple[Frame, pd.DataFrame]:
    """Read a layer and all that there is to say about its features.

    Parameters
    ----------
    path : str or path
        A plain file, or ``/vsizip/`` followed by a plain zip file and a member of it.
    layer : str
        Needed where the file has several.
    crs : optional
        Coordinate reference system, as geopandas understands it, where the file states none or a
        wrong one.
    ids : str
        Column that names the features; by default their numbers in the file.
    columns : sequence of str
        Those to read; by default all.
    encoding : str
        What text is taken to be where the file does not say, or is not what it says, e.g.
        ``"ISO-8859-1"``; by default UTF-8.
    x, y : str
        Columns with the coordinates, for a table without geometry (CSV, spreadsheet).
    max_features, max_vertices, max_bytes : int
        More than this is an error; bytes are those of the table as it fills.
    max_seconds : float, optional
        Reading that takes longer is an error; looked at between features.
    expected : (west, south, east, north), optional
        Where the layer should lie, in degrees. One that lies wholly elsewhere is reported, and
        whether it would lie there with latitude and longitude swapped. By default the area that the
        layer's coordinate reference system is meant for.
    progress : bool or callable, optional
        True shows a bar, None does where a person watches; see `waywarden._run.call`.

    Returns
    -------
    frame : GeoDataFrame or DataFrame
    report : DataFrame
        One row per feature that was skipped, repaired or looks doubtful: ``outcome``, ``file``,
        ``layer``, ``feature``, ``reason``, ``detail``.

    Raises
    ------
    RefusedError
        If the path could reach the network, or the format is not on the list of allowed ones.
    FileError
        If the file does not exist, or damage leaves nothing to read.
    InputError
        For a layer or column that is not there, or coordinates all outside their coordinate
        reference system.
    LimitError
        For more features, vertices, bytes or time than allowed.
    CrsError
        For geometry without a coordinate reference system.
    """
    table, report = call(
        _engine.read_layer,
        _name(path),
        layer=layer,
        crs=None if crs is None else crs_text(crs),
        id_column=ids,
        columns=list(columns),
        encoding=encoding,
        x_column=x,
        y_column=y,
        max_features=max_features,
        max_vertices=max_vertices,
        max_bytes=max_bytes,
        max_seconds=max_seconds or 0.0,
        expected=None if expected is None else list(expected),
        progress=progress,
    )
    return to_frame(table), report_frame(report)


def _name(path: Path) -> str:
    name = os.fspath(path)
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        shown = name.encode("utf-8", "replace").decode("utf-8")
        raise RefusedError("refused: the name of the file is not UTF-8", file=shown) from None
    return name


_LAYER_COLUMNS = ["name", "has_geometry", "features", "crs", "columns"]
