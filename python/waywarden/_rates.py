"""Rates of incidents: raw, steadied by empirical Bayes, and standardised.

Sources: Marshall, Applied Statistics 40 (1991); Assuncao and Reis, Statistics in Medicine 18
(1999).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from . import _engine
from ._neighbours import Neighbours, weights
from .errors import InputError
from .frames import frame_of_columns, mark_unreleased

REPORTING_CAUTION: str = _engine.REPORTING_CAUTION
"""What every result without reporting effort carries in ``attrs["waywarden"]["caution"]``."""


def caution_of(values: Any) -> str:
    """Return the caution that values carry; counts that say nothing get the usual one."""
    about = getattr(values, "attrs", {}).get("waywarden", {})
    return str(about.get("caution", REPORTING_CAUTION))


def rates(counts: Any, at_risk: Any, *, effort: Any = None) -> pd.DataFrame:
    """Divide counts by the people at risk and the effort that found them.

    Parameters
    ----------
    counts : Series or sequence of numbers
        Incidents per area.
    at_risk : Series or sequence of numbers
        People, journeys or establishments per area, in the order (or under the index) of `counts`.
    effort : Series or sequence of numbers, optional
        Reporting effort per area, in any unit: hours of patrols, posts staffed, calls a hotline
        can take. It multiplies `at_risk`. Without it the result carries the sentence that detected
        incidents reflect policing and reporting.

    Returns
    -------
    DataFrame
        Under the index of `counts`: ``rate`` and ``state`` (``defined``; ``no_exposure``, where
        nobody is at risk or there is no effort; ``no_expectation``, where there is nothing to
        compare with). ``attrs["waywarden"]`` holds ``overall``, the rate of all areas together,
        and ``caution``. Marked as not released.

    Raises
    ------
    InputError
        If a number is missing, negative or not finite, or the indexes differ.

    Examples
    --------
    >>> found = rates([4, 1, 2], [1000, 500, 0])
    >>> found["rate"].tolist()[:2], found["state"].tolist()[2]
    ([0.004, 0.002], 'no_exposure')
    >>> found.attrs["waywarden"]["caution"].split(":")[0]
    'Detected incidents reflect policing and reporting'
    """
    return _of(_engine.raw_rates, counts, at_risk, effort)


def excess_risk(counts: Any, at_risk: Any, *, effort: Any = None) -> pd.DataFrame:
    """Divide counts by what the overall rate leads to expect: 2 is twice as many.

    Parameters and result as for `rates`.

    Examples
    --------
    >>> excess_risk([30, 10], [100, 100])["rate"].tolist()
    [1.5, 0.5]
    """
    return _of(_engine.excess_risk, counts, at_risk, effort)


def spatial_rates(
    counts: Any, at_risk: Any, neighbours: Neighbours, *, effort: Any = None
) -> pd.DataFrame:
    """Pool each area with its neighbours: sum of counts over sum of people at risk.

    Parameters and result as for `rates`; `neighbours` as for `waywarden.hotspots.getis_ord`.

    Examples
    --------
    >>> line = {0: [1], 1: [0, 2], 2: [1]}
    >>> spatial_rates([1, 2, 6], [10, 10, 20], line)["rate"].tolist()
    [0.15, 0.225, 0.26666666666666666]
    """
    return _of(_engine.spatial_rates, counts, at_risk, effort, neighbours)


def empirical_bayes(
    counts: Any, at_risk: Any, neighbours: Neighbours | None = None, *, effort: Any = None
) -> pd.DataFrame:
    """Draw rates towards what is usual, the more so the fewer people stand behind them.

    Parameters
    ----------
    counts, at_risk, effort
        As for `rates`.
    neighbours : optional
        As for `waywarden.hotspots.getis_ord`: what is usual is then taken from each area and its
        neighbours (their weights do not matter); by default from all areas.

    Returns
    -------
    DataFrame
        As from `rates`.

    Examples
    --------
    >>> steadied = empirical_bayes([2, 200, 10, 40], [10, 1000, 1000, 1000])["rate"]
    >>> steadied.round(3).tolist()
    [0.136, 0.199, 0.011, 0.041]
    """
    if neighbours is None:
        return _of(_engine.global_empirical_bayes, counts, at_risk, effort)
    return _of(_engine.local_empirical_bayes, counts, at_risk, effort, neighbours)


def moran_rates(counts: Any, at_risk: Any, *, effort: Any = None) -> pd.DataFrame:
    """Standardise rates to equal variance, as Moran's I takes for granted (Assuncao and Reis).

    Parameters and result as for `rates`; ``rate`` holds z.

    Examples
    --------
    >>> z = moran_rates([30, 25, 25, 15, 33, 21, 30, 20], [100, 100, 110, 90, 100, 90, 110, 90])
    >>> z["rate"].round(4).tolist()[:4]
    [1.0384, -0.041, -0.5625, -1.7306]
    """
    return _of(_engine.empirical_bayes_standardised, counts, at_risk, effort)


def standardised_rates(
    counts: pd.DataFrame, at_risk: pd.DataFrame, standard: Any = None
) -> pd.DataFrame:
    """Take differences of sex and age between areas out of their rates.

    Parameters
    ----------
    counts, at_risk : DataFrame
        One row per area, one column per stratum (sex, age band or both), the same in both.
    standard : Series or sequence of numbers, optional
        Size of each stratum in the population that all areas are brought to: direct
        standardisation, a rate. By default indirect: incidents observed over those expected if
        every stratum had its overall rate, a ratio.

    Returns
    -------
    DataFrame
        As from `rates`. Directly standardised rates are undefined where nobody of a stratum that
        `standard` counts lives.

    Examples
    --------
    >>> counts = pd.DataFrame({"young": [9, 1], "old": [10, 90]})
    >>> people = pd.DataFrame({"young": [900, 100], "old": [100, 900]})
    >>> standardised_rates(counts, people)["rate"].tolist()
    [1.0, 1.0]
    >>> standardised_rates(counts, people, [500, 500])["rate"].round(4).tolist()
    [0.055, 0.055]
    """
    if list(counts.columns) != list(at_risk.columns):
        raise InputError("counts and people at risk must have the same strata")
    people = _numbers(at_risk, counts.index)
    table = _numbers(counts, counts.index)
    strata = table.shape[1]
    if standard is None:
        found = _engine.indirectly_standardised(strata, table.ravel(), people.ravel())
    else:
        sizes = _numbers(standard, counts.columns)
        found = _engine.directly_standardised(strata, table.ravel(), people.ravel(), sizes)
    return _frame(found, counts.index)


def _of(
    function: Callable[..., dict[str, Any]],
    counts: Any,
    at_risk: Any,
    effort: Any,
    neighbours: Neighbours | None = None,
) -> pd.DataFrame:
    series = counts if isinstance(counts, pd.Series) else pd.Series(np.asarray(counts, dtype=float))
    offset = [] if effort is None else _numbers(effort, series.index)
    args = [series.to_numpy(dtype=float), _numbers(at_risk, series.index), offset]
    if neighbours is not None:
        labels = series.index if isinstance(neighbours, Mapping) else None
        args.append(weights(neighbours, labels))
    return _frame(function(*args), series.index)


def _numbers(values: Any, index: pd.Index) -> np.ndarray:
    """Numbers in the order of an index; labelled ones must have the same labels."""
    if isinstance(values, pd.Series | pd.DataFrame):
        if not values.index.equals(index):
            if not (
                values.index.is_unique and values.index.sort_values().equals(index.sort_values())
            ):
                raise InputError("counts and what they are divided by must have the same index")
            values = values.reindex(index)
        return values.to_numpy(dtype=float)
    return np.asarray(values, dtype=float)


def _frame(found: dict[str, Any], index: pd.Index) -> pd.DataFrame:
    about = {name: found.pop(name) for name in ("overall", "caution")}
    frame = frame_of_columns(found, "row").set_index(index)
    return mark_unreleased(frame[["rate", "state"]], **about)
