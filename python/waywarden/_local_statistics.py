"""Local and global statistics: Moran, Geary, join counts and Getis and Ord's general G."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from . import _engine
from ._neighbours import Neighbours, weights
from ._rates import caution_of
from ._run import ProgressArgument, call
from .errors import InputError
from .frames import frame_of_rows, mark_unreleased

_TESTED = ["z_sim", "p", "q", "p_error"]
_ABOUT = ["state", "neighbours"]


def local_moran(
    values: Any,
    neighbours: Neighbours,
    *,
    around: Any = None,
    row_standardised: bool = True,
    deviation: str = "n-1",
    **test: Any,
) -> pd.DataFrame:
    """Find rows that are like, or unlike, their neighbours: local Moran.

    Parameters
    ----------
    values : Series or sequence of numbers
        None missing. Counts get exact probabilities.
    neighbours : Weights, libpysal.weights.W, libpysal.graph.Graph, or mapping
        As for `getis_ord`.
    around : Series or sequence of numbers, optional
        The neighbours' values, if they are not those of the same column (bivariate Moran).
    row_standardised : bool
        Whether to divide the weights of each row by their sum first, as PySAL does.
    deviation : {"n-1", "n"}
        What the variance is divided by: n - 1 as in GeoDa and PySAL, n as in spdep.
    **test
        ``method``, ``adjustment``, ``seed``, ``progress``, ``threads`` as for `getis_ord`, and
        ``alternative``: ``"two-sided"``, ``"greater"`` (like its neighbours) or ``"less"``.

    Returns
    -------
    DataFrame
        Under the index of `values`: ``I``, its ``expected`` value and ``variance`` over the
        conditional permutations, ``z_sim`` made of them, ``p_exact`` or ``p_sim``, ``q`` (p
        corrected for the number of rows), ``p_error`` (Monte Carlo error, 0 if exact),
        ``quadrant`` (``high_high``, ``low_high``, ``low_low``, ``high_low``: what PySAL calls q),
        ``state`` and ``neighbours``. Marked as not released.

    Examples
    --------
    >>> line = {i: [j for j in (i - 2, i - 1, i + 1, i + 2) if 0 <= j < 12] for i in range(12)}
    >>> alike = local_moran([0, 0, 0, 0, 1, 0, 0, 9, 8, 9, 9, 8], line)
    >>> alike["quadrant"].iloc[9], round(float(alike["p_exact"].iloc[9]), 4)
    ('high_high', 0.0061)
    """
    columns = ["I", "expected", "variance", *_TESTED, "quadrant", *_ABOUT]
    return _local(
        _engine.local_moran, values, around, neighbours, row_standardised, deviation, test, columns
    )


def local_geary(
    values: Any,
    neighbours: Neighbours,
    *,
    row_standardised: bool = True,
    deviation: str = "n-1",
    **test: Any,
) -> pd.DataFrame:
    """Find rows that differ little, or much, from their neighbours: local Geary.

    Parameters
    ----------
    values, neighbours, row_standardised, **test
        As for `local_moran`; the ``"less"`` alternative is likeness here.
    deviation : {"n-1", "n"}
        What the variance is divided by: n - 1 as in GeoDa and spdep, n as in PySAL.

    Returns
    -------
    DataFrame
        As from `local_moran`, with ``C`` for ``I`` and no quadrant.

    Examples
    --------
    >>> line = {i: [j for j in (i - 1, i + 1) if 0 <= j < 6] for i in range(6)}
    >>> local_geary([1, 1, 1, 9, 9, 9], line)["C"].round(3).tolist()
    [0.0, 0.0, 1.667, 1.667, 0.0, 0.0]
    """
    columns = ["C", "expected", "variance", *_TESTED, *_ABOUT]
    return _local(
        _engine.local_geary, values, None, neighbours, row_standardised, deviation, test, columns
    )


def local_join_counts(
    values: Any,
    neighbours: Neighbours,
    *,
    around: Any = None,
    together: bool = False,
    **test: Any,
) -> pd.DataFrame:
    """Count the neighbours that have what a row has, of rows that have it.

    Parameters
    ----------
    values : Series or sequence
        0 and 1, or False and True.
    neighbours, **test
        As for `local_moran`; the alternative is ``"greater"`` unless asked otherwise.
    around : Series or sequence, optional
        A second column: of rows that have the first and not the second, count the neighbours that
        have the second and not the first.
    together : bool
        With `around`: of rows that have both, count the neighbours that have both.

    Returns
    -------
    DataFrame
        ``joins``, and the columns of the test as from `local_moran`; rows that do not have it are
        ``absent``.

    Examples
    --------
    >>> line = {i: [j for j in (i - 1, i + 1) if 0 <= j < 6] for i in range(6)}
    >>> joins = local_join_counts([1, 1, 1, 0, 0, 1], line)
    >>> joins["joins"].tolist(), round(float(joins["p_exact"].iloc[1]), 3)
    ([1.0, 2.0, 1.0, 0.0, 0.0, 0.0], 0.3)
    """
    columns = ["joins", *_TESTED, *_ABOUT]
    variant = "together" if together else "apart"
    return _local(
        _engine.local_join_counts, values, around, neighbours, False, variant, test, columns
    )


def moran(values: Any, neighbours: Neighbours, *, row_standardised: bool = True) -> pd.Series:
    """Moran's I of the whole map, with its moments.

    Returns
    -------
    Series
        ``value``, ``expected``; ``variance``, ``z`` and two-sided ``p`` under randomisation (the
        values at hand dealt over the rows) and, with the ending ``_norm``, under normality;
        ``state``.

    Examples
    --------
    >>> line = {i: [j for j in (i - 1, i + 1) if 0 <= j < 6] for i in range(6)}
    >>> round(moran([1, 1, 1, 9, 9, 9], line)["value"], 3)
    0.667
    """
    return _global(_engine.moran, values, neighbours, row_standardised, "I")


def geary(values: Any, neighbours: Neighbours, *, row_standardised: bool = True) -> pd.Series:
    """Geary's C of the whole map, as `moran`; below 1 where neighbours are alike."""
    return _global(_engine.geary, values, neighbours, row_standardised, "C")


def general_g(values: Any, neighbours: Neighbours) -> pd.Series:
    """Getis and Ord's G of the whole map, as `moran`, under randomisation; values from 0 on."""
    return _global(_engine.general_g, values, neighbours, False, "G")


def join_counts(values: Any, neighbours: Neighbours) -> pd.DataFrame:
    """Joins of the whole map: between two ones, two zeros, and a one and a zero.

    Returns
    -------
    DataFrame
        Rows ``ones``, ``zeros``, ``mixed``, with the columns of `moran` under randomisation. Pairs
        that list each other count once.
    """
    column, made = _columns(values, neighbours, False)
    result = _engine.join_counts(column.to_numpy(dtype=float), made)
    return mark_unreleased(pd.DataFrame({key: _flat(one) for key, one in result.items()}).T)


def adjusted(p: pd.Series, adjustment: str = "Benjamini-Hochberg") -> pd.Series:
    """Correct probabilities for their number.

    Parameters
    ----------
    p : Series
        Missing ones stay missing and are not counted.
    adjustment : {"Benjamini-Hochberg", "Benjamini-Yekutieli", "Bonferroni", "none"}

    Examples
    --------
    >>> adjusted(pd.Series([0.01, 0.02, 0.5]), "Bonferroni").tolist()
    [0.03, 0.06, 1.0]
    """
    series = pd.Series(p)
    values, valid = _engine.adjusted(series.to_numpy(dtype=float), adjustment)
    corrected = pd.Series(np.where(valid, values, np.nan), index=series.index, name="q")
    return mark_unreleased(corrected)


def _columns(values: Any, neighbours: Neighbours, shares: bool) -> tuple[pd.Series, Any]:
    series = values if isinstance(values, pd.Series) else pd.Series(values)
    made = weights(neighbours, series.index if isinstance(neighbours, Mapping) else None)
    return series, _engine.row_standardised(made) if shares else made


def _local(
    function: Callable[..., Any],
    values: Any,
    around: Any,
    neighbours: Neighbours,
    shares: bool,
    variant: str,
    test: dict[str, Any],
    columns: list[str],
) -> pd.DataFrame:
    series, made = _columns(values, neighbours, shares)
    others = np.empty(0) if around is None else pd.Series(around).to_numpy(dtype=float)
    if around is not None and len(others) != len(series):
        raise InputError("there must be as many values around as values")
    progress: ProgressArgument = test.pop("progress", None)
    result = call(
        function,
        series.to_numpy(dtype=float),
        others,
        made,
        variant=variant,
        progress=progress,
        **test,
    )
    p = result.pop("p_name")
    result[p] = result.pop("p")
    named = [p if column == "p" else column for column in columns]
    return mark_unreleased(frame_of_rows(result, named, series.index), caution=caution_of(series))


def _global(
    function: Callable[..., Any], values: Any, neighbours: Neighbours, shares: bool, name: str
) -> pd.Series:
    series, made = _columns(values, neighbours, shares)
    found = pd.Series(_flat(function(series.to_numpy(dtype=float), made)), name=name)
    return mark_unreleased(found, caution=caution_of(series))


def _flat(statistic: dict[str, Any]) -> dict[str, Any]:
    flat = {key: statistic[key] for key in ("value", "expected")}
    for ending, kind in (("", "randomisation"), ("_norm", "normality")):
        for key, number in (statistic[kind] or {}).items():
            flat[key + ending] = number
    return {**flat, "state": statistic["state"]}
