"""What may leave: a `Release`, made by a disclosure rule or by someone who says why none is needed.

Writers and maps accept nothing else. Under a rule, counts of 1 to k - 1 are suppressed, and as many
more as it takes that nobody can compute them back from the rest (Hundepool et al., "Statistical
Disclosure Control", 2012, chapter 4).
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from . import _engine
from ._draft import (
    Classes,
    Count,
    Fact,
    Mask,
    Overlap,
    Roles,
    engine_overlaps,
    engine_tables,
)
from ._run import ProgressArgument, call
from .frames import Frame, to_frame, to_table

__all__ = [
    "Classes",
    "Count",
    "Fact",
    "Mask",
    "Overlap",
    "Release",
    "geomask",
    "release",
    "unrestricted",
]


class Release:
    """Tables that may leave. Cannot be changed; made by `release`, `unrestricted` or a study.

    Attributes
    ----------
    tables : mapping of str to GeoDataFrame
        In longitude and latitude or the CRS they came in; marked as released.
    titles : mapping of str to str
    disclosure : mapping
        ``restricted``, ``k``, ``reason``, ``suppressed`` (cells), ``suppressed_at_least`` (what
        anyone may know of them), ``withheld`` (classes), ``geomasked`` (records), ``totals``.
    """

    def __init__(self, engine_release: _engine.Release) -> None:
        if not isinstance(engine_release, _engine.Release):
            raise TypeError(
                "a Release is made by waywarden.release, waywarden.unrestricted or a study"
            )
        self._engine_release = engine_release
        self._rows = {row["name"]: row for row in engine_release.tables}

    @cached_property
    def tables(self) -> Mapping[str, Frame]:
        """The tables by name."""
        return MappingProxyType({name: self._frame(name) for name in self._rows})

    @property
    def titles(self) -> Mapping[str, str]:
        """What to call each table."""
        return {name: row["title"] for name, row in self._rows.items()}

    @property
    def disclosure(self) -> Mapping[str, Any]:
        """By which rule it was made, and what that took."""
        return dict(self._engine_release.disclosure)

    def origin(self, table: str) -> str:
        """Return where a table's figures come from: observed, modelled or synthetic."""
        return str(self._rows[table]["origin"])

    def to_geopackage(
        self, path: str | os.PathLike[str], *, progress: ProgressArgument = None
    ) -> Path:
        """Write all tables as one GeoPackage: complete, or not at all."""
        call(_engine.write_geopackage, os.fspath(path), self._engine_release, progress=progress)
        return Path(path)

    def to_geojson(
        self, folder: str | os.PathLike[str], *, progress: ProgressArgument = None
    ) -> list[Path]:
        """Write one GeoJSON file per table with geometry (RFC 7946)."""
        return _paths(_engine.write_geojson, folder, self._engine_release, progress)

    def to_csv(
        self, folder: str | os.PathLike[str], *, progress: ProgressArgument = None
    ) -> list[Path]:
        """Write one CSV file per table (RFC 4180); safe to open in a spreadsheet."""
        return _paths(_engine.write_csv, folder, self._engine_release, progress)

    def columns_withheld(self, table: str) -> list[str]:
        """Return the columns of a table that did not leave."""
        return list(self._rows[table]["columns_withheld"])

    def __repr__(self) -> str:
        rule = self.disclosure
        how = f"k = {rule['k']}" if rule["restricted"] else f"unrestricted: {rule['reason']}"
        return f"<Release of {len(self._rows)} tables, {how}>"

    def _frame(self, name: str) -> Frame:
        frame = to_frame(self._rows[name]["table"])
        frame.attrs["waywarden"] = {"released": True, "origin": self.origin(name)}
        return frame


def release(
    tables: Mapping[str, Any],
    *,
    counts: Mapping[str, Mapping[str, str | Count]] | None = None,
    classes: Mapping[str, Mapping[str, Classes]] | None = None,
    sums: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
    overlaps: Sequence[Overlap] = (),
    totals: Mapping[str, int] | None = None,
    records: Mapping[str, Mask] | None = None,
    open_columns: Mapping[str, Sequence[str]] | None = None,
    synthetic: bool = False,
    k: int = 11,
    guarded: str = "every_suppressed_count",
    progress: ProgressArgument = None,
) -> Release:
    """Judge tables together, and suppress what would tell about few people.

    Suppressed counts are missing, and ``<count>_note`` says so. The attacker that the release is
    proven against sees all its tables, knows the sum of every count column, and solves linear
    programs over all of that. Not covered: an attacker who has other releases of the same records.

    Parameters
    ----------
    tables : mapping of str to GeoDataFrame or DataFrame
        What is to leave, by name. All of one release at once: tables are read together.
    counts : mapping, optional
        Per table that holds counts of records or persons: its count columns, and the population
        that each counts (a `Count` where some of its records are in no row).
    classes : mapping, optional
        Per table with counts: columns of classes computed from them, and what they give away.
    sums : mapping, optional
        Per table with counts: columns that are the sum of others in every row.
    overlaps : sequence of Overlap
        For tables that count the same records: which of their rows can share any. Without it the
        attacker is taken to know nothing of how the tables' rows lie to each other.
    totals : mapping of str to int, optional
        Records per population, where no complete count tells.
    records : mapping, optional
        Per table with one row per record: how its points are masked.
    open_columns : mapping, optional
        Per table with counts or records: further columns that may leave as they are. All others
        are taken for statistics of unsuppressed data and stay behind.
    synthetic : bool
        Whether the figures are invented; everything that shows them then says so.
    k : int
        Counts of 1 to k - 1 are suppressed.
    guarded : {"every_suppressed_count", "small_counts"}
        Of which suppressed counts the possible values have to cover 1 to k - 1. The second
        suppresses less where columns add up, but may show that some suppressed counts are large.
    progress : bool or callable, optional
        See `waywarden._run.call`.

    Raises
    ------
    DisclosureError
        If a table cannot be released under the rule.
    InputError
        If a count is missing or negative.
    OptionError
        If sums, overlaps or facts are not true of the counts.

    Examples
    --------
    >>> import pandas as pd
    >>> cases = pd.DataFrame({"district": ["A", "B", "C"], "cases": [40, 3, 25]})
    >>> judged = release(
    ...     {"cases": cases},
    ...     counts={"cases": {"cases": "incidents"}},
    ...     open_columns={"cases": ["district"]},
    ... )
    >>> int(judged.tables["cases"]["cases"].isna().sum())
    2

    Districts of two regions that leave with their districts: the attacker adds up.

    >>> regions = pd.DataFrame({"region": ["North", "South"], "cases": [43, 25]})
    >>> judged = release(
    ...     {"cases": cases, "regions": regions},
    ...     counts={"cases": {"cases": "incidents"}, "regions": {"cases": "incidents"}},
    ...     overlaps=[Overlap("cases", "regions", "incidents", [(0, 0), (1, 0), (2, 1)])],
    ... )
    >>> judged.tables["cases"]["cases_note"].tolist()[:2]
    ['suppressed', 'suppressed']
    """
    roles = Roles(counts or {}, classes or {}, sums or {}, records or {}, open_columns or {})
    roles.check(tables.keys())
    judged = call(
        _engine.release,
        engine_tables(tables, roles, synthetic),
        overlaps=engine_overlaps(overlaps, list(tables)),
        totals={population: int(total) for population, total in (totals or {}).items()},
        k=k,
        guarded=guarded,
        progress=progress,
    )
    return Release(judged)


def unrestricted(tables: Mapping[str, Any], *, reason: str, synthetic: bool = False) -> Release:
    """Release tables as they are, for a place where they may be seen in full.

    Parameters
    ----------
    tables : mapping of str to GeoDataFrame or DataFrame
    reason : str
        Why nothing needs to be suppressed; written into every result.
    synthetic : bool
        Whether the figures are invented.

    Raises
    ------
    OptionError
        If no reason is given.
    """
    made = engine_tables(tables, Roles({}, {}, {}, {}, {}), synthetic)
    return Release(_engine.unrestricted(made, reason=reason))


def geomask(
    records: Any, *, nearest_m: float = 1000.0, farthest_m: float = 5000.0, seed: int
) -> Frame:
    """Move every point by a random distance in a random direction, uniformly by area (donut mask).

    Gives no k-anonymity by itself: it knows nothing of how many people live around a point. The
    result is not released; hand the unmasked records to `release` with a `Mask` for that.

    Parameters
    ----------
    records : GeoDataFrame
        Points in any CRS; moves depend on the seed and a row's index, not on the order of rows.
    nearest_m, farthest_m : float
    seed : int
        Keep it secret, and use one: several masks of the same points can be averaged.

    Returns
    -------
    GeoDataFrame

    Examples
    --------
    >>> import geopandas
    >>> points = geopandas.GeoSeries.from_xy([84.0, 85.0], [27.0, 27.0], crs="EPSG:4326")
    >>> masked = geomask(points.to_frame("geometry"), seed=7)
    >>> moved = masked.to_crs("EPSG:32645").distance(points.to_crs("EPSG:32645"))
    >>> bool(moved.between(990, 5010).all())
    True
    """
    masked = _engine.geomask(
        to_table(records), nearest_m=nearest_m, farthest_m=farthest_m, seed=seed
    )
    return to_frame(masked, like=records)


def _paths(
    writer: Any,
    folder: str | os.PathLike[str],
    judged: _engine.Release,
    progress: ProgressArgument,
) -> list[Path]:
    return [Path(file) for file in call(writer, os.fspath(folder), judged, progress=progress)]
