"""Where records say they happened: coordinates in any spelling, codes of areas, names of places."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import geopandas
import numpy as np
import pandas as pd

from . import _engine
from ._gazetteer import (
    Entry,
    Gazetteer,
    Names,
    agrees,
    code_of,
    is_clear,
    is_nowhere,
    plain_name,
    require_columns,
    text_of,
)
from .errors import InputError, OptionError
from .frames import in_degrees, mark_unreleased

__all__ = ["Areas", "Gazetteer", "locate", "parse_positions"]

_CANDIDATES = [
    "record",
    "by",
    "reason",
    "candidate",
    "name",
    "country",
    "admin",
    "score",
    "longitude",
    "latitude",
]
_POINT_M, _PLACE_M, _DISTRICT_M = 1_000.0, 10_000.0, 100_000.0


class Areas(NamedTuple):
    """A layer of areas, to which records are joined by an administrative code.

    Attributes
    ----------
    features : GeoDataFrame
        Polygons.
    code : str
        Column with their codes.
    precision : {"place", "district", "country"}
        How exactly a record known by such an area is located.
    """

    features: Any
    code: str
    precision: str = "district"


def parse_positions(texts: Any, *, order: str = "latitude_first") -> pd.DataFrame:
    """Read positions as people write them.

    Parameters
    ----------
    texts : Series or sequence of str
        Decimal degrees, degrees with minutes and seconds in the usual spellings, UTM or MGRS.
    order : {"latitude_first", "longitude_first"}
        Of two angles that do not say which they are.

    Returns
    -------
    DataFrame
        Under the index of `texts`: ``longitude`` and ``latitude`` on WGS 84 (missing where nothing
        was read), ``form`` (``decimal``, ``sexagesimal``, ``utm``, ``mgrs``, ``none``),
        ``accuracy_m`` (how far off the writing alone leaves it) and ``trouble``: why nothing was
        read, or that latitude and longitude are swapped. What can be read in two ways is not read.

    Raises
    ------
    OptionError
        If `order` is another word.

    Examples
    --------
    >>> found = parse_positions(["27°42'N 85°19'E", "45R UL 34567 66123", "somewhere"])
    >>> found["form"].tolist()
    ['sexagesimal', 'mgrs', 'none']
    >>> found["latitude"].round(2).tolist()[:2]
    [27.7, 27.71]
    """
    series = texts if isinstance(texts, pd.Series) else pd.Series(list(texts), dtype=object)
    found = _engine.read_positions([text_of(value) for value in series], order=order)
    return mark_unreleased(_position_frame(found, series.index).drop(columns="readings"))


def locate(
    records: pd.DataFrame,
    *,
    position: str = "",
    longitude: str = "",
    latitude: str = "",
    order: str = "latitude_first",
    name: str = "",
    gazetteer: Gazetteer | None = None,
    country: str = "",
    admin: str = "",
    code: str = "",
    areas: Areas | None = None,
) -> tuple[geopandas.GeoDataFrame, pd.DataFrame]:
    """Locate records by coordinates, else by the name of a place, else by the code of an area.

    Parameters
    ----------
    records : DataFrame
        A list of incidents as it arrived, e.g. from `waywarden.read` of a CSV, XLSX or ODS file.
    position : str
        Column with positions in one text; see `parse_positions`.
    longitude, latitude : str
        Instead: two columns, in any spelling of an angle.
    order : {"latitude_first", "longitude_first"}
        As for `parse_positions`.
    name : str
        Column with names of places, looked up in `gazetteer`.
    gazetteer : Gazetteer, optional
    country, admin : str
        Columns of `records` that the gazetteer's columns of these names must agree with, where both
        say something.
    code : str
        Column with codes of areas, joined to `areas`.
    areas : Areas, optional

    Returns
    -------
    located : GeoDataFrame
        All records, under their index, with points in longitude and latitude (missing where not
        located), ``precision`` (``point``, ``place``, ``district``, ``country``, ``unknown``),
        ``located_by`` (``position``, ``name``, ``code``, missing), ``candidate`` (the place or area
        taken) and ``score`` (100 for equal names). `waywarden.incidents.usable_as_points` refuses
        the coarser ones, `waywarden.incidents.spread` spreads them. Marked as not released.
    unresolved : DataFrame
        One row per record, way and candidate that did not settle it: ``record``, ``by``,
        ``reason`` (``ambiguous``, ``unmatched`` or what is wrong with the position), and of the
        candidate ``candidate``, ``name``, ``country``, ``admin``, ``score``, ``longitude``,
        ``latitude``; missing without one. Nothing is guessed: a record that only ambiguity could
        locate stays without a point.

    Raises
    ------
    InputError
        If a column is not there, or codes of areas are not unique.
    OptionError
        If nothing to locate by is given, or half of it, or rapidfuzz is asked for and missing.
    CrsError
        If a layer does not say what its coordinates mean.

    Examples
    --------
    >>> places = geopandas.GeoDataFrame(
    ...     {"name": ["Kathmandu", "Sunauli"]},
    ...     geometry=geopandas.points_from_xy([85.32, 83.47], [27.71, 27.47]),
    ...     crs="EPSG:4326",
    ... )
    >>> cases = pd.DataFrame(
    ...     {"at": ["27.51N 84.02E", None, None], "town": [None, "KATHMANDU", "Ur"]}
    ... )
    >>> located, unresolved = locate(
    ...     cases, position="at", name="town", gazetteer=Gazetteer(places, "name")
    ... )
    >>> located["precision"].tolist()
    ['point', 'place', 'unknown']
    >>> unresolved[["record", "reason"]].values.tolist()
    [[2, 'unmatched']]
    """
    require_columns(records, [position, longitude, latitude, name, country, admin, code])
    ways = _ways(records, position, longitude, latitude, order)
    if _both("name", name, "gazetteer", gazetteer):
        keys = {"country": country, "admin": admin}
        ways.append(lambda rows: _by_name(records.loc[rows], name, keys, gazetteer))
    if _both("code", code, "areas", areas):
        ways.append(lambda rows: _by_code(records.loc[rows], code, areas))
    if not ways:
        raise OptionError("say by what to locate: position, longitude and latitude, name or code")
    if not records.index.is_unique:
        raise InputError("the index of the records is not unique")
    return _settled(records, ways)


_Found = tuple[pd.DataFrame, list[dict[str, Any]]]
_FOUND = ["x", "y", "precision", "located_by", "candidate", "score"]


def _ways(
    records: pd.DataFrame, position: str, longitude: str, latitude: str, order: str
) -> list[Callable[[pd.Index], _Found]]:
    ways: list[Callable[[pd.Index], _Found]] = []
    if position:
        ways.append(lambda rows: _by_position(records.loc[rows, position], order))
    if _both("longitude", longitude, "latitude", latitude):
        ways.append(lambda rows: _by_angles(records.loc[rows], longitude, latitude))
    return ways


def _settled(
    records: pd.DataFrame, ways: Sequence[Callable[[pd.Index], _Found]]
) -> tuple[geopandas.GeoDataFrame, pd.DataFrame]:
    left = records.index
    found: list[pd.DataFrame] = []
    trouble: list[dict[str, Any]] = []
    for way in ways:
        located, notes = way(left)
        found.append(located)
        trouble += notes
        left = left.difference(located.index, sort=False)
    told = {row["record"] for row in trouble}
    trouble += [
        {"record": record, "by": "", "reason": "nothing to locate it by"}
        for record in left
        if record not in told
    ]
    of = pd.concat(found).reindex(records.index)
    points = np.asarray(geopandas.points_from_xy(of["x"], of["y"]), dtype=object)
    points[of["x"].isna().to_numpy()] = None
    located = geopandas.GeoDataFrame(
        records.drop(columns=[c for c in _FOUND if c in records.columns]),
        geometry=geopandas.GeoSeries(list(points), index=records.index, crs="EPSG:4326"),
    )
    located["precision"] = of["precision"].fillna("unknown")
    for column in ("located_by", "candidate", "score"):
        located[column] = of[column]
    return mark_unreleased(located), pd.DataFrame(trouble, columns=_CANDIDATES)


def _frame(rows: Mapping[Any, tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame.from_dict(dict(rows), orient="index", columns=_FOUND).astype(
        {"x": float, "y": float, "score": float}
    )


def _by_position(texts: pd.Series, order: str) -> _Found:
    found = _engine.read_positions([text_of(value) for value in texts], order=order)
    return _from_positions(_position_frame(found, texts.index))


def _by_angles(records: pd.DataFrame, longitude: str, latitude: str) -> _Found:
    columns = ([text_of(value) for value in records[column]] for column in (longitude, latitude))
    return _from_positions(_position_frame(_engine.read_angles(*columns), records.index))


def _position_frame(found: dict[str, Any], index: pd.Index) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "longitude": found["x"],
            "latitude": found["y"],
            "form": found["form"],
            "accuracy_m": found["accuracy_m"],
            "trouble": found["trouble"],
            "readings": found["readings"],
        },
        index=index,
    )
    unread = frame["form"] == "none"
    frame.loc[unread, ["longitude", "latitude", "accuracy_m"]] = np.nan
    return frame


def _from_positions(positions: pd.DataFrame) -> _Found:
    rows, trouble = {}, []
    for record, row in zip(positions.index, positions.itertuples(index=False)):
        if row.form != "none":
            precision = _precision_of(row.accuracy_m)
            rows[record] = (row.longitude, row.latitude, precision, "position", None, np.nan)
        if row.trouble in ("", "nothing is written"):
            continue
        note = {"record": record, "by": "position", "reason": row.trouble}
        trouble += [{**note, "longitude": x, "latitude": y} for x, y in row.readings] or [note]
    return _frame(rows), trouble


def _precision_of(accuracy_m: float) -> str:
    limits = {"point": _POINT_M, "place": _PLACE_M, "district": _DISTRICT_M}
    return next((name for name, most in limits.items() if accuracy_m <= most), "country")


def _by_code(records: pd.DataFrame, code: str, areas: Areas) -> _Found:
    features = in_degrees(areas.features)
    require_columns(features, [areas.code])
    keys = [code_of(value) for value in features[areas.code]]
    known = [key for key in keys if key]
    if len(set(known)) < len(known):
        raise InputError(f"column '{areas.code}' holds a code more than once", layer="areas")
    inner = features.geometry.representative_point()
    at = {
        key: (point.x, point.y) for key, point in zip(keys, inner) if key and not is_nowhere(point)
    }
    rows, trouble = {}, []
    for record, value in records[code].items():
        key = code_of(value)
        if key in at:
            rows[record] = (*at[key], areas.precision, "code", key, np.nan)
        elif key:
            trouble.append({"record": record, "by": "code", "reason": "unmatched"})
    return _frame(rows), trouble


def _by_name(
    records: pd.DataFrame, name: str, keys: Mapping[str, str], gazetteer: Gazetteer
) -> _Found:
    names = Names(gazetteer)
    rows, trouble = {}, []
    for record, row in zip(records.index, records.to_dict("records")):
        wanted = text_of(row[name])
        if not plain_name(wanted):
            continue
        filters = {key: code_of(row[column]) for key, column in keys.items() if column}
        found = names.candidates(wanted, lambda entry: agrees(entry, filters))  # noqa: B023
        if is_clear(found, names.clear_by):
            score, entry = found[0]
            taken = (gazetteer.precision, "name", entry.candidate, score)
            rows[record] = (entry.x, entry.y, *taken)
        else:
            trouble += _listed(record, found)
    return _frame(rows), trouble


def _listed(record: Any, found: Sequence[tuple[float, Entry]]) -> list[dict[str, Any]]:
    note = {"record": record, "by": "name", "reason": "ambiguous" if found else "unmatched"}
    candidates = [
        {
            **note,
            "candidate": entry.candidate,
            "name": entry.name,
            "country": entry.country,
            "admin": entry.admin,
            "score": score,
            "longitude": entry.x,
            "latitude": entry.y,
        }
        for score, entry in found
    ]
    return candidates or [note]


def _both(first: str, one: Any, second: str, other: Any) -> bool:
    if bool(one) != (other is not None and other != ""):
        raise OptionError(f"{first} and {second} are given both or not at all")
    return bool(one)
