"""Records of incidents: read as the case data standard names them, grouped, and placed in time.

Counts that were published as ranges stay ranges, and dates are as long as they are vague. Sources:
Human Trafficking Case Data Standard 2.0 (IOM, CC BY 4.0); Ratcliffe, International Journal of
Geographical Information Science 14 (2000), for aoristic weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas
import numpy as np
import pandas as pd

from . import _engine
from ._aoristic import (
    aoristic,
    aoristic_cycle,
    aoristic_weights,
    parse_dates,
    plain_dates,
    times_of,
    whole_sizes,
)
from ._positions import Areas, Gazetteer, locate, parse_positions
from ._rates import REPORTING_CAUTION
from .frames import in_degrees, mark_unreleased, report_frame, to_table

__all__ = [
    "Areas",
    "Gazetteer",
    "aoristic",
    "aoristic_cycle",
    "aoristic_weights",
    "count_by_group",
    "fields",
    "locate",
    "parse_counts",
    "parse_dates",
    "parse_positions",
    "read",
    "spread",
    "usable_as_points",
]

AGE_BANDS = (0, 9, 18, 21, 24, 27, 30, 39, 48)
_SEVERAL = ("exploitation", "recruitment")
_GROUPS = (
    "event",
    "country",
    "place",
    "gender",
    "age_band",
    "exploitation",
    "recruitment",
    "status",
)


def fields() -> pd.DataFrame:
    """List what is read of a record: our names, the standard's names and its values.

    Returns
    -------
    DataFrame
        Under our name: ``standard`` (empty where the standard has no such field) and ``values``
        (a tuple, empty where any text will do).

    Examples
    --------
    >>> fields().loc["event"].tolist()
    ['hte_Type', ('Recruitment', 'Transit', 'Exploitation')]
    """
    rows = _engine.incident_fields()
    columns = {"standard": [row[1] for row in rows], "values": [tuple(row[2]) for row in rows]}
    return pd.DataFrame(columns, index=pd.Index([row[0] for row in rows], name="field"))


def read(
    records: Any,
    columns: Mapping[str, str] | None = None,
    *,
    age_bands: Sequence[int] = AGE_BANDS,
    least_hidden: int = 0,
) -> tuple[geopandas.GeoDataFrame, pd.DataFrame]:
    """Read records of incidents into types, and report what is missing or doubtful.

    Parameters
    ----------
    records : GeoDataFrame, DataFrame, or anything with ``__geo_interface__``
        One row per person or event. Points in any coordinate reference system, or two columns with
        longitude and latitude.
    columns : mapping of str to str, optional
        Which column holds which field: ``event``, ``date``, ``date_end``, ``longitude``,
        ``latitude``, ``country``, ``place``, ``gender``, ``age``, ``age_band``, ``exploitation``,
        ``recruitment``, ``status``, ``count``, ``precision``. A field not named here is read from
        the standard's column (``hte_Type``, ``hte_Date``, ``prs_Gender`` ...), or else from one
        with our own name.
    age_bands : sequence of int
        First year of each band that ages are put in, where a record gives no band.
    least_hidden : int
        What a count such as "<5" is at least: 1 where the publisher shows zeros.

    Returns
    -------
    incidents : GeoDataFrame
        Every record, under its index: the text fields in the standard's spelling (several kinds
        joined by ``;``), ``begin`` and ``end`` (from, and up to but not including, by the clock of
        the place), ``age``, ``count_low`` and ``count_high`` (missing: nobody knows),
        ``precision`` and the point in longitude and latitude. Missing is missing.
        ``attrs["waywarden"]`` holds ``read_from`` and ``caution``. Marked as not released.
    report : DataFrame
        One row per record and trouble: ``outcome``, ``feature`` (its index), ``reason`` ...; count
        them with ``report.value_counts(["outcome", "reason"])``.

    Raises
    ------
    InputError
        If a column named in `columns` is not there.
    OptionError
        If a field is not one of the above, or bands do not ascend from 0.

    Examples
    --------
    >>> cases = pd.DataFrame(
    ...     {
    ...         "hte_Date": ["2023-05-17", "2023-06"],
    ...         "prs_Gender": ["Feminine", None],
    ...         "victims": ["<5", "2"],
    ...     }
    ... )
    >>> incidents, report = read(cases, {"count": "victims"})
    >>> first = incidents.iloc[0]
    >>> str(first["begin"].date()), int(first["count_low"]), int(first["count_high"])
    ('2023-05-17', 0, 4)
    >>> sorted(report["reason"])
    ['no gender', 'no point', 'no point']
    """
    table = to_table(_with_plain_dates(records), name="incidents")
    found = _engine.read_incidents(table, dict(columns or {}), list(age_bands), least_hidden)
    index = _index_of(records, found["id"])
    frame = pd.DataFrame(index=index)
    for field in _GROUPS:
        values = [";".join(several) or None for several in found["texts"][field]]
        frame[field] = pd.Series(values, index=index, dtype=object)
    frame["begin"], frame["end"] = times_of(found["when"], index)
    frame["age"] = np.where(found["age"][1], found["age"][0], np.nan)
    frame["count_low"], frame["count_high"] = _bounds(found["count"], index)
    frame["precision"] = found["precision"]
    x, y, placed = found["point"]
    points = np.asarray(geopandas.points_from_xy(x, y), dtype=object)
    points[~placed] = None
    incidents = geopandas.GeoDataFrame(frame, geometry=points, crs="EPSG:4326")
    about = {"read_from": found["read_from"], "caution": REPORTING_CAUTION}
    return mark_unreleased(incidents, **about), report_frame(found["report"])


def parse_counts(counts: Any, *, least_hidden: int = 0) -> pd.DataFrame:
    """Read counts published as ranges ("<5", "1-4", "5+", "5 or more") as intervals.

    Parameters
    ----------
    counts : Series or sequence
        Texts or whole numbers, none missing.
    least_hidden : int
        What "<5" is at least: 1 where the publisher shows zeros.

    Returns
    -------
    DataFrame of Int64
        ``low`` and ``high``; ``high`` is missing where nobody knows how many at most.

    Raises
    ------
    InputError
        Naming column and row, if one is no count.

    Examples
    --------
    >>> ranges = parse_counts(["12", "<5", "5+"])
    >>> ranges["low"].tolist(), ranges["high"].isna().tolist()
    ([12, 0, 5], [False, False, True])
    """
    series = counts if isinstance(counts, pd.Series) else pd.Series(counts, dtype=object)
    name = "counts" if series.name is None else str(series.name)
    found = _engine.parse_counts([_count_text(value) for value in series], name, least_hidden)
    low, high = _bounds(found, series.index)
    return mark_unreleased(pd.DataFrame({"low": low, "high": high}))


def count_by_group(
    incidents: pd.DataFrame,
    by: str | Sequence[str],
    *,
    count: tuple[str, str] = ("count_low", "count_high"),
) -> pd.DataFrame:
    """Count people by sex, age band, kind of exploitation, or several of these together.

    Parameters
    ----------
    incidents : DataFrame
        From `read`, whole or in part.
    by : str or sequence of str
        Fields: ``event``, ``country``, ``place``, ``gender``, ``age_band``, ``exploitation``,
        ``recruitment``, ``status``.
    count : (str, str)
        Columns with the least and greatest count of each record.

    Returns
    -------
    DataFrame
        Under the values of the fields (``unknown`` where records do not say): ``low`` and ``high``
        of the sum, and ``records``. A record with two kinds of exploitation counts in both;
        ``attrs["waywarden"]["repeated"]`` says how many records do. Marked as not released.

    Examples
    --------
    >>> cases = pd.DataFrame({"gender": ["Feminine", "Feminine", None], "count": ["2", "<5", "1"]})
    >>> count_by_group(read(cases)[0], "gender")[["low", "high"]].values.tolist()
    [[2, 6], [1, 1]]
    """
    fields = [by] if isinstance(by, str) else list(by)
    values = [[_parts(field, value) for value in incidents[field]] for field in fields]
    low = incidents[count[0]].to_numpy(dtype=np.int64)
    high = incidents[count[1]].fillna(-1).to_numpy(dtype=np.int64)
    found = _engine.count_by_group(fields, values, low, high)
    groups = list(zip(*found["values"])) or [[] for _ in fields]
    index = (
        pd.Index(groups[0], name=fields[0], dtype=object)
        if len(fields) == 1
        else pd.MultiIndex.from_arrays(groups, names=fields)
    )
    low, high = _bounds(found["count"], index)
    frame = pd.DataFrame({"low": low, "high": high, "records": found["records"]}, index=index)
    return mark_unreleased(frame, repeated=found["repeated"], caution=REPORTING_CAUTION)


def usable_as_points(
    incidents: pd.DataFrame, *, coarsest: str = "place", coarser: str = "refuse"
) -> pd.DataFrame:
    """Keep records from statistics of points that are known only by their district.

    Parameters
    ----------
    incidents : DataFrame
        With ``precision``, as from `read`.
    coarsest : {"point", "place", "district", "country", "unknown"}
        The coarsest that counts as a point.
    coarser : {"refuse", "leave_out"}
        Whether coarser records are an error, or left out (`spread` puts them elsewhere).

    Returns
    -------
    DataFrame
        The usable rows.

    Raises
    ------
    InputError
        That says how many records are too coarse, if those are refused.

    Examples
    --------
    >>> cases, _ = read(pd.DataFrame({"precision": ["gps", "district"]}))
    >>> len(usable_as_points(cases, coarser="leave_out"))
    1
    """
    rows = _engine.rows_usable_as_points(incidents["precision"].tolist(), coarsest, coarser)
    kept = incidents.iloc[rows]
    kept.attrs = dict(incidents.attrs)
    return kept


def spread(
    incidents: pd.DataFrame,
    cells: pd.DataFrame,
    *,
    area: str,
    share: str,
    size: str | None = None,
) -> pd.Series:
    """Spread records known only by their area over the cells of the area.

    Parameters
    ----------
    incidents : DataFrame
        Records, with their area in column `area`.
    cells : DataFrame
        Cells, with their area in a column of the same name.
    area, share : str
        Column of `cells` with what each takes of its area: people, size, length of road.
    size : str, optional
        As for `aoristic`.

    Returns
    -------
    Series
        Expected incidents per cell: no counts, so nothing to test as counts.
        ``attrs["waywarden"]["unplaced"]`` says how many found no cell.

    Examples
    --------
    >>> cells = pd.DataFrame({"district": ["A", "A", "B"], "people": [1, 3, 5]})
    >>> spread(pd.DataFrame({"district": ["A", "A", "C"]}), cells, area="district", share="people")
    0    0.5
    1    1.5
    2    0.0
    Name: expected, dtype: float64
    """
    of_cells, labels = pd.factorize(cells[area])
    of_records = pd.Index(labels).get_indexer(incidents[area])
    found = _engine.spread_counts(
        of_records, of_cells, cells[share].to_numpy(dtype=float), whole_sizes(incidents, size)
    )
    expected = pd.Series(found["expected"], index=cells.index, name="expected")
    return mark_unreleased(expected, unplaced=found["unplaced"], caution=REPORTING_CAUTION)


def _with_plain_dates(records: Any) -> Any:
    if isinstance(records, geopandas.GeoDataFrame) or not isinstance(records, pd.DataFrame):
        records = in_degrees(records)
    plain = records.copy()
    for name in plain.columns:
        if pd.api.types.is_datetime64_any_dtype(plain[name].dtype):
            plain[name] = plain_dates(plain[name])
    return plain


def _index_of(records: Any, ids: list[str]) -> pd.Index:
    return records.index if isinstance(records, pd.DataFrame) else pd.Index(ids, dtype=object)


def _bounds(counts: dict[str, Any], index: pd.Index) -> tuple[pd.Series, pd.Series]:
    low = pd.Series(counts["low"], index=index).astype("Int64")
    high = pd.Series(counts["high"], index=index).astype("Int64")
    return low, high.where(high >= 0)


def _count_text(value: Any) -> str:
    if pd.isna(value):
        return ""
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value)) if whole else str(value)


def _parts(field: str, value: Any) -> list[str]:
    if pd.isna(value):
        return []
    return str(value).split(";") if field in _SEVERAL else [str(value)]
