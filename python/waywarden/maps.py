"""An offline map of a release: one HTML file, nothing to install, nothing fetched.

The page draws on Leaflet's canvas renderer. It opens from a disk, a mail attachment or a web
server, in any browser from 2023 on. It shows what the release holds and nothing else: a banner for
synthetic or suppressed data, layers to switch, a ranked table, figures with their uncertainty on
click, and where the figures come from.

The same release, title and options give the same bytes.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import map_page, map_tables

if TYPE_CHECKING:
    import geopandas

__all__ = ["LAYERS", "MapLayer", "write_map"]


@dataclass(frozen=True)
class MapLayer:
    """How one table of a release is drawn.

    Attributes
    ----------
    table : str
        Name of the table in the release.
    draw : str
        ``ranked`` (numbered points and a ranked list), ``flow`` (lines graded by `value`),
        ``change`` (red for more, blue for less), ``hotspots`` (hot and cold classes), ``sites``,
        ``crossings``, ``hubs``, ``places``, ``network`` (quiet lines by mode), ``land``
        (background), or ``shapes`` (one colour, for anything else).
    title : str
        Name in the list of layers.
    visible : bool
        Whether it is switched on at first.
    value : str
        Column that grades or classifies; empty where the drawing needs none.
    """

    table: str
    draw: str
    title: str
    visible: bool = True
    value: str = ""


LAYERS = (
    MapLayer("interception_points", "ranked", "Best interception points", value="gain"),
    MapLayer("edges", "flow", "Expected journeys", value="exposure"),
    MapLayer("displacement", "change", "Displacement by these teams", False, "change"),
    MapLayer("hotspots_hex", "hotspots", "Incident hotspots, by area"),
    MapLayer("hotspots_places", "hotspots", "Incident hotspots, by place", False),
    MapLayer("crossings", "crossings", "Border crossings", value="exposure"),
    MapLayer("hubs", "hubs", "Stations, ports, airports", False, "exposure"),
    MapLayer("sites", "sites", "All candidate sites", False, "exposure"),
    MapLayer("places", "places", "Source, transit, destination"),
    MapLayer("edges", "network", "Transport network"),
    MapLayer("countries", "land", "Countries and borders"),
)
"""What is drawn where a release has these tables, from the findings down to the background."""

DRAWINGS = {layer.draw for layer in LAYERS} | {"shapes"}
LEVEL_COLUMNS = ("hotspot", "class", "q_class", "z_class")
HELD_BACK = ("suppressed", "withheld")
ROLES = {
    "source": ("source_weight", "vulnerability"),
    "transit": (),
    "destination": ("destination_weight", "demand"),
}
FOCUS = ("interception_points", "places")
"""A narrow screen first shows the first of these that is there, a wide one more of the others."""


def write_map(
    release: Any,
    path: str | os.PathLike[str],
    *,
    title: str = "Interception map",
    layers: Sequence[MapLayer] | None = None,
    background: geopandas.GeoDataFrame | None = None,
    notices: Sequence[str] = (),
    attribution: Sequence[str] = (),
    provenance: Mapping[str, Any] | None = None,
) -> Path:
    """Write a release as one self-contained HTML page.

    Parameters
    ----------
    release : Release
        What may leave. Tables without geometry are left out.
    path : path-like
        The file to write; replaced whole, or left as it was if anything fails.
    title : str
        Heading of the page.
    layers : sequence of MapLayer, optional
        In the order of the list, topmost first. Default: `LAYERS` as far as the release has their
        tables, then its other tables in one colour, switched off.
    background : GeoDataFrame, optional
        Areas to draw as land where the release has no table ``countries``. Only their outlines and
        a column ``name`` are used: they are published as they are.
    notices : sequence of str
        Further lines for the banner; those for synthetic, suppressed or unchecked data are there
        without asking.
    attribution : sequence of str
        Who made the data, for the foot of the map.
    provenance : mapping, optional
        What the foot of the panel lists: versions, seed, digests of the inputs. Default: the
        release's own.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    TypeError
        If `release` is not a Release.
    ValueError
        If a layer names a table that is not there or an unknown drawing.
    FileNotFoundError
        If Leaflet is not installed; the message says how to get it.
    """
    require_release(release)
    tables = _drawable(release.tables)
    if "countries" not in tables and background is not None:
        tables["countries"] = _outlines(background)
    shown = _checked(layers, tables) if layers is not None else _default_layers(release, tables)
    own = provenance if provenance is not None else getattr(release, "provenance", None)
    banner = notices_of(release, notices)
    packed = {
        name: _table(release, name, tables[name])
        for name in sorted({layer.table for layer in shown})
    }
    data = {
        "title": title,
        "notices": banner,
        "attribution": list(attribution),
        "provenance": provenance_rows(own or {}),
        "tables": packed,
        "layers": [_layer(layer, tables[layer.table]) for layer in shown],
        **_extent(packed),
    }
    target = Path(path)
    map_page.write_bytes(target, map_page.assemble(data, title=title, notices=banner))
    return target


def require_release(release: Any) -> None:
    """Raise TypeError unless this came through a disclosure rule."""
    kind = _release_class()
    alike = all(hasattr(release, name) for name in ("tables", "titles", "origin", "disclosure"))
    if not (isinstance(release, kind) if kind else alike):
        raise TypeError(
            f"a map is made from a Release, not from {type(release).__name__}: "
            "what is published goes through a disclosure rule first"
        )


def _release_class() -> type | None:
    """Return the engine's Release, None where the engine is not built."""
    try:
        return importlib.import_module(f"{__package__}.privacy").Release
    except (ImportError, AttributeError):
        return None


def _drawable(tables: Mapping[str, Any]) -> dict[str, geopandas.GeoDataFrame]:
    import geopandas

    return {
        name: frame
        for name, frame in tables.items()
        if isinstance(frame, geopandas.GeoDataFrame) and frame._geometry_column_name in frame
    }


def _outlines(background: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    kept = [name for name in ("name", background.geometry.name) if name in background.columns]
    return background[kept]


def _checked(layers: Iterable[MapLayer], tables: Mapping[str, Any]) -> list[MapLayer]:
    shown = list(layers)
    for layer in shown:
        if layer.table not in tables:
            raise ValueError(
                f"layer '{layer.title}': the release has no table '{layer.table}' with a geometry"
            )
        if layer.draw not in DRAWINGS:
            raise ValueError(
                f"layer '{layer.title}': drawing '{layer.draw}' is none of "
                f"{', '.join(sorted(DRAWINGS))}"
            )
        if layer.value and layer.value not in tables[layer.table].columns:
            raise ValueError(
                f"layer '{layer.title}': table '{layer.table}' has no column '{layer.value}'"
            )
    return shown


def _default_layers(release: Any, tables: Mapping[str, Any]) -> list[MapLayer]:
    known = {layer.table for layer in LAYERS}
    others = [
        MapLayer(name, "shapes", _title(release, name), False)
        for name in sorted(set(tables) - known)
    ]
    return [layer for layer in LAYERS if layer.table in tables] + others


def _layer(layer: MapLayer, frame: geopandas.GeoDataFrame) -> dict[str, Any]:
    """Return what the page needs to draw a layer, classes computed."""
    item: dict[str, Any] = {
        "table": layer.table,
        "draw": layer.draw,
        "title": layer.title,
        "visible": layer.visible,
        "value": layer.value,
    }
    if layer.value in frame.columns and layer.draw in ("flow", "change"):
        item["breaks"] = map_tables.breaks(abs(value) for value in frame[layer.value].dropna())
    if layer.draw == "hotspots":
        words = hotspot_words(frame, layer.value)
        item["levels"] = [map_tables.hotspot_level(word) for word in words]
        item["suppressed"] = [
            note or word in HELD_BACK for note, word in zip(_suppressed(frame), words)
        ]
    if layer.draw == "places":
        item["roles"] = _roles(frame)
    if layer.draw == "land":
        item["labels"] = [map_tables.label_point(geometry) for geometry in frame.geometry]
    return item


def hotspot_words(frame: geopandas.GeoDataFrame, first: str = "") -> list[Any]:
    """Return the hot and cold classes of a table's rows, None where it has none."""
    column = next((name for name in (first, *LEVEL_COLUMNS) if name in frame.columns), None)
    return frame[column].tolist() if column else [None] * len(frame)


def _suppressed(frame: geopandas.GeoDataFrame) -> list[bool]:
    """Return which rows miss a count that a note beside it explains."""
    notes = [
        name
        for name in frame.columns
        if str(name).endswith("_note") and str(name)[:-5] in frame.columns
    ]
    held = [frame[name[:-5]].isna() & frame[name].fillna("").astype(str).ne("") for name in notes]
    return [any(row) for row in zip(*held)] if held else [False] * len(frame)


def _roles(frame: geopandas.GeoDataFrame) -> list[list[str]]:
    """Return which of source, transit and destination each place is."""
    if "role" in frame.columns:
        return [[role for role in ROLES if role in str(word).lower()] for word in frame["role"]]
    weights = {
        role: next((frame[name].tolist() for name in names if name in frame.columns), [])
        for role, names in ROLES.items()
    }
    return [
        [role for role, weight in weights.items() if weight and weight[row] > 0]
        for row in range(len(frame))
    ]


def _table(release: Any, name: str, frame: geopandas.GeoDataFrame) -> dict[str, Any]:
    origin = release.origin(name) if name in release.tables else "background"
    return {"title": _title(release, name), "origin": str(origin or ""), **map_tables.encode(frame)}


def _title(release: Any, name: str) -> str:
    return str(release.titles.get(name) or name.replace("_", " ").capitalize())


def _extent(packed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the box of everything, and those to show first, wide and narrow."""
    boxes = {name: map_tables.bounds(table["shapes"]) for name, table in packed.items()}
    found = {name: box for name, box in boxes.items() if box}
    focus = (
        [name for name in FOCUS if name in found]
        or [name for name in found if name != "countries"]
        or list(found)
    )
    core = _around(found[name] for name in focus[:1])
    every = _around(found[name] for name in focus)
    between = [(a + b) / 2 for a, b in zip(core, every)] if core and every else None
    return {"bounds": _around(found.values()), "focus": between, "core": core}


def _around(boxes: Iterable[Sequence[float]]) -> list[float] | None:
    corners = list(zip(*boxes))
    if not corners:
        return None
    west, south, east, north = corners
    return [min(west), min(south), max(east), max(north)]


def notices_of(release: Any, further: Sequence[str] = ()) -> list[dict[str, str]]:
    """Return the banner: what a reader must know before believing a figure."""
    lines = [{"kind": "warning", "text": text} for text in further]
    made_up = [
        _title(release, name)
        for name in release.tables
        if "synthetic" in str(release.origin(name) or "").lower()
    ]
    if made_up and not any("synthetic" in text.lower() for text in further):
        lines.insert(
            0, {"kind": "warning", "text": f"SYNTHETIC, not evidence: {', '.join(made_up)}"}
        )
    return lines + _disclosure_notices(dict(release.disclosure or {}))


def _disclosure_notices(disclosure: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return lines on what was held back: from the rule's account, or its lack."""
    if not disclosure.get("restricted", disclosure.get("k") is not None):
        reason = disclosure.get("reason") or "no reason given"
        return [{"kind": "unrestricted", "text": f"NOT checked for disclosure: {reason}"}]
    held = [
        (disclosure.get("suppressed"), "cell", "suppressed"),
        (disclosure.get("withheld"), "class", "withheld"),
    ]
    parts = [f"{count} {_plural(word, count)} {verb}" for count, word, verb in held if count]
    if not parts:
        return []
    least = disclosure.get("suppressed_at_least", 1)
    text = f"{', '.join(parts)} (k = {disclosure.get('k')}; a suppressed count is {least} or more)"
    return [{"kind": "suppressed", "text": text}]


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}es" if word.endswith("s") else f"{word}s"


def provenance_rows(provenance: Mapping[str, Any], prefix: str = "") -> list[list[str]]:
    """Return name and text of each entry, nested ones one below the other, digests cut short."""
    rows: list[list[str]] = []
    for key, value in provenance.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            rows += provenance_rows(value, f"{name}: ")
        elif value is not None:
            rows.append([name, _short(value)])
    return rows


def _short(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_short, value))
    text = str(value)
    bare = text[7:] if text.startswith("sha256:") else text
    is_digest = len(bare) >= 32 and all(letter in "0123456789abcdef" for letter in bare.lower())
    return f"{bare[:12]}…" if is_digest else text
