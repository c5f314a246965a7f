"""Hot spots of counts that were published as ranges: which are sure, which only possible."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from . import _engine
from ._neighbours import Neighbours, weights
from ._rates import REPORTING_CAUTION
from ._run import ProgressArgument, call
from .errors import InputError
from .frames import frame_of_columns, mark_unreleased


def getis_ord_of_ranges(
    low: Any,
    high: Any,
    neighbours: Neighbours,
    *,
    at_most: int | None = None,
    adjustment: str = "Benjamini-Hochberg",
    progress: ProgressArgument = None,
    threads: int = 0,
) -> pd.DataFrame:
    """Bound Gi* over all counts that fit their published ranges ("<5" is 0 to 4).

    Parameters
    ----------
    low, high : Series or sequence of int
        Least and greatest count per row, as from `waywarden.incidents.parse_counts`.
    neighbours : Weights, libpysal.weights.W, libpysal.graph.Graph, or mapping
        As for `getis_ord`; weights equal within a row.
    at_most : int, optional
        The greatest count where `high` is missing ("5+").
    adjustment, progress, threads
        As for `getis_ord`.

    Returns
    -------
    DataFrame
        Under the index of `low`: ``z_low``, ``z_high``, ``p_low``, ``p_high``, ``q_low``,
        ``q_high`` (whatever the counts are within their ranges, `getis_ord` with exact
        probabilities finds nothing outside these), ``coldest`` and ``hottest`` class, ``sure``
        (the two are the same) and ``state``. Bounds are provable, not tight: p from the least is
        met, the others may be wider than need be. Marked as not released.

    Raises
    ------
    InputError
        If an upper end is missing and `at_most` is not given, or a range ends before it begins.

    Examples
    --------
    >>> line = {i: [j for j in (i - 2, i - 1, i + 1, i + 2) if 0 <= j < 40] for i in range(40)}
    >>> low = [9 if 10 <= i < 15 else 0 for i in range(40)]
    >>> high = [9 if 10 <= i < 15 else 1 for i in range(40)]
    >>> spots = getis_ord_of_ranges(low, high, line)
    >>> spots.loc[12, ["coldest", "hottest"]].tolist()
    ['hot_99', 'hot_99']
    """
    series = low if isinstance(low, pd.Series) else pd.Series(np.asarray(low))
    ends = pd.Series(np.asarray(high, dtype=object), index=series.index)
    if ends.isna().any() and at_most is None:
        raise InputError("counts without an upper end need at_most")
    labels = series.index if isinstance(neighbours, Mapping) else None
    found = call(
        _engine.censored_getis_ord,
        _whole(series),
        _whole(ends.where(ends.notna(), at_most)),
        weights(neighbours, labels),
        adjustment=adjustment,
        progress=progress,
        threads=threads,
    )
    frame = frame_of_columns(found, "row").set_index(series.index)
    frame["sure"] = (frame["coldest"] == frame["hottest"]) & (frame["coldest"] != "undefined")
    columns = ["z_low", "z_high", "p_low", "p_high", "q_low", "q_high"]
    frame = frame[[*columns, "coldest", "hottest", "sure", "state"]]
    return mark_unreleased(frame, caution=REPORTING_CAUTION)


def _whole(counts: pd.Series) -> np.ndarray:
    numbers = counts.to_numpy(dtype=float, na_value=np.nan)
    if not (np.isfinite(numbers).all() and (numbers == np.round(numbers)).all()):
        raise InputError("counts must be whole numbers, none missing")
    return numbers.astype(np.int64)
