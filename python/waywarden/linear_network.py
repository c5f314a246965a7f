"""Lines joined at their ends: the space on which incidents along roads lie.

Densities, K functions and other analyses along roads take what `lines` makes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas
import numpy as np
import pandas as pd

from . import _engine
from ._run import ProgressArgument, call
from .errors import CrsError, InputError, OptionError
from .frames import _as_frame, _from_wkb, in_degrees, mark_unreleased, to_table
from .network import Network

__all__ = ["Lines", "lines"]


class Lines:
    """Lines joined at their ends; immutable. Use `lines`.

    Attributes
    ----------
    engine : _engine.DrawnLines
        The engine's own object, which other modules hand on.
    crs
        Of the coordinates in which the lines are kept.

    Parameters
    ----------
    engine, crs, sources
        What the engine made, and the labels of the rows that edges come from.
    """

    def __init__(self, engine: _engine.DrawnLines, crs: Any, sources: pd.Index) -> None:
        self.engine = engine
        self.crs = crs
        self._sources = sources

    def __repr__(self) -> str:
        kilometres = self.engine.total_length_m / 1000
        return (
            f"<Lines: {self.engine.edge_count} edges, {self.engine.node_count} nodes, "
            f"{kilometres:.1f} km>"
        )

    @property
    def edges(self) -> geopandas.GeoDataFrame:
        """One row per edge.

        ``source`` (label of the row it comes from), ``first`` and ``second`` (its nodes), and
        ``length_m``.
        """
        columns = self.engine.edges()
        wkb = columns.pop("wkb")
        frame = pd.DataFrame(columns)
        frame["source"] = self._sources.take(frame["source"])
        return self._frame(frame, wkb, "edge")

    def lixels(self, longest_m: float = 50.0) -> geopandas.GeoDataFrame:
        """Cut each edge into the fewest equally long pieces that are at most so long.

        Returns
        -------
        GeoDataFrame
            ``edge``, ``from_m`` and ``to_m`` (metres along it).
        """
        columns = self.engine.lixels(longest_m)
        wkb = columns.pop("wkb")
        return self._frame(pd.DataFrame(columns), wkb, "lixel")

    def snap(
        self,
        points: Any,
        *,
        limit_m: float = 100.0,
        node_tolerance_m: float = 1.0,
        progress: ProgressArgument = None,
        threads: int = 0,
    ) -> pd.DataFrame:
        """Find the nearest place on the lines for each point.

        Parameters
        ----------
        points : GeoDataFrame, GeoSeries, or anything with ``__geo_interface__``
        limit_m : float
            Points farther than this from every line get no place.
        node_tolerance_m : float
            Places that close to an end of their edge are moved onto it: what is recorded at a
            junction belongs to all its branches alike.
        progress, threads
            As everywhere; see `waywarden.geodesy.lengths`.

        Returns
        -------
        DataFrame
            Under the index of `points`: ``edge``, ``along_m`` and ``distance_m``, all missing where
            there is no place. Marked as not released.

        Examples
        --------
        >>> road = geopandas.GeoSeries.from_wkt(["LINESTRING (85 27, 85.1 27)"], crs=4326)
        >>> seen = geopandas.GeoSeries.from_xy([85.05, 85.05], [27.0001, 28.0], crs=4326)
        >>> lines(road).snap(seen)["distance_m"].round().tolist()
        [11.0, <NA>]
        """
        geometry = self._points(points)
        found = call(
            _engine.snap_to_lines,
            self.engine,
            geometry.x.to_numpy(),
            geometry.y.to_numpy(),
            limit_m=limit_m,
            node_tolerance_m=node_tolerance_m,
            progress=progress,
            threads=threads,
        )
        edge = pd.array(found["edge"], dtype="Int64")
        edge[found["edge"] < 0] = pd.NA
        frame = pd.DataFrame({"edge": edge}, index=geometry.index)
        for name in ("along_m", "distance_m"):
            values, valid = found[name]
            frame[name] = pd.arrays.FloatingArray(values, ~valid)
        return mark_unreleased(frame)

    def _frame(self, frame: pd.DataFrame, wkb: Any, index: str) -> geopandas.GeoDataFrame:
        frame.index.name = index
        geometry = _from_wkb(wkb, frame.index)
        return mark_unreleased(geopandas.GeoDataFrame(frame, geometry=geometry, crs=self.crs))

    def _points(self, points: Any) -> geopandas.GeoSeries:
        frame = _as_frame(points)
        if getattr(frame, "crs", None) is None:
            raise CrsError("the points have no coordinate reference system; use set_crs()")
        geometry = frame.to_crs(self.crs).geometry
        usable = (geometry.geom_type == "Point") & ~geometry.is_empty
        if not usable.all():
            raise InputError("a point is needed here", feature=str(geometry.index[~usable][0]))
        return geometry


def lines(data: Any, *, lengths: str = "geodesic", modes: Sequence[str] = ("road",)) -> Lines:
    """Join lines where their ends have equal coordinates.

    A line is cut where another's end lies on one of its vertices. Lines that merely cross are not
    joined; to have crossings, gaps and duplicates seen to, give a network.

    Parameters
    ----------
    data : GeoDataFrame, GeoSeries, anything with ``__geo_interface__``, or Network
        Lines, or a network of `waywarden.network.build`.
    lengths : {"geodesic", "planar"}
        On WGS 84, or Euclidean in the coordinate reference system of `data`, which must count in
        metres.
    modes : sequence of str
        Of a network, which edges; both directions are one edge.

    Returns
    -------
    Lines

    Raises
    ------
    InputError
        If a geometry is no line.

    Examples
    --------
    >>> roads = geopandas.GeoSeries.from_wkt(
    ...     ["LINESTRING (0 0, 300 0, 900 0)", "LINESTRING (300 0, 300 400)"], crs=3857
    ... )
    >>> lines(roads, lengths="planar")
    <Lines: 3 edges, 4 nodes, 1.3 km>
    """
    if isinstance(data, Network):
        drawn = _engine.drawn_lines_of_network(data.engine, list(modes))
        return Lines(drawn, "EPSG:4326", pd.RangeIndex(data.engine.edge_count))
    if lengths not in ("geodesic", "planar"):
        raise OptionError("expected one of 'geodesic', 'planar'")
    frame = in_degrees(data) if lengths == "geodesic" else _projected(data)
    table = to_table(frame[[frame.geometry.name]], name="lines")
    drawn = _engine.drawn_lines(table, geodesic=lengths == "geodesic")
    return Lines(drawn, frame.crs, frame.index)


def _projected(data: Any) -> geopandas.GeoDataFrame:
    frame = _as_frame(data)
    if getattr(frame, "crs", None) is None or frame.crs.is_geographic:
        raise CrsError("planar lengths need a projected coordinate reference system")
    return frame


def _placed(
    along: Lines, points: Any, limit_m: float, node_tolerance_m: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Edges and metres along them of the points within the limit, and which those are."""
    snapped = along.snap(points, limit_m=limit_m, node_tolerance_m=node_tolerance_m)
    there = snapped["edge"].notna().to_numpy()
    edge = snapped["edge"][there].to_numpy(dtype=np.int64)
    return edge, snapped["along_m"][there].to_numpy(dtype=float), there
