"""Populated places of GeoNames, and which of them is near a point."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from region import Box, Point, inside, rounded


@dataclass(frozen=True)
class Town:
    """A populated place, as GeoNames has it (`region` is its first-order division)."""

    geonameid: int
    name: str
    country: str
    region: str
    point: Point
    population: int


class Gazetteer:
    """The towns of a box, ordered by GeoNames id."""

    def __init__(self, towns: list[Town]) -> None:
        self.towns = sorted(towns, key=lambda town: town.geonameid)
        self._vectors = _unit_vectors([town.point for town in self.towns])

    @classmethod
    def read(cls, cities_text: str, box: Box) -> Gazetteer:
        """Read the towns inside `box` whose name is in Latin letters."""
        towns = [_town(row) for row in json.loads(cities_text).values()]
        return cls([town for town in towns if inside(town.point, box) and _latin(town.name)])

    def nearest(self, points: Sequence[Point]) -> list[Town]:
        """Return the nearest town of each point."""
        found: list[Town] = []
        for start in range(0, len(points), 1000):
            close = _unit_vectors(points[start : start + 1000]) @ self._vectors.T
            found += [self.towns[row] for row in close.argmax(axis=1)]
        return found


def nearest_index(point: Point, others: Sequence[Point]) -> int:
    """Return the position of the point of `others` that is nearest to `point`."""
    return int((_unit_vectors(others) @ _unit_vectors([point])[0]).argmax())


def _unit_vectors(points: Sequence[Point]) -> np.ndarray:
    lon, lat = np.radians(np.asarray(points, dtype=float)).T
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _town(row: dict) -> Town:
    point = rounded((row["longitude"], row["latitude"]))
    name = unicodedata.normalize("NFC", row["name"])
    return Town(
        row["geonameid"], name, row["countrycode"], row["admin1code"], point, row["population"]
    )


def _latin(name: str) -> bool:
    return all(not c.isalpha() or unicodedata.name(c, "").startswith("LATIN") for c in name)
