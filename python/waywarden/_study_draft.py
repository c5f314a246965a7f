"""A first study file from layers: roles, columns and reference systems guessed, and said so."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import geopandas
import pandas as pd

from . import io
from .errors import CrsError, Error, InputError

__all__ = ["Draft", "draft"]

_MODE_WORDS = {
    "rail": ("rail", "train", "track"),
    "sea": ("sea", "ferry", "ferries", "ship", "lane"),
    "air": ("air", "flight"),
    "river": ("river", "waterway"),
    "foot": ("foot", "path", "trail", "walk"),
    "road": ("road", "street", "highway"),
}
_HUB_WORDS = {
    "rail": ("station", "rail"),
    "sea": ("port", "seaport", "harbour", "harbor", "ferry"),
    "air": ("airport", "aerodrome", "airfield"),
    "road": ("terminal", "bus", "hub"),
}
_POINT_WORDS = {
    "crossings": ("crossing", "border", "post", "checkpoint", "checkpost"),
    "incidents": ("incident", "case", "event", "victim"),
    "places": ("place", "town", "city", "cities", "village", "settlement", "populated"),
}
_IDS = ("id", "code", "iso2", "osm_id", "gid", "uid", "fid")
# Key of the study file, and names of columns that are taken for it, the likeliest first.
_COLUMNS = {
    "links": {
        "speed_kmh": ("speed_kmh", "speed", "maxspeed", "kmh"),
        "oneway": ("oneway", "one_way"),
        "level": ("level", "layer", "z_level"),
        "detection": ("detection", "p_detect"),
    },
    "hubs": {"name": ("name",), "country": ("country", "iso2", "country_code")},
    "countries": {
        "code": ("iso2", "iso_a2", "code", "iso3", "iso_a3", "country"),
        "name": ("name", "admin", "name_en"),
        "accuracy": ("border_accuracy_m", "accuracy_m"),
    },
    "crossings": {
        "country_a": ("country_a", "from_country", "country1"),
        "country_b": ("country_b", "to_country", "country2"),
        "name": ("name",),
        "mode": ("mode",),
        "detection": ("detection", "p_detect"),
        "wait_minutes": ("wait_minutes", "wait_min"),
    },
    "places": {
        "name": ("name", "asciiname", "place"),
        "country": ("country", "iso2", "country_code"),
        "population": ("population", "people", "pop", "pop_max"),
        "vulnerability": ("vulnerability",),
        "source_weight": ("source_weight", "leave"),
        "destination_weight": ("destination_weight", "demand", "arrive"),
    },
    "incidents": {},
}
_X = ("longitude", "lon", "lng", "x", "hte_longitude")
_Y = ("latitude", "lat", "y", "hte_latitude")
_ONCE = ("countries", "crossings", "places", "incidents")
_ORDER = ("links", "hubs", *_ONCE)


class Draft(NamedTuple):
    """A study file to begin with.

    Attributes
    ----------
    text : str
        Of the file; comments say what was guessed.
    guesses : list of str
        One line for each guess, and for each layer that was left out.
    """

    text: str
    guesses: list[str]


class _Layer(NamedTuple):
    role: str
    keys: dict[str, Any]
    guesses: list[str]
    features: int
    left_out: str = ""


def draft(
    files: Iterable[str | os.PathLike[str]], *, folder: str | os.PathLike[str] = "."
) -> Draft:
    """Draft a study from files.

    Parameters
    ----------
    files : iterable of paths
        Vector files with any number of layers, and OpenStreetMap extracts.
    folder : path
        Where the study file will lie: files below it are named relative to it.

    Returns
    -------
    Draft

    Raises
    ------
    Error
        As `waywarden.read`, if a file cannot be opened.
    InputError
        If no layer has lines.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> road = '{"type": "Feature", "properties": {"oneway": 0}, "geometry": '
    >>> road += '{"type": "LineString", "coordinates": [[83, 27], [84, 27]]}}'
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "rail.geojson")
    ...     _ = path.write_text(road)
    ...     made = draft([path], folder=folder)
    >>> made.guesses[0]
    'rail.geojson: [[links]], because it holds lines'
    """
    found = [layer for file in files for layer in _layers_of(Path(file), Path(folder))]
    found.sort(key=lambda layer: _ORDER.index(layer.role) if layer.role in _ORDER else 99)
    if not any(layer.role == "links" and not layer.left_out for layer in found):
        raise InputError("none of the files holds lines along which people could move")
    chosen = _one_of_each(found)
    return Draft(_text(chosen), [guess for layer in chosen for guess in layer.guesses])


def _one_of_each(found: Sequence[_Layer]) -> list[_Layer]:
    best = {}
    for layer in found:
        if layer.role in _ONCE and not layer.left_out:
            known = best.get(layer.role)
            if known is None or layer.features > known.features:
                best[layer.role] = layer
    chosen = []
    for layer in found:
        if layer.role in _ONCE and not layer.left_out and layer is not best[layer.role]:
            why = f"[{layer.role}] may stand once, and another layer holds more features"
            layer = _left_out(layer, why)
        chosen.append(layer)
    return chosen


def _left_out(layer: _Layer, why: str) -> _Layer:
    note = f"{_title(layer.keys)}: left out: {why}"
    return layer._replace(left_out=why, guesses=[*layer.guesses, note])


def _layers_of(file: Path, folder: Path) -> list[_Layer]:
    name = _relative(file, folder)
    if re.search(r"\.osm(\.pbf)?$", file.name, re.IGNORECASE):
        said = f"{name}: [[links]] for every mode, because it is an OpenStreetMap extract"
        return [_Layer("links", {"file": name}, [said], 0)]
    listed = io.layers(file)
    several = len(listed) > 1
    return [_guessed(file, name, row, several) for row in listed.to_dict("records")]


def _relative(file: Path, folder: Path) -> str:
    try:
        return file.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        return str(file.resolve())


def _guessed(file: Path, name: str, listed: dict[str, Any], several: bool) -> _Layer:
    layer = str(listed["name"])
    keys: dict[str, Any] = {"file": name}
    if several:
        keys["layer"] = layer
    guesses: list[str] = []
    try:
        frame = _read(file, layer, listed, keys, guesses)
    except Error as error:
        return _left_out(_Layer("", keys, guesses, 0), error.reason)
    if not isinstance(frame, geopandas.GeoDataFrame) or frame.geometry.isna().all():
        why = "it has neither shapes nor columns of coordinates that are known here"
        return _left_out(_Layer("", keys, guesses, len(frame)), why)
    role, why = _role(frame, layer if several else f"{file.stem} {layer}")
    guesses.insert(0, f"{_title(keys)}: {_heading(role)}, because {why}")
    _add_id(frame, keys)
    _add_role_keys(role, frame, f"{file.stem} {layer}", keys, guesses)
    missing = [key for key in _required(role) if key not in keys]
    made = _Layer(role, keys, guesses, len(frame))
    return _left_out(made, f"no column for {' and '.join(missing)}") if missing else made


def _read(
    file: Path, layer: str, listed: dict[str, Any], keys: dict[str, Any], guesses: list[str]
) -> Any:
    options: dict[str, Any] = {}
    x, y = _first(_X, listed["columns"]), _first(_Y, listed["columns"])
    if not listed["has_geometry"] and x and y:
        options = {"x": x, "y": y, "crs": "EPSG:4326"}
        keys.update(options)
        guesses.append(f"{_title(keys)}: columns {x} and {y} are degrees on WGS 84")
    try:
        return io.read_with_report(file, layer, **options)[0]
    except CrsError:
        frame = io.read_with_report(file, layer, crs="EPSG:4326")[0]
        keys["crs"] = "EPSG:4326"
        guesses.append(f"{_title(keys)}: states no reference system, and looks like degrees")
        return frame


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.lower())


def _by_words(table: dict[str, tuple[str, ...]], text: str) -> str:
    """The first entry of which a word begins one of the text's, in the order of the text."""
    for word in _words(text):
        for entry, beginnings in table.items():
            if any(word.startswith(beginning) for beginning in beginnings):
                return entry
    return ""


def _role(frame: geopandas.GeoDataFrame, text: str) -> tuple[str, str]:
    kinds = frame.geometry.geom_type.dropna().str.removeprefix("Multi").value_counts()
    kind = str(kinds.index[0])
    if kind == "LineString":
        return "links", "it holds lines"
    if kind == "Polygon":
        return "countries", "it holds polygons"
    columns = _COLUMNS["crossings"]
    if all(_first(columns[key], frame.columns) for key in ("country_a", "country_b")):
        return "crossings", "it holds points with two countries"
    if _by_words(_HUB_WORDS, text):
        return "hubs", "it holds points and its name says what kind"
    role = _by_words(_POINT_WORDS, text)
    if role:
        return role, "it holds points and its name says what kind"
    if _first(_COLUMNS["places"]["population"], frame.columns):
        return "places", "it holds points with a population"
    return "incidents", "it holds points, and nothing says of what"


def _heading(role: str) -> str:
    return f"[{role}]" if role in _ONCE else f"[[{role}]]"


def _required(role: str) -> tuple[str, ...]:
    return {"countries": ("code",), "crossings": ("country_a", "country_b")}.get(role, ())


def _first(names: Sequence[str], columns: Iterable[Any]) -> str:
    there = {str(column).lower(): str(column) for column in columns}
    return next((there[name] for name in names if name in there), "")


def _add_id(frame: pd.DataFrame, keys: dict[str, Any]) -> None:
    for name in _IDS:
        column = _first((name,), frame.columns)
        if column and frame[column].notna().all() and frame[column].is_unique:
            keys["id"] = column
            return


def _add_role_keys(
    role: str, frame: pd.DataFrame, text: str, keys: dict[str, Any], guesses: list[str]
) -> None:
    if role == "links":
        mode = _by_words(_MODE_WORDS, text)
        keys["mode"] = mode or "road"
        why = "by its name" if mode else "because nothing says otherwise"
        guesses.append(f'{_title(keys)}: mode = "{keys["mode"]}", {why}')
    if role == "hubs":
        mode = _by_words(_HUB_WORDS, text)
        keys["modes"] = ["road"] if mode == "road" else ["road", mode]
        guesses.append(f"{_title(keys)}: joins {' and '.join(keys['modes'])}, by its name")
    for key, names in _COLUMNS[role].items():
        column = _first(names, frame.columns)
        if not column or (key == "source_weight" and "vulnerability" in keys):
            continue
        if not _is_usable(role, key, frame[column]):
            continue
        keys[key] = column
        if column.lower() != key:
            guesses.append(f"{_title(keys)}: column {column} is taken for {key}")


def _is_usable(role: str, key: str, column: pd.Series) -> bool:
    if role == "countries" and key == "code":
        return bool(column.notna().all())
    if key in ("detection", "level", "speed_kmh", "population", "vulnerability", "source_weight"):
        return _fits(key, column)
    return True


def _fits(key: str, column: pd.Series) -> bool:
    if not pd.api.types.is_numeric_dtype(column.dtype):
        return False
    known = column.dropna()
    if key == "detection":
        return bool(known.between(0, 1).all())
    if key == "level":
        return bool((known == known.round()).all())
    return bool((known >= 0).all())


def _title(keys: dict[str, Any]) -> str:
    return f"{keys['file']}, {keys['layer']}" if "layer" in keys else str(keys["file"])


_HEAD = """\
# A draft: what it guessed stands in the comments. Check roles, modes and columns, say which layers
# are invented (synthetic = true), and set the assumptions. Every field: docs/study.md.

title = "Draft study"
seed = 1
results = "results"
attribution = []  # who made the data; shown with every map and report
"""

_TAIL = """\
# --- assumptions and questions, at their defaults ------------------------------------------------

[network]
snap_tolerance_m = {snap}  # line ends of one mode closer than this are one

[costs]
value_of_time_per_hour = 5.0
risk_aversion = 200.0

[demand]
model = "gravity"
decay = 1.0

[route_choice]
draws = 64
spread = 1.05

[interdiction]
teams = 10
aware_share = 0.5

[release]
k = 11
"""


def _text(layers: Sequence[_Layer]) -> str:
    parts = [_HEAD]
    parts += [_section(layer) for layer in layers if not layer.left_out]
    left_out = [guess for layer in layers if layer.left_out for guess in layer.guesses]
    if left_out:
        parts.append("# Not used:\n" + "".join(f"#   {_plain(line)}\n" for line in left_out))
    only_osm = all("mode" not in layer.keys for layer in layers if layer.role == "links")
    parts.append(_TAIL.format(snap=0 if only_osm else 1))
    return "\n".join(parts)


def _section(layer: _Layer) -> str:
    lines = [f"# {_plain(guess)}" for guess in layer.guesses] + [_heading(layer.role)]
    lines += [f"{key} = {_value(value)}" for key, value in layer.keys.items()]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """On one line: names of layers can hold anything."""
    return "".join(c if c.isprintable() else "?" for c in text)


def _value(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04X}" for c in escaped) + '"'
