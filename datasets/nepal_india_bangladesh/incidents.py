"""Synthetic incident records under the field names of the HTCDS 2.0."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import keyed
from countries import Locator
from gazetteer import Gazetteer
from region import LAND, Point, rounded
from shapely.geometry import Point as Dot

COUNT = 1500
FIRST_DAY, DAYS = date(2023, 1, 1), 3 * 365
STUDY_COUNTRIES = ("NP", "IN", "BD")

HOTSPOT_POSTS = {
    "Raxaul - Birgunj": 5.0,
    "Sunauli - Belahiya": 4.0,
    "Petrapole - Benapole": 4.0,
    "Panitanki - Kakarbhitta": 3.0,
    "Rupaidiha - Nepalgunj": 3.0,
    "Agartala - Akhaura": 2.0,
    "Ghojadanga - Bhomra": 2.0,
    "Jogbani - Biratnagar": 2.0,
    "Hili": 1.5,
    "Moreh - Tamu": 1.0,
}
"""Border posts with clusters, by weight. Invented: they say nothing of the real posts."""

SPREAD_KM = {"post": 6.0, "destination": 8.0, "source": 12.0}
KINDS = {"post": 0.5, "destination": 0.2, "source": 0.15, "noise": 0.15}
EVENTS = {"post": "Transit", "destination": "Exploitation", "source": "Recruitment"}

GENDERS = {
    "Feminine": 62,
    "Masculine": 31,
    "TransgenderFeminine": 1,
    "NonConforming": 1,
    "NonSpecifiedUnknown": 5,
}
EXPLOITATION = {
    "ForcedLabour": 34,
    "SexualExploitation": 33,
    "ChildLabour": 10,
    "Servitude": 9,
    "ForcedMarriage": 7,
    "ForcedBegging": 3,
    "OrganRemoval": 1,
    "Other": 3,
}
RECRUITMENT = {
    "ThroughFriendsOrSocialEvents": 30,
    "ThroughFamilyOrFamilyEvents": 25,
    "ThroughOnlineSocialNetworks": 20,
    "AtWork": 10,
    "AtAPlaceOfBusiness": 8,
    "AtAnEducationalInstitution": 3,
    "Other": 4,
}
STATUS = {"PossibleVictimOfTrafficking": 45, "ActualVictimOfTrafficking": 55}
CITIZENSHIP = {
    "NP": {"NP": 90, "IN": 10},
    "BD": {"BD": 96, "IN": 2, "MM": 2},
    "IN": {"IN": 50, "NP": 28, "BD": 22},
    "MM": {"MM": 80, "IN": 20},
    "BT": {"BT": 100},
    "CN": {"CN": 50, "NP": 50},
}
AGE_BANDS = (
    (8, "0-8"),
    (17, "9-17"),
    (20, "18-20"),
    (23, "21-23"),
    (26, "24-26"),
    (29, "27-29"),
    (38, "30-38"),
    (47, "39-47"),
    (200, "48+"),
)


class Maker:
    """Draws incident records around posts, sources and destinations, and at random.

    Parameters
    ----------
    posts, places : sequence of dict
        Border posts and places with ``point``; places with ``vulnerability`` and ``demand``.
    locator : Locator
        Tells the country of a point.
    gazetteer : Gazetteer
        Tells the nearest town.
    """

    def __init__(
        self,
        posts: Sequence[dict[str, Any]],
        places: Sequence[dict[str, Any]],
        locator: Locator,
        gazetteer: Gazetteer,
    ) -> None:
        self._centres = {
            "post": [(row["point"], HOTSPOT_POSTS.get(row["name"], 0.0)) for row in posts],
            "destination": [(row["point"], row["demand"]) for row in places],
            "source": [(row["point"], row["vulnerability"]) for row in places],
        }
        self._locator, self._gazetteer = locator, gazetteer

    def records(self) -> list[dict[str, Any]]:
        """Return all records, ``point`` among their values."""
        drawn = [self._located(number) for number in range(1, COUNT + 1)]
        towns = self._gazetteer.nearest([point for _, point, _ in drawn])
        pairs = enumerate(zip(drawn, towns, strict=True), start=1)
        return [
            _record(number, kind, point, country, town.name)
            for number, ((kind, point, country), town) in pairs
        ]

    def _located(self, number: int) -> tuple[str, Point, str]:
        """Draw until the point is on land: in the study countries, for noise."""
        kind = keyed.choice(list(KINDS), list(KINDS.values()), "kind", number)
        for attempt in range(1000):
            point = rounded(self._point(kind, number, attempt))
            country = self._locator.country(Dot(point))
            if country and (kind != "noise" or country in STUDY_COUNTRIES):
                return kind, point, country
        raise RuntimeError(f"incident {number}: no point on land")

    def _point(self, kind: str, number: int, attempt: int) -> Point:
        key = (kind, number, attempt)
        if kind == "noise":
            west, south, east, north = LAND
            lon, lat = keyed.between(west, east, *key, "x"), keyed.between(south, north, *key, "y")
            return lon, lat
        centres, weights = zip(*self._centres[kind], strict=True)
        lon, lat = keyed.choice(centres, weights, "centre", number)
        north_km, east_km = (SPREAD_KM[kind] * keyed.normal(*key, axis) for axis in "yx")
        return lon + east_km / (111.32 * math.cos(math.radians(lat))), lat + north_km / 110.9


def _record(number: int, kind: str, point: Point, country: str, city: str) -> dict[str, Any]:
    age = _age(number)
    event = EVENTS.get(kind) or keyed.choice(list(EVENTS.values()), (1, 1, 1), "event", number)
    return {
        "id": f"SYN-{number:04d}",
        "hte_Type": event,
        "hte_Date": _day(number).isoformat(),
        "hte_Country": country,
        "hte_City": city,
        "hte_Longitude": point[0],
        "hte_Latitude": point[1],
        "prs_Gender": _draw(GENDERS, "gender", number),
        "prs_Citizenship": _draw(CITIZENSHIP[country], "citizenship", number),
        "vic_AgeWhenTrafficked": age,
        "age_band": _band(age),
        "vic_TypeOfExploitation": _draw(EXPLOITATION, "exploitation", number),
        "vic_MethodOfRecruitment": _draw(RECRUITMENT, "recruitment", number),
        "vic_TraffickingStatus": _draw(STATUS, "status", number),
        "synthetic": 1,
        "point": point,
    }


def _draw(weights: dict[str, float], *key: object) -> str:
    return keyed.choice(list(weights), list(weights.values()), *key)


def _day(number: int) -> date:
    """Draw a day; later days are more likely."""
    share = math.sqrt(keyed.between(0.25, 1.0, "day", number))
    return FIRST_DAY + timedelta(days=int((share - 0.5) * 2.0 * DAYS))


def _age(number: int) -> int | None:
    """Draw an age in years, None (unknown) for one in ten."""
    if keyed.uniform("age known", number) < 0.1:
        return None
    return max(3, round(math.exp(3.0 + 0.38 * keyed.normal("age", number))))


def _band(age: int | None) -> str:
    if age is None:
        return "unknown"
    return next(band for last, band in AGE_BANDS if age <= last)
