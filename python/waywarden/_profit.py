"""Where teams make trafficking stop paying."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from . import _engine
from ._flows import movement_of
from ._patrols import site_tuples
from ._run import ProgressArgument, call
from .errors import InputError, OptionError
from .flow import Demand, Flows
from .frames import mark_unreleased

__all__ = ["ProfitPlan", "break_profit", "pair_routes", "profit_frontier"]


@dataclass(frozen=True)
class ProfitPlan:
    """Sites to watch so that pairs of source and destination stop paying.

    Attributes
    ----------
    sites : DataFrame
        Those to watch, with the columns they came with.
    pairs : DataFrame
        As given, with ``state`` (``never_paid``, ``broken``, ``pays``, or ``unbreakable`` where
        all sites together would not do), ``interception``, the interception ``needed`` to break it,
        and the ``profit`` left of a journey attempted.
    cost : float
        Of the sites.
    broken_journeys : float
        Journeys of the pairs broken.
    bound : float
        With a budget, the most journeys whose pairs can be broken; without, the least cost of
        breaking all that can be.
    status : str
        ``optimal``, or ``limit`` where the search ended early.
    """

    sites: pd.DataFrame
    pairs: pd.DataFrame
    cost: float
    broken_journeys: float
    bound: float
    status: str


def break_profit(
    pairs: pd.DataFrame,
    routes: pd.DataFrame,
    sites: pd.DataFrame,
    *,
    budget: float | None = None,
    branches: int = 5000,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> ProfitPlan:
    """Choose the sites that make most journeys, or all, unprofitable.

    The profit of a journey attempted is ``(1 - P) * revenue - cost - P * loss``, P being the chance
    that it is intercepted. Journeys do not react: routes are as given.

    Parameters
    ----------
    pairs : DataFrame
        By pair: ``journeys``, ``revenue``, ``cost`` of the journey, and ``loss`` when caught, on
        top of the revenue; money in one currency.
    routes : DataFrame
        ``pair``, ``probability`` (the rest of a pair passes no site), ``sites`` (list of ids), e.g.
        from `pair_routes`.
    sites : DataFrame
        By id: ``detection`` (0 to 1), ``cost``, and optionally ``state`` (``candidate``,
        ``required``, ``forbidden``).
    budget : float, optional
        What sites may cost together. Without, every pair that can be broken is, as cheaply as
        possible.
    branches : int
        After this many the search ends with the bound it has.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    ProfitPlan

    Raises
    ------
    InputError
        If a route names a pair or site that is none.
    OptionError
        For numbers out of their domain, or required sites that cost more than the budget.

    Examples
    --------
    A journey that brings 10, costs 2 and loses 6 when caught stops paying at (10 - 2) / (10 + 6).

    >>> pairs = pd.DataFrame(
    ...     {"journeys": [5.0], "revenue": [10.0], "cost": [2.0], "loss": [6.0]}, index=["A-B"]
    ... )
    >>> routes = pd.DataFrame({"pair": ["A-B"], "probability": [1.0], "sites": [["x", "y", "z"]]})
    >>> sites = pd.DataFrame(
    ...     {"detection": [0.3, 0.3, 0.6], "cost": [1.0, 1.0, 3.0]}, index=["x", "y", "z"]
    ... )
    >>> plan = break_profit(pairs, routes, sites)
    >>> plan.sites.index.tolist(), plan.cost, plan.status
    (['x', 'y'], 2.0, 'optimal')
    >>> plan.pairs["needed"].tolist(), plan.pairs["interception"].round(4).tolist()
    ([0.5], [0.51])
    """
    ordered = sites.sort_index()
    paying = pairs.sort_index()
    pair = _known(paying.index, routes["pair"], "pair")
    passed = _site_lists(ordered.index, routes["sites"])
    share = routes["probability"].to_numpy(dtype=float)
    # Sums must not depend on the order of rows.
    order = sorted(range(len(pair)), key=lambda row: (pair[row], passed[row], share[row]))
    trade = [paying[name].to_numpy(dtype=float) for name in ("journeys", "revenue", "cost", "loss")]
    found = call(
        _engine.break_profit,
        pair[order],
        share[order],
        [passed[row] for row in order],
        *trade,
        ordered["detection"].to_numpy(dtype=float),
        ordered["cost"].to_numpy(dtype=float),
        ordered["state"].tolist() if "state" in ordered else ["candidate"] * len(ordered),
        budget=float("inf") if budget is None else float(budget),
        branches=branches,
        progress=progress,
        threads=threads,
    )
    outcome = pd.DataFrame(found["pairs"], index=paying.index)
    return ProfitPlan(
        sites=mark_unreleased(ordered.iloc[found["site"]].copy()),
        pairs=mark_unreleased(pairs.join(outcome)),
        cost=found["cost"],
        broken_journeys=found["broken_journeys"],
        bound=found["bound"],
        status=found["status"],
    )


def profit_frontier(
    pairs: pd.DataFrame,
    routes: pd.DataFrame,
    sites: pd.DataFrame,
    budgets: Sequence[float],
    **options: Any,
) -> pd.DataFrame:
    """Break most within each of several budgets.

    Parameters
    ----------
    pairs, routes, sites
        As for `break_profit`.
    budgets : sequence of float
    **options
        As for `break_profit`.

    Returns
    -------
    DataFrame
        By ``budget``: ``cost``, ``broken_journeys``, ``bound``, ``status``, ``sites`` (ids).

    Examples
    --------
    >>> pairs = pd.DataFrame(
    ...     {"journeys": [10.0], "revenue": [3.0], "cost": [1.0], "loss": [5.0]}, index=["A-B"])
    >>> routes = pd.DataFrame({"pair": ["A-B"], "probability": [1.0], "sites": [("bridge",)]})
    >>> sites = pd.DataFrame({"detection": [0.5], "cost": [2.0]}, index=["bridge"])
    >>> profit_frontier(pairs, routes, sites, [1, 2])["broken_journeys"].tolist()
    [0.0, 10.0]
    """
    plans = [break_profit(pairs, routes, sites, budget=budget, **options) for budget in budgets]
    columns = {
        name: [getattr(plan, name) for plan in plans]
        for name in ("cost", "broken_journeys", "bound", "status")
    }
    columns["sites"] = [tuple(plan.sites.index) for plan in plans]
    index = pd.Index([float(budget) for budget in budgets], name="budget")
    return mark_unreleased(pd.DataFrame(columns, index=index))


def pair_routes(
    flows: Flows, demand: Demand, *, progress: ProgressArgument = None, threads: int = 0
) -> pd.DataFrame:
    """List which sites the journeys of each pair pass.

    Parameters
    ----------
    flows : Flows
        Loaded with sites.
    demand : Demand
        What the flows were loaded with.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    DataFrame
        ``pair`` (a row of ``demand.pairs``), ``probability`` (share of the draws), ``sites``
        (tuple of ids). Routes past no site are left out.

    Raises
    ------
    OptionError
        If the flows were loaded without sites, or with another demand.

    Examples
    --------
    >>> from waywarden import examples, interdiction
    >>> flows = examples.border_flows()
    >>> routes = interdiction.pair_routes(flows, flows.demand)
    >>> float(routes["probability"].sum().round(6)), int(routes["sites"].map(len).max())
    (1.0, 1)
    """
    columns = call(
        _engine.pair_routes, movement_of(flows), flows.engine, progress=progress, threads=threads
    )
    if len(columns["pair"]) and columns["pair"].max() >= len(demand.pairs):
        raise OptionError("the flows were loaded with another demand")
    frame = pd.DataFrame(
        {
            "pair": demand.pairs.index.to_numpy()[columns["pair"]],
            "probability": columns["probability"],
            "sites": site_tuples(columns, flows.sites.table.index.to_numpy(dtype=object)),
        }
    )
    return mark_unreleased(frame)


def _known(index: pd.Index, ids: Any, what: str) -> np.ndarray:
    if not index.is_unique:
        raise InputError(f"two rows are one {what}", feature=str(index[index.duplicated()][0]))
    positions = index.get_indexer(pd.Index(ids))
    if (positions < 0).any():
        unknown = str(pd.Index(ids)[positions < 0][0])
        raise InputError(f"a route names a {what} that is none", feature=unknown)
    return positions.astype(np.int64)


def _site_lists(index: pd.Index, lists: pd.Series) -> list[list[int]]:
    return [sorted(set(_known(index, list(own), "site").tolist())) for own in lists]
