"""Sea and air links between listed points, and hubs that differ from each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas
import numpy as np
import pandas as pd
from pyproj import Geod
from shapely.geometry import LineString

from . import _engine
from ._layers import hubs
from .errors import InputError, OptionError
from .frames import in_degrees, mark_unreleased

__all__ = ["great_circles", "hub_table"]

_GEOD = Geod(ellps="WGS84")
_PER_HUB = ("radius_m", "wait_s", "money", "detection")


def great_circles(
    points: geopandas.GeoDataFrame,
    routes: pd.DataFrame,
    *,
    origin: str = "origin",
    destination: str = "destination",
    spacing_m: float = 100_000.0,
) -> geopandas.GeoDataFrame:
    """Draw the shortest lines on the ellipsoid between listed points, for `links`.

    Parameters
    ----------
    points : GeoDataFrame
        Ports or airports, by id.
    routes : DataFrame
        One row per route, other columns are kept: a speed, ``oneway``.
    origin, destination : str
        Columns of `routes` with the ids of points.
    spacing_m : float
        Largest distance between vertices, so that a line drawn straight in degrees follows the
        geodesic.

    Returns
    -------
    GeoDataFrame
        Lines, with the index and columns of `routes`. Those over the antimeridian go on beyond it;
        `waywarden.network.build` cuts them there.

    Raises
    ------
    InputError
        For an id that no point has, two points of one id, or a route from a point to itself.

    Examples
    --------
    >>> import geopandas, pandas
    >>> airports = geopandas.GeoDataFrame(
    ...     index=["KTM", "DEL"],
    ...     geometry=geopandas.points_from_xy([85.36, 77.10], [27.70, 28.56]), crs=4326
    ... )
    >>> flights = pandas.DataFrame({"origin": ["KTM"], "destination": ["DEL"], "kmh": [750]})
    >>> lines = great_circles(airports, flights)
    >>> len(lines.geometry.iloc[0].coords)
    10
    """
    if not spacing_m > 0:
        raise OptionError("spacing_m is more than 0 metres")
    places = _by_id(in_degrees(points))
    for column in (origin, destination):
        if column not in routes:
            raise InputError(f"no column '{column}' among the routes")
    lines = [
        _geodesic(_point(places, a, row), _point(places, b, row), spacing_m, row)
        for row, a, b in zip(routes.index, routes[origin], routes[destination])
    ]
    return mark_unreleased(geopandas.GeoDataFrame(routes.copy(), geometry=lines, crs="EPSG:4326"))


def _by_id(points: geopandas.GeoDataFrame) -> dict[str, Any]:
    if not points.index.is_unique:
        raise InputError("two points have the same id")
    return dict(zip(map(str, points.index), points.geometry))


def _point(places: dict[str, Any], label: Any, row: Any) -> tuple[float, float]:
    point = places.get(str(label))
    if point is None or point.is_empty:
        raise InputError("a route ends at an unknown point", layer="routes", feature=str(row))
    return point.x, point.y


def _geodesic(
    a: tuple[float, float], b: tuple[float, float], spacing: float, row: Any
) -> LineString:
    _, _, metres = _GEOD.inv(*a, *b)
    if metres == 0:
        raise InputError("a route goes nowhere", layer="routes", feature=str(row))
    between = _GEOD.npts(*a, *b, int(np.ceil(metres / spacing)) - 1) if metres > spacing else []
    return LineString([a, *between, b])


def hub_table(
    features: geopandas.GeoDataFrame,
    *,
    modes: str | Sequence[str],
    radius_m: str | float = 5000.0,
    wait_s: str | float = 1800.0,
    money: str | float = 0.0,
    detection: str | float = 0.0,
    **options: Any,
) -> list[_engine.HubLayer]:
    """Describe hubs that differ: a layer of `hubs` for each kind of them.

    Parameters
    ----------
    features : GeoDataFrame
        Points.
    modes : str or sequence of str
        A column with names of modes between commas, or the modes of all.
    radius_m, wait_s, money, detection : str or float
        A column, or a number for all.
    **options
        What else `hubs` takes.

    Returns
    -------
    list of HubLayer
        For ``build(*roads, *hub_table(stations, ...))``.

    Raises
    ------
    InputError
        For a column that is not there, or has no number in a row.

    Examples
    --------
    >>> import geopandas
    >>> stations = geopandas.GeoDataFrame(
    ...     {"wait": [600, 900, 600]},
    ...     geometry=geopandas.points_from_xy([1, 2, 3], [0, 0, 0]), crs=4326
    ... )
    >>> len(hub_table(stations, modes=["road", "rail"], wait_s="wait"))
    2
    """
    stated = dict(zip(_PER_HUB, (radius_m, wait_s, money, detection)))
    values = pd.DataFrame(
        {name: _values(features, name, value) for name, value in stated.items()},
        index=range(len(features)),
    )
    values["modes"] = _modes(features, modes)
    if not features.index.is_unique:
        features = features.reset_index(drop=True)
    layers = []
    for key, rows in values.groupby([*_PER_HUB, "modes"], sort=True):
        numbers = dict(zip(_PER_HUB, key))
        layer = features.iloc[rows.index]
        layers.append(hubs(layer, modes=key[-1].split(","), **numbers, **options))
    return layers


def _values(features: pd.DataFrame, name: str, value: str | float) -> Any:
    if not isinstance(value, str):
        return float(value)
    if value not in features:
        raise InputError(f"no column '{value}' for {name}", layer="hubs")
    numbers = pd.to_numeric(features[value], errors="coerce").to_numpy(dtype=float)
    if not np.isfinite(numbers).all():
        raise InputError(f"column '{value}': not a number in some row", layer="hubs")
    return numbers


def _modes(features: pd.DataFrame, modes: str | Sequence[str]) -> Any:
    if not isinstance(modes, str):
        return ",".join(modes)
    if modes not in features:
        raise InputError(f"no column '{modes}' for modes", layer="hubs")
    return [",".join(str(words).replace(" ", "").split(",")) for words in features[modes]]
