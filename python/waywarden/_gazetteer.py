"""Places by name: a layer of named places that can be asked for names spelt in any way."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from .errors import InputError, OptionError
from .frames import in_degrees

__all__ = ["Entry", "Gazetteer", "Names", "plain_name"]


class Gazetteer(NamedTuple):
    """A layer of named places.

    Attributes
    ----------
    features : GeoDataFrame
        Points, or shapes that their inner point stands for.
    name : str
        Column with their names.
    alternatives : str
        Column with other names, several parted by ``;`` or ``|`` or ``,``.
    country, admin : str
        Columns with country and administrative code or name, by which records are filtered.
    precision : {"point", "place", "district", "country"}
        How exactly a record known by such a place is located.
    least_score : float
        From 0 to 100: names less alike are no candidates. 100 takes equal names only, after case,
        accents, hyphens and blanks are set aside; less needs the package rapidfuzz.
    clear_by : float
        A name that is not equal is taken only when it is alike by so much more than the next one.
    """

    features: Any
    name: str
    alternatives: str = ""
    country: str = ""
    admin: str = ""
    precision: str = "place"
    least_score: float = 100.0
    clear_by: float = 5.0


class Entry(NamedTuple):
    candidate: str
    name: str
    country: str
    admin: str
    x: float
    y: float


class Names:
    """A gazetteer ready to be asked: every spelling with the places that have it."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        features = in_degrees(gazetteer.features)
        columns = [gazetteer.name, gazetteer.alternatives, gazetteer.country, gazetteer.admin]
        require_columns(features, columns)
        self.least_score, self.clear_by = gazetteer.least_score, gazetteer.clear_by
        self.places: dict[str, list[Entry]] = {}
        for index, row, point in zip(
            features.index, features.to_dict("records"), features.geometry.representative_point()
        ):
            if is_nowhere(point):
                continue
            said = [text_of(row.get(column)) for column in columns]
            entry = Entry(str(index), said[0], said[2], said[3], point.x, point.y)
            for spelling in {plain_name(name) for name in [said[0], *_parted(said[1])]} - {""}:
                self.places.setdefault(spelling, []).append(entry)
        self.spellings = list(self.places)

    def candidates(self, name: str, agrees: Callable[[Entry], bool]) -> list[tuple[float, Entry]]:
        """Return each place once with its best score, best first, ties by id."""
        best: dict[str, tuple[float, Entry]] = {}
        for spelling, score in self._alike(plain_name(name)):
            for entry in filter(agrees, self.places[spelling]):
                if score > best.get(entry.candidate, (-1.0, entry))[0]:
                    best[entry.candidate] = (score, entry)
        return sorted(best.values(), key=lambda found: (-found[0], found[1].candidate))

    def _alike(self, name: str) -> list[tuple[str, float]]:
        if self.least_score >= 100.0:
            return [(name, 100.0)] if name in self.places else []
        process, scorer = _rapidfuzz()
        found = process.extract(
            name, self.spellings, scorer=scorer, score_cutoff=self.least_score, limit=None
        )
        return [(spelling, float(score)) for spelling, score, _ in found]


def agrees(entry: Entry, filters: Mapping[str, str]) -> bool:
    said = {"country": code_of(entry.country), "admin": code_of(entry.admin)}
    return all(not value or not said[key] or value == said[key] for key, value in filters.items())


def is_clear(found: Sequence[tuple[float, Entry]], clear_by: float) -> bool:
    if not found:
        return False
    if len(found) == 1:
        return True
    best, next_best = found[0][0], found[1][0]
    return next_best < 100.0 if best >= 100.0 else best - next_best >= clear_by


def _rapidfuzz() -> tuple[Any, Any]:
    try:
        from rapidfuzz import fuzz, process
    except ImportError:
        raise OptionError(
            "names that are only alike need the package rapidfuzz; without it, least_score is 100"
        ) from None
    return process, fuzz.ratio


def plain_name(name: str) -> str:
    """Fold case, accents, hyphens, dots and blanks, which spellings of one name differ in."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c if c.isalnum() else " " for c in apart if not unicodedata.combining(c))
    return " ".join(letters.split())


def _parted(names: str) -> list[str]:
    for mark in ("|", ","):
        names = names.replace(mark, ";")
    return names.split(";")


def code_of(value: Any) -> str:
    return text_of(value).strip().upper()


def text_of(value: Any) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return ""
    # Not as 1e-05, which reads as one degree east.
    return np.format_float_positional(value, trim="-") if isinstance(value, float) else str(value)


def is_nowhere(point: Any) -> bool:
    return point is None or point.is_empty


def require_columns(frame: pd.DataFrame, names: Sequence[str]) -> None:
    missing = [name for name in names if name and name not in frame.columns]
    if missing:
        there = ", ".join(str(name) for name in frame.columns)
        raise InputError(f"no column '{missing[0]}'; there are: {there}")
