"""Counts by hexagon and time step, their trends, and how each place came to be hot or cold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import geopandas
import numpy as np
import pandas as pd

from . import _engine
from ._incident_points import longitudes_latitudes, seconds, sizes
from ._rates import REPORTING_CAUTION
from ._run import ProgressArgument, call
from .errors import OptionError
from .frames import frame_of_columns, mark_unreleased

_MONTHS = re.compile(r"\s*(\d*)\s*(month|year)s?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class SpaceTimeCube:
    """Counts by hexagon and time step, from `space_time_cube`.

    Attributes
    ----------
    hexagons : GeoDataFrame
        One row per hexagon under its id (``cell``): ``q``, ``r``, ``count`` (over all steps) and
        the hexagon in longitude and latitude. Marked as not released.
    counts : DataFrame
        One row per hexagon, one column per step (an interval of times), empty bins included.
        Marked as not released.
    first_covered, last_covered : float
        Share of the first and last step within which there can be incidents. Where it is small,
        that step's counts are too low to be compared.
    outside : int
        Sum of the sizes of incidents in no bin.
    """

    hexagons: geopandas.GeoDataFrame
    counts: pd.DataFrame
    first_covered: float
    last_covered: float
    outside: int
    _cube: _engine.SpaceTimeCube


@dataclass(frozen=True)
class EmergingHotSpots:
    """How each place came to be hot or cold, from `emerging_hot_spots`.

    Attributes
    ----------
    places : GeoDataFrame
        One row per hexagon: ``class``, ``hot_steps``, ``cold_steps``, and the trend of Gi* over the
        steps as ``trend_s``, ``trend_z``, ``trend_p``. Marked as not released.
    bins : DataFrame
        One row per hexagon and step: ``count``, ``z``, ``p_exact`` or ``p_sim``, ``q``, ``class``
        and ``state`` as of `getis_ord`, and ``heat`` (1 hot, -1 cold, 0 neither). Marked as not
        released.
    """

    places: geopandas.GeoDataFrame
    bins: pd.DataFrame


def space_time_cube(
    incidents: Any,
    *,
    time: str,
    step: Any = "7D",
    alignment: str = "end",
    reference: Any = None,
    cell_area_km2: float = 100.0,
    grid: _engine.HexGrid | None = None,
    size: str | None = None,
    keep_empty: bool = True,
) -> SpaceTimeCube:
    """Count incidents in equally large hexagons and equally long time steps.

    Parameters
    ----------
    incidents : GeoDataFrame
        Points, in any coordinate reference system.
    time : str
        Column of times, none missing. Times with a zone are taken by the clock of that zone.
    step : str or Timedelta
        Length of a step: "12h", "7D", ... as pandas reads it, or calendar months and years:
        "month", "3 months", "year".
    alignment : {"end", "start", "reference"}
        Whether the last step ends with the last incident, the first begins with the first, or a
        border of steps lies at `reference`. A step that the incidents do not fill is reported.
    reference : time, optional
        For ``alignment="reference"``; by default 1970-01-01.
    cell_area_km2 : float
        Area of each hexagon, unless `grid` is given.
    grid : HexGrid, optional
        From `grid`; by default one is laid around the incidents.
    size : str, optional
        Column with whole numbers that says how much an incident counts, e.g. people; by default 1.
    keep_empty : bool
        Whether hexagons in which nothing happened at any step stay. ArcGIS leaves them out.

    Returns
    -------
    SpaceTimeCube

    Examples
    --------
    >>> seen = geopandas.GeoDataFrame(
    ...     {"day": pd.to_datetime(["2024-01-01", "2024-01-09", "2024-01-14"])},
    ...     geometry=geopandas.points_from_xy([85.3, 85.3, 85.9], [27.7, 27.7, 27.7]), crs=4326)
    >>> cube = space_time_cube(seen, time="day", step="7D", cell_area_km2=500, keep_empty=False)
    >>> cube.counts.to_numpy().tolist()
    [[1, 1], [0, 1]]
    """
    x, y = longitudes_latitudes(incidents)
    times = seconds(incidents[time])
    if grid is None:
        grid = _engine.hex_grid(x, y, cell_area_km2=cell_area_km2)
    step_seconds, step_months = _step_length(step)
    border = 0 if reference is None else int(seconds(pd.Series([reference]))[0])
    cube = _engine.space_time_cube(
        grid,
        x,
        y,
        times,
        sizes(incidents, size),
        step_seconds=step_seconds,
        step_months=step_months,
        alignment=alignment,
        reference=border,
        keep_empty=keep_empty,
    )
    return _described(cube)


def emerging_hot_spots(
    cube: SpaceTimeCube,
    *,
    rings: int = 1,
    steps_back: int = 1,
    level: float = 0.05,
    trend_level: float = 0.05,
    method: str = "automatic",
    adjustment: str = "Benjamini-Hochberg",
    seed: int = 0,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> EmergingHotSpots:
    """Class each place by how it came to be hot or cold.

    Gi* for every bin among its neighbours in space and time, corrected for the number of bins, and
    the Mann-Kendall trend of each place's Gi* make one of 17 classes, as the help of ArcGIS Pro 3.2
    ("How Emerging Hot Spot Analysis works") defines them: ``new``, ``consecutive``,
    ``intensifying``, ``persistent``, ``diminishing``, ``sporadic``, ``oscillating`` and
    ``historical``, each ``_hot`` or ``_cold``, and ``no_pattern``. What that text leaves open is
    decided in the engine's header ``hotspots/emerging.h``.

    Parameters
    ----------
    cube : SpaceTimeCube
        From `space_time_cube`.
    rings : int
        Hexagons at most so many steps apart are neighbours.
    steps_back : int
        So are bins at most so many time steps earlier.
    level : float
        A bin is hot or cold where q is at most this; at most .10.
    trend_level : float
        There is a trend where its p is at most this.
    method, adjustment, seed
        As for `getis_ord`.
    progress, threads
        As everywhere; see `waywarden.geodesy.lengths`.

    Returns
    -------
    EmergingHotSpots

    Examples
    --------
    >>> days = pd.date_range("2024-01-01", periods=20)
    >>> seen = geopandas.GeoDataFrame({"day": days}, crs=4326,
    ...     geometry=geopandas.points_from_xy(np.linspace(85, 86, 20), np.full(20, 27.5)))
    >>> found = emerging_hot_spots(space_time_cube(seen, time="day", step="5D"))
    >>> found.places["class"].unique().tolist()
    ['no_pattern']
    """
    found = call(
        _engine.emerging_hotspots,
        cube._cube,
        rings=rings,
        steps_back=steps_back,
        level=level,
        trend_level=trend_level,
        method=method,
        adjustment=adjustment,
        seed=seed,
        progress=progress,
        threads=threads,
    )
    places = frame_of_columns({**cube._cube.cells, **found["cells"]}, "cell")
    columns = {found["p_name"] if name == "p" else name: c for name, c in found["bins"].items()}
    bins = frame_of_columns({"count": cube._cube.counts, **columns}, "bin")
    bins.index = pd.MultiIndex.from_product(
        [cube.counts.index, cube.counts.columns], names=["cell", "step"]
    )
    for frame in (places, bins):
        mark_unreleased(frame, caution=REPORTING_CAUTION)
    return EmergingHotSpots(places, bins)


def mann_kendall(series: Any, *, exact: bool = False) -> pd.Series | pd.DataFrame:
    """Test for a trend by ranks (Mann 1945; Kendall 1975), with ties.

    Parameters
    ----------
    series : Series, sequence of numbers, or DataFrame
        Values in the order of time; of a frame, each row is a series.
    exact : bool
        Whether to add ``p_exact``, the share of all orders of the same values that are as extreme:
        for at most 100 values each.

    Returns
    -------
    Series or DataFrame
        ``n``, ``s`` (rising less falling pairs), ``variance``, ``z`` and the two-sided ``p``; z and
        p are missing where no two values differ.

    Examples
    --------
    >>> trend = mann_kendall([1, 2, 3, 4, 5, 4, 6, 7, 9, 8])
    >>> int(trend["s"]), float(trend["variance"]), round(float(trend["z"]), 4)
    (40, 124.0, 3.5023)
    """
    frame = series if isinstance(series, pd.DataFrame) else pd.DataFrame([np.asarray(series)])
    values = frame.to_numpy(dtype=float)
    trends = pd.DataFrame(
        frame_of_columns(_engine.mann_kendall(values.ravel(), len(values)), "row")
    )
    if exact:
        p = [_engine.mann_kendall_exact_p(row) for row in values]
        trends["p_exact"] = np.array(p, dtype=float)
    trends.index = frame.index
    if isinstance(series, pd.DataFrame):
        return mark_unreleased(trends)
    return mark_unreleased(trends.iloc[0].rename(None))


def _step_length(step: Any) -> tuple[int, int]:
    """Seconds and months, of which one is 0."""
    months = _MONTHS.fullmatch(step) if isinstance(step, str) else None
    if months:
        return 0, int(months[1] or 1) * (12 if months[2].lower() == "year" else 1)
    try:
        length = pd.Timedelta(step)
    except ValueError as problem:
        raise OptionError(f"'{step}' is not a length of time") from problem
    if pd.isna(length) or length != length.floor("s"):
        raise OptionError("a time step is a whole number of seconds")
    return int(length.total_seconds()), 0


def _described(cube: _engine.SpaceTimeCube) -> SpaceTimeCube:
    borders = pd.to_datetime(np.asarray(cube.bounds), unit="s")
    steps = pd.IntervalIndex.from_breaks(
        borders, closed="right" if cube.holds_end else "left", name="step"
    )
    hexagons = frame_of_columns(cube.cells, "cell")
    table = np.asarray(cube.counts).reshape(len(hexagons), len(steps))
    hexagons.insert(2, "count", table.sum(axis=1))
    counts = pd.DataFrame(table, index=hexagons.index, columns=steps)
    for frame in (hexagons, counts):
        mark_unreleased(frame, caution=REPORTING_CAUTION)
    return SpaceTimeCube(
        hexagons, counts, cube.first_covered, cube.last_covered, cube.outside, cube
    )
