"""Where harm concentrates: incidents counted by hexagon or place, and Getis and Ord's Gi*.

Sources: Getis and Ord, Geographical Analysis 24 (1992); Ord and Getis, Geographical Analysis 27
(1995); Benjamini and Hochberg, JRSS B 57 (1995). Columns are named as PySAL names them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas
import pandas as pd

from . import _engine
from ._count_ranges import getis_ord_of_ranges
from ._incident_points import longitudes_latitudes as _longitudes_latitudes
from ._incident_points import sizes as _sizes
from ._local_statistics import (
    adjusted,
    geary,
    general_g,
    join_counts,
    local_geary,
    local_join_counts,
    local_moran,
    moran,
)
from ._neighbours import Neighbours, Weights, weights
from ._rates import (
    REPORTING_CAUTION,
    caution_of,
    empirical_bayes,
    excess_risk,
    moran_rates,
    rates,
    spatial_rates,
    standardised_rates,
)
from ._run import ProgressArgument, call
from ._segments import segment_neighbours, segments
from ._space_time import (
    EmergingHotSpots,
    SpaceTimeCube,
    emerging_hot_spots,
    mann_kendall,
    space_time_cube,
)
from ._spatial_weights import (
    higher_order,
    neighbour_distances,
    network_distances,
    polygon_contiguity,
    read_weights,
    row_standardised,
    symmetrised,
    to_graph,
    to_w,
    weights_of,
    write_weights,
)
from .frames import frame_of_columns, frame_of_rows, in_degrees, mark_unreleased

__all__ = [
    "EmergingHotSpots",
    "SpaceTimeCube",
    "Weights",
    "adjusted",
    "contiguity",
    "count_by_hexagon",
    "count_by_place",
    "empirical_bayes",
    "excess_risk",
    "getis_ord",
    "getis_ord_of_ranges",
    "grid",
    "moran_rates",
    "nearest",
    "rates",
    "spatial_rates",
    "standardised_rates",
    "segment_neighbours",
    "segments",
    "geary",
    "general_g",
    "higher_order",
    "join_counts",
    "local_geary",
    "local_join_counts",
    "local_moran",
    "moran",
    "neighbour_distances",
    "network_distances",
    "polygon_contiguity",
    "read_weights",
    "row_standardised",
    "symmetrised",
    "to_graph",
    "to_w",
    "emerging_hot_spots",
    "mann_kendall",
    "space_time_cube",
    "weights",
    "weights_of",
    "within",
    "write_weights",
]


def grid(points: Any, *, cell_area_km2: float = 100.0) -> _engine.HexGrid:
    """Lay a grid of equally large hexagons around points.

    Centred on the middle of the points' bounds, rounded to whole degrees, so that some points more
    or less, or another order, do not move it. Make one grid and use it for all periods that are to
    be compared.

    Parameters
    ----------
    points : GeoDataFrame, GeoSeries, or anything with ``__geo_interface__``
        In any coordinate reference system.
    cell_area_km2 : float
        Area of each hexagon.

    Returns
    -------
    HexGrid
        With ``centre`` (longitude, latitude), ``cell_area_km2`` and ``edge_m``.
    """
    return _engine.hex_grid(*_longitudes_latitudes(points), cell_area_km2=cell_area_km2)


def count_by_hexagon(
    incidents: Any,
    *,
    cell_area_km2: float = 100.0,
    grid: _engine.HexGrid | None = None,
    size: str | None = None,
) -> geopandas.GeoDataFrame:
    """Count incidents in equally large hexagons.

    Parameters
    ----------
    incidents : GeoDataFrame, GeoSeries, or anything with ``__geo_interface__``
        Points, in any coordinate reference system.
    cell_area_km2 : float
        Area of each hexagon, unless `grid` is given.
    grid : HexGrid, optional
        From `grid`; by default one is laid around the incidents.
    size : str, optional
        Column with whole numbers that says how much an incident counts, e.g. people; by default 1.

    Returns
    -------
    GeoDataFrame
        One row per hexagon in the rectangle around the incidents, empty ones included, under its id
        (``cell``): ``q``, ``r`` (where it lies in the grid), ``count``, and the hexagon in
        longitude and latitude. Marked as not released, with the ``caution`` that detected incidents
        reflect policing and reporting in ``attrs["waywarden"]``.

    Examples
    --------
    >>> seen = geopandas.GeoSeries.from_xy([85.3, 85.31, 85.9], [27.7, 27.7, 27.7], crs=4326)
    >>> hexagons = count_by_hexagon(seen, cell_area_km2=500)
    >>> hexagons["count"].nlargest(2).tolist()
    [2, 1]
    """
    x, y = _longitudes_latitudes(incidents)
    if grid is None:
        grid = _engine.hex_grid(x, y, cell_area_km2=cell_area_km2)
    counts = _engine.count_by_hexagon(grid, x, y, _sizes(incidents, size))
    return mark_unreleased(frame_of_columns(counts, "cell"), caution=REPORTING_CAUTION)


def count_by_place(
    incidents: Any,
    places: Any,
    *,
    limit_m: float,
    size: str | None = None,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> pd.Series:
    """Count incidents by the nearest place.

    Parameters
    ----------
    incidents, places : GeoDataFrame, GeoSeries, or anything with ``__geo_interface__``
        Points, in any coordinate reference system.
    limit_m : float
        Incidents farther than this from every place, in metres on WGS 84, are counted for none;
        ``attrs["waywarden"]["unassigned"]`` says how many.
    size : str, optional
        As for `count_by_hexagon`.
    progress, threads
        As everywhere; see `waywarden.geodesy.lengths`.

    Returns
    -------
    Series of int
        ``count``, under the index of `places`. Marked as not released, with the ``caution`` of
        `count_by_hexagon`.

    Examples
    --------
    >>> towns = geopandas.GeoSeries.from_xy([85.3, 83.5], [27.7, 27.5], crs=4326)
    >>> seen = geopandas.GeoSeries.from_xy([85.31, 85.32, 80.0], [27.7, 27.7, 20.0], crs=4326)
    >>> counts = count_by_place(seen, towns, limit_m=10_000)
    >>> counts.tolist(), counts.attrs["waywarden"]["unassigned"]
    ([2, 0], 1)
    """
    counted = call(
        _engine.count_by_place,
        *_longitudes_latitudes(incidents),
        *_longitudes_latitudes(places),
        limit_m,
        _sizes(incidents, size),
        progress=progress,
        threads=threads,
    )
    counts = pd.Series(counted["count"], index=in_degrees(places).index, name="count")
    about = {"unassigned": counted["unassigned"], "caution": REPORTING_CAUTION}
    return mark_unreleased(counts, **about)


def contiguity(hexagons: pd.DataFrame, *, rings: int = 1) -> Weights:
    """Hexagons of `count_by_hexagon` at most `rings` steps apart are neighbours."""
    return _engine.hex_contiguity(hexagons["q"].to_numpy(), hexagons["r"].to_numpy(), rings)


def nearest(points: Any, k: int, *, progress: ProgressArgument = None, threads: int = 0) -> Weights:
    """The `k` nearest other points, by geodesic distance on WGS 84, are a point's neighbours.

    Points are a GeoDataFrame, a GeoSeries, or an array with a row (longitude, latitude) for each.

    Where several are equally far, those with the smaller longitude, then latitude, come first.
    """
    x, y = _longitudes_latitudes(points)
    return call(_engine.nearest_neighbours, x, y, k, progress=progress, threads=threads)


def within(
    points: Any, radius_m: float, *, progress: ProgressArgument = None, threads: int = 0
) -> Weights:
    """All other points at most `radius_m` away, in metres on WGS 84, are a point's neighbours."""
    x, y = _longitudes_latitudes(points)
    return call(_engine.distance_band, x, y, radius_m, progress=progress, threads=threads)


def getis_ord(
    values: Any,
    neighbours: Neighbours,
    *,
    star: bool = True,
    method: str = "automatic",
    adjustment: str = "Benjamini-Hochberg",
    alternative: str = "two-sided",
    seed: int = 0,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> pd.DataFrame:
    """Find hot and cold spots: Gi* (or Gi) with probabilities corrected for many tests.

    Parameters
    ----------
    values : Series or sequence of numbers
        Counts, best; none missing.
    neighbours : Weights, libpysal.weights.W, libpysal.graph.Graph, or mapping
        Who is next to whom: from `contiguity`, `nearest`, `within`, PySAL, or as a mapping of
        labels (see `weights`). Rows are in the order of `values`.
    star : bool
        Whether a row counts among its own neighbours (Gi*) or not (Gi).
    method : {"automatic", "exact", "permutations"}
        How p is found. Exact probabilities need whole numbers and equal weights within a row.
    adjustment : {"Benjamini-Hochberg", "Benjamini-Yekutieli", "Bonferroni", "none"}
        What makes q of p.
    alternative : {"two-sided", "greater", "less"}
        Which neighbours' sums count as extreme; ``"greater"`` finds hot spots alone.
    seed : int
        Of the permutations.
    progress, threads
        As everywhere; see `waywarden.geodesy.lengths`.

    Returns
    -------
    DataFrame
        Under the index of `values`:

        ``z``
            Standardised local sum; with binary weights PySAL's ``G_Local(transform="B").Zs``.
        ``p_exact`` or ``p_sim``
            Probability (two-sided, unless asked otherwise) that the neighbours' sum is as extreme,
            given the row: exact over all permutations, or estimated from some.
        ``p_error``
            Monte Carlo error of ``p_sim``; not there if p is exact.
        ``q``
            p corrected for the number of rows.
        ``class``
            ``hot_99``, ``hot_95``, ``hot_90`` where q is at most .01, .05, .10, the neighbours are
            high and z is positive; ``cold_...`` likewise; ``not_significant``; ``undefined``.
        ``state``
            ``defined``, or why not: ``island``, ``constant``, ``all_neighbours``.
        ``neighbours``
            How many, the row itself not counted.

        Marked as not released: z of small counts gives them away. ``attrs["waywarden"]`` holds the
        ``caution`` of the values: detected incidents reflect policing and reporting, unless they
        are rates over reporting effort (`rates`).

    Raises
    ------
    InputError
        If a value is missing, or the neighbours do not fit the values.
    OptionError
        If exact probabilities are asked for where they do not apply.

    Examples
    --------
    >>> line = {i: [j for j in (i - 2, i - 1, i + 1, i + 2) if 0 <= j < 12] for i in range(12)}
    >>> spots = getis_ord([0, 0, 0, 0, 1, 0, 0, 9, 8, 9, 9, 8], line)
    >>> spots["class"].iloc[9], round(float(spots["p_exact"].iloc[9]), 4)
    ('hot_90', 0.0061)
    """
    series = values if isinstance(values, pd.Series) else pd.Series(values)
    result = call(
        _engine.getis_ord,
        series.to_numpy(dtype=float),
        weights(neighbours, series.index if isinstance(neighbours, Mapping) else None),
        star=star,
        method=method,
        adjustment=adjustment,
        alternative=alternative,
        seed=seed,
        progress=progress,
        threads=threads,
    )
    p = result.pop("p_name")
    result[p] = result.pop("p")
    error = ["p_error"] if p == "p_sim" else []
    columns = ["z", p, *error, "q", "class", "state", "neighbours"]
    return mark_unreleased(frame_of_rows(result, columns, series.index), caution=caution_of(series))
