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
from ._run import ProgressArgument, call
from .frames import Frame, to_frame, to_table

__all__ = ["Release", "release", "unrestricted"]


class Release:
    """Tables that may leave. Cannot be changed; made by `release`, `unrestricted` or a study.

    Attributes
    ----------
    tables : mapping of str to GeoDataFrame
        In longitude and latitude or the CRS they came in; marked as released.
    titles : mapping of str to str
    disclosure : mapping
        ``restricted``, ``k``, ``reason``, ``suppressed`` (cells), ``withheld`` (classes),
        ``totals``.
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
    counts: Mapping[str, Mapping[str, str]] | None = None,
    open_columns: Mapping[str, Sequence[str]] | None = None,
    synthetic: bool = False,
    k: int = 11,
    progress: ProgressArgument = None,
) -> Release:
    """Judge tables together, and suppress what would tell about few people.

    Parameters
    ----------
    tables : mapping of str to GeoDataFrame or DataFrame
        What is to leave, by name. All of one release at once: tables are read together.
    counts : mapping, optional
        Per table that holds counts of records or persons: its count columns, and the name of the
        population that each counts. Columns of one population count the same records.
    open_columns : mapping, optional
        Per table with counts: further columns that may leave as they are. All others are taken for
        statistics of unsuppressed data and stay behind.
    synthetic : bool
        Whether the figures are invented; everything that shows them then says so.
    k : int
        Counts of 1 to k - 1 are suppressed.
    progress : bool or callable, optional
        See `waywarden._run.call`.

    Raises
    ------
    DisclosureError
        If a table cannot be released under the rule.
    InputError
        If a count is missing or negative.

    Examples
    --------
    >>> import pandas as pd
    >>> cases = pd.DataFrame({"district": ["A", "B", "C"], "cases": [40, 3, 25]})
    >>> judged = release(
    ...     {"cases": cases},
    ...     counts={"cases": {"cases": "cases"}},
    ...     open_columns={"cases": ["district"]},
    ... )
    >>> int(judged.tables["cases"]["cases"].isna().sum()) >= 1
    True
    """
    made = _tables(tables, counts or {}, open_columns or {}, synthetic)
    return Release(call(_engine.release, made, k=k, progress=progress))


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
    return Release(_engine.unrestricted(_tables(tables, {}, {}, synthetic), reason=reason))


def _tables(
    tables: Mapping[str, Any],
    counts: Mapping[str, Mapping[str, str]],
    open_columns: Mapping[str, Sequence[str]],
    synthetic: bool,
) -> list[_engine.ReleaseTable]:
    return [
        _engine.ReleaseTable(
            to_table(frame, name=name),
            title=name.replace("_", " ").capitalize(),
            synthetic=synthetic,
            counts=dict(counts.get(name, {})),
            open_columns=list(open_columns.get(name, ())),
        )
        for name, frame in tables.items()
    ]


def _paths(
    writer: Any,
    folder: str | os.PathLike[str],
    judged: _engine.Release,
    progress: ProgressArgument,
) -> list[Path]:
    return [Path(file) for file in call(writer, os.fspath(folder), judged, progress=progress)]
