"""Do hot spots predict? A method is judged by what came after, beside a naive benchmark.

Sources: Chainey, Tompson and Uhlig, Security Journal 21 (2008), for PAI; Hunt (2016) for PEI;
Levine, Security Journal 21 (2008), for RRI; Tashman, International Journal of Forecasting 16
(2000), for rolling origins.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from . import _engine
from ._rates import REPORTING_CAUTION
from ._run import ProgressArgument, call
from .errors import InputError, OptionError
from .frames import mark_unreleased

__all__ = ["accuracy", "evaluate", "flagged"]

Method = Callable[[pd.DataFrame], Any]

_FIGURES = ["hits", "hit_rate", "pai", "pei", "rri"]


def flagged(scores: Any, sizes: Any, share: float) -> pd.Series:
    """Flag the share of the area (or network) that scores highest.

    Parameters
    ----------
    scores : Series or sequence of numbers
        One per cell, none missing.
    sizes : number, Series or sequence of numbers
        Area, or length of network, of each cell; one number if all are alike.
    share : float
        Of the total size, above 0 and below 1.

    Returns
    -------
    Series
        The fraction of each cell that is flagged. Exactly the share is: cells that score alike at
        the cut are flagged by the same fraction each.

    Examples
    --------
    >>> flagged([5, 3, 3, 1], 1.0, 0.5).tolist()
    [1.0, 0.5, 0.5, 0.0]
    """
    series = scores if isinstance(scores, pd.Series) else pd.Series(np.asarray(scores))
    fractions = _engine.flagged_fractions(
        series.to_numpy(dtype=float), _sizes(sizes, series.index), share
    )
    return mark_unreleased(pd.Series(fractions, index=series.index, name="flagged"))


def accuracy(
    scores: Any, later: Any, sizes: Any, share: float, *, earlier: Any = None
) -> pd.Series:
    """Judge one prediction by the incidents that came.

    Parameters
    ----------
    scores, sizes, share
        As for `flagged`.
    later : Series or sequence of int
        Incidents that came, per cell.
    earlier : Series or sequence of int, optional
        Incidents of the period the scores were made from, for ``rri``.

    Returns
    -------
    Series
        ``state`` (``defined`` or ``no_incidents``), ``flagged`` and ``size`` (of the flagged cells
        and of all), ``hits``, ``incidents``, ``best_hits`` (of the best choice of as much size,
        with hindsight), ``hit_rate`` with its exact binomial 95 % interval, ``pai`` (hit rate over
        share), ``pei`` (hits over best hits) and ``rri`` (growth inside over growth everywhere);
        None where undefined. Marked as not released.

    Examples
    --------
    >>> found = accuracy([9, 5, 1, 0], [6, 2, 1, 1], 1.0, 0.25)
    >>> found["hit_rate"], found["pai"], found["pei"]
    (0.6, 2.4, 1.0)
    """
    series = scores if isinstance(scores, pd.Series) else pd.Series(np.asarray(scores))
    before = [] if earlier is None else _whole(earlier)
    columns = _engine.predictive_accuracy(
        series.to_numpy(dtype=float), _sizes(sizes, series.index), _whole(later), before, share
    )
    found = {name: _first(values) for name, values in columns.items()}
    ends = _engine.exact_binomial_interval(
        min(found["hits"], found["incidents"]), int(found["incidents"])
    )
    found["hit_rate_low"], found["hit_rate_high"] = ends or (None, None)
    return mark_unreleased(pd.Series(found, dtype=object), caution=REPORTING_CAUTION)


def evaluate(
    counts: pd.DataFrame,
    method: Method,
    *,
    sizes: Any = 1.0,
    shares: Sequence[float] = (0.01, 0.05, 0.10, 0.20),
    hold_out: Any = None,
    least_seen: int = 1,
    horizon: int = 1,
    window: int = 0,
    replicates: int = 999,
    confidence: float = 0.95,
    seed: int = 0,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> pd.DataFrame:
    """Judge a method by periods it has not seen, beside the counts of the last period it has.

    Parameters
    ----------
    counts : DataFrame of int
        One row per cell, empty ones included, one column per period, in order of time.
    method : callable
        ``method(history) -> scores``: gets the columns before an origin (and nothing after it),
        returns one number per row; the higher, the sooner a cell is flagged.
    sizes : number, Series or sequence of numbers
        Area, or length of network, of each cell; one number if all are alike.
    shares : sequence of float
        Shares of the total size to flag, each judged on its own.
    hold_out : label of a column, optional
        Evaluate once: periods before it are seen, this and all later ones predicted. By default
        the origin rolls: each period that has `least_seen` before it is an origin.
    least_seen, horizon, window : int
        Periods seen before the first origin; periods that each origin is judged by; the most
        periods seen (0: all).
    replicates, confidence, seed
        Of the bootstrap of incidents, and of the intervals.
    progress, threads
        As everywhere; see `waywarden.geodesy.lengths`.

    Returns
    -------
    DataFrame
        Under (``origin``, ``share``), and for all origins together under ``"all"``: ``incidents``,
        ``hits``, ``hit_rate`` (exact binomial interval ``hit_rate_low`` to ``hit_rate_high``),
        ``pai``, ``pei``, ``rri``; the same of the naive benchmark (last period's counts per size)
        as ``naive_...``; ``difference`` of the two hit rates with its bootstrap interval,
        ``p_no_better`` (share of replicates in which the benchmark hits as much or more) and
        ``state``. Undefined is missing. Marked as not released.

    Raises
    ------
    InputError
        If counts are not whole numbers, or a score is missing.
    OptionError
        If there are too few periods, or `hold_out` names none.

    Examples
    --------
    >>> counts = pd.DataFrame([[3, 0, 4], [0, 4, 0], [1, 1, 1], [0, 0, 0]], columns=list("abc"))
    >>> found = evaluate(counts, lambda history: history.sum(axis=1), shares=[0.25], replicates=99)
    >>> found.loc[("all", 0.25), ["hits", "naive_hits"]].tolist()
    [0.0, 0.0]
    """
    if counts.shape[1] == 0:
        raise InputError("there are no periods")
    origins = _origins(counts, hold_out, least_seen, horizon, window)
    scores = [_scored(method, counts.iloc[:, first:origin]) for first, origin, _ in origins]
    found = call(
        _engine.evaluate_prediction,
        counts.shape[1],
        _sizes(sizes, counts.index),
        _whole(counts.to_numpy().T.ravel()),
        origins,
        np.concatenate(scores),
        list(shares),
        seed=seed,
        replicates=replicates,
        confidence=confidence,
        progress=progress,
        threads=threads,
    )
    return mark_unreleased(_evaluation_frame(found, counts.columns), caution=REPORTING_CAUTION)


def _origins(
    counts: pd.DataFrame, hold_out: Any, least_seen: int, horizon: int, window: int
) -> list[tuple[int, int, int]]:
    periods = counts.shape[1]
    if hold_out is None:
        return _engine.rolling_origins(periods, least_seen, horizon, window)
    if hold_out not in counts.columns:
        raise OptionError("the first period to hold out is not among the columns")
    return _engine.hold_out(periods, int(counts.columns.get_loc(hold_out)))


def _scored(method: Method, history: pd.DataFrame) -> np.ndarray:
    """Scores of one origin, from a copy: a method cannot change what it is judged by."""
    scores = method(history.copy())
    if isinstance(scores, pd.Series) and not scores.index.equals(history.index):
        scores = scores.reindex(history.index)
    scores = np.asarray(scores, dtype=float)
    if scores.shape != (len(history),):
        raise InputError("a method must return one score per cell")
    return scores


def _evaluation_frame(found: dict[str, Any], periods: pd.Index) -> pd.DataFrame:
    labels = [periods[at] if at >= 0 else "all" for at in found["origin"]]
    index = pd.MultiIndex.from_arrays(
        [pd.Index(labels, dtype=object), found["share"]], names=["origin", "share"]
    )
    method, naive = (_plain(found[name]) for name in ("method", "naive"))
    columns: dict[str, Any] = {"incidents": method["incidents"]}
    columns |= {name: method[name] for name in _FIGURES}
    columns |= {f"hit_rate_{end}": _optional(found[f"hit_rate_{end}"]) for end in ("low", "high")}
    columns |= {f"naive_{name}": naive[name] for name in _FIGURES}
    columns["difference"] = method["hit_rate"] - naive["hit_rate"]
    columns |= {
        f"difference_{end}": _optional(found[f"difference_{end}"]) for end in ("low", "high")
    }
    columns["p_no_better"] = _optional(found["p_no_better"])
    columns["state"] = method["state"]
    return pd.DataFrame(columns, index=index)


def _plain(columns: dict[str, Any]) -> dict[str, Any]:
    return {name: _optional(values) for name, values in columns.items()}


def _optional(values: Any) -> Any:
    """Missing is NaN, as pandas has it."""
    return np.where(values[1], values[0], np.nan) if isinstance(values, tuple) else values


def _first(values: Any) -> Any:
    if isinstance(values, tuple):
        return float(values[0][0]) if values[1][0] else None
    return values[0]


def _sizes(sizes: Any, index: pd.Index) -> np.ndarray:
    if isinstance(sizes, pd.Series):
        sizes = sizes.reindex(index)
    return np.broadcast_to(np.asarray(sizes, dtype=float), (len(index),)).copy()


def _whole(values: Any) -> np.ndarray:
    numbers = np.asarray(values, dtype=float)
    if not (np.isfinite(numbers).all() and (numbers == np.round(numbers)).all()):
        raise InputError("counts must be whole numbers, none missing")
    return numbers.astype(np.int64)
