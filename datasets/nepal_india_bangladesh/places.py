"""Places of the study: real towns from GeoNames, with made-up vulnerability and demand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import keyed
from gazetteer import Gazetteer, Town
from region import LAND, Point, distance, inside

QUOTA = {"NP": 32, "BD": 32, "IN": 50, "BT": 3, "MM": 2, "CN": 2}
"""How many of each country's largest towns are taken."""

INDIAN_REGIONS = {
    "07": "Delhi",
    "36": "Uttar Pradesh",
    "34": "Bihar",
    "28": "West Bengal",
    "38": "Jharkhand",
    "03": "Assam",
    "26": "Tripura",
    "18": "Meghalaya",
    "39": "Uttarakhand",
    "29": "Sikkim",
    "17": "Manipur",
    "31": "Mizoram",
    "20": "Nagaland",
    "30": "Arunachal Pradesh",
}
"""GeoNames codes of the Indian states taken: the Ganges plain and the north-east."""

APART_M = 30_000.0
"""Large towns of one country closer than this count as one place."""

BORDER_M = 10_000.0
"""A town this near to a border post is a border town."""

BORDER_TOWN_MIN = 10_000
SOURCES, DESTINATIONS, NEVER_SOURCE = 85, 32, 12
STUDY_COUNTRIES = ("NP", "BD", "IN")


def select(gazetteer: Gazetteer, posts: Sequence[dict[str, Any]]) -> list[Town]:
    """Return the study's towns: the largest of each country, and border towns."""
    eligible = [town for town in gazetteer.towns if _eligible(town)]
    chosen: list[Town] = []
    for country, quota in QUOTA.items():
        chosen += _largest([town for town in eligible if town.country == country], quota)
    border = {
        _border_town(eligible, post, code)
        for post in posts
        for code in (post["country_a"], post["country_b"])
    }
    chosen += [town for town in border if town and town not in chosen]
    return sorted(chosen, key=lambda town: town.geonameid)


def attributes(towns: Sequence[Town], posts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a row of attributes for each town; the last four columns are synthetic."""
    border = {town.geonameid for town in towns if _at_border(town, posts)}
    sources, destinations = _sources(towns, border), _destinations(towns)
    rows = []
    for number, town in enumerate(towns, start=1):
        key = town.geonameid
        rows.append(
            {
                "id": f"P{number:05d}",
                "geonameid": key,
                "name": town.name,
                "country": town.country,
                "population": town.population,
                "vulnerability": _vulnerability(town, border) if key in sources else 0.0,
                "demand": _demand(town) if key in destinations else 0.0,
                "role": _role(key, sources, destinations, border),
                "synthetic_columns": "vulnerability,demand,role",
            }
        )
    return rows


def _eligible(town: Town) -> bool:
    known = town.country != "IN" or town.region in INDIAN_REGIONS
    return known and town.population > 0 and inside(town.point, LAND)


def _largest(towns: list[Town], quota: int) -> list[Town]:
    chosen: list[Town] = []
    for town in sorted(towns, key=lambda town: (-town.population, town.geonameid)):
        if len(chosen) < quota and _clear_of(town.point, chosen):
            chosen.append(town)
    return chosen


def _clear_of(point: Point, chosen: list[Town]) -> bool:
    return all(distance(point, town.point) >= APART_M for town in chosen)


def _border_town(towns: list[Town], post: dict[str, Any], country: str) -> Town | None:
    """Return the largest town that one country has at a post, None where all are small."""
    near = [
        town
        for town in towns
        if town.country == country
        and town.population >= BORDER_TOWN_MIN
        and distance(town.point, post["point"]) <= BORDER_M
    ]
    return max(near, key=lambda town: (town.population, -town.geonameid), default=None)


def _at_border(town: Town, posts: Sequence[dict[str, Any]]) -> bool:
    return any(distance(town.point, post["point"]) <= BORDER_M for post in posts)


def _by_size(towns: Sequence[Town]) -> list[Town]:
    study = [town for town in towns if town.country in STUDY_COUNTRIES]
    return sorted(study, key=lambda town: (-town.population, town.geonameid))


def _sources(towns: Sequence[Town], border: set[int]) -> set[int]:
    able = _by_size(towns)[NEVER_SOURCE:]
    ranked = sorted(able, key=lambda town: (-_vulnerability(town, border), town.geonameid))
    return {town.geonameid for town in ranked[:SOURCES]}


def _destinations(towns: Sequence[Town]) -> set[int]:
    return {town.geonameid for town in _by_size(towns)[:DESTINATIONS]}


def _vulnerability(town: Town, border: set[int]) -> float:
    size = math.log10(max(town.population, 1000) / 100_000.0)
    level = 0.45 - 0.08 * size + 0.15 * (town.geonameid in border)
    noisy = level + 0.12 * keyed.normal("vulnerability", town.geonameid)
    return round(min(max(noisy, 0.02), 0.98), 3)


def _demand(town: Town) -> float:
    taste = keyed.between(0.7, 1.3, "demand", town.geonameid)
    return round(taste * (town.population / 1e6) ** 0.7, 3)


def _role(key: int, sources: set[int], destinations: set[int], border: set[int]) -> str:
    held = [("source", sources), ("transit", border), ("destination", destinations)]
    return "+".join(name for name, keys in held if key in keys) or "transit"
