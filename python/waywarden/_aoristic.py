"""When incidents happened: dates as long as they are vague, and aoristic weights.

Sources: Ratcliffe and McCullagh, International Journal of Geographical Information Science 12
(1998); Ratcliffe, same journal 14 (2000).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from . import _engine
from ._rates import REPORTING_CAUTION
from .errors import InputError
from .frames import mark_unreleased


def parse_dates(dates: Any) -> pd.DataFrame:
    """Read dates that are as long as they are vague: "2023", "2023-05", "2023-05-17T22".

    Parameters
    ----------
    dates : Series or sequence of str
        ISO 8601, without zone, from 1700 to 2199; two joined by ``/`` run from the start of the
        first to the end of the second.

    Returns
    -------
    DataFrame
        ``begin`` and ``end`` (not included); missing where a text is no date.

    Examples
    --------
    >>> ends = parse_dates(["2024-02", "soon"])["end"]
    >>> str(ends[0].date()), bool(ends.isna()[1])
    ('2024-03-01', True)
    """
    series = dates if isinstance(dates, pd.Series) else pd.Series(dates, dtype=object)
    texts = ["" if pd.isna(value) else str(value) for value in plain_dates(series)]
    begin, end = times_of(_engine.parse_time_spans(texts), series.index)
    return mark_unreleased(pd.DataFrame({"begin": begin, "end": end}))


def aoristic_weights(incidents: pd.DataFrame, boundaries: Any) -> pd.DataFrame:
    """Share each incident among the steps of time it may lie in.

    Parameters
    ----------
    incidents : DataFrame
        With ``begin`` and ``end``, as from `read` or `parse_dates`.
    boundaries : DatetimeIndex or sequence of times
        Where steps begin; the last one is where the last step ends.

    Returns
    -------
    DataFrame
        One row per incident, one column per step (its beginning) and ``outside``. A dated row adds
        up to exactly 1; a row without date is 0 throughout. Marked as not released.

    Examples
    --------
    >>> night = parse_dates(["2023-05-17T22/2023-05-18T00"])
    >>> weights = aoristic_weights(night, pd.date_range("2023-05-17", periods=3))
    >>> weights.round(3).values.tolist()
    [[0.667, 0.333, 0.0]]
    """
    edges = pd.DatetimeIndex(boundaries)
    found = _engine.aoristic_weights(*_spans(incidents), _seconds(edges), [])
    frame = _dense(found, incidents.index, edges[:-1])
    frame["outside"] = found["outside"]
    return mark_unreleased(frame, undated=found["undated"])


def aoristic(incidents: pd.DataFrame, boundaries: Any, *, size: str | None = None) -> pd.Series:
    """Add up the aoristic weights of all incidents per step of time.

    Parameters
    ----------
    incidents, boundaries
        As for `aoristic_weights`.
    size : str, optional
        Column with whole numbers that says how much an incident counts; by default 1.

    Returns
    -------
    Series
        Expected incidents per step, under its beginning. ``attrs["waywarden"]`` holds ``outside``
        (all steps) and ``undated``. The same bits in any order of incidents.

    Examples
    --------
    >>> dates = parse_dates(["2023-01", "2023", "2023-02-11"])
    >>> months = pd.to_datetime(["2023-01-01", "2023-02-01", "2023-03-01"])
    >>> aoristic(dates, months).round(3).tolist()
    [1.085, 1.077]
    """
    edges = pd.DatetimeIndex(boundaries)
    sizes = whole_sizes(incidents, size)
    found = _engine.aoristic_weights(*_spans(incidents), _seconds(edges), sizes)
    outside = float(found["outside"].sum() if size is None else found["outside"] @ sizes)
    totals = pd.Series(found["totals"], index=edges[:-1], name="expected")
    return mark_unreleased(
        totals, outside=outside, undated=found["undated"], caution=REPORTING_CAUTION
    )


def aoristic_cycle(
    incidents: pd.DataFrame, cycle: str = "hour_of_day", *, size: str | None = None
) -> pd.Series:
    """Add up aoristic weights over the hours of the day or the days of the week.

    Parameters
    ----------
    incidents, size
        As for `aoristic`.
    cycle : {"hour_of_day", "day_of_week", "hour_of_week"}
        The week begins on Monday (0).

    Returns
    -------
    Series
        Expected incidents per step of the cycle. A date without hour counts in every hour alike:
        look at hours only where hours are known.

    Examples
    --------
    >>> aoristic_cycle(parse_dates(["2023-05-17"]), "day_of_week").tolist()
    [0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0]
    """
    found = _engine.aoristic_cycle(*_spans(incidents), cycle, whole_sizes(incidents, size))
    totals = pd.Series(found["totals"], name="expected").rename_axis(cycle)
    return mark_unreleased(totals, undated=found["undated"], caution=REPORTING_CAUTION)


def plain_dates(times: pd.Series) -> pd.Series:
    """Times as text; dates where all of them are midnight, because then nobody knew the hour."""
    if not pd.api.types.is_datetime64_any_dtype(times.dtype):
        return times
    if times.dt.tz is not None:
        times = times.dt.tz_localize(None)
    days = (times.dropna() == times.dropna().dt.normalize()).all()
    text = times.dt.strftime("%Y-%m-%d" if days else "%Y-%m-%dT%H:%M:%S")
    return text.astype(object).where(times.notna(), None)


def times_of(spans: dict[str, Any], index: pd.Index) -> tuple[pd.Series, pd.Series]:
    """Begin and end of the engine's spans, missing where there is none."""

    def column(name: str) -> pd.Series:
        seconds = np.where(spans["valid"], spans[name], np.iinfo(np.int64).min)
        return pd.Series(pd.to_datetime(seconds.astype("datetime64[s]"), errors="coerce"), index)

    return column("begin"), column("end")


def whole_sizes(incidents: pd.DataFrame, column: str | None) -> np.ndarray:
    """How much each incident counts; nothing if each counts as one."""
    if column is None:
        return np.empty(0, dtype=np.int64)
    sizes = incidents[column]
    if sizes.isna().any() or (sizes != sizes.round()).any():
        raise InputError(f"sizes in column '{column}' must be whole numbers, none missing")
    return sizes.to_numpy(dtype=np.int64)


def _seconds(times: Any) -> np.ndarray:
    return np.asarray(times).astype("datetime64[s]").astype(np.int64)


def _spans(incidents: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    begin, end = incidents["begin"], incidents["end"]
    valid = (begin.notna() & end.notna()).to_numpy()
    columns = [np.where(valid, _seconds(times.to_numpy()), 0) for times in (begin, end)]
    return columns[0], columns[1], valid.astype(np.uint8)


def _dense(found: dict[str, Any], index: pd.Index, steps: pd.Index) -> pd.DataFrame:
    rows = np.repeat(np.arange(len(index)), np.diff(found["first"]))
    weights = np.zeros((len(index), found["steps"]))
    weights[rows, found["step"]] = found["weight"]
    return pd.DataFrame(weights, index=index, columns=steps.astype(object))
