"""Demand of groups of people."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from . import _engine
from ._demand import Demand, positions, skim
from ._run import ProgressArgument, call
from .errors import InputError, OptionError
from .frames import mark_unreleased
from .network import Network
from .risk import Costs

__all__ = ["GroupedDemand", "by_group"]

MODELS = {
    "gravity": _engine.gravity_model,
    "radiation": _engine.radiation_model,
    "intervening": _engine.intervening_model,
}


@dataclass(frozen=True)
class GroupedDemand:
    """Demand of groups of people.

    Attributes
    ----------
    groups : dict of str to Demand
        By name, in alphabetical order.
    sum : Demand
        Of all groups.
    """

    groups: dict[str, Demand]
    sum: Demand

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """One row per group and pair: ``group``, ``origin``, ``destination``, ``journeys``."""
        frames = [one.pairs.assign(group=name) for name, one in self.groups.items()]
        columns = ["group", "origin", "destination", "journeys"]
        if not frames:
            return mark_unreleased(pd.DataFrame(columns=columns))
        return mark_unreleased(pd.concat(frames, ignore_index=True)[columns])


def by_group(
    network: Network,
    costs: Costs,
    weights: pd.DataFrame,
    *,
    model: str = "gravity",
    place: str = "place",
    group: str = "group",
    source_weight: str = "source_weight",
    destination_weight: str = "destination_weight",
    cutoff: float | None = None,
    progress: ProgressArgument = None,
    threads: int = 0,
    **options: Any,
) -> GroupedDemand:
    """Estimate demand for each group of people (by sex, age band, form of exploitation ...).

    Parameters
    ----------
    network : Network
        The weights of its places play no part.
    costs : Costs
    weights : DataFrame
        One row per place and group; weights that are not listed are 0.
    model : {"gravity", "radiation", "intervening"}
    place, group : str
        Columns with ids of places and names of groups.
    source_weight, destination_weight : str
        Columns with numbers >= 0.
    cutoff : float, optional
        As for `gravity`.
    progress, threads
        As for `waywarden.network.build`.
    **options
        Of the model: ``decay``, ``constraint`` ... A ``total`` is that of all groups together:
        each gets the share it has in the sum of source weights (under ``"attraction"``, of
        destination weights).

    Returns
    -------
    GroupedDemand

    Raises
    ------
    InputError
        If a place is none of the network, or has two rows for one group.
    OptionError
        As for `gravity`; the message names the group.

    Examples
    --------
    >>> import pandas
    >>> from waywarden import examples, flow, risk
    >>> network = examples.borderland()
    >>> weights = pandas.DataFrame(
    ...     {
    ...         "place": ["west", "east", "west", "east"],
    ...         "group": ["boys", "boys", "girls", "girls"],
    ...         "source_weight": [1, 0, 3, 0],
    ...         "destination_weight": [0, 1, 0, 1],
    ...     }
    ... )
    >>> flow.by_group(network, risk.costs(network), weights, total=100).pairs
       group origin destination  journeys
    0   boys   west        east      25.0
    1  girls   west        east      75.0
    """
    if model not in MODELS:
        raise OptionError(f"no model '{model}'; there are: {', '.join(MODELS)}")
    names = sorted(weights[group].astype(str).unique())
    tables = [_weights_of(network, weights, place, group, name) for name in names]
    found = call(
        _engine.grouped_demand,
        network.engine_places,
        skim(network, costs, cutoff, progress, threads),
        names,
        [_column(network, table, source_weight) for table in tables],
        [_column(network, table, destination_weight) for table in tables],
        MODELS[model](**options),
        progress=progress,
        threads=threads,
    )
    demands = [Demand(one.demand, network, one) for one in found.estimate]
    return GroupedDemand(dict(zip(found.group, demands, strict=True)), Demand(found.sum, network))


def _weights_of(
    network: Network, weights: pd.DataFrame, place: str, group: str, name: str
) -> pd.DataFrame:
    rows = weights[weights[group].astype(str) == name]
    table = rows.set_axis(positions(network, rows[place], place), axis=0)
    if table.index.has_duplicates:
        twice = str(rows[place][table.index.duplicated()].iloc[0])
        raise InputError(f"group '{name}' has two rows for one place", feature=twice)
    return table


def _column(network: Network, table: pd.DataFrame, column: str) -> np.ndarray:
    weights = np.zeros(len(network.places))
    weights[table.index] = table[column].to_numpy(dtype=float)
    return weights
