"""Where, and when, cases cluster more than chance explains: spatial and space-time scan statistics.

All windows of a kind are looked through at once, and the best is compared with the best of random
studies in which nothing clusters, so its p is corrected for how many windows there are.

Detected incidents follow policing and reporting: without a population at risk, or controls, that
follow them too, a cluster may be one of attention.

Sources: Kulldorff, Communications in Statistics 26 (1997) and JRSS A 164 (2001); Kulldorff et al.,
PLoS Medicine 2 (2005) and Statistics in Medicine 25 (2006); Tango and Takahashi, International
Journal of Health Geographics 4 (2005); Abrams et al., the same 9 (2010); Besag and Clifford,
Biometrika 78 (1991).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import geopandas
import numpy as np
import pandas as pd
from shapely import affinity
from shapely.geometry import MultiPoint, Point

from . import _engine, frames
from ._run import ProgressArgument, call
from .errors import InputError, OptionError
from .hotspots import weights

__all__ = ["Circles", "ConnectedSets", "Ellipses", "LineBalls", "scan"]


@dataclass(frozen=True)
class Circles:
    """Circles around each place, as large as the limits allow."""


@dataclass(frozen=True)
class Ellipses:
    """Ellipses around each place.

    Parameters
    ----------
    shapes : sequence of float
        Longer over shorter axis, each at least 1.
    angles : sequence of int
        How many directions of each shape, evenly spaced.
    penalty : float
        The log-likelihood ratio is multiplied by (4 s / (s + 1)^2)^penalty for shape s: 0 is no
        penalty for long shapes, 0.5 a medium and 1 a strong one.
    """

    shapes: Sequence[float] = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0)
    angles: Sequence[int] = (1, 4, 6, 9, 12, 15)
    penalty: float = 0.5


@dataclass(frozen=True)
class ConnectedSets:
    """Sets of places that hang together, each within the nearest places of its centre.

    Parameters
    ----------
    neighbours : Weights, libpysal.weights.W, libpysal.graph.Graph, or mapping
        Which places touch, in the order of the points or by their labels.
    most_places : int
        Places of a set, at most 20: the number of sets grows exponentially with it.
    """

    neighbours: Any
    most_places: int = 12


@dataclass(frozen=True)
class LineBalls:
    """All places within a distance of the centre along lines, such as streets.

    Parameters
    ----------
    lines : GeoDataFrame or GeoSeries
        Lines joined where their ends meet.
    snap_m : float
        A place may be this far from the nearest line.
    """

    lines: Any
    snap_m: float = field(default=200.0)


_WINDOWS = {"circles": Circles, "ellipses": Ellipses}
_RESOLUTION = 32


def scan(
    cases: Any,
    population: Any = None,
    points: Any = None,
    *,
    model: str = "poisson",
    window: str | Circles | Ellipses | ConnectedSets | LineBalls = "circles",
    rates: str = "high",
    share: float = 0.5,
    distance_m: float | None = None,
    time: str = "retrospective",
    time_share: float = 0.5,
    fewest_cases: int = 2,
    simulations: int = 999,
    seed: int = 0,
    stop_after: int = 0,
    most_clusters: int = 100,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> geopandas.GeoDataFrame:
    """Find clusters of cases in space, or in space and time.

    Parameters
    ----------
    cases : Series, DataFrame or array of int
        Cases per place; one column per interval of time, in order, for space and time.
    population : Series, DataFrame or array, optional
        ``"poisson"``: people at risk. ``"bernoulli"``: controls. One column, which then holds for
        every interval, or as many as `cases`. Must be missing for
        ``"space-time permutation"``.
    points : GeoDataFrame or GeoSeries
        Points in the order of `cases`. With a coordinate reference system, distances are metres on
        the globe (for ellipses, on a plane that touches it in the middle of the points); without
        one, coordinates are those of a plane, in metres.
    model : {"poisson", "bernoulli", "space-time permutation"}
        Where cases fall when nothing clusters.
    window : {"circles", "ellipses"}, Circles, Ellipses, ConnectedSets or LineBalls
        The windows to look through.
    rates : {"high", "low", "both"}
        Which clusters to find.
    share : float
        Of all people (of cases and controls, of cases), at most this share in one window.
    distance_m : float, optional
        No member of a window is farther from its centre than this.
    time : {"retrospective", "prospective"}
        Any stretch of time, or those that last until the end: an alarm.
    time_share : float
        A cluster lasts at most this share of the intervals.
    fewest_cases : int
        A cluster of high rates holds at least so many cases.
    simulations : int
        Random studies to compare with; 0 for none, then there is no p.
    seed : int
        Of the random studies.
    stop_after : int
        Stop once so many random studies were at least as extreme (Besag and Clifford); 0 = never.
    most_clusters : int
        List at most so many.
    progress, threads
        As everywhere; see `waywarden.geodesy.lengths`.

    Returns
    -------
    GeoDataFrame
        One row per cluster, the likeliest first; none share a place. Index ``rank``:

        ``members``, ``centre``
            Labels of the places, from the index of `points`.
        ``radius_m``, ``longer_half_axis_m``, ``angle``
            Distance of the farthest member; of an ellipse the half axes and the direction of the
            longer one, in degrees from east towards north.
        ``first_interval``, ``last_interval``
            Labels of the intervals.
        ``observed``, ``expected``, ``relative_risk``
            Cases; cases expected; rate inside over rate outside.
        ``llr``, ``statistic``
            Log-likelihood ratio, and the same with the penalty of ellipses: by this clusters are
            ranked and tested.
        ``p``, ``p_gumbel``
            Probability that chance alone brings a cluster as extreme anywhere: by counting, ties
            included, and by a Gumbel distribution fitted to the random studies.
        ``recurrence_intervals``
            Of an alarm: after how many intervals chance alone brings one like it, if the scan is
            made once per interval.
        ``geometry``
            Circle or ellipse; the members where windows are sets or follow lines, or where there
            is one alone.

        ``attrs["waywarden"]`` says ``status`` (``complete``, ``stopped_early``, ``no_cluster``) and
        ``simulations``. Marked as not released.

    Raises
    ------
    InputError
        If counts, people or points cannot be used.
    OptionError
        If an option is outside its range, or there are too many windows.

    Examples
    --------
    >>> towns = geopandas.GeoSeries.from_xy([84.1, 84.2, 85.3, 85.4, 86.0], [27.0] * 5, crs=4326)
    >>> found = scan([0, 1, 9, 8, 1], [50, 60, 55, 45, 70], towns, simulations=99)
    >>> found.loc[1, "members"], int(found.loc[1, "observed"]), round(float(found.loc[1, "llr"]), 3)
    ([2, 3], 17, 11.994)
    """
    if points is None:
        raise InputError("a scan needs points")
    kind = _WINDOWS[window]() if isinstance(window, str) and window in _WINDOWS else window
    geometry = _geometry(points)
    counts, labels = _counts(cases, len(geometry))
    space = _Space(geometry, isinstance(kind, Ellipses))
    options = {
        "model": model,
        "rates": rates,
        "share": share,
        "distance": distance_m,
        "time": time,
        "time_share": time_share,
        "fewest_cases": fewest_cases,
        "simulations": simulations,
        "seed": seed,
        "stop_after": stop_after,
        "most_clusters": most_clusters,
    }
    function, extra = _function(kind, space, geometry.index)
    result = call(
        function,
        space.x,
        space.y,
        counts.ravel(),
        _people(population, counts, model).ravel(),
        counts.shape[1],
        options,
        **extra,
        progress=progress,
        threads=threads,
    )
    frame = _frame(result, geometry.index, labels)
    frame = geopandas.GeoDataFrame(frame, geometry=_shapes(result, kind, space), crs=space.crs)
    return frames.mark_unreleased(
        frame, status=result["status"], simulations=result["simulations"], model=model
    )


class _Space:
    """Coordinates that the engine measures in, and the way back to the map."""

    def __init__(self, points: geopandas.GeoSeries, flat: bool) -> None:
        self.crs = None if points.crs is None else "EPSG:4326"
        self.degrees = points if self.crs is None else points.to_crs(self.crs)
        self.plane = _plane_around(self.degrees) if self.crs and flat and len(points) else None
        placed = self.degrees if self.plane is None else self.degrees.to_crs(self.plane)
        self.name = "globe" if self.crs and not flat else "plane"
        self.x, self.y = placed.x.to_numpy(), placed.y.to_numpy()

    def on_map(self, shape: Any, plane: Any) -> Any:
        if self.crs is None:
            return shape
        return geopandas.GeoSeries([shape], crs=plane).to_crs(self.crs).iloc[0]


def _plane_around(degrees: geopandas.GeoSeries) -> str:
    """Equidistant from the middle of the points, rounded so that single points do not move it."""
    west, south, east, north = degrees.total_bounds
    return _equidistant(round((west + east) / 2), round((south + north) / 2))


def _equidistant(longitude: float, latitude: float) -> str:
    return f"+proj=aeqd +lon_0={longitude!r} +lat_0={latitude!r} +datum=WGS84 +units=m"


def _geometry(points: Any) -> geopandas.GeoSeries:
    geometry = points.geometry if hasattr(points, "geometry") else geopandas.GeoSeries(points)
    usable = (geometry.geom_type == "Point") & ~geometry.is_empty
    if not usable.all():
        raise InputError("a point is needed here", feature=str(geometry.index[~usable][0]))
    return geometry


def _counts(cases: Any, places: int) -> tuple[np.ndarray, list[Any]]:
    """Cases by place and interval, and the labels of the intervals."""
    labels = list(cases.columns) if isinstance(cases, pd.DataFrame) else None
    table = np.asarray(cases, dtype=float)
    table = table.reshape(len(table), -1) if table.size else np.zeros((places, 1))
    if len(table) != places:
        raise InputError("there must be a row of cases for each point")
    if not np.isfinite(table).all() or (table != np.floor(table)).any():
        raise InputError("cases must be whole numbers, none missing")
    return table.astype(np.int64), labels or list(range(table.shape[1]))


def _people(population: Any, counts: np.ndarray, model: str) -> np.ndarray:
    if population is None:
        if model == "space-time permutation":
            return np.empty(0)
        raise InputError("this model needs a population")
    table = np.asarray(population, dtype=float)
    table = table.reshape(len(table), -1) if table.size else np.zeros((len(counts), 1))
    if len(table) != len(counts) or table.shape[1] not in (1, counts.shape[1]):
        raise InputError("there must be a population for each row of cases")
    return np.ascontiguousarray(np.broadcast_to(table, counts.shape))


def _function(kind: Any, space: _Space, index: pd.Index) -> tuple[Any, dict[str, Any]]:
    """The engine's function for a kind of windows, and what it takes more."""
    if isinstance(kind, Circles):
        return _engine.scan_circles, {"space": space.name}
    if isinstance(kind, Ellipses):
        axes = {"shapes": [float(s) for s in kind.shapes], "angles": [int(a) for a in kind.angles]}
        return _engine.scan_ellipses, {**axes, "penalty": kind.penalty}
    if isinstance(kind, ConnectedSets):
        touching = weights(kind.neighbours, index)
        sets = {"neighbours": touching, "most_places": kind.most_places}
        return _engine.scan_connected, {"space": space.name, **sets}
    if isinstance(kind, LineBalls):
        lines = kind.lines.geometry if hasattr(kind.lines, "geometry") else kind.lines
        if (lines.crs is None) != (space.crs is None):
            raise InputError("points and lines must both have a coordinate reference system")
        table = frames.to_table(
            geopandas.GeoSeries(lines if space.crs is None else lines.to_crs(4326))
        )
        return _engine.scan_lines, {"space": space.name, "lines": table, "snap": kind.snap_m}
    raise OptionError(
        "expected 'circles', 'ellipses', Circles, Ellipses, ConnectedSets or LineBalls"
    )


def _members(result: dict[str, Any]) -> list[np.ndarray]:
    return np.split(result["member"], result["first_member"][1:-1])[: len(result["centre"])]


def _frame(result: dict[str, Any], places: pd.Index, intervals: list[Any]) -> pd.DataFrame:
    def missing(column: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
        return np.where(column[1], column[0], np.nan)

    columns = {
        "members": [list(places[m]) for m in _members(result)],
        "centre": list(places[result["centre"]]),
        "radius_m": result["radius"],
        "longer_half_axis_m": result["longer_half_axis"],
        "angle": result["angle"],
        "first_interval": [intervals[i] for i in result["first_interval"]],
        "last_interval": [intervals[i] for i in result["last_interval"]],
        "observed": result["observed"],
        "expected": result["expected"],
        "relative_risk": missing(result["relative_risk"]),
        "llr": result["llr"],
        "statistic": result["statistic"],
        "p": missing(result["p"]),
        "p_gumbel": missing(result["p_gumbel"]),
        "recurrence_intervals": missing(result["recurrence_intervals"]),
    }
    rank = pd.RangeIndex(1, len(result["centre"]) + 1, name="rank")
    return pd.DataFrame(columns, index=rank)


def _shapes(result: dict[str, Any], kind: Any, space: _Space) -> list[Any]:
    return [_shape(result, i, m, kind, space) for i, m in enumerate(_members(result))]


def _shape(result: dict[str, Any], i: int, members: np.ndarray, kind: Any, space: _Space) -> Any:
    centre, radius = space.degrees.iloc[result["centre"][i]], result["radius"][i]
    if isinstance(kind, ConnectedSets | LineBalls) or radius == 0:
        return centre if len(members) == 1 else MultiPoint(list(space.degrees.iloc[members]))
    round_one = Point(0, 0).buffer(1, _RESOLUTION)
    if isinstance(kind, Circles):
        around = _equidistant(centre.x, centre.y)
        middle = (centre.x, centre.y) if space.crs is None else (0, 0)
        circle = affinity.scale(round_one, radius, radius, origin=(0, 0))
        return space.on_map(affinity.translate(circle, *middle), around)
    axes = affinity.scale(round_one, result["longer_half_axis"][i], radius, origin=(0, 0))
    turned = affinity.rotate(axes, result["angle"][i], origin=(0, 0))
    at = result["centre"][i]
    return space.on_map(affinity.translate(turned, space.x[at], space.y[at]), space.plane)
