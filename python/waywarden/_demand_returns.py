"""Journeys of people who returned to where they came from and were trafficked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from . import _engine
from ._demand import Demand, positions
from ._run import ProgressArgument, call
from .frames import mark_unreleased
from .network import Network

__all__ = ["DemandWithReturns", "with_returns"]


@dataclass(frozen=True)
class DemandWithReturns:
    """Demand with the journeys of people who returned and were trafficked again.

    Attributes
    ----------
    demand : Demand
        First journeys and repeated ones.
    returning : Series
        Per place, journeys that begin with people who returned to it.
    first_journeys : float
    rounds : int
        Until no place changed by more than 1e-10, relative to what leaves it.
    """

    demand: Demand
    returning: pd.Series
    first_journeys: float
    rounds: int


def with_returns(
    demand: Demand,
    rate: float | Mapping[Any, float] | pd.Series,
    *,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> DemandWithReturns:
    """Let a share of those who arrive return to where they came from, and move again.

    Each place sends as many more as return to it. What `gravity`, `radiation` and `intervening`
    have estimated is fitted anew with sources that have grown so, to a fixed point: constrained
    arrivals keep their shares, not their number. Of demand that was stated, or is that of a group,
    those who return move on as those who left their place first.

    Parameters
    ----------
    demand : Demand
    rate : float or Series
        Share of arrivals that returns, in [0, 1): one for all places of arrival, or by id of the
        place; 0 for those not listed.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    DemandWithReturns

    Raises
    ------
    InputError
        If a rate is for a place that is none of the network.
    OptionError
        For rates outside [0, 1).

    Examples
    --------
    A fifth of those who arrive return and move again, some of them more than once:

    >>> from waywarden import examples, flow, risk
    >>> network = examples.borderland()
    >>> first = flow.gravity(network, risk.costs(network), total=100)
    >>> flow.with_returns(first, 0.2).demand
    <Demand: 125 journeys in 1 pairs>
    """
    places = demand.network.places.index
    rates = _rates(demand.network, rate)
    if demand.again is None:
        function, first = _engine.demand_with_returns, (demand.engine, len(places))
    else:
        function, first = _engine.model_with_returns, (demand.network.engine_places, *demand.again)
    found = call(function, *first, rates, progress=progress, threads=threads)
    returning = mark_unreleased(pd.Series(found.returning(), index=places, name="returning"))
    return DemandWithReturns(
        Demand(found.demand, demand.network), returning, found.first_journeys, found.rounds
    )


def _rates(network: Network, rate: float | Mapping[Any, float] | pd.Series) -> np.ndarray:
    if np.isscalar(rate):
        return np.array([rate], dtype=float)
    listed = pd.Series(rate, dtype=float)
    rates = np.zeros(len(network.places))
    rates[positions(network, listed.index.to_series(), "rate")] = listed.to_numpy()
    return rates
