"""Extent of the region and the geodesy that all layers share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyproj import Geod

Point = tuple[float, float]
Box = tuple[float, float, float, float]

LAND: Box = (76.0, 20.5, 95.5, 31.0)
"""West, south, east, north of the road, rail and place layers (degrees)."""

SEA: Box = (76.5, 5.5, 95.5, 23.0)
"""The Bay of Bengal, from Colombo to the Hooghly and the Naf."""

BORDER_MARGIN = 0.5
"""Countries reach this far (degrees) beyond the two boxes."""

GEOD = Geod(ellps="WGS84")


def inside(point: Sequence[float], box: Box) -> bool:
    """Tell whether a (longitude, latitude) lies in a box, edges included."""
    west, south, east, north = box
    return west <= point[0] <= east and south <= point[1] <= north


def envelope(*boxes: Box) -> Box:
    """Return the smallest box around all `boxes`."""
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def grown(box: Box, margin: float) -> Box:
    """Return a box widened by `margin` degrees on each side."""
    west, south, east, north = box
    return west - margin, south - margin, east + margin, north + margin


def distance(a: Sequence[float], b: Sequence[float]) -> float:
    """Return the geodesic distance between two points in metres."""
    return GEOD.inv(a[0], a[1], b[0], b[1])[2]


def length(line: Iterable[Sequence[float]]) -> float:
    """Return the geodesic length of a line in metres."""
    lon, lat = zip(*line, strict=True)
    return GEOD.line_length(lon, lat)


def rounded(point: Sequence[float]) -> Point:
    """Return a point at the dataset's resolution: 6 decimals, some 0.1 m."""
    return round(point[0], 6), round(point[1], 6)
