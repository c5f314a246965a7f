"""Clustering in space and time together."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from . import _engine
from ._planar import event_times, plane_of
from ._run import ProgressArgument, call
from .frames import mark_unreleased

__all__ = ["knox", "near_repeat", "space_time_k"]


def space_time_k(
    events: Any,
    distances_m: Any,
    days: Any,
    *,
    time: str,
    period: tuple[float, float] | None = None,
    window: Any = None,
    correction: str = "isotropic",
    permutations: int = 999,
    seed: int = 0,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> pd.DataFrame:
    """Test whether events cluster in space and time together (Diggle et al. 1995).

    Parameters
    ----------
    events : GeoDataFrame
        Points with a column of times.
    distances_m, days : sequence of float
        Ascending.
    time : str
        Column of times: dates, or numbers in any unit (then that of `days` and `period`).
    period : tuple of float, optional
        First and last moment at which an event could have been seen, as numbers (dates: days since
        1970); by default of the first and the last event.
    window, correction
        As for `k_function`, but for border correction.
    permutations, seed : int
        How often times are dealt anew over the places, and from which streams.
    progress, threads
        As everywhere; see `waywarden.geodesy.lengths`.

    Returns
    -------
    DataFrame
        Under ``r`` and ``days``: ``k``, ``excess`` (K(s, t) - K(s) K(t)) and ``ratio`` (excess over
        K(s) K(t)). ``attrs["waywarden"]`` holds ``p`` (of the sum of the standardised surface) and
        ``p_global`` (extreme rank). Marked as not released.
    """
    plane = plane_of(events, window=window)
    times = event_times(events, time)
    first, last = period if period is not None else (times.min(), times.max())
    found = call(
        _engine.space_time_k,
        *plane.coordinates[0],
        times,
        plane.window,
        _column(distances_m),
        _column(days),
        first_time=float(first),
        last_time=float(last),
        correction=correction,
        permutations=permutations,
        seed=seed,
        progress=progress,
        threads=threads,
    )
    index = pd.MultiIndex.from_product([_column(distances_m), _column(days)], names=["r", "days"])
    ratio, valid = found["ratio"]
    columns = {
        "k": found["k"],
        "excess": found["excess"],
        "ratio": np.where(valid, ratio, np.nan),
    }
    frame = pd.DataFrame(columns, index=index)
    return mark_unreleased(frame, p=found["p"], p_global=found["p_global"])


def knox(
    events: Any,
    *,
    distance_m: float,
    days: float,
    time: str,
    permutations: int = 9_999,
    stop_after: int = 100,
    seed: int = 0,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> dict[str, Any]:
    """Count pairs of events close in space and time, against chance: Knox's test.

    Parameters
    ----------
    events : GeoDataFrame
        Points with a column of times.
    distance_m, days : float
        Limits, inclusive.
    time : str
        Column of times: dates, or numbers in the unit of `days`.
    permutations : int
        How often times are dealt anew over the places, at most.
    stop_after : int
        Stop once so many permutations have reached the count; 0: never.
    seed : int
        Of the permutations.
    progress, threads
        As everywhere; see `waywarden.geodesy.lengths`.

    Returns
    -------
    dict
        ``close``, ``near``, ``soon`` (pairs close in both, space, time); ``mean``, ``variance`` and
        ``z`` of ``close``, exact over all permutations (``z`` None where all agree); ``p`` with
        ties included, its Monte Carlo error ``p_error``, and the ``permutations`` dealt.

    Examples
    --------
    >>> import geopandas
    >>> seen = geopandas.GeoDataFrame(
    ...     {"day": [1, 8, 1]}, geometry=geopandas.points_from_xy([0, 3, 100], [0, 4, 0]), crs=32645
    ... )
    >>> found = knox(seen, distance_m=5, days=7, time="day")
    >>> found["close"], found["soon"], found["mean"]
    (1, 3, 1.0)
    """
    (x, y), times = _places(events), event_times(events, time)
    return call(
        _engine.knox,
        x,
        y,
        times,
        distance=float(distance_m),
        time=float(days),
        permutations=permutations,
        stop_after=stop_after,
        seed=seed,
        progress=progress,
        threads=threads,
    )


def near_repeat(
    events: Any,
    distances_m: Any,
    days: Any,
    *,
    time: str,
    metric: str = "euclidean",
    permutations: int = 999,
    seed: int = 0,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> pd.DataFrame:
    """Tabulate how much likelier events are soon after another one nearby.

    Parameters
    ----------
    events : GeoDataFrame
        Points with a column of times.
    distances_m, days : sequence of float
        Upper ends of the bands, ascending; a first end of 0 makes a band of repeats in the same
        place, or on the same day.
    time : str
        Column of times: dates, or numbers in the unit of `days`.
    metric : {"euclidean", "manhattan"}
        How distance is measured.
    permutations, seed : int
        How often dates are dealt anew over the places, and from which streams.
    progress, threads
        As everywhere; see `waywarden.geodesy.lengths`.

    Returns
    -------
    DataFrame
        Under ``distance_m`` and ``days`` (upper ends): ``observed`` pairs, ``expected`` (mean over
        all permutations, exact), ``ratio`` and ``p_sim`` (ties included).
        ``attrs["waywarden"]["p_global"]`` is that of the whole table. Marked as not released.

    Examples
    --------
    >>> import geopandas
    >>> seen = geopandas.GeoDataFrame(
    ...     {"day": [0, 5, 20]}, geometry=geopandas.points_from_xy([0, 0, 10], [0, 0, 0]), crs=32645
    ... )
    >>> near_repeat(seen, [0, 10], [5, 20], time="day")["ratio"].round(6).tolist()
    [3.0, 0.0, 0.0, 1.5]
    """
    (x, y), times = _places(events), event_times(events, time)
    found = call(
        _engine.near_repeat,
        x,
        y,
        times,
        _column(distances_m),
        _column(days),
        metric=metric,
        permutations=permutations,
        seed=seed,
        progress=progress,
        threads=threads,
    )
    ends = [_column(distances_m), _column(days)]
    index = pd.MultiIndex.from_product(ends, names=["distance_m", "days"])
    ratio, valid = found["ratio"]
    columns = {
        "observed": found["observed"],
        "expected": found["expected"],
        "ratio": np.where(valid, ratio, np.nan),
        "p_sim": found["p"],
    }
    return mark_unreleased(pd.DataFrame(columns, index=index), p_global=found["p_global"])


def _column(values: Any) -> np.ndarray:
    return np.asarray(values, dtype=float)


def _places(events: Any) -> tuple[np.ndarray, np.ndarray]:
    return plane_of(events).coordinates[0]
