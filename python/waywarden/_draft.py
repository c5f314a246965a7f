"""What a user states about tables before they are judged: what their columns say about records."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from . import _engine
from .errors import OptionError
from .frames import to_table

__all__ = ["Classes", "Count", "Fact", "Mask", "Overlap"]


class Count(NamedTuple):
    """What a count column counts.

    Attributes
    ----------
    population : str
        Columns of one population, in one table or several, count the same records.
    complete : bool
        Whether every record of the population is counted in some row.
    """

    population: str
    complete: bool = True


class Fact(NamedTuple):
    """What the class of one row gives away: low <= sum of weight x count <= high.

    Attributes
    ----------
    row : int
        Position of the row that has the class.
    terms : sequence of (int, float)
        Positions of rows, and the weight of each one's count.
    low, high : float
    """

    row: int
    terms: Sequence[tuple[int, float]]
    low: float = -math.inf
    high: float = math.inf


class Classes(NamedTuple):
    """A column of classes computed from unsuppressed counts of the same table.

    Attributes
    ----------
    counts : str
        The count column that it was computed from.
    facts : sequence of Fact
        At least one for each row that has a class. State what the strongest attacker knows.
    """

    counts: str
    facts: Sequence[Fact]


class Overlap(NamedTuple):
    """Rows of two tables that can share records, as far as their outlines tell.

    Attributes
    ----------
    first, second : str
        Names of the tables.
    population : str
        That both count.
    pairs : sequence of (int, int)
        Positions of rows. All other pairs share no record.
    first_enclosed : sequence of int
        Positions of rows of the first table that lie wholly within rows of the second, so that all
        their records are counted there, even if the second table does not count every record.
    """

    first: str
    second: str
    population: str
    pairs: Sequence[tuple[int, int]]
    first_enclosed: Sequence[int] = ()


class Mask(NamedTuple):
    """How a table of records, one row each, leaves: as masked points.

    Attributes
    ----------
    population : str
        What the rows are records of. It cannot leave as counts in the same release.
    nearest_m, farthest_m : float
        How far each point is moved.
    seed : int
        Keep it secret: with it and the ids the mask can be undone.
    """

    population: str
    nearest_m: float
    farthest_m: float
    seed: int


class Roles(NamedTuple):
    """What the columns of each table say about records."""

    counts: Mapping[str, Mapping[str, str | Count]]
    classes: Mapping[str, Mapping[str, Classes]]
    sums: Mapping[str, Mapping[str, Sequence[str]]]
    records: Mapping[str, Mask]
    open_columns: Mapping[str, Sequence[str]]

    def check(self, names: Collection[str]) -> None:
        """Refuse what would be ignored: a table that is not there, or words that do not fit it."""
        for table in sorted({table for role in self for table in role}):
            if table not in names:
                raise OptionError(f"no table '{table}' in the release")
            if table in self.counts and table in self.records:
                raise OptionError(f"table '{table}' holds either counts or records, not both")
        for word, role in (("classes", self.classes), ("sums", self.sums)):
            for table in role.keys() - self.counts.keys():
                raise OptionError(f"{word} of table '{table}', which has no counts")
        for table in self.open_columns.keys() - self.counts.keys() - self.records.keys():
            raise OptionError(
                f"open columns of table '{table}', which has neither counts nor records: "
                "all its columns would leave"
            )


def engine_tables(
    tables: Mapping[str, Any], roles: Roles, synthetic: bool
) -> list[_engine.ReleaseTable]:
    """Return the tables as the engine takes them."""
    return [_table(name, frame, roles, synthetic) for name, frame in tables.items()]


def engine_overlaps(
    overlaps: Sequence[Overlap], names: Sequence[str]
) -> list[tuple[int, int, str, list[tuple[int, int]], list[int]]]:
    """Return the overlaps with tables by position, as the engine takes them."""
    for overlap in overlaps:
        for table in (overlap.first, overlap.second):
            if table not in names:
                raise OptionError(f"no table '{table}' in the release")
    return [
        (
            names.index(o.first),
            names.index(o.second),
            o.population,
            _pairs(o.pairs),
            [int(row) for row in o.first_enclosed],
        )
        for o in overlaps
    ]


def _table(name: str, frame: Any, roles: Roles, synthetic: bool) -> _engine.ReleaseTable:
    shown = {
        "title": name.replace("_", " ").capitalize(),
        "origin": "synthetic" if synthetic else "observed",
    }
    features = to_table(frame, name=name)
    open_columns = list(roles.open_columns.get(name, ()))
    if name in roles.records:
        population, *mask = roles.records[name]
        return _engine.ReleaseTable.records(
            features, population=population, mask=tuple(mask), open_columns=open_columns, **shown
        )
    if name in roles.counts:
        return _engine.ReleaseTable.counts(
            features,
            counts=[(c, *_count(what)) for c, what in roles.counts[name].items()],
            classes=[_classes(c, what) for c, what in roles.classes.get(name, {}).items()],
            sums=[(whole, list(parts)) for whole, parts in roles.sums.get(name, {}).items()],
            open_columns=open_columns,
            **shown,
        )
    return _engine.ReleaseTable.context(features, **shown)


def _count(what: str | Count) -> Count:
    return Count(what) if isinstance(what, str) else what


def _classes(column: str, what: Classes) -> tuple[str, str, list[tuple[Any, ...]]]:
    facts = [
        (int(f.row), [(int(row), float(w)) for row, w in f.terms], f.low, f.high)
        for f in what.facts
    ]
    return column, what.counts, facts


def _pairs(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(int(first), int(second)) for first, second in pairs]
