"""Tables as the map page reads them: columns by name, coordinates as whole steps of 1e-5 degree.

A shape is ``[x, y]`` (point), a list of flat coordinate runs (line: one run per part), or a list of
polygons, each a list of such runs (outer ring first). Runs hold differences from the point before,
which packs well. Its depth says which it is; None is a missing or empty geometry.
"""

from __future__ import annotations

import math
import numbers
import re
import struct
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import geopandas

Shape = list[Any]

STEPS_PER_DEGREE = 100_000
"""Coordinates are rounded to 1e-5 degree, about a metre."""

SIGNIFICANT_DIGITS = 5
"""Of real numbers on the page; the exact ones are in the release's other files."""

KINDS = {
    "rank": ("Rank", "integer"),
    "site": ("Site id", "text"),
    "id": ("Id", "text"),
    "edge": ("Edge id", "text"),
    "source": ("Source feature", "text"),
    "kind": ("Kind", "text"),
    "mode": ("Mode", "text"),
    "status": ("Status", "text"),
    "countries": ("Countries", "text"),
    "gain": ("Adds, expected interceptions", "journeys"),
    "cumulative": ("With those ranked above it", "journeys"),
    "share": ("That, as a share of all journeys", "share"),
    "upper_bound": ("Bound for as many sites", "journeys"),
    "detection": ("Detection per journey", "share"),
    "exposure": ("Expected journeys", "journeys"),
    "exposure_class": ("Expected journeys (class)", "text"),
    "before": ("Expected journeys before", "journeys"),
    "after": ("Expected journeys after", "journeys"),
    "change": ("Change", "change"),
    "flagged": ("Flagged as an increase", "text"),
    "length_m": ("Length", "metres"),
    "border_accuracy_m": ("Accuracy of the border", "metres"),
    "post_distance_m": ("Distance to the listed post", "metres"),
    "incidents": ("Incidents", "integer"),
    "population": ("Population", "integer"),
    "class": ("Hot or cold (Gi*)", "text"),
    "hotspot": ("Hot or cold (Gi*)", "text"),
    "q_class": ("Hot or cold (Gi*), after FDR", "text"),
    "z_class": ("Gi* z, class", "text"),
    "data": ("Origin of the figures", "text"),
}
"""Label and kind of value of the columns that results have; others are read off their values."""

POINT, LINE, POLYGON = 1, 2, 3
HAS_Z, HAS_M, HAS_SRID = 0x80000000, 0x40000000, 0x20000000
"""Codes of well-known binary (OGC 06-103r4, 8.2) and of its extended form."""

LEVELS = {"99": 3, "95": 2, "90": 1}


def encode(frame: geopandas.GeoDataFrame) -> dict[str, Any]:
    """Return a table's shapes, and its columns with labels, kinds and values.

    Parameters
    ----------
    frame : GeoDataFrame
        In any coordinate reference system; one without is taken as longitude and latitude.
    """
    if frame.crs is not None and frame.crs.to_epsg() != 4326:
        frame = frame.to_crs(4326)
    names = [name for name in frame.columns if name != frame.geometry.name]
    return {
        "size": len(frame),
        "shapes": [shape(wkb) for wkb in frame.geometry.to_wkb()],
        "columns": [column(str(name), frame[name].tolist()) for name in names],
    }


def column(name: str, values: Sequence[Any]) -> dict[str, Any]:
    """Return a column's name, label, kind and plain values."""
    plain = [plain_value(value) for value in values]
    label, kind = KINDS.get(name) or (_label(name), _kind_of_values(plain))
    return {"name": name, "label": label, "kind": kind, "values": plain}


def plain_value(value: Any) -> Any:
    """Return None, a bool, a number of few digits, or text."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, (float, numbers.Real)):
        return rounded(float(value))
    text = str(value)
    if text in ("True", "False"):
        return text == "True"
    return None if text in ("NaT", "<NA>") else text


def rounded(value: float) -> float | int | None:
    """Return a whole number as it is, another with five significant digits, None if not finite."""
    if not math.isfinite(value):
        return None
    if value.is_integer() and abs(value) < 1e15:
        return int(value)
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}")


def shape(wkb: bytes | None) -> Shape | None:
    """Return a geometry as the page reads it, None where there is nothing to draw.

    Of several points, and of a collection of different kinds, the page gets the first point, the
    lines, or the areas: the last of these that is there.
    """
    if wkb is None:
        return None
    parts, _ = _read_wkb(wkb, 0)
    areas, lines, points = (
        [part for kind, part in parts if kind == wanted] for wanted in (POLYGON, LINE, POINT)
    )
    found = areas or lines or (points[0] if points else None)
    return None if found is None or _holds_none(found) else found


def label_point(geometry: Any) -> Shape | None:
    """Return a point inside the largest part of an area, for its name."""
    if geometry is None or geometry.is_empty or "Polygon" not in geometry.geom_type:
        return None
    largest = max(getattr(geometry, "geoms", [geometry]), key=lambda part: part.area)
    return shape(largest.representative_point().wkb)


def bounds(shapes: Iterable[Shape | None]) -> list[float] | None:
    """Return west, south, east, north in degrees, None where there is nothing."""
    runs = [
        np.asarray(run).reshape(-1, 2).cumsum(axis=0)
        for item in shapes
        if item
        for run in _runs(item)
    ]
    if not runs:
        return None
    corners = np.concatenate([reach for run in runs for reach in (run.min(0), run.max(0))])
    x, y = corners.reshape(-1, 2).T / STEPS_PER_DEGREE
    return [float(limit) for limit in (x.min(), y.min(), x.max(), y.max())]


def breaks(values: Iterable[Any]) -> list[float]:
    """Return up to four round limits (1, 2, 5 times a power of ten) that grade positive values.

    They lie near the 50, 80, 93 and 98.5 % points, so that the widest lines stay few.
    """
    positive = sorted(float(value) for value in values if _is_positive(value))
    if not positive:
        return []
    points = [positive[int(part * (len(positive) - 1))] for part in (0.5, 0.8, 0.93, 0.985)]
    return sorted({_round_limit(point) for point in points})


def hotspot_level(word: Any) -> int | None:
    """Return 1 to 3 for hot at 90, 95, 99 %, as negative for cold, 0 for neither, None unknown.

    Takes words such as ``"hot_99"`` or ``"not_significant"``; anything else, ``"withheld"`` for
    one, is unknown.
    """
    text = str(word).lower().replace("_", " ")
    if text == "not significant":
        return 0
    found = re.fullmatch(r"(hot|cold) (99|95|90)", text)
    if not found:
        return None
    level = LEVELS[found.group(2)]
    return level if found.group(1) == "hot" else -level


def _read_wkb(wkb: bytes, at: int) -> tuple[list[tuple[int, Shape]], int]:
    """Return the parts of one geometry with their kinds, and where it ends."""
    order = "<" if wkb[at] else ">"
    (code,) = struct.unpack_from(f"{order}I", wkb, at + 1)
    kind, dimensions = _kind_of(code)
    at += 9 if code & HAS_SRID else 5
    if kind == POINT:
        return [(POINT, _run(wkb, at, 1, dimensions, order))], at + 8 * dimensions
    (count,) = struct.unpack_from(f"{order}I", wkb, at)
    at += 4
    if kind == LINE:
        end = at + 8 * dimensions * count
        return [(LINE, _run(wkb, at, count, dimensions, order))] if count else [], end
    if kind == POLYGON:
        rings, end = _rings(wkb, at, count, dimensions, order)
        return [(POLYGON, rings)] if rings else [], end
    parts: list[tuple[int, Shape]] = []
    for _ in range(count):
        more, at = _read_wkb(wkb, at)
        parts += more
    return parts, at


def _kind_of(code: int) -> tuple[int, int]:
    """Return kind and number of dimensions, from ISO's thousands or the extended form's bits."""
    plain = code & 0x0FFFFFFF
    extra = bool(code & HAS_Z) + bool(code & HAS_M)
    return plain % 1000, 2 + max(extra, (0, 1, 1, 2)[plain // 1000])


def _rings(wkb: bytes, at: int, count: int, dimensions: int, order: str) -> tuple[Shape, int]:
    rings = []
    for _ in range(count):
        (size,) = struct.unpack_from(f"{order}I", wkb, at)
        rings.append(_run(wkb, at + 4, size, dimensions, order))
        at += 4 + 8 * dimensions * size
    return rings, at


def _run(wkb: bytes, at: int, count: int, dimensions: int, order: str) -> Shape:
    """Return differences from point to point in whole steps, ``[None]`` if any is not finite."""
    values = np.frombuffer(wkb, f"{order}f8", count * dimensions, at)
    xy = values.reshape(count, dimensions)[:, :2]
    if not np.isfinite(xy).all():
        return [None]
    steps = np.rint(xy * STEPS_PER_DEGREE).astype(np.int64)
    steps[1:] -= steps[:-1].copy()
    return steps.ravel().tolist()


def _runs(item: Shape) -> Iterable[Shape]:
    if isinstance(item[0], int):
        return [item]
    return [run for part in item for run in _runs(part)]


def _holds_none(item: Shape) -> bool:
    first = item[0] if item else None
    return any(map(_holds_none, item)) if isinstance(first, list) else first is None


def _label(name: str) -> str:
    return name.replace("_", " ").strip().capitalize()


def _kind_of_values(values: Sequence[Any]) -> str:
    known = [value for value in values if value is not None]
    if not known or not all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in known):
        return "text"
    return "integer" if all(isinstance(value, int) for value in known) else "number"


def _is_positive(value: Any) -> bool:
    return isinstance(value, numbers.Real) and math.isfinite(float(value)) and value > 0


def _round_limit(value: float) -> float:
    """Return the nearest of 1, 2, 5 times a power of ten, by ratio."""
    power = 10.0 ** math.floor(math.log10(value))
    step = min((1, 2, 5, 10), key=lambda step: abs(math.log(value / (step * power))))
    return float(f"{step * power:.1g}")
