"""Timetables (GTFS) into scheduled links: mean running times and headways, no timetable routing.

A feed becomes straight links from stop to stop, by mode, and hubs at its stops, where people wait
half of the mean headway. What is read: stops, routes, trips, stop_times, and, where there are any,
frequencies and calendar. A trip counts by the share of days of the week on which its calendar lets
it run; without a calendar it runs every day. Dates, exceptions (calendar_dates), shapes, fares and
parent stations are not used.
"""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd
from shapely.geometry import LineString

from . import _engine
from ._layers import links
from ._services import hub_table
from .errors import FileError, InputError, OptionError
from .frames import mark_unreleased
from .geodesy import lengths

__all__ = ["Feed", "read"]

# Route types of GTFS, and the hundreds of its extended types.
_MODES = {0: "rail", 1: "rail", 2: "rail", 3: "road", 4: "sea", 5: "rail", 6: "rail", 7: "rail"}
_MODES |= {11: "road", 12: "rail"}
_HUNDREDS = {1: "rail", 2: "road", 4: "rail", 5: "rail", 6: "rail", 7: "road", 8: "road"}
_HUNDREDS |= {9: "rail", 10: "sea", 11: "air", 12: "sea", 13: "rail", 14: "rail"}
_COLUMNS = {
    "stops": ("stop_id", "stop_lat", "stop_lon"),
    "routes": ("route_id", "route_type"),
    "trips": ("trip_id", "route_id", "service_id"),
    "stop_times": ("trip_id", "stop_id", "stop_sequence", "arrival_time", "departure_time"),
}
_OPTIONAL = {
    "frequencies": ("trip_id", "start_time", "end_time", "headway_secs"),
    "calendar": ("service_id", "monday", "tuesday", "wednesday", "thursday", "friday")
    + ("saturday", "sunday"),
}
_DAYS = list(_OPTIONAL["calendar"][1:])
# Timetables are in whole minutes: two stops in the same minute are this far apart.
_LEAST_RUNNING_S = 30.0
_KMH = 3.6

Tables = dict[str, pd.DataFrame]


def read(
    path: str | os.PathLike[str], *, service_hours: float = 18.0, max_bytes: int = 4_000_000_000
) -> Feed:
    """Read a feed.

    Parameters
    ----------
    path : path
        A zip file, or the folder of its tables.
    service_hours : float
        Hours of a day over which departures are spread: the mean headway is this by the number of
        departures on a mean day.
    max_bytes : int
        More than this, unpacked, is an error.

    Returns
    -------
    Feed

    Raises
    ------
    FileError
        If there is no such feed, or a table that every feed has is missing or cannot be read.
    InputError
        For a missing column, an id that does not exist, a value that is no time, number or known
        route type, or a trip that goes back in time.
    """
    if not 0 < service_hours <= 24:
        raise OptionError("service_hours is more than 0, and at most 24")
    tables = _tables(Path(path), max_bytes)
    hops = _hops(tables)
    stops, found = _stops(tables["stops"]), _links(hops, service_hours)
    return Feed(_located(found, stops), _hubs(found, stops))


class Feed:
    """What a timetable offers.

    Attributes
    ----------
    links : GeoDataFrame
        One row per mode and pair of stops that follow each other: ``mode``, ``from_stop``,
        ``to_stop``, ``departures`` (on a mean day), ``headway_s``, ``running_s``, ``speed_kmh``.
    stops : GeoDataFrame
        Stops that are served, by id: ``name``, ``modes``, ``wait_s`` (half of the mean headway of
        what leaves there; without any, of what arrives).

    Parameters
    ----------
    links, stops : GeoDataFrame
        Use `read`.
    """

    def __init__(self, links: geopandas.GeoDataFrame, stops: geopandas.GeoDataFrame) -> None:
        self.links, self.stops = links, stops

    def __repr__(self) -> str:
        return f"<Feed: {len(self.links)} links between {len(self.stops)} stops>"

    def layers(self, *, access: str = "foot", radius_m: float = 500.0) -> list[Any]:
        """Describe the feed for `waywarden.network.build`.

        Parameters
        ----------
        access : str
            Mode by which people come to stops: ``foot``, or ``road`` where no footpaths are known.
        radius_m : float
            How far a stop may be from a link of that mode.

        Returns
        -------
        list of LinkLayer and HubLayer
        """
        built: list[_engine.LinkLayer | _engine.HubLayer] = [
            links(rows, mode=str(mode), speed="speed_kmh", oneway="oneway", name=f"gtfs {mode}")
            for mode, rows in self.links.assign(oneway="1").groupby("mode")
        ]
        stops = self.stops.assign(modes=self.stops["modes"] + "," + access)
        served = stops[~self.stops["modes"].str.split(",").map(lambda modes: access in modes)]
        if len(served):
            built += hub_table(
                served,
                modes="modes",
                wait_s="wait_s",
                radius_m=radius_m,
                kind="stops",
                names="name",
            )
        return built


# Tables


def _tables(path: Path, max_bytes: int) -> Tables:
    texts = _texts(path, max_bytes)
    missing = [name for name in _COLUMNS if name not in texts]
    if missing:
        raise FileError(f"is no feed: there is no {missing[0]}.txt", file=str(path))
    return {name: _table(name, text, path) for name, text in texts.items()}


def _texts(path: Path, max_bytes: int) -> dict[str, bytes]:
    wanted = [*_COLUMNS, *_OPTIONAL]
    try:
        if path.is_dir():
            files = {name: path / f"{name}.txt" for name in wanted}
            files = {name: file for name, file in files.items() if file.is_file()}
            _limit(sum(file.stat().st_size for file in files.values()), max_bytes, path)
            return {name: file.read_bytes() for name, file in files.items()}
        with zipfile.ZipFile(path) as archive:
            inside = {Path(member.filename).name: member for member in archive.infolist()}
            members = {name: inside[f"{name}.txt"] for name in wanted if f"{name}.txt" in inside}
            _limit(sum(member.file_size for member in members.values()), max_bytes, path)
            return {name: archive.read(member) for name, member in members.items()}
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        if isinstance(error, FileError):
            raise
        raise FileError(f"cannot be read: {type(error).__name__}", file=str(path)) from error


def _limit(size: int, max_bytes: int, path: Path) -> None:
    if size > max_bytes:
        raise InputError(f"has {size} bytes, more than the limit of {max_bytes}", file=str(path))


def _table(name: str, text: bytes, path: Path) -> pd.DataFrame:
    try:
        table = pd.read_csv(
            io.BytesIO(text),
            dtype=str,
            encoding="utf-8-sig",
            encoding_errors="replace",
            skipinitialspace=True,
            keep_default_na=False,
        )
    except (ValueError, pd.errors.ParserError):
        raise FileError("is no table", file=str(path), layer=name) from None
    table.columns = [str(column).strip() for column in table.columns]
    for column in (_COLUMNS | _OPTIONAL)[name]:
        if column not in table:
            raise InputError(f"no column '{column}'", file=str(path), layer=name)
    return table.fillna("")


def _numbers(table: pd.DataFrame, column: str, layer: str, ids: str) -> np.ndarray:
    numbers = pd.to_numeric(table[column], errors="coerce").to_numpy(dtype=float)
    _refuse(~np.isfinite(numbers), table, layer, ids, f"column '{column}': not a number")
    return numbers


def _seconds(table: pd.DataFrame, column: str, layer: str, ids: str) -> np.ndarray:
    """Seconds since the day began, may be over 24 hours; NaN where empty."""
    parts = table[column].str.extract(r"^\s*(\d{1,3}):([0-5]\d):([0-5]\d)\s*$")
    seconds = parts.astype(float).to_numpy() @ np.array([3600.0, 60.0, 1.0])
    wrong = np.isnan(seconds) & (table[column].str.strip() != "").to_numpy()
    _refuse(wrong, table, layer, ids, f"column '{column}': not a time")
    return seconds


def _refuse(wrong: np.ndarray, table: pd.DataFrame, layer: str, ids: str, reason: str) -> None:
    if wrong.any():
        feature = str(table[ids].iloc[int(np.flatnonzero(wrong)[0])])
        raise InputError(reason, layer=layer, feature=feature)


def _known(table: pd.DataFrame, column: str, ids: pd.Series, layer: str) -> None:
    unknown = ~table[column].isin(set(ids)).to_numpy()
    _refuse(unknown, table, layer, column, f"column '{column}': there is none of this id")


def _unique(table: pd.DataFrame, column: str, layer: str) -> None:
    _refuse(table[column].duplicated().to_numpy(), table, layer, column, "the id occurs twice")


# From trips to links


def _hops(tables: Tables) -> pd.DataFrame:
    """Each trip from each stop to its next: ``mode``, stops, ``running_s``, ``departures``."""
    times = _timed(tables)
    after = times.shift(-1)
    same = times["trip_id"].eq(after["trip_id"])
    hops = pd.DataFrame(
        {
            "trip_id": times["trip_id"],
            "from_stop": times["stop_id"],
            "to_stop": after["stop_id"],
            "running_s": after["arrival"] - times["departure"],
        }
    )[same]
    late = (hops["running_s"] < 0).to_numpy()
    _refuse(late, hops, "stop_times", "trip_id", "the trip goes back in time")
    hops = hops[hops["from_stop"] != hops["to_stop"]]
    trips = tables["trips"].set_index("trip_id")
    modes = _modes(tables["routes"])
    hops["mode"] = hops["trip_id"].map(trips["route_id"]).map(modes)
    hops["departures"] = hops["trip_id"].map(_departures(tables))
    return hops[hops["departures"] > 0]


def _timed(tables: Tables) -> pd.DataFrame:
    """Stop times in order, with times between timed stops spread evenly."""
    table = tables["stop_times"]
    _unique(tables["stops"], "stop_id", "stops")
    _unique(tables["trips"], "trip_id", "trips")
    _known(table, "trip_id", tables["trips"]["trip_id"], "stop_times")
    _known(table, "stop_id", tables["stops"]["stop_id"], "stop_times")
    times = table[["trip_id", "stop_id"]].copy()
    times["order"] = _numbers(table, "stop_sequence", "stop_times", "trip_id")
    for name in ("arrival", "departure"):
        times[name] = _seconds(table, f"{name}_time", "stop_times", "trip_id")
    times["arrival"] = times["arrival"].fillna(times["departure"])
    times["departure"] = times["departure"].fillna(times["arrival"])
    times = times.sort_values(["trip_id", "order"], kind="stable").reset_index(drop=True)
    of_trip = times.groupby("trip_id")
    first_or_last = of_trip.cumcount().eq(0) | of_trip.cumcount(ascending=False).eq(0)
    untimed = (times["arrival"].isna() & first_or_last).to_numpy()
    _refuse(untimed, times, "stop_times", "trip_id", "the first or last stop has no time")
    for name in ("arrival", "departure"):
        times[name] = times[name].interpolate()
    return times


def _modes(routes: pd.DataFrame) -> pd.Series:
    _unique(routes, "route_id", "routes")
    types = _numbers(routes, "route_type", "routes", "route_id")
    modes = [_MODES.get(int(kind), _HUNDREDS.get(int(kind) // 100)) for kind in types]
    unknown = np.array([mode is None for mode in modes], dtype=bool)
    _refuse(unknown, routes, "routes", "route_id", "column 'route_type': an unknown type")
    return pd.Series(modes, index=routes["route_id"].to_numpy(), dtype=object)


def _departures(tables: Tables) -> pd.Series:
    """How often each trip runs on a mean day."""
    trips = tables["trips"]
    _known(trips, "route_id", tables["routes"]["route_id"], "trips")
    runs = pd.Series(1.0, index=trips["trip_id"].to_numpy())
    if "frequencies" in tables:
        table = tables["frequencies"]
        _known(table, "trip_id", trips["trip_id"], "frequencies")
        often = _repeats(table)
        runs.update(often)
    if "calendar" in tables:
        days = _share_of_days(tables["calendar"])
        # A service without a calendar is given by dates alone, which are not used: every day.
        share = trips["service_id"].map(days).fillna(1.0)
        runs *= share.to_numpy()
    return runs


def _repeats(table: pd.DataFrame) -> pd.Series:
    gap = _numbers(table, "headway_secs", "frequencies", "trip_id")
    span = _seconds(table, "end_time", "frequencies", "trip_id")
    span = span - _seconds(table, "start_time", "frequencies", "trip_id")
    wrong = ~((gap > 0) & (span > 0))
    _refuse(wrong, table, "frequencies", "trip_id", "a headway or span that is not more than 0")
    return pd.Series(span / gap, index=table["trip_id"].to_numpy()).groupby(level=0).sum()


def _share_of_days(calendar: pd.DataFrame) -> pd.Series:
    _unique(calendar, "service_id", "calendar")
    days = np.column_stack([_numbers(calendar, day, "calendar", "service_id") for day in _DAYS])
    return pd.Series((days > 0).mean(axis=1), index=calendar["service_id"].to_numpy())


def _links(hops: pd.DataFrame, service_hours: float) -> pd.DataFrame:
    if hops.empty:
        raise InputError("the feed has no trip between two stops")
    hops = hops.assign(weighted=hops["running_s"] * hops["departures"])
    sums = hops.groupby(["mode", "from_stop", "to_stop"], sort=True)[["weighted", "departures"]]
    found = sums.sum().reset_index()
    found["headway_s"] = service_hours * 3600.0 / found["departures"]
    found["running_s"] = (found["weighted"] / found["departures"]).clip(lower=_LEAST_RUNNING_S)
    return found.drop(columns="weighted")


def _stops(stops: pd.DataFrame) -> geopandas.GeoDataFrame:
    x = _numbers(stops, "stop_lon", "stops", "stop_id")
    y = _numbers(stops, "stop_lat", "stops", "stop_id")
    off = (np.abs(x) > 180) | (np.abs(y) > 90)
    _refuse(off, stops, "stops", "stop_id", "coordinates that are no longitude and latitude")
    names = stops["stop_name"] if "stop_name" in stops else stops["stop_id"]
    return geopandas.GeoDataFrame(
        {"name": names.to_numpy()},
        geometry=geopandas.points_from_xy(x, y),
        index=pd.Index(stops["stop_id"].to_numpy(), name="stop"),
        crs="EPSG:4326",
    )


def _located(found: pd.DataFrame, stops: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """The links as lines; pairs of stops at one point have none and are left out."""
    ends = [stops.geometry.loc[found[column]].to_numpy() for column in ("from_stop", "to_stop")]
    lines = [LineString([(a.x, a.y), (b.x, b.y)]) for a, b in zip(*ends)]
    located = geopandas.GeoDataFrame(found.copy(), geometry=lines, crs="EPSG:4326")
    located.index = pd.Index(
        located["mode"] + ": " + located["from_stop"] + " > " + located["to_stop"], name="link"
    )
    metres = lengths(located)
    located["speed_kmh"] = _KMH * metres / located["running_s"]
    return mark_unreleased(located[metres > 0])


def _hubs(found: pd.DataFrame, stops: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    leaving, arriving = _waits(found, "from_stop"), _waits(found, "to_stop")
    waits = leaving.reindex(leaving.index.union(arriving.index)).fillna(arriving)
    ends = pd.concat([found["from_stop"], found["to_stop"]])
    modes = pd.concat([found["mode"], found["mode"]]).groupby(ends.to_numpy())
    served = stops.loc[waits.index].copy()
    served["modes"] = modes.agg(lambda words: ",".join(sorted(set(words))))
    served["wait_s"] = waits
    return mark_unreleased(served)


def _waits(found: pd.DataFrame, stop: str) -> pd.Series:
    """Half of the headway, a mean over the links of a stop by their departures."""
    weighted = (found["headway_s"] / 2 * found["departures"]).groupby(found[stop]).sum()
    return weighted / found["departures"].groupby(found[stop]).sum()
