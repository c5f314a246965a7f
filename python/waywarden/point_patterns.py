"""Whether events cluster, at which distances, and together in space and time.

Sources: Ripley, Journal of Applied Probability 13 (1976); Myllymäki et al., JRSS B 79 (2017);
Diggle et al., Statistical Methods in Medical Research 4 (1995); Knox, Applied Statistics 13 (1964);
Johnson et al., Journal of Quantitative Criminology 23 (2007).

Points with projected coordinates are used as they are, and taken as metres; longitudes and
latitudes are projected to equal areas around the window.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from . import _engine
from ._network_k import network_k
from ._planar import plane_of
from ._run import ProgressArgument, call
from ._space_time_interaction import knox, near_repeat, space_time_k
from .frames import mark_unreleased

__all__ = [
    "cross_k",
    "k_function",
    "knox",
    "l_function",
    "near_repeat",
    "network_k",
    "pair_correlation",
    "space_time_k",
]


def k_function(
    events: Any,
    radii_m: Any,
    *,
    window: Any = None,
    correction: str = "isotropic",
    pairs_at_radius: str = "counted",
    progress: ProgressArgument = None,
    threads: int = 0,
) -> pd.DataFrame:
    """Count neighbours by distance: Ripley's K and L.

    Parameters
    ----------
    events : GeoDataFrame or GeoSeries
        Points.
    radii_m : sequence of float
        Ascending.
    window : GeoDataFrame or GeoSeries, optional
        Polygons in which events could have been seen; by default the rectangle around them, which
        is too small.
    correction : {"isotropic", "translation", "border", "none"}
        How neighbours outside the window are made up for.
    pairs_at_radius : {"counted", "binned"}
        Pairs exactly r apart are within r; or from the next radius on, as in spatstat.
    progress, threads
        As everywhere; see `waywarden.geodesy.lengths`.

    Returns
    -------
    DataFrame
        Under ``r``: ``k``, ``l`` (the square root of K / pi) and ``expected``, pi r², K of points
        thrown independently. Missing where undefined. Marked as not released.

    Examples
    --------
    >>> import geopandas
    >>> from shapely.geometry import box
    >>> seen = geopandas.GeoSeries.from_xy([1, 4], [5, 5], crs=32645)
    >>> area = geopandas.GeoSeries([box(0, 0, 10, 10)], crs=32645)
    >>> k_function(seen, [2, 3], window=area, correction="none")["k"].tolist()
    [0.0, 100.0]
    """
    plane = plane_of(events, window=window)
    k = call(
        _engine.planar_k,
        *plane.coordinates[0],
        plane.window,
        _column(radii_m),
        correction=correction,
        pairs_at_radius=pairs_at_radius,
        progress=progress,
        threads=threads,
    )
    return _k_frame(radii_m, k)


def cross_k(
    events: Any,
    others: Any,
    radii_m: Any,
    *,
    window: Any = None,
    correction: str = "isotropic",
    pairs_at_radius: str = "counted",
    progress: ProgressArgument = None,
    threads: int = 0,
) -> pd.DataFrame:
    """Count the `others` around the events, by distance.

    Parameters and result are those of `k_function`.
    """
    plane = plane_of(events, others, window=window)
    k = call(
        _engine.planar_cross_k,
        *plane.coordinates[0],
        *plane.coordinates[1],
        plane.window,
        _column(radii_m),
        correction=correction,
        pairs_at_radius=pairs_at_radius,
        progress=progress,
        threads=threads,
    )
    return _k_frame(radii_m, k)


def l_function(
    events: Any,
    radii_m: Any,
    *,
    others: Any = None,
    window: Any = None,
    correction: str = "isotropic",
    simulations: int = 999,
    seed: int = 0,
    envelope: str = "extreme_rank",
    alternative: str = "two-sided",
    alpha: float = 0.05,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> pd.DataFrame:
    """Test clustering at all distances at once: L with a global envelope.

    Parameters
    ----------
    events, radii_m, window
        As for `k_function`.
    others : GeoDataFrame or GeoSeries, optional
        Points of another kind: then their L around the events is tested, against the kinds dealt
        anew over all places. Without, events are compared with as many thrown over the window.
    correction : {"isotropic", "translation", "none"}
        As for `k_function`.
    simulations, seed : int
        How many, and from which streams.
    envelope : {"extreme_rank", "deviation"}
        Extreme rank length, or a band of even width.
    alternative : {"two-sided", "greater", "less"}
        Which side counts.
    alpha : float
        Level of the band.
    progress, threads
        As everywhere; see `waywarden.geodesy.lengths`.

    Returns
    -------
    DataFrame
        Under ``r``: ``l``, ``centre`` (mean of all curves), ``low`` and ``high`` of the band
        (two-sided, or the one that counts). ``attrs["waywarden"]["p"]`` is the probability, ties
        included. Marked as not released.

    Examples
    --------
    >>> import geopandas
    >>> from shapely.geometry import box
    >>> x = [10, 11, 12, 50, 51, 52, 80, 81, 82]
    >>> seen = geopandas.GeoSeries.from_xy(x, x, crs=32645)
    >>> area = geopandas.GeoSeries([box(0, 0, 100, 100)], crs=32645)
    >>> found = l_function(seen, [2, 4, 6], window=area, simulations=99)
    >>> found.attrs["waywarden"]["p"]
    0.01
    """
    groups = (events,) if others is None else (events, others)
    plane = plane_of(*groups, window=window)
    found = call(
        _engine.l_envelope,
        *plane.coordinates[0],
        None if others is None else plane.coordinates[1],
        plane.window,
        _column(radii_m),
        correction=correction,
        simulations=simulations,
        seed=seed,
        kind=envelope,
        alternative=alternative,
        alpha=alpha,
        progress=progress,
        threads=threads,
    )
    p = found.pop("p")
    columns = {"l": found.pop("observed")} | {name: v for name, v in found.items() if len(v)}
    frame = pd.DataFrame(columns, index=pd.Index(_column(radii_m), name="r"))
    return mark_unreleased(frame, p=p)


def pair_correlation(
    events: Any,
    radii_m: Any,
    *,
    window: Any = None,
    correction: str = "isotropic",
    half_width_m: float | None = None,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> pd.Series:
    """Estimate how much likelier than chance two events are exactly r apart: g.

    Parameters
    ----------
    events, radii_m, window, correction
        As for `k_function`; radii above 0, and no border correction.
    half_width_m : float, optional
        Of the Epanechnikov kernel; by default Stoyan's 0.15 / sqrt(density).
    progress, threads
        As everywhere; see `waywarden.geodesy.lengths`.

    Returns
    -------
    Series
        ``g`` under ``r``: 1 for points thrown independently. Marked as not released.
    """
    plane = plane_of(events, window=window)
    values, valid = call(
        _engine.pair_correlation,
        *plane.coordinates[0],
        plane.window,
        _column(radii_m),
        correction=correction,
        half_width=half_width_m,
        progress=progress,
        threads=threads,
    )
    index = pd.Index(_column(radii_m), name="r")
    return mark_unreleased(pd.Series(np.where(valid, values, np.nan), index=index, name="g"))


def _column(values: Any) -> np.ndarray:
    return np.asarray(values, dtype=float)


def _k_frame(radii_m: Any, k: tuple[np.ndarray, np.ndarray]) -> pd.DataFrame:
    values, valid = k
    r = _column(radii_m)
    numbers = np.where(valid, values, np.nan)
    columns = {"k": numbers, "l": np.sqrt(numbers / np.pi), "expected": np.pi * r**2}
    return mark_unreleased(pd.DataFrame(columns, index=pd.Index(r, name="r")))
