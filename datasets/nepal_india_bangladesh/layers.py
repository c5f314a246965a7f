"""Layers as plain rows, written to a GeoPackage and a Shapefile, and digested."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import fiona
import fiona.transform
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

FILE_DATE = "2026-09-05"
"""What the files say of their last change, so that two builds are alike."""

SHAPEFILE_CRS = "EPSG:32645"
SHAPEFILE_ENCODING = "CP1257"


@dataclass
class Layer:
    """A layer: rows of (geometry, attributes) in the order they are written.

    Attributes
    ----------
    name, geometry : str
        Layer name and geometry type.
    fields : dict of str to str
        Fiona field type by column, in column order.
    rows : list of tuple
        Geometry and attributes of each feature.
    """

    name: str
    geometry: str
    fields: dict[str, str]
    rows: list[tuple[BaseGeometry, dict[str, Any]]] = field(default_factory=list)

    def check(self) -> None:
        """Raise ValueError on an empty or invalid geometry, or an id met twice."""
        ids = [attributes["id"] for _, attributes in self.rows if "id" in attributes]
        if len(set(ids)) != len(ids):
            raise ValueError(f"{self.name}: ids are not unique")
        for geometry, attributes in self.rows:
            if geometry.is_empty or not geometry.is_valid:
                raise ValueError(f"{self.name}: bad geometry at {attributes}")


def write_geopackage(path: Path, layers: list[Layer]) -> None:
    """Write all layers to a new GeoPackage in EPSG:4326."""
    path.unlink(missing_ok=True)
    for layer in layers:
        layer.check()
        schema = {"geometry": layer.geometry, "properties": layer.fields}
        options = {"driver": "GPKG", "crs": "EPSG:4326", "layer": layer.name}
        dated = fiona.Env(OGR_CURRENT_DATE=f"{FILE_DATE}T00:00:00.000Z")
        with dated, fiona.open(path, "w", schema=schema, **options) as sink:
            sink.writerecords(_records(layer))


def write_shapefile(path: Path, layer: Layer, fields: dict[str, str]) -> int:
    """Write some columns of a layer, projected and in an 8-bit code page.

    Parameters
    ----------
    path : Path
        The ``.shp`` file; its folder is made.
    layer : Layer
        What to write.
    fields : dict of str to str
        Fiona field type, with width, of the columns to write.

    Returns
    -------
    int
        How many features lost a diacritic that the code page lacks.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    schema = {"geometry": layer.geometry, "properties": fields}
    options = {
        "crs": SHAPEFILE_CRS,
        "encoding": SHAPEFILE_ENCODING,
        "DBF_DATE_LAST_UPDATE": FILE_DATE,
    }
    records = [_projected(record, list(fields)) for record in _records(layer)]
    with fiona.open(path, "w", driver="ESRI Shapefile", schema=schema, **options) as sink:
        sink.writerecords(record for record, _ in records)
    return sum(lost for _, lost in records)


def encodable(value: object) -> object:
    """Return text without those diacritics that the Shapefile's code page lacks."""
    if not isinstance(value, str):
        return value
    return "".join(_letter(letter) for letter in unicodedata.normalize("NFC", value))


def layer_digest(path: Path, name: str) -> str:
    """Return the SHA-256 of a layer's content, whatever the container's bytes.

    The content is one line of JSON per feature, in file order, keys sorted: attributes, and
    the geometry as GeoJSON with 6 decimals.
    """
    digest = hashlib.sha256()
    with fiona.open(path, layer=name) as source:
        for feature in source:
            geometry = mapping(shape(feature["geometry"]))
            content = [_plain(dict(feature["properties"])), _six(geometry)]
            digest.update(json.dumps(content, sort_keys=True, ensure_ascii=False).encode())
            digest.update(b"\n")
    return digest.hexdigest()


def _records(layer: Layer) -> list[dict[str, Any]]:
    return [{"geometry": mapping(shape_), "properties": values} for shape_, values in layer.rows]


def _projected(record: dict[str, Any], columns: list[str]) -> tuple[dict[str, Any], bool]:
    kept = {column: record["properties"][column] for column in columns}
    plain = {column: encodable(value) for column, value in kept.items()}
    moved = fiona.transform.transform_geom("EPSG:4326", SHAPEFILE_CRS, record["geometry"])
    return {"geometry": moved, "properties": plain}, plain != kept


def _letter(letter: str) -> str:
    try:
        letter.encode(SHAPEFILE_ENCODING)
        return letter
    except UnicodeEncodeError:
        return unicodedata.normalize("NFD", letter)[0] if not unicodedata.combining(letter) else ""


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value if isinstance(value, (int, float, type(None))) else str(value)
        for key, value in values.items()
    }


def _six(value: object) -> object:
    if isinstance(value, dict):
        return {key: _six(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_six(item) for item in value]
    return round(value, 6) if isinstance(value, float) else value
